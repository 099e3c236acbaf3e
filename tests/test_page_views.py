"""The views: one page each for the list, its neighbourhood, the themes and a path, and an index of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.lineage import Lineage
from graph.paths import Wish, find_paths
from graph.views import facts
from graph.views.index import Entry, render_index
from graph.views.page import render_page
from graph.views.pages import path_page, views, views_of

from .browser import opened, shared_browser
from .hostile import TEXTS
from .test_layout import month_by_month, synthetic

Show = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def show(tmp_path: Path) -> Show:
    return lambda html, **context: opened(shared_browser(), html, tmp_path, **context)


def test_there_is_a_view_for_the_list_its_neighbourhood_and_each_theme(lineage: Lineage) -> None:
    pages = views_of(lineage)
    themes = [f"theme-{theme.id}.html" for theme in lineage.reading_list.themes]
    assert list(pages) == ["lineage.html", "neighbourhood.html", *themes, "index.html"]
    assert views_of(lineage) == pages


def test_a_themes_view_has_its_papers_and_those_of_the_list_that_they_touch(lineage: Lineage) -> None:
    rlhf = next(view for view in views(lineage) if view.name == "theme-rlhf")
    own = {key for key in lineage.list_keys if "rlhf" in lineage.graph.nodes[key]["themes"]}
    assert own <= set(rlhf.keys)
    assert "vaswani2017" in rlhf.keys
    for key in set(rlhf.keys) & set(lineage.list_keys) - own:
        assert any(lineage.graph.has_edge(key, one) or lineage.graph.has_edge(one, key) for one in own)


def test_the_index_links_every_page_and_nothing_else(lineage: Lineage, tmp_path: Path) -> None:
    pages = views_of(lineage)
    for name, html in pages.items():
        (tmp_path / name).write_text(html, encoding="utf-8")
    session = shared_browser().new_context()
    page = session.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    assert page.locator("a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))") == list(pages)[:-1]
    page.get_by_role("link", name="Reinforcement learning").click()
    page.wait_for_function("() => window.lineagePage !== undefined")
    assert all(url.startswith(("file:", "data:")) for url in requests)
    session.close()


def test_hostile_titles_stay_text_on_the_index() -> None:
    html = render_index(TEXTS[0], [Entry("a.html", text, text, 1, 1) for text in TEXTS])
    assert "<script" not in html
    assert "<img" not in html
    assert re.search(r"<b |<a (?!href=\"a\.html\")", html) is None


def test_themes_with_hostile_or_equal_names_get_files_of_their_own(hostile: Lineage) -> None:
    for name in views_of(hostile):
        assert re.fullmatch(r"[a-z0-9-]+\.html", name)


WISHES = {
    "plain": (Wish(), "687 paths"),
    "via": (Wish(via=("brown2020",)), "paths"),
    "list only": (Wish(list_only=True), "3 paths within the list"),
    "few hops": (Wish(max_hops=2), "paths"),
}


@pytest.mark.parametrize("case", WISHES)
def test_a_paths_page_opens_with_the_answer(show: Show, lineage: Lineage, case: str) -> None:
    wish, told = WISHES[case]
    answer = find_paths(lineage, "devlin2018", "ouyang2022", wish)
    with show(path_page(lineage, answer)) as page:
        assert page.locator("h1").inner_text() == "How did we get from BERT to InstructGPT?"
        assert told in page.locator("#panel .answer").inner_text()
        assert sorted(page.evaluate("lineagePage.lit()")) == sorted({*answer.paths[0].keys, *wish.via})
        if case != "few hops":
            assert f"{answer.total} paths" in page.locator("#panel .answer").inner_text()


def test_a_paths_page_says_when_there_is_none(show: Show, lineage: Lineage) -> None:
    with show(path_page(lineage, find_paths(lineage, "ouyang2022", "devlin2018"))) as page:
        assert "No path from InstructGPT to BERT" in page.locator("#panel .answer").inner_text()


def test_of_too_many_papers_the_most_central_are_drawn_and_search_finds_the_others(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "MOST", 40)
    made = synthetic(month_by_month(100), listed=10)
    keys: list[Any] = list(made.corpus.papers)
    with show(render_page(made, keys, title="Many")) as page:
        drawn = page.evaluate("lineagePage.shown()")
        assert len(drawn) == 40
        assert set(made.list_keys) <= set(drawn)
        assert "the most central of 100" in page.locator("#count").inner_text()
        assert "The picture shows the 40 most central of 100 papers" in page.locator("footer").inner_text()
        missing = next(key for key in keys if key not in drawn)
        page.locator("#search").fill(f"number {missing[1:]} of many")
        assert "not in the picture" in page.locator("#search-hits li").first.inner_text()
        page.keyboard.press("Enter")
        assert str(made.paper(missing).title) in page.locator("#panel").inner_text()
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
