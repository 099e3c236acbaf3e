"""A store behind pages and tools, and quoted in answers: the commands' values, a part at a time."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters, stdio_client
from playwright.sync_api import expect

from graph.errors import InputError
from graph.index.build_index import index_store
from graph.index.contexts import MAX_SENTENCES, NO_SENTENCES
from graph.index.store import open_store
from graph.interfaces.cli.main import cli
from graph.interfaces.mcp.server import make_server
from graph.interfaces.store_backend import StoreBackend
from graph.interfaces.web.router import Router
from graph.pages.embed import policy_of

from ..helpers.commands import lineage_started, printed
from ..helpers.mcp_client import answer, in_own_thread, refused
from ..helpers.scale_world import sentences_of, write_store
from ..helpers.web_client import json_of, query, requested, served
from .test_web_pages import visited

WAY = "BERT → InstructGPT"


@pytest.fixture(scope="module")
def server(store):
    with served(StoreBackend(store)) as running:
        yield running


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A store that has no paper of the shipped reading list, and no sentences."""
    papers = [{"corpusid": n, "title": f"Paper number {n}", "year": 2000 + n} for n in range(1, 6)]
    references = [{"citing": n + 1, "cited": n} for n in range(1, 5)]
    folder = write_store(tmp_path_factory.mktemp("small"), papers, references)
    index_store(folder, memory=1 << 31)
    return folder


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/api/list", ("show",)),
        ("/api/paper/BERT", ("show", "BERT")),
        (f"/api/paths?{query(q=WAY, top=4)}", ("path", WAY, "--top", "4")),
        (f"/api/paths?{query(q='InstructGPT → BERT')}", ("path", "InstructGPT → BERT")),
        (f"/api/paths?{query(q='* → BERT', max_hops=1)}", ("path", "* → BERT", "--max-hops", "1")),
        (
            f"/api/paths?{query(q='6 → 17', via='BART', avoid='14', between='2019..2022')}",
            ("path", "6 → 17", "--via", "BART", "--avoid", "14", "--between", "2019..2022"),
        ),
        (f"/api/flow?{query(q=WAY)}", ("flow", WAY)),
    ],
)
def test_the_api_over_a_store_answers_with_the_value_that_the_command_prints(whole, server, target, words):
    assert json_of(server, target) == printed("--store", whole[0], *words)


def test_every_page_of_a_store_is_there_and_allows_only_its_own_script(server):
    for target in ("/", "/search?q=attention", "/paper/BERT", "/around/BERT?depth=2&top=25", "/list", "/neighbourhood",
                   f"/paths?{query(q=WAY)}", f"/paths?{query(q='* → BERT', max_hops=1)}", "/paths?from=17&to=6",
                   f"/flow?{query(q='6 → 17')}", f"/picture?{query(q=WAY)}"):  # fmt: skip
        answer, body = requested(server, target)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), (target, body)
        assert answer.headers["Content-Security-Policy"] == f"{policy_of(body.decode())}; frame-ancestors 'none'"


def test_the_start_page_counts_the_whole_store_and_links_only_what_is_there(server, store):
    page = requested(server, "/")[1].decode()
    assert f"{store.index.papers:,} papers and {store.index.citations:,} citations" in page
    links = set(re.findall(r'href="(/paper/[^"]+)"', page))
    assert len(links) == len(store.list_numbers)
    for link in links:
        assert requested(server, link)[0].status == 200, link


def test_keys_of_answers_are_names_of_their_papers(server, store):
    value = json_of(server, f"/api/paths?{query(q=WAY, top=2)}")
    for paper in (value["from"], value["to"], *(each for path in value["paths"] for each in path["papers"])):
        key = paper["key"] if isinstance(paper, dict) else paper
        assert json_of(server, f"/api/paper/{key}")["key"] == key
    key = value["from"]["key"]
    assert key == f"devlin2018bert-{store.index.corpusid(store.names.resolve('BERT'))}"
    assert "no paper is called" in json_of(server, f"/api/paper/{key.replace('bert', 'brat')}", 404)["error"]


def test_search_finds_papers_of_a_store_while_one_types(server, corpus):
    def found(text: str, **more: object):
        return json_of(server, f"/api/search?{query(q=text, **more)}")

    for typed in ("bert", "6", "1810.04805", "deep bidirectional transf", "Devlin 2018"):
        assert found(typed)["papers"][0]["name"] == "BERT", typed
    holding = [
        paper for paper in corpus.papers.values()
        if {"language", "model"} <= set(re.findall(r"[^\W_]+", (paper.title or "").casefold()))
    ]  # fmt: skip
    value = found("language model", top=3)
    assert len(value["papers"]) == 3
    assert value["total"] == len(holding)
    assert found("…") == {"query": "…", "total": 0, "papers": []}
    assert found("no such paper anywhere")["total"] == 0


