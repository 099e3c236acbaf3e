"""Rows of a lane: as few as there can be, nothing overlaps, and what belongs together stands together."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from graph.exports.lane_rows import MANY_ROWS, SPARE, rows_in_order, rows_needed
from graph.exports.layout import timeline

from ..helpers.made_lineages import lineage_of


def made(seed: int) -> tuple[list[float], list[float], list[float]]:
    chance = random.Random(seed)
    lefts = sorted(chance.randrange(200) for _ in range(chance.randrange(1, 60)))
    ends = [left + chance.randrange(3, 40) for left in lefts]
    return lefts, ends, [chance.random() for _ in lefts]


@pytest.mark.parametrize("seed", range(40))
def test_rows_are_as_few_as_boxes_that_share_a_place_and_no_two_boxes_overlap(seed: int) -> None:
    lefts, ends, places = made(seed)
    most = max(sum(left <= x < end for left, end in zip(lefts, ends, strict=True)) for x in lefts)
    for rows in (rows_needed(range(len(lefts)), lefts, ends), rows_in_order(range(len(lefts)), lefts, ends, places)):
        assert most <= len(rows) <= most * (1 + SPARE if most >= MANY_ROWS else 1)
        assert sorted(n for row in rows for n in row) == list(range(len(lefts)))
        for row in rows:
            assert all(ends[one] <= lefts[other] for one, other in pairwise(row))


@pytest.mark.parametrize("seed", range(40))
def test_a_box_takes_the_free_row_that_is_nearest_to_its_place(seed: int) -> None:
    lefts, ends, places = made(seed)
    rows = rows_in_order(range(len(lefts)), lefts, ends, places)
    if len(rows_needed(range(len(lefts)), lefts, ends)) != len(rows):
        pytest.skip("a row without a box is left out, and rows are counted without it")
    row_of = {n: at for at, row in enumerate(rows) for n in row}
    for n, left in enumerate(lefts):
        free = set(range(len(rows))) - {row_of[other] for other in range(n) if ends[other] > left}
        wanted = places[n] * (len(rows) - 1)
        assert abs(row_of[n] - wanted) == min(abs(row - wanted) for row in free)


def test_two_schools_that_cite_only_themselves_stand_apart_in_their_lane() -> None:
    """Twelve papers a year of one theme, of two schools: the middle rows of each are on one side of the other's."""
    school = {f"p{year}{n:02d}": n % 2 for year in range(2000, 2016) for n in range(12)}
    dates = {key: f"{key[1:5]}-{int(key[5:]) % 12 + 1:02d}" for key in school}
    arcs = [
        (key, other)
        for key in school
        for other in school
        if school[key] == school[other] and int(other[1:5]) == int(key[1:5]) - 1
    ]
    lineage = lineage_of(arcs, dict.fromkeys(school, "t"), dates)
    places = timeline(lineage, list(school)).placements
    late = [key for key in school if int(key[1:5]) > 2004]
    means = [sum(places[key].y for key in late if school[key] == one) / (len(late) / 2) for one in (0, 1)]
    height = max(spot.y for spot in places.values()) - min(spot.y for spot in places.values())
    assert abs(means[0] - means[1]) > 0.2 * height
