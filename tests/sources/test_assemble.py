"""Records become papers and lists become citations: which title, date, authors and key a paper gets."""

from __future__ import annotations

from itertools import permutations

import pytest

from graph.model.corpus import Corpus, Coverage, Doubt, Merge, Paper, Source
from graph.sources.assemble import assemble
from graph.sources.overrides import Correction, IdentityDecision, Overrides
from graph.sources.records import CitationList, ListRow, Record

from ..helpers.records import record

TITLE = "Exploring the Limits of Transfer Learning"
PRINT = Source("print:p", "printed_bibliography", "printed bibliography of p")
SERVICE = Source("s2:2023", "semantic_scholar", "Semantic Scholar, observed 2023", "2023")


def paper_of(*records: Record, overrides: Overrides | None = None) -> Paper:
    """The one paper that some records are."""
    (paper,) = assemble(records, [], overrides).papers.values()
    return paper


def versions(*years_and_titles: tuple[int | None, str | None], author: str = "A. Bee") -> list[Record]:
    """Records of one arXiv paper."""
    return [
        record(f"r{n}", title, author, year, ids=["arxiv:0000.00001"])
        for n, (year, title) in enumerate(years_and_titles)
    ]


def corpus_of(*lists: CitationList, records: tuple[Record, ...] = ()) -> Corpus:
    return assemble(records, lists)


def references(source: Source, paper: Record, *rows: ListRow, **fields) -> CitationList:
    return CitationList(source, paper, fields.pop("state", "complete"), rows, **fields)


CITING = record("p", "Citing", key="citing")
CITED = record("q", "Cited", key="cited")


# The title of a paper.


def test_a_verified_title_comes_before_the_one_that_is_printed_most_often():
    verified = record("v", "The Verified Title", key="verified", ids=["arxiv:0000.00001"])
    assert paper_of(verified, *versions((2001, "Another Title"), (2001, "Another Title"))).title == "The Verified Title"


def test_the_title_is_the_one_that_is_printed_most_often():
    assert paper_of(*versions((2001, "A First Title"), (2001, "A Title"), (2001, "A title."))).title == "A Title"


def test_of_the_spellings_of_a_title_the_most_frequent_counts_and_then_the_first():
    assert paper_of(*versions((1, "Pre-training"), (1, "Pretraining"), (1, "Pretraining"))).title == "Pretraining"
    assert paper_of(*versions((1, "Pretraining"), (1, "Pre-training"))).title == "Pretraining"
    assert paper_of(*versions((1, "Rare"), (1, "pretraining"), (1, "Pre-training"))).title == "pretraining"


def test_other_titles_of_a_paper_stay_known_each_in_its_first_spelling():
    paper = paper_of(*versions((1, "One"), (1, "One"), (1, "The Other"), (1, "the other!"), (1, None)))
    assert (paper.title, paper.also_titled) == ("One", ("The Other",))


def test_a_paper_may_have_no_title():
    assert paper_of(*versions((2001, None))).title is None


# The date of a paper.


def test_a_verified_date_comes_before_that_of_the_arxiv_identifier():
    verified = record("v", TITLE, ids=["arxiv:1409.0473"], date="2014-08-30")
    paper = paper_of(record("a", TITLE, ids=["arxiv:1409.0473"], year=2015), verified)
    assert (paper.date, paper.date_basis) == ("2014-08-30", "first_version")


def test_the_month_of_the_arxiv_identifier_comes_before_a_stated_year():
    paper = paper_of(record("a", TITLE, "A. Bee", 2017, ids=["arxiv:1409.0473"]))
    assert (paper.date, paper.date_basis) == ("2014-09", "arxiv_identifier")


@pytest.mark.parametrize(
    ("years", "date"), [((2003, 2001, 2003), "2003"), ((2002, 2001, None), "2001"), ((987,), "0987"), ((None,), None)]
)
def test_of_stated_years_the_most_frequent_counts_and_then_the_earliest(years, date):
    records = [record(f"r{n}", TITLE, "A. Bee", year, ids=["doi:10.1000/x"]) for n, year in enumerate(years)]
    paper = paper_of(*records)
    assert (paper.date, paper.date_basis) == (date, "stated_year" if date else None)


@pytest.mark.parametrize("name", ["arxiv:1810.04805", "ARXIV:1810.04805v2", "r", "devlin"])
def test_a_correction_comes_before_everything_by_whatever_name_it_calls_the_paper(name):
    overrides = Overrides(correct=(Correction(name, "proceedings date", date="2018-10-11", title="Corrected"),))
    verified = record("r", TITLE, "J. Devlin", ids=["arxiv:1810.04805"], date="2019-01-01", key="devlin")
    paper = paper_of(verified, overrides=overrides)
    assert (paper.title, paper.date, paper.date_basis) == ("Corrected", "2018-10-11", "corrected")
    assert paper.also_titled == (TITLE,)


