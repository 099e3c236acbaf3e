"""The strength of the evidence for a citation, a number by which paths are ranked.

Every citation begins with a doubt of 1, and evidence multiplies it::

    by 1/2   for every independent origin of the sources that assert it: two bibliographies are one, print and
             Semantic Scholar are two, and Crossref, OpenAlex and OpenCitations are one (`graph.model.origins`)
    by 1/2   when a source calls it influential
    by 3/4   when a source, or the recorded reason, says that it is cited for a method or a result, not only for
             background
    by 9/10  for every citing sentence after the first, at most five times

The strength of a citation is 1 minus its doubt; the strength of a path is the product of those of its citations.
Missing evidence changes nothing, so every citation that a source asserts has a strength above 0. One source gives 0.5,
two of different origins give 0.75. Of two paths whose citations have equal evidence the shorter is the stronger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import isqrt, log, prod

import numpy as np
from numpy.typing import NDArray

from ..model.corpus import Assertion, Citation, Corpus, Source
from ..model.evidence_codes import PURPOSEFUL, Evidence
from ..model.lineage import Lineage
from ..model.reasons import Reason, Reasons

Strengths = NDArray[np.float64]


def strength(corpus: Corpus, citation: Citation, reasons: Reasons | None = None) -> float:
    """The strength of the evidence for a citation, above 0 and below 1.

    Reasons are by their arc, cited -> citing. One that names no method and no result, and one that is not recorded,
    change nothing.

    >>> from graph.model.corpus import Assertion, Paper, Source
    >>> sources = {"p": Source("p", "printed_bibliography", "P"), "s": Source("s", "semantic_scholar", "S")}
    >>> corpus = Corpus({"a": Paper("a"), "b": Paper("b")}, sources=sources)
    >>> strength(corpus, Citation("a", "b", (Assertion("p"),)))
    0.5
    >>> strength(corpus, Citation("a", "b", (Assertion("p"), Assertion("s"))))
    0.75
    """
    reason = reasons.get((citation.cited, citation.citing)) if reasons else None
    return strength_by(corpus.sources, citation.assertions, reason)


def strengths_at(lineage: Lineage, places: NDArray[np.int64]) -> Strengths:
    """The strengths of the citations at some places of the corpus, by their evidence and the recorded reasons.

    >>> from graph import load
    >>> whole = load()
    >>> citations = whole.corpus.citations[:99]
    >>> found = strengths_at(whole, np.arange(99)).tolist()
    >>> found == [strength(whole.corpus, each, whole.reasons) for each in citations]
    True
    """
    codes = lineage.corpus.evidence_codes(places).copy()
    codes[np.isin(places, _places_with_purpose(lineage))] |= np.uint8(PURPOSEFUL)
    known = np.ones(256)
    for code in np.flatnonzero(np.bincount(codes, minlength=256)).tolist():
        origins, influential, purposeful, sentences = Evidence.of_code(code)
        known[code] = strength_of(origins, influential=influential, purposeful=purposeful, sentences=sentences)
    return known[codes]


def _places_with_purpose(lineage: Lineage) -> list[int]:
    """The places of the citations of which a reason says that they are for a method or a result."""
    arrays = lineage.corpus.arrays
    found = []
    for (cited, citing), reason in lineage.reasons.items():
        if set(reason.intents) - {"background"} and cited in arrays.numbers and citing in arrays.numbers:
            place = arrays.place(arrays.numbers[citing], arrays.numbers[cited])
            found += [] if place is None else [place]
    return found


def strength_by(sources: Mapping[str, Source], assertions: Sequence[Assertion], reason: Reason | None) -> float:
    """The same by what the sources say, and by the reason where one is recorded."""
    origins, influential, purposeful, sentences = Evidence.of(sources, assertions)
    has_reason = bool(set(reason.intents if reason else ()) - {"background"})
    return strength_of(origins, influential=influential, purposeful=purposeful or has_reason, sentences=sentences)


def strength_of(origins: int, *, influential: bool, purposeful: bool, sentences: int = 0) -> float:
    """The strength of evidence of so many origins, by the rule above; `purposeful`: for a method or a result.

    >>> strength_of(1, influential=True, purposeful=True)
    0.8125
    """
    doubt = 0.5**origins * (0.5 if influential else 1) * (0.75 if purposeful else 1)
    return 1 - doubt * 0.9 ** min(max(sentences - 1, 0), 5)


def path_strength(corpus: Corpus, citations: Iterable[Citation], reasons: Reasons | None = None) -> float:
    """The strength of a path: the product of the strengths of its citations."""
    return prod(strength(corpus, citation, reasons) for citation in citations)


def cost(corpus: Corpus, citation: Citation, reasons: Reasons | None = None) -> float:
    """The cost of a citation for ranking: the less all citations of a path cost together, the stronger it is."""
    return -log(strength(corpus, citation, reasons))


UNIT = 10**15
"""How many units of an exact cost are 1."""


@cache
def exact_cost(strength: float) -> int:
    """The cost of a citation of some strength in units of 1e-15, an integer, so that equal strengths cost the same.

    It is the sum of the costs of prime factors. So citations whose strengths have the same product have the same sum,
    and a path is as dear as any other of its strength.

    >>> exact_cost(3 / 4) + exact_cost(5 / 8) == exact_cost(15 / 16) + exact_cost(1 / 2)
    True
    """
    from fractions import Fraction  # only an order by strength needs it

    ratio = Fraction(strength).limit_denominator(UNIT // 10**6)
    return _logarithm(ratio.denominator) - _logarithm(ratio.numerator)


@cache
def _logarithm(number: int) -> int:
    """The natural logarithm as the sum of those of the prime factors, each rounded to a unit."""
    factor = next((each for each in range(2, isqrt(number) + 1) if number % each == 0), number)
    return round(log(factor) * UNIT) + (_logarithm(number // factor) if factor < number else 0)
