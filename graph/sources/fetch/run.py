"""One fetch from start to saved corpus: connects the pure parts to the network and the disk."""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ...model.corpus import Corpus
from ...model.storage import save_corpus
from ...utils.locks import edited
from ..facts import read_facts, with_own_lists
from ..http.client import FetchClient, RequestCounts, cached_outcome, run_crawl
from ..http.response_cache import ResponseCache
from ..http.transport import Service, Transport
from ..retractions.own_file import with_own_notices
from ..semantic_scholar.service import ScholarRules, service_at
from .ask_others import ask_others, check_outages, nobody_found, none_found, silent, without_the_found
from .between.findings import Growth
from .between.grow import GrowthOptions, grow
from .crawl import Crawl, CrawlResult, FetchOptions, crawl
from .fetched_list import reading_list_of, reading_list_text, written_list
from .observation import check_folder, check_plan, check_question, observation, plan_of, reads_together
from .others import NOT_REQUESTED, OtherService, Run, ServiceAnswers, conversation
from .targets import Targets
from .to_corpus import SaidByScholar, corpus_of

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Result of a fetch.

    `observed` is the day of the observation, `outage` says why no more requests were sent, and `damaged`
    counts the lines of the file of answers that could not be read. `heard` is what other services said, `growth` what
    a search from one paper to another came to.
    """

    corpus: Corpus
    result: CrawlResult
    observed: str
    counts: RequestCounts
    outage: str | None = None
    damaged: int = 0
    heard: tuple[ServiceAnswers, ...] = ()
    growth: Growth | None = None

    @property
    def unfinished(self) -> bool:
        """Whether the same command may find more later, because something failed that need not fail again."""
        if self.growth:
            return self.growth.interrupted is not None
        failed_lists = any(paged.ending == "failed" for paged in self.result.lists)
        failed_papers = any(each.failed for each in self.result.unresolved)
        return failed_lists or failed_papers or any(each.unfinished for each in self.heard)


def fetch(
    targets: Targets,
    to: Path,
    options: FetchOptions | None = None,
    *,
    service: Service | None = None,
    others: Sequence[OtherService] = (),
    scholar: bool = True,
    growth: GrowthOptions | None = None,
    update: bool = False,
    reparse: bool = False,
    facts: Path | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
    progress: Callable[[RequestCounts], None] | None = None,
    on_phase: Callable[[str, int], None] | None = None,
) -> Fetched:
    """Fetch papers into a corpus, going on from whatever an earlier run left.

    Raises `FetchStopped` when no request can succeed until a person does something about it, `InputError` when another
    run works on the corpus, the facts are faulty, or the folder has the corpus of another question, or one that no
    fetch has made, and `OutputError` when a response or the corpus cannot be written. What was answered is kept.

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
    others : sequence of OtherService, optional
        Services that are asked about the same papers, and about those that lie between them.
    scholar : bool
        Whether Semantic Scholar is asked. Without it the papers are those that the targets have identifiers of.
    growth : GrowthOptions, optional
        Search for paths from the first target to the last, instead of reading the lists of all: the corpus is what the
        search has read. `options` and `others` say nothing then.
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
    """
    options = options or FetchOptions()
    if not reparse:
        check_folder(to)
    known = read_facts(facts) if facts and (facts / "papers.toml").is_file() else None
    with_own_lists(known, to)  # what is wrong with them is said before anything is asked
    plan, note = plan_of(targets, options, growth), _note(options, growth)
    run = Run(
        update,
        reparse,
        sleep,
        clock,
        progress,
        _logged(on_phase or (lambda _name, _requests: None)),
        RequestCounts(),
    )
    with ResponseCache(to / "raw") as cache, ExitStack() as open_:
        conversations = [open_.enter_context(conversation(other, to, plan, note, run)) for other in others]
        started = clock()
        result, observed, outage, grown = nobody_found(targets.papers), None, None, None
        if scholar:
            observed = observation(cache, clock, update=update, reparse=reparse, to=to)
            check_question(cache, plan, to)
            check_plan(cache, plan, reparse=reparse)
            day = datetime.date.fromisoformat(observed)
            if growth:
                # What is kept costs nothing more: after a larger budget a smaller one leaves nothing out.
                allowed = replace(growth, budget=max(growth.budget, len(cache)))
                search = grow(targets.papers, allowed, on_phase=run.on_phase)
                most_sent = growth.budget
                grown, outage = _ask_scholar(cache, search, service or service_at(), run, most_sent=most_sent)
                result, outage = grown.crawl, outage or grown.interrupted
            else:
                steps = crawl(targets.papers, options, day, together=reads_together(cache), on_phase=run.on_phase)
                result, outage = _ask_scholar(cache, steps, service or service_at(), run)
            log.info("fetched %d papers in %.1f s: %s", len(result.resolved), clock() - started, run.counts)
            if growth and result.unresolved:
                raise silent("Semantic Scholar", result.unresolved[0].why)
            is_update = cache.observations > 1 and not cache.finished
            _check_result(result, outage, is_update=is_update, alone=not others)
        said = SaidByScholar(result, observed, note) if observed else None
        reading_list = reading_list_of(targets, result, by_identifier=bool(others))
        heard = ask_others(conversations, said, reading_list, options)
        if others:
            result = without_the_found(result, heard)
        check_outages(conversations, heard)
        with edited(to):  # what was put beside the corpus meanwhile is in it, and nobody puts more there now
            corpus = corpus_of(said, reading_list, facts=with_own_lists(known, to), heard=heard)
            corpus = with_own_notices(corpus, to)
            own_list = {} if targets.reading_list else written_list(to, reading_list_text(reading_list))
            save_corpus(corpus, to, beside=own_list)
        if scholar and not outage and not reparse:
            cache.finish()
        for each in conversations:
            each.finish()
        if reparse:
            run.counts.from_cache = len(cache) + sum(len(each.cache) for each in conversations)
        return Fetched(
            corpus, result, observed or heard[0].source.observed or "", run.counts, outage, cache.damaged, heard, grown
        )


def _ask_scholar(
    cache: ResponseCache, steps: Crawl[T], service: Service, run: Run, *, most_sent: int | None = None
) -> tuple[T, str | None]:
    """What Semantic Scholar says, and why no more requests were sent to it."""
    import requests

    rules = ScholarRules(service.key is not None)
    if run.reparse:
        return run_crawl(steps, lambda request: cached_outcome(cache, request, rules) or NOT_REQUESTED), None
    with requests.Session() as session:
        client = FetchClient(
            cache,
            Transport(session, service).send,
            rules,
            sleep=run.sleep,
            clock=run.clock,
            progress=run.progress,
            counts=run.counts,
            most_sent=most_sent,
        )
        return run_crawl(steps, client), client.outage


def _logged(on_phase: Callable[[str, int], None]) -> Callable[[str, int], None]:
    def begin_phase(name: str, requests: int) -> None:
        log.info("phase %r begins: %d requests at least", name, requests)
        on_phase(name, requests)

    return begin_phase


def _check_result(result: CrawlResult, outage: str | None, *, is_update: bool, alone: bool) -> None:
    """Refuse to write an empty corpus, or to replace a corpus by a smaller one."""
    failure = outage or next((each.why for each in result.unresolved if each.failed), None)
    if (outage and is_update) or (failure and not result.resolved):
        raise silent("Semantic Scholar", failure)
    if not result.resolved and alone:
        raise none_found(result.unresolved)


def _note(options: FetchOptions, growth: GrowthOptions | None) -> str:
    if growth:
        return "fetched: references and citations between the papers of the list, the most promising first"
    parts = ["references"] * options.references
    if options.references and options.depth > 1:
        parts.append("references of papers that two or more of the list cite")
    if options.citations:
        kind = "influential citations" if options.influential_only else "citations"
        since = f" since {options.since}" if options.since else ""
        parts.append(f"{kind}{since}, the newest {options.most_citations} of each paper")
    return f"fetched: {'; '.join(parts) or 'metadata alone'}"
