"""Shards of a release: gzipped JSON lines, told apart by what is in them, read as a stream.

Every byte is read through `ShardText`, which checks the gzip trailer: length and CRC.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal, Protocol

import msgspec

from ..errors import InputError

CITATIONS, PAPERS = "citations", "papers"
_BLOCK = 1 << 20
_GZIP = b"\x1f\x8b"
_AGAIN = "download it again: 'lineage bulk download' replaces what is not whole"


class Openable(Protocol):
    """A file of this machine, or by its URL; as text it is where it is."""

    @property
    def name(self) -> str:
        """Without folders."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Its bytes."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of a release.

    Parameters
    ----------
    name : str
        File name, without folders.
    path : str
    kind : {"citations", "papers"}
    bytes : int
    trailer : str
        The last eight bytes in hexadecimal: for gzip the CRC and the length of the text.
    """

    name: str
    path: str
    kind: str
    bytes: int
    trailer: str

    @property
    def label(self) -> str:
        """A name that no other shard of a release has: datasets may use the same file names."""
        return f"{self.kind}-{self.name}"

    def row(self) -> dict[str, Any]:
        """For a manifest: what it is, and not where it was."""
        return {name: value for name, value in asdict(self).items() if name != "path"}


def find_shards(given: Sequence[Path]) -> list[Shard]:
    """The shards among files and folders, in the order of their names.

    Raises
    ------
    InputError
        For a path that is not there, a file that is no shard of papers or citations, two of one name.
    """
    return shards_of(shard_files(given))


def shard_files(given: Sequence[Path]) -> list[Path]:
    """The files among files and folders that may be shards, by their names.

    Raises
    ------
    InputError
        For a path that is not there, and when there are none.
    """
    paths: list[Path] = []
    for path in given:
        if not path.exists():
            raise InputError("no such file or folder", where=str(path), remedy="check the path")
        paths += sorted(_inside(path)) if path.is_dir() else [path]
    if not paths:
        raise InputError(
            "no shards here", where=", ".join(map(str, given)), remedy="fetch some with 'lineage bulk download'"
        )
    return paths


def shards_of(paths: Sequence[Openable]) -> list[Shard]:
    """The shards that these files are, in the order of their names.

    Raises
    ------
    InputError
        As `find_shards`.
    """
    try:
        shards = [shard_of(path, _kind(path)) for path in paths]
    except OSError as fault:
        raise InputError(
            f"cannot be read ({fault.strerror or fault})",
            where=str(fault.filename or ""),
            remedy="check its permissions",
        ) from None
    known: dict[str, Shard] = {}
    for shard in shards:
        if shard.label in known:
            raise InputError(
                f"another shard is called {shard.name}, too",
                where=f"{known[shard.label].path}, {shard.path}",
                remedy="name each shard once",
            )
        known[shard.label] = shard
    return [known[label] for label in sorted(known)]


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and named_so(path.name):
            yield path


def named_so(name: str) -> bool:
    """Whether a file in a folder may be a shard, by its name."""
    return name.endswith((".gz", ".jsonl")) and not name.startswith(".")


def shard_of(path: Openable, kind: str) -> Shard:
    """The shard of a file whose kind is known."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 8, 0))
        trailer = file.read().hex()
    return Shard(path.name, str(path), kind, size, trailer)


def _kind(path: Openable) -> str:
    """What a shard holds, from the first of its lines that is an object."""
    with ShardText(path) as text:
        head = next(text.lines(1), b"")
    for line in head.split(b"\n")[:100]:
        try:
            row = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue
        if isinstance(row, dict) and "citingcorpusid" in row:
            return CITATIONS
        if isinstance(row, dict) and "corpusid" in row and "title" in row:
            return PAPERS
    raise InputError(
        "neither papers nor citations of a bulk release",
        where=str(path),
        remedy="name shards of the datasets papers and citations",
    )


class ShardText:
    """The text of a shard, decompressed with its checks.

    Raises
    ------
    InputError
        While reading, for a shard that was cut off or is broken.
    """

    def __init__(self, path: Openable) -> None:
        from isal import igzip, isal_zlib

        self._faults: Any = (isal_zlib.error, OSError)
        self._path = path
        self._file: IO[bytes] = path.open("rb")
        gzipped = self._file.read(2) == _GZIP
        self._file.seek(0)
        self._text: Any = self._file
        if gzipped:
            self._text = igzip.open(self._file, "rb")  # type: ignore[no-untyped-call]  # a stub without types
        self._ahead: bytes | None = None

    def __enter__(self) -> ShardText:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()
        self._file.close()

    @property
    def done(self) -> int:
        """How many bytes of the shard were read."""
        return self._file.tell()

    @property
    def ended(self) -> bool:
        """Whether there is no more text."""
        if self._ahead is None:
            self._ahead = self._read()
        return not self._ahead

    def lines(self, size: int) -> Iterator[bytes]:
        """Blocks of whole lines, about so many bytes together, or what is left."""
        given, whole = 0, True
        while not self.ended and (given < size or not whole):
            block, self._ahead = self._ahead or b"", None
            if given >= size:  # only the rest of a line that was begun
                block, line_end, self._ahead = block.partition(b"\n")
                block, self._ahead = block + line_end, self._ahead or None
            given += len(block)
            whole = block.endswith(b"\n")
            yield block

    def _read(self) -> bytes:
        try:
            data: bytes = self._text.read(_BLOCK)
        except EOFError:
            raise InputError("cut off: the gzip stream has no end", where=str(self._path), remedy=_AGAIN) from None
        except self._faults as fault:
            raise InputError(f"cannot be read ({fault})", where=str(self._path), remedy=_AGAIN) from None
        return data


class Pipe:
    """Hands pieces of a shard to an engine that reads files, through a named pipe.

    Parameters
    ----------
    path : Path
        Where the pipe is made.
    """

    def __init__(self, path: Path) -> None:
        if not hasattr(os, "mkfifo"):
            raise InputError("this system has no named pipes", remedy="ingest on Linux or macOS")
        self.path = path
        path.unlink(missing_ok=True)
        os.mkfifo(path)

    @contextmanager
    def pouring(self, text: ShardText, size: int, told: Callable[[int], None]) -> Iterator[None]:
        """While inside, a thread pours one piece of a shard; a fault of the shard is raised at the end."""
        pour = _Pour(self.path, text, size, told)
        pour.start()
        try:
            yield
        finally:
            pour.give_up()
        if pour.fault is not None:
            raise pour.fault


class _Pour(threading.Thread):
    """Writes one piece into the pipe."""

    def __init__(self, path: Path, text: ShardText, size: int, told: Callable[[int], None]) -> None:
        super().__init__(daemon=True)
        self._path, self._text, self._size, self._told = path, text, size, told
        self._unwanted = False
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            with self._path.open("wb") as out:
                for block in self._text.lines(self._size):
                    out.write(block)
                    self._told(self._text.done)
                    if self._unwanted:
                        return
        except BrokenPipeError:
            pass  # the engine failed, and says so itself
        except BaseException as fault:  # noqa: BLE001  # raised again in the thread that waits
            self.fault = fault

    def give_up(self) -> None:
        """End the thread even when the engine never opened the pipe, or left it."""
        if self.is_alive():
            self.join(0.05)
        self._unwanted = True
        reader = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            while self.is_alive():
                with suppress(BlockingIOError):
                    os.read(reader, _BLOCK)
                self.join(0.01)
        finally:
            os.close(reader)
