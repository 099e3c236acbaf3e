"""What the main job costs, per paper and per citation, beside networkx where it has the function.

    python -m benchmarks.core [PAPERS ...]

Every figure is the median of several runs in this one process; read the ratios, not the seconds.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import networkx as nx

from graph.algorithms.ordered_part import ordered_between
from graph.analysis.audit import audit
from graph.exports.formats.graphml import graphml_text
from graph.exports.layout import timeline
from graph.exports.tables import citations_csv, papers_csv
from graph.model.lineage import Lineage, build_lineage
from graph.model.storage import load_corpus, save_corpus
from graph.pages.page import render_page

from .made import made_corpus, made_list

SIZES = (500, 2_000, 10_000, 50_000)


def seconds(job: Callable[[], object], runs: int = 3) -> float:
    """The median time of a job."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def rows(papers: int) -> list[tuple[str, float, float | None]]:
    """For every part of the main job its seconds, and networkx's for the same question."""
    corpus = made_corpus(papers)
    listed = made_list(corpus)
    lineage = build_lineage(corpus, listed)
    graph, keys = lineage.graph, list(lineage.graph)
    end = lineage.list_keys[-1]
    start = next(key for key in lineage.list_keys if nx.has_path(graph, key, end))
    network, ends = lineage.network, lineage.numbers_of((start, end))
    bare: nx.DiGraph[str] = nx.DiGraph()

    def build_bare() -> None:
        bare.add_nodes_from(corpus.papers)
        bare.add_edges_from((c.cited, c.citing) for c in corpus.citations)

    with tempfile.TemporaryDirectory() as folder:
        save_corpus(corpus, Path(folder))
        loading = seconds(lambda: load_corpus(Path(folder)))
    layout = timeline(lineage, keys)
    return [
        ("load the corpus", loading, None),
        ("build the lineage", seconds(lambda: build_lineage(corpus, listed)), seconds(build_bare)),
        (
            "ten shortest paths",
            seconds(lambda: list(islice(ordered_between(network, *ends).paths(*ends, int), 10))),
            _yen(lineage, start, end),
        ),
        ("count all paths", seconds(lambda: ordered_between(network, *ends).survey(*ends)), None),
        ("audit", seconds(lambda: audit(lineage)), None),
        ("layout", seconds(lambda: timeline(lineage, keys)), None),
        ("page", seconds(lambda: render_page(lineage, keys, title="A made list"), 1), None),
        (
            "GraphML",
            seconds(lambda: graphml_text(lineage, layout), 1),
            seconds(lambda: list(nx.generate_graphml(bare)), 1),
        ),
        ("tables", seconds(lambda: (papers_csv(lineage, keys), citations_csv(lineage, keys)), 1), None),
    ]


def _yen(lineage: Lineage, start: str, end: str) -> float:
    return seconds(lambda: list(islice(nx.shortest_simple_paths(lineage.graph, start, end), 10)), 1)


def main(sizes: list[int]) -> None:
    """Print the table in Markdown."""
    print(f"{platform.machine()}, Python {platform.python_version()}, networkx {nx.__version__}\n")
    tables = {papers: rows(papers) for papers in sizes}
    heads = [f"{papers:,} papers, {len(made_corpus(papers).citations):,} citations" for papers in sizes]
    print("| seconds (networkx / ours) |", " | ".join(heads), "|")
    print("| --- |", " | ".join("---:" for _ in sizes), "|")
    for n, (name, _, _) in enumerate(next(iter(tables.values()))):
        cells = []
        for papers in sizes:
            _, ours, theirs = tables[papers][n]
            cells.append(f"{ours:.3g}" + (f" ({theirs / ours:.2g} x)" if theirs is not None else ""))
        print(f"| {name} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
