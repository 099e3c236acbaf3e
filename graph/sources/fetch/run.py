"""One fetch from start to saved corpus: the shell around the pure parts."""

from __future__ import annotations

import datetime
import random as randomness
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ...model.corpus import Corpus
from ...model.serialize import to_row
from ...model.storage import corpus_files, save_corpus
from ...utils.files import write_all
from ..semantic_scholar.endpoints import Request
from ..semantic_scholar.pagination import NoResult, Outcome
from ..semantic_scholar.rate_limit import Pace
from ..semantic_scholar.response_cache import ResponseCache
from ..semantic_scholar.retry_policy import HttpResponse, NoResponse
from ..semantic_scholar.transport import Service, Transport, service
from .client import NOT_ASKED, FetchClient, FetchStopped, Tally, drive, from_log
from .crawl import FetchOptions, Findings, converse
from .fetched_list import reading_list_of, reading_list_text
from .targets import Targets
from .to_corpus import corpus_of, read_facts

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch came to.

    `unfinished` says that a later run may find more: something failed that need not fail again.
    """

    corpus: Corpus
    findings: Findings
    observed: str
    tally: Tally
    outage: str | None = None
    damaged: int = 0

    @property
    def unfinished(self) -> bool:
        """Whether the same command, later, may find more."""
        failed = any(each.walk.ending == "failed" for each in self.findings.lists)
        return failed or any(each.failed for each in self.findings.unresolved)


def fetch(
    wants: Targets,
    to: Path,
    aims: FetchOptions | None = None,
    *,
    to_service: Service | None = None,
    update: bool = False,
    reparse: bool = False,
    facts: Path | None = None,
    session: requests.Session | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
    random: Callable[[], float] = randomness.random,
    progress: Callable[[Tally], None] | None = None,
    notice: Callable[[str, int], None] | None = None,
) -> Fetched:
    """Fetch what is wanted into a corpus, going on from whatever an earlier run left.

    Parameters
    ----------
    wants : Targets
        From `graph.sources.fetch.targets`.
    to : Path
        The folder of the corpus; every answer is kept in its ``raw/``.
    aims : FetchOptions, optional
        How far to go.
    to_service : Service, optional
        Where to ask, and with which key; default is Semantic Scholar without a key.
    update : bool
        Begin a new observation, unless the last one was never finished.
    reparse : bool
        Ask nothing: make the corpus again from the answers that are there.
    facts : Path, optional
        A data folder whose verified papers and printed bibliographies the fetched data joins.
    session, sleep, clock, random : optional
        The world outside, handed in. `clock` tells seconds since 1970.
    progress, notice : callable, optional
        Told the tally as it grows, and each phase with its requests as it begins.

    Returns
    -------
    Fetched

    Raises
    ------
    FetchStopped
        When no request can succeed until a person mends something.
    InputError
        When another run works on the corpus, or the facts are at fault.
    OutputError
        When an answer or the corpus cannot be written. What was answered stays.
    """
    aims = aims or FetchOptions()
    known = read_facts(facts) if facts else None
    with ResponseCache(to / "raw") as store:
        observed = _observation(store, clock, update=update, reparse=reparse, to=to)
        _check_plan(store, wants, aims, reparse=reparse)
        asker = None
        if not reparse:
            send, pace = _sender(store, to_service, session)
            asker = FetchClient(
                store, send, pace, sleep=sleep, clock=clock, random=random, progress=progress or (lambda _tally: None)
            )
        answer = asker or _log_only(store)
        findings = drive(converse(wants.papers, aims, datetime.date.fromisoformat(observed), notice=notice), answer)
        outage = asker.outage if asker else None
        _worth_writing(findings, outage, renewing=store.observations > 1 and not store.finished)
        _sweep(to)
        reading_list = reading_list_of(wants, findings)
        corpus = corpus_of(findings, reading_list, observed, facts=known, note=_note(aims))
        save_corpus(corpus, to)
        if wants.reading_list is None:
            write_all(to, {"reading_list.toml": reading_list_text(reading_list)})
        if not outage and not reparse:
            store.finish()
        tally = asker.tally if asker else Tally(from_log=len(store))
        return Fetched(corpus, findings, observed, tally, outage, store.damaged)


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many requests are still to be sent, about, and how long that takes at the service's pace."""

    requests: int
    seconds: float


