"""No question about paths takes all time or all memory, and an answer says when its search was stopped."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations, permutations

import pytest

from graph.algorithms.budget import BYTES, HOP_BYTES, Budget, abandoned_when
from graph.algorithms.constrained_paths import Itinerary
from graph.analysis.papers_between import PapersBetween
from graph.analysis.path_answer import PathAnswer, paths_of
from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.errors import Abandoned, InputError
from graph.exports.json_forms import path_form
from graph.exports.text.path_text import path_text
from graph.model.lineage import Lineage
from graph.pages.answer_html import paths_html
from graph.utils.files import json_text

from ..helpers.made_lineages import corpus_lineage

MEGABYTE = 1_000_000


def name(number: int) -> str:
    return f"p{number:03}"


def every_later_cites_every_earlier(papers: int) -> Lineage:
    """A complete network without circles: 2^(papers - 2) paths lead from its first paper to its last."""
    return corpus_lineage({(name(b), name(a)) for a, b in combinations(range(papers), 2)})


@pytest.fixture(scope="module")
def hundred() -> Lineage:
    return every_later_cites_every_earlier(100)


@contextmanager
def memory_below(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def ask(lineage: Lineage, budget: Budget, **options: object) -> PathAnswer:
    keys = sorted(lineage.corpus.papers)
    return paths_of(lineage, Itinerary(keys[0], keys[-1]), PathOptions(**options), budget)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options",
    [{"rank": "main"}, {"rank": "strongest"}, {"longest": True}, {"rank": "main", "max_hops": 12}],
    ids=str,
)
def test_60_paths_of_a_complete_network_take_a_step_a_node_and_little_memory(hundred: Lineage, options):
    budget = Budget()
    with memory_below(40 * MEGABYTE):
        answer = ask(hundred, budget, top=60, **options)
    assert len(answer.paths) == 60
    assert answer.stopped_after is None
    assert budget.taken <= sum(len(path.keys) + 1 for path in answer.paths)


@pytest.mark.long
def test_a_complete_network_of_200_papers_gives_200_of_its_heaviest_paths():
    budget = Budget()
    answer = ask(every_later_cites_every_earlier(200), budget, rank="main", top=200)
    assert answer.total == 2**198
    assert (len(answer.paths), answer.stopped_after) == (200, None)
    assert budget.taken <= 200 * 200
    assert len({path.keys for path in answer.paths}) == 200


@pytest.mark.parametrize(
    "options", [{"rank": "main"}, {"rank": "strongest"}, {"longest": True}, {}, {"rank": "diverse"}]
)
def test_memory_is_bounded_whatever_top_is_and_the_answer_says_that_it_stopped(hundred: Lineage, options):
    budget = Budget(steps=10_000, held=MEGABYTE)
    with memory_below(40 * MEGABYTE):
        answer = ask(hundred, budget, top=10**9, **options)
    assert answer.stopped_after is not None
    assert answer.stopped_after <= 10_000
    assert sum(len(path.hops) for path in answer.paths) * HOP_BYTES <= MEGABYTE + HOP_BYTES
    first = ask(hundred, Budget(), top=5, **options)
    assert first.paths == answer.paths[:5]
    assert first.stopped_after is None
    text = path_text(hundred, answer)
    assert f"The search stopped after {answer.stopped_after:,} steps" in text
    assert "there may be more" in text
    assert "--top shows more" not in text
    assert "The search stopped" in paths_html(hundred, answer)
    assert path_form(hundred, answer)["stopped_after"] == answer.stopped_after
    assert path_form(hundred, first)["stopped_after"] is None


def test_where_circles_hide_every_path_the_answer_is_refused_and_not_no():
    """Of ten papers that all cite each other no path of ten hops exists; the search for the longest cannot know."""
    tangle = corpus_lineage({*permutations(map(name, range(1, 13)), 2), (name(1), name(0)), (name(13), name(1))})
    with pytest.raises(InputError, match=r"within 500 steps, which does not mean that there is none"):
        ask(tangle, Budget(steps=500), longest=True)
    assert ask(tangle, Budget(steps=500)).paths[0].keys == (name(0), name(1), name(13))


def test_a_search_stops_when_nobody_waits_for_it(hundred: Lineage):
    asked = []

    def gone() -> bool:
        asked.append(1)
        return len(asked) > 2

    budget = Budget(held=100 * BYTES)
    with abandoned_when(gone), pytest.raises(Abandoned):
        ask(hundred, budget, rank="main", top=10**9)
    assert budget.taken < 10_000


def test_a_limit_of_hops_that_needs_too_much_memory_is_refused_with_a_remedy(monkeypatch):
    monkeypatch.setattr("graph.algorithms.limited_paths.MOST_ARCS", 1000)
    with pytest.raises(InputError, match=r"too many ways of at most 15 hops to search; set a lower --max-hops"):
        find_paths(every_later_cites_every_earlier(30), name(0), name(29), PathOptions(max_hops=15))


def test_too_many_papers_to_pass_are_refused_with_a_remedy(monkeypatch):
    monkeypatch.setattr("graph.algorithms.constrained_paths.MOST_ARCS", 1000)
    via = tuple(map(name, range(5, 15)))
    with pytest.raises(InputError, match=r"too many ways to pass 10 papers to search; name fewer"):
        find_paths(every_later_cites_every_earlier(30), name(0), name(29), PathOptions(via=via))


@pytest.mark.parametrize(("rank", "lengths"), [("shortest", 0), ("shortest", 3), ("diverse", 3)])
def test_the_shortest_of_very_long_paths_are_the_same_where_the_table_of_lengths_ends(
    hundred: Lineage, monkeypatch, rank: str, lengths: int
):
    options = PathOptions(top=140, rank=rank)
    expected = find_paths(hundred, name(3), name(20), options).paths
    assert {len(path.hops) for path in expected} >= {1, 2, 3}
    monkeypatch.setattr("graph.analysis.path_ranking.BYTES", 2 * lengths * 18)
    assert find_paths(hundred, name(3), name(20), options).paths == expected


def test_near_paths_among_very_many_papers_read_few_of_them(monkeypatch):
    """Only what the first paths pass is put in order by date and key, however long the longest path is."""
    lineage = every_later_cites_every_earlier(60)
    monkeypatch.setattr("graph.analysis.path_ranking.BYTES", 2 * 10 * 60)
    monkeypatch.setattr(PapersBetween, "by_cost", lambda *_, **__: pytest.fail("every paper was read"))
    assert [len(path.hops) for path in find_paths(lineage, name(0), name(59), PathOptions(top=3)).paths] == [1, 2, 2]


@pytest.mark.long
def test_more_paths_than_python_writes_digits_for_are_told_as_a_power_of_ten():
    """A chain of triangles has 2^15000 paths, a number of 4,516 digits."""
    chain = {(f"p{n + 1:05}", f"p{n:05}") for n in range(30_000)} | {
        (f"p{n + 2:05}", f"p{n:05}") for n in range(0, 30_000, 2)
    }
    lineage = corpus_lineage(chain)
    answer = find_paths(lineage, "p00000", "p30000", PathOptions(top=1))
    assert answer.total == 2**15_000
    assert "2.82 × 10^4515 paths" in path_text(lineage, answer)
    assert json_text(path_form(lineage, answer) | {"paths": []}).count("null") >= 2
