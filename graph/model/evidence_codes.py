"""What the sources say of a citation, as far as it is evidence for it, in one byte.

An index keeps a byte a citation (`graph.model.corpus_index`), so that an order by evidence needs no rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..algorithms.budget import ASK_EVERY, stop_if_abandoned
from .entities import Source
from .origins import origins_of
from .tables import rows_of

T = TypeVar("T")
Codes = NDArray[np.uint8]
MOST = 7
"""Of origins and of citing sentences, so many or more count as so many: there are no more origins."""
PURPOSEFUL = 1 << 6
_INFLUENTIAL = 1 << 7


class Evidence(NamedTuple):
    """What sources say of a citation."""

    origins: int
    """How many independent origins assert it: see `graph.model.origins`."""
    influential: bool
    """Whether a source calls it influential."""
    purposeful: bool
    """Whether a source says that it is for a method or a result."""
    sentences: int
    """How many citing sentences the source with the most of them has."""

    @classmethod
    def of(cls, sources: Mapping[str, Source], assertions: Iterable[Any]) -> Evidence:
        """The evidence of assertions, or of rows of them."""
        said = tuple(assertions)
        return cls(
            len(origins_of(sources, said)),
            any(each.influential for each in said),
            any(intent != "background" for each in said for intent in each.intents),
            max((len(each.contexts) for each in said), default=0),
        )

    @classmethod
    def of_code(cls, code: int) -> Evidence:
        """The evidence behind a code.

        >>> Evidence.of_code(Evidence(2, True, False, 1).code)
        Evidence(origins=2, influential=True, purposeful=False, sentences=1)
        """
        return cls(code & MOST, bool(code & _INFLUENTIAL), bool(code & PURPOSEFUL), code >> 3 & MOST)

    @property
    def code(self) -> int:
        """The evidence as a byte."""
        counts = min(self.origins, MOST) | min(self.sentences, MOST) << 3
        return counts | self.purposeful * PURPOSEFUL | self.influential * _INFLUENTIAL


def codes_at(sources: Mapping[str, Source], citations: Sequence[Any], places: NDArray[np.int64]) -> Codes:
    """The codes of the citations at some places, by their rows."""
    code_of, rows = _coder(sources), rows_of(citations)
    if 4 * len(places) > len(citations):
        every = np.fromiter((code_of(row.assertions) for row in _waited_for(rows)), np.uint8, len(citations))
        return every[places]
    order = np.argsort(places, kind="stable")  # the rows of a paper are read together
    found = np.empty(len(places), np.uint8)
    some = (rows[place] for place in _waited_for(places[order].tolist()))  # type: ignore[index]  # a table or a tuple
    found[order] = np.fromiter((code_of(row.assertions) for row in some), np.uint8, len(places))
    return found


def _waited_for(values: Iterable[T]) -> Iterator[T]:
    """Values one after the other, as long as somebody waits for the answer."""
    for number, value in enumerate(values):
        if number % ASK_EVERY == 0:
            stop_if_abandoned()
        yield value


def _coder(sources: Mapping[str, Source]) -> Callable[[Sequence[Any]], int]:
    """What gives the code of assertions, and remembers it: most citations are asserted as others are."""
    known: dict[Any, int] = {}

    def code_of(assertions: Sequence[Any]) -> int:
        said = tuple((each.source, each.influential, each.intents, len(each.contexts)) for each in assertions)
        if said not in known:
            known[said] = Evidence.of(sources, assertions).code
        return known[said]

    return code_of
