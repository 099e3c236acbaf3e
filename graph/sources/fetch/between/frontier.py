"""One end of a search: the papers that it has met from there, which of them are read, and which are next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from ....model.corpus import Direction
from ...semantic_scholar.endpoints import MAX_BATCH, MAX_NESTED
from ...semantic_scholar.nested_lists import ROWS_A_CALL, counted_rows
from ...semantic_scholar.pagination import PagedList
from ...semantic_scholar.paper_rows import CitationRow, PaperRow
from .score import Score


@dataclass(frozen=True, slots=True)
class Years:
    """The years from `first` to `last`, both included; None has no limit."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, year: object) -> bool:
        """A year that is not known is in any of them: unknown is not outside."""
        if not isinstance(year, int):
            return True
        return (self.first is None or year >= self.first) and (self.last is None or year <= self.last)


@dataclass(slots=True)
class Met:
    """A paper that was met: as a row describes it, its hops from this end, and its score."""

    row: PaperRow
    hops: int
    score: float = 0.0

    @property
    def name(self) -> str:
        """The service's id."""
        return str(self.row.paper_id)


@dataclass(slots=True)
class Frontier:
    """The papers met from one end, over references from B and over citations from A."""

    direction: Direction
    root: PaperRow
    goal: PaperRow
    """The paper at this end, and the one at the other."""
    score: Score
    years: Years
    """Papers of other years are left out."""
    met: dict[str, Met] = field(default_factory=dict)
    """By the service's id, in the order in which they were met; the root too."""
    lists: dict[str, PagedList] = field(default_factory=dict)
    """What was read."""
    outside: set[str] = field(default_factory=set)
    """The papers that were left out."""
    unlisted: set[str] = field(default_factory=set)
    """The papers of which the service has no references, which says nothing: nearly every paper cites others."""
    reading: set[str] = field(default_factory=set)
    """The papers whose lists are too long for one request, and are read page by page."""
    _waiting: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        score = self.score(CitationRow(self.root), 0, self.goal)
        self.met[str(self.root.paper_id)] = Met(self.root, 0, score)

    def meet(self, of: str, rows: Iterable[CitationRow]) -> Iterator[str]:
        """Add what the list of a paper names, and yield the papers that are not left out."""
        hops = self.met[of].hops + 1
        for row in rows:
            name = row.paper.paper_id
            if name is None or name == of or name in self.outside:
                continue
            found = self.met.get(name)
            if found is None:
                if row.paper.year not in self.years and name != self.goal.paper_id:
                    self.outside.add(name)
                    continue
                found = self.met[name] = Met(row.paper, hops)
            found.hops = min(found.hops, hops)
            if not self._is_done(name):
                if self.rows_of(found):
                    self._wait(found, self.score(row, found.hops, self.goal))
                elif self.direction == "references":
                    self.unlisted.add(name)
            yield name

    def _is_done(self, name: str) -> bool:
        return name in self.lists or name in self.reading or name == self.goal.paper_id

    def _wait(self, found: Met, score: float) -> None:
        """Let a paper wait under this score; an entry under an older one counts no more."""
        if score != found.score:
            found.score = score
            heappush(self._waiting, (-score, found.name))

    def _waits_at(self, place: float, name: str) -> bool:
        """Whether an entry still counts: its paper is neither read, nor waits under a newer score."""
        return not self._is_done(name) and -place == self.met[name].score

    def rows_of(self, found: Met) -> int:
        """How many rows its list has, as far as that is known; the most that a batch holds where it is not."""
        counted = counted_rows(found.row, self.direction)
        return MAX_NESTED if counted is None else counted

    def take(self) -> list[Met]:
        """The best papers that are not read, as many as fill one request, or one whose list is too long for that.

        They are taken out: `put_back` returns them.
        """
        taken: list[Met] = []
        passed: list[Met] = []
        room = ROWS_A_CALL
        while self._waiting and room > 0 and len(taken) < MAX_BATCH and len(passed) < MAX_BATCH:
            score, name = heappop(self._waiting)
            if not self._waits_at(score, name):
                continue
            found = self.met[name]
            rows = self.rows_of(found)
            if not taken and rows >= MAX_NESTED:
                return [found]
            if rows >= MAX_NESTED or rows > room:
                passed.append(found)
            else:
                taken.append(found)
                room -= rows
        self.put_back(passed)
        return taken

    def put_back(self, taken: Iterable[Met]) -> None:
        """Return what was taken and not read."""
        for found in taken:
            heappush(self._waiting, (-found.score, found.name))

    @property
    def waits(self) -> bool:
        """Whether there is a paper to read."""
        while self._waiting:
            if self._waits_at(*self._waiting[0]):
                return True
            heappop(self._waiting)
        return False

    def unread(self) -> list[Met]:
        """The papers that were met, are not read and have a list, the most promising first."""
        names = {name for score, name in self._waiting if self._waits_at(score, name)}
        return sorted((self.met[name] for name in names), key=lambda found: (-found.score, found.name))
