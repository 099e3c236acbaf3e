"""Files and folders that are made where there are none: two who want one name at the same time never share it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import InputError, OutputError
from .files import write_all


def create_all(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write new files into a folder, text as UTF-8, all of them or none.

    Each name is claimed first by an empty file, which only one of several writers can make. Raises `InputError` when a
    name is taken; what has it is unchanged, and `OutputError` when the folder cannot be written to.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> create_all(folder, {"list.net": "first"})
    >>> create_all(folder, {"list.clu": "second", "list.net": "second"})
    Traceback (most recent call last):
    graph.errors.InputError: 'list.net' exists already; choose another name: nothing is overwritten
    >>> sorted(path.name for path in folder.iterdir()), (folder / "list.net").read_text()
    (['list.net'], 'first')
    """
    claimed: list[Path] = []
    try:
        for name in files:
            path = folder / name
            with _faults_named(name, path):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(exist_ok=False)
            claimed.append(path)
        write_all(folder, files)
    except BaseException:
        for path in claimed:
            with suppress(OSError):
                path.unlink()
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[None]:
    """Make a folder, which nobody else has made or makes; when the work in it fails, and it is empty, it goes again.

    Raises as `create_all` does.
    """
    with _faults_named(path.name, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir()
    try:
        yield
    except BaseException:
        with suppress(OSError):  # it is not empty
            path.rmdir()
        raise


@contextmanager
def _faults_named(name: str, path: Path) -> Iterator[None]:
    """Say what keeps a file or a folder from being made."""
    try:
        yield
    except FileExistsError:
        raise InputError(f"{name!r} exists already", remedy="choose another name: nothing is overwritten") from None
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise OutputError(f"{path}: cannot be made ({reason}); choose another name or another folder") from None
