"""The first step: a shard becomes runs, Parquet files of its rows sorted by their key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .engine import RUN_ROWS, DuckDB, Engine
from .expressions import (
    BAD,
    KEPT,
    NULL_TARGET,
    RAW_CITATION,
    RAW_PAPER,
    SELF,
    citation_rows,
    fates,
    kept,
    paper_rows,
)
from .options import IngestOptions, IngestProgress
from .shards import CITATIONS, Pipe, Shard, ShardText

_FATES = {KEPT: "citation_rows", NULL_TARGET: "null_targets", SELF: "self_citations", BAD: "rejects"}
_PIECE_PART = 0.4
"""The text of a piece, as a part of its worker's memory: its rows are an eighth of it, and are sorted."""
_LEAST_PIECE = 1 << 24


@dataclass(slots=True)
class Worker:
    """An embedded engine with a pipe of its own, and the memory that it may take, in bytes."""

    engine: DuckDB
    pipe: Pipe
    memory: int


def read_shard(
    shard: Shard, worker: Worker, folder: Path, wish: IngestOptions, told: IngestProgress
) -> tuple[dict[str, int], list[Path]]:
    """Read a shard into runs, `citations-NAME-0000.parquet` and so on.

    Returns
    -------
    dict of str to int
        lines, rejects, and for citations citation_rows, null_targets, self_citations and
        unknown_intents, for papers paper_rows.
    list of Path
        The runs; a large shard has several.

    Raises
    ------
    InputError
        For a shard that is cut off or broken.
    """
    counts: Counter[str] = Counter()
    files: list[Path] = []
    piece = max(int(worker.memory * _PIECE_PART), _LEAST_PIECE)
    reached = 0

    def so_far(done: int) -> None:
        nonlocal reached
        told.add(done - reached)
        reached = done

    read = _citations if shard.kind == CITATIONS else _papers
    with ShardText(Path(shard.path)) as text:
        while not text.ended:
            path = folder / f"{shard.label}-{len(files):04d}.parquet"
            with worker.pipe.pouring(text, piece, so_far):
                counts.update(read(worker, path, wish))
            files.append(path)
    so_far(shard.bytes)
    return dict(counts), files


def _citations(worker: Worker, path: Path, wish: IngestOptions) -> Mapping[str, int]:
    engine = worker.engine
    raw = engine.lines([str(worker.pipe.path)], citation_columns(wish))
    with engine.held(citation_rows(raw, ids=wish.updatable, sentences=wish.sentences)) as rows:
        counts = citation_counts(engine, rows)
        engine.write(kept(rows).order_by("citing"), path, group_rows=RUN_ROWS)
    return counts


def citation_counts(engine: Engine, rows: Any) -> Counter[str]:
    """What became of the lines."""
    counts: Counter[str] = Counter()
    for fate, number, unknown in engine.rows(fates(rows)):
        counts.update({"lines": number, _FATES[fate]: number, "unknown_intents": unknown or 0})
    return counts


def paper_counts(engine: Engine, rows: Any) -> dict[str, int]:
    """Likewise, of papers."""
    ((lines, good),) = engine.rows(rows.agg(lines=rows.count(), good=rows.corpusid.count()))
    return {"lines": lines, "paper_rows": good, "rejects": lines - good}


def citation_columns(wish: IngestOptions) -> dict[str, str]:
    """What to read of a line: ids only where they are kept, intents one by one only where sentences are."""
    columns = dict(RAW_CITATION)
    if not wish.updatable:
        del columns["citationid"]
    if not wish.sentences:
        columns["intents"] = "string"
    return columns


def _papers(worker: Worker, path: Path, _: IngestOptions) -> Mapping[str, int]:
    engine = worker.engine
    raw = engine.lines([str(worker.pipe.path)], RAW_PAPER)
    with engine.held(paper_rows(raw)) as rows:
        counts = paper_counts(engine, rows)
        engine.write(rows.filter(rows.corpusid.notnull()).order_by("corpusid"), path, group_rows=RUN_ROWS)
    return counts
