"""How papers look in every picture: their theme, colour and label."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graph.exports.style import (
    COLOURS,
    NO_COLOUR,
    colour_of,
    label_of,
    text_width,
    theme_colours,
    theme_letters,
    theme_of,
)
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


def test_the_first_colours_are_those_of_okabe_and_ito() -> None:
    """As Wong 2011 prints them, doi:10.1038/nmeth.1618, without black."""
    lineage = synthetic(["2020"] * 9, themes=9, listed=9)
    colours = list(theme_colours(lineage).values())
    assert colours[:7] == ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"]
    assert colours[7:] == ["#600078", "#A8D8C0"]
    assert (colour_of(lineage, "t1"), colour_of(lineage, None)) == ("#E69F00", NO_COLOUR)


# Of Machado, Oliveira and Fernandes 2009, doi:10.1109/TVCG.2009.113, at full severity, for linear red, green and blue.
DEFICIENCIES = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# Ottosson's Oklab, https://bottosson.github.io/posts/oklab/
TO_LMS = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
          [0.0883024619, 0.2817188376, 0.6299787005]]  # fmt: skip
TO_LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
          [0.0259040371, 0.7827717662, -0.8086757660]]  # fmt: skip


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def seen(colour: str, deficiency: str) -> np.ndarray:
    """A colour in Oklab, as people with a colour vision deficiency see it."""
    shown = np.clip(np.array(DEFICIENCIES[deficiency]) @ linear(colour), 0, 1)
    return np.array(TO_LAB) @ np.cbrt(np.array(TO_LMS) @ shown)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_people_with_a_colour_vision_deficiency_tell_twelve_themes_apart(deficiency: str) -> None:
    """No pair is nearer than the nearest of Okabe and Ito's own, which were chosen for that."""
    colours = [seen(colour, deficiency) for colour in (*COLOURS, NO_COLOUR)]
    assert len(colours) == 13
    original = min(float(np.linalg.norm(one - other)) for one, other in combinations(colours[:7], 2))
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(colours, 2)) >= min(original, 0.07)


def test_every_theme_has_a_letter_of_its_own() -> None:
    said = list(theme_letters(synthetic(["2020"] * 30, themes=30, listed=30)).values())
    assert said[:3] == ["A", "B", "C"]
    assert said[25:28] == ["Z", "27", "28"]
    assert len(set(said)) == 30


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
