"""What a page lets a browser do: run what is written into it, and nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence


def policy(scripts: Sequence[str], style: str) -> str:
    """The content security policy: no request of any kind, and only these scripts and this style.

    A `data:` image is allowed for the empty icon alone, without which browsers ask for one.

    >>> policy((), "p { color: red }").split("; ")[:2]
    ["default-src 'none'", "script-src 'none'"]
    """
    script_hashes = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {script_hashes}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
