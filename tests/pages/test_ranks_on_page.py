"""The page counts, ranks and limits paths as the Python engine does."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from itertools import pairwise, permutations, product
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page

from graph.analysis.flow import flow
from graph.analysis.grouped_paths import GroupedPaths, grouped_paths
from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.path_options import RANKS, PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.reason_condition import ReasonCondition
from graph.model.corpus import Assertion, Citation, Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.model.reasons import INTENTS
from graph.pages.page import render_page

from ..exports.test_layout import synthetic
from ..helpers.browser import Show, follow

FLOWS = """(requests) => requests.map((request) => {
    const { total, arcs, papers } = lineagePage.answerTo(request).flow();
    const plain = (counts) => Object.fromEntries([...counts].map(([name, count]) => [name, String(count)]));
    return [String(total), plain(arcs), plain(papers)];
})"""
ANSWERS = """([requests, most]) => requests.map((request) => {
    const { total, inList, grouped, paths, noPath } = lineagePage.answerTo(request);
    const text = (count) => count === null ? null : String(count);
    const first = (source) => {
        const found = [];
        if (most) for (const path of source) if (found.push(path) === most) break;
        return found;
    };
    const groups = () => grouped.groups.map(({ verdict, total, paths }) => [verdict, text(total), first(paths)]);
    if (grouped) return [Object.fromEntries(grouped.hops), ...groups()];
    const listed = first(paths);
    return [text(total), text(inList), listed, listed.length ? null : noPath().hiddenBy];
})"""
BERT, INSTRUCT = "devlin2018", "ouyang2022"
ORDERS: list[dict[str, Any]] = [*({"rank": rank} for rank in RANKS), {"longest": True}]


def as_request(start: str, end: str, options: PathOptions, condition: ReasonCondition | None = None) -> dict[str, Any]:
    """A question as the page takes it."""
    return {
        "from": start,
        "to": end,
        **{name: list(getattr(options, name)) for name in ("waypoints", "via", "avoid", "years")},
        "listOnly": options.list_only,
        "theme": options.theme,
        "maxHops": options.max_hops,
        "rank": "longest" if options.longest else options.rank,
        "condition": condition and asdict(condition),
    }


def expected(
    lineage: Lineage,
    keys: Collection[str],
    start: str,
    end: str,
    options: PathOptions,
    condition: ReasonCondition | None,
) -> Any:
    """What a page of some papers must answer, by the Python engine."""

    def text(count: int | None) -> str | None:
        return None if count is None else str(count)

    found = grouped_paths(lineage, start, end, options, condition) if condition else None
    if isinstance(found, GroupedPaths):
        groups = [[g.verdict, text(g.total), [list(path.keys) for path in g.paths]] for g in found.groups]
        return [{f"{cited}:{citing}": verdict for (cited, citing), verdict in found.hops.items()}, *groups]
    answer = find_paths(lineage, start, end, options)
    hidden = None if answer.no_path is None else [key for key in answer.no_path.hidden_by if key in keys]
    return [text(answer.total), text(answer.total_in_list), [list(path.keys) for path in answer.paths], hidden]


Question = tuple[str, str, PathOptions, ReasonCondition | None]


def differing(page: Page, lineage: Lineage, questions: Sequence[Question], top: int = 12) -> list[Any]:
    """The questions to which page and engine give different answers."""
    questions = [(a, b, replace(options, top=top), condition) for a, b, options, condition in questions]
    answers = page.evaluate(ANSWERS, [[as_request(*each) for each in questions], top])
    keys = set(page.evaluate("Object.keys(lineagePage.papers)"))
    right = [expected(lineage, keys, *each) for each in questions]
    wrong = [(q, a, r) for q, a, r in zip(questions, answers, right, strict=True) if a != r]
    return [each for each in wrong if not goes_on_where_the_engine_stopped(lineage, *each)]


def goes_on_where_the_engine_stopped(lineage: Lineage, question: Question, answer: Any, right: Any) -> bool:
    """Whether the engine's search ended with its steps spent, and the page only lists further paths after the same."""
    start, end, options, condition = question
    if condition or find_paths(lineage, start, end, options).stopped_after is None:
        return False
    (paths, first), rest = (answer[2], right[2]), (answer[:2] + answer[3:], right[:2] + right[3:])
    return bool(rest[0] == rest[1] and paths[: len(first)] == first)


