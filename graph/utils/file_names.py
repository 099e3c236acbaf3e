"""One part of a path, made of a word that somebody else chose: a service, a file, a person."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

MAX_BYTES = 200
"""How long a name may be in UTF-8; systems allow 255, and endings come behind it."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|\ud800-\udfff\u2028\u2029]')
"""What separates folders, names a drive or a stream, or is a control, on some system."""
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)  # Windows has these


class FileName(str):
    """A name that is one part of a path on every system, and leads nowhere else. Nothing else is joined to a path.

    Raises `ValueError` when a text is no such name: it is empty, "." or "..", holds a separator or a control, is
    hidden, ends with a dot or a space, is a device of Windows, such as "nul.gz", or is longer than `MAX_BYTES`.

    >>> FileName("2026-09-01")
    '2026-09-01'
    >>> FileName("../escaped")
    Traceback (most recent call last):
    ValueError: '../escaped' cannot be the name of a file
    """

    __slots__ = ()

    def __new__(cls, text: str) -> FileName:
        """Check the text."""
        if text != _safe(text):
            raise ValueError(f"{text!r} cannot be the name of a file")
        return super().__new__(cls, text)

    @classmethod
    def of(cls, text: str) -> FileName:
        """The name that is nearest to a text: a long one ends in a hash of it, so that two stay two.

        >>> FileName.of("../escaped"), FileName.of("NUL"), FileName.of("a" * 300)[-20:]
        ('_._escaped', '_NUL', 'aaa-9835fa6bf4e20a9b')
        """
        return cls(_safe(text))


def _safe(text: str) -> str:
    name = _FORBIDDEN.sub("_", text)
    if not name or name[0] in ". ":
        name = "_" + name[1:]
    if name[-1] in ". ":
        name = name[:-1] + "_"
    if _DEVICES.fullmatch(name.partition(".")[0].rstrip(" ")):
        name = "_" + name
    data = name.encode()
    if len(data) > MAX_BYTES:
        mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        name = f"{data[: MAX_BYTES - 17].decode(errors='ignore')}-{mark}"
    return name


def inside(folder: Path, path: str, *, depth: int) -> Path:
    """The file that a relative path names which somebody wrote down, such as "papers/00000.parquet".

    Raises `ValueError` when it does not have `depth` parts, or one of them is no `FileName`.
    """
    parts = path.split("/")
    if len(parts) != depth:
        raise ValueError(f"{path!r} cannot be the name of a file here")
    return folder.joinpath(*map(FileName, parts))
