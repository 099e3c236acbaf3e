"""Filters, the address that keeps what one sees, and the details, used as a person would."""

from __future__ import annotations

from itertools import product
from urllib.parse import quote

import networkx as nx
import pytest
from playwright.sync_api import Page

from graph.analysis.measures import MEASURES, find_measure, measure
from graph.analysis.neighbourhood import neighbourhood
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, place_of, settle, switch_theme
from ..helpers.hostile import TEXTS

VIEW = "[lineagePage.highlighted().sort(), lineagePage.visible().sort(), lineagePage.visibleArea()]"


def shown(page: Page) -> set[str]:
    return set(page.evaluate("lineagePage.visible()"))


def count(page: Page) -> str:
    return page.locator("#count").inner_text()


def lane_of(page: Page) -> dict[str, str | None]:
    lanes: dict[str, str | None] = page.evaluate(
        "Object.fromEntries(Object.entries(lineagePage.papers).map(([key, paper]) => [key, paper.lane]))"
    )
    return lanes


def test_a_theme_is_switched_off_and_on_from_the_filters(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html) as page:
        lanes = lane_of(page)
        page.locator("#filters-summary").click()
        button = page.locator("[data-theme=rlhf]")
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        left = {key for key, lane in lanes.items() if lane != "rlhf"}
        assert shown(page) == left
        citations = lineage.among(left).number_of_edges()
        assert count(page).startswith(f"{len(left)} of {len(lanes)} papers and {citations} of ")
        button.focus()
        page.keyboard.press("Space")
        assert shown(page) == set(lanes)
        assert count(page).startswith("All 98 papers")


def test_a_hidden_paper_is_not_drawn_and_neither_mouse_nor_keys_reach_it(show: Show, lineage: Lineage) -> None:
    with show(render_page(lineage, lineage.list_keys, title="The list")) as page:
        at = place_of(page, "schulman2017")
        page.mouse.move(*at)
        assert page.locator("#tip").is_visible()
        switch_theme(page, "rlhf")
        page.mouse.move(*at)
        assert page.locator("#tip").is_hidden()
        page.locator("#graph").focus()
        page.keyboard.press("End")
        walked = set()
        for _ in range(len(shown(page))):
            walked.add(page.evaluate("lineagePage.state.pointed"))
            page.keyboard.press("PageUp")
        assert walked == shown(page)


def test_years_narrow_the_picture(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html) as page:
        page.locator("#filters-summary").click()
        page.locator("#first-year").fill("2018")
        page.locator("#last-year").fill("2020")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        wanted = {key for key in neighbourhood(lineage) if 2018 <= (lineage.paper(key).year or 0) <= 2020}
        assert shown(page) == wanted
        assert page.locator("#filters-summary").inner_text() == "Filters (on)"
        page.locator("#filters-summary").focus()
        page.keyboard.press("Escape")
        page.locator("#show-all").click()
        assert shown(page) == set(neighbourhood(lineage))


def test_only_what_two_independent_sources_confirm(show: Show, around_html: str, lineage: Lineage) -> None:
    kinds = lineage.corpus.sources
    part = lineage.among(neighbourhood(lineage))
    sure = [arc for *arc, c in part.edges(data="citation") if len({kinds[s].kind for s in c.sources}) > 1]
    assert sure
    with show(around_html) as page:
        page.locator("#filters-summary").click()
        page.locator("#confirmed").check()
        assert f"and {len(sure)} of " in count(page)
        page.locator("#connected").check()
        assert shown(page) == {key for arc in sure for key in arc}


