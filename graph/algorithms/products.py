"""Whole numbers of any length that are products of two counts: about at once, exactly where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .long_counts import LongCounts

Floats = NDArray[np.float64]
ROUNDED = 2.0**-50
"""By what part of itself a number is rounded at the most where it is known about; next to nothing becomes 0."""


class Products(Sequence[int]):
    """The products of a count of one node and a count of another.

    `one` and `other` have the two nodes of every product. A million products of fifty digits take a second as
    Python integers and some hundredths of it as floats.

    >>> counts = LongCounts(np.array([[1], [3], [5]]))
    >>> products = Products(counts, counts, np.array([0, 1]), np.array([1, 2]))
    >>> list(products), products[-1], products.about.tolist()
    ([3, 15], 15, [0.1875, 0.9375])
    """

    def __init__(self, into: LongCounts, out_of: LongCounts, one: NDArray[Any], other: NDArray[Any]) -> None:
        self._into, self._out_of = into, out_of
        self._one, self._other = one, other

    def __len__(self) -> int:
        return len(self._one)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return self.at(np.arange(*place.indices(len(self))))
        place = range(len(self))[place]
        return self._into.of(int(self._one[place]), 0) * self._out_of.of(int(self._other[place]), 0)

    def __iter__(self) -> Iterator[int]:
        into, out_of = (counts.take(slice(None))[:, 0].tolist() for counts in (self._into, self._out_of))
        return (into[a] * out_of[b] for a, b in zip(self._one.tolist(), self._other.tolist(), strict=True))

    def at(self, places: NDArray[Any]) -> list[int]:
        """Some of the products, exactly."""
        into, out_of = self._into.take(self._one[places]), self._out_of.take(self._other[places])
        products: list[int] = (into * out_of)[:, 0].tolist()
        return products

    @cached_property
    def about(self) -> Floats:
        """All of the products, in a unit of their own that is no less than the greatest: see `ROUNDED`."""
        (into, up), (out_of, further) = self._into.scaled(0), self._out_of.scaled(0)
        product, shift = np.frexp(into[self._one] * out_of[self._other])
        shift = shift + up[self._one] + further[self._other]
        floats: Floats = np.ldexp(product, shift - shift.max(initial=0, where=product > 0))
        return floats


def about(numbers: Sequence[int]) -> Floats:
    """All of some numbers as floats, in a unit that is no less than the greatest.

    >>> about([10**400, 5 * 10**399]).tolist()
    [1.0, 0.5]
    """
    if isinstance(numbers, Products):
        return numbers.about
    greatest = max(numbers, default=1)
    return np.array([number / greatest for number in numbers], np.float64)


def numbers_at(numbers: Sequence[int], places: Sequence[int]) -> list[int]:
    """Some of the numbers, by their places."""
    if isinstance(numbers, Products):
        return numbers.at(np.array(places, np.int64))
    return [numbers[place] for place in places]


def near_greatest(numbers: Sequence[int], most: int) -> Sequence[int]:
    """Places among which are all of the greatest numbers, so many or more where some tie; ascending."""
    if not isinstance(numbers, Products) or len(numbers) <= most:
        return range(len(numbers))
    least = np.partition(numbers.about, -most)[-most]
    return np.flatnonzero(numbers.about >= least * (1 - 4 * ROUNDED)).tolist()
