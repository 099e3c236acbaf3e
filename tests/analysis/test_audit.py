"""What `lineage audit` finds in the shipped corpus, and on data made to be odd."""

from __future__ import annotations

import pytest

from graph.analysis.audit import Audit, audit
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme


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


def test_what_cannot_be_compared_is_counted_and_not_called_a_difference(lineage: Lineage, found: Audit):
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


def test_entries_that_one_bibliography_prints_twice_are_told(found: Audit):
    repeated = {(c.citing, c.cited): entries for c, _, entries in found.repeated}
    assert repeated["bahdanau2014", "pascanu2012difficulty"] == (21, 22)
    assert repeated["hu2021", "devlin2018"] == (12, 13)


def test_records_joined_under_an_unlike_title_are_shown_to_a_person(found: Audit):
    papers = {merge.paper for merge in found.odd_merges}
    assert "nakano2021webgpt" in papers
    assert "vaswani2017" not in papers


def test_years_that_the_list_prints_otherwise_are_told(found: Audit):
    assert set(found.other_years) == {
        ("schmidhuber1992", 4, 1991), ("lialin2023", 13, 2022), ("ziegler2019", 22, 2020), ("stiennon2020", 23, 2022),
    }  # fmt: skip


def test_what_was_not_verified_is_told(found: Audit):
    unverified = dict(found.unverified)
    assert unverified["radford2018"] == ("day of date",)
    assert "print:lialin2023" in dict(found.noted_sources)


def test_agreement_and_disagreement_of_two_sources_on_made_data():
    """Print lists a, b, c; Semantic Scholar b and d. It has no id for c, so its silence on c says nothing."""
    sha = {name: identifier("s2", name * 40) for name in "abd"}
    papers = {n: Paper(n, title=f"Title {n}", identifiers=(sha[n],) if n in sha else ()) for n in "pabcd"}
    papers["p"] = Paper("p", title="Citing", identifiers=(identifier("doi", "10.1234/p"),))
    sources = {
        "print:p": Source("print:p", "printed_bibliography", "P"),
        "s2:x": Source("s2:x", "semantic_scholar", "S"),
    }
    told = {"a": ("print:p",), "b": ("print:p", "s2:x"), "c": ("print:p",), "d": ("s2:x",)}
    citations = [Citation("p", cited, tuple(Assertion(s) for s in names)) for cited, names in told.items()]
    coverage = [Coverage("p", "references", source, "complete", 3) for source in sources]
    entry = Entry(1, ("t",), "Citing", identifiers=(identifier("doi", "10.1234/p"),))
    lineage = build_lineage(
        Corpus(papers, citations, coverage, sources), ReadingList("L", (Theme("t", "T"),), (entry,))
    )
    (each,) = audit(lineage).disagreements
    assert each.only == {"print:p": ("a",), "s2:x": ("d",)}
    assert each.not_compared == 1
