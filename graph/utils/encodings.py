"""The text of a file, whatever encoding and line ends the program used that wrote it."""

from __future__ import annotations

import codecs

from ..errors import InputError
from .binary_kinds import has_controls, refuse_binary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_INVISIBLE = "\ufeff\u200b\u2060"
"""What may stand before a file's first letter and hides of which format it is: two marks, or what was copied along."""


def decoded(data: bytes, where: str) -> tuple[str, int | None]:
    r"""A file's text with ``\n`` at the ends of lines, and the first line that is not Unicode, or None.

    A byte order mark decides. Without one it is UTF-8, and lines that are not are taken for Windows-1252, of which
    Latin-1 is a part: files are joined from several sources.

    Raises `InputError` for a file that is no text; `where` is its name.

    >>> decoded("Müller\r\nŁukasz".encode("utf-16"), "a.ris"), decoded("é\n".encode("latin-1"), "a.ris")
    (('Müller\nŁukasz', None), ('é\n', 1))
    >>> decoded("\ufeff\ufeff\u200b[]".encode(), "a.json")
    ('[]', None)
    """
    refuse_binary(data, where)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), _without_mark(data))
    if encoding == "utf-8" and has_controls(data):
        raise InputError("this is not a text", where=where, remedy="save it as text")
    try:
        return _lines(data.decode(encoding)), None
    except UnicodeDecodeError as fault:
        if encoding != "utf-8":
            raise InputError(f"broken {encoding.upper()}", where=where, remedy="save it as UTF-8") from None
        first = data[: fault.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    return _lines("".join(map(_line, data.splitlines(keepends=True)))), first


def _without_mark(data: bytes) -> str:
    """UTF-16 where every other byte of the beginning is zero, as in Latin letters; else UTF-8."""
    head = data[:200]
    if len(head) >= 4 and not any(head[1::2]) and all(head[::2]):
        return "utf-16-le"
    if len(head) >= 4 and not any(head[::2]) and all(head[1::2]):
        return "utf-16-be"
    return "utf-8"


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace") if b"\x81" not in line else line.decode("latin-1")


def _lines(text: str) -> str:
    return text.lstrip(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
