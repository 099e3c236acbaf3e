"""Titles and names as text: compared without accents, shown without harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from .display_width import beginning

LETTERS_WITHOUT_DECOMPOSITION = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "\u0131": "i",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
}
"""What `fold` makes of letters that Unicode does not decompose."""
_SIMPLER_LETTERS = str.maketrans(LETTERS_WITHOUT_DECOMPOSITION)
_PLAIN_NAME = re.compile(r"[\w.-]{1,40}")
_WORD = re.compile(r"[^\W_]+")
MARKUP_SIGNS = re.compile(r"[<&$\\]")
"""A text without any of these has no markup that `words` would take for letters."""
_MARKUP = re.compile(r"<[/a-z]|&[#a-z]|[\\${]", re.IGNORECASE)
"""What markup has besides: "Methods & Insights" and "p < 0.05" have none, and the patterns of markup load slowly."""
_STOP_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in", "into"}
    | {"is", "it", "of", "on", "or", "the", "to", "via", "what", "with"}
)
# Direction overrides and isolates can make a line read as something that it is not.
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
)
# Not Cf: joiners belong to emoji and to Persian, and blanks without width (U+200B) part the words of Khmer and Thai.
_INVISIBLE = {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
_HIDDEN = re.compile(
    "[\U000e0000-\U000e007f\ufeff\u180e]|(?<![^\\x00-\\x7f])[\u00ad\u200b-\u200d\u2060-\u2064]+(?![^\\x00-\\x7f])"
)
"""Tags and marks of byte order; and what has no width between characters of ASCII, where no script needs it."""


def fold(text: str) -> str:
    """Case-fold and drop accents: ``Łukasz Kaiser`` and ``lukasz kaiser`` are one.

    >>> fold("Jürgen Schmidhuber")
    'jurgen schmidhuber'
    """
    if text.isascii():  # most are, and then there is nothing to take apart
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_SIMPLER_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text as it is shown, digits kept; markup is none of them.

    >>> words("Self-attention does NOT need O(n²) memory")
    ['self', 'attention', 'does', 'not', 'need', 'o', 'n2', 'memory']
    >>> words("CO<sub>2</sub> in <i>E. coli</i>")
    ['co2', 'in', 'e', 'coli']
    """
    if MARKUP_SIGNS.search(text) and _MARKUP.search(text):
        from .markup import without_markup  # few texts need it

        text = without_markup(text)
    return _WORD.findall(fold(text))


def normalised_title(title: str) -> str:
    """The form in which titles are compared: letters and digits only.

    Word breaks go, because one paper prints "pre-training" and the next "pretraining"; digits
    stay, because "Llama 2" is not "Llama 3".

    >>> normalised_title("BERT: Pre-training of {Deep}…") == normalised_title("bert: pretraining of deep")
    True
    >>> normalised_title("CO<sub>2</sub> in <i>E. coli</i>") == normalised_title("CO2 in E. coli")
    True
    """
    return "".join(words(title))


def significant_words(title: str) -> list[str]:
    """The words of a title that say something, in ASCII, for use in a key.

    >>> significant_words("On the properties of neural machine translation")[:2]
    ['properties', 'neural']
    """
    ascii_words = [word if word.isascii() else re.sub("[^a-z0-9]", "", word) for word in words(title)]
    return [word for word in ascii_words if word and word not in _STOP_WORDS]


def fingerprint(text: str, *, digits: int = 4) -> str:
    """A short, stable mark of a text, for telling namesakes apart.

    >>> fingerprint("abc"), len(fingerprint("abc", digits=12))
    ('ba78', 12)
    """
    import hashlib  # loads slowly

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def for_terminal(text: str) -> str:
    r"""Text that a terminal can only show: controls and direction overrides become visible escapes.

    What is invisible alone stays where a script may need it, beside a letter that is not ASCII: joiners, blanks without
    width. Between ASCII letters it only hides something, and becomes an escape, too. `visible_json` escapes all of it.

    >>> print(for_terminal("red\x1b[31m alert"))
    red\x1b[31m alert
    >>> khmer = "ភាសា\u200bខ្មែរ"
    >>> for_terminal(khmer) == khmer, for_terminal("In\u200bstruct")
    (True, 'In\\u200bstruct')
    """
    if text.isprintable():
        return text
    return "".join(
        _escaped(c) if unicodedata.category(c) in _INVISIBLE or c in _BIDI_CONTROLS else c
        for c in _HIDDEN.sub(lambda found: "".join(map(_escaped, found[0])), text)
    )


