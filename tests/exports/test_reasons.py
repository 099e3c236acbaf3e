"""Reasons of citations wherever a hop is shown: what is recorded, that nothing is recorded, and nothing at all."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree, html

from graph.analysis.paper_summary import summarize_paper
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.reading_order import reading_order
from graph.exports.answers import answer_form, answer_text
from graph.exports.layout import timeline
from graph.exports.registry import find_format
from graph.exports.selection import select_paths
from graph.exports.text.path_text import trail_text
from graph.model.lineage import Lineage
from graph.model.reasons import Reason
from graph.pages.answer_html import paths_html

from ..helpers.export_world import letters
from ..helpers.written_files import graphml_text

WHY = "Takes the encoder, and =1+1 of its layers."
REASON = Reason("b", "a", WHY, "the whole text", "partial", ("methodology", "result"), ("3 Model", "4 Results"))


def explained() -> Lineage:
    """A is cited by B, and B by C; only the first citation has a reason, and only A a contribution."""
    lineage = letters("ab bc", listed="ac", complete="bc")
    papers = {"a": replace(lineage.paper("a"), contribution="It brought the first letter.")}
    return replace(lineage, corpus=lineage.corpus.with_papers(papers), reasons={("a", "b"): REASON})


def bare() -> Lineage:
    return letters("ab bc", listed="ac", complete="bc")


def exported(lineage: Lineage, format_: str, ending: str) -> str:
    content = find_format(format_).write(select_paths(lineage, find_paths(lineage, "a", "c")))[ending]
    assert isinstance(content, str)
    return content


def path(lineage: Lineage) -> str:
    return answer_text(lineage, find_paths(lineage, "a", "c"))


def trail(lineage: Lineage) -> str:
    return trail_text(lineage, find_paths(lineage, "a", "c"))


def reading(lineage: Lineage) -> str:
    return answer_text(lineage, reading_order(lineage, "a", "c"))


def notebook(lineage: Lineage) -> str:
    return " ".join(html.fromstring(paths_html(lineage, find_paths(lineage, "a", "c"))).itertext())


def markdown(lineage: Lineage) -> str:
    return re.sub(r"\\(.)", r"\1", exported(lineage, "markdown", ".md"))


def figure(lineage: Lineage) -> str:
    return " ".join(etree.fromstring(exported(lineage, "svg", ".svg").encode()).itertext())


@pytest.mark.parametrize("shown", [path, trail, reading, notebook, markdown, figure])
def test_a_hop_says_why_it_was_made_or_that_no_reason_is_recorded(shown: Callable[[Lineage], str]) -> None:
    text = " ".join(shown(explained()).split())
    assert f"{WHY} [methodology, result; read in part]" in text
    assert "no reason recorded" in text
    assert "reason" not in shown(bare())


@pytest.mark.parametrize("shown", [trail, reading, markdown])
def test_a_story_says_what_a_paper_brought(shown: Callable[[Lineage], str]) -> None:
    assert "It brought the first letter." in shown(explained())


def test_a_trail_says_where_it_was_read() -> None:
    text = trail(explained())
    assert "   Cited in: 3 Model; 4 Results\n   Text read: the whole text\n" in text
    assert text.count("This corpus holds no citing sentence for it.") == 1  # of the hop that nothing explains


def test_one_paper_lists_who_took_what_from_it_and_what_it_took() -> None:
    lineage = explained()
    text = answer_text(lineage, summarize_paper(lineage, "a"))
    assert "  brought        It brought the first letter.\n" in text
    assert "  What others take from A: a reason is recorded for 1 of 1 citation\n    2002  B: Takes" in text
    text = answer_text(lineage, summarize_paper(lineage, "b"))
    assert "What others take from B: a reason is recorded for 0 of 1 citation\n" in text
    assert "What B takes from others: a reason is recorded for 1 of 1 citation\n    2001  A: Takes" in text


def test_the_json_of_a_hop_has_the_reason_or_null_and_no_field_where_nothing_has_one() -> None:
    hops = answer_form(explained(), find_paths(explained(), "a", "c"))["paths"][0]["hops"]
    assert [hop["reason"] for hop in hops] == [
        {
            "source": "reading",
            "uses": WHY,
            "intents": ["methodology", "result"],
            "sections": ["3 Model", "4 Results"],
            "confidence": "partial",
            "text_read": "the whole text",
        },
        None,
    ]
    assert all("reason" not in hop for hop in answer_form(bare(), find_paths(bare(), "a", "c"))["paths"][0]["hops"])
    paper = answer_form(explained(), summarize_paper(explained(), "a"))
    assert (paper["contribution"], [each["citing"] for each in paper["gives"]]) == (
        "It brought the first letter.",
        ["b"],
    )


def test_tables_and_graph_files_have_columns_for_the_reason_only_where_there_is_one() -> None:
    rows = list(csv.DictReader(io.StringIO(exported(explained(), "csv", "-citations.csv"))))
    assert [row["reason"] for row in rows] == [WHY, ""]
    assert [row["intents"] for row in rows] == ["methodology; result", ""]
    for format_, ending in (("graphml", ".graphml"), ("gexf", ".gexf")):
        edge = etree.fromstring(exported(explained(), format_, ending).encode()).findall(".//{*}edge")[0]
        values = {
            each.get("key", each.get("for", "")).removeprefix("e_"): each.text or each.get("value")
            for each in edge.iter()
        }
        assert (values["reason"], values["intents"]) == (WHY, "methodology; result")
        assert values["reason_confidence"] == "partial"
    arcs = json.loads(exported(explained(), "node-link", ".json"))["edges"]
    assert [(arc["reason"], arc["reason_sections"]) for arc in arcs] == [(WHY, ["3 Model", "4 Results"]), (None, [])]
    for format_, ending in (
        ("csv", "-citations.csv"),
        ("graphml", ".graphml"),
        ("gexf", ".gexf"),
        ("node-link", ".json"),
    ):
        assert "reason" not in exported(bare(), format_, ending)
    assert "reason" not in graphml_text(bare(), timeline(bare(), "abc"))


def test_a_reason_that_a_spreadsheet_would_run_is_a_text_there() -> None:
    lineage = replace(explained(), reasons={("a", "b"): replace(REASON, uses="=HYPERLINK(1)")})
    assert ",'=HYPERLINK(1)," in exported(lineage, "csv", "-citations.csv")


def test_a_reason_explains_a_citation_and_asserts_none() -> None:
    with_one, without = find_paths(explained(), "a", "c", PathOptions()), find_paths(bare(), "a", "c", PathOptions())
    assert with_one.total == without.total
    assert [hop.citation for each in with_one.paths for hop in each.hops] == [
        hop.citation for each in without.paths for hop in each.hops
    ]
