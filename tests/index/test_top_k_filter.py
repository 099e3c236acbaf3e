"""Which rows of very frequent names are kept on their way to the table, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph.index.top_k_filter import TopKFilter, first_of_each, ranks_of, sort_rows

ROWS = st.lists(st.tuples(st.integers(0, 2**64 - 1) | st.integers(0, 3), st.integers(0, 255)), max_size=80)


def test_eight_ranks_are_a_factor_of_two():
    assert ranks_of(np.array([0, -1, 1, 3, 2**31 - 1])).tolist() == [255, 255, 247, 239, 7]
    assert ranks_of(np.array([2**40])).tolist() == [0]
    assert ranks_of(np.array([2, 4])).tolist() == [242, 236]  # to the nearest: 8 log2(3) is 12.7, 8 log2(5) is 18.6
    assert (np.diff(ranks_of(np.arange(10_000)).astype(np.int64)) <= 0).all()


@given(ROWS)
def test_rows_are_sorted_stably_by_key_and_rank(rows):
    keys = np.array([key for key, _ in rows], np.uint64)
    payload = np.array([rank << 32 | place for place, (_, rank) in enumerate(rows)], np.uint64)
    sorted_keys, sorted_payload = sort_rows(keys.copy(), payload.copy())
    expected = sorted((key, rank, place) for place, (key, rank) in enumerate(rows))
    assert list(zip(sorted_keys.tolist(), sorted_payload.tolist(), strict=True)) == [
        (key, rank << 32 | place) for key, rank, place in expected
    ]


@given(st.lists(st.integers(0, 6), max_size=60).map(sorted), st.integers(1, 4), st.integers(1, 8))
def test_the_first_rows_of_each_counted_key_are_kept(keys, max_papers, min_counted):
    kept, counts = first_of_each(np.array(keys, np.uint64), max_papers, min_counted)
    times, seen, expected = Counter(keys), Counter(), []
    for key in keys:
        expected.append(seen[key] < max_papers or times[key] < min_counted)
        seen[key] += 1
    assert kept.tolist() == expected
    assert counts == {key: number for key, number in times.items() if number >= min_counted}


def filtered(row_filter: TopKFilter, blocks) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The ranks of all rows by key, and those of the rows that the filter keeps."""
    ranks_of_all, ranks_of_kept = defaultdict(list), defaultdict(list)
    for keys, ranks in blocks:
        kept = row_filter.kept(keys, ranks)
        for key, rank, is_kept in zip(keys.tolist(), ranks.tolist(), kept.tolist(), strict=True):
            ranks_of_all[key].append(rank)
            if is_kept:
                ranks_of_kept[key].append(rank)
    return ranks_of_all, ranks_of_kept


def test_the_filter_drops_only_rows_that_are_not_among_the_first_of_a_name():
    chance, max_papers = np.random.default_rng(3), 20
    row_filter = TopKFilter(max_papers, min_rows=64)
    blocks = [
        (chance.zipf(1.4, 4000).astype(np.uint64), chance.integers(0, 256, 4000).astype(np.uint64)) for _ in range(6)
    ]
    ranks_of_all, ranks_of_kept = filtered(row_filter, blocks)
    assert sum(map(len, ranks_of_kept.values())) < 24_000 / 2
    for key, ranks in ranks_of_all.items():
        assert sorted(ranks_of_kept[key])[:max_papers] == sorted(ranks)[:max_papers]
        assert len(ranks_of_kept[key]) + row_filter.left_out.get(key, 0) == len(ranks)
    assert all(row_filter.left_out.values())


def test_a_name_is_filtered_once_a_block_has_many_rows_of_it():
    rare, frequent = 100, 6000  # rows of a block of 6,400, one in 16 of them sampled
    keys = np.array(([7] * 15 + [9]) * 400, np.uint64)
    assert np.count_nonzero(keys == 7) == frequent
    row_filter = TopKFilter(50, min_rows=2 * rare * 16)
    ranks = np.arange(len(keys), dtype=np.uint64) % np.uint64(256)
    for _ in range(2):
        row_filter.kept(keys, ranks)
    assert set(row_filter.left_out) == {7}


def test_the_limit_of_a_name_is_the_rank_where_it_has_enough_papers():
    row_filter = TopKFilter(10, min_rows=1)
    key = np.full(256, 5, np.uint64)
    ranks = np.repeat(np.arange(64, dtype=np.uint64), 4)  # four papers of each rank: ten are in ranks 0, 1 and 2
    assert row_filter.kept(key, ranks).all()  # nothing was known before
    assert row_filter.kept(key, ranks).tolist() == (ranks <= 2).tolist()
    assert row_filter.left_out == {5: 256 - 12}
    assert row_filter.kept(key, ranks).tolist() == (ranks <= 1).tolist()  # eight of rank 0 and eight of rank 1 suffice
