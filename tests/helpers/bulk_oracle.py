"""What an ingest must make of lines, in plain Python."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph.index.store_layout import Manifest, table_files

SAMPLES = Path(__file__).parents[1] / "bulk_samples"
Pair = tuple[int, int]


def lines_of(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The rows of shards that hold no bad lines."""
    return [json.loads(line) for path in paths for line in gzip.open(path)]


def merged(rows: Iterable[dict[str, Any]]) -> tuple[dict[Pair, dict[str, Any]], Counter[str]]:
    """One value a citation, and the counts."""
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


def table(store: Path, manifest: Manifest, name: str) -> list[dict[str, Any]]:
    """The rows of a table of a store, in the order of its files."""
    return [row for path in table_files(store, manifest, name) for row in pq.ParquetFile(path).read().to_pylist()]
