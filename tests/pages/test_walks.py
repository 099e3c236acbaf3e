"""Three people use a page for their work: a student who writes, a lecturer who shows, a bibliometrician who counts."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

import bibtexparser
import pytest

from benchmarks.made import made_lineage
from graph.analysis.path_options import RANKS, PathOptions
from graph.analysis.paths import find_paths
from graph.exports.formats import bibtex
from graph.model.lineage import Lineage
from graph.pages.example_question import example_questions
from graph.pages.page import render_page

from ..helpers.browser import Show, saved, settle
from ..helpers.export_world import select
from ..helpers.renderers import opened_by_cairosvg, opened_by_librsvg, pages_of_pdf, text_of_pdf
from .test_framing import ask, out_of_view
from .test_ranks_on_page import differing

PAIRS = [
    ("devlin2018", "ouyang2022"),
    pytest.param(("vaswani2017", "biderman2023"), marks=pytest.mark.long),
    pytest.param(("bahdanau2014", "wang2022selfinstruct"), marks=pytest.mark.long),
]
"""Papers of the list; of every citation on their first two paths somebody has read the reason."""


def fields(entry: Any) -> dict[str, str]:
    return {field.key: field.value for field in entry.fields}


def question(lineage: Lineage, pair: tuple[str, str]) -> str:
    return " → ".join(lineage.paper(key).name for key in pair)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_student_asks_reads_the_reasons_and_takes_bibliography_and_figure_into_a_document(
    show: Show, around_html: str, lineage: Lineage, pair: tuple[str, str]
) -> None:
    path = find_paths(lineage, *pair).paths[0].keys
    names = [lineage.paper(key).name for key in path]
    with show(around_html, at="", expected="request: blob:") as page:
        ask(page, question(lineage, pair))
        told = page.locator("#panel .hops").inner_text()
        for hop in pairwise(path):
            assert lineage.reasons[hop].uses in told
        page.locator("#panel").get_by_role("button", name="Copy as BibTeX").click()
        page.locator("#panel .copied").wait_for()
        copied = page.locator("#panel .copied").input_value()
        figure = saved(page, "save-figure-svg").content
    library = bibtexparser.parse_string(copied)
    assert not library.failed_blocks
    exported = bibtexparser.parse_string("".join(bibtex.write(select(lineage, key))[".bib"] for key in path))
    assert [(each.key, fields(each)) for each in library.entries] == [
        (each.key, fields(each)) for each in exported.entries
    ]
    assert [each.key for each in library.entries] == list(path)
    assert opened_by_librsvg(figure).size == opened_by_cairosvg(figure).size
    for text in (f"How did we get from {names[0]} to {names[-1]}?", *names, lineage.reasons[path[:2]].uses[:30]):
        assert text in figure.decode()


@pytest.mark.parametrize("pair", PAIRS)
def test_a_lecturer_shares_a_link_presents_the_path_and_prints_it_on_a4_both_ways(
    show: Show, around_html: str, lineage: Lineage, pair: tuple[str, str]
) -> None:
    path = find_paths(lineage, *pair).paths[1].keys
    with show(around_html, at="", width=1440, height=900) as page:
        ask(page, question(lineage, pair))
        page.locator("#panel .path").nth(1).click()
        link = page.evaluate("location.hash")
    for width, height in ((390, 844), (1024, 768), (1920, 1080)):
        with show(around_html, at=link, width=width, height=height) as page:
            assert page.evaluate("lineagePage.highlighted()") == list(path)
            assert out_of_view(page) == []
    with show(around_html, at=link, width=1920, height=1080, color_scheme="dark") as page:
        page.locator("#present").click()
        page.keyboard.press("ArrowRight")
        settle(page)
        assert lineage.reasons[path[:2]].uses in page.locator("#stage-text").inner_text()
        page.keyboard.press("Escape")
        page.wait_for_function("() => !document.body.classList.contains('presenting')")
        printed = [page.pdf(format="A4", landscape=landscape, print_background=True) for landscape in (False, True)]
    for pdf in printed:
        text = " ".join(text_of_pdf(pdf).split())
        for name in (lineage.paper(key).name for key in path):
            assert name in text
        for reason in (lineage.reasons[hop].uses for hop in pairwise(path)):
            assert reason.split()[0] in text
        assert not {"Filters", "Take away", "Copy as BibTeX"} & set(text.split())
        first = pages_of_pdf(pdf)[0].convert("L")
        assert first.resize((1, 1)).getpixel((0, 0)) > 200  # paper is white, also from a dark screen


@pytest.mark.parametrize(
    ("papers", "example"),
    [
        (400, 0),
        pytest.param(400, 1, marks=pytest.mark.long),
        pytest.param(400, 2, marks=pytest.mark.long),
        pytest.param(10_000, 0, marks=pytest.mark.long),
    ],
)
def test_a_bibliometrician_ranks_paths_sorts_the_table_and_saves_it(show: Show, papers: int, example: int) -> None:
    made = made_lineage(papers)
    keys = list(made.graph)
    pair = example_questions(made, keys)[example]
    with show(render_page(made, keys, title="A made list"), expected="request: blob:") as page:
        assert differing(page, made, [(*pair, PathOptions(rank=rank), None) for rank in RANKS], 3) == []
        page.locator("#papers summary").click()
        heads = page.locator("#list [data-sort='Cited by']")
        heads.wait_for()
        heads.click()
        heads.click()
        page.locator("#list th[aria-sort=descending]").wait_for()
        cited = [int(text) for text in page.locator("#list tbody td:nth-child(8)").all_inner_texts()]
        table = list(csv.DictReader(io.StringIO(saved(page, "save-papers").content.decode("utf-8-sig"), newline="")))
    degrees = dict(made.graph.out_degree())
    assert cited == sorted(degrees.values(), reverse=True)[: len(cited)]
    assert {row["key"]: int(row["cited_by_in_view"]) for row in table} == degrees
