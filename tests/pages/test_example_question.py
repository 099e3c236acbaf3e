"""The example that a page shows is a question that the page itself answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.model.lineage import Lineage
from graph.pages.example_question import LONGEST_NAME, example_questions
from graph.pages.page import render_page
from graph.pages.views import render_views

from ..helpers.browser import Show
from ..helpers.made_lineages import lineage_of


@pytest.fixture(scope="module")
def pages(lineage: Lineage) -> dict[str, str]:
    return render_views(lineage)


@pytest.mark.parametrize(
    "view",
    [
        "lineage",
        "theme-alignment",
        *(pytest.param(f"theme-{theme}", marks=pytest.mark.long) for theme in ("architecture", "scaling", "rlhf")),
    ],
)
def test_the_example_of_every_page_has_an_answer_there(show: Show, pages: dict[str, str], view: str) -> None:
    with show(pages[f"{view}.html"]) as page:
        example = " → ".join(page.locator(field).get_attribute("placeholder") or "" for field in ("#from", "#to"))
        page.locator("#from").fill(example)
        page.keyboard.press("Enter")
        assert page.locator("#panel .path").count() > 0
        page.evaluate("lineagePage.close()")
        page.locator("#to").fill("")
        page.locator("#from").fill("")
        page.locator("#ask-go").click()
        assert page.locator("#ask-fault").inner_text() == f"Name two papers, as in: {example}"


def named(lineage: Lineage, titles: dict[str, str]) -> Lineage:
    """The lineage with other titles."""
    papers = {key: replace(paper, title=titles[key]) for key, paper in lineage.corpus.papers.items()}
    return replace(lineage, corpus=replace(lineage.corpus, papers=papers))


def examples(lineage: Lineage, keys: Sequence[str]) -> list[tuple[str, str]]:
    """The names of the papers of each example."""
    return [(lineage.paper(older).name, lineage.paper(newer).name) for older, newer in example_questions(lineage, keys)]


DATES = {"a": "1999", "b": "2001", "c": "2009", "d": "2020"}


def test_the_example_is_the_pair_that_most_years_lie_between() -> None:
    chain = lineage_of([("b", "a"), ("c", "b")], {"a": "t", "c": "t", "d": "t"}, DATES)
    assert examples(chain, ["a", "b", "c", "d"]) == [("Paper a", "Paper c")]
    assert examples(chain, ["b", "c", "d"]) == [("Paper b", "Paper c")]
    assert examples(chain, ["a", "c", "d"]) == []  # what joins them is not on the page
    assert examples(chain, []) == []


def test_the_example_is_in_the_language_of_the_papers() -> None:
    chain = lineage_of([("b", "a"), ("c", "b")], {"a": "t"}, DATES)
    chinese = named(chain, {"a": "快速权重", "b": "注意力", "c": "大语言模型综述"})
    assert examples(chinese, ["a", "b", "c"]) == [("快速权重", "大语言模型综述")]


@pytest.mark.parametrize(
    "name", ["Paper b", "paper-b", "From A to B", "A → B", "17", "x" * (LONGEST_NAME + 1), "a\x07"]
)
def test_a_name_that_would_not_be_understood_is_no_example(name: str) -> None:
    chain = lineage_of([("b", "a"), ("c", "b")], {"a": "t"}, DATES)
    found = examples(named(chain, {"a": name, "b": "Paper b", "c": "Paper c"}), ["a", "b", "c"])
    assert all(name not in pair for pair in found)


def test_the_examples_are_the_longest_lineages_that_share_no_end(lineage: Lineage) -> None:
    found = example_questions(lineage, lineage.list_keys)
    assert len({end for pair in found for end in pair}) == 2 * len(found) == 6
    years = {paper.key: paper.year or 0 for paper in map(lineage.paper, lineage.list_keys)}
    lengths = [years[newer] - years[older] for older, newer in found]
    assert lengths == sorted(lengths, reverse=True)


def test_of_pairs_as_many_years_apart_the_example_has_the_paper_that_most_cite() -> None:
    arcs = [("c", "a"), ("c", "b"), ("d", "b")]
    outside = lineage_of(arcs, {"d": "t"}, {"a": "1999", "b": "1999", "c": "2009", "d": "2005"})
    assert examples(outside, ["a", "b", "c", "d"]) == [("Paper b", "Paper c")]


def test_a_page_without_citations_has_no_example(show: Show) -> None:
    alone = lineage_of([], {"a": "t", "b": "t"})
    with show(render_page(alone, ["a", "b"], title="Apart"), at="") as page:
        assert page.locator("#from").get_attribute("placeholder") == "a paper"
        assert page.locator("#welcome").is_hidden()
        page.locator("#ask-go").click()
        assert page.locator("#ask-fault").inner_text() == "Name two papers with an arrow between them"


def test_every_page_has_a_title_of_its_own(show: Show, pages: dict[str, str]) -> None:
    titles = {text.partition("<title>")[2].partition("</title>")[0] for text in pages.values()}
    assert len(titles) == len(pages)
    with show(pages["lineage.html"]) as page:
        before = page.title()
        assert before == "The list - Understanding Large Language Models"
        page.evaluate("lineagePage.select('devlin2018')")
        assert page.title() == f"BERT - {before}"
        page.locator("#from").fill("BERT → InstructGPT")
        page.keyboard.press("Enter")
        assert page.title() == f"BERT → InstructGPT - {before}"
        page.go_back()
        page.wait_for_function("() => document.title.startsWith('BERT - ')")
