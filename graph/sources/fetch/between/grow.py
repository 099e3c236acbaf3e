"""The question from A to B as one crawl: finds its papers, then searches each part of the way."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ....errors import InputError
from ...semantic_scholar.pagination import PagedList
from ...semantic_scholar.paper_rows import PaperRow
from ..crawl import Crawl, CrawlResult, Resolved, Unresolved, resolve_targets
from ..target import Target
from .budget import Budget
from .findings import Growth, Part, part_of
from .frontier import Years
from .search import ListName, Search


@dataclass(frozen=True, slots=True)
class GrowthOptions:
    """How far to search.

    Attributes
    ----------
    budget : int
        How many requests all of it may take, those included whose answers an earlier run kept.
    top : int
        Stop when so many paths are found.
    years : Years
        Papers of other years are left out, apart from those that are named.
    """

    budget: int = 300
    top: int = 10
    years: Years = field(default_factory=Years)


def grow(
    targets: Sequence[Target], options: GrowthOptions, *, on_phase: Callable[[str, int], None] | None = None
) -> Crawl[Growth]:
    """Search for paths from the first target to the last, through all others, the older ones first.

    Each part of the way may take its share of the budget that is left. A list that one part has read is not asked for
    by another. What is asked for does not depend on the budget: a larger one goes on where a smaller one ended.

    Raises
    ------
    InputError
        When a paper is not known, two are the same, or one is older than the one that it should build on.
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
    ways = list(pairwise(_in_order(resolved)))
    lists: dict[ListName, PagedList] = {}
    begun: set[ListName] = set()  # not read to their end: another part goes on with them from the kept answers
    parts: list[Part] = []
    for number, (start, end) in enumerate(ways):
        share = Budget(budget.left // (len(ways) - number))
        search = Search(start, end, years=_years_between(start, end, options.years), top=options.top, budget=share)
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


def _in_order(resolved: Sequence[Resolved]) -> list[PaperRow]:
    """The papers in the order of the way: those in the middle by their years."""
    first, *middle, last = [(each.row, each.target.label) for each in resolved]
    middle.sort(key=lambda each: each[0].year or 0)
    stops = [first, *middle, last]
    for number, (row, label) in enumerate(stops):
        for other, name in stops[:number]:
            if other.paper_id == row.paper_id:
                raise InputError(f"{name} and {label} are the same paper: {row.title}", remedy="name different papers")
    for (older, name), (newer, label) in pairwise(stops):
        if older.year and newer.year and newer.year < older.year:
            turned = f"ask for the other direction: --between {shlex.quote(label)} {shlex.quote(name)}"
            raise InputError(
                f"{label} ({newer.year}) is older than {name} ({older.year}), so it does not build on it",
                remedy=turned if not middle else "name the older paper first, and those of --via between the two",
            )
    return [row for row, _ in stops]


def _years_between(start: PaperRow, end: PaperRow, asked: Years) -> Years:
    """The years of papers that can lie between two: one more at either end, since years are often one off."""
    first = [year for year in (start.year - 1 if start.year else None, asked.first) if year is not None]
    last = [year for year in (end.year + 1 if end.year else None, asked.last) if year is not None]
    return Years(max(first, default=None), min(last, default=None))
