"""Shards to store: right to the row, in bounded memory, whatever is wrong with the shards."""

from __future__ import annotations

import gzip
import io
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from benchmarks.release import Release, write_citations, write_papers
from graph.bulk import engine
from graph.bulk.engine import EngineFault
from graph.bulk.ingest import ingest
from graph.bulk.options import IngestOptions
from graph.bulk.progress import ByteMeter
from graph.bulk.rejects import RejectLimit
from graph.bulk.shards import find_shards
from graph.errors import InputError, OutputError
from graph.index.store_layout import PAPERS, REFERENCES, Manifest, check_store, read_manifest
from graph.interfaces.cli.bulk import bulk_command

from ..helpers import bulk_oracle
from ..helpers.bulk_oracle import SAMPLES, lines_of, table

TWO = IngestOptions(threads=2, memory=1 << 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made release of both dialects."""
    folder = tmp_path_factory.mktemp("made")
    release = Release(24_000, seed=3, dialect="both")
    write_citations(release, folder, 5)
    write_papers(release, folder, 2)
    return folder


@pytest.fixture(scope="module")
def store(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its store."""
    store = tmp_path_factory.mktemp("stores") / "store"
    ingest(find_shards([made]), store, TWO)
    return store


def shard(folder: Path, *rows: object, name: str = "c.gz") -> Path:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path = folder / name
    path.write_bytes(gzip.compress(b"".join(line + b"\n" for line in lines)))
    return path


def cites(citing: object, cited: object, **more: object) -> dict[str, object]:
    row = {"citingcorpusid": citing, "citedcorpusid": cited, "isinfluential": False, "contexts": None, "intents": None}
    return row | more


def test_a_made_release_becomes_the_rows_that_plain_python_makes_of_it(made: Path, store: Path):
    pairs, counts = bulk_oracle.merged(lines_of(sorted(made.glob("citations*"))))
    manifest = read_manifest(store)
    assert table(store, manifest, "references") == bulk_oracle.references(pairs)
    assert table(store, manifest, "citers") == bulk_oracle.citers(pairs)
    papers = len(lines_of(sorted(made.glob("papers*"))))
    assert manifest.counts["lines"] == counts.pop("lines") + papers
    assert {name: manifest.counts[name] for name in counts} == counts
    assert manifest.counts["duplicate_citation"] == counts["citation_rows"] - len(pairs)
    assert counts["null_targets"] > 4000
    assert max(value["copies"] for value in pairs.values()) > 1
    check_store(store, manifest)


def test_the_tables_have_the_columns_and_types_of_the_layout(store: Path):
    manifest = read_manifest(store)
    for name, columns in (("references", REFERENCES), ("papers", PAPERS)):
        schema = pq.ParquetFile(store / manifest.tables[name].files[0].name).schema_arrow
        assert schema.names == list(columns)
    schema = pq.ParquetFile(store / manifest.tables["references"].files[0].name).schema_arrow
    kinds = [str(schema.field(name).type) for name in REFERENCES]
    assert kinds[:4] == ["int64", "int64", "bool", "int16"]
    assert kinds[4].startswith("list<")
    assert kinds[5] == "int32"


def test_papers_are_sorted_and_unknown_stays_unknown(made: Path, store: Path):
    rows = table(store, read_manifest(store), "papers")
    given = {row["corpusid"]: row for row in lines_of(sorted(made.glob("papers*")))}
    assert [row["corpusid"] for row in rows] == sorted(given)
    for row in rows:
        theirs = given[row["corpusid"]]
        assert row["title"] == theirs["title"]
        assert row["year"] == theirs["year"]
        assert (row["date"] and row["date"].isoformat()) == theirs["publicationdate"]
        assert row["sha"] == theirs["url"][-40:]
        assert row["doi"] == theirs["externalids"]["DOI"]
        assert row["authors"] == [author["name"] for author in theirs["authors"]]
        assert row["venue"] is None  # "" in the release
        assert row["acl"] is None


def test_the_recorded_samples_are_counted_right(tmp_path: Path):
    manifest = ingest(find_shards([SAMPLES]), tmp_path, TWO)
    rows = lines_of([SAMPLES / "citations-sample-2023.jsonl.gz", SAMPLES / "citations-diff-2024.jsonl.gz"])
    pairs, _ = bulk_oracle.merged(rows)
    # 23 of 100 and 5 of 20 have no target.
    assert manifest.counts["null_targets"] == 28
    assert manifest.counts["citation_rows"] == 92
    assert manifest.counts["rejects"] == 0
    assert manifest.counts["unknown_intents"] == 0
    assert table(tmp_path, manifest, "references") == bulk_oracle.references(pairs)
    papers = {row["corpusid"]: row for row in table(tmp_path, manifest, "papers")}
    assert len(papers) == 100
    assert papers[212166925]["title"] == "马克思主义再生产理论的数学分析(二)——论生产高速上涨的条件"
    assert papers[212166925]["sha"] == "1e69f152699d2ca34b016520c41a172778252342"
    assert papers[212166925]["doi"] == "10.6052/0459-1879-1957-2-1957-004"
    assert papers[212166925]["date"].isoformat() == "1957-04-18"
    assert papers[108228682]["mag"] == "2921691074"
    assert papers[108228682]["date"] is None


def test_little_memory_makes_more_parts_and_the_same_rows(made: Path, store: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("graph.bulk.sorted_runs._MIN_PIECE_BYTES", 1 << 18)
    monkeypatch.setattr("graph.bulk.sorted_runs._PIECE_FRACTION", 0.0)
    monkeypatch.setattr(
        "graph.bulk.merge_runs._ROW_BYTES", {"references": 70_000, "citers": 120_000, "papers": 1 << 21}
    )
    monkeypatch.setattr("graph.bulk.sorted_runs.RUN_ROWS", 512)
    monkeypatch.setattr("graph.bulk.merge_runs.RUN_ROWS", 512)
    manifest = ingest(find_shards([made]), tmp_path / "s", TWO)
    assert all(len(manifest.tables[name].files) > 2 for name in ("references", "citers"))
    for name in ("references", "citers", "papers"):
        assert table(tmp_path / "s", manifest, name) == table(store, read_manifest(store), name)


def test_copies_that_disagree_are_merged_to_the_fullest(tmp_path: Path):
    given = shard(
        tmp_path,
        cites(7, 5, isinfluential=True),
        cites("7", "5", contexts=["a", "b"], intents=["result", "background"]),
        cites(7, 5, contexts=["a"], intents=[["methodology"], None]),
        cites(7, 4, contexts=[], intents=[]),
        cites(3, 3),
    )
    manifest = ingest(find_shards([given]), tmp_path / "s", TWO)
    assert table(tmp_path / "s", manifest, "references") == [
        {"citing": 7, "cited": 4, "influential": False, "copies": 1, "intents": None, "contexts": 0},
        {
            "citing": 7,
            "cited": 5,
            "influential": True,
            "copies": 3,
            "intents": ["background", "methodology", "result"],
            "contexts": 2,
        },
    ]
    assert manifest.counts["self_citations"] == 1


def test_sentences_are_kept_where_they_are_asked_for(tmp_path: Path):
    given = shard(
        tmp_path,
        cites(7, 5, contexts=["short [1]."], intents=[None]),
        cites(7, 5, contexts=['one "quoted" [1].', "zwei: ü"], intents=[["background", "result"], None]),
        cites(6, 5, contexts=["flat"], intents=["result"]),
        cites(5, 4),
    )
    manifest = ingest(find_shards([given]), tmp_path / "s", IngestOptions(sentences=True))
    assert table(tmp_path / "s", manifest, "sentences") == [
        {"citing": 6, "cited": 5, "contexts": ["flat"], "intents": None},
        {
            "citing": 7,
            "cited": 5,
            "contexts": ['one "quoted" [1].', "zwei: ü"],
            "intents": [["background", "result"], None],
        },
    ]
    assert [row["intents"] for row in table(tmp_path / "s", manifest, "references")] == [
        None,
        ["result"],
        ["background", "result"],
    ]


WRONG = (
    cites(None, 7),
    cites("x7", 7),
    cites(8, "x7"),
    cites(8, 9, isinfluential="maybe"),
    {"corpusid": 5},
)
BAD = [b'{"citingcorpusid":1,"cited', b"<html>", b"[1]", *(json.dumps(row).encode() for row in WRONG)]


def test_bad_lines_go_to_a_file_with_their_place_and_the_rest_is_kept(tmp_path: Path):
    good = [cites(n, 1) for n in range(2, 40)]
    given = shard(tmp_path, *good[:20], *BAD, *good[20:])
    manifest = ingest(find_shards([given]), tmp_path / "s", IngestOptions(reject_limit=RejectLimit(count=len(BAD))))
    assert manifest.counts["rejects"] == len(BAD)
    assert manifest.tables["references"].rows == len(good)
    rows = [json.loads(line) for line in (tmp_path / "s/rejects/citations-c.gz.rejects.jsonl").read_text().splitlines()]
    assert [row["line"] for row in rows] == list(range(21, 21 + len(BAD)))
    assert rows[1]["text"] == "<html>"
    assert all(row["why"] for row in rows)


def test_too_many_bad_lines_end_the_run_and_more_patience_goes_on(tmp_path: Path):
    given = shard(tmp_path, *[cites(n, 1) for n in range(2, 100)], b"<html>")
    with pytest.raises(InputError, match=r"1 of 99 lines are no rows.*--max-rejects"):
        ingest(find_shards([given]), tmp_path / "s", TWO)
    assert (tmp_path / "s/rejects/citations-c.gz.rejects.jsonl").exists()
    manifest = ingest(find_shards([given]), tmp_path / "s", IngestOptions(reject_limit=RejectLimit.parse("2%")))
    assert manifest.tables["references"].rows == 98


def test_an_intent_that_nobody_knows_is_counted(tmp_path: Path):
    given = shard(tmp_path, cites(7, 5, contexts=["a"], intents=[["result", "motivation"]]))
    manifest = ingest(find_shards([given]), tmp_path / "s", TWO)
    assert manifest.counts["unknown_intents"] == 1
    assert table(tmp_path / "s", manifest, "references")[0]["intents"] == ["result"]


@pytest.mark.parametrize("fault", ["cut", "trailer", "middle"])
def test_a_shard_that_is_not_whole_ends_the_run_and_a_whole_one_goes_on(
    fault: str, made: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.bulk.shards._BLOCK", 1 << 14)  # so that the fault shows in the middle of the reading
    given = tmp_path / "given"
    given.mkdir()
    for path in made.glob("*.gz"):
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
    manifest = ingest(find_shards([given]), tmp_path / "s", IngestOptions(threads=1))
    assert _same(manifest, read_manifest(store))


def test_a_shard_that_changed_after_it_was_read_is_told(tmp_path: Path):
    one = shard(tmp_path, *[cites(n, 1) for n in range(2, 40)], name="a.gz")
    shard(tmp_path, b"<html>", *[cites(n, 1) for n in range(40, 60)], name="b.gz")
    with pytest.raises(InputError, match="no rows"):
        ingest(find_shards([tmp_path / "a.gz", tmp_path / "b.gz"]), tmp_path / "s", IngestOptions(threads=1))
    shard(tmp_path, *[cites(n, 2) for n in range(3, 40)], name=one.name)
    with pytest.raises(InputError, match=r"a\.gz: the shard was changed after"):
        ingest(find_shards([tmp_path / "a.gz", tmp_path / "b.gz"]), tmp_path / "s", IngestOptions(threads=1))


def test_a_file_that_is_no_shard_is_told(tmp_path: Path):
    path = shard(tmp_path, {"sha": "5229", "corpusid": 1, "primary": True})
    with pytest.raises(InputError, match="neither papers nor citations"):
        find_shards([path])
    with pytest.raises(InputError, match="no such file"):
        find_shards([tmp_path / "nowhere"])


def test_a_store_of_other_shards_is_not_overwritten(store: Path, tmp_path: Path):
    with pytest.raises(InputError, match="a store of other shards is here"):
        ingest(find_shards([shard(tmp_path, cites(2, 1))]), store, TWO)


def test_an_ingest_that_is_done_is_not_done_again(made: Path, store: Path):
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    ingest(find_shards([made]), store, TWO)
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == before
    assert not (store / "ingest").exists()


def test_a_store_of_a_newer_version_is_refused(store: Path, tmp_path: Path):
    value = json.loads((store / "manifest.json").read_text()) | {"version": 2}
    (tmp_path / "manifest.json").write_text(json.dumps(value))
    with pytest.raises(InputError, match="version 2, but this program reads versions up to 1"):
        read_manifest(tmp_path)


def test_a_part_that_changed_or_went_is_told(made: Path, tmp_path: Path):
    manifest = ingest(find_shards([made]), tmp_path / "s", TWO)
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


def test_a_full_disk_is_told_and_the_next_run_goes_on(made: Path, store: Path, tmp_path: Path):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(OutputError, match="make room, and type the same command again"):
            ingest(find_shards([made]), tmp_path / "s", TWO)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    manifest = ingest(find_shards([made]), tmp_path / "s", TWO)
    assert _same(manifest, read_manifest(store))


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "find_spec", lambda name: None if name == "duckdb" else object())
    with pytest.raises(InputError, match=r"duckdb is not installed.*citation-lineage\[bulk\]"):
        engine.DuckDB()


def test_a_fault_of_the_engine_is_one_line():
    duck = engine.DuckDB()
    with pytest.raises(EngineFault, match=r"^DuckDB: [^\n]+$"):
        duck.run("SELECT nothing FROM nowhere")
    duck.close()


def test_a_second_run_on_the_same_folder_is_refused(made: Path, tmp_path: Path):
    from graph.bulk.checkpoints import lock_folder

    with lock_folder(tmp_path / "s"), pytest.raises(InputError, match="another run is working"):
        ingest(find_shards([made]), tmp_path / "s", TWO)


def _same(one: Manifest, other: Manifest) -> bool:
    """Whether two stores hold the same rows: their counts, and the rows of every table."""
    return one.counts == other.counts and {n: t.rows for n, t in one.tables.items()} == {
        n: t.rows for n, t in other.tables.items()
    }


@pytest.mark.parametrize("seed", [1])
def test_an_ingest_that_is_killed_at_any_moment_goes_on_where_it_was(seed: int, made: Path, store: Path, tmp_path):
    chance = random.Random(seed)
    command = [sys.executable, "-m", "graph", "bulk", "ingest", str(made), "--to", str(tmp_path / "s")]
    kills = 0
    while kills < 3:
        running = subprocess.Popen([*command, "--threads", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while not (tmp_path / "s/ingest").exists() and running.poll() is None:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.9))
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stderr.close()
        kills += 1
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    manifest = read_manifest(tmp_path / "s")
    check_store(tmp_path / "s", manifest)
    for name in ("references", "citers", "papers"):
        assert table(tmp_path / "s", manifest, name) == table(store, read_manifest(store), name)
    assert not list((tmp_path / "s").rglob("*.part"))
    assert manifest.counts == read_manifest(store).counts


def test_shards_of_two_datasets_may_have_one_name(tmp_path: Path):
    for name, row in (("papers", {"corpusid": 1, "title": "One"}), ("citations", cites(2, 1))):
        (tmp_path / name).mkdir()
        shard(tmp_path / name, row, name="20260903_0.gz")
    manifest = ingest(find_shards([tmp_path / "papers", tmp_path / "citations"]), tmp_path / "s", TWO)
    assert {name: table.rows for name, table in manifest.tables.items()} == {"references": 1, "citers": 1, "papers": 1}


def test_the_command_tells_what_became_of_the_rows(tmp_path: Path):
    given = shard(tmp_path, cites(7, 5), cites(7, 5), cites(7, None), cites(3, 3))
    arguments = ["ingest", str(given), "--to", str(tmp_path / "s"), "--release", "2026-09-01", "--memory", "500MiB"]
    result = CliRunner().invoke(bulk_command, arguments)
    assert result.exit_code == 0, result.output
    for line in (
        "4 lines were read",
        "1 citations of papers that Semantic Scholar does not know, left out",
        "1 citations of the citing paper itself, left out",
        "1 rows that repeat a citation, merged",
        "1 rows of references",
    ):
        assert f" {line}" in result.output
    assert read_manifest(tmp_path / "s").release == "2026-09-01"


@pytest.mark.parametrize("wrong", [["--memory", "much"], ["--memory", "0"], ["--threads", "0"]])
def test_a_wrong_option_is_told(wrong: list[str], tmp_path: Path):
    result = CliRunner().invoke(bulk_command, ["ingest", str(SAMPLES), "--to", str(tmp_path / "s"), *wrong])
    assert result.exit_code == 2
    assert not (tmp_path / "s").exists()


def test_progress_says_bytes_rate_and_time_left():
    now = [0.0]
    stream = io.StringIO()
    meter = ByteMeter(stream, lambda: now[0])
    meter.begin("reading", 300_000_000, done=100_000_000)
    meter.add(0)
    now[0] = 20.0
    meter.add(50_000_000)
    assert stream.getvalue() == "reading: 150 MB of 300 MB, 2.5 MB/s, 60 s left\n"
    meter.begin("merging", 12, unit="parts")
    meter.add(1)
    now[0] = 50.0
    meter.add(2)
    assert stream.getvalue().splitlines()[1] == "merging: 3 of 12 parts, 2 min left"
    meter.begin("downloading", 0)  # how much is only known when the last shard has begun
    meter.add(0)
    now[0] = 60.0
    meter.add(20_000_000)
    assert stream.getvalue().splitlines()[2] == "downloading: 20 MB, 2 MB/s"


def test_a_shard_of_which_nothing_is_kept_makes_empty_tables(tmp_path: Path):
    given = shard(tmp_path, cites(7, None), cites(3, 3))
    manifest = ingest(find_shards([given]), tmp_path / "s", TWO)
    assert {name: table.rows for name, table in manifest.tables.items()} == {"references": 0, "citers": 0}
    assert manifest.counts["lines"] == 2
    assert read_manifest(tmp_path / "s").tables == manifest.tables


def test_a_large_shard_makes_several_runs_and_loses_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graph.bulk.sorted_runs._MIN_PIECE_BYTES", 5_000)
    monkeypatch.setattr("graph.bulk.sorted_runs._PIECE_FRACTION", 0.0)
    monkeypatch.setattr("graph.bulk.shards._BLOCK", 1_000)
    long = cites(500, 1, contexts=["x" * 20_000], intents=[None])
    given = shard(tmp_path, *[cites(n, 1) for n in range(2, 300)], long, *[cites(n, 1) for n in range(300, 500)])
    ended = tmp_path / "d.jsonl"
    ended.write_text(json.dumps(cites(600, 1)))  # no line end, no gzip
    manifest = ingest(find_shards([given, ended]), tmp_path / "s", TWO)
    assert manifest.counts["lines"] == 500
    assert [row["citing"] for row in table(tmp_path / "s", manifest, "citers")] == [*range(2, 501), 600]
