"""``lineage serve`` over real HTTP: the commands' values, and nothing for anybody else."""

from __future__ import annotations

import html
import http.client
import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from graph.algorithms.budget import stop_if_abandoned
from graph.analysis.neighbourhood import around
from graph.errors import InputError
from graph.exports.json_forms import paper_form
from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.question import Question
from graph.interfaces.web.request_guard import refusal
from graph.interfaces.web.router import Response, Router
from graph.interfaces.web.routes import ROUTES
from graph.interfaces.web.server import MOST_COMPUTATIONS, MOST_CONNECTIONS, Server
from graph.model.lineage import Lineage
from graph.pages.embed import policy_of

from ..helpers.commands import lineage_started, printed
from ..helpers.hostile import TEXTS
from ..helpers.web_client import json_of, query, requested, sent, served

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(lineage: Lineage) -> Iterator[Server]:
    with served(CorpusBackend(lineage)) as running:
        yield running


SAME = [
    ("/api/list", ["show"]),
    ("/api/paper/BERT", ["show", "BERT"]),
    (f"/api/paper/{quote('arXiv:1810.04805', safe='')}", ["show", "arXiv:1810.04805"]),
    (f"/api/paths?{query(q='BERT → InstructGPT', top=4)}", ["path", "BERT → InstructGPT", "--top", "4"]),
    ("/api/paper/BERT/", ["show", "BERT"]),
    (f"/api/paths?{query(**{'from': 'InstructGPT', 'to': 'BERT'})}", ["path", "InstructGPT → BERT"]),
    (f"/api/paths?{query(q='* → GPT-3')}", ["path", "* → GPT-3"]),
    (f"/api/paths?{query(q='6 → 17', intent='methodology')}", ["path", "6 → 17", "--intent", "methodology"]),
    (
        f"/api/paths?{query(q='6 → 17', via=['GPT-2', 'BART'], avoid='14', between='2019..2022', max_hops=6, top=3)}",
        ["path", "6 → 17", "--via", "GPT-2", "--via", "BART", "--avoid", "14", "--between", "2019..2022",
         "--max-hops", "6", "--top", "3"],
    ),
    (f"/api/flow?{query(q='6 → 17', list_only=1, cycles='families')}",
     ["flow", "6 → 17", "--list-only", "--cycles", "families"]),
]  # fmt: skip


@pytest.mark.parametrize(("target", "command"), SAME, ids=lambda part: part if isinstance(part, str) else "")
def test_the_api_answers_with_the_value_that_the_command_prints(server: Server, target: str, command: list[str]):
    assert json_of(server, target) == printed(*command)


def test_search_finds_papers_while_one_types(server: Server, lineage: Lineage):
    first = {"bert": "devlin2018", "6": "devlin2018", "devlin 20": "devlin2018", "1706.0376": "vaswani2017"}
    for typed, key in (first | {"ATTENTION is all": "vaswani2017"}).items():
        assert json_of(server, f"/api/search?{query(q=typed)}")["papers"][0]["key"] == key, typed
    found = json_of(server, f"/api/search?{query(q='language model', top=3)}")
    holding = [
        key
        for key, paper in lineage.corpus.papers.items()
        if all(word in f"{paper.title} {paper.also_titled} {paper.names}".casefold() for word in ("language", "model"))
    ]
    assert len(found["papers"]) == 3
    assert found["total"] == len(holding)
    assert json_of(server, f"/api/search?{query(q='…')}") == {"query": "…", "total": 0, "papers": []}


