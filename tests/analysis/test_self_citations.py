"""Citations by the papers' own authors, and the papers of an author: yes, no or unknown, compared with brute force."""

from __future__ import annotations

import itertools
import json
import random

import pytest
from click.testing import CliRunner

from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.people import papers_by_author, papers_of_venue
from graph.analysis.reason_condition import ReasonCondition
from graph.analysis.self_citations import (
    OthersAlone,
    considered,
    is_self_citation,
    without_self_citations,
)
from graph.errors import InputError
from graph.interfaces.cli.main import cli
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.path_questions import paths_question
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import ReadingList
from graph.model.storage import load_corpus, save_corpus
from graph.sources.assemble import _author_ids, assemble
from graph.sources.fetch import FetchOptions
from graph.sources.fetch.targets import parse_targets
from graph.sources.records import Record

from ..helpers.fetch_world import Time, fetched
from ..service import CitationRecord, ScholarWorld, paper, serving


def written(key: str, *ids: str | None, complete: bool = True, year: int = 2000) -> Paper:
    names = tuple(f"Ann {each}" for each in range(len(ids)))
    return Paper(key, authors=names, authors_complete=complete, author_ids=ids, date=str(year), title=key)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("1", "2"), ("2", "3"), True),
        (("1", None), ("1",), True),
        (("1", "2"), ("3", "4"), False),
        (("1", None), ("3",), None),
        ((), ("1",), None),
        ((), (), None),
        ((None,), (None,), None),
    ],
)
def test_a_self_citation_is_one_by_a_shared_id_and_unknown_ids_are_no_no(one, other, expected):
    assert is_self_citation(written("a", *one), written("b", *other)) is expected
    assert is_self_citation(written("b", *other), written("a", *one)) is expected


def test_an_incomplete_list_of_authors_proves_nothing():
    assert is_self_citation(written("a", "1", complete=False), written("b", "2")) is None
    assert is_self_citation(written("a", "1", complete=False), written("b", "1")) is True


def made(seed: int):
    dice = random.Random(seed)
    papers = {
        f"p{n}": written(f"p{n}", *dice.choices(["1", "2", "3", "4", "5", None], k=dice.randint(0, 3)), year=2000 + n)
        for n in range(8)
    }
    pairs = [pair for pair in itertools.combinations(papers, 2) if dice.random() < 0.5]
    citations = [Citation(citing, cited, (Assertion("s"),)) for cited, citing in pairs]
    corpus = Corpus(papers, citations, sources={"s": Source("s", "user", "somebody")})
    return build_lineage(corpus, ReadingList("none", (), ()))


def all_paths(lineage, start, end, allowed):
    def on(path):
        if path[-1] == end:
            yield path
            return
        for citation in lineage.corpus.citations:
            if citation.cited == path[-1] and citation.citing not in path and allowed(citation):
                yield from on((*path, citation.citing))

    return set(on((start,)))


@pytest.mark.parametrize("seed", range(12))
def test_paths_without_self_citations_are_those_that_brute_force_finds(seed):
    lineage, options = made(seed), PathOptions(without_self_citations=True, top=10_000)
    papers = lineage.corpus.papers

    def allowed(citation):
        ids = [set(papers[key].author_ids) - {None} for key in (citation.citing, citation.cited)]
        return not ids[0] & ids[1]

    expected = all_paths(lineage, "p0", "p7", allowed)
    found = find_paths(lineage, "p0", "p7", options)
    assert {path.keys for path in found.paths} == expected
    assert found.total == len(expected)
    assert without_self_citations(lineage).left_out == sum(not allowed(each) for each in lineage.corpus.citations)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_out_is_counted_among_the_papers_that_lie_between_the_two(seed):
    lineage = made(seed)
    papers = lineage.corpus.papers
    on_the_way = set().union(*all_paths(lineage, "p0", "p7", lambda citation: True))
    is_own = [
        is_self_citation(papers[each.citing], papers[each.cited])
        for each in lineage.corpus.citations
        if {each.citing, each.cited} <= on_the_way
    ]
    found = considered(lineage, others_alone=True, ends=("p0", "p7"))
    assert (found.left_out, found.unknown) == ((is_own.count(True), is_own.count(None)) if on_the_way else (None, 0))
    assert found.lineage is without_self_citations(lineage).lineage


