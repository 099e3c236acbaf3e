"""Betweenness: how many of the shortest chains of citations run through a paper."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...algorithms.network import Network
from ...algorithms.rows import positions
from ...model.lineage import Lineage
from .values import Result, incomplete, noted, oldest_first, require

EXACT = 5_000
"""Of more papers betweenness is estimated unless a sample is given: all searches would take minutes or hours."""
_TOGETHER = 1 << 18
"""How many papers the searches that run side by side look at: what fits the cache of a processor."""
SEARCHED = 4 * 10**7
"""How many papers and citations the searches of such an estimate may look at."""
_ALIKE = 2
"""An estimate searches from both ends where neither has more than so many times the papers of the other ..."""
_FEWEST = 4
"""... and the sample has two papers for each, of which one alone would not tell how far it is off."""


def betweenness(lineage: Lineage, *, sample: int = 0, seed: int = 0) -> Result:
    """Count the pairs of papers whose shortest chain of citations runs through each paper.

    A pair with several shortest chains counts in part: if s(a, b) chains lead from a to b, and
    s(a, b | v) of them run through v, ::

        B(v) = sum of s(a, b | v) / s(a, b) over all a and b other than v

    Raises `InputError` when `sample` is negative.

    Parameters
    ----------
    lineage : Lineage
        Chains run along the arcs, cited -> citing; pairs are ordered.
    sample : int
        From how many papers to follow chains, which is exact for all of them; 0 for as many as some seconds allow:
        all of a corpus of up to `EXACT` papers.
    seed : int
        Chooses the sample; the same seed gives the same values.

    Returns
    -------
    Result
        A number for every paper, not normalised: most pairs of a citation graph have no chain.

    Examples
    --------
    >>> from graph.analysis.measures.example import example
    >>> betweenness(example()).top(1)
    [('a', 0.0)]

    Notes
    -----
    Brandes' accumulation, from one end of the chains. Both ends give the same values, so it begins
    at the end with fewer papers: in a corpus of reference lists few papers cite, and many are only
    cited. A search visits only the papers that it reaches, level by level. With m citations and p papers at
    that end the cost is at most p * m.

    A sample costs less. One paper is drawn at random from each run of papers of about the same age, since the age of
    its start decides how far a search comes, and what they bring is scaled up (Brandes & Pich 2007). A paper next to
    one that is drawn would get far too much, as all chains of that one run through few neighbours. So where both ends
    have about as many papers, half of the sample is drawn from each, and a pair counts by how far from the drawn end
    the paper is: x arcs on a chain of n count x / n, and what is missing to 1 comes from the other end (Geisberger,
    Sanders & Schultes 2008). The detail `standard_error` is how far a value may well be off, estimated from the sample
    itself, as if age did not matter, which is rather too much; of a value of 0, which no chain of the sample passes,
    it says nothing.

    Chains through citations that are not known are missing. A note says how many papers have
    incomplete references.

    References
    ----------
    Freeman (1977), doi:10.2307/3033543; Brandes (2001), doi:10.1080/0022250X.2001.9990249;
    Brandes & Pich (2007), doi:10.1142/S0218127407018403;
    Geisberger, Sanders & Schultes (2008), doi:10.1137/1.9781611972887.9.
    """
    require(sample >= 0, "sample must be 0 (all papers) or more", sample)
    arrays, network = lineage.corpus.arrays, lineage.network
    keys, by_age = oldest_first(lineage), arrays.network_by_age
    fewer, more = sorted((_End.of(by_age, "cited"), _End.of(by_age.reversed(), "citing")), key=len)
    drawn = sample
    if not sample and network.nodes > EXACT:
        drawn = max(1, SEARCHED // (network.nodes + network.arcs))
    notes, details = [], {}
    if not 0 < drawn < len(fewer):
        values = sum(fewer.dependencies(fewer.starts), np.zeros(network.nodes))
    else:
        values, errors, said = _estimate(fewer, more, drawn, random.Random(seed))  # noqa: S311  # no secret
        greatest = int(values.argmax())
        off = f"{errors[greatest] / values[greatest]:.0%}" if values[greatest] else "an unknown part"
        notes = [f"estimated from {said}", f"the standard error of its greatest value is {off}"]
        details = {key: {"standard_error": error} for key, error in zip(keys, errors.tolist(), strict=True)}
    notes += noted(len(incomplete(lineage)), "chains through the unknown references of {:,} papers are not seen")
    parameters = {"sample": sample, "seed": seed}
    found = dict(zip(keys, values.tolist(), strict=True))
    return Result("betweenness", found, notes=tuple(notes), parameters=parameters, details=details)


@dataclass(frozen=True, eq=False)
class _End:
    """One end of the chains: the papers from which they lead to others along the citers of a network.

    `name` says what these papers are: cited by others, or citing others.
    """

    network: Network
    name: str
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, network: Network, name: str) -> _End:
        """The end from which chains run along a network."""
        return cls(network, name, np.flatnonzero(np.diff(network.citers_at)))

    def __len__(self) -> int:
        return len(self.starts)

    def draw(self, papers: int, chance: random.Random) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """So many of its papers, one of each run of about as many, and how many papers the run of each has."""
        bounds = np.arange(papers + 1) * len(self) // papers
        chosen = [chance.randrange(first, behind) for first, behind in pairwise(bounds.tolist())]
        return self.starts[chosen], np.diff(bounds)

    def dependencies(self, starts: NDArray[np.int64], *, by_distance: bool = False) -> Iterator[NDArray[np.float64]]:
        """The rows of `_dependencies`, of as many searches at a time as fit the cache."""
        together = max(1, _TOGETHER // max(1, self.network.nodes))
        for first in range(0, len(starts), together):
            yield from _dependencies(self.network, starts[first : first + together], by_distance=by_distance)


def _estimate(
    fewer: _End, more: _End, drawn: int, chance: random.Random
) -> tuple[NDArray[np.float64], NDArray[np.float64], str]:
    """The values by so many searches, how far they are off, and what was drawn, in words."""
    both = drawn >= _FEWEST and len(more) <= _ALIKE * len(fewer)
    parts = [(fewer, (drawn + 1) // 2), (more, drawn // 2)] if both else [(fewer, drawn)]
    values, errors = np.zeros(fewer.network.nodes), np.zeros(fewer.network.nodes)
    for end, papers in parts:
        starts, stand_for = end.draw(papers, chance)
        sums, squares = np.zeros(len(values)), np.zeros(len(values))
        for row, count in zip(end.dependencies(starts, by_distance=both), stand_for.tolist(), strict=True):
            sums += row * count
            squares += row**2
        values += sums
        errors = np.hypot(errors, _standard_errors(sums / len(end), squares, papers, len(end)))
    said = [f"{papers:,} of {len(end):,}{f' {end.name}' if both else ''} papers" for end, papers in parts]
    return values, errors, " and ".join(said)


def _standard_errors(means: NDArray[Any], squares: NDArray[Any], drawn: int, total: int) -> NDArray[Any]:
    """How far sums over `total` papers are off that were scaled up from those drawn, each at most once."""
    variance = np.maximum(squares - drawn * means**2, 0) / max(drawn - 1, 1)
    errors: NDArray[Any] = total * np.sqrt(variance / drawn * (1 - drawn / total))
    return errors


def _dependencies(network: Network, starts: NDArray[Any], *, by_distance: bool) -> NDArray[Any]:
    """What the shortest chains from some papers contribute to the papers inside them.

    A row for each start, with Brandes' dependency of every paper: the sum of s(start, b | paper) / s(start, b) over
    all b, with `by_distance` each times the part of the way from the start to b that leads to the paper. The searches
    go through the network side by side, for in a network of long chains a level has few papers.
    """
    size = len(starts) * network.nodes  # paper p in the n-th search is n * nodes + p
    search, papers = np.arange(len(starts)) * network.nodes, starts
    front = search + papers
    chains: NDArray[Any] = np.ones(len(starts))  # that lead to each paper of the front
    seen, number = np.zeros(size, np.bool_), np.empty(size, np.int64)  # the place of each paper in its front
    seen[front] = True
    levels: list[tuple[NDArray[Any], ...]] = []
    while len(front):
        lengths = network.citers_at[papers + 1] - network.citers_at[papers]
        before = np.repeat(np.arange(len(front)), lengths)
        citers = network.citers[positions(network.citers_at, papers)]
        found = search[before] + citers
        new = np.flatnonzero(~seen[found])
        before, found = before[new], found[new]
        first = _firsts(found, number)
        search, papers, reached = search[before[first]], citers[new[first]], found[first]
        seen[reached] = True
        number[reached] = np.arange(len(reached))
        after = number[found]
        levels.append((front, before, after, chains))
        front, chains = reached, np.bincount(after, weights=chains[before], minlength=len(reached))
    dependencies = np.zeros(size)
    beyond: NDArray[Any] = np.zeros(len(front))  # the dependency of each paper of the front
    for away, (members, before, after, through) in zip(range(len(levels), 0, -1), reversed(levels), strict=True):
        dependencies[front] = beyond * away if by_distance else beyond
        part = ((1 / away if by_distance else 1) + beyond) / chains
        # Exact values are added up in this order, so that they are the same to the last bit.
        last_first = slice(None) if by_distance else _descending(after)
        weights = through[before] * part[after]
        beyond = np.bincount(before[last_first], weights=weights[last_first], minlength=len(members))
        front, chains = members, through
    return dependencies.reshape(len(starts), network.nodes)  # of the starts themselves 0


def _firsts(values: NDArray[Any], place: NDArray[Any]) -> NDArray[Any]:
    """The places where each of some values first comes, ascending; `place` has room for each value."""
    places = np.arange(len(values))
    place[values[::-1]] = places[::-1]  # of several places that are written for a value, the last one stays
    return np.flatnonzero(place[values] == places)


def _descending(values: NDArray[Any]) -> NDArray[Any]:
    """The places of values from the largest down, equal ones as they come. Numbers are sorted faster than places."""
    bits = len(values).bit_length()
    placed: NDArray[np.int64] = ((values.max(initial=0) - values) << bits) | np.arange(len(values))
    placed.sort()
    return placed & ((1 << bits) - 1)
