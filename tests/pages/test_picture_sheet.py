"""The picture as it leaves the page: whole, titled, with a legend and its source, and as other programs open it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, saved
from ..helpers.made_lineages import lineage_of
from ..helpers.renderers import difference, opened_by_cairosvg, opened_by_librsvg

SVG = "{http://www.w3.org/2000/svg}"
PATH = "#from=devlin2018&to=ouyang2022&path=1"
SVG_1_1 = {
    *("id", "d", "x", "y", "width", "height", "viewBox", "version", "transform", "clip-path", "fill", "stroke"),
    *(
        "stroke-width",
        "stroke-dasharray",
        "stroke-linejoin",
        "fill-opacity",
        "stroke-opacity",
        "font-family",
        "font-size",
        "font-weight",
    ),
    *("textLength", "lengthAdjust", "text-anchor"),
}


def texts_of(svg: bytes) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.long
@pytest.mark.parametrize(("at", "scheme"), [("", "light"), (PATH, "light"), (PATH.removesuffix("&path=1"), "dark")])
def test_other_programs_show_the_picture_as_the_browser_does(
    show: Show, around_html: str, at: str, scheme: str
) -> None:
    with show(around_html, at=at, color_scheme=scheme, expected="request: blob:") as page:
        (_, svg), (_, png) = saved(page, "save-svg"), saved(page, "save-png")
    browser = Image.open(BytesIO(png)).convert("RGB")
    for opened in (opened_by_librsvg, opened_by_cairosvg):
        picture = opened(svg)
        assert (picture.width, picture.height) == (browser.width // 2, browser.height // 2)
        assert difference(picture, browser.resize(picture.size, Image.Resampling.BOX)) < 3


def test_an_svg_has_only_what_svg_1_1_has(show: Show, around_html: str) -> None:
    with show(around_html, at=PATH, expected="request: blob:") as page:
        _, svg = saved(page, "save-svg")
    for element in ET.fromstring(svg).iter():
        assert element.attrib.keys() <= SVG_1_1
        for paint in ("fill", "stroke"):
            assert re.fullmatch(r"none|#[0-9a-fA-F]{6}", element.get(paint, "none"))
    letters = [text for text in ET.fromstring(svg).iter(f"{SVG}text") if text.text in set("ABCD")]
    assert letters
    assert {text.get("text-anchor") for text in letters} == {"middle"}  # of their badges


def test_a_picture_has_a_title_a_legend_and_its_source(show: Show, around_html: str) -> None:
    today = {datetime.now(UTC).date().isoformat()}
    with show(around_html, at=PATH, expected="request: blob:") as page:
        name, svg = saved(page, "save-svg")
        assert saved(page, "save-png")[0] == "devlin2018-to-ouyang2022.png"
    today.add(datetime.now(UTC).date().isoformat())
    assert name == "devlin2018-to-ouyang2022.svg"
    texts = texts_of(svg)
    assert texts.count("BERT → InstructGPT") == 1
    for theme in ("Main architecture and tasks", "Steering models to the intended direction (alignment)"):
        assert texts.count(theme) == 3  # twice in its lane, the first time as a halo, and in the legend
    assert {"On the list", "Bridge"} <= set(texts)
    assert "Reinforcement learning with human feedback (RLHF)" not in texts  # no paper of the path is there
    said = " ".join(texts)
    assert "No direct citation; 760 paths, 3 of them within the list. Path 1: BERT → Gopher → InstructGPT." in said
    assert "Citations are asserted by 42 printed bibliographies; Semantic Scholar" in said
    assert any(f"by citation-lineage on {day}." in said for day in today)


def test_no_box_is_cut_and_all_that_the_answer_names_is_there(show: Show, around_html: str) -> None:
    with show(around_html, expected="request: blob:") as page:
        for at in ("", PATH, "#p=ouyang2022&kin=before,0,ouyang2022", "#at=1400,500,1.3"):
            follow(page, at)
            _, svg = saved(page, "save-svg")
            lit = page.evaluate("lineagePage.highlighted()")
            lit = lit or (page.evaluate("lineagePage.visible()") if not at else [])
            labels = page.evaluate(
                "(keys) => lineagePage.spots.filter(({ id }) => keys.includes(id)).map(({ label }) => label)", lit
            )
            root = ET.fromstring(svg)
            assert set(labels) <= set(texts_of(svg)), at
            left, top, right, bottom = map(float, re.findall(r"-?[\d.]+", clip_of(root)))
            for box in boxes_of(root):
                assert left <= box[0], at
                assert box[0] + box[2] <= right, at
                assert top <= box[1], at
                assert box[1] + box[3] <= bottom, at


def clip_of(root: ET.Element) -> str:
    """The first clip: left, top, right and bottom of the part of the picture that is drawn."""
    x, y, width, height = map(
        float, re.findall(r"-?[\d.]+", root.findall(f".//{SVG}clipPath/{SVG}path")[0].attrib["d"])[:4]
    )
    return f"{x} {y} {x + width} {y + height}"


def boxes_of(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of the rounded boxes of the picture."""
    group = root.find(f"./{SVG}g")
    assert group is not None
    boxes = []
    for path in group.iter(f"{SVG}path"):
        found = re.fullmatch(r"M([-\d.]+) ([-\d.]+)h([\d.]+)a([\d.]+) .*v([\d.]+)a.*Z", path.attrib["d"])
        if found:
            x, y, width, radius, height = map(float, found.groups())
            boxes.append((x - radius, y, width + 2 * radius, height + 2 * radius))
    assert boxes
    return boxes


