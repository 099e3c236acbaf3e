"""What a page tells without being asked: as the analysis computes it, lit in the picture, kept in the address."""

from __future__ import annotations

import pytest

from graph.analysis.main_path import Scope, main_path
from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.reading_order import ReadingOrder, reading_order
from graph.analysis.suggestions import suggestions
from graph.model.lineage import Lineage
from graph.pages.page import render_page
from graph.pages.story import story_facts

from ..helpers.browser import Show, follow, walk_history
from ..helpers.hostile import TEXTS, hostile_lineage
from ..helpers.made_lineages import lineage_of


def test_the_main_path_is_that_of_the_list_or_of_its_neighbourhood(lineage: Lineage) -> None:
    for keys, within in ((lineage.list_keys, "list"), (neighbourhood(lineage), "neighbourhood")):
        found = main_path(lineage, Scope(within), robustness=False).found  # type: ignore[arg-type] # one of the two
        told = story_facts(lineage, keys)["main"]
        assert (told["within"], tuple(told["papers"]), tuple(told["arcs"])) == (within, found.papers, found.arcs)
        assert told["lacks"] == 0


def test_the_pages_of_a_corpus_tell_no_story_above_a_number_of_papers(
    lineage: Lineage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most, is_told in ((len(lineage.corpus.papers), True), (len(lineage.corpus.papers) - 1, False)):
        monkeypatch.setattr("graph.pages.story.MOST_PAPERS", most)
        assert bool(story_facts(lineage, lineage.list_keys)) == is_told


def test_a_page_with_a_part_of_the_main_path_says_how_many_papers_it_lacks(lineage: Lineage) -> None:
    keys = ["vaswani2017", "radford2018", "devlin2018", "brown2020"]
    found = main_path(lineage, Scope("neighbourhood"), robustness=False).found
    told = story_facts(lineage, keys)["main"]
    assert told["papers"] == [key for key in found.papers if key in keys]
    assert told["lacks"] == len(found.papers) - 4


def test_the_trail_and_the_suggestions_are_those_of_the_commands(lineage: Lineage) -> None:
    told = story_facts(lineage, lineage.list_keys, ("devlin2018", "ouyang2022"))
    order = reading_order(lineage, "devlin2018", "ouyang2022")
    assert isinstance(order, ReadingOrder)
    assert [step["name"] for step in told["trail"]["steps"]] == [lineage.paper(each.key).label for each in order.steps]
    assert (told["trail"]["covered"], told["trail"]["total"]) == (str(order.covered), str(order.total))
    assert [each["key"] for each in told["suggested"]] == [
        each.key for each in suggestions(lineage, top=8).frequently_cited
    ]


def test_a_step_of_the_trail_can_be_opened_where_its_paper_is_on_the_page(lineage: Lineage) -> None:
    order = reading_order(lineage, "devlin2018", "ouyang2022")
    assert isinstance(order, ReadingOrder)
    on_page = [each.key for each in order.steps][::2]
    told = story_facts(lineage, on_page, ("devlin2018", "ouyang2022"))["trail"]["steps"]
    assert [step["key"] for step in told] == [each.key if n % 2 == 0 else None for n, each in enumerate(order.steps)]
    assert [step["year"] for step in told] == [lineage.paper(each.key).year for each in order.steps]
    assert [len(step["buildsOn"]) for step in told] == [len(each.builds_on) for each in order.steps]


def test_nothing_is_told_where_there_is_nothing_to_tell() -> None:
    lone = lineage_of([], {"a": "t", "b": "t", "c": "t"})
    assert story_facts(lone, ["a", "b", "c"]) == {}
    assert story_facts(lone, []) == {}


def test_the_story_lights_the_main_path_and_a_link_opens_it(show: Show, around_html: str, lineage: Lineage) -> None:
    found = main_path(lineage, Scope("neighbourhood"), robustness=False).found
    with show(around_html) as page:
        page.locator("#story").click()
        assert set(page.evaluate("lineagePage.highlighted()")) == set(found.papers)
        steps = page.locator("#panel .hops li [data-key]").evaluate_all("all => all.map(one => one.dataset.key)")
        assert tuple(steps) == found.papers
        address = page.evaluate("location.hash")
        page.get_by_role("button", name="What the list lacks").click()
        assert page.locator("#panel li").first.inner_text().startswith("Adam (2014)")
        walk_history(page, -1)
        assert page.locator("#panel h2").inner_text() == "Main path"
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
        assert page.evaluate("lineagePage.highlighted()") is None
    with show(around_html, at=address) as page:
        assert set(page.evaluate("lineagePage.highlighted()")) == set(found.papers)


def test_an_address_that_names_no_story_opens_none(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        for at, opened in {"story=nothing": None, "story=main&story=trail": "main", "story=__proto__": None}.items():
            follow(page, at)
            assert page.evaluate("lineagePage.state.story") == opened, at


def test_hostile_texts_in_a_story_are_texts(show: Show) -> None:
    hostile = hostile_lineage()
    with show(render_page(hostile, list(hostile.corpus.papers), title=TEXTS[0])) as page:
        if page.locator("#story").is_visible():
            page.locator("#story").click()
            for name in page.locator("#panel .segments button").all():
                name.click()
        assert page.evaluate("window.hacked") is None
