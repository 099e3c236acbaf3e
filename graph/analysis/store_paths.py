"""Questions about paths, asked of a store: kernels find the papers that take part, the ordinary engine answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal

import numpy as np

from ..errors import InputError
from ..index.between import (
    Reached,
    evidence_byte,
    evidence_costs,
    papers_between,
    papers_between_by_cost,
    papers_between_within,
    reach,
    shortest_path,
    shortest_paths,
)
from ..index.citation_index import Index, Ints
from ..index.extract import Extract
from ..model.lineage import Lineage
from .ancestry import Relatives, find_relatives
from .no_path import NoPath
from .path_options import PathOptions
from .paths import PathAnswer, find_paths
from .query import parse_theme

PAPERS = 5_000
"""Up to so many papers are handed to the ordinary engine."""
TOUCHED = 500_000
"""How many papers a search may touch before it is taken that too many lie between."""
FURTHER = 3
"""How many hops longer than the shortest paths are tried, where the count of hops is not given."""

Say = Callable[[str], None]
Told = tuple[Lineage, PathAnswer]


@dataclass(frozen=True)
class StoreQuestion:
    """A question about the paths of a store.

    Attributes
    ----------
    stops : tuple of int
        Vertices: the start, the waypoints in their order, the end.
    via, avoid : tuple of int
        Vertices.
    theme : str or None
        As a person typed it.
    wish : PathOptions
        All else; it names no papers.
    """

    stops: tuple[int, ...]
    via: tuple[int, ...] = ()
    avoid: tuple[int, ...] = ()
    theme: str | None = None
    wish: PathOptions = PathOptions()  # noqa: RUF009  # frozen

    @property
    def narrow(self) -> bool:
        """Whether it leaves out some of the paths between the two."""
        return bool(self.avoid or self.theme or self.wish.years != (None, None))


def path_answer(
    store_of: Callable[[Iterable[int]], Extract], index: Index, asked: StoreQuestion, say: Say, *, papers: int = PAPERS
) -> Told:
    """Answer a question about paths.

    Parameters
    ----------
    store_of : callable
        Makes the extract of some vertices.
    index : Index
    asked : StoreQuestion
    say : callable
        Told what the answer leaves out.
    papers : int
        How many papers the ordinary engine may be handed.

    Returns
    -------
    (Lineage, PathAnswer)
        The part of the store that the answer is about, and the answer of the ordinary engine.
        Where at most so many papers lie between the two it is exact in everything. Elsewhere only
        paths up to a number of hops are looked at, which the wish in the answer then names; of the
        strongest paths as many are right as are shown, and their number is unknown.

    Raises
    ------
    InputError
        When the question needs all paths, and these are too many.
    """
    part = _Part(store_of, asked, papers)
    start, end = asked.stops[0], asked.stops[-1]
    if asked.wish.list_only:
        return part.answer(())
    if start == end or not all(shortest_path(index, one, other) for one, other in pairwise(asked.stops)):
        return _absent(index, part, say)
    between = papers_between(index, start, end, max_papers=TOUCHED)
    if between is not None and len(between) <= papers:
        return part.answer(between)
    many = f"{_many(between)} papers lie between the two"
    if asked.wish.max_hops is None and (asked.wish.longest or asked.wish.rank in ("main", "diverse")):
        raise InputError(f"{many}, too many for that order", remedy="say how far to look with --max-hops")
    if asked.wish.rank == "strongest":
        return _strongest(index, part, many, say)
    return _nearest(index, part, many, say)


def _many(between: Ints | None) -> str:
    return "very many" if between is None else f"{len(between):,}"


@dataclass(frozen=True)
class _Part:
    """Hands a part of the store to the ordinary engine."""

    store_of: Callable[[Iterable[int]], Extract]
    asked: StoreQuestion
    papers: int

    def extract(self, members: Iterable[int]) -> Extract:
        return self.store_of([*members, *self.asked.stops, *self.asked.via, *self.asked.avoid])

    def answer(self, members: Iterable[int], *, max_hops: int | None = None) -> Told:
        found, asked = self.extract(members), self.asked
        lineage = found.lineage
        start, *waypoints, end = (found.keys[vertex] for vertex in asked.stops)
        wish = replace(
            asked.wish,
            waypoints=tuple(waypoints),
            via=tuple(found.keys[vertex] for vertex in asked.via),
            avoid=tuple(found.keys[vertex] for vertex in asked.avoid),
            theme=parse_theme(lineage, asked.theme),
            max_hops=self.asked.wish.max_hops if max_hops is None else max_hops,
        )
        return lineage, find_paths(lineage, start, end, wish)


def _nearest(index: Index, part: _Part, many: str, say: Say) -> Told:
    """The shortest paths, within as many hops as it takes and the papers between allow."""
    asked = part.asked
    start, end, wish = asked.stops[0], asked.stops[-1], asked.wish
    least = max(_length(index, asked.stops), *(_length(index, (start, each, end)) for each in asked.via), 0)
    most = least + FURTHER if wish.max_hops is None else wish.max_hops
    best: Told | None = None
    plain = wish.rank == "shortest" and not wish.longest
    for hops in range(least if plain else most, most + 1):
        members = papers_between_within(index, start, end, hops)
        if members is None or len(members) > part.papers:
            break
        best = part.answer(members, max_hops=hops)
        if len(best[1].paths) >= wish.top:
            break
    if best is None and plain and not (asked.narrow or asked.via or asked.stops[1:-1]):
        best = _first_shortest(index, part, least)
    if best is None:
        raise InputError(f"{many}, too many to look through", remedy="ask for less, or give a lower --max-hops")
    looked = best[1].options.max_hops
    if looked != wish.max_hops:
        say(f"{many}: looked at paths of at most {looked} hops only; --max-hops says how far to look")
    return best


def _length(index: Index, stops: Sequence[int]) -> int:
    """The hops of the shortest way past some papers; more than any when there is none."""
    legs = [len(shortest_path(index, one, other)) - 1 for one, other in pairwise(stops)]
    return sum(legs) if min(legs) >= 0 else 0


def _first_shortest(index: Index, part: _Part, hops: int) -> Told:
    """The first of very many shortest paths, with their exact number."""
    start, end = part.asked.stops
    found = shortest_paths(index, start, end)
    chosen = {vertex for path in islice(found, part.asked.wish.top) for vertex in path}
    lineage, answer = part.answer(chosen, max_hops=hops)
    return lineage, replace(answer, total=found.count, total_in_list=None)


def _strongest(index: Index, part: _Part, many: str, say: Say) -> Told:
    """The paths of the strongest evidence: all that cost no more than a limit, which is raised until they suffice."""
    start, end, wish = part.asked.stops[0], part.asked.stops[-1], part.asked.wish
    limit = sum(_price(index, one, other) for one, other in pairwise(shortest_path(index, start, end)))
    best: Told | None = None
    for _ in range(12):
        members = papers_between_by_cost(index, start, end, limit)
        if members is None or len(members) > part.papers:
            break
        lineage, answer = part.answer(members)
        kept = tuple(path for path in answer.paths if -math.log(path.strength) <= limit + 1e-9)
        best = lineage, replace(answer, paths=kept, total=None, total_in_list=None, longest=None)
        if len(kept) >= wish.top:
            break
        limit += 0.2
    if best is None or not best[1].paths:
        raise InputError(f"{many}, too many to look through", remedy="ask for less, or give a lower --max-hops")
    if len(best[1].paths) < wish.top:
        say(f"{many}: only the {len(best[1].paths)} strongest paths could be told apart")
    return best


def _price(index: Index, cited: int, citing: int) -> float:
    said = evidence_byte(index, cited, citing)
    return float(evidence_costs()[said])


def _absent(index: Index, part: _Part, say: Say) -> Told:
    """No path: what relates the two all the same, as far as it is near."""
    start, end = part.asked.stops[0], part.asked.stops[-1]
    before = reach(index, [end], "ancestry", max_papers=part.papers)
    if not before.complete:
        say(f"what could hide a path was looked for among the {part.papers:,} nearest ancestors only")
    ancestors, descendants = (nearest_common(index, start, end, kind) for kind in ("ancestry", "descent"))
    found = part.extract([*before.vertices, *ancestors, *descendants])
    lineage, answer = part.answer([*before.vertices, *ancestors, *descendants])
    if answer.no_path is None or start == end:
        return lineage, answer
    told = NoPath(
        reverse=None if shortest_path(index, end, start) else 0,
        ancestors=tuple(sorted((found.keys[vertex] for vertex in ancestors), key=lineage.place)),
        descendants=tuple(sorted((found.keys[vertex] for vertex in descendants), key=lineage.place)),
        undirected=(),
        hidden_by=answer.no_path.hidden_by,
    )
    return lineage, replace(answer, no_path=told)


def nearest_common(index: Index, one: int, other: int, kind: str, *, most: int = 20_000, shown: int = 50) -> list[int]:
    """The common ancestors or descendants with the fewest hops of both together; none when they are too far.

    At most the `shown` most cited ones.
    """
    for depth in range(1, 30):
        first, second = (reach(index, [vertex], kind, depth=depth, max_papers=most) for vertex in (one, other))
        away = dict(zip(first.vertices.tolist(), first.hops.tolist(), strict=True))
        both = {
            v: away[v] + n for v, n in zip(second.vertices.tolist(), second.hops.tolist(), strict=True) if v in away
        }
        least = min(both.values(), default=depth + 1)
        if least <= depth:
            found = [vertex for vertex, hops in both.items() if hops == least]
            return sorted(found, key=lambda vertex: (-index.citation_count(vertex), vertex))[:shown]
        if not (first.complete and second.complete) or (depth > max(_reach(first), _reach(second)) and not both):
            break
    return []


def _reach(found: Reached) -> int:
    return int(found.hops.max()) if len(found.hops) else 0


def kinship_answer(
    store_of: Callable[[Iterable[int]], Extract],
    index: Index,
    vertex: int,
    kind: Literal["ancestry", "descent"],
    *,
    list_only: bool,
    max_hops: int | None,
) -> tuple[Lineage, Relatives]:
    """All that is before a paper, or after it.

    Raises
    ------
    InputError
        When it is more than the ordinary engine takes.
    """
    members: Ints = np.empty(0, np.int32)
    if not list_only:
        found = reach(index, [vertex], kind, depth=-1 if max_hops is None else max_hops, max_papers=PAPERS)
        if not found.complete:
            raise InputError(f"more than {PAPERS:,} papers", remedy="say how far to look with a lower --max-hops")
        members = found.vertices
    part = store_of([*members.tolist(), vertex])
    return part.lineage, find_relatives(part.lineage, part.keys[vertex], kind, list_only=list_only, max_hops=max_hops)