def _escaped(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii")


def harmless(text: str, *, passes: str = "\n\t") -> str:
    r"""Lines that a terminal can only show: `for_terminal` of what stands between the controls that may pass.

    >>> harmless("one\x9b\n\ttwo\n")
    'one\\x9b\n\ttwo\n'
    """
    return "".join(part if part in passes else for_terminal(part) for part in re.split(f"([{passes}])", text))


def visible_json(value: Any, *, indent: int | None = None) -> str:
    r"""A value as JSON in which a person sees every character: what is invisible, or obeyed, is escaped as JSON does.

    A parser reads the same value. Without `indent` it is on one line, without blanks.

    >>> print(visible_json({"title": "red\x9b \u202e alert"}))
    {"title":"red\u009b \u202e alert"}
    """
    import json  # loads slowly

    def visible(text: str) -> str:
        return _invisible().sub(lambda match: json.dumps(match[0])[1:-1], text)

    text = visible(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    if not indent:
        return text
    import msgspec  # it indents in a quarter of the time

    try:
        return msgspec.json.format(text, indent=indent)
    except (msgspec.DecodeError, RecursionError):  # half a character, which it takes for a fault
        return visible(json.dumps(value, ensure_ascii=False, indent=indent))


@cache
def _invisible() -> re.Pattern[str]:
    """Controls, direction overrides and invisible characters."""
    return re.compile(
        "[\x7f-\xa0\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164"
        "\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U0010ffff]"
    )


def listed(names: Iterable[str]) -> str:
    """Names one after the other in a sentence; one that is not a plain word stands in quotes, as JSON has it.

    >>> print(listed(["rlhf", "say: done"]))
    rlhf, "say: done"
    """
    return ", ".join(name if _PLAIN_NAME.fullmatch(name) else visible_json(name) for name in names)


def for_xml(text: str) -> str:
    r"""Text without the characters that XML 1.0 cannot hold, with ``\n`` for every line end.

    >>> for_xml("a\x00b\r\nc")
    'ab\nc'
    """
    if text.isprintable():
        return text
    return _xml_forbidden().sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def _xml_forbidden() -> re.Pattern[str]:
    """What XML cannot hold; compiled when it is first needed, for it takes longer than all other patterns."""
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_line(text: str) -> str:
    r"""The text on one line, without controls; what joins letters and turns directions stays.

    >>> one_line("two\nlines\x07 ")
    'two lines'
    """
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in _INVISIBLE else c for c in text)
    return " ".join(text.split())


def shown(text: str) -> str:
    r"""The text on one line as a picture or a page may show it: without controls and direction overrides.

    >>> shown("one\n\u202etw\u200bo")
    'one two'
    """
    return one_line(
        text if text.isprintable() else "".join(c for c in _HIDDEN.sub("", text) if c not in _BIDI_CONTROLS)
    )


def clipped(text: str, width: int) -> str:
    """At most `width` code points, with an ellipsis where something was left out; no character is torn.

    >>> clipped("Attention Is All You Need", 12)
    'Attention I…'
    """
    return text if len(text) <= width else beginning(text, width - 1).rstrip() + "…"


def plural(number: int, noun: str) -> str:
    """The noun as it stands behind a number.

    >>> plural(1, "entry"), plural(2, "entry"), plural(0, "path")
    ('entry', 'entries', 'paths')
    """
    if number == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
