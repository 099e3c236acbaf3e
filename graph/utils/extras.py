"""The optional parts of the package, which need libraries of their own: ``pip install 'citation-lineage[bulk]'``."""

from __future__ import annotations

from importlib.util import find_spec

from ..errors import InputError


def require(extra: str, *modules: str) -> None:
    """Make sure that an extra is installed; `InputError` names it when one of its modules is missing."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise InputError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed",
            remedy=f"install it with: pip install 'citation-lineage[{extra}]'",
        )