def flows_differing(page: Page, lineage: Lineage, pairs: list[tuple[str, str]]) -> list[Any]:
    """The pairs between which page and engine count paths through papers and citations differently."""
    found = page.evaluate(FLOWS, [as_request(*pair, PathOptions()) for pair in pairs])
    wrong = []
    for pair, counted in zip(pairs, found, strict=True):
        right = flow(lineage, *pair)
        arcs = {f"{one}:{two}": str(count) for (one, two), count in right.arcs.items()}
        papers = {key: str(count) for key, count in right.through.items()}
        if counted != [str(right.paths), arcs, papers]:
            wrong.append((pair, counted, right.paths))
    return wrong


def test_paths_through_every_paper_and_citation_are_those_of_the_flow_for_every_pair_of_the_list(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    pairs = list(permutations(lineage.list_keys, 2))
    with show(around_html) as page:
        assert flows_differing(page, lineage, pairs) == []


def knotted(seed: int, papers: int = 9, dates: tuple[str, ...] = ("2019", "2019-05", "2020-01-02", "")) -> Lineage:
    """A lineage with many circles, and with dates that are equal, imprecise or unknown."""
    chance = random.Random(seed)
    made = synthetic([chance.choice(dates) or "2020" for _ in range(papers)], listed=4)
    undated = {
        key: replace(paper, date=None) if chance.random() < 0.2 else paper for key, paper in made.corpus.papers.items()
    }
    source = (Assertion("user:test"),)
    arcs = [(a, b) for a, b in permutations(undated, 2) if chance.random() < 0.4]
    corpus = Corpus(undated, [Citation(a, b, source) for a, b in arcs], sources=made.corpus.sources)
    return build_lineage(corpus, made.reading_list)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in (1, 2))])
def test_in_circles_the_page_leaves_out_the_citations_that_the_engine_leaves_out(show: Show, seed: int) -> None:
    lineage = knotted(seed)
    keys = list(lineage.corpus.papers)
    pairs = list(permutations(keys, 2))
    choices = [PathOptions(**order, max_hops=hops) for order, hops in product(ORDERS, (None, 3))]
    with show(render_page(lineage, keys, title="Knot")) as page:
        assert flows_differing(page, lineage, pairs) == []
        assert (
            differing(page, lineage, [(*pair, options, None) for pair in pairs[::9] for options in choices], 30) == []
        )


@pytest.fixture(scope="module")
def around(lineage: Lineage) -> Lineage:
    """The neighbourhood of the list as a corpus of its own, so that its page has all that the engine has."""
    keys = set(neighbourhood(lineage))
    corpus = lineage.corpus
    papers = {key: paper for key, paper in corpus.papers.items() if key in keys}
    citations = [each for each in corpus.citations if {each.citing, each.cited} <= keys]
    coverage = [each for each in corpus.coverage if each.paper in keys]
    part = Corpus(papers, citations, coverage=coverage, sources=corpus.sources)
    return build_lineage(part, lineage.reading_list, lineage.reasons)