def test_the_neighbourhood_of_a_store_is_what_is_near_whichever_way_citations_point(server, whole, lineage):
    value = json_of(server, f"/api/neighbourhood?{query(of='BERT', depth=1, top=2000)}")
    near = {"devlin2018", *lineage.graph.predecessors("devlin2018"), *lineage.graph.successors("devlin2018")}
    numbers = {whole[1][key] for key in near}
    assert {int(each["key"].rsplit("-", 1)[1]) for each in value["papers"]} == numbers
    assert value["total"] == len(near)
    assert len(value["citations"]) == lineage.graph.subgraph(near).number_of_edges()
    few = json_of(server, f"/api/neighbourhood?{query(of='BERT', depth=2, top=5)}")
    assert (len(few["papers"]), few["papers"][0]["hops"], few["total"]) == (5, 0, None)


def test_a_paper_of_a_store_names_what_is_beside_it(server, lineage):
    page = requested(server, "/paper/BERT")[1].decode()
    assert f"{len(nx.descendants(lineage.graph, 'devlin2018')):,}" in page
    assert ">Attention Is All You Need<" in page or ">Transformer<" in page


def test_too_many_papers_between_are_told_in_words(store):
    with served(StoreBackend(replace(store, most_papers=10))) as server:
        value = json_of(server, f"/api/flow?{query(q='1 → 17')}")
        assert (value["total"], value["unavoidable"]) == (None, None)
        page = requested(server, f"/flow?{query(q='1 → 17')}")[1].decode()
        assert "More paths than can be counted in all." in page
        assert "Paths through it" in page
    with served(StoreBackend(replace(store, most_papers=30))) as server:
        value = json_of(server, f"/api/paths?{query(q='1 → 17', top=4)}")
        assert "only paths of at most" in value["remarks"][0]
        assert value["remarks"][0].split(";")[0] in requested(server, f"/paths?{query(q='1 → 17', top=4)}")[1].decode()
    tools = make_server(StoreBackend(replace(store, most_papers=30)), limit=10_000_000)
    assert answer(tools, "export", format="csl", of="1 → 17", top=4)["remarks"] == value["remarks"]


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("/api/paper/nobody-at-all", 404, "no paper is called"),
        ("/api/paper/999", 404, "no entry 999"),
        ("/api/paths?q=BERT", 400, "name two"),
        ("/api/flow?q=6+to+17&cycles=none", 400, "it can be"),
    ],
)
def test_what_a_store_cannot_answer_says_what_to_do(server, target, status, message):
    assert message in json_of(server, target, status)["error"]


def test_an_ambiguous_name_of_a_store_offers_papers_that_open(server):
    page = requested(server, "/paper/neural%20machine%20translation")[1].decode()
    links = re.findall(r'href="(/paper/CorpusID[^"]+)"', page)
    assert len(links) > 3
    assert requested(server, links[0])[0].status == 200


def test_without_a_paper_of_the_list_there_is_no_list(small, reading_list):
    router = Router(StoreBackend(open_store(small, reading_list)))
    page = router.respond("/").body.decode()
    assert "5 papers and 4 citations" in page
    assert "The whole store" in page
    assert 'href="/list"' not in page
    for target in ("/list", "/neighbourhood"):
        response = router.respond(target)
        assert response.status == 400
        assert b"o paper of the reading list is here" in response.body
    assert router.respond(f"/paths?{query(q='CorpusID:1 → CorpusID:5')}").status == 200
    assert "is not in this store" in router.respond("/api/paper/6").body.decode()


def test_many_ask_a_store_at_the_same_time(store):
    """Each thread gets its own answer: records, names and sentences are shared."""
    router = Router(StoreBackend(store))
    targets = [
        f"/api/search?{query(q='language model')}", f"/api/search?{query(q='1810.04805')}",
        f"/api/paths?{query(q=WAY, top=2)}", "/api/paper/GPT-3", f"/api/neighbourhood?{query(of='BART', top=20)}",
    ]  # fmt: skip
    alone = {target: router.respond(target).body for target in targets}
    with ThreadPoolExecutor(8) as pool:
        for target, body in pool.map(lambda target: (target, router.respond(target).body), targets * 6):
            assert body == alone[target], target


