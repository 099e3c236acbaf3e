"""The arcs between some papers of a corpus, cited -> citing, in the order of these papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .corpus import Citation, Corpus


@dataclass(frozen=True, slots=True)
class ArcBetween:
    """An arc cited -> citing with the citation behind it; `backwards` says that the cited paper is the later one."""

    cited: str
    citing: str
    citation: Citation
    backwards: bool

    @property
    def arc(self) -> tuple[str, str]:
        """The two keys."""
        return self.cited, self.citing


def arcs_among(corpus: Corpus, ordered: Sequence[str]) -> list[tuple[str, str]]:
    """The arcs between some papers: by the cited paper, then by the citing one."""
    arrays = corpus.arrays
    numbers = np.array([arrays.numbers[key] for key in ordered], np.int64)
    place = np.full(arrays.network.nodes, -1, np.int64)
    place[numbers] = np.arange(len(numbers))
    citing, cited = arrays.network.arcs_among(numbers)
    order = np.lexsort((place[citing], place[cited]))
    return [
        (ordered[one], ordered[other])
        for one, other in zip(place[cited[order]].tolist(), place[citing[order]].tolist(), strict=True)
    ]


def citations_among(corpus: Corpus, ordered: Sequence[str]) -> list[ArcBetween]:
    """The same arcs with their citations."""
    arrays, arcs = corpus.arrays, arcs_among(corpus, ordered)
    if not arcs:
        return []
    cited, citing = (np.array([arrays.numbers[key] for key in keys], np.int64) for keys in zip(*arcs, strict=True))
    places, later = arrays.places(citing, cited).tolist(), arrays.backwards(cited, citing).tolist()
    return [
        ArcBetween(*arc, corpus.citations[place], backwards)
        for arc, place, backwards in zip(arcs, places, later, strict=True)
    ]


def all_citations(corpus: Corpus) -> Iterator[ArcBetween]:
    """Every arc with its citation, in the order of the corpus; citations of a paper by itself are no arcs."""
    arrays = corpus.arrays
    later = arrays.backwards(arrays.cited, arrays.citing).tolist()
    for each, backwards in zip(corpus.citations, later, strict=True):
        if each.citing != each.cited:
            yield ArcBetween(each.cited, each.citing, each, backwards)
