"""Folders that take long to make and that tests only read: made once, for all workers of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest
from filelock import FileLock, Timeout

PATIENCE = 200.0
"""For how many seconds a worker waits for another, which is less than a test may take."""


def shared_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """The folder of a name that all workers of a run share; it may not be there yet."""
    own = factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / f"shared-{name}"


def made_once(folder: Path, make: Callable[[Path], object], *, patience: float = PATIENCE) -> Path:
    """A folder, which the first process that asks for it fills while the others wait.

    `make` fills an empty folder. What it makes must hold at another place too: it is moved when it is whole, so that
    nobody finds what another began and could not end. Who has waited long enough makes a folder of its own.
    """
    try:
        with FileLock(f"{folder}.lock", timeout=patience):
            if not folder.exists():
                _made_beside(folder, make).rename(folder)
    except Timeout:
        return _made_beside(folder, make)
    return folder


def _made_beside(folder: Path, make: Callable[[Path], object]) -> Path:
    begun = Path(mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    make(begun)
    return begun