def test_the_neighbourhood_is_what_is_near_whichever_way_citations_point(server: Server, lineage: Lineage):
    value = json_of(server, f"/api/neighbourhood?{query(of='BERT', depth=1, top=2000)}")
    near = {"devlin2018", *lineage.graph.predecessors("devlin2018"), *lineage.graph.successors("devlin2018")}
    assert {each["key"] for each in value["papers"]} == near
    assert value["total"] == len(near)
    assert {(c["cited"], c["citing"]) for c in value["citations"]} == set(lineage.graph.subgraph(near).edges)
    few = json_of(server, f"/api/neighbourhood?{query(of='BERT', depth=2, top=5)}")
    assert [each["hops"] for each in few["papers"]] == [0, 1, 1, 1, 1]
    assert few["papers"][0] == paper_form(lineage, "devlin2018") | {"hops": 0}
    assert few["total"] == around(lineage, "devlin2018", depth=2).total


def test_every_page_is_there_and_allows_only_its_own_script(server: Server):
    for target in ("/", "/search?q=attention", "/paper/BERT", "/around/BERT?depth=1&top=25", "/list", "/neighbourhood",
                   f"/paths?{query(q='BERT → InstructGPT')}", f"/paths?{query(q='* → BERT')}", "/paths?from=17&to=6",
                   f"/flow?{query(q='6 → 17')}", f"/picture?{query(q='BERT → InstructGPT')}"):  # fmt: skip
        answer, body = requested(server, target)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), target
        rules = answer.headers["Content-Security-Policy"]
        assert rules == f"{policy_of(body.decode())}; frame-ancestors 'none'"
        assert "unsafe" not in rules
        assert "default-src 'none'" in rules
        assert "connect-src 'self'" in rules
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("page", ["paths", "flow", "picture"])
def test_a_page_leaves_out_self_citations_and_its_links_go_on_without_them(server: Server, page: str):
    asked = query(q="BERT → InstructGPT", without_self_citations=1)
    (remark,) = json_of(server, f"/api/{page.replace('picture', 'paths')}?{asked}")["remarks"]
    body = requested(server, f"/{page}?{asked}")[1].decode()
    assert f"<p>{remark}</p>" in html.unescape(body)
    links = re.findall(r'href="(/(?:paths|flow|picture)\?[^"]*)"', body)
    turning_back = [link for link in links if "without_self_citations=0" in link]
    assert len(turning_back) == (page == "paths")
    assert page == "picture" or len(links) > len(turning_back)
    assert all(requested(server, html.unescape(link))[0].status == 200 for link in links)


def test_a_search_for_an_arrow_is_a_question(server: Server):
    answer, _ = requested(server, f"/search?{query(q='BERT -> InstructGPT')}")
    assert (answer.status, answer.headers["Location"]) == (303, f"/paths?{query(q='BERT -> InstructGPT')}")


def test_head_is_answered_without_a_body(server: Server):
    answer, body = requested(server, "/api/about", "HEAD")
    assert (answer.status, body) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(requested(server, "/api/about")[1])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_nothing_can_be_written(server: Server, method: str):
    answer, _ = requested(server, "/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:{port}"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:{port}.evil.example"}, 403),
        ({"Host": "localhost:{port}"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 403),
        ({"Referer": "https://evil.example/"}, 403),
        ({"Referer": "http://localhost:1/127.0.0.1:{port}/"}, 403),
        ({"Referer": "https://127.0.0.1:{port}/"}, 403),
        ({"Referer": "http://127.0.0.1:{port}/list"}, 200),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"}, 200),
        ({"Sec_Fetch_Site": "none"}, 200),
        ({"Content_Length": "3"}, 400),
        ({"X_Long": "x" * 20_000}, 431),
    ],
    ids=str,
)
def test_another_sites_page_gets_nothing(server: Server, headers: dict[str, str], status: int):
    own = {name: text.format(port=server.server_port) for name, text in headers.items()}
    answer, body = requested(server, "/api/about", **own)
    assert answer.status == status
    assert (b"4841" in body) == (status == 200)


FOLLOWED = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
ELSEWHERE = ("/list", "/paths?q=BERT", "/paper/6", "/around/6?depth=6", "/api/about", "/?x=1")


