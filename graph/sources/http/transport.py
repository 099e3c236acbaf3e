"""The HTTP session: sends requests, with what a person keeps secret, to the service and to no other host."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from ...errors import InputError
from ...utils.redact import REDACTED, written_forms
from .outcomes import HttpResponse, NoResponse
from .request import Request

if TYPE_CHECKING:
    import requests

USER_AGENT = "citation-lineage/0.1 (+https://github.com/citation-lineage/citation-lineage)"
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 3.5, 60.0, 300.0
MAX_RESPONSE_BYTES = 64 * 1024 * 1024
"""Semantic Scholar sends at most 10 MB, OpenCitations has sent as much; what unpacks to more than this is no answer."""
MAX_DIGESTED_BYTES = 1024 * 1024 * 1024
"""Likewise of what is digested as it arrives."""
_KEPT_HEADERS = ("x-rate-limit-", "x-ratelimit-", "x-concurrency-limit")
_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Key:
    """What a person keeps secret and one service may know: an API key, or an address. It is in no repr, message or log.

    It is sent in `header`, with `form` around it.
    """

    _text: str = field(repr=False)
    header: str = "x-api-key"
    form: str = "{}"

    @classmethod
    def parse(cls, text: str, *, where: str, header: str = "x-api-key", form: str = "{}") -> Key:
        """The key that a text holds.

        Raises `InputError` when it cannot be a key; the message says `where` the text came from, and does not show it.
        """
        key = text.strip()
        if not key or not all("!" <= letter <= "~" for letter in key):
            raise InputError("this is not an API key", where=where, remedy="it must be one line of letters and digits")
        return cls(key, header, form)

    def headers(self) -> dict[str, str]:
        """The header that holds the key."""
        return {self.header: self.form.format(self._text)}

    def redacted(self, body: bytes) -> bytes:
        """The body without the key, should a service ever send it back, escaped or encoded."""
        return self._written.sub(REDACTED.encode(), body)

    @cached_property
    def _written(self) -> re.Pattern[bytes]:
        return re.compile(written_forms(self._text).encode("ascii"))


@dataclass(frozen=True, slots=True)
class Service:
    """The address of the service, and the key to send to it; `service_at` checks that they go together."""

    base_url: str
    key: Key | None = None


def service_at(
    base_url: str | None, *, home: str, key: Key | None = None, key_is_for_base_url: bool = False
) -> Service:
    """The service whose own address is `home`, at another address if there is one: a mirror or a test service.

    `key_is_for_base_url` says that a person gave the key for this address. Any other key is meant for the service
    itself, and is sent only there and to this machine. Raises `InputError` when the address is not one of a service, or
    the key would be sent unencrypted.
    """
    url = (base_url or home).rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise InputError("not the address of a service", where=f"--base-url {url!r}", remedy=f"use one like {home}")
    key_is_for_host = host == urlsplit(home).hostname or host in _LOOPBACK
    if key and not key_is_for_host and not key_is_for_base_url:
        key = None
    if key and parts.scheme == "http" and host not in _LOOPBACK:
        raise InputError("the key would be sent unencrypted", where=f"--base-url {url!r}", remedy="use https")
    return Service(url, key)


class Transport:
    """Sends requests over one session.

    A response may take `seconds` from the request to its last byte, and be silent for `read_seconds`; `clock` gives the
    time for its body, too. `digest` makes of the parts of a large body, as they arrive, what is kept of it: then nobody
    holds it as a whole. A response of another status than 200 is read as it is.
    """

    def __init__(
        self,
        session: requests.Session,
        service: Service,
        *,
        clock: Callable[[], float] = time.monotonic,
        seconds: float = TOTAL_SECONDS,
        read_seconds: float = READ_SECONDS,
        accept: str = "application/json",
        digest: Callable[[Iterator[bytes]], bytes] | None = None,
    ) -> None:
        from .deadlines import watched

        self._session, self._service, self._clock, self._seconds = session, service, clock, seconds
        self.read_seconds, self._accept, self._digest = read_seconds, accept, digest
        watched(session)
        if urlsplit(service.base_url).hostname in _LOOPBACK:
            session.trust_env = False  # a proxy cannot reach this machine's own loopback

    def send(self, request: Request) -> HttpResponse | NoResponse:
        """Send a request once; a failure is returned, not raised."""
        from .deadlines import Deadline

        with Deadline(self._seconds) as deadline:
            response = self._send_once(request)
        return NoResponse(f"an answer that took more than {self._seconds:g} seconds") if deadline.passed else response

    def _send_once(self, request: Request) -> HttpResponse | NoResponse:
        import requests

        try:
            return self._send(request)
        except requests.exceptions.RequestException as fault:
            never = _never_connected(fault)
            return NoResponse("no connection" if never else _why(fault), unreachable=never)

    def _send(self, request: Request) -> HttpResponse | NoResponse:
        headers = {"User-Agent": USER_AGENT, "Accept": self._accept, "Accept-Encoding": "gzip"}
        if request.body:
            headers["Content-Type"] = "application/json"
        with self._session.request(
            request.method,
            f"{self._service.base_url}{request.path}{'?' * bool(request.params)}{urlencode(request.params)}",
            data=request.body,
            headers=headers,
            auth=self._add_key,  # also keeps a .netrc from adding a password of its own
            allow_redirects=False,
            stream=True,
            timeout=(CONNECT_SECONDS, self.read_seconds),
        ) as response:
            return self._read(response)

    def _add_key(self, prepared: Any) -> Any:
        if self._service.key:
            prepared.headers.update(self._service.key.headers())
        return prepared

    def _read(self, response: requests.Response) -> HttpResponse | NoResponse:
        digest = self._digest if self._digest and response.status_code == 200 else None
        try:
            whole = digest(self._parts(response, MAX_DIGESTED_BYTES)) if digest else self._whole(response)
        except _NoEnd as fault:
            return fault.response
        if self._service.key:
            whole = self._service.key.redacted(whole)
        headers = {
            name.lower(): value for name, value in response.headers.items() if name.lower().startswith(_KEPT_HEADERS)
        }
        moved = own_location(response.headers.get("Location"), of=self._service.base_url, at=response.url)
        return HttpResponse(
            response.status_code, whole, retry_after(response.headers), headers | ({"location": moved} if moved else {})
        )

    def _whole(self, response: requests.Response) -> bytes:
        return b"".join(self._parts(response, MAX_RESPONSE_BYTES))

    def _parts(self, response: requests.Response, most: int) -> Iterator[bytes]:
        started, size = self._clock(), 0
        for chunk in response.iter_content(64 * 1024):
            size += len(chunk)
            if size > most:
                raise _NoEnd(NoResponse(f"an answer of more than {most} bytes", too_large=True))
            if self._clock() - started > self._seconds:
                raise _NoEnd(NoResponse(f"an answer that took more than {self._seconds:g} seconds"))
            yield chunk


class _NoEnd(Exception):
    """A body is cut off here, because it is too long or takes too long."""

    def __init__(self, response: NoResponse) -> None:
        super().__init__(response.why)
        self.response = response


def _why(fault: Exception) -> str:
    """Why no answer arrived, for people; the first name that the fault goes by says it best."""
    names = [each.__name__ for each in type(fault).__mro__]
    return next((_FAULTS[name] for name in names if name in _FAULTS), f"no answer ({type(fault).__name__})")


_NO_PROXY = "the proxy refused, or there is none at the address in HTTPS_PROXY or HTTP_PROXY"
_FAULTS = {
    "ProxyError": _NO_PROXY,
    "InvalidProxyURL": _NO_PROXY,
    "Timeout": "no answer in time",
    "SSLError": "no secure connection (certificate or TLS fault)",
    "ConnectionError": "the connection broke off",
    "ChunkedEncodingError": "the answer broke off",
}
"""By the names of exceptions of requests, which loads slowly."""


def _never_connected(fault: Exception) -> bool:
    """Whether no connection could be made: no network, no such host, or nobody who listens there."""
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    cause = getattr(fault.args[0], "reason", None) if fault.args else None
    return isinstance(fault, ConnectTimeout) or isinstance(cause, NewConnectionError)


def own_location(location: str | None, *, of: str, at: str) -> str | None:
    """The path and the query that an answer redirects to, if they are of the same service; None for any other address.

    >>> home = "https://api.example.org"
    >>> own_location("/works/W7?select=id", of=home, at=f"{home}/works/W5")
    '/works/W7?select=id'
    >>> own_location("https://evil.example/works/W7", of=home, at=f"{home}/works/W5") is None
    True
    """
    if not location:
        return None
    try:
        target, own = urlsplit(urljoin(at, location.strip())), urlsplit(of)
        same = _origin(target) == _origin(own)
    except ValueError:
        return None
    path = target.path.removeprefix(own.path) if target.path.startswith(own.path) else None
    if not same or target.username or not path:
        return None
    return f"{path}{'?' * bool(target.query)}{target.query}"


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    """Scheme, host and port; https without a port is port 443."""
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a Retry-After header asks for, whether it is a number or a date; None when it is neither.

    >>> retry_after({"Retry-After": "7"}), retry_after({"Retry-After": "soon"})
    (7.0, None)
    """
    text = headers.get("Retry-After")
    if text is None:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d*)?", text.strip(), re.ASCII):
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
        sent = email.utils.parsedate_to_datetime(headers["Date"])  # the service's clock, not ours
        return max(0.0, (until - sent).total_seconds())
    except (KeyError, ValueError, TypeError):
        return None
