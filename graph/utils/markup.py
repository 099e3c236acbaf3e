"""Markup in texts: what is shown by a text with HTML tags, character references, or commands of TeX.

Reference managers write titles with rich text ("<i>E. coli</i>"), databases with MathML or TeX. A title is searched for
and compared by what it shows.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Only names that are known: "<unk>" and "<mask>" stand in titles as words.
_INLINE = (
    "a|abbr|b|big|bold|em|emph|font|i|inf|inline-formula|italic|mark|monospace|nobr|sc|scp|small|small-caps|span|strike"
    "|strong|sub|sup|tex-math|tt|u|underline|var"
)
_MATHML = (
    "math|maction|menclose|merror|mfenced|mfrac|mi|mmultiscripts|mn|mo|mover|mpadded|mphantom|mprescripts|mroot|mrow|ms"
    "|mspace|msqrt|mstyle|msub|msubsup|msup|mtable|mtd|mtext|mtr|munder|munderover|none|semantics"
)
_TAG = re.compile(rf"</?(?:[a-z]+:)?(?:{_INLINE}|{_MATHML})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:[a-z]+:)?(?:br|break|p|div|title|article-title)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# The same formula again, for programs.
_ANNOTATION = re.compile(r"<((?:[a-z]+:)?annotation(?:-xml)?)\b[^<>]*>[^<]*</\1>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?[ \t]*|\\([^A-Za-z])")
_OPERATORS = frozenset(
    {"arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom"}
    | {"inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup"}
    | {"tan", "tanh", "LaTeX", "TeX"}
)
_LETTERS = {
    "AA": "Å", "AE": "Æ", "DH": "Ð", "DJ": "Đ", "L": "Ł", "NG": "Ŋ", "O": "Ø", "OE": "Œ", "SS": "ẞ", "TH": "Þ",
    "aa": "å", "ae": "æ", "dh": "ð", "dj": "đ", "ell": "\u2113", "hbar": "ħ", "i": "\u0131", "j": "ȷ", "l": "ł",
    "ng": "ŋ", "o": "ø", "oe": "œ", "ss": "ß", "th": "þ", "aleph": "ℵ",
}  # fmt: skip
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", '"': "\u0308",
    "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_ACCENTED = re.compile(
    r"""\\(?:([`'^~=."])|([urHvdckb])(?![A-Za-z]))[ \t]*"""
    r"""(?:\{[ \t]*\\?([^\W\d_])[ \t]*\}|\\([ij])(?![A-Za-z])|([^\W\d_]))"""
)
_SYMBOLS = {"\\": " ", "-": "", "/": "", " ": " ", ",": " ", ";": " ", ":": " ", "!": "", "(": "", ")": ""}
_UNKNOWN_GREEK = {"lambda": "lamda"}  # as Unicode spells it
# \texorpdfstring{formula}{text} shows the text; notes are not shown in the title.
_TWO_WAYS = re.compile(r"\\texorpdfstring\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*(\{)")
_NOTES = re.compile(r"\\(?:footnote|footnotemark|thanks|cite[pt]?|label)\s*(?:\[[^][\\{}]*\])?\{[^{}]*\}")


def without_markup(text: str) -> str:
    r"""The text that is shown: without tags, with the characters that references and TeX stand for.

    Unknown tags, and signs that only look like markup, stay. Linear in the length of the text.

    >>> without_markup("Effects of CO<sub>2</sub> on <i>E. coli</i> &amp; Co")
    'Effects of CO2 on E. coli & Co'
    >>> without_markup(r"$\mathcal{O}(n \log n)$ for the {Schr{\"o}dinger} Equation at 50\% and <mask>")
    'O(n log n) for the Schrödinger Equation at 50% and <mask>'
    """
    if "&" in text or "<" in text:
        text = _without_html(text)
    return without_tex(text) if "\\" in text or "$" in text or "{" in text else text


def _without_html(text: str) -> str:
    for _ in range(3):  # "&amp;lt;i&amp;gt;" was escaped twice on its way
        replaced = _REFERENCE.sub(lambda reference: unescape(reference[0]), text)
        if replaced == text:
            break
        text = replaced
    return _TAG.sub("", _BREAK.sub(" ", _ANNOTATION.sub("", text)))


def without_tex(text: str) -> str:
    r"""The text that TeX shows, without formulas set: commands that are no letters are dropped.

    >>> without_tex(r"Erd{\H o}s and {\L}ukasz: \emph{$\beta$-Decay} of M\"{u}ller~\& Co")
    'Erdős and Łukasz: β-Decay of Müller & Co'
    """
    text = _NOTES.sub("", _TWO_WAYS.sub(r"\1", text))
    text = _ACCENTED.sub(_accented, text)
    text = _COMMAND.sub(_command, re.sub(r"(?<!\\)~", " ", text))
    text = re.sub(r"[{}]|(?<!\ue000)\$", "", text)
    return text.replace("\ue000", "")


def _accented(match: re.Match[str]) -> str:
    accent = _ACCENTS[match[1] or match[2]]
    letter = match[3] or match[4] or match[5]
    dotted = {"\u0131": "i", "\u0237": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", dotted + accent)


def _command(match: re.Match[str]) -> str:
    name, sign = match[1], match[2]
    if sign is not None:
        return _SYMBOLS.get(sign, "\ue000$" if sign == "$" else sign)
    if name in _LETTERS:
        return _LETTERS[name]
    if name in _OPERATORS:
        return f"{name} " if match[0].endswith((" ", "\t")) else name
    return _greek(name) or ("%" if name == "percent" else "")


def _greek(name: str) -> str:
    """The Greek letter of a command, such as ``alpha``, ``varphi`` and ``Omega``; "" for any other name."""
    lower = name.removeprefix("var").lower()
    if len(lower) > 7:
        return ""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {_UNKNOWN_GREEK.get(lower, lower).upper()}")
    except KeyError:
        return ""
