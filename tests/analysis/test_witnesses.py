"""Who lists the references of papers, what is missing from whom, and why."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.audit import audit
from graph.analysis.disputes import disputes
from graph.analysis.silence import WORDS, Why
from graph.analysis.witnesses import Overlap, PaperWitnesses, Witness, compared_papers, paper_witnesses, witnesses
from graph.exports.text.witnesses_text import witnesses_text
from graph.model.corpus import Merge
from graph.model.lineage import Lineage

from ..helpers.witnessed import List, paper, witnessed

NAMES = tuple(f"c{n:02}" for n in range(1, 21))


def of(lineage: Lineage, key: str = "hub") -> dict[str, Witness]:
    return {each.source: each for each in paper_witnesses(lineage, key).witnesses}


# What it takes


@pytest.mark.parametrize("lists", [4, 8])
def test_the_entries_of_a_list_are_counted_once_however_many_papers_it_lacks(
    monkeypatch: pytest.MonkeyPatch, lists: int
):
    names = [f"c{n:03}" for n in range(200)]
    world = witnessed([List(f"print:{n}", "hub", tuple(names[n::lists]), "partial") for n in range(lists)], ["hub"])
    summed: list[int] = []

    def counting(values: Any) -> Any:
        every = list(values)
        summed.append(len(every))
        return sum(every)

    monkeypatch.setattr("graph.analysis.witnesses.sum", counting, raising=False)
    found = paper_witnesses(world, "hub")
    assert sum(len(each.lacks) for each in found.witnesses) == 200 * (lists - 1)
    assert sum(summed) <= 2 * 200


# What sources share


def test_who_lists_how_many_what_they_share_and_what_one_origin_alone_asserts():
    found = paper_witnesses(
        witnessed(
            [
                List("print:hub", "hub", ("a", "b", "c", "b")),
                List("crossref:1", "hub", ("a", "d", "e"), "partial", 7),
                List("openalex:1", "hub", ("d",), "partial"),
            ],
            ["hub"],
        ),
        "hub",
    )
    assert [(each.source, each.entries, each.cited, each.unidentified, each.alone) for each in found.witnesses] == [
        ("crossref:1", 7, ("a", "d", "e"), 4, ("d", "e")),  # OpenAlex only repeats the deposit
        ("openalex:1", 1, ("d",), 0, ("d",)),
        ("print:hub", 4, ("a", "b", "c"), 0, ("b", "c")),
    ]
    assert found.by_origins == (4, 1)
    assert found.cited == 5
    assert found.overlaps == (
        Overlap("crossref:1", "openalex:1", 1, 2, 0),
        Overlap("crossref:1", "print:hub", 1, 2, 2),
        Overlap("openalex:1", "print:hub", 0, 1, 3),
    )


SOURCES = ("print:hub", "s2:1", "s2:2", "crossref", "openalex", "opencitations")
ORIGIN = {"print": "print", "s2": "s2", "crossref": "deposit", "openalex": "deposit", "opencitations": "deposit"}


@given(st.dictionaries(st.sampled_from(SOURCES), st.sets(st.sampled_from("abcdef")), min_size=1))
def test_counts_are_those_of_sets(named: dict[str, set[str]]):
    lists = [
        List(source, "hub", tuple(sorted(names)), contexts=("Quoted.",)) for source, names in sorted(named.items())
    ]  # every source shows that it read the text, so that its origin is that of its kind
    found = paper_witnesses(witnessed(lists, ["hub"]), "hub")
    origins = {
        cited: {ORIGIN[source.partition(":")[0]] for source, names in named.items() if cited in names}
        for cited in set().union(*named.values())
    }
    assert sum(found.by_origins) == len(origins)
    assert dict(enumerate(found.by_origins, 1)) == {
        number: Counter(map(len, origins.values()))[number] for number in range(1, len(found.by_origins) + 1)
    }
    for each in found.witnesses:
        own = {ORIGIN[each.source.partition(":")[0]]}
        assert set(each.cited) == named[each.source]
        assert set(each.alone) == {cited for cited in named[each.source] if origins[cited] == own}
        assert {cited for cited, _ in each.lacks} == origins.keys() - named[each.source]
    for pair in found.overlaps:
        one, other = named[pair.one], named[pair.other]
        assert (pair.both, pair.only_one, pair.only_other) == (len(one & other), len(one - other), len(other - one))


def test_overlaps_of_kinds_take_the_sources_of_a_kind_together_and_sum_papers_that_both_list():
    made = witnessed(
        [
            *(List("print:p", "p", ("a", "b")), List("s2:1", "p", ("a",)), List("s2:2", "p", ("b", "c"))),
            *(List("print:q", "q", ("a",)), List("s2:1", "q", ("a", "d"))),
            List("print:alone", "alone", ("a", "b", "c", "d")),
        ],
        ["p", "q", "alone"],
    )
    assert witnesses(made).overlaps == (Overlap("printed_bibliography", "semantic_scholar", 3, 0, 2),)
    assert compared_papers(made) == ["p", "q"]


def test_a_source_that_names_the_paper_only_among_citers_has_no_list_of_its_own():
    made = witnessed(
        [List("s2:1", "old", ("hub",), direction="citations"), List("print:hub", "hub", ("old",))], ["hub"]
    )
    found = of(made)["s2:1"]
    assert (found.state, found.rows, found.entries, found.is_short) == ("not_fetched", None, 1, False)


def test_a_paper_that_nobody_was_asked_about_has_no_witness():
    assert paper_witnesses(witnessed([], ["hub"]), "hub") == PaperWitnesses("hub", (), (), ())


@pytest.mark.parametrize(
    ("other", "lacked"),
    [
        (List("s2:1", "hub", ("a",)), ("b",)),
        (List("crossref", "hub", ("a",), "partial"), ("b",)),
        (List("crossref", "hub", ("a",), "complete", 2), ()),  # an entry that is not identified may be `b`
        (List("crossref", "hub", (), "partial", 0), ()),  # nothing deposited is no list
        (List("s2:1", "hub", (), "elided", 0), ()),
        (List("s2:1", "hub", (), "failed", None), ()),
        (List("print:2", "hub", ("a",)), ()),  # another version of the print has the same origin
    ],
)
def test_another_list_lacks_a_paper_only_where_it_is_known_not_to_name_it(other: List, lacked: tuple[str, ...]):
    made = witnessed([List("print:hub", "hub", ("a", "b")), other], ["hub"])
    assert of(made)["print:hub"].lacked == lacked


# Lists that are short


@pytest.mark.parametrize(
    ("listed", "of_all", "short"),
    [(0, 5, True), (1, 5, False), (44, 49, True), (45, 50, False), (44, 50, True), (95, 100, False), (89, 99, True)],
)
def test_a_list_is_short_below_ninety_per_cent_with_five_or_more_missing(listed: int, of_all: int, short: bool):
    names = tuple(f"c{n:03}" for n in range(of_all))
    made = witnessed([List("print:hub", "hub", names), List("s2:1", "hub", names[:listed], "partial")], ["hub"])
    found = of(made)["s2:1"]
    assert (found.entries, found.expected) == (listed, of_all)
    assert found.is_short == short
    assert not of(made)["print:hub"].is_short


def test_lists_of_one_length_that_name_different_papers_are_both_short():
    made = witnessed([List("print:hub", "hub", NAMES[:12]), List("s2:1", "hub", NAMES[8:])], ["hub"])
    assert [(each.entries, each.expected, each.is_short) for each in of(made).values()] == [(12, 20, True)] * 2


def test_entries_that_are_not_identified_may_be_what_is_missing():
    made = witnessed([List("print:hub", "hub", NAMES), List("crossref", "hub", NAMES[:8], "complete", 20)], ["hub"])
    found = of(made)["crossref"]
    assert (found.entries, found.expected, found.is_short) == (20, 20, False)
    assert {why for _, why in found.lacks} == {"unidentified"}


def test_a_list_that_does_not_say_how_many_entries_it_has_lacks_nothing_for_certain():
    made = witnessed([List("print:hub", "hub", ("a", "b")), List("s2:1", "hub", ("a",), "complete", None)], ["hub"])
    assert (of(made)["s2:1"].unidentified, of(made)["print:hub"].alone) == (None, ("b",))
    assert of(made)["print:hub"].lacked == ()


def test_papers_that_a_source_could_not_name_do_not_make_its_list_short():
    untitled = [paper(name, None, f"s2:{n:040x}", title=None) for n, name in enumerate(NAMES, start=900)]
    made = witnessed([List("print:hub", "hub", ("a", "b")), List("s2:1", "hub", NAMES[:2])], ["hub"], untitled)
    assert not of(made)["print:hub"].is_short
    assert {why for _, why in of(made)["print:hub"].lacks} == {"not_comparable"}


def test_a_list_that_nobody_has_is_not_called_short():
    lists = [List("print:hub", "hub", NAMES), List("s2:1", "hub", (), "failed"), List("s2:2", "hub", (), "not_fetched")]
    assert witnesses(witnessed(lists, ["hub"])).short == []


def test_the_audit_warns_of_short_lists_of_the_list(lineage: Lineage):
    assert [(key, each.source, each.entries, each.expected) for key, each in audit(lineage).short] == [
        ("mnih2016", "print:mnih2016", 32, 40)  # 32 printed entries, 40 of Semantic Scholar
    ]


# The reason why a list lacks a citation

SAID = List("s2:1", "hub", ("other",))
ARXIV_ONLY = paper("hub", "2015", "arxiv:1501.00001", "doi:10.48550/arxiv.1501.00001", f"s2:{77:040x}")


@pytest.mark.parametrize(
    ("silent", "papers", "expected"),
    [
        (List("crossref", "hub", (), "failed", None), [ARXIV_ONLY], "published_elsewhere"),
        (List("crossref", "hub", (), "failed", None), [], "failed"),
        (List("openalex", "hub", (), "not_fetched", None), [], "not_fetched"),
        (List("s2:1b", "hub", (), "elided", 0), [], "elided"),
        (List("crossref", "hub", (), "partial", 0), [], "not_deposited"),
        (List("opencitations", "hub", (), "partial", 0), [], "nothing_listed"),
        (List("openalex", "hub", ("x",), "partial"), [paper("other", "2000", f"s2:{9:040x}")], "no_identifier"),
        (List("openalex", "hub", ("x",), "partial"), [], "not_matched"),
        (List("crossref", "hub", ("x",), "partial"), [], "partial"),
        (List("s2:1b", "hub", ("x",), "capped"), [], "capped"),
        (List("print:hub", "hub", ("x",)), [paper("other", "2003")], "after_print"),
        (List("s2:2", "hub", ("x",)), [paper("other", "2020-02", f"s2:{9:040x}")], "after_observation"),
        (List("s2:2", "hub", ("x",)), [paper("other", "2019-02", "doi:10.1000/o")], "not_comparable"),
        (List("s2:2", "hub", ("x",), "complete", 9), [], "unidentified"),
        (List("s2:2", "hub", ("x",), "complete", None), [], "uncounted"),
        (List("s2:2", "hub", ("x",)), [paper("hub", "2000", "arxiv:1501.00002", "doi:10.1000/h")], "other_version"),
        (List("s2:2", "hub", ("x",)), [], "absent"),
        (List("print:hub", "hub", ("x",)), [], "absent"),
    ],
)  # fmt: skip
def test_the_reason_is_the_first_that_the_coverage_gives(silent: List, papers: list[object], expected: str):
    made = witnessed([SAID, silent], ["hub"], papers, observed={"s2:2": "2020-01-31"})  # type: ignore[arg-type]
    assert dict(of(made)[silent.source].lacks)["other"] == expected


def test_every_reason_has_words():
    assert WORDS.keys() == set(get_args(Why))


# Years and titles


def test_disputes_are_the_years_and_titles_of_records_that_differ_with_their_source():
    merges = [
        Merge("a", "same doi", "print:hub#3", "A wholly different thing", 1997),
        Merge("a", "same doi", "s2:1/s2:00", None, 2001),
        Merge("a", "same doi", "print:hub2#1"),
        Merge("b", "same title", "list#4", None, 1990),
    ]
    made = witnessed([List("print:hub", "hub", ("a", "b")), List("s2:1", "hub", ("a",))], ["hub"], merges=merges)
    found = list(disputes(made.corpus, {"a"}))
    assert [(each.record, each.source, each.field, each.said, each.held) for each in found] == [
        ("print:hub#3", "print:hub", "year", "1997", "2000"),
        ("print:hub#3", "print:hub", "title", "A wholly different thing", "The paper a"),
        ("s2:1/s2:00", "s2:1", "year", "2001", "2000"),
    ]
    assert [each.distance for each in found if each.field == "year"] == [3, 1]
    assert witnesses(made).disputes == tuple(disputes(made.corpus, {"hub", "a", "b"}))


def test_what_differs_little_is_counted_and_not_listed_and_nothing_is_said_where_all_is_listed():
    lists, rest = [List("print:hub", "hub", ("a", "b"))], "that differ by a year, or in the wording of a title"
    far, near = (Merge("a", "same doi", "print:hub#3", None, year) for year in (1997, 2001))
    for merges, listed, counted in (
        ([far, near], 1, "and 1 "),
        ([far], 1, None),
        ([near, near], 0, "and 2 "),
        ([], 0, None),
    ):
        made = witnessed(lists, ["hub"], merges=merges)
        told = witnesses_text(made, witnesses(made))
        assert told.count("in print:hub#3") == listed
        assert (f"{counted}{rest}" in told) if counted else (rest not in told)


# The shipped corpus


def test_the_witnesses_of_bert_are_its_print_and_semantic_scholar(lineage: Lineage):
    found = paper_witnesses(lineage, "devlin2018")
    assert [(each.source, each.rows, each.lacked) for each in found.witnesses] == [
        ("print:devlin2018", 56, ("radford2018",)), ("s2:2023-06-27", 56, ()),
    ]  # fmt: skip


def test_the_shipped_list_by_brute_force(lineage: Lineage):
    found = {each.key: each for each in witnesses(lineage).papers}
    assert list(found) == list(lineage.list_keys)
    for key, its in found.items():
        citations = [each for each in lineage.corpus.citations if each.citing == key]
        kinds = [{lineage.corpus.sources[source].kind for source in each.sources} for each in citations]
        assert its.by_origins == tuple(
            Counter(map(len, kinds))[n] for n in range(1, max(map(len, kinds)) + 1)
        )  # the shipped corpus has no source of a deposit
        for witness in its.witnesses:
            assert set(witness.cited) == {each.cited for each in citations if witness.source in each.sources}
