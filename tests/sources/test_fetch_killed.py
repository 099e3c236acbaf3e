"""SIGKILL at random moments: the next run goes on, repeats nothing that was kept, and ends in equal bytes."""

from __future__ import annotations

import pytest

from ..helpers.fetch_world import LINES, WORLD
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
