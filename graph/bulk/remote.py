"""Files and folders by URL (s3a:, gs:, abfss:, hdfs:, file:), and a store under construction there.

They are reached through the file systems that Spark knows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from ..errors import InputError
from ..index.store_layout import MANIFEST, Manifest, parse_manifest
from .checkpoints import Checkpoints
from .engine import EngineFault
from .shards import Shard
from .spark import call_spark
from .workspace import WORK_FOLDER, IngestOptions, Workspace

T = TypeVar("T")
_BLOCK = 1 << 20


def is_url(text: str) -> bool:
    """Whether a path is a URL; "C:/shards" is not.

    >>> [is_url(text) for text in ("s3a://bucket/shards", "file:///shards", "shards", "C:/shards")]
    [True, True, False, False]
    """
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://?", text) is not None


class Remote:
    """A file or folder by URL, reached through a Spark session.

    Every method raises `EngineFault` when the file system refuses, and when Spark has no file system for such URLs.
    """

    def __init__(self, session: Any, url: str) -> None:
        self._session, self.url = session, url.rstrip("/")
        self._path = call_spark(
            lambda: session._jvm.org.apache.hadoop.fs.Path(self.url)
        )  # PySpark has no public way to reach it
        self._files = call_spark(
            lambda: self._path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
        )  # likewise

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The end of the URL."""
        return self.url.rsplit("/", 1)[-1]

    def child(self, *names: str) -> Remote:
        """The file or folder with this path inside this folder."""
        return Remote(self._session, "/".join((self.url, *names)))

    def is_folder(self) -> bool | None:
        """Whether it is a folder; None when nothing exists there."""
        if not call_spark(lambda: self._files.exists(self._path)):
            return None
        return bool(call_spark(lambda: self._files.getFileStatus(self._path).isDirectory()))

    def sizes(self) -> Mapping[str, int]:
        """The sizes in bytes of all files in this folder and the folders in it, by URL."""
        if not self.is_folder():
            return {}
        sizes: dict[str, int] = {}
        listing = call_spark(lambda: self._files.listFiles(self._path, True))
        while call_spark(listing.hasNext):
            status = call_spark(listing.next)
            sizes[str(status.getPath().toString())] = int(status.getLen())
        return sizes

    def open(self, _: str = "rb") -> BinaryIO:
        """Open the file to read its bytes, also from the middle."""
        stream = call_spark(lambda: self._files.open(self._path))
        size = int(call_spark(lambda: self._files.getFileStatus(self._path).getLen()))
        return io.BufferedReader(_JavaStream(stream, size), _BLOCK)

    def text(self) -> str | None:
        """The text of the file; None when it does not exist."""
        if self.is_folder() is not False:
            return None
        with self.open() as file:
            return file.read().decode("utf-8")

    def write(self, text: str) -> None:
        """Write the file, complete or not at all: beside its place first, then renamed."""
        part = self._session._jvm.org.apache.hadoop.fs.Path(f"{self.url}.part")  # as above

        def replace() -> None:
            out = self._files.create(part, True)
            try:
                out.write(bytearray(text, "utf-8"))
            finally:
                out.close()
            self._files.delete(self._path, False)
            if not self._files.rename(part, self._path):
                raise EngineFault(f"{self.url}: cannot be written; check who may write there")

        call_spark(replace)

    def delete(self) -> None:
        """Delete the file, or the folder with everything in it."""
        call_spark(lambda: self._files.delete(self._path, True))


class _JavaStream(io.RawIOBase):
    """A Java stream as a Python stream."""

    def __init__(self, stream: Any, size: int) -> None:
        self._stream, self._size = stream, size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return int(_or_os_error(self._stream.getPos))

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self._size}[whence]
        place = max(start + offset, 0)
        _or_os_error(lambda: self._stream.seek(min(place, self._size)))
        return place

    def readinto(self, buffer: Any) -> int:
        block = _or_os_error(lambda: self._stream.readNBytes(min(len(buffer), _BLOCK)))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _or_os_error(read: Callable[[], T]) -> T:
    """Call Spark, and raise an OSError when that fails: readers of files expect one."""
    try:
        return call_spark(read)
    except EngineFault as fault:
        raise OSError(str(fault)) from None


class RemoteWorkspace(Workspace):
    """A folder by URL in which a store is being made.

    Nothing there can be locked, so nothing keeps two runs on one URL apart.
    """

    def __init__(self, store: Remote, shards: Sequence[Shard], options: IngestOptions, engine: str) -> None:
        super().__init__(Path(), shards, options, engine)
        self._remote = store
        self.checkpoints = RemoteCheckpoints(store.child(WORK_FOLDER, "done"))

    def location(self, *names: str) -> str:
        """The URL of a file or folder of the store."""
        return self._remote.child(*names).url

    def write(self, name: str, text: str) -> None:
        """Write a file of the store, complete or not at all."""
        self._remote.child(name).write(text)

    def _existing_manifest(self) -> Manifest | None:
        text = self._remote.child(MANIFEST).text()
        if text is None:
            return None
        manifest = parse_manifest(text, where=self.location(MANIFEST))
        sizes = {url.removeprefix("/"): size for url, size in self._remote.sizes().items()}
        for part in (part for table in manifest.tables.values() for part in table.files):
            if not any(url.endswith(f"/{part.name}") and size == part.bytes for url, size in sizes.items()):
                raise InputError(
                    f"the file is missing, or does not have the {part.bytes:,} bytes that were written",
                    where=self.location(part.name),
                    remedy="make the store with 'lineage bulk ingest'",
                )
        return manifest

    def _prepare(self) -> None:
        """Do nothing: Spark makes folders when it writes."""

    def _delete_work(self) -> None:
        self._remote.child(WORK_FOLDER).delete()


class RemoteCheckpoints(Checkpoints):
    """The checkpoints in a folder by URL."""

    def __init__(self, folder: Remote) -> None:
        self._remote = folder

    def _read(self, name: str) -> tuple[str, str | None]:
        file = self._remote.child(name)
        return file.url, file.text()

    def _write(self, name: str, text: str) -> None:
        self._remote.child(name).write(text)
