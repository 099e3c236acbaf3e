"""The first step: a shard becomes runs, Parquet files of its rows, sorted by their key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .engine import RUN_ROWS, Engine
from .expressions import (
    BAD,
    KEPT,
    NULL_TARGET,
    RAW_CITATION,
    RAW_PAPER,
    SELF,
    citation_rows,
    count_outcomes,
    kept_rows,
    paper_rows,
)
from .progress import IngestProgress
from .shards import CITATIONS, Shard, ShardText
from .workers import Worker
from .workspace import IngestOptions

_COUNT_OF_OUTCOME = {KEPT: "citation_rows", NULL_TARGET: "null_targets", SELF: "self_citations", BAD: "rejects"}
_PIECE_FRACTION = 0.4
"""The text of a piece as a fraction of its worker's memory: its rows take an eighth of that, and are sorted."""
_MIN_PIECE_BYTES = 1 << 24


def read_shard(
    shard: Shard, worker: Worker, folder: Path, options: IngestOptions, progress: IngestProgress
) -> tuple[dict[str, int], list[Path]]:
    """Read a shard into runs, `citations-NAME-0000.parquet` and so on: the counts, and the files of the runs.

    The counts are lines and rejects, for citations also citation_rows, null_targets, self_citations and
    unknown_intents, for papers paper_rows. A large shard has several runs. Raises `InputError` for a shard that is cut
    off or damaged.
    """
    counts: Counter[str] = Counter()
    runs: list[Path] = []
    piece_bytes = max(int(worker.memory * _PIECE_FRACTION), _MIN_PIECE_BYTES)
    reported = 0

    def report(bytes_read: int) -> None:
        nonlocal reported
        progress.add(bytes_read - reported)
        reported = bytes_read

    write_run = _write_citations if shard.kind == CITATIONS else _write_papers
    with ShardText(Path(shard.path)) as text:
        while not text.at_end:
            path = folder / f"{shard.label}-{len(runs):04d}.parquet"
            with worker.pipe.feeding(text, piece_bytes, report):
                counts.update(write_run(worker, path, options))
            runs.append(path)
    report(shard.bytes)
    return dict(counts), runs


def _write_citations(worker: Worker, path: Path, options: IngestOptions) -> Mapping[str, int]:
    engine = worker.engine
    raw = engine.lines([str(worker.pipe.path)], citation_columns(options))
    with engine.materialized(citation_rows(raw, ids=options.updatable, sentences=options.sentences)) as rows:
        counts = count_citations(engine, rows)
        engine.write(kept_rows(rows).order_by("citing"), path, group_rows=RUN_ROWS)
    return counts


def _write_papers(worker: Worker, path: Path, _: IngestOptions) -> Mapping[str, int]:
    engine = worker.engine
    raw = engine.lines([str(worker.pipe.path)], RAW_PAPER)
    with engine.materialized(paper_rows(raw)) as rows:
        counts = count_papers(engine, rows)
        engine.write(rows.filter(rows.corpusid.notnull()).order_by("corpusid"), path, group_rows=RUN_ROWS)
    return counts


def citation_columns(options: IngestOptions) -> dict[str, str]:
    """The columns to read of a citation: the id only if ids are kept, intents as a list only if sentences are."""
    columns = dict(RAW_CITATION)
    if not options.updatable:
        del columns["citationid"]
    if not options.sentences:
        columns["intents"] = "string"
    return columns


def count_citations(engine: Engine, rows: Any) -> Counter[str]:
    """The counts of citation rows, as `read_shard` returns them."""
    counts: Counter[str] = Counter()
    for outcome, number, unknown_intents in engine.rows(count_outcomes(rows)):
        counts.update({"lines": number, _COUNT_OF_OUTCOME[outcome]: number, "unknown_intents": unknown_intents or 0})
    return counts


def count_papers(engine: Engine, rows: Any) -> dict[str, int]:
    """The counts of paper rows, as `read_shard` returns them."""
    ((lines, good),) = engine.rows(rows.agg(lines=rows.count(), good=rows.corpusid.count()))
    return {"lines": lines, "paper_rows": good, "rejects": lines - good}
