"""How a text cites a paper: authors and year, read out of it."""

from __future__ import annotations

import pytest

from graph.model.names import AuthorsAndYear, authors_and_year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vaswani et al., 2017", AuthorsAndYear(("vaswani",), (), 2017)),
        ("Hochreiter & Schmidhuber (1997)", AuthorsAndYear(("hochreiter",), ("schmidhuber",), 1997)),
        ("Devlin [2018b]", AuthorsAndYear(("devlin",), (), 2018)),
    ],
)
def test_a_citation_as_texts_print_it_is_read(text: str, expected: AuthorsAndYear):
    assert authors_and_year(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "BERT", "2018", "(2018)", "& (2018)", "et al. (2018)", "?! (2018)", "GPT2018", "A" * 10_000 + " (2018)"],
)
def test_what_names_no_author_or_no_year_is_no_citation(text: str):
    assert authors_and_year(text) is None
