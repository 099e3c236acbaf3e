"""Reasons of citations on the page: in the list of paths, the panel, the tooltip, and in what the page saves."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from graph.model.lineage import Lineage
from graph.model.reasons import Reason
from graph.pages.page import render_page

from ..helpers.browser import Show, follow, place_of, saved
from ..helpers.export_world import letters
from ..helpers.hostile import TEXTS, hostile_reasons
from .test_downloads import rows

WHY = "Takes the encoder."


def explained(reasons: bool = True) -> Lineage:
    """A is cited by B, and B by C; the first citation has a reason, and A a contribution."""
    lineage = letters("ab bc", listed="ac", complete="bc")
    papers = {"a": replace(lineage.paper("a"), contribution="It brought the first letter.")}
    reason = Reason("b", "a", WHY, "the whole text", "partial", ("methodology",), ("3 Model",))
    corpus = lineage.corpus.with_papers(papers)
    return replace(lineage, corpus=corpus, reasons={("a", "b"): reason} if reasons else {})


def page_of(lineage: Lineage, preset: str = "from=a&to=c&path=1") -> str:
    return render_page(lineage, lineage.corpus.papers, title="Letters", preset=preset)


def test_the_list_of_paths_says_of_each_hop_why_or_that_no_reason_is_recorded(show: Show) -> None:
    with show(page_of(explained())) as page:
        assert page.locator("#panel .hops .reason").all_inner_texts() == [
            f"{WHY} [methodology; read in part]",
            "no reason recorded",
        ]
    with show(page_of(explained(reasons=False))) as page:
        assert page.locator("#panel .hops li").count() == 3
        assert page.locator("#panel .reason").count() == 0


def test_a_citation_says_where_the_reason_was_seen_and_in_which_text(show: Show) -> None:
    with show(page_of(explained())) as page:
        page.locator("#panel button.why").first.click()
        text = page.locator("#panel").inner_text()
        for part in (
            "What it takes from A",
            WHY,
            "Cited in: 3 Model",
            "Text read: the whole text",
            "Asserted by 1 source",
        ):
            assert part in text
        page.locator("#panel button.back").click()
        page.locator("#panel button.why").last.click()
        assert "No reason recorded: nobody has read for it." in page.locator("#panel").inner_text()


def test_the_details_and_the_tooltip_of_a_paper_say_what_it_brought_and_takes(show: Show) -> None:
    with show(page_of(explained())) as page:
        page.mouse.move(*place_of(page, "b"))
        page.wait_for_selector("#tip:visible")
        assert f"From A: {WHY} [methodology; read in part]" in page.locator("#tip").inner_text()
        page.mouse.move(*place_of(page, "a"))
        page.wait_for_function("document.getElementById('tip').innerText.includes('It brought the first letter.')")
        page.evaluate("lineagePage.select('a')")
        assert "Brought\nIt brought the first letter." in page.locator("#panel dl").first.inner_text()
        assert page.locator("#panel .arcs .reason").all_inner_texts() == [f"{WHY} [methodology; read in part]"]


def test_what_the_page_saves_and_copies_has_the_reasons(show: Show) -> None:
    with show(page_of(explained()), expected="request: blob:") as page:
        page.get_by_role("button", name="Copy as Markdown").click()
        copied = page.locator("#panel textarea.copied").input_value()
        assert "     - why: Takes the encoder. " in copied
        assert "     - why: no reason recorded" in copied
        citations = rows(saved(page, "save-citations").content.decode())
        assert [(row["reason"], row["intents"], row["reason_sections"]) for row in citations] == [
            (WHY, "methodology", "3 Model"),
            ("", "", ""),
        ]
        assert b'<data key="e_reason">Takes the encoder.</data>' in saved(page, "save-graphml").content


def test_a_hostile_reason_is_shown_as_text_and_does_nothing(show: Show, hostile: Lineage) -> None:
    keys = [f"hostile{n}" for n in range(len(TEXTS))]
    with show(render_page(replace(hostile, reasons=hostile_reasons()), keys, title="H")) as page:
        for cited, citing in pairwise(keys):
            follow(page, f"from={cited}&to={citing}&path=1")
            assert page.locator("#panel .reason").count() == 1, citing
            assert page.locator("#panel .reason *:not(bdi)").count() == 0, citing
            page.locator("#panel button.why").first.click()
            panel = page.locator("#panel")
            assert panel.locator("img, a, b, script").count() == 0, citing
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), citing
            assert panel.evaluate("(panel) => panel.scrollWidth <= panel.clientWidth"), citing
            assert page.evaluate("window.hacked") is None, citing
