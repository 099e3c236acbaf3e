"""Names as a reader types them on a page mean what they mean to the Python engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.resolve import resolve, years_of
from graph.errors import LineageError
from graph.model.corpus import Corpus, Paper
from graph.model.lineage import Lineage
from graph.pages.paper_facts import MOST_AUTHORS
from graph.utils.person_names import surname
from graph.utils.text import LETTERS_WITHOUT_DECOMPOSITION, fold

from ..helpers.browser import Show
from ..helpers.hostile import TEXTS

pytestmark = pytest.mark.long

RESOLVE_ALL = "(names) => names.map((name) => lineagePage.resolveName(name).keys?.[0] ?? null)"


def names_of(lineage: Lineage, paper: Paper) -> Iterator[str]:
    """Ways in which people write of a paper."""
    yield from (paper.key, paper.key.upper(), *paper.names, *paper.also_titled)
    yield from (name.lower() for name in paper.names)
    for number in lineage.graph.nodes[paper.key]["numbers"]:
        yield from (str(number), f"#{number}", f"[{number}]", f"entry {number}", f"No. {number}")
    for identifier in paper.identifiers:
        yield from (str(identifier), identifier.url, identifier.url.upper().replace("HTTPS://", ""))
        if identifier.scheme == "arxiv":
            yield from (f"arXiv:{identifier.value}v2", f"https://arxiv.org/pdf/{identifier.value}v1")
            yield f"10.48550/arXiv.{identifier.value}"
    if paper.title:
        words = paper.title.split()
        yield from (paper.title, paper.title.upper(), f"  {paper.title} ", " ".join(words[:4]), " ".join(words[1:5]))
    if paper.authors and paper.year:
        author = paper.authors[0]
        for name in (author, surname(author)):
            yield from (f"{name} {paper.year}", f"{name} et al. ({paper.year})", f"{name}, {paper.year}")
        for year in years_of(lineage, paper.key):
            yield f"{surname(author)} et al., {year}"
            if all(
                len(other.authors) <= MOST_AUTHORS for other in _alike(lineage, paper, year)
            ):  # else the page knows less
                yield f"{author} & {paper.authors[-1]} [{year}a]"
                yield f"{surname(author)}, X. and Nobody, Y. ({year})."


def _alike(lineage: Lineage, paper: Paper, year: int) -> Iterator[Paper]:
    """The papers of a year whose first author has the same surname, this one included."""
    for other in lineage.corpus.papers.values():
        if (
            other.authors
            and surname(other.authors[0]) == surname(paper.authors[0])
            and year in years_of(lineage, other.key)
        ):
            yield other


def resolved(lineage: Lineage, name: str) -> str | None:
    """The key that the engine finds, or None."""
    try:
        return resolve(lineage, name)
    except LineageError:
        return None


@pytest.fixture(scope="module")
def page_alone(lineage: Lineage) -> Lineage:
    """The lineage of the shipped list with the papers of its neighbourhood alone."""
    papers = {key: lineage.paper(key) for key in neighbourhood(lineage)}
    return replace(lineage, corpus=Corpus(papers))


def test_every_name_of_every_paper_means_the_paper_that_the_engine_finds(
    show: Show, around_html: str, page_alone: Lineage
) -> None:
    names = [name for paper in page_alone.corpus.papers.values() for name in names_of(page_alone, paper)]
    expected = {name: resolved(page_alone, name) for name in names}
    assert sum(key is not None for key in expected.values()) > 1000
    with show(around_html) as page:
        found = dict(zip(names, page.evaluate(RESOLVE_ALL, names), strict=True))
    assert {name: key for name, key in found.items() if key != expected[name]} == {}


def test_texts_are_folded_as_the_engine_folds_them(show: Show, around_html: str, lineage: Lineage) -> None:
    texts = {*TEXTS, *LETTERS_WITHOUT_DECOMPOSITION, "Straße", "ﬁne-tuning", "Ångström", "O(n²)", "ИНФОРМАЦИЯ", "Ωmega"}
    for paper in lineage.corpus.papers.values():
        texts |= {paper.title or "", *paper.names, *paper.authors}
    listed = sorted(texts)
    with show(around_html) as page:
        folded = page.evaluate("(texts) => texts.map(lineagePage.foldText)", listed)
    assert {text: got for text, got in zip(listed, folded, strict=True) if got != fold(text)} == {}


def test_a_paper_has_one_short_name_in_the_picture_and_everywhere_else(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html, at="#p=dolan2005automatically") as page:
        said = dict(page.evaluate("Object.entries(lineagePage.papers).map(([key, { name }]) => [key, name])"))
        drawn = dict(page.evaluate("lineagePage.spots.map(({ id, label }) => [id, label])"))
        assert page.locator("#panel h2").inner_text() == "Dolan 2005"
        assert page.locator("#panel .title").inner_text() == lineage.paper("dolan2005automatically").title
    for key, name in said.items():
        number = "·".join(map(str, lineage.entry_numbers(key)))
        label = f"{number} {name}".strip()
        assert label == drawn[key] or (drawn[key].endswith("…") and label.startswith(drawn[key][:-1]))
        assert name == lineage.paper(key).label
    assert said["zhu2015aligning"] == "BookCorpus"


def test_the_search_finds_papers_by_what_people_call_them(show: Show, around_html: str, lineage: Lineage) -> None:
    with show(around_html) as page:
        for typed in ("LSTM", "ResNet", "LSTMs", "word2vec", "resnet", "MobileNetV2"):
            page.locator("#from").fill(typed)
            page.keyboard.press("Enter")
            assert page.evaluate("lineagePage.state.selected") == resolve(lineage, typed), typed
            page.keyboard.press("Escape")
