"""Stores made from graphs: the tables that an ingest would leave, written with pyarrow."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from graph.index.citation_index import Index, open_index
from graph.index.store_layout import Manifest, Table, part_of, write_manifest
from graph.index.write_index import write_index
from graph.model.corpus import Corpus

PAPERS = pa.schema(
    [("corpusid", pa.int64()), ("sha", pa.string()), ("title", pa.string()), ("year", pa.int32())]
    + [("date", pa.date32()), ("venue", pa.string()), ("doi", pa.string()), ("arxiv", pa.string())]
    + [(name, pa.string()) for name in ("acl", "pubmed", "mag", "dblp")]
    + [("authors", pa.list_(pa.string())), ("citationcount", pa.int32()), ("influentialcitationcount", pa.int32())]
    + [("referencecount", pa.int32()), ("isopenaccess", pa.bool_()), ("authorids", pa.list_(pa.int64()))]
)
REFERENCES = pa.schema(
    [
        ("citing", pa.int64()),
        ("cited", pa.int64()),
        ("influential", pa.bool_()),
        ("copies", pa.int16()),
        ("intents", pa.list_(pa.string())),
        ("contexts", pa.int32()),
    ]
)
SENTENCES = pa.schema(
    {
        "citing": pa.int64(),
        "cited": pa.int64(),
        "contexts": pa.list_(pa.string()),
        "intents": pa.list_(pa.list_(pa.string())),
    }
)
Row = Mapping[str, Any]
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # a folder of its own is made there


def write_store(
    folder: Path,
    papers: Iterable[Row],
    references: Iterable[Row],
    *,
    sentences: Iterable[Row] | None = None,
    parts: int = 2,
    release: str = "2026-09-01",
) -> Path:
    """A store of these rows; what a row leaves out is null."""
    tables = {
        "papers": (PAPERS, sorted(papers, key=lambda row: row["corpusid"])),
        "references": (REFERENCES, sorted(references, key=lambda row: (row["citing"], row["cited"]))),
    }
    if sentences is not None:
        tables["sentences"] = (SENTENCES, sorted(sentences, key=lambda row: (row["citing"], row["cited"])))
    made = {}
    for name, (schema, rows) in tables.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pylist([{field.name: row.get(field.name) for field in schema} for row in rows], schema)
        step = max(1, -(-len(table) // parts))
        files = []
        for number, first in enumerate(range(0, len(table), step)):
            path = folder / name / f"{number:05}.parquet"
            pq.write_table(table.slice(first, step), path, row_group_size=500)
            files.append(part_of(folder, path, len(table.slice(first, step))))
        made[name] = Table.of(files)
    write_manifest(folder, Manifest(release, made))
    return folder


def ids_of_corpus(corpus: Corpus) -> dict[str, int]:
    """The corpus id of each key, in the order of the corpus; a paper without one gets one that is free."""
    taken: dict[int, str] = {}
    for key, paper in corpus.papers.items():
        own = next((int(each.value) for each in paper.identifiers if each.scheme == "corpusid"), None)
        if own is not None:
            taken.setdefault(own, key)
    ids = {key: number for number, key in taken.items()}
    free = (number for number in count(1) if number not in taken)
    return {key: ids[key] if key in ids else next(free) for key in corpus.papers}


def store_of_corpus(folder: Path, corpus: Corpus) -> Path:
    """A store that knows of a corpus what a release would, under the numbers of `ids_of_corpus`.

    It has sentences: two for each citation of two papers whose numbers make an even sum.
    """
    ids = ids_of_corpus(corpus)
    papers = []
    for key, paper in corpus.papers.items():
        named = {each.scheme: each.value for each in reversed(paper.identifiers)}
        papers.append(
            {"corpusid": ids[key], "title": paper.title, "year": paper.year, "authors": list(paper.authors)}
            | {"sha": named.get("s2"), "doi": named.get("doi"), "arxiv": named.get("arxiv"), "acl": named.get("acl")}
            | {"venue": paper.venue, "date": _day(paper.date)}
        )
    references = [
        {"citing": ids[c.citing], "cited": ids[c.cited], "copies": 1}
        | {"influential": any(a.influential for a in c.assertions)}
        | {"intents": sorted({i for a in c.assertions for i in a.intents}) or None}
        for c in corpus.citations
        if c.citing != c.cited
    ]
    sentences = [
        {name: row[name] for name in ("citing", "cited")} | {"contexts": sentences_of(row["citing"], row["cited"])}
        for row in references
        if (row["citing"] + row["cited"]) % 2 == 0
    ]
    return write_store(folder, papers, references, sentences=sentences)


def sentences_of(citing: int, cited: int) -> list[str]:
    """What the one says of the other in a store with sentences."""
    return [f"Paper {citing} builds on [{cited}].", f"As in [{cited}], we do <b>otherwise</b>."]


def _day(date: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(date) if date and len(date) == 10 else None


def index_of(
    graph: nx.DiGraph[int],
    dates: Mapping[int, int] | None = None,
    evidence: Mapping[tuple[int, int], int] | None = None,
    *,
    path: Path | None = None,
) -> Index:
    """The index of a graph of nodes 0, 1, ... with arcs cited -> citing; without a path nobody else finds its file."""
    arcs = sorted((citing, cited) for cited, citing in graph.edges if cited != citing)
    citing = np.array([arc[0] for arc in arcs], np.int32)
    cited = np.array([arc[1] for arc in arcs], np.int32)
    said = np.array([(evidence or {}).get((u, v), 0) for v, u in arcs], np.uint8)
    when = np.array([(dates or {}).get(node, 0) for node in range(len(graph))], np.int32)
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = path or Path(folder) / "index"
        write_index(path, np.arange(len(graph), dtype=np.int64) * 7 + 3, when, [(citing, cited, said)])
        return open_index(path)


def vertex_of(index: Index, node: int) -> int:
    """The vertex of a node of the graph that `index_of` was given."""
    vertex = index.vertex(node * 7 + 3)
    assert vertex is not None
    return vertex


def node_of(index: Index, vertex: int) -> int:
    """The node of a vertex."""
    return (index.corpusid(vertex) - 3) // 7


def nodes_of(index: Index, vertices: Iterable[int]) -> tuple[int, ...]:
    """The nodes of some vertices, in their order."""
    return tuple(node_of(index, int(vertex)) for vertex in vertices)
