"""What `lineage audit` finds in the shipped corpus, and on data made to be odd."""

from __future__ import annotations

import pytest

from graph.analysis.audit import Audit, ListedCoverage, audit
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Doubt, Merge, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

from ..helpers.witnessed import List, witnessed


@pytest.fixture(scope="module")
def found(lineage: Lineage) -> Audit:
    return audit(lineage)


def test_the_references_of_all_but_one_listed_paper_are_complete(found: Audit):
    states = {row.key: row.state for row in found.coverage}
    assert len(states) == 23
    assert [key for key, state in states.items() if state != "complete"] == ["lialin2023"]
    assert states["lialin2023"] == "partial"


def test_semantic_scholar_lacks_bert_to_gpt_and_the_print_has_it(found: Audit):
    only = {d.citing: d.only for d in found.disagreements}
    assert only["devlin2018"] == {"print:devlin2018": ("radford2018",)}
    assert "radford2018" in only["liu2019"]["print:liu2019"]


def test_citations_that_cannot_be_compared_are_counted_and_are_no_disagreement(lineage: Lineage, found: Audit):
    for each in found.disagreements:
        for source, keys in each.only.items():
            for key in keys:
                paper = lineage.paper(key)
                assert paper.title is not None
                if source.startswith("print:"):
                    assert any(i.scheme == "s2" for i in paper.identifiers)
    bert = next(each for each in found.disagreements if each.citing == "devlin2018")
    cites = [c for c in lineage.corpus.citations if c.citing == "devlin2018"]
    agreed = sum(len(c.assertions) == 2 for c in cites)
    assert agreed + bert.not_compared + sum(map(len, bert.only.values())) == len(cites)


def test_the_isolated_entry_is_schmidhuber_1992(found: Audit):
    assert found.isolated == ("schmidhuber1992",)


def test_entries_that_one_bibliography_prints_twice_are_found(found: Audit):
    repeated = {(c.citing, c.cited): entries for c, _, entries in found.repeated}
    assert repeated["bahdanau2014", "pascanu2012difficulty"] == (21, 22)
    assert repeated["hu2021", "devlin2018"] == (12, 13)


def test_records_merged_in_spite_of_an_unlike_title_are_found(found: Audit):
    papers = {merge.paper for merge in found.odd_merges}
    assert "nakano2021webgpt" in papers
    assert "vaswani2017" not in papers


def test_years_that_the_list_prints_differently_are_found(found: Audit):
    assert set(found.other_years) == {
        ("schmidhuber1992", 4, 1991), ("lialin2023", 13, 2022), ("ziegler2019", 22, 2020), ("stiennon2020", 23, 2022),
    }  # fmt: skip


def test_unverified_facts_and_notes_on_sources_are_found(found: Audit):
    unverified = dict(found.unverified)
    assert unverified["radford2018"] == ("day of date",)
    assert "print:lialin2023" in dict(found.noted_sources)


SOURCES = {
    "print:p": Source("print:p", "printed_bibliography", "P", note="two pages are missing"),
    "print:q": Source("print:q", "printed_bibliography", "Q"),
    "s2:x": Source("s2:x", "semantic_scholar", "S"),
}


def listed_paper(key: str = "p", **facts) -> Paper:
    return Paper(key, title="Citing", identifiers=(identifier("doi", f"10.1234/{key}"),), **facts)


def audit_of(
    papers: list[Paper],
    citations: dict[tuple[str, str], tuple[Assertion, ...]] | None = None,
    *,
    listed_year: int | None = None,
    entries: str = "p",
    **more,
) -> Audit:
    """The audit of some papers, of which those that `entries` names are in the list."""
    made = [Citation(citing, cited, assertions) for (citing, cited), assertions in (citations or {}).items()]
    corpus = Corpus({paper.key: paper for paper in papers}, made, sources=SOURCES, **more)
    listed = tuple(
        Entry(number, ("t",), "Citing", listed_year=listed_year, identifiers=(identifier("doi", f"10.1234/{key}"),))
        for number, key in enumerate(entries.split(), 1)
    )
    return audit(build_lineage(corpus, ReadingList("L", (Theme("t", "T"),), listed)))


def complete(*sources: str, paper: str = "p", direction: str = "references", state: str = "complete") -> list[Coverage]:
    return [Coverage(paper, direction, source, state, 3) for source in sources]


