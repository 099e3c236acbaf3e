"""The main path of a lineage: the citations that most of all search runs through.

For the whole corpus, a theme, the list, its neighbourhood, or what lies between two papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import networkx as nx

from ..algorithms.main_path_search import GLOBAL, MainArcs, Search, search, sum_along
from ..algorithms.traversal_weights import WEIGHTS, Arc, Traversal, Weight, traversal
from ..errors import InputError
from ..model.lineage import Lineage, main_theme
from .acyclic import Acyclic, Cycles, acyclic, acyclic_between
from .neighbourhood import neighbourhood

if TYPE_CHECKING:
    import pandas as pd

Within = Literal["corpus", "list", "neighbourhood"]
WITHIN: tuple[Within, ...] = get_args(Within)
LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which papers a main path is looked for among.

    Attributes
    ----------
    within : str
        "corpus", "list" or "neighbourhood".
    theme : str or None
        Only papers of this theme: chosen for it, or with it as their main inferred one.
    between : (str, str) or None
        Only papers that lie on a way from the first to the second.
    """

    within: Within = "corpus"
    theme: str | None = None
    between: tuple[str, str] | None = None


EVERYTHING = Scope()


@dataclass(frozen=True)
class Robustness:
    """The same search under every weight, and the longest paths: what they share.

    Attributes
    ----------
    arcs : mapping of str to frozenset of (str, str)
        What was found, by "SPC", "SPLC", "SPNP", "NPPC" and "longest".
    papers : mapping of str to frozenset of str
        The nodes on it. Those of "longest" have zero criticality: no path is longer than the
        longest one through them.
    longest_hops : int
        The citations on a longest path.
    """

    arcs: Mapping[str, frozenset[Arc]]
    papers: Mapping[str, frozenset[str]]
    longest_hops: int

    @cached_property
    def shared_papers(self) -> frozenset[str]:
        """The nodes that all four weights agree on."""
        return frozenset.intersection(*(self.papers[weight] for weight in WEIGHTS))

    @cached_property
    def shared_arcs(self) -> frozenset[Arc]:
        """The arcs that all four weights agree on."""
        return frozenset.intersection(*(self.arcs[weight] for weight in WEIGHTS))

    def overlap(self, one: str, other: str) -> float:
        """The papers that two answers share, as a part of those that either has; 1 when both are empty."""
        either = self.papers[one] | self.papers[other]
        return len(self.papers[one] & self.papers[other]) / len(either) if either else 1.0

    def to_frame(self) -> pd.DataFrame:
        """The overlap of every two answers as a square pandas table."""
        import pandas as pd

        names = list(self.papers)
        return pd.DataFrame([[self.overlap(a, b) for b in names] for a in names], index=names, columns=names)


@dataclass(frozen=True)
class MainPath:
    """The main path of a part of a lineage.

    Attributes
    ----------
    scope : Scope
    by : Search
        How it was looked for.
    acyclic : Acyclic
        The network, and what was dropped or merged to make it one without circles.
    counts : Traversal
        The weight of every arc, the total flow, and the papers left out for having no citation
        inside.
    found : MainArcs
        The arcs and papers of the main path, all ties included. Nodes are those of
        `acyclic.graph`: keys, families or preprints.
    greatest : int or None
        The sum of the weights along the path, for a global search.
    robustness : Robustness or None
        None when it was not asked for.
    """

    scope: Scope
    by: Search
    acyclic: Acyclic
    counts: Traversal
    found: MainArcs
    greatest: int | None = None
    robustness: Robustness | None = None

    @property
    def weight(self) -> Weight:
        """Which weight was used."""
        return self.counts.weight

    @property
    def has_path(self) -> bool:
        """Whether there is any path."""
        return bool(self.found.arcs)

    def to_frame(self) -> pd.DataFrame:
        """The arcs of the main path as a pandas table: cited, citing, the exact count, whether a key route."""
        import pandas as pd

        keys = set(self.found.keys)
        rows = [(*arc, self.counts.arcs[arc], arc in keys) for arc in self.found.arcs]
        frame = pd.DataFrame(rows, columns=["cited", "citing", self.weight, "key_route"])
        return frame.astype({self.weight: object})


