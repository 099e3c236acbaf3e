"""Shards of a release: gzipped JSON lines. Their contents say which dataset they belong to.

Every byte is read as a stream through `ShardText`, which checks the gzip trailer (length and CRC).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Literal, Protocol

from ..errors import InputError
from ..utils.decode import decode_json
from ..utils.file_names import FileName

CITATIONS, PAPERS = "citations", "papers"
_BLOCK = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_DOWNLOAD_AGAIN = "download it again: 'lineage bulk download' replaces a shard that is not complete"


class Openable(Protocol):
    """A file of this machine, or a file by URL. ``str()`` gives its path or URL."""

    @property
    def name(self) -> str:
        """The file name, without folders."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Open the file to read its bytes."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of a release; `kind` is its dataset, "citations" or "papers".

    `trailer` is its last eight bytes in hexadecimal: for gzip the CRC and the length of the text.
    """

    name: str
    path: str
    kind: str
    bytes: int
    trailer: str

    @property
    def label(self) -> FileName:
        """A unique name among the shards of a release: two datasets may use the same file names."""
        return FileName.of(f"{self.kind}-{self.name}")

    def row(self) -> dict[str, Any]:
        """The shard as an entry of a manifest, which does not say where the shard was."""
        return {name: value for name, value in asdict(self).items() if name != "path"}


def find_shards(paths: Sequence[Path]) -> list[Shard]:
    """The shards among files and folders, in the order of their names; see `shard_files` and `shards_of`."""
    return shards_of(shard_files(paths))


def shard_files(paths: Sequence[Path]) -> list[Path]:
    """The given files, and the files in the given folders whose names are those of shards.

    Raises `InputError` for a path that does not exist, and when there are no such files.
    """
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError("no such file or folder", where=str(path), remedy="check the path")
        files += sorted(_shards_in(path)) if path.is_dir() else [path]
    if not files:
        raise InputError(
            "no shards here", where=", ".join(map(str, paths)), remedy="fetch some with 'lineage bulk download'"
        )
    return files


def shards_of(files: Sequence[Openable]) -> list[Shard]:
    """Files as shards, in the order of their names.

    Raises `InputError` for a file that is no shard of papers or citations, and two shards with the same name.
    """
    try:
        shards = [shard_of(file, _kind(file)) for file in files]
    except OSError as fault:
        raise InputError(
            f"cannot be read ({fault.strerror or fault})",
            where=str(fault.filename or ""),
            remedy="check its permissions",
        ) from None
    by_label: dict[str, Shard] = {}
    for shard in shards:
        if shard.label in by_label:
            raise InputError(
                f"another shard is called {shard.name}, too",
                where=f"{by_label[shard.label].path}, {shard.path}",
                remedy="name each shard once",
            )
        by_label[shard.label] = shard
    return [by_label[label] for label in sorted(by_label)]


def _shards_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and is_shard_name(path.name))


def is_shard_name(name: str) -> bool:
    """Whether a file with this name is taken for a shard when its folder is given."""
    return name.endswith((".gz", ".jsonl")) and not name.startswith(".")


def shard_of(file: Openable, kind: str) -> Shard:
    """A file whose kind is known as a shard."""
    with file.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - 8, 0))
        trailer = stream.read().hex()
    return Shard(file.name, str(file), kind, size, trailer)


def _kind(file: Openable) -> str:
    """The dataset of a shard, found out from its first line that is a JSON object."""
    with ShardText(file) as text:
        head = next(text.blocks_of_lines(1), b"")
    for line in head.split(b"\n")[:100]:
        try:
            row = decode_json(line)
        except ValueError:
            continue
        if isinstance(row, dict) and "citingcorpusid" in row:
            return CITATIONS
        if isinstance(row, dict) and "corpusid" in row and "title" in row:
            return PAPERS
    raise InputError(
        "neither papers nor citations of a bulk release",
        where=str(file),
        remedy="name shards of the datasets papers and citations",
    )


class ShardText:
    """The text of a shard, decompressed and checked: reading one that is cut off or damaged raises `InputError`."""

    def __init__(self, file: Openable) -> None:
        from isal import igzip, isal_zlib

        self._read_errors: Any = (isal_zlib.error, OSError)
        self._where = str(file)
        self._file: IO[bytes] = file.open("rb")
        is_gzip = self._file.read(2) == _GZIP_MAGIC
        self._file.seek(0)
        self._text: Any = self._file
        if is_gzip:
            self._text = igzip.open(self._file, "rb")  # type: ignore[no-untyped-call]  # a stub without types
        self._next_block: bytes | None = None

    def __enter__(self) -> ShardText:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()
        self._file.close()

    @property
    def bytes_read(self) -> int:
        """How many bytes of the shard have been read, as they are on disk."""
        return self._file.tell()

    @property
    def at_end(self) -> bool:
        """Whether all text has been read."""
        if self._next_block is None:
            self._next_block = self._read_block()
        return not self._next_block

    def blocks_of_lines(self, size: int) -> Iterator[bytes]:
        """Blocks that together are complete lines of about `size` bytes, or all lines that are left."""
        total, ends_a_line = 0, True
        while not self.at_end and (total < size or not ends_a_line):
            block, self._next_block = self._next_block or b"", None
            if total >= size:  # take only the rest of the last line
                block, line_end, rest = block.partition(b"\n")
                block, self._next_block = block + line_end, rest or None
            total += len(block)
            ends_a_line = block.endswith(b"\n")
            yield block

    def _read_block(self) -> bytes:
        try:
            block: bytes = self._text.read(_BLOCK)
        except EOFError:
            raise InputError("cut off: the gzip stream has no end", where=self._where, remedy=_DOWNLOAD_AGAIN) from None
        except self._read_errors as fault:
            raise InputError(f"cannot be read ({fault})", where=self._where, remedy=_DOWNLOAD_AGAIN) from None
        return block


class Pipe:
    """A named pipe through which an engine that reads files gets the text of a shard, a piece at a time."""

    def __init__(self, path: Path) -> None:
        if not hasattr(os, "mkfifo"):
            raise InputError("this system has no named pipes", remedy="ingest on Linux or macOS")
        self.path = path
        path.unlink(missing_ok=True)
        os.mkfifo(path)

    @contextmanager
    def feeding(self, text: ShardText, size: int, on_bytes_read: Callable[[int], None]) -> Iterator[None]:
        """Write about `size` bytes of a shard's lines into the pipe from another thread, while the caller reads it.

        The thread calls `on_bytes_read` with the number of the shard's bytes that have been read in all. An
        exception of the thread is raised at the end.
        """
        stopped = threading.Event()

        def write() -> None:
            # When the pipe is broken the engine has failed, and raises an exception of its own.
            with suppress(BrokenPipeError), self.path.open("wb") as pipe:
                for block in text.blocks_of_lines(size):
                    pipe.write(block)
                    on_bytes_read(text.bytes_read)
                    if stopped.is_set():
                        return

        with ThreadPoolExecutor(1) as executor:
            writing = executor.submit(write)
            try:
                yield
            finally:
                wait([writing], 0.05)
                stopped.set()
                self._read_until_done(writing)
        writing.result()

    def _read_until_done(self, writing: Future[None]) -> None:
        """Let the writer end, even when the engine never opened the pipe or stopped reading it."""
        reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            while wait([writing], 0.01).not_done:
                with suppress(BlockingIOError):
                    os.read(reader, _BLOCK)
        finally:
            os.close(reader)
