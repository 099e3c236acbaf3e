"""Which requests are refused: the server is for this machine's own browser, reads only, and asks for little.

A page of another site that the same browser shows may send requests here too. It is told by its Host
(a name that was made to point here: DNS rebinding), its Origin, or what the browser says of it in
``Sec-Fetch-Site`` (W3C Fetch Metadata).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 4096
"""How many characters an address may have."""
HEAD = 16_384
"""How many characters all headers together may have."""
ALLOWED = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class RefusedRequest:
    """Why a request is refused: a status of HTTP, and a sentence."""

    status: int
    why: str


def refusal(method: str, target: str, headers: Sequence[tuple[str, str]], port: int) -> RefusedRequest | None:
    """Say why a request is refused.

    Parameters
    ----------
    method, target : str
        As the request's first line has them.
    headers : sequence of (str, str)
    port : int
        That the server listens at.

    Returns
    -------
    Refusal or None

    Examples
    --------
    >>> refusal("GET", "/", [("Host", "127.0.0.1:8000")], 8000) is None
    True
    >>> refusal("GET", "/", [("Host", "evil.example:8000")], 8000).status
    403
    """
    given: dict[str, list[str]] = {}
    for name, value in headers:
        given.setdefault(name.lower(), []).append(value.strip())
    if method not in ALLOWED:
        return RefusedRequest(405, "this server only reads: GET and HEAD")
    if len(target) > LONGEST:
        return RefusedRequest(414, f"an address has at most {LONGEST:,} characters here")
    if sum(len(name) + len(value) for name, value in headers) > HEAD:
        return RefusedRequest(431, f"the headers have at most {HEAD:,} characters here")
    if not target.startswith("/") or target.startswith("//") or not target.isascii() or not target.isprintable():
        return RefusedRequest(400, "that is no address of this server")
    if given.get("content-length", ["0"]) != ["0"] or "transfer-encoding" in given:
        return RefusedRequest(400, "a request has no body here")
    return _of_another(given, port)


def _of_another(given: dict[str, list[str]], port: int) -> RefusedRequest | None:
    """Refuse what another site asks."""
    own = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
    hosts = given.get("host", [])
    if len(hosts) != 1 or hosts[0].lower() not in own:
        return RefusedRequest(403, f"this server is http://127.0.0.1:{port}/ and answers to no other name")
    if any(origin.lower() not in {f"http://{each}" for each in own} for origin in given.get("origin", [])):
        return RefusedRequest(403, "another site asked; only this server's own pages may")
    sites = set(given.get("sec-fetch-site", []))
    if not sites <= {"same-origin", "none"}:
        # A link that a person followed shows the page to the person and to nobody else.
        followed = given.get("sec-fetch-mode") == ["navigate"] and given.get("sec-fetch-dest") == ["document"]
        return None if followed else RefusedRequest(403, "another site asked; only this server's own pages may")
    return None
