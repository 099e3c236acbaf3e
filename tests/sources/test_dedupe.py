"""Which records are one paper. The cases are those that the data of real bibliographies pose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model.identifiers import closure
from graph.sources import title_evidence
from graph.sources.dedupe import Grouping, group_records
from graph.sources.overrides import Correction, IdentityDecision, Overrides
from graph.sources.record_checks import checked
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


@pytest.mark.parametrize("shared", ["pmid:90000001", "pmcid:900001"])
def test_a_number_of_pubmed_joins_unless_articles_differ(shared: str):
    one = record("a", "Tides", "A. Marsh", 2001, ids=[shared, "doi:10.5555/a"])
    assert groups(one, record("b", ids=[shared])) == [["a", "b"]]
    assert groups(one, record("b", "Waves", "OpenSea", 2009, ids=[shared])) == [["a", "b"]]
    other = record("b", "Tides", "A. Marsh", 2001, ids=[shared, "doi:10.5555/b"])
    assert groups(one, other) == [["a"], ["b"]]
    assert reasons(group_records([one, other])) == [f"same {shared}, but they have two DOIs, 10.5555/a and 10.5555/b"]


@pytest.mark.parametrize("shared", ["openalex:W2896457183", "omid:br/06101801781"])
@pytest.mark.parametrize(
    ("other", "why"),
    [
        (("A Health Supplement", "Jacob Devlin", 2018), "they have two titles, 'Deep Tides' and 'A Health Supplement'"),
        (("Deep Tides", "Jacob Devlin", 2025), "they have two years, 2018 and 2025"),
        (("Deep Tides", "Olga Brine", 2018), "they have two first authors, devlin and brine"),
    ],
)
def test_the_id_of_an_index_joins_nothing_where_it_names_two_papers(shared: str, other: tuple, why: str):
    known = record("a", "Deep Tides", "Jacob Devlin", 2018, ids=[shared])
    poisoned = record("b", *other, ids=[shared, "doi:10.5555/supplement"])
    assert groups(known, record("b", ids=[shared])) == [["a", "b"]]
    assert groups(known, poisoned) == [["a"], ["b"]]
    assert reasons(group_records([known, poisoned])) == [f"same {shared}, but {why}"]


def test_an_impostors_doi_joins_nothing_and_neither_does_its_title():
    title, fake = "Attention Is All You Need", "doi:10.65215/2q58a426"
    attention = record("a", title, "Ashish Vaswani", 2017, ids=["arxiv:1706.03762"])
    for year in (2025, 2017, None):
        assert groups(attention, record("b", title, "Ashish Vaswani", year, ids=[fake])) == [["a"], ["b"]]
    assert groups(record("a", ids=[fake]), record("b", ids=[fake])) == [["a"], ["b"]]


def test_an_impostors_doi_is_taken_from_the_record_of_another_paper():
    merged = record("a", ids=["openalex:W2626778328", "doi:10.65215/2q58a426", "arxiv:1706.03762"])
    assert checked(merged).identifiers == record("", ids=["openalex:W2626778328", "arxiv:1706.03762"]).identifiers
    alone = record("b", ids=["openalex:W2626778328", "doi:10.65215/2q58a426"])
    assert checked(alone) == alone


def test_the_digits_of_one_scheme_are_no_identifier_of_another():
    assert groups(record("a", ids=["pmid:2963403"]), record("b", ids=["corpusid:2963403"])) == [["a"], ["b"]]
    assert groups(record("a", ids=["pmid:2963403"]), record("b", ids=["openalex:W2963403"])) == [["a"], ["b"]]


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


@pytest.mark.parametrize(
    ("full", "cut"),
    [
        ("Superintelligence: Paths, Dangers, Strategies", "Superintelligence"),
        ("Human Compatible: Artificial Intelligence and the Problem of Control", "Human compatible"),
        (
            "Don't Give Me the Details, Just the Summary! Topic-Aware Networks",
            "Don't give me the details, just the summary",
        ),
        ("A Decomposable Attention Model for Natural Language Inference", "A decomposable attention model"),
    ],
)
def test_a_title_that_was_cut_short_is_a_doubt_with_and_without_an_author(full, cut):
    assert similar(full, cut) == ["same first author and near year, and one title is the beginning of the other"]
    outcome = group_records([record("a", full, "S. Russell", 2019), record("b", cut)])
    assert outcome.doubts == [
        (0, 1, "first author not stated by one of them, and one title is the beginning of the other")
    ]


def test_the_first_word_of_a_title_is_no_title_cut_short():
    assert similar("Attention is all you need", "Attention") == []
    assert similar("Deep learning methods and their applications", "Deep learning") == []


def test_a_title_nearly_alike_without_an_author_is_a_doubt():
    outcome = group_records(
        [
            record("a", "Model cards for model reporting", "M. Mitchell", 2019),
            record("b", "Model cards for model reporting, 2018"),
        ]
    )
    assert outcome.doubts == [(0, 1, "first author not stated by one of them, and titles nearly alike")]


def test_titles_alike_of_papers_that_speak_against_each_other_are_no_doubt():
    records = [
        record("a", "A lite model of language", "Z. Lan", 2019, ids=["doi:10.1000/x"]),
        record("b", "A light model of language", "Z. Lan", 2019, ids=["doi:10.1000/y"]),
    ]
    assert group_records(records).doubts == []


def test_texts_that_are_longer_than_any_title_are_not_compared_letter_by_letter(monkeypatch: pytest.MonkeyPatch):
    compared: list[int] = []
    monkeypatch.setattr(title_evidence, "_likeness", lambda one, _a, other, _b: compared.append(len(one) + len(other)))
    for text in ("a" * 1_000_000, "( b" * 100_000):
        group_records(
            [record("a", text), record("b", text + "z"), record("c", "A lite model"), record("d", "A lite mode")]
        )
    assert set(compared) == {len("alitemodel") + len("alitemode")}


# What speaks against one paper.


@pytest.mark.parametrize(
    ("one", "other", "contradiction"),
    [
        ("doi:10.5555/h1", "doi:10.5555/h2", "they have two DOIs, 10.5555/h1 and 10.5555/h2"),
        ("acl:P18-1001", "acl:P18-1002", "they have two ACL identifiers, P18-1001 and P18-1002"),
        ("s2:" + "a" * 40, "s2:" + "b" * 40, f"they have two Semantic Scholar ids, {'a' * 40} and {'b' * 40}"),
        ("corpusid:1", "corpusid:2", "they have two corpus ids, 1 and 2"),
        ("doi:10.2139/ssrn.1", "doi:10.2139/ssrn.2", "they have two SSRN DOIs, 10.2139/ssrn.1 and 10.2139/ssrn.2"),
    ],
)
@pytest.mark.parametrize("title", [LONG, "Ocean Highlights", "Introduction"])
def test_two_identifiers_of_one_kind_are_two_papers_and_a_doubt(title, one, other, contradiction):
    records = [record("a", title, "Kim Kay", 2018, ids=[one]), record("b", title, "K. Kay", 2018, ids=[other])]
    for ordered in (records, records[::-1]):
        assert len(groups(*ordered)) == 2
    assert group_records(records).doubts == [(0, 1, f"same title and first author, near year, but {contradiction}")]


@pytest.mark.parametrize(
    ("preprint", "article"),
    [
        ("arxiv:2001.00001", "doi:10.1162/tacl_a_00370"),
        ("doi:10.48550/arXiv.2001.00001", "doi:10.1038/nature14236"),
        ("arxiv:2001.00001", "acl:P18-1001"),
        ("doi:10.1101/2020.01.30.927871", "doi:10.1371/journal.pcbi.1008000"),
        ("doi:10.2139/ssrn.3456789", "doi:10.1257/aer.20180001"),
        ("doi:10.31234/osf.io/abcde", "doi:10.1177/0956797620000001"),
        ("doi:10.26434/chemrxiv-2021-x9-v2", "doi:10.1021/jacs.1c00001"),
        ("doi:10.21203/rs.3.rs-1234/v1", "doi:10.1007/s00000-020-00001-1"),
        ("doi:10.5194/acp-2019-712", "doi:10.5194/acp-20-1234-2020"),
        ("doi:10.2139/ssrn.3456789", "arxiv:2001.00001"),
        ("doi:10.26434/chemrxiv.123.v1", "doi:10.26434/chemrxiv.123.v2"),
        ("doi:10.1101/2020.01.30.927871v1", "doi:10.1101/2020.01.30.927871"),
        ("doi:10.1038/NATURE14236", "doi:10.1038/nature14236"),
        ("doi:10.12688/f1000research.12345.1", "doi:10.12688/f1000research.12345.2"),
    ],
)
def test_a_preprint_and_its_article_or_two_versions_are_one_paper(preprint, article):
    records = [record("a", LONG, "Ann Bee", 2020, ids=[preprint]), record("b", LONG, "A. Bee", 2021, ids=[article])]
    assert groups(*records) == [["a", "b"]]


def test_a_preprint_and_its_article_are_one_paper_although_a_service_gives_them_two_ids():
    preprint = record("a", LONG, "Ann Bee", 2020, ids=["arxiv:2001.00001", "s2:" + "a" * 40])
    article = record("b", LONG, "A. Bee", 2021, ids=["doi:10.1038/nature14236", "s2:" + "b" * 40])
    assert groups(preprint, article) == [["a", "b"]]
    assert len(groups(preprint, record("c", LONG, "A. Bee", 2021, ids=["s2:" + "c" * 40]))) == 2


def test_a_shared_identifier_joins_papers_with_two_dois():
    records = [
        record("a", LONG, ids=["arxiv:2001.00001", "doi:10.1000/x"]),
        record("b", LONG, ids=["arxiv:2001.00001", "doi:10.1000/y"]),
    ]
    assert groups(*records) == [["a", "b"]]


@pytest.mark.parametrize(
    "title",
    [
        "Introduction",
        "Overview",
        "Editorial",
        "Preface",
        "Ocean Highlights",
        "Reply",
        "Erratum",
        "Front Matter",
        "Book Reviews",
        "Table of Contents",
        "Guest Editorial",
        "In This Issue",
        "Author's Reply",
        "Editor's Note",
        "Research Highlights",
        "Erratum: On the Properties of Neural Machine Translation",
        "Reply to Smith and Jones on the Nature of Learning",
        "Comment on “The Nature of Deep Learning”",
        "Correction to: A Very Long Title of Some Article",
        "Einleitung",
        "Vorwort",
        "Éditorial",
        "Dropout",
        "Chapter 3",
        "Review",
        "News and Views",
        "Letters to the Editor",
        "Index",
    ],
)
def test_a_short_or_generic_title_never_decides_and_is_a_doubt(title):
    records = [record("a", title, "Kim Kay", 2018), record("b", title.upper(), "Kim Kay", 2018)]
    assert len(groups(*records)) == 2
    assert len(group_records(records).doubts) == 1
    assert (
        len(groups(*(replace(each, identifiers=record("x", ids=["doi:10.1000/x"]).identifiers) for each in records)))
        == 1
    )


@pytest.mark.parametrize(
    "title",
    [
        "The Bitter Lesson",
        "Corrigibility",
        "Multitask learning",
        "Skip-thought vectors",
        "Editorial boards as networks",
    ],
)
def test_a_title_of_its_own_decides_with_author_and_year(title):
    assert len(groups(record("a", title, "Kim Kay", 2018), record("b", title, "K. Kay", 2019))) == 1
    assert len(groups(record("a", title, "Kim Kay", 2018), record("b", title, "Lee Ash", 2019))) == 2


def test_generic_titles_of_people_with_no_name_in_common_are_not_even_a_doubt():
    assert group_records([record("a", "Editorial", "Kim Kay"), record("b", "Editorial", "Lee Ash")]).doubts == []


def test_people_who_share_only_a_particle_or_et_al_are_two():
    for one, other in [("Cyprien de Masson", "Nando de Freitas"), ("Zeng et al.", "Wang (et al.)")]:
        assert len(groups(record("a", LONG, one, 2020), record("b", LONG, other, 2020))) == 2


# A third record joins no papers that speak against each other.


@pytest.mark.parametrize(
    ("one", "between", "other"),
    [
        (
            record("a", LONG, "A. Bee", 2020, ids=["doi:10.1000/x"]),
            record("b", LONG, "A. Bee", 2020),
            record("c", LONG, "A. Bee", 2020, ids=["doi:10.1000/y"]),
        ),
        (record("a", LONG, "A. Bee", 2020), record("b", LONG, None, 2020), record("c", LONG, "C. Dee", 2020)),
        (record("a", LONG, "A. Bee", 1998), record("b", LONG, "A. Bee"), record("c", LONG, "A. Bee", 2018)),
        (
            record("a", ids=["arxiv:2001.00001", "doi:10.1000/x"]),
            record("b", ids=["doi:10.1000/x"]),
            record("c", ids=["arxiv:2001.00002", "doi:10.1000/x"]),
        ),
    ],
)
def test_a_record_that_fits_two_papers_is_neither_and_a_doubt_about_both(one, between, other):
    for order in permutations((one, between, other)):
        outcome = group_records(order)
        assert len(outcome.groups) == 3
        place = order.index(between)
        doubted = [set(pair) - {place} for *pair, _ in outcome.doubts if place in pair]
        assert sorted(map(tuple, doubted)) == sorted((n,) for n in range(3) if n != place)


def test_a_record_that_fits_two_papers_goes_with_the_one_that_a_person_verified():
    verified = record("v", LONG, "A. Bee", 2020, ids=["doi:10.1000/x"], key="bee2020")
    other = record("o", LONG, "A. Bee", 2020, ids=["doi:10.1000/y"])
    for order in permutations((verified, record("b", LONG, "A. Bee", 2020), other)):
        assert {frozenset(group) for group in groups(*order)} == {frozenset({"v", "b"}), frozenset({"o"})}


def test_one_misprinted_identifier_does_not_part_a_paper_from_the_records_that_print_none():
    printed = [record(f"p{n}", LONG, "A. Bee", 2020, ids=["arxiv:2001.00001"]) for n in range(4)]
    plain = [record(f"q{n}", LONG, "A. Bee", 2020) for n in range(3)]
    misprint = record("m", LONG, "A. Bee", 2020, ids=["arxiv:2001.00007"])
    assert sorted(map(len, groups(*plain, misprint, *printed))) == [1, 7]


def test_a_record_goes_with_the_only_one_of_two_papers_that_it_agrees_with():
    records = [
        record("a", LONG, "A. Bee", 2020, ids=["doi:10.1000/x"]),
        record("b", LONG, "C. Dee", 2020, ids=["doi:10.1000/y"]),
        record("c", LONG, "C. Dee", 2021),
    ]
    assert groups(*records) == [["a"], ["b", "c"]]


def test_a_person_can_merge_papers_with_two_dois_or_two_arxiv_identifiers():
    for ids in (("doi:10.1000/x", "doi:10.1000/y"), ("arxiv:2001.00001", "arxiv:2001.00002")):
        overrides = Overrides(merge=(IdentityDecision(ids, "the same"),))
        assert groups(*(record(each, LONG, ids=[each]) for each in ids), overrides=overrides) == [list(ids)]


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


def content(records: Sequence[Record], group: Sequence[int]) -> tuple[Record, ...]:
    """The records of a group, whatever their places; records that say the same are one to the eye."""
    return tuple(sorted((replace(records[n], record_id="") for n in group), key=repr))


_AGAINST = st.lists(
    st.builds(
        lambda title, author, year, ids: record("", title, author, year, ids=[each for each in ids if each]),
        st.none() | st.sampled_from(["Alpha networks in practice", "Introduction", "Gamma rays of learning"]),
        st.sampled_from([None, "Ann Lee", "A. Lee", "Bo Chen"]),
        st.sampled_from([None, 2015, 2017, 2021]),
        st.tuples(
            st.sampled_from(["", "arxiv:2001.00001", "arxiv:2001.00002"]),
            st.sampled_from(["", "doi:10.1234/x", "doi:10.1234/y", "doi:10.2139/ssrn.1"]),
            st.sampled_from(["", "s2:" + "a" * 40, "s2:" + "b" * 40]),
        ),
    ),
    max_size=7,
)


@given(_AGAINST, st.randoms(use_true_random=False))
def test_the_order_of_the_records_makes_no_difference(said, random):
    records = [replace(each, record_id=f"r{n}") for n, each in enumerate(said)]
    shuffled = random.sample(records, len(records))
    outcomes = []
    for each in (records, shuffled):
        outcome = group_records(each)
        members = {group[0]: content(each, group) for group in outcome.groups}
        doubts = Counter(tuple(sorted((members[one], members[other]), key=repr)) for one, other, _ in outcome.doubts)
        outcomes.append((Counter(members.values()), doubts))
    assert outcomes[0] == outcomes[1]


@given(_AGAINST)
def test_no_paper_has_two_identifiers_of_one_kind_without_a_shared_one(said):
    records = [replace(each, record_id=f"r{n}") for n, each in enumerate(said)]
    for group in group_records(records).groups:
        shared = nx.Graph()
        for n in group:
            shared.add_node(n)
            shared.add_edges_from((n, str(each)) for each in records[n].identifiers)
        for one, other in combinations(nx.connected_components(shared), 2):
            for scheme in ("arxiv", "doi:10.1234", "doi:10.2139"):
                assert not all(any(str(each).startswith(scheme) for each in part) for part in (one, other))


_IDS = st.sampled_from([*(f"doi:10.1000/{letter}" for letter in "abcdef"), "doi:10.18653/v1/p18-1031", "acl:P18-1031"])


@given(st.lists(st.sets(_IDS, max_size=3), max_size=8))
def test_records_with_identifiers_alone_are_the_components_of_what_shares_one(ids):
    records = [record(f"r{n}", ids=sorted(texts)) for n, texts in enumerate(ids)]
    shared = nx.Graph()
    shared.add_nodes_from(range(len(records)))
    shared.add_edges_from((n, each) for n, record in enumerate(records) for each in closure(record.identifiers))
    components = [sorted(n for n in part if isinstance(n, int)) for part in nx.connected_components(shared)]
    assert list(group_records(records).groups) == sorted(components)


def test_the_order_of_very_many_papers_with_one_title_makes_no_difference():
    records = [
        record(f"r{n}", LONG, f"Author{n} Family{n}", 2000, ids=[f"arxiv:2001.0000{n}"]) for n in range(9)
    ]  # more than are compared each with each

    def doubts(given: list[Record]) -> set[frozenset[str]]:
        return {frozenset(given[number].record_id for number in pair) for *pair, _ in group_records(given).doubts}

    assert len(doubts(records)) == 8
    assert doubts(records) == doubts(records[::-1]) == doubts([*records[5:], *records[:5]])
