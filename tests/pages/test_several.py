"""Several papers at once, papers like one, and filters by name: compared with Python and with brute force."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import networkx as nx
import pytest
from playwright.sync_api import Page

from graph.analysis.measures import measure
from graph.analysis.measures.example import example
from graph.analysis.neighbourhood import neighbourhood
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, place_of, settle, switch_theme
from ..helpers.hostile import TEXTS
from .test_access import violations

SEVERAL = "lineagePage.state.several"


def shown(page: Page) -> set[str]:
    return set(page.evaluate("lineagePage.visible()"))


def partners(page: Page, which: str, key: str) -> dict[str, tuple[int, float]]:
    rows = page.evaluate(f"(key) => lineagePage.{which}(key).map((one) => [one.key, one.shared, one.cosine])", key)
    cosines = [cosine for _, _, cosine in rows]
    assert cosines == sorted(cosines, reverse=True)
    return {other: (shared, pytest.approx(cosine)) for other, shared, cosine in rows}


def test_on_a_page_of_the_whole_corpus_papers_like_one_are_those_of_the_measures(show: Show) -> None:
    lineage = example()
    with show(render_page(lineage, list(lineage.graph), title="All")) as page:
        for key in lineage.graph:
            for which, id_ in (("citedWith", "cocitation"), ("builtAlike", "coupling")):
                found = measure(lineage, id_, paper=key)
                wanted = {other: (found.details[other]["shared"], value) for other, value in found.values.items()}
                assert partners(page, which, key) == wanted


def test_on_another_page_they_are_counted_among_its_papers(show: Show, around_html: str, lineage: Lineage) -> None:
    part = lineage.among(neighbourhood(lineage))
    with show(around_html, at="#p=devlin2018") as page:
        cited_with = Counter(other for citing in part.successors("devlin2018") for other in part.predecessors(citing))
        found = partners(page, "citedWith", "devlin2018")
        assert {key: shared for key, (shared, _) in found.items()} == {
            key: count for key, count in cited_with.items() if key != "devlin2018"
        }
        page.locator(".related summary").click()
        best = max(found, key=lambda key: found[key][0] / (part.out_degree(key) ** 0.5))
        assert page.locator(".related .arcs button").first.get_attribute("data-key") == best


def test_the_references_of_a_paper_that_are_unknown_are_not_called_none(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        unknown = page.evaluate(
            "Object.keys(lineagePage.papers).find((key) => ['not_fetched', 'failed', 'elided'].includes("
            "lineagePage.papers[key].coverage) && !lineagePage.arcs.some((arc) => arc.to === key))"
        )
        page.evaluate("(key) => lineagePage.select(key)", unknown)
        page.locator(".related summary").click()
        # A browser reports that <details> opened in a task of its own, after the click returned.
        page.get_by_role("heading", name="Built on the same papers: what it cites is unknown").wait_for()


def test_papers_are_selected_by_shift_click_by_keys_and_by_a_lasso(show: Show, lineage: Lineage) -> None:
    with show(render_page(lineage, lineage.list_keys, title="The list")) as page:
        for key in ("devlin2018", "vaswani2017"):
            page.keyboard.down("Shift")
            page.mouse.click(*place_of(page, key))
            page.keyboard.up("Shift")
            settle(page)
        assert page.evaluate(SEVERAL) == ["devlin2018", "vaswani2017"]
        assert page.locator("#panel h2").inner_text() == "2 papers"
        page.locator("#graph").focus()
        page.keyboard.press("Home")
        third = page.evaluate("lineagePage.state.pointed")
        page.keyboard.press("Shift+Enter")
        assert page.evaluate(SEVERAL) == ["devlin2018", "vaswani2017", third]
        page.keyboard.press("Shift+Enter")
        assert page.evaluate(SEVERAL) == ["devlin2018", "vaswani2017"]
        page.keyboard.press("Escape")
        assert page.evaluate(SEVERAL) == []
        assert page.locator("#panel").is_hidden()


@pytest.mark.parametrize("way", ["button", "shift"])
def test_a_lasso_takes_the_visible_papers_inside_it_and_the_picture_stays(
    show: Show, lineage: Lineage, way: str
) -> None:
    with show(render_page(lineage, lineage.list_keys, title="The list")) as page:
        switch_theme(page, "alignment")
        before = page.evaluate("lineagePage.visibleArea()")
        area = page.locator("#graph").bounding_box()
        assert area is not None
        left, right, top, bottom = (
            area["x"] + area["width"] * 0.45, area["x"] + area["width"] * 0.8,
            area["y"] + 30, area["y"] + area["height"] - 5,
        )  # fmt: skip
        wanted = [
            key
            for key in page.evaluate("lineagePage.visible()")
            if left < (at := place_of(page, key))[0] < right and top < at[1] < bottom
        ]
        if way == "button":
            page.locator("#lasso").click()
        else:
            page.keyboard.down("Shift")
        page.mouse.move(left, top)
        page.mouse.down()
        for corner in ((right, top), (right, bottom), (left, bottom)):
            page.mouse.move(*corner, steps=4)
        assert page.evaluate("lineagePage.visibleArea()") == before
        page.mouse.up()
        page.keyboard.up("Shift")
        assert len(wanted) > 3
        assert sorted(page.evaluate(SEVERAL)) == sorted(wanted)
        assert page.locator("#lasso").get_attribute("aria-pressed") == "false"
        page.go_back()
        page.wait_for_function("() => lineagePage.state.several.length === 0")


def test_what_several_share_and_what_connects_them_is_said_and_lit(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    several = ["devlin2018", "brown2020", "ouyang2022", "schulman2017"]
    part = lineage.among(neighbourhood(lineage))
    with show(around_html, at=f"#several={','.join(several)},nobody1999") as page:
        text = page.locator("#panel").inner_text()
        cited = Counter(other for key in several for other in part.predecessors(key))
        citing = Counter(other for key in several for other in part.successors(key))
        for title, counts in (("They cite", cited), ("They are cited by", citing)):
            many = sum(count > 1 for count in counts.values())
            assert f"{title}, at least two of them: {many} papers" in text
        joined = 0
        lit = set(page.evaluate("lineagePage.highlighted()"))
        for one, other in combinations(several, 2):
            for start, end in ((one, other), (other, one)):
                if nx.has_path(part, start, end):
                    joined += 1
                    hops = nx.shortest_path_length(part, start, end)
                    row = page.get_by_role("button", name=f"{lineage.paper(start).name} → {lineage.paper(end).name}")
                    said = row.locator("xpath=..").locator("small").inner_text()
                    assert said.startswith("a direct citation" if hops == 1 else f"{hops} hops, by ")
        assert f"{6 - joined} pair" in text
        assert set(several) < lit
        assert page.locator("#ask-fault").inner_text().count("nobody1999") == 1


def test_all_of_several_are_copied_marked_and_left_for_one(show: Show, around_html: str) -> None:
    with show(around_html, at="#several=devlin2018,brown2020") as page:
        page.get_by_role("button", name="Copy as BibTeX").click()
        page.wait_for_function("() => document.querySelector('.copied').value !== ''")
        assert page.locator(".copied").input_value().count("\n@") + 1 == 2
        page.get_by_role("button", name="★ Star").click()
        assert page.evaluate("lineagePage.state.marks.starred") == ["devlin2018", "brown2020"]
        page.locator("#panel .arcs button").first.click()
        assert page.locator("#panel h2").inner_text() == "6 BERT"
        page.get_by_role("button", name="← The 2 papers").click()
        page.get_by_role("button", name="Paths between them").click()
        assert page.evaluate("[lineagePage.state.request.from, lineagePage.state.request.to]") == [
            "devlin2018",
            "brown2020",
        ]
        assert page.evaluate(SEVERAL) == []


def test_papers_are_filtered_by_author_and_venue_and_what_is_unknown_is_said(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    keys = neighbourhood(lineage)
    with show(around_html) as page:
        page.locator("#filters-summary").click()
        page.locator("#author").fill("RADFORD alec")
        page.keyboard.press("Enter")
        wanted = {key for key in keys if any("Radford" in name for name in lineage.paper(key).authors[:12])}
        assert shown(page) == wanted
        unsure = sum(
            key not in wanted
            and (not (paper := lineage.paper(key)).authors or not paper.authors_complete or len(paper.authors) > 12)
            for key in keys
        )
        assert page.locator("#names-note").inner_text().startswith(f"{unsure} papers that are hidden name only some")
        address = page.evaluate("location.hash")
        page.locator("#author").fill("")
        page.locator("#venue").fill("arxiv")
        page.keyboard.press("Tab")
        assert shown(page) == {key for key in keys if "arxiv" in (lineage.paper(key).venue or "").lower()}
        unknown = sum(lineage.paper(key).venue is None for key in keys)
        assert page.locator("#names-note").inner_text() == f"Of {unknown} papers the venue is not known."
        page.locator("#show-all").click()
        assert shown(page) == set(keys)
    with show(around_html, at=address) as page:
        assert shown(page) == wanted


def test_hostile_names_and_addresses_are_text(show: Show, hostile: Lineage) -> None:
    keys = list(hostile.list_keys)
    with show(render_page(hostile, keys, title="x"), at=f"#several={','.join(keys[:12])}") as page:
        page.locator("#filters-summary").click()
        page.locator("#author").focus()
        page.locator("#venue").focus()
        for text in TEXTS[:4]:
            names = dict.fromkeys(("author", "venue", "several", "only"), text)
            follow(page, page.evaluate("(names) => new URLSearchParams(names).toString()", names))
            assert page.evaluate(SEVERAL) == []
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.long)])
def test_axe_finds_nothing_with_several_papers_and_filters(
    show: Show, around_html: str, width: int, scheme: str
) -> None:
    at = "#several=devlin2018,brown2020,ouyang2022&author=radford"
    with show(around_html, at=at, width=width, height=740, color_scheme=scheme, bypass_csp=True) as page:
        page.locator("#filters-summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