def test_the_command_serves_a_store_and_says_what_it_has_of_the_list(small):
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with lineage_started("--store", small, "serve", "--no-browser", env=environment) as process:
        assert process.stdout
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", process.stdout.readline().strip())
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.splitlines()[0] == "0 of the 24 entries of the reading list are in this store"
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def tools(store):
    return make_server(StoreBackend(store), limit=10_000_000)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("paths", {"question": WAY, "top": 4}, ("path", WAY, "--top", "4")),
        ("paths", {"question": "InstructGPT → BERT"}, ("path", "InstructGPT → BERT")),
        ("flow", {"question": WAY}, ("flow", WAY)),
        ("main_path", {"question": WAY}, ("main-path", WAY)),
        ("main_path", {"within": "list"}, ("main-path", "--within", "list")),
        ("show", {"name": "BERT"}, ("show", "BERT")),
        ("show", {}, ("show",)),
    ],
)
def test_a_tool_over_a_store_answers_with_the_value_that_the_command_prints(whole, tools, tool, arguments, words):
    value = answer(tools, tool, **arguments)
    assert value["answer"] == printed("--store", whole[0], *words)
    assert value["coverage"]
    assert set(value["coverage"]) <= {"complete", "partial", "elided", "not_fetched"}


def test_coverage_over_a_store_is_that_of_the_papers_in_the_answer(tools):
    value = answer(tools, "paths", question=WAY, top=1)
    (path,) = value["answer"]["paths"]
    states = [paper["references"] for paper in path["papers"]]
    assert value["coverage"] == {state: states.count(state) for state in sorted(set(states))}


def test_agents_find_papers_of_a_store_and_what_is_around_them(tools, server):
    found = answer(tools, "resolve", name="arXiv:1810.04805")["answer"]
    assert (found["paper"]["name"], found["told"], found["candidates"]) == ("BERT", None, [])
    several = answer(tools, "resolve", name="neural machine translation")["answer"]
    assert several["paper"] is None
    assert len(several["candidates"]) == 12 < several["candidates_in_all"]
    near = answer(tools, "neighbourhood", of="BERT", depth=2, top=20)["answer"]
    assert near == json_of(server, f"/api/neighbourhood?{query(of='BERT', depth=2, top=20)}")


def test_agents_export_what_a_store_can_answer(tools):
    def exported(of: str, **more: object) -> tuple[set[str], int]:
        made = answer(tools, "export", format="node-link", of=of, **more)
        graph = json.loads(made["files"][0]["text"])
        return {node["id"] for node in graph["nodes"]}, made["citations"]

    way, _ = exported(WAY, top=2)
    value = answer(tools, "paths", question=WAY, top=2)["answer"]
    assert way == {paper["key"] for path in value["paths"] for paper in path["papers"]}
    flow = answer(tools, "flow", question=WAY)["answer"]
    assert exported(f"flow {WAY}")[1] == len(flow["arcs"])
    main = answer(tools, "main_path", question=WAY)["answer"]
    assert exported(f"main-path {WAY}")[1] == len(main["arcs"])
    assert len(exported("neighbourhood")[0]) > len(exported("list")[0]) > 20
    assert len(exported("BERT to InstructGPT")[0]) == len(exported("BERT → InstructGPT")[0])
    assert exported("BERT")[0] == {value["from"]["key"]}
    assert exported("theme rlhf")[0]
    assert "too large to be exported" in refused(tools, "export", format="node-link", of="corpus")
    assert "needs two papers" in refused(tools, "export", format="node-link", of="main-path")
    assert "ask `paths`" in refused(tools, "export", format="node-link", of="InstructGPT → BERT")
    assert "a store does not answer 'audit'; take a part out with" in refused(tools, "audit")
    assert "a store has no neighbourhood of the list" in refused(tools, "main_path", within="neighbourhood")


def test_an_agent_gets_a_summary_where_too_many_papers_take_part(store):
    tools = make_server(StoreBackend(replace(store, most_papers=10)), limit=10_000_000)
    assert answer(tools, "flow", question="1 → 17")["answer"]["papers"] is None
    assert answer(tools, "main_path")["answer"]["network"]["left_out"] is None
    assert '"weight is not available' in refused(tools, "main_path", weight="SPLC")


def test_the_command_exports_a_part_of_a_store(whole):
    def exported(*words: str):
        return CliRunner().invoke(cli, ["--store", str(whole[0]), "export", *words])

    graph = json.loads(exported("node-link", "--of", WAY, "--top", "3").stdout)
    answer = printed("--store", whole[0], "path", WAY, "--top", "3")
    assert {node["id"] for node in graph["nodes"]} == {p["key"] for path in answer["paths"] for p in path["papers"]}
    assert "bibtex" in exported().stdout
    assert "too large to be exported" in str(exported("csl", "--of", "corpus").exception)
    none = exported("csl", "--of", "InstructGPT → BERT")
    assert (none.exit_code, none.stdout) == (1, "")


@pytest.mark.long
def test_over_standard_input_and_output_a_store_answers(small):
    arguments = ["-m", "graph", "--store", str(small), "mcp"]

    async def run():
        async with Client(stdio_client(StdioServerParameters(command=sys.executable, args=arguments))) as client:
            return await client.call_tool("paths", {"question": "CorpusID:1 → CorpusID:4"})

    value = in_own_thread(run).structured_content
    assert value["answer"]["total"] == 1
    assert value["answer"]["remarks"] == [NO_SENTENCES]


