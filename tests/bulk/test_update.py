"""Diffs: upsert by primary key, then delete, in order; the store is then that of the newer release."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from graph.bulk.ingest import ingest
from graph.bulk.rejects import RejectLimit
from graph.bulk.shards import find_shards
from graph.bulk.update import update
from graph.bulk.workspace import IngestOptions
from graph.errors import InputError
from graph.index.store_layout import check_store, read_manifest
from graph.interfaces.cli.bulk_ingest import update_command
from graph.interfaces.cli.fetch import FetchContext

from ..helpers import bulk_oracle
from ..helpers.bulk_oracle import table
from ..helpers.bulk_service import KEY, World, serving
from ..helpers.commands import lineage_process, lineage_started

RELEASES = ("2026-09-01", "2026-10-06", "2026-11-03")
Row = dict[str, Any]


def packed(rows: list[Row]) -> bytes:
    return gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows))


def citation(chance: random.Random, number: int) -> Row:
    spoken = chance.random() < 0.4
    return {
        "citationid": number,
        "citingcorpusid": chance.randrange(1, 60),
        "citedcorpusid": None if chance.random() < 0.2 else chance.randrange(1, 60),
        "isinfluential": chance.random() < 0.1,
        "contexts": ["one", "two"] if spoken else None,
        "intents": [["background"], None] if spoken else None,
    }


def paper(number: int, title: str) -> Row:
    return {"corpusid": number, "title": title, "url": "", "externalids": {}, "authors": [], "citationcount": 1}


class History:
    """Rows of a release, and two diffs of them with everything that a diff may hold."""

    def __init__(self) -> None:
        chance = random.Random(4)
        self.base = [citation(chance, n) for n in range(4_000_000_000, 4_000_001_500)]
        self.papers = [paper(n, f"paper {n}") for n in range(1, 60)]
        now = {row["citationid"]: row for row in self.base}
        titles = {row["corpusid"]: row for row in self.papers}
        self.steps: list[dict[str, dict[str, list[Row]]]] = []
        for hop in range(2):
            ids = sorted(now)
            changed = [citation(chance, n) for n in chance.sample(ids, 300)]
            new = [citation(chance, 5_000_000_000 + 1000 * hop + n) for n in range(200)]
            # Some are updated and deleted in one diff, some were never there.
            gone = [*chance.sample(ids, 150), *(row["citationid"] for row in new[:5]), 77]
            now |= {row["citationid"]: row for row in [*changed, *new]}
            for number in gone:
                now.pop(number, None)
            renamed = [paper(n, f"paper {n}, {hop}") for n in chance.sample(sorted(titles), 9)] + [
                paper(100 + hop, "x")
            ]
            lost = chance.sample(sorted(titles), 4)
            titles |= {row["corpusid"]: row for row in renamed}
            for number in lost:
                titles.pop(number, None)
            self.steps.append(
                {
                    "citations": {"update": changed + new, "delete": [{"citationid": n} for n in gone]},
                    "papers": {"update": renamed, "delete": [{"corpusid": n} for n in lost]},
                }
            )
        self.citations_after, self.papers_after = list(now.values()), titles

    def world(self) -> World:
        diffs: dict[str, list[Any]] = {"citations": [], "papers": []}
        for hop, step in enumerate(self.steps):
            for dataset, parts in step.items():
                half = len(parts["update"]) // 2
                ups = {"0.gz": packed(parts["update"][:half]), "1.gz": packed(parts["update"][half:])}
                diffs[dataset].append((RELEASES[hop], RELEASES[hop + 1], ups, {"0.gz": packed(parts["delete"])}))
        return World(release=RELEASES[-1], diffs=diffs)


@pytest.fixture(scope="module")
def history() -> History:
    return History()


@pytest.fixture(scope="module")
def before(history: History, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the first release that keeps its rows."""
    folder = tmp_path_factory.mktemp("history")
    (folder / "c.gz").write_bytes(packed(history.base))
    (folder / "p.gz").write_bytes(packed(history.papers))
    options = IngestOptions(release=RELEASES[0], threads=2, memory=1 << 30, updatable=True)
    ingest(find_shards([folder / "c.gz", folder / "p.gz"]), folder / "store", options)
    return folder / "store"


@pytest.fixture
def store(before: Path, tmp_path: Path) -> Path:
    shutil.copytree(before, tmp_path / "store")
    return tmp_path / "store"