def test_a_control_for_which_the_corpus_has_no_data_is_not_shown(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        assert page.locator("#influential").count() == 0


def test_the_relatives_of_a_paper_to_a_depth(show: Show, around_html: str, lineage: Lineage) -> None:
    graph = lineage.among(neighbourhood(lineage))
    with show(around_html) as page:
        page.locator("#filters-summary").click()
        page.locator("#kin").fill("InstructGPT")
        page.keyboard.press("Enter")
        page.locator("#kin-kind").select_option("before")
        page.locator("#kin-depth").select_option("0")
        assert shown(page) == nx.ancestors(graph, "ouyang2022") | {"ouyang2022"}
        page.locator("#kin-depth").select_option("1")
        assert shown(page) == {*graph.predecessors("ouyang2022"), "ouyang2022"}
        page.locator("#kin-kind").select_option("around")
        page.locator("#kin-depth").select_option("2")
        near = nx.single_source_shortest_path_length(graph.to_undirected(), "ouyang2022", 2)
        assert shown(page) == set(near)
        page.locator("#kin").fill("")
        page.keyboard.press("Tab")
        assert shown(page) == set(graph)


def test_the_details_show_ancestors_and_descendants(show: Show, around_html: str, lineage: Lineage) -> None:
    graph = lineage.among(neighbourhood(lineage))
    with show(around_html) as page:
        page.mouse.click(*place_of(page, "devlin2018"))
        page.get_by_role("button", name="Descendants").click()
        assert shown(page) == nx.descendants(graph, "devlin2018") | {"devlin2018"}
        page.get_by_role("button", name="Ancestors").click()
        assert shown(page) == nx.ancestors(graph, "devlin2018") | {"devlin2018"}


def test_the_papers_of_a_requested_path_are_visible_whatever_the_filters_hide(show: Show, around_html: str) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&list=1&off=scaling") as page:
        assert "rae2021" in shown(page)
        assert "hoffmann2022" not in shown(page)


def test_a_link_opens_the_same_view(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        switch_theme(page, "rlhf")
        page.locator("#from").fill("BERT")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.locator("#from").fill("BERT -> InstructGPT")
        page.keyboard.press("Enter")
        page.locator("#panel .path").nth(2).click()
        page.locator("#zoom-in").click()
        address = page.evaluate("location.hash")
        before = page.evaluate(VIEW)
    with show(around_html, at=address) as page:
        highlighted, visible, area = page.evaluate(VIEW)
        assert (highlighted, visible) == (before[0], before[1])
        assert all(abs(area[side] - before[2][side]) < 2 for side in area)
        assert page.locator("[data-theme=rlhf]").get_attribute("aria-pressed") == "false"
        assert page.locator("#panel .path").nth(2).get_attribute("aria-expanded") == "true"


def test_back_and_forward_go_through_what_the_reader_saw(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.evaluate("lineagePage.select('devlin2018')")
        page.evaluate("lineagePage.select('vaswani2017')")
        switch_theme(page, "rlhf")
        page.go_back()
        page.wait_for_function("() => lineagePage.visible().length === 98")
        assert page.locator("#panel h2").inner_text() == "2 Transformer"
        page.go_back()
        page.wait_for_function("() => lineagePage.state.selected === 'devlin2018'")
        assert page.locator("#panel h2").inner_text() == "6 BERT"
        page.go_back()
        page.wait_for_function("() => lineagePage.state.selected === null")
        assert page.locator("#panel").is_hidden()
        page.go_forward()
        page.wait_for_function("() => lineagePage.state.selected === 'devlin2018'")


def test_an_address_with_hostile_texts_does_nothing_but_say_so(show: Show, around_html: str) -> None:
    names = ("from", "to", "via", "avoid", "way", "p", "arc", "off", "years", "kin", "at", "path", "size")
    addresses = [
        "#" + "&".join(f"{name}={quote(text[:200], safe='')}" for name in names)
        for text in (*TEXTS, "constructor", "__proto__", "toString")
    ]
    with show(around_html, at=addresses[0]) as page:
        for address in addresses:
            follow(page, address)
            assert "names what is no paper of this page" in page.locator("#ask-fault").inner_text()
            assert page.evaluate("window.hacked") is None
            assert page.locator("#panel").is_hidden()
            assert len(shown(page)) == 98
        page.evaluate("lineagePage.select('devlin2018')")
        assert page.evaluate("location.hash").startswith("#p=devlin2018")


def test_an_address_with_hostile_numbers_opens_the_page_with_papers_in_view(show: Show, around_html: str) -> None:
    hostile = [
        "1e308,1e308,49", "-1e308,0,1", "0,-1e308,0.5", "1e9,1e9,9.9", "0,0,1e-300", "0,0,5e-324", "0,0,0", "0,0,-1",
        "0,0,0.0011", "300,300,49", "1e308,1e308,1e308", "NaN,NaN,NaN", "Infinity,0,1", ",,", "0x10,1,1", "1,2,3,4",
    ]  # fmt: skip
    more = ["years=9999..0", "kin=around,99,devlin2018", "path=1e4", "path=-1", "via=devlin2018,ouyang2022"]
    a_paper_is_in_view = """() => {
        const { left, right, top, bottom } = lineagePage.visibleArea();
        return lineagePage.spots.some(({ x, y }) => x > left && x < right && y > top && y < bottom);
    }"""
    places = [f"at={each}" for each in hostile]
    others = ["p=devlin2018&", "from=devlin2018&to=ouyang2022&"]
    with show(around_html, at=f"#at={hostile[0]}") as page:
        for address in [*places, *more, *map("".join, product(others, [*places[::4], *more]))]:
            follow(page, address)
            assert page.evaluate(a_paper_is_in_view), address
            assert 0.01 < page.evaluate("lineagePage.network.getScale()") <= 10, address
        page.locator("#zoom-all").click()
        assert page.evaluate("lineagePage.network.getScale()") > 0.01


def test_the_address_of_another_page_opens_what_it_can_and_says_what_it_cannot(
    show: Show, lineage: Lineage, around_html: str
) -> None:
    with show(render_page(lineage, lineage.list_keys, title="The list"), at="#from=devlin2018&to=brown2020") as page:
        assert page.locator("#ask-fault").inner_text() == (
            "The address names what is no paper of this page: “brown2020”. It may belong to another page."
        )
        assert page.locator("#panel").is_hidden()
        page.locator("#from").fill("BERT -> InstructGPT")
        page.keyboard.press("Enter")
        assert page.locator("#ask-fault").is_hidden()


def test_the_span_of_years_is_dragged(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html) as page:
        page.locator("#filters-summary").click()
        area = page.locator(".span").bounding_box()
        assert area is not None
        middle = area["y"] + area["height"] / 2
        for start, end in ((11, 0.8), (area["width"] - 11, 0.9)):
            page.mouse.move(area["x"] + start, middle)
            page.mouse.down()
            page.mouse.move(area["x"] + end * area["width"], middle, steps=3)
            page.mouse.up()
        first, last = page.evaluate("lineagePage.state.years")
        assert 1992 < first < last < 2023
        assert shown(page) == {key for key in neighbourhood(lineage) if first <= (lineage.paper(key).year or 0) <= last}
        assert page.locator("#first-year").input_value() == str(first)
        page.locator("#first-slide").focus()
        for _ in range(last - first + 3):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("lineagePage.state.years") == [last, last]
        page.go_back()
        page.wait_for_function("(last) => lineagePage.state.years[0] !== last", arg=last)


def test_a_picture_without_papers_says_why_it_is_empty(show: Show, around_html: str) -> None:
    with show(around_html, at="#years=2100..") as page:
        assert page.locator("#nothing").inner_text() == "No paper passes the filters."
        page.locator("#show-all").click()
        assert page.locator("#nothing").is_hidden()


def test_a_click_on_an_arc_tells_who_asserts_it(show: Show, around_html: str) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&list=1&path=1") as page:
        x, y = page.evaluate(
            """() => {
                const { network, spots } = lineagePage;
                const [a, b] = ["devlin2018", "rae2021"].map((key) => spots.find((spot) => spot.id === key));
                const area = document.getElementById("graph").getBoundingClientRect();
                const [x0, x3] = [a.x + a.box[0] / 2, b.x - b.box[0] / 2];
                const middle = network.canvasToDOM({ x: (x0 + x3) / 2, y: (a.y + b.y) / 2 });
                return [middle.x + area.left, middle.y + area.top];
            }"""
        )
        page.mouse.click(x, y)
        assert page.locator("#panel h2").inner_text() == "14 Gopher cites 6 BERT"
        assert "printed bibliography of arXiv:2112.11446" in page.locator("#panel").inner_text()
        assert "No source of this corpus gives the citing sentence." in page.locator("#panel").inner_text()
        assert "arc=devlin2018:rae2021" in page.evaluate("location.hash")
        page.get_by_role("button", name="← The paths").click()
        assert page.locator("#panel h2").inner_text() == "BERT → InstructGPT"


def test_the_details_of_a_citation_are_reached_by_keys_too(show: Show, around_html: str) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        page.get_by_role("button", name="why: who asserts the citation, 2 Transformer").focus()
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == "6 BERT cites 2 Transformer"


def test_the_details_of_a_citation_have_what_a_source_says_of_it(show: Show) -> None:
    from dataclasses import replace

    from graph.model.lineage import build_lineage

    from ..exports.test_layout import synthetic

    made = synthetic(["2020-01", "2020-02", "2020-03"])
    first, second = made.corpus.citations
    said = replace(
        first.assertions[0], influential=True, intents=("methodology",), contexts=("<b>We build on</b> their method.",)
    )
    corpus = replace(made.corpus, citations=(replace(first, assertions=(said,)), second))
    with_details = build_lineage(corpus, made.reading_list)
    with show(render_page(with_details, list(corpus.papers), title="Said"), at="#arc=p0:p1") as page:
        text = page.locator("#panel").inner_text()
        assert "called influential" in text
        assert "cited for methodology" in text
        assert "<b>We build on</b> their method." in text
        page.locator("#filters-summary").click()
        page.locator("#influential").check()
        assert "and 1 of 2 citations shown" in count(page)


def test_search_says_year_and_author_and_finds_by_them(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.locator("#from").fill("vaswani 2017")
        assert "2017 · Ashish Vaswani" in page.locator("#from-hits li").first.inner_text()
        page.locator("#from").fill("17")
        assert "InstructGPT" in page.locator("#from-hits li").first.inner_text()
        page.locator("#from").fill("ouyang")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        settle(page)
        assert page.locator("#panel h2").inner_text() == "17 and 24 InstructGPT"


def test_papers_grow_with_the_chosen_measure(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        before = page.evaluate("document.querySelector('#graph canvas').toDataURL()")
        page.locator("#filters-summary").click()
        page.locator("#size").select_option("citedBy")
        settle(page)
        cited = page.evaluate("document.querySelector('#graph canvas').toDataURL()")
        page.locator("#size").select_option("cites")
        settle(page)
        assert len({before, cited, page.evaluate("document.querySelector('#graph canvas').toDataURL()")}) == 3
        assert page.evaluate("location.hash") == "#size=cites"
        assert page.evaluate("lineagePage.state.size") == "cites"


@pytest.mark.long
def test_papers_can_grow_with_every_measure_that_knows_a_value(show: Show, around_html: str, lineage: Lineage) -> None:
    results = {found.id: measure(lineage, found.id) for found in MEASURES if found.about == "paper"}
    known = {id_: found for id_, found in results.items() if any(v is not None for v in found.values.values())}
    with show(around_html) as page:
        offered = page.locator("#size optgroup option").evaluate_all("(all) => all.map((one) => [one.value, one.text])")
        assert offered == [[id_, find_measure(id_).label] for id_ in known]
        page.locator("#filters-summary").click()
        page.locator("#size").select_option("ancestors")
        text = page.locator("#size-meaning").inner_text()
        assert text.startswith(find_measure("ancestors").meaning)
        unknown = sum(known["ancestors"].values[key] is None for key in neighbourhood(lineage))
        assert f"Unknown for {unknown} of 98 papers" in text
        assert page.evaluate("location.hash") == "#size=ancestors"
        page.keyboard.press("Escape")
        page.locator("#papers summary").click()
        page.locator("#list [data-sort=ancestors]").click()
        page.locator("#list [data-sort=ancestors]").click()
        best = max((v, key) for key in neighbourhood(lineage) if (v := known["ancestors"].values[key]) is not None)
        assert page.locator("#list tbody tr").first.locator("[data-key]").get_attribute("data-key") == best[1]
        assert f"{best[0]:,}" in page.locator("#list tbody tr").first.inner_text()


def test_the_details_have_every_measure_and_say_why_one_is_unknown(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    unknown = next(key for key in neighbourhood(lineage) if measure(lineage, "ancestors").values[key] is None)
    with show(around_html, at="#p=devlin2018") as page:
        page.locator("#panel .all-measures summary").click()
        in_measures = "(text) => document.querySelector('#panel .all-measures').innerText.includes(text)"
        page.wait_for_function(in_measures, arg="\n")  # it fills when it opens
        text = page.locator("#panel .all-measures").inner_text()
        for name in ("cited_by", "references", "ancestors", "descendants", "throughput"):
            value = measure(lineage, name).values["devlin2018"]
            assert f"{find_measure(name).label}\n{value:,}\n{find_measure(name).meaning}" in text
        page.evaluate("(key) => lineagePage.select(key)", unknown)
        reason = next(each.reason for each in measure(lineage, "ancestors").refused if unknown in each.keys)
        page.wait_for_function(in_measures, arg=f"ancestors\nunknown: {reason}")


def test_a_measure_that_the_page_lacks_is_ignored(show: Show, around_html: str) -> None:
    with show(around_html, at="#size=global_citations") as page:
        assert page.evaluate("lineagePage.state.size") == ""


def test_what_is_no_year_is_said_to_be_none_and_filters_nothing(show: Show, around_html: str) -> None:
    with show(around_html, at="#years=2015..2020") as page:
        before = shown(page)
        page.locator("#filters-summary").click()
        page.locator("#first-year").fill("20x8")
        page.keyboard.press("Tab")
        assert page.locator("#ask-fault").inner_text() == "“20x8” is no year: write it in digits, as in 2018."
        assert page.locator("#first-year").get_attribute("aria-invalid") == "true"
        assert page.locator("#first-year").input_value() == "20x8"
        assert shown(page) == before
        page.locator("#first-year").fill("2018")
        page.keyboard.press("Tab")
        assert page.locator("#ask-fault").is_hidden()
        assert page.evaluate("lineagePage.state.years") == [2018, 2020]


def test_after_back_the_two_fields_no_longer_hold_the_question(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.locator("#from").fill("BERT → InstructGPT")
        page.keyboard.press("Enter")
        assert page.locator("#to").input_value() == "17 and 24 InstructGPT"
        page.go_back()
        page.wait_for_function("() => lineagePage.state.request === null")
        assert (page.locator("#from").input_value(), page.locator("#to").input_value()) == ("", "")
        page.go_forward()
        page.wait_for_function("() => lineagePage.state.request !== null")
        assert page.locator("#from").input_value() == "6 BERT"
