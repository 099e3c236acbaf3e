"""The session: the key goes with every request to its own host and nowhere else, and faults are values."""

from __future__ import annotations

import base64
import http.server
import io
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import requests

from graph.errors import InputError
from graph.sources.http import transport
from graph.sources.http.outcomes import HttpResponse, NoResponse
from graph.sources.http.transport import Key, Transport, own_location, retry_after
from graph.sources.semantic_scholar.endpoints import autocomplete_request, match_request, page_request, papers_request
from graph.sources.semantic_scholar.retry_policy import choose_action
from graph.sources.semantic_scholar.service import SERVICE, service_at

SECRET = "s3cret-KEY-0123456789"
KEY = Key.parse(SECRET, where="a test")
REQUESTS = (
    papers_request(["ARXIV:1706.03762"]),
    page_request("a" * 40, "references", offset=0, limit=10),
    page_request("a" * 40, "citations", offset=0, limit=10),
    match_request("Attention Is All You Need & <more> #1?"),
    autocomplete_request("Attention"),
)


@contextmanager
def answering(status, headers, body):
    """A service on a free port that answers everything alike, and remembers what it was sent."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            length = int(self.headers.get("Content-Length") or 0)
            seen.append((self.command, self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name is the protocol's

        def log_message(self, *_args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sent(url, request, *, key=KEY):
    with requests.Session() as session:
        return Transport(session, service_at(url, key=key)).send(request)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda each: each.kind)
def test_the_key_goes_with_every_request_in_a_header_and_never_in_the_address(request_):
    with answering(200, {"Content-Length": "2"}, b"{}") as (url, seen):
        assert sent(url, request_) == HttpResponse(200, b"{}")
    ((method, path, headers, body),) = seen
    assert headers["x-api-key"] == SECRET
    assert SECRET not in path
    assert SECRET.encode() not in body
    assert method == request_.method
    assert "citation-lineage" in headers["User-Agent"]
    assert "Authorization" not in headers


def test_without_a_key_no_header_is_sent():
    with answering(200, {"Content-Length": "2"}, b"{}") as (url, seen):
        sent(url, REQUESTS[0], key=None)
    assert "x-api-key" not in seen[0][2]


def test_a_redirect_is_not_followed_so_that_the_key_stays_home():
    with answering(200, {}, b"{}") as (elsewhere, visited):
        with answering(302, {"Location": elsewhere, "Content-Length": "0"}, b"") as (url, _):
            answer = sent(url, REQUESTS[1])
        assert isinstance(answer, HttpResponse)
        assert answer.status == 302
        assert visited == []


def test_a_key_that_is_sent_back_is_not_kept():
    body = f'{{"error": "bad key {SECRET}"}}'.encode()
    with answering(403, {"Content-Length": str(len(body))}, body) as (url, _):
        answer = sent(url, REQUESTS[0])
    assert isinstance(answer, HttpResponse)
    assert SECRET.encode() not in answer.body
    assert b"[key]" in answer.body


@pytest.mark.parametrize(
    "written",
    [
        "".join(f"\\u{ord(letter):04x}" for letter in SECRET),
        "".join(f"%{ord(letter):02X}" for letter in SECRET),
        base64.b64encode(f"x:{SECRET}".encode()).decode(),
    ],
    ids=["JSON", "address", "base64"],
)
def test_a_key_that_is_sent_back_in_another_writing_reaches_no_message(written: str):
    body = f'{{"error": "bad key {written}"}}'.encode()
    with answering(400, {"Content-Length": str(len(body))}, body) as (url, _):
        answer = sent(url, REQUESTS[0])
    action = choose_action(REQUESTS[0], answer, attempt=1, jitter=0.0)
    assert SECRET not in str(action)
    assert "[key]" in str(action)


def test_the_key_shows_neither_in_a_repr_nor_in_a_log(caplog):
    with caplog.at_level(logging.DEBUG), answering(200, {"Content-Length": "2"}, b"{}") as (url, _):
        sent(url, REQUESTS[0])
    assert caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in repr((KEY, service_at(None, key=KEY)))
    assert SECRET not in str(KEY)


@pytest.mark.parametrize("text", ["", "   ", "two words", "line\nbreak", "bell\a", "ключ"])
def test_what_cannot_be_a_key_is_refused_without_showing_it(text):
    with pytest.raises(InputError, match="not an API key") as refusal:
        Key.parse(text, where="S2_API_KEY")
    assert not text.strip() or text.strip() not in str(refusal.value)


def test_a_key_from_the_environment_goes_to_no_other_host():
    assert service_at("https://mirror.example", key=KEY).key is None
    assert service_at("https://mirror.example", key=KEY, key_is_for_base_url=True).key is KEY
    assert service_at(None, key=KEY).key is KEY
    assert service_at(None).base_url == SERVICE


@pytest.mark.parametrize("url", ["http://mirror.example", "http://api.semanticscholar.org"])
def test_a_key_is_not_sent_unencrypted(url):
    with pytest.raises(InputError, match="unencrypted"):
        service_at(url, key=KEY, key_is_for_base_url=True)


@pytest.mark.parametrize("url", ["mirror.example", "ftp://x", "https://", "https://user:pass@host", "http://[bad"])
def test_what_is_not_the_address_of_a_service_is_refused(url):
    with pytest.raises(InputError, match="not the address"):
        service_at(url)


def test_half_an_answer_and_no_answer_are_values():
    with answering(200, {"Content-Length": "100"}, b'{"data":') as (url, _):
        assert isinstance(sent(url, REQUESTS[1]), NoResponse)
    assert isinstance(sent(url, REQUESTS[1]), NoResponse)


def test_an_answer_that_unpacks_to_too_much_is_cut_off(monkeypatch):
    monkeypatch.setattr(transport, "MAX_RESPONSE_BYTES", 1000)
    body = b"x" * 5000
    with answering(200, {"Content-Length": str(len(body))}, body) as (url, _):
        heard = sent(url, REQUESTS[1])
    assert isinstance(heard, NoResponse)
    assert heard.too_large


def test_an_answer_that_trickles_for_too_long_is_left():
    class Trickle(requests.adapters.BaseAdapter):
        def send(self, request, **_options):
            response = requests.Response()
            response.status_code, response.raw, response.request = 200, io.BytesIO(b"x" * 1_000_000), request
            return response

        def close(self):
            pass

    moments = iter(range(0, 10_000, 100))
    with requests.Session() as session:
        session.mount("http://", Trickle())
        to = service_at("http://127.0.0.1:1", key=KEY)
        heard = Transport(session, to, clock=lambda: float(next(moments))).send(REQUESTS[1])
    assert isinstance(heard, NoResponse)
    assert "300 seconds" in heard.why


@contextmanager
def trickling(begin: bytes, *, rate: float = 0.05) -> Iterator[str]:
    """A service that sends the beginning of an answer, and then a byte now and then, for ever."""
    listener, done = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(10_000)
            connection.sendall(begin)
            while not done.wait(rate):
                connection.sendall(b"x")

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        done.set()
        listener.close()


@pytest.mark.parametrize(
    "begin",
    [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"],
    ids=["first line", "headers", "body without an end", "body", "chunk"],
)  # fmt: skip
def test_an_answer_of_a_byte_now_and_then_is_left_when_its_time_is_up(begin):
    with trickling(begin) as url, requests.Session() as session:
        transport = Transport(session, service_at(url), seconds=0.5)
        for _ in range(2):  # also on what the first one left
            heard = transport.send(REQUESTS[1])
            assert isinstance(heard, NoResponse)
            assert heard.why == "an answer that took more than 0.5 seconds"


def test_a_retry_after_may_be_a_date_by_the_services_own_clock():
    headers = {"Date": "Mon, 23 Nov 2026 10:00:00 GMT", "Retry-After": "Mon, 23 Nov 2026 10:01:30 GMT"}
    assert retry_after(headers) == 90.0
    assert retry_after({"Retry-After": "Mon, 23 Nov 2026 10:01:30 GMT"}) is None
    assert retry_after({"Retry-After": "-5"}) is None
    assert retry_after({}) is None


@pytest.mark.parametrize(
    ("location", "own"),
    [
        ("https://api.example.org:443/works/a?b=c", "/works/a?b=c"),
        ("/works/a", "/works/a"),
        ("b", "/works/b"),
        ("//api.example.org/works/a", "/works/a"),
        ("http://api.example.org/works/a", None),
        ("https://api.example.org:8443/works/a", None),
        ("https://api.example.org.evil.example/works/a", None),
        ("https://me:secret@api.example.org/works/a", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_a_redirection_is_followed_on_the_same_service_alone(location, own):
    found = own_location(location, of="https://api.example.org", at="https://api.example.org/works/x")
    assert found == own
