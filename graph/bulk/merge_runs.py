"""The second and third steps: runs become tables, a range of keys at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..index.store_layout import ORDER, PAPERS, Table, TablePart, part_of
from .checkpoints import Checkpoints, WorkerPool
from .engine import RUN_ROWS
from .expressions import citers, distinct_papers, fullest_sentences, merged
from .options import IngestOptions, IngestProgress
from .partition import Bucket, buckets, cut
from .sorted_runs import Worker

_BYTES_A_ROW = {"references": 200, "citers": 100, "papers": 2000}
"""What a row of a part may take in memory while it is merged and sorted; where it takes more, DuckDB spills."""
_SENTENCES_TAKE = 8
"""So many times more with the citing sentences."""

Step = Callable[[Worker, Any, Bucket], dict[str, TablePart | None]]


class Merging:
    """Makes the tables of a store from its runs.

    Parameters
    ----------
    store : Path
    runs : Path
        The folder of the first step's runs.
    turned : Path
        A folder for the runs of the citations sorted by the cited.
    marks : Checkpoints
    wish : IngestOptions
    prefix : str, default ""
        Of the names of the files, so that those of an older store can stand beside them.
    """

    def __init__(
        self, store: Path, runs: Path, turned: Path, marks: Checkpoints, wish: IngestOptions, *, prefix: str = ""
    ) -> None:
        self._store, self._runs, self._turned = store, runs, turned
        self._marks, self._wish, self._prefix = marks, wish, prefix

    def tables(self, crew: WorkerPool[Worker], memory: int, threads: int, told: IngestProgress) -> dict[str, Table]:
        """Make what is not made yet; every table of the store."""
        self._turned.mkdir(parents=True, exist_ok=True)
        made: dict[str, Table] = {}
        if runs := sorted(self._runs.glob("citations-*.parquet")):
            scale = _SENTENCES_TAKE if self._wish.sentences else 1
            rows = memory // (_BYTES_A_ROW["references"] * scale)
            made |= self._parts(crew, "merging", runs, "citing", rows, threads, self._merge, told)
            turned = sorted(self._turned.glob("*.parquet"))
            rows = memory // _BYTES_A_ROW["citers"]
            made |= self._parts(crew, "turning", turned, "cited", rows, threads, self._turn, told)
        if runs := sorted(self._runs.glob("papers-*.parquet")):
            rows = memory // _BYTES_A_ROW["papers"]
            made |= self._parts(crew, "papers", runs, "corpusid", rows, threads, self._papers, told)
        return made

    def _parts(
        self,
        crew: WorkerPool[Worker],
        phase: str,
        runs: Sequence[Path],
        key: str,
        most_rows: int,
        threads: int,
        step: Step,
        told: IngestProgress,
    ) -> dict[str, Table]:
        decided = self._marks.get(f"cuts-{phase}") or self._marks.put(
            f"cuts-{phase}", {"cuts": cut(runs, key, most_rows=most_rows, least=threads)}
        )
        parts = buckets(decided["cuts"])
        done = {part: mark for part in parts if (mark := self._marks.get(f"{phase}-{part.number:05d}"))}
        told.begin(phase, len(parts), unit="parts", done=len(done))

        def unit(bucket: Bucket) -> Callable[[Worker], None]:
            def work(worker: Worker) -> None:
                rows = in_bucket(worker.engine.parquet([str(path) for path in runs]), key, bucket)
                made = step(worker, rows, bucket)
                files = [self._store / part.name for part in made.values() if part]
                value = {name: part and part.row() for name, part in made.items()}
                done[bucket] = self._marks.put(f"{phase}-{bucket.number:05d}", value, files)
                told.add(1)

            return work

        crew.each([unit(bucket) for bucket in parts if bucket not in done])
        return _tables(done.values())

    def _merge(self, worker: Worker, rows: Any, bucket: Bucket) -> dict[str, TablePart | None]:
        with worker.engine.held(merged(rows)) as references:
            made = {"references": self._write(worker, references, "references", bucket)}
            path = self._turned / f"{bucket.number:05d}.parquet"
            worker.engine.write(citers(references).order_by("cited"), path, group_rows=RUN_ROWS)
        if self._wish.sentences:
            made["sentences"] = self._write(worker, fullest_sentences(rows), "sentences", bucket)
        return made

    def _turn(self, worker: Worker, rows: Any, bucket: Bucket) -> dict[str, TablePart | None]:
        return {"citers": self._write(worker, rows, "citers", bucket)}

    def _papers(self, worker: Worker, rows: Any, bucket: Bucket) -> dict[str, TablePart | None]:
        return {"papers": self._write(worker, distinct_papers(rows, PAPERS), "papers", bucket)}

    def _write(self, worker: Worker, rows: Any, table: str, bucket: Bucket) -> TablePart | None:
        path = self._store / table / f"{self._prefix}{bucket.number:05d}.parquet"
        path.parent.mkdir(exist_ok=True)
        written = worker.engine.write(rows.order_by(*ORDER[table]), path)
        if written:
            return part_of(self._store, path, written)
        path.unlink()
        return None


def in_bucket(rows: Any, key: str, bucket: Bucket) -> Any:
    """The rows whose key is in a bucket; Parquet's statistics keep the rest from being read."""
    if bucket.low is not None:
        rows = rows.filter(rows[key] >= bucket.low)
    if bucket.high is not None:
        rows = rows.filter(rows[key] < bucket.high)
    return rows


def _tables(marks: Iterable[Mapping[str, Any]]) -> dict[str, Table]:
    parts: dict[str, list[TablePart]] = {}
    for mark in marks:
        for table, part in mark.items():
            parts.setdefault(table, []).extend([TablePart(**part)] if part else [])
    return {table: Table.of(found) for table, found in parts.items()}
