"""Pages opened in a real, headless Chromium that must make no request and report no error.

``python -m tests.helpers.browser`` takes the pictures of the documentation anew.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Literal, NamedTuple, Protocol
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.made import made_lineage
from graph.model.lineage import Lineage
from graph.model.load_lineage import load_lineage
from graph.model.shipped_data import reading_list_path, snapshot_path
from graph.pages.page import render_page
from graph.pages.views import views

from .late_events import tell_late

PROGRAMS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
"""The browsers that do, the lightest first: one without windows takes half the processor time."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # see `_session`
]


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A headless Chromium: the distribution's, unless $CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    program = next(filter(None, map(shutil.which, [named] if named else PROGRAMS)), None)
    if program is None:
        pytest.fail(f"no browser: {named or 'Chromium'}; `make test` installs one, or set CHROMIUM", pytrace=False)
    with patch.dict(os.environ, _environment()):
        playwright = sync_playwright().start()
    try:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
    finally:
        playwright.stop()


def _environment() -> dict[str, str]:
    """What a browser needs besides the environment of the tests.

    For a user without a home, as in a container, it is one: Playwright's driver ends where it finds none. Under the
    locale C it is another: Chromium could not write into a folder whose name has letters beyond ASCII.
    """
    needed = {}
    try:
        Path.home()
    except RuntimeError:
        needed["HOME"] = gettempdir()
    if os.environ.get("LC_ALL") in ("C", "POSIX"):
        needed["LC_ALL"] = "C.UTF-8"
    return needed


@cache
def shared_browser() -> Browser:
    """The one browser of a test process, which all of its test files share."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(running_browser())


@cache
def _session(browser: Browser, settings: str) -> BrowserContext:
    """The session of a browser for settings, which are given as JSON.

    A page in a process of its own compiles the same scripts anew. The files that one session opens share a process,
    which lives as long as a page of it; this text is one.
    """
    session = browser.new_context(**json.loads(settings))
    session.new_page().goto(Path(__file__).as_uri())
    return session


@contextmanager
def new_page(
    browser: Browser, *, width: int, height: int, color_scheme: Literal["light", "dark"] | None = None, **settings: Any
) -> Iterator[Page]:
    """A new page in the session that all pages of such settings share; it must store nothing there."""
    page = _session(browser, json.dumps(settings | {"reduced_motion": "reduce"}, sort_keys=True)).new_page()
    tell_late(page)
    try:
        page.set_viewport_size({"width": width, "height": height})
        if color_scheme:
            page.emulate_media(color_scheme=color_scheme)
        yield page
        if settings.get("java_script_enabled", True):
            assert page.evaluate("() => [document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    finally:
        page.close()


class Show(Protocol):
    """Open a document in the browser of the tests; the options are those of `opened`."""

    def __call__(self, html: str, **settings: Any) -> AbstractContextManager[Page]: ...


@contextmanager
def opened(
    browser: Browser, html: str, folder: Path, *, expected: str = "\0", at: str = "#welcome=off", **settings: Any
) -> Iterator[Page]:
    """Open a document from a file and wait until it is drawn; it must make no request and report nothing.

    `at` is the part of the address after "#"; without any a page opens as on a first visit.
    A request or a report that holds the text `expected` is allowed.
    """
    file = folder / "page.html"
    file.write_bytes(html.encode("utf-8"))
    faults: list[str] = []
    with new_page(browser, **({"width": 1400, "height": 900} | settings)) as page:
        page.on("request", lambda request: faults.append(f"request: {request.url[:200]}"))
        page.on("console", lambda message: faults.append(f"console: {message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(file.as_uri() + at)
        page.wait_for_function("() => window.lineagePage !== undefined")
        settle(page)
        yield page
    own = (f"request: {file.as_uri()}", f"request: {file.as_uri()}{at}", "request: data:,")
    unexpected = [fault for fault in faults if fault not in own and expected not in fault]
    if unexpected:
        pytest.fail("the page made a request or reported something:\n" + "\n".join(unexpected))


def settle(page: Page) -> None:
    """Wait until the page has drawn what was changed."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


_TOLD_OF_ADDRESS = """(change) => new Promise((done) => {
    const before = location.href;
    addEventListener("popstate", () => done(), { once: true }); // after the page has heard it
    if (typeof change === "number") history.go(change);
    else location.hash = change;
    if (typeof change === "string" && location.href === before) done();
})"""