def test_a_paper_that_leads_only_back_to_the_first_does_not_lie_between_the_two():
    papers = {key: written(key, "1", year=2000) for key in ("first", "back", "last")}
    pairs = [("back", "first"), ("first", "back"), ("last", "first")]
    citations = [Citation(citing, cited, (Assertion("s"),)) for citing, cited in pairs]
    corpus = Corpus(papers, citations, sources={"s": Source("s", "user", "somebody")})
    lineage = build_lineage(corpus, ReadingList("none", (), ()))
    assert all_paths(lineage, "first", "last", lambda citation: True) == {("first", "last")}
    assert considered(lineage, others_alone=True, ends=("first", "last")).left_out == 1


def test_what_is_left_out_and_what_is_not_known_is_said():
    lineage = made(3)
    backend = CorpusBackend(lineage)
    answer = backend.answer(paths_question(backend, ["p0 → p7"], without_self_citations=True))
    assert "left out" in answer.remarks[0]
    assert "is not known" in answer.remarks[0]
    grouped = paths_question(backend, ["p0 → p7"], without_self_citations=True, about="anything")
    assert isinstance(grouped.condition, ReasonCondition)
    in_groups = backend.answer(grouped)
    assert (getattr(in_groups.value, "total", None) or 0) == (answer.value.total or 0)
    assert in_groups.remarks == answer.remarks


def test_the_remark_counts_one_and_several():
    lineage = made(3)
    assert OthersAlone(lineage, 1, 1).remark == (
        "1 citation by the papers' own authors is left out; of 1 other it is not known"
    )
    assert OthersAlone(lineage, 1000, 0).remark == "1,000 citations by the papers' own authors are left out"


def test_all_ancestors_cannot_be_asked_for_so():
    backend = CorpusBackend(made(1))
    with pytest.raises(InputError, match="without-self-citations"):
        backend.answer(paths_question(backend, ["* → p7"], without_self_citations=True))


def test_ids_go_with_the_authors_that_a_person_verified_and_never_to_another():
    one = (identifier("arxiv", "1001.00001"),)
    printed = Record("print", one, "One", authors=("Ann Able", "Bo Baker"), authors_complete=True, key="one")
    same = Record("s2", one, "One", authors=("A. Able", "B. Baker"), author_ids=("1", None))
    longer = Record("s3", one, "One", authors=("Cy Cole", "Bo Baker", "Ann Able"), author_ids=("3", "2", "9"))
    (paper,) = assemble([printed, same], []).papers.values()
    assert paper.author_ids == ("1", None)
    assert _author_ids(printed.authors, [printed, longer]) == ("9", "2")
    swapped = Record("s4", authors=("Wei Liu", "Wei Zhang"), author_ids=("5", "6"))
    assert _author_ids(("Wei Zhang", "Wei Liu"), [swapped]) == ("6", "5")
    assert _author_ids(("Someone Else", "Nobody Here"), [same]) == ()
    assert _author_ids(("Wei Wang", "Wei Wang"), [Record("r", authors=("Wei Wang",), author_ids=("1",))]) == ()


