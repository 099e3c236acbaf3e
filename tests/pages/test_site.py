"""The pages of one list as one site: tabs carry along what the reader sees, and nothing of it is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage
from graph.pages.site import MOST_NAMED, Site, ViewLink
from graph.pages.views import render_views

from ..helpers.browser import follow, new_page, settle, shared_browser
from ..helpers.hostile import TEXTS
from ..helpers.made_once import made_once, shared_folder
from .test_access import violations

Visit = Callable[..., AbstractContextManager[Page]]
READY = "() => window.lineagePage !== undefined"


@pytest.fixture(scope="module")
def folder(lineage: Lineage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages of the shipped list in one folder."""

    def make(into: Path) -> None:
        for name, html in render_views(lineage).items():
            (into / name).write_text(html, encoding="utf-8")

    return made_once(shared_folder(tmp_path_factory, "site"), make)


@pytest.fixture
def visit(folder: Path) -> Visit:
    """Open a file of the site; nothing but its pages may be requested, and nothing reported."""

    @contextmanager
    def opened(at: str, **settings: Any) -> Iterator[Page]:
        faults: list[str] = []
        with new_page(shared_browser(), **({"width": 1280, "height": 720} | settings)) as page:
            page.on("request", lambda request: faults.append(request.url))
            page.on("console", lambda message: faults.append(message.text))
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.goto(f"{folder.as_uri()}/{at}")
            if not at.startswith("index"):
                page.wait_for_function(READY)
            yield page
        assert [each for each in faults if not each.startswith((folder.as_uri(), "data:,"))] == []

    return opened


def go_to(page: Page, tab: str) -> None:
    """Click a tab, in the menu of themes when it is there."""
    link = page.locator("nav.tabs a", has_text=tab)
    if not link.is_visible():
        page.locator("nav.tabs summary").click()
    with page.expect_navigation():
        link.click()
    if tab != "Overview":
        page.wait_for_function(READY)
        settle(page)


def test_a_tab_carries_question_filters_and_selection_along(visit: Visit) -> None:
    at = "lineage.html#from=devlin2018&to=ouyang2022&via=rae2021&p=rae2021&off=scaling&years=2017..2023&confirmed=1"
    with visit(at) as page:
        before = page.evaluate("JSON.stringify({ ...lineagePage.state, viewport: null, chosenPath: null })")
        assert page.locator("nav.tabs [aria-current=page]").inner_text() == "The list"
        go_to(page, "Neighbourhood")
        assert page.url.split("#")[0].endswith("/neighbourhood.html")
        after = "JSON.stringify({ ...lineagePage.state, viewport: null, chosenPath: null })"
        assert page.evaluate(after) == before
        go_to(page, "The list")
        assert page.evaluate(after) == before


def test_a_tab_carries_the_chosen_path_by_its_papers_because_each_page_numbers_its_own(
    visit: Visit, lineage: Lineage
) -> None:
    """The second path of the list is not the second of the neighbourhood."""
    with visit("lineage.html#from=devlin2018&to=ouyang2022&path=2") as page:
        names = page.locator("#panel .path[aria-expanded=true] bdi").inner_text()
        go_to(page, "Neighbourhood")
        assert page.locator("#panel .path[aria-expanded=true] bdi").inner_text() == names
        position = page.evaluate("lineagePage.state.chosenPath")
    paths = find_paths(lineage, "devlin2018", "ouyang2022").paths
    assert position > 1
    assert [lineage.paper(key).name for key in paths[position].keys[1:-1]] == names[3:].split(" → ")


def test_what_a_page_does_not_have_is_said_and_kept_for_the_page_that_has_it(visit: Visit) -> None:
    at = "neighbourhood.html#from=devlin2018&to=ouyang2022&via=brown2020&p=brown2020&off=scaling&years=2015.."
    with visit(at) as page:
        go_to(page, "Reinforcement learning")
        said = page.locator("#elsewhere").inner_text()
        assert said == (
            "Not on this page: BERT, GPT-3. The question cannot be asked here; its address is kept. "
            "Open it in: Neighbourhood"
        )
        assert page.locator("#ask-fault").is_hidden()
        assert page.locator("#panel").is_hidden()
        page.evaluate("lineagePage.network.moveTo({ scale: 1 })")
        go_to(page, "Overview")
        go_to(page, "The list")
        go_to(page, "Neighbourhood")
        state = page.evaluate("lineagePage.state")
        assert (state["request"]["from"], state["request"]["via"], state["selected"]) == (
            "devlin2018",
            ["brown2020"],
            "brown2020",
        )
        assert state["years"] == [2015, None]
        assert page.locator("#elsewhere").is_hidden()


def test_of_a_name_that_no_page_has_none_is_recommended(visit: Visit) -> None:
    with visit("lineage.html#p=nix") as page:
        assert page.locator("#ask-fault").inner_text() == "No paper of these pages has this name: “nix”."
        assert page.locator("#elsewhere").is_hidden()
        follow(page, "from=brown2020&to=nix&avoid=devlin2018,void")
        assert page.locator("#ask-fault").inner_text() == "No paper of these pages has this name: “nix”, “void”."
        assert page.locator("#elsewhere").inner_text().startswith("Not on this page: GPT-3. The question")


