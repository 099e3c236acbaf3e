"""Notebooks in JupyterLab itself, in Chromium: run, saved, opened again, exported to HTML, not trusted.

`make jupyter` installs JupyterLab and runs these. With a folder in $PICTURES they leave pictures there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import FrameLocator, Page, expect

from graph import page
from graph.model.lineage import Lineage
from graph.pages.embed import NOT_SHOWN

from ..helpers.browser import shared_browser
from ..helpers.jupyterlab import running_lab
from ..helpers.notebook import NOTEBOOK, without_outputs

pytestmark = [pytest.mark.jupyter, pytest.mark.timeout(600)]
LONG = 120_000
"""Milliseconds for what a server or a kernel does, on a busy machine."""
ANSWER = "BERT → InstructGPT: no direct citation; 760 paths"
DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


@contextmanager
def visit(address: str) -> Iterator[Page]:
    """A tab of a person who has not been here, on this machine alone; JupyterLab stores what it likes in it.

    No colours are asked for, so that a frame has those of what surrounds it.
    """
    session = shared_browser().new_context(
        viewport={"width": 1300, "height": 1000}, color_scheme="null", reduced_motion="reduce"
    )
    try:
        tab = session.new_page()
        tab.route("https://**", lambda route: route.abort())
        tab.goto(address)
        yield tab
    finally:
        session.close()


@contextmanager
def opened(address: str, *, button: str = "No Kernel") -> Iterator[Page]:
    """A notebook in JupyterLab, which may ask for its kernel at any time, and hears the button of that name."""
    with visit(address) as tab:
        asked = tab.locator(".jp-Dialog").get_by_role("button", name=button)
        tab.add_locator_handler(asked, lambda found: found.click())
        tab.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=LONG)
        yield tab


def choose(tab: Page, command: str) -> None:
    """Begin what an item of a menu does, by its name in JupyterLab: a dialog that opens meanwhile closes a menu."""
    tab.wait_for_function("name => jupyterapp.commands.isEnabled(name)", arg=command, timeout=LONG)
    tab.evaluate("name => void jupyterapp.commands.execute(name)", command)


def keep_picture(tab: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        tab.screenshot(path=Path(folder) / f"{name}.png")


def drawn(tab: Page) -> FrameLocator:
    """The first page of a notebook, once it has drawn: frames are loaded when they come into view."""
    tab.locator("iframe").first.scroll_into_view_if_needed(timeout=LONG)
    frame = tab.frame_locator("iframe >> nth=0")
    frame.locator("#graph canvas").wait_for(timeout=LONG)
    return frame


def shows_everything(tab: Page, name: str, *, dark: bool = False) -> None:
    """The page in its frame is in these colours and answers; answer and table are there; nothing ended in a fault."""
    expect(tab.locator("[data-mime-type$='.stderr'], [data-mime-type$='.error']")).to_have_count(0)
    frame = drawn(tab)
    assert frame.locator("body").evaluate(DARK) == dark
    frame.locator("#from").fill("BERT → InstructGPT")
    frame.locator("#from").press("Enter")
    expect(frame.locator("#panel")).to_contain_text("3 paths, all within the list")
    keep_picture(tab, f"{name}-page")
    for part, found in {
        "answer": tab.get_by_text(ANSWER).first,
        "table": tab.locator("table.dataframe").first,
    }.items():
        found.scroll_into_view_if_needed()
        expect(found).to_be_visible()
        keep_picture(tab, f"{name}-{part}")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_notebook_shows_the_same_when_it_runs_when_it_is_opened_again_without_a_kernel_and_as_html(
    tmp_path: Path, theme: str
) -> None:
    notebook = without_outputs(nbformat.read(NOTEBOOK, as_version=4))
    last = sum(cell.cell_type == "code" for cell in notebook.cells)
    file, home = tmp_path / "work" / NOTEBOOK.name, tmp_path / "home"
    file.parent.mkdir()
    nbformat.write(notebook, file)
    with running_lab(file, home, theme=theme) as address, opened(address, button="Select") as tab:
        expect(tab.get_by_text("| Idle")).to_be_visible(timeout=LONG)
        choose(tab, "notebook:run-all-cells")
        expect(tab.locator(".jp-InputPrompt", has_text=f"[{last}]:")).to_be_visible(timeout=LONG)
        shows_everything(tab, f"{theme}-run", dark=theme == "Dark")
        with tab.expect_response(lambda got: got.request.method == "PUT" and "/api/contents/" in got.url):
            choose(tab, "docmanager:save")
    with running_lab(file, home, theme=theme, kernels=False) as address, opened(address) as tab:
        shows_everything(tab, f"{theme}-again", dark=theme == "Dark")
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR", file], check=True)
    with visit(file.with_suffix(".html").as_uri()) as tab:
        shows_everything(tab, f"{theme}-html")


def test_a_notebook_that_is_not_trusted_says_what_to_do_and_then_shows_its_page(
    tmp_path: Path, lineage: Lineage
) -> None:
    file = tmp_path / "work" / "from elsewhere.ipynb"
    file.parent.mkdir()
    shown = page(lineage)
    output = new_output("execute_result", {"text/html": shown._repr_html_(), "text/plain": repr(shown)})
    nbformat.write(new_notebook(cells=[new_code_cell("page(lineage)", outputs=[output])]), file)
    with running_lab(file, tmp_path / "home", kernels=False) as address, opened(address) as tab:
        expect(tab.locator(".jp-OutputArea-output")).to_have_text(NOT_SHOWN, timeout=LONG)
        assert tab.locator("iframe").count() == 0
        keep_picture(tab, "not-trusted")
        choose(tab, "notebook:trust")
        tab.locator(".jp-Dialog").get_by_role("button", name="Trust").click(timeout=LONG)
        drawn(tab)
