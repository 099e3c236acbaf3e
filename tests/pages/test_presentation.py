"""Presentation: hop by hop with its reason, years that play, and everything as it was afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, settle
from .test_access import violations

VIEW = """() => [location.hash, lineagePage.highlighted(),
    Object.values(lineagePage.visibleArea()).map((side) => side.toFixed(2).replace(/^-(0\\.0+)$/, "$1"))]"""
PATH = "#from=devlin2018&to=ouyang2022&path=2"


def caption(page: Page) -> str:
    return page.locator("#stage-text").inner_text()


def test_arrow_keys_tell_a_path_hop_by_hop_with_the_reason_of_each_and_escape_leaves(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    first, middle, last = find_paths(lineage, "devlin2018", "ouyang2022").paths[1].keys
    with show(around_html, at=PATH) as page:
        before = page.evaluate(f"JSON.stringify(({VIEW})())")
        page.locator("#present").click()
        assert page.locator("header").is_hidden()
        assert page.evaluate("lineagePage.highlighted()") == [first]
        told = []
        for key in (middle, last):
            page.keyboard.press("ArrowRight")
            told.append(key)
            assert page.evaluate("lineagePage.highlighted()") == [first, *told]
            reason = lineage.reasons[[first, *told][-2], key]
            assert reason.uses in caption(page)
            assert str(lineage.paper(key).year) in caption(page)
        assert page.locator("#stage-count").inner_text() == "3 of 3"
        page.keyboard.press("ArrowRight")  # there is no more
        assert page.evaluate("lineagePage.highlighted().length") == 3
        page.keyboard.press("Home")
        assert lineage.paper(first).name in caption(page)
        for key in ("s", "/", "Tab", "Enter"):  # no key reaches what is hidden
            page.keyboard.press(key)
        page.keyboard.press("Escape")
        page.wait_for_function("() => !document.body.classList.contains('presenting')")
        page.wait_for_function("() => document.fullscreenElement === null")
        page.wait_for_function(f"(before) => JSON.stringify(({VIEW})()) === before", arg=before)


def test_the_type_is_large_and_both_papers_of_a_hop_are_in_view(show: Show, around_html: str) -> None:
    with show(around_html, at=PATH, width=1280, height=720) as page:
        page.locator("#present").click()
        page.keyboard.press("ArrowRight")
        settle(page)
        size = "(one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize)"
        name, reason = page.evaluate(size, "#stage h1"), page.evaluate(size, ".stage-reason")
        assert name >= 40
        assert reason >= 22
        in_view = """(key) => {
            const { left, right, top, bottom } = lineagePage.visibleArea();
            const { x, y } = lineagePage.spots.find((spot) => spot.id === key);
            return x > left && x < right && y > top && y < bottom;
        }"""
        assert all(page.evaluate(in_view, key) for key in page.evaluate("lineagePage.highlighted()"))


def test_years_show_what_there_was_until_then_and_what_each_brought(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html, at="#off=rlhf") as page:
        whole = set(page.evaluate("lineagePage.visible()"))
        years = sorted({lineage.paper(key).year or 0 for key in whole})
        page.locator("#present").click()
        for year in years[:3]:
            assert caption(page).startswith(str(year))
            known = {key for key in whole if (lineage.paper(key).year or 0) <= year}
            assert set(page.evaluate("lineagePage.visible()")) == known
            page.keyboard.press("ArrowRight")
        page.keyboard.press("End")
        assert set(page.evaluate("lineagePage.visible()")) == whole
        page.keyboard.press("Escape")
        assert set(page.evaluate("lineagePage.visible()")) == whole


def test_years_play_and_pause_but_not_for_a_reader_who_wants_less_motion(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.locator("#present").click()
        assert page.locator("#stage-play").is_hidden()  # the tests' browser asks for less motion
        page.locator("#stage-leave").click()
        page.emulate_media(reduced_motion="no-preference")
        page.locator("#present").click()
        page.clock.install()
        page.locator("#stage-play").click()
        page.clock.run_for(3000)
        assert page.locator("#stage-count").inner_text().startswith("3 of")
        page.locator("#stage-play").click()
        page.clock.run_for(3000)
        assert page.locator("#stage-count").inner_text().startswith("3 of")
        page.locator("#stage-play").click()
        page.clock.run_for(60_000)
        assert page.locator("#stage-on").get_attribute("aria-disabled") == "true"
        assert page.locator("#stage-play").inner_text() == "Play"


def test_leaving_the_full_screen_leaves_the_presentation(show: Show, around_html: str) -> None:
    with show(around_html, at=PATH) as page:
        page.locator("#present").click()
        page.wait_for_function("() => document.fullscreenElement !== null")
        page.evaluate("document.exitFullscreen()")
        page.wait_for_function("() => !document.body.classList.contains('presenting')")
        assert page.evaluate("document.activeElement.id") == "present"


def test_where_no_full_screen_is_allowed_the_presentation_fills_the_window(show: Show, around_html: str) -> None:
    with show(around_html, at=PATH) as page:
        page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new Error('not here')); }")
        page.locator("#present").click()
        assert page.locator("#stage").is_visible()


def test_a_page_without_years_says_that_there_is_nothing_to_present(show: Show) -> None:
    from .test_outside_the_page import lineage_of

    with show(render_page(lineage_of([("b", "a")], {"a": "t"}), ["a", "b"], title="Two")) as page:
        dated = page.evaluate("Object.values(lineagePage.papers).some(({ year }) => year !== null)")
        page.locator("#present").click()
        assert page.locator("#stage").is_visible() == dated


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(640, "light", marks=pytest.mark.long)])
def test_axe_finds_nothing_in_a_presentation(show: Show, around_html: str, width: int, scheme: str) -> None:
    with show(around_html, at=PATH, width=width, height=740, color_scheme=scheme, bypass_csp=True) as page:
        page.locator("#present").click()
        page.keyboard.press("End")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        controls = "[...document.querySelectorAll('#stage button')].filter((one) => one.checkVisibility())"
        assert page.evaluate(f"{controls}.every((one) => one.getBoundingClientRect().bottom <= innerHeight)")
