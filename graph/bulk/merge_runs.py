"""The second and third steps: runs become tables, one key range at a time, each of which fits in memory.

The runs are sorted, and their Parquet footers hold the smallest key of every row group. That is enough to cut all keys
into ranges with nearly equal numbers of rows without reading a row.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..index.store_layout import ORDER, PAPERS, Table, TablePart, part_of
from ..utils.timing import log_phase
from .checkpoints import Checkpoints
from .engine import RUN_ROWS
from .expressions import citers, distinct_papers, fullest_sentences, merged_citations
from .progress import IngestProgress
from .workers import Task, Worker, WorkerPool
from .workspace import IngestOptions

_MIN_ROWS_A_PART = 100_000


@dataclass(frozen=True, slots=True)
class KeyRange:
    """The keys from `low` up to, but not including, `high`; None means unbounded."""

    number: int
    low: int | None
    high: int | None


def choose_cuts(files: Sequence[Path], key: str, *, max_rows: int, min_parts: int) -> list[int]:
    """The keys at which to cut, in order, so that a part has about `max_rows` rows at most.

    The files are Parquet, each sorted by `key`; only their footers are read. There are at least `min_parts` parts when
    there are enough rows to share. Rows of one key stay together, so a part that consists of one key may be larger.
    """
    import pyarrow.parquet as pq

    row_groups: list[tuple[int, int]] = []
    for path in files:
        footer = pq.ParquetFile(path).metadata
        column = footer.schema.names.index(key)
        for n in range(footer.num_row_groups):
            group = footer.row_group(n)
            row_groups.append((group.column(column).statistics.min, group.num_rows))
    row_groups.sort()
    total = sum(rows for _, rows in row_groups)
    parts = max(-(-total // max_rows), min(min_parts, total // _MIN_ROWS_A_PART), 1)
    cuts: list[int] = []
    rows_before = 0
    for start, rows in row_groups:
        if rows_before >= total * (len(cuts) + 1) / parts and (not cuts or start > cuts[-1]):
            cuts.append(start)
        rows_before += rows
    return cuts


def key_ranges(cuts: Sequence[int]) -> list[KeyRange]:
    """The ranges between the cuts.

    >>> [(part.low, part.high) for part in key_ranges([10, 20])]
    [(None, 10), (10, 20), (20, None)]
    """
    bounds: list[int | None] = [None, *cuts, None]
    return [KeyRange(number, low, high) for number, (low, high) in enumerate(pairwise(bounds))]


log = logging.getLogger(__name__)

_ROW_BYTES = {"references": 200, "citers": 100, "papers": 2000}
"""What a row of a part may take in memory while it is merged and sorted; where it takes more, DuckDB spills."""
_SENTENCES_FACTOR = 8
"""How many times more memory a citation takes with its citing sentences."""

TableParts = dict[str, TablePart | None]
"""The file of each table that was written for a key range; None where the range has no rows."""


@dataclass(frozen=True, slots=True)
class _Phase:
    """One pass over runs: its name in checkpoints, its title, the key of its runs, and what makes a part of a table.

    The names must stay as they are: an ingest that an earlier version began can be continued.
    """

    name: str
    title: str
    key: str
    row_bytes: int
    write_part: Callable[[Worker, Any, KeyRange], TableParts]


class RunMerger:
    """Makes the tables of a store from its runs.

    `runs` is the folder of the first step's runs, `runs_by_cited` one for the runs of merged citations, sorted by the
    cited paper. With a `prefix` the files can stand beside those of an older store.
    """

    def __init__(
        self,
        store: Path,
        runs: Path,
        runs_by_cited: Path,
        checkpoints: Checkpoints,
        options: IngestOptions,
        *,
        prefix: str = "",
    ) -> None:
        self._store, self._runs, self._runs_by_cited = store, runs, runs_by_cited
        self._checkpoints, self._options, self._prefix = checkpoints, options, prefix

    def tables(self, workers: WorkerPool, progress: IngestProgress) -> dict[str, Table]:
        """Make the parts that are not made yet; all tables of the store."""
        self._runs_by_cited.mkdir(parents=True, exist_ok=True)
        citation_bytes = _ROW_BYTES["references"] * (_SENTENCES_FACTOR if self._options.sentences else 1)
        merging = _Phase("merging", "merging citations", "citing", citation_bytes, self._write_references)
        sorting = _Phase("turning", "sorting by cited paper", "cited", _ROW_BYTES["citers"], self._write_citers)
        papers = _Phase("papers", "merging papers", "corpusid", _ROW_BYTES["papers"], self._write_papers)
        tables: dict[str, Table] = {}
        for phase, folder, pattern in (
            (merging, self._runs, "citations-*.parquet"),
            (sorting, self._runs_by_cited, "*.parquet"),
            (papers, self._runs, "papers-*.parquet"),
        ):
            if runs := sorted(folder.glob(pattern)):
                tables |= self._tables_of(phase, runs, workers, progress)
        return tables

    def _tables_of(
        self, phase: _Phase, runs: Sequence[Path], workers: WorkerPool, progress: IngestProgress
    ) -> dict[str, Table]:
        max_rows = workers.memory_each // phase.row_bytes
        decided = self._checkpoints.get(f"cuts-{phase.name}") or self._checkpoints.put(
            f"cuts-{phase.name}", {"cuts": choose_cuts(runs, phase.key, max_rows=max_rows, min_parts=len(workers))}
        )
        parts = key_ranges(decided["cuts"])
        done = {part: made for part in parts if (made := self._checkpoints.get(f"{phase.name}-{part.number:05d}"))}
        progress.begin(phase.title, len(parts), unit="parts", done=len(done))

        def task_of(part: KeyRange) -> Task:
            def write_part(worker: Worker) -> None:
                rows = rows_in(worker.engine.parquet([str(path) for path in runs]), phase.key, part)
                made = phase.write_part(worker, rows, part)
                files = [self._store / file.name for file in made.values() if file]
                result = {table: file and file.row() for table, file in made.items()}
                done[part] = self._checkpoints.put(f"{phase.name}-{part.number:05d}", result, files)
                log.debug("%s: part %d of %d is written", phase.title, part.number + 1, len(parts))
                progress.add(1)

            return write_part

        with log_phase(log, phase.title, f"{len(parts) - len(done):,} parts of {len(runs):,} runs"):
            workers.run([task_of(part) for part in parts if part not in done])
        return _tables(done.values())

    def _write_references(self, worker: Worker, rows: Any, part: KeyRange) -> TableParts:
        with worker.engine.materialized(merged_citations(rows)) as references:
            made = {"references": self._write(worker, references, "references", part)}
            run = self._runs_by_cited / f"{part.number:05d}.parquet"
            worker.engine.write(citers(references).order_by("cited"), run, group_rows=RUN_ROWS)
        if self._options.sentences:
            made["sentences"] = self._write(worker, fullest_sentences(rows), "sentences", part)
        return made

    def _write_citers(self, worker: Worker, rows: Any, part: KeyRange) -> TableParts:
        return {"citers": self._write(worker, rows, "citers", part)}

    def _write_papers(self, worker: Worker, rows: Any, part: KeyRange) -> TableParts:
        return {"papers": self._write(worker, distinct_papers(rows, PAPERS), "papers", part)}

    def _write(self, worker: Worker, rows: Any, table: str, part: KeyRange) -> TablePart | None:
        path = self._store / table / f"{self._prefix}{part.number:05d}.parquet"
        path.parent.mkdir(exist_ok=True)
        written = worker.engine.write(rows.order_by(*ORDER[table]), path)
        if written:
            return part_of(self._store, path, written)
        path.unlink()
        return None


def rows_in(rows: Any, key: str, part: KeyRange) -> Any:
    """The rows whose key is in a range; Parquet's statistics keep the others from being read."""
    if part.low is not None:
        rows = rows.filter(rows[key] >= part.low)
    if part.high is not None:
        rows = rows.filter(rows[key] < part.high)
    return rows


def _tables(parts_made: Iterable[Mapping[str, Any]]) -> dict[str, Table]:
    files: dict[str, list[TablePart]] = {}
    for made in parts_made:
        for table, file in made.items():
            files.setdefault(table, []).extend([TablePart(**file)] if file else [])
    return {table: Table.of(parts) for table, parts in files.items()}
