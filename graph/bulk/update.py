"""Apply diffs to a store: what changed at Semantic Scholar since its release.

A diff names rows by their primary keys, and the tables have none: several rows make one citation. So a
store that is to be updated keeps its rows, with `citationid`, in the folder ``rows``. An update removes the
changed rows, adds the new ones, and merges all rows anew. The old tables stay until the new manifest is
written.
"""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..index.store_layout import Manifest, read_manifest, write_manifest
from ..utils.files import parse_json, read_text
from ..utils.timing import log_phase
from .checkpoints import Checkpoints, lock_folder
from .diffs import DIFFS_FOLDER, DIFFS_MANIFEST, TABLE_OF, Change, find_changes
from .engine import RUN_ROWS
from .expressions import (
    BAD,
    RAW_PAPER,
    citation_rows,
    kept_rows,
    last_changes,
    paper_rows,
    unchanged_rows,
    updated_rows,
    with_author_ids,
    with_step,
)
from .merge_runs import RunMerger
from .progress import IngestProgress
from .shards import CITATIONS, PAPERS, ShardText
from .sorted_runs import citation_columns
from .workers import Task, Worker, WorkerPool
from .workspace import (
    REJECTS_FOLDER,
    ROWS_FOLDER,
    RUNS_BY_CITED_FOLDER,
    IngestOptions,
    Totals,
    file_name_of,
    manifest_counts,
    rows_folder,
)

log = logging.getLogger(__name__)

UPDATE_FOLDER = "update"
KEYS = {CITATIONS: "citationid", PAPERS: "corpusid"}
"""The primary keys, by which diffs name rows."""
SORTED_BY = {CITATIONS: "citing", PAPERS: "corpusid"}
"""The order of the runs."""


def update(store: Path, diffs: Path, options: IngestOptions, progress: IngestProgress | None = None) -> Manifest:
    """Apply diffs to a store, or continue an unfinished update; the manifest of the updated store.

    The store was made with `IngestOptions.updatable`, and `diffs` is what `diffs.download_diffs` returned. Of the
    options memory, threads and the reject limit count; the others are those of the store. Raises `InputError` for a
    store without its rows, diffs from another release, damaged files, too many rejects.

    Reads the diffs once, and all kept rows; rewrites every table.
    """
    with lock_folder(store):
        manifest = read_manifest(store)
        path = diffs / DIFFS_MANIFEST
        about = parse_json(read_text(path), where=str(path), remedy="download the diffs again")
        start, end = about.get("start"), about.get("end")
        if not isinstance(end, str) or not isinstance(start, str):
            raise InputError("not the diffs of a dataset", where=str(diffs), remedy="download the diffs again")
        _delete_leftovers(store, manifest)
        if manifest.release == end:
            return manifest
        if start != manifest.release:
            raise InputError(
                f"the diffs begin at {start}, and the store is of {manifest.release}",
                where=str(diffs),
                remedy="download the diffs from that release",
            )
        return _Update(store, manifest, diffs, end, options, progress or IngestProgress()).manifest()


