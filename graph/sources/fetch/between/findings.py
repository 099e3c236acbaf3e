"""What a search found, what it left unexplored, and how sure it is that there is nothing else: values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...semantic_scholar.paper_rows import PaperRow
from ..crawl import CrawlResult
from .frontier import Frontier, Years
from .search import Search, Step, WhyEnded

NEXT = 100
"""What so many more requests would read is said."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Side:
    """What was explored from one end."""

    met: int
    read: int
    unread: int
    """Papers that were met, whose lists were read, and whose lists are still to be read."""
    left_out: int
    """Papers that were met and left out because of their year."""
    hops: int | None
    """So far from the end every list was read; None when all of them were."""
    not_whole: int
    """How many of these lists are known not to be whole: withheld, of another length than counted, or none at all."""
    promising: tuple[PaperRow, ...]
    """The papers to read next."""
    begun: tuple[PaperRow, ...]
    """Those whose long lists are read in part."""
    next_papers: int
    """The lists of so many papers another hundred requests would read from this end."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the search for one part of the way came to: from `start` to `end`.

    `paths` are the shortest first, `years` those of the papers that may lie between, `behind` is what was explored from
    the end over references, `ahead` from the start over citations.
    """

    start: PaperRow
    end: PaperRow
    paths: tuple[tuple[PaperRow, ...], ...]
    stopped: WhyEnded
    why: str
    requests: int
    years: Years
    behind: Side
    ahead: Side

    @property
    def sure_hops(self) -> int | None:
        """Every path of at most so many hops over these lists is known; None when every path is.

        A paper on such a path lies within `behind.hops` of the end, and within `ahead.hops` of the start.
        """
        if self.behind.hops is None or self.ahead.hops is None:
            return None
        return self.behind.hops + self.ahead.hops

    @property
    def not_whole(self) -> int:
        """How many of the lists on which `sure_hops` rests are known not to be whole."""
        ended = [side.not_whole for side in (self.behind, self.ahead) if side.hops is None]
        return min(ended, default=self.behind.not_whole + self.ahead.not_whole)


@dataclass(frozen=True, slots=True)
class Growth:
    """All that a question from A to B came to: a part for each two papers that follow each other on the way."""

    crawl: CrawlResult
    parts: tuple[Part, ...] = ()
    requests: int = 0

    @property
    def found(self) -> bool:
        """Whether there is a path all the way."""
        return bool(self.parts) and all(part.paths for part in self.parts)

    @property
    def interrupted(self) -> str | None:
        """What the service said when it stopped answering; None when it did not."""
        return next((part.why for part in self.parts if part.stopped == "outage"), None)


def part_of(search: Search) -> Part:
    """What a search came to."""
    rows = {name: found.row for side in (search.ahead, search.behind) for name, found in side.met.items()}
    paths = tuple(tuple(rows[name] for name in path) for path in search.paths())
    steps = search.next_steps(NEXT)
    behind, ahead = (_side(search, side, steps) for side in (search.behind, search.ahead))
    return Part(
        search.start,
        search.end,
        paths,
        search.stopped,
        search.why,
        search.budget.made,
        search.behind.years,
        behind,
        ahead,
    )


def _side(search: Search, side: Frontier, steps: Sequence[Step]) -> Side:
    """What was explored from one end, of which `steps` are what would be read next from either."""
    hops, not_whole = _explored(side)
    long = search.long_lists(side)
    own = [step for step in steps if step.side is side]
    next_papers = [found.row for step in own for found in step.papers]
    next_papers += [step.long.paper for step in own if step.long]
    promising = sorted(next_papers, key=lambda row: -side.met[str(row.paper_id)].score)
    return Side(
        met=len(side.met) - 1,
        read=len(side.lists),
        unread=len(side.unread()) + len(long),
        left_out=len(side.outside),
        hops=hops,
        not_whole=not_whole,
        promising=tuple(promising[:_SHOWN]),
        begun=tuple(each.paper for each in long if each.so_far().row_count),
        next_papers=len(next_papers),
    )


def _explored(side: Frontier) -> tuple[int | None, int]:
    """How far from the end every list was read, None when all of them were, and how many of these are not whole."""
    level = [str(side.root.paper_id)]
    seen = {*level, str(side.goal.paper_id)}
    hops = not_whole = 0
    while level:
        if not all(_is_read(side, name) for name in level):
            return hops, not_whole
        lists = [side.lists.get(name) for name in level]
        # Where no reference is counted the service has not read the paper; where no citation is, there is none.
        not_whole += sum(each.state != "complete" if each else side.direction == "references" for each in lists)
        named = dict.fromkeys(str(row.paper.paper_id) for each in lists if each for row in each.rows)
        level = [name for name in named if name in side.met and name not in seen]
        seen.update(level)
        hops += 1
    return None, not_whole


def _is_read(side: Frontier, name: str) -> bool:
    paged = side.lists.get(name)
    return paged.ending != "failed" if paged else side.rows_of(side.met[name]) == 0
