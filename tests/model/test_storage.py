"""A corpus on disk: nothing changes on the way, and every bad row is told at once."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model.corpus import STATES, Assertion, Citation, Corpus, Coverage, Doubt, Merge, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage
from graph.model.storage import corpus_files, load_corpus, save_corpus

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DATES = (
    st.none()
    | st.dates().map(lambda d: f"{d.year:04d}-{d.month:02d}-{d.day:02d}")
    | st.just("1992")
    | st.just("2014-09")
)
KEYS = [f"key{n}" for n in range(5)]
IDS = st.sampled_from([identifier("arxiv", "1810.04805"), identifier("doi", "10.1234/a b".replace(" ", ""))])


@st.composite
def corpora(draw) -> Corpus:
    papers = {
        key: Paper(
            key,
            title=draw(st.none() | TEXT),
            authors=tuple(draw(st.lists(TEXT, max_size=3))),
            authors_complete=draw(st.booleans()),
            date=draw(DATES),
            date_basis=draw(st.sampled_from([None, "first_version", "stated_year"])),
            publication_date=draw(DATES),
            venue=draw(st.none() | TEXT),
            identifiers=tuple(draw(st.lists(IDS, unique=True, max_size=2))),
            names=tuple(draw(st.lists(TEXT, max_size=2))),
        )
        for key in KEYS
    }
    sources = {id_: Source(id_, "user", draw(TEXT), note=draw(st.none() | TEXT)) for id_ in ("one", "two")}
    pairs = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), unique=True, max_size=8))
    numbers = st.lists(st.integers(0, 9), max_size=2).map(tuple)
    citations = [
        Citation(a, b, tuple(Assertion(s, draw(numbers)) for s in draw(st.sampled_from([("one",), ("one", "two")]))))
        for a, b in pairs
    ]
    coverage = [
        Coverage(key, "references", "one", draw(st.sampled_from(STATES)), draw(st.none() | st.integers(0, 9)))
        for key in draw(st.lists(st.sampled_from(KEYS), unique=True))
    ]
    merges = [Merge(KEYS[0], "same title", "r1", draw(st.none() | TEXT))]
    return Corpus(papers, citations, coverage, sources, merges, [Doubt((KEYS[0], KEYS[1]), draw(TEXT))])


@given(corpora())
def test_saving_and_loading_any_corpus_changes_nothing(corpus: Corpus):
    with tempfile.TemporaryDirectory() as folder:
        save_corpus(corpus, Path(folder))
        assert load_corpus(Path(folder)) == corpus
        assert corpus_files(load_corpus(Path(folder))) == corpus_files(corpus)


def test_hostile_texts_come_back_as_they_were(hostile: Lineage, tmp_path: Path):
    save_corpus(hostile.corpus, tmp_path)
    assert load_corpus(tmp_path) == hostile.corpus


def test_none_zero_and_the_empty_text_stay_three_things(tmp_path: Path):
    papers = {"a": Paper("a", title=""), "b": Paper("b", title=None)}
    coverage = [Coverage("a", "references", "s", "complete", 0), Coverage("b", "references", "s", "partial", None)]
    save_corpus(Corpus(papers, coverage=coverage, sources={"s": Source("s", "user", "s")}), tmp_path)
    back = load_corpus(tmp_path)
    assert (back.papers["a"].title, back.papers["b"].title) == ("", None)
    assert [row.rows for row in back.coverage] == [0, None]
    assert back.coverage_of("a", "citations") == "not_fetched"


@pytest.fixture
def saved(hostile: Lineage, tmp_path: Path) -> Path:
    save_corpus(hostile.corpus, tmp_path)
    return tmp_path


def edit(path: Path, line: int, text: str) -> None:
    lines = path.read_text("utf-8").split("\n")
    lines[line - 1] = text
    path.write_text("\n".join(lines), "utf-8")


def test_every_bad_row_is_told_at_once_with_file_and_line(saved: Path):
    edit(saved / "papers.jsonl", 2, '{"key": "x", "date": "2001-13"}')
    edit(saved / "papers.jsonl", 4, '{"key": 7}')
    edit(saved / "papers.jsonl", 5, '{"key": "x", "tilte": "y"}')
    edit(saved / "citations.jsonl", 3, "{nonsense")
    edit(saved / "citations.jsonl", 4, '{"citing": "a"}')
    with pytest.raises(InputError) as fault:
        load_corpus(saved)
    message = str(fault.value)
    for place in (
        "papers.jsonl, line 2",
        "papers.jsonl, line 4",
        "papers.jsonl, line 5",
        "citations.jsonl, line 3",
        "citations.jsonl, line 4",
    ):
        assert place in message
    assert "unknown field 'tilte'" in message
    assert "month must be in 1..12" in message


@pytest.mark.parametrize(
    "row", ['{"key": "x", "title": NaN}', '{"key": "x", "title": "\\ud800"}', "[1]", '"text"', "[" * 5000]
)
def test_json_that_is_none_or_no_object_is_refused(saved: Path, row: str):
    edit(saved / "papers.jsonl", 1, row)
    with pytest.raises(InputError, match=r"papers\.jsonl, line 1"):
        load_corpus(saved)


def test_a_citation_of_nobody_is_refused(saved: Path):
    edit(
        saved / "citations.jsonl",
        1,
        '{"citing": "hostile1", "cited": "nobody", "assertions": [{"source": "user:hostile"}]}',
    )
    with pytest.raises(InputError, match="no paper 'nobody'"):
        load_corpus(saved)


def test_a_paper_that_stands_twice_is_refused(saved: Path):
    text = (saved / "papers.jsonl").read_text("utf-8")
    (saved / "papers.jsonl").write_text(text + text.split("\n")[0] + "\n", "utf-8")
    with pytest.raises(InputError, match="more than one paper hostile0"):
        load_corpus(saved)


def test_a_newer_format_is_refused_and_not_guessed_at(saved: Path):
    manifest = json.loads((saved / "manifest.json").read_text("utf-8"))
    (saved / "manifest.json").write_text(json.dumps(manifest | {"format": 2}), "utf-8")
    with pytest.raises(InputError, match="format 2, and this version reads 1"):
        load_corpus(saved)


def test_a_folder_without_a_corpus_says_so(tmp_path: Path):
    with pytest.raises(InputError, match=r"no corpus here .* 'lineage fetch LIST --to FOLDER' makes one"):
        load_corpus(tmp_path)
    (tmp_path / "manifest.json").write_text('{"made_with": {"citation-lineage": "0.1.0"}, "sha256": {}}', "utf-8")
    with pytest.raises(InputError, match="wrote pages here, and this is no corpus; name the folder of the corpus"):
        load_corpus(tmp_path)


def test_a_missing_table_is_told(saved: Path):
    (saved / "coverage.jsonl").unlink()
    with pytest.raises(InputError, match=r"coverage\.jsonl: no such file"):
        load_corpus(saved)


def test_the_pandas_tables_keep_unknown_years_unknown(corpus: Corpus):
    papers, citations = corpus.papers_frame(), corpus.citations_frame()
    assert str(papers["year"].dtype) == "Int64"
    assert papers["year"].isna().sum() == sum(paper.year is None for paper in corpus.papers.values())
    assert papers.loc["devlin2018", "year"] == 2018
    assert len(citations) == len(corpus.citations)
    assert citations["asserted_by"].sum() == sum(len(c.assertions) for c in corpus.citations)
