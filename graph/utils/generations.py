"""Files that belong together: a reader finds all of one run or all of another, also after a crash.

New files are written beside their places. Then a journal names them: from here on they count. They are renamed one by
one, and the journal is deleted. A run that was killed before the journal left the old files, and parts that the next
run sweeps; one that was killed after it left a journal, and the next run, also one that only reads, finishes the work.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

import msgspec

from ..errors import InputError
from .locks import folder_lock

JOURNAL = ".unfinished.json"
_RUN = r"[0-9a-f]{16}"
_PART = re.compile(rf"\.{_RUN}\.\d+\.part")
_PART_LENGTH = 1 << 20


class _Journal(msgspec.Struct):
    """The files of one run: the n-th is ``.TOKEN.n.part``, in the folder of its name, until it is renamed to that."""

    token: str
    files: list[str]


@contextmanager
def settled(folder: Path) -> Iterator[None]:
    """Read files that were written together: nobody renames some of them meanwhile, and what was begun is finished.

    Raises `InputError` when an unfinished run cannot be finished, as where nobody may write.
    """
    if not folder.is_dir():
        yield
        return
    if (folder / JOURNAL).exists():
        try:
            with folder_lock(folder):
                _finish(folder)
        except OSError as fault:
            raise InputError(
                f"a run was interrupted while it replaced these files, and cannot be finished ({fault.strerror})",
                where=str(folder),
                remedy="allow writing there, and type the same command again",
            ) from None
    with ExitStack() as lock:
        with suppress(OSError):  # a folder that nobody may list; its files can be read all the same
            lock.enter_context(folder_lock(folder, shared=True))
        yield


def replace_together(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, in their order; all of them count from one moment on.

    Raises `OSError` when a file cannot be written: then the old ones are as they were. When one of the renames fails,
    the next run goes on there. Raises `InputError` when another run is writing there and does not end. The folder
    exists, with the folders of all files; texts are written in UTF-8.
    """
    with ExitStack() as locks:
        for parent in sorted({(folder / name).parent for name in files} | {folder}):
            locks.enter_context(folder_lock(parent))
            _finish(parent)
            _sweep(parent)
        token = os.urandom(8).hex()
        parts = [_part(folder / name, token, n) for n, name in enumerate(files)]
        journal = _part(folder / JOURNAL, token, len(files))
        try:
            for part, content in zip(parts, files.values(), strict=True):
                _write_synced(part, content)
            if len(files) == 1:
                parts[0].replace(folder / next(iter(files)))
                _sync(folder)
                return
            _write_synced(journal, msgspec.json.encode(_Journal(token, list(files))))
            journal.replace(folder / JOURNAL)
        except BaseException:
            for part in (*parts, journal):
                part.unlink(missing_ok=True)
            raise
        _finish(folder)


def _part(target: Path, token: str, number: int) -> Path:
    """Where the new contents of a file are until it is renamed; a name that is short whatever the file is called."""
    return target.with_name(f".{token}.{number}.part")


def _finish(folder: Path) -> None:
    """Do the renames that a run was not allowed to end."""
    path = folder / JOURNAL
    if path.exists() and not path.is_file():  # a pipe would be read for ever
        raise _strange(path)
    try:
        journal = msgspec.json.decode(path.read_bytes(), type=_Journal)
    except FileNotFoundError:
        return
    except msgspec.DecodeError:
        raise _strange(path) from None
    if not re.fullmatch(_RUN, journal.token) or not all(map(_is_inside, journal.files)):
        raise _strange(path)
    _sync(folder)
    for n, name in enumerate(journal.files):
        with suppress(FileNotFoundError):  # it was renamed before
            _part(folder / name, journal.token, n).replace(folder / name)
    _sync(folder)
    path.unlink(missing_ok=True)


def _strange(journal: Path) -> InputError:
    return InputError("not a list of files to rename", where=str(journal), remedy="delete it")


def _is_inside(name: str) -> bool:
    """Whether a path leads to a file in its folder, or in a folder of that, and is as it was written."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not {"..", ".", "/"} & {*parts} and "\0" not in name and not Path(name).is_absolute()


def _sweep(folder: Path) -> None:
    """Delete what runs left that were killed before their files counted."""
    for path in folder.iterdir():
        if _PART.fullmatch(path.name) and not path.is_dir():
            path.unlink(missing_ok=True)


def _write_synced(path: Path, content: str | bytes) -> None:
    """Write a new file; it is on disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(encoded_parts(content))
        file.flush()
        os.fsync(file.fileno())


def encoded_parts(content: str | bytes) -> Iterator[bytes]:
    r"""The bytes of a content, a text in UTF-8, part by part, so that a long text is not held twice.

    >>> b"".join(encoded_parts("Erdős"))
    b'Erd\xc5\x91s'
    """
    if isinstance(content, bytes):
        yield content
        return
    for begin in range(0, len(content), _PART_LENGTH):
        yield content[begin : begin + _PART_LENGTH].encode("utf-8")


def sha256(content: str | bytes) -> str:
    """The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    import hashlib  # loads slowly

    found = hashlib.sha256()
    for part in encoded_parts(content):
        found.update(part)
    return found.hexdigest()


def _sync(folder: Path) -> None:
    """Have the names in a folder on disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
