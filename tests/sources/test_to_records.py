"""Semantic Scholar's papers and lists as records."""

from __future__ import annotations

import pytest

from graph.model.identifiers import Identifier, identifier
from graph.sources.records import ListRow, Record, semantic_scholar_source
from graph.sources.semantic_scholar.pagination import PagedList
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.to_records import ObservedPapers, alias_of, names_another_paper

ONE, TWO = "1" * 40, "2" * 40
SOURCE = semantic_scholar_source("2026-11-23")
ARXIV = identifier("arxiv", "1810.04805")


def paper(*rows: PaperRow, aliases: tuple[tuple[str, Identifier], ...] = ()) -> Record:
    return ObservedPapers(SOURCE, rows, aliases).record(ONE)


def test_a_record_says_what_the_service_says():
    row = PaperRow(ONE, (ARXIV,), "Title", ("A. Author",), 2018, "2018-10-11", "NAACL", 7, 9)
    assert paper(row) == Record(
        f"s2:2026-11-23/s2:{ONE}",
        (ARXIV,),
        "Title",
        authors=("A. Author",),
        authors_complete=True,
        year=2018,
        publication_date="2018-10-11",
        venue="NAACL",
    )
    assert not paper(PaperRow(ONE)).authors_complete


def test_a_paper_is_described_by_its_fullest_row_which_comes_first():
    assert paper(PaperRow(ONE, title="Full"), PaperRow(ONE, title="Brief")).title == "Full"


def test_an_alias_is_a_further_identifier_once():
    old = identifier("s2", TWO)
    assert paper(PaperRow(ONE, (ARXIV,)), aliases=((ONE, old), (ONE, old), (ONE, ARXIV))).identifiers == (ARXIV, old)


@pytest.mark.parametrize(
    ("requested", "identifiers", "alias"),
    [
        (TWO, ("arxiv:1810.04805",), f"s2:{TWO}"),  # an id that was merged into another
        ("CorpusId:8", ("corpusid:7",), "corpusid:8"),
        ("ARXIV:1810.04805", ("arxiv:1810.04805",), None),  # nothing new
        ("ARXIV:1810.04805", ("doi:10.1000/x",), "arxiv:1810.04805"),
        ("ARXIV:1810.04805", ("arxiv:1409.0473",), None),  # perhaps another paper
        ("ARXIV:1810.04805", ("doi:10.48550/arxiv.1810.04805",), "arxiv:1810.04805"),
        ("DOI:10.48550/arxiv.1810.04805", ("arxiv:1810.04805", "doi:10.1000/x"), "doi:10.48550/arxiv.1810.04805"),
        ("MAG:7", (), None),  # no identifier of ours
        ("title 'BERT'", (), None),
    ],
)
def test_an_identifier_that_the_answer_does_not_have_is_an_alias_unless_it_may_be_of_another_paper(
    requested, identifiers, alias
):
    row = PaperRow(ONE, tuple(identifier(*text.split(":", 1)) for text in identifiers))
    found = alias_of(requested, row)
    assert (str(found) if found else None) == alias


def test_only_another_identifier_of_the_same_scheme_names_another_paper():
    row = PaperRow(ONE, (identifier("arxiv", "1409.0473"), identifier("corpusid", "7"), identifier("s2", ONE)))
    assert names_another_paper(ARXIV, row)
    assert not names_another_paper(identifier("doi", "10.1000/x"), row)
    assert not names_another_paper(identifier("corpusid", "8"), row)
    assert not names_another_paper(identifier("s2", TWO), row)
    assert not names_another_paper(identifier("doi", "10.48550/arXiv.1409.0473"), row)


ROWS = (
    CitationRow(PaperRow(TWO, title="Two"), True, ("method",), ("A sentence.",)),
    CitationRow(PaperRow(ONE)),
    CitationRow(PaperRow(title="A Report")),
    CitationRow(PaperRow(title="A Report")),
    CitationRow(PaperRow()),
)


def listed(direction):
    papers = ObservedPapers(SOURCE, [PaperRow(ONE, title="One"), PaperRow(TWO, title="Two")])
    paged = PagedList(ONE, direction, rows=ROWS, unreadable=("row 5: bad",), ending="complete")
    return papers, papers.citation_list(paged)


def test_a_list_of_references_keeps_unresolved_titles_and_leaves_out_the_paper_itself():
    papers, references = listed("references")
    unresolved = [Record(f"s2:2026-11-23/{ONE}/unresolved-{number}", title="A Report") for number in (2, 3)]
    assert references.rows == (
        ListRow(papers.record(TWO), None, True, ("method",), ("A sentence.",)),
        *(ListRow(record) for record in unresolved),
    )
    assert (references.source, references.paper, references.direction) == (SOURCE, papers.record(ONE), "references")
    assert (references.state, references.row_count) == ("partial", 6)


def test_a_list_of_citations_has_only_papers_that_the_service_resolved():
    papers, citations = listed("citations")
    assert [row.record for row in citations.rows] == [papers.record(TWO)]
    assert (citations.direction, citations.row_count) == ("citations", 6)
