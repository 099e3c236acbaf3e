"""Files and folders by URL (s3a:, gs:, abfss:, hdfs:, file:), through the file systems that Spark knows.

All calls go to Spark's own process, so that one configuration of addresses and keys serves both.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, TypeVar

from .engine import EngineFault
from .spark import call_spark

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
