"""Likeness in content by vectors: fetched once, kept whole, compared as numpy does, and never an arc."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest
from click.testing import CliRunner

from graph import load
from graph.analysis.similar import likeness, similar_papers
from graph.errors import InputError, LineageError
from graph.interfaces.cli.fetch import FetchContext, fetch_command
from graph.interfaces.cli.main import cli
from graph.model.corpus import Paper
from graph.model.storage import load_corpus, write_index
from graph.model.vectors import VECTORS, Vectors, load_vectors, save_vectors
from graph.sources.semantic_scholar.client import SemanticScholar
from graph.sources.semantic_scholar.service import service_at
from graph.sources.semantic_scholar.vectors import fetch_vectors, vector_of

from ..helpers.fetch_world import LINES, Time
from ..service import CitationRecord, Rule, ScholarWorld, ServerError, paper, serving

DICE = random.Random(7)
VECTORS_OF = {name: [DICE.gauss(0, 4) for _ in range(16)] for name in "ABCDE"}
PAPERS = [
    paper(
        f"Paper {name}",
        external_ids={"ArXiv": f"{number}01.00001"},
        date=f"20{number}-01-01",
        embedding={"model": "specter_v2", "vector": vector},
    )
    for number, (name, vector) in enumerate(VECTORS_OF.items(), start=10)
]
ZERO = paper("Zero", external_ids={"ArXiv": "2001.00001"}, date="2020", embedding={"model": "x", "vector": [0.0] * 16})
NONE = paper("None", external_ids={"ArXiv": "2101.00001"}, date="2021", embedding=None)
ODD = paper("Odd", external_ids={"ArXiv": "2201.00001"}, date="2022", embedding={"vector": [1.0, 2.0]})
WORLD = ScholarWorld((*PAPERS, ZERO, NONE, ODD), (CitationRecord(PAPERS[1].id, PAPERS[0].id),))
IDS = ["1001.00001", "1101.00001", "1201.00001", "1301.00001", "1401.00001", "2001.00001", "2101.00001", "2201.00001"]


def fetch(service, to, *more):
    time = Time()
    context = FetchContext(time.sleep, time.clock)
    arguments = [*IDS, "--to", str(to), "--base-url", service.url, "--depth", "1", *more]
    return CliRunner().invoke(fetch_command, arguments, obj=context, catch_exceptions=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    to = tmp_path_factory.mktemp("vectors")
    with serving(WORLD) as service:
        assert fetch(service, to, "--vectors").exit_code == 0
        sent = len(service.log)
        assert fetch(service, to, "--vectors").exit_code == 0
        assert len(service.log) == sent  # nothing is asked twice
    return to


@pytest.fixture(scope="module")
def lineage(folder):
    return load(folder / "reading_list.toml", folder)


def key(lineage, title):
    return next(each.key for each in lineage.corpus.papers.values() if each.title == title)


def test_the_nearest_papers_are_those_that_numpy_finds(lineage):
    found = similar_papers(lineage, key(lineage, "Paper A"), top=4)
    vectors = {name: np.array(vector) / np.linalg.norm(vector) for name, vector in VECTORS_OF.items()}
    expected = sorted(((float(vectors["A"] @ vectors[name]), f"Paper {name}") for name in "BCDE"), reverse=True)
    titles = {lineage.paper(each.key).title: each.cosine for each in found.papers}
    for cosine, title in expected:
        if title in titles:
            assert titles[title] == pytest.approx(cosine, abs=2e-3)
    best = [title for _, title in expected if title in titles]
    assert [title for title in titles if title != "Zero"] == best
    assert found.compared == 5  # four others, and the one without a direction
    assert found.without == 2


def test_what_a_citation_joins_is_said_and_can_be_left_out(lineage):
    found = similar_papers(lineage, key(lineage, "Paper A"), top=10)
    assert [lineage.paper(each.key).title for each in found.papers if each.cited] == ["Paper B"]
    uncited = similar_papers(lineage, key(lineage, "Paper A"), top=10, uncited=True)
    assert {each.key for each in uncited.papers} == {each.key for each in found.papers if not each.cited}


def test_without_a_path_the_likeness_stands_beside_the_answer_and_is_no_hop(lineage, folder):
    given = ["--corpus", str(folder), "--list", str(folder / "reading_list.toml")]
    said = CliRunner().invoke(cli, [*given, "path", "Paper A", "Paper C"])
    assert said.exit_code == 1
    assert "Near in content, but no citation known" in said.stdout
    form = json.loads(CliRunner().invoke(cli, [*given, "path", "Paper A", "Paper C", "--json"]).stdout)
    assert form["paths"] == []
    assert form["total"] == 0
    expected = likeness(lineage, key(lineage, "Paper A"), key(lineage, "Paper C"))
    assert form["nothing"]["likeness"]["cosine"] == expected.cosine
    unknown = CliRunner().invoke(cli, [*given, "path", "Paper A", "None"])
    assert "content" not in unknown.stdout


def test_a_paper_or_a_corpus_without_vectors_says_what_to_do(lineage):
    for title in ("None", "Zero", "Odd"):
        with pytest.raises(InputError, match="has no vector"):
            similar_papers(lineage, key(lineage, title))
    with pytest.raises(InputError, match="lineage fetch"):
        similar_papers(load(), "devlin2018")


def test_a_fetch_without_vectors_says_whether_the_papers_have_no_id_or_the_service_no_vector(tmp_path):
    with serving(ScholarWorld((NONE,))) as service:
        with pytest.raises(InputError, match="knows 1 of the papers here, and has a vector of none; go on without"):
            fetch(service, tmp_path, "--vectors")
        time, sent = Time(), len(service.log)
        at = service_at(service.url)
        with (
            SemanticScholar.at(tmp_path / "none", at, sleep=time.sleep, clock=time.clock) as scholar,
            pytest.raises(InputError, match="no paper here has an id of Semantic Scholar; fetch papers that it knows"),
        ):
            fetch_vectors([Paper("a", "A")], scholar)
        assert len(service.log) == sent
    assert load_corpus(tmp_path).papers


def test_the_file_is_compact_and_a_later_fetch_and_an_index_keep_it(folder, tmp_path):
    before = (folder / VECTORS).read_bytes()
    hashed = json.loads((folder / "manifest.json").read_text())["sha256"][VECTORS]
    with serving(WORLD) as service:
        assert fetch(service, folder, "--update").exit_code == 0
    write_index(folder)
    assert (folder / VECTORS).read_bytes() == before
    assert json.loads((folder / "manifest.json").read_text())["sha256"][VECTORS] == hashed
    many = Vectors("m", "2026-11-23", tuple(f"{n:040x}" for n in range(1000)), np.zeros((1000, 768), np.float16))
    save_vectors(many, folder)
    try:
        assert (folder / VECTORS).stat().st_size < 1000 * (768 * 2 + 20) + 3 * 4096
        assert load_vectors(folder).ids == many.ids
        assert load_corpus(folder).papers
    finally:
        (folder / VECTORS).write_bytes(before)
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["sha256"][VECTORS] = hashed
        (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:5000] + b"X" + b[5001:], lambda b: b"", lambda b: b + b"x"]
)
def test_vectors_that_are_not_what_was_written_are_refused(damage, folder):
    path = folder / VECTORS
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    try:
        with pytest.raises(InputError, match="--vectors"):
            load_vectors(folder)
        given = ["--corpus", str(folder), "--list", str(folder / "reading_list.toml")]
        assert CliRunner().invoke(cli, [*given, "path", "Paper A", "Paper B"]).exit_code == 0  # they are not needed
    finally:
        path.write_bytes(whole)


NO_VECTORS = [
    *(None, [], {}, {"vector": None}, {"vector": "[1, 2]"}, {"vector": [1, None]}, {"vector": [True, 1]}),
    *({"vector": []}, {"vector": [1e9]}, {"vector": [[1]]}, {"vector": [0.1] * 100_000}, {"vector": [10**400]}),
]


@pytest.mark.parametrize("odd", NO_VECTORS, ids=lambda odd: repr(odd)[:30])
def test_what_is_no_vector_is_unknown(odd):
    assert vector_of(odd) is None


def test_vectors_go_with_semantic_scholar_and_with_requests(tmp_path):
    for more, message in ((["--from", "crossref"], "add s2"), (["--reparse"], "give one of the two")):
        result = CliRunner().invoke(fetch_command, [*LINES, "--to", str(tmp_path / "x"), "--vectors", *more])
        assert message in str(result.exception)
    assert not (tmp_path / "x").exists()


def test_an_outage_costs_the_vectors_alone_and_the_same_command_goes_on(tmp_path):
    with serving(WORLD) as service:
        assert fetch(service, tmp_path).exit_code == 0
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()}
        service.set_faults(Rule(ServerError(503), times=None))
        with pytest.raises(LineageError, match="does not answer"):
            fetch(service, tmp_path, "--vectors")
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.is_file()} == before
        service.set_faults()
        assert fetch(service, tmp_path, "--vectors").exit_code == 0
        assert len(load_vectors(tmp_path).ids) == 6
