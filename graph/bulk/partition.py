"""Key ranges that fit in memory.

The runs are sorted, and their Parquet footers hold the smallest key of every row group. That is enough
to cut all keys into ranges with nearly equal numbers of rows without reading a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

_MIN_ROWS_A_PART = 100_000


@dataclass(frozen=True, slots=True)
class KeyRange:
    """The keys from `low` up to, but not including, `high`; None means unbounded."""

    number: int
    low: int | None
    high: int | None


def choose_cuts(files: Sequence[Path], key: str, *, max_rows: int, min_parts: int) -> list[int]:
    """The keys at which to cut, in order, so that a part has about `max_rows` rows at most.

    The files are Parquet, each sorted by `key`; only their footers are read. There are at least `min_parts` parts when
    there are enough rows to share. Rows of one key stay together, so a part that consists of one key may be larger.
    """
    import pyarrow.parquet as pq

    row_groups: list[tuple[int, int]] = []
    for path in files:
        footer = pq.ParquetFile(path).metadata
        column = footer.schema.names.index(key)
        for n in range(footer.num_row_groups):
            group = footer.row_group(n)
            row_groups.append((group.column(column).statistics.min, group.num_rows))
    row_groups.sort()
    total = sum(rows for _, rows in row_groups)
    parts = max(-(-total // max_rows), min(min_parts, total // _MIN_ROWS_A_PART), 1)
    cuts: list[int] = []
    rows_before = 0
    for start, rows in row_groups:
        if rows_before >= total * (len(cuts) + 1) / parts and (not cuts or start > cuts[-1]):
            cuts.append(start)
        rows_before += rows
    return cuts


def key_ranges(cuts: Sequence[int]) -> list[KeyRange]:
    """The ranges between the cuts.

    >>> [(part.low, part.high) for part in key_ranges([10, 20])]
    [(None, 10), (10, 20), (20, None)]
    """
    bounds: list[int | None] = [None, *cuts, None]
    return [KeyRange(number, low, high) for number, (low, high) in enumerate(pairwise(bounds))]
