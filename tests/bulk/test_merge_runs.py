"""Runs become tables, part by part: the parts are decided once, and each is written once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.bulk import merge_runs
from graph.bulk.checkpoints import Checkpoints
from graph.bulk.merge_runs import RunMerger
from graph.bulk.progress import IngestProgress
from graph.bulk.workers import WorkerPool
from graph.bulk.workspace import IngestOptions
from graph.index.store_layout import Manifest, Table

from ..helpers import bulk_oracle
from ..helpers.bulk_oracle import table

OPTIONS = IngestOptions(threads=2, memory=1 << 30)
ROW = pa.schema(
    [("citing", pa.int64()), ("cited", pa.int64()), ("influential", pa.bool_()), ("contexts", pa.int32())]
    + [(intent, pa.bool_()) for intent in ("background", "methodology", "result")]
)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[WorkerPool]:
    (tmp_path / "scratch").mkdir()
    with WorkerPool(tmp_path, tmp_path / "scratch", OPTIONS) as workers:
        yield workers


def write_runs(folder: Path) -> dict[tuple[int, int], dict]:
    """Write three runs of citations; the citations as the oracle merges them."""
    chance = random.Random(2)
    pairs = [(chance.randrange(1, 40), chance.randrange(1, 40)) for _ in range(900)]
    rows = [
        {"citing": citing, "cited": cited, "influential": chance.random() < 0.1, "contexts": None}
        | dict.fromkeys(("background", "methodology", "result"))
        for citing, cited in pairs
        if citing != cited
    ]
    folder.mkdir()
    for number in range(3):
        run = sorted(rows[number::3], key=lambda row: row["citing"])
        path = folder / f"citations-{number}-0000.parquet"
        pq.write_table(pa.Table.from_pylist(run, ROW), path, row_group_size=16)
    lines = [
        {"citingcorpusid": row["citing"], "citedcorpusid": row["cited"], "isinfluential": row["influential"]}
        | {"contexts": None, "intents": None}
        for row in rows
    ]
    return bulk_oracle.merged(lines)[0]


def merge(store: Path, workers: WorkerPool, *, prefix: str = "") -> dict[str, Table]:
    checkpoints = Checkpoints(store / "done")
    merger = RunMerger(store, store / "runs", store / "by_cited", checkpoints, OPTIONS, prefix=prefix)
    return merger.tables(workers, IngestProgress())


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a part have about a hundred rows."""
    monkeypatch.setattr(merge_runs, "_ROW_BYTES", dict.fromkeys(("references", "citers", "papers"), 4 << 20))


def test_the_parts_of_tables_are_sorted_and_hold_every_citation_once(workers, small_parts, tmp_path: Path):
    pairs = write_runs(tmp_path / "runs")
    tables = merge(tmp_path, workers)
    assert len(tables["references"].files) > 3
    manifest = Manifest(None, tables)
    assert table(tmp_path, manifest, "references") == bulk_oracle.references(pairs)
    assert table(tmp_path, manifest, "citers") == bulk_oracle.citers(pairs)


def test_parts_that_were_written_stay_and_the_others_keep_their_ranges_with_any_memory(
    workers, small_parts, tmp_path: Path, monkeypatch
):
    pairs = write_runs(tmp_path / "runs")
    before = merge(tmp_path, workers)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/0*.parquet")}
    again = sorted((tmp_path / "done").glob("*-00001.json"))
    assert len(again) == 2
    for checkpoint in again:
        checkpoint.unlink()
    monkeypatch.setattr(merge_runs, "_ROW_BYTES", dict.fromkeys(("references", "citers", "papers"), 1))
    assert merge(tmp_path, workers) == before
    assert table(tmp_path, Manifest(None, before), "references") == bulk_oracle.references(pairs)
    written = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
    assert {path.name for path in written} == {"00001.parquet"}


def test_each_worker_gets_a_part_when_there_are_enough_rows(workers, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(merge_runs, "_MIN_ROWS_A_PART", 100)
    write_runs(tmp_path / "runs")
    assert len(merge(tmp_path, workers)["references"].files) == 2


def test_files_with_a_prefix_stand_beside_those_of_an_older_store(workers, tmp_path: Path):
    write_runs(tmp_path / "runs")
    (tmp_path / "references").mkdir()
    (tmp_path / "references/00000.parquet").write_bytes(b"of the older store")
    tables = merge(tmp_path, workers, prefix="2026-10-06-")
    assert [part.name for part in tables["references"].files] == ["references/2026-10-06-00000.parquet"]
    assert (tmp_path / "references/00000.parquet").read_bytes() == b"of the older store"


def test_runs_without_rows_make_tables_without_files(workers, tmp_path: Path):
    (tmp_path / "runs").mkdir()
    pq.ParquetWriter(tmp_path / "runs/citations-0-0000.parquet", ROW).close()
    tables = merge(tmp_path, workers)
    assert {name: made.files for name, made in tables.items()} == {"references": (), "citers": ()}
    assert list((tmp_path / "references").iterdir()) == list((tmp_path / "citers").iterdir()) == []