def random_questions(lineage: Lineage, seed: int, count: int) -> list[Question]:
    """Questions between papers of the list and around it, with any conditions and limits, in any order."""
    chance = random.Random(seed)
    around, listed = list(lineage.corpus.papers), lineage.list_keys
    words = sorted({word for reason in lineage.reasons.values() for word in reason.uses.split() if word.isalpha()})

    def some(*choices: Any, share: float, otherwise: Any = None) -> Any:
        return chance.choice(choices) if chance.random() < share else otherwise

    def question() -> Question:
        start, end = lineage.by_age(chance.sample(listed if chance.random() < 0.8 else around, 2))
        others = chance.sample([key for key in around if key not in (start, end)], 4)
        first, last = sorted((chance.randint(2012, 2023), chance.randint(2012, 2023)))
        options = PathOptions(
            list_only=chance.random() < 0.1,
            waypoints=some((others[0],), share=0.12, otherwise=()),
            via=some((others[1],), share=0.2, otherwise=()),
            avoid=some((others[2],), (others[2], others[3]), share=0.4, otherwise=()),
            theme=some(*lineage.reading_list.theme_ids, share=0.15),
            years=some((first, last), (None, last), (first, None), share=0.2, otherwise=(None, None)),
            max_hops=some(1, 2, 3, 4, 6, share=0.5),
            **chance.choice(ORDERS),
        )
        about = chance.choice(words)
        condition = some(
            *(ReasonCondition(intent=intent) for intent in INTENTS), ReasonCondition(about=about), share=0.4
        )
        return start, end, options, condition

    return [question() for _ in range(count)]


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 150), *(pytest.param(n, 1000, marks=pytest.mark.long) for n in (2, 3))]
)
def test_any_question_in_any_order_gets_the_answer_of_the_command(
    show: Show, around: Lineage, seed: int, count: int
) -> None:
    questions = random_questions(around, seed, count)
    with show(render_page(around, list(around.corpus.papers), title="Around")) as page:
        assert differing(page, around, questions, 5) == []
    answered = [find_paths(around, start, end, options).found for start, end, options, _ in questions]
    assert 0.25 < sum(answered) / count < 0.9  # it would prove little if nearly all had paths, or none


def test_the_longest_paths_come_first_in_the_order_of_the_command(show: Show, around: Lineage) -> None:
    pairs = list(permutations(around.list_keys, 2))[::12]
    with show(render_page(around, list(around.corpus.papers), title="Around")) as page:
        assert differing(page, around, [(*pair, PathOptions(longest=True), None) for pair in pairs], 3) == []
        follow(page, "from=devlin2018&to=ouyang2022&rank=longest")
        assert page.locator("#rank").input_value() == "longest"
        (first,) = page.evaluate("[lineagePage.highlighted()]")
    inner = nx.descendants(around.graph, BERT) & nx.ancestors(around.graph, INSTRUCT)
    graph = around.among(inner | {BERT, INSTRUCT})
    assert len(first) == max(map(len, nx.all_simple_paths(graph, BERT, INSTRUCT)))  # by brute force


def test_of_grouped_paths_the_flow_is_that_of_the_paths_that_meet_the_condition(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    forward = nx.DiGraph(list(flow(lineage, BERT, INSTRUCT).acyclic.dag.edges))
    conditions = (ReasonCondition(intent="methodology"), ReasonCondition(about="reward model"))
    asked = list(product((PathOptions(), PathOptions(via=("brown2020",), max_hops=5)), conditions))
    with show(around_html) as page:
        flows = page.evaluate(FLOWS, [as_request(BERT, INSTRUCT, *each) for each in asked])
    for (options, condition), (total, counted, papers) in zip(asked, flows, strict=True):
        meeting = [
            path
            for path in nx.all_simple_paths(forward, BERT, INSTRUCT, cutoff=options.max_hops)
            if set(options.via) <= set(path)
            and condition.of_path([condition.verdict(lineage, *arc) for arc in pairwise(path)])
        ]
        arcs = Counter(f"{one}:{two}" for path in meeting for one, two in pairwise(path))
        assert 0 < len(meeting) == int(total)
        assert {name: int(count) for name, count in counted.items()} == arcs
        assert {key: int(count) for key, count in papers.items()} == Counter(key for path in meeting for key in path)
