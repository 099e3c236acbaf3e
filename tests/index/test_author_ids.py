"""Ids of authors in a store: its answers mark self-citations as those of a corpus do."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import duckdb
import networkx as nx
import pytest
from click.testing import CliRunner

from graph.analysis import people
from graph.analysis.self_citations import is_self_citation
from graph.errors import InputError
from graph.index.build_index import index_store
from graph.index.extract import extract
from graph.index.store import Store, open_store
from graph.index.store_layout import NAMES_FILE
from graph.interfaces.cli.main import cli
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.questions import FlowQuestion, MainPathQuestion, PathQuestion
from graph.interfaces.source_questions import AuthorQuestion
from graph.interfaces.store_backend import StoreBackend
from graph.model.reading_list import ReadingList

from ..helpers import scale_world
from ..helpers.scale_world import Row, write_store

PAPERS: list[Row] = [
    {"corpusid": 1, "title": "First", "year": 2001, "authors": ["Ann A", "Bo B"], "authorids": [7, 8]},
    {"corpusid": 2, "title": "Second", "year": 2002, "authors": ["A. A", "Cy C"], "authorids": [7, 9]},
    {"corpusid": 3, "title": "Third", "year": 2003, "authors": ["Di D"], "authorids": [10]},
    {"corpusid": 4, "title": "Fourth", "year": 2004, "authors": ["Di D", None], "authorids": [None, 11]},
    {"corpusid": 5, "title": "Fifth", "year": 2005, "authors": ["Ann A"], "authorids": None},
]
ARCS = [(2, 1), (3, 2), (4, 3), (5, 4)]


def made(folder: Path) -> Store:
    rows = [{"citing": citing, "cited": cited, "copies": 1} for citing, cited in ARCS]
    write_store(folder, PAPERS, rows)
    index_store(folder)
    return open_store(folder, ReadingList("L", (), ()))


def test_a_path_through_a_store_marks_hops_by_a_papers_own_authors(tmp_path: Path):
    backend = StoreBackend(made(tmp_path))
    answer = backend.answer(PathQuestion.parse(backend, ["First", "->", "Fifth"]))
    marked = [line for line in answer.text.splitlines() if "self-citation" in line]
    assert len(marked) == 1
    assert "cites First" in marked[0]
    assert marked[0].endswith("self-citation, by Ann A")
    papers = {paper.title: paper for paper in answer.lineage.corpus.papers.values()}
    known = [is_self_citation(papers[a], papers[b]) for a, b in (("First", "Second"), ("Second", "Third"))]
    assert known == [True, False]
    assert is_self_citation(papers["Third"], papers["Fourth"]) is None  # one id is not known, and one name is missing
    assert is_self_citation(papers["First"], papers["Fifth"]) is None  # no id is known


def test_a_store_of_an_earlier_version_has_no_ids_and_is_read_all_the_same(tmp_path: Path, monkeypatch):
    older = scale_world.PAPERS.remove(scale_world.PAPERS.get_field_index("authorids"))
    monkeypatch.setattr(scale_world, "PAPERS", older)
    store = made(tmp_path)
    records = list(store.records.many(range(5)))
    assert sorted(str(each.title) for each in records) == ["Fifth", "First", "Fourth", "Second", "Third"]
    assert {each.author_ids for each in records} == {()}
    assert not any(each.unkeyed.authors_complete for each in records)
    backend = StoreBackend(store)
    for parse, words in (
        (PathQuestion, ["First", "->", "Fifth"]),
        (FlowQuestion, ["First", "->", "Fifth"]),
        (MainPathQuestion, []),
    ):
        with pytest.raises(InputError, match="no ids of authors") as fault:
            backend.answer(parse.parse(backend, words, without_self_citations=True))
        assert "lineage bulk ingest" in str(fault.value)


def world(folder: Path, seed: int, papers: int = 12) -> tuple[Store, list[Row], list[tuple[int, int]]]:
    """A store of papers that share few authors, some without ids, and its rows and arcs (citing, cited)."""
    dice = random.Random(seed)
    rows: list[Row] = []
    for number in range(1, papers + 1):
        ids = dice.choices([7, 8, 9, 10, 11, None], k=dice.randint(1, 3))
        names = {"authors": [f"Ann A{each}" for each in ids], "authorids": ids if dice.random() < 0.9 else None}
        rows.append({"corpusid": number, "title": f"Paper {number}", "year": 2000 + number, **names})
    arcs = [(b, a) for a, b in combinations(range(1, papers + 1), 2) if dice.random() < 0.5]
    write_store(folder, rows, [{"citing": citing, "cited": cited, "copies": 1} for citing, cited in arcs])
    index_store(folder)
    return open_store(folder, ReadingList("L", (), ())), rows, arcs


def own(rows: list[Row], citing: int, cited: int) -> bool:
    one, other = (set(rows[number - 1]["authorids"] or ()) - {None} for number in (citing, cited))
    return bool(one & other)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most_papers", [5_000, 8])
def test_paths_of_a_store_without_self_citations_are_those_that_brute_force_finds(tmp_path, seed, most_papers):
    store, rows, arcs = world(tmp_path, seed)
    backend = StoreBackend(replace(store, most_papers=most_papers))
    others = nx.DiGraph([(cited, citing) for citing, cited in arcs if not own(rows, citing, cited)])
    others.add_nodes_from(range(1, 13))
    words = ["CorpusID:1", "->", "CorpusID:12"]
    answer = backend.answer(PathQuestion.parse(backend, words, without_self_citations=True, top=1_000))
    limit = answer.value.options.max_hops  # where too many papers lie between, it says how far it searched
    assert limit is None or most_papers == 8
    expected = {tuple(path) for path in nx.all_simple_paths(others, 1, 12, cutoff=limit)}
    found = {tuple(int(key.rpartition("-")[2]) for key in path.keys) for path in answer.value.paths}
    assert found == expected
    assert answer.value.total == len(expected)
    assert sum("left out" in each for each in answer.remarks) == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_store_without_self_citations_answers_as_the_equal_corpus(tmp_path, seed):
    store, *_ = world(tmp_path, seed)
    corpus = CorpusBackend(extract(store, range(12)).lineage)
    backend, words = StoreBackend(store), ["CorpusID:1", "->", "CorpusID:12"]
    for ask in (
        lambda b: b.answer(PathQuestion.parse(b, words, without_self_citations=True)),
        lambda b: b.answer(FlowQuestion.parse(b, words, without_self_citations=True)),
        lambda b: b.answer(MainPathQuestion.parse(b, words, without_self_citations=True)),
        lambda b: b.answer(MainPathQuestion.parse(b, [], without_self_citations=True)),
    ):
        one, other = ask(backend), ask(corpus)
        assert one.form == other.form
        assert one.text == other.text
        assert "without self-citations" in one.text.splitlines()[0]
        assert one.remarks[:1] == other.remarks  # a store has one on citing sentences too
        assert "by the papers' own authors" in one.remarks[0]


def test_what_lies_between_too_many_papers_is_refused_in_one_line(tmp_path):
    store, *_ = world(tmp_path, 1)
    backend = StoreBackend(replace(store, most_papers=3))
    for question in (
        FlowQuestion.parse(backend, ["CorpusID:1", "->", "CorpusID:12"], without_self_citations=True),
        MainPathQuestion.parse(backend, [], without_self_citations=True),
    ):
        with pytest.raises(InputError, match="--without-self-citations") as fault:
            backend.answer(question)
        assert "\n" not in str(fault.value)


def test_a_refusal_counts_the_papers_between_two_without_the_two(tmp_path):
    store, _, arcs = world(tmp_path, 0)
    backend = StoreBackend(replace(store, most_papers=3))
    graph = nx.DiGraph([(cited, citing) for citing, cited in arcs])
    between = len(nx.descendants(graph, 1) & nx.ancestors(graph, 12))
    words = ["CorpusID:1", "->", "CorpusID:12"]
    assert backend.answer(FlowQuestion.parse(backend, words)).value.papers_between == between > 1
    for question in (
        FlowQuestion.parse(backend, words, without_self_citations=True),
        FlowQuestion.parse(backend, words, cycles="families"),
        MainPathQuestion.parse(backend, words, without_self_citations=True),
        PathQuestion.parse(backend, words, rank="main"),
    ):
        with pytest.raises(InputError, match=rf"^{between} papers lie between the two, too many"):
            backend.answer(question)


def everybody(rows: list[Row]) -> dict[str | None, set[int]]:
    """The papers of each id, by the rows."""
    found: dict[str | None, set[int]] = {}
    for row in rows:
        for id_ in row["authorids"] or ():
            found.setdefault(None if id_ is None else str(id_), set()).add(row["corpusid"])
    return found


def numbers(keys: Iterable[str]) -> set[int]:
    return {int(key.rpartition("-")[2]) for key in keys}


@pytest.mark.parametrize("seed", range(2))
def test_an_author_of_a_store_is_found_by_the_id_with_all_papers(tmp_path, seed):
    store, rows, _ = world(tmp_path, seed)
    backend = StoreBackend(store)
    for id_, papers in everybody(rows).items():
        if id_ is not None:
            (person,) = backend.answer(AuthorQuestion(id_)).value.people
            assert (person.id, numbers(person.papers)) == (id_, papers)
    with pytest.raises(InputError, match="no paper here has an author with the id '99'"):
        backend.answer(AuthorQuestion("99"))


@pytest.mark.parametrize("name", ["A. A", "Ann A", "a", "A, A.", "Bo B", "Di D", "Cy C", "7", " 10 "])
def test_a_store_names_the_papers_of_an_author_as_the_equal_corpus_does(tmp_path_factory, name):
    store = made(tmp_path_factory.mktemp("named"))
    corpus = CorpusBackend(extract(store, range(5)).lineage)
    one, other = (backend.answer(AuthorQuestion(name)) for backend in (StoreBackend(store), corpus))
    assert one.form == other.form
    assert one.text == other.text
    assert one.remarks == ()


def test_a_family_name_of_several_words_is_found_alone_in_a_store(tmp_path):
    names = ["O'Neil, Cathy", "George van den Driessche", "Kenton J. Lee", "A. v. d. Oord", "Jacob Devlin"]
    rows = [{"corpusid": n, "title": f"Paper {n}", "authors": [name]} for n, name in enumerate(names, 1)]
    write_store(tmp_path, rows, [{"citing": 2, "cited": 1, "copies": 1}])
    index_store(tmp_path)
    backend = StoreBackend(open_store(tmp_path, ReadingList("L", (), ())))
    whole = (("O'Neil", 0), ("Cathy O'Neil", 0), ("van den Driessche", 1), ("Oord", 3), ("van den Oord", 3))
    for typed, number in (*whole, ("v. d. Oord", 3), ("devlin j", 4), ("Devlin J", 4)):
        (person,) = backend.answer(AuthorQuestion(typed)).value.people
        assert person.names == (names[number],)
    for typed, said in (
        ("J. Lee", "no author here is called"),
        ("Jason Lee", "is called"),
        ("", "names no author"),
        ("-1", "with the id '-1'"),
    ):
        with pytest.raises(InputError, match=said):
            backend.answer(AuthorQuestion(typed))


def test_whoever_has_an_id_is_found_with_papers_that_the_name_alone_would_not_reach(tmp_path, monkeypatch):
    rows = [{"corpusid": n, "title": f"Paper {n}", "authors": ["Ann A"], "authorids": [7 + n % 2]} for n in range(1, 7)]
    write_store(tmp_path, rows, [{"citing": 2, "cited": 1, "copies": 1}, {"citing": 3, "cited": 2, "copies": 1}])
    index_store(tmp_path)
    monkeypatch.setattr(people, "MOST_NAMED", 2)
    answer = StoreBackend(open_store(tmp_path, ReadingList("L", (), ()))).answer(AuthorQuestion("Ann A"))
    assert {person.id: numbers(person.papers) for person in answer.value.people} == {"8": {1, 3, 5}, "7": {2, 4, 6}}
    (remark,) = answer.remarks
    assert "of 6 papers by authors with the family name ann or a only the 2 most cited were looked at" in remark


def test_a_name_of_very_many_people_is_answered_as_far_as_a_part_of_a_store_goes(tmp_path, monkeypatch):
    rows = [{"corpusid": n, "title": f"Paper {n}", "authors": ["Ann A"], "authorids": [7 + n % 2]} for n in range(1, 9)]
    write_store(tmp_path, rows, [{"citing": 2, "cited": 1, "copies": 1}, {"citing": 3, "cited": 2, "copies": 1}])
    index_store(tmp_path)
    monkeypatch.setattr(people, "MOST_NAMED", 2)
    store = replace(open_store(tmp_path, ReadingList("L", (), ())), most_papers=5)
    answer = StoreBackend(store).answer(AuthorQuestion("Ann A"))
    assert sum(len(person.papers) for person in answer.value.people) == 5  # one has four, and one of the other is known
    assert "all papers were looked up of 1 of 2 authors alone" in answer.remarks[0]


def test_a_table_of_names_of_an_earlier_version_resolves_papers_and_says_what_authors_need(tmp_path):
    store = made(tmp_path)
    with duckdb.connect(str(store.folder / NAMES_FILE)) as names:
        names.execute("UPDATE about SET version = 4")
    older = StoreBackend(replace(store, sums=None))
    assert older.key_of("Second") == store.key(store.names.resolve("Second"))
    with pytest.raises(InputError, match="has no authors in it") as fault:
        older.answer(AuthorQuestion("Ann A"))
    assert "lineage bulk index" in str(fault.value)


def test_the_command_shows_an_author_of_a_store_where_no_paper_is_called_so(tmp_path):
    store = made(tmp_path)
    for arguments in (["show", "--author", "7"], ["show", "Ann A"]):
        said = CliRunner().invoke(cli, ["--store", str(store.folder), *arguments], catch_exceptions=False).stdout
        assert "Semantic Scholar author 7): 2 papers, 1 citation among them" in said
