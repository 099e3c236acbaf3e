"""The JSON values of answers, on networks small enough to check."""

from __future__ import annotations

import json
from typing import Any

from graph.analysis.ancestry import find_relatives
from graph.analysis.audit import Audit, Disagreement, ListedCoverage, audit
from graph.analysis.neighbourhood import around
from graph.analysis.paper_summary import summarize_paper
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.exports.json_forms import (
    audit_form,
    citation_form,
    list_form,
    nearby_form,
    paper_form,
    paper_summary_form,
    path_form,
    relatives_form,
)
from graph.model.corpus import Coverage, Doubt, Merge

from ..helpers.export_world import evidence, letters


def keys(papers: list[dict[str, Any]]) -> str:
    return "".join(paper["key"] for paper in papers)


def test_a_paper_has_chosen_themes_or_the_shares_of_inferred_ones() -> None:
    lineage = letters("ac bc", listed="ab", complete="c")
    assert paper_form(lineage, "a") == {
        "key": "a",
        "name": "A",
        "title": "Paper A",
        "year": 2001,
        "date": "2001",
        "role": "list",
        "list_numbers": [1],
        "themes": ["one", "two"],
        "inferred_themes": {},
        "identifiers": ["arxiv:2001.00000"],
        "references": "not_fetched",
    }
    inferred = paper_form(lineage, "c")
    assert (inferred["themes"], inferred["inferred_themes"]) == ([], {"one": 0.25, "two": 0.75})
    assert (inferred["role"], inferred["list_numbers"], inferred["references"]) == ("descendant", [], "complete")


def test_a_citation_has_everything_that_each_source_says_and_null_for_what_none_says() -> None:
    lineage = evidence()
    assert citation_form(lineage, lineage.citation("one", "two")) == {
        "citing": "two",
        "cited": "one",
        "sources": [
            {
                "id": "print:two",
                "label": "bibliography of two",
                "entries": [3, 7],
                "influential": None,
                "intents": [],
                "contexts": [],
                "mentions": None,
                "sections": [],
            },
            {
                "id": "s2:2024",
                "label": "Semantic Scholar",
                "entries": [],
                "influential": True,
                "intents": ["background", "methodology"],
                "contexts": ["As [3] say"],
                "mentions": None,
                "sections": [],
            },
        ],
        "origins": 2,
    }
    (source,) = citation_form(lineage, lineage.citation("two", "three"))["sources"]
    assert source["influential"] is False


def test_paths_have_their_papers_hops_and_counts() -> None:
    lineage = letters("ab bd ac cd", listed="abd")
    form = path_form(lineage, find_paths(lineage, "a", "d", PathOptions(top=1)))
    assert (form["from"]["key"], form["to"]["key"]) == ("a", "d")
    assert (form["total"], form["total_in_list"], form["longest"], form["nothing"]) == (2, 1, 2, None)
    (path,) = form["paths"]
    assert (path["length"], keys(path["papers"])) == (2, "abd")
    assert [(hop["cited"], hop["citing"], hop["backwards"]) for hop in path["hops"]] == [
        ("a", "b", False),
        ("b", "d", False),
    ]
    assert 0 < path["strength"] < 1
    assert json.loads(json.dumps(form)) == form
    later = path_form(evidence(), find_paths(evidence(), "one", "four"))
    assert [hop["backwards"] for hop in later["paths"][0]["hops"]] == [False, True]


def test_without_a_path_the_form_says_what_relates_the_papers() -> None:
    lineage = letters("ab ac")
    form = path_form(lineage, find_paths(lineage, "b", "c"))
    assert (form["total"], form["paths"]) == (0, [])
    assert form["nothing"]["reverse"] == 0
    relations = {name: list(form["nothing"].get(name, ())) for name in ("ancestors", "descendants", "undirected")}
    assert relations == {"ancestors": ["a"], "descendants": [], "undirected": ["b", "a", "c"]}
    assert list(form["nothing"]["hidden_by"]) == ["c"]


def test_papers_around_one_have_their_hops_and_the_citations_among_them() -> None:
    lineage = letters("ab bc cd de")
    form = nearby_form(lineage, around(lineage, "b", depth=2, top=10))
    assert (form["of"], form["depth"], form["total"]) == ("b", 2, 4)
    assert {paper["key"]: paper["hops"] for paper in form["papers"]} == {"b": 0, "a": 1, "c": 1, "d": 2}
    assert {(each["cited"], each["citing"]) for each in form["citations"]} == {("a", "b"), ("b", "c"), ("c", "d")}


