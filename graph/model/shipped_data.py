"""Where the shipped reading list and corpus are: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def data_folder() -> Path:
    """The folder with ``reading_list.toml`` and ``snapshot/``.

    An installed wheel carries it inside the package; a checkout has it beside the package.
    """
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def reading_list_path() -> Path:
    """The shipped reading list."""
    return data_folder() / "reading_list.toml"


def snapshot_path() -> Path:
    """The shipped corpus."""
    return data_folder() / "snapshot"
