"""The page gives the same answers about paths as the Python engine, however the reader asks."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import permutations, product
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page

from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.paths import PathOptions, find_paths
from graph.exports.text.path_report import path_report
from graph.model.corpus import Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.pages.page import render_page

from ..exports.test_layout import synthetic
from ..helpers.browser import Show, follow, place_of

SHOWN = 12

ANSWERS = """([requests, most]) => requests.map((request) => {
    const { total, inList, paths, noPath } = lineagePage.answerTo(request);
    const first = [];
    for (const path of paths) {
        if (first.length === most) break;
        first.push(path);
    }
    const text = (count) => count === null ? null : String(count);
    const explained = first.length ? null : noPath();
    return {
        total: text(total), inList: text(inList), paths: first,
        noPath: explained && { ...explained, reverse: text(explained.reverse) },
    };
})"""


@pytest.fixture(scope="module")
def list_html(lineage: Lineage) -> str:
    return render_page(lineage, lineage.list_keys, title="The list")


def within(lineage: Lineage, keys: Any) -> Lineage:
    """The lineage of a view's papers alone."""
    whole, kept = lineage.corpus, set(keys)
    papers = {key: paper for key, paper in whole.papers.items() if key in kept}
    citations = [each for each in whole.citations if {each.citing, each.cited} <= kept]
    coverage = [each for each in whole.coverage if each.paper in kept]
    return build_lineage(Corpus(papers, citations, coverage, whole.sources), lineage.reading_list)


def digits(count: int | None) -> str | None:
    return None if count is None else str(count)


def expected(lineage: Lineage, start: str, end: str, options: PathOptions | None = None) -> dict[str, Any]:
    """What the page must answer, by the Python engine."""
    answer = find_paths(lineage, start, end, replace(options or PathOptions(), top=SHOWN))
    found = answer.no_path and asdict(answer.no_path)
    return {
        "total": digits(answer.total),
        "inList": digits(answer.total_in_list),
        "paths": [list(path.keys) for path in answer.paths],
        "noPath": found
        and {
            "reverse": digits(found["reverse"]),
            "ancestors": list(found["ancestors"]),
            "descendants": list(found["descendants"]),
            "undirected": list(found["undirected"]),
            "hiddenBy": list(found["hidden_by"]),
        },
    }


def as_request(start: str, end: str, options: PathOptions | None = None) -> dict[str, Any]:
    """The same question as the page takes it."""
    options = options or PathOptions()
    return {
        "from": start,
        "to": end,
        "waypoints": list(options.waypoints),
        "via": list(options.via),
        "avoid": list(options.avoid),
        "listOnly": options.list_only,
    }


