"""Whole numbers of any length, some for each node, that numpy adds up: counts of paths have hundreds of digits.

A number is a sum of words, each `bits` further up than the one before. A word has 64 bits, and the bits that are free
take what is carried when words are added. So the words of many numbers are added at once, and what they carry moves up
by one word after each sum.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .network import Longs, Masks

WIDEST = 4
"""How many words of a number stand side by side at the most: some are empty until numbers grow so long."""


class LongCounts:
    """Whole numbers from 0 on, nodes x columns; the `first` ones are below 2^30.

    At most `most_added` numbers are added up in one sum. A sum costs the length of its numbers, and so does what is
    held: 8 bytes a word, of about 60 bits.

    >>> counts = LongCounts(np.array([[0], [5], [0]]), 2)
    >>> counts.put(slice(0, 1), np.array([[10**20]], object))
    >>> counts.add(slice(2, 3), np.array([0, 0]), np.array([0]))  # node 2 gets the number of node 0 twice
    >>> counts.of(2, 0) == 2 * 10**20, counts.of(1, 0)
    (True, 5)
    """

    def __init__(self, first: NDArray[Any], most_added: int = 1) -> None:
        # A word stays below 2^(bits + 1), so that a sum of so many words, with what the node had, is below 2^64.
        self.bits = 63 - (most_added + 1).bit_length()
        self._columns = first.shape[1]
        self._blocks = [first.astype(np.uint64)]

    def of(self, node: int, column: int) -> int:
        """The number of a node in a column."""
        return int(self.take(slice(node, node + 1))[0, column])

    def scaled(self, column: int) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """The numbers of a column as floats times powers of two, which are rounded by a part in 2^52 at the most.

        >>> counts = LongCounts(np.array([[0]]), 2)
        >>> counts.put(slice(0, 1), np.array([[3 << 2000]], object))
        >>> mantissa, exponent = counts.scaled(0)
        >>> float(mantissa[0]) * 2 ** (int(exponent[0]) - 2000)
        3.0
        """
        mantissa = np.zeros(len(self._blocks[0]))
        place = np.zeros(len(mantissa), np.int32)
        words = (word for block in self._blocks for word in np.moveaxis(self._words(block), 1, 0))
        for number, word in enumerate(words):
            some = np.flatnonzero(word[:, column])
            mantissa[some] = word[some, column] + np.ldexp(mantissa[some], self.bits * (place[some] - number))
            place[some] = number
        return mantissa, place * np.int32(self.bits)

    def take(self, span: slice | Longs) -> NDArray[Any]:
        """The numbers of some nodes as Python integers."""
        words = [word for block in self._blocks for word in np.moveaxis(self._words(block[span]), 1, 0)]
        found = np.zeros(words[0].shape, np.object_)
        for place, word in enumerate(words):
            if word.any():
                found += word.astype(np.object_) << (place * self.bits)
        return found

    def put(self, span: slice | Longs, numbers: NDArray[Any]) -> None:
        """Put Python integers in the place of the numbers of some nodes."""
        word = (1 << self.bits) - 1
        rest, place = numbers.astype(np.object_), 0
        while place < len(self._blocks) or rest.any():
            if place == len(self._blocks):
                self._widen()
            for words in np.moveaxis(self._words(block := self._blocks[place][span]), 1, 0):
                words[:] = (rest & word).astype(np.uint64)
                rest = rest >> self.bits
            self._blocks[place][span] = block
            place += 1

    def add(self, nodes: slice | Longs, others: NDArray[Any], begins: Longs) -> None:
        """Add to the number of each node those of others.

        `others` are those that are added to the first of the nodes, then to the second, and so on; `begins` says where
        those of each node begin, and no node is without.
        """
        others = others.astype(np.intp)
        carried: Any = 0
        for block in self._blocks:
            rows = block if block.shape[1] > 1 else block[:, 0]  # numpy adds up numbers faster than rows of one
            found = np.add.reduceat(rows.take(others, axis=0), begins, axis=0)
            found += rows[nodes]
            carried = self._carry(found.reshape(len(begins), -1), carried)
            rows[nodes] = found
        if np.any(carried):
            self._widen()
            self._words(self._blocks[-1])[nodes, 0] = carried

    def _carry(self, sums: Masks, carried: Any) -> Masks:
        """Move up what the sums of words carry, by one word, and return what the last of them carry."""
        up = sums >> np.uint64(self.bits)
        sums &= np.uint64((1 << self.bits) - 1)
        sums[:, : self._columns] += carried
        sums[:, self._columns :] += up[:, : -self._columns]
        return up[:, -self._columns :]

    def _words(self, block: Masks) -> Masks:
        """The words of a block: nodes x words x columns."""
        return block.reshape(len(block), block.shape[1] // self._columns, self._columns)

    def _widen(self) -> None:
        """Make room for longer numbers: as many words as there are, up to `WIDEST`."""
        words = sum(block.shape[1] for block in self._blocks) // self._columns
        self._blocks.append(np.zeros((len(self._blocks[0]), min(words, WIDEST) * self._columns), np.uint64))
