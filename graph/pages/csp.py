"""The content security policy of a page: a browser may run what is written into it, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence


def policy(scripts: Sequence[str], style: str, *, allow: Mapping[str, str] | None = None) -> str:
    """A content security policy that allows these scripts and this style, and no request of any kind.

    A `data:` image is allowed only for the empty icon: without one, browsers request an icon. `allow` holds
    directives that replace those of the same name.

    >>> policy((), "p { color: red }").split("; ")[:2]
    ["default-src 'none'", "script-src 'none'"]
    """
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(map(hash_of, scripts)) or "'none'",
        "style-src": hash_of(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in (directives | dict(allow or {})).items())


def hash_of(text: str) -> str:
    """A script or a style, as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