def estimate(wants: Targets, to: Path, aims: FetchOptions, *, keyed: bool, update: bool = False) -> Estimate:
    """How much is still to be asked, as far as the answers that are there tell."""
    missing: list[Request] = []
    counted = 0

    def answer(store: ResponseCache | None, request: Request) -> Outcome:
        known = from_log(store, request) if store else None
        if known is None:
            missing.append(request)
        return known or NoResult(NOT_ASKED)

    def converse_with(store: ResponseCache | None) -> Findings:
        today = datetime.date.fromisoformat(store.observed) if store and store.observed else datetime.date(2000, 1, 1)
        return drive(converse(wants.papers, aims, today), lambda request: answer(store, request))

    if (to / "raw" / "answers.jsonl").is_file():
        with ResponseCache(to / "raw") as store:
            findings = converse_with(None if update and store.finished else store)
    else:
        findings = converse_with(None)
    requests = len(missing)
    if not findings.resolved:
        counted = len(wants.papers)
        requests = -(-counted // 500) + counted * bool(aims.references)
    papers = len(findings.resolved) or counted
    if aims.references and aims.depth > 1 and not findings.bridges:
        requests += _BRIDGES_EACH * papers
    if aims.citations:
        requests += papers * (-(-aims.most_citations // 1000) - bool(findings.resolved))
    pace = Pace.starting(keyed=keyed)
    return Estimate(requests, requests * pace.interval)


_BRIDGES_EACH = 9
"""So many bridges a listed paper has, about: the shipped list has 209 for 23."""


def _observation(store: ResponseCache, clock: Callable[[], float], *, update: bool, reparse: bool, to: Path) -> str:
    if store.observed is None and reparse:
        raise InputError("no answers to parse again", where=str(to), remedy="fetch first, without --reparse")
    if store.observed is None or (update and store.finished and not reparse):
        store.begin(datetime.datetime.fromtimestamp(clock(), datetime.UTC).date().isoformat())
    assert store.observed is not None
    try:
        datetime.date.fromisoformat(store.observed)
    except ValueError:
        raise InputError(f"{store.observed!r} is no day", where=str(store.path), remedy="restore the file") from None
    return store.observed


def _check_plan(store: ResponseCache, wants: Targets, aims: FetchOptions, *, reparse: bool) -> None:
    """Keep what the run sets out to do; parsing again must set out to do the same."""
    plan = {"aims": to_row(aims), "wanted": [[*each.forms, each.title] for each in wants.papers]}
    if not reparse:
        store.remember_plan(plan)
    elif store.plan is not None and store.plan != plan:
        raise InputError(
            "the answers were fetched for another list or with other options",
            where=str(store.path),
            remedy="name the same list and options together with --reparse",
        )


def _sender(
    store: ResponseCache, to: Service | None, session: requests.Session | None
) -> tuple[Callable[[Request], HttpResponse | NoResponse], Pace]:
    if session is None:
        import requests

        session = requests.Session()
    to = to or service()
    return Transport(session, to).send, Pace.starting(keyed=to.key is not None, last=store.last_sent)


def _log_only(store: ResponseCache) -> Callable[[Request], Outcome]:
    return lambda request: from_log(store, request) or NoResult(NOT_ASKED)


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed while it wrote the corpus left: the lock says that nobody writes now."""
    for name in (*corpus_files(Corpus({})), "reading_list.toml"):
        for part in folder.glob(f".{name}.*.part"):
            part.unlink(missing_ok=True)


def _worth_writing(findings: Findings, outage: str | None, *, renewing: bool) -> None:
    """Refuse to write a corpus of nothing, or one that would put less in the place of more."""
    failure = outage or next((each.why for each in findings.unresolved if each.failed), None)
    if (outage and renewing) or (failure and not findings.resolved):
        raise FetchStopped(
            f"Semantic Scholar does not answer: {failure}; type the same command again later: "
            "nothing that was answered is asked again"
        )
    if not findings.resolved:
        reasons = "\n  ".join(f"{each.wanted.label}: {each.why}" for each in findings.unresolved[:20])
        raise InputError(f"none of the papers was found\n  {reasons}\n", remedy="check the identifiers")


def _note(aims: FetchOptions) -> str:
    parts = ["references"] * aims.references
    if aims.references and aims.depth > 1:
        parts.append("references of papers that two or more of the list cite")
    if aims.citations:
        kind = "influential citations" if aims.influential_only else "citations"
        since = f" since {aims.since}" if aims.since else ""
        parts.append(f"{kind}{since}, the newest {aims.most_citations} of each paper")
    return f"fetched: {'; '.join(parts) or 'metadata alone'}"
