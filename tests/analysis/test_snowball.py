"""A search by citations against a flow that was counted by hand, and against brute force on the shipped corpus."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.snowball import WAYS, Snowball, Way, snowball
from graph.errors import InputError
from graph.exports.answers import answer_form, answer_text
from graph.exports.snowball_flow import SeedCounts, by_seed, flow_of, snowball_tables
from graph.model.corpus import STATES, Merge
from graph.model.lineage import Lineage

from ..helpers.witnessed import List, witnessed


@pytest.fixture(scope="module")
def made() -> Lineage:
    """Two seeds, `one` and `two`; what they list is counted in the tests by hand."""
    return witnessed(
        [
            List("print:one", "one", ("a", "b", "b", "two")),  # 4 entries, `b` twice
            List("s2:1", "one", ("a", "c"), "partial", 5),  # 5 entries, 3 of them not identified
            List("print:two", "two", ("b", "d")),
            List("s2:1", "two", (), "elided", 0),  # not a list that could be searched
            List("s2:1", "one", ("e", "two", "f"), "complete", 3, "citations"),
            List("print:a", "a", ("deep", "b")),  # found in a second round
            List("print:far", "far", ("deep",)),
        ],
        ["one", "two"],
        merges=[
            Merge("b", "same doi:10.1000/b", "print:one#3"), Merge("b", "same doi:10.1000/x", "print:two#1"),
            Merge("a", "same title and first author, near year", "s2:1/s2:0"), Merge("far", "same doi:1", "print:x#1"),
        ],
    )  # fmt: skip


def numbers(found: Snowball) -> tuple[int, ...]:
    return found.records, found.unidentified, found.duplicates, found.seeds_again, found.to_screen


def test_the_flow_of_one_round_is_that_counted_by_hand(made: Lineage):
    """Entries of lists: 4 + 2 of prints, 5 + 3 of the service. Two citations are known from the other end.

    The service's list of who cites `one` says that `two` cites it: backward of `two`. The print of `one` says that it
    cites `two`: forward of `two`. So there are 16 records, of which 3 are not identified. The other 13 name a, b, c, d,
    e, f, one and two: 8 papers, 5 duplicates.
    """
    found = snowball(made)
    by_list = {(each.way, each.source): (each.lists, each.records, each.identified) for each in found.searched}
    assert by_list == {
        ("backward", "print:one"): (1, 4, 4),
        ("backward", "print:two"): (1, 2, 2),
        ("backward", "s2:1"): (1, 6, 3),  # `two` cites `one`, as the list of who cites `one` says: one record more
        ("forward", "s2:1"): (1, 3, 3),
        ("forward", "print:one"): (0, 1, 1),  # `one` cites `two`
    }
    assert numbers(found) == (16, 3, 5, 2, 6)
    assert {each.key: each.records for each in found.found} == {
        "a": 2, "b": 3, "c": 1, "d": 1, "e": 1, "f": 1, "one": 2, "two": 2,
    }  # fmt: skip
    assert found.records - found.unidentified - found.duplicates - found.seeds_again == found.to_screen


def test_every_paper_says_from_which_seed_it_came_and_in_which_direction(made: Lineage):
    found = {each.key: each for each in snowball(made).found}
    assert (found["b"].backward, found["b"].forward, found["b"].seeds) == (("one", "two"), (), ("one", "two"))
    assert (found["e"].backward, found["e"].forward, found["e"].seeds) == ((), ("one",), ("one",))
    assert (found["two"].round, found["two"].backward, found["two"].forward) == (0, ("one",), ("one",))
    assert found["a"].sources == ("print:one", "s2:1")


def test_what_came_from_each_seed_and_from_no_other(made: Lineage):
    assert by_seed(snowball(made)) == [
        SeedCounts("one", backward=3, forward=2, papers=5, alone=4),  # a, b, c; e, f; `b` came from `two`, as well
        SeedCounts("two", backward=2, forward=0, papers=2, alone=1),  # b, d
    ]
    assert by_seed(snowball(made, ways=["backward"], rounds=2))[0] == SeedCounts("one", 3, 0, 4, 3)  # a, b, c, deep


def test_a_second_round_starts_from_what_the_first_found_and_counts_on(made: Lineage):
    once, twice = snowball(made, ways=["backward"]), snowball(made, ways=["backward"], rounds=2)
    assert numbers(once) == (12, 3, 3, 2, 4)
    assert numbers(twice) == (14, 3, 4, 2, 5)  # `a` lists `deep` and once more `b`
    deep = next(each for each in twice.found if each.key == "deep")
    assert (deep.round, deep.backward, deep.seeds) == (2, ("a",), ("one",))
    assert snowball(made, ways=["backward"], rounds=9).found == snowball(made, ways=["backward"], rounds=3).found


def test_what_could_not_be_searched_is_named(made: Lineage):
    found = snowball(made)
    assert found.not_searched == (("forward", "two"),)
    assert "Not searched forward: 1 paper" in answer_text(made, found)
    assert snowball(made, ["far"], ways=["forward"]).not_searched == (("forward", "far"),)


def test_a_list_in_which_nothing_is_known_was_not_searched():
    made = witnessed([List("crossref", "a", (), "partial", 0), List("crossref", "b", (), "complete", 0)], ["a", "b"])
    assert snowball(made, ways=["backward"]).not_searched == (("backward", "a"),)


def test_records_that_were_merged_are_counted_by_rule(made: Lineage):
    assert snowball(made).merged == (("same doi", 2), ("same title and first author, near year", 1))


def test_from_other_seeds_and_in_one_direction(made: Lineage):
    found = snowball(made, ["deep"], ways=["forward"])
    assert {each.key: each.seeds for each in found.found} == {"a": ("deep",), "far": ("deep",)}
    assert numbers(found) == (2, 0, 0, 0, 2)


@pytest.mark.parametrize("wrong", [{"rounds": 0}, {"ways": []}, {"ways": ["backward", "sideways"]}])
def test_a_search_needs_a_round_and_a_direction(made: Lineage, wrong: dict[str, Any]):
    with pytest.raises(InputError, match="at least one round and one direction"):
        snowball(made, **wrong)


def test_text_json_and_tables_have_the_same_flow(made: Lineage):
    found = snowball(made)
    boxes = {box.box: box.n for box in flow_of(made, found)}
    assert boxes == {
        "identified": 16, "identified_backward_printed_bibliography": 6, "identified_backward_semantic_scholar": 6,
        "identified_forward_printed_bibliography": 1, "identified_forward_semantic_scholar": 3, "duplicates": 5,
        "unidentified": 3, "seeds": 2, "to_screen": 6, "excluded": None, "sought": None, "not_retrieved": None,
        "assessed": None, "reports_excluded": None, "included": None,
    }  # fmt: skip
    assert {box["box"]: box["n"] for box in answer_form(made, found)["flow"]} == boxes
    text = answer_text(made, found)
    for line in ("duplicate records removed: 5", "records to screen: 6", "records excluded: to be counted by you"):
        assert line in text
    tables = snowball_tables(made, found)
    assert "removed,duplicates,duplicate records removed,5\n" in tables["snowball_flow.csv"]
    assert "screening,excluded,records excluded,\n" in tables["snowball_flow.csv"]
    assert len(tables["snowball.csv"].splitlines()) == 1 + len(found.found)


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("ways", [("backward",), ("forward",), ("backward", "forward")])
def test_the_shipped_list_by_brute_force(lineage: Lineage, ways: tuple[Way, ...], rounds: int):
    """Rounds over the table of citations, and a record for each entry or assertion."""
    arcs = [each for each in lineage.corpus.citations if each.citing != each.cited]
    reached = dict.fromkeys(lineage.list_keys, 0)
    hits: Counter[str] = Counter()
    for number in range(1, rounds + 1):
        start = {key for key, its in reached.items() if its == number - 1}
        for each in arcs:
            for way, here, there in (("backward", each.citing, each.cited), ("forward", each.cited, each.citing)):
                if way in ways and here in start:
                    reached.setdefault(there, number)
                    hits[there] += sum(
                        max(1, len(said.entries)) if way == "backward" else 1 for said in each.assertions
                    )
    found = snowball(lineage, ways=ways, rounds=rounds)
    assert {each.key: (each.round, each.records) for each in found.found} == {
        key: (reached[key], number) for key, number in hits.items()
    }
    listed = sum(key in lineage.list_keys for key in hits)
    assert (found.duplicates, found.seeds_again) == (sum(hits.values()) - len(hits), listed)
    assert found.to_screen == len(hits) - listed
    assert found.records - found.unidentified == sum(hits.values())


NAMES = st.sampled_from([f"k{n}" for n in range(6)])
LISTS = st.builds(
    List,
    st.sampled_from(["print:a", "print:b", "s2:1", "crossref", "opencitations"]),
    NAMES,
    st.lists(NAMES, max_size=5).map(tuple),
    st.sampled_from(STATES),
    st.sampled_from([-1, None, 0, 2, 9]),
    st.sampled_from(["references", "citations"]),
)


@given(st.lists(LISTS, max_size=8), st.sampled_from([("backward",), ("forward",), WAYS]), st.integers(1, 3))
def test_no_record_is_lost_or_counted_twice(lists: list[List], ways: tuple[Way, ...], rounds: int):
    made = witnessed(lists, ["k0", "k1"])
    found = snowball(made, ways=ways, rounds=rounds)
    assert found.records == found.unidentified + found.duplicates + found.seeds_again + found.to_screen
    assert min(found.unidentified, found.duplicates, found.to_screen) >= 0
    assert sum(each.records for each in found.found) == sum(each.identified for each in found.searched)
    for each in found.found:
        assert each.seeds
        assert set(each.seeds) <= {"k0", "k1"}
        assert all(made.has_citation(each.key, start) for start in each.backward)
        assert all(made.has_citation(start, each.key) for start in each.forward)
