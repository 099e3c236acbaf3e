"""Names of a store: what a key is, which papers of very many are kept, what words find, and faults of the table."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import AmbiguousName, InputError, NameNotFound
from graph.index import build_names, name_table
from graph.index.build_index import check_indexed, index_store
from graph.index.column_keys import COLUMNS, arxiv_months, keys_of
from graph.index.name_keys import key_of
from graph.index.name_table import NameTable
from graph.index.store import open_store
from graph.index.top_k_filter import TopKFilter, first_of_each, ranks_of, sort_rows
from graph.utils.text import normalised_title, surname, words

from ..helpers.scale_world import PAPERS, write_store

TEXT = st.text(st.sampled_from("aAbZ09 -_.,'éßŁøﬁ²½İǅ學Яя\u0301\u200d\t"), max_size=12) | st.text(max_size=8)
YEAR = st.none() | st.integers(-3, 12000)
ROW = st.fixed_dictionaries(
    {"title": st.none() | TEXT, "authors": st.none() | st.lists(TEXT, max_size=2), "year": YEAR}
    | {"doi": st.none() | TEXT, "arxiv": st.sampled_from([None, "1706.03762", "math/9901001v2", "cs.LG/0512001", "x"])}
    | {"acl": st.none() | TEXT, "sha": st.none() | TEXT}
)


def table(rows) -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in PAPERS.names} for row in rows], PAPERS)


def expected_keys(row) -> set[int]:
    """All keys of one paper, by the functions that names are folded with everywhere else."""
    keys = set()
    title = row["title"] or ""
    if words(title):
        keys.add(key_of("title", normalised_title(title)))
    keys |= {key_of("word", word) for word in words(title)}
    for column, scheme in (("doi", "doi"), ("arxiv", "arxiv"), ("acl", "acl"), ("sha", "s2")):
        if row[column]:
            keys.add(key_of(scheme, row[column].casefold()))
    by_arxiv = {"1706.03762": 2017, "math/9901001v2": 1999, "cs.LG/0512001": 2005}.get(row["arxiv"] or "")
    family = surname(row["authors"][0]) if row["authors"] else ""
    if family:
        keys |= {key_of("by", f"{family} {year}") for year in (row["year"], by_arxiv) if year and 0 < year <= 9999}
    return keys


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=6))
def test_columns_have_the_keys_of_their_texts_one_by_one(rows):
    batch = table(rows).select(list(COLUMNS)).combine_chunks().to_batches()
    found = defaultdict(list)
    for part in batch:
        keys, of = keys_of(part)
        for key, row in zip(keys.tolist(), of.tolist(), strict=True):
            found[row].append(key)
    for number, row in enumerate(rows):
        assert sorted(found[number]) == sorted(expected_keys(row)), row


def test_a_key_is_what_it_was_in_the_tables_that_are_out_there():
    """Changing any of these makes old tables find nothing: raise `graph.index.name_keys.VERSION` with them."""
    assert key_of("word", "attention") == 17012179055525400948
    assert key_of("title", "attentionisallyouneed") == 4737838137748333405
    assert key_of("by", "muller 1999") == 5304013837205444255


def test_a_slice_of_a_column_has_its_own_keys():
    batch = table([{"title": f"paper {n}", "authors": [f"A. Name{n}"], "year": 1990 + n} for n in range(9)])
    part = batch.select(list(COLUMNS)).combine_chunks().to_batches()[0].slice(4, 2)
    keys, rows = keys_of(part)
    assert {(key_of("by", "name4 1994"), 0), (key_of("word", "5"), 1)} <= set(
        zip(keys.tolist(), rows.tolist(), strict=True)
    )


def test_arxiv_months_are_those_of_identifiers():
    months = arxiv_months(
        pa.array(["1706.03762v5", "math.GT/9901001", "hep-th/0512001", "1713.00001", None, "nonsense"])
    )
    assert months.tolist() == [201706, 199901, 200512, 0, 0, 0]


def test_ranks_are_steps_of_an_eighth_of_a_doubling():
    assert ranks_of(np.array([0, -1, 1, 3, 2**31 - 1])).tolist() == [255, 255, 247, 239, 7]
    assert (np.diff(ranks_of(np.arange(10_000)).astype(np.int64)) <= 0).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**64 - 1) | st.integers(0, 3), st.integers(0, 255)), max_size=80))
def test_rows_are_sorted_by_key_and_rank_and_stay_in_their_order_where_these_tie(rows):
    keys = np.array([key for key, _ in rows], np.uint64)
    rest = np.array([rank << 32 | place for place, (_, rank) in enumerate(rows)], np.uint64)
    ordered, carried = sort_rows(keys.copy(), rest.copy())
    wanted = sorted((key, rank, place) for place, (key, rank) in enumerate(rows))
    assert list(zip(ordered.tolist(), carried.tolist(), strict=True)) == [
        (key, rank << 32 | place) for key, rank, place in wanted
    ]
    kept, counts = first_of_each(ordered, 2, 2)
    by_key = defaultdict(list)
    for key, *_ in wanted:
        by_key[key].append(key)
    assert ordered[kept].tolist() == [key for key in sorted(by_key) for _ in by_key[key][:2]]
    assert counts == {key: len(many) for key, many in by_key.items() if len(many) >= 2}


def test_the_sieve_leaves_out_only_what_is_not_among_the_first_of_a_name():
    chance = np.random.default_rng(3)
    sieve, most = TopKFilter(20, min_rows=64), 20
    blocks = [
        (chance.zipf(1.4, 4000).astype(np.uint64), chance.integers(0, 256, 4000).astype(np.uint64)) for _ in range(6)
    ]
    through, everything = [], []
    for keys, ranks in blocks:
        kept = sieve.kept(keys, ranks)
        through += list(zip(keys[kept].tolist(), ranks[kept].tolist(), strict=True))
        everything += list(zip(keys.tolist(), ranks.tolist(), strict=True))
    assert len(through) < len(everything) / 2
    of_all, of_kept = defaultdict(list), defaultdict(list)
    for key, rank in everything:
        of_all[key].append(rank)
    for key, rank in through:
        of_kept[key].append(rank)
    for key, ranks in of_all.items():
        assert sorted(of_kept[key])[:most] == sorted(ranks)[:most]
        assert len(of_kept[key]) + sieve.left_out.get(key, 0) == len(ranks)


def many_papers() -> list[dict]:
    """Forty papers of "deep learning", the later ones cited more; every fourth is about taxes."""
    return [
        {"corpusid": n, "title": f"Deep learning of {'tax' if n % 4 == 0 else 'toy'} forms, part p{n}"}
        | {"citationcount": int(1.5**n), "authors": ["Ann Lee"], "year": 2001}
        for n in range(1, 41)
    ]


@pytest.fixture
def few_kept(tmp_path) -> NameTable:
    """A look-up of them that keeps ten papers of a name."""
    files = sorted((write_store(tmp_path, many_papers(), []) / "papers").iterdir())
    build_names.build_names(tmp_path / "names.duckdb", files, memory=1 << 28, max_papers=10)
    assert not (tmp_path / "names.runs").exists()
    return NameTable(tmp_path / "names.duckdb")


def test_of_a_frequent_name_the_most_cited_papers_are_kept_and_all_are_counted(few_kept):
    found = few_kept.named("word", "deep")
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 30, -1)), 40, False)
    found = few_kept.named("by", "lee 2001")
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 30, -1)), 40, False)
    found = few_kept.named("word", "p7")
    assert (found.ids.tolist(), found.papers, found.complete) == ([7], 1, True)
    assert few_kept.named("word", "nothing").papers == 0


def test_frequent_words_beside_a_rare_one_shut_out_what_they_can_tell(few_kept, monkeypatch):
    monkeypatch.setattr(name_table, "_FEW", 0)

    def having(*words: str):
        return few_kept.having(words, lambda corpusid: pytest.fail(f"the title of {corpusid} was read"))

    taxes = few_kept.named("word", "tax")
    assert (sorted(taxes.ids.tolist()), taxes.complete) == (list(range(4, 41, 4)), True)
    found = having("tax", "deep")  # those with few citations may have the word for all that is kept
    assert (found.ids.tolist(), found.complete) == (list(range(40, 0, -4)), False)
    found = having("tax", "toy")
    assert found.ids.tolist() == list(range(24, 0, -4))  # the ten most cited of "toy" are 27 and above
    assert having("deep", "learning").ids.tolist() == list(range(40, 30, -1))
    assert having("toy", "learning").ids.tolist() == [39, 38, 37, 35, 34, 33, 31]
    assert having("deep", "nothing").papers == having().papers == 0
    assert having("p7", "p7", "deep").ids.tolist() == [7]


def test_of_few_papers_the_titles_decide(few_kept):
    titles = {paper["corpusid"]: paper["title"] for paper in many_papers()}
    found = few_kept.having(["tax", "deep"], titles.get)
    assert (found.ids.tolist(), found.papers, found.complete) == (list(range(40, 0, -4)), 10, True)
    found = few_kept.having(["tax", "toy"], titles.get)
    assert (found.papers, found.complete) == (0, True)


def test_names_of_a_store_with_very_frequent_words_resolve(tmp_path, reading_list, monkeypatch):
    monkeypatch.setattr(build_names.build_names, "__kwdefaults__", {"max_papers": 10})
    index_store(write_store(tmp_path, many_papers(), [{"citing": 40, "cited": 2}]), memory=1 << 31)
    names = open_store(tmp_path, reading_list).names
    ids = names._index
    assert ids.corpusid(names.resolve("deep learning of toy forms, part p7")) == 7
    assert ids.corpusid(names.resolve("forms part p4")) == 4
    with pytest.raises(AmbiguousName) as fault:
        names.resolve("deep learning")
    assert {line.split()[0] for line in fault.value.candidates} == {f"CorpusID:{n}" for n in range(31, 41)}
    with pytest.raises(AmbiguousName) as fault:
        names.resolve("deep")
    assert fault.value.candidates[-1] == "... and 30 more: say more of the title"
    with pytest.raises(AmbiguousName):
        names.resolve("Lee 2001")
    vertices, papers = names.search("deep", 3)
    assert (len(vertices), papers) == (3, 40)
    with pytest.raises(NameNotFound):
        names.resolve("learning deep")


def test_accents_and_letters_of_other_alphabets_are_folded_as_everywhere(tmp_path, reading_list):
    titles = ["Die Größe der Łódź", "基于深度学习的研究", "The ﬁrst of n² naïve ways"]
    papers = [
        {"corpusid": n, "title": title, "authors": ["Ø. Müller-Łukasz Jr."], "year": 1990 + n}
        for n, title in enumerate(titles)
    ]
    index_store(write_store(tmp_path, papers, [{"citing": 1, "cited": 0}]), memory=1 << 31)
    store = open_store(tmp_path, reading_list)
    for name, number in (
        ("grosse der lodz", 0), ("DIE GRÖSSE DER ŁÓDŹ", 0), ("Lukasz 1990", 0), ("基于深度学习的研究", 1),
        ("first of n2 naive", 2), ("łukasz et al. (1992)", 2),
    ):  # fmt: skip
        assert store.index.corpusid(store.names.resolve(name)) == number, name


def test_a_table_of_names_is_the_same_whatever_memory_there_is(tmp_path):
    files = sorted((write_store(tmp_path, many_papers(), []) / "papers").iterdir())
    rows = []
    for memory in (1 << 12, 1 << 30):  # in 256 files, in one
        path = tmp_path / f"{memory}.duckdb"
        build_names.build_names(path, files, memory=memory, max_papers=10)
        with duckdb.connect(str(path), read_only=True) as base:
            rows.append(base.execute("SELECT key, corpusid, rank FROM keys").fetchall())
            assert base.execute("SELECT count(*), min(papers) FROM frequent").fetchone() == (7, 30)
    assert rows[0] == rows[1] == sorted(rows[0], key=lambda row: (row[0], row[2], row[1]))


@pytest.fixture
def indexed(tmp_path) -> Path:
    folder = write_store(tmp_path / "store", many_papers(), [{"citing": 40, "cited": 2}])
    index_store(folder, memory=1 << 31)
    return folder


def test_a_table_of_another_version_is_told(indexed, reading_list):
    for change, version in (("UPDATE about SET version = 9", "version 9"), ("DROP TABLE about", "an older version")):
        with duckdb.connect(str(indexed / "names.duckdb")) as base:
            base.execute(change)
        with pytest.raises(InputError, match=f"of {version}.*lineage bulk index"):
            NameTable(indexed / "names.duckdb")


def test_a_damaged_table_is_told_and_not_believed(indexed):
    path = indexed / "names.duckdb"
    whole = path.read_bytes()
    for cut in (0, 100, len(whole) // 2):
        path.write_bytes(whole[:cut])
        with pytest.raises(InputError, match="lineage bulk index"):
            NameTable(path).named("word", "deep")
    for place in range(4096 * 3, len(whole), 50_000):
        damaged = bytearray(whole)
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


def test_a_build_that_is_killed_among_the_names_leaves_the_old_ones_and_can_be_done_again(indexed, reading_list):
    before = (indexed / "names.duckdb").read_bytes()
    run = subprocess.run([sys.executable, "-c", KILLED, str(indexed)], capture_output=True, check=False)
    assert run.returncode == -9, run.stderr
    assert (indexed / ".index.part").is_dir()
    assert (indexed / "names.duckdb").read_bytes() == before
    assert open_store(indexed, reading_list).names.resolve("forms part p4") is not None
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


@pytest.mark.parametrize("room", [1 << 10, 10_000, 1 << 19])
def test_a_full_disk_is_a_line_and_the_old_index_stays(indexed, reading_list, room):
    """A limit on the size of files stands for the disk: writing past it fails in the same calls."""
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(indexed), str(room)], capture_output=True, text=True, check=True
    )
    assert "make room there, nothing was changed" in run.stdout
    assert not (indexed / ".index.part").exists()
    check_indexed(indexed)
    assert open_store(indexed, reading_list).names.resolve("forms part p4") is not None
