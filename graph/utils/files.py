"""Reading and writing files: a file is never half written, and every fault names its file."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import InputError, OutputError
from .binary_kinds import refuse_binary
from .decode import decode_json, decode_toml
from .display_width import beginning
from .generations import replace_together

LARGEST_TEXT = 256 << 20
"""How many bytes a file of people may have."""
LARGEST_TOML = 16 << 20
"""Likewise for TOML: a reading list of a hundred thousand entries."""
LONGEST_LINE = 1 << 20
"""How many bytes a line may have, where each holds one thing."""
LONGEST_ROW = 64 << 20
"""How many bytes the row of a table may have: a citation with all of its sentences."""


def read_text(path: Path, *, most: int | None = LARGEST_TEXT, longest_line: int | None = None) -> str:
    """The text of a UTF-8 file; raises `InputError` when it cannot be read as text, or is larger than `most` bytes.

    `longest_line` is how many bytes a line may have, where that is limited.
    """
    data = read_bytes(path, most=most)
    refuse_binary(data, str(path))
    if longest_line is not None:
        refuse_long_lines(data, longest_line, path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputError(f"not UTF-8 at byte {fault.start}", where=str(path), remedy="save the file as UTF-8") from None


def refuse_long_lines(data: bytes, longest: int, path: Path) -> None:
    """Raise `InputError` for the first line that is longer than so many bytes; it looks at a line end each so many."""
    begin = 0
    while len(data) - begin > longest:
        end = data.rfind(b"\n", begin, begin + longest + 1)
        if end < 0:
            line = data.count(b"\n", 0, begin) + 1
            raise InputError(
                f"the line has more than {longest:,} bytes",
                where=f"{path}, line {line}",
                remedy="break it, or shorten it",
            )
        begin = end + 1


def refuse_impossible(path: Path) -> None:
    """Raise `InputError` for a path that no file or folder can have on this system."""
    try:
        path.lstat()
    except ValueError:
        what = "no name of a file has such a sign"
    except OSError as fault:
        what = "the name is too long for a file" if fault.errno == errno.ENAMETOOLONG else ""
    else:
        return
    if what:
        raise InputError(what, where=ascii(beginning(str(path), 60)), remedy="check the path")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """An ordinary file to be read part by part, or an `InputError` that says what is in the way."""
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would be waited for
        raise InputError("this is no ordinary file", where=str(path), remedy="name a file")
    with _faults_named(path), path.open("rb") as file:
        yield file


def read_bytes(path: Path, *, most: int | None = LARGEST_TEXT) -> bytes:
    """The bytes of a file, or an `InputError` that says what is in the way, such as more than `most` bytes.

    A pipe with a name of its own is refused: it would be waited for without an end where nothing writes to it. One
    that a shell or a program opened, such as <(command), is read.
    """
    with _faults_named(path):
        named_pipe = path.is_fifo() and path.resolve().parts[1:2] not in {("dev",), ("proc",)}
    if named_pipe:
        raise InputError("this is a pipe, and a file is needed", where=str(path), remedy="name a file")
    with _faults_named(path), path.open("rb") as file:
        return read_limited(file, most, where=str(path))


def read_limited(file: BinaryIO, most: int | None, *, where: str) -> bytes:
    """All bytes of an open file; raises `InputError` when it has more than `most`. `where` is what it is called."""
    data = file.read(-1 if most is None else most + 1)
    if most is not None and len(data) > most:
        what = f"it has more than {most:,} bytes"
        raise InputError(what, where=where, remedy="split it, or leave out what is not needed")
    return data


@contextmanager
def _faults_named(path: Path) -> Iterator[None]:
    """Raise an `InputError` that says what is in the way of reading a file, instead of an `OSError`."""
    try:
        yield
    except FileNotFoundError:
        raise InputError("no such file", where=str(path), remedy="check the path") from None
    except IsADirectoryError:
        raise InputError("this is a folder; a file is needed", where=str(path), remedy="name a file in it") from None
    except OSError as fault:
        if fault.errno == errno.ELOOP:
            raise InputError("this is a link that leads to itself", where=str(path), remedy="name a file") from None
        reason = fault.strerror or str(fault)
        raise InputError(f"cannot be read ({reason})", where=str(path), remedy="check its permissions") from None


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dict; for broken TOML an `InputError` names the file and the line."""
    return parse_toml(read_text(path, most=LARGEST_TOML, longest_line=LONGEST_LINE), where=str(path))


