"""How many independent origins the sources of a citation have."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.exports.contents import contents_of
from graph.exports.json_forms import citation_form
from graph.model.corpus import Corpus
from graph.model.entities import Assertion, Citation, Paper, Source
from graph.model.lineage import build_lineage
from graph.model.origins import origins_of
from graph.model.reading_list import ReadingList

SOURCES = {
    **{f"print:{n}": Source(f"print:{n}", "printed_bibliography", f"print {n}") for n in (1, 2)},
    **{f"s2:{n}": Source(f"s2:{n}", "semantic_scholar", f"Semantic Scholar {n}") for n in (1, 2)},
    "crossref": Source("crossref", "crossref", "Crossref"),
    "openalex": Source("openalex", "openalex", "OpenAlex"),
    "opencitations": Source("opencitations", "opencitations", "OpenCitations"),
    "person": Source("person", "user", "a person"),
}
READ = {
    "sentence": Assertion("s2:1", contexts=("We follow them.",)),
    "intent": Assertion("s2:1", intents=("background",)),
    "influential": Assertion("s2:1", influential=True),
}
"""How Semantic Scholar shows that it has read the text of the citing paper."""


def count(*said: str | Assertion) -> int:
    return len(origins_of(SOURCES, [each if isinstance(each, Assertion) else Assertion(each) for each in said]))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["crossref", "openalex", "opencitations"], 1),
        (["crossref", "openalex", "opencitations", "print:1"], 2),
        (["openalex", "opencitations"], 1),
        (["print:1", "print:2"], 1),
        (["s2:1", "s2:2"], 1),
        (["print:1", "s2:1"], 2),
        (["print:1", "s2:1", "s2:2"], 2),
        (["print:1", "openalex"], 2),
        (["crossref", "person"], 2),
        (["s2:1"], 1),
        (["s2:1", "crossref"], 1),
        (["s2:1", "print:1", "crossref"], 2),
    ],
)
def test_sources_of_one_origin_count_as_one(said: list[str], expected: int):
    assert count(*said) == expected == count(*reversed(said))


@pytest.mark.parametrize("shown", READ)
def test_semantic_scholar_counts_beside_the_deposit_where_it_shows_that_it_read_the_text(shown: str):
    assert count("crossref", READ[shown]) == 2
    assert count("print:1", "opencitations", READ[shown]) == 3
    assert count("crossref", Assertion("s2:1", influential=False)) == 1  # it says so of every citation that it lists


def test_a_further_source_never_makes_the_origins_fewer():
    said = [*map(Assertion, SOURCES), *READ.values()]
    sets = list(chain.from_iterable(combinations(said, size) for size in range(4)))
    for chosen in sets:
        for more in said:
            assert count(*chosen) <= count(*chosen, more) <= count(*chosen) + 1


def test_tables_and_answers_for_programs_count_origins_beside_sources():
    given = [Assertion("crossref"), Assertion("openalex"), Assertion("print:1")]
    papers = {"a": Paper("a", "A", date="2001"), "b": Paper("b", "B", date="2002")}
    corpus = Corpus(papers, [Citation("b", "a", tuple(given))], sources=SOURCES)
    lineage = build_lineage(corpus, ReadingList("Nothing yet", (), ()))
    (row,) = corpus.citations_frame().itertuples()
    (hop,) = find_paths(lineage, "a", "b", PathOptions()).to_frame().itertuples()
    (edge,) = contents_of(lineage, "ab")[1]
    assert (row.asserted_by, row.origins) == (edge.asserted_by, edge.origins) == (3, 2)
    assert hop.origins == citation_form(lineage, corpus.citations[0])["origins"] == 2
