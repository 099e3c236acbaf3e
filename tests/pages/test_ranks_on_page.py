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
from graph.analysis.path_options import RANKS, PathOptions
from graph.analysis.paths import find_paths
from graph.analysis.reason_condition import ReasonCondition
from graph.model.corpus import Assertion, Citation, Corpus
from graph.model.lineage import Lineage, build_lineage
from graph.pages.page import render_page

from ..exports.test_layout import synthetic
from ..helpers.browser import Show

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


def as_request(start: str, end: str, options: PathOptions, condition: ReasonCondition | None = None) -> dict[str, Any]:
    """A question as the page takes it."""
    return {
        "from": start,
        "to": end,
        **{name: list(getattr(options, name)) for name in ("waypoints", "via", "avoid", "years")},
        "listOnly": options.list_only,
        "theme": options.theme,
        "maxHops": options.max_hops,
        "rank": options.rank,
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
    return [(q, a, r) for q, a, r in zip(questions, answers, right, strict=True) if a != r]


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


@pytest.mark.parametrize("seed", range(3))
def test_in_circles_the_page_leaves_out_the_citations_that_the_engine_leaves_out(show: Show, seed: int) -> None:
    lineage = knotted(seed)
    keys = list(lineage.corpus.papers)
    pairs = list(permutations(keys, 2))
    choices = [PathOptions(rank=rank, max_hops=hops) for rank, hops in product(RANKS, (None, 3))]
    with show(render_page(lineage, keys, title="Knot")) as page:
        assert flows_differing(page, lineage, pairs) == []
        assert (
            differing(page, lineage, [(*pair, options, None) for pair in pairs[::9] for options in choices], 30) == []
        )


def limits(lineage: Lineage) -> list[PathOptions]:
    """Every kind of limit alone, and combinations of all kinds."""
    alone = [
        PathOptions(list_only=True),
        PathOptions(avoid=("brown2020",)),
        PathOptions(via=("radford2019",)),
        PathOptions(theme="scaling"),
        PathOptions(theme="rlhf"),
        PathOptions(years=(2019, 2020)),
        PathOptions(years=(None, 2020)),
        PathOptions(max_hops=3),
        PathOptions(max_hops=1),
    ]
    together = [
        PathOptions(via=("brown2020",), avoid=("radford2019",), years=(2019, 2022), max_hops=5),
        PathOptions(waypoints=("radford2019",), theme="scaling", max_hops=6),
        PathOptions(via=("stiennon2020",), theme="architecture", years=(2018, None)),
        PathOptions(list_only=True, years=(2018, 2021), max_hops=4),
    ]
    return [PathOptions(), *alone, *together]


def test_every_order_and_limit_gives_the_answer_of_the_command(show: Show, around_html: str, lineage: Lineage) -> None:
    pairs = [(BERT, INSTRUCT), ("bahdanau2014", "stiennon2020")]
    choices = [replace(options, rank=rank) for options in limits(lineage) for rank in RANKS]
    with show(around_html) as page:
        assert differing(page, lineage, [(*pair, options, None) for pair in pairs for options in choices]) == []


def test_every_order_and_limit_groups_by_reason_as_the_command_does(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    conditions = [ReasonCondition(intent="methodology"), ReasonCondition(about="reward model")]
    choices = [replace(options, rank=rank) for options in limits(lineage)[::2] for rank in RANKS]
    questions = [(BERT, INSTRUCT, options, condition) for options in choices for condition in conditions]
    with show(around_html) as page:
        assert differing(page, lineage, questions, 4) == []


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
