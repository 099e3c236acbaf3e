"""What the picture shows can be read: texts large enough, names not covered, no gaps where filters take papers away."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from benchmarks.made import made_lineage
from graph.analysis.lanes import by_lanes
from graph.analysis.neighbourhood import neighbourhood
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..exports.test_layout import synthetic
from ..helpers.browser import Show, follow, place_of, settle

SMALL = {"width": 1280, "height": 720}

SIZES_OF_TEXT = """() => {
    const sizes = [], pen = CanvasRenderingContext2D.prototype, write = pen.fillText;
    pen.fillText = function (text, x, y, ...rest) {
        const { a } = this.getTransform();
        const shown = rest[0] === undefined ? 1 : Math.min(1, rest[0] / this.measureText(text).width);
        sizes.push([text, /([\\d.]+)px/.exec(this.font)[1] * a / devicePixelRatio, shown]);
        write.call(this, text, x, y, ...rest);
    };
    lineagePage.network.redraw(); // at once
    pen.fillText = write;
    return sizes;
}"""

PLATES = """() => lineagePage.plates().map(({ id, left, top, width, height, text }) => [id, left, top, left + width,
    top + height, text])"""


def plates(page: Page) -> dict[str, tuple[float, float, float, float, str]]:
    """What is drawn of each paper: left, top, right, bottom and text."""
    page.evaluate("lineagePage.network.redraw()")  # at once
    return {key: tuple(rest) for key, *rest in page.evaluate(PLATES)}


def test_no_text_of_the_picture_is_smaller_than_ten_pixels(show: Show, around_html: str) -> None:
    with show(around_html, **SMALL) as page:
        for at in ("", "p=devlin2018", "from=devlin2018&to=ouyang2022", "years=2015..2019", "off=rlhf"):
            follow(page, at)
            sizes = page.evaluate(SIZES_OF_TEXT)
            assert len(sizes) > 40, at
            small = [(text, size) for text, size, shown in sizes if size < 9.99 or shown < 0.85]
            assert small == [], at


def test_ancestors_lose_their_names_first_where_there_is_no_room(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html, width=1024, height=640) as page:
        drawn = plates(page)
    assert len(drawn) == 98
    nameless: dict[str, list[bool]] = {}
    for key, (*_, text) in drawn.items():
        nameless.setdefault(lineage.role(key), []).append(not text)
    shares = [sum(nameless[role]) / len(nameless[role]) for role in ("list", "bridge", "ancestor")]
    assert shares[0] < shares[2]
    with show(around_html, **SMALL) as page:
        drawn = plates(page)
    for key in lineage.list_keys:
        assert drawn[key][4] == f"{'·'.join(map(str, lineage.entry_numbers(key)))} {lineage.paper(key).name}"


def test_nothing_covers_a_name(show: Show, around_html: str) -> None:
    with show(around_html, **SMALL) as page:
        for at in ("", "p=devlin2018", "from=devlin2018&to=ouyang2022&path=1", "p=brown2020&off=rlhf"):
            follow(page, at)
            drawn = plates(page)
            lit = page.evaluate("lineagePage.highlighted()") or [key for key, (*_, text) in drawn.items() if text]
            named = {key: place for key, place in drawn.items() if place[4]}
            assert len(named) > 30, at
            for key, place in named.items():
                for other, other_place in named.items():
                    if key in lit and other != key:
                        assert not meet(place, other_place), (at, key, other)


def test_the_name_of_a_lane_covers_no_paper(show: Show, around_html: str) -> None:
    with show(around_html, width=1024, height=640) as page:
        for at in ("welcome=off", "years=2019..", "years=2019..&at=900,300,0.6"):
            follow(page, at)
            drawn = plates(page)
            heads = page.evaluate("lineagePage.laneHeads().map(({ rectangle }) => [...rectangle, ''])")
            assert len(heads) > 2, at
            for key, place in drawn.items():
                assert not any(meet(head, place) for head in heads), (at, key)


def test_papers_that_are_lit_have_their_names(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html, at="#story=main", **SMALL) as page:
        drawn = plates(page)
        lit = page.evaluate("lineagePage.highlighted()")
    assert [key for key in lit if not drawn[key][4]] == []
    by_author = by_lanes(lineage, "author")
    with show(render_page(by_author, neighbourhood(lineage), title="By author"), at="#story=main", **SMALL) as page:
        lit = page.evaluate("lineagePage.highlighted()")
        written = {text.split()[0] for text, *_ in page.evaluate(SIZES_OF_TEXT)}  # beside squares, where less has room
    numbers = ("·".join(map(str, by_author.entry_numbers(key))) for key in lit)
    assert len(set(filter(None, numbers)) - written) <= 1  # Constitutional AI stands between two that are lit


def meet(one: tuple[float, float, float, float, str], other: tuple[float, float, float, float, str]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


PICTURE = """() => ({ lanes: lineagePage.lanes.map(({ theme, top, bottom }) => [theme, top, bottom]),
    ticks: lineagePage.ticks, spots: lineagePage.spots.map(({ id, x, y, box }) => [id, x - box[0] / 2, y, ...box]) })"""


def test_lanes_and_years_without_visible_papers_collapse_and_nothing_else_changes(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html) as page:
        whole = page.evaluate(PICTURE)
        for filters in ("off=scaling&off=alignment", "years=2016..2019", "kin=before,0,vaswani2017",
                        "years=1997..2013", "confirmed=1&connected=1&years=2014.."):  # fmt: skip
            follow(page, filters)
            visible = set(page.evaluate("lineagePage.visible()"))
            assert_collapsed(filters, lineage, whole, page.evaluate(PICTURE), visible)
            page.locator("#show-all").click()
            assert page.evaluate(PICTURE) == whole, filters


def assert_collapsed(
    filters: str, lineage: Lineage, whole: dict[str, Any], collapsed: dict[str, Any], visible: set[str]
) -> None:
    """Of a picture the visible papers are left, in their order, in less room, and every lane and span has some."""
    before, after = spots_of(whole, visible), spots_of(collapsed, visible)
    assert sorted(before, key=lambda key: before[key][:2]) == sorted(after, key=lambda key: after[key][:2]), filters
    assert overlaps(after) == [], filters
    for at in (0, 1):
        lengths = [max(spot[at] for spot in spots.values()) - min(spot[at] for spot in spots.values())
                   for spots in (after, before)]  # fmt: skip
        assert lengths[0] <= lengths[1], filters
    assert size_of(collapsed) < size_of(whole), filters
    for theme, top, bottom in collapsed["lanes"]:
        inside = [key for key, (_, y, _, _) in after.items() if top < y < bottom]
        assert bottom - top < 40 or inside, (filters, theme)
    for (label, x, _), (_, end, _) in pairwise([*collapsed["ticks"], ["", float("inf"), False]]):
        first, _, last = label.partition("\N{EN DASH}")
        here = {lineage.paper(key).year for key, (left, *_) in after.items() if x <= left < end}
        assert here <= set(range(int(first), int(last or first) + 1)), (filters, label)
        assert here or "\N{EN DASH}" in label or end - x <= 46, (filters, label)


def spots_of(picture: dict[str, Any], visible: set[str]) -> dict[str, tuple[float, float, float, float]]:
    """Left side, middle, width and height of the visible papers."""
    return {key: (left, y, width, height) for key, left, y, width, height in picture["spots"] if key in visible}


def size_of(picture: dict[str, Any]) -> float:
    """The height of the lanes by the length of the axis."""
    lanes, ticks = picture["lanes"], picture["ticks"]
    height: float = (lanes[-1][2] - lanes[0][1]) * (ticks[-1][1] - ticks[0][1] + 46)
    return height


def overlaps(spots: dict[str, tuple[float, float, float, float]]) -> list[tuple[str, str]]:
    boxes = {key: (left, y - height / 2 + 0.01, left + width, y + height / 2, "") for key, (left, y, width, height)
             in spots.items()}  # fmt: skip
    return [(one, other) for one, other in combinations(sorted(boxes), 2) if meet(boxes[one], boxes[other])]


def test_the_head_of_a_lane_hides_its_theme_and_shows_it_again(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        for pressed in ("false", "true"):
            left, top, right, bottom = page.evaluate(
                """() => {
                    const { rectangle: [left, top, right, bottom] } = lineagePage.laneHeads()
                        .find(({ lane }) => lane.theme === "rlhf");
                    const area = document.getElementById("graph").getBoundingClientRect();
                    const start = lineagePage.network.canvasToDOM({ x: left, y: top });
                    const end = lineagePage.network.canvasToDOM({ x: right, y: bottom });
                    return [start.x + area.left, start.y + area.top, end.x + area.left, end.y + area.top];
                }"""
            )
            page.mouse.click((left + right) / 2, (top + bottom) / 2)
            assert page.locator("[data-theme=rlhf]").get_attribute("aria-pressed") == pressed
            settle(page)


def test_the_panel_and_the_filters_leave_the_whole_picture_in_view(show: Show, around_html: str) -> None:
    with show(around_html, **SMALL) as page:
        page.locator("#filters-summary").click()
        page.evaluate("lineagePage.select('devlin2018')")
        left, right = (page.locator(f"#{name}").bounding_box() for name in ("filters", "panel"))
        assert left
        assert right
        for key in page.evaluate("lineagePage.visible()"):
            x, _ = place_of(page, key)
            assert left["x"] + left["width"] <= x <= right["x"]


def test_a_view_that_the_reader_chose_stays_where_it_is_when_the_panel_opens(show: Show, around_html: str) -> None:
    with show(around_html, at="#at=900,250,1.2") as page:
        key = page.evaluate(
            """() => lineagePage.spots.find((spot) => {
                const { x: left, y: top } = lineagePage.network.canvasToDOM(spot);
                return left > 200 && left < 600 && top > 100 && top < 500; }).id"""
        )
        before = place_of(page, key)
        page.mouse.click(*before)
        assert page.locator("#panel").is_visible()
        after = place_of(page, key)
        assert abs(after[0] - before[0]) < 2
        assert abs(after[1] - before[1]) < 2


def test_the_tooltip_stands_in_a_corner_and_covers_no_paper_that_is_pointed_at(show: Show, around_html: str) -> None:
    with show(around_html, **SMALL) as page:
        corners = set()
        for key in ("devlin2018", "biderman2023", "wang2022selfinstruct", "ouyang2022", "bai2022"):
            if key not in page.evaluate("lineagePage.visible()"):
                continue
            x, y = place_of(page, key)
            page.mouse.move(x, y)
            tip, area = page.locator("#tip").bounding_box(), page.locator("#graph").bounding_box()
            assert tip
            assert area
            at_right = abs(area["x"] + area["width"] - tip["x"] - tip["width"] - 12) < 2
            corners.add(at_right)
            assert at_right or abs(tip["x"] - area["x"] - 12) < 2
            assert not (tip["x"] <= x <= tip["x"] + tip["width"] and tip["y"] <= y <= tip["y"] + tip["height"])
        assert corners == {True, False}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mark_of_every_theme_stands_out_from_the_page(show: Show, scheme: Literal["light", "dark"]) -> None:
    lineage = synthetic([f"20{n:02d}" for n in range(13)], themes=12, listed=12)
    with show(render_page(lineage, list(lineage.corpus.papers), title="Twelve"), color_scheme=scheme) as page:
        outlines = page.evaluate("lineagePage.lanes.map(({ colour }) => lineagePage.outlineColour(colour))")
        paper = "#fbfaf7" if scheme == "light" else "#15171b"
        letters = page.evaluate("lineagePage.lanes.map(({ letter }) => letter)")
        written = {text for text, *_ in page.evaluate(SIZES_OF_TEXT)}
    assert letters == list("ABCDEFGHIJKL")
    assert set(letters) <= written
    assert len(outlines) == 12
    for outline in outlines:
        assert contrast(outline, paper) >= 3


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_measure_colours_boxes_by_their_values(show: Show, around_html: str) -> None:
    with show(around_html, at="#size=citedBy") as page:
        times_cited, fills = page.evaluate(
            """[lineagePage.spots, lineagePage.spots].map((spots, n) => spots.map(({ id }) =>
                n ? lineagePage.fillOf(id, 1) : lineagePage.arcs.filter((arc) => arc.from === id).length))"""
        )
        lanes = page.evaluate("lineagePage.spots.map(({ id }) => lineagePage.papers[id].lane)")
    for lane in set(lanes):
        ranked = sorted((times, luminance(fill)) for times, fill, own in zip(times_cited, fills, lanes, strict=True)
                        if own == lane)  # fmt: skip
        lights = [light for _, light in ranked]
        assert lights == sorted(lights, reverse=True)  # on a light page a stronger colour is darker
        assert lights[0] - lights[-1] > 0.1


@pytest.mark.long
def test_far_out_thousands_of_papers_are_shades_that_count_each_once(show: Show) -> None:
    made = made_lineage(4200)
    with show(render_page(made, list(made.corpus.papers), title="Many")) as page:
        cells = page.evaluate("[...lineagePage.cellsOf(lineagePage.spots).values()].map(({ count }) => count)")
        names = page.evaluate(SIZES_OF_TEXT)
    assert sum(cells) == 4200
    assert 1 < max(cells) < len(cells) < 4200
    assert {f"{n} Name{n}" for n in (4, 8, 12)} <= {text for text, *_ in names}