def follow(page: Page, address: str) -> None:
    """Give a page another address, the part after "#", and wait until it has drawn what that tells.

    A browser tells a page in a later task that its address has changed.
    """
    page.evaluate(_TOLD_OF_ADDRESS, address)
    settle(page)


def walk_history(page: Page, steps: int) -> None:
    """Go back (-1) or forward (1) within a page, and wait until it has drawn what its address then tells."""
    page.evaluate(_TOLD_OF_ADDRESS, steps)
    settle(page)


@contextmanager
def told(page: Page, event: str) -> Iterator[None]:
    """Wait, after what is done within, until the picture has told of an event of vis-network, such as "resize"."""
    page.evaluate(
        "(event) => { window.told = false; lineagePage.network.once(event, () => (window.told = true)); }", event
    )
    yield
    page.wait_for_function("() => window.told")
    settle(page)


def switch_theme(page: Page, theme: str) -> None:
    """Show or hide a theme in the filters, which are open for that moment."""
    page.locator("#filters-summary").click()
    page.locator(f"[data-theme={theme}]").click()
    page.keyboard.press("Escape")
    assert page.locator("#filters").is_hidden()


class SavedFile(NamedTuple):
    """A file that a page has saved."""

    name: str
    content: bytes


def saved(page: Page, button: str) -> SavedFile:
    """What a page saves by the button of this id; the menu that has the button is opened first."""
    if not page.locator(f"#{button}").is_visible():
        page.locator(f"details:has(#{button}) > summary").click()
    with page.expect_download() as download:
        page.locator(f"#{button}").click()
    return SavedFile(download.value.suggested_filename, Path(download.value.path()).read_bytes())


def place_of(page: Page, key: str) -> tuple[float, float]:
    """Where the middle of a paper is on the screen."""
    at = page.evaluate(
        """(key) => {
            const spot = lineagePage.spots.find((one) => one.id === key);
            const { x, y } = lineagePage.network.canvasToDOM(spot);
            const area = document.getElementById("graph").getBoundingClientRect();
            return [x + area.left, y + area.top];
        }""",
        key,
    )
    return at[0], at[1]


PICTURES: dict[str, dict[str, Any]] = {
    "answer": {
        "view": "neighbourhood",
        "at": "#from=devlin2018&to=ouyang2022&path=1",
        "width": 1180,
        "height": 860,
    },
    "list": {"view": "lineage"},
    "neighbourhood": {"view": "neighbourhood"},
    "dark": {"view": "neighbourhood", "color_scheme": "dark", "at": "#p=devlin2018"},
    "path": {"view": "neighbourhood", "at": "#from=devlin2018&to=ouyang2022&path=2"},
    "phone": {
        "view": "neighbourhood",
        "at": "#from=devlin2018&to=ouyang2022&path=1",
        "width": 390,
        "height": 844,
        "has_touch": True,
        "device_scale_factor": 2,
    },
    "two-thousand": {"view": "made"},
    "no-path": {"view": "neighbourhood", "at": "#from=ouyang2022&to=devlin2018"},
}
"""The pictures of the documentation: their views and states."""


def take_pictures(browser: Browser, lineage: Lineage, folder: Path, *, papers: int = 2000) -> None:
    """Write the pictures of the documentation, as a reader sees the pages, into a folder."""
    made = made_lineage(papers)
    documents = {
        "made": render_page(made, list(made.corpus.papers), title=f"{papers:,} papers", subtitle="A made corpus"),
    }
    for view in views(lineage):
        documents[view.name] = render_page(lineage, view.keys, title=lineage.reading_list.title, subtitle=view.subtitle)
    for name, picture in PICTURES.items():
        settings = {"color_scheme": "light"} | {key: value for key, value in picture.items() if key != "view"}
        html = documents[picture["view"]]
        with TemporaryDirectory() as scratch, opened(browser, html, Path(scratch), **settings) as page:
            page.wait_for_timeout(400)  # many arcs are drawn a few at a time
            page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    with running_browser() as running:
        take_pictures(
            running,
            load_lineage(reading_list_path(), snapshot_path()),
            Path(__file__).parents[2] / "docs" / "images",
        )
