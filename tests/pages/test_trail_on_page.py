"""What to read between any two papers: the page chooses as `lineage read` does."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.analysis.reading_order import ReadingOrder, reading_order
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show
from .test_framing import ask
from .test_ranks_on_page import knotted

TRAILS = """(pairs) => pairs.map((pair) => {
    const trail = lineagePage.readingTrail(...pair);
    return trail && [trail.steps.map(({ key, buildsOn }) => [key, buildsOn]), trail.covered, trail.total];
})"""


def told(lineage: Lineage, order: ReadingOrder | None) -> Any:
    if order is None:
        return None
    steps = [[step.key, [lineage.paper(key).label for key in step.builds_on]] for step in order.steps]
    return [steps, str(order.covered), str(order.total)]


def differing(page: Page, lineage: Lineage, pairs: list[tuple[str, str]]) -> list[Any]:
    trails = page.evaluate(TRAILS, pairs)
    right = [told(lineage, reading_order(lineage, *pair)) for pair in pairs]
    return [each for each in zip(pairs, trails, right, strict=True) if each[1] != each[2]]


def test_between_any_two_papers_of_the_list_the_trail_is_that_of_the_command(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html) as page:
        assert differing(page, lineage, list(permutations(lineage.list_keys, 2))) == []


@pytest.mark.parametrize("seed", range(2))
def test_in_circles_the_trail_is_that_of_the_command(show: Show, seed: int) -> None:
    lineage = knotted(seed)
    keys = list(lineage.corpus.papers)
    with show(render_page(lineage, keys, title="Knot")) as page:
        assert differing(page, lineage, list(permutations(keys, 2))) == []


def test_under_an_answer_a_reader_opens_what_to_read(show: Show, around_html: str, lineage: Lineage) -> None:
    order = reading_order(lineage, "devlin2018", "ouyang2022")
    assert order is not None
    with show(around_html) as page:
        ask(page, "BERT → InstructGPT")
        page.locator("#panel .trail summary").click()
        page.locator("#panel .trail li").first.wait_for()
        keys = page.locator("#panel .trail li [data-key]").evaluate_all("(all) => all.map((one) => one.dataset.key)")
        assert keys == [step.key for step in order.steps]
        assert f"{order.covered} of {order.total} paths run through" in page.locator("#panel .trail").inner_text()