def test_a_question_of_ones_own_replaces_the_one_that_was_kept(visit: Visit) -> None:
    with visit("theme-rlhf.html#from=devlin2018&to=ouyang2022&p=brown2020") as page:
        page.evaluate("lineagePage.select('ouyang2022')")
        assert page.locator("#elsewhere").inner_text().startswith("Not on this page: BERT. The question")
        page.locator("#from").fill("PPO")
        page.locator("#to").fill("InstructGPT")
        page.keyboard.press("Enter")
        page.locator("#ask-go").click()
        assert page.locator("#elsewhere").is_hidden()
        go_to(page, "Neighbourhood")
        assert page.evaluate("lineagePage.state.request.from") == "schulman2017"


def test_a_paper_to_leave_out_that_is_not_here_is_no_obstacle_and_stays_in_the_address(
    visit: Visit, lineage: Lineage
) -> None:
    options = PathOptions(list_only=True, avoid=("rae2021",))
    total = find_paths(lineage, "devlin2018", "ouyang2022", options).total
    with visit("lineage.html#from=devlin2018&to=ouyang2022&avoid=rae2021,brown2020") as page:
        assert page.locator("#elsewhere").is_hidden()
        assert page.evaluate("String(lineagePage.answerTo(lineagePage.state.request).total)") == str(total)
        go_to(page, "Neighbourhood")
        assert page.evaluate("lineagePage.state.request.avoid") == ["rae2021", "brown2020"]


def test_under_the_answer_of_a_list_a_link_leads_to_the_same_question_of_the_neighbourhood(
    visit: Visit, lineage: Lineage
) -> None:
    total = find_paths(lineage, "devlin2018", "ouyang2022").total
    with visit("lineage.html#from=devlin2018&to=ouyang2022") as page:
        line = page.locator("#panel .outside")
        assert f"The corpus has {total - 3} more" in line.inner_text()
        with page.expect_navigation():
            line.get_by_role("link").click()
        page.wait_for_function(READY)
        assert f"{total} paths, 3 of them within the list" in page.locator("#panel .answer").inner_text()
        assert page.locator("#panel .outside").count() == 0


def test_the_front_asks_a_question_and_lets_the_address_through(visit: Visit) -> None:
    with visit("index.html#off=scaling&years=2015..") as page:
        page.locator("#from").select_option("devlin2018")
        page.locator("#to").select_option("ouyang2022")
        assert (page.locator("#go").get_attribute("href") or "").endswith("#from=devlin2018&to=ouyang2022")
        go_to(page, "The list")
        assert page.evaluate("[...lineagePage.state.hiddenThemes]") == ["scaling"]
    marks = "star=rae2021&read=devlin2018&own=vaswani2017&leave=read,own&hide=hu2021"
    with visit(f"index.html#off=scaling&{marks}") as page:
        assert sorted((page.locator("#go").get_attribute("href") or "").split("#")[1].split("&")[2:]) == sorted(
            marks.split("&")  # what a reader marked is no part of a question, and goes along
        )
    with visit("index.html") as page:
        with page.expect_navigation():
            page.locator("#go").click()
        page.wait_for_function(READY)
        assert "paths" in page.locator("#panel .answer").inner_text()


@pytest.mark.parametrize(
    ("at", "width", "scheme"),
    [
        ("index.html", 360, "dark"),
        pytest.param("index.html", 640, "light", marks=pytest.mark.long),  # as at 200 %
        ("theme-rlhf.html#from=devlin2018&to=ouyang2022&p=brown2020", 360, "light"),
    ],
)
def test_axe_finds_nothing_on_front_and_tabs(visit: Visit, at: str, width: int, scheme: str) -> None:
    with visit(at, width=width, height=740, color_scheme=scheme, bypass_csp=True) as page:
        page.locator("nav.tabs summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_address_of_hostile_names_is_text_on_every_page(visit: Visit) -> None:
    names = "&".join(
        f"{name}={text[:120]}" for name, text in zip(("from", "p", "kin", "off", "x"), TEXTS, strict=False)
    )
    with visit("lineage.html") as page:
        follow(page, page.evaluate("(names) => new URLSearchParams(names).toString()", names))
        for tab in ("Overview", "Neighbourhood", "The list"):
            go_to(page, tab)
            assert page.evaluate("window.hacked") is None
            assert page.locator("img").count() == 0


def test_a_page_knows_the_names_that_matter_most_of_those_it_does_not_have(lineage: Lineage) -> None:
    keys = list(lineage.corpus.papers)
    site = Site.of(lineage, [ViewLink("a.html", "A", "", 1, 1)], 0, "a.html", keys)
    names = site.facts("b.html", ["devlin2018"])["names"]
    assert len(names) == MOST_NAMED < len(keys)
    assert not site.facts("b.html", ["devlin2018"])["namesAll"]
    assert set(lineage.list_keys) - {"devlin2018"} <= set(names)


def test_a_page_on_its_own_has_no_tabs(show: Any, around_html: str) -> None:
    with show(around_html) as page:
        assert page.locator("nav.tabs").count() == 0


def test_a_list_of_names_that_make_no_example_is_asked_too_and_its_names_stay_text(hostile: Lineage) -> None:
    html = render_views(hostile)["index.html"]
    assert re.findall(r'<option value="([^"]+)" selected>', html) == [hostile.list_keys[0], hostile.list_keys[-1]]
    assert html.count("<script") == 1
    assert "<img" not in html
