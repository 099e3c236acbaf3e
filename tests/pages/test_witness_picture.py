"""A page shows who lists the references of its papers, where there is something to compare."""

from __future__ import annotations

from graph.model.lineage import Lineage
from graph.pages import witness_picture as module
from graph.pages.page import render_page
from graph.pages.witness_picture import witness_picture

from ..helpers.browser import Show
from ..helpers.witnessed import List, paper, witnessed


def test_the_page_of_the_list_has_a_bar_for_each_source(show: Show, lineage: Lineage) -> None:
    with show(render_page(lineage, lineage.list_keys, title="List")) as page:
        section = page.locator("#witnesses")
        assert section.locator("summary").inner_text() == "Who lists the references of 5 papers"
        assert not section.locator("svg").is_visible()
        section.locator("summary").click()
        assert section.locator("svg").is_visible()
        assert section.locator("g").count() == 10  # a print and Semantic Scholar of each
        assert "32 of at least 40, short" in section.locator("svg").text_content()


def test_a_page_without_two_lists_of_a_paper_has_no_such_picture() -> None:
    made = witnessed([List("print:b", "b", ("a",))], ["a", "b"])
    assert witness_picture(made, made.list_keys) == (0, "")
    assert 'id="witnesses"' not in render_page(made, made.list_keys, title="One source")


def test_texts_of_the_picture_are_texts(show: Show) -> None:
    title = "<script>alert(1)</script></svg><img src=x>"
    papers = [paper("hub", "2001", "doi:10.1000/hub", title=title)]
    made = witnessed([List("print:hub", "hub", ("a",)), List("crossref", "hub", ("a",))], ["hub"], papers)
    with show(render_page(made, made.list_keys, title="Hostile")) as page:
        assert page.locator("#witnesses img, #witnesses script").count() == 0
        assert "<script>alert(1)" in (page.locator("#witnesses svg").text_content() or "")


def test_the_picture_has_room_for_some_papers_and_says_how_many_it_leaves_out(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    lists = [List(source, f"p{n}", ("a",)) for n in range(5) for source in ("crossref", "s2:1")]
    made = witnessed(lists, ["p3", "p1"])
    compared, drawn = witness_picture(made, list(made.corpus.papers))
    assert compared == 5
    assert drawn.index("The paper p3") < drawn.index("The paper p1")  # those of the list, in its order
    assert "The paper p0" not in drawn
    assert "3 papers are not drawn" in drawn
