"""Key ranges cover every key once, and have nearly equal numbers of rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.bulk import merge_runs
from graph.bulk.merge_runs import choose_cuts, key_ranges


def write_runs(folder: Path, *runs: list[int], group_rows: int) -> list[Path]:
    paths = [folder / f"{number}.parquet" for number in range(len(runs))]
    for path, keys in zip(paths, runs, strict=True):
        table = pa.table({"other": [0] * len(keys), "key": pa.array(sorted(keys), pa.int64())})
        pq.write_table(table, path, row_group_size=group_rows)
    return paths


def rows_in_ranges(keys: list[int], cuts: list[int]) -> list[int]:
    """How many rows each range has; each key must be in exactly one."""
    counts = []
    for part in key_ranges(cuts):
        low, high = (part.low is None, part.high is None)
        counts.append(sum((low or key >= part.low) and (high or key < part.high) for key in keys))
    assert sum(counts) == len(keys)
    return counts


@given(st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=60), min_size=1, max_size=3), st.integers(1, 80))
def test_every_row_is_in_one_range_and_ranges_are_not_too_large(tmp_path_factory, runs, max_rows):
    files = write_runs(tmp_path_factory.mktemp("runs"), *runs, group_rows=1)
    cuts = choose_cuts(files, "key", max_rows=max_rows, min_parts=1)
    assert cuts == sorted(set(cuts))
    keys = [key for run in runs for key in run]
    most_of_a_key = max(keys.count(key) for key in keys)
    assert max(rows_in_ranges(keys, cuts)) <= max_rows + most_of_a_key


def test_ranges_are_numbered_and_have_nearly_equal_numbers_of_rows(tmp_path: Path):
    keys = np.random.default_rng(1).integers(0, 10**9, 40_000)
    files = write_runs(tmp_path, keys[:25_000].tolist(), keys[25_000:].tolist(), group_rows=100)
    cuts = choose_cuts(files, "key", max_rows=5_000, min_parts=1)
    counts = rows_in_ranges(keys.tolist(), cuts)
    assert len(counts) == 8
    assert max(counts) - min(counts) < 500
    assert [part.number for part in key_ranges(cuts)] == list(range(8))


@pytest.mark.parametrize(("rows", "parts"), [(99, 1), (150, 1), (200, 2), (350, 3), (400, 4), (2000, 4)])
def test_there_is_a_part_for_each_worker_when_there_are_enough_rows(rows, parts, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(merge_runs, "_MIN_ROWS_A_PART", 100)
    files = write_runs(tmp_path, list(range(rows)), group_rows=1)
    cuts = choose_cuts(files, "key", max_rows=10_000, min_parts=4)
    assert len(key_ranges(cuts)) == parts


def test_the_rows_of_one_key_stay_together(tmp_path: Path):
    files = write_runs(tmp_path, [7] * 500, group_rows=10)
    assert choose_cuts(files, "key", max_rows=50, min_parts=1) in ([], [7])
