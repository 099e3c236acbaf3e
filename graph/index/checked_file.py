"""Files of an index whose pages are compared with their checksums when they are first touched."""

from __future__ import annotations

import io
import mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import InputError
from .jit import Kernel, read_only
from .kernels.pages import (
    PAGE,
    CheckedArray,
    DamagedPage,
    Pages,
    check_pages,
    places_of,
    sums_of_pages,
    touch_each,
    touch_range,
)

REBUILD = "build it again with 'lineage bulk index'"
Sums = NDArray[np.uint64]
NO_SUMS: Sums = read_only(np.empty(0, np.uint64))


class CheckedFile:
    """A file, mapped; what is read of it was compared with its checksums. Any number of threads may read.

    `sums` are the checksums of all pages (`graph.index.kernels.pages`), empty where there are none to compare with;
    `remedy` is what to do when a page is not what was written. Raises `InputError` when the file cannot be read, or has
    not as many pages as there are checksums.
    """

    def __init__(self, path: Path, sums: Sums = NO_SUMS, *, remedy: str = REBUILD) -> None:
        self.path, self._remedy = path, remedy
        try:
            with path.open("rb") as file:
                self._bytes = file.seek(0, io.SEEK_END)
                self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._bytes else None
        except OSError as fault:
            reason = fault.strerror or str(fault)
            raise InputError(f"cannot be read ({reason})", where=str(path), remedy=remedy) from None
        count = -(-self._bytes // PAGE)
        if len(sums) not in (0, count):
            raise self.damaged("has another size than was written")
        self.data: memoryview = memoryview(self.map or b"")
        whole = self._bytes // 8
        rest = int.from_bytes(self.data[whole * 8 :], "little")
        words = np.frombuffer(self.data, "<u8", whole)
        self.pages = Pages(words, np.uint64(rest), sums, np.zeros(count, np.bool_))
        self.advise("MADV_RANDOM")

    def __len__(self) -> int:
        return self._bytes

    def damaged(self, what: str = "a part of it is not what was written") -> InputError:
        """The error for contents that cannot be used."""
        return InputError(what, where=str(self.path), remedy=self._remedy)

    def run(self, kernel: Kernel, *arguments: Any) -> Any:
        """Call a compiled loop; an `InputError` names this file when the loop meets a damaged page."""
        try:
            return kernel(*arguments)
        except DamagedPage:
            raise self.damaged() from None

    def check(self, begin: int, end: int) -> None:
        """Compare the pages of the bytes begin .. end - 1 with their checksums, unless that was done before."""
        self.run(check_pages, self.pages, begin // PAGE, -(-end // PAGE))

    def read(self, begin: int, length: int) -> bytes:
        """A piece; shorter where the file ends."""
        end = min(begin + length, self._bytes)
        if begin >= end:
            return b""
        self.check(begin, end)
        return bytes(self.data[begin:end])

    def advise(self, advice: str) -> None:
        """Tell the system how the file will be read, by the name of a constant of `mmap`."""
        if self.map is not None and hasattr(mmap, advice):  # not every system has it
            self.map.madvise(getattr(mmap, advice))


def page_sums(path: Path) -> Sums:
    """The checksum of every page of a file: reads all of it."""
    file = CheckedFile(path)
    file.advise("MADV_SEQUENTIAL")
    sums: Sums = sums_of_pages(file.pages.words, file.pages.rest, len(file.pages.seen))
    return sums


class CheckedReader(io.RawIOBase):
    """A checked file as a stream that Python and Arrow read."""

    def __init__(self, file: CheckedFile) -> None:
        self._file, self._place = file, 0

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def seekable(self) -> bool:
        """Whether it can be read from any place."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: len(self._file)}[whence]
        return self._place

    def tell(self) -> int:
        """The place."""
        return self._place

    def read(self, size: int = -1) -> bytes:
        """A piece from the place on."""
        data = self._file.read(self._place, size if size >= 0 else len(self._file))
        self._place += len(data)
        return data


class Section:
    """An array in a checked file: every part that is read was checked, also against the bounds of its values.

    It begins at `offset`, a multiple of the size of a page, and has `count` values from `low` to `high`. Raises
    `ValueError` when it does not lie in the file.
    """

    def __init__(self, file: CheckedFile, dtype: str, offset: int, count: int, low: int, high: int) -> None:
        if offset < 0 or offset % PAGE or count < 0:
            raise ValueError("a section is out of place")
        self._file = file
        values: NDArray[Any] = np.frombuffer(file.data, dtype, count, offset)
        first = offset // PAGE
        self.checked = CheckedArray(values, file.pages.seen[first:], file.pages, first, low, high)

    def __len__(self) -> int:
        return len(self.checked.values)

    def __getitem__(self, place: Any) -> Any:
        """A value, those of a slice without steps, or those at an array of places; none of them negative."""
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self))
            self._file.run(touch_range, self.checked, first, last)
        else:
            places = np.atleast_1d(np.asarray(place, np.int64))
            if len(places) and not 0 <= places.min() <= places.max() < len(self):
                raise self._file.damaged("it leads to what is not there")
            self._file.run(touch_each, self.checked, places)
        return self.checked.values[place]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self.whole, dtype, copy=copy)

    @property
    def whole(self) -> NDArray[Any]:
        """All values: a pass over what was not read before."""
        values: NDArray[Any] = self[:]
        return values

    def tolist(self) -> list[int]:
        """All values as a list."""
        values: list[int] = self.whole.tolist()
        return values

    def places_of(self, wanted: ArrayLike) -> NDArray[np.int64]:
        """Where each of some numbers is among the values, which are ascending, or would be."""
        places: NDArray[np.int64] = self._file.run(places_of, self.checked, np.asarray(wanted, np.int64))
        return places