def updated(store: Path, history: History) -> None:
    with serving(history.world()) as url:
        result = CliRunner().invoke(
            update_command,
            [str(store), "--base-url", url],
            obj=FetchContext(sleep=lambda _: None),
            env={"S2_API_KEY": KEY},
        )
    assert result.exit_code == 0, f"{result.output}{result.exception!r}"


def assert_is_the_newer_release(store: Path, history: History) -> None:
    manifest = read_manifest(store)
    assert manifest.release == RELEASES[-1]
    pairs, _ = bulk_oracle.merged(history.citations_after)
    assert table(store, manifest, "references") == bulk_oracle.references(pairs)
    assert table(store, manifest, "citers") == bulk_oracle.citers(pairs)
    papers = {row["corpusid"]: row["title"] for row in table(store, manifest, "papers")}
    assert papers == {number: row["title"] for number, row in history.papers_after.items()}
    check_store(store, manifest)
    current = {store / part.name for found in manifest.tables.values() for part in found.files}
    assert {path for name in manifest.tables for path in (store / name).glob("*")} == current
    assert [path.name for path in store.glob("rows*")] == [f"rows-{RELEASES[-1]}"]
    assert not (store / "update").exists()


def test_diffs_make_the_store_of_the_newer_release(store: Path, history: History):
    updated(store, history)
    assert_is_the_newer_release(store, history)
    counts = read_manifest(store).counts
    changes = [parts for step in history.steps for parts in step.values()]
    assert counts["changed_lines"] == sum(len(parts["update"]) + len(parts["delete"]) for parts in changes)
    assert counts["changed_rejects"] == 0
    assert counts["paper_rows"] == len(history.papers_after)


def test_the_manifest_names_the_shards_and_the_diffs_that_the_store_was_made_from(store: Path, history: History):
    before = read_manifest(store).made_from
    updated(store, history)
    after = read_manifest(store).made_from
    assert after[: len(before)] == before
    assert [(shard["kind"], shard["name"]) for shard in after[len(before) :]] == [
        (kind, name) for _ in history.steps for kind in ("citations", "papers") for name in ("0.gz", "1.gz", "0.gz")
    ]


def test_a_finished_update_is_not_repeated(store: Path, history: History):
    updated(store, history)
    times = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    updated(store, history)
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == times


def test_a_store_without_its_rows_says_what_it_needs(store: Path, history: History):
    shutil.rmtree(store / "rows")
    with pytest.raises(AssertionError, match=r"made without its rows.*--updatable"):
        updated(store, history)


def test_diffs_from_another_release_are_refused(store: Path, tmp_path: Path):
    (tmp_path / "diffs").mkdir()
    (tmp_path / "diffs/diffs.json").write_text(json.dumps({"start": "2020-01-01", "end": "2027-01-01"}))
    with pytest.raises(InputError, match="the diffs begin at 2020-01-01, and the store is of 2026-09-01"):
        update(store, tmp_path / "diffs", IngestOptions())


@pytest.mark.long
def test_an_update_that_was_killed_keeps_the_old_store_and_is_continued(store: Path, history: History):
    chance, old = random.Random(8), read_manifest(store)
    with serving(history.world()) as url:
        command = ["bulk", "update", store, "--base-url", url, "--threads", "2"]
        nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        for _ in range(3):
            with lineage_started(*command, **nowhere, env={"S2_API_KEY": KEY}) as running:
                while not (store / "diffs").exists() and running.poll() is None:
                    time.sleep(0.005)
                time.sleep(chance.uniform(0.1, 1.0))
            if read_manifest(store).release == RELEASES[0]:  # not yet through
                assert read_manifest(store) == old
        done = lineage_process(*command, env={"S2_API_KEY": KEY})
    assert done.returncode == 0, done.stderr
    assert_is_the_newer_release(store, history)


# Small stores and diffs, written by hand

Changes = dict[str, list[list[Row]]]
"""The files of a diff by "citations/update" and so on."""


def cites(number: int, citing: int, cited: int | None, *sentences: str) -> Row:
    contexts, intents = (list(sentences), [["result"]] * len(sentences)) if sentences else (None, None)
    row = {"citationid": number, "citingcorpusid": citing, "citedcorpusid": cited, "isinfluential": False}
    return row | {"contexts": contexts, "intents": intents}