def test_agreement_and_disagreement_of_two_sources_on_made_data():
    """Print lists a, b, c; Semantic Scholar b and d. It has no id for c, so its silence on c says nothing."""
    sha = {name: (identifier("s2", name * 40),) for name in "abd"}
    papers = [listed_paper(), *(Paper(n, title=f"Title {n}", identifiers=sha.get(n, ())) for n in "abcd")]
    lists = {"a": ("print:p",), "b": ("print:p", "s2:x"), "c": ("print:p",), "d": ("s2:x",)}
    citations = {("p", cited): tuple(map(Assertion, sources)) for cited, sources in lists.items()}
    (each,) = audit_of(papers, citations, coverage=complete("print:p", "s2:x")).disagreements
    assert each.only == {"print:p": ("a",), "s2:x": ("d",)}
    assert each.not_compared == 1


def test_a_printed_list_cannot_lack_a_paper_without_a_title():
    papers = [listed_paper(), Paper("a", identifiers=(identifier("s2", "a" * 40),))]
    found = audit_of(papers, {("p", "a"): (Assertion("s2:x"),)}, coverage=complete("print:p", "s2:x"))
    assert [(each.only, each.not_compared) for each in found.disagreements] == [({}, 1)]


@pytest.mark.parametrize(
    "coverage",
    [
        complete("print:p"),  # one source alone
        complete("print:p", "print:q"),  # two of one kind
        [*complete("print:p"), *complete("s2:x", state="partial")],
        [*complete("print:p"), *complete("s2:x", direction="citations")],
    ],
)
def test_only_complete_references_from_two_kinds_of_source_are_compared(coverage: list[Coverage]):
    papers = [listed_paper(), Paper("a", title="A", identifiers=(identifier("s2", "a" * 40),))]
    assert audit_of(papers, {("p", "a"): (Assertion("print:p"),)}, coverage=coverage).disagreements == ()


def test_two_sources_that_agree_are_no_disagreement():
    papers = [listed_paper(), Paper("a", title="A", identifiers=(identifier("s2", "a" * 40),))]
    citations = {("p", "a"): (Assertion("print:p"), Assertion("s2:x"))}
    assert audit_of(papers, citations, coverage=complete("print:p", "s2:x")).disagreements == ()


def test_the_coverage_of_a_listed_paper_is_the_best_state_with_the_word_of_each_source():
    rows = [*complete("print:p", state="partial"), *complete("s2:x", direction="citations")]
    assert audit_of([listed_paper()], coverage=rows).coverage == (
        ListedCoverage("p", "partial", (("print:p", "partial", 3),)),
    )
    assert audit_of([listed_paper()]).coverage == (ListedCoverage("p", "not_fetched", ()),)


def test_lists_that_are_not_complete_are_shown_whatever_their_state_and_direction():
    rows = [
        *complete("print:p", state="failed"),
        *complete("s2:x", state="capped", direction="citations"),
        *complete("print:q"),
    ]
    found = audit_of([listed_paper()], coverage=rows).incomplete
    assert {(row.source, row.state) for row in found} == {("print:p", "failed"), ("s2:x", "capped")}


def test_a_listed_paper_that_cites_another_or_is_cited_by_one_is_not_isolated():
    papers = [listed_paper(key) for key in ("p", "q", "alone")] + [Paper("x")]
    citations = {("p", "q"): (Assertion("print:p"),), ("alone", "x"): (Assertion("print:p"),)}
    assert audit_of(papers, citations, entries="p q alone").isolated == ("alone",)


def test_listed_papers_that_no_source_knows_are_absent():
    found = audit_of([listed_paper()], entries="p unknown")
    assert len(found.absent) == 1
    assert found.absent[0] not in ("p", "unknown")


def test_several_entries_of_one_printed_list_for_one_paper_are_shown_and_those_of_services_are_not():
    citations = {
        ("p", "a"): (Assertion("print:p", (3, 4)), Assertion("print:q", (7,))),
        ("p", "b"): (Assertion("s2:x", (1, 2)),),
    }
    found = audit_of([listed_paper(), Paper("a"), Paper("b")], citations).repeated
    assert [(c.cited, source, entries) for c, source, entries in found] == [("a", "print:p", (3, 4))]


MERGES = {
    "unlike": Merge("p", "same doi:10.1234/p", "r1", title="Something else entirely"),
    "alike": Merge("p", "same doi:10.1234/p", "r2", title="Citing papers"),
    "known": Merge("p", "same doi:10.1234/p", "r3", title="Another Name of It"),
    "by title": Merge("p", "same-looking title", "r4", title="Something else entirely"),
    "without a title": Merge("p", "same doi:10.1234/p", "r5"),
    "decided": Merge("p", "a person's word: a misprint", "r6", title="Something else entirely"),
}


