"""What the main job costs, per paper and per citation, beside networkx where it has the function.

    python -m benchmarks.core [PAPERS ...]

Every figure is the median of several runs in this one process, in seconds of the processor, which other programs do
not change much; read the ratios.
"""

from __future__ import annotations

import gc
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import networkx as nx

from graph.__main__ import YOUNG_OBJECTS
from graph.analysis.audit import audit
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.exports.contents import contents_of, placed
from graph.exports.formats.graphml import graphml_of
from graph.exports.layout import Layout, timeline
from graph.exports.tables import csv_of_citations, csv_of_papers
from graph.model.corpus import Citation, Corpus, Paper
from graph.model.corpus_index import INDEX
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import ReadingList
from graph.model.serialize import decode_rows
from graph.model.storage import load_corpus
from graph.pages.page import render_page

from .made import made_folder, made_list

SIZES = (500, 2_000, 10_000, 50_000)
PAIRS = 6
"""Paths are asked for between so many pairs of papers."""


def seconds(job: Callable[[], object], runs: int = 3) -> float:
    """The median processor time of a job."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return statistics.median(times)


def rows(papers: int) -> list[tuple[str, float, float | None]]:
    """For every part of the main job its seconds, and networkx's for the same question."""
    listed = made_list(papers)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        made_folder(folder, papers)
        by_index = seconds(lambda: opened(load_corpus(folder), listed))
        (folder / INDEX).unlink()
        from_rows = seconds(lambda: opened(load_corpus(folder), listed))
        theirs = seconds(lambda: bare_graph(folder))
        lineage, bare = opened(load_corpus(folder), listed), bare_graph(folder)
    keys = list(lineage.corpus.papers)
    pairs = pairs_of(lineage)
    layout = timeline(lineage, keys)
    return [
        ("read the rows and build the lineage", from_rows, theirs),
        ("the same by the index", by_index, theirs),
        ("ten shortest paths of six pairs, and all counted", *shortest(lineage, bare, pairs)),
        ("networkx graph of the lineage", seconds(lambda: build_lineage(lineage.corpus, listed).graph, 1), None),
        ("audit", seconds(lambda: audit(lineage)), None),
        ("layout", seconds(lambda: timeline(lineage, keys), 1), None),
        ("page", seconds(lambda: render_page(lineage, keys, title="A made list"), 1), None),
        (
            "GraphML",
            seconds(lambda: graphml(lineage, layout), 1),
            seconds(lambda: list(nx.generate_graphml(bare)), 1),
        ),
        ("tables", seconds(lambda: tables(lineage, keys), 1), None),
    ]


def graphml(lineage: Lineage, layout: Layout) -> str:
    papers, citations = contents_of(lineage, layout.placements)
    return graphml_of(lineage, placed(layout, papers), citations, {})


def tables(lineage: Lineage, keys: list[str]) -> tuple[str, str]:
    papers, citations = contents_of(lineage, keys)
    return csv_of_papers(lineage, papers, None), csv_of_citations(citations)


def opened(corpus: Corpus, listed: ReadingList) -> Lineage:
    """A lineage with all that follows from its citations: both directions, roles, shares of themes."""
    lineage = build_lineage(corpus, listed)
    assert len(lineage.roles) == len(lineage.theme_shares[1]) == lineage.network.nodes
    return lineage


def bare_graph(folder: Path) -> nx.DiGraph[str]:
    """Keys and arcs of the same rows as networkx holds them, read by the same decoder."""
    papers, citations = (
        decode_rows(kind, (folder / f"{name}.jsonl").read_bytes()) or []
        for name, kind in (("papers", Paper), ("citations", Citation))
    )
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(row.key for row in papers)
    graph.add_edges_from((row.cited, row.citing) for row in citations)
    return graph


def pairs_of(lineage: Lineage) -> list[tuple[str, str]]:
    """Pairs of papers of the list of which the first leads to the second, near and far ones."""
    numbers = lineage.numbers_of(lineage.list_keys)
    found = []
    for start, number in zip(lineage.list_keys, numbers, strict=True):
        hops = lineage.network.hops([number])
        found += [(start, end) for end, other in zip(lineage.list_keys, numbers, strict=True) if hops[other] > 0]
    return found[:: max(1, len(found) // PAIRS)][:PAIRS]


def shortest(lineage: Lineage, graph: nx.DiGraph[str], pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """The seconds of ours, which also counts all paths and gives the evidence of each hop, and of networkx."""
    ours = seconds(lambda: [find_paths(lineage, *pair, PathOptions(top=10)) for pair in pairs])
    theirs = seconds(lambda: [list(islice(nx.shortest_simple_paths(graph, *pair), 10)) for pair in pairs], 1)
    return ours, theirs


def main(sizes: list[int]) -> None:
    """Print the table in Markdown."""
    gc.set_threshold(YOUNG_OBJECTS, 20)  # as the command does
    print(f"{platform.machine()}, Python {platform.python_version()}, networkx {nx.__version__}\n")
    tables = {papers: rows(papers) for papers in sizes}
    heads = [f"{papers:,} papers" for papers in sizes]
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
