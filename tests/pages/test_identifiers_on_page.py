"""A page shows the identifiers of its papers with links, and finds papers by them as the Python engine does."""

from __future__ import annotations

from graph.analysis.resolve import resolve
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import ReadingList
from graph.pages.page import render_page

from ..helpers.browser import Show


def test_the_identifiers_of_pubmed_openalex_and_opencitations_are_shown_linked_and_found(show: Show) -> None:
    ids = {
        "pmid:90000001": ["PMID: 90000001", "https://pubmed.ncbi.nlm.nih.gov/90000001/", "pubmed 90000001"],
        "pmcid:900001": ["PMC900001", "PMCID: PMC900001", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/"],
        "openalex:W2741809607": ["w2741809607", "https://openalex.org/works/W2741809607", "OpenAlex: W2741809607"],
        "omid:br/06101801781": ["br/06101801781", "https://opencitations.net/meta/br/06101801781"],
    }
    identifiers = tuple(identifier(*each.split(":")) for each in ids)
    papers = [Paper("a", "Tides", identifiers=identifiers), Paper("b", "Waves", identifiers=identifiers[:0])]
    lineage = build_lineage(Corpus({each.key: each for each in papers}), ReadingList("Seas", (), ()))
    written = [text for each, forms in ids.items() for text in (each, each.upper(), *forms)]
    with show(render_page(lineage, lineage.corpus.papers, title="Seas")) as page:
        found = page.evaluate("(names) => names.map((name) => lineagePage.resolveName(name).keys ?? null)", written)
        links = page.evaluate("() => lineagePage.papers.a.links.map(({ href }) => href)")
    assert {text: keys for text, keys in zip(written, found, strict=True) if keys != ["a"]} == {}
    assert links == [each.url for each in identifiers]
    assert [resolve(lineage, text) for text in written] == ["a"] * len(written)
