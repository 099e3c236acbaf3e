"""Titles with markup are compared by what they show."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.utils.markup import without_markup
from graph.utils.text import fold, normalised_title, words


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("Effects of CO<sub>2</sub> on <i>E. coli</i>", "Effects of CO2 on E. coli"),
        (
            'The <span class="nocase">iPhone</span> and <span style="font-variant:small-caps;">Dna</span>',
            "The iPhone and Dna",
        ),
        ("Foam &amp; Spray &#8211; a &#x3b2;-Survey", "Foam & Spray – a β-Survey"),
        ("&lt;i&gt;Drosophila&lt;/i&gt; &amp;amp; Friends", "Drosophila & Friends"),
        ("<jats:italic>p</jats:italic> &lt; 0.05", "p < 0.05"),
        (
            'Decay of <mml:math xmlns:mml="m"><mml:msup><mml:mi>B</mml:mi><mml:mn>0</mml:mn></mml:msup></mml:math>',
            "Decay of B0",
        ),
        ("<math><semantics><mi>k</mi><annotation encoding='tex'>k</annotation></semantics></math>-means", "k-means"),
        (r"$\mathcal{O}(n \log n)$ Sorting", "O(n log n) Sorting"),
        (r"$\alpha$-Fe$_2$O$_3$ and $\varepsilon$", "α-Fe_2O_3 and ε"),
        (r"\emph{Attention} is \textbf{All}", "Attention is All"),
        (
            r"Schr{\"o}dinger, Erd\H{o}s, {\L}ukasz, na\"{\i}ve, Fran\c{c}ois, \'Etat",
            "Schrödinger, Erdős, Łukasz, naïve, François, État",
        ),
        (r"\texorpdfstring{$\pi$}{pi}-Calculus\footnote{With thanks}", "pi-Calculus"),
        (r"A 50\% Rise at \$5", "A 50% Rise at $5"),
    ],
)
def test_markup_is_no_letter_of_a_title(marked: str, shown: str):
    assert without_markup(marked) == shown
    assert normalised_title(marked) == normalised_title(shown)
    assert words(marked) == words(shown)


@pytest.mark.parametrize("title", ["BERT's <MASK> and <unk>", "R&D at AT&T", "A < B > C", "x &notanentity y", "1 <2"])
def test_what_only_looks_like_markup_stays(title: str):
    assert without_markup(title) == title


@given(st.text(alphabet="<>/&;\\{}$ai #amp", max_size=60))
def test_any_text_is_read(text: str):
    assert len(without_markup(text)) <= len(text) + text.count("\\")


@given(st.text(st.sampled_from("aſKé &#;<>/$\\{}^x1-"), max_size=12))
def test_the_words_of_a_text_with_signs_of_markup_are_those_that_it_shows(text: str):
    """Whether a text is looked through for markup must not change its words."""
    if any(sign in text for sign in "<&$\\"):
        assert words(text) == re.findall(r"[^\W_]+", fold(without_markup(text)))