class _Update:
    """One update of a store to another release."""

    def __init__(
        self, store: Path, manifest: Manifest, diffs: Path, end: str, options: IngestOptions, progress: IngestProgress
    ) -> None:
        self._store, self._old, self._end, self._progress = store, manifest, end, progress
        self._options = replace(options, release=end, updatable=True, sentences="sentences" in manifest.tables)
        self._changes = find_changes(diffs)
        self._work = store / UPDATE_FOLDER / file_name_of(end)
        self._checkpoints = Checkpoints(self._work / "done")
        self._old_rows = rows_folder(store, manifest)
        self._new_rows = store / f"{ROWS_FOLDER}-{file_name_of(end)}"

    def manifest(self) -> Manifest:
        """Do the tasks that are not done, and write the new manifest."""
        self._prepare()
        with WorkerPool(self._store, self._work / "scratch", self._options) as workers:
            counts = self._read_diffs(workers)
            for kind in KEYS:
                counts |= self._write_new_rows(workers, kind)
            merger = RunMerger(
                self._store,
                self._new_rows,
                self._work / RUNS_BY_CITED_FOLDER,
                self._checkpoints,
                self._options,
                prefix=f"{file_name_of(self._end)}-",
            )
            tables = merger.tables(workers, self._progress)
        made_from = (*self._old.made_from, *(change.shard.row() for change in self._changes))
        updated = Manifest(self._end, tables, manifest_counts(counts, tables), made_from)
        write_manifest(self._store, updated)
        _delete_leftovers(self._store, updated)
        return updated

    def _prepare(self) -> None:
        for folder in (self._new_rows, self._work / "changes"):
            folder.mkdir(parents=True, exist_ok=True)
        for unfinished in self._store.rglob("*.part"):
            if DIFFS_FOLDER not in unfinished.relative_to(self._store).parts:  # those are downloads
                unfinished.unlink()
        shutil.rmtree(self._work / "scratch", ignore_errors=True)
        (self._work / "scratch").mkdir()

    def _read_diffs(self, workers: WorkerPool) -> dict[str, int]:
        """Read the files of the diffs; how many lines and rejects they have."""
        totals = Totals(self._options, self._store / REJECTS_FOLDER)
        total_bytes = sum(change.shard.bytes for change in self._changes)
        self._progress.begin("reading diffs", total_bytes)

        def task_of(change: Change) -> Task:
            def read(worker: Worker) -> None:
                counts = self._checkpoints.get(f"typed-{change.name}")
                if counts is None:
                    path = self._rows_of(change)
                    counts = self._checkpoints.put(
                        f"typed-{change.name}", _read_change(worker, change, path, self._options), [path]
                    )
                self._progress.add(change.shard.bytes)
                totals.add(counts)

            return read

        with log_phase(log, "reading diffs", f"{len(self._changes)} files, {total_bytes:,} bytes"):
            workers.run([task_of(change) for change in self._changes])
        return {"changed_" + name: number for name, number in totals.counts.items()}

    def _write_new_rows(self, workers: WorkerPool, kind: str) -> dict[str, int]:
        """Write the rows of the new release: the old rows that stay, and those from the diffs."""
        old_runs = sorted(self._old_rows.glob(f"{kind}-*.parquet"))
        changes = [change for change in self._changes if change.shard.kind == kind]
        if not old_runs:
            if TABLE_OF[kind] in self._old.tables:
                raise InputError(f"the rows of {kind} are gone", where=str(self._old_rows), remedy="ingest again")
            return {}
        rows: Counter[str] = Counter()
        phase = f"applying to {kind}"
        self._progress.begin(phase, len(old_runs) + 1, unit="parts")
        last = self._last_changes(kind) if changes else None
        tasks = [
            self._write_run(f"stay-{run.stem}", f"{run.stem}.parquet", kind, rows, _unchanged_rows_of(run, last, kind))
            for run in old_runs
        ]
        with log_phase(log, phase, f"{len(changes)} files of changes, {len(old_runs)} runs"):
            if changes:
                workers.run([self._find_last_changes(kind, changes)])
                name = f"{kind}-new-{file_name_of(self._end)}"
                tasks.append(self._write_run(name, f"{name}.parquet", kind, rows, self._updates_of(kind, changes)))
            workers.run(tasks)
        return {f"{'citation' if kind == CITATIONS else 'paper'}_rows": rows["rows"]}

    def _last_changes(self, kind: str) -> Path:
        """The file with the last change of each key."""
        return self._work / f"last-{kind}.parquet"

    def _rows_of(self, change: Change) -> Path:
        """The file with the typed rows of a change."""
        return self._work / "changes" / f"{change.name}.parquet"

    def _find_last_changes(self, kind: str, changes: Sequence[Change]) -> Task:
        def find(worker: Worker) -> None:
            if self._checkpoints.get(f"last-{kind}") is None:
                tables = [worker.engine.parquet([str(self._rows_of(change))]) for change in changes]
                path = self._last_changes(kind)
                rows = worker.engine.write(last_changes(tables, KEYS[kind]), path)
                self._checkpoints.put(f"last-{kind}", {"rows": rows}, [path])

        return find

    def _updates_of(self, kind: str, changes: Sequence[Change]) -> Callable[[Worker], Any]:
        def updates(worker: Worker) -> Any:
            files = [str(self._rows_of(change)) for change in changes if not change.deletes]
            if not files:
                return None
            last = worker.engine.parquet([str(self._last_changes(kind))])
            rows = updated_rows(worker.engine.parquet(files), last, KEYS[kind])
            return kept_rows(rows) if kind == CITATIONS else rows

        return updates

    def _write_run(self, task: str, file: str, kind: str, rows: Counter[str], select: Callable[[Worker], Any]) -> Task:
        """A task that writes one run of the new rows, those that `select` gives."""

        def write(worker: Worker) -> None:
            checkpoint = self._checkpoints.get(f"rows-{task}")
            if checkpoint is None:
                path, written = self._new_rows / file, 0
                selected = select(worker)
                if selected is not None:
                    written = worker.engine.write(selected.order_by(SORTED_BY[kind]), path, group_rows=RUN_ROWS)
                    if not written:
                        path.unlink()  # a run without rows has no statistics by which to cut it
                checkpoint = self._checkpoints.put(f"rows-{task}", {"rows": written}, [path] if written else [])
            rows.update(rows=checkpoint["rows"])
            self._progress.add(1)

        return write


