"""The ingest on Apache Spark: the same expressions, cut into parts and sorted by Spark itself.

Each table is a stage that is done once: whoever is killed loses the stage that was under way. The
shards and the store are folders that this machine and all workers share under one path, or URLs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..index.store_layout import ORDER, PAPERS, Manifest, Table, TablePart
from .checkpoints import only_one
from .download import release_of, release_told
from .expressions import (
    RAW_PAPER,
    citation_rows,
    citers,
    distinct_papers,
    fullest_sentences,
    kept,
    merged,
    paper_rows,
)
from .options import IngestOptions, IngestProgress, NoProgress
from .rejects import rejects_file, rejects_of
from .remote import Remote, is_url
from .remote_workspace import RemoteWorkspace
from .shards import CITATIONS, Openable, Shard, named_so, shard_files, shards_of
from .shards import PAPERS as PAPER_SHARDS
from .sorted_runs import citation_columns, citation_counts, paper_counts
from .spark import Spark
from .workspace import KEPT_ROWS, REJECTS, WORK, Totals, Workspace


def ingest_given(
    names: Sequence[str],
    store: str,
    wish: IngestOptions,
    master: str,
    settings: Mapping[str, str],
    told: IngestProgress | None = None,
) -> Manifest:
    """Find shards among paths and URLs, and make a store of them, as `ingest_on_spark` does.

    Parameters
    ----------
    names : sequence of str
        Files and folders, of this machine or by URL.
    store : str
        Likewise.
    wish : IngestOptions
        Without a release the one that is written beside the shards.
    master : str
    settings : mapping
        Spark's own.
    told : IngestProgress, optional
    """
    _here(names)  # a path that leads nowhere is told before Spark starts
    spark = Spark(master, memory=wish.memory, settings=settings)
    try:
        shards, release = given(spark, names)
        wish = replace(wish, release=wish.release or release)
        return ingest_on_spark(shards, store if is_url(store) else Path(store), wish, spark, told)
    finally:
        spark.close()


def given(spark: Spark, names: Sequence[str]) -> tuple[list[Shard], str | None]:
    """The shards among paths and URLs, and the release that is written beside them all.

    Raises
    ------
    InputError, EngineFault
    """
    here, away = _here(names), list(_away(spark, names))
    notes = [file.beside(".json") for file in away]
    releases = {release_of(here)} if here else set()
    releases |= {release_told([(note.url, note.text())]) for note in notes}
    return shards_of([*here, *away]), releases.pop() if len(releases) == 1 else None


def _here(names: Sequence[str]) -> list[Path]:
    paths = [Path(name) for name in names if not is_url(name)]
    return shard_files(paths) if paths else []


def _away(spark: Spark, names: Sequence[str]) -> Iterator[Remote]:
    for url in filter(is_url, names):
        place = Remote(spark.session, url)
        folder = place.is_folder()
        if folder is None:
            raise InputError("no such file or folder", where=url, remedy="check the URL, and who may read there")
        files = [Remote(spark.session, file) for file in sorted(place.sizes())] if folder else [place]
        found = [file for file in files if not folder or named_so(file.name)]
        if not found:
            raise InputError("no shards here", where=url, remedy="name a folder with shards of papers and citations")
        yield from found


def ingest_on_spark(
    shards: Sequence[Shard],
    store: Path | str,
    wish: IngestOptions,
    master: str | Spark,
    told: IngestProgress | None = None,
) -> Manifest:
    """Make a store as `graph.bulk.ingest.ingest` does, with Spark.

    Parameters
    ----------
    shards, wish, told
        As there; `wish.threads` is the master's matter.
    store : Path or str
        A folder, or a URL.
    master : str or Spark
        The address of a cluster, or "local[2]", or a session that is there.

    Returns
    -------
    Manifest

    Raises
    ------
    InputError, EngineFault

    Notes
    -----
    Shuffles the rows once for the merge, the citations once for each direction's sort.
    """
    if wish.updatable:
        raise InputError("Spark keeps no rows for updates", remedy="use --engine duckdb with --updatable")
    with _session(master, wish) as spark:
        if isinstance(store, Path):
            with only_one(store):
                return _made(ClusterWorkspace(store, shards, wish, "spark"), spark, told)
        return _made(RemoteWorkspace(Remote(spark.session, store), shards, wish, "spark"), spark, told)


@contextmanager
def _session(master: str | Spark, wish: IngestOptions) -> Iterator[Spark]:
    if isinstance(master, Spark):
        yield master
        return
    spark = Spark(master, memory=wish.memory)
    try:
        yield spark
    finally:
        spark.close()


def _made(site: Workspace, spark: Spark, told: IngestProgress | None) -> Manifest:
    manifest = site.finished()
    if manifest is None:
        site.begin()
        manifest = _Stages(site, spark, told or NoProgress()).manifest()
    return manifest


class ClusterWorkspace(Workspace):
    """A folder of this machine that the workers see under the same path."""

    def at(self, *names: str) -> str:
        """Where something of the store is: with a scheme, for a cluster may take plain paths for its own."""
        return _address(super().at(*names))

    def _clear(self) -> None:
        super()._clear()
        for left in self.store.glob("*/.*.crc"):  # Spark's own checksums; the manifest has better ones
            left.unlink()


def _address(path: str) -> str:
    return path if is_url(path) else f"file://{Path(path).absolute()}"


class _Stages:
    def __init__(self, site: Workspace, spark: Spark, told: IngestProgress) -> None:
        self._site, self._spark, self._told = site, spark, told

    def manifest(self) -> Manifest:
        site, wish = self._site, self._site.wish
        totals = Totals(wish, site.at(REJECTS))
        tables: dict[str, Table] = {}
        self._told.begin("stages", 6, unit="stages")
        if citations := [shard for shard in site.shards if shard.kind == CITATIONS]:
            rows = kept(self._rows(CITATIONS, citations, totals))
            tables["references"] = self._table("references", merged(rows))
            tables["citers"] = self._table("citers", citers(self._made("references")))
            if wish.sentences:
                tables["sentences"] = self._table("sentences", fullest_sentences(rows))
        if papers := [shard for shard in site.shards if shard.kind == PAPER_SHARDS]:
            rows = self._rows(PAPER_SHARDS, papers, totals)
            tables["papers"] = self._table("papers", distinct_papers(rows.filter(rows.corpusid.notnull()), PAPERS))
        return site.finish(tables, totals.counts)

    def _rows(self, kind: str, shards: Sequence[Shard], totals: Totals) -> Any:
        """The typed rows of all shards of a kind, read once, and counted."""
        folder = self._site.at(WORK, KEPT_ROWS, kind)
        mark = self._site.marks.get(f"read-{kind}")
        if mark is None:
            self._spark.write(self._parsed(kind, [_address(shard.path) for shard in shards]), folder)
            counts = self._counts(kind, self._spark.parquet([folder]))
            if counts["rejects"]:
                self._tell_rejects(shards)
            mark = self._site.marks.put(f"read-{kind}", {"counts": dict(counts)})
        totals.add(mark["counts"])
        self._told.add(1)
        return self._spark.parquet([folder])

    def _tell_rejects(self, shards: Sequence[Shard]) -> None:
        for shard in shards:
            file: Openable = Remote(self._spark.session, shard.path) if is_url(shard.path) else Path(shard.path)
            if text := rejects_of(shard, file):
                self._site.put(f"{REJECTS}/{rejects_file(shard)}", text)

    def _parsed(self, kind: str, paths: Sequence[str]) -> Any:
        wish = self._site.wish
        if kind == PAPER_SHARDS:
            return paper_rows(self._spark.lines(paths, RAW_PAPER))
        raw = self._spark.lines(paths, citation_columns(wish))
        return citation_rows(raw, ids=wish.updatable, sentences=wish.sentences)

    def _counts(self, kind: str, rows: Any) -> Mapping[str, int]:
        return citation_counts(self._spark, rows) if kind == CITATIONS else paper_counts(self._spark, rows)

    def _table(self, name: str, rows: Any) -> Table:
        """Write a table in its order; the executors hash the files that they wrote."""
        mark = self._site.marks.get(name)
        if mark is None:
            folder = self._site.at(name)
            self._spark.write(rows.order_by(*ORDER[name]), folder)
            parts = [
                TablePart(f"{name}/{file}", rows, size, sha) for file, size, sha, rows in self._spark.files(folder)
            ]
            mark = self._site.marks.put(name, {"parts": [part.row() for part in parts]})
        self._told.add(1)
        return Table.of(TablePart(**part) for part in mark["parts"])

    def _made(self, name: str) -> Any:
        return self._spark.parquet([self._site.at(name)])
