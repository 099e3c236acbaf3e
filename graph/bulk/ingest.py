"""Shards to store: read, merge, sort, in memory that does not grow with the release.

1. *Read* each shard once. Its text goes through a named pipe into DuckDB. Its rows, sorted by the citing
   paper, become a run, or several runs where memory is small.
2. *Merge*. The runs' footers say where to cut the corpus ids so that each part fits in memory. A part
   reads its range of every run, merges the rows of each citation, and becomes a file of `references`;
   sorted by the cited paper it becomes a run once more.
3. *Sort by cited paper*. Parts of these runs, cut by the cited papers, become the files of `citers`.

So every row is sorted twice in each direction, and never together with more rows than memory holds. Papers
go through the first two steps. Every shard and every part is a task with a checkpoint (`graph.bulk.checkpoints`):
a run that was killed at any moment is continued by the next one.
"""

from __future__ import annotations

import glob
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..index.store_layout import Manifest
from ..utils.timing import log_phase
from .checkpoints import lock_folder
from .download import release_of
from .merge_runs import RunMerger
from .progress import IngestProgress
from .rejects import write_rejects
from .shards import Shard, find_shards
from .sorted_runs import read_shard
from .workers import Task, Worker, WorkerPool
from .workspace import REJECTS_FOLDER, IngestOptions, Totals, Workspace

log = logging.getLogger(__name__)


def ingest(
    shards: Sequence[Shard], store: Path, options: IngestOptions, progress: IngestProgress | None = None
) -> Manifest:
    """Make a store from shards, or continue an unfinished ingest of the same shards in its folder.

    Raises `InputError` for a shard that is cut off or damaged, too many rejects, and a folder with another store or
    ingest. `OutputError` when the disk is full: what is done stays, and the next run goes on.

    Reads every shard once and writes each citation four times, sorted, in about 10 bytes.
    """
    workspace = Workspace(store, shards, options, "duckdb")
    workspace.finished_manifest()  # in what is no store, or another one, not even a lock is left
    with lock_folder(store):
        return workspace.finished_manifest() or _make_store(workspace, progress or IngestProgress())


def ingest_paths(
    paths: Sequence[Path], store: Path, options: IngestOptions, progress: IngestProgress | None = None
) -> Manifest:
    """Find the shards among files and folders, and `ingest` them.

    Without a release in the options, it is the one that was written down when the shards were downloaded.
    """
    shards = find_shards(paths)
    release = options.release or release_of([Path(shard.path) for shard in shards])
    return ingest(shards, store, replace(options, release=release), progress)


def _make_store(workspace: Workspace, progress: IngestProgress) -> Manifest:
    workspace.start_or_resume()
    with WorkerPool(workspace.store, workspace.work / "scratch", workspace.options) as workers:
        log.info("ingesting with %d workers, %d MiB each", len(workers), workers.memory_each >> 20)
        counts = _read_shards(workspace, workers, progress)
        merger = RunMerger(
            workspace.store,
            workspace.rows,
            workspace.runs_by_cited,
            workspace.checkpoints,
            workspace.options,
        )
        tables = merger.tables(workers, progress)
    return workspace.finish(tables, counts)


def _read_shards(workspace: Workspace, workers: WorkerPool, progress: IngestProgress) -> Mapping[str, int]:
    """Read the shards that were not read before; the counts of all."""
    counts_before = {shard.label: workspace.counts_of(shard) for shard in workspace.shards}
    unread = [shard for shard in workspace.shards if counts_before[shard.label] is None]
    total_bytes, unread_bytes = (sum(shard.bytes for shard in shards) for shards in (workspace.shards, unread))
    progress.begin("reading", total_bytes, done=total_bytes - unread_bytes)
    totals = Totals(workspace.options, workspace.store / REJECTS_FOLDER)
    for counts in filter(None, counts_before.values()):
        totals.add(counts)

    def task_of(shard: Shard) -> Task:
        def read(worker: Worker) -> None:
            for leftover in workspace.rows.glob(f"{glob.escape(shard.label)}-*.parquet"):
                leftover.unlink()
            counts, runs = read_shard(shard, worker, workspace.rows, workspace.options, progress)
            log.debug("%s: %d lines in %d runs", shard.label, counts.get("lines", 0), len(runs))
            if counts.get("rejects"):
                write_rejects(workspace.store / REJECTS_FOLDER, shard)
            workspace.mark_as_read(shard, counts, runs)
            totals.add(counts)

        return read

    with log_phase(log, "reading", f"{len(unread)} shards, {unread_bytes:,} bytes"):
        workers.run([task_of(shard) for shard in sorted(unread, key=lambda shard: -shard.bytes)])
    return totals.counts
