"""The page groups paths by their reasons as the Python engine does, and lets every reader ask for that."""

from __future__ import annotations

import random
import shlex
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.analysis.grouped_paths import GroupedPaths, grouped_paths
from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.path_options import PathOptions
from graph.analysis.reason_condition import ReasonCondition
from graph.model.corpus import Assertion, Citation, Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.model.reasons import INTENTS, Reason
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, walk_history
from ..helpers.export_world import letters
from .test_access import violations
from .test_paths_on_page import as_request, digits, within
from .test_reasons_on_page import explained

SHOWN = 12
GROUPS = """([requests, most]) => requests.map((request) => {
    const { grouped } = lineagePage.answerTo(request);
    return grouped && {
        hops: Object.fromEntries(grouped.hops),
        groups: grouped.groups.map(({ verdict, total, paths }) => {
            const first = [];
            for (const path of paths) {
                first.push(path);
                if (first.length === most) break;
            }
            return [verdict, total === null ? null : String(total), first];
        }),
    };
})"""
Question = tuple[str, str, PathOptions, ReasonCondition]
CONDITIONS = [
    *(ReasonCondition(intent=intent) for intent in INTENTS),
    *(ReasonCondition(about=words) for words in ("reward model", "pre-train", "attention", "no such words")),
]
START, END = "devlin2018", "ouyang2022"
NOT_KNOWN = "Paths of which that is not known: nothing is known of a hop, and no hop is for something else"
PATHS = f"#from={START}&to={END}"


def differing(page: Page, lineage: Lineage, questions: list[Question]) -> list[Any]:
    """The questions to which page and engine give different groups."""
    requests = [
        as_request(start, end, options) | {"condition": {"intent": condition.intent, "about": condition.about}}
        for start, end, options, condition in questions
    ]
    answers = page.evaluate(GROUPS, [requests, SHOWN])
    return [
        (question, answer, right)
        for question, answer in zip(questions, answers, strict=True)
        if answer != (right := expected(lineage, *question))
    ]


def expected(
    lineage: Lineage, start: str, end: str, options: PathOptions, condition: ReasonCondition
) -> dict[str, Any] | None:
    found = grouped_paths(lineage, start, end, replace(options, top=SHOWN), condition)
    if not isinstance(found, GroupedPaths):
        return None
    return {
        "hops": {f"{cited}:{citing}": verdict for (cited, citing), verdict in found.hops.items()},
        "groups": [
            [group.verdict, digits(group.total), [list(path.keys) for path in group.paths]] for group in found.groups
        ],
    }


@pytest.mark.long
@pytest.mark.parametrize("condition", [*CONDITIONS[:3], *CONDITIONS[4:6]], ids=str)
def test_for_every_pair_of_the_list_the_page_has_the_groups_of_the_engine(
    show: Show, around_html: str, lineage: Lineage, condition: ReasonCondition
) -> None:
    part = within(lineage, neighbourhood(lineage))
    part = replace(part, reasons=lineage.reasons)
    questions = [(a, b, PathOptions(), condition) for a, b in permutations(lineage.list_keys, 2)]
    with show(around_html) as page:
        assert differing(page, part, questions) == []


def test_groups_under_other_conditions_are_those_of_the_engine(show: Show, around_html: str, lineage: Lineage) -> None:
    part = replace(within(lineage, neighbourhood(lineage)), reasons=lineage.reasons)
    narrow = [
        PathOptions(),
        PathOptions(list_only=True),
        PathOptions(via=("brown2020",)),
        PathOptions(waypoints=("rae2021",), avoid=("radford2019",)),
    ]
    ends = [("devlin2018", "ouyang2022"), ("vaswani2017", "ouyang2022")]
    questions = [(a, b, options, each) for a, b in ends for options in narrow for each in CONDITIONS[1:6:2]]
    with show(around_html) as page:
        assert differing(page, part, questions) == []


def test_groups_in_circles_and_by_what_sources_say_are_those_of_the_engine(show: Show) -> None:
    """A reason, a citing sentence or an intent may be known or not; papers cite each other in circles."""
    draw = random.Random(7)
    lineage = letters(" ".join(a + b for a, b in permutations("abcdef", 2) if draw.random() < 0.5), listed="af")
    sentences = [(), ("Its <b>reward</b> models.",), ("We use $\\alpha$-dropout.",), ("Other words",)]
    said = [
        replace(each, assertions=tuple(_saying(draw, by, sentences) for by in each.assertions))
        for each in lineage.corpus.citations
    ]
    corpus = Corpus(lineage.corpus.papers, said, lineage.corpus.coverage, lineage.corpus.sources)
    told = replace(build_lineage(corpus, lineage.reading_list), reasons=_some_reasons(draw, said))
    conditions = [
        ReasonCondition(intent="result"),
        ReasonCondition(about="reward model"),
        ReasonCondition(about="α"),
        ReasonCondition(about="ENCODER"),
    ]
    questions = [(a, b, PathOptions(), each) for a, b in permutations("abcdef", 2) for each in conditions]
    with show(render_page(told, list("abcdef"), title="Knot")) as page:
        assert differing(page, told, questions) == []