def answers_of(page: Page, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page answers, all of it in one call."""
    answers: list[dict[str, Any]] = page.evaluate(ANSWERS, [questions, SHOWN])
    return answers


def differing(page: Page, lineage: Lineage, questions: list[tuple[str, str, PathOptions]]) -> list[Any]:
    """The questions to which page and engine give different answers."""
    answers = answers_of(page, [as_request(*question) for question in questions])
    right = [expected(lineage, *question) for question in questions]
    return [(q, a, r) for q, a, r in zip(questions, answers, right, strict=True) if a != r]


@pytest.mark.long
def test_for_every_pair_of_the_list_the_list_page_answers_as_the_engine_does(
    show: Show, list_html: str, lineage: Lineage
) -> None:
    questions = [(a, b, PathOptions()) for a, b in permutations(lineage.list_keys, 2)]
    with show(list_html) as page:
        assert differing(page, within(lineage, lineage.list_keys), questions) == []


@pytest.mark.long
def test_for_every_pair_of_the_list_the_neighbourhood_page_answers_as_the_engine_does(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    questions = [(a, b, PathOptions()) for a, b in permutations(lineage.list_keys, 2)]
    with show(around_html) as page:
        assert differing(page, within(lineage, neighbourhood(lineage)), questions) == []


@pytest.mark.long
def test_all_paths_between_papers_of_the_list_are_on_the_neighbourhood_page(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    """A paper on such a path is a bridge, and all bridges are there: the answers are the command's."""
    pairs = [(a, b) for a, b in permutations(lineage.list_keys, 2)]
    with show(around_html) as page:
        answers = answers_of(page, [as_request(a, b) for a, b in pairs])
    joined = 0
    for (a, b), answer in zip(pairs, answers, strict=True):
        if nx.has_path(lineage.graph, a, b):
            joined += 1
            whole = find_paths(lineage, a, b, PathOptions(top=SHOWN))
            assert (answer["total"], answer["paths"]) == (str(whole.total), [list(path.keys) for path in whole.paths])
        else:
            assert (answer["total"], answer["paths"]) == ("0", [])
    assert joined > 100


def test_conditions_mean_what_they_mean_to_the_engine(show: Show, around_html: str, lineage: Lineage) -> None:
    bert, instruct = "devlin2018", "ouyang2022"
    conditions = [
        PathOptions(list_only=True),
        PathOptions(avoid=("brown2020",)),
        PathOptions(via=("brown2020",)),
        PathOptions(via=("rae2021", "brown2020")),
        PathOptions(waypoints=("brown2020", "rae2021")),
        PathOptions(waypoints=("rae2021", "brown2020")),
        PathOptions(waypoints=("brown2020",), via=("rae2021",), avoid=("radford2019",)),
        PathOptions(via=(bert,)),
    ]
    keys = neighbourhood(lineage)
    conditions = [options for options in conditions if {*options.via, *options.waypoints} <= set(keys)]
    assert len(conditions) > 5
    ends = [(bert, instruct), ("bahdanau2014", instruct), ("vaswani2017", "rae2021")]
    with show(around_html) as page:
        assert (
            differing(page, within(lineage, keys), [(a, b, options) for a, b in ends for options in conditions]) == []
        )


def test_paths_through_circles_are_counted_as_the_engine_counts_them(show: Show) -> None:
    from graph.model.corpus import Assertion, Citation, Corpus
    from graph.model.lineage import build_lineage

    made = synthetic(["2020"] * 9, listed=3)
    source = (Assertion("user:test"),)
    tangled = [Citation(f"p{a}", f"p{b}", source) for a, b in permutations(range(1, 8), 2) if (a * b) % 5 != 1]
    ends = [Citation("p1", "p0", source), Citation("p3", "p0", source), Citation("p8", "p7", source)]
    corpus = Corpus(made.corpus.papers, [*tangled, *ends], sources=made.corpus.sources)
    knotted = build_lineage(corpus, made.reading_list)
    pairs = [(a, b, PathOptions()) for a, b in permutations(knotted.corpus.papers, 2)]
    with show(render_page(knotted, list(corpus.papers), title="Knot")) as page:
        assert differing(page, knotted, pairs) == []


def test_paths_through_too_tangled_circles_are_listed_and_not_counted(show: Show) -> None:
    from graph.model.corpus import Assertion, Citation, Corpus
    from graph.model.lineage import build_lineage

    made = synthetic(["2020"] * 13, listed=3)
    source = (Assertion("user:test"),)
    citations = [Citation(f"p{a}", f"p{b}", source) for a, b in permutations(range(13), 2)]
    corpus = Corpus(made.corpus.papers, citations, sources=made.corpus.sources)
    knotted = build_lineage(corpus, made.reading_list)
    with show(render_page(knotted, list(corpus.papers), title="Knot"), at="#from=p0&to=p5&path=all") as page:
        assert differing(page, knotted, [("p0", "p5", PathOptions())]) == []
        assert "more paths than can be counted" in page.locator("#panel .answer").inner_text()
        assert "The first 500 are highlighted" in page.locator("#panel").inner_text()


def test_a_count_past_64_bits_is_exact(show: Show) -> None:
    from graph.model.corpus import Assertion, Citation, Corpus
    from graph.model.lineage import build_lineage

    made = synthetic([f"2020-{1 + n // 10:02d}-{1 + n % 10:02d}" for n in range(90)], listed=3)
    source = (Assertion("user:test"),)
    citations = [Citation(f"p{b}", f"p{a}", source) for a in range(90) for b in range(a + 1, 90)]
    corpus = Corpus(made.corpus.papers, citations, sources=made.corpus.sources)
    dense = build_lineage(corpus, made.reading_list)
    with show(render_page(dense, list(corpus.papers), title="Dense")) as page:
        answer = answers_of(page, [as_request("p0", "p89")])[0]
    assert answer["total"] == str(2**88)


def panel_text(page: Page) -> str:
    return page.locator("#panel").inner_text()


HOW_MANY: list[tuple[str, str, tuple[str, ...], str]] = [
    ("devlin2018", "ziegler2019", (), "1 path, not within the list"),
    ("mnih2016", "schulman2017", (), "1 path, within the list"),
    ("vaswani2017", "devlin2018", (), "2 paths, all within the list"),
    ("schmidhuber1992", "xiong2020", (), "none of them within the list"),
    ("bahdanau2014", "devlin2018", (), "of them within the list"),
    ("devlin2018", "ouyang2022", ("brown2020",), "8 of them otherwise within the list"),
]


def test_the_sentence_on_how_many_paths_keep_to_the_list_is_that_of_the_command(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html) as page:
        for start, end, via, many in HOW_MANY:
            heading = path_report(lineage, find_paths(lineage, start, end, PathOptions(via=via))).heading
            said = heading[heading.index("; ") :].split(", via")[0].rstrip(".")
            assert said.endswith(many), (start, end)
            follow(page, f"from={start}&to={end}&via={','.join(via)}")
            assert said in page.locator("#panel .answer").inner_text(), (start, end)


def test_two_fields_complete_names_and_list_the_paths(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html) as page:
        page.locator("#from").click()
        page.keyboard.type("bert")
        assert "6 BERT" in page.locator("#from-hits li").first.inner_text()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "to"
        page.keyboard.type("instructg")
        page.keyboard.press("Enter")
        answer = find_paths(lineage, "devlin2018", "ouyang2022")
        assert page.locator("#panel .answer").inner_text() == (
            f"No direct citation; {answer.total} paths, {answer.total_in_list} of them within the list."
        )
        assert page.locator("#panel .paths > li").count() == 10
        assert page.locator("#panel .path").first.inner_text().split("\n") == ["2 hops, within the list", "by Gopher"]
        page.locator("#more-paths").click()
        assert page.locator("#panel .paths > li").count() == 20
        assert page.evaluate("document.activeElement.dataset.path") == "10"


def test_one_field_takes_a_question_with_an_arrow(show: Show, around_html: str) -> None:
    arrows = ("BERT → InstructGPT", "6 -> 17", "devlin 2018 => arXiv:2203.02155")
    with show(around_html) as page:
        for field, text in product(("#from", "#to"), arrows):
            page.locator(field).fill(text)
            page.keyboard.press("Enter")
            ends = page.evaluate("[lineagePage.state.request.from, lineagePage.state.request.to]")
            assert ends == ["devlin2018", "ouyang2022"], (field, text)
            assert page.locator("#panel h2").inner_text() == "BERT → InstructGPT", (field, text)
            assert page.locator("#from").input_value() == "6 BERT", (field, text)
            page.evaluate("lineagePage.close()")


def ask(page: Page, text: str) -> None:
    page.locator("#from").fill(text)
    page.keyboard.press("Enter")


def test_waypoints_both_ways_and_stars_are_understood(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        ask(page, "BERT → GPT-3 → InstructGPT")
        assert page.locator("#panel h2").inner_text() == "BERT → GPT-3 → InstructGPT"
        ask(page, "InstructGPT ↔ BERT")
        assert page.locator("#panel h2").inner_text() == "BERT → InstructGPT"
        ask(page, "* → BERT")
        assert page.evaluate("lineagePage.state.relatives") == {"key": "devlin2018", "kind": "before", "depth": 0}
        ask(page, "BERT → *")
        assert page.evaluate("lineagePage.state.relatives.kind") == "after"


def test_the_page_says_why_it_does_not_understand_a_question(show: Show, around_html: str) -> None:
    cases = {
        "BERT → no such thing": "No paper of this page is called “no such thing”.",
        "BERT → attention": "“attention” could be ",
        "BERT": "Name the other paper too.",
        "": "Name two papers, as in: Fast Weights → LLM Survey",
        "BERT → GPT → BERT": "A path visits no paper twice",
    }
    with show(around_html) as page:
        for text, problem in cases.items():
            page.locator("#from").fill(text)
            page.locator("#ask-go").click()
            assert problem in page.locator("#ask-fault").inner_text()
            assert page.locator("#panel").is_hidden()


def test_a_typing_error_gets_a_suggestion_and_can_be_corrected_where_it_was_typed(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        for text, suggestion in {
            "BERT → InstructGTP": "“InstructGTP”. Did you mean InstructGPT?",
            "BRET → InstructGPT": "“BRET”. Did you mean BERT",
            "BERT → Gophr": "“Gophr”. Did you mean Gopher?",
            "BERT → qqqqqq": "“qqqqqq”.",
        }.items():
            page.locator("#from").fill(text)
            page.keyboard.press("Enter")
            problem = page.locator("#ask-fault").inner_text()
            assert problem.startswith(f"No paper of this page is called {suggestion}")
            assert page.locator("#from").input_value() == text
        page.locator("#to").fill("InstructGPT")
        page.locator("#from").fill("BRET")
        page.keyboard.press("Enter")
        assert "Did you mean BERT" in page.locator("#ask-fault").inner_text()
        for found in ("BERT", "BERT → InstructGPT"):
            page.locator("#from").fill("BERT → InstructGTP")
            page.keyboard.press("Enter")
            assert page.locator("#ask-fault").is_visible()
            page.locator("#from").fill(found)
            page.keyboard.press("Enter")
            assert page.locator("#ask-fault").is_hidden()
            assert page.locator("#from").input_value() == "6 BERT"
            page.locator("#ask-clear").click()


def test_two_clicks_ask_for_a_path(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        page.mouse.click(*place_of(page, "vaswani2017"))
        page.get_by_role("button", name="Paths from here").click()
        assert "Choose the paper that the paths lead to" in page.locator("#hint").inner_text()
        page.mouse.click(*place_of(page, "rae2021"))
        assert page.locator("#panel h2").inner_text().startswith("Transformer → ")
        assert page.locator("#hint").is_hidden()


def test_a_chosen_path_is_highlighted_alone(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&path=all") as page:
        every = page.evaluate("lineagePage.highlighted().length")
        page.locator("#panel .path").nth(1).click()
        second = find_paths(lineage, "devlin2018", "ouyang2022").paths[1]
        assert sorted(page.evaluate("lineagePage.highlighted()")) == sorted(second.keys)
        assert every > len(second.keys)
        text = page.locator("#panel .hops").inner_text()
        for key in second.keys:
            assert lineage.paper(key).date in text
        assert text.count("asserted by printed bibliography of ") >= len(second.hops)
        page.locator("#light-all").click()
        assert page.evaluate("lineagePage.highlighted().length") == every
        page.locator("#light-one").click()
        assert page.evaluate("lineagePage.state.chosenPath") == 0


def test_conditions_are_set_by_clicking(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&at=1400,500,0.5") as page:
        page.locator("#conditions > summary").click()
        page.get_by_role("button", name="Without…").click()
        page.mouse.click(*place_of(page, "rae2021"))
        options = PathOptions(avoid=("rae2021",))
        assert f"{find_paths(lineage, 'devlin2018', 'ouyang2022', options).total} paths" in panel_text(page)
        page.get_by_role("button", name="Via…").click()
        page.locator("#from").fill("GPT-3")
        page.keyboard.press("Enter")
        options = replace(options, via=("brown2020",))
        assert f"{find_paths(lineage, 'devlin2018', 'ouyang2022', options).total} paths" in panel_text(page)
        page.get_by_role("button", name="No longer without Gopher").click()
        page.get_by_role("button", name="No longer via GPT-3").click()
        page.locator("#list-only").check()
        options = PathOptions(list_only=True)
        assert f"{find_paths(lineage, 'devlin2018', 'ouyang2022', options).total} paths within the list" in panel_text(
            page
        )


def test_no_path_is_a_plain_answer_that_leads_on(show: Show, around_html: str, lineage: Lineage) -> None:
    answer = find_paths(lineage, "ouyang2022", "devlin2018")
    with show(around_html, at="#from=ouyang2022&to=devlin2018") as page:
        text = panel_text(page)
        assert "No path from InstructGPT to BERT on this page." in text
        assert f"The other direction exists: BERT → InstructGPT, {answer.no_path.reverse} paths." in text
        page.locator("#other-direction").click()
        assert page.locator("#panel h2").inner_text() == "BERT → InstructGPT"


def test_no_path_in_either_direction_says_which_papers_could_hide_one(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    answer = find_paths(lineage, "schulman2017", "devlin2018")
    assert answer.no_path is not None
    assert answer.no_path.reverse == 0
    hiding = len(answer.no_path.hidden_by)
    assert hiding > 1
    with show(around_html, at="#from=schulman2017&to=devlin2018") as page:
        text = panel_text(page)
        assert "Nor is there one in the other direction, from BERT to PPO." in text
        assert f"That proves little: the references of {hiding:,} papers before BERT are not fully known" in text


def test_no_path_is_certain_where_all_references_are_known(show: Show, list_html: str, lineage: Lineage) -> None:
    answers = (find_paths(lineage, a, b) for a, b in permutations(lineage.list_keys, 2))
    certain = next(answer for answer in answers if answer.no_path is not None and not answer.no_path.hidden_by)
    with show(list_html, at=f"#from={certain.start}&to={certain.end}") as page:
        assert "Every paper that could lie on the way has fully known references." in panel_text(page)


def test_paths_can_be_read_as_a_table_and_copied(show: Show, around_html: str) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022") as page:
        page.locator("#paths-table summary").click()
        first = page.locator("#paths-list tbody tr").first.inner_text()
        assert "6 BERT" in first
        assert "asserted by printed bibliography of" in first
        page.get_by_role("button", name="Copy as Markdown").click()
        text = page.locator("#panel .copied").input_value()
        assert text.startswith("**BERT → InstructGPT**: No direct citation; ")
        assert "1. BERT (2018) → Gopher (2021) → InstructGPT (2022)" in text


def test_a_page_can_be_made_to_open_with_its_answer(show: Show, lineage: Lineage) -> None:
    html = render_page(
        lineage, neighbourhood(lineage), title="A path", preset="from=devlin2018&to=ouyang2022&path=1&list=1"
    )
    with show(html) as page:
        assert page.locator("#panel h2").inner_text() == "BERT → InstructGPT"
        assert page.evaluate("lineagePage.state.chosenPath") == 0
