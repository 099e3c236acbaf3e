"""Which requests are refused: the server answers this machine's own browser, and only reads.

A page of another site that the same browser shows may send requests here, too. It is recognised by its Host
(a name that was made to point here: DNS rebinding), its Origin, its Referer, or what the browser says of it in
``Sec-Fetch-Site`` (W3C Fetch Metadata). Of links on other sites only one to the start page is followed: every other
address may start a computation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_ADDRESS = 4096
"""How many characters an address may have."""
LONGEST_HEADERS = 16_384
"""How many characters all headers together may have."""
METHODS = ("GET", "HEAD")
LOOPBACK_NAMES = ("127.0.0.1", "localhost")
USUAL_PORT = 80
"""The port of an address that names none: a browser leaves it out of Host and Origin."""
START = "/"
"""The only address that a link on another site may open."""


@dataclass(frozen=True, slots=True)
class RefusedRequest:
    """Why a request is refused: the HTTP status, and a sentence."""

    status: int
    reason: str


def refusal(method: str, target: str, headers: Sequence[tuple[str, str]], port: int) -> RefusedRequest | None:
    """Refuse a request to the server at a port, or return None for one that may be answered.

    >>> refusal("GET", "/", [("Host", "127.0.0.1:8000")], 8000) is None
    True
    >>> refusal("GET", "/", [("Host", "evil.example:8000")], 8000).status
    403
    """
    values: dict[str, list[str]] = {}
    for name, value in headers:
        values.setdefault(name.lower(), []).append(value.strip())
    if method not in METHODS:
        return RefusedRequest(405, "this server only reads: GET and HEAD")
    if len(target) > LONGEST_ADDRESS:
        return RefusedRequest(414, f"an address has at most {LONGEST_ADDRESS:,} characters here")
    if sum(len(name) + len(value) for name, value in headers) > LONGEST_HEADERS:
        return RefusedRequest(431, f"the headers have at most {LONGEST_HEADERS:,} characters here")
    if not target.startswith("/") or target.startswith("//") or not target.isascii() or not target.isprintable():
        return RefusedRequest(400, "this is not an address of this server")
    if values.get("content-length", ["0"]) != ["0"] or "transfer-encoding" in values:
        return RefusedRequest(400, "this server takes no request with a body")
    return _from_another_site(values, target, port)


def _from_another_site(values: dict[str, list[str]], target: str, port: int) -> RefusedRequest | None:
    own = {f"{name}:{port}" for name in LOOPBACK_NAMES} | ({*LOOPBACK_NAMES} if port == USUAL_PORT else set())
    hosts = values.get("host", [])
    if len(hosts) != 1 or hosts[0].lower() not in own:
        return RefusedRequest(403, f"this server is http://127.0.0.1:{port}/ and answers to no other name")
    if any(origin.lower() not in {f"http://{each}" for each in own} for origin in values.get("origin", [])):
        return RefusedRequest(403, "another site asked; only this server's own pages may ask")
    sites, referers = set(values.get("sec-fetch-site", [])), values.get("referer", [])
    if sites <= {"same-origin", "none"} and all(_origin(each) in own for each in referers):
        return None
    # When a person follows a link of another site, the person sees the page, and the site does not.
    followed = not sites or (
        values.get("sec-fetch-mode") == ["navigate"] and values.get("sec-fetch-dest") == ["document"]
    )
    if target == START and followed:
        return None
    return RefusedRequest(403, f"another site asked; open http://127.0.0.1:{port}/ and ask there")


def _origin(referer: str) -> str:
    """The host and port of an address that begins with http://, or nothing."""
    scheme, _, rest = referer.partition("://")
    return rest.partition("/")[0].lower() if scheme.lower() == "http" else ""