@pytest.mark.parametrize("headers", [FOLLOWED, {"Referer": "https://evil.example/page"}], ids=["fetch", "referer"])
def test_a_link_on_another_site_opens_the_start_page_and_nothing_else(server: Server, headers: dict[str, str]):
    assert requested(server, "/", **headers)[0].status == 200
    for target in ELSEWHERE:
        answer, body = requested(server, target, **headers)
        assert answer.status in (400, 403), target
        assert b"BERT" not in body
    assert b"open http://127.0.0.1:" in requested(server, "/list", **headers)[1]


def test_computations_end_when_their_clients_are_gone_so_that_two_cannot_lock_the_server(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    started, ended, answer = threading.Semaphore(0), threading.Semaphore(0), server.router.respond

    def respond(target: str) -> Response:
        if target != "/endless":
            return answer(target)
        started.release()
        try:
            while True:
                stop_if_abandoned()
                time.sleep(0.005)
        finally:
            ended.release()

    monkeypatch.setattr(server.router, "respond", respond)
    for behind in (b"", b"and more than one request"):
        for _ in range(MOST_COMPUTATIONS):
            with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
                host = f"127.0.0.1:{server.server_port}".encode()
                connection.sendall(b"GET /endless HTTP/1.1\r\nHost: " + host + b"\r\n\r\n" + behind)
                assert started.acquire(timeout=20)
        assert requested(server, "/list")[0].status == 200
        assert all(ended.acquire(timeout=20) for _ in range(MOST_COMPUTATIONS))


def test_requests_that_wait_for_others_make_room_when_their_clients_are_gone(server: Server):
    for _ in range(MOST_COMPUTATIONS):
        assert server.computations.acquire(timeout=20)
    try:
        host = f"127.0.0.1:{server.server_port}".encode()
        for _ in range(MOST_CONNECTIONS):
            with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
                connection.sendall(b"GET /list HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        for _ in range(100):  # seconds pass, and fewer than the ones that left might have waited
            with (
                suppress(ConnectionError),
                socket.create_connection(server.server_address[:2], timeout=20) as connection,
            ):
                connection.sendall(b"GET /api/search?q=bert HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
                if connection.recv(20).startswith(b"HTTP/1.0 200"):
                    break
            time.sleep(0.02)
        else:
            pytest.fail("those that left kept all connections")
    finally:
        for _ in range(MOST_COMPUTATIONS):
            server.computations.release()


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"403"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: 127.0.0.1:%d\r\n\r\n", b"403"),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", b"400"),
        (b"GET //evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", b"404"),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", b"400"),
        (b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", b"414"),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
        # Without a version in the first line the answer has no first line either: HTTP 0.9.
        (b"rubbish\r\n\r\n", b"Bad Request"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"Bad Request"),
    ],
    ids=lambda part: repr(part)[:50],
)
def test_a_request_that_is_none_is_refused(server: Server, request_bytes: bytes, status: bytes):
    count = request_bytes.count(b"%d")
    answer = sent(server, request_bytes % ((server.server_port,) * count) if count else request_bytes)
    assert status in answer[:40]
    assert b"Understanding Large" not in answer


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("/api/nothing", 404, "nothing is here"),
        ("/api/paper/", 404, "nothing is here"),
        ("/api/paper/%2e%2e", 404, "no paper is called '..'"),
        ("/api/paper/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404, "no paper is called"),
        ("/api/paper/../../etc/passwd", 404, "nothing is here"),
        ("/api/paper/%ff%fe", 400, "not UTF-8"),
        ("/api/paper/nobody", 404, "no paper is called 'nobody'"),
        ("/api/paper/999", 404, "no entry 999"),
        ("/api/author?name=Zweifel", 404, "no author here is called"),
        ("/api/search", 400, "q is missing"),
        ("/api/search?q=%ff", 400, "not UTF-8"),
        ("/api/search?q=a&q=b", 400, "given 2 times"),
        ("/api/search?q=a&tpo=1", 400, "there is no parameter 'tpo'"),
        ("/api/search?q=a&top=1000", 400, "from 1 to 100"),
        ("/api/search?q=a&top=-1", 400, "from 1 to 100"),
        ("/api/search?q=a&top=%D9%A3", 400, "from 1 to 100"),
        (f"/api/search?q={'x' * 300}", 400, "at most 200"),
        ("/api/search?" + "&".join(f"q{n}=1" for n in range(50)), 400, "more than 32 parameters"),
        ("/api/neighbourhood?of=BERT&depth=99", 400, "from 1 to 6"),
        ("/api/paths?q=BERT", 400, "name two, as in: BERT → InstructGPT"),
        ("/api/paths?q=*+->+BERT&via=GPT", 400, "leave out via, avoid, theme, between and without_self_citations"),
        ("/api/paths?q=*+->+BERT&top=3", 400, "leave out top; max_hops limits"),
        ("/api/paths?from=BERT", 400, "with from and to, or ask with q"),
        ("/api/paths?q=6+to+17&longest=1&rank=main", 400, "two orders; choose one"),
        ("/api/paths?q=zzzzz+to+17", 404, "write a part of its title"),
        ("/api/paths?q=6+to+17&list_only", 400, "the parameter list_only has no value"),
        ("/api/paths?q=6+to+17&rank=best", 400, "it can be shortest"),
        ("/api/paths?q=6+to+17&list_only=yes", 400, "write 1 for yes"),
        ("/api/paths?q=6+to+17&between=later", 400, "2018..2022"),
        ("/api/flow?q=6+to+17&cycles=none", 400, "it can be"),
    ],
    ids=lambda part: str(part)[:50],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_to_do(server: Server, target: str, status: int, message: str):
    assert message in json_of(server, target, status)["error"]


def test_an_ambiguous_name_offers_its_candidates(server: Server):
    offered = json_of(server, "/api/paper/attention", 400)["candidates"]
    assert any(line.startswith("vaswani2017  ") for line in offered)
    _, body = requested(server, "/paper/attention")
    assert b'href="/paper/vaswani2017"' in body


def test_an_answer_has_a_largest_size(lineage: Lineage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graph.interfaces.web.router.LARGEST", 1000)
    response = Router(CorpusBackend(lineage)).respond("/api/list")
    assert response.status == 413
    assert b"ask for less" in response.body


def test_a_fault_of_the_program_is_one_line_and_no_answer(lineage: Lineage, capsys: pytest.CaptureFixture[str]):
    class Broken(CorpusBackend):
        def answer(self, question: Question[Any]) -> Any:
            raise RuntimeError("secret")

    with served(Broken(lineage)) as broken:
        answer, body = requested(broken, "/api/paper/BERT")
    assert answer.status == 500
    assert b"secret" not in body
    said = capsys.readouterr().err
    assert "a fault of the program (RuntimeError: secret)" in said
    assert "Traceback" not in said


def test_a_slow_client_is_left(lineage: Lineage):
    with served(CorpusBackend(lineage), timeout=0.5) as impatient:
        with socket.create_connection(("127.0.0.1", impatient.server_port), timeout=20) as connection:
            begun = time.monotonic()
            connection.sendall(b"GET / HTTP/1.1\r\n")
            sent = True
            while sent and time.monotonic() < begun + 15:
                time.sleep(0.1)
                try:
                    connection.sendall(b"x")  # a letter now and then: no single wait is long
                except OSError:
                    sent = False
            assert not sent
        impatient.request_timeout = 600.0  # the next one is not slow, and the machine may be
        assert requested(impatient, "/api/about")[0].status == 200


def silent(server: Server, count: int) -> list[socket.socket]:
    """Connections that send nothing."""
    return [socket.create_connection(("127.0.0.1", server.server_port), timeout=20) for _ in range(count)]


def test_connections_that_send_nothing_lock_nobody_out(lineage: Lineage):
    """The one that is silent for the longest time makes room, long before its time is up."""
    with served(CorpusBackend(lineage), timeout=600.0) as busy:
        held = silent(busy, 3 * MOST_CONNECTIONS)
        for _ in range(3):
            assert requested(busy, "/api/about")[0].status == 200
        assert [connection.recv(10) for connection in held[: 2 * MOST_CONNECTIONS]] == [b""] * 2 * MOST_CONNECTIONS
        for connection in held:
            connection.close()


def test_connections_that_send_a_part_of_a_request_lock_nobody_out(lineage: Lineage):
    with served(CorpusBackend(lineage), timeout=600.0) as busy:
        held = silent(busy, MOST_CONNECTIONS)
        for connection in held:
            connection.sendall(b"GET /api/about HTTP/1.1\r\nHost: ")
        assert requested(busy, "/api/about")[0].status == 200
        for connection in held:
            connection.close()


def test_too_many_connections_that_are_answered_are_closed_and_the_rest_are_answered(
    lineage: Lineage, monkeypatch: pytest.MonkeyPatch
):
    answer = threading.Event()
    with served(CorpusBackend(lineage), timeout=600.0) as busy:
        respond = busy.router.respond
        begun = threading.Semaphore(0)
        monkeypatch.setattr(
            busy.router, "respond", lambda target: (begun.release(), answer.wait(60), respond(target))[2]
        )
        held = silent(busy, MOST_CONNECTIONS)
        request = f"GET /api/search?q=x HTTP/1.1\r\nHost: 127.0.0.1:{busy.server_port}\r\n\r\n".encode()
        for connection in held:
            connection.sendall(request)
        assert all(begun.acquire(timeout=15) for _ in held)
        (further,) = silent(busy, 1)
        assert further.recv(10) == b""
        answer.set()
        assert all(connection.recv(12) == b"HTTP/1.0 200" for connection in held)
        assert requested(busy, "/api/about")[0].status == 200
        for connection in (*held, further):
            connection.close()


def test_it_listens_on_the_loopback_address_alone(server: Server):
    assert server.socket.getsockname()[0] == "127.0.0.1"
    assert server.url == f"http://127.0.0.1:{server.server_port}/"


def test_a_port_that_is_taken_is_told(server: Server):
    with pytest.raises(InputError, match=f"port {server.server_port} is in use; choose another with --port"):
        Server(server.router.backend, server.server_port)


def test_no_text_of_a_hostile_corpus_becomes_markup(hostile: Lineage):
    router = Router(CorpusBackend(hostile))
    targets = ["/", "/search?q=hostile", "/around/hostile3?depth=2", "/list", f"/search?{query(q=TEXTS[0][:190])}"]
    targets += [f"/paper/hostile{n}" for n in range(len(TEXTS))]
    targets += [f"/{kind}?{query(q='1 → 12')}" for kind in ("paths", "flow", "picture")]
    targets += [f"/paths?{query(q='12 → 1')}", f"/paths?{query(q='* → 12')}", f"/paper/{quote(TEXTS[0], safe='')}"]
    for target in targets:
        response = router.respond(target)
        assert response.status == 200 or target == targets[-1], (target, response.body[-3000:])
        text = response.body.decode()
        assert "<img src=x" not in text
        assert "<a href='https://evil.example/'" not in text
        assert "<b onmouse" not in text
        assert not {"\x00", "\x07", "\x1b", "\x0b", "\ufffe"} & set(text), target
        named = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
        assert "\u202e" not in named, target


def test_a_title_that_is_a_template_stays_a_text(hostile: Lineage):
    assert TEXTS[2].startswith("{{ 7 * 7 }} {% raw %}")
    page = Router(CorpusBackend(hostile)).respond("/paper/hostile2").body.decode()
    assert "<h1><bdi>{{ 7 * 7 }} {% raw %} ${window" in page


OWN = ("Host", "127.0.0.1:8000")


def test_a_request_of_this_server_is_not_refused():
    for host in ("127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", " localhost:8000 "):
        assert refusal("GET", "/", [("host", host)], 8000) is None
        assert refusal("HEAD", "/paper/BERT?q=1", [("HOST", host), ("Content-Length", "0")], 8000) is None


@pytest.mark.parametrize(
    ("status", "method", "target", "headers"),
    [
        (405, "POST", "/", [OWN]),
        (405, "get", "/", [OWN]),
        (414, "GET", "/" + "x" * 4096, [OWN]),
        (431, "GET", "/", [OWN, ("X", "x" * 16_384)]),
        (400, "GET", "", [OWN]),
        (400, "GET", "paper", [OWN]),
        (400, "GET", "//evil.example/", [OWN]),
        (400, "GET", "/é", [OWN]),
        (400, "GET", "/a\tb", [OWN]),
        (400, "GET", "/", [OWN, ("Content-Length", "1")]),
        (400, "GET", "/", [OWN, ("Content-Length", "0"), ("Content-Length", "0")]),
        (400, "GET", "/", [OWN, ("Transfer-Encoding", "identity")]),
        (403, "GET", "/", []),
        (403, "GET", "/", [OWN, OWN]),
        (403, "GET", "/", [("Host", "127.0.0.1:81")]),
        (403, "GET", "/", [("Host", "127.0.0.1")]),
        (403, "GET", "/", [("Host", "[::1]:8000")]),
        (403, "GET", "/", [OWN, ("Origin", "https://127.0.0.1:8000")]),
        (403, "GET", "/", [OWN, ("Origin", "http://localhost:8000"), ("Origin", "null")]),
        (403, "GET", "/", [OWN, ("Sec-Fetch-Site", "cross-site")]),
        (403, "GET", "/", [OWN, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")]),
        (403, "GET", "/", [OWN, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Dest", "document")]),
        (403, "GET", "/", [OWN, ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")]),
    ],
)
def test_a_refused_request_has_the_status_that_says_why(
    status: int, method: str, target: str, headers: list[tuple[str, str]]
):
    refused = refusal(method, target, headers, 8000)
    assert refused is not None
    assert refused.status == status


def test_the_longest_address_and_the_longest_headers_are_just_allowed():
    assert refusal("GET", "/" + "x" * 4095, [OWN], 8000) is None
    rest = 16_384 - len("".join(OWN)) - len("X")
    assert refusal("GET", "/", [OWN, ("X", "x" * rest)], 8000) is None
    assert refusal("GET", "/", [OWN, ("X", "x" * (rest + 1))], 8000) is not None


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_at_the_usual_port_a_browser_names_none(name: str):
    for host in (name, f"{name}:80"):
        assert refusal("GET", "/", [("Host", host), ("Origin", f"http://{name}")], 80) is None
        assert refusal("GET", "/", [("Host", host), ("Origin", f"http://{name}:80")], 80) is None
    assert refusal("GET", "/", [("Host", name)], 8000) is not None
    assert refusal("GET", "/", [("Host", f"{name}:8000")], 80) is not None
    assert refusal("GET", "/", [("Host", name), ("Origin", f"https://{name}")], 80) is not None


def test_control_c_ends_it_cleanly(tmp_path: Path):
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with lineage_started("serve", "--no-browser", cwd=tmp_path, env=environment) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        connection = http.client.HTTPConnection(url.removeprefix("http://").rstrip("/"), timeout=60)
        connection.request("GET", "/api/about")
        assert json.loads(connection.getresponse().read())["papers"] == 4841
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "")
    assert said.splitlines() == ["Control-C stops it.", "stopped"]
    assert list(tmp_path.iterdir()) == []


def test_every_address_and_every_parameter_is_documented():
    text = (ROOT / "docs" / "serving.md").read_text("utf-8")
    for route in ROUTES:
        assert f"`{route.path}`" in text, route.path
        for parameter in route.parameters:
            assert f"`{parameter.name}`" in text, parameter.name
