"""What the tests of the fetcher share: a clock that costs no time, a small world, and one way to fetch."""

from __future__ import annotations

from pathlib import Path

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
