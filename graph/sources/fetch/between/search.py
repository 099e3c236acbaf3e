"""From A to B: reads what B builds on and who builds on A, best first, until the two meet.

Reading backwards is cheap, a hundred or so lists of references in one request; reading forwards costs a request for
each thousand papers that cite a much cited one. The two ends are read in turn. At each the request is made that
promises most: the scores of the papers that it would read, times the rows that they would bring.
`benchmarks/between.py` measures that beside other ways to choose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ....model.corpus import Direction
from ...http.outcomes import GiveUp
from ...http.request import Request
from ...semantic_scholar.endpoints import MAX_NESTED
from ...semantic_scholar.nested_lists import fits, read_call
from ...semantic_scholar.pagination import PagedList, distinct_rows
from ...semantic_scholar.paper_rows import CitationRow, PaperRow
from ...semantic_scholar.retry_policy import Outcome
from .budget import SPENT, Budget
from .frontier import Frontier, Met, Years
from .known_paths import KnownPaths
from .long_list import LongList
from .score import Score, promise

ListName = tuple[Direction, str]
"""A list by its direction and the id of its paper."""
WhyEnded = Literal["found", "exhausted", "budget", "outage"]
MOST_FAILURES = 2
"""After so many requests in a row that came to nothing the search stops: a later run goes on from there."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """How a search chooses: by which score, and whether it reads citing papers too or references alone."""

    score: Score = promise
    citations: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What one request would read: lists in a batch, or the next page of a long one."""

    side: Frontier
    papers: tuple[Met, ...] = ()
    long: LongList | None = None
    promise: float = 0.0


