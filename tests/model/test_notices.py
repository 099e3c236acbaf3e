"""Notices of papers: their order, and which of them stands."""

from __future__ import annotations

import random

from graph.model.notices import Notice, notice_order


def test_notices_are_by_paper_the_oldest_first_and_what_is_not_known_is_last_for_a_date_and_first_for_a_number():
    ordered = [
        Notice("a", "s", "correction", "doi:10.1/a", "2019"),
        Notice("a", "s", "correction", "doi:10.1/a", "2019", notice="10.1/n"),
        Notice("a", "s", "correction", "doi:10.1/a", "2019", record="1"),
        Notice("a", "s", "retraction", "doi:10.1/a", "2019"),
        Notice("a", "s", "retraction", "doi:10.1/a", "2019-05"),
        Notice("a", "s", "correction", "doi:10.1/a"),
        Notice("b", "s", "correction", "doi:10.1/b", "2001"),
    ]
    for seed in range(5):
        shuffled = random.Random(seed).sample(ordered, len(ordered))
        assert sorted(shuffled, key=notice_order) == ordered
