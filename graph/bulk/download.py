"""Download shards, several at a time: resumed, verified, and renamed when complete, with a sidecar file each.

``FOLDER/RELEASE/DATASET/FILE.gz`` is a shard. ``FILE.gz.json`` beside it, its sidecar, says where it is from,
how long it is and its SHA-256. A shard that is not complete is called ``FILE.gz.part``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError, OutputError
from ..index.store_layout import sha256_of
from ..sources.http.transport import CONNECT_SECONDS, READ_SECONDS, USER_AGENT, retry_after
from ..utils.files import json_text, parse_json, read_text, write_all
from ..utils.timing import log_phase
from .checkpoints import lock_folder
from .datasets import MAX_TRIES, Link, ServiceFault, seconds_to_wait
from .progress import IngestProgress
from .shards import ShardText
from .threads import HostPauses, SharedLinks, StopSignal, run_in_threads

if TYPE_CHECKING:
    import requests

    from ..sources.http.deadlines import Deadline

log = logging.getLogger(__name__)

_BLOCK = 1 << 18
BLOCK_SECONDS = 240.0
"""How long a block may take, or the beginning of an answer: a host that sends less than a kilobyte a second is left."""
_BUSY_STATUSES = (429, 503)
_PIECE_BYTES = 1 << 24
_MAX_RELISTINGS = 20
"""How often in a row the links of a shard may expire without a byte of it in between."""


class _LinkExpired(Exception):
    """The link no longer works."""


class _TransferFailed(Exception):
    """The transfer ended early. A `busy` host must be left alone, for `retry_after` seconds if it says so."""

    def __init__(self, why: str, *, busy: bool = False, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.busy, self.retry_after = busy, retry_after


class Downloader:
    """Downloads shards, `parallel` at a time, each thread with a session of its own, which `session` makes.

    No request carries the API key: a link is itself the permission. `stop` ends all threads, also those that wait, and
    stays set after a failure. `notice` is called with the reason before each wait, `progress` counts the bytes, and
    `random` is handed in, so that a test need not be lucky.
    """

    def __init__(
        self,
        session: Callable[[], requests.Session],
        *,
        stop: StopSignal,
        random: Callable[[], float],
        notice: Callable[[str], None],
        progress: IngestProgress,
        parallel: int = 4,
        block_seconds: float = BLOCK_SECONDS,
    ) -> None:
        self._session, self._block_seconds = session, block_seconds
        self._stop, self._hosts = stop, HostPauses(stop)
        self._random, self._notice, self._progress, self._parallel = random, notice, progress, parallel

    def download(self, list_links: Callable[[], Sequence[Link]], folder: Path, about: dict[str, Any]) -> list[Path]:
        """Download the shards of a listing that are not complete in a folder yet; all shards, in the listing's order.

        `list_links` lists the shards, and is called again when links have expired. `about` is what the sidecar of each
        shard says beside its path, length and hash: its release and dataset.

        Raises `ServiceFault` when a shard cannot be downloaded: its beginning and the other shards are kept.
        `InputError` when a shard is complete and damaged, so that no second download helps, and when another run works
        on the folder. `OutputError` when the disk is full.
        """
        links = SharedLinks(list_links, self._stop, self._notice)
        files = {link.path: folder / link.file for link in links}
        if len({target.name.casefold() for target in files.values()}) < len(files):
            raise ServiceFault("two shards of one listing have the same name; try again later")
        for target in files.values():
            if target.is_dir():
                raise OutputError(f"{target}: a folder stands where a shard must go; move it away")
        with lock_folder(folder):
            missing = [path for path, target in files.items() if not is_complete(target, path)]
            tasks = [partial(self._download_shard, path, files[path], links, about) for path in missing]
            with log_phase(log, f"downloading into {folder}", f"{len(missing)} of {len(files)} shards"):
                run_in_threads(tasks, self._session, self._parallel, self._stop)
        return list(files.values())

    def _download_shard(
        self, path: str, target: Path, links: SharedLinks, about: dict[str, Any], session: requests.Session
    ) -> None:
        part = target.with_name(target.name + ".part")
        failures = relistings = 0
        while True:
            size_before = _size(part)
            link, generation = links.current(path)
            self._hosts.wait_for(link.host)
            try:
                size = self._resume(session, link, part)
                self._verify(part, size)
                break
            except _LinkExpired:
                relistings = relistings + 1 if _size(part) == size_before else 1
                if relistings > _MAX_RELISTINGS:
                    raise ServiceFault(f"{target.name}: every link is refused; try again later") from None
                links.renew(generation)
            except _TransferFailed as fault:
                failures = failures + 1 if _size(part) <= size_before else 1
                if failures >= MAX_TRIES:
                    raise ServiceFault(f"{target.name}: {fault}, {MAX_TRIES} times; try again later") from None
                self._wait(target.name, link.host, failures, fault)
        row = {**about, "path": path, "bytes": size, "sha256": sha256_of(part)}
        self._stop.check()
        try:
            part.replace(target)
        except OSError as fault:
            raise OutputError(f"{target}: cannot write ({fault.strerror}); check who may write there") from None
        write_all(target.parent, {target.name + ".json": json_text(row)})
        log.info("%s: complete, %d bytes", target.name, size)

    def _wait(self, name: str, host: str, failures: int, fault: _TransferFailed) -> None:
        seconds = seconds_to_wait(failures - 1, self._random(), fault.retry_after)
        log.info("%s: %s, try %d of %d; waiting %.1f s", name, fault, failures, MAX_TRIES, seconds)
        self._notice(f"{name}: {fault}; waiting {seconds:.0f} s")
        if fault.busy:
            self._hosts.pause(host, seconds)
        else:
            self._stop.sleep(seconds)

    def _resume(self, session: requests.Session, link: Link, part: Path) -> int:
        """Download the rest of a shard; its size. Raises `_LinkExpired` or `_TransferFailed`."""
        import requests

        from ..sources.http.deadlines import Deadline, watched

        offset = _size(part)
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Range": f"bytes={offset}-"}
        if link.host in ("127.0.0.1", "localhost", "::1"):
            session.trust_env = False
        watched(session)
        try:
            with (
                Deadline(self._block_seconds) as deadline,
                session.get(
                    link.url,
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    timeout=(CONNECT_SECONDS, READ_SECONDS),
                    auth=_no_netrc,
                ) as response,
            ):
                # Without the query: the signature in it is a permission.
                log.info("GET %s%s from byte %d: status %d", link.host, link.path, offset, response.status_code)
                return self._receive(response, part, offset, deadline)
        except requests.exceptions.RequestException as fault:
            raise _TransferFailed(f"the connection broke off ({type(fault).__name__})") from None

    def _receive(self, response: requests.Response, part: Path, offset: int, deadline: Deadline) -> int:
        status = response.status_code
        if status == 403:
            raise _LinkExpired
        start, size = _range(response)
        if status == 416 and size is not None and offset >= size:
            if offset > size:
                part.unlink()
                raise _TransferFailed("the shard is shorter than what was already downloaded of it")
            return size
        if status not in (200, 206) or size is None or start not in (0, offset):
            raise _TransferFailed(
                f"status {status}", busy=status in _BUSY_STATUSES, retry_after=retry_after(response.headers)
            )
        written = self._write_body(response, part, start, offset, deadline)
        if written != size:
            raise _TransferFailed(f"the answer ended at {written:,} of {size:,} bytes")
        return size

    def _write_body(self, response: requests.Response, part: Path, start: int, offset: int, deadline: Deadline) -> int:
        """Append the body, or begin the file anew when the host did not start at our offset; the new size."""
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            with part.open("ab" if offset and start == offset else "wb") as out:
                # Not iter_content: that would unpack a body with Content-Encoding: gzip.
                while block := response.raw.read(_BLOCK, decode_content=False):
                    self._stop.check()
                    out.write(block)
                    self._progress.add(len(block))
                    deadline.restart(self._block_seconds)
                return out.tell()
        except OSError as fault:
            if fault.errno is None or isinstance(fault, ConnectionError):
                raise _TransferFailed("the connection broke off") from None
            raise OutputError(
                f"{part}: cannot write ({fault.strerror}); make room, and type the same command again: it goes on there"
            ) from None
        except Exception as fault:
            if type(fault).__module__.startswith("urllib3"):
                raise _TransferFailed(f"the connection broke off ({type(fault).__name__})") from None
            raise

    def _verify(self, part: Path, size: int) -> None:
        """Read a complete shard once, to compare its text with the checksums in its gzip trailers.

        isa-l lets other threads run meanwhile, so that several shards are verified on several cores. Raises
        `InputError` when they differ; then the file is deleted, so that the next run begins it anew.
        """
        try:
            with ShardText(part) as text:
                while not text.at_end:
                    for _ in text.blocks_of_lines(_PIECE_BYTES):
                        self._stop.check()
        except InputError as fault:
            part.unlink()
            raise InputError(
                f"{size:,} bytes as announced, but {fault.what}",
                where=part.name.removesuffix(".part"),
                remedy="it was deleted; type the same command again, and tell Semantic Scholar if that does not help",
            ) from None


def is_complete(target: Path, path: str) -> bool:
    """Whether a shard is there, with the path and size that its sidecar says."""
    sidecar = _sidecar(target)
    if not target.is_file() or not sidecar.is_file():
        return False
    row = parse_json(read_text(sidecar), where=str(sidecar), remedy="delete this file; its shard is downloaded again")
    return row.get("path") == path and row.get("bytes") == target.stat().st_size


def release_of(paths: Sequence[Path]) -> str | None:
    """The release of downloaded shards; None when they are of several releases, or a sidecar is missing."""
    sidecars = map(_sidecar, paths)
    return release_in((str(file), read_text(file) if file.is_file() else None) for file in sidecars)


def release_in(sidecars: Iterable[tuple[str, str | None]]) -> str | None:
    """The release in sidecars, given as their places and texts; None when there are several, or one has no text."""
    releases = {
        parse_json(text, where=where, remedy="delete it").get("release") if text else None for where, text in sidecars
    }
    release = releases.pop() if len(releases) == 1 else None
    return release if isinstance(release, str) else None


def _sidecar(shard: Path) -> Path:
    return shard.with_name(shard.name + ".json")


def _range(response: requests.Response) -> tuple[int, int | None]:
    """Where the body begins in the shard, and the size of the shard."""
    match = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+)", response.headers.get("Content-Range", ""), re.ASCII)
    if match:
        return int(match[1] or 0), int(match[2])
    length = response.headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() and response.status_code == 200 else None


def _no_netrc(prepared: Any) -> Any:
    """Pass a request on unchanged: with an `auth` of its own requests adds no password from a .netrc."""
    return prepared


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