class Search:
    """A search for paths from `start` to a later paper `end`: run it, then look at its attributes.

    `behind` is what leads to the end, over references, and `ahead` what builds on the start, over citations. `stopped`
    says why it ended, and `why` what the service said when it answered no more.
    """

    def __init__(
        self,
        start: PaperRow,
        end: PaperRow,
        *,
        years: Years,
        top: int,
        budget: Budget,
        strategy: Strategy | None = None,
    ) -> None:
        self.start, self.end, self.top, self.budget = start, end, top, budget
        self.strategy = strategy or Strategy()
        self.behind = Frontier("references", end, start, self.strategy.score, years)
        self.ahead = Frontier("citations", start, end, self.strategy.score, years)
        self.known = KnownPaths(str(start.paper_id))
        self.stopped: WhyEnded = "exhausted"
        self.why = ""
        self._long: dict[ListName, LongList] = {}
        self._failures = 0
        self._steps = 0
        for side in self.sides:
            self._read_long(side, side.met[str(side.root.paper_id)])

    @property
    def sides(self) -> tuple[Frontier, ...]:
        """The ends from which it reads."""
        return (self.behind, self.ahead) if self.strategy.citations else (self.behind,)

    def run(self, read_before: Mapping[ListName, PagedList] | None = None) -> Generator[Request, Outcome, None]:
        """Read until enough paths are found, the budget is spent, or nothing is left; lists read before are used."""
        before = read_before or {}
        while not self._found_enough():
            step = None if any(map(self._knows_all_from, self.sides)) else self.best_step(self._steps)
            if step is None:
                self.stopped = "exhausted"
                return
            if self._use(step, before):
                continue
            if not self.budget.left:
                self.put_back(step)
                self.stopped = "budget"
                return
            self._steps += 1
            if step.long:
                yield from self._read_page(step.side, step.long)
            else:
                yield from self._read_batch(step)
            if self._failures >= MOST_FAILURES:
                self.stopped = "outage"
                return
        self.stopped = "found"

    def best_step(self, number: int) -> Step | None:
        """The request that promises most at the end whose turn it is, or at the other where nothing is left to read.

        The ends take turns by the number of the step. What it would read is taken out of the frontier.
        """
        turn = number % len(self.sides)
        for side in (*self.sides[turn:], *self.sides[:turn]):
            steps = self._steps_of(side)
            best = max(steps, key=lambda step: step.promise, default=None)
            for step in steps:
                if step is not best:
                    self.put_back(step)
            if best:
                return best
        return None

    def put_back(self, step: Step) -> None:
        """Return what a step took out."""
        step.side.put_back(step.papers)

    def lists(self) -> list[PagedList]:
        """What was read, each list as far as it was read."""
        read = [paged for side in (self.behind, self.ahead) for paged in side.lists.values()]
        read += [each.so_far() for each in self._long.values()]
        return [paged for paged in read if paged.row_count or paged.ending not in ("failed", "limited")]

    def long_lists(self, side: Frontier) -> list[LongList]:
        """The lists of one side that are being read page by page, those not begun included."""
        return [long for (direction, _), long in self._long.items() if direction == side.direction]

    def next_steps(self, requests: int) -> list[Step]:
        """What so many more requests would read, as far as is known now; nothing changes."""
        steps: list[Step] = []
        long_lists = dict(self._long)
        while requests > 0 and (step := self.best_step(self._steps + len(steps))):
            steps.append(step)
            requests -= step.long.pages_left if step.long else 1
            if step.long:
                del self._long[step.side.direction, str(step.long.paper.paper_id)]
        for step in steps:
            self.put_back(step)
        self._long.update(long_lists)
        return steps

    def paths(self) -> list[tuple[str, ...]]:
        """The paths that were found, the shortest first, at most `top`."""
        return self.known.paths_to(str(self.end.paper_id), self.top)

    def _knows_all_from(self, side: Frontier) -> bool:
        """Whether one end has nothing more to read and every list from there is whole, so that no path is unknown."""
        return (
            not side.waits
            and not self.long_lists(side)
            and all(paged.state == "complete" for paged in side.lists.values())
            and not side.unlisted
        )

    def _found_enough(self) -> bool:
        end = str(self.end.paper_id)
        if end not in self.known.reached:
            return False
        # What the end cites itself is read first, so that no path of two hops is overlooked for a longer one.
        first = self.behind.lists.get(end)
        if first is None or any(self._is_open(row.paper) for row in first.rows):
            return False
        return len(self.paths()) >= self.top

    def _is_open(self, paper: PaperRow) -> bool:
        name = str(paper.paper_id)
        found = self.behind.met.get(name)
        if found is None or name in self.behind.lists or name == self.start.paper_id:
            return False
        return fits(found.row, "references") and self.behind.rows_of(found) > 0

    def _steps_of(self, side: Frontier) -> list[Step]:
        steps = []
        for (direction, name), long in self._long.items():
            if direction == side.direction:
                steps.append(Step(side, long=long, promise=side.met[name].score * long.rows_left))
        taken = side.take()
        if taken and side.rows_of(taken[0]) >= MAX_NESTED:
            self._read_long(side, taken[0])
            return self._steps_of(side)
        if taken:
            rows = sum(found.score * side.rows_of(found) for found in taken)
            steps.append(Step(side, tuple(taken), promise=rows))
        return steps

    def _other(self, side: Frontier) -> Frontier:
        return self.ahead if side is self.behind else self.behind

    def _read_long(self, side: Frontier, found: Met) -> None:
        side.reading.add(found.name)
        self._long[side.direction, found.name] = LongList(found.row, side.direction, side.years)

    def _use(self, step: Step, before: Mapping[ListName, PagedList]) -> bool:
        """Take what the search for another part of the path has read; whether there was any of it."""
        side = step.side
        names = [found.name for found in step.papers] or [str(step.long.paper.paper_id) if step.long else ""]
        known = [name for name in names if (side.direction, name) in before]
        for name in known:
            self._long.pop((side.direction, name), None)
            self._take_list(side, before[side.direction, name])
        if known:
            side.put_back(found for found in step.papers if found.name not in known)
        return bool(known)

    def _read_page(self, side: Frontier, long: LongList) -> Generator[Request, Outcome, None]:
        long.choose_window(Counter(found.row.year for found in self._other(side).met.values()))
        request = long.request
        assert request is not None
        self.budget.made += 1
        outcome = yield request
        self._note(isinstance(outcome, GiveUp), outcome.why if isinstance(outcome, GiveUp) else "")
        name = str(long.paper.paper_id)
        self._add(side, name, long.after(outcome))
        if long.ended:
            del self._long[side.direction, name]
            side.lists[name] = long.so_far()

    def _read_batch(self, step: Step) -> Generator[Request, Outcome, None]:
        side = step.side
        papers = [found.row for found in step.papers]
        lists = yield from self.budget.within(read_call(papers, side.direction))
        failed = [each.paper for each in lists if each.ending == "failed"]
        self._note(len(failed) == len(lists) and lists[0].why != SPENT.why, lists[0].why)
        side.put_back(side.met[name] for name in failed)
        for paged in lists:
            if paged.ending == "limited" and not paged.row_count:
                self._read_long(side, side.met[paged.paper])  # by itself it may come
            elif paged.ending != "failed":
                self._take_list(side, paged)

    def _take_list(self, side: Frontier, paged: PagedList) -> None:
        side.lists[paged.paper] = replace(paged, rows=distinct_rows(paged.rows))
        self._add(side, paged.paper, paged.rows)

    def _add(self, side: Frontier, name: str, rows: Sequence[CitationRow]) -> None:
        backwards = side is self.behind
        for other in side.meet(name, rows):
            self.known.add(*((name, other) if backwards else (other, name)))

    def _note(self, failed: bool, why: str) -> None:
        self._failures = self._failures + 1 if failed else 0
        self.why = why if failed else self.why
