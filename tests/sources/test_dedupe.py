"""Which records are one paper. The cases are those that the data of real bibliographies pose."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model.corpus import Source
from graph.model.identifiers import identifier
from graph.sources.assemble import assemble
from graph.sources.dedupe import group_records
from graph.sources.overrides import Correction, IdentityDecision, Overrides
from graph.sources.records import CitationList, Record
from graph.utils.text import normalised_title

LONG = "Exploring the Limits of Transfer Learning"


def record(place: str, title: str | None = None, author: str = "", year: int | None = None, **more) -> Record:
    ids = tuple(identifier(*text.split(":", 1)) for text in more.pop("ids", ()))
    return Record(place, ids, title, authors=(author,) if author else (), year=year, **more)


def groups(*records: Record, overrides: Overrides | None = None) -> list[list[str]]:
    return [[records[n].record_id for n in group] for group in group_records(records, overrides).groups]


def test_versions_of_one_arxiv_paper_are_one():
    assert groups(record("a", ids=["arxiv:1810.04805v1"]), record("b", ids=["arxiv:1810.04805v2"])) == [["a", "b"]]


def test_an_arxiv_doi_is_its_arxiv_identifier():
    assert groups(record("a", ids=["arxiv:2203.02155"]), record("b", ids=["doi:10.48550/ARXIV.2203.02155"])) == [
        ["a", "b"]
    ]


def test_an_acl_doi_is_its_acl_identifier():
    assert groups(record("a", ids=["acl:P18-1031"]), record("b", ids=["doi:10.18653/v1/p18-1031"])) == [["a", "b"]]


def test_identifiers_join_through_a_third_record():
    assert groups(
        record("a", ids=["arxiv:1810.04805"]),
        record("b", ids=["doi:10.18653/v1/n19-1423"]),
        record("c", ids=["arxiv:1810.04805", "acl:N19-1423"]),
    ) == [["a", "b", "c"]]


def test_one_title_printed_with_and_without_a_hyphen_is_one_paper():
    assert groups(
        record("a", "BERT: Pre-training of deep things", "Jacob Devlin", 2018),
        record("b", "Bert: pretraining of Deep Things.", "J. Devlin", 2019),
    ) == [["a", "b"]]


def test_llama_2_is_not_llama_3():
    assert len(groups(record("a", "Llama 2", "H. Touvron", 2023), record("b", "Llama 3", "H. Touvron", 2024))) == 2


def test_one_title_by_other_authors_is_another_paper():
    assert len(groups(record("a", LONG, "Colin Raffel", 2019), record("b", LONG, "Ann Other", 2019))) == 2


def test_one_title_years_apart_is_another_paper():
    assert len(groups(record("a", LONG, "R. Sutton", 1998), record("b", LONG, "R. Sutton", 2018))) == 2
    assert len(groups(record("a", LONG, "R. Sutton", 2018), record("b", LONG, "R. Sutton", 2020))) == 1


def test_what_a_record_does_not_state_does_not_speak_against_it():
    assert groups(record("a", LONG, "Colin Raffel", 2019), record("b", LONG)) == [["a", "b"]]


def test_a_short_title_without_an_author_is_no_evidence():
    assert len(groups(record("a", "Common crawl", "Foundation", 2016), record("b", "Common crawl"))) == 2


def test_other_titles_that_a_person_listed_count():
    known = record(
        "a", "A Good Title of Some Length", "Jeremy Howard", 2018, also_titled=("Its First Title, Also Long",)
    )
    assert groups(known, record("b", "Its first title, also long", "J. Howard", 2018)) == [["a", "b"]]


def test_one_title_under_two_arxiv_identifiers_stays_two_papers_and_is_a_doubt():
    outcome = group_records(
        [
            record("a", LONG, "Colin Raffel", 2019, ids=["arxiv:1910.10683"]),
            record("b", LONG, "C. Raffel", 2019, ids=["arxiv:1910.99999"]),
        ]
    )
    assert len(outcome.groups) == 2
    assert "two arXiv identifiers" in outcome.doubts[0][2]


def test_titles_that_are_nearly_alike_are_only_a_doubt():
    outcome = group_records(
        [
            record("a", "Albert: a lite bert for self-supervised learning", "Z. Lan", 2019),
            record("b", "Albert: a lite bedrt for self-supervised learning", "Zhenzhong Lan", 2020),
        ]
    )
    assert len(outcome.groups) == 2
    assert "nearly alike" in outcome.doubts[0][2]


def test_titles_that_differ_in_a_number_are_not_even_a_doubt():
    outcome = group_records(
        [
            record("a", "SemEval-2012 task 7: choices", "A. Gordon", 2012),
            record("b", "SemEval-2013 task 7: choices", "A. Gordon", 2013),
        ]
    )
    assert (len(outcome.groups), outcome.doubts) == (2, [])


def test_a_person_can_merge_what_the_rules_leave_apart():
    overrides = Overrides(merge=(IdentityDecision(("print:x#1", "arxiv:2001.00001"), "the blog post of the paper"),))
    records = [record("print:x#1", "A blog post", "A. B"), record("b", LONG, "C. D", ids=["arxiv:2001.00001"])]
    assert groups(*records, overrides=overrides) == [["print:x#1", "b"]]
    assert group_records(records, overrides).rules == {1: "a person's word: the blog post of the paper"}


def test_a_person_can_keep_apart_what_the_rules_would_merge():
    overrides = Overrides(keep_apart=(IdentityDecision(("print:x#1", "print:y#2"), "book and review"),))
    outcome = group_records(
        [record("print:x#1", LONG, "A. Bee", 2000), record("print:y#2", LONG, "A. Bee", 2000)], overrides
    )
    assert (len(outcome.groups), outcome.doubts) == (2, [])


def test_a_person_can_say_that_a_printed_identifier_is_wrong():
    overrides = Overrides(keep_apart=(IdentityDecision(("print:x#1", "arxiv:2001.00001"), "misprinted"),))
    records = [
        record("print:x#1", "One", "A. Bee", ids=["arxiv:2001.00001"]),
        record("b", "Two", "C. Dee", ids=["arxiv:2001.00001"]),
    ]
    assert len(groups(*records, overrides=overrides)) == 2


def test_contradicting_decisions_are_told():
    papers = ("arxiv:2001.00001", "arxiv:2001.00002")
    overrides = Overrides(merge=(IdentityDecision(papers, "same"),), keep_apart=(IdentityDecision(papers, "not"),))
    with pytest.raises(InputError, match="another decision keeps them apart"):
        group_records([record("a", ids=papers[:1]), record("b", ids=papers[1:])], overrides)


def test_a_decision_about_nobody_is_told():
    with pytest.raises(InputError, match="no record is called 'print:z#9'"):
        group_records([record("a", LONG)], Overrides(correct=(Correction("print:z#9", "because", date="2001"),)))


def test_a_person_can_correct_a_year():
    listed = CitationList(
        Source("print:p", "printed_bibliography", "p"), record("p", "Citing", key="p"), "complete", ()
    )
    overrides = Overrides(correct=(Correction("arxiv:1810.04805", "proceedings date", date="2018-10-11"),))
    corpus = assemble([record("a", LONG, "J. Devlin", 2019, ids=["arxiv:1810.04805"])], [listed], overrides)
    paper = next(paper for paper in corpus.papers.values() if paper.title == LONG)
    assert (paper.date, paper.date_basis) == ("2018-10-11", "corrected")


def test_an_arxiv_identifier_dates_a_paper_better_than_printed_years():
    corpus = assemble([record("a", LONG, "A. Bee", 2017, ids=["arxiv:1409.0473"])], [])
    assert [(p.date, p.date_basis) for p in corpus.papers.values()] == [("2014-09", "arxiv_identifier")]


def test_keys_of_namesakes_do_not_depend_on_each_other_or_on_order():
    titles = ["Deep learning for text", "Deep learning for speech", "Deep learning for images"]
    records = [record(f"r{n}", title, "A. Bee", 2015) for n, title in enumerate(titles)]
    keys = {tuple(sorted(assemble(list(order), []).papers)) for order in permutations(records)}
    assert len(keys) == 1
    pair = assemble(records[:2], []).papers
    assert set(pair) < set(next(iter(keys)))


_TITLES = st.sampled_from(
    ["Alpha networks in practice", "alpha networks, in practice", "Beta", "Gamma rays of learning"]
)
_RECORDS = st.lists(
    st.builds(
        lambda title, author, year, ids: (title, author, year, ids),
        st.none() | _TITLES,
        st.sampled_from(["", "Ann Lee", "A. Lee", "Bo Chen"]),
        st.none() | st.integers(2015, 2021),
        st.tuples(
            st.sampled_from(["", "arxiv:2001.00001", "arxiv:2001.00002"]),
            st.sampled_from(["", "doi:10.1234/x", "s2:" + "a" * 40]),
        ).map(lambda pair: [text for text in pair if text]),
    ),
    max_size=8,
)


@given(_RECORDS)
def test_every_record_is_in_exactly_one_paper_and_no_paper_has_two_titles_without_a_reason(raw):
    records = [record(f"r{n}", t, a, y, ids=ids) for n, (t, a, y, ids) in enumerate(raw)]
    outcome = group_records(records)
    assert sorted(n for group in outcome.groups for n in group) == list(range(len(records)))
    for group in outcome.groups:
        for member in group[1:]:
            assert member in outcome.rules
        assert len({i for n in group for i in records[n].identifiers if i.scheme == "arxiv"}) <= 1
        titles = {normalised_title(records[n].title) for n in group if records[n].title}
        if len(titles) > 1:
            assert any(records[n].identifiers for n in group)


@given(_RECORDS)
def test_uniting_is_the_same_every_time(raw):
    records = [record(f"r{n}", t, a, y, ids=ids) for n, (t, a, y, ids) in enumerate(raw)]
    assert group_records(records) == group_records(records)
