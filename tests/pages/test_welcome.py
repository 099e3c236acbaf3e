"""Arrival: one bar that asks and finds, what the page is in a line, examples out of the data, and one lit path."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage
from graph.pages.example_question import example_questions
from graph.pages.page import render_page
from graph.pages.views import render_views

from ..helpers.browser import Show, place_of, settle
from ..helpers.hostile import TEXTS
from ..helpers.made_lineages import lineage_of


@pytest.fixture(scope="module")
def list_html(lineage: Lineage) -> str:
    return render_page(lineage, lineage.list_keys, title="The list")


@pytest.fixture(scope="module")
def site(lineage: Lineage) -> dict[str, str]:
    return render_views(lineage)


def ends_of(page: Page) -> list[str | None]:
    ends: list[str | None] = page.evaluate(
        "(({ request }) => [request?.from ?? null, request?.to ?? null])(lineagePage.state)"
    )
    return ends


def test_a_first_visit_says_what_this_is_lights_one_path_and_asks_three_questions(
    show: Show, list_html: str, lineage: Lineage
) -> None:
    examples = example_questions(lineage, lineage.list_keys)
    with show(list_html, at="") as page:
        first = find_paths(lineage, *examples[0]).paths[0]
        listed = list(page.evaluate("lineagePage.highlighted()"))
        assert (listed[0], listed[-1]) == (first.keys[0], first.keys[-1])
        assert "cites it" in page.locator("#welcome p").first.inner_text()
        assert page.locator("#panel").is_hidden()
        buttons = page.locator("#welcome .example")
        assert buttons.all_inner_texts() == [" → ".join(lineage.paper(key).name for key in pair) for pair in examples]
        buttons.nth(1).click()
        assert ends_of(page) == list(examples[1])
        assert page.locator("#panel .path").first.is_visible()
        assert page.locator("#welcome").is_hidden()
        page.go_back()
        page.locator("#welcome").wait_for()
        assert page.evaluate("lineagePage.highlighted()") == listed


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 640)])
def test_on_a_phone_the_question_what_this_is_and_the_lit_path_are_in_the_first_screen(
    show: Show, site: dict[str, str], width: int, height: int
) -> None:
    for file in ("lineage.html", "neighbourhood.html"):
        with show(site[file], at="", width=width, height=height, has_touch=True) as page:
            lit = page.evaluate("lineagePage.highlighted()")
            places = [place_of(page, key) for key in lit]
            assert len(places) > 2
            top = page.locator("#graph").bounding_box()["y"]  # type: ignore[index] # it is shown
            assert all(0 < x < width and top < y < height for x, y in places)
            for part in ("h1", "#from", "#to", "#ask-go", "#welcome p >> nth=0", "#welcome-close", ".example >> nth=0"):
                box = page.locator(part).bounding_box()
                assert box is not None
                assert 0 <= box["x"] < width
                assert box["y"] + box["height"] <= top


@pytest.mark.parametrize("put_away", ["key", "button"])
def test_one_key_or_click_puts_the_welcome_away_and_the_address_remembers_it(
    show: Show, list_html: str, put_away: str
) -> None:
    with show(list_html, at="") as page:
        if put_away == "key":
            page.keyboard.press("Escape")
        else:
            page.locator("#welcome-close").click()
        assert page.locator("#welcome").is_hidden()
        assert page.evaluate("lineagePage.highlighted()") is None
        assert page.evaluate("document.activeElement.id") == "from"
        assert page.evaluate("location.hash") == "#welcome=off"
        page.evaluate("lineagePage.select('devlin2018')")
        page.evaluate("lineagePage.close()")
        settle(page)
        assert page.evaluate("location.hash") != ""
        page.reload()
        page.wait_for_function("() => window.lineagePage !== undefined")
        assert page.locator("#welcome").is_hidden()


def test_a_page_that_was_made_for_one_answer_needs_no_welcome(show: Show, lineage: Lineage) -> None:
    html = render_page(lineage, lineage.list_keys, title="A path", preset="from=devlin2018&to=ouyang2022")
    with show(html, at="") as page:
        assert page.locator("#welcome").is_hidden()
        assert ends_of(page) == ["devlin2018", "ouyang2022"]


def test_the_bar_finds_papers_and_asks_and_can_be_cleared(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        assert page.locator("#ask-clear").is_hidden()
        page.keyboard.press("/")
        page.keyboard.type("bert")
        page.keyboard.press("Enter")
        assert page.evaluate("lineagePage.state.selected") == "devlin2018"
        assert page.evaluate("document.activeElement.id") == "to"
        page.keyboard.type("gopher")
        page.keyboard.press("Enter")
        assert ends_of(page) == ["devlin2018", "rae2021"]
        page.locator("#ask-clear").click()
        assert ends_of(page) == [None, None]
        assert [page.locator(field).input_value() for field in ("#from", "#to")] == ["", ""]
        assert page.locator("#panel").is_hidden()
        page.keyboard.type("gopher")
        page.keyboard.press("Enter")
        assert page.evaluate("lineagePage.state.selected") == "rae2021"


def test_a_paper_that_the_page_waits_for_is_found_in_the_bar_and_the_question_stands_there_again(
    show: Show, around_html: str
) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&via=rae2021") as page:
        page.get_by_role("button", name="Without…").click()
        page.locator("#from").fill("GPT-3")
        page.keyboard.press("Enter")
        assert page.evaluate("lineagePage.state.request.avoid") == ["brown2020"]
        assert page.locator("#from").input_value() == "6 BERT"


@pytest.mark.parametrize("by", ["list", "button"])
def test_two_names_without_an_arrow_offer_their_paths(show: Show, list_html: str, by: str) -> None:
    named = {
        "BERT InstructGPT": ["devlin2018", "ouyang2022"],
        "Bahdanau attention Gopher": ["bahdanau2014", "rae2021"],
        "InstructGPT BERT": ["devlin2018", "ouyang2022"],
        "transformer constitutional ai": ["vaswani2017", "bai2022constitutional"],
        "  bert   17 ": ["devlin2018", "ouyang2022"],
    }
    with show(list_html) as page:
        for typed, ends in named.items():
            page.locator("#from").fill(typed)
            assert page.locator("#from-hits li").first.inner_text().startswith("Paths: "), typed
            if by == "list":
                page.keyboard.press("Enter")
            else:
                page.locator("#ask-go").click()
            assert ends_of(page) == ends
            page.locator("#ask-clear").click()


def test_what_names_no_two_papers_offers_none(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        for typed in ("BERT qqqq", "qqqq", "a b c d e f g h i j k l m n", "BERT BERT"):
            page.locator("#from").fill(typed)
            assert "Paths: " not in page.locator("#from-hits").inner_text(), typed


@pytest.mark.parametrize("width", [1280, 1024])
def test_the_examples_in_the_bar_are_not_cut(show: Show, around_html: str, width: int) -> None:
    with show(around_html, width=width, height=720) as page:
        for field in ("#from", "#to"):
            page.locator(field).evaluate("(input) => (input.value = input.placeholder)")
            widths = page.locator(field).evaluate("(input) => [input.scrollWidth, input.clientWidth]")
            assert widths[0] <= widths[1]


def test_hostile_names_in_the_welcome_are_text(show: Show) -> None:
    chain = lineage_of([("b", "a"), ("c", "b")], {"a": "t"}, {"a": "1999", "b": "2001", "c": "2009"})
    with show(render_page(chain, ["a", "b", "c"], title=TEXTS[0]), at="") as page:
        assert page.locator("#welcome .example").count() == 1
        assert page.evaluate("window.hacked") is None
