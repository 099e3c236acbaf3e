"""The tables of papers and citations: what stands in them, and that no cell runs or changes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from graph.analysis.measures.affordable import measured as measured_papers
from graph.analysis.neighbourhood import neighbourhood
from graph.exports.tables import CITATION_COLUMNS, PAPER_COLUMNS, citations_frame, papers_frame
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.utils.csv_files import read_csv, unescape_formula

from ..helpers.hostile import TEXTS
from ..helpers.written_files import citations_csv, papers_csv

PAPERS = [column.name for column in PAPER_COLUMNS]
CITATIONS = [column.name for column in CITATION_COLUMNS]
Cells = dict[str, str | None]


def read_back(text: str, columns: list[str], folder: Path) -> list[Cells]:
    """The rows as this package reads them, from bytes on disk."""
    path = folder / "table.csv"
    path.write_bytes(text.encode("utf-8"))
    return [cells for _, cells in read_csv(path, columns)]


def small() -> Lineage:
    """Two papers of a list, one beside it that cites them, one that nobody asked for references."""
    name = {n: identifier("arxiv", f"200{n}.00001") for n in (1, 2)}
    papers = {
        "one": Paper("one", "First", ("A. One", "B. Two"), date="2001-05", identifiers=(name[1],), names=("ONE",)),
        "two": Paper("two", "Second", date="2000-01-02", date_basis="first_version", identifiers=(name[2],)),
        "three": Paper("three", publication_date="2004", venue="A venue"),
        "four": Paper("four", "Fourth", date="2004"),
    }
    sources = {
        "print:two": Source("print:two", "printed_bibliography", "bibliography of two"),
        "user": Source("user", "user", "somebody"),
    }
    both = (Assertion("print:two"), Assertion("user"))
    citations = [
        Citation("two", "one", both),
        Citation("three", "one", both[1:]),
        Citation("three", "two", both[1:]),
        Citation("two", "two", both[:1]),
    ]
    coverage = [
        Coverage("two", "references", "print:two", "complete", 31),
        Coverage("two", "references", "user", "partial", 4),
        Coverage("one", "references", "user", "complete"),
    ]
    themes = (Theme("a", "Theme A"), Theme("b", "Theme B"))
    entries = (
        Entry(1, ("a",), "First", identifiers=(name[1],)),
        Entry(2, ("a", "b"), "Second", identifiers=(name[2],)),
    )
    return build_lineage(Corpus(papers, citations, coverage, sources), ReadingList("Small", themes, entries))


def test_a_row_says_what_is_known_of_a_paper_and_leaves_the_rest_empty(tmp_path: Path) -> None:
    lineage = small()
    rows = {row["key"]: row for row in read_back(papers_csv(lineage, lineage.graph), PAPERS, tmp_path)}
    assert {name: value for name, value in rows["one"].items() if value is not None} == {
        "key": "one",
        "list_numbers": "1",
        "name": "ONE",
        "title": "First",
        "authors": "A. One; B. Two",
        "year": "2001",
        "date": "2001-05",
        "role": "list",
        "themes": "Theme A",
        "references": "complete",
        "cites_in_view": "0",
        "cited_by_in_view": "2",
        "identifiers": "arxiv:2001.00001",
        "url": "https://arxiv.org/abs/2001.00001",
    }
    assert {name: value for name, value in rows["three"].items() if value is not None} == {
        "key": "three",
        "name": "[untitled three]",
        "publication_date": "2004",
        "venue": "A venue",
        "role": "descendant",
        "inferred_themes": "Theme A 75 %; Theme B 25 %",
        "references": "not_fetched",
        "cites_in_view": "2",
        "cited_by_in_view": "0",
    }
    assert rows["two"]["references_listed"] == "31"
    assert rows["two"]["themes"] == "Theme A; Theme B"
    assert rows["two"]["inferred_themes"] is None


def test_citations_of_a_paper_whose_references_nobody_saw_are_unknown_and_not_none(tmp_path: Path) -> None:
    lineage = small()
    rows = {row["key"]: row for row in read_back(papers_csv(lineage, lineage.graph), PAPERS, tmp_path)}
    assert (rows["four"]["cites_in_view"], rows["four"]["references"]) == (None, "not_fetched")
    assert (rows["one"]["cites_in_view"], rows["one"]["references"]) == ("0", "complete")


def test_a_row_of_a_citation_names_both_papers_and_everybody_who_asserts_it(tmp_path: Path) -> None:
    rows = read_back(citations_csv(small(), ["two", "one"]), CITATIONS, tmp_path)
    assert rows == [
        {
            "citing": "two",
            "cited": "one",
            "citing_name": "Second",
            "cited_name": "ONE",
            "citing_year": "2000",
            "cited_year": "2001",
            "sources": "bibliography of two; somebody",
            "asserted_by": "2",
            "origins": "2",
            "backwards": "True",
        }
    ]


def test_a_list_without_papers_has_headers_alone() -> None:
    assert papers_csv(small(), []) == ",".join(PAPERS) + "\n"
    assert citations_csv(small(), []) == ",".join(CITATIONS) + "\n"


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        papers_csv(small(), ["nobody"])


def test_the_shipped_citations_are_those_of_the_corpus_between_the_papers_shown(
    lineage: Lineage, tmp_path: Path
) -> None:
    shown = set(neighbourhood(lineage))
    rows = read_back(citations_csv(lineage, shown), CITATIONS, tmp_path)
    expected = {
        (c.citing, c.cited): (str(len(c.assertions)), "; ".join(lineage.corpus.sources[s].label for s in c.sources))
        for c in lineage.corpus.citations
        if {c.citing, c.cited} <= shown and c.citing != c.cited
    }
    assert len(rows) == len(expected)
    assert {(row["citing"], row["cited"]): (row["asserted_by"], row["sources"]) for row in rows} == expected
    papers = read_back(papers_csv(lineage, shown), PAPERS, tmp_path)
    assert {row["key"] for row in papers} == shown
    for row in papers:
        known = row["cites_in_view"]
        assert int(known or 0) == sum(citing == row["key"] for citing, _ in expected)
        assert row["cited_by_in_view"] == str(sum(cited == row["key"] for _, cited in expected))
    assert [row["key"] for row in papers] == sorted(shown, key=lineage.age)


@pytest.mark.parametrize("name", ["lineage", "hostile"])
def test_the_same_papers_give_the_same_bytes_in_any_order(name: str, request: pytest.FixtureRequest) -> None:
    lineage: Lineage = request.getfixturevalue(name)
    keys = list(lineage.list_keys)
    for table in (papers_csv, citations_csv):
        assert table(lineage, keys) == table(lineage, [*reversed(keys), keys[0]])


@pytest.mark.parametrize("name", ["lineage", "hostile"])
def test_no_cell_says_nan_and_no_cell_runs(name: str, request: pytest.FixtureRequest) -> None:
    lineage: Lineage = request.getfixturevalue(name)
    for table in (papers_csv(lineage, lineage.graph), citations_csv(lineage, lineage.graph)):
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert not {"nan", "NaN", "None", "<NA>", "NaT"} & set(cells)
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_years_stay_whole_numbers_where_one_is_unknown() -> None:
    frame = papers_frame(small(), ["one", "three"]).set_index("key")
    assert frame["year"].dtype == "Int64"
    assert frame.loc["one", "year"] == 2001
    assert pd.isna(frame.loc["three", "year"])
    assert citations_frame(small(), ["one", "three"])["citing_year"].isna().all()
    assert ",2001," in papers_csv(small(), ["one", "three"])


def test_our_reader_finds_every_hostile_text_unchanged(hostile: Lineage, tmp_path: Path) -> None:
    rows = read_back(papers_csv(hostile, hostile.graph), PAPERS, tmp_path)
    assert [row["title"] for row in rows] == list(TEXTS)
    assert [row["authors"] for row in rows] == [text[:40] for text in TEXTS]
    assert [row["venue"] for row in rows] == [text[:60] for text in TEXTS]
    assert rows[0]["themes"] == f"{TEXTS[1]}; {TEXTS[3]}"
    citations = read_back(citations_csv(hostile, hostile.graph), CITATIONS, tmp_path)
    assert [row["cited_name"] for row in citations] == [text[:30] for text in TEXTS[:-1]]
    assert {row["sources"] for row in citations} == {TEXTS[0]}


def test_pandas_finds_every_hostile_text_behind_its_apostrophe(hostile: Lineage, tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_bytes(papers_csv(hostile, hostile.graph).encode("utf-8"))
    frame = pd.read_csv(path, keep_default_na=False)  # an unknown cell stays an empty text
    assert list(frame.columns) == PAPERS
    assert [unescape_formula(title) for title in frame["title"]] == list(TEXTS)
    assert list(frame["year"]) == [2000 + n for n in range(len(TEXTS))]
    inert = [title for title in frame["title"] if title.startswith("'")]
    assert len(inert) == sum(text.lstrip("'")[0] in "=+-@" for text in TEXTS) > 0


def test_every_column_has_a_name_of_its_own_and_a_meaning() -> None:
    for columns in (PAPER_COLUMNS, CITATION_COLUMNS):
        names = [column.name for column in columns]
        assert len(set(names)) == len(names)
        assert all(column.meaning for column in columns)
    assert list(papers_frame(small(), ["one"]).columns) == PAPERS
    assert list(citations_frame(small(), ["one"]).columns) == CITATIONS


def test_measures_are_columns_and_what_is_refused_is_an_empty_cell(lineage: Lineage, tmp_path: Path) -> None:
    measured = measured_papers(lineage)
    text = papers_csv(lineage, lineage.list_keys, measured)
    frame = pd.read_csv(io.StringIO(text)).set_index("key")
    for id_, result in measured.items():
        for key, cell in frame[f"measure_{id_}"].items():
            value = result.values.get(key)
            assert pd.isna(cell) if value is None else cell == pytest.approx(float(value))
    assert frame["measure_disruption"].isna().any()
