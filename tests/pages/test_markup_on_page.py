"""A page finds papers by what their titles and names show, as the Python engine does: markup is no word."""

from __future__ import annotations

from dataclasses import replace

from graph.analysis.resolve import resolve
from graph.errors import LineageError
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show
from ..helpers.export_world import letters

TITLES = {
    "a": "Effects of CO<sub>2</sub> on <i>E. coli</i>",
    "b": r"{\L}ukasz: $\alpha$-decay of the Schr{\"o}dinger equation",
    "c": "Labs of AT&amp;T",
    "d": "Filling <mask> and <unk>",
    "e": "Plain words of an emitter",
}


def marked() -> Lineage:
    """Papers whose titles and authors have markup, or signs that only look like it."""
    lineage = letters("ab bc cd de", listed="ae")
    papers = {key: replace(lineage.paper(key), title=title, names=()) for key, title in TITLES.items()}
    papers["e"] = replace(papers["e"], authors=(r"M{\"u}ller, Jan",), date="2001-01-01")
    return replace(lineage, corpus=lineage.corpus.with_papers(papers))


def engine(lineage: Lineage, name: str) -> str | None:
    try:
        return resolve(lineage, name)
    except LineageError:
        return None


def test_a_title_with_markup_is_found_as_it_stands_in_the_corpus(show: Show) -> None:
    lineage = marked()
    with show(render_page(lineage, lineage.corpus.papers, title="M")) as page:
        for title in TITLES.values():
            page.locator("#from").fill(title)
            assert page.locator("#from-hits [id^=from-hit]").count() == 1, title
            assert page.evaluate("(name) => lineagePage.resolveName(name).keys", title) == [engine(lineage, title)]


def test_names_that_readers_type_mean_what_they_mean_to_the_engine(show: Show) -> None:
    lineage = marked()
    typed = {
        "CO2": "a", "effects of co2 on e. coli": "a", "sub": None, "Schrödinger": "b", "α-decay": "b", "Łukasz": "b",
        "AT&T": "c", "amp": None, "mask": "d", "emitter": "e", "Müller 2001": "e",
    }  # fmt: skip
    assert {name: engine(lineage, name) for name in typed} == typed
    with show(render_page(lineage, lineage.corpus.papers, title="M")) as page:
        found = page.evaluate("(names) => names.map((name) => lineagePage.resolveName(name).keys ?? [null])", [*typed])
        assert found == [[key] for key in typed.values()]
        for name, key in typed.items():
            page.locator("#from").fill(name)
            hits = page.locator("#from-hits [id^=from-hit]").all_inner_texts()
            assert len(hits) == (key is not None), name
