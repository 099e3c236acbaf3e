"""One fetch from start to saved corpus: connects the pure parts to the network and the disk."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import random

from ...errors import InputError
from ...model.corpus import Corpus
from ...model.serialize import to_row
from ...model.storage import save_corpus
from ..facts import read_facts, with_own_lists
from ..retractions.own_file import with_own_notices
from ..semantic_scholar.endpoints import MAX_BATCH, MAX_PAGE, Request
from ..semantic_scholar.rate_limit import RateLimit
from ..semantic_scholar.response_cache import ResponseCache
from ..semantic_scholar.retry_policy import GiveUp, Outcome
from ..semantic_scholar.transport import Service, Transport, service_at
from .client import FetchClient, FetchStopped, RequestCounts, cached_outcome
from .crawl import CrawlResult, FetchOptions, crawl, run_crawl
from .fetched_list import reading_list_of, reading_list_text
from .targets import Targets
from .to_corpus import corpus_of

log = logging.getLogger(__name__)

_NOT_REQUESTED = GiveUp("not asked yet")
_BRIDGES_PER_PAPER = 9
"""How many bridges a listed paper has, about: the shipped list has 209 for 23 papers."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Result of a fetch.

    `observed` is the day of the observation, `outage` says why no more requests were sent, and `damaged`
    counts the lines of the file of answers that could not be read.
    """

    corpus: Corpus
    result: CrawlResult
    observed: str
    counts: RequestCounts
    outage: str | None = None
    damaged: int = 0

    @property
    def unfinished(self) -> bool:
        """Whether the same command may find more later, because something failed that need not fail again."""
        failed_lists = any(paged.ending == "failed" for paged in self.result.lists)
        return failed_lists or any(each.failed for each in self.result.unresolved)


def fetch(
    targets: Targets,
    to: Path,
    options: FetchOptions | None = None,
    *,
    service: Service | None = None,
    update: bool = False,
    reparse: bool = False,
    facts: Path | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
    progress: Callable[[RequestCounts], None] | None = None,
    on_phase: Callable[[str, int], None] | None = None,
) -> Fetched:
    """Fetch papers into a corpus, going on from whatever an earlier run left.

    Parameters
    ----------
    targets : Targets
        From `graph.sources.fetch.targets`.
    to : Path
        The folder of the corpus; every response is kept in its ``raw/``, and the printed lists in its
        ``bibliographies/`` join what is fetched.
    options : FetchOptions, optional
        What to fetch.
    service : Service, optional
        The address of the service, and the key; default is Semantic Scholar without a key.
    update : bool
        Begin a new observation, unless the last one was never finished.
    reparse : bool
        Send no requests: make the corpus again from the responses that are kept.
    facts : Path, optional
        A data folder whose verified papers and printed bibliographies the fetched data joins.
    sleep, clock : callable
        Handed in, so that a test need not wait. `clock` gives seconds since 1970.
    progress : callable, optional
        Called with the counts as they grow.
    on_phase : callable, optional
        Called when a phase begins, with its name and the least number of requests that it takes.

    Raises
    ------
    FetchStopped
        When no request can succeed until a person does something about it.
    InputError
        When another run works on the corpus, or the facts are faulty.
    OutputError
        When a response or the corpus cannot be written. What was answered is kept.
    """
    import requests

    options = options or FetchOptions()
    known = with_own_lists(read_facts(facts) if facts and (facts / "papers.toml").is_file() else None, to)
    service = service or service_at()
    with ResponseCache(to / "raw") as cache, requests.Session() as session:
        observed = _observation(cache, clock, update=update, reparse=reparse, to=to)
        _check_plan(cache, targets, options, reparse=reparse)
        client = None
        if not reparse:
            client = FetchClient(
                cache,
                Transport(session, service).send,
                RateLimit.start(has_key=service.key is not None, last_sent=cache.last_sent),
                sleep=sleep,
                clock=clock,
                random=random,
                progress=progress or (lambda _counts: None),
            )

        def begin_phase(name: str, requests: int) -> None:
            log.info("phase %r begins: %d requests at least", name, requests)
            if on_phase:
                on_phase(name, requests)

        started = clock()
        result = run_crawl(
            crawl(targets.papers, options, datetime.date.fromisoformat(observed), on_phase=begin_phase),
            client or (lambda request: cached_outcome(cache, request) or _NOT_REQUESTED),
        )
        counts = client.counts if client else RequestCounts(from_cache=len(cache))
        log.info("fetched %d papers in %.1f s: %s", len(result.resolved), clock() - started, counts)
        outage = client.outage if client else None
        _check_result(result, outage, is_update=cache.observations > 1 and not cache.finished)
        reading_list = reading_list_of(targets, result)
        corpus = corpus_of(result, reading_list, observed, facts=known, note=_note(options))
        corpus = with_own_notices(corpus, to)
        fetched = {} if targets.reading_list else {"reading_list.toml": reading_list_text(reading_list)}
        save_corpus(corpus, to, beside=fetched)
        if not outage and not reparse:
            cache.finish()
        return Fetched(corpus, result, observed, counts, outage, cache.damaged)


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how many requests are still to be sent, and how long that takes at the rate limit."""

    requests: int
    seconds: float


