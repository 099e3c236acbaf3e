"""The folder that the tools may write to, and nothing outside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from ...errors import InputError
from ...utils.file_names import FileName


class Folder:
    """A folder that a person opened to the tools; raises `InputError` when there is no such folder."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise InputError("no such folder", where=str(path), remedy="make it first, or name another with --folder")
        self.path = path.resolve()

    def place(self, name: str) -> Path:
        """The path of a new file or folder in it; the name is relative, with "/" between folders.

        Raises `InputError` when the name leads out of the folder, runs through a symbolic link, or is taken.

        >>> import tempfile
        >>> folder = Folder(Path(tempfile.mkdtemp()))
        >>> folder.place("deeper/list.graphml").relative_to(folder.path).as_posix()
        'deeper/list.graphml'
        >>> folder.place("../list.graphml")
        Traceback (most recent call last):
        graph.errors.InputError: '../list.graphml' cannot be the name of a file here; ...
        """
        parts = PurePosixPath(name).parts
        safe = all(part.isprintable() and part == FileName.of(part) for part in parts)
        if not parts or not safe or len(name) > 200:
            raise InputError(
                f"{name!r} cannot be the name of a file here",
                remedy="give a relative name such as 'lineage.graphml'; no part of it begins with '.'",
            )
        path = self.path
        for part in parts:
            path = path / FileName(part)
            if path.is_symlink():
                raise InputError(f"{name!r} runs through a symbolic link", remedy="choose another name")
        if path.exists():
            raise InputError(f"{name!r} exists already", remedy="choose another name: nothing is overwritten")
        return path
