"""How papers look in every picture: their theme, colour and label."""

from __future__ import annotations

import pytest

from graph.exports.style import NO_COLOUR, colour_of, label_of, text_width, theme_colours, theme_of
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.model.lineage import build_lineage
from graph.model.reading_list import ReadingList

from ..helpers.export_world import letters
from .test_layout import synthetic


def label(**fields: object) -> str:
    corpus = Corpus({"a": Paper("a", **fields)})  # type: ignore[arg-type]
    return label_of(build_lineage(corpus, ReadingList("Nothing yet", (), ())), "a")


def test_a_paper_stands_in_the_first_theme_chosen_else_in_the_one_with_the_largest_share() -> None:
    lineage = letters("ac bc xd", listed="ab")
    assert lineage.graph.nodes["a"]["themes"] == ("one", "two")
    assert theme_of(lineage, "a") == "one"
    assert theme_of(lineage, "b") == "two"
    assert lineage.graph.nodes["c"]["shares"] == {"one": 0.25, "two": 0.75}
    assert theme_of(lineage, "c") == "two"
    assert theme_of(lineage, "d") is None


def test_of_equal_shares_the_first_theme_of_the_list_decides() -> None:
    assert theme_of(letters("ac", listed="a"), "c") == "one"


def test_the_colours_are_those_of_okabe_and_ito() -> None:
    """As Wong 2011 prints them, doi:10.1038/nmeth.1618, without black."""
    lineage = synthetic(["2020"] * 9, themes=9, listed=9)
    colours = list(theme_colours(lineage).values())
    assert colours[:7] == ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]
    assert colours[7:] == [NO_COLOUR] * 2
    assert (colour_of(lineage, "t1"), colour_of(lineage, None)) == ("#E69F00", NO_COLOUR)


def test_a_label_is_a_name_else_author_and_year_else_a_clipped_title_else_that_there_is_none() -> None:
    assert label(title="A title", names=("NAME",), authors=("Ann Lee",)) == "NAME"
    assert label(title="A title", authors=("Ann Lee",), date="2001") == "Lee 2001"
    assert label(title="The title of a paper without an author") == "The title of a paper wi…"
    assert len(label(title="The title of a paper without an author")) == 24
    assert label(identifiers=(identifier("arxiv", "1706.03762"),)) == "[untitled arxiv:1706.03…"
    assert label() == "[untitled a]"
    assert label(names=("\u202e\x07",)) == "[untitled a]"


def test_a_label_begins_with_the_numbers_in_the_list() -> None:
    assert label_of(letters("ab", listed="ba"), "a") == "2 A"
    assert label_of(letters("ab", listed="b"), "a") == "A"


@pytest.mark.parametrize("character", ["\u202e", "\u200d", "\x07", "\n", "\u2028"])
def test_what_a_picture_cannot_show_becomes_a_space(character: str) -> None:
    assert label(names=(f"one{character}two",)) == "one two"


def test_the_width_of_a_text_depends_on_its_letters() -> None:
    assert text_width("ill.") < text_width("nnnn") < text_width("NNNN") < text_width("WWWW")
    assert text_width("論文") > text_width("NN")
    assert text_width("e\u0301") == text_width("e")
    assert text_width("abc") == pytest.approx(text_width("a") + text_width("b") + text_width("c"))
