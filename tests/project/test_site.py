"""The site of the documentation, as a browser shows it: the live page on its front, and every page on a phone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from ..helpers.browser import new_page, shared_browser
from ..helpers.documentation import DOCS
from ..helpers.made_once import made_once, shared_folder

pytestmark = pytest.mark.long  # Sphinx builds what they open

PHONE = {"width": 390, "height": 844, "has_touch": True}
SCREEN = {"width": 1280, "height": 900}


def built(folder: Path, *more: str) -> Path:
    """The site, built into a folder with further options of Sphinx."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *more, str(DOCS), str(folder)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with its front page alone, which takes a second instead of twenty."""
    others = ",".join(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md") if page != DOCS / "index.md")
    only = "-D", f"exclude_patterns=_ext,{others}"
    return made_once(shared_folder(tmp_path_factory, "front"), lambda folder: built(folder, "-Q", *only))


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_given: object) -> None:
        """Say nothing: the output belongs to the tests."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a web server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@contextmanager
def visited(browser: Browser, address: str, root: str, **settings: object) -> Iterator[tuple[Page, FrameLocator]]:
    """The front page and the live page in it, which ask for nothing outside of the site and report nothing."""
    faults: list[str] = []
    with new_page(browser, **settings) as page:  # type: ignore[arg-type]  # the settings of a browser
        page.on("request", lambda asked: None if asked.url.startswith((root, "data:")) else faults.append(asked.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type != "log" else None)
        page.route("**/favicon.ico", lambda route: route.fulfill(body=""))  # a browser's own question
        page.goto(address)
        yield page, page.frame_locator("iframe.live")
    assert faults == []


@pytest.mark.parametrize(("place", "settings"), [("disk", PHONE), ("server", SCREEN)], ids=["phone", "screen"])
def test_the_front_page_has_the_live_page_which_opens_with_an_answer_and_takes_another_question(
    front: Path, place: str, settings: dict[str, object]
):
    with served(front) as address:
        root = f"{front.as_uri()}/" if place == "disk" else address
        with visited(shared_browser(), f"{root}index.html", root, **settings) as (page, live):
            policy = live.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
            assert "default-src 'none'" in str(policy)
            expect(live.locator("#panel h2")).to_have_text("BERT → InstructGPT")
            expect(live.locator("#panel")).to_contain_text("760 paths")
            expect(live.locator("#panel")).to_contain_text("predicting masked tokens from both sides")
            live.locator("#panel .close").click()
            live.locator("#from").fill("Transformer")
            live.locator("#to").fill("BERT")
            live.locator("#ask-go").click()
            expect(live.locator("#panel h2")).to_have_text("Transformer → BERT")
            assert page.evaluate("document.documentElement.scrollWidth") <= int(str(settings["width"]))


def test_the_tabs_of_the_live_page_lead_to_the_other_pages_of_the_list(front: Path):
    root = f"{front.as_uri()}/"
    with visited(shared_browser(), f"{root}index.html", root, **SCREEN) as (_, live):
        live.get_by_role("link", name="The list", exact=True).click()
        expect(live.locator("header")).to_contain_text("The 24 entries of the list")
        expect(live.locator("#panel h2")).to_have_text("BERT → InstructGPT")


def test_every_page_of_the_site_is_built_without_a_warning_and_fits_a_phone(tmp_path: Path):
    site = built(tmp_path, "-W", "--keep-going")
    pages = [page for page in site.rglob("*.html") if page.parent.name != "live"]
    assert len(pages) > 70
    with new_page(shared_browser(), **PHONE) as phone:  # type: ignore[arg-type]  # the settings of a browser
        for page in pages:
            phone.goto(page.as_uri())
            assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.name
