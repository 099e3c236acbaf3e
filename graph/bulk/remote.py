"""Files and folders by URL (s3a:, gs:, abfss:, hdfs:, file:), through the file systems that Spark knows.

They are asked in Spark's own process, so that one configuration of addresses and keys serves both.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, TypeVar

from .engine import EngineFault
from .spark import asked

T = TypeVar("T")
_BLOCK = 1 << 20


def is_url(text: str) -> bool:
    """Whether a path is a URL; "C:/shards" is none.

    >>> [is_url(text) for text in ("s3a://bucket/shards", "file:///shards", "shards", "C:/shards")]
    [True, True, False, False]
    """
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://?", text) is not None


class Remote:
    """A file or folder by URL.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
    url : str

    Raises
    ------
    EngineFault
        From every method, when the file system says no; and when there is none for such URLs.
    """

    def __init__(self, session: Any, url: str) -> None:
        self._session, self.url = session, url.rstrip("/")
        self._path = asked(lambda: session._jvm.org.apache.hadoop.fs.Path(self.url))  # PySpark has no public way
        self._files = asked(
            lambda: self._path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())
        )  # likewise

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The end of the URL."""
        return self.url.rsplit("/", 1)[-1]

    def at(self, *names: str) -> Remote:
        """What has this name in this folder."""
        return Remote(self._session, "/".join((self.url, *names)))

    def beside(self, ending: str) -> Remote:
        """The file whose name has this ending in addition."""
        return Remote(self._session, self.url + ending)

    def is_folder(self) -> bool | None:
        """Whether it is a folder; None when nothing is there."""
        if not asked(lambda: self._files.exists(self._path)):
            return None
        return bool(asked(lambda: self._files.getFileStatus(self._path).isDirectory()))

    def sizes(self) -> Mapping[str, int]:
        """The URLs of all files in this folder, and in folders in it, with their bytes."""
        if not self.is_folder():
            return {}
        found: dict[str, int] = {}
        listing = asked(lambda: self._files.listFiles(self._path, True))
        while asked(listing.hasNext):
            status = asked(listing.next)
            found[str(status.getPath().toString())] = int(status.getLen())
        return found

    def open(self, _: str = "rb") -> BinaryIO:
        """The bytes of the file, to be read from any place."""
        stream = asked(lambda: self._files.open(self._path))
        size = int(asked(lambda: self._files.getFileStatus(self._path).getLen()))
        return io.BufferedReader(_Stream(stream, size), _BLOCK)

    def text(self) -> str | None:
        """The text of the file; None when there is none."""
        if self.is_folder() is not False:
            return None
        with self.open() as file:
            return file.read().decode("utf-8")

    def put(self, text: str) -> None:
        """Write the file beside its place, and let it take that place when it is whole."""
        beside = self._session._jvm.org.apache.hadoop.fs.Path(f"{self.url}.part")  # as above

        def write() -> None:
            out = self._files.create(beside, True)
            try:
                out.write(bytearray(text, "utf-8"))
            finally:
                out.close()
            self._files.delete(self._path, False)
            if not self._files.rename(beside, self._path):
                raise EngineFault(f"{self.url}: cannot be written; check who may write there")

        asked(write)

    def drop(self) -> None:
        """Remove the file, or the folder with all that is in it."""
        asked(lambda: self._files.delete(self._path, True))


class _Stream(io.RawIOBase):
    """A stream of Java's as one of Python's."""

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
    """Whoever reads files expects an OSError."""
    try:
        return asked(read)
    except EngineFault as fault:
        raise OSError(str(fault)) from None
