"""The ingest on Apache Spark: the same expressions, cut into parts and sorted by Spark itself.

Each table is a stage that is done once: whoever is killed loses the stage that was under way. The
store must be a folder that every executor sees under the same path.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import InputError
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
from .layout import ORDER, PAPERS, Manifest, Part, Table, part_of
from .reading import citation_columns, citation_counts, paper_counts
from .rejects import write_rejects
from .shards import CITATIONS, Shard
from .shards import PAPERS as PAPER_SHARDS
from .site import REJECTS, Site, Totals
from .spark import Spark
from .wish import Silent, Telling, Wish
from .work import only_one


def ingest_on_spark(
    shards: Sequence[Shard], store: Path, wish: Wish, master: str | Spark, told: Telling | None = None
) -> Manifest:
    """Make a store as `graph.bulk.ingest.ingest` does, with Spark.

    Parameters
    ----------
    shards, store, wish, told
        As there; `wish.threads` is the master's matter.
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
    site = Site(store, shards, wish, "spark")
    with only_one(store):
        manifest = site.finished()
        if manifest is not None:
            return manifest
        site.begin()
        spark = master if isinstance(master, Spark) else Spark(master, memory=wish.memory)
        try:
            return _Stages(site, spark, told or Silent()).manifest()
        finally:
            if spark is not master:
                spark.close()


class _Stages:
    def __init__(self, site: Site, spark: Spark, told: Telling) -> None:
        self._site, self._spark, self._told = site, spark, told

    def manifest(self) -> Manifest:
        site, wish = self._site, self._site.wish
        totals = Totals(wish, site.store / REJECTS)
        tables: dict[str, Table] = {}
        self._told.begin("stages", 6, unit="stages")
        if citations := [shard for shard in site.shards if shard.kind == CITATIONS]:
            rows = kept(self._rows(CITATIONS, citations, totals))
            tables["references"] = self._table("references", merged(rows))
            tables["citers"] = self._table("citers", citers(self._made("references", tables)))
            if wish.sentences:
                tables["sentences"] = self._table("sentences", fullest_sentences(rows))
        if papers := [shard for shard in site.shards if shard.kind == PAPER_SHARDS]:
            rows = self._rows(PAPER_SHARDS, papers, totals)
            tables["papers"] = self._table("papers", distinct_papers(rows.filter(rows.corpusid.notnull()), PAPERS))
        return site.finish(tables, totals.counts)

    def _rows(self, kind: str, shards: Sequence[Shard], totals: Totals) -> Any:
        """The typed rows of all shards of a kind, read once, and counted."""
        folder = self._site.rows / kind
        mark = self._site.marks.get(f"read-{kind}")
        if mark is None:
            self._spark.write(self._parsed(kind, [shard.path for shard in shards]), folder)
            counts = self._counts(kind, self._spark.parquet([str(folder)]))
            if counts["rejects"]:
                for shard in shards:
                    write_rejects(self._site.store / REJECTS, shard)
            mark = self._site.marks.put(f"read-{kind}", {"counts": dict(counts)})
        totals.add(mark["counts"])
        self._told.add(1)
        return self._spark.parquet([str(folder)])

    def _parsed(self, kind: str, paths: Sequence[str]) -> Any:
        wish = self._site.wish
        if kind == PAPER_SHARDS:
            return paper_rows(self._spark.lines(paths, RAW_PAPER))
        raw = self._spark.lines(paths, citation_columns(wish))
        return citation_rows(raw, ids=wish.updatable, sentences=wish.sentences)

    def _counts(self, kind: str, rows: Any) -> Mapping[str, int]:
        return citation_counts(self._spark, rows) if kind == CITATIONS else paper_counts(self._spark, rows)

    def _table(self, name: str, rows: Any) -> Table:
        """Write a table in its order; Spark's parts become the files of the store."""
        mark = self._site.marks.get(name)
        if mark is None:
            files = self._spark.write(rows.order_by(*ORDER[name]), self._site.work / name)
            mark = self._site.marks.put(name, {"parts": [part.row() for part in self._moved(name, files)]})
        self._told.add(1)
        return Table.of(Part(**part) for part in mark["parts"])

    def _moved(self, name: str, files: Sequence[Path]) -> list[Part]:
        import pyarrow.parquet as pq

        folder = self._site.store / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        parts: list[Part] = []
        for path in files:
            rows = pq.ParquetFile(path).metadata.num_rows
            if rows:
                target = path.replace(folder / f"{len(parts):05d}.parquet")
                parts.append(part_of(self._site.store, target, rows))
        return parts

    def _made(self, name: str, tables: Mapping[str, Table]) -> Any:
        return self._spark.parquet([str(self._site.store / part.name) for part in tables[name].files])