def main_path(
    lineage: Lineage,
    scope: Scope = EVERYTHING,
    *,
    weight: Weight = "SPC",
    by: Search = GLOBAL,
    cycles: Cycles = "date",
    robustness: bool = True,
) -> MainPath:
    """Find the main path of a lineage, or of a part of it.

    Every citation is weighed by how much of all search through the network runs through it, and a
    search follows the heaviest. All ties are kept.

    Parameters
    ----------
    lineage : Lineage
        Arcs cited -> citing.
    scope : Scope
        Which papers; all when it is not given.
    weight : str
        "SPC", "SPLC", "SPNP" or "NPPC": see `graph.algorithms.traversal_weights.traversal`.
    by : Search
        The search: see `graph.algorithms.main_path_search.Search`.
    cycles : str
        What to do about circles: see `graph.analysis.acyclic.acyclic`.
    robustness : bool
        Also search under the other weights, and for the longest paths.

    Returns
    -------
    MainPath

    Raises
    ------
    InputError
        When the scope, the weight or the choice for circles is not there.

    Examples
    --------
    >>> from graph import load
    >>> whole = load()
    >>> answer = main_path(whole, Scope(between=("brown2020", "ouyang2022")))
    >>> answer.found.papers[0], answer.found.papers[-1], answer.greatest >= answer.counts.flow
    ('brown2020', 'ouyang2022', True)

    Notes
    -----
    Linear in papers and citations, but for sorting; robustness includes NPPC, which takes one
    machine word's work per citation and 64 papers.

    References
    ----------
    J. S. Liu and L. Y. Y. Lu, An integrated approach for main path analysis: development of the
    Hirsch index as an example, JASIST 63, 2012, doi:10.1002/asi.21692.
    H. C. W. Price and T. S. Evans, Understanding main path analysis, 2025, arXiv:2512.12355.
    """
    network = _network(lineage, scope, cycles)
    counts = traversal(network.graph, weight)
    found = search(network.graph, counts.arcs, by)
    greatest = None
    if by.name == "global":
        greatest = next((sum_along(path, counts.arcs) for path in found.paths()), 0)
    return MainPath(
        scope=scope,
        by=by,
        acyclic=network,
        counts=counts,
        found=found,
        greatest=greatest,
        robustness=compared(network.graph, by) if robustness else None,
    )


def compared(graph: nx.DiGraph[str], by: Search) -> Robustness:
    """One search under every weight, and the longest paths.

    Parameters
    ----------
    graph : networkx.DiGraph
        Without circles, arcs cited -> citing.
    by : Search

    Returns
    -------
    Robustness

    Examples
    --------
    >>> import networkx as nx
    >>> shape = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")])
    >>> both = compared(shape, Search())
    >>> sorted(both.papers["longest"]), both.overlap("SPC", "longest")
    (['a', 'b', 'c'], 1.0)
    """
    found: dict[str, MainArcs] = {}
    for weight in WEIGHTS:
        found[weight] = search(graph, traversal(graph, weight).arcs, by)
    longest = found[LONGEST] = longest_paths(graph)
    return Robustness(
        {name: frozenset(each.arcs) for name, each in found.items()},
        {name: frozenset(each.papers) for name, each in found.items()},
        len(next(longest.paths(), ("",))) - 1,
    )


def longest_paths(graph: nx.DiGraph[str]) -> MainArcs:
    """The longest paths of a network, all of them as one set of arcs.

    The criticality of a paper is how much shorter the longest path through it is than the longest
    of all; these are the papers of zero criticality.

    >>> import networkx as nx
    >>> longest_paths(nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c"), ("x", "c")])).papers
    ('a', 'b', 'c')
    """
    return search(graph, dict.fromkeys(graph.edges, 1), GLOBAL)


def papers_within(lineage: Lineage, scope: Scope) -> list[str]:
    """The papers that a scope names, oldest first; what lies between two papers is not looked at.

    Raises
    ------
    InputError
        When there is no such set of papers, or no such theme.
    """
    if scope.within not in WITHIN:
        raise InputError(f"there are no papers called {scope.within!r}", remedy=f"use one of {', '.join(WITHIN)}")
    keys = list(lineage.graph)
    if scope.within == "list":
        keys = list(lineage.list_keys)
    elif scope.within == "neighbourhood":
        keys = neighbourhood(lineage)
    if scope.theme is not None:
        order = [theme.id for theme in lineage.reading_list.themes]
        if scope.theme not in order:
            raise InputError(f"there is no theme {scope.theme!r}", remedy=f"use one of {', '.join(order)}")
        keys = [key for key in keys if scope.theme in _themes(lineage, key, order)]
    return sorted(keys, key=lineage.age)


def _themes(lineage: Lineage, key: str, order: list[str]) -> tuple[str | None, ...]:
    """The themes that a person chose, or else the main one of those that were inferred."""
    data = lineage.graph.nodes[key]
    return data["themes"] or (main_theme(data["shares"], order),)


def _network(lineage: Lineage, scope: Scope, cycles: Cycles) -> Acyclic:
    keys = {*papers_within(lineage, scope), *(scope.between or ())}
    part = lineage.graph if len(keys) == len(lineage.graph) else lineage.among(keys)
    if scope.between is None:
        return acyclic(lineage, part, cycles=cycles)
    return acyclic_between(lineage, part, *scope.between, cycles=cycles)
