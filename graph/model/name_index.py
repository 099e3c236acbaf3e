"""What papers are called, folded, as two texts that are searched from end to end: two gigabytes a second.

One text has a line for everything that names a paper exactly: ``n`` a name, ``t`` a title, ``b`` the name that a title
begins with, ``a`` first author and year. The other has the words of every title and name, for parts of them. A sorted
table would find a line sooner and take longer to write than to search: a million papers have 80 MB of names.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..utils.person_names import surname
from ..utils.text import normalised_title, words
from ..utils.title_names import initials_pattern, name_in_title

Buffer = Any  # bytes, or an array of them


@dataclass(frozen=True, eq=False)
class NameIndex:
    """The names of papers: in `exact` a line for each exact name, in `parts` one for the words of each title and name.

    Each text is bytes or an array of them, with a line end before the first line and behind the last. Where each line
    begins is in `exact_at` and `parts_at`, the number of its paper in `exact_of` and `parts_of`.

    >>> from graph.model.entities import Paper
    >>> names = NameIndex.of([(7, Paper("a", "Deep Learning!", ("Yann LeCun",), date="2015", names=("DL",)))])
    >>> names.named("dl"), names.titled("Deep learning"), names.by("LeCun", 2015), names.containing("p lear")
    ([7], [7], [7], [7])
    """

    exact: Buffer
    exact_at: NDArray[np.int64]
    exact_of: NDArray[np.int32]
    parts: Buffer
    parts_at: NDArray[np.int64]
    parts_of: NDArray[np.int32]

    @classmethod
    def of(cls, papers: Iterable[tuple[int, Any]]) -> NameIndex:
        """The names of papers, or of their rows, with their numbers."""
        exact: list[tuple[str, int]] = []
        parts: list[tuple[str, int]] = []
        for number, paper in papers:
            exact += [(line, number) for line in dict.fromkeys(_exact(paper))]
            parts += [(line, number) for line in dict.fromkeys(_parts(paper))]
        return cls(*_text(exact), *_text(parts))

    @classmethod
    def of_arrays(cls, arrays: Any) -> NameIndex:
        """The names that `arrays` of a file hold."""
        return cls(*(arrays[name] for name in cls.__dataclass_fields__))

    @property
    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What a file has to keep."""
        held = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: np.frombuffer(each, np.uint8) if isinstance(each, bytes) else each for name, each in held.items()}

    def named(self, text: str) -> list[int]:
        """The papers with this name."""
        return self._exactly("n", normalised_title(text))

    def titled(self, text: str) -> list[int]:
        """The papers with this title."""
        return self._exactly("t", normalised_title(text))

    def begun_with(self, text: str) -> list[int]:
        """The papers whose title begins with this name, as `name_in_title` finds it."""
        return self._exactly("b", normalised_title(text))

    def abbreviated(self, text: str) -> list[int]:
        """The papers of whose title or name a text is the abbreviation, as `initials_pattern` has it."""
        pattern = initials_pattern(text)
        if pattern is None:
            return []
        data = self.parts if isinstance(self.parts, bytes) else self.parts.tobytes()
        places = np.array([found.start() for found in re.finditer(pattern, data, re.MULTILINE)], np.int64)
        return self._papers_at(places, self.parts_at, self.parts_of)

    def by(self, author: str, year: int) -> list[int]:
        """The papers of a year with this first author."""
        return self._exactly("a", f"{surname(author)} {year}")

    def by_author(self, author: str) -> list[int]:
        """The papers with this first author, of any year."""
        wanted = f"\na{surname(author)} ".encode()
        return self._lines(self.exact, self.exact_at, self.exact_of, wanted, lead=1)

    def containing(self, text: str) -> list[int]:
        """The papers whose title or one of whose names has a text in its words."""
        wanted = " ".join(words(text)).encode()
        return self._lines(self.parts, self.parts_at, self.parts_of, wanted) if wanted else []

    def _exactly(self, kind: str, folded: str) -> list[int]:
        if not folded:
            return []
        return self._lines(self.exact, self.exact_at, self.exact_of, f"\n{kind}{folded}\n".encode(), lead=1)

    def _lines(
        self, text: Buffer, at: NDArray[np.int64], of: NDArray[np.int32], wanted: bytes, *, lead: int = 0
    ) -> list[int]:
        places = np.fromiter((place + lead for place in _places(text, wanted, step=len(wanted) - lead)), np.int64)
        return self._papers_at(places, at, of)

    @staticmethod
    def _papers_at(places: NDArray[np.int64], at: NDArray[np.int64], of: NDArray[np.int32]) -> list[int]:
        """The papers whose lines hold some places of a text."""
        lines = np.searchsorted(at, places, side="right") - 1
        return sorted(set(of[lines].tolist()))


