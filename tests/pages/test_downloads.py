"""What is taken away from a page: pictures, GraphML and tables of what is shown, and print."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import bibtexparser
import networkx as nx
import pytest
import rispy
from playwright.sync_api import Page

from benchmarks.made import made_lineage
from graph.analysis.measures.affordable import left_out
from graph.analysis.measures.affordable import measured as measured_papers
from graph.analysis.neighbourhood import neighbourhood
from graph.exports.columns import build_columns
from graph.exports.formats.references import item_of
from graph.exports.formats.ris import ris_entry
from graph.exports.layout import timeline
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, new_page, saved, shared_browser
from ..helpers.renderers import difference, pages_of_pdf, text_of_pdf
from ..helpers.written_files import citations_csv, graphml_text, papers_csv

NS = {"g": "http://graphml.graphdrawing.org/xmlns", "s": "http://www.w3.org/2000/svg"}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_graphml(text: str) -> tuple[list[tuple[str, ...]], dict[str, dict[str, str | None]]]:
    """The columns of a file, and what it says of every node and edge."""
    root = ET.fromstring(text)
    columns = [
        tuple(key.attrib[a] for a in ("id", "for", "attr.name", "attr.type")) for key in root.iterfind("g:key", NS)
    ]
    values = {
        item.attrib["id"]: {data.attrib["key"]: data.text for data in item.iterfind("g:data", NS)}
        for kind in ("node", "edge")
        for item in root.iterfind(f".//g:{kind}", NS)
    }
    return columns, values


def test_graphml_of_all_papers_is_what_the_command_writes(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html, expected="request: blob:") as page:
        columns, saved_values = read_graphml(saved(page, "save-graphml").content.decode())
    exported_columns, exported_values = read_graphml(
        graphml_text(
            lineage,
            timeline(lineage, neighbourhood(lineage)),
            measured_papers(lineage),
            more=build_columns(lineage),
        )
    )
    assert columns == exported_columns
    assert saved_values.keys() == exported_values.keys()
    for name, exported in exported_values.items():
        found = saved_values[name]
        assert found.keys() == exported.keys(), name
        for column, value in exported.items():
            if column == "n_authors" and "more" in str(found[column]):
                continue  # a page names twelve
            if column.split("_")[1] in ("x", "y", "size", "weight", "share"):
                assert float(str(found[column])) == pytest.approx(float(str(value)), abs=1e-6)
            elif column.startswith("n_measure_"):
                assert float(str(found[column])) == pytest.approx(float(str(value)), rel=1e-5)
            else:
                assert found[column] == value, (name, column)


def test_graphml_and_tables_hold_only_what_is_visible(show: Show, around_html: str, lineage: Lineage) -> None:
    at = "#off=rlhf&years=2017.."
    with show(around_html, at=at, expected="request: blob:") as page:
        keys = set(page.evaluate("lineagePage.visible()"))
        graph = nx.parse_graphml(saved(page, "save-graphml").content.decode())
        papers = rows(saved(page, "save-papers").content.decode("utf-8-sig"))
        citations = rows(saved(page, "save-citations").content.decode("utf-8-sig"))
        entries = bibtexparser.parse_string(saved(page, "save-bibtex").content.decode()).entries
        items = json.loads(saved(page, "save-csl").content)
        references = saved(page, "save-ris").content.decode()
        in_order = [entry.key for entry in entries]
    assert {entry.key for entry in entries} == {item["id"] for item in items} == keys
    assert in_order == [row["id"] for row in rispy.loads(references)]
    assert references == "\n".join(ris_entry(item_of(lineage, key)) for key in in_order)
    assert 10 < len(keys) < 96
    assert set(graph) == keys == {row["key"] for row in papers}
    assert set(graph.edges) == set(lineage.among(keys).edges) == {(row["cited"], row["citing"]) for row in citations}


def test_the_table_of_a_large_corpus_says_which_measures_are_estimated(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.analysis.measures.betweenness.EXACT", 40)
    monkeypatch.setattr("graph.analysis.measures.betweenness.SEARCHED", 1_000)
    made = made_lineage(60)
    with show(render_page(made, list(made.graph), title="Large"), expected="request: blob:") as page:
        papers = rows(saved(page, "save-papers").content.decode())
    assert {row["measures_note"] for row in papers} == {left_out(made)}


def test_the_tables_are_those_of_the_command(show: Show, around_html: str, lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    with show(around_html, expected="request: blob:") as page:
        papers = rows(saved(page, "save-papers").content.decode("utf-8-sig"))
        citations = rows(saved(page, "save-citations").content.decode("utf-8-sig"))
    for mine, own in zip(papers, rows(papers_csv(lineage, keys, measured_papers(lineage))), strict=True):
        assert mine.keys() == own.keys()
        for column, value in own.items():
            if column == "authors" and "more" in mine[column]:
                continue
            if value and column.startswith("measure_"):
                assert float(mine[column]) == pytest.approx(float(value), rel=1e-5)
            else:
                assert mine[column] == value, (own["key"], column)
    assert sorted(citations, key=ends) == sorted(
        rows(citations_csv(lineage, keys, more=build_columns(lineage))), key=ends
    )


def test_an_svg_opens_in_a_browser_and_runs_nothing(show: Show, hostile: Lineage, tmp_path: Path) -> None:
    html = render_page(hostile, list(hostile.corpus.papers), title="Hostile </title><script>window.hacked=1</script>")
    with show(html, expected="request: blob:") as page:
        svg = saved(page, "save-svg").content
        graphml = saved(page, "save-graphml").content.decode()
        table = saved(page, "save-papers").content.decode()
    ET.fromstring(svg)
    assert nx.parse_graphml(graphml).number_of_nodes() == len(hostile.corpus.papers)
    for row in rows(table):
        assert not row["title"].startswith(("=", "+", "-", "@"))
    assert b"<script" not in svg
    file = tmp_path / "hostile.svg"
    file.write_bytes(svg)
    with new_page(shared_browser(), width=800, height=600) as view:
        view.goto(file.as_uri())
        assert view.evaluate("window.hacked") is None


def test_print_is_the_same_from_a_dark_screen_as_from_a_light_one(show: Show, around_html: str) -> None:
    printed = {}
    for scheme in ("light", "dark"):
        with show(around_html, color_scheme=scheme, at="#from=devlin2018&to=ouyang2022&path=1") as page:
            printed[scheme] = page.pdf(format="A4", print_background=True)
    light, dark = (pages_of_pdf(printed[scheme]) for scheme in ("light", "dark"))
    assert len(light) == len(dark)
    for one, other in zip(light, dark, strict=True):
        assert difference(one, other) < 0.5
    assert "BERT → InstructGPT" in text_of_pdf(printed["dark"])


def test_every_paper_of_the_view_is_on_paper_in_portrait(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.set_viewport_size({"width": 700, "height": 1000})  # A4 between its margins
        page.emulate_media(media="print")
        page.wait_for_function(
            """() => lineagePage.spots.every((spot) => {
                const { x, y } = lineagePage.network.canvasToDOM(spot);
                const { clientWidth, clientHeight } = document.querySelector("#picture canvas");
                return x > 0 && x < clientWidth && y > 0 && y < clientHeight;
            })""",
            timeout=5000,
        )


def ends(row: dict[str, str]) -> tuple[str, str]:
    return row["cited"], row["citing"]


def listed(page: Page) -> list[str]:
    keys: list[str] = page.locator("#list tbody tr [data-key]").evaluate_all(
        "(all) => all.map((one) => one.dataset.key)"
    )
    return keys


def test_the_heads_of_the_table_of_papers_sort_it(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html) as page:
        page.locator("#papers summary").click()
        page.locator("#list table").wait_for()
        assert listed(page)[0] == "schmidhuber1992"
        page.locator("#list [data-sort='Cited by']").click()
        page.locator("#list [data-sort='Cited by']").click()
        degrees = dict(lineage.among(neighbourhood(lineage)).out_degree())
        assert [degrees[key] for key in listed(page)] == sorted(degrees.values(), reverse=True)
        assert page.locator("#list th[aria-sort=descending]").inner_text().startswith("Cited by")
        page.locator("#filters-summary").click()
        page.locator("[data-theme=architecture]").click()
        assert len(listed(page)) == len(page.evaluate("lineagePage.visible()"))
