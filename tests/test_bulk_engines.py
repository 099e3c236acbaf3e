"""The same expressions on DuckDB and on Spark: the same rows, and those of networkx and plain Python."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.release import Release, write_citations, write_papers
from graph.bulk import expressions
from graph.bulk.cluster import ingest_on_spark
from graph.bulk.engine import DuckDB, EngineFault
from graph.bulk.ingest import ingest
from graph.bulk.layout import read_manifest
from graph.bulk.rejects import Allowance
from graph.bulk.shards import find_shards
from graph.bulk.spark import Spark
from graph.bulk.wish import Wish
from graph.errors import InputError

from .bulk_oracle import SAMPLES, table

# PySpark leaves the sockets to its own JVM to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


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
        session = Spark("local[2]", memory=1 << 30, settings=FOR_SMALL_JOBS)
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
    wish = Wish(threads=2, sentences=True, allowance=Allowance(count=100), memory=1 << 30)
    one = ingest(shards, tmp_path / "duckdb", wish)
    other = ingest_on_spark(shards, tmp_path / "spark", wish, spark)
    assert one.counts == other.counts
    assert one.counts["rejects"] == 12
    for name in one.tables:
        assert table(tmp_path / "duckdb", one, name) == table(tmp_path / "spark", other, name), name
    assert read_manifest(tmp_path / "spark") == other
    rejects = [sorted(path.read_text() for path in (tmp_path / e / "rejects").iterdir()) for e in ("duckdb", "spark")]
    assert rejects[0] == rejects[1]


def test_spark_keeps_no_rows_for_updates(spark: Spark, tmp_path: Path):
    with pytest.raises(InputError, match="--engine duckdb"):
        ingest_on_spark(find_shards([SAMPLES]), tmp_path, Wish(updatable=True), spark)


def test_a_fault_of_spark_is_one_line(spark: Spark, tmp_path: Path):
    with pytest.raises(EngineFault, match=r"^Spark: [^\n]+$"):
        spark.parquet([str(tmp_path / "nothing")])
