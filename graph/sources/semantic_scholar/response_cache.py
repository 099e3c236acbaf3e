"""Every answer, kept as it came: the log that a run continues from, and that can be parsed again.

One folder with ``answers.jsonl``, to which lines are only ever added, and ``lock``. A line is one
JSON object, whole on disk before the next request goes out; a line that was torn by a crash has no
end, and is cut off when the log is opened again. Neither headers nor the key ever reach it.

Lines of three kinds: ``{"observation": DATE}`` begins an observation, and only answers after the
last of these count; ``{"request": ..., "status": ..., "body": ...}`` is an answer;
``{"finished": true}`` says that the observation's corpus was written.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import msgspec

from ...errors import InputError, OutputError
from ...utils.locks import lock_exclusively
from .endpoints import Request


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """An answer from the log; `verdict` is "accept", "shrink" or "shrink_lasting"."""

    verdict: str
    status: int
    body: bytes


class ResponseCache:
    """The answers of one corpus, open for one run at a time.

    Parameters
    ----------
    folder : Path
        ``raw/`` beside the corpus; made if it is missing.

    Raises
    ------
    InputError
        When another run has it open, or the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "answers.jsonl"
        self.observed: str | None = None
        self.finished = False
        self.plan: Mapping[str, Any] | None = None
        self.observations = 0
        self.damaged = 0
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._open = ExitStack()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._open.enter_context((folder / "lock").open("a+b"))
            lock_exclusively(self._lock, folder)
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

    def __len__(self) -> int:
        return len(self._places)

    @property
    def last_sent(self) -> float | None:
        """When a request last went out, in this run or the one before; None when none ever did."""
        status = os.fstat(self._lock.fileno())
        return status.st_mtime if status.st_size else None

    def note_sent(self, now: float) -> None:
        """Remember when a request went out, so that a run after a crash keeps the pace too."""
        if not os.fstat(self._lock.fileno()).st_size:
            self._lock.write(b".")
            self._lock.flush()
        os.utime(self._lock.fileno(), (now, now))

    def begin(self, observed: str) -> None:
        """Begin an observation: answers before this line no longer count."""
        self._append({"observation": observed})
        self._began(observed)

    def remember_plan(self, plan: Mapping[str, Any]) -> None:
        """Keep what the run set out to do, for a run that only parses again."""
        if plan != self.plan:
            self._append({"plan": plan})
            self.plan = plan

    def finish(self) -> None:
        """Say that the corpus of this observation was written."""
        if not self.finished:
            self._append({"finished": True})
            self.finished = True

    def keep(self, request: Request, kept: CachedResponse, *, fetched_at: str) -> None:
        """Add an answer; it is on disk when this returns."""
        start = self._end
        self._append(
            {
                "request": {
                    "method": request.method,
                    "path": request.path,
                    "params": dict(request.params),
                    "ids": list(request.ids),
                },
                "key": request.key,
                "fetched_at": fetched_at,
                "verdict": kept.verdict,
                "status": kept.status,
                "sha256": hashlib.sha256(kept.body).hexdigest(),
                **_body_fields(kept.body),
            }
        )
        self._places[request.key] = (start, self._end - start)

    def kept(self, request: Request) -> CachedResponse | None:
        """The answer to a request in this observation, or None when it has none."""
        place = self._places.get(request.key)
        if place is None:
            return None
        start, length = place
        self._reader.seek(start)
        row = _row(self._reader.read(length))
        return _kept(row) if row else None

    def answers(self, path_end: str) -> Iterator[CachedResponse]:
        """The answers of this observation to requests whose path ends so, in the order in which they came."""
        for start, length in sorted(self._places.values()):
            self._reader.seek(start)
            row = _row(self._reader.read(length))
            if row and str(row["request"]["path"]).endswith(path_end):
                kept = _kept(row)
                if kept:
                    yield kept

    def _began(self, observed: str) -> None:
        self.observed, self.finished, self.plan = observed, False, None
        self.observations += 1
        self._places.clear()

    def _read(self) -> None:
        """Index the log, and cut off a last line that was never finished."""
        for line in self._reader:
            if not line.endswith(b"\n"):
                break
            row = _row(line)
            if row is None:
                self.damaged += 1  # what it held is asked again
            else:
                self._index(row, len(line))
            self._end += len(line)
        if self._end < os.fstat(self._file.fileno()).st_size:
            self._file.truncate(self._end)

    def _index(self, row: dict[str, Any], length: int) -> None:
        if "observation" in row:
            self._began(str(row["observation"]))
        elif "plan" in row:
            self.plan = row["plan"]
        elif "finished" in row:
            self.finished = True
        elif _kept(row) is None:
            self.damaged += 1
        else:
            self._places[str(row.get("key"))] = (self._end, length)

    def _append(self, row: Mapping[str, Any]) -> None:
        line = msgspec.json.encode(row) + b"\n"
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as fault:
            self._drop_the_rest()
            raise OutputError(
                f"{self.path}: cannot write ({fault.strerror or fault}); "
                "make room and type the same command again: nothing that was answered is lost"
            ) from None
        self._end += len(line)

    def _drop_the_rest(self) -> None:
        """After a fault: leave the log as it was before the line. What cannot be cut now is cut on opening."""
        try:
            os.ftruncate(self._file.fileno(), self._end)
        except OSError:
            return


def _body_fields(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body64": base64.b64encode(body).decode("ascii")}


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        row = msgspec.json.decode(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _kept(row: dict[str, Any]) -> CachedResponse | None:
    """The answer that a line holds, when it is still the one that came."""
    try:
        body = row["body"].encode("utf-8") if "body" in row else base64.b64decode(row["body64"], validate=True)
        whole = hashlib.sha256(body).hexdigest() == row["sha256"]
        return CachedResponse(str(row["verdict"]), int(row["status"]), body) if whole else None
    except (KeyError, AttributeError, TypeError, ValueError):
        return None