def test_hops_carry_the_sentences_of_a_store_that_keeps_them(whole, server):
    value = printed("--store", whole[0], "path", WAY, "--top", "20")
    hops = [hop for path in value["paths"] for hop in path["hops"]]
    quoting = 0
    for hop in hops:
        (source,) = hop["sources"]
        citing, cited = (int(hop[end].rsplit("-", 1)[1]) for end in ("citing", "cited"))
        expected = sentences_of(citing, cited) if (citing + cited) % 2 == 0 else []
        assert source["contexts"] == expected
        quoting += bool(expected)
    assert 0 < quoting < len(hops)
    assert json_of(server, f"/api/paths?{query(q=WAY, top=20)}") == value


def test_a_sentence_is_no_markup_on_a_page(server):
    quoting = 0
    for way in ("1 → 17", "2 → 6", WAY):
        for kind in ("picture", "paths"):
            body = requested(server, f"/{kind}?{query(q=way, top=50)}")[1].decode()
            assert "<b>otherwise" not in body
            quoting += "we do" in body
    assert quoting


def test_an_answer_of_a_store_without_sentences_says_so(small, reading_list):
    router = Router(StoreBackend(open_store(small, reading_list)))
    value = json.loads(router.respond(f"/api/paths?{query(q='CorpusID:1 → CorpusID:3')}").body)
    assert value["remarks"] == [NO_SENTENCES]
    assert "remarks" not in json.loads(router.respond(f"/api/paths?{query(q='CorpusID:3 → CorpusID:1')}").body)


def test_the_reading_trail_quotes_a_store(whole, small):
    quoting = 0
    for way in (WAY, "6 → 14", "1 → 17", "2 → 6"):
        first = printed("--store", whole[0], "path", way)["paths"][0]
        run = CliRunner().invoke(cli, ["--store", str(whole[0]), "path", way, "--explain"])
        assert run.exit_code == 0
        assert NO_SENTENCES not in run.stderr
        sentences = [text for hop in first["hops"] for text in hop["sources"][0]["contexts"]]
        assert re.findall(r"   It says: (.*)", run.stdout) == sentences
        quoting += len(sentences)
    assert quoting
    run = CliRunner().invoke(cli, ["--store", str(small), "path", "CorpusID:1", "CorpusID:3", "--explain"])
    assert "This corpus holds no citing sentence for it" in run.stdout
    assert NO_SENTENCES in run.stderr


def test_of_very_many_sentences_some_are_taken_and_faults_are_told(tmp_path, reading_list):
    papers = [{"corpusid": n, "title": f"Paper number {n}"} for n in (1, 2, 3)]
    references = [{"citing": 2, "cited": 1}, {"citing": 3, "cited": 1}]
    said = [{"citing": 2, "cited": 1, "contexts": [f"Sentence {n}." for n in range(50)]}]
    index_store(write_store(tmp_path, papers, references, sentences=said), memory=1 << 31)
    store = open_store(tmp_path, reading_list)
    assert store.sentences is not None
    first = tuple(f"Sentence {n}." for n in range(MAX_SENTENCES))
    assert store.sentences.of([(2, 1), (3, 1), (9, 9)]) == {(2, 1): first}
    assert store.sentences.of([]) == {}
    (file,) = (tmp_path / "sentences").iterdir()
    file.write_bytes(file.read_bytes()[:-8] + b"\0" * 8)
    broken = replace(store)
    assert broken.sentences is not None
    with pytest.raises(InputError, match="lineage bulk check STORE"):
        broken.sentences.of([(2, 1)])


def test_a_name_in_an_address_is_quoted(server):
    assert json_of(server, f"/api/paper/{quote('10.18653/v1/N19-1423', safe='')}")["name"] == "BERT"


def test_a_person_finds_a_paper_of_a_store_and_looks_around(server):
    with visited(server, "/") as page:
        page.get_by_label("Find a paper in the whole corpus").press_sequentially("deep bidirectional transf")
        hits = page.locator("#corpus-search-hits li")
        expect(hits).to_have_count(1)
        hits.first.click()
        expect(page.locator("h1")).to_have_text("BERT")
        page.get_by_label("How did we get from here to").fill("InstructGPT")
        page.get_by_role("button", name="Find paths").first.click()
        expect(page.locator(".paths > li")).to_have_count(10)
        page.locator(".paths").get_by_role("link", name="BERT").first.click()
        page.get_by_role("button", name="Show its neighbourhood").click()
        expect(page.locator("h1")).to_have_text("Around BERT")