def test_relatives_are_keys_by_generation() -> None:
    lineage = letters("ab bc xc")
    assert relatives_form(lineage, find_relatives(lineage, "c", "ancestry")) == {
        "paper": paper_form(lineage, "c"),
        "kind": "ancestry",
        "total": 3,
        "generations": [["b", "x"], ["a"]],
    }


def test_everything_about_a_paper_by_side() -> None:
    lineage = letters("ab bc cd bd xd", listed="ad", complete="c")
    form = paper_summary_form(lineage, summarize_paper(lineage, "c"))
    assert form["cites"] == {"total": 1, "list": [], "bridges": ["b"]}
    assert form["cited_by"] == {"total": 1, "list": ["d"], "bridges": []}
    assert form["ancestors"] == {"total": 2, "list": ["a"], "bridges": ["b"]}
    assert form["descendants"] == {"total": 1, "list": ["d"], "bridges": []}
    assert [(row["source"], row["state"], row["rows"]) for row in form["coverage"]] == [("print", "complete", 7)]
    shown = paper_summary_form(evidence(), summarize_paper(evidence(), "two"))
    assert {name: shown[name] for name in ("names", "authors", "authors_complete", "venue", "date_basis")} == {
        "names": ["Two"],
        "authors": ["OpenAI"],
        "authors_complete": False,
        "venue": "NeurIPS 2004",
        "date_basis": "stated_year",
    }


def entries_of(form: dict[str, Any]) -> list[tuple[int, list[str], str]]:
    return [(entry["number"], entry["themes"], entry["paper"]["key"]) for entry in form["entries"]]


def test_the_list_has_the_paper_of_each_entry() -> None:
    lineage = letters("ab", listed="ba")
    form = list_form(lineage, lineage.reading_list)
    assert form["title"] == "Letters"
    assert form["themes"] == [{"id": "one", "name": "Theme one"}, {"id": "two", "name": "Theme two"}]
    assert entries_of(form) == [(1, ["one", "two"], "b"), (2, ["two"], "a")]


def test_an_audit_has_all_its_findings() -> None:
    lineage = letters("ab bc", listed="abc", complete="b")
    citation, found = lineage.citation("a", "b"), audit(lineage)
    merge = Merge(record="s2:1", paper="a", rule="doi", title="Paper, A")
    everything = Audit(
        coverage=(ListedCoverage("b", "complete", ()),),
        disagreements=(Disagreement("b", {"print": ("a",)}, 3),),
        isolated=("c",),
        absent=("a",),
        cycles=(("a", "b"),),
        backwards=(citation,),
        self_citations=(),
        repeated=((citation, "print", (3, 4)),),
        merges=found.merges,
        odd_merges=(merge,),
        decided_merges=(),
        doubts=(Doubt(("a", "b"), "alike"),),
        unverified=(("a", ("title",)),),
        noted_sources=(("print", "torn"),),
        other_years=(("a", 7, 1999),),
        years_apart=(("b", "s2:9", 1998),),
        incomplete=(Coverage("c", "citations", "print", "capped", 9),),
        several_records=(("a", ("s2:1", "s2:2")),),
        untitled=2,
    )
    form = audit_form(lineage, everything)
    assert (form["papers"], form["untitled"], form["citations"]) == (3, 2, 2)
    assert [(row["key"], row["state"], row["sources"][0]["rows"]) for row in form["coverage"]] == [("b", "complete", 7)]
    assert form["disagreements"] == [{"citing": "b", "only": {"print": ["a"]}, "not_compared": 3}]
    assert (form["isolated"], form["absent"], form["cycles"]) == (["c"], ["a"], [["a", "b"]])
    assert form["backwards"] == [citation_form(lineage, citation)]
    assert form["self_citations"] == []
    assert form["repeated"] == [{"citing": "b", "cited": "a", "source": "print", "entries": [3, 4]}]
    assert [each["record"] for each in form["odd_merges"]] == ["s2:1"]
    assert (form["merges"], form["decided_merges"]) == ([], [])
    assert [list(each["papers"]) for each in form["doubts"]] == [["a", "b"]]
    assert (form["unverified"], form["noted_sources"]) == ({"a": ["title"]}, {"print": "torn"})
    assert form["other_years"] == [{"key": "a", "number": 7, "listed_year": 1999}]
    assert form["years_apart"] == [{"key": "b", "record": "s2:9", "year": 1998}]
    assert [(each["paper"], each["state"]) for each in form["incomplete"]] == [("c", "capped")]
    assert form["several_records"] == {"a": ["s2:1", "s2:2"]}
    assert [each["id"] for each in form["sources"]] == ["print"]
