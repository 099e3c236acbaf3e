"""Shards to store: read, merge, sort, in memory that does not grow with the release.

1. *Read* each shard once. Its text goes through a named pipe into DuckDB, and its rows, sorted by the
   paper that cites, into a run (or several, as memory allows).
2. *Merge*. The runs' footers say where to cut the corpus ids so that each part fits in memory. A part
   reads its range of every run, merges the copies of each citation, and becomes a file of
   `references`; sorted by the cited paper it becomes a run once more.
3. *Turn*. Parts of these runs, cut by the cited papers, become the files of `citers`.

So every row is sorted twice in each direction, and never by anything larger than memory. Papers go
through the first two steps. Every shard and every part is a unit of `graph.bulk.checkpoints`: a run that is
killed at any moment goes on where it was.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..index.store_layout import Manifest
from .checkpoints import WorkerPool, only_one
from .download import release_of
from .engine import DuckDB
from .merge_runs import Merging
from .options import IngestOptions, IngestProgress, NoProgress
from .rejects import write_rejects
from .shards import Pipe, Shard, find_shards
from .sorted_runs import Worker, read_shard
from .workspace import REJECTS, Totals, Workspace

_OWN_SHARE = 0.75
"""The engines' part of the memory; the rest is for decompression, Python and Parquet's buffers."""
_LEAST_MEMORY = 192 << 20
"""What a worker's engine needs at least."""


def ingest(shards: Sequence[Shard], store: Path, wish: IngestOptions, told: IngestProgress | None = None) -> Manifest:
    """Make a store from shards, or go on making it.

    Parameters
    ----------
    shards : sequence of Shard
        `shards.find_shards`.
    store : Path
        A folder, which may hold an unfinished ingest of the same shards.
    wish : IngestOptions
    told : Meter, optional

    Returns
    -------
    Manifest
        Of the finished store.

    Raises
    ------
    InputError
        For a shard that is cut off or broken, too many rejects, a folder with another store or ingest.
    OutputError
        When the disk is full. What was done stays, and the next run goes on.

    Notes
    -----
    Reads every shard once and writes each citation four times, sorted, in about 10 bytes.
    """
    site = Workspace(store, shards, wish, "duckdb")
    with only_one(store):
        return site.finished() or _made(site, told or NoProgress())


def ingest_found(
    given: Sequence[Path], store: Path, wish: IngestOptions, told: IngestProgress | None = None
) -> Manifest:
    """Find shards among files and folders, and make a store of them; the release is what is written beside them."""
    shards = find_shards(given)
    release = wish.release or release_of([Path(shard.path) for shard in shards])
    return ingest(shards, store, replace(wish, release=release), told)


def _made(site: Workspace, told: IngestProgress) -> Manifest:
    site.begin()
    threads, memory = share(site.wish)
    crew = hire(site.work / "scratch", threads, memory)
    try:
        counts = _read(site, crew, told)
        merging = Merging(site.store, site.rows, site.work / "turned", site.marks, site.wish)
        tables = merging.tables(crew, memory, threads, told)
    finally:
        crew.close()
    return site.finish(tables, counts)


def share(wish: IngestOptions) -> tuple[int, int]:
    """How many workers there are, and the memory of each in bytes."""
    memory = int(wish.memory * _OWN_SHARE)
    threads = min(wish.threads, max(memory // _LEAST_MEMORY, 1))
    return threads, max(memory // threads, _LEAST_MEMORY)


def hire(scratch: Path, threads: int, memory: int) -> WorkerPool[Worker]:
    """So many workers, each with an engine and a pipe of its own."""

    def workers() -> Iterable[Worker]:
        for n in range(threads):
            own = scratch / str(n)
            own.mkdir()
            yield Worker(DuckDB(memory=memory, scratch=own), Pipe(own / "pipe"), memory)

    return WorkerPool(workers(), lambda worker: worker.engine.interrupt(), lambda worker: worker.engine.close())


def _read(site: Workspace, crew: WorkerPool[Worker], told: IngestProgress) -> Mapping[str, int]:
    """Read the shards that were not read yet; the counts of all."""
    read_before = {shard.label: site.read(shard) for shard in site.shards}
    unread = [shard for shard in site.shards if read_before[shard.label] is None]
    whole = sum(shard.bytes for shard in site.shards)
    told.begin("reading", whole, done=whole - sum(shard.bytes for shard in unread))
    totals = Totals(site.wish, site.store / REJECTS)
    for counts in filter(None, read_before.values()):
        totals.add(counts)

    def reading(shard: Shard) -> Callable[[Worker], None]:
        def read(worker: Worker) -> None:
            for left in site.rows.glob(f"{glob.escape(shard.label)}-*.parquet"):
                left.unlink()
            counts, files = read_shard(shard, worker, site.rows, site.wish, told)
            if counts.get("rejects"):
                write_rejects(site.store / REJECTS, shard)
            site.was_read(shard, counts, files)
            totals.add(counts)

        return read

    crew.each([reading(shard) for shard in sorted(unread, key=lambda one: -one.bytes)])
    return totals.counts