def make_store(folder: Path, *shards: list[Row], sentences: bool = False) -> Path:
    """A store of the first release of these shards of citations, and of one paper."""
    for number, rows in enumerate(shards):
        (folder / f"c{number}.gz").write_bytes(packed(rows))
    (folder / "p.gz").write_bytes(packed([paper(1, "One")]))
    options = IngestOptions(release=RELEASES[0], memory=1 << 30, updatable=True, sentences=sentences)
    ingest(find_shards(sorted(folder.glob("*.gz"))), folder / "store", options)
    return folder / "store"


def write_diffs(folder: Path, *diffs: Changes) -> Path:
    """The diffs from the first release to the last one."""
    for step, changes in enumerate(diffs):
        for kind, files in changes.items():
            for number, rows in enumerate(files):
                path = folder / f"{step:03d}-x" / kind / f"{number}.gz"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(packed(rows))
    (folder / "diffs.json").write_text(json.dumps({"start": RELEASES[0], "end": RELEASES[-1]}))
    return folder


def pairs_of(store: Path) -> list[tuple[int, int]]:
    return [(row["citing"], row["cited"]) for row in table(store, read_manifest(store), "references")]


def test_of_a_key_the_last_change_counts(tmp_path: Path):
    store = make_store(tmp_path, [cites(n, 10 + n, 1) for n in range(8)])
    changes = (
        {
            "citations/update": [[cites(1, 11, 2), cites(2, 12, 2), cites(3, 13, 2), cites(20, 30, 1)]],
            "citations/delete": [[{"citationid": n} for n in (2, 4, 5)]],
        },
        {
            "citations/update": [[cites(1, 11, 3), cites(4, 14, 3), cites(21, 31, None)]],
            "citations/delete": [[{"citationid": 20}]],
        },
    )
    update(store, write_diffs(tmp_path / "diffs", *changes), IngestOptions(memory=1 << 30))
    # 1 changed twice, 2 changed and deleted, 3 changed, 4 deleted and new again, 5 deleted, 20 new and deleted.
    assert pairs_of(store) == [(10, 1), (11, 3), (13, 2), (14, 3), (16, 1), (17, 1)]


def test_a_key_that_two_files_of_a_diff_update_becomes_one_row(tmp_path: Path):
    store = make_store(tmp_path, [cites(1, 11, 1)])
    files = [[cites(1, 11, 2)], [cites(1, 11, 2), cites(5, 15, 1)]]
    update(store, write_diffs(tmp_path / "diffs", {"citations/update": files}), IngestOptions(memory=1 << 30))
    rows = table(store, read_manifest(store), "references")
    assert [(row["citing"], row["cited"], row["copies"]) for row in rows] == [(11, 2, 1), (15, 1, 1)]


def test_a_run_whose_rows_are_all_deleted_leaves_no_file(tmp_path: Path):
    store = make_store(tmp_path, [cites(1, 11, 1), cites(2, 12, 1)], [cites(3, 13, 1)])
    gone = [[{"citationid": 1}, {"citationid": 2}]]
    update(store, write_diffs(tmp_path / "diffs", {"citations/delete": gone}), IngestOptions(memory=1 << 30))
    assert pairs_of(store) == [(13, 1)]
    rows = sorted(path.name for path in (store / f"rows-{RELEASES[-1]}").iterdir())
    assert rows == ["citations-c1.gz-0000.parquet", "papers-p.gz-0000.parquet"]


def test_the_sentences_of_a_store_are_updated_with_it(tmp_path: Path):
    store = make_store(tmp_path, [cites(1, 11, 1, "old"), cites(2, 12, 1, "kept")], sentences=True)
    new = [[cites(1, 11, 1, "new [1].", "newer [1].")]]
    update(store, write_diffs(tmp_path / "diffs", {"citations/update": new}), IngestOptions(memory=1 << 30))
    sentences = table(store, read_manifest(store), "sentences")
    assert [row["contexts"] for row in sentences] == [["new [1].", "newer [1]."], ["kept"]]


