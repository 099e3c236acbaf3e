"""Every response, kept as it came: what a run continues from, and what can be parsed again.

A folder with ``answers.jsonl``, to which lines are only ever added. A line is one JSON object and is
on disk before the next request is sent; a line that a crash cut off has no end, and is removed when
the file is opened again. Neither headers nor the key are written.

There are four kinds of lines: ``{"observation": DATE}`` begins an observation, and only the lines
after the last of these count; ``{"plan": ...}`` is what the run set out to fetch;
``{"request": ..., "status": ..., "body": ...}`` is a response; ``{"finished": true}`` says that the
corpus of the observation was written.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

import msgspec

from ...errors import InputError, OutputError
from ...utils.decode import decode_json
from ...utils.locks import exclusive_lock
from .request import Request

Verdict = Literal["accept", "shrink", "shrink_lasting"]


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A response, and what was done about it: it was accepted, or the request was made smaller, once or for good.

    `location` is where it led to, for one that redirects, and `fetched_at` when it arrived.
    """

    verdict: Verdict
    status: int
    body: bytes
    location: str | None = None
    fetched_at: str = field(default="", compare=False)


class ResponseCache:
    """The responses for one corpus, open for one run at a time; `folder` is its ``raw/``, and is made if it is missing.

    `observed` is the day of the observation, `plan` what it set out to fetch, and `finished` whether its corpus was
    written. `observations` counts those in the file, `damaged` the lines that cannot be read. Raises `InputError` when
    another run has it open, or the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "answers.jsonl"
        self.observed: str | None = None
        self.finished = False
        self.plan: Mapping[str, Any] | None = None
        self.observations = 0
        self.damaged = 0
        self._spans: dict[str, tuple[int, int]] = {}  # where the line of a request begins, and its length
        self._size = 0
        self._open = ExitStack()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open.enter_context(
                exclusive_lock(
                    folder / "lock",
                    busy="another fetch is running on this corpus, or a client has it open",
                    remedy="wait for it, close the client, or choose another folder",
                )
            )
            # Unbuffered: a line that a full disk refused must not be written later, on closing.
            self._file = self._open.enter_context(self.path.open("ab", buffering=0))
            self._reader: IO[bytes] = self._open.enter_context(self.path.open("rb"))
            self._read()
        except OSError as fault:
            self._open.close()
            raise InputError(
                f"cannot be used ({fault.strerror or fault})",
                where=str(folder),
                remedy="choose another folder with --to",
            ) from None
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> ResponseCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def closed(self) -> bool:
        """Whether nothing can be read or kept any more."""
        return self._file.closed

    def __len__(self) -> int:
        return len(self._spans)

    @property
    def last_sent(self) -> float | None:
        """When a request was last sent, in this run or an earlier one; None when none ever was."""
        path = self._last_sent_path
        return path.stat().st_mtime if path.exists() else None

    def note_sent(self, now: float) -> None:
        """Remember when a request was sent, so that the next run keeps the rate limit even after a crash."""
        self._last_sent_path.touch()
        os.utime(self._last_sent_path, (now, now))

    @property
    def _last_sent_path(self) -> Path:
        return self.folder / "last_request"

    def begin(self, observed: str) -> None:
        """Begin an observation: earlier responses no longer count."""
        self._append({"observation": observed})
        self._start_observation(observed)

    def save_plan(self, plan: Mapping[str, Any]) -> None:
        """Keep what the run sets out to fetch, to compare it with what a later run parses again."""
        if plan != self.plan:
            self._append({"plan": plan})
            self.plan = plan

    def finish(self) -> None:
        """Say that the corpus of this observation was written."""
        if not self.finished:
            self._append({"finished": True})
            self.finished = True

    def put(self, request: Request, response: CachedResponse, *, fetched_at: str) -> None:
        """Add a response; it is on disk when this returns."""
        start = self._size
        self._append(
            {
                "request": {
                    "method": request.method,
                    "path": request.path,
                    "params": dict(request.params),
                    "ids": list(request.ids),
                    **({"lists": dict(request.lists)} if request.lists else {}),
                },
                "key": request.key,
                "fetched_at": fetched_at,
                "verdict": response.verdict,
                "status": response.status,
                **({"location": response.location} if response.location else {}),
                "sha256": hashlib.sha256(response.body).hexdigest(),
                **_body_fields(response.body),
            }
        )
        self._spans[request.key] = (start, self._size - start)

    def get(self, request: Request) -> CachedResponse | None:
        """The response to a request in this observation, or None when there is none."""
        span = self._spans.get(request.key)
        row = self._read_row(*span) if span else None
        return _response(row) if row else None

    def responses_to(self, path_end: str) -> Iterator[CachedResponse]:
        """The responses of this observation to requests whose path ends so, in the order in which they came."""
        for span in sorted(self._spans.values()):
            row = self._read_row(*span)
            if row and str(row["request"]["path"]).endswith(path_end):
                response = _response(row)
                if response:
                    yield response

    def _read_row(self, start: int, length: int) -> dict[str, Any] | None:
        self._reader.seek(start)
        return _row(self._reader.read(length))

    def _start_observation(self, observed: str) -> None:
        self.observed, self.finished, self.plan = observed, False, None
        self.observations += 1
        self._spans.clear()

    def _read(self) -> None:
        """Index the file, and cut off a last line that was never finished."""
        for line in self._reader:
            if not line.endswith(b"\n"):
                break
            row = _row(line)
            if row is None:
                self.damaged += 1  # its request is sent again
            else:
                self._index(row, len(line))
            self._size += len(line)
        if self._size < os.fstat(self._file.fileno()).st_size:
            self._file.truncate(self._size)

    def _index(self, row: dict[str, Any], length: int) -> None:
        if "observation" in row:
            self._start_observation(str(row["observation"]))
        elif "plan" in row:
            self.plan = row["plan"]
        elif "finished" in row:
            self.finished = True
        elif _response(row) is None:
            self.damaged += 1
        else:
            self._spans[str(row.get("key"))] = (self._size, length)

    def _append(self, row: Mapping[str, Any]) -> None:
        line = msgspec.json.encode(row) + b"\n"
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as fault:
            self._remove_unfinished_line()
            raise OutputError(
                f"{self.path}: cannot write ({fault.strerror or fault}); "
                "make room and type the same command again: nothing that was answered is lost"
            ) from None
        self._size += len(line)

    def _remove_unfinished_line(self) -> None:
        """Leave the file as it was before the line. What cannot be cut off now is cut off on opening."""
        try:
            os.ftruncate(self._file.fileno(), self._size)
        except OSError:
            return


def _body_fields(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body64": base64.b64encode(body).decode("ascii")}


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = decode_json(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _response(row: dict[str, Any]) -> CachedResponse | None:
    """The response that a line holds, if it is undamaged."""
    try:
        body = row["body"].encode("utf-8") if "body" in row else base64.b64decode(row["body64"], validate=True)
        whole = hashlib.sha256(body).hexdigest() == row["sha256"]
        at = str(row.get("fetched_at", ""))
        return CachedResponse(row["verdict"], int(row["status"]), body, row.get("location"), at) if whole else None
    except (KeyError, AttributeError, TypeError, ValueError):
        return None
