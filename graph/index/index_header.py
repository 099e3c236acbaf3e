"""The first page of an index of citations: what it is, and where its sections are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..utils.array_file import header_of
from .checked_file import REBUILD
from .kernels.pages import PAGE

MAGIC = b"LINEAGE\x1a"
VERSION = 2


def read_header(path: Path) -> dict[str, Any]:
    """The header of an index, after checks of the header itself and the size of the file."""
    try:
        with path.open("rb") as file:
            page = file.read(PAGE)
        size = path.stat().st_size
    except FileNotFoundError:
        raise InputError("no index here", where=str(path), remedy="build it with 'lineage bulk index STORE'") from None
    except OSError as fault:
        raise InputError(f"cannot be read ({fault.strerror})", where=str(path), remedy="check the file") from None
    if page[: len(MAGIC)] != MAGIC:
        raise InputError("not an index of citations", where=str(path), remedy=REBUILD)
    if len(page) < PAGE:
        raise InputError("cut short in its header", where=str(path), remedy=REBUILD)
    version, text = header_of(page)
    if version != VERSION:
        raise InputError(
            f"an index of version {version}, but this program reads version {VERSION}",
            where=str(path),
            remedy="use the version of citation-lineage that made it, or " + REBUILD,
        )
    header = None if text is None else json.loads(text)
    if not isinstance(header, dict) or not isinstance(header.get("bytes"), int):
        raise InputError("its header is damaged", where=str(path), remedy=REBUILD)
    if size != header["bytes"]:
        raise InputError(f"has {size:,} bytes, but {header['bytes']:,} were written", where=str(path), remedy=REBUILD)
    return header
