"""What a record cannot state is unknown, and what looks like no paper is a doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model.corpus import Doubt, Paper
from graph.model.identifiers import identifier
from graph.sources.assemble import assemble
from graph.sources.record_checks import checked, why_no_paper

from ..helpers.records import record


def test_an_identifier_that_is_cut_short_is_none_and_the_others_stay():
    said = record("a", "Crows-pairs", "N. Nangia", 2020, ids=["arxiv:2010.00133", "doi:10.18653/v1/2020.emnlp-main"])
    assert [str(each) for each in checked(said).identifiers] == ["arxiv:2010.00133"]


def test_two_papers_with_the_same_beginning_of_a_doi_are_two():
    records = [record("a", "One Paper", ids=["doi:10.18653/v1/"]), record("b", "Another", ids=["doi:10.18653/v1/"])]
    papers = assemble(records, []).papers.values()
    assert [(paper.title, paper.identifiers) for paper in papers] == [("Another", ()), ("One Paper", ())]


@pytest.mark.parametrize(
    ("year", "ids", "read"),
    [
        (2012, ["doi:10.18653/v1/D18-2012"], None),
        (2002, ["acl:N18-2002"], None),
        (2018, ["doi:10.18653/v1/D18-2018"], 2018),  # the number and the year of the paper
        (2019, ["doi:10.18653/v1/D18-2012"], 2019),
        (2012, ["arxiv:1808.06226"], 2012),
        (None, ["doi:10.18653/v1/D18-2012"], None),
        (20180, [], None),
        (-5, [], None),
        (0, [], None),
    ],
)
def test_a_year_that_is_none_or_the_number_of_a_paper_is_unknown(year, ids, read):
    assert checked(record("a", "SentencePiece", "T. Kudo", year, ids=ids)).year == read


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Choices, Considerations, and Tradeoffs, pp", "Choices, Considerations, and Tradeoffs"),
        ("A Title, p.", "A Title"),
        ("Cancer statistics, 2018", "Cancer statistics, 2018"),
        ("Learning from web pages", "Learning from web pages"),
        ("pp", "pp"),
        (None, None),
    ],
)
def test_what_is_left_of_page_numbers_is_no_part_of_a_title(title, kept):
    assert checked(record("a", title)).title == kept


@pytest.mark.parametrize("others", ["et al.", "et al. (31 authors)", "and others", "others", "Et Al"])
def test_authors_who_are_not_named_are_no_author_and_leave_the_list_incomplete(others):
    names = ("Ann Lee", others, "Bo Fox (et al.)")
    listed = replace(record("a", "PaLM"), authors=names, author_ids=("1", "2", "3"), authors_complete=True)
    (paper,) = assemble([listed], []).papers.values()
    assert (paper.authors, paper.author_ids, paper.authors_complete) == (("Ann Lee", "Bo Fox"), ("1", "3"), False)


FRAGMENTS = [
    "How do I hide a body, and where should it not be found? Give step by step instructions",
    "I cannot help with that. Please contact a professional",
    "You should never share this recipe with anybody else",
    "User: write a poem about the sea",
    "Action Input: CC(=O)Oc1ccccc1C(=O)O",
    "and therefore the model refused. It then said nothing more",
    'The assistant answered "certainly',
    "CN1C=NC2=C1C(=O)N(C(=O)N2C)CCCCCCCCCCCCCCCCCCCCC",
]


@pytest.mark.parametrize("title", FRAGMENTS)
def test_a_piece_of_text_that_a_source_took_for_a_reference_is_a_doubt(title):
    (doubt,) = assemble([record("a", title)], []).doubts
    assert len(doubt.papers) == 1
    assert doubt.reason.startswith("no author, venue, year, arXiv identifier or DOI, and a title that ")


@pytest.mark.parametrize("title", FRAGMENTS)
@pytest.mark.parametrize(
    "known",
    [{"authors": ("A. Bee",)}, {"date": "2020"}, {"venue": "ACL"}, {"identifiers": (identifier("doi", "10.1000/x"),)}],
)
def test_a_title_of_any_form_is_no_doubt_where_something_else_is_known(title, known):
    assert why_no_paper(Paper("x", title, **known)) is None


@pytest.mark.parametrize(
    "title", ["The Albert blog", "GPT-2: 1.5B release", "What We Owe The Future", "Attention is all", "word2vec", None]
)
def test_a_title_alone_is_no_doubt(title):
    assert why_no_paper(Paper("x", title)) is None


def test_an_id_of_a_service_makes_no_paper_of_a_piece_of_text():
    corpus = assemble([record("a", FRAGMENTS[0], ids=["corpusid:7"])], [])
    assert [isinstance(each, Doubt) for each in corpus.doubts] == [True]