def _saying(draw: random.Random, by: Assertion, sentences: list[tuple[str, ...]]) -> Assertion:
    return replace(by, contexts=draw.choice(sentences), intents=draw.choice([(), ("result",), ("background",)]))


def _some_reasons(draw: random.Random, citations: list[Citation]) -> dict[tuple[str, str], Reason]:
    reasons = {}
    for each in citations:
        if draw.random() < 0.4:
            intents = draw.choice([(), ("methodology", "result")])
            reasons[each.cited, each.citing] = Reason(
                each.citing, each.cited, "Takes the encoder.", "it", "read", intents
            )
    return reasons


def open_conditions(page: Page) -> None:
    page.locator("#conditions > summary").click()


def headings(page: Page) -> list[str]:
    return page.locator("#panel section h3").all_inner_texts()


def test_a_purpose_is_chosen_and_every_hop_says_whether_it_is_for_that(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    found = grouped_paths(lineage, START, END, PathOptions(), ReasonCondition(intent="methodology"))
    assert isinstance(found, GroupedPaths)
    with show(around_html, at=PATHS) as page:
        open_conditions(page)
        page.locator("#intent").select_option("methodology")
        assert headings(page) == [
            f"Paths whose every hop is for methodology: {found.groups[0].total}",
            f"{NOT_KNOWN}: {found.groups[1].total}",
            f"Paths with a hop that is for something else: {found.groups[2].total}",
        ]
        yes, unknown, no = found.hops_by_verdict()
        assert page.locator("#panel .hops-by-verdict").inner_text() == (
            f"Of the {len(found.hops)} citations between the two {yes} are for methodology, {no} are for something "
            f"else, and of {unknown} nothing is known."
        )
        assert headings(page)[0] in page.locator("#announcer").inner_text()
        assert page.evaluate("document.activeElement.id") == "intent"
        page.locator('#panel [data-group="1"][data-path="0"]').click()
        marks = [text.split(")")[0] + ")" for text in page.locator("#panel .hops .reason").all_inner_texts()]
        hops = found.groups[1].paths[0].hops
        names = {True: "(yes)", None: "(unknown)", False: "(no)"}
        assert marks == [names[found.hops[hop.cited, hop.citing]] for hop in hops]
        assert page.evaluate("document.activeElement.dataset.group") == "1"
        assert sorted(page.evaluate("lineagePage.highlighted()")) == sorted(found.groups[1].paths[0].keys)


def test_words_are_asked_for_with_the_keyboard_and_replace_a_purpose(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS + "&intent=result") as page:
        page.locator("#about").focus()
        page.keyboard.type("reward model")
        page.keyboard.press("Enter")
        assert headings(page)[0].startswith("Paths with a hop that speaks of “reward model”: ")
        assert " 1 speaks of “reward model”, 42 do not, " in page.locator("#panel .hops-by-verdict").inner_text()
        assert page.locator("#intent").input_value() == ""
        assert page.evaluate("document.activeElement.id") == "about"
        page.locator("#about").fill("something else")
        page.keyboard.press("Escape")
        assert page.locator("#about").input_value() == "reward model"
        page.locator("#about").fill("?!")
        page.keyboard.press("Enter")
        assert "has no word in it" in page.locator("#about").evaluate("(field) => field.validationMessage")
        assert headings(page)[0].startswith("Paths with a hop that speaks of “reward model”: ")
        page.locator("#panel .path").nth(1).click()
        assert page.locator("#about").input_value() == "?!"  # what was typed waits
        page.locator("#no-reason").click()
        assert headings(page) == []
        assert page.locator("#about").input_value() == ""


def test_a_link_keeps_the_question_and_back_takes_it_back(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS) as page:
        open_conditions(page)
        page.locator("#intent").select_option("methodology")
        page.locator('#panel [data-group="2"][data-path="1"]').click()
        address, text = page.evaluate("location.hash"), page.locator("#panel").inner_text()
        assert "intent=methodology" in address
        assert "meets=no" in address
        walk_history(page, -1)
        walk_history(page, -1)
        assert headings(page) == []
        walk_history(page, 1)
        walk_history(page, 1)
        assert page.locator("#panel").inner_text() == text
    with show(around_html, at=address) as page:
        assert page.locator("#panel").inner_text() == text
        assert page.locator('#panel [data-group="2"][data-path="1"]').get_attribute("aria-expanded") == "true"


def test_an_address_that_asks_what_cannot_be_asked_says_so_and_shows_the_paths(show: Show, around_html: str) -> None:
    problems = {
        "intent=methodology&about=dropout": "a purpose or words",
        "intent=praise": "No purpose is called “praise”: there are background, methodology, result.",
        "intent=": "No purpose is called “”",
        "about=%3F": "“?” has no word in it",
    }
    with show(around_html) as page:
        for asked, problem in problems.items():
            follow(page, f"{PATHS}&{asked}")
            assert problem in page.locator("#ask-fault").inner_text()
            assert headings(page) == []
            assert page.locator("#panel .path").count() == 10


def test_a_page_that_knows_no_reason_has_no_such_controls(show: Show) -> None:
    lineage = explained(reasons=False)
    with show(render_page(lineage, lineage.corpus.papers, title="L"), at="#from=a&to=c&intent=result") as page:
        assert page.locator("#intent, #about, #about-go").count() == 0
        assert "This page knows of no citation why it was made" in page.locator("#ask-fault").inner_text()
        assert page.locator("#panel .path").count() == 1


def test_what_is_taken_away_has_the_groups(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS + "&about=reward+model") as page:
        heading = headings(page)[0]
        page.get_by_role("button", name="Copy as Markdown").click()
        copied = page.locator("#panel textarea.copied").input_value()
        assert f"**{heading}**" in copied
        assert "- why: (yes) " in copied
        page.locator("#paths-table summary").click()
        page.locator("#paths-list tbody tr").first.wait_for()
        cells = page.locator("#paths-list tbody tr td:first-child").all_inner_texts()
        assert [each for n, each in enumerate(cells) if each not in cells[:n]] == ["yes", "unknown", "no"]


def test_the_command_for_further_paths_asks_the_same(show: Show, lineage: Lineage) -> None:
    html = render_page(lineage, lineage.list_keys, title="The list")
    with show(html, at=PATHS + "&about=it%27s") as page:
        command = page.locator("#panel .outside code").inner_text()
        assert shlex.split(command) == ["lineage", "path", START, END, "--about", "it's"]


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        ({"color_scheme": "light"}, "intent=methodology&meets=yes&path=1"),
        ({"color_scheme": "dark"}, "about=reward+model&meets=unknown&path=1"),
        ({"width": 390, "height": 844, "has_touch": True}, f"about={'long' * 60}"),
    ],
)
def test_the_groups_are_for_everyone_at_every_width(
    show: Show, around_html: str, settings: dict[str, Any], asked: str
) -> None:
    with show(around_html, at=f"{PATHS}&{asked}", bypass_csp=True, **settings) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("#panel").evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
        heights = "(controls) => controls.map((one) => one.offsetHeight)"
        assert min(page.locator(".by-reason :is(select, input, button)").evaluate_all(heights)) >= 24


