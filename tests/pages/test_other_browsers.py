"""The page in Firefox ESR and WebKitGTK: load, question, path, filter, back, link, with no request and no error."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage

from ..helpers.other_browsers import OtherBrowser, firefox, webkit

pytestmark = pytest.mark.long

ASK = """
const field = document.getElementById("from");
field.focus();
field.value = "BERT -> InstructGPT";
field.dispatchEvent(new Event("input", { bubbles: true }));
field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
"""
COLLECT_FAULTS = """
window.faults = [];
addEventListener("error", ({ message }) => window.faults.push(message));
addEventListener("securitypolicyviolation", ({ violatedDirective }) => window.faults.push(violatedDirective));
"""


def wait_for(browser: OtherBrowser, condition: str) -> Any:
    """Wait until an expression is true, and return it."""
    until = time.monotonic() + 20
    while not (value := browser.run(f"return {condition}")):
        assert time.monotonic() < until, f"in vain: {condition}"
        time.sleep(0.05)
    return value


@pytest.mark.parametrize("start", [firefox, webkit])
def test_the_page_answers_filters_goes_back_and_keeps_its_link(
    start: Callable[[Path], AbstractContextManager[OtherBrowser]],
    around_html: str,
    lineage: Lineage,
    tmp_path: Path,
) -> None:
    file = tmp_path / "page.html"
    file.write_text(around_html, encoding="utf-8")
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    with start(profile) as browser:
        browser.open(file.as_uri())
        assert wait_for(browser, "window.lineagePage && lineagePage.visible().length") == 98
        browser.run(COLLECT_FAULTS)
        assert wait_for(browser, "lineagePage.plates().length") == 98

        browser.run(ASK)
        total = find_paths(lineage, "devlin2018", "ouyang2022").total
        assert f"{total} paths" in wait_for(browser, "document.querySelector('#panel .answer')?.textContent")
        browser.run("document.querySelectorAll('#panel .path')[1].click()")
        lit = wait_for(browser, "lineagePage.state.chosenPath === 1 && lineagePage.highlighted()")
        assert {"devlin2018", "ouyang2022"} < set(lit)

        browser.run("document.querySelector('[data-theme=rlhf]').click()")
        left = wait_for(browser, "lineagePage.visible().length < 98 && lineagePage.visible().length")
        link = browser.run("return location.hash")
        assert "off=rlhf" in link
        browser.run("history.back()")
        assert wait_for(browser, "lineagePage.visible().length === 98")
        assert browser.run("return lineagePage.highlighted()") == lit

        assert browser.run("return window.faults") == []
        assert browser.run("return performance.getEntriesByType('resource').map(({ name }) => name)") == []
        browser.open("about:blank")
        browser.open(file.as_uri() + link)
        assert wait_for(browser, "window.lineagePage && lineagePage.visible().length") == left
        assert browser.run("return lineagePage.highlighted()") == lit
