"""How promising it is to read the list of a paper that a search has met: the score by which it chooses.

For a paper before B, whose references may lead back to A (and in the same way for one after A, whose citing papers may
lead on to B):

.. code-block:: text

    score = 0.5 ** (hops - 1)                      hops from the end at which the search met it: short paths first
          * 1 / (1 + years / 6)                    years from it to the other end; 6 where its year is not known
          * (1 + log2(lists))                      lists read so far that name it: a shared reference, a shared citer
          * 1.5                                    if one of these citations is called influential
          * (1 + 4 * likeness)                     of its title and that of the other end
          * (1 + log10(1 + citations) / 4)         how often it is cited

A request brings rows, whatever the papers, so what is compared is the score times the rows that a request would bring.
`benchmarks/between.py` measures what each factor is worth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

_WORD = re.compile(r"\w{4,}")
_COMMON = frozenset(
    _WORD.findall(
        "about among analysis approach based between beyond data from into large learning method methods model models "
        "network networks neural over paper study system systems their through toward towards under using very with"
    )
)
YEARS_HALVE = 6.0
"""A paper so many years from the other end counts half as much as one of its own year."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a search knows of a paper that it has met and not read.

    Attributes
    ----------
    hops : int
        From the end at which it was met, over the lists that were read; 0 for the end itself.
    years : int or None
        From its year to that of the other end; None when either is unknown.
    lists : int
        How many lists that were read name it.
    influential : bool
        Whether one of these citations is called influential.
    likeness : float
        Of its title and that of the other end: `likeness_of`.
    citations : int
        How often it is cited; 0 when that is unknown.
    """

    hops: int
    years: int | None = None
    lists: int = 1
    influential: bool = False
    likeness: float = 0.0
    citations: int = 0


Score = Callable[[Features], float]


def promise(met: Features) -> float:
    """The score of the module's docstring.

    >>> promise(Features(1, years=0)), promise(Features(2, years=0)), promise(Features(1, years=6))
    (1.0, 0.5, 0.5)
    """
    years = YEARS_HALVE if met.years is None else abs(met.years)
    score = 0.5 ** (met.hops - 1) / (1 + years / YEARS_HALVE)
    score *= (1 + math.log2(met.lists)) * (1 + 4 * met.likeness) * (1 + math.log10(1 + met.citations) / 4)
    return 1.5 * score if met.influential else score


def title_words(title: str | None) -> frozenset[str]:
    """The words of a title that say what it is about.

    >>> sorted(title_words("Training language models to follow instructions with human feedback"))
    ['feedback', 'follow', 'human', 'instructions', 'language', 'training']
    """
    return frozenset(_WORD.findall((title or "").casefold())) - _COMMON


def likeness_of(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two titles: the words that they share over the geometric mean of their numbers; 0 to 1.

    >>> likeness_of(frozenset("ab"), frozenset("bc"))
    0.5
    """
    if not one or not other:
        return 0.0
    return len(one & other) / math.sqrt(len(one) * len(other))
