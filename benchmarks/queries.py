"""What questions cost on citation graphs of growing size, beside networkx where it has the function.

    python -m benchmarks.queries [PAPERS[:REFERENCES] ...]

Read the ratios, and whether the cost per arc stays level; not the seconds.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from itertools import islice

import networkx as nx
import numpy as np

from graph.algorithms.dominators import implied_arcs
from graph.algorithms.traversal_weights import traversal
from graph.analysis.flow import flow
from graph.analysis.main_path import main_path
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage

from .core import pairs_of, seconds
from .made import made_lineage

SIZES = ("250", "2500", "25000", "27770:13")
"""A thousand arcs, ten thousand, a hundred thousand, and as many papers and citations as hep-th has."""
NETWORKX_UP_TO = 50_000
"""Arcs; its transitive reduction and its paths take minutes beyond."""
Row = tuple[str, Callable[[], object], Callable[[], object] | None]


def questions(lineage: Lineage) -> list[Row]:
    """What is asked, of this package and of networkx."""
    graph = nx.DiGraph(lineage.arcs_among(lineage.by_age(lineage.corpus.papers)))
    pairs = pairs_of(lineage)
    start, end = pairs[len(pairs) // 2]
    near = three_hops_from(lineage, start)
    return [
        (
            "ten shortest paths of six pairs, and all counted",
            lambda: [find_paths(lineage, *pair, PathOptions(top=10)) for pair in pairs],
            lambda: [list(islice(nx.shortest_simple_paths(graph, *pair), 10)) for pair in pairs],
        ),
        ("paths of at most 3 hops, listed and counted",
         lambda: find_paths(lineage, start, near, PathOptions(max_hops=3)),
         lambda: list(nx.all_simple_paths(graph, start, near, cutoff=3))),
        ("ten strongest paths", lambda: find_paths(lineage, start, end, PathOptions(rank="strongest")), None),
        ("flow from A to B", lambda: flow(lineage, start, end), None),
        ("SPC of every arc", lambda: traversal(graph), None),
        ("main path, global, SPC", lambda: main_path(lineage, robustness=False), lambda: nx.dag_longest_path(graph)),
        ("implied citations", lambda: implied_arcs(graph), lambda: nx.transitive_reduction(graph)),
    ]  # fmt: skip


def three_hops_from(lineage: Lineage, start: str) -> str:
    """The first paper that is three citations after another."""
    return lineage.corpus.arrays.keys[
        int(np.flatnonzero(lineage.network.hops([lineage.number(start)], most=3) == 3)[0])
    ]


def main(sizes: list[str]) -> None:
    """Print the table in Markdown."""
    print(f"{platform.machine()}, Python {platform.python_version()}, networkx {nx.__version__}\n")
    lineages = []
    for size in sizes:
        papers, _, references = size.partition(":")
        lineages.append(made_lineage(int(papers), references=int(references or 4)))
    arcs = [lineage.network.arcs for lineage in lineages]
    print("| microseconds an arc (networkx / ours) |", " | ".join(f"{count:,} arcs" for count in arcs), "|")
    print("| --- |", " | ".join("---:" for _ in sizes), "|")
    table = [questions(lineage) for lineage in lineages]
    for n, (name, _, _) in enumerate(table[0]):
        cells = []
        for column, count in zip(table, arcs, strict=True):
            _, ours, theirs = column[n]
            spent = seconds(ours, 3 if count < NETWORKX_UP_TO else 1)
            ratio = "" if theirs is None or count > NETWORKX_UP_TO else f" ({seconds(theirs, 1) / spent:.2g} x)"
            cells.append(f"{1e6 * spent / count:.2g}{ratio}")
        print(f"| {name} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(SIZES))
