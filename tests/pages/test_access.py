"""The page for everyone: axe-core's rules, keys alone, touch, small screens, large corpora."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage
from graph.pages.page import SCRIPTS as SCRIPT_PARTS
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, place_of, told

AXE = Path(__file__).parents[1] / "views" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[Any]:
    """What axe-core has against a page, which itself stays without it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "async () => (await axe.run()).violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160))])"
    )
    return found


VIEWS = {
    "as it opens": "",
    "a paper": "#p=devlin2018",
    "paths": "#from=devlin2018&to=ouyang2022&path=2&via=brown2020&avoid=rae2021",
    "no path": "#from=ouyang2022&to=devlin2018",
    "a citation": "#arc=devlin2018:rae2021",
    "filters": "#off=rlhf&years=2015..2020&kin=before,0,ouyang2022",
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("view", "scheme"),
    [*((view, "light") for view in VIEWS), ("paths", "dark"), ("filters", "dark"), ("as it opens", "dark")],
)
def test_axe_finds_no_violation(show: Show, around_html: str, view: str, scheme: str) -> None:
    with show(around_html, at=VIEWS[view], color_scheme=scheme, bypass_csp=True) as page:
        if view == "filters":
            page.locator("#filters-summary").click()
        page.locator("#papers summary").click()
        page.locator("#list table").wait_for()
        assert violations(page) == []


def test_axe_finds_no_violation_on_a_phone(show: Show, around_html: str) -> None:
    phone = {"width": 360, "height": 740, "has_touch": True, "bypass_csp": True}
    with show(around_html, at=VIEWS["paths"], **phone) as page:
        assert violations(page) == []


def test_axe_would_find_one(show: Show, around_html: str) -> None:
    with show(around_html, bypass_csp=True) as page:
        page.evaluate("document.getElementById('from').previousElementSibling.remove()")
        page.evaluate("document.getElementById('from').placeholder = ''")
        assert [name for name, _ in violations(page)] == ["label"]


def test_every_control_is_reached_by_tab_and_shows_its_focus(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        wanted = page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, summary, [tabindex='0'], a[href]")]
                .filter((one) => one.checkVisibility()).map((one, n) => one.dataset.n = String(n))"""
        )
        assert len(wanted) > 10
        reached = []
        for _ in range(len(wanted) + 3):
            page.keyboard.press("Tab")
            n, outline = page.evaluate(
                "[document.activeElement.dataset.n, getComputedStyle(document.activeElement).outlineStyle]"
            )
            if n is not None:
                reached.append(n)
                assert outline != "none"
        assert set(wanted) <= set(reached)


def test_a_long_heading_is_no_stop_of_the_tab_key(show: Show, lineage: Lineage) -> None:
    with show(render_page(lineage, ["devlin2018"], title="A very long heading " * 60)) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "from"


def test_keys_suffice_to_ask_for_a_path_read_it_and_close_it(show: Show, around_html: str, lineage: Lineage) -> None:
    answer = find_paths(lineage, "devlin2018", "ouyang2022")
    with show(around_html) as page:
        page.keyboard.press("/")
        page.keyboard.type("BERT -> InstructGPT")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel"
        assert page.locator("#announcer").inner_text() == (
            f"No direct citation; {answer.total} paths, {answer.total_in_list} of them within the list."
        )
        while page.evaluate("document.activeElement.dataset.path") != "1":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("lineagePage.state.chosenPath") == 1
        assert page.evaluate("document.activeElement.dataset.path") == "1"
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
        assert page.evaluate("document.activeElement.id") == "graph"


def test_escape_stops_waiting_for_a_paper(show: Show, around_html: str) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        page.get_by_role("button", name="Paths from here").click()
        assert page.locator("#hint").is_visible()
        page.keyboard.press("Escape")
        assert page.locator("#hint").is_hidden()
        assert page.locator("#panel").is_visible()


def test_two_fingers_zoom_and_one_selects(show: Show, around_html: str) -> None:
    phone = {"width": 390, "height": 800, "has_touch": True}
    with show(around_html, **phone) as page:
        before = page.evaluate("lineagePage.network.getScale()")
        key = page.evaluate(
            """() => {
                const { left, top, right, bottom } = lineagePage.visibleArea();
                const away = ({ x, y }) => Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
                return [...lineagePage.spots].sort((a, b) => away(a) - away(b))[0].id;
            }"""
        )
        x, y = place_of(page, key)
        wire = page.context.new_cdp_session(page)

        def touch(kind: str, *xs: float) -> None:
            points = [{"x": one, "y": y, "id": n} for n, one in enumerate(xs)]
            wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", x - 30, x + 30)
        for step in range(1, 8):
            touch("touchMove", x - 30 - 10 * step, x + 30 + 10 * step)
        touch("touchEnd")
        page.wait_for_function("(before) => lineagePage.network.getScale() > 1.5 * before", arg=before)
        page.touchscreen.tap(*place_of(page, key))
        page.wait_for_function("(key) => lineagePage.state.selected === key", arg=key)


def test_nothing_sticks_out_at_any_width(show: Show, around_html: str) -> None:
    with show(around_html, at=VIEWS["paths"]) as page:
        for width in (360, 768, 1024, 2560):
            with told(page, "resize"):
                page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            panel = page.locator("#panel").bounding_box()
            assert panel is not None
            assert panel["x"] >= 0
            assert panel["x"] + panel["width"] <= width


LOW_CONTROLS = """() => {
    const all = "button, summary, select, input[type=text], label:has(input[type=checkbox])";
    const visible = [...document.querySelectorAll(all)].filter((one) => one.checkVisibility());
    const heights = visible.map((one) => [one.textContent || one.id, one.getBoundingClientRect().height]);
    for (const one of visible) one.style.letterSpacing = "-4px"; // a narrow font, in which no label has a second line
    heights.push(...visible.map((one) => [one.textContent || one.id, one.getBoundingClientRect().height]));
    return [visible.length, heights.filter(([, height]) => height < 24)];
}"""


def test_what_can_be_tapped_on_a_phone_is_large_enough_in_any_font(show: Show, around_html: str) -> None:
    with show(around_html, width=360, height=740, has_touch=True) as page:
        page.locator("#papers summary").click()
        page.locator("#list table").wait_for()
        page.locator("#filters-summary").click()
        for view, address in VIEWS.items():
            follow(page, address)
            controls, low = page.evaluate(LOW_CONTROLS)
            assert controls > 20, view
            assert low == [], view


ROOT = Path(__file__).parents[2] / "graph"
SCRIPTS = [*(ROOT / "pages" / "assets").glob("*.js"), *(ROOT / "interfaces" / "web" / "assets").glob("*.js")]
MAKES_CODE_OR_MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|srcdoc|createContextualFragment|DOMParser"
    r"|\beval\(|\bFunction\(|setTimeout\([\"'`]"
)


def test_no_script_makes_markup_or_code_of_text() -> None:
    made = {script.name: MAKES_CODE_OR_MARKUP.findall(script.read_text(encoding="utf-8")) for script in SCRIPTS}
    assert {name: found for name, found in made.items() if found} == {}
    assert len(made) > 50


def test_every_script_of_the_page_is_put_into_it() -> None:
    alone = {"front", "app"}  # the scripts of the index and of the picture in a chat
    parts = {path.stem for path in SCRIPTS if path.parent.parent.name == "pages"} - alone
    assert sorted(SCRIPT_PARTS) == sorted(parts)