def test_words_of_a_link_are_shown_as_text_and_what_is_not_seen_is_none_of_them(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS + "&about=%E2%80%AE%3Cb%3E%0Areward%00model") as page:
        assert headings(page)[0].startswith("Paths with a hop that speaks of “<b> reward model”: ")
        assert page.locator("#panel b").count() == 0
        assert page.locator("#about").input_value() == "<b> reward model"


def test_where_there_is_no_path_there_is_no_reason_to_ask_for(show: Show, around_html: str) -> None:
    with show(around_html, at=f"#from={END}&to={START}&intent=result") as page:
        assert page.locator("#panel .answer").inner_text().startswith("No path from InstructGPT to BERT")
        open_conditions(page)
        assert page.locator("#list-only").is_visible()
        assert page.locator("#intent, #about, #about-go").count() == 0
        follow(page, f"from={END}&to={START}")
        assert page.locator("#intent, #about, #about-go").count() == 0


def test_the_next_question_keeps_the_condition_on_reasons_and_the_order(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS + "&about=reward+model&rank=strongest&hops=5") as page:
        page.locator("#from").fill("GPT-2 → InstructGPT")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == "GPT-2 → InstructGPT"
        assert headings(page)[0].startswith("Paths with a hop that speaks of “reward model”: ")
        assert page.locator("#rank").input_value() == "strongest"
        assert page.locator("#max-hops").input_value() == ""


def test_where_no_path_meets_the_condition_all_are_highlighted(show: Show, around_html: str) -> None:
    with show(around_html, at=PATHS + "&path=all") as page:
        every = set(page.evaluate("lineagePage.highlighted()"))
        open_conditions(page)
        page.locator("#about").fill("nobody says this")
        page.locator("#about-go").click()
        page.locator("#light-all").click()
        assert headings(page)[0] == "Paths with a hop that speaks of “nobody says this”: 0"
        assert page.locator("#light-all").inner_text() == "All paths"
        assert " of them are highlighted" in page.locator("#panel .segments").inner_text()
        assert every <= set(page.evaluate("lineagePage.highlighted()"))
        page.locator("#about").fill("reward model")
        page.locator("#about-go").click()
        page.locator("#light-all").click()
        assert page.locator("#light-all").inner_text() == "All that meet it"
        assert set(page.evaluate("lineagePage.highlighted()")) < every