def estimate(targets: Targets, to: Path, options: FetchOptions, *, has_key: bool, update: bool = False) -> Estimate:
    """Estimate how much is still to be requested, from the responses that are kept."""
    result, requests = _crawl_cache(targets, to / "raw", options, update=update)
    papers = len(result.resolved)
    if not papers:
        papers = len(targets.papers)
        searched = sum(not target.api_ids for target in targets.papers)
        requests = -(-(papers - searched) // MAX_BATCH) + searched + papers * options.references
    if options.references and options.depth > 1 and not result.bridges:
        requests += _BRIDGES_PER_PAPER * papers
    if options.citations:
        # The crawl of the cache has met the first page of each paper that was resolved.
        requests += papers * (-(-options.most_citations // MAX_PAGE) - bool(result.resolved))
    return Estimate(requests, requests * RateLimit.start(has_key=has_key).interval)


def _crawl_cache(targets: Targets, raw: Path, options: FetchOptions, *, update: bool) -> tuple[CrawlResult, int]:
    """What the cache holds, and how many of the requests for the rest are known."""
    missing: list[Request] = []

    def run(cache: ResponseCache | None) -> CrawlResult:
        def get_outcome(request: Request) -> Outcome:
            outcome = None if cache is None else cached_outcome(cache, request)
            if outcome is None:
                missing.append(request)
            return outcome or _NOT_REQUESTED

        observed = (cache.observed if cache is not None else None) or "2000-01-01"  # any day gives a good estimate
        return run_crawl(crawl(targets.papers, options, datetime.date.fromisoformat(observed)), get_outcome)

    if not (raw / "answers.jsonl").is_file():
        return run(None), len(missing)
    with ResponseCache(raw) as cache:
        return run(None if update and cache.finished else cache), len(missing)


def _observation(cache: ResponseCache, clock: Callable[[], float], *, update: bool, reparse: bool, to: Path) -> str:
    """The day of the observation that the run goes on with; a new one begins where it must."""
    if cache.observed is None and reparse:
        raise InputError("no answers to parse again", where=str(to), remedy="fetch first, without --reparse")
    if cache.observed is None or (update and cache.finished and not reparse):
        cache.begin(datetime.datetime.fromtimestamp(clock(), datetime.UTC).date().isoformat())
    assert cache.observed is not None
    try:
        datetime.date.fromisoformat(cache.observed)
    except ValueError:
        raise InputError(f"{cache.observed!r} is not a day", where=str(cache.path), remedy="restore the file") from None
    return cache.observed


def _check_plan(cache: ResponseCache, targets: Targets, options: FetchOptions, *, reparse: bool) -> None:
    """Keep what the run sets out to fetch; parsing again must set out to fetch the same."""
    plan = {"aims": to_row(options), "wanted": [[*target.api_ids, target.title] for target in targets.papers]}
    if not reparse:
        cache.save_plan(plan)
    elif cache.plan is not None and cache.plan != plan:
        raise InputError(
            "the answers were fetched for another list or with other options",
            where=str(cache.path),
            remedy="give the same list and options together with --reparse",
        )


def _check_result(result: CrawlResult, outage: str | None, *, is_update: bool) -> None:
    """Refuse to write an empty corpus, or to replace a corpus by a smaller one."""
    failure = outage or next((each.why for each in result.unresolved if each.failed), None)
    if (outage and is_update) or (failure and not result.resolved):
        raise FetchStopped(
            f"Semantic Scholar does not answer: {failure}; type the same command again later: "
            "nothing that was answered is asked again"
        )
    if not result.resolved:
        reasons = "\n  ".join(f"{each.target.label}: {each.why}" for each in result.unresolved[:20])
        raise InputError(f"none of the papers was found\n  {reasons}\n", remedy="check the identifiers")


def _note(options: FetchOptions) -> str:
    parts = ["references"] * options.references
    if options.references and options.depth > 1:
        parts.append("references of papers that two or more of the list cite")
    if options.citations:
        kind = "influential citations" if options.influential_only else "citations"
        since = f" since {options.since}" if options.since else ""
        parts.append(f"{kind}{since}, the newest {options.most_citations} of each paper")
    return f"fetched: {'; '.join(parts) or 'metadata alone'}"
