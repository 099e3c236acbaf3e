"""The same expressions on DuckDB and on Spark: the same rows, and those of networkx and plain Python.

Spark works in this process, or where SPARK_MASTER says: `make cluster` has executors in processes of their own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from benchmarks.release import Release, write_citations, write_papers
from graph.bulk import expressions
from graph.bulk.cluster import find_shards_and_release, ingest_on_spark
from graph.bulk.engine import DuckDB, EngineFault
from graph.bulk.ingest import ingest
from graph.bulk.rejects import RejectLimit
from graph.bulk.remote import Remote
from graph.bulk.shards import find_shards
from graph.bulk.spark import Spark
from graph.bulk.workspace import IngestOptions
from graph.errors import InputError, LineageError
from graph.index.store_layout import check_store, read_manifest
from graph.interfaces.cli.bulk import bulk_command

from ..helpers.bulk_oracle import SAMPLES, table

pytestmark = [
    pytest.mark.long,
    # PySpark leaves the sockets to its own JVM to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
    ),
]


FOR_SMALL_JOBS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}
"""Compiling and planning take longer than the work here."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    """One session for all tests here: it takes seconds to start."""
    try:
        session = Spark(os.environ.get("SPARK_MASTER", "local[2]"), memory=1 << 30, settings=FOR_SMALL_JOBS)
    except InputError as fault:
        pytest.fail(f"Java 17 is needed: scripts/install_test_tools.sh installs it ({fault})")
    yield session
    session.close()


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def any_engine(request: pytest.FixtureRequest) -> Iterator[DuckDB | Spark]:
    """Each engine in turn."""
    if request.param == "spark":
        yield request.getfixturevalue("spark")
        return
    duck = DuckDB()
    yield duck
    duck.close()


@pytest.fixture(scope="module")
def graph() -> nx.DiGraph:
    """Made citations, citing -> cited, with a circle, and some influential."""
    chance = random.Random(5)
    arcs = {(n, chance.randrange(n)) for n in range(1, 120) for _ in range(3)} | {(3, 7), (7, 9), (9, 3)}
    made = nx.DiGraph(sorted(arc for arc in arcs if arc[0] != arc[1]))
    for n, arc in enumerate(made.edges):
        made.edges[arc]["influential"] = n % 7 == 0
    return made


@pytest.fixture(scope="module")
def parquet(graph: nx.DiGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("arcs") / "arcs.parquet"
    citing, cited, influential = zip(*graph.edges(data="influential"), strict=True)
    pq.write_table(pa.table({"citing": citing, "cited": cited, "influential": influential}), path)
    return str(path)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("seeds") / "seeds.parquet"
    pq.write_table(pa.table({"corpusid": [100, 110, 100]}), path)
    return str(path)


def test_degrees_are_those_of_networkx(any_engine, graph, parquet):
    rows = any_engine.rows(expressions.degrees(any_engine.parquet([parquet])).order_by("corpusid"))
    influential = {n: sum(d["influential"] for *_, d in graph.in_edges(n, data=True)) for n in graph}
    assert [tuple(map(int, row)) for row in rows] == [
        (n, graph.out_degree(n), graph.in_degree(n), influential[n]) for n in sorted(graph)
    ]


@pytest.mark.parametrize("towards", ["cited", "citing"])
def test_a_frontier_is_a_breadth_first_search(any_engine, graph, parquet, seeds, towards):
    found = expressions.frontier(any_engine.parquet([parquet]), any_engine.parquet([seeds]), 2, towards=towards)
    walked = graph if towards == "cited" else graph.reverse()
    expected: dict[int, int] = {}
    for seed in (100, 110):
        for node, hops in nx.single_source_shortest_path_length(walked, seed, cutoff=2).items():
            expected[node] = min(hops, expected.get(node, hops))
    assert {node: hops for node, hops in any_engine.rows(found)} == expected  # noqa: C416  # rows are tuples of any kind


def test_an_induced_subgraph_is_that_of_networkx(any_engine, graph, parquet, seeds):
    arcs, start = any_engine.parquet([parquet]), any_engine.parquet([seeds])
    within = expressions.frontier(arcs, start, 2)
    rows = any_engine.rows(expressions.induced(arcs, within).select("citing", "cited"))
    nodes = [node for node, _ in any_engine.rows(within)]
    assert sorted(rows) == sorted(graph.subgraph(nodes).edges)


def test_page_rank_is_that_of_networkx(any_engine, graph, parquet, tmp_path):
    arcs = any_engine.parquet([parquet])
    ranks = expressions.even_ranks(arcs)
    for n in range(12):  # each round is written, as a caller does: the expression of them all would be deep
        rows = any_engine.rows(ranks)
        pq.write_table(pa.table({"corpusid": [r[0] for r in rows], "rank": [r[1] for r in rows]}), tmp_path / f"{n}.pq")
        ranks = expressions.next_ranks(arcs, any_engine.parquet([str(tmp_path / f"{n}.pq")]))
        if n and any_engine.name == "spark":  # two rounds tell whether it does the same
            break
    got = dict(any_engine.rows(ranks))
    assert sum(got.values()) == pytest.approx(1)
    rounds = n + 1
    # networkx's own rounds, without its stop.
    expected = dict.fromkeys(graph, 1 / len(graph))
    for _ in range(rounds):
        idle = sum(expected[v] for v in graph if not graph.out_degree(v))
        expected = {
            v: 0.15 / len(graph)
            + 0.85 * (idle / len(graph) + sum(expected[u] / graph.out_degree(u) for u in graph.predecessors(v)))
            for v in graph
        }
    assert got == pytest.approx(expected, rel=1e-12)
    if rounds == 12:
        assert got == pytest.approx(nx.pagerank(graph, tol=1e-12), abs=2e-3)


def test_an_ingest_on_spark_agrees_with_duckdb_to_the_row(spark: Spark, tmp_path: Path):
    release = Release(3_000, seed=9, dialect="both", bad_lines=4)
    write_citations(release, tmp_path / "made", 3)
    write_papers(release, tmp_path / "made", 1)
    shards = find_shards([tmp_path / "made", SAMPLES])
    options = IngestOptions(threads=2, sentences=True, reject_limit=RejectLimit(count=100), memory=1 << 30)
    one = ingest(shards, tmp_path / "duckdb", options)
    other = ingest_on_spark(shards, tmp_path / "spark", options, spark)
    assert one.counts == other.counts
    assert one.counts["rejects"] == 12
    for name in one.tables:
        assert table(tmp_path / "duckdb", one, name) == table(tmp_path / "spark", other, name), name
    assert read_manifest(tmp_path / "spark") == other
    rejects = [sorted(path.read_text() for path in (tmp_path / e / "rejects").iterdir()) for e in ("duckdb", "spark")]
    assert rejects[0] == rejects[1]


def as_url(path: Path) -> str:
    return f"file://{path}"


def test_shards_and_a_store_by_url_equal_those_by_path(spark: Spark, tmp_path: Path, monkeypatch):
    release = Release(600, seed=4, bad_lines=2)
    write_citations(release, tmp_path / "made/2026-09-01", 2)
    for path in (tmp_path / "made/2026-09-01").iterdir():
        path.with_name(path.name + ".json").write_text(json.dumps({"release": "2026-09-01"}))
    by_path = find_shards([tmp_path / "made"])
    options = IngestOptions(reject_limit=RejectLimit(count=100), memory=1 << 30)
    one = ingest(by_path, tmp_path / "duckdb", replace(options, release="2026-09-01"))

    mounted = f"fs.viewfs.mounttable.bucket.link./{tmp_path.name}"  # Hadoop's own way to give a folder another scheme
    spark.session.sparkContext._jsc.hadoopConfiguration().set(mounted, as_url(tmp_path))
    store = f"viewfs://bucket/{tmp_path.name}/url"
    by_url, found = find_shards_and_release(spark, [f"viewfs://bucket/{tmp_path.name}/made"])
    assert all(shard.path.startswith("viewfs://bucket/") for shard in by_url)
    assert [shard.row() for shard in by_url] == [shard.row() for shard in by_path]
    assert found == "2026-09-01"

    write, written = spark.write, []

    def failing(expression: Any, folder: str) -> None:
        written.append(Path(folder).name)
        if written == ["citations", "references", "citers"]:
            raise EngineFault("the third stage")
        write(expression, folder)

    monkeypatch.setattr(spark, "write", failing)
    with pytest.raises(EngineFault, match="the third stage"):
        ingest_on_spark(by_url, store, replace(options, release=found), spark)
    with pytest.raises(InputError, match="an unfinished ingest of other shards, or with other options"):
        ingest_on_spark(by_url, store, options, spark)
    other = ingest_on_spark(by_url, store, replace(options, release=found), spark)
    assert written[3:] == ["citers"]  # what was finished is not done again

    copied = tmp_path / "copied"  # as by the tool of an object store
    shutil.copytree(tmp_path / "url", copied)
    assert read_manifest(copied) == other
    check_store(copied, other)
    assert one.counts == other.counts
    assert one.counts["rejects"] == 4
    for name in one.tables:
        assert table(tmp_path / "duckdb", one, name) == table(copied, other, name), name
    rejects = [
        {path.name: path.read_text() for path in (at / "rejects").glob("*.jsonl")}
        for at in (copied, tmp_path / "duckdb")
    ]
    assert rejects[0] == rejects[1]
    assert not (copied / "ingest").exists()

    assert ingest_on_spark(by_url, store, replace(options, release=found), spark) == other
    assert len(written) == 4
    with pytest.raises(InputError, match="the folder holds a store that was made from other shards"):
        ingest_on_spark(by_url[:1], store, replace(options, release=found), spark)
    part = tmp_path / "url" / other.tables["citers"].files[0].name
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"citers/part-\S+: the file is missing, or does not have the [\d,]+ bytes"):
        ingest_on_spark(by_url, store, replace(options, release=found), spark)


def test_a_file_by_url_is_read_from_any_offset_and_replaced_atomically(spark: Spark, tmp_path: Path):
    (tmp_path / "a b").mkdir()
    file = Remote(spark.session, as_url(tmp_path)).child("a b", "ünï.json")
    assert file.text() is None
    for text in ("first", "sécond\n" * 1000):
        file.write(text)
        assert file.text() == text
    assert [path.name for path in (tmp_path / "a b").iterdir() if not path.name.startswith(".")] == ["ünï.json"]
    with file.open("rb") as opened:
        assert opened.seek(-7, os.SEEK_END) == 8 * 1000 - 7
        assert opened.read() == "écond\n".encode()
    assert list(Remote(spark.session, as_url(tmp_path)).sizes().values()) == [8000]
    file.delete()
    assert file.is_folder() is None


def test_rows_that_only_the_workers_see_are_reported(spark: Spark, parquet: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(spark, "files", lambda *_, **__: [("part-00000.parquet", 1, "", 300)])
    rows = spark.parquet([parquet])
    ((number,),) = spark.rows(rows.count().as_table())
    with pytest.raises(InputError, match=rf"Spark wrote {number} rows, and 300 of them can be seen.*all workers share"):
        spark.write(rows, as_url(tmp_path / "rows"))


def test_a_shard_without_citations_makes_empty_tables_on_spark(spark: Spark, tmp_path: Path):
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps({"citingcorpusid": 3, "citedcorpusid": 3, "isinfluential": False}))
    made = ingest_on_spark(find_shards([path]), tmp_path / "s", IngestOptions(), spark)
    assert {name: table.rows for name, table in made.tables.items()} == {"references": 0, "citers": 0}
    assert read_manifest(tmp_path / "s") == made


def test_a_url_that_does_not_exist_is_reported_in_one_line(spark: Spark, tmp_path: Path):
    for url, why in (
        ("s4a://bucket/shards", r"No FileSystem for scheme .?s4a"),
        (as_url(tmp_path / "nowhere"), "no such file or folder"),
    ):
        with pytest.raises(LineageError, match=rf"^[^\n]*{why}[^\n]*$"):
            find_shards_and_release(spark, [url])


def test_a_folder_by_url_without_shards_is_refused(spark: Spark, tmp_path: Path):
    with pytest.raises(InputError, match="no shards here"):
        find_shards_and_release(spark, [as_url(tmp_path)])


@pytest.mark.parametrize(
    "arguments", [["s3a://b/shards", "--to", "s"], ["shards", "--to", "gs://b/s"], ["s3a:/b", "--to", "s"]]
)
def test_a_url_is_refused_where_a_folder_of_this_machine_is_needed(arguments: list[str], tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(bulk_command, ["ingest", *arguments])
    assert "only 'lineage bulk ingest --engine spark' reads and writes URLs" in str(result.exception)
    for command in (["update", "s3a://b/s"], ["download", "--to", "s3a://b/s"]):
        assert "a URL" in str(CliRunner().invoke(bulk_command, command).exception)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_master_or_java_is_reported_in_one_line(tmp_path: Path, monkeypatch):
    for master in ("spark://127.0.0.1:1", "spark://127.0.0.1", "spark://nowhere.invalid:7077"):
        with pytest.raises(InputError, match=rf"^{master}: no Spark master answers[^\n]+$"):
            Spark(master)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match=r"^Spark needs Java, and JAVA_HOME is [^\n]+; install Java 17"):
        Spark("local[1]")


def test_an_invalid_setting_is_refused():
    result = CliRunner().invoke(
        bulk_command, ["ingest", "x", "--to", "s", "--engine", "spark", "--spark-setting", "cores=2"]
    )
    assert "'cores=2' is not a setting" in result.output


def test_spark_keeps_no_rows_for_updates(spark: Spark, tmp_path: Path):
    with pytest.raises(InputError, match="--engine duckdb"):
        ingest_on_spark(find_shards([SAMPLES]), tmp_path, IngestOptions(updatable=True), spark)


def test_an_exception_of_spark_is_one_line(spark: Spark, tmp_path: Path):
    with pytest.raises(EngineFault, match=r"^Spark: [^\n]+$"):
        spark.parquet([str(tmp_path / "nothing")])
