"""Everything that is known about one citation."""

from __future__ import annotations

import pytest

from graph.analysis.hop_evidence import hop_evidence
from graph.exports.answers import answer_form, answer_text
from graph.model.corpus import Merge
from graph.model.lineage import Lineage

from ..helpers.witnessed import List, paper, witnessed


def test_who_says_it_and_who_was_asked_and_does_not():
    found = hop_evidence(
        witnessed(
            [
                List("print:new", "new", ("other", "old")),
                List("s2:1", "new", ("other",), "elided", 0),
                List("crossref", "old", ("other",), "complete", direction="citations"),
                List("openalex", "elsewhere", ("old",)),
            ],
            ["old", "new"],
            merges=[Merge("old", "same doi:10.1000/old", "print:new#2", "The pager old", 1999)],
        ),
        "old",
        "new",
    )
    assert [(each.assertion.source, each.assertion.entries) for each in found.voices] == [("print:new", (2,))]
    assert [(each.record, each.rule, each.title, each.year) for each in found.voices[0].records] == [
        ("print:new#2", "same doi:10.1000/old", "The pager old", 1999)
    ]
    assert [(each.source, each.direction, each.why) for each in found.silent] == [
        ("s2:1", "references", "elided"), ("crossref", "citations", "absent"),
    ]  # fmt: skip
    assert found.not_asked == ("openalex",)
    assert (found.origins, found.strength) == (("printed_bibliography",), 0.5)
    assert found.records == (1, 0)


def test_a_citation_that_nobody_asserts_says_who_could_have_and_that_the_other_direction_exists():
    made = witnessed([List("print:new", "new", ("old",)), List("print:old", "old", ("x",))], ["old", "new"])
    found = hop_evidence(made, "new", "old")
    assert (found.found, found.strength, found.origins) == (False, None, ())
    assert [(each.source, each.why) for each in found.silent] == [("print:old", "absent")]
    assert found.reverse is not None
    assert found.reverse.citing == "new"
    text = answer_text(made, found)
    assert "no source says so" in text
    assert "The other direction is asserted" in text
    assert answer_form(made, found)["citation"] is None


def test_entries_of_a_list_of_citers_that_are_not_identified_may_be_the_citation():
    made = witnessed(
        [List("s2:1", "old", ("a", "b"), "complete", 5, "citations"), List("print:new", "new", ("old",))],
        ["old", "new"],
    )
    assert [(each.source, each.why) for each in hop_evidence(made, "old", "new").silent] == [("s2:1", "unidentified")]


@pytest.mark.parametrize(
    ("cited", "citing", "fit"),
    [
        ("2018-06", "2018-10-11", "fits"), ("2018", "2019", "fits"), ("2018", "2018-10", "same"),
        ("2018-10-11", "2018-10-11", "same"), ("2019-01", "2018-12-31", "backwards"), (None, "2018", "unknown"),
        ("2018", None, "unknown"),
    ],
)  # fmt: skip
def test_whether_the_dates_fit(cited: str | None, citing: str | None, fit: str):
    made = witnessed(
        [List("print:b", "b", ("a",))], ["b"], [paper("a", cited, "doi:10.1000/a"), paper("b", citing, "doi:10.1000/b")]
    )
    assert hop_evidence(made, "a", "b").fit == fit


def test_dates_are_explained_by_a_later_version_only_where_somebody_asserts_the_citation():
    dates = [
        paper("a", "2020", "doi:10.1000/a"),
        paper("b", "2018", "doi:10.1000/b"),
        paper("c", "2017", "doi:10.1000/c"),
    ]
    made = witnessed([List("print:b", "b", ("a",))], ["b"], dates)
    asserted, unasserted = (answer_text(made, hop_evidence(made, "a", citing)) for citing in ("b", "c"))
    assert "dated after the citing one: a later version cites it, or a date is wrong\n" in asserted
    assert "dated after the citing one\n" in unasserted


def test_sources_that_repeat_one_deposit_are_named_and_counted_once():
    lists = [List(source, "b", ("a",)) for source in ("crossref", "openalex", "opencitations")]
    made = witnessed(lists, ["a", "b"])
    found = hop_evidence(made, "a", "b")
    assert (len(found.voices), found.origins, found.strength) == (3, ("deposit",), 0.5)
    assert "3 sources, 1 independent origin (the publisher's deposit)" in answer_text(made, found)


def test_the_text_has_the_entry_the_sentences_the_reason_and_the_versions(lineage: Lineage):
    text = answer_text(lineage, hop_evidence(lineage, "radford2018", "devlin2018"))
    for part in (
        *("entry 38", "printed as 'Improving language understanding with unsupervised learning'"),
        *("What it takes from GPT:", "Semantic Scholar, observed 2023-06-27", "published 2019-06, NAACL 2019"),
        *("arxiv:1810.04805", "also titled Improving language understanding with unsupervised learning"),
    ):
        assert part in text
