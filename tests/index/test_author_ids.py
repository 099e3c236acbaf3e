"""Ids of authors in a store: its answers mark self-citations as those of a corpus do."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.analysis.self_citations import is_self_citation
from graph.errors import InputError
from graph.index.build_index import index_store
from graph.index.store import Store, open_store
from graph.interfaces.path_questions import PathQuestion
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
    with pytest.raises(InputError, match="a store"):
        backend.answer(PathQuestion.parse(backend, ["First", "->", "Fifth"], without_self_citations=True))


def test_a_store_of_an_earlier_version_has_no_ids_and_is_read_all_the_same(tmp_path: Path, monkeypatch):
    older = scale_world.PAPERS.remove(scale_world.PAPERS.get_field_index("authorids"))
    monkeypatch.setattr(scale_world, "PAPERS", older)
    store = made(tmp_path)
    records = list(store.records.many(range(5)))
    assert sorted(str(each.title) for each in records) == ["Fifth", "First", "Fourth", "Second", "Third"]
    assert {each.author_ids for each in records} == {()}
    assert not any(each.unkeyed.authors_complete for each in records)