def test_names_that_a_person_gives_come_first_and_leave_the_title():
    overrides = Overrides(correct=(Correction("r", "the abstract has it", names=("NAME",)),))
    paper = paper_of(record("r", TITLE), overrides=overrides)
    assert (paper.names, paper.name, paper.title) == (("NAME",), "NAME", TITLE)


def test_a_correction_of_the_date_leaves_the_title():
    overrides = Overrides(correct=(Correction("r", "proceedings date", date="2018"),))
    assert paper_of(record("r", TITLE), overrides=overrides).title == TITLE


# What else a paper says.


def test_a_complete_list_of_authors_comes_before_a_longer_one_and_otherwise_the_longest_counts():
    ids = {"ids": ["arxiv:0000.00001"]}
    short = record("a", TITLE, "Ann Bee", **ids)
    long = Record("b", short.identifiers, TITLE, authors=("A. Bee", "Bo Chen", "Cy Dee"))
    complete = Record("c", short.identifiers, TITLE, authors=("Ann Bee", "Bo Chen"), authors_complete=True)
    empty = Record("d", short.identifiers, TITLE, authors_complete=True)
    assert (paper_of(short, long, empty).authors, paper_of(short, long).authors_complete) == (long.authors, False)
    assert (paper_of(short, long, empty, complete).authors, paper_of(complete).authors_complete) == (
        complete.authors,
        True,
    )


def test_of_equally_long_lists_of_authors_the_one_with_the_longer_first_name_counts():
    initials, full = versions((1, TITLE), author="A. Bee"), versions((1, TITLE), author="Ann Bee")
    assert paper_of(*initials, record("f", TITLE, "Ann Bee", ids=["arxiv:0000.00001"])).authors == ("Ann Bee",)
    assert paper_of(*full, record("i", TITLE, "A. Bee", ids=["arxiv:0000.00001"])).authors == ("Ann Bee",)


def test_identifiers_are_ordered_by_scheme_and_then_by_trust_in_their_record():
    trusted = record("a", TITLE, ids=["doi:10.1000/z", "s2:" + "a" * 40])
    other = record("b", TITLE, ids=["doi:10.1000/a", "doi:10.1000/z", "s2:" + "a" * 40, "arxiv:0000.00001"])
    assert [str(each) for each in paper_of(trusted, other).identifiers] == [
        "arxiv:0000.00001",
        "doi:10.1000/z",
        "doi:10.1000/a",
        "s2:" + "a" * 40,
    ]


def test_a_paper_has_the_names_of_all_records_and_the_first_stated_venue_and_publication_date():
    one, two = versions((1, TITLE), (1, TITLE))
    paper = paper_of(
        Record("n", one.identifiers, TITLE, names=("BERT",)),
        Record("o", two.identifiers, TITLE, names=("Bert", "BERT"), venue="NAACL", publication_date="2019-06"),
        Record("p", two.identifiers, TITLE, venue="arXiv", publication_date="2018", unverified=("date",)),
    )
    assert paper.names == ("BERT", "Bert")
    assert (paper.venue, paper.publication_date, paper.unverified) == ("NAACL", "2019-06", ("date",))


# The key of a paper.


def test_a_key_that_a_person_chose_stays_even_if_another_paper_would_have_it():
    chosen = record("v", "Deep learning for text", "A. Bee", 2015, key="bee2015deep")
    other = record("r", "Deep learning for speech", "A. Bee", 2015)
    papers = assemble([other, chosen], []).papers
    assert papers["bee2015deep"].title == "Deep learning for text"
    assert {key.partition("-")[0] for key in papers} == {"bee2015deep"}
    assert len(papers) == 2


def test_a_chosen_key_counts_whatever_the_place_of_its_record():
    assert paper_of(*versions((1, TITLE)), record("v", TITLE, ids=["arxiv:0000.00001"], key="chosen")).key == "chosen"


def test_keys_of_namesakes_do_not_depend_on_each_other_or_on_order():
    titles = ["Deep learning for text", "Deep learning for speech", "Deep learning for images"]
    records = [record(f"r{n}", title, "A. Bee", 2015) for n, title in enumerate(titles)]
    keys = {tuple(sorted(assemble(list(order), []).papers)) for order in permutations(records)}
    assert len(keys) == 1
    pair = assemble(records[:2], []).papers
    assert set(pair) < set(next(iter(keys)))


def test_papers_with_equal_data_still_get_keys_of_their_own():
    records = [record(f"r{n}", "Short", None, 2015) for n in range(2)]
    assert len(assemble(records, []).papers) == 2


# Merges and doubts.


def test_a_merge_has_the_rule_and_what_the_record_says_differently():
    verified = record("v", "A Title", None, 2018, ids=["doi:10.1000/x"], key="bee")
    others = [(2018, "A title!"), (2019, "Another Title"), (None, None)]
    records = [record(f"r{n}", title, None, year, ids=["doi:10.1000/x"]) for n, (year, title) in enumerate(others)]
    assert assemble([verified, *records], []).merges == (
        Merge("bee", "same doi:10.1000/x", "r0"),
        Merge("bee", "same doi:10.1000/x", "r1", "Another Title", 2019),
        Merge("bee", "same doi:10.1000/x", "r2"),
    )


