"""Where to cut a range of keys so that each part fits in memory.

The intermediate files are sorted, and their Parquet footers hold the least key of every row group:
enough to cut their union into parts of nearly equal size without reading a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bucket:
    """The keys from `low` up to, and without, `high`; None is no bound."""

    number: int
    low: int | None
    high: int | None


def cut(files: Sequence[Path], key: str, *, most_rows: int, least: int) -> list[int]:
    """The keys at which to cut, in order.

    Parameters
    ----------
    files : sequence of Path
        Parquet files, each sorted by `key`.
    key : str
    most_rows : int
        About how many rows a part may have.
    least : int
        So many parts at least, when there are rows enough to share.

    Notes
    -----
    Reads footers only. A key is never divided: a part of one key may be larger.
    """
    import pyarrow.parquet as pq

    groups: list[tuple[int, int]] = []
    for path in files:
        footer = pq.ParquetFile(path).metadata
        column = footer.schema.names.index(key)
        for n in range(footer.num_row_groups):
            group = footer.row_group(n)
            groups.append((group.column(column).statistics.min, group.num_rows))
    groups.sort()
    rows = sum(count for _, count in groups)
    parts = max(-(-rows // most_rows), min(least, rows // 100_000), 1)
    cuts: list[int] = []
    seen = 0
    for start, count in groups:
        if seen >= rows * (len(cuts) + 1) / parts and (not cuts or start > cuts[-1]):
            cuts.append(start)
        seen += count
    return cuts


def buckets(cuts: Sequence[int]) -> list[Bucket]:
    """The parts between the cuts.

    >>> [(b.low, b.high) for b in buckets([10, 20])]
    [(None, 10), (10, 20), (20, None)]
    """
    bounds: list[int | None] = [None, *cuts, None]
    return [Bucket(n, low, high) for n, (low, high) in enumerate(pairwise(bounds))]
