"""A search while a person types."""

from __future__ import annotations

import pytest

from graph.analysis.search import MOST, PaperSearch, SearchResult
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme


def search_of(
    *papers: Paper, listed: dict[int, str] | None = None, citers: dict[str, int] | None = None
) -> PaperSearch:
    """A search among papers; `listed` has the DOI of each entry, `citers` says how many papers cite a paper."""
    entries = tuple(
        Entry(number, ("t",), "An entry", identifiers=(identifier("doi", doi),))
        for number, doi in (listed or {}).items()
    )
    citations = [
        Citation(f"citer-{n}", key, (Assertion("s"),)) for key, count in (citers or {}).items() for n in range(count)
    ]
    others = {f"citer-{n}": Paper(f"citer-{n}") for n in range(max((citers or {"": 0}).values()))}
    corpus = Corpus({p.key: p for p in papers} | others, citations, sources={"s": Source("s", "user", "S")})
    return PaperSearch(build_lineage(corpus, ReadingList("L", (Theme("t", "T"),), entries)))


PAPER = Paper(
    "lee2018wheels", title="On Wheels and Réels", authors=("Ann Lee", "Bob Ray"), date="2018-05", names=("WHL",),
    also_titled=("Circular things",), identifiers=(identifier("arxiv", "1805.01234"), identifier("doi", "10.1234/x")),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "wheels", "reels WHEELS", "whee", "lee 2018", "bob", "whl", "circular things", "1805.01234", "10.1234/x", "7",
        "2018wheels",
    ],
)  # fmt: skip
def test_a_paper_is_found_by_its_title_authors_year_names_identifiers_key_and_number(text: str):
    assert search_of(PAPER, Paper("other", title="Other"), listed={7: "10.1234/x"}).find(text).keys == (PAPER.key,)


@pytest.mark.parametrize("text", ["", " ", "!?", "→"])
def test_a_text_without_letters_and_digits_finds_nothing(text: str):
    assert search_of(PAPER).find(text) == SearchResult((), 0)


def test_every_word_must_be_there():
    assert search_of(PAPER).find("wheels nothing") == SearchResult((), 0)


def test_exact_names_come_first_then_names_that_begin_with_the_text_then_the_rest():
    papers = [
        Paper("c", title="A model of wheels"),
        Paper("b", title="Wheels of fortune"),
        Paper("a", title="Something", names=("Wheels",)),
        Paper("d", title="Fortune on wheels"),
    ]
    assert search_of(*papers, citers={"c": 3, "d": 4, "b": 1}).find("wheels").keys == ("a", "b", "d", "c")


def test_among_equals_papers_of_the_list_come_first_by_number_then_the_most_cited_then_the_oldest():
    papers = [Paper(key, title=f"A wheel {key}", date=date) for key, date in
              {"young": "2003", "old": "2001", "cited": "2005"}.items()]  # fmt: skip
    papers += [Paper(key, title="A wheel", identifiers=(identifier("doi", f"10.1234/{key}"),)) for key in ("e", "f")]
    found = search_of(*papers, listed={1: "10.1234/f", 2: "10.1234/e"}, citers={"cited": 2, "young": 1, "old": 1})
    assert found.find("wheel").keys == ("f", "e", "cited", "old", "young")


def test_a_search_shows_as_many_as_asked_for_but_no_more_than_the_limit_and_counts_all():
    papers = [Paper(f"p{n}", title="Wheel") for n in range(MOST + 20)]
    search = search_of(*papers)
    assert (len(search.find("wheel", top=3).keys), search.find("wheel").total) == (3, MOST + 20)
    assert len(search.find("wheel").keys) == 8
    assert len(search.find("wheel", top=1000).keys) == MOST