def test_an_update_that_failed_at_its_end_is_finished_without_repeating_its_parts(tmp_path: Path, monkeypatch):
    store = make_store(tmp_path, [cites(n, 10 + n, 1) for n in range(8)])
    diffs = write_diffs(tmp_path / "diffs", {"citations/update": [[cites(1, 11, 2)]]})

    def fail(*_: object) -> None:
        raise InputError("no manifest today")

    with monkeypatch.context() as patched:
        patched.setattr("graph.bulk.update.write_manifest", fail)
        with pytest.raises(InputError, match="no manifest today"):
            update(store, diffs, IngestOptions(memory=1 << 30))
    assert read_manifest(store).release == RELEASES[0]
    check_store(store, read_manifest(store))
    parts = {path: path.stat().st_mtime_ns for path in store.glob(f"*/{RELEASES[-1]}-*.parquet")}
    assert len(parts) == 3
    update(store, diffs, IngestOptions(memory=1 << 30))
    manifest = read_manifest(store)
    assert manifest.release == RELEASES[-1]
    check_store(store, manifest)
    assert {path: path.stat().st_mtime_ns for path in parts} == parts
    assert {path.name for path in (store / "references").iterdir()} == {f"{RELEASES[-1]}-00000.parquet"}


def test_an_update_to_another_release_that_was_given_up_is_deleted_by_the_next_one(tmp_path: Path, monkeypatch):
    store = make_store(tmp_path, [cites(1, 11, 1)])
    diffs = write_diffs(tmp_path / "diffs", {"citations/update": [[cites(1, 11, 2)]]})
    (store / "update/2026-10-06").mkdir(parents=True)
    (store / "rows-2026-10-06").mkdir()
    (store / "references/2026-10-06-00000.parquet").write_bytes(b"unfinished")
    (store / "references/nobody.parquet").write_bytes(b"a leftover")
    with monkeypatch.context() as patched:
        patched.setattr("graph.bulk.update.find_changes", lambda _: pytest.fail("it began"))
        with pytest.raises(BaseException, match="it began"):
            update(store, diffs, IngestOptions(memory=1 << 30))
    assert (store / "references/2026-10-06-00000.parquet").exists()  # its update could still be continued
    assert not (store / "references/nobody.parquet").exists()
    update(store, diffs, IngestOptions(memory=1 << 30))
    assert {path.name for path in (store / "references").iterdir()} == {f"{RELEASES[-1]}-00000.parquet"}
    assert [path.name for path in store.glob("rows*")] == [f"rows-{RELEASES[-1]}"]
    assert not (store / "update").exists()


@pytest.mark.parametrize("about", ["{}", '{"start": "2026-09-01"}', '{"start": 1, "end": "2026-10-06"}'])
def test_a_folder_that_holds_no_diffs_is_refused(about: str, store: Path, tmp_path: Path):
    (tmp_path / "diffs").mkdir()
    (tmp_path / "diffs/diffs.json").write_text(about)
    with pytest.raises(InputError, match="not the diffs of a dataset"):
        update(store, tmp_path / "diffs", IngestOptions())


def test_rejects_of_diffs_are_limited(tmp_path: Path):
    store = make_store(tmp_path, [cites(1, 11, 1)])
    bad: list[list[Row]] = [[{"citationid": "x", "citingcorpusid": 3}]]
    diffs = write_diffs(tmp_path / "diffs", {"citations/update": bad})
    with pytest.raises(InputError, match="1 of 1 lines are no rows"):
        update(store, diffs, IngestOptions(memory=1 << 30))
    options = IngestOptions(memory=1 << 30, reject_limit=RejectLimit(count=1))
    assert update(store, diffs, options).counts["changed_rejects"] == 1
    assert pairs_of(store) == [(11, 1)]


def test_a_store_that_was_made_before_ids_of_authors_were_kept_is_updated_and_gets_those_of_what_changed(
    tmp_path: Path,
):
    store = make_store(tmp_path, [cites(1, 2, 1)])
    (run,) = store.glob("rows*/papers-*.parquet")
    pq.write_table(pq.read_table(run).drop_columns(["authorids"]), run)
    new = paper(2, "Two") | {"authors": [{"authorId": "7", "name": "Ann"}, {"authorId": None, "name": "Bo"}]}
    update(store, write_diffs(tmp_path / "diffs", {"papers/update": [[new]]}), IngestOptions(memory=1 << 30))
    rows = table(store, read_manifest(store), "papers")
    assert [(row["title"], row["authorids"]) for row in rows] == [("One", None), ("Two", [7, None])]
