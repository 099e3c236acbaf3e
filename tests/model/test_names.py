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
        ("Bahdanau, Cho and Bengio 2014", AuthorsAndYear(("bahdanau",), ("cho", "bengio"), 2014)),
        ("Bahdanau, D., Cho, K.H., & Bengio, Y. (2014)", AuthorsAndYear(("bahdanau",), ("cho", "bengio"), 2014)),
        ("Vaswani, Shazeer, Parmar et al., 2017", AuthorsAndYear(("vaswani",), ("shazeer", "parmar"), 2017)),
        ("Han & E, 2018", AuthorsAndYear(("han",), ("e",), 2018)),
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


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Bahdanau, Cho and Bengio 2014", True),
        ("Bahdanau, Dzmitry, Cho, Kyunghyun 2014", True),
        ("Bahdanau, Dmitri and Cho, K. 2014", True),  # the authors are known by an initial, or in another spelling
        ("Bahdanau, Hinton and Bengio 2014", False),
        ("Bahdanau, Cho and Hinton 2014", False),
    ],
)
def test_a_name_behind_a_comma_is_a_further_author_or_the_given_name_of_one(text: str, fits: bool):
    cited = authors_and_year(text)
    assert cited is not None
    assert cited.fits(["D. Bahdanau", "Kyunghyun Cho", "Yoshua Bengio"], complete=True) == fits
    assert cited.fits(["Dzmitry Bahdanau"], complete=False)
