"""An answer opens on its shortest path, lit alone, among lines that say how many of the paths run where."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from graph.analysis.flow import flow
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.exports.formats.svg_paths import paths_figure
from graph.exports.selection import select_paths
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, saved
from ..helpers.made_lineages import lineage_of
from ..helpers.renderers import difference, opened_by_cairosvg, opened_by_librsvg

BERT, INSTRUCT = "devlin2018", "ouyang2022"
PATHS = f"#from={BERT}&to={INSTRUCT}"
SVG = "{http://www.w3.org/2000/svg}"


def lit(page: Page) -> list[str]:
    keys: list[str] = sorted(page.evaluate("lineagePage.highlighted()"))
    return keys


def ask(page: Page, text: str) -> None:
    page.locator("#from").fill(text)
    page.keyboard.press("Enter")


def test_an_answer_opens_on_its_shortest_path_lit_alone_with_the_reason_of_every_hop(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    first = find_paths(lineage, BERT, INSTRUCT).paths[0]
    with show(around_html) as page:
        ask(page, "BERT → InstructGPT")
        assert lit(page) == sorted(first.keys)
        assert page.locator("#panel .path").first.get_attribute("aria-expanded") == "true"
        reasons = page.locator("#panel .hops .reason").all_inner_texts()
        for hop, shown in zip(first.hops, reasons, strict=True):
            reason = lineage.reason(hop.cited, hop.citing)
            assert reason is not None
            assert shown.startswith(reason.uses)
        page.locator("#light-all").click()
        assert len(lit(page)) > len(first.keys)
        assert "path=all" in page.evaluate("location.hash")
    with show(around_html, at=PATHS) as page:
        assert lit(page) == sorted(first.keys)
    with show(around_html, at=f"{PATHS}&path=all") as page:
        assert len(lit(page)) > len(first.keys)


DRAWING = """() => {
    let now = performance.now();
    performance.now = () => now;
    document.querySelectorAll("#panel .path")[1].click();
    return [0, 200, 200, 200].map((passed) => {
        now += passed;
        return lineagePage.drawnPart();
    });
}"""


def test_a_path_draws_itself_from_old_to_new_unless_motion_is_reduced(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS) as page:
        assert page.evaluate(DRAWING) == [1, 1, 1, 1]
    with show(around_html, at=PATHS) as page:
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate(DRAWING) == pytest.approx([0, 1 / 3, 2 / 3, 1], abs=1e-6)


def test_the_line_of_a_citation_is_as_wide_as_the_share_of_the_paths_that_run_there(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    found = flow(lineage, BERT, INSTRUCT)
    with show(around_html, at=PATHS) as page:
        lines = page.evaluate("lineagePage.lines()")
    shares = {tuple(line["arc"].split(":")): line["share"] for line in lines}
    assert shares == pytest.approx({arc: count / found.paths for arc, count in found.arcs.items()}, abs=1e-6)
    widths = [line["width"] for line in lines]
    assert widths == sorted(widths)
    assert widths[-1] - widths[0] == pytest.approx(7 * (lines[-1]["share"] - lines[0]["share"]))


def test_what_most_paths_run_through_is_ranked_as_the_flow_ranks_it(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    found = flow(lineage, BERT, INSTRUCT)
    ranked = found.most_travelled(5)
    with show(around_html, at=PATHS) as page:
        rows = page.locator(".travelled li").all_inner_texts()
        assert [row.split()[-2] for row in rows] == [str(round(100 * count / found.paths)) for _, count in ranked]
        names = page.locator(".travelled .link").evaluate_all("(all) => all.map((each) => each.dataset.key)")
        assert names == [key for key, _ in ranked]
        assert (
            f"Counted on the {found.paths} paths whose citations all run forward" in page.locator("#panel").inner_text()
        )


def test_what_a_question_names_is_not_ranked_and_one_path_has_no_ranking(show: Show, around_html: str) -> None:
    with show(around_html, at=f"{PATHS}&via=brown2020") as page:
        assert "GPT-3" not in page.locator(".travelled").inner_text().split("\n")
        follow(page, f"{PATHS}&hops=2&avoid=radford2019,brown2020,wei2021flan")
        assert "1 path" in page.locator("#panel .answer").inner_text()
        assert page.locator(".travelled").count() == 0


def test_a_row_of_the_list_lights_its_path_while_the_mouse_or_the_focus_is_there(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    paths = find_paths(lineage, BERT, INSTRUCT).paths
    with show(around_html, at=PATHS) as page:
        rows = page.locator("#panel .path")
        address = page.evaluate("location.hash")
        rows.nth(2).hover()
        assert lit(page) == sorted(paths[2].keys)
        page.mouse.move(5, 5)
        assert lit(page) == sorted(paths[0].keys)
        rows.nth(1).focus()
        assert lit(page) == sorted(paths[1].keys)
        page.keyboard.press("Tab")
        assert lit(page) == sorted(paths[2].keys)
        page.locator("#from").focus()
        assert lit(page) == sorted(paths[0].keys)
        assert page.evaluate("location.hash") == address


def test_orders_and_limits_are_set_in_the_panel_and_kept_by_the_address(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    options = PathOptions(rank="diverse", years=(2019, None), max_hops=4, theme="scaling")
    with show(around_html, at=PATHS) as page:
        page.locator("#rank").select_option("diverse")
        page.locator("#conditions > summary").click()
        page.locator("#path-theme").select_option("scaling")
        for field, text in {"#first-between": "2019", "#max-hops": "4"}.items():
            page.locator(field).fill(text)
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == field[1:]
        found = find_paths(lineage, BERT, INSTRUCT, options)
        assert page.locator("#panel .answer").inner_text() == (
            f"No direct citation; {found.total} paths, {found.total_in_list} of them within the list (at most 4 hops, "
            "only Improving scaling and efficiency between, only papers of 2019 to now between)."
        )
        assert page.locator("#strip").get_attribute("aria-label") == " → ".join(
            lineage.paper(key).name for key in found.paths[0].keys
        )
        address, text = page.evaluate("location.hash"), page.locator("#panel").inner_text()
    assert address == f"{PATHS}&theme=scaling&between=2019..&hops=4&rank=diverse&path=1"
    with show(around_html, at=address) as page:
        assert page.locator("#panel").inner_text() == text


def test_a_limit_that_cannot_be_is_refused_where_it_was_typed(show: Show, around_html: str) -> None:
    wrong = [
        ("#max-hops", "0", "at least 1"),
        ("#max-hops", "two", "at least 1"),
        ("#first-between", "20x8", "one to four digits"),
        ("#last-between", "1999", "after the last"),
    ]
    with show(around_html) as page:
        for field, typed, problem in wrong:
            follow(page, f"{PATHS}&between=2018..&rank=main")
            before = page.locator("#panel .answer").inner_text()
            page.locator(field).fill(typed)
            page.keyboard.press("Enter")
            assert problem in page.locator(field).evaluate("(field) => field.validationMessage")
            assert page.locator("#panel .answer").inner_text() == before
            assert page.locator(field).input_value() == typed
            follow(page, "welcome=off")


def test_an_address_with_a_limit_that_cannot_be_shows_all_paths(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        for limit in ("theme=nothing", "between=20..1x", "hops=0", "hops=-1", "rank=best", "rank=toString"):
            follow(page, f"{PATHS}&hops=2")
            assert "760 paths" not in page.locator("#panel .answer").inner_text()
            follow(page, f"{PATHS}&{limit}")
            assert "760 paths" in page.locator("#panel .answer").inner_text(), limit


def words_of(svg: str | bytes) -> list[str]:
    """The words of a figure, without its last lines, which say where it is from."""
    texts = [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]
    words = " ".join(texts).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()
    return words[: words.index("Filled:")]


@pytest.mark.parametrize(("at", "top"), [("", 1), ("&path=all", 10)])
def test_the_figure_says_what_the_figure_of_the_command_says(
    show: Show, around_html: str, lineage: Lineage, at: str, top: int
) -> None:
    with show(around_html, at=PATHS + at, expected="request: blob:") as page:
        name, svg = saved(page, "save-figure-svg")
    assert name == f"{BERT}-to-{INSTRUCT}{'-path-1' if top == 1 else '-paths'}.svg"
    command = paths_figure(select_paths(lineage, find_paths(lineage, BERT, INSTRUCT, PathOptions(top=top))))
    assert sorted(words_of(svg)) == sorted(words_of(command))
    whole = " ".join(text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text"))
    assert re.search(r"Saved from Around the list by citation-lineage on \d{4}-\d\d-\d\d\.", whole)
    assert "Citations are asserted by 42 printed bibliographies" in whole


def test_a_figure_is_for_paper_in_the_dark_too(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS, color_scheme="dark", expected="request: blob:") as page:
        (_, svg), (_, png) = saved(page, "save-figure-svg"), saved(page, "save-figure-png")
        _, after = saved(page, "save-figure-svg")
    assert svg == after
    assert Image.open(BytesIO(png)).convert("RGB").getpixel((3, 3)) == (255, 255, 255)
    assert opened_by_librsvg(svg).getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize("at", [pytest.param(PATHS, marks=pytest.mark.long), f"{PATHS}&path=all"])
def test_other_programs_show_the_figure_as_the_browser_does(show: Show, around_html: str, at: str) -> None:
    with show(around_html, at=at, expected="request: blob:") as page:
        (_, svg), (_, png) = saved(page, "save-figure-svg"), saved(page, "save-figure-png")
    browser = Image.open(BytesIO(png)).convert("RGB")
    for opened in (opened_by_librsvg, opened_by_cairosvg):
        picture = opened(svg)
        assert (picture.width, picture.height) == (browser.width // 2, browser.height // 2)
        assert difference(picture, browser.resize(picture.size, Image.Resampling.BOX)) < 7  # small and full of text


def test_names_of_any_kind_stay_within_the_figure(show: Show) -> None:
    chain = lineage_of([("b", "a"), ("c", "b")], {"a": "t", "c": "t"}, {"a": "1999", "b": "2001", "c": "2009"})
    html = render_page(chain, ["a", "b", "c"], title="A list called " + "very " * 60 + "long")
    with show(html, at="#from=a&to=c", expected="request: blob:") as page:
        _, svg = saved(page, "save-figure-svg")
    root = ET.fromstring(svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert width < 1000
    for text in root.iter(f"{SVG}text"):
        assert float(text.attrib["x"]) + 0.45 * float(text.attrib["font-size"]) * len(text.text or "") < width
        assert float(text.attrib["y"]) < height
