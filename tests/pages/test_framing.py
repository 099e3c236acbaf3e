"""What is in view: an answer is framed on every screen, a link keeps only what the reader chose, nothing is lost."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page

from graph.analysis.lanes import by_lanes
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, place_of, settle, told
from ..helpers.made_lineages import lineage_of

PATH = "#from=devlin2018&to=ouyang2022&path=1"

OUT_OF_VIEW = """(keys) => {
    const { network, spots } = lineagePage;
    const area = document.getElementById("graph").getBoundingClientRect();
    const panel = document.getElementById("panel");
    const covers = [document.querySelector(".zoom"), panel].filter(({ hidden }) => !hidden)
        .map((each) => each.getBoundingClientRect());
    return spots.filter(({ id }) => keys.includes(id)).filter(({ x, y, box: [width, height] }) => {
        const start = network.canvasToDOM({ x: x - width / 2, y: y - height / 2 });
        const end = network.canvasToDOM({ x: x + width / 2, y: y + height / 2 });
        const [left, right] = [start.x + area.left, end.x + area.left];
        const [top, bottom] = [start.y + area.top, end.y + area.top];
        const isCovered = covers.some((cover) => right > cover.left + 1 && left < cover.right
            && bottom > cover.top + 1 && top < cover.bottom);
        const isBeside = left < area.left - 1 || right > area.right + 1;
        return isCovered || isBeside || top < area.top - 1 || bottom > area.bottom + 1;
    }).map(({ id }) => id);
}"""


FRAMES = """async (count) => {
    for (let drawn = 0; drawn < count; drawn += 1) await new Promise(requestAnimationFrame);
}"""  # vis-network moves a view in 15 frames, whatever time they take


VIEW = "[lineagePage.network.getViewPosition(), lineagePage.network.getScale()]"


def out_of_view(page: Page) -> list[str]:
    """The lit papers that are not wholly in view beside the panel and the buttons that zoom."""
    lit = page.evaluate("lineagePage.highlighted()")
    assert lit
    found: list[str] = page.evaluate(OUT_OF_VIEW, lit)
    return found


def address_of(page: Page) -> str:
    address: str = page.evaluate("location.hash")
    return address


def ask(page: Page, text: str) -> None:
    page.locator("#from").fill(text)
    page.keyboard.press("Enter")


def test_a_link_keeps_no_place_that_the_reader_did_not_choose(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.emulate_media(reduced_motion="no-preference")
        ask(page, "BERT → InstructGPT")
        page.evaluate(FRAMES, 30)
        assert address_of(page) == PATH
        page.evaluate("lineagePage.select('vaswani2017')")
        page.evaluate(FRAMES, 30)
        assert "at=" not in address_of(page)
        page.locator("#zoom-in").click()
        assert "at=" in address_of(page)


@pytest.mark.parametrize("frames", [0, 1, 3])
def test_a_view_that_is_on_its_way_is_awaited_before_the_link_keeps_it(
    show: Show, around_html: str, frames: int
) -> None:
    with show(around_html, at="#at=1400,400,0.6") as page:
        page.emulate_media(reduced_motion="no-preference")
        # Closed on its way, it stays where it arrives.
        page.evaluate(
            "async (count) => { lineagePage.select('schmidhuber1992');"
            f"await ({FRAMES})(count);"
            "lineagePage.close(); }",
            frames,
        )
        page.wait_for_function("() => location.hash.includes('at=')")
        page.evaluate(FRAMES, 30)
        x, y, scale = (float(part) for part in address_of(page).partition("at=")[2].split(","))
        now = page.evaluate(VIEW)
        assert abs(x - now[0]["x"]) < 1
        assert abs(y - now[0]["y"]) < 1
        assert abs(scale - now[1]) < 0.001


ZOOMS = {
    "button": "document.getElementById('zoom-in').click();",
    "wheel": """document.querySelector("#graph canvas").dispatchEvent(
        new WheelEvent("wheel", { deltaY: -100, clientX: 500, clientY: 400, bubbles: true, cancelable: true }));""",
}


@pytest.mark.parametrize(
    ("by", "frames"),
    [
        ("button", 3),
        ("wheel", 0),
        pytest.param("button", 0, marks=pytest.mark.long),
        pytest.param("wheel", 3, marks=pytest.mark.long),
    ],
)
def test_a_zoom_ends_a_view_that_is_on_its_way(show: Show, around_html: str, by: str, frames: int) -> None:
    with show(around_html, at="#at=1400,400,0.6") as page:
        page.emulate_media(reduced_motion="no-preference")
        page.evaluate(
            f"async (count) => {{ lineagePage.select('schmidhuber1992');await ({FRAMES})(count);{ZOOMS[by]} }}",
            frames,
        )
        place, scale = page.evaluate(VIEW)
        page.evaluate(FRAMES, 30)
        assert page.evaluate(VIEW) == [pytest.approx(place), pytest.approx(scale)]
        assert scale > 0.6


def test_an_answer_is_framed_again_when_the_window_changes_its_size(show: Show, around_html: str) -> None:
    with show(around_html, at=PATH, width=1600, height=1000) as page:
        for width, height in ((1000, 700), (800, 900), (1400, 600), (844, 390)):
            with told(page, "resize"):
                page.set_viewport_size({"width": width, "height": height})
            assert out_of_view(page) == []
        page.set_viewport_size({"width": 280, "height": 130})
        page.locator("#filters-summary").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")  # beside the panel
        page.locator("#present").click()  # with hardly any room for the picture
        settle(page)
        assert page.evaluate("lineagePage.network.getScale()") > 0


def test_a_path_through_a_very_long_picture_is_framed_whole(show: Show) -> None:
    keys = [f"p{n:03d}" for n in range(240)]
    dates = {key: f"{1780 + n}-06" for n, key in enumerate(keys)}
    long = lineage_of(list(zip(keys[1:], keys, strict=False)), {"p000": "t"}, dates)
    with show(render_page(long, keys, title="Long"), at="#from=p000&to=p239") as page:
        assert page.evaluate("lineagePage.network.getScale()") < 0.12
        assert out_of_view(page) == []


@pytest.mark.parametrize("how", ["typed", "opened"])
def test_all_that_led_to_a_paper_is_lit_and_framed(show: Show, around_html: str, how: str) -> None:
    with show(around_html, at="" if how == "typed" else "#kin=before,0,ouyang2022&p=ouyang2022") as page:
        if how == "typed":
            ask(page, "* → InstructGPT")
        lit, visible = page.evaluate("[lineagePage.highlighted(), lineagePage.visible()]")
        assert len(visible) == 81
        assert sorted(lit) == sorted(visible)
        assert out_of_view(page) == []


def view(page: Page) -> tuple[float, float, float]:
    place, scale = page.evaluate(VIEW)
    return place["x"], place["y"], scale


SHARE_IN_VIEW = """() => {
    const { left, top, right, bottom } = lineagePage.visibleArea();
    const xs = lineagePage.spots.map(({ x }) => x), ys = lineagePage.spots.map(({ y }) => y);
    const part = (a, b, all, margin) =>
        Math.max(0, Math.min(b, Math.max(...all) + margin) - Math.max(a, Math.min(...all) - margin)) / (b - a);
    return part(left, right, xs, 200) * part(top, bottom, ys, 60);
}"""


@pytest.mark.long
def test_the_picture_cannot_be_lost(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        whole = view(page)[2]
        area = page.locator("#graph").bounding_box()
        assert area is not None
        middle = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
        page.mouse.move(*middle)
        for turn, count in ((900, 45), (-900, 90)):
            for _ in range(count):
                page.mouse.wheel(0, turn)
            settle(page)
            assert 0.5 * whole < view(page)[2] <= 5
        page.locator("#zoom-all").click()
        for dx, dy in ((900, 0), (900, 0), (0, 500), (0, 500), (-1300, -600), (-1300, -600), (-1300, -600)):
            page.mouse.move(*middle)
            page.mouse.down()
            page.mouse.move(middle[0] + dx, middle[1] + dy, steps=3)
            page.mouse.up()
            settle(page)
            assert page.evaluate(SHARE_IN_VIEW) > 0.2
    for at in ("#at=1e9,-1e9,40", "#at=-1e12,5,0.0011"):
        with show(around_html, at=at) as page:
            assert page.evaluate(SHARE_IN_VIEW) > 0.2


def test_on_a_phone_one_finger_scrolls_the_page_and_two_move_the_picture(show: Show, around_html: str) -> None:
    with show(around_html, width=390, height=800, has_touch=True) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('#graph canvas')).touchAction") == "pan-y"
        before = view(page)
        wire = page.context.new_cdp_session(page)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            named = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
            wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": named})

        touch("touchStart", (150, 500), (250, 500))
        for step in range(1, 9):
            touch("touchMove", (150, 500 - 10 * step), (250, 500 - 10 * step))
        touch("touchEnd")
        settle(page)
        after = view(page)
        assert after[2] == pytest.approx(before[2], rel=0.05)
        assert after[1] > before[1] + 40


def test_only_a_citation_that_is_lit_is_opened_by_a_click(show: Show, around_html: str) -> None:
    chance = random.Random(13)
    with show(around_html) as page:
        area = page.locator("#graph").bounding_box()
        assert area is not None
        for _ in range(40):
            page.mouse.click(
                area["x"] + 10 + chance.random() * (area["width"] - 20),
                area["y"] + 40 + chance.random() * (area["height"] - 90),
            )
            assert page.evaluate("lineagePage.state.arc") is None
            if page.evaluate("lineagePage.state.selected"):
                page.evaluate("lineagePage.close()")


def test_a_citation_lights_up_where_the_mouse_rests_and_a_click_opens_it(show: Show) -> None:
    lineage = lineage_of([("b", "a")], {"a": "t", "b": "t"}, {"a": "2001-01", "b": "2009-01"})
    with show(render_page(lineage, ["a", "b"], title="Two")) as page:
        (x1, y1), (x2, y2) = place_of(page, "a"), place_of(page, "b")
        middle = (x1 + x2) / 2, (y1 + y2) / 2
        found = None
        for up in range(60):
            page.mouse.move(middle[0], middle[1] - up)
            if up % 4 == 0:  # the mouse rests: timers of one length end in the order in which they began
                page.evaluate("() => new Promise((done) => setTimeout(done, 150))")
            if page.locator("#graph.on-arc").count():
                found = middle[0], middle[1] - up
                break
        assert found is not None
        page.mouse.click(*found)
        assert page.locator("#panel h2").inner_text().endswith("cites 1 Paper a")


def test_no_tooltip_covers_the_answer_to_a_question_that_is_typed(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.mouse.move(*place_of(page, "devlin2018"))
        assert page.locator("#tip").is_visible()
        page.keyboard.press("/")
        page.keyboard.type("BERT → InstructGPT")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == "BERT → InstructGPT"
        assert page.locator("#tip").is_hidden()
        page.mouse.move(*place_of(page, "rae2021"))
        assert page.locator("#tip").is_visible()
        page.go_back()
        page.wait_for_function("() => lineagePage.state.request === null")
        assert page.locator("#tip").is_hidden()


TEXTS_DRAWN = """() => {
    const written = [], pen = CanvasRenderingContext2D.prototype, write = pen.fillText;
    pen.fillText = function (text, x, y, ...rest) {
        const onScreen = (at) => this.getTransform().transformPoint({ x: at, y });
        const [start, end] = [onScreen(x), onScreen(x + this.measureText(text).width)];
        written.push({ text, left: start.x, right: end.x, y: start.y });
        write.call(this, text, x, y, ...rest);
    };
    lineagePage.network.redraw(); // at once
    pen.fillText = write;
    return written;
}"""


def test_no_name_of_a_lane_lies_on_that_of_a_lit_paper(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html, at=PATH, width=700, height=450) as page:
        assert_no_name_on_another(page, lineage)
    with show(around_html, at=PATH, width=390, height=844) as page:
        assert_no_name_on_another(page, lineage)
        for at in ("kin=before,0,ouyang2022&p=ouyang2022", "from=devlin2018&to=ouyang2022"):
            follow(page, at)
            assert_no_name_on_another(page, lineage)


def assert_no_name_on_another(page: Page, lineage: Lineage) -> None:
    """In a picture as it is drawn, the names of lanes stand beside those of lit papers, or above or below them."""
    texts = page.evaluate(TEXTS_DRAWN)
    labels = page.evaluate(
        "lineagePage.spots.filter(({ id }) => lineagePage.highlighted().includes(id)).map(({ label }) => label)"
    )
    at = page.evaluate("location.hash")
    lit = [text for text in texts if text["text"] in labels]
    heads = tuple(theme.name[:8] for theme in lineage.reading_list.themes)
    lanes = [text for text in texts if text["text"].startswith(heads)]
    assert len(lit) >= 3, at
    assert lanes, at
    for lane in lanes:
        for name in lit:
            is_beside = lane["right"] <= name["left"] or name["right"] <= lane["left"]
            assert is_beside or abs(lane["y"] - name["y"]) > 9, (at, lane, name)


def test_the_focus_of_the_picture_is_seen_over_it(show: Show, around_html: str) -> None:
    from io import BytesIO

    from PIL import Image

    with show(around_html, color_scheme="light") as page:
        while page.evaluate("document.activeElement.id") != "graph":
            page.keyboard.press("Tab")
        picture = Image.open(BytesIO(page.locator("#graph").screenshot())).convert("RGB")
    for x, y in ((1, picture.height // 2), (picture.width - 2, picture.height // 2), (picture.width // 2, 1)):
        assert picture.getpixel((x, y)) == (0x0B, 0x5C, 0xAD)


@pytest.mark.parametrize(("width", "height"), [(844, 390), (667, 375)])
def test_on_a_phone_held_sideways_the_picture_has_more_than_half_the_height(
    show: Show, lineage: Lineage, width: int, height: int
) -> None:
    html = render_page(lineage, lineage.list_keys, title=lineage.reading_list.title, subtitle="The list")
    room = "Math.min(innerHeight, picture.getBoundingClientRect().bottom) - picture.getBoundingClientRect().top"
    with show(html, at="", width=width, height=height) as page:
        assert page.locator("#welcome").is_visible()
        assert page.evaluate(room) > height / 2
        for address in ("from=devlin2018&to=ouyang2022", "p=devlin2018"):
            follow(page, address)
            assert page.evaluate(room) > 0.7 * height
            picture, panel = (page.locator(part).bounding_box() for part in ("#graph", "#panel"))
            assert picture is not None
            assert panel is not None
            assert panel["x"] >= picture["x"] + picture["width"] > 200  # beside it, and not over it
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("pair", [("schulman2015gae", "ouyang2022"), ("vaswani2017", "devlin2018")])
def test_an_answer_in_the_last_or_first_lane_leaves_no_room_empty_beside_the_lanes(
    show: Show, around_html: str, pair: tuple[str, str]
) -> None:
    with show(around_html, at=f"#from={pair[0]}&to={pair[1]}", width=1280, height=720) as page:
        settle(page)
        blank = page.evaluate(
            """() => {
                const { top, bottom } = lineagePage.visibleArea();
                const zoom = lineagePage.network.getScale();
                const [first, last] = [lineagePage.lanes[0].top, lineagePage.lanes.at(-1).bottom];
                return last - first < bottom - top ? null : [(first - top) * zoom, (bottom - last) * zoom];
            }"""
        )
        assert blank is not None
        assert max(blank) <= 24 + 1  # the strip with the years
        assert page.evaluate(OUT_OF_VIEW, page.evaluate("lineagePage.highlighted()")) == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)])
def test_on_a_phone_a_message_is_read_whole_and_no_button_covers_a_name_of_a_lane_or_a_line_of_the_panel(
    show: Show, lineage: Lineage, width: int, height: int
) -> None:
    html = render_page(lineage, lineage.list_keys, title="The list")
    with show(html, at="#from=nobody1999&to=" + "nobody2000" * 9, width=width, height=height) as page:
        left, right = page.locator("#ask-fault").evaluate(
            "(said) => { said.parentElement.scrollLeft = 0; const { left, right } = said.getBoundingClientRect();"
            " return [left, right - Math.min(0, said.clientWidth - said.scrollWidth)]; }"
        )
        assert 0 <= left < right <= width
        follow(page, "welcome=off")
        covered = page.evaluate(
            """() => {
                const zoom = document.querySelector(".zoom").getBoundingClientRect();
                const area = document.querySelector("#graph").getBoundingClientRect();
                return lineagePage.laneHeads().filter(({ rectangle: [left, top, right, bottom] }) => {
                    const start = lineagePage.network.canvasToDOM({ x: left, y: top });
                    const end = lineagePage.network.canvasToDOM({ x: right, y: bottom });
                    return area.x + end.x > zoom.left && area.x + start.x < zoom.right
                        && area.y + end.y > zoom.top && area.y + start.y < zoom.bottom;
                }).map(({ text }) => text);
            }"""
        )
        assert covered == []
        follow(page, "from=devlin2018&to=ouyang2022")
        first_line = page.locator("#panel .role").first.bounding_box()
        page.locator("#panel").evaluate("(panel) => (panel.scrollTop = 200)")
        bar = page.locator("#panel .bar").bounding_box()  # the lines of the panel pass below it, whole
        panel = page.locator("#panel").bounding_box()
        assert first_line is not None
        assert bar is not None
        assert panel is not None
        assert first_line["y"] >= bar["y"] + bar["height"]
        assert bar["y"] == pytest.approx(panel["y"], abs=1)
        assert bar["width"] >= page.locator("#panel").evaluate("({ clientWidth }) => clientWidth")


def test_the_buttons_for_zooming_lie_on_no_paper_of_the_list_in_the_whole_picture(show: Show, lineage: Lineage) -> None:
    by_venue = by_lanes(lineage, "venue")  # Fast Weights is at the lower left
    with show(render_page(by_venue, lineage.list_keys, title="By venue"), width=1440, height=900) as page:
        assert page.evaluate(OUT_OF_VIEW, lineage.list_keys) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900)])
def test_on_a_first_visit_the_whole_picture_is_in_the_first_screen(
    show: Show, lineage: Lineage, width: int, height: int
) -> None:
    html = render_page(lineage, lineage.list_keys, title=lineage.reading_list.title, subtitle="The list")
    with show(html, at="", width=width, height=height) as page:
        assert page.locator("#welcome").is_visible()
        assert page.evaluate("picture.getBoundingClientRect().bottom") <= height
        page.locator("#present").click()
        settle(page)
        main = page.locator("main").bounding_box()
        assert main is not None
        assert (main["y"], main["height"]) == (0, height)  # nothing is left free for what a presentation hides
        page.keyboard.press("Escape")
        page.locator("#welcome-close").click()
        assert 0.9 * height <= page.evaluate("picture.getBoundingClientRect().bottom") <= height
