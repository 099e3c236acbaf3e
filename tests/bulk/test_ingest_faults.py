"""Damaged shards, full disks, kills and other faults: an ingest says what is wrong, and the next run continues it."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.bulk import engine
from graph.bulk.checkpoints import lock_folder
from graph.bulk.engine import EngineFault
from graph.bulk.ingest import ingest
from graph.bulk.shards import find_shards
from graph.bulk.workspace import IngestOptions
from graph.errors import InputError, OutputError
from graph.index.store_layout import check_store, read_manifest
from graph.interfaces.cli.bulk import bulk_command
from graph.model.shipped_data import snapshot_path
from graph.utils import extras

from ..helpers.bulk_oracle import SAMPLES, TWO_WORKERS, assert_same_store, citation, write_shard
from ..helpers.commands import lineage_process, lineage_started


@pytest.mark.parametrize("fault", ["cut", "trailer", "middle"])
def test_a_damaged_shard_ends_the_run_and_an_intact_one_continues_it(
    fault: str, release: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.bulk.shards._BLOCK", 1 << 14)  # so that the fault shows in the middle of the reading
    given = tmp_path / "given"
    given.mkdir()
    for path in release.glob("*.gz"):
        (given / path.name).write_bytes(path.read_bytes())
    broken = given / "citations_0002.gz"
    whole = broken.read_bytes()
    half = len(whole) // 2
    middle = whole[:half] + b"\xff" * 99 + whole[half + 99 :]
    broken.write_bytes({"cut": whole[:half], "trailer": whole[:-8] + bytes(8), "middle": middle}[fault])
    with pytest.raises(InputError, match=r"citations_0002\.gz: .*download it again"):
        ingest(find_shards([given]), tmp_path / "s", IngestOptions(threads=1))
    assert not (tmp_path / "s/manifest.json").exists()
    read = {path.name for path in (tmp_path / "s/ingest/done").glob("read-*")}
    assert "read-citations-citations_0002.gz.json" not in read
    broken.write_bytes(whole)
    ingest(find_shards([given]), tmp_path / "s", IngestOptions(threads=1))
    assert_same_store(tmp_path / "s", store)


def test_a_shard_that_changed_after_it_was_read_is_refused(tmp_path: Path):
    one = write_shard(tmp_path, *[citation(n, 1) for n in range(2, 40)], name="a.gz")
    write_shard(tmp_path, b"<html>", *[citation(n, 1) for n in range(40, 60)], name="b.gz")
    with pytest.raises(InputError, match="no rows"):
        ingest(find_shards([tmp_path / "a.gz", tmp_path / "b.gz"]), tmp_path / "s", IngestOptions(threads=1))
    write_shard(tmp_path, *[citation(n, 2) for n in range(3, 40)], name=one.name)
    with pytest.raises(InputError, match=r"a\.gz: the shard was changed after"):
        ingest(find_shards([tmp_path / "a.gz", tmp_path / "b.gz"]), tmp_path / "s", IngestOptions(threads=1))


def test_a_file_that_is_no_shard_is_refused(tmp_path: Path):
    path = write_shard(tmp_path, {"sha": "5229", "corpusid": 1, "primary": True})
    with pytest.raises(InputError, match="neither papers nor citations"):
        find_shards([path])
    with pytest.raises(InputError, match="no such file"):
        find_shards([tmp_path / "nowhere"])


def test_a_store_of_other_shards_is_not_overwritten(store: Path, tmp_path: Path):
    with pytest.raises(InputError, match="the folder holds a store that was made from other shards"):
        ingest(find_shards([write_shard(tmp_path, citation(2, 1))]), store, TWO_WORKERS)


def test_a_corpus_in_the_place_of_a_store_is_left_as_it_is(tmp_path: Path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "manifest.json").write_bytes((snapshot_path() / "manifest.json").read_bytes())
    with pytest.raises(InputError, match="this is a corpus, not a store"):
        ingest(find_shards([write_shard(tmp_path, citation(2, 1))]), corpus, TWO_WORKERS)
    assert [path.name for path in corpus.iterdir()] == ["manifest.json"]


def test_a_store_of_a_newer_version_is_refused(store: Path, tmp_path: Path):
    value = json.loads((store / "manifest.json").read_text()) | {"version": 2}
    (tmp_path / "manifest.json").write_text(json.dumps(value))
    with pytest.raises(InputError, match="version 2, but this program reads versions up to 1"):
        read_manifest(tmp_path)


def test_a_changed_or_missing_part_is_reported(release: Path, tmp_path: Path):
    manifest = ingest(find_shards([release]), tmp_path / "s", TWO_WORKERS)
    path = tmp_path / "s" / manifest.tables["citers"].files[0].name
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
    with pytest.raises(InputError, match="not the bytes that were written"):
        check_store(tmp_path / "s", read_manifest(tmp_path / "s"))
    path.write_bytes(whole[:-1])
    with pytest.raises(InputError, match=r"bytes, but \d+ were written"):
        read_manifest(tmp_path / "s")
    path.unlink()
    with pytest.raises(InputError, match="the file is missing"):
        read_manifest(tmp_path / "s")


def test_a_full_disk_is_reported_and_the_next_run_continues(release: Path, store: Path, tmp_path: Path):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(OutputError, match="make room, and type the same command again"):
            ingest(find_shards([release]), tmp_path / "s", TWO_WORKERS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    ingest(find_shards([release]), tmp_path / "s", TWO_WORKERS)
    assert_same_store(tmp_path / "s", store)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "duckdb" else object())
    with pytest.raises(InputError, match=r"duckdb is not installed.*citation-lineage\[bulk\]"):
        engine.DuckDB()


def test_an_exception_of_duckdb_is_one_line():
    duck = engine.DuckDB()
    with pytest.raises(EngineFault, match=r"^DuckDB: [^\n]+$"):
        duck.run("SELECT nothing FROM nowhere")
    duck.close()


def test_an_engine_opens_no_files_but_those_of_its_folder(tmp_path: Path):
    (tmp_path / "it's").mkdir()
    (tmp_path / "it's" / "inside.txt").write_text("inside", "utf-8")
    (tmp_path / "outside.txt").write_text("outside", "utf-8")
    duck = engine.DuckDB(folder=tmp_path / "it's")
    path = engine.quoted(str(tmp_path / "it's" / "inside.txt"))
    assert duck.run(f"SELECT content FROM read_text({path})").fetchall() == [("inside",)]
    for path in (tmp_path / "outside.txt", tmp_path / "it's" / ".." / "outside.txt", "/etc/hostname"):
        with pytest.raises(EngineFault, match="Permission Error"):
            duck.run(f"SELECT content FROM read_text({engine.quoted(str(path))})")
    with pytest.raises(EngineFault, match="locked"):
        duck.run("SET enable_external_access = true")
    duck.close()


def test_a_second_run_on_the_same_folder_is_refused(release: Path, tmp_path: Path):
    with lock_folder(tmp_path / "s"), pytest.raises(InputError, match="another run is working"):
        ingest(find_shards([release]), tmp_path / "s", TWO_WORKERS)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1])
def test_an_ingest_that_was_killed_at_any_moment_is_continued(seed: int, release: Path, store: Path, tmp_path):
    chance = random.Random(seed)
    command = ["bulk", "ingest", release, "--to", tmp_path / "s"]
    for _ in range(3):
        with lineage_started(*command, "--threads", "2", stdout=subprocess.DEVNULL) as running:
            while not (tmp_path / "s/ingest").exists() and running.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.uniform(0.0, 0.9))
    done = lineage_process(*command)
    assert done.returncode == 0, done.stderr
    check_store(tmp_path / "s", read_manifest(tmp_path / "s"))
    assert_same_store(tmp_path / "s", store)
    assert not list((tmp_path / "s").rglob("*.part"))


@pytest.mark.parametrize("wrong", [["--memory", "much"], ["--memory", "0"], ["--threads", "0"]])
def test_an_invalid_option_is_refused(wrong: list[str], tmp_path: Path):
    result = CliRunner().invoke(bulk_command, ["ingest", str(SAMPLES), "--to", str(tmp_path / "s"), *wrong])
    assert result.exit_code == 2
    assert not (tmp_path / "s").exists()
