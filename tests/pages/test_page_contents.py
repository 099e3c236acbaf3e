"""What a page contains, and what it says of how much that is."""

from __future__ import annotations

import pytest

from graph.algorithms.path_counts import CIRCLE_STEPS
from graph.model.lineage import Lineage
from graph.pages import paper_facts
from graph.pages.page_contents import PageContents

from ..helpers.small_world import PRINT_ONE, PRINT_TWO, SERVICE, small_world


@pytest.fixture(scope="module")
def small() -> Lineage:
    return small_world()


@pytest.fixture
def crowded(small: Lineage, monkeypatch: pytest.MonkeyPatch) -> PageContents:
    """A page of all papers that has room for the list and the bridges."""
    monkeypatch.setattr(paper_facts, "MOST_DRAWN", 4)
    return PageContents.of(small, list(small.graph))


def test_papers_that_are_drawn_come_first(crowded: PageContents) -> None:
    assert crowded.drawn == ["start", "detour", "middle", "end"]
    assert crowded.others == ["root", "sibling", "sequel", "sequel2", "loner"]
    assert crowded.keys == crowded.drawn + crowded.others
    assert set(crowded.layout.placements) == set(crowded.drawn)
    assert crowded.sources == [PRINT_ONE, PRINT_TWO, SERVICE]


def test_the_summary_of_a_page_with_all_papers(small: Lineage) -> None:
    summary = PageContents.of(small, list(small.graph)).summary()
    expected = {
        "rings": 1,  # `end` has two themes
        "isolated": 1,  # `loner`
        "span": (1990, 2008),
        "confirmed": 1,  # a print and the service assert that `middle` cites `start`
        "influential": 1,
        "drawn": 9,
        "left_out": 0,
        "corpus_size": (9, 11),
        "provenance": ["2 printed bibliographies", "Semantic Scholar"],
    }
    assert summary | expected == summary
    inferred = sum(key not in small.list_keys and bool(small.shares(key)) for key in small.graph)
    assert [(lane["name"], lane["count"]) for lane in summary["legend"]] == [
        ("Ideas", f"2 chosen, {inferred} inferred"),
        ("no theme known", str(9 - 2 - inferred)),
    ]
    assert [(role["id"], role["count"]) for role in summary["roles"]] == [
        *(("list", 2), ("bridge", 2), ("ancestor", 2), ("descendant", 2), ("other", 1))
    ]
    assert ("cited_by", "cited by (in the corpus)") in summary["measures"]


def test_the_summary_of_a_crowded_page_counts_what_is_drawn(crowded: PageContents) -> None:
    summary = crowded.summary()
    assert (summary["drawn"], summary["left_out"]) == (4, 5)
    assert summary["span"] == (2001, 2005)
    assert summary["isolated"] == 0  # `loner` is not drawn
    assert [(role["id"], role["count"]) for role in summary["roles"]] == [("list", 2), ("bridge", 2)]


def test_a_paper_is_isolated_unless_it_cites_or_is_cited(small: Lineage) -> None:
    assert PageContents.of(small, ["middle", "end", "loner", "root"]).summary()["isolated"] == 2
    assert PageContents.of(small, ["loner"]).summary()["span"] == ("", "")


def test_the_facts_of_the_scripts(small: Lineage) -> None:
    facts = PageContents.of(small, list(small.graph)).facts()
    assert facts["sources"][1] == {
        "label": "printed bibliography of two",
        "note": "a second version",
        "kind": "printed_bibliography",
    }
    assert facts["themes"] == {"ideas": "Ideas", "methods": "Methods"}
    assert facts["order"] == ["ideas", "methods"]
    assert facts["shareColumns"] == {"share_ideas": "ideas", "share_methods": "methods"}
    assert [(lane["theme"], lane["name"]) for lane in facts["lanes"]] == [("ideas", "Ideas"), (None, "no theme known")]
    assert facts["roles"]["bridge"] == "Bridge: not on the list, but on a path between two papers of it"
    assert facts["drawn"] == 9
    assert facts["circleSteps"] == CIRCLE_STEPS
    assert facts["measuresLeftOut"] == ""