@dataclass(frozen=True, eq=False)
class IdentifierIndex:
    """Which papers may have an identifier: CRC-32 of every identifier, ascending, with the number of its paper.

    A thousandth of the papers that it finds may have another identifier of the same sum: who asks compares.

    >>> IdentifierIndex.of([("arxiv:1706.03762", 4), ("doi:10.1/x", 9)]).candidates("doi:10.1/x")
    [9]
    """

    identifier_sums: NDArray[np.uint32]
    identifier_of: NDArray[np.int32]

    @classmethod
    def of(cls, identifiers: Iterable[tuple[str, int]]) -> IdentifierIndex:
        """The index of identifiers with the numbers of their papers."""
        held = [(zlib.crc32(text.encode("utf-8", "surrogatepass")), number) for text, number in identifiers]
        sums = np.fromiter((each for each, _ in held), np.uint32, len(held))
        of = np.fromiter((number for _, number in held), np.int32, len(held))
        order = np.lexsort((of, sums))
        return cls(sums[order], of[order])

    @property
    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What a file has to keep."""
        return {"identifier_sums": self.identifier_sums, "identifier_of": self.identifier_of}

    def candidates(self, text: str) -> list[int]:
        """The numbers of the papers that may have an identifier."""
        wanted = np.uint32(zlib.crc32(text.encode("utf-8", "surrogatepass")))
        first, behind = (np.searchsorted(self.identifier_sums, wanted, side) for side in ("left", "right"))
        return sorted(set(self.identifier_of[first:behind].tolist()))


def _places(text: Buffer, wanted: bytes, *, step: int) -> Iterator[int]:
    """Where a text holds another: where one ends with the line end that the next begins with, both count."""
    data = text if isinstance(text, bytes) else text.tobytes()
    place = data.find(wanted)
    while place >= 0:
        yield place
        place = data.find(wanted, place + max(step, 1))


def _text(lines: Sequence[tuple[str, int]]) -> tuple[bytes, NDArray[np.int64], NDArray[np.int32]]:
    encoded = [line.encode("utf-8", "surrogatepass") for line, _ in lines]
    lengths = np.fromiter((len(line) + 1 for line in encoded), np.int64, len(encoded))
    at = 1 + np.cumsum(lengths) - lengths
    of = np.fromiter((number for _, number in lines), np.int32, len(lines))
    return b"\n" + b"".join(line + b"\n" for line in encoded), at, of


def _exact(paper: Any) -> Iterator[str]:
    yield from (f"n{folded}" for name in paper.names if (folded := normalised_title(name)))
    yield from (
        f"t{folded}" for title in (paper.title or "", *paper.also_titled) if (folded := normalised_title(title))
    )
    if (name := name_in_title(paper.title)) and (folded := normalised_title(name)):
        yield f"b{folded}"
    if paper.authors and (date := paper.date or paper.publication_date):
        yield f"a{surname(paper.authors[0])} {int(date[:4])}"


def _parts(paper: Any) -> Iterator[str]:
    yield from (joined for text in (paper.title or "", *paper.names) if (joined := " ".join(words(text))))