OLD = paper("Old Ideas", external_ids={"ArXiv": "1001.00001"}, authors=["Ann Able", "Bo Baker"], date="2010-01-01")
OWN = paper(
    "Own Ideas", external_ids={"ArXiv": "1201.00001"}, authors=["Bo Baker"], date="2012-01-01", venue="ICML 2012"
)
OTHERS = paper(
    "Other Ideas", external_ids={"ArXiv": "1301.00001"}, authors=["Cy Cole"], date="2013-01-01", venue="ICML"
)
NEW = paper("New Ideas", external_ids={"ArXiv": "1501.00001"}, authors=["Di Dean"], date="2015-01-01")
WORLD = ScholarWorld(
    (OLD, OWN, OTHERS, NEW),
    tuple(CitationRecord(a.id, b.id) for a, b in ((OWN, OLD), (OTHERS, OLD), (NEW, OWN), (NEW, OTHERS))),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    to = tmp_path_factory.mktemp("authors")
    lines = ["1001.00001", "1201.00001", "1301.00001", "1501.00001"]
    with serving(WORLD) as scholar:
        targets = parse_targets(lines, where="the test")
        fetched(scholar, to, FetchOptions(), targets=targets, time=Time())
    return to


def run(folder, *arguments):
    return CliRunner().invoke(
        cli, ["--corpus", str(folder), "--list", str(folder / "reading_list.toml"), *arguments], catch_exceptions=False
    )


def test_a_fetch_keeps_the_ids_and_a_corpus_gives_them_back(folder, tmp_path):
    corpus = load_corpus(folder)
    found = {each.title: each.author_ids for each in corpus.papers.values()}
    assert found["Old Ideas"] == tuple(each["authorId"] for each in OLD.fields["authors"])
    save_corpus(corpus, tmp_path / "again")
    assert (tmp_path / "again" / "papers.jsonl").read_bytes() == (folder / "papers.jsonl").read_bytes()


def test_hops_are_marked_and_can_be_left_out(folder):
    said = run(folder, "path", "Old Ideas", "New Ideas")
    assert said.stdout.count("self-citation, by Bo Baker") == 1
    form = json.loads(run(folder, "path", "Old Ideas", "New Ideas", "--json").stdout)
    marks = {hop["citing"]: hop["self_citation"] for path in form["paths"] for hop in path["hops"]}
    assert sorted(marks.values()) == [False, False, True]
    others = json.loads(run(folder, "path", "Old Ideas", "New Ideas", "--json", "--without-self-citations").stdout)
    assert others["total"] == 1
    assert not any(hop["self_citation"] for hop in others["paths"][0]["hops"])
    assert "Authors of both: Bo Baker" in run(folder, "audit", "--hop", "Old Ideas → Own Ideas").stdout


def test_a_flow_and_a_main_path_say_that_self_citations_were_left_out(folder):
    option, ends = "--without-self-citations", ("Old Ideas", "New Ideas")
    heads = {
        ("flow", *ends): "Old Ideas → New Ideas: 1 path, through 1 paper between the two, without self-citations.",
        ("main-path", *ends): "Main path of Old Ideas → New Ideas, without self-citations, SPC, global search.",
        ("main-path",): "Main path of the corpus, without self-citations, SPC, global search.",
    }
    for command, head in heads.items():
        assert run(folder, *command, option).stdout.splitlines()[0] == head
        assert "self-citations" not in run(folder, *command).stdout.splitlines()[0]
        assert json.loads(run(folder, *command, option, "--json").stdout)["without_self_citations"] is True
        assert json.loads(run(folder, *command, "--json").stdout)["without_self_citations"] is False


def test_where_only_self_citations_lead_the_refusal_says_that_they_were_left_out(folder):
    ends = ("Old Ideas", "Own Ideas", "--without-self-citations")
    assert run(folder, "path", *ends).stdout.splitlines()[0] == (
        "Old Ideas → Own Ideas: no path in this corpus, without self-citations."
    )
    assert run(folder, "flow", *ends).stdout == (
        "Old Ideas → Own Ideas: no path in this corpus, without self-citations; "
        "'lineage path --without-self-citations', or ask() in Python, says what could hide one.\n"
    )
    assert run(folder, "main-path", *ends).stdout.splitlines() == [
        "Main path of Old Ideas → Own Ideas, without self-citations, SPC, global search.",
        "No citation runs between its papers, without self-citations, so there is no path.",
    ]


def test_an_author_is_shown_by_name_by_id_and_where_no_paper_has_the_name(folder):
    id_ = OWN.fields["authors"][0]["authorId"]
    for arguments in (["show", "--author", "Baker"], ["show", "Bo Baker"], ["show", "--author", id_]):
        said = run(folder, *arguments).stdout
        assert f"Bo Baker (Semantic Scholar author {id_}): 2 papers, 1 citation among them" in said
    assert "ICML 2012: 1 paper" in run(folder, "show", "--venue", "icml").stdout
    form = json.loads(run(folder, "show", "--author", "Cole", "--json").stdout)
    assert [each["title"] for each in form["people"][0]["papers"]] == ["Other Ideas"]


def test_nobody_and_no_venue_are_said(folder):
    lineage = CorpusBackend(build_lineage(load_corpus(folder), ReadingList("none", (), ()))).lineage
    for wrong in ("", " ", "Nobody", "000", "é"):
        with pytest.raises(InputError, match="author"):
            papers_by_author(lineage, wrong)
        with pytest.raises(InputError, match="no venue"):
            papers_of_venue(lineage, wrong)