def test_a_doubt_names_the_papers_by_their_keys():
    records = [record("a", TITLE, "Ann Bee", 2019, key="bee"), record("b", TITLE, "Cy Dee", 2019, key="dee")]
    assert assemble(records, []).doubts == (Doubt(("bee", "dee"), "same title, but other first authors"),)


def test_decisions_are_obeyed():
    overrides = Overrides(merge=(IdentityDecision(("one", "b"), "the same"),))
    corpus = assemble([record("a", "A", key="one"), record("b", "B")], [], overrides)
    assert corpus.merges == (Merge("one", "a person's word: the same", "b", "B"),)


# Citations, coverage and sources.


def test_a_list_of_references_and_a_list_of_citations_point_the_same_way():
    by_citing = references(PRINT, CITING, ListRow(CITED, 7))
    by_cited = references(SERVICE, CITED, ListRow(CITING), direction="citations")
    (citation,) = corpus_of(by_citing, by_cited).citations
    assert (citation.citing, citation.cited, citation.sources) == ("citing", "cited", ("print:p", "s2:2023"))


def test_the_rows_of_one_source_for_one_citation_are_joined():
    rows = (
        ListRow(CITED, 12, influential=False, intents=("method", "background"), contexts=("two", "one")),
        ListRow(CITED, 3, influential=True, intents=("method",), contexts=("one", "three")),
        ListRow(CITED),
    )
    ((assertion,),) = [citation.assertions for citation in corpus_of(references(PRINT, CITING, *rows)).citations]
    assert assertion.entries == (3, 12)
    assert assertion.influential is True
    assert assertion.intents == ("background", "method")
    assert assertion.contexts == ("two", "one", "three")


@pytest.mark.parametrize(
    ("flags", "influential"), [((None,), None), ((None, False), False), ((False, True, None), True), ((), None)]
)
def test_a_citation_is_influential_if_one_row_says_so_and_unknown_if_no_row_says_anything(flags, influential):
    rows = [ListRow(CITED, influential=flag) for flag in flags] or [ListRow(CITED)]
    ((assertion,),) = [citation.assertions for citation in corpus_of(references(PRINT, CITING, *rows)).citations]
    assert assertion.influential is influential


def test_a_papers_citation_of_itself_stays():
    (citation,) = corpus_of(references(PRINT, CITING, ListRow(CITING))).citations
    assert (citation.citing, citation.cited) == ("citing", "citing")


def test_coverage_counts_the_rows_that_the_source_listed():
    listed = references(PRINT, CITING, ListRow(CITED), state="partial", row_count=9)
    plain = references(SERVICE, CITING, ListRow(CITED))
    assert corpus_of(listed, plain).coverage == (
        Coverage("citing", "references", "print:p", "partial", 9),
        Coverage("citing", "references", "s2:2023", "complete", 1),
    )


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_lists_of_one_paper_the_better_known_counts_and_then_the_longer(order):
    twin = record("p2", "Citing", ids=["arxiv:0000.00001"])
    paper = record("p1", "Citing", ids=["arxiv:0000.00001"], key="citing")
    lists = [
        references(PRINT, paper, ListRow(CITED), state="partial", row_count=90),
        references(PRINT, twin, ListRow(CITED), state="complete", row_count=5),
        references(PRINT, twin, ListRow(CITED), state="complete", row_count=4),
        references(PRINT, twin, state="failed", row_count=1),
    ][::order]
    assert corpus_of(*lists).coverage == (Coverage("citing", "references", "print:p", "complete", 5),)


def test_a_source_has_the_note_that_one_of_its_lists_carries():
    noted = Source(PRINT.id, PRINT.kind, PRINT.label, note="read with care")
    for lists in ([PRINT, noted], [noted, PRINT]):
        corpus = corpus_of(*(references(source, CITING) for source in lists), references(SERVICE, CITING))
        assert corpus.sources == {"print:p": noted, "s2:2023": SERVICE}


@pytest.mark.parametrize(
    ("rows", "mentions", "sections"),
    [
        ([(1, 2, ("Method",)), (2, 1, ("Results", "Method"))], 3, ("Method", "Results")),
        ([(1, 2, ("Method",)), (1, 2, ("Method",))], 2, ("Method",)),  # one entry that names the paper twice
        ([(1, 0, ())], 0, ()),
        ([(1, 2, ("Method",)), (2, None, ())], None, ("Method",)),
    ],
)
def test_how_often_a_text_cites_a_paper_is_the_sum_over_its_entries_and_unknown_if_one_is(rows, mentions, sections):
    cited = record("cited", "The Cited", ids=["doi:10.5555/cited"])
    listed = [ListRow(cited, number, mentions=count, sections=where) for number, count, where in rows]
    (citation,) = corpus_of(references(PRINT, record("p", TITLE, ids=["doi:10.5555/p"]), *listed)).citations
    assert [(each.mentions, each.sections) for each in citation.assertions] == [(mentions, sections)]
