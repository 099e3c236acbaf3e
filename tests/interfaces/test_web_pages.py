"""``lineage serve`` as a person meets it: typing, keys alone, a phone, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from graph.interfaces.corpus_backend import CorpusBackend
from graph.interfaces.web.server import Server
from graph.model.lineage import Lineage

from ..helpers.browser import new_page, shared_browser
from ..helpers.hostile import TEXTS
from ..helpers.web_client import served
from ..pages.test_access import violations

Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def server(lineage: Lineage) -> Iterator[Server]:
    with served(CorpusBackend(lineage)) as running:
        yield running


@contextmanager
def visited(server: Server, target: str, *, expected: str = "\0", **settings: Any) -> Iterator[Page]:
    """A page of the server; afterwards no request may have left this machine, and no fault been told."""
    faults: list[str] = []
    with new_page(shared_browser(), width=1200, height=860, **settings) as page:
        page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda r: r.url.startswith((server.url, "data:")) or faults.append(r.url))
        page.goto(server.url.rstrip("/") + target)
        yield page
    assert [fault for fault in faults if expected not in fault] == []


def test_a_person_finds_a_paper_asks_for_ways_and_looks_around(server: Server):
    with visited(server, "/") as page:
        page.get_by_label("Find a paper in the whole corpus").press_sequentially("pre-training of deep bid")
        hits = page.locator("#corpus-search-hits li")
        expect(hits).to_have_count(1)
        hits.first.click()
        expect(page).to_have_url(f"{server.url}paper/devlin2018")
        expect(page.locator("h1")).to_have_text("BERT")
        expect(page.locator(".served-names").first.get_by_text("Transformer")).to_be_visible()
        page.get_by_label("How did we get from here to").fill("InstructGPT")
        page.get_by_role("button", name="Find paths").first.click()
        expect(page.locator("h1")).to_have_text("How did we get from BERT to InstructGPT?")
        expect(page.locator(".paths > li")).to_have_count(10)
        expect(page.locator(".paths > li").first).to_contain_text(
            "cites Gopher: printed bibliography of arXiv:2203.02155v1"
        )
        page.get_by_role("link", name="What all paths run through").click()
        expect(page.locator("table tbody tr").first).to_contain_text("%")
        page.go_back()
        page.get_by_role("link", name="As a picture").click()
        expect(page.locator("#panel")).to_contain_text("760 paths")
        page.go_back()
        page.locator(".paths").get_by_role("link", name="Gopher").first.click()
        expect(page.locator("h1")).to_have_text("Gopher")
        page.get_by_role("button", name="Show its neighbourhood").click()
        expect(page.locator("h1")).to_have_text("Around Gopher")
        expect(page.locator("#panel h2")).to_contain_text("Gopher")
        expect(page.locator("#count")).to_contain_text("100 papers")
        page.locator(".served-bar select[name=top]").select_option("25")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.locator("#count")).to_contain_text("25 papers")
        page.get_by_role("link", name="Around it in the corpus").click()
        expect(page).to_have_url(re.compile(rf"{re.escape(server.url)}around/rae2021(#.*)?$"))


def test_the_field_is_a_combobox_that_keys_alone_work(server: Server):
    with visited(server, "/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the content"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        field = page.get_by_role("combobox", name="Find a paper in the whole corpus")
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-expanded", "false")
        page.keyboard.insert_text("attention")  # at once: what is found for its beginning would be replaced later
        expect(field).to_have_attribute("aria-expanded", "true")
        total = page.evaluate("fetch('/api/search?q=attention').then((a) => a.json()).then((found) => found.total)")
        expect(page.locator("[role=status]").first).to_have_text(f"8 of {total} papers")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", "corpus-search-hit-1")
        expect(page.locator("#corpus-search-hit-1")).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Escape")
        expect(page.locator("#corpus-search-hits")).to_be_hidden()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(f"{total} papers for attention")


def test_a_chosen_paper_fills_a_question(server: Server):
    with visited(server, "/") as page:
        for field, typed in (("from", "bert"), ("to", "instructg")):
            page.locator(f"#corpus-{field}").fill(typed)
            expect(page.locator(f"#corpus-{field}-hits li").first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        assert page.locator("#corpus-from").input_value() == "devlin2018"
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("How did we get from BERT to InstructGPT?")


def test_the_bar_of_a_picture_asks_the_whole_corpus_and_the_picture_itself(server: Server):
    with visited(server, "/around/BERT?depth=1&top=25") as page:
        assert page.locator("#welcome").is_hidden()
        page.locator("#corpus-search").press_sequentially("rejuvenat")
        expect(page.locator("#corpus-search-hits")).to_contain_text("No paper of the corpus")
        page.locator("#corpus-search").fill("BERT → InstructGPT")
        expect(page.locator("#corpus-search-hits")).to_be_hidden()
        page.locator("#from").fill("Gopher")
        expect(page.locator("#from-hits li").first).to_be_visible()
        page.keyboard.press("Escape")
        page.locator("#corpus-search").press("Enter")
        expect(page.locator("h1")).to_have_text("How did we get from BERT to InstructGPT?")


PAGES = {
    "start": "/",
    "paper": "/paper/BERT",
    "paths": f"/paths?q={quote('BERT → InstructGPT')}",
    "no path": f"/paths?q={quote('InstructGPT → BERT')}",
    "flow": f"/flow?q={quote('6 → 17')}",
    "around": "/around/BERT?top=25",
}


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation_in_the_light_in_the_dark_and_on_a_phone(server: Server, name: str):
    with visited(server, PAGES[name], bypass_csp=True) as page:
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert violations(page) == []


def test_without_scripts_the_forms_lead_on(server: Server):
    with visited(server, "/", java_script_enabled=False) as page:
        page.get_by_label("Find a paper in the whole corpus").fill("layer normalization")
        page.get_by_role("button", name="Search").click()
        page.locator(".served-found a").first.click()
        page.get_by_label("How did we get here from").fill("BERT")
        page.get_by_role("button", name="Find paths").last.click()
        expect(page.locator("h1")).to_contain_text("How did we get from BERT to")


def test_a_fault_is_a_page_that_leads_on(server: Server):
    with visited(server, "/paper/attention", expected="Failed to load resource") as page:
        expect(page.get_by_role("alert")).to_contain_text("could be")
        expect(page.get_by_role("alert")).not_to_contain_text("key")  # the candidates are links
        page.locator("main a").first.click()
        expect(page.locator("h1")).not_to_have_text("Which one?")


def test_texts_of_a_hostile_corpus_stay_texts_while_one_types(hostile: Lineage):
    with served(CorpusBackend(hostile)) as server, visited(server, "/") as page:
        page.locator("#corpus-search").fill("script")
        expect(page.locator("#corpus-search-hits li").first).to_contain_text("</script><img src=x")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server.url}paper/*")
        expect(page.locator(".served-lead")).to_contain_text(TEXTS[0])
        page.get_by_role("button", name="Show its neighbourhood").click()
        expect(page.locator("#panel h2")).to_be_visible()
        assert page.evaluate("window.hacked") is None


def test_no_script_of_the_server_makes_markup_of_text():
    scripts = list((Path(__file__).parents[2] / "graph" / "interfaces" / "web" / "assets").glob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"))


def test_what_surrounds_a_paper_has_no_papers_without_a_title(server: Server):
    with visited(server, "/around/BERT?depth=2&top=200") as page:
        labels = page.evaluate("lineagePage.spots.map(({ id }) => lineagePage.papers[id].title)")
        assert len(labels) > 100
        assert None not in labels
        expect(page.locator(".subtitle")).to_contain_text("known by identifier alone")


def test_an_answer_names_only_controls_that_are_there(server: Server):
    with visited(server, f"/paths?q={quote('BERT → InstructGPT')}") as page:
        expect(page.locator("main")).to_contain_text("the button below lists more.")
        expect(page.get_by_role("link", name="Up to 100 paths")).to_be_visible()
        page.goto(f"{server.url.rstrip('/')}/paths?q={quote('BERT → InstructGPT')}&top=500")
        expect(page.locator("main")).to_contain_text("... and 260 more")
        expect(page.locator("main")).not_to_contain_text("a larger top")
