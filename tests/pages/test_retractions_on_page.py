"""Retractions on the page: in the name, the details, the list of paths, and in the table that it saves."""

from __future__ import annotations

from dataclasses import replace

from graph.model.corpus import Notice, Source
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show
from ..helpers.export_world import letters
from .test_downloads import rows, saved

LABEL = "Retraction Watch, as of 2026-11-30"


def retracted() -> Lineage:
    """A is cited by B, and B by C; B is retracted."""
    lineage = letters("ab bc", listed="ac", complete="bc")
    source = Source("rw:2026-11-30", "retraction_watch", LABEL, "2026-11-30")
    corpus = lineage.corpus.with_papers({})
    object.__setattr__(corpus, "sources", dict(lineage.corpus.sources) | {source.id: source})
    object.__setattr__(corpus, "notices", (Notice("b", source.id, "retraction", "doi:10.5555/b", "2023-01-02", "7"),))
    return replace(lineage, corpus=corpus)


def test_a_retracted_paper_is_marked_on_paths_in_the_details_and_in_what_is_saved(show: Show) -> None:
    lineage = retracted()
    with show(render_page(lineage, lineage.corpus.papers, title="Letters", preset="from=a&to=c&path=1")) as page:
        first = page.locator("#panel .paths button.path").first.inner_text()
        assert "with a retracted paper" in first
        assert "by B (retracted)" in first
        table = rows(saved(page, "save-papers").content.decode("utf-8-sig"))
        assert {row["key"]: row["retraction"] for row in table}["b"].startswith("RETRACTED: retraction of 2023-01-02")
    with show(render_page(lineage, lineage.corpus.papers, title="Letters")) as page:
        page.evaluate("lineagePage.select('b')")
        text = page.locator("#panel dl").first.inner_text()
        assert f"RETRACTED: retraction of 2023-01-02 ({LABEL}, record 7)" in text
    with show(render_page(lineage, lineage.corpus.papers, title="Letters", preset="from=b&to=c")) as page:
        assert "B (retracted)" in page.locator("#panel").inner_text()
