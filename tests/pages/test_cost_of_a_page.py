"""What a page spares its reader's browser, counted: a clock measures others as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from benchmarks.made import made_lineage
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, settle, walk_history

COUNT = """() => {
    const pen = CanvasRenderingContext2D.prototype;
    window.seen = { fonts: new Set(), dashes: [], strokes: 0, measured: 0, canvases: 0 };
    const { set, get } = Object.getOwnPropertyDescriptor(pen, "font");
    Object.defineProperty(pen, "font", { get, set(font) { seen.fonts.add(font); set.call(this, font); } });
    for (const [name, see] of [
        ["setLineDash", (dash) => dash.length && seen.dashes.push(...dash)],
        ["stroke", () => (seen.strokes += 1)],
        ["measureText", () => (seen.measured += 1)],
    ]) {
        const does = pen[name];
        pen[name] = function (...given) { see(...given); return does.apply(this, given); };
    }
    const create = document.createElement.bind(document);
    document.createElement = (name) => { seen.canvases += name === "canvas"; return create(name); };
}"""
"""Have a page count what its canvases are told to do from now on."""


SEEN = """() => {
    const { fonts, ...others } = seen;
    const counted = { fonts: [...fonts], ...others };
    Object.assign(seen, { fonts: new Set(), dashes: [], strokes: 0, measured: 0, canvases: 0 });
    return counted;
}"""


def seen(page: Page) -> dict[str, Any]:
    """What was counted; the count begins anew."""
    counted: dict[str, Any] = page.evaluate(SEEN)
    return counted


def seen_in_a_frame(page: Page) -> dict[str, Any]:
    """What is counted in one frame, drawn here and now: how many the browser draws in a time depends on the machine."""
    settle(page)
    counted: dict[str, Any] = page.evaluate(f"() => {{ ({SEEN})(); lineagePage.network.redraw(); return ({SEEN})(); }}")
    return counted


def zoom_to(page: Page, scale: float) -> None:
    page.evaluate("(scale) => lineagePage.network.moveTo({ scale })", scale)
    settle(page)


@pytest.fixture(scope="module")
def many() -> str:
    """A page of so many papers that its arcs are drawn on a canvas of their own."""
    made = made_lineage(1500)
    return render_page(made, list(made.graph), title="Many")


@pytest.fixture
def far(many: str, show: Show) -> Iterator[Page]:
    """It as it opens, from so far away that papers are squares; its canvases are watched."""
    with show(many) as page:
        page.wait_for_function("() => lineagePage.settled()")
        page.evaluate(COUNT)
        yield page


def test_a_page_is_written_in_ascii_and_shows_every_letter(show: Show, hostile: Lineage) -> None:
    html = render_page(hostile, list(hostile.graph), title="Wörter → 語 😀 <b>", subtitle="Ещё одна строка")
    assert html.isascii()
    with show(html) as page:
        assert page.locator("h1").text_content() == "Wörter → 語 😀 <b>"
        assert page.locator(".subtitle").text_content() == "Ещё одна строка"
        assert page.title().endswith("Wörter → 語 😀 <b>")


def test_a_zoom_far_away_takes_no_fonts_of_its_own_and_measures_no_name(far: Page) -> None:
    scale = far.evaluate("lineagePage.network.getScale()")
    assert 1.05 * scale < 0.32
    zoom_to(far, 1.01 * scale)
    first = seen(far)
    for factor in (1.02, 1.03, 1.05):
        zoom_to(far, factor * scale)
    later = seen(far)
    assert first["fonts"]
    assert set(later["fonts"]) <= set(first["fonts"])
    assert (
        later["measured"] < 100
    )  # names of themes, and years once: of papers some hundred names are tried in each frame


def test_a_view_that_another_replaces_makes_no_canvas_for_its_arcs(far: Page) -> None:
    seen(far)
    moved = far.evaluate(
        f"""() => {{
            const scale = lineagePage.network.getScale();
            for (const factor of [1.1, 1.2, 1.3]) {{
                lineagePage.network.moveTo({{ scale: factor * scale }});
                lineagePage.network.redraw();
            }}
            return ({SEEN})();
        }}"""
    )
    assert moved["canvases"] == 0
    far.wait_for_function("() => lineagePage.settled()")
    assert seen(far)["canvases"] == 1


def test_no_dash_is_too_short_to_be_seen(far: Page) -> None:
    far.evaluate("lineagePage.select('p000000')")
    settle(far)
    dashes = seen(far)["dashes"]
    assert dashes
    assert min(dashes) * far.evaluate("lineagePage.network.getScale()") > 3


def test_lit_arcs_beside_the_view_are_not_drawn(far: Page) -> None:
    far.evaluate("lineagePage.select('p000000')")
    whole = len(seen_in_a_frame(far)["dashes"])
    far.evaluate("lineagePage.network.moveTo({ position: lineagePage.spots.at(-1), scale: 3 })")
    assert len(seen_in_a_frame(far)["dashes"]) < whole / 2


def test_arcs_are_not_drawn_again_where_a_panel_only_covers_some(far: Page) -> None:
    far.locator("#zoom-in").click()  # a view that the reader chose keeps its scale
    settle(far)
    far.wait_for_function("() => lineagePage.settled()")
    before = far.evaluate("lineagePage.visibleArea()")
    seen(far)
    far.evaluate(
        """({ left, right, top, bottom }) => {
            const isIn = ({ x, y }) =>
                x > left + 100 && x < (left + right) / 2 && y > (top + bottom) / 2 && y < bottom - 100;
            lineagePage.select(lineagePage.spots.find(isIn).id);
        }""",
        before,
    )
    far.wait_for_function("() => lineagePage.settled()")
    settle(far)
    after = far.evaluate("lineagePage.visibleArea()")
    assert after["right"] < before["right"]
    assert after["left"] == pytest.approx(before["left"])
    assert seen(far)["strokes"] < far.evaluate("lineagePage.arcs.length") / 2


def test_a_paper_is_chosen_with_one_frame_and_one_entry_of_the_history(show: Show, around_html: str) -> None:
    with show(around_html, at="#at=1400,400,0.6") as page:
        page.emulate_media(reduced_motion="no-preference")
        counts = page.evaluate(
            """async () => {
                let years = 0, told = 0;
                const pen = CanvasRenderingContext2D.prototype, write = pen.fillText;
                pen.fillText = function (text, ...rest) { years += text === "2018"; write.call(this, text, ...rest); };
                for (const how of ["pushState", "replaceState"]) {
                    const tell = history[how];
                    history[how] = (...what) => { told += 1; tell.apply(history, what); };
                }
                lineagePage.select("schmidhuber1992");
                await new Promise(requestAnimationFrame);
                return [years, told];
            }"""
        )
        assert counts == [1, 1]  # though the view is on its way to another place
        assert page.evaluate("location.hash") == "#p=schmidhuber1992"
        walk_history(page, -1)
        assert page.evaluate("location.hash") == "#at=1400,400,0.600"
