"""Identifiers that a service matched itself are dropped where the entry's own year or author speaks against them."""

from __future__ import annotations

import pytest

from graph.model.corpus import Source
from graph.model.identifiers import Identifier
from graph.sources.record_checks import without_wrong_matches
from graph.sources.records import CitationList, ListRow, Record

SOURCE = Source("crossref:2026-11-23", "crossref", "Crossref, observed 2026-11-23")
DOI = (Identifier("doi", "10.5555/book.chapter.2"),)
KNOWN = Record("s2/known", DOI, "The Second Chapter", authors=("Ann Second",), year=1998)


def listed(*, matched: bool = True, **stated) -> CitationList:
    return CitationList(
        SOURCE, Record("citing"), "complete", (ListRow(Record("row", DOI, **stated), matched=matched),), row_count=1
    )


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ({"authors": ("Second",), "year": 1998}, True),
        ({"authors": ("A. Second",), "year": 2000}, True),
        ({"authors": ("B. First",), "year": 1998}, False),
        ({"authors": ("Second",), "year": 1975}, False),
        ({"authors": (), "year": None}, True),
        ({"year": 2003}, False),
        ({"authors": ("A. S.",)}, True),
    ],
)
def test_a_match_is_kept_where_nothing_that_the_entry_states_speaks_against_it(stated, kept):
    (found,) = without_wrong_matches([listed(title="A Chapter", **stated)], [KNOWN])
    (row,) = found.rows
    assert (row.record.identifiers == DOI) is kept
    assert row.record.title == "A Chapter"


def test_an_entry_that_loses_its_only_identifier_is_still_counted():
    (found,) = without_wrong_matches([listed(authors=("First",))], [KNOWN])
    assert (found.rows, found.row_count) == ((), 1)


def test_what_the_publisher_sent_is_not_judged():
    one = listed(matched=False, authors=("First",), year=1900)
    assert without_wrong_matches([one], [KNOWN]) == [one]


def test_what_nobody_else_knows_is_kept():
    one = listed(authors=("First",), year=1900)
    assert without_wrong_matches([one]) == [one]


def test_the_year_of_any_record_of_the_paper_is_enough():
    reprint = Record("other", DOI, year=1975)
    (found,) = without_wrong_matches([listed(year=1976)], [KNOWN, reprint])
    assert found.rows[0].record.identifiers == DOI
