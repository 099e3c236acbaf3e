"""Checkpoints: which tasks of an ingest are done, so that a run that was killed can be continued.

A checkpoint is written after the files of its task are on disk. A run that is killed loses the tasks
that it was working on; the next run does these again, and no others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from ..errors import OutputError
from ..utils.files import json_text, parse_json, read_text, write_all
from ..utils.locks import exclusive_lock

_REMEDY = "delete this file; its task is done again"


class Checkpoints:
    """The checkpoints in a folder: small JSON files, each named after its task."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, task: str) -> dict[str, Any] | None:
        """The result of a task; None when it is not done."""
        where, text = self._read(f"{task}.json")
        return None if text is None else parse_json(text, where=where, remedy=_REMEDY)

    def put(self, task: str, result: Mapping[str, Any], files: Iterable[Path] = ()) -> dict[str, Any]:
        """Record a task as done, after its files are on disk; the result."""
        for path in files:
            with path.open("rb") as file:
                os.fsync(file.fileno())
        self._write(f"{task}.json", json_text(dict(result)))
        return dict(result)

    def _read(self, name: str) -> tuple[str, str | None]:
        """Where a file is, and its text if it is there."""
        path = self._folder / name
        return str(path), read_text(path) if path.is_file() else None

    def _write(self, name: str, text: str) -> None:
        write_all(self._folder, {name: text})


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, so that two runs do not work on it at the same time.

    Raises `InputError` when another run holds the lock, and `OutputError` when nothing can be written there.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = exclusive_lock(folder / ".lock", busy="another run is working on this folder", remedy="wait for it")
            stack.enter_context(lock)
        except OSError as fault:
            raise OutputError(f"{folder}: cannot write ({fault.strerror}); choose another folder") from None
        yield
