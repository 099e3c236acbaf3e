"""SIGKILL at random moments: the next run goes on, repeats nothing that was kept, and ends in equal bytes."""

from __future__ import annotations

import pytest

from ..helpers.fetch_world import LINES, WORLD
from ..soak_fetch import killed


@pytest.mark.long
def test_a_fetch_that_is_killed_at_any_moment_ends_in_the_bytes_of_one_that_was_not():
    lines = list(killed(WORLD, LINES, kills=6, seed=11))
    assert lines[-1].endswith("6 of 6, the same bytes")