def test_a_picture_is_named_after_what_it_shows(show: Show, around_html: str) -> None:
    names = {"": "page", "#p=devlin2018": "devlin2018", "#arc=devlin2018:rae2021": "rae2021-devlin2018"}
    with show(around_html, expected="request: blob:") as page:
        for at, name in (names | {"#kin=after,1,devlin2018": "after-devlin2018"}).items():
            follow(page, at)
            assert saved(page, "save-svg")[0] == f"{name}.svg"


@pytest.mark.long
def test_many_citations_are_drawn_in_an_svg_too(show: Show) -> None:
    keys = [f"p{n:03d}" for n in range(205)]
    dense = lineage_of([(a, b) for n, a in enumerate(keys) for b in keys[:n]], {"p000": "t"})
    with show(render_page(dense, keys, title="Dense"), expected="request: blob:") as page:
        _, svg = saved(page, "save-svg")
    assert svg.count(b"<path") > 205 * 204 / 2


def test_hostile_texts_are_only_text_in_the_picture(show: Show, hostile: Lineage) -> None:
    html = render_page(hostile, list(hostile.corpus.papers), title="Hostile </title><script>window.hacked=1</script>")
    with show(html, at="#from=hostile0&to=hostile3", expected="request: blob:") as page:
        name, svg = saved(page, "save-svg")
        assert name == "hostile0-to-hostile3.svg"
    assert b"<script" not in svg
    assert opened_by_cairosvg(svg).width == opened_by_librsvg(svg).width


def test_a_name_that_is_cut_ends_with_an_ellipsis(show: Show) -> None:
    from graph.model.lineage import build_lineage
    from graph.model.reading_list import ReadingList, Theme

    one = lineage_of([("b", "a")], {"a": "t", "b": "t"}, {"a": "2001", "b": "2020"})
    name = "A theme of " + "many and long words, " * 60
    named = build_lineage(one.corpus, ReadingList("L", (Theme("t", name),), one.reading_list.entries))
    with show(render_page(named, ["a", "b"], title="Long"), expected="request: blob:") as page:
        _, svg = saved(page, "save-svg")
    cut = [text for text in texts_of(svg) if text.startswith("A theme of many") and len(text) > 40]
    assert cut
    assert all(text.endswith("…") and len(text) < len(name) for text in cut)
