"""Paths in a store: compiled kernels find the papers that can take part, the full answer is computed among these."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Literal

import numpy as np

from ..errors import InputError
from ..index.between import (
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
from ..index.extract import Extract, extract
from ..index.store import Store
from ..model.lineage import Lineage
from .ancestry import Relatives, find_relatives
from .no_path import NoPath
from .path_options import PathOptions
from .paths import PathAnswer, find_paths
from .query import Kind
from .store_contexts import with_contexts
from .store_no_path import nearest_common

MOST_PAPERS = 5_000
"""The most papers among which the full answer is computed."""
MOST_SEARCHED = 500_000
"""A search that touches more papers than this is stopped: too many papers lie between."""
FURTHER_HOPS = 3
"""How many hops longer than the shortest paths may be, unless the question says how long."""
COST_STEPS = 12
"""How often the greatest cost is raised in the search for the strongest paths."""
COST_STEP = 0.2

Report = Callable[[str], None]
"""Takes a remark on what an answer leaves out."""
Found = tuple[Lineage, PathAnswer]


@dataclass(frozen=True)
class StoreQuestion:
    """A question about the paths of a store, its papers as vertices.

    Attributes
    ----------
    kind : str
        As in `graph.analysis.query.Query`.
    stops : tuple of int
        The start, the waypoints in their order, the end; or the one paper whose relatives are looked for.
    via, avoid : tuple of int
    options : PathOptions
        Everything else; it names no papers.
    """

    kind: Kind
    stops: tuple[int, ...]
    via: tuple[int, ...] = ()
    avoid: tuple[int, ...] = ()
    options: PathOptions = PathOptions()  # noqa: RUF009  # frozen

    @property
    def is_narrow(self) -> bool:
        """Whether it excludes some of the paths between the two papers."""
        return bool(self.avoid or self.options.theme or self.options.years != (None, None))


def answer_store_question(
    store: Store, question: StoreQuestion, report: Report, *, most_papers: int = MOST_PAPERS
) -> tuple[Lineage, PathAnswer | Relatives]:
    """Answer a question about paths, or about all that is before or after a paper.

    Parameters
    ----------
    store : Store
    question : StoreQuestion
    report : callable
    most_papers : int
        The most papers among which the full answer is computed.

    Returns
    -------
    (Lineage, PathAnswer or Relatives)
        The part of the store that the answer is about, and the answer. Hops carry their citing
        sentences where the store keeps them.

    Raises
    ------
    InputError
        When the question is about too many papers.
    """
    if question.kind in ("ancestry", "descent"):
        return _relatives(store, question.stops[0], question.kind, question.options)
    lineage, answer = find_store_paths(store, question, report, most_papers=most_papers)
    if question.kind == "either" and not answer.found:
        turned = replace(question, stops=question.stops[::-1])
        other = find_store_paths(store, turned, report, most_papers=most_papers)
        lineage, answer = other if other[1].found else (lineage, answer)
    return with_contexts(store, lineage, answer)


def find_store_paths(store: Store, question: StoreQuestion, report: Report, *, most_papers: int = MOST_PAPERS) -> Found:
    """Find the paths between two papers of a store.

    Parameters
    ----------
    store, question, report, most_papers
        As `answer_store_question` takes them.

    Returns
    -------
    (Lineage, PathAnswer)
        Where at most `most_papers` papers lie between the two, the answer is exact in everything.
        Otherwise it covers paths of limited length only, and its options name the limit; or, for the
        strongest paths, those that are shown are correct, and the total is not computed.

    Raises
    ------
    InputError
        When the question needs all paths, and these are too many.
    """
    part = _Part(store, question, most_papers)
    options, stops = question.options, question.stops
    if options.list_only:
        return part.answer(())
    if stops[0] == stops[-1] or not all(shortest_path(store.index, *leg) for leg in pairwise(stops)):
        return _without_path(part, report)
    members = papers_between(store.index, stops[0], stops[-1], max_papers=MOST_SEARCHED)
    if members is not None and len(members) <= most_papers:
        return part.answer(members)
    count = "very many" if members is None else f"{len(members):,}"
    many = f"{count} papers lie between the two"
    if options.max_hops is None and (options.longest or options.rank in ("main", "diverse")):
        raise InputError(f"{many}, too many for that order", remedy="set a limit with --max-hops")
    if options.rank == "strongest":
        return _strongest(part, many, report)
    return _shortest(part, many, report)


@dataclass(frozen=True)
class _Part:
    """Answers a question among some papers of its store."""

    store: Store
    question: StoreQuestion
    most_papers: int

    @property
    def index(self) -> Index:
        return self.store.index

    def holds(self, members: Ints | None) -> bool:
        """Whether a search came to an end, and the full answer can be computed among what it found."""
        return members is not None and len(members) <= self.most_papers

    def extract(self, members: Iterable[int]) -> Extract:
        question = self.question
        return extract(self.store, [*members, *question.stops, *question.via, *question.avoid])

    def answer(self, members: Iterable[int], *, max_hops: int | None = None) -> Found:
        part, question = self.extract(members), self.question
        start, *waypoints, end = (part.keys[vertex] for vertex in question.stops)
        options = replace(
            question.options,
            waypoints=tuple(waypoints),
            via=tuple(part.keys[vertex] for vertex in question.via),
            avoid=tuple(part.keys[vertex] for vertex in question.avoid),
            max_hops=question.options.max_hops if max_hops is None else max_hops,
        )
        return part.lineage, find_paths(part.lineage, start, end, options)


def _shortest(part: _Part, many: str, report: Report) -> Found:
    """The shortest paths, among those with as many hops as it takes and as `most_papers` allows."""
    question, index = part.question, part.index
    start, end, options = question.stops[0], question.stops[-1], question.options
    least = max(_hops(index, question.stops), *(_hops(index, (start, via, end)) for via in question.via), 0)
    most = least + FURTHER_HOPS if options.max_hops is None else options.max_hops
    best: Found | None = None
    plain = options.rank == "shortest" and not options.longest
    for hops in range(least if plain else most, most + 1):
        members = papers_between_within(index, start, end, hops)
        if members is None or not part.holds(members):
            break
        best = part.answer(members, max_hops=hops)
        if len(best[1].paths) >= options.top:
            break
    if best is None and plain and not (question.is_narrow or question.via or question.stops[1:-1]):
        best = _first_shortest(part, least)
    if best is None:
        raise _too_many(many)
    searched = best[1].options.max_hops
    if searched != options.max_hops:
        limit = f"{searched} hop{'' if searched == 1 else 's'}"
        report(f"{many}: only paths of at most {limit} were searched; --max-hops sets the limit")
    return best


def _hops(index: Index, stops: Sequence[int]) -> int:
    """The hops of the shortest path through some papers; 0 when there is none."""
    legs = [len(shortest_path(index, *leg)) - 1 for leg in pairwise(stops)]
    return sum(legs) if min(legs) >= 0 else 0


def _first_shortest(part: _Part, hops: int) -> Found:
    """The first of very many shortest paths, with their exact number."""
    start, end = part.question.stops
    paths = shortest_paths(part.index, start, end)
    members = {vertex for path in islice(paths, part.question.options.top) for vertex in path}
    lineage, answer = part.answer(members, max_hops=hops)
    return lineage, replace(answer, total=paths.count, total_in_list=None)


def _strongest(part: _Part, many: str, report: Report) -> Found:
    """The paths of the strongest evidence: the greatest cost of a path is raised until there are enough of them."""
    start, end, top = part.question.stops[0], part.question.stops[-1], part.question.options.top
    limit = sum(_cost(part.index, *hop) for hop in pairwise(shortest_path(part.index, start, end)))
    best: Found | None = None
    for _ in range(COST_STEPS):
        members = papers_between_by_cost(part.index, start, end, limit)
        if members is None or not part.holds(members):
            break
        lineage, answer = part.answer(members)
        certain = tuple(path for path in answer.paths if -math.log(path.strength) <= limit + 1e-9)
        best = lineage, replace(answer, paths=certain, total=None, total_in_list=None, longest=None)
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


def _cost(index: Index, cited: int, citing: int) -> float:
    evidence = evidence_byte(index, cited, citing)
    return float(evidence_costs()[evidence])


def _without_path(part: _Part, report: Report) -> Found:
    """No path: how the two papers are related, and what could hide a path, as far as it is near."""
    start, end = part.question.stops[0], part.question.stops[-1]
    before = reach(part.index, [end], "ancestry", max_papers=part.most_papers)
    if not before.complete:
        report(f"only the {part.most_papers:,} nearest ancestors were searched for what could hide a path")
    ancestors, descendants = (nearest_common(part.index, start, end, kind) for kind in ("ancestry", "descent"))
    lineage, answer = part.answer([*before.vertices, *ancestors, *descendants])
    if answer.no_path is None or start == end:
        return lineage, answer
    found = NoPath(
        reverse=None if shortest_path(part.index, end, start) else 0,
        ancestors=_keys(part, lineage, ancestors),
        descendants=_keys(part, lineage, descendants),
        undirected=(),
        hidden_by=answer.no_path.hidden_by,
    )
    return lineage, replace(answer, no_path=found)


def _keys(part: _Part, lineage: Lineage, vertices: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(map(part.store.key, vertices), key=lineage.place))


def _relatives(
    store: Store, vertex: int, kind: Literal["ancestry", "descent"], options: PathOptions
) -> tuple[Lineage, Relatives]:
    """All that is before a paper, or after it."""
    members: Ints = np.empty(0, np.int32)
    if not options.list_only:
        depth = -1 if options.max_hops is None else options.max_hops
        found = reach(store.index, [vertex], kind, depth=depth, max_papers=MOST_PAPERS)
        if not found.complete:
            raise InputError(f"more than {MOST_PAPERS:,} papers", remedy="set a lower limit with --max-hops")
        members = found.vertices
    part = extract(store, [*members.tolist(), vertex])
    relatives = find_relatives(
        part.lineage, part.keys[vertex], kind, list_only=options.list_only, max_hops=options.max_hops
    )
    return part.lineage, relatives
