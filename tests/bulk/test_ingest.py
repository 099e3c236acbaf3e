"""Shards to store: right to the row, in bounded memory."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from graph.bulk.ingest import ingest
from graph.bulk.shards import find_shards
from graph.bulk.workspace import IngestOptions
from graph.index.store_layout import PAPERS, REFERENCES, check_store, read_manifest
from graph.interfaces.cli.bulk import bulk_command

from ..helpers import bulk_oracle
from ..helpers.bulk_oracle import SAMPLES, TWO_WORKERS, citation, lines_of, table, write_shard


def test_a_made_release_becomes_the_rows_that_plain_python_makes_of_it(release: Path, store: Path):
    pairs, counts = bulk_oracle.merged(lines_of(sorted(release.glob("citations*"))))
    manifest = read_manifest(store)
    assert table(store, manifest, "references") == bulk_oracle.references(pairs)
    assert table(store, manifest, "citers") == bulk_oracle.citers(pairs)
    papers = len(lines_of(sorted(release.glob("papers*"))))
    assert manifest.counts["lines"] == counts.pop("lines") + papers
    assert {name: manifest.counts[name] for name in counts} == counts
    assert manifest.counts["duplicate_citation"] == counts["citation_rows"] - len(pairs)
    assert counts["null_targets"] > 2000
    assert max(value["copies"] for value in pairs.values()) > 1
    check_store(store, manifest)


def test_the_tables_have_the_documented_columns_and_types(store: Path):
    manifest = read_manifest(store)
    for name, columns in (("references", REFERENCES), ("papers", PAPERS)):
        schema = pq.ParquetFile(store / manifest.tables[name].files[0].name).schema_arrow
        assert schema.names == list(columns)
    schema = pq.ParquetFile(store / manifest.tables["references"].files[0].name).schema_arrow
    kinds = [str(schema.field(name).type) for name in REFERENCES]
    assert kinds[:4] == ["int64", "int64", "bool", "int16"]
    assert kinds[4].startswith("list<")
    assert kinds[5] == "int32"


def test_papers_are_sorted_and_unknown_values_are_null(release: Path, store: Path):
    rows = table(store, read_manifest(store), "papers")
    given = {row["corpusid"]: row for row in lines_of(sorted(release.glob("papers*")))}
    assert [row["corpusid"] for row in rows] == sorted(given)
    for row in rows:
        theirs = given[row["corpusid"]]
        assert row["title"] == theirs["title"]
        assert row["year"] == theirs["year"]
        assert (row["date"] and row["date"].isoformat()) == theirs["publicationdate"]
        assert row["sha"] == theirs["url"][-40:]
        assert row["doi"] == theirs["externalids"]["DOI"]
        assert row["authors"] == [author["name"] for author in theirs["authors"]]
        ids = [author["authorId"] for author in theirs["authors"]]
        assert row["authorids"] == [None if id_ is None else int(id_) for id_ in ids]
        assert row["venue"] is None  # "" in the release
        assert row["acl"] is None


def test_the_recorded_samples_have_the_right_counts(tmp_path: Path):
    manifest = ingest(find_shards([SAMPLES]), tmp_path, TWO_WORKERS)
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


def test_little_memory_makes_more_parts_and_the_same_rows(release: Path, store: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("graph.bulk.sorted_runs._MIN_PIECE_BYTES", 1 << 18)
    monkeypatch.setattr("graph.bulk.sorted_runs._PIECE_FRACTION", 0.0)
    monkeypatch.setattr(
        "graph.bulk.merge_runs._ROW_BYTES", {"references": 210_000, "citers": 360_000, "papers": 3 << 21}
    )
    monkeypatch.setattr("graph.bulk.sorted_runs.RUN_ROWS", 512)
    monkeypatch.setattr("graph.bulk.merge_runs.RUN_ROWS", 512)
    manifest = ingest(find_shards([release]), tmp_path / "s", TWO_WORKERS)
    assert all(len(manifest.tables[name].files) > 2 for name in ("references", "citers"))
    for name in ("references", "citers", "papers"):
        assert table(tmp_path / "s", manifest, name) == table(store, read_manifest(store), name)


def test_rows_of_one_citation_that_disagree_are_merged(tmp_path: Path):
    given = write_shard(
        tmp_path,
        citation(7, 5, isinfluential=True),
        citation("7", "5", contexts=["a", "b"], intents=["result", "background"]),
        citation(7, 5, contexts=["a"], intents=[["methodology"], None]),
        citation(7, 4, contexts=[], intents=[]),
        citation(3, 3),
    )
    manifest = ingest(find_shards([given]), tmp_path / "s", TWO_WORKERS)
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


def test_sentences_are_kept_with_the_option_sentences(tmp_path: Path):
    given = write_shard(
        tmp_path,
        citation(7, 5, contexts=["short [1]."], intents=[None]),
        citation(7, 5, contexts=['one "quoted" [1].', "zwei: ü"], intents=[["background", "result"], None]),
        citation(6, 5, contexts=["flat"], intents=["result"]),
        citation(5, 4),
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


def test_an_unknown_intent_is_counted(tmp_path: Path):
    given = write_shard(tmp_path, citation(7, 5, contexts=["a"], intents=[["result", "motivation"]]))
    manifest = ingest(find_shards([given]), tmp_path / "s", TWO_WORKERS)
    assert manifest.counts["unknown_intents"] == 1
    assert table(tmp_path / "s", manifest, "references")[0]["intents"] == ["result"]


def test_a_finished_ingest_is_not_repeated(release: Path, store: Path):
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")}
    ingest(find_shards([release]), store, TWO_WORKERS)
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*.parquet")} == before
    assert not (store / "ingest").exists()


def test_shards_of_two_datasets_may_have_the_same_name(tmp_path: Path):
    for name, row in (("papers", {"corpusid": 1, "title": "One"}), ("citations", citation(2, 1))):
        (tmp_path / name).mkdir()
        write_shard(tmp_path / name, row, name="20260903_0.gz")
    manifest = ingest(find_shards([tmp_path / "papers", tmp_path / "citations"]), tmp_path / "s", TWO_WORKERS)
    assert {name: table.rows for name, table in manifest.tables.items()} == {"references": 1, "citers": 1, "papers": 1}


def test_the_command_prints_how_many_rows_were_kept_merged_and_left_out(tmp_path: Path):
    given = write_shard(tmp_path, citation(7, 5), citation(7, 5), citation(7, None), citation(3, 3))
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


def test_a_shard_without_citations_makes_empty_tables(tmp_path: Path):
    given = write_shard(tmp_path, citation(7, None), citation(3, 3))
    manifest = ingest(find_shards([given]), tmp_path / "s", TWO_WORKERS)
    assert {name: table.rows for name, table in manifest.tables.items()} == {"references": 0, "citers": 0}
    assert manifest.counts["lines"] == 2
    assert read_manifest(tmp_path / "s").tables == manifest.tables


def test_a_large_shard_makes_several_runs_and_loses_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graph.bulk.sorted_runs._MIN_PIECE_BYTES", 5_000)
    monkeypatch.setattr("graph.bulk.sorted_runs._PIECE_FRACTION", 0.0)
    monkeypatch.setattr("graph.bulk.shards._BLOCK", 1_000)
    long = citation(500, 1, contexts=["x" * 20_000], intents=[None])
    given = write_shard(
        tmp_path, *[citation(n, 1) for n in range(2, 300)], long, *[citation(n, 1) for n in range(300, 500)]
    )
    ended = tmp_path / "d.jsonl"
    ended.write_text(json.dumps(citation(600, 1)))  # no line end, no gzip
    manifest = ingest(find_shards([given, ended]), tmp_path / "s", TWO_WORKERS)
    assert manifest.counts["lines"] == 500
    assert [row["citing"] for row in table(tmp_path / "s", manifest, "citers")] == [*range(2, 501), 600]
