"""Paths in the order that the options ask for, lazily. An order never changes which paths there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import numpy as np

from ..algorithms.budget import BYTES, Budget
from ..model.lineage import Lineage
from .papers_between import CitationCosts, PapersBetween
from .path_options import PathOptions

Keys = tuple[str, ...]
DIVERSE_AMONG = 500
"""From how many of the shortest paths diverse ones are chosen."""


def ranked_paths(
    lineage: Lineage,
    between: PapersBetween,
    options: PathOptions,
    longest: int | None = None,
    budget: Budget | None = None,
    costs: CitationCosts | None = None,  # those of `main_path_costs`, if known
) -> Iterator[Keys]:
    """The paths that keep to an itinerary, in the order that the options ask for.

    `between` is what the paths may use; of the options only `rank`, `longest`, `max_hops` and `top` matter here.
    `longest` is the hops of the longest path, and `costs` those of `main_path_costs`, if known. The steps and bytes of
    `budget` are spent; the paths end where it ends.
    """
    if options.longest and between.has_circles:
        return between.by_length(lineage.place, longest=longest, longest_first=True, budget=budget)
    if options.rank == "shortest" and not options.longest:
        return _shortest(lineage, between, options.top, longest, budget)
    if options.rank == "diverse" and not options.longest:
        paths = _shortest(lineage, between, max(options.top, DIVERSE_AMONG), longest, budget)
        return chain(_diverse(islice(paths, DIVERSE_AMONG)), paths)
    return between.by_cost(costs or _costs(lineage, between, options), lineage.place, options.top, budget)


def main_path_costs(lineage: Lineage, between: PapersBetween, options: PathOptions) -> CitationCosts | None:
    """What citations cost where the options order paths along the main path; None in every other order."""
    return _costs(lineage, between, options) if options.by_main_path else None


def weights_along(costs: CitationCosts | None, between: PapersBetween, keys: Keys) -> tuple[int | None, ...]:
    """The search path count of every hop of a path, by `main_path_costs`; None where it is not forward.

    Nothing where there are no such costs.
    """
    if costs is None:
        return ()
    numbers = np.array(between.graph.arrays.numbers_of(keys), np.int64)
    return tuple(-cost if cost <= 0 else None for cost in costs.exact(numbers[:-1], numbers[1:]))


def _costs(lineage: Lineage, between: PapersBetween, options: PathOptions) -> CitationCosts:
    """What citations cost in an order that is not by length, or where the longest paths come first."""
    from .path_costs import by_evidence, by_hops, by_main_path  # the other orders need none

    if options.longest:
        return by_hops(-1)
    return by_evidence(lineage) if options.rank == "strongest" else by_main_path(lineage, between)


def _shortest(
    lineage: Lineage, between: PapersBetween, most: int, longest: int | None, budget: Budget | None
) -> Iterator[Keys]:
    """The shortest paths first, by a table of lengths, which has a byte for each paper and length.

    Where the longest paths are too long for the table, it goes as far as it may, which nearly always suffices: of a
    million papers the shortest paths have ten hops. What lies beyond is found without it, at the cost of reading every
    paper between.
    """
    lengths = BYTES // 2 // max(1, len(between))
    if longest is None or longest <= lengths:
        yield from between.by_length(lineage.place, longest=longest, budget=budget)
        return
    found = 0
    for path in between.by_length(lineage.place, longest=lengths, budget=budget):
        found += 1
        yield path
    if budget is None or not budget.spent:
        from .path_costs import by_hops  # hardly ever needed

        longer = between.by_cost(by_hops(1), lineage.place, most, budget)
        yield from islice(longer, found, None)


def _diverse(paths: Iterable[Keys]) -> Iterator[Keys]:
    """The first path, then always the one that is least like the most similar path before it.

    Two paths are alike as far as they share papers between the ends (Jaccard's index).
    """
    waiting = [(keys, frozenset(keys[1:-1])) for keys in paths]
    likeness = [0.0] * len(waiting)  # of each waiting path to the most similar one before
    while waiting:
        best = min(range(len(waiting)), key=lambda n: (likeness[n], n))
        (keys, inner), _ = waiting.pop(best), likeness.pop(best)
        yield keys
        for n, (_, others) in enumerate(waiting):
            shared = len(inner & others) / len(inner | others)  # only one path has no paper between the ends
            likeness[n] = max(likeness[n], shared)
