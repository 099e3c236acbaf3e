"""In a notebook: what shows itself, and the notebook of the documentation, which is run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from graph import PathOptions, ask, audit_of, flow_of, main_path_of, page, read, show, suggest
from graph.analysis.ancestry import Relatives
from graph.errors import InputError
from graph.exports.text.path_text import path_text
from graph.model.lineage import Lineage
from graph.pages.embed import NOT_SHOWN, extended, framed, policy_of
from graph.pages.page import render_page

from ..helpers.browser import new_page, shared_browser
from ..helpers.commands import python
from ..helpers.hostile import TEXTS
from ..helpers.notebook import NOTEBOOK, fresh, shown


class _Seen(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(html: str) -> _Seen:
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser


ANSWERS = {
    "paths": lambda lineage: ask(lineage, "1 → 12"),
    "no path": lambda lineage: ask(lineage, "12 → 1"),
    "ancestry": lambda lineage: ask(lineage, "* → 12"),
    "portrait": lambda lineage: show(lineage, "3"),
    "flow": lambda lineage: flow_of(lineage, "1 → 12"),
    "main path": main_path_of,
    "reading order": lambda lineage: read(lineage, "1 → 12"),
    "suggestions": suggest,
    "audit": audit_of,
}


@pytest.mark.parametrize("what", ANSWERS)
def test_every_answer_shows_itself_and_no_text_becomes_markup(hostile: Lineage, what: str):
    html = ANSWERS[what](hostile)._repr_html_()
    found = seen(html)
    assert found.tags <= {
        *("div", "p", "strong", "pre", "ol", "ul", "li", "details", "summary", "small", "bdi", "br"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    }
    assert found.attributes <= {"class", "style", "open", "scope"}
    assert not {"\x00", "\x07", "\x1b", "\u202e", "\x0b"} & set(html)
    assert "mathjax_ignore" in html


def test_the_page_of_an_answer_says_what_the_command_says(lineage: Lineage):
    answer = ask(lineage, "BERT → InstructGPT", PathOptions(top=2))
    text = seen(answer._repr_html_()).text
    assert path_text(lineage, answer.value).split("\n")[0] in text
    assert "cites Gopher: printed bibliography of arXiv:2203.02155v1, entry 62" in text
    assert "... and 758 more" in text
    kin = ask(lineage, "* → BERT")
    assert isinstance(kin.value, Relatives)
    assert f"{kin.value.total:,} ancestors" in seen(kin._repr_html_()).text


def test_a_lineage_is_a_frame_in_a_sandbox_and_one_line_of_text(hostile: Lineage):
    html = hostile._repr_html_()
    assert html is not None
    assert seen(html).tags == {"iframe"}
    assert 'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"' in html
    assert "allow-same-origin" not in html
    assert seen(html).attributes == {"title", "sandbox", "srcdoc", "loading", "style"}
    assert seen(html).text == NOT_SHOWN, "what is left where a notebook that is not trusted loses its frames"
    assert repr(hostile).startswith("<Lineage ")
    assert len(repr(hostile)) < 200


def test_another_part_of_a_lineage_is_a_page_too(lineage: Lineage):
    assert ">BERT</" not in page(lineage, ["vaswani2017"]).html
    answer = ask(lineage, "BERT → InstructGPT")
    assert "How did we get from BERT to InstructGPT?" in page(lineage, answer.value).html
    with pytest.raises(InputError, match="say 'list' or 'neighbourhood'"):
        page(lineage, "nieghbourhood")


def test_an_order_to_read_in_needs_a_way(lineage: Lineage):
    with pytest.raises(InputError, match="no path leads there"):
        read(lineage, "InstructGPT → BERT")


def test_a_page_is_extended_by_what_its_policy_then_names(lineage: Lineage):
    page = render_page(lineage, ["devlin2018"], title="One")
    more = extended(page, script="window.more = 1", style="p { color: red }", allow={"connect-src": "'self'"})
    before, after = (dict(r.split(" ", 1) for r in policy_of(each).split("; ")) for each in (page, more))
    assert after["script-src"].startswith(before["script-src"])
    assert after["script-src"].count("sha256-") == before["script-src"].count("sha256-") + 1
    assert after["connect-src"] == "'self'"
    assert "unsafe-inline" not in policy_of(more)
    with pytest.raises(ValueError, match="cannot stand in a page"):
        extended(page, script="'</script>'")
    with pytest.raises(ValueError, match="no content security policy"):
        extended("<p>", script="1")


@contextmanager
def framed_in_browser(html: str, folder: Path) -> Iterator[tuple[Page, list[str]]]:
    """A document that holds a frame, opened as a notebook would show it, and all that it asked for or said."""
    (folder / "notebook.html").write_text(f"<!DOCTYPE html><title>Notebook</title><meta charset=utf-8>{html}", "utf-8")
    heard: list[str] = []
    with new_page(shared_browser(), width=1100, height=800) as tab:
        tab.on("request", lambda request: heard.append(request.url))
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("pageerror", lambda error: heard.append(str(error)))
        tab.goto((folder / "notebook.html").as_uri())
        yield tab, heard


def test_the_frame_draws_answers_and_stays_alone(lineage: Lineage, tmp_path: Path):
    with framed_in_browser(lineage._repr_html_() or "", tmp_path) as (tab, heard):
        frame = tab.frame_locator("iframe")
        frame.locator("#graph canvas").wait_for()
        frame.locator("#from").fill("BERT → InstructGPT")
        frame.locator("#from").press("Enter")
        assert "3 paths, all within the list" in frame.locator("#panel").inner_text()
        frame.locator("#panel button.close").click()
        assert frame.locator("#panel").is_hidden()
        inside = tab.frames[1]
        assert inside.evaluate("self.origin") == "null"
        assert inside.evaluate("() => { try { return parent.document.title } catch { return 'refused' } }") == "refused"
    assert heard == [(tmp_path / "notebook.html").as_uri()]


POLICY = (
    "default-src 'none'; script-src https: 'unsafe-inline' 'unsafe-eval'; style-src https: 'unsafe-inline'; "
    "img-src https: http: data:; font-src https:; connect-src https:; child-src https: data:"
)
"""What VS Code allows the documents that show outputs, with its setting notebook.experimental.enableCsp."""


def hosted(html: str, sandbox: str) -> str:
    """What a notebook shows, in the frame of a host with that policy."""
    rules = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    inner = f"<!DOCTYPE html><title>Output</title><meta charset=utf-8>{rules}<body>{html}"
    return f'<iframe sandbox="{sandbox}" srcdoc="{escape(inner)}" width=1000 height=760></iframe>'


def test_the_page_draws_and_answers_in_a_host_that_allows_less_than_vs_code_and_colab(lineage: Lineage, tmp_path: Path):
    with framed_in_browser(hosted(lineage._repr_html_() or "", "allow-scripts"), tmp_path) as (tab, heard):
        frame = tab.frame_locator("iframe").frame_locator("iframe")
        frame.locator("#graph canvas").wait_for()
        frame.locator("#from").fill("BERT → InstructGPT")
        frame.locator("#from").press("Enter")
        expect(frame.locator("#panel")).to_contain_text("3 paths, all within the list")
    assert heard == [(tmp_path / "notebook.html").as_uri()]


def test_a_host_that_runs_no_script_shows_why_there_is_no_picture(lineage: Lineage, tmp_path: Path):
    with framed_in_browser(hosted(lineage._repr_html_() or "", ""), tmp_path) as (tab, _):
        frame = tab.frame_locator("iframe").frame_locator("iframe")
        expect(frame.locator("noscript p")).to_be_visible()
        expect(frame.locator("noscript p")).to_contain_text("Allow scripts for this file to see it.")


def test_the_frame_of_a_hostile_lineage_runs_none_of_its_texts(hostile: Lineage, tmp_path: Path):
    html = framed(render_page(hostile, hostile.list_keys, title=TEXTS[0]), title=TEXTS[0])
    with framed_in_browser(html, tmp_path) as (tab, heard):
        tab.frame_locator("iframe").locator("#graph canvas").wait_for()
        assert tab.frames[1].evaluate("window.hacked") is None
        assert tab.evaluate("window.hacked") is None
    assert len(heard) == 1


@pytest.mark.long
def test_the_committed_notebook_shows_what_it_shows_when_it_is_run(tmp_path: Path):
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    now = fresh(tmp_path)
    frames = sum("<iframe" in str(output) for cell in now.cells for output in cell.get("outputs", ()))
    assert frames == 3
    assert shown(now) == shown(stored)
    assert (tmp_path / "neighbourhood.html").is_file()
    assert (tmp_path / "lineage.graphml").is_file()
    assert NOTEBOOK.stat().st_size < 100_000


def test_importing_the_package_loads_nothing_of_the_notebook():
    code = (
        "import sys, graph; before = 'graph.api' in sys.modules; from graph import load; "
        "print(before, [m for m in ('pandas', 'pyvis', 'IPython', 'jinja2', 'markupsafe') if m in sys.modules])"
    )
    assert python(code).strip() == "False []"


def test_paths_are_asked_by_reason_as_on_the_command_line(lineage: Lineage) -> None:
    found = ask(lineage, "BERT → InstructGPT", PathOptions(list_only=True), about="reward model")
    assert str(found).startswith("BERT → InstructGPT: 3 paths within the list.\n")
    assert found.form["condition"] == {"about": "reward model"}
    frame = found.to_frame()
    assert list(frame.groupby("path")["meets"].first()) == [
        group.verdict for group in found.value.groups for _ in group.paths
    ]
    with pytest.raises(InputError, match="one of the two"):
        ask(lineage, "BERT → InstructGPT", intent="result", about="x")
