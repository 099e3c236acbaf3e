"""The HTTP session: sends requests, with the API key, to the service and to no other host."""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import msgspec

from ...errors import InputError
from ...utils.redact import REDACTED, written_forms
from .endpoints import Request
from .retry_policy import HttpResponse, NoResponse

if TYPE_CHECKING:
    import requests

SERVICE = "https://api.semanticscholar.org"
USER_AGENT = "citation-lineage/0.1 (+https://github.com/citation-lineage/citation-lineage)"
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 15.0, 60.0, 300.0
MAX_RESPONSE_BYTES = 64 * 1024 * 1024
"""The service sends at most 10 MB; a response that unpacks to more than this is not one of its own."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Key:
    """An API key. It appears in no repr, message or log."""

    _text: str = field(repr=False)

    @classmethod
    def parse(cls, text: str, *, where: str) -> Key:
        """The key that a text holds.

        Raises `InputError` when it cannot be a key; the message says `where` the text came from, and does not show it.
        """
        key = text.strip()
        if not key or not all("!" <= letter <= "~" for letter in key):
            raise InputError("this is not an API key", where=where, remedy="it must be one line of letters and digits")
        return cls(key)

    def headers(self) -> dict[str, str]:
        """The header that holds the key."""
        return {"x-api-key": self._text}

    def redacted(self, body: bytes) -> bytes:
        """The body without the key, should a service ever send it back, escaped or encoded."""
        return self._written.sub(REDACTED.encode(), body)

    @cached_property
    def _written(self) -> re.Pattern[bytes]:
        return re.compile(written_forms(self._text).encode("ascii"))


@dataclass(frozen=True, slots=True)
class Service:
    """The address of the service, and the key to send to it; `service_at` checks that they go together."""

    base_url: str = SERVICE
    key: Key | None = None


def service_at(base_url: str | None = None, *, key: Key | None = None, key_is_for_base_url: bool = False) -> Service:
    """The service at an address: Semantic Scholar itself, a mirror or a test service.

    `key_is_for_base_url` says that a person gave the key for this address. Any other key is meant for Semantic Scholar,
    and is sent only there and to this machine. Raises `InputError` when the address is not one of a service, or the key
    would be sent unencrypted.
    """
    url = (base_url or SERVICE).rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise InputError("not the address of a service", where=f"--base-url {url!r}", remedy=f"use one like {SERVICE}")
    key_is_for_host = host == urlsplit(SERVICE).hostname or host in _LOOPBACK
    if key and not key_is_for_host and not key_is_for_base_url:
        key = None
    if key and parts.scheme == "http" and host not in _LOOPBACK:
        raise InputError("the key would be sent unencrypted", where=f"--base-url {url!r}", remedy="use https")
    return Service(url, key)


class Transport:
    """Sends requests over one session.

    A response may take `seconds` from the request to its last byte; `clock` gives the time for its body, too.
    """

    def __init__(
        self,
        session: requests.Session,
        service: Service,
        *,
        clock: Callable[[], float] = time.monotonic,
        seconds: float = TOTAL_SECONDS,
    ) -> None:
        from .deadlines import watched

        self._session, self._service, self._clock, self._seconds = session, service, clock, seconds
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
        except requests.exceptions.Timeout:
            return NoResponse("no answer in time")
        except requests.exceptions.SSLError:
            return NoResponse("no secure connection (certificate or TLS fault)")
        except requests.exceptions.ConnectionError:
            return NoResponse("no connection, or it broke off")
        except requests.exceptions.ChunkedEncodingError:
            return NoResponse("the answer broke off")
        except requests.exceptions.RequestException as fault:
            return NoResponse(f"no answer ({type(fault).__name__})")

    def _send(self, request: Request) -> HttpResponse | NoResponse:
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
        if request.ids:
            headers["Content-Type"] = "application/json"
        with self._session.request(
            request.method,
            f"{self._service.base_url}{request.path}?{urlencode(request.params)}",
            data=msgspec.json.encode({"ids": request.ids}) if request.ids else None,
            headers=headers,
            auth=self._add_key,  # also keeps a .netrc from adding a password of its own
            allow_redirects=False,
            stream=True,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
        ) as response:
            return self._read(response)

    def _add_key(self, prepared: Any) -> Any:
        if self._service.key:
            prepared.headers.update(self._service.key.headers())
        return prepared

    def _read(self, response: requests.Response) -> HttpResponse | NoResponse:
        started, body = self._clock(), bytearray()
        for chunk in response.iter_content(64 * 1024):
            body += chunk
            if len(body) > MAX_RESPONSE_BYTES:
                return NoResponse(f"an answer of more than {MAX_RESPONSE_BYTES} bytes", too_large=True)
            if self._clock() - started > self._seconds:
                return NoResponse(f"an answer that took more than {self._seconds:g} seconds")
        whole = bytes(body)
        if self._service.key:
            whole = self._service.key.redacted(whole)
        return HttpResponse(response.status_code, whole, retry_after(response.headers))


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
