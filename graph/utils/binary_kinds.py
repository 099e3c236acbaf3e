"""What kind of file some bytes are when they are no text, told by how it begins, and what to do with such a file."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from ..errors import InputError

_AS_TEXT = "save the table as CSV, or the list as text"
_TYPE = "type the list into a text file, a title or an identifier a line"
_UNPACK = "unpack it first, and name the file in it"
_EXPORT = "export the references from their program, or list identifiers in a text file"

_ZIP = b"PK\x03\x04"
_BEGINNINGS = tuple(
    (re.compile(pattern, re.DOTALL), what, remedy)
    for pattern, what, remedy in (
        (rb".{0,1000}%PDF-\d|%PDF", "a PDF", _EXPORT),
        (rb"%!PS", "PostScript", _EXPORT),
        (rb"AT&TFORM", "a DjVu file", _EXPORT),
        (rb"\xd0\xcf\x11\xe0", "an old spreadsheet or document, or a saved mail", _AS_TEXT),
        (rb"\{\\rtf", "an RTF document", _AS_TEXT),
        (rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd", "a compressed file", _UNPACK),
        (rb"7z\xbc\xaf|Rar!\x1a|.{257}ustar|PK\x05\x06", "an archive", _UNPACK),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP", "a picture", _TYPE),
        (rb"\x00\x00..ftyp", "a picture, a sound or a film", _TYPE),
        (rb"RIFF.{4}(?:WAVE|AVI )|OggS\x00|fLaC\x00|ID3[\x02-\x04]", "a sound or a film", _TYPE),
        (rb"SQLite format 3", "a database", "export the references from its program, as RIS or BibTeX"),
        (rb"PAR1\x15", "a Parquet table", "save it as CSV"),
        (rb"bplist0", "a saved web page of a Mac, or settings", "save the list as text"),
        (rb"\x7fELF|MZ.\x00", "a program", "name a file with papers"),
    )
)
"""How files of a kind begin. A title may begin with the letters of some, such as ID3, and goes on in other ways."""
_IN_ZIP = (
    ("word/", "a document", _AS_TEXT),
    ("xl/", "a spreadsheet", _AS_TEXT),
    ("ppt/", "slides", "save the list as text"),
    ("content.xml", "a document or a spreadsheet", _AS_TEXT),
    ("META-INF/container.xml", "an e-book", _EXPORT),
)
"""What a zip file is of which a member's name begins so."""
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1a\x1b"))
"""Characters of control that hardly stand in a text: a terminal's colours, ends of lines, pages and files may."""
_MOST_CONTROLS = 0.02
"""Which part of a text they may be, beside a few: what is copied from a PDF has some, and of other files they are a
tenth or so."""


def refuse_binary(data: bytes, where: str) -> None:
    r"""Raise `InputError` for the bytes of a file that is of one of these kinds; `where` is its name.

    >>> try:
    ...     refuse_binary(b"GIF89a", "list.txt")
    ... except InputError as fault:
    ...     print(fault)
    list.txt: this is a picture, not a text; type the list into a text file, a title or an identifier a line
    """
    kind = next(((what, remedy) for begins, what, remedy in _BEGINNINGS if begins.match(data)), None)
    if data.startswith(_ZIP):
        kind = _kind_of_zip(data)
    if kind:
        what, remedy = kind
        raise InputError(f"this is {what}, not a text", where=where, remedy=remedy)


def has_controls(data: bytes) -> bool:
    r"""Whether the bytes have more characters of control than a text in an encoding of single bytes or UTF-8.

    >>> has_controls(b"Tides\x0c\n"), has_controls(b"Tides\x00"), has_controls(bytes(range(256)))
    (False, True, True)
    """
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\x00" in data or controls > 4 + _MOST_CONTROLS * len(data)


def _kind_of_zip(data: bytes) -> tuple[str, str]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError):  # cut off, or of a kind that Python does not know
        return "a zip file, such as a spreadsheet or a document", _AS_TEXT
    for begins, what, remedy in _IN_ZIP:
        if any(name.startswith(begins) for name in names):
            return what, remedy
    return "a zip file", _UNPACK
