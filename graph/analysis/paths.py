"""Paths of a lineage: how an idea got from one paper to a later one, ranked, counted, with reasons.

Paths run along the arcs of the lineage graph, cited -> citing, and visit no paper twice. The
data has circles, so none of this assumes that the graph has none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import networkx as nx

from ..algorithms.constrained_paths import Itinerary
from ..algorithms.path_counts import survey_paths
from ..algorithms.simple_paths import between, plain, within_hops
from ..errors import InputError
from ..model.corpus import Citation
from ..model.lineage import Lineage, main_theme
from .evidence import path_strength
from .no_path import NoPath, explain_no_path
from .path_options import PathOptions
from .path_ranking import ranked

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from the cited paper to the citing one, with the citation behind it."""

    cited: str
    citing: str
    citation: Citation
    backwards: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Papers in order, each cited by the next; `hops` is one shorter than `keys`."""

    keys: tuple[str, ...]
    hops: tuple[Hop, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """What there is to say about the way from one paper to another.

    Attributes
    ----------
    start, end : str
        Keys.
    wish : PathOptions
    paths : tuple of Path
        As many as were asked for.
    total : int or None
        How many paths keep to the wish, exactly; None when circles make them too many to count.
    total_in_list : int or None
        How many of those keep to the reading list.
    longest : int or None
        The hops of the longest.
    nothing : NoPath or None
        When there is no path.
    """

    start: str
    end: str
    wish: PathOptions
    paths: tuple[Path, ...]
    total: int | None
    total_in_list: int | None
    longest: int | None
    nothing: NoPath | None = None

    @property
    def found(self) -> bool:
        """Whether there is any path."""
        return bool(self.paths)

    def to_frame(self) -> pd.DataFrame:
        """The shown paths as a pandas table, a row a hop: path, hop, cited, citing, sources, backwards."""
        import pandas as pd

        rows = [
            (number, position, hop.cited, hop.citing, " ".join(hop.citation.sources), hop.backwards)
            for number, path in enumerate(self.paths, start=1)
            for position, hop in enumerate(path.hops, start=1)
        ]
        return pd.DataFrame(rows, columns=["path", "hop", "cited", "citing", "sources", "backwards"])


def find_paths(lineage: Lineage, start: str, end: str, wish: PathOptions | None = None) -> PathAnswer:
    """The directed paths from one paper to another.

    Parameters
    ----------
    lineage : Lineage
    start, end : str
        Keys of the older and the newer paper.
    wish : PathOptions, optional
        Which paths, and in which order; the ten shortest if left out.

    Returns
    -------
    PathAnswer
        Paths that rank equal are ordered by their papers: those of the list first, by number, then
        the others by age.

    Raises
    ------
    InputError
        When a paper is both to be avoided and an end or on the way.

    Notes
    -----
    Paths are enumerated lazily. Outside circles no step is taken that does not lead to a path.
    """
    wish = wish or PathOptions()
    route = Itinerary(start, end, wish.waypoints, wish.via)
    for key in wish.avoid:
        if key in (start, end, *wish.waypoints, *wish.via):
            raise InputError(f"{key} is on every such path, and to be avoided", remedy="leave one of the two out")
    graph = _allowed(lineage, route, wish)
    # Nothing else lies on a path, and a copy is quicker than views of views.
    part = plain(between(graph, start, end) if wish.max_hops is None else within_hops(graph, start, end, wish.max_hops))
    listed = part.subgraph({*lineage.list_keys, start, end, *wish.waypoints, *wish.via})
    total, longest = _survey(part, route, wish)
    in_list, _ = _survey(listed, route, wish)
    chosen = ranked(lineage, part, route, wish, longest)
    return PathAnswer(
        start,
        end,
        wish,
        paths := tuple(_path(lineage, keys) for keys in islice(chosen, wish.top)),
        total=total,
        total_in_list=in_list,
        longest=longest,
        nothing=None if paths else explain_no_path(lineage, graph, start, end, wish.max_hops),
    )


def _allowed(lineage: Lineage, route: Itinerary, wish: PathOptions) -> nx.DiGraph[str]:
    """The part of the lineage that a wish leaves: its ends and waypoints always belong to it."""
    if replace(wish, waypoints=(), via=(), max_hops=None, rank="shortest", longest=False, top=10) == PathOptions():
        return lineage.graph
    fixed = {route.start, route.end, *route.waypoints, *route.via}
    kept = [key for key in lineage.graph if key in fixed or _keeps(lineage, key, wish)]
    return lineage.graph.subgraph(kept)


def _keeps(lineage: Lineage, key: str, wish: PathOptions) -> bool:
    data, (first, last) = lineage.graph.nodes[key], wish.years
    if key in wish.avoid or (wish.list_only and not data["numbers"]):
        return False
    if wish.theme is not None:
        order = [theme.id for theme in lineage.reading_list.themes]
        themes = data["themes"] or (main_theme(data["shares"], order),)
        if wish.theme not in themes:
            return False
    year = lineage.paper(key).year
    if wish.years != (None, None) and year is None:
        return False
    return (first is None or (year or 0) >= first) and (last is None or (year or 0) <= last)


def _survey(part: nx.DiGraph[str], route: Itinerary, wish: PathOptions) -> tuple[int | None, int | None]:
    """How many paths keep to a wish, and the hops of the longest; None when they cannot be counted."""
    ways = route.ways(part, most_hops=wish.max_hops)
    found = survey_paths(ways.graph, ways.start, ways.end, paper=ways.paper)
    return (None, None) if found is None else (found.paths, found.longest)


def _path(lineage: Lineage, keys: tuple[str, ...]) -> Path:
    hops = []
    for cited, citing in pairwise(keys):
        data = lineage.graph.edges[cited, citing]
        hops.append(Hop(cited, citing, data["citation"], data["backwards"]))
    return Path(keys, tuple(hops), path_strength(lineage.corpus, (hop.citation for hop in hops)))
