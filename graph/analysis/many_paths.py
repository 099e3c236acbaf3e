"""Paths where too many papers of a store lie between two: the shortest, or those of the best evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np

from ..algorithms.budget import BYTES, HOP_BYTES
from ..algorithms.constrained_paths import Itinerary
from ..algorithms.network import Ints
from ..errors import InputError
from ..index.between import (
    Costs,
    evidence_byte,
    fewest_hops,
    papers_between_by_cost,
    papers_between_within,
    shortest_path,
    shortest_paths,
)
from ..index.citation_index import INFLUENTIAL, METHODOLOGY, RESULT
from ..index.store import Store
from ..model.lineage import Lineage
from ..utils.text import plural
from .evidence import strength_of
from .no_path import Report
from .path_answer import PathAnswer, paths_of
from .path_options import PathOptions
from .self_citations import OthersAlone, considered

FURTHER_HOPS = 3
"""How many hops longer than the shortest paths may be, unless the question says how long."""
COST_STEPS = 12
"""How often the greatest cost is raised in the search for the strongest paths."""
COST_STEP = 0.2

Found = tuple[OthersAlone, PathAnswer]
"""A part of the store without the citations that the question leaves out, and the answer in it."""


def paths_among_many(
    store: Store,
    itinerary: Itinerary,
    options: PathOptions,
    members: Ints | None,
    named: Sequence[int],
    report: Report,
) -> tuple[Lineage, PathAnswer]:
    """Find the first paths between two papers that have too many others between them.

    `members` are the papers between the two, with both ends, and None when they are too many to find; `named` are those
    that the question names. The answer covers paths of limited length only, and its options name the limit; or, for the
    strongest paths, those that are shown are correct, and the total is not computed. Raises `InputError` when the
    question needs all paths.
    """
    many = f"{'very many' if members is None else f'{len(members) - 2:,}'} papers lie between the two"
    if options.max_hops is None and (options.longest or options.rank in ("main", "diverse")):
        raise InputError(f"{many}, too many for that order", remedy="set a limit with --max-hops")
    search = _Search(store, itinerary, options, named)
    found = _strongest if options.rank == "strongest" else _shortest
    part, answer = found(search, many, report)
    return part.told(report), answer


@dataclass(frozen=True)
class _Search:
    """A question that is answered among some papers of its store; `named` are the papers that it names."""

    store: Store
    itinerary: Itinerary
    options: PathOptions
    named: Sequence[int]

    @property
    def ends(self) -> tuple[int, int]:
        return self.store.number(self.itinerary.start), self.store.number(self.itinerary.end)

    @property
    def fewest_hops(self) -> int:
        """How many hops a path has at least."""
        waypoints, via = (map(self.store.number, keys) for keys in (self.itinerary.waypoints, self.itinerary.via))
        start, end = self.ends
        return fewest_hops(self.store.index, (start, *waypoints, end), via) or 0

    def among(self, members: Ints | None, max_hops: int | None = None) -> Found | None:
        """The full answer among what a search found; None when it found too many papers, or stopped."""
        if members is None or len(members) > self.store.most_papers:
            return None
        options = self.options if max_hops is None else replace(self.options, max_hops=max_hops)
        lineage = self.store.part([*members, *self.named])
        ends = (self.itinerary.start, self.itinerary.end)
        part = considered(lineage, others_alone=options.without_self_citations, ends=ends)
        return part, paths_of(part.lineage, self.itinerary, options)


def _shortest(search: _Search, many: str, report: Report) -> Found:
    """The shortest paths, among those with as many hops as it takes and as `most_papers` allows."""
    index, options, least = search.store.index, search.options, search.fewest_hops
    most = least + FURTHER_HOPS if options.max_hops is None else options.max_hops
    best: Found | None = None
    plain = options.rank == "shortest" and not options.longest
    for hops in range(least if plain else most, most + 1):
        found = search.among(papers_between_within(index, *search.ends, hops), hops)
        if found is None:
            break
        best = found
        if len(best[1].paths) >= options.top:
            break
    if best is None and plain and search.itinerary.is_direct and not options.leaves_out:
        best = _first_shortest(search, least)
    if best is None:
        raise _too_many(many)
    searched = best[1].options.max_hops
    if searched is not None and searched != options.max_hops:
        limit = f"{searched} {plural(searched, 'hop')}"
        report(f"{many}: only paths of at most {limit} were searched; --max-hops sets the limit")
    return best


def _first_shortest(search: _Search, hops: int) -> Found:
    """The first of very many shortest paths, with their exact number."""
    paths = shortest_paths(search.store.index, *search.ends)
    most = min(search.options.top, BYTES // (HOP_BYTES * max(hops, 1)))  # an answer holds no more
    vertices = {vertex for path in islice(paths, most) for vertex in path}
    lineage = search.store.part([*sorted(vertices), *search.named])
    answer = paths_of(lineage, search.itinerary, replace(search.options, max_hops=hops))
    return considered(lineage, others_alone=False), replace(answer, total=paths.count, total_in_list=None)


def _strongest(search: _Search, many: str, report: Report) -> Found:
    """The paths of the strongest evidence: the greatest cost of a path is raised until there are enough of them."""
    index, top, costs = search.store.index, search.options.top, evidence_costs()
    limit = sum(float(costs[evidence_byte(index, *arc)]) for arc in pairwise(shortest_path(index, *search.ends)))
    best: Found | None = None
    for _ in range(COST_STEPS):
        found = search.among(papers_between_by_cost(index, *search.ends, costs, limit))
        if found is None:
            break
        part, answer = found
        certain = tuple(path for path in answer.paths if -math.log(path.strength) <= limit + 1e-9)
        best = part, replace(answer, paths=certain, total=None, total_in_list=None, longest=None)
        if len(certain) >= top:
            break
        limit += COST_STEP
    if best is None or not best[1].found:
        raise _too_many(many)
    if len(best[1].paths) < top:
        report(f"{many}: only the {len(best[1].paths)} strongest paths are certain")
    return best


def _too_many(many: str) -> InputError:
    return InputError(f"{many}, too many to search", remedy="ask for fewer paths, or set a lower --max-hops")


def evidence_costs() -> Costs:
    """The cost of a citation in a store by its evidence byte: see `graph.analysis.evidence`.

    A store is one source, and its index has no citing sentences.
    """
    strengths = [
        strength_of(1, influential=bool(byte & INFLUENTIAL), purposeful=bool(byte & (METHODOLOGY | RESULT)))
        for byte in range(256)
    ]
    return -np.log(strengths)
