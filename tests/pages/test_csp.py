"""The content security policy names what a page may run, by its hash, and forbids all else."""

from __future__ import annotations

import base64
import hashlib

from graph.pages.csp import policy


def hash_of(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"


def test_the_policy_of_a_page_with_scripts() -> None:
    assert policy(["let a = 1;", "let é = 2;"], "p { color: red }").split("; ") == [
        "default-src 'none'",
        f"script-src {hash_of('let a = 1;')} {hash_of('let é = 2;')}",
        f"style-src {hash_of('p { color: red }')}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_a_page_without_scripts_may_run_none() -> None:
    assert policy([], "").split("; ")[1] == "script-src 'none'"


def test_a_hash_is_that_of_the_standard() -> None:
    """The example of CSP Level 3, section 2.3.1: the sha256 of a script."""
    assert "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in policy(["alert('Hello, world.');"], "")
