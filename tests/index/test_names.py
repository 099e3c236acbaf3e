"""Names of a store: which papers words and names find, and damaged, old or interrupted tables."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from graph.errors import AmbiguousName, InputError, NameNotFound
from graph.index import build_names, name_table, paper_records, resolve_names, store_rows
from graph.index.build_index import check_indexed, index_store
from graph.index.name_table import NameTable
from graph.index.store import Store, open_store
from graph.model import names

from ..helpers.scale_world import write_store


def many_papers() -> list[dict]:
    """Forty papers of "deep learning", the later ones cited more; every fourth is about taxes."""
    return [
        {"corpusid": n, "title": f"Deep learning of {'tax' if n % 4 == 0 else 'toy'} forms, part p{n}"}
        | {"citationcount": int(1.5**n), "authors": ["Ann Lee"], "year": 2001}
        for n in range(1, 41)
    ]


@pytest.fixture
def ten_of_a_name(tmp_path) -> NameTable:
    """The table of names of these papers that keeps ten papers of a name."""
    files = sorted((write_store(tmp_path, many_papers(), []) / "papers").iterdir())
    build_names.build_names(tmp_path / "names.duckdb", files, memory=1 << 28, max_papers=10)
    assert not (tmp_path / "names.runs").exists()
    return NameTable(tmp_path / "names.duckdb")


def test_of_a_frequent_name_the_most_cited_papers_are_kept_and_all_are_counted(ten_of_a_name):
    found = ten_of_a_name.named("word", "deep")
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 30, -1)), 40, False)
    assert found.ranks.tolist() == sorted(found.ranks.tolist())
    found = ten_of_a_name.named("by", "lee 2001")
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 30, -1)), 40, False)
    found = ten_of_a_name.named("word", "p7")
    assert (found.ids.tolist(), found.papers, found.complete) == ([7], 1, True)
    found = ten_of_a_name.named("word", "nothing")
    assert (found.ids.tolist(), found.papers, found.complete) == ([], 0, True)


def test_a_frequent_word_excludes_only_papers_cited_often_enough_to_be_in_its_list(ten_of_a_name, monkeypatch):
    monkeypatch.setattr(name_table, "_FEW", 0)

    def having(*words: str):
        return ten_of_a_name.having(words, lambda corpusid: pytest.fail(f"the title of {corpusid} was read"))

    taxes = ten_of_a_name.named("word", "tax")
    assert (sorted(taxes.ids.tolist()), taxes.complete) == (list(range(4, 41, 4)), True)
    found = having("tax", "deep")  # those with few citations may have the word, too
    assert (found.ids.tolist(), found.complete) == (list(range(40, 0, -4)), False)
    found = having("tax", "toy")
    assert found.ids.tolist() == list(range(24, 0, -4))  # the ten most cited of "toy" are 27 and above
    found = having("deep", "learning")
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 30, -1)), 10, False)
    assert having("toy", "learning").ids.tolist() == [39, 38, 37, 35, 34, 33, 31]
    assert having("deep", "nothing").papers == having().papers == 0
    assert having("p7", "p7", "deep").ids.tolist() == [7]


def test_of_few_papers_the_titles_decide(ten_of_a_name):
    titles = {paper["corpusid"]: paper["title"] for paper in many_papers()}
    read: list[int] = []

    def title(corpusid: int) -> str:
        read.append(corpusid)
        return titles[corpusid]

    found = ten_of_a_name.having(["tax", "deep"], title)
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 0, -4)), 10, True)
    assert sorted(read) == list(range(4, 41, 4))  # each once
    found = ten_of_a_name.having(["tax", "toy"], titles.get)
    assert (found.papers, found.complete) == (0, True)
    read.clear()
    assert ten_of_a_name.having(["deep", "learning"], title).papers == 10
    assert read == []  # no word is rare, so that other papers may have them, too


def test_the_nearest_papers_have_the_most_of_the_rarer_words(tmp_path):
    titles = ["red green blue", "red green", "blue green", "red", "black"]
    papers = [{"corpusid": n, "title": title, "citationcount": 10 - n} for n, title in enumerate(titles, 1)]
    files = sorted((write_store(tmp_path, papers, []) / "papers").iterdir())
    build_names.build_names(tmp_path / "names.duckdb", files, memory=1 << 28, max_papers=2)
    table = NameTable(tmp_path / "names.duckdb")
    assert table.nearest(["blue", "white"]).ids.tolist() == [1, 3]
    assert table.nearest(["blue", "black"]).ids.tolist() == [1, 3, 5]  # one word each, the most cited first
    assert table.nearest(["red", "green", "black"]).ids.tolist() == [5]  # three papers have each of the others
    assert table.nearest(["red", "white"]).ids.tolist() == []


@pytest.fixture
def store_of(tmp_path, reading_list) -> Callable[..., Store]:
    """Makes and opens a store of papers with the citations (citing, cited)."""

    def make(papers: list[dict], *citations: tuple[int, int]) -> Store:
        rows = [{"citing": citing, "cited": cited} for citing, cited in citations or [(1, 0)]]
        index_store(write_store(tmp_path, papers, rows), memory=1 << 31)
        return open_store(tmp_path, reading_list)

    return make


def resolved(store: Store, name: str) -> int:
    """The corpus id of the paper that a name means."""
    return store.index.corpusid(store.names.resolve(name))


def test_names_of_a_store_with_very_frequent_words_resolve(store_of, monkeypatch):
    monkeypatch.setattr(build_names.build_names, "__kwdefaults__", {"max_papers": 10})
    store = store_of(many_papers(), (40, 2))
    assert resolved(store, "deep learning of toy forms, part p7") == 7
    assert resolved(store, "forms part p4") == 4
    with pytest.raises(AmbiguousName) as fault:
        store.names.resolve("deep learning")
    assert {line.split()[0] for line in fault.value.candidates} == {f"CorpusID:{n}" for n in range(31, 41)}
    with pytest.raises(AmbiguousName) as fault:
        store.names.resolve("deep")
    assert fault.value.candidates[-1] == "... and 30 more: say more of the title"
    with pytest.raises(AmbiguousName):
        store.names.resolve("Lee 2001")
    vertices, papers = store.names.search("deep", 3)
    assert papers == 40
    # Of the ten papers that are kept none is cited in the store: then the order of the index decides.
    assert vertices == sorted(store.index.vertex(n) for n in range(31, 41))[:3]
    with pytest.raises(NameNotFound):
        store.names.resolve("learning deep")


def test_accents_and_letters_of_other_alphabets_are_folded(store_of):
    titles = ["Die Größe der Łódź", "基于深度学习的研究", "The ﬁrst of n² naïve ways"]
    papers = [
        {"corpusid": n, "title": title, "authors": ["Ø. Müller-Łukasz Jr."], "year": 1990 + n}
        for n, title in enumerate(titles)
    ]
    store = store_of(papers)
    for name, corpusid in (
        ("grosse der lodz", 0),
        ("DIE GRÖSSE DER ŁÓDŹ", 0),
        ("Lukasz 1990", 0),
        ("基于深度学习的研究", 1),
        ("first of n2 naive", 2),
        ("łukasz et al. (1992)", 2),
    ):
        assert resolved(store, name) == corpusid, name


PAPERS = [
    {"corpusid": 1, "title": "A study of trees", "authors": ["Ann Lee"], "year": 1999, "arxiv": "hep-th/0001001"},
    {"corpusid": 2, "title": "A study of trees and roots", "authors": ["Bo Lee"], "year": 2000, "doi": "10.1234/AbC"},
    {"corpusid": 3, "title": "Roots and trees: a study", "authors": ["Cy Ode"], "year": 2001},
    {"corpusid": 4, "title": "Trees and roots, a study", "authors": ["Di Ode"], "year": 2001},
    {"corpusid": 5, "title": "BERT explained", "authors": ["Ed Fox"], "year": 2020},
    {"corpusid": 6, "title": "Of language", "authors": ["Fay Roe"], "year": 2018, "arxiv": "1810.04805"},
]


@pytest.fixture
def trees(store_of) -> Store:
    """A store of these papers: 4 is cited three times, 2 twice, 3 once. Paper 6 is BERT in the reading list."""
    return store_of(PAPERS, (1, 4), (2, 4), (3, 4), (1, 2), (3, 2), (4, 3))


def test_the_first_rule_that_fits_decides(trees, reading_list):
    assert resolved(trees, "CorpusID:3") == 3
    assert resolved(trees, "doi:10.1234/abc") == resolved(trees, "https://doi.org/10.1234/ABC") == 2
    assert resolved(trees, trees.key(trees.index.vertex(4))) == 4
    assert resolved(trees, "BERT") == 6  # a name of the reading list before words of a title
    number = next(entry.number for entry in reading_list.entries if "BERT" in entry.names)
    assert resolved(trees, f"#{number}") == resolved(trees, f" entry {number} ") == 6
    assert resolved(trees, "A study of trees") == 1  # a whole title before words of two titles
    assert resolved(trees, "Fox et al. (2020)") == 5
    assert resolved(trees, "study of trees and") == 2


def test_papers_that_fit_are_named_with_the_most_cited_first(trees):
    with pytest.raises(AmbiguousName) as fault:
        trees.names.resolve("Ode 2001")
    assert fault.value.candidates == (
        "CorpusID:4  2001  cited by 3  Trees and roots, a study",
        "CorpusID:3  2001  cited by 1  Roots and trees: a study",
    )
    with pytest.raises(AmbiguousName) as fault:
        trees.names.resolve("trees and roots")
    assert [line.split()[0] for line in fault.value.candidates] == ["CorpusID:4", "CorpusID:2"]


def test_the_year_of_an_arxiv_identifier_counts_and_so_does_the_stated_one(trees):
    with pytest.raises(AmbiguousName) as fault:
        trees.names.resolve("Lee 2000")
    assert [line.split()[0] for line in fault.value.candidates] == ["CorpusID:2", "CorpusID:1"]
    assert resolved(trees, "Lee 1999") == 1


def test_a_year_counts_that_only_the_publication_the_venue_or_the_list_states(store_of):
    """Entry 22 of the reading list, Ziegler et al., is arXiv:1909.08593 and is listed with the year 2020."""
    papers = [
        {"corpusid": 1, "title": "One", "authors": ["Ann Lee", "Bo Ray"], "year": 2018, "venue": "NAACL 2019"},
        {"corpusid": 2, "title": "Two", "authors": ["Ann Lee", "Cy Ode"], "year": 2017, "date": date(2019, 6, 1)},
        {"corpusid": 3, "title": "Three", "authors": ["D. M. Ziegler"], "year": 2019, "arxiv": "1909.08593"},
        {"corpusid": 4, "title": "Four", "authors": ["Ann Lee"], "year": 2018},
    ]
    store = store_of(papers, (1, 2), (3, 2))
    with pytest.raises(AmbiguousName) as fault:
        store.names.resolve("Lee et al., 2019")
    assert [line.split()[0] for line in fault.value.candidates] == ["CorpusID:2", "CorpusID:1"]
    assert resolved(store, "Lee and Ray 2019") == resolved(store, "Lee, A. & Ray, B. (2018)") == 1
    assert resolved(store, "Ziegler 2020") == resolved(store, "Ziegler 2019") == 3


def test_when_a_name_has_more_papers_than_are_looked_at_they_are_counted(trees, monkeypatch):
    monkeypatch.setattr(resolve_names, "MAX_RANKED", 1)
    vertices, papers = trees.names.search("trees study", 9)
    assert ([trees.index.corpusid(vertex) for vertex in vertices], papers) == ([1], 4)  # the first in the table
    monkeypatch.setattr(resolve_names, "MAX_RANKED", 500)
    monkeypatch.setattr(names, "MOST_CANDIDATES", 1)
    with pytest.raises(AmbiguousName) as fault:
        trees.names.resolve("Ode 2001")
    assert fault.value.candidates[1:] == ("... and 1 more: say more of the title",)


def test_a_key_means_its_paper_only_as_it_is_written_in_answers(trees):
    key = trees.key(trees.index.vertex(4))
    assert key.endswith("-4")
    assert trees.names.vertex_of_key(key) == trees.index.vertex(4)
    assert trees.names.vertex_of_key("another2001trees-4") is None
    assert trees.names.vertex_of_key("ode2001trees-99") is None
    assert trees.names.vertex_of_key("trees") is None


def test_a_name_that_fits_nothing_is_answered_with_titles_that_have_most_of_its_words(trees):
    with pytest.raises(NameNotFound) as fault:
        trees.names.resolve("roots of evil")
    assert fault.value.suggestions == ("A study of trees and roots",)
    with pytest.raises(NameNotFound) as fault:
        trees.names.resolve("study evil")
    assert fault.value.suggestions == (
        "Trees and roots, a study",
        "A study of trees and roots",
        "Roots and trees: a study",
    )


def test_the_number_of_an_entry_that_is_not_in_the_list_or_the_store_is_an_error(trees):
    with pytest.raises(InputError, match="no entry 999"):
        trees.names.resolve("#999")
    with pytest.raises(InputError, match=r"entry 1, .* is not in this store"):
        trees.names.resolve("1")


def test_a_search_finds_what_a_text_names_and_then_titles_with_all_its_words(trees):
    def found(text: str, top: int = 9) -> tuple[list[int], int]:
        vertices, papers = trees.names.search(text, top)
        return [trees.index.corpusid(vertex) for vertex in vertices], papers

    assert found("a study of trees") == ([1, 2], 2)
    assert found("trees study") == ([4, 2, 3, 1], 4)
    assert found("trees study", 2) == ([4, 2], 4)
    assert found("trees roo") == ([4, 2, 3], 3)  # the last word is still being typed
    assert found("roo") == ([], 0)
    assert found("roo trees") == ([], 0)
    assert found("#999") == ([], 0)


def test_only_the_most_cited_papers_are_checked_for_the_order_of_words(trees, monkeypatch):
    monkeypatch.setattr(resolve_names, "MAX_VERIFIED", 1)
    with pytest.raises(AmbiguousName) as fault:  # 4 has the words in this order, the others are not looked at
        trees.names.resolve("trees and roots")
    assert [line.split()[0] for line in fault.value.candidates] == ["CorpusID:4", "CorpusID:2", "CorpusID:3"]


def test_a_table_of_names_is_the_same_with_any_memory(tmp_path):
    files = sorted((write_store(tmp_path, many_papers(), []) / "papers").iterdir())
    rows = []
    for memory in (1 << 12, 1 << 30):  # in 256 files, in one
        path = tmp_path / f"{memory}.duckdb"
        build_names.build_names(path, files, memory=memory, max_papers=10)
        with duckdb.connect(str(path), read_only=True) as database:
            rows.append(database.execute("SELECT key, corpusid, rank FROM keys").fetchall())
            assert database.execute("SELECT count(*), min(papers) FROM frequent").fetchone() == (
                8,
                30,
            )  # the author is one of them
    assert rows[0] == rows[1] == sorted(rows[0], key=lambda row: (row[0], row[2], row[1]))


@pytest.fixture
def indexed(tmp_path) -> Path:
    folder = write_store(tmp_path / "store", many_papers(), [{"citing": 40, "cited": 2}])
    index_store(folder, memory=1 << 31)
    return folder


def test_a_table_of_another_version_is_refused(indexed):
    for change, version in (("UPDATE about SET version = 9", "version 9"), ("DROP TABLE about", "an older version")):
        with duckdb.connect(str(indexed / "names.duckdb")) as database:
            database.execute(change)
        with pytest.raises(InputError, match=f"of {version}.*lineage bulk index"):
            NameTable(indexed / "names.duckdb")


def test_a_damaged_table_is_reported_and_gives_no_wrong_answer(indexed):
    path = indexed / "names.duckdb"
    intact = path.read_bytes()
    for length in (0, 100, len(intact) // 2):
        path.write_bytes(intact[:length])
        with pytest.raises(InputError, match="lineage bulk index"):
            NameTable(path).named("word", "deep")
    for place in range(4096 * 3, len(intact), 50_000):
        damaged = bytearray(intact)
        damaged[place] ^= 255
        path.write_bytes(bytes(damaged))
        with suppress(InputError):  # and nothing else
            assert NameTable(path).named("word", "p7").ids.tolist() == [7]  # the byte is elsewhere


KILLED = """
import os, signal, sys
from pathlib import Path
from graph.index import build_index, build_names
append = build_names._append
def killed(*rows):
    append(*rows)
    os.kill(os.getpid(), signal.SIGKILL)