def parse_toml(text: str, *, where: str) -> dict[str, Any]:
    """The same of the text of a file."""
    try:
        return decode_toml(text)
    except ValueError as fault:
        raise InputError(f"broken TOML: {fault}", where=where, remedy=_toml_remedy(text, str(fault))) from None


def _toml_remedy(text: str, fault: str) -> str:
    """What to do about a fault of TOML.

    >>> _toml_remedy("title: L", "Expected '=' after a key in a key/value pair (at line 1, column 6)")
    'write there: name = "text"'
    """
    if _at_curly_quotes(text, fault):
        return 'write straight quotes there, "like these": a program made curly ones of them'
    if found := re.match(r"Cannot declare \('(entries|themes)',\) twice", fault):
        return f"write [[{found[1]}]] before each of them, with two brackets"
    if fault.startswith("Expected '=' after a key"):
        return 'write there: name = "text"'
    return "fix that line"


def _at_curly_quotes(text: str, fault: str) -> bool:
    place = re.search(r"at line (\d+)", fault)
    lines = text.split("\n")
    return bool(place and set("\u201c\u201d\u201e\u2018\u2019\xab\xbb") & set(lines[int(place[1]) - 1]))


def differing(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """The names of those files that a folder lacks, or of which it has other contents."""
    return [name for name, content in files.items() if not _holds(folder / name, content)]


def _holds(path: Path, content: str | bytes) -> bool:
    try:
        return read_bytes(path, most=None) == (content.encode("utf-8") if isinstance(content, str) else content)
    except InputError:
        return False


def json_text(value: object) -> str:
    """JSON in one fixed layout, so that equal values give equal bytes."""
    import json  # a question writes none

    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def json_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """One JSON object a line."""
    import json

    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def parse_json(text: str, *, where: str, remedy: str) -> dict[str, Any]:
    """The JSON object that a text holds; raises `InputError` for anything else, such as NaN and lone surrogates."""
    try:
        value = decode_json(text)
    except ValueError as fault:
        raise InputError(f"broken JSON: {fault}", where=where, remedy=remedy) from None
    if not isinstance(value, dict):
        raise InputError("not a JSON object", where=where, remedy=remedy)
    return value


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Every line that is not blank, with its place ("papers.jsonl, line 3")."""
    # Not splitlines(): that also breaks at characters that JSON allows inside a string.
    for number, line in enumerate(read_text(path, most=None, longest_line=LONGEST_ROW).split("\n"), start=1):
        if line.strip():
            yield f"{path}, line {number}", line


def write_all(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, text as UTF-8: all of them are replaced, or none.

    They are written beside their places first, and count from one moment on, when every byte is on disk
    (`graph.utils.generations`). A fault or an interruption before that leaves the old ones. Raises `OutputError` when
    the folder cannot be made or written to, or the disk is full, and `InputError` when another run is writing there,
    and does not end.
    """
    try:
        for name in files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise OutputError(f"{target}: a folder is in the place of this file; move it away")
            if target.exists() and not target.is_file():  # a device would become a file, for everybody
                raise OutputError(
                    f"{target}: this is not an ordinary file, and would be replaced by one; name another file"
                )
        if files:
            replace_together(folder, files)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{folder}: cannot write ({reason}); choose another folder or make room there") from None
    except UnicodeEncodeError as fault:
        raise OutputError(f"{folder}: {fault.object[fault.start]!r} cannot be written as UTF-8") from None
