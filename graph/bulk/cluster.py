"""The ingest on Apache Spark: the same expressions, divided and sorted by Spark itself.

Each table is a stage with a checkpoint: a run that is killed loses the stage that it was working on. The
shards and the store are folders that this machine and all workers share under one path, or URLs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..index.store_layout import ORDER, PAPERS, Manifest, Table, TablePart
from ..utils.timing import log_phase
from .checkpoints import lock_folder
from .download import release_in, release_of
from .expressions import (
    RAW_PAPER,
    citation_rows,
    citers,
    distinct_papers,
    fullest_sentences,
    kept_rows,
    merged_citations,
    paper_rows,
)
from .progress import IngestProgress
from .rejects import rejects_file, rejects_of
from .remote import Remote, RemoteWorkspace, is_url
from .shards import CITATIONS, Openable, Shard, is_shard_name, shard_files, shards_of
from .shards import PAPERS as PAPER_SHARDS
from .sorted_runs import citation_columns, count_citations, count_papers
from .spark import Spark
from .workspace import REJECTS_FOLDER, ROWS_FOLDER, WORK_FOLDER, IngestOptions, Totals, Workspace

log = logging.getLogger(__name__)


def ingest_paths_on_spark(
    names: Sequence[str],
    store: str,
    options: IngestOptions,
    master: str,
    settings: Mapping[str, str],
    progress: IngestProgress | None = None,
) -> Manifest:
    """Find the shards among files and folders, by path or URL, and `ingest_on_spark` them with these settings of Spark.

    Without a release in the options, it is the one that was written down when the shards were downloaded.
    """
    _local_files(names)  # reports a path that does not exist before Spark starts
    with closing(Spark(master, memory=options.memory, settings=settings)) as spark:
        shards, release = find_shards_and_release(spark, names)
        options = replace(options, release=options.release or release)
        return ingest_on_spark(shards, store if is_url(store) else Path(store), options, spark, progress)


def find_shards_and_release(spark: Spark, names: Sequence[str]) -> tuple[list[Shard], str | None]:
    """The shards among paths and URLs, and their release, if all have the same one written down."""
    local, remote = _local_files(names), list(_remote_files(spark, names))
    releases = {release_of(local)} if local else set()
    if remote:
        sidecars = [Remote(spark.session, f"{file.url}.json") for file in remote]
        releases.add(release_in((sidecar.url, sidecar.text()) for sidecar in sidecars))
    return shards_of([*local, *remote]), releases.pop() if len(releases) == 1 else None


def _local_files(names: Sequence[str]) -> list[Path]:
    paths = [Path(name) for name in names if not is_url(name)]
    return shard_files(paths) if paths else []


def _remote_files(spark: Spark, names: Sequence[str]) -> Iterator[Remote]:
    for url in filter(is_url, names):
        remote = Remote(spark.session, url)
        is_folder = remote.is_folder()
        if is_folder is None:
            raise InputError("no such file or folder", where=url, remedy="check the URL, and who may read there")
        files = [Remote(spark.session, file) for file in sorted(remote.sizes())] if is_folder else [remote]
        shards = [file for file in files if not is_folder or is_shard_name(file.name)]
        if not shards:
            raise InputError("no shards here", where=url, remedy="name a folder with shards of papers and citations")
        yield from shards


def ingest_on_spark(
    shards: Sequence[Shard],
    store: Path | str,
    options: IngestOptions,
    spark: Spark,
    progress: IngestProgress | None = None,
) -> Manifest:
    """Make a store as `graph.bulk.ingest.ingest` does, with Spark, in a folder or at a URL.

    Spark's master decides how many tasks run at a time, and not `options.threads`. Shuffles the rows once for the
    merge, and the citations once for the order of each direction.
    """
    if options.updatable:
        raise InputError("Spark keeps no rows for updates", remedy="use --engine duckdb with --updatable")
    if isinstance(store, Path):
        workspace = SharedWorkspace(store, shards, options, "spark")
        workspace.finished_manifest()  # in what is no store, or another one, not even a lock is left
        with lock_folder(store):
            return _make_store(workspace, spark, progress)
    remote = Remote(spark.session, store)
    return _make_store(RemoteWorkspace(remote, shards, options, "spark"), spark, progress)


def _make_store(workspace: Workspace, spark: Spark, progress: IngestProgress | None) -> Manifest:
    manifest = workspace.finished_manifest()
    if manifest is None:
        workspace.start_or_resume()
        manifest = _SparkIngest(workspace, spark, progress or IngestProgress()).manifest()
    return manifest


class SharedWorkspace(Workspace):
    """A folder of this machine that the workers see under the same path."""

    def location(self, *names: str) -> str:
        """The file: URL of a file or folder; a cluster may take a path without a scheme for one of its own."""
        return _with_scheme(super().location(*names))

    def _delete_work(self) -> None:
        super()._delete_work()
        for checksum in self.store.glob("*/.*.crc"):  # Spark's own; the manifest has SHA-256
            checksum.unlink()


def _with_scheme(path: str) -> str:
    return path if is_url(path) else f"file://{Path(path).absolute()}"


class _SparkIngest:
    """The stages of one ingest."""

    def __init__(self, workspace: Workspace, spark: Spark, progress: IngestProgress) -> None:
        self._workspace, self._spark, self._progress = workspace, spark, progress
        self._options = workspace.options

    def manifest(self) -> Manifest:
        """Do the stages that are not done, and finish the store."""
        workspace = self._workspace
        totals = Totals(self._options, workspace.location(REJECTS_FOLDER))
        tables: dict[str, Table] = {}
        self._progress.begin("stages", 6, unit="stages")
        if citations := [shard for shard in workspace.shards if shard.kind == CITATIONS]:
            rows = kept_rows(self._rows(CITATIONS, citations, totals))
            tables["references"] = self._table("references", merged_citations(rows))
            references = self._spark.parquet([workspace.location("references")])
            tables["citers"] = self._table("citers", citers(references))
            if self._options.sentences:
                tables["sentences"] = self._table("sentences", fullest_sentences(rows))
        if papers := [shard for shard in workspace.shards if shard.kind == PAPER_SHARDS]:
            rows = self._rows(PAPER_SHARDS, papers, totals)
            tables["papers"] = self._table("papers", distinct_papers(rows.filter(rows.corpusid.notnull()), PAPERS))
        return workspace.finish(tables, totals.counts)

    def _rows(self, kind: str, shards: Sequence[Shard], totals: Totals) -> Any:
        """The typed rows of all shards of a kind, read once and counted."""
        folder = self._workspace.location(WORK_FOLDER, ROWS_FOLDER, kind)
        checkpoint = self._workspace.checkpoints.get(f"typed-{kind}")
        if checkpoint is None:
            with log_phase(log, f"reading {kind}", f"{len(shards)} shards, {sum(s.bytes for s in shards):,} bytes"):
                self._spark.write(self._parsed(kind, [_with_scheme(shard.path) for shard in shards]), folder)
                counts = self._counts(kind, self._spark.parquet([folder]))
            if counts["rejects"]:
                self._write_rejects(shards)
            checkpoint = self._workspace.checkpoints.put(f"typed-{kind}", {"counts": dict(counts)})
        totals.add(checkpoint["counts"])
        self._progress.add(1)
        return self._spark.parquet([folder])

    def _write_rejects(self, shards: Sequence[Shard]) -> None:
        for shard in shards:
            file: Openable = Remote(self._spark.session, shard.path) if is_url(shard.path) else Path(shard.path)
            if text := rejects_of(shard, file):
                self._workspace.write(f"{REJECTS_FOLDER}/{rejects_file(shard)}", text)

    def _parsed(self, kind: str, paths: Sequence[str]) -> Any:
        if kind == PAPER_SHARDS:
            return paper_rows(self._spark.lines(paths, RAW_PAPER))
        raw = self._spark.lines(paths, citation_columns(self._options))
        return citation_rows(raw, ids=self._options.updatable, sentences=self._options.sentences)

    def _counts(self, kind: str, rows: Any) -> Mapping[str, int]:
        return count_citations(self._spark, rows) if kind == CITATIONS else count_papers(self._spark, rows)

    def _table(self, name: str, rows: Any) -> Table:
        """Write a table in its order; the executors hash the files that they wrote."""
        checkpoint = self._workspace.checkpoints.get(name)
        if checkpoint is None:
            folder = self._workspace.location(name)
            with log_phase(log, f"writing {name}", f"sorted by {', '.join(ORDER[name])}"):
                self._spark.write(rows.order_by(*ORDER[name]), folder)
                parts = [
                    TablePart(f"{name}/{file}", count, size, sha)
                    for file, size, sha, count in self._spark.files(folder)
                ]
            checkpoint = self._workspace.checkpoints.put(name, {"parts": [part.row() for part in parts]})
        self._progress.add(1)
        return Table.of(TablePart(**part) for part in checkpoint["parts"])
