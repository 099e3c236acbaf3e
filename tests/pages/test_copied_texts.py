"""What a reader copies from a page: papers as the command exports them, paths with their evidence, links."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from graph.analysis.neighbourhood import neighbourhood
from graph.exports.formats import bibtex, csl, ris
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show
from ..helpers.export_world import select

COPY_ALL = """async ([keys, name]) => {
    const copies = {};
    for (const key of keys) {
        lineagePage.select(key);
        document.querySelector(`#panel button[aria-label="Copy as ${name}"]`).click();
        const box = document.querySelector("#panel .copied");
        while (box.hidden) await new Promise((done) => setTimeout(done));
        copies[key] = box.value;
    }
    return copies;
}"""


def copy_all(page: Page, keys: Any, name: str) -> dict[str, str]:
    """What each paper's button of that name copies."""
    copies: dict[str, str] = page.evaluate(COPY_ALL, [list(keys), name])
    return copies


def without_comment(bib: str) -> str:
    """A BibTeX file without the comment that says where it comes from."""
    comment, entry = re.split(r"\n+(?=@)", bib, maxsplit=1)
    assert comment.startswith("@comment{")
    return entry


@pytest.mark.long
def test_bibtex_is_copied_as_the_command_exports_it(show: Show, around_html: str, lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    with show(around_html) as page:
        copies = copy_all(page, keys, "BibTeX")
    assert copies == {key: without_comment(bibtex.write(select(lineage, key))[".bib"]) for key in keys}


@pytest.mark.long
def test_ris_is_copied_as_the_command_exports_it(show: Show, around_html: str, lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    with show(around_html) as page:
        copies = copy_all(page, keys, "RIS")
    assert copies == {key: ris.write(select(lineage, key))[".ris"] for key in keys}


@pytest.mark.long
def test_csl_is_copied_as_the_command_exports_it(show: Show, around_html: str, lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    with show(around_html) as page:
        copies = copy_all(page, keys, "CSL-JSON")
    assert copies == {key: csl.write(select(lineage, key))[".json"] for key in keys}


def test_hostile_texts_are_copied_as_the_command_exports_them(show: Show, hostile: Lineage) -> None:
    keys = list(hostile.corpus.papers)
    with show(render_page(hostile, keys, title="Hostile")) as page:
        assert copy_all(page, keys, "BibTeX") == {
            key: without_comment(bibtex.write(select(hostile, key))[".bib"]) for key in keys
        }
        assert copy_all(page, keys, "CSL-JSON") == {key: csl.write(select(hostile, key))[".json"] for key in keys}
        assert copy_all(page, keys, "RIS") == {key: ris.write(select(hostile, key))[".ris"] for key in keys}
        assert page.evaluate("window.hacked") is None


def test_hostile_texts_are_only_text_in_copied_markdown(show: Show, hostile: Lineage) -> None:
    keys = list(hostile.corpus.papers)
    with show(render_page(hostile, keys, title="Hostile")) as page:
        for text in copy_all(page, keys, "Markdown").values():
            assert text.count("\n") == 1
            assert not re.search(r"(?<!\\)<(?!https://arxiv\.org/)", text)
            assert not re.search(r"(?<!\\)[*_`|]", text.partition("](<")[0])


def test_a_paper_is_copied_as_markdown(show: Show, around_html: str) -> None:
    with show(around_html) as page:
        text = copy_all(page, ["devlin2018"], "Markdown")["devlin2018"]
    assert text == (
        "Jacob Devlin, Ming-Wei Chang, Kenton Lee, Kristina Toutanova. [BERT: Pre-training of Deep Bidirectional "
        "Transformers for Language Understanding](<https://arxiv.org/abs/1810.04805>). NAACL 2019. 2018.\n"
    )


def test_copied_texts_are_announced_to_screen_readers(show: Show, around_html: str) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        page.get_by_role("button", name="Copy as BibTeX").click()
        page.wait_for_function("() => document.getElementById('announcer').textContent !== ''")
        assert page.locator("#announcer").inner_text() in ("BibTeX: copied", "Press Control and C to copy")
        assert page.locator("#panel .copied").input_value().startswith("@inproceedings{devlin2018,")


def test_everybody_sees_that_a_text_or_a_link_is_copied(show: Show, around_html: str) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        page.evaluate("navigator.clipboard.writeText = async () => {}")
        page.locator("#takeaway summary").click()
        page.locator("#copy-link").click()
        assert page.locator("#notice").is_visible()
        assert page.locator("#notice").inner_text() == "Link copied"
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Copy as Markdown").click()
        page.wait_for_function("() => document.getElementById('notice').textContent === 'Markdown: copied'")
