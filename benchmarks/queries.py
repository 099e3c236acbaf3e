"""What questions cost on citation graphs of growing size, beside networkx where it has the function.

    python -m benchmarks.queries [ARCS ...]

Read the ratios, and whether the cost per arc stays level; not the seconds.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from itertools import islice

import networkx as nx

from graph.algorithms.dominators import implied_arcs
from graph.algorithms.traversal_weights import traversal
from graph.analysis.flow import flow
from graph.analysis.main_path import main_path
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage

from .core import seconds
from .made import made_lineage

SIZES = (1_000, 10_000, 100_000)
Row = tuple[str, Callable[[], object], Callable[[], object] | None]


def questions(lineage: Lineage) -> list[Row]:
    """What is asked, of this package and of networkx."""
    end = lineage.list_keys[-1]
    start = next(key for key in lineage.list_keys if nx.has_path(lineage.graph, key, end))
    graph = nx.DiGraph(lineage.graph.edges)
    return [
        (
            "ten shortest paths",
            lambda: find_paths(lineage, start, end, PathOptions(top=10)).paths,
            lambda: list(islice(nx.shortest_simple_paths(graph, start, end), 10)),
        ),
        ("paths of at most 3 hops, listed and counted",
         lambda: find_paths(lineage, start, end, PathOptions(max_hops=3)),
         lambda: list(nx.all_simple_paths(graph, start, end, cutoff=3))),
        ("ten strongest paths", lambda: find_paths(lineage, start, end, PathOptions(rank="strongest")), None),
        ("flow from A to B", lambda: flow(lineage, start, end), None),
        ("SPC of every arc", lambda: traversal(graph), None),
        ("main path, global, SPC", lambda: main_path(lineage, robustness=False), lambda: nx.dag_longest_path(graph)),
        ("implied citations", lambda: implied_arcs(graph), lambda: nx.transitive_reduction(graph)),
    ]  # fmt: skip


def main(sizes: list[int]) -> None:
    """Print the table in Markdown."""
    print(f"{platform.machine()}, Python {platform.python_version()}, networkx {nx.__version__}\n")
    lineages = {arcs: made_lineage(arcs // 4) for arcs in sizes}
    print("| microseconds an arc (networkx / ours) |", " | ".join(f"{arcs:,} arcs" for arcs in sizes), "|")
    print("| --- |", " | ".join("---:" for _ in sizes), "|")
    table = [questions(lineage) for lineage in lineages.values()]
    for n, (name, _, _) in enumerate(table[0]):
        cells = []
        for column, lineage in zip(table, lineages.values(), strict=True):
            _, ours, theirs = column[n]
            arcs, spent = lineage.graph.number_of_edges(), seconds(ours, 1)
            ratio = "" if theirs is None or arcs > 50_000 else f" ({seconds(theirs, 1) / spent:.2g} x)"
            cells.append(f"{1e6 * spent / arcs:.2g}{ratio}")
        print(f"| {name} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
