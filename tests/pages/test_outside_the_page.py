"""A page says what it leaves out: the paths and the unknown references of the corpus outside it."""

from __future__ import annotations

import random
import shlex
from itertools import permutations

import pytest
from playwright.sync_api import Page

from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.paths import PathOptions, find_paths
from graph.model.lineage import Lineage
from graph.pages.outside_facts import outside_facts
from graph.pages.page import render_page
from graph.pages.views import path_page

from ..helpers.browser import Show, follow
from ..helpers.made_lineages import lineage_of


@pytest.fixture(scope="module")
def list_html(lineage: Lineage) -> str:
    return render_page(lineage, lineage.list_keys, title="The list")


@pytest.mark.parametrize(("total", "told"), [(None, None), (2**53 - 1, 9007199254740991), (2**53, "9007199254740992")])
def test_a_number_of_paths_that_a_script_cannot_tell_from_the_next_is_a_text(total: int | None, told: object) -> None:
    chain = lineage_of([("b", "a")], {"a": "t", "b": "t"})
    facts = outside_facts(chain, ["a", "b"], is_part=True, totals={("a", "b"): total})
    assert facts["totals"] == [[0, 1, told]]
    assert not facts["hasList"]  # nothing is known of what lies outside of a part


def panel_of(page: Page, start: str, end: str, *, more: str = "") -> str:
    follow(page, f"from={start}&to={end}{more}")
    return page.locator("#panel").inner_text()


def test_the_page_says_how_many_more_paths_the_corpus_has_and_where_to_ask(show: Show, list_html: str) -> None:
    with show(list_html, at="#from=devlin2018&to=ouyang2022") as page:
        text = page.locator("#panel .outside").inner_text()
        assert text.startswith("The corpus has 757 more, through papers that are not on this page.")
        assert text.endswith("lineage path devlin2018 ouyang2022")
        page.get_by_role("button", name="Copy as Markdown").click()
        assert "The corpus has 757 more" in page.locator("#panel .copied").input_value()


def test_absence_counts_the_unknown_references_of_the_whole_corpus(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        for start, end, count in (("schmidhuber1992", "schulman2017", "1,134"), ("ouyang2022", "devlin2018", "1,355")):
            text = panel_of(page, start, end)
            assert f"the references of {count} papers before" in text
            assert "fully known references" not in text
        assert "The other direction exists: BERT → InstructGPT, 3 paths on this page, 760 in the corpus." in text


@pytest.mark.parametrize("papers", ["list", "neighbourhood"])
def test_for_any_two_papers_the_page_says_of_the_corpus_what_the_command_says(
    show: Show, lineage: Lineage, list_html: str, around_html: str, papers: str
) -> None:
    keys = lineage.list_keys if papers == "list" else neighbourhood(lineage)
    pairs = random.Random(16).sample(list(permutations(keys, 2)), 40)
    with show(list_html if papers == "list" else around_html) as page:
        for start, end in pairs:
            answer = find_paths(lineage, start, end)
            said = page.evaluate(
                """([from, to]) => {
                    const request = { from, to, waypoints: [], via: [], avoid: [], listOnly: false };
                    const { total, noPath } = lineagePage.answerTo(request);
                    return [String(lineagePage.totalInCorpus(from, to, total)),
                        noPath().hiddenBy.length + lineagePage.hiddenOutside(request)];
                }""",
                [start, end],
            )
            assert said[0] == str(answer.total)
            if answer.no_path:
                assert said[1] == len(answer.no_path.hidden_by)


def test_a_path_that_only_the_corpus_has_is_not_denied(show: Show) -> None:
    lineage = lineage_of([("b", "x"), ("x", "a")], {"a": "t", "b": "t"})
    with show(render_page(lineage, ["a", "b"], title="Two"), at="#from=a&to=b") as page:
        text = page.locator("#panel").inner_text()
        assert "No path from Paper a to Paper b on this page." in text
        assert "The corpus has 1 path, through papers that are not on this page. Ask for them: lineage path a b" in text
        assert "proves little" not in text


def test_conditions_are_part_of_the_command_and_leave_open_what_the_corpus_has(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        text = panel_of(page, "devlin2018", "ouyang2022", more="&avoid=rae2021")
        assert "The corpus may have more paths, through papers that are not on this page." in text
        command = page.locator("#panel .outside code").inner_text()
        assert shlex.split(command) == ["lineage", "path", "devlin2018", "ouyang2022", "--avoid", "rae2021"]
        panel_of(page, "devlin2018", "ouyang2022", more="&way=rae2021")
        command = page.locator("#panel .outside code").inner_text()
        assert shlex.split(command)[2:] == ["devlin2018 → rae2021 → ouyang2022"]
        panel_of(page, "devlin2018", "ouyang2022", more="&list=1")  # all papers of the list are here
        assert page.locator("#panel .outside").count() == 0


def test_a_page_of_the_whole_corpus_has_nothing_to_add(show: Show) -> None:
    lineage = lineage_of([("b", "a"), ("c", "b")], {"a": "t", "c": "t"}, complete="abc")
    with show(render_page(lineage, ["a", "b", "c"], title="All"), at="#from=a&to=c") as page:
        assert page.locator("#panel .outside").count() == 0
        assert "Every paper that could lie on the way has fully known references." in panel_of(page, "c", "a")
        assert "not fully known" not in page.locator("footer").inner_text()


def test_the_footer_counts_the_unknown_references_of_the_corpus(show: Show, list_html: str, lineage: Lineage) -> None:
    unknown = sum(lineage.corpus.coverage_of(key) != "complete" for key in lineage.corpus.papers)
    with show(list_html) as page:
        assert f"The references of {unknown:,} of its papers are not fully known" in page.locator("footer").inner_text()


def test_a_page_of_a_part_of_a_corpus_claims_nothing_of_the_rest(show: Show, lineage: Lineage) -> None:
    answer = find_paths(lineage, "devlin2018", "ouyang2022", PathOptions(top=2))
    with show(path_page(lineage, answer, is_part=True)) as page:
        assert "taken from a larger corpus" in page.locator("footer").inner_text()
        text = panel_of(page, "ouyang2022", "devlin2018")
        assert "The corpus may have paths, through papers that are not on this page." in text
        assert "Every paper" not in text
    few = render_page(
        lineage,
        ["devlin2018", "rae2021", "ouyang2022"],
        title="Few",
        is_part=True,
        totals={("devlin2018", "ouyang2022"): answer.total},
    )
    with show(few, at="#from=devlin2018&to=ouyang2022") as page:
        assert "The corpus has 759 more" in page.locator("#panel .outside").inner_text()


def test_a_hostile_key_cannot_leave_its_word_of_the_command(show: Show) -> None:
    key = "a'; rm -rf x; echo '"
    with show(render_page(lineage_of([("b", "a")], {"a": "t"}), ["a", "b"], title="Two")) as page:
        assert shlex.split(page.evaluate("(key) => lineagePage.shellWord(key)", key)) == [key]
