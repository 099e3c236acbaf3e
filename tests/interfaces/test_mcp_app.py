"""The view of an answer about paths, in a host that speaks the protocol of MCP Apps and shows it in a sandbox."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.server.apps import APP_MIME_TYPE, EXTENSION_ID
from playwright.sync_api import FrameLocator, Page, expect

from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.mcp.app import URI
from graph.interfaces.mcp.server import make_server
from graph.interfaces.mcp.truncate import LIMIT
from graph.model.lineage import Lineage
from graph.pages.app import render_app

from ..helpers.browser import new_page, shared_browser
from ..helpers.hostile import TEXTS
from ..helpers.mcp_client import called, over_http

HOST_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "media-src 'self' data:; connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'self'"
)
"""What a host has to allow a view that asks for no address, by the specification."""
HOST = """<!DOCTYPE html><meta charset="utf-8"><body><script>
window.heard = [];
const view = () => document.querySelector("iframe").contentWindow;
window.tell = (message) => view().postMessage({ jsonrpc: "2.0", ...message }, "*");
window.begin = (html, context) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.style.cssText = "width: 100%; height: 300px; border: 0";
  window.addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    heard.push(data);
    if (data.method === "ui/initialize")
      tell({ id: data.id, result: {
        protocolVersion: "2026-01-26", hostCapabilities: {}, hostInfo: { name: "host", version: "1" },
        hostContext: context,
      } });
    if (data.method === "ui/notifications/size-changed") frame.style.height = `${data.params.height}px`;
  });
  frame.srcdoc = html;
  document.body.append(frame);
};
</script></body>"""


@contextmanager
def hosted(tmp_path: Path, **context: Any) -> Iterator[tuple[Page, FrameLocator]]:
    """A host that has opened the view, and the view; neither may request or report anything."""
    host = tmp_path / "host.html"
    host.write_text(HOST, "utf-8")
    html = render_app().replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{HOST_POLICY}">')
    faults: list[str] = []
    with new_page(shared_browser(), width=800, height=900, color_scheme="light") as page:
        page.on("request", lambda request: faults.append(request.url[:200]))
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.goto(host.as_uri())
        faults.clear()
        page.evaluate("([html, context]) => begin(html, context)", [html, context])
        page.wait_for_function("() => heard.some(({ method }) => method === 'ui/notifications/initialized')")
        yield page, page.frame_locator("iframe")
    assert [fault for fault in faults if fault not in ("about:srcdoc", "data:,")] == []


def tell(page: Page, method: str, params: dict[str, Any]) -> None:
    page.evaluate("([method, params]) => tell({ method, params })", [method, params])


def told(page: Page, lineage: Lineage, question: str, *, limit: int = LIMIT, **options: Any) -> Any:
    """Let the host tell the view what the tool answers to a question; returns the result."""
    result = called(make_server(CorpusBackend(lineage), limit=limit), "paths", question=question, **options)
    sent = json.loads(result.model_dump_json(by_alias=True))
    tell(page, "ui/notifications/tool-input", {"arguments": {"question": question}})
    tell(page, "ui/notifications/tool-result", sent)
    return result.structured_content or json.loads(result.content[0].text)


def test_it_begins_as_the_protocol_has_it_and_says_how_much_room_it_needs(lineage: Lineage, tmp_path: Path):
    with hosted(tmp_path) as (page, view):
        told(page, lineage, "BERT → InstructGPT", top=3)
        expect(view.locator("#hops li")).to_have_count(2)
        heard = page.evaluate("() => heard")
        assert [each["method"] for each in heard[:2]] == ["ui/initialize", "ui/notifications/initialized"]
        hello = heard[0]["params"]
        assert hello["protocolVersion"] == "2026-01-26"
        assert hello["appInfo"]["name"] == "citation-lineage"
        page.wait_for_function("() => document.querySelector('iframe').clientHeight > 350")
        page.evaluate(
            "() => { tell({ id: 7, method: 'ui/resource-teardown', params: {} }); tell({ id: 8, method: 'x' }) }"
        )
        page.wait_for_function("() => heard.some(({ id }) => id === 8)")
        replies = {each["id"]: each for each in page.evaluate("() => heard") if each.get("id") in (7, 8)}
        assert replies[7]["result"] == {}
        assert replies[8]["error"]["code"] == -32601


def test_it_draws_the_papers_between_and_lights_a_path_with_its_sources_and_reasons(lineage: Lineage, tmp_path: Path):
    with hosted(tmp_path) as (page, view):
        answer = told(page, lineage, "BERT → InstructGPT", top=4)["answer"]
        expect(view.locator("#said")).to_have_text("BERT → InstructGPT: 760 paths, 4 shown")
        between = {paper["key"] for path in answer["paths"] for paper in path["papers"]}
        expect(view.locator("svg g")).to_have_count(len(between))
        arcs = {(hop["cited"], hop["citing"]) for path in answer["paths"] for hop in path["hops"]}
        expect(view.locator("svg line")).to_have_count(len(arcs))
        expect(view.locator("svg rect").first).to_be_visible()
        hidden = "(all) => all.filter((each) => getComputedStyle(each).display === 'none').length"
        assert view.locator("svg :is(line, rect, marker path)").evaluate_all(hidden) == 0
        for n, path in enumerate(answer["paths"]):
            view.locator("#paths button").nth(n).click()
            expect(view.locator("[aria-pressed=true]")).to_have_count(1)
            expect(view.locator("svg g.lit")).to_have_count(len(path["papers"]))
            expect(view.locator("svg line.lit")).to_have_count(path["length"])
            for line, hop in enumerate(path["hops"]):
                said = view.locator("#hops li").nth(line)
                expect(said).to_contain_text(hop["sources"][0]["label"])
                expect(said).to_contain_text(hop["reason"]["uses"] if hop["reason"] else "no reason recorded")


@pytest.mark.parametrize(
    ("question", "options", "said"),
    [
        ("InstructGPT → BERT", {}, "knows no path, which is no proof that there is none. There are 760 paths the"),
        ("* → BERT", {}, "1,643 papers before BERT; the answer names them."),
        ("BRET → InstructGPT", {}, "no paper is called 'BRET'; did you mean BERT"),
        ("BERT → InstructGPT", {"about": "reward", "top": 2}, "760 paths, 6 shown"),
        ("BERT → GPT-3 → InstructGPT", {"top": 1}, "558 paths, 1 shown"),
    ],
)  # fmt: skip
def test_it_says_what_an_answer_of_another_form_holds(
    lineage: Lineage, tmp_path: Path, question: str, options: dict[str, Any], said: str
):
    with hosted(tmp_path) as (page, view):
        told(page, lineage, question, **options)
        expect(view.locator("#said")).to_contain_text(said)


def test_a_path_of_which_papers_were_cut_is_not_drawn_as_if_it_ended_there(lineage: Lineage, tmp_path: Path):
    with hosted(tmp_path) as (page, view):
        value = told(page, lineage, "Transformer → InstructGPT", limit=9_000, top=12, longest=True)
        assert all(path["papers"][-1]["key"] != "ouyang2022" for path in value["answer"]["paths"])
        expect(view.locator("#said")).to_contain_text("no path fits into this answer as a whole")
        expect(view.locator("svg")).to_have_count(0)
        del value["answer"]["paths"][1:]
        whole = called(make_server(CorpusBackend(lineage)), "paths", question="BERT → InstructGPT", top=1)
        value["answer"]["paths"] += whole.structured_content["answer"]["paths"]
        tell(page, "ui/notifications/tool-result", {"structuredContent": value})
        expect(view.locator("#paths button")).to_have_count(1)
        expect(view.locator("#note")).to_contain_text("1 of its paths are not whole and not shown")


@pytest.mark.parametrize(
    "params",
    [{}, {"content": []}, {"structuredContent": {"answer": None}}, {"content": [{"type": "text", "text": "not JSON"}]}],
    ids=json.dumps,
)
def test_a_result_without_an_answer_is_no_fault_of_the_view(tmp_path: Path, params: dict[str, Any]):
    with hosted(tmp_path) as (page, view):
        tell(page, "ui/notifications/tool-result", params)
        expect(view.locator("#said")).to_have_text("This answer has no paths to draw.")
        tell(page, "ui/notifications/tool-cancelled", {})
        expect(view.locator("#said")).to_have_text("The question was taken back.")


def test_a_hostile_title_is_a_text(hostile: Lineage, tmp_path: Path):
    with hosted(tmp_path) as (page, view):
        told(page, hostile, "hostile0 → hostile11")
        expect(view.locator("#hops li")).to_have_count(len(TEXTS) - 1)
        expect(view.locator("main :is(img, a, b, script)")).to_have_count(0)
        assert "<img src=x onerror=" in view.locator("#paths").inner_text()
        seen = view.locator("main").evaluate("(main) => main.textContent")
        assert not {"\u202e", "\x1b", "\x07", "\u2028"} & set(seen)


def test_it_looks_as_the_host_does_also_when_that_changes(tmp_path: Path):
    ink = "(body) => getComputedStyle(document.documentElement).backgroundColor"
    with hosted(tmp_path, theme="dark") as (page, view):
        dark = view.locator("body").evaluate(ink)
        tell(page, "ui/notifications/host-context-changed", {"theme": "light"})
        expect(view.locator("html")).to_have_css("background-color", "rgb(251, 250, 247)")
        assert dark == "rgb(21, 23, 27)"


def test_a_host_finds_the_view_by_its_tool_over_http(lineage: Lineage):
    async def found(client: Client) -> Any:
        tools = {tool.name: tool.meta for tool in (await client.list_tools()).tools}
        answer = await client.call_tool("paths", {"question": "BERT → InstructGPT", "top": 1})
        (content,) = (await client.read_resource(tools["paths"]["ui"]["resourceUri"])).contents
        return client.server_capabilities.extensions, tools, answer, content

    extensions, tools, answer, content = over_http(make_server(CorpusBackend(lineage)), found)
    assert EXTENSION_ID in extensions
    assert {name for name, meta in tools.items() if meta and "ui" in meta} == {"paths"}
    assert answer.structured_content["answer"]["total"] == 760
    assert json.loads(answer.content[0].text) == answer.structured_content, "a host without views shows the text"
    assert (content.uri, content.mime_type, content.text) == (URI, APP_MIME_TYPE, render_app())
    assert not any(content.meta["ui"]["csp"].values())