def test_records_with_the_identifier_of_a_paper_and_an_unlike_title_are_odd():
    paper = listed_paper(also_titled=("Something else entirely", "Another name of it"))
    found = audit_of([paper], merges=list(MERGES.values()))
    assert found.odd_merges == (MERGES["unlike"],)
    assert found.merges == len(MERGES)
    assert found.decided_merges == (MERGES["decided"],)
    assert audit_of([Paper("p", identifiers=paper.identifiers)], merges=list(MERGES.values())).odd_merges == ()


@pytest.mark.parametrize(("title", "odd"), [("Citing xxxx", False), ("Citing xxxxxxxx", False), ("Cit xxxxxxx", True)])
def test_titles_are_unlike_when_less_than_six_tenths_of_their_letters_agree(title: str, odd: bool):
    """Of the letters of "citing" and the title 12 of 16 agree, then 12 of 20, then 6 of 16."""
    merge = Merge("p", "same doi:10.1234/p", "r", title=title)
    assert bool(audit_of([listed_paper()], merges=[merge]).odd_merges) is odd


def test_years_that_are_more_than_one_off_are_shown_and_a_difference_of_one_is_not():
    years = {"r1": 2018, "r2": 2019, "r3": 2020, "r4": 2016, "r5": None}
    merges = [Merge("p", "same doi:10.1234/p", record, year=year) for record, year in years.items()]
    found = audit_of([listed_paper(date="2018-10")], merges=merges)
    assert found.years_apart == (("p", "r3", 2020), ("p", "r4", 2016))
    assert audit_of([listed_paper()], merges=merges).years_apart == ()


@pytest.mark.parametrize(("listed_year", "shown"), [(2017, True), (2019, True), (2018, False), (None, False)])
def test_another_year_in_the_list_is_shown_with_its_entry(listed_year: int | None, shown: bool):
    found = audit_of([listed_paper(date="2018-10")], listed_year=listed_year).other_years
    assert found == ((("p", 1, listed_year),) if shown else ())


def test_papers_with_several_ids_of_semantic_scholar_are_shown_for_each_kind_of_id():
    ids = [
        identifier("s2", "a" * 40),
        identifier("s2", "b" * 40),
        identifier("corpusid", "1"),
        identifier("corpusid", "2"),
    ]
    single = Paper("single", identifiers=(identifier("s2", "c" * 40), identifier("corpusid", "3")))
    arxiv = Paper("arxiv", identifiers=(identifier("arxiv", "1409.0001"), identifier("arxiv", "1409.0002")))
    found = audit_of([Paper("p", identifiers=tuple(ids)), single, arxiv], entries="").several_records
    assert found == (("p", (f"s2:{'a' * 40}", f"s2:{'b' * 40}")), ("p", ("corpusid:1", "corpusid:2")))


def test_unverified_facts_noted_sources_doubts_and_papers_without_a_title_are_shown():
    papers = [listed_paper(unverified=("day of date",)), Paper("a"), Paper("b"), Paper("c", title="C")]
    doubt = Doubt(("a", "b"), "no titles")
    found = audit_of(papers, doubts=[doubt])
    assert found.unverified == (("p", ("day of date",)),)
    assert found.noted_sources == (("print:p", "two pages are missing"),)
    assert found.doubts == (doubt,)
    assert found.untitled == 2


def test_circles_citations_of_later_papers_and_of_a_paper_by_itself_are_shown():
    papers = [listed_paper(date="2018"), Paper("a", date="2019-01"), Paper("b", date="2017")]
    citations = {pair: (Assertion("print:p"),) for pair in [("p", "a"), ("a", "p"), ("b", "b")]}
    found = audit_of(papers, citations)
    assert found.cycles == (("p", "a"),)
    assert [(c.citing, c.cited) for c in found.backwards] == [("p", "a")]
    assert [(c.citing, c.cited) for c in found.self_citations] == [("b", "b")]


def test_a_complete_deposit_that_may_have_an_entry_that_is_not_identified_lacks_nothing_for_certain():
    for rows, only in ((1, {"print:hub": ("b",)}), (2, {}), (None, {})):
        made = witnessed(
            [List("print:hub", "hub", ("a", "b")), List("crossref", "hub", ("a",), "complete", rows)], ["hub"]
        )
        (found,) = audit(made).disagreements or (None,)
        assert (found.only if found else {}) == only
        assert found is not None
        assert found.not_compared == 2 - len(only) - 1
