"""What the tests of the fetcher share: a clock that costs no time, a small world, and one way to fetch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from graph.sources.fetch import Fetched, FetchOptions, fetch
from graph.sources.fetch.targets import Targets, parse_targets
from graph.sources.http.transport import Key
from graph.sources.semantic_scholar.service import service_at

from ..service import CitationRecord, PaperRecord, ScholarService, ScholarWorld, paper, unresolved

SECRET = "k3y-of-the-tests"
OLD = paper("Learning to Align", external_ids={"ArXiv": "1409.0473"}, authors=["Ann Old"], date="2014-09-01")
MIDDLE = paper("A Bridge Between Them", external_ids={"ArXiv": "1601.00001"}, authors=["Bo Mid"], date="2016-01-04")
NEW = paper("Following Instructions", external_ids={"ArXiv": "2203.02155"}, authors=["Cy New"], date="2022-03-04")
OTHER = paper("Another New Paper", external_ids={"DOI": "10.1000/other"}, authors=["Di Other"], date="2021-05-01")
LOST = unresolved("A Technical Report That Nobody Can Find Anywhere")
LINES = ("arXiv:1409.0473", "2203.02155", "doi:10.1000/OTHER")
PAPERS: tuple[PaperRecord, ...] = (OLD, MIDDLE, NEW, OTHER, LOST)
WORLD = ScholarWorld(
    PAPERS,
    (
        CitationRecord(MIDDLE.id, OLD.id),
        CitationRecord(NEW.id, MIDDLE.id, influential=True),
        CitationRecord(NEW.id, LOST.id),
        CitationRecord(OTHER.id, MIDDLE.id),
        CitationRecord(OTHER.id, OLD.id),
    ),
)


class Time:
    """A clock that only sleeping moves, shared by the fetcher and the service."""

    def __init__(self, now: float = 1_795_430_400.0) -> None:  # 2026-11-23
        self.now = now

    def clock(self) -> float:
        """Seconds since 1970."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        assert seconds >= 0
        self.now += seconds


class Interrupted(BaseException):
    """Stands for a process that dies."""


class FragileTime(Time):
    """The clock of runs that break off before, between and right after requests: whenever the time is asked."""

    def __init__(self, time: Time, dice: Random, *, chance: float, most: int) -> None:
        super().__init__(time.now)
        self.time, self.dice, self.chance, self.most = time, dice, chance, most
        self.stops: list[float] = []

    def clock(self) -> float:
        """Seconds since 1970, unless the run dies."""
        self._perhaps_die()
        return self.time.clock()

    def sleep(self, seconds: float) -> None:
        """Let time pass; a process that dies while it waits has waited in part."""
        self.time.sleep(seconds / 2)
        self._perhaps_die()
        self.time.sleep(seconds / 2)

    def _perhaps_die(self) -> None:
        if len(self.stops) < self.most and self.dice.random() < self.chance:
            self.stops.append(self.time.now)
            raise Interrupted

    def run_until_done(self, run: Callable[[], object]) -> None:
        """Begin a run anew until one is not broken off."""
        while True:
            try:
                run()
            except Interrupted:
                continue
            return


def fetched(
    at: ScholarService | str,
    to: Path,
    options: FetchOptions | None = None,
    *,
    targets: Targets | None = None,
    time: Time,
    **more,
) -> Fetched:
    """Fetch from a service, with a key and without waiting."""
    url = at if isinstance(at, str) else at.url
    more.setdefault("service", service_at(url, key=Key.parse(SECRET, where="the tests")))
    return fetch(
        targets or parse_targets(LINES, where="the tests"),
        to,
        options or FetchOptions(citations=True),
        sleep=time.sleep,
        clock=time.clock,
        **more,
    )


def files(folder: Path) -> dict[str, bytes]:
    """The corpus as bytes, without the file of answers."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def states(result: Fetched) -> dict[tuple[str, str], str]:
    """The coverage of each paper by its title and direction."""
    corpus = result.corpus
    return {(str(corpus.papers[row.paper].title), row.direction): row.state for row in corpus.coverage}