build_names._append = killed
build_index.index_store(Path(sys.argv[1]), memory=1 << 31)
"""


@pytest.mark.long
def test_a_build_that_was_killed_leaves_the_old_names_and_can_be_repeated(indexed, reading_list):
    before = (indexed / "names.duckdb").read_bytes()
    run = subprocess.run([sys.executable, "-c", KILLED, str(indexed)], capture_output=True, check=False)
    assert run.returncode == -9, run.stderr
    assert (indexed / ".index.part").is_dir()
    assert (indexed / "names.duckdb").read_bytes() == before
    assert resolved(open_store(indexed, reading_list), "forms part p4") == 4
    index_store(indexed, memory=1 << 31)
    check_indexed(indexed)
    assert not (indexed / ".index.part").exists()


FULL = """
import resource, sys
from pathlib import Path
from graph.errors import OutputError
from graph.index import build_index
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    build_index.index_store(Path(sys.argv[1]), memory=1 << 31)
except OutputError as fault:
    print(fault)
"""


@pytest.mark.long
@pytest.mark.parametrize("room", [1 << 10, 10_000, 1 << 19])
def test_a_full_disk_is_reported_and_the_old_index_stays(indexed, reading_list, room):
    """A limit on the size of files stands for the disk: writing past it fails in the same calls."""
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(indexed), str(room)], capture_output=True, text=True, check=True
    )
    assert "make room there, nothing was changed" in run.stdout
    assert not (indexed / ".index.part").exists()
    check_indexed(indexed)
    assert resolved(open_store(indexed, reading_list), "forms part p4") == 4


def test_a_number_of_pubmed_names_its_paper_and_is_shown(store_of):
    store = store_of(
        [{"corpusid": 7, "title": "Tides", "pubmed": "90000001"}, {"corpusid": 8, "pubmed": "none"}], (7, 8)
    )
    assert resolved(store, "https://pubmed.ncbi.nlm.nih.gov/90000001/") == 7
    (vertex,) = store.index.vertices_of(np.array([7]))
    assert list(map(str, store.records[vertex].identifiers)) == ["pmid:90000001", "corpusid:7"]


def test_an_index_of_before_has_no_numbers_of_pubmed_and_is_read_all_the_same(store_of, monkeypatch):
    columns = paper_records.COLUMNS[:-2]
    assert not {"pubmed", "authorids"} & set(columns)
    monkeypatch.setattr(store_rows, "COLUMNS", columns)
    store = store_of([{"corpusid": 7, "title": "Tides", "pubmed": "90000001", "doi": "10.5555/x"}], (7, 8))
    assert [str(each) for each in store.records[store.index.vertex(7)].identifiers] == ["doi:10.5555/x", "corpusid:7"]
