"""Download shards so that each is whole or not there: resumed, checked, renamed, with a manifest each.

Several at once: what their threads share is in `together`.

``FOLDER/RELEASE/DATASET/FILE.gz`` is a shard and ``FILE.gz.json`` beside it says where it is from, how
long it is and its SHA-256. What is not whole is called ``FILE.gz.part``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError, OutputError
from ..index.store_layout import sha256_of
from ..sources.semantic_scholar.transport import CONNECT_SECONDS, READ_SECONDS, USER_AGENT, retry_after
from ..utils.files import json_text, parse_json, read_text, write_all
from .checkpoints import only_one
from .datasets import TRIES, Link, ServiceFault, patience
from .options import IngestProgress
from .shards import ShardText
from .threads import Hosts, Links, StopSignal, at_once

if TYPE_CHECKING:
    import requests

_BLOCK = 1 << 18
_BUSY = (429, 503)
_PIECE = 1 << 24
_RELISTINGS = 20
"""So often in a row links may have expired without a byte in between."""


class _Expired(Exception):
    """The link is no longer valid."""


class _Broken(Exception):
    """The download stopped; a host that is `busy` is to be left alone, for as long as it `asked`."""

    def __init__(self, why: str, *, busy: bool = False, asked: float | None = None) -> None:
        super().__init__(why)
        self.busy, self.asked = busy, asked


class Downloader:
    """Gets shards, several at once, each thread with a session of its own, without the key: a link is permission.

    Parameters
    ----------
    session : callable
        Makes a `requests.Session`.
    stop : StopSignal
        Ends everything; it also waits. After a fault it stays so.
    random : callable
        Handed in, so that a test need not be lucky.
    notice : callable
        Told why it waits.
    told : IngestProgress
        Hears of bytes.
    at_once : int, default 4
        So many shards are on their way together.
    """

    def __init__(
        self,
        session: Callable[[], requests.Session],
        *,
        stop: StopSignal,
        random: Callable[[], float],
        notice: Callable[[str], None],
        told: IngestProgress,
        at_once: int = 4,
    ) -> None:
        self._session = session
        self._stop, self._hosts = stop, Hosts(stop)
        self._random, self._notice, self._told, self._at_once = random, notice, told, at_once

    def all(self, list_links: Callable[[], Sequence[Link]], folder: Path, about: dict[str, Any]) -> list[Path]:
        """Get every shard of a listing into a folder, those that are there already left as they are.

        Parameters
        ----------
        list_links : callable
            Lists the shards; asked again when links have expired.
        folder : Path
        about : dict
            For the manifest of each shard: its release and dataset.

        Returns
        -------
        list of Path
            In the order of the listing.

        Raises
        ------
        ServiceFault
            When a shard cannot be had; the others, and its beginning, are kept.
        InputError
            When a shard is whole, and broken: no second download changes that. Or another run
            works on the folder.
        OutputError
            When the disk is full.
        """
        links = Links(list_links, self._stop, self._notice)
        files = {link.path: folder / link.file for link in links}
        if len(set(files.values())) < len(files):
            raise ServiceFault("two shards of one listing have the same name; try again later")
        for target in files.values():
            if target.is_dir():
                raise OutputError(f"{target}: a folder stands where a shard must go; move it away")
        with only_one(folder):
            missing = [path for path, target in files.items() if not is_whole(target, path)]
            units = [partial(self._one, path, files[path], links, about) for path in missing]
            at_once(units, self._session, self._at_once, self._stop)
        return list(files.values())

    def _one(self, path: str, target: Path, links: Links, about: dict[str, Any], session: requests.Session) -> None:
        part = target.with_name(target.name + ".part")
        attempt = relistings = 0
        while True:
            before = _size(part)
            link, listing = links.current(path)
            self._hosts.ready(link.host)
            try:
                size = self._resumed(session, link, part)
                self._check(part, size)
                break
            except _Expired:
                relistings = relistings + 1 if _size(part) == before else 1
                if relistings > _RELISTINGS:
                    raise ServiceFault(f"{target.name}: every link is refused; try again later") from None
                links.renew(listing)
            except _Broken as fault:
                attempt = attempt + 1 if _size(part) <= before else 1
                if attempt >= TRIES:
                    raise ServiceFault(f"{target.name}: {fault}, {TRIES} times; try again later") from None
                seconds = patience(attempt - 1, self._random(), fault.asked)
                self._notice(f"{target.name}: {fault}; waiting {seconds:.0f} s")
                if fault.busy:
                    self._hosts.rest(link.host, seconds)
                else:
                    self._stop.sleep(seconds)
        row = {**about, "path": path, "bytes": size, "sha256": sha256_of(part)}
        self._stop.heed()
        try:
            part.replace(target)
        except OSError as fault:
            raise OutputError(f"{target}: cannot write ({fault.strerror}); check who may write there") from None
        write_all(target.parent, {target.name + ".json": json_text(row)})

    def _resumed(self, session: requests.Session, link: Link, part: Path) -> int:
        """Get what is missing of a shard; its size.

        Raises
        ------
        _Expired, _Broken
        """
        import requests

        have = _size(part)
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Range": f"bytes={have}-"}
        if link.host in ("127.0.0.1", "localhost", "::1"):
            session.trust_env = False
        try:
            with session.get(
                link.url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                auth=_unsigned,
            ) as response:
                return self._received(response, part, have)
        except requests.exceptions.RequestException as fault:
            raise _Broken(f"the connection broke off ({type(fault).__name__})") from None

    def _received(self, response: requests.Response, part: Path, have: int) -> int:
        status = response.status_code
        if status == 403:
            raise _Expired
        start, size = _range(response)
        if status == 416 and size is not None and have >= size:
            if have > size:
                part.unlink()
                raise _Broken("the shard is shorter than what was there of it")
            return size
        if status not in (200, 206) or size is None or start not in (0, have):
            raise _Broken(f"status {status}", busy=status in _BUSY, asked=retry_after(response.headers))
        written = self._written(response, part, start, have)
        if written != size:
            raise _Broken(f"the answer ended at {written:,} of {size:,} bytes")
        return size

    def _written(self, response: requests.Response, part: Path, start: int, have: int) -> int:
        """Append what comes, or write anew where the host did not go on where we were."""
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            with part.open("ab" if have and start == have else "wb") as out:
                # Not iter_content: that would unpack a body with Content-Encoding: gzip.
                while block := response.raw.read(_BLOCK, decode_content=False):
                    self._stop.heed()
                    out.write(block)
                    self._told.add(len(block))
                return out.tell()
        except OSError as fault:
            if fault.errno is None or isinstance(fault, ConnectionError):
                raise _Broken("the connection broke off") from None
            raise OutputError(
                f"{part}: cannot write ({fault.strerror}); make room, and type the same command again: it goes on there"
            ) from None
        except Exception as fault:
            if type(fault).__module__.startswith("urllib3"):
                raise _Broken(f"the connection broke off ({type(fault).__name__})") from None
            raise

    def _check(self, part: Path, size: int) -> None:
        """Read a whole shard once: its gzip trailers must fit its text.

        isa-l lets other threads run meanwhile, so that several shards are checked on several cores.

        Raises
        ------
        InputError
            When they do not; the file is deleted, so that the next run begins it anew.
        """
        try:
            with ShardText(part) as text:
                while not text.ended:
                    for _ in text.lines(_PIECE):
                        self._stop.heed()
        except InputError as fault:
            part.unlink()
            raise InputError(
                f"{size:,} bytes as announced, but {fault.what}",
                where=part.name.removesuffix(".part"),
                remedy="it was deleted; type the same command again, and tell Semantic Scholar if that does not help",
            ) from None


def is_whole(target: Path, path: str) -> bool:
    """Whether a shard is there, of the size that was written down when it was checked."""
    beside = target.with_name(target.name + ".json")
    if not target.is_file() or not beside.is_file():
        return False
    row = parse_json(read_text(beside), where=str(beside), remedy="delete this file; its shard is loaded again")
    return row.get("path") == path and row.get("bytes") == target.stat().st_size


def release_of(paths: Sequence[Path]) -> str | None:
    """The release that downloaded shards are of, None when they are of several or nobody wrote it down."""
    notes = (path.with_name(path.name + ".json") for path in paths)
    return release_told((str(note), read_text(note) if note.is_file() else None) for note in notes)


def release_told(notes: Iterable[tuple[str, str | None]]) -> str | None:
    """Likewise, by the places and texts of what was written down beside each shard."""
    found = {
        parse_json(text, where=where, remedy="delete it").get("release") if text else None for where, text in notes
    }
    release = found.pop() if len(found) == 1 else None
    return release if isinstance(release, str) else None


def _range(response: requests.Response) -> tuple[int, int | None]:
    """Where the body begins in the shard, and how long the shard is."""
    match = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+)", response.headers.get("Content-Range", ""), re.ASCII)
    if match:
        return int(match[1] or 0), int(match[2])
    length = response.headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() and response.status_code == 200 else None


def _unsigned(prepared: Any) -> Any:
    """Keeps a .netrc from adding a password."""
    return prepared


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
