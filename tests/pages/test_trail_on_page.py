"""What to read between any two papers: the page chooses as `lineage read` does."""

from __future__ import annotations

from collections.abc import Collection
from itertools import permutations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.reading_order import ReadingOrder, reading_order
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow
from .test_framing import ask
from .test_ranks_on_page import knotted

TRAILS = """([pairs, known]) => pairs.map((pair) => {
    const trail = lineagePage.readingTrail(...pair, new Set(known));
    const steps = trail?.steps.map(({ key, buildsOn }) => [key, buildsOn]);
    return trail && [steps, trail.covered, trail.total, [...trail.known].sort(), trail.knownPaths];
})"""


def told(lineage: Lineage, order: ReadingOrder | None) -> Any:
    if order is None:
        return None
    steps = [[step.key, [lineage.paper(key).label for key in step.builds_on]] for step in order.steps]
    return [steps, str(order.covered), str(order.total), sorted(order.known), str(order.known_paths)]


def differing(page: Page, lineage: Lineage, pairs: list[tuple[str, str]], known: Collection[str] = ()) -> list[Any]:
    trails = page.evaluate(TRAILS, [pairs, [*known]])
    right = [told(lineage, reading_order(lineage, *pair, known=known)) for pair in pairs]
    return [each for each in zip(pairs, trails, right, strict=True) if each[1] != each[2]]


def test_between_any_two_papers_of_the_list_the_trail_is_that_of_the_command(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html) as page:
        pairs = list(permutations(lineage.list_keys, 2))
        assert differing(page, lineage, pairs) == []
        most_used = {"brown2020", "radford2019", "devlin2018", "vaswani2017"}  # ends of some of the pairs, too
        assert differing(page, lineage, pairs[::3], most_used) == []


@pytest.mark.parametrize("seed", range(2))
def test_in_circles_the_trail_is_that_of_the_command(show: Show, seed: int) -> None:
    lineage = knotted(seed)
    keys = list(lineage.corpus.papers)
    with show(render_page(lineage, keys, title="Knot")) as page:
        for known in ((), keys[::3], keys):
            assert differing(page, lineage, list(permutations(keys, 2)), known) == []


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


def test_a_trail_leaves_out_what_the_reader_marked_and_says_so(show: Show, around_html: str, lineage: Lineage) -> None:
    pair = ("devlin2018", "ouyang2022")
    free, marked = (reading_order(lineage, *pair, known=known) for known in ((), ("brown2020", "raffel2019")))
    assert free is not None
    assert marked is not None
    between = f"from={pair[0]}&to={pair[1]}&read=brown2020&own=raffel2019"
    with show(around_html) as page:
        trail = page.locator("#panel .trail")
        follow(page, between)
        trail.locator("summary").click()
        expect(trail.locator("code")).to_have_text("lineage read devlin2018 ouyang2022")
        follow(page, f"{between}&leave=read,own")
        sentence = f"You leave out {len(marked.known)} papers between them by your marks, and {marked.known_paths} of"
        expect(trail).to_contain_text(sentence)
        steps = trail.locator("li [data-key]").evaluate_all("(all) => all.map((one) => one.dataset.key)")
        assert steps == [step.key for step in marked.steps] != [step.key for step in free.steps]
        asked = "lineage --read FILE --own FILE read devlin2018 ouyang2022 --leave-out read --leave-out own"
        assert trail.locator("code").inner_text() == asked
        follow(
            page, f"from={pair[0]}&to={pair[1]}&hide=brown2020,raffel2019"
        )  # the command cannot be told what is hidden
        expect(trail).to_contain_text(sentence)
        assert trail.locator("code").count() == 0


def test_a_trail_says_when_one_paper_is_left_out_and_when_nothing_is_left_to_read(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    pair = ("devlin2018", "ouyang2022")
    with show(around_html) as page:
        [(*_, between, _)] = page.evaluate(TRAILS, [[pair], [*lineage.corpus.papers]])
        trail = page.locator("#panel .trail")
        follow(page, f"from={pair[0]}&to={pair[1]}&hide=rae2021")
        trail.locator("summary").click()
        expect(trail).to_contain_text("You leave out 1 paper between them by your marks, and")
        expect(trail).to_contain_text("of the paths run through it.")
        follow(page, f"from={pair[0]}&to={pair[1]}&hide={','.join(between)}")
        expect(trail).to_contain_text("BERT → InstructGPT: nothing is left to read between them. You leave out")
        expect(trail).to_contain_text("run through them.")
        expect(trail).not_to_contain_text("0 of")
        expect(trail.locator("li")).to_have_count(2)
        follow(page, "from=vaswani2017&to=radford2018")
        expect(trail).to_contain_text("no paper is between them")


def test_the_trail_that_a_page_tells_by_itself_and_lights_is_without_marked_papers(
    show: Show, around_html: str
) -> None:
    with show(around_html, at="#story=trail") as page:
        steps = "[...document.querySelectorAll('#panel .hops [data-key]')].map((one) => one.dataset.key)"
        first, inner, *rest = page.evaluate(steps)
        follow(page, f"story=trail&own={inner},{first}&leave=own")
        expect(page.locator("#panel")).to_contain_text("You leave out 1 paper between them by your marks")
        told = page.evaluate(steps)
        assert told[0] == first
        assert inner not in told
        assert sorted(page.evaluate("lineagePage.highlighted()")) == sorted(told)
        follow(page, "story=trail")
        assert page.evaluate(steps) == [first, inner, *rest]
