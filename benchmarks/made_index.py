"""The index of a made citation network of any size, always the same: a power law, in the order of time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from graph.index.citation_index import Index, open_index
from graph.index.write_index import Batch, write_index

REFERENCES_A_PAPER = 10
"""Before duplicates are removed."""
PAPERS_A_BLOCK = 1 << 18


def hashed(numbers: Any) -> Any:
    """A random-looking 64-bit number for each number, always the same (splitmix64)."""
    value = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def random_fractions(papers: Any, kind: int) -> Any:
    """A random number in (0, 1) for every reference of some papers."""
    first = kind * REFERENCES_A_PAPER
    tags = papers[:, None].astype(np.uint64) * np.uint64(8 * REFERENCES_A_PAPER) + np.arange(
        first, first + REFERENCES_A_PAPER, dtype=np.uint64
    )
    return ((hashed(tags) >> np.uint64(12)).astype(np.float64) + 0.5) / 2.0**52


class Shuffle:
    """A one-to-one map between the time of a paper, 0, 1, ..., and its place among the corpus ids."""

    def __init__(self, papers: int) -> None:
        self.papers = papers
        self.step = next(step for step in range(int(papers * 0.618), 2 * papers + 3) if math.gcd(step, papers) == 1)
        self.back = pow(self.step, -1, papers) if papers > 1 else 0

    def place(self, times: Any) -> Any:
        return times * self.step % self.papers

    def time(self, places: Any) -> Any:
        return places * self.back % self.papers


def batches(papers: int) -> Iterator[Batch]:
    """Citations by the places of their papers: half of the references go to recent papers, half to much cited ones."""
    shuffle = Shuffle(papers)
    for first in range(0, papers, PAPERS_A_BLOCK):
        places = np.arange(first, min(first + PAPERS_A_BLOCK, papers), dtype=np.int64)
        times = shuffle.time(places)
        own = times[:, None]
        recent = own - 1 + (np.log(random_fractions(times, 0)) * max(papers / 50, 5)).astype(np.int64)
        # A power of two that divides the number favours the few that are much cited, at all ages.
        famous = (own * random_fractions(times, 1)).astype(np.int64)
        famous -= famous % np.power(2, 1 + (np.log(random_fractions(times, 2)) / np.log(0.65)).astype(np.int64))
        cited = np.where(random_fractions(times, 3) < 0.5, recent, famous)
        kept = (cited >= 0) & (cited < own)
        cited = np.where(kept, shuffle.place(cited), -1)
        cited.sort(axis=1)
        kept = cited >= 0
        kept[:, 1:] &= cited[:, 1:] != cited[:, :-1]
        citing = np.broadcast_to(places[:, None], cited.shape)[kept].astype(np.int32)
        yield citing, cited[kept].astype(np.int32), (random_fractions(times, 4)[kept] < 0.1).astype(np.uint8)


def make_index(path: Path, citations: int, say: Callable[[str], None] = lambda _: None) -> Index:
    """The index of a made network with about this many citations."""
    papers = int(citations / 9.3)
    times = Shuffle(papers).time(np.arange(papers, dtype=np.int64))
    dates = (19600000 + 10000 * (times * 65 // papers)).astype(np.int32)
    write_index(path, np.arange(papers, dtype=np.int64) * 3 + 1, dates, batches(papers), memory=4 << 30, say=say)
    return open_index(path)