def _unchanged_rows_of(run: Path, last: Path | None, kind: str) -> Callable[[Worker], Any]:
    def unchanged(worker: Worker) -> Any:
        rows = worker.engine.parquet([str(run)])
        rows = with_author_ids(rows) if kind == PAPERS else rows  # all runs must have the same columns
        return unchanged_rows(rows, worker.engine.parquet([str(last)]), KEYS[kind]) if last else rows

    return unchanged


def _read_change(worker: Worker, change: Change, path: Path, options: IngestOptions) -> Mapping[str, int]:
    """Read one file of a diff into typed rows with their step; how many lines and rejects it has."""
    engine, key, kind = worker.engine, KEYS[change.shard.kind], change.shard.kind
    columns = {key: "string"} if change.deletes else citation_columns(options) if kind == CITATIONS else dict(RAW_PAPER)
    with (
        ShardText(Path(change.shard.path)) as text,
        worker.pipe.feeding(text, change.shard.bytes << 12, lambda _: None),  # gzip's ratio is below 1 << 12
    ):
        raw = engine.lines([str(worker.pipe.path)], columns)
        if change.deletes:
            rows = raw.select(**{key: raw[key].try_cast("int64")})
        elif kind == CITATIONS:
            rows = citation_rows(raw, ids=True, sentences=options.sentences)
        else:
            rows = paper_rows(raw)
        with engine.materialized(rows) as typed:
            good = (
                typed.filter(typed.outcome != BAD) if "outcome" in typed.columns else typed.filter(typed[key].notnull())
            )
            ((lines,),) = engine.rows(typed.agg(lines=typed.count()))
            written = engine.write(with_step(good, change.step), path)
    return {"lines": lines, "rejects": lines - written, "rows": written}


def _delete_leftovers(store: Path, manifest: Manifest) -> None:
    """Delete the files of an older release, and of an update to another release that was given up."""
    current = {store / part.name for table in manifest.tables.values() for part in table.files}
    work = store / UPDATE_FOLDER
    unfinished = [path.name for path in work.iterdir()] if work.is_dir() else []
    if manifest.release and file_name_of(manifest.release) in unfinished:  # that update is done
        shutil.rmtree(work)
        unfinished = []
    for table in manifest.tables:
        for path in (store / table).glob("*.parquet"):
            if path not in current and not any(path.name.startswith(f"{end}-") for end in unfinished):
                path.unlink()
    own = f"{ROWS_FOLDER}-{file_name_of(manifest.release or '')}"
    for folder in store.glob(f"{ROWS_FOLDER}*"):
        is_older = (store / own).is_dir() and folder.name != own
        if is_older and folder.name.removeprefix(f"{ROWS_FOLDER}-") not in unfinished:
            shutil.rmtree(folder)
