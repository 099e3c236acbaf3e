"""SIGKILL at random moments: the next run goes on, repeats nothing that was kept, and ends in equal bytes."""

from __future__ import annotations

import random

import pytest

from ..helpers.fetch_world import LINES, WORLD
from ..service import CitationRecord, ScholarWorld, paper
from ..service.crossref import CrossrefWorld, answer_crossref, crossref_faults
from ..soak_fetch import Loopback, killed


@pytest.mark.long
def test_a_fetch_that_is_killed_at_any_moment_ends_in_the_bytes_of_one_that_was_not():
    lines = list(killed(WORLD, LINES, kills=6, seed=11))
    assert lines[-1].endswith("6 of 6, the same bytes")


@pytest.mark.long
def test_the_same_holds_with_another_service_whose_answers_are_kept_beside():
    rows = [{"key": "ref1", "DOI": "10.1000/cited"}]
    works = [{"DOI": "10.1000/other", "title": ["Another New Paper"], "reference": rows, "reference-count": 1}]
    works += [{"DOI": "10.1000/cited,too", "title": ["Cited"], "reference-count": 0}]
    world = CrossrefWorld({str(work["DOI"]): work for work in works})
    others = {"crossref": Loopback(world, answer_crossref, crossref_faults)}
    lines = list(killed(WORLD, LINES, kills=6, seed=12, others=others))
    assert lines[-1].endswith("6 of 6, the same bytes")


def layered_world(layers: int, width: int, seed: int) -> ScholarWorld:
    """Papers of many years, each citing two of the year before."""
    dice = random.Random(seed)
    names = [[f"Layer {n} paper {m}" for m in range(width)] for n in range(layers)]
    papers = {
        name: paper(name, external_ids={"ArXiv": f"{n + 10}01.{m:05d}"}, date=f"{2000 + n}-01-01")
        for n, layer in enumerate(names)
        for m, name in enumerate(layer)
    }
    rows = {(later, dice.choice(names[n])) for n, layer in enumerate(names[1:]) for later in layer for _ in range(2)}
    citations = tuple(CitationRecord(papers[citing].id, papers[cited].id) for citing, cited in sorted(rows))
    return ScholarWorld(tuple(papers.values()), citations)


@pytest.mark.long
@pytest.mark.timeout(1800)  # more than sixty processes are started, one after the other
def test_a_search_that_is_killed_at_sixty_moments_ends_in_the_bytes_of_one_that_was_not():
    lines = list(killed(layered_world(14, 12, 5), ("1001.00000", "2301.00000"), kills=60, seed=13, budget=200))
    assert lines[-1].endswith("60 of 60, the same bytes")
