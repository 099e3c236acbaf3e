"""The arcs between some papers of a corpus, cited -> citing, in the order of these papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..algorithms.network import Ints
from .corpus import Citation, Corpus
from .tables import values_at


class ArcBetween(NamedTuple):
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
    cited, citing, _, _ = _among(corpus, ordered)
    return [(ordered[one], ordered[other]) for one, other in zip(cited, citing, strict=True)]


def citations_among(corpus: Corpus, ordered: Sequence[str]) -> list[ArcBetween]:
    """The same arcs with their citations."""
    cited, citing, citations, backwards = citation_columns(corpus, ordered)
    ends = ([ordered[at] for at in places] for places in (cited, citing))
    return list(map(ArcBetween, *ends, citations, backwards))


def citations_of(corpus: Corpus, arcs: Sequence[tuple[str, str]]) -> list[ArcBetween]:
    """Some arcs cited -> citing, all of which the corpus has, with their citations, in their order."""
    arrays = corpus.arrays
    ends = [list(each) for each in zip(*arcs, strict=True)] or [[], []]
    older, newer = (np.array(arrays.numbers_of(keys), np.int64) for keys in ends)
    return list(map(ArcBetween, *ends, *_citations_at(corpus, older, newer)))


def citation_columns(
    corpus: Corpus, ordered: Sequence[str]
) -> tuple[list[int], list[int], Sequence[Citation], list[bool]]:
    """The same as columns: the places among these papers of the cited one and of the citing one, and the rest."""
    cited, citing, older, newer = _among(corpus, ordered)
    return cited, citing, *_citations_at(corpus, older, newer)


def _citations_at(corpus: Corpus, older: NDArray[Any], newer: NDArray[Any]) -> tuple[Sequence[Citation], list[bool]]:
    """The citations between papers by their numbers, and whether the older of the two is dated after the other."""
    arrays = corpus.arrays
    citations = values_at(corpus.citations, arrays.places(newer, older).tolist())
    return citations, arrays.backwards(older, newer).tolist()


def _among(corpus: Corpus, ordered: Sequence[str]) -> tuple[list[int], list[int], Ints, Ints]:
    """The cited and the citing paper of each arc: their places among these, and their numbers."""
    arrays = corpus.arrays
    numbers = np.array(arrays.numbers_of(ordered), np.int64)
    place = np.full(arrays.network.nodes, -1, np.int64)
    place[numbers] = np.arange(len(numbers))
    citing, cited = arrays.network.arcs_among(numbers)
    order = np.lexsort((place[citing], place[cited]))
    citing, cited = citing[order], cited[order]
    return place[cited].tolist(), place[citing].tolist(), cited, citing


def all_citations(corpus: Corpus) -> Iterator[ArcBetween]:
    """Every arc with its citation, in the order of the corpus; citations of a paper by itself are no arcs."""
    arrays = corpus.arrays
    later = arrays.backwards(arrays.cited, arrays.citing).tolist()
    for each, backwards in zip(corpus.citations, later, strict=True):
        if each.citing != each.cited:
            yield ArcBetween(each.cited, each.citing, each, backwards)
