"""Shards for the tests of ingests, and the tables that an ingest must make of them, in plain Python."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph.bulk.workspace import IngestOptions
from graph.index.store_layout import Manifest, read_manifest, table_files

TWO_WORKERS = IngestOptions(threads=2, memory=1 << 30)
SAMPLES = Path(__file__).parents[1] / "bulk_samples"
Pair = tuple[int, int]


def lines_of(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of shards without bad lines."""
    return [json.loads(line) for path in paths for line in gzip.open(path)]


def merged(rows: Iterable[dict[str, Any]]) -> tuple[dict[Pair, dict[str, Any]], Counter[str]]:
    """The merged rows by citation, and the counts of rows."""
    pairs: dict[Pair, dict[str, Any]] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        counts["lines"] += 1
        if row["citedcorpusid"] is None:
            counts["null_targets"] += 1
            continue
        pair = int(row["citingcorpusid"]), int(row["citedcorpusid"])
        if pair[0] == pair[1]:
            counts["self_citations"] += 1
            continue
        counts["citation_rows"] += 1
        found = pairs.setdefault(pair, {"influential": False, "copies": 0, "intents": set(), "contexts": None})
        found["influential"] |= row["isinfluential"]
        found["copies"] += 1
        for part in row["intents"] or ():
            found["intents"] |= {part} if isinstance(part, str) else set(part or ())
        if row["contexts"] is not None:
            found["contexts"] = max(found["contexts"] or 0, len(row["contexts"]))
    return pairs, counts


def references(pairs: dict[Pair, dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the table references."""
    return [
        {"citing": citing, "cited": cited} | value | {"intents": sorted(value["intents"]) or None}
        for (citing, cited), value in sorted(pairs.items())
    ]


def citers(pairs: dict[Pair, dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the table citers."""
    turned = sorted(pairs.items(), key=lambda item: item[0][::-1])
    return [{"citing": a, "cited": b, "influential": value["influential"]} for (a, b), value in turned]


def write_shard(folder: Path, *rows: object, name: str = "c.gz") -> Path:
    """Write a shard of these rows; bytes are a line as they are."""
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path = folder / name
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
    return path


def citation(citing: object, cited: object, **others: object) -> dict[str, object]:
    """A row of the dataset citations."""
    row = {"citingcorpusid": citing, "citedcorpusid": cited, "isinfluential": False, "contexts": None, "intents": None}
    return row | others


def assert_same_store(one: Path, other: Path) -> None:
    """Two stores have the same counts, and the same rows in every table."""
    manifests = [read_manifest(store) for store in (one, other)]
    assert manifests[0].counts == manifests[1].counts
    assert manifests[0].tables.keys() == manifests[1].tables.keys()
    for name in manifests[0].tables:
        assert table(one, manifests[0], name) == table(other, manifests[1], name), name


def table(store: Path, manifest: Manifest, name: str) -> list[dict[str, Any]]:
    """The rows of a table of a store, in the order of its files."""
    return [row for path in table_files(store, manifest, name) for row in pq.ParquetFile(path).read().to_pylist()]
