"""Which records are one paper. The cases are those that the data of real bibliographies pose."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model.identifiers import closure
from graph.sources.dedupe import Grouping, group_records
from graph.sources.overrides import Correction, IdentityDecision, Overrides
from graph.sources.records import Record
from graph.utils.text import normalised_title

from ..helpers.records import record

LONG = "Exploring the Limits of Transfer Learning"


def groups(*records: Record, overrides: Overrides | None = None) -> list[list[str]]:
    return [[records[n].record_id for n in group] for group in group_records(records, overrides).groups]


def reasons(outcome: Grouping) -> list[str]:
    """Why groups are apart."""
    return [reason for _, _, reason in outcome.doubts]


def kept_apart(*papers: str) -> Overrides:
    return Overrides(keep_apart=(IdentityDecision(papers, "a person knows"),))


# Identifiers.


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


def test_a_shared_identifier_is_the_reason_even_where_the_titles_are_the_same_too():
    records = [record(name, LONG, "C. Raffel", 2019, ids=["arxiv:1910.10683"]) for name in "ab"]
    assert group_records(records).rules == {1: "same arxiv:1910.10683"}


def test_a_record_with_two_arxiv_identifiers_is_the_paper_of_each():
    both = record("a", ids=["arxiv:1910.10683", "arxiv:1910.99999"])
    assert groups(both, record("b", ids=["arxiv:1910.99999"])) == [["a", "b"]]


def test_one_title_under_two_arxiv_identifiers_stays_two_papers_and_is_a_doubt():
    outcome = group_records(
        [
            record("a", LONG, "Colin Raffel", 2019, ids=["arxiv:1910.10683"]),
            record("b", LONG, "C. Raffel", 2019, ids=["arxiv:1910.99999"]),
        ]
    )
    assert len(outcome.groups) == 2
    assert reasons(outcome) == [
        "same title and first author, near year, but they have two arXiv identifiers, 1910.10683 and 1910.99999"
    ]


def test_a_key_that_a_person_chose_does_not_keep_records_without_a_key_apart():
    assert groups(record("a", ids=["doi:10.1000/x"], key="one"), record("b", ids=["doi:10.1000/x"])) == [["a", "b"]]


def test_two_keys_that_a_person_chose_are_two_papers_and_a_doubt():
    outcome = group_records(
        [record("a", ids=["doi:10.1000/x"], key="one"), record("b", ids=["doi:10.1000/x"], key="another")]
    )
    assert len(outcome.groups) == 2
    assert reasons(outcome) == ["same doi:10.1000/x, but a person gave them two keys, one and another"]


# Titles.


def test_one_title_printed_with_and_without_a_hyphen_is_one_paper():
    assert groups(
        record("a", "BERT: Pre-training of deep things", "Jacob Devlin", 2018),
        record("b", "Bert: pretraining of Deep Things.", "J. Devlin", 2019),
    ) == [["a", "b"]]


def test_llama_2_is_not_llama_3():
    assert len(groups(record("a", "Llama 2", "H. Touvron", 2023), record("b", "Llama 3", "H. Touvron", 2024))) == 2


def test_one_title_by_other_authors_is_another_paper():
    outcome = group_records([record("a", LONG, "Colin Raffel", 2019), record("b", LONG, "Ann Other", 2019)])
    assert outcome.doubts == [(0, 1, "same title, but other first authors")]


def test_only_first_authors_are_compared():
    joint = replace(record("a", LONG, year=2019), authors=("Colin Raffel", "Ann Other"))
    assert len(groups(joint, record("b", LONG, "Ann Other", 2019))) == 2


def test_one_title_is_one_paper_up_to_two_years_apart():
    assert len(groups(record("a", LONG, "R. Sutton", 2018), record("b", LONG, "R. Sutton", 2020))) == 1
    outcome = group_records([record("a", LONG, "R. Sutton", 2018), record("b", LONG, "R. Sutton", 2021)])
    assert outcome.doubts == [(0, 1, "same title and first author, but years far apart")]


@pytest.mark.parametrize("field", ["date", "publication_date"])
def test_every_date_of_a_record_counts_as_its_year(field):
    early, late = record("a", LONG, "R. Sutton", **{field: "1998-05-01"}), record("b", LONG, "R. Sutton", 2018)
    assert len(groups(early, late)) == 2
    assert len(groups(replace(early, year=2017), late)) == 1


@pytest.mark.parametrize(
    ("author", "year", "rule"),
    [
        ("C. Raffel", 2020, "same title and first author, near year"),
        ("C. Raffel", None, "same title and first author, year not stated by one of them"),
        (None, 2019, "same title, author not stated by one of them"),
        (None, None, "same title, author and year not stated by one of them"),
    ],
)
def test_what_a_record_does_not_state_is_no_contradiction(author, year, rule):
    outcome = group_records([record("a", LONG, "Colin Raffel", 2019), record("b", LONG, author, year)])
    assert (outcome.groups, outcome.rules) == ([[0, 1]], {1: rule})


def test_without_an_author_only_a_title_of_20_letters_is_evidence():
    short, long = "abcdefghij klmnopqrs", "abcdefghij klmnopqrst"
    assert (len(normalised_title(short)), len(normalised_title(long))) == (19, 20)
    outcome = group_records([record("a", short, "A. Bee", 2016), record("b", short)])
    assert outcome.doubts == [(0, 1, "same short title, and nothing else to compare")]
    assert len(groups(record("a", long, "A. Bee", 2016), record("b", long))) == 1


def test_other_titles_that_a_person_listed_count():
    known = record(
        "a", "A Good Title of Some Length", "Jeremy Howard", 2018, also_titled=("Its First Title, Also Long",)
    )
    assert groups(known, record("b", "Its first title, also long", "J. Howard", 2018)) == [["a", "b"]]


def test_a_doubt_is_settled_when_another_title_joins_the_records():
    records = [record("a", "Short", "A. Bee", also_titled=(LONG,)), record("b", "Short", also_titled=(LONG,))]
    outcome = group_records(records)
    assert (outcome.groups, outcome.doubts) == ([[0, 1]], [])


# What records that are one paper say together.


def test_a_paper_has_the_first_authors_of_all_of_its_records():
    records = [record("a", LONG, ids=["doi:10.1000/x"]), record("b", None, "Ann Other", ids=["doi:10.1000/x"])]
    assert groups(*records, record("c", LONG, "Colin Raffel")) == [["a", "b"], ["c"]]


def test_a_paper_has_the_years_of_all_of_its_records():
    records = [
        record("a", LONG, "R. Sutton", ids=["doi:10.1000/x"]),
        record("b", None, None, 1998, ids=["doi:10.1000/x"]),
    ]
    assert groups(*records, record("c", LONG, "R. Sutton", 2018)) == [["a", "b"], ["c"]]


def test_a_paper_has_the_key_of_any_of_its_records():
    records = [record("a", ids=["doi:10.1000/x", "doi:10.1000/y"]), record("b", ids=["doi:10.1000/x"], key="one")]
    assert groups(*records, record("c", ids=["doi:10.1000/y"], key="two")) == [["a", "b"], ["c"]]


def test_a_paper_is_kept_apart_by_the_name_of_any_of_its_records():
    records = [record("a", LONG, "A. Bee", ids=["doi:10.1000/x"]), record("b", ids=["doi:10.1000/x"])]
    outcome = group_records([*records, record("c", LONG, "A. Bee")], kept_apart("b", "c"))
    assert (outcome.groups, outcome.doubts) == ([[0, 1], [2]], [])


# Similar titles.


def similar(one: str, other: str, *, years: tuple[int | None, int | None] = (2019, 2020), **options) -> list[str]:
    """The doubts about two titles of one author; similar titles are never joined."""
    outcome = group_records(
        [record("a", one, "Z. Lan", years[0]), record("b", other, "Zhenzhong Lan", years[1])], **options
    )
    assert len(outcome.groups) == 2
    return reasons(outcome)


NEARLY_ALIKE = ["same first author and near year, and titles nearly alike"]


def test_titles_that_are_nearly_alike_are_only_a_doubt():
    one, other = "Albert: a lite bert for self-supervised learning", "Albert: a lite bedrt for self-supervised learning"
    assert similar(one, other) == NEARLY_ALIKE
    assert similar(one, other, years=(2019, None)) == NEARLY_ALIKE
    assert similar(one, other, years=(2019, 2022)) == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("abcdefghij?lmnopqrst", NEARLY_ALIKE),  # 19 letters in 20 are the same: more than nine in ten
        ("abcdefghi??lmnopqrst", []),  # nine in ten, and no more
        ("?bcdefghijklmnopqrst", NEARLY_ALIKE),  # only the ends are the same
        ("abcdefghijklmnopqrs?", NEARLY_ALIKE),  # only the beginnings are
    ],
)
def test_titles_are_nearly_alike_from_more_than_nine_letters_in_ten_on(other, expected):
    assert similar("abcdefghijklmnopqrst", other.replace("?", "z")) == expected


def test_similar_titles_of_other_authors_are_no_doubt():
    titles = ("Albert: a lite bert for self-supervised learning", "Albert: a lite bedrt for self-supervised learning")
    assert group_records([record("a", titles[0], "Z. Lan"), record("b", titles[1], "C. Raffel")]).doubts == []


def test_titles_that_differ_in_a_number_are_not_even_a_doubt():
    assert similar("SemEval-2012 task 7: choices", "SemEval-2013 task 7: choices", years=(2012, 2013)) == []


def test_a_person_settles_a_doubt_by_keeping_papers_apart():
    one, other = "Albert: a lite bert for self-supervised learning", "Albert: a lite bedrt for self-supervised learning"
    assert similar(one, other, overrides=kept_apart("a", "b")) == []


# A person's decisions.


def test_a_person_can_merge_what_the_rules_leave_apart():
    overrides = Overrides(merge=(IdentityDecision(("print:x#1", "arxiv:2001.00001"), "the blog post of the paper"),))
    records = [record("print:x#1", "A blog post", "A. B"), record("b", LONG, "C. D", ids=["arxiv:2001.00001"])]
    assert groups(*records, overrides=overrides) == [["print:x#1", "b"]]
    assert group_records(records, overrides).rules == {1: "a person's word: the blog post of the paper"}


def test_a_person_can_keep_apart_what_a_title_would_merge():
    records = [record("print:x#1", LONG, "A. Bee", 2000), record("print:y#2", LONG, "A. Bee", 2000)]
    outcome = group_records(records, kept_apart("print:x#1", "print:y#2"))
    assert (len(outcome.groups), outcome.doubts) == (2, [])


def test_a_person_can_keep_apart_what_an_identifier_would_merge():
    records = [record("print:x#1", ids=["doi:10.1000/x"]), record("print:y#2", ids=["doi:10.1000/x"])]
    outcome = group_records(records, kept_apart("print:x#1", "print:y#2"))
    assert (len(outcome.groups), outcome.doubts) == (2, [])


def test_a_person_can_say_that_a_printed_identifier_is_wrong_and_other_records_keep_it():
    records = [
        record("print:x#1", "One", "A. Bee", ids=["arxiv:2001.00001"]),
        record("b", "Two", "C. Dee", ids=["arxiv:2001.00001"]),
        record("c", "Three", "C. Dee", ids=["arxiv:2001.00001"]),
    ]
    assert groups(*records, overrides=kept_apart("print:x#1", "arxiv:2001.00001")) == [["print:x#1"], ["b", "c"]]


def test_decisions_that_contradict_each_other_are_refused():
    papers = ("arxiv:2001.00001", "arxiv:2001.00002")
    overrides = replace(kept_apart(*papers), merge=(IdentityDecision(papers, "same"),))
    message = "cannot merge arxiv:2001.00001 and arxiv:2001.00002: another decision keeps them apart"
    with pytest.raises(InputError, match=message):
        group_records([record("a", ids=papers[:1]), record("b", ids=papers[1:])], overrides)


def test_a_decision_that_contradicts_the_records_is_refused():
    overrides = Overrides(merge=(IdentityDecision(("one", "two"), "same"),))
    with pytest.raises(InputError, match=r"cannot merge one and two: .* a person gave them two keys, one and two"):
        group_records([record("a", key="one"), record("b", key="two")], overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        Overrides(correct=(Correction("print:z#9", "because", date="2001"),)),
        Overrides(merge=(IdentityDecision(("a", "print:z#9"), "because"),)),
        kept_apart("a", "print:z#9"),
    ],
)
def test_a_decision_about_a_paper_that_no_record_names_is_refused(overrides):
    with pytest.raises(InputError, match="no record is called 'print:z#9'"):
        group_records([record("a", LONG)], overrides)


# Properties.

_TITLES = st.sampled_from(
    ["Alpha networks in practice", "alpha networks, in practice", "Beta", "Gamma rays of learning"]
)
_RECORDS = st.lists(
    st.tuples(
        st.none() | _TITLES,
        st.sampled_from([None, "Ann Lee", "A. Lee", "Bo Chen"]),
        st.none() | st.integers(2015, 2021),
        st.tuples(
            st.sampled_from(["", "arxiv:2001.00001", "arxiv:2001.00002"]),
            st.sampled_from(["", "doi:10.1234/x", "s2:" + "a" * 40]),
        ).map(lambda pair: [text for text in pair if text]),
    ),
    max_size=8,
)


@given(_RECORDS)
def test_every_record_is_in_exactly_one_paper_and_no_paper_has_two_titles_without_a_reason(rows):
    records = [record(f"r{n}", title, author, year, ids=ids) for n, (title, author, year, ids) in enumerate(rows)]
    outcome = group_records(records)
    assert sorted(n for group in outcome.groups for n in group) == list(range(len(records)))
    for group in outcome.groups:
        assert list(group) == sorted(group)
        for member in group[1:]:
            assert member in outcome.rules
        assert len({i for n in group for i in records[n].identifiers if i.scheme == "arxiv"}) <= 1
        titles = {normalised_title(records[n].title) for n in group if records[n].title}
        if len(titles) > 1:
            assert any(records[n].identifiers for n in group)


_IDS = st.sampled_from([*(f"doi:10.1000/{letter}" for letter in "abcdef"), "doi:10.18653/v1/p18-1031", "acl:P18-1031"])


@given(st.lists(st.sets(_IDS, max_size=3), max_size=8))
def test_records_with_identifiers_alone_are_the_components_of_what_shares_one(ids):
    records = [record(f"r{n}", ids=sorted(texts)) for n, texts in enumerate(ids)]
    shared = nx.Graph()
    shared.add_nodes_from(range(len(records)))
    shared.add_edges_from((n, each) for n, record in enumerate(records) for each in closure(record.identifiers))
    components = [sorted(n for n in part if isinstance(n, int)) for part in nx.connected_components(shared)]
    assert list(group_records(records).groups) == sorted(components)
