"""Where to find the shipped reading list and corpus: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def data_folder() -> Path:
    """The folder with ``reading_list.toml`` and ``snapshot/``.

    An installed wheel has it in the package; a checkout has it beside the package.
    """
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data"


def reading_list_path() -> Path:
    """The file of the shipped reading list."""
    return data_folder() / "reading_list.toml"


def snapshot_path() -> Path:
    """The folder of the shipped corpus."""
    return data_folder() / "snapshot"
