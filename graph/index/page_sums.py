"""The checksums of the pages of all files of an index, in one file beside them, of which only what is needed is read.

The file is a header and then the checksums as uint64, little-endian, from the next multiple of 4,096 bytes on, file
by file. The header has magic bytes, a version, its own length and checksum, and as JSON for each file its bytes and
where its checksums begin. `graph.index.kernels.pages` says what a checksum is. The checksums need none themselves:
one that was damaged makes its page look damaged.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InputError
from ..utils.array_file import PREFIX, header_bytes, header_of
from .checked_file import NO_SUMS, REBUILD, CheckedFile, Sums, page_sums
from .kernels.pages import PAGE

SUMS_FILE = "pages.sums"
_MAGIC, _VERSION = b"PAGESUM\x1a", 1


@dataclass(frozen=True, eq=False)
class PageSums:
    """The checksums of the files of an index, by the name of the file relative to the store."""

    path: Path
    files: Mapping[str, tuple[int, Sums]]

    def __contains__(self, name: str) -> bool:
        return name in self.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def open(self, name: str, path: Path, *, remedy: str = REBUILD) -> CheckedFile:
        """A file that was written together with these checksums.

        Raises `InputError` when it is missing, has no checksums, or has another size.
        """
        if name not in self.files:
            raise InputError(f"there are no checksums of {name}", where=str(self.path), remedy=REBUILD)
        size, sums = self.files[name]
        file = CheckedFile(path, sums, remedy=remedy)
        if len(file) != size:
            raise file.damaged(f"has {len(file):,} bytes, but {size:,} were written")
        return file


def write_page_sums(path: Path, files: Mapping[str, Path]) -> None:
    """Write the checksums of some files, by their names relative to the store: reads all of them."""
    all_sums = {name: page_sums(file) for name, file in files.items()}
    about, first = {}, 0
    for name, sums in all_sums.items():
        about[name] = {"bytes": files[name].stat().st_size, "at": first, "pages": len(sums)}
        first += len(sums)
    text = json.dumps({"files": about, "pages": first}).encode()
    header = header_bytes(_MAGIC, _VERSION, text)
    with path.open("wb") as file:
        file.write(header + bytes(-len(header) % PAGE))
        for sums in all_sums.values():
            file.write(sums.astype("<u8").data)
        file.flush()
        os.fsync(file.fileno())


def read_page_sums(path: Path) -> PageSums | None:
    """Open the checksums of an index; None where there are none, as in those of earlier versions.

    Raises `InputError` when the file is damaged or of another version.
    """
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise InputError(f"cannot be read ({fault})", where=str(path), remedy=REBUILD) from None
    try:
        return PageSums(path, _parsed(data))
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, RecursionError):
        raise InputError("the checksums are damaged, or of another version", where=str(path), remedy=REBUILD) from None


def _parsed(data: memoryview) -> dict[str, tuple[int, Sums]]:
    version, text = header_of(data)
    if text is None or (bytes(data[: len(_MAGIC)]), version) != (_MAGIC, _VERSION):
        raise ValueError("not the header that was written")
    header: Any = json.loads(text)
    start = PREFIX.size + len(text)
    start += -start % PAGE
    if len(data) != start + 8 * header["pages"]:
        raise ValueError("cut short")
    return {
        name: (
            int(each["bytes"]),
            np.frombuffer(data, "<u8", each["pages"], start + 8 * each["at"]) if each["pages"] else NO_SUMS,
        )
        for name, each in header["files"].items()
    }
