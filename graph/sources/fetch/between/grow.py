"""The question from A to B as one crawl: finds its papers, then searches each part of the way."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from ....errors import InputError
from ...semantic_scholar.pagination import PagedList
from ..crawl import Crawl, CrawlResult, Resolved, Unresolved, resolve_targets
from ..target import Target
from .budget import Budget
from .findings import Growth, Part, part_of
from .frontier import Years
from .search import ListName, Search


@dataclass(frozen=True, slots=True)
class GrowthOptions:
    """How far to search."""

    budget: int = 300
    """How many requests all of it may take, those included whose answers an earlier run kept."""
    top: int = 10
    """Stop when so many paths are found."""
    years: Years = field(default_factory=Years)
    """Papers of other years are left out, apart from those that are named."""


def grow(
    targets: Sequence[Target], options: GrowthOptions, *, on_phase: Callable[[str, int], None] | None = None
) -> Crawl[Growth]:
    """Search for paths from the first target to the last, through all others, the older ones first.

    Each part of the way may take its share of the budget that is left. A list that one part has read is not asked for
    by another. What is asked for does not depend on the budget: a larger one goes on where a smaller one ended. Raises
    `InputError` when a paper is not known, two are the same, one is older than the one that it should build on, or no
    paper of the years can lie between two.
    """
    on_phase = on_phase or (lambda _name, _requests: None)
    budget = Budget(options.budget)
    on_phase("resolving", 1)
    resolved, unresolved = yield from budget.within(resolve_targets(targets))
    if unresolved:
        if not budget.left and any(each.failed for each in unresolved):
            raise InputError(f"{budget.requests} requests do not suffice to find the papers", remedy="raise --budget")
        _refuse_unknown(unresolved)
        return Growth(CrawlResult(tuple(resolved), tuple(unresolved)), (), budget.made)
    on_phase("searching", budget.left)
    return (yield from search_way(resolved, options, budget))


def search_way(resolved: Sequence[Resolved], options: GrowthOptions, budget: Budget) -> Crawl[Growth]:
    """The same for papers that are found: see `grow`."""
    _refuse_same(resolved)
    stops = [Stop(each.target.label, each.row.year) for each in resolved]
    check_way(stops, options.years)
    ways = list(pairwise(resolved[place].row for place in in_order(stops)))
    lists: dict[ListName, PagedList] = {}
    begun: set[ListName] = set()  # not read to their end: another part goes on with them from the kept answers
    parts: list[Part] = []
    for number, (start, end) in enumerate(ways):
        share = Budget(budget.left // (len(ways) - number))
        years = _years_between(start.year, end.year, options.years)
        search = Search(start, end, years=years, top=options.top, budget=share)
        yield from search.run({name: paged for name, paged in lists.items() if name not in begun})
        budget.made += share.made
        for paged in search.lists():
            known = lists.get((paged.direction, paged.paper))
            if known is None or known.row_count < paged.row_count:
                lists[paged.direction, paged.paper] = paged
        begun |= {
            (long.direction, str(long.paper.paper_id)) for side in search.sides for long in search.long_lists(side)
        }
        parts.append(part_of(search))
        if search.stopped == "outage":
            break
    return Growth(CrawlResult(tuple(resolved), (), tuple(lists.values())), tuple(parts), budget.made)


def _refuse_unknown(unresolved: Sequence[Unresolved]) -> None:
    """Say which papers are not known, unless a later run may find them."""
    if any(each.failed for each in unresolved):
        return
    lines = []
    for each in unresolved:
        meant = f"; did you mean {'; '.join(each.suggestions[:3])}?" if each.suggestions else ""
        lines.append(f"{each.target.label} is not found: {each.why}{meant}")
    raise InputError("\n  ".join(lines), remedy="give its arXiv identifier, its DOI or its whole title")


def _refuse_same(resolved: Sequence[Resolved]) -> None:
    for one, other in combinations(resolved, 2):
        if one.row.paper_id == other.row.paper_id or set(one.row.identifiers) & set(other.row.identifiers):
            names = f"{one.target.label} and {other.target.label}"
            raise InputError(f"{names} are the same paper: {one.row.title}", remedy="name different papers")


@dataclass(frozen=True, slots=True)
class Stop:
    """A paper that the way goes through: what a person calls it, and its year."""

    label: str
    year: int | None

    def __str__(self) -> str:
        return f"{self.label} ({self.year})" if self.year else self.label


def in_order(stops: Sequence[Stop]) -> list[int]:
    """The places of the stops in the order of the way: those in the middle by their years.

    >>> in_order([Stop("A", 2000), Stop("C", 2012), Stop("B", 2004), Stop("D", 2020)])
    [0, 2, 1, 3]
    """
    first, *middle, last = range(len(stops))
    return [first, *sorted(middle, key=lambda place: stops[place].year or 0), last]


def check_way(stops: Sequence[Stop], asked: Years) -> None:
    """Raise `InputError` where a paper is older than one before it, or none of the years asked for can lie between two.

    What is not known is not refused.
    """
    way = [stops[place] for place in in_order(stops)]
    dated = [(each, each.year) for each in way if each.year]
    for (older, year), (newer, later) in pairwise(dated):
        if later < year:
            turned = f"ask for the other direction: --between {shlex.quote(newer.label)} {shlex.quote(older.label)}"
            raise InputError(
                f"{newer} is older than {older}, so it does not build on it",
                remedy=turned if len(way) == 2 else "name the older paper first, and those of --via between the two",
            )
    for start, end in pairwise(way):
        years = _years_between(start.year, end.year, asked)
        if years.first and years.last and years.first > years.last:
            raise InputError(
                f"no paper of these years can lie between {start} and {end}",
                where="--years",
                remedy="give years that lie between the two, or leave --years out",
            )


def _years_between(start: int | None, end: int | None, asked: Years) -> Years:
    """The years of papers that can lie between two: one more at either end, since years are often one off."""
    first = [year for year in (start - 1 if start else None, asked.first) if year is not None]
    last = [year for year in (end + 1 if end else None, asked.last) if year is not None]
    return Years(max(first, default=None), min(last, default=None))
