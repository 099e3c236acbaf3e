"""Named arrays in one file, each read when it is first used: opening it costs nothing, whatever its size.

The file is a header of 4,096 bytes and then plain arrays, little-endian, each at a multiple of 4,096. The header has
magic bytes, a version, its own length and checksum, and as JSON what the file was made from and every array with its
type, place, length and CRC-32. An array is compared with its checksum when it is read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .decode import decode_json
from .open_file import OpenFile

PAGE = 4096
PREFIX = struct.Struct("<8sIII")
"""How a header begins: magic, version, length of the JSON behind it, CRC-32 of the JSON."""
_TYPES = ("<i8", "<i4", "<u4", "|u1")


class DamagedFile(ValueError):
    """A file of arrays that is not what was written; the message says what is wrong."""


def header_bytes(magic: bytes, version: int, text: bytes) -> bytes:
    """A header with this JSON."""
    return PREFIX.pack(magic, version, len(text), zlib.crc32(text)) + text


def header_of(data: bytes | memoryview) -> tuple[int, bytes | None]:
    """The version and the JSON of the header with which a file begins; None for JSON that is not what was written."""
    _, version, length, crc = PREFIX.unpack_from(data)
    text = bytes(data[PREFIX.size : PREFIX.size + length])
    return version, text if zlib.crc32(text) == crc else None


def array_bytes(magic: bytes, version: int, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> bytes:
    """The bytes of a file of arrays: equal arrays and equal `about` are equal bytes.

    `magic` is eight bytes that tell the kind of file. The arrays are of int64, int32, uint32 or uint8, and `about` is
    JSON that goes into the header beside them. Raises `ValueError` when the header would be longer than a page, or an
    array has another type.
    """
    sections, blocks, place = {}, [], PAGE
    for name, array in arrays.items():
        block = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        if array.dtype.str not in _TYPES:
            raise ValueError(f"an array of {array.dtype.str} cannot be kept")
        sections[name] = {"type": array.dtype.str, "at": place, "count": len(array), "crc32": zlib.crc32(block)}
        padding = -len(block) % PAGE
        blocks += [block, bytes(padding)]
        place += len(block) + padding
    import json  # to read one, the quicker decoder serves

    text = json.dumps({"about": dict(about), "bytes": place, "arrays": sections}, sort_keys=True).encode()
    header = header_bytes(magic, version, text)
    if len(header) > PAGE:
        raise ValueError("the header is longer than a page")
    return b"".join([header.ljust(PAGE, b"\0"), *blocks])


class ArrayFile:
    """A file of arrays, opened; any number of threads may read it. `about` is what its header holds beside the arrays.

    Raises `OSError` when the file cannot be read, and `DamagedFile` for one of another kind or version, one that was
    cut short, and a damaged header.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "file"
    ...     _ = path.write_bytes(array_bytes(b"EXAMPLE.", 1, {"ages": np.array([7, 9], np.int32)}, {"of": "cats"}))
    ...     file = ArrayFile(path, b"EXAMPLE.", 1)
    ...     file["ages"].tolist(), file.about
    ([7, 9], {'of': 'cats'})
    """

    def __init__(self, path: Path, magic: bytes, version: int) -> None:
        self.file = OpenFile(path)
        page = self.file.read(0, PAGE)
        if len(page) < PAGE or not page.startswith(magic):
            raise DamagedFile("not a file of this kind, or cut short inside its header")
        found, text = header_of(page)
        if found != version:
            raise DamagedFile(f"version {found}, and this program reads version {version}")
        if text is None:
            raise DamagedFile("the header is damaged")
        header = decode_json(text)
        if len(self.file) != header["bytes"]:
            raise DamagedFile(f"{len(self.file):,} bytes, and {header['bytes']:,} were written")
        self.about: Mapping[str, Any] = header["about"]
        self._sections = header["arrays"]
        self._seen: dict[str, NDArray[Any]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._sections

    def __getitem__(self, name: str) -> NDArray[Any]:
        """An array, compared with its checksum when it is first asked for; raises `DamagedFile` when they differ."""
        if name not in self._seen:
            section = self._sections[name]
            kind = np.dtype(section["type"])
            data = self.file.read(section["at"], section["count"] * kind.itemsize)
            if zlib.crc32(data) != section["crc32"]:
                raise DamagedFile(f"the array {name} is not what was written")
            self._seen[name] = np.frombuffer(data, kind)
        return self._seen[name]
