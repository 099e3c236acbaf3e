"""Titles and names as text: compared without accents, shown without harm."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

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
NAME_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
"""What may follow a family name, folded."""
_NAME_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le"}
    | {"ten", "ter", "van", "von", "y"}
)
_AND_OTHERS = re.compile(r"[\s,;]{0,3}[(\[]?\b(?:et\.? al|and others)\b\.?[)\]]?\s{0,3}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "how", "in", "into"}
    | {"is", "it", "of", "on", "or", "the", "to", "via", "what", "with"}
)
# Direction overrides and isolates can make a line read as something that it is not.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}  # not Cf: joiners belong to emoji and to Persian


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
    """The folded words of a text, digits kept.

    >>> words("Self-attention does NOT need O(n²) memory")
    ['self', 'attention', 'does', 'not', 'need', 'o', 'n2', 'memory']
    """
    return _WORD.findall(fold(text))


def normalised_title(title: str) -> str:
    """The form in which titles are compared: letters and digits only.

    Word breaks go, because one paper prints "pre-training" and the next "pretraining"; digits
    stay, because "Llama 2" is not "Llama 3".

    >>> normalised_title("BERT: Pre-training of {Deep}…") == normalised_title("bert: pretraining of deep")
    True
    """
    return "".join(words(title))


def surname(author: str) -> str:
    """The folded family name, from "Given Family" or "Family, Given".

    >>> surname("Kyunghyun Cho"), surname("Cho, K."), surname("Wilson L. Taylor Jr."), surname("Zeng et al.")
    ('cho', 'cho', 'taylor', 'zeng')
    """
    author = _AND_OTHERS.sub("", author) or author
    family = author.partition(",")[0] if "," in author else author
    parts = [part for part in words(family) if part not in NAME_SUFFIXES]
    return parts[-1] if parts else ""


def name_parts(author: str) -> frozenset[str]:
    """The folded parts of a name that tell people apart: no initials, no "de" or "van", no "et al.".

    >>> sorted(name_parts("Cyprien de Masson d'Autume")), sorted(name_parts("Q. V. Le et al."))
    (['autume', 'cyprien', 'masson'], ['le'])
    """
    author = _AND_OTHERS.sub("", author)
    particles = {part for part in _WORD.findall(author) if part in _NAME_PARTICLES}
    parts = frozenset(part for part in words(author) if len(part) > 1 and part not in NAME_SUFFIXES)
    return parts - particles or parts


def same_person(one: str, other: str) -> bool:
    """Whether two spellings of a name can be one person: they share a part that is no initial.

    >>> same_person("K. Cho", "Kyunghyun Cho"), same_person("Xia Hu", "Edward J. Hu")
    (True, True)
    >>> same_person("Alec Radford", "Jeremy Howard"), same_person("Cyprien de Masson", "Nando de Freitas")
    (False, False)
    """
    return bool(name_parts(one) & name_parts(other))


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

    >>> print(for_terminal("red\x1b[31m alert"))
    red\x1b[31m alert
    """
    if text.isprintable():
        return text
    return "".join(
        c.encode("unicode_escape").decode("ascii")
        if unicodedata.category(c) in _INVISIBLE or c in _BIDI_CONTROLS
        else c
        for c in text
    )


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

    >>> shown("one\n\u202etwo")
    'one two'
    """
    return one_line(text if text.isprintable() else "".join(c for c in text if c not in _BIDI_CONTROLS))


def clipped(text: str, width: int) -> str:
    """At most `width` characters, with an ellipsis where something was left out.

    >>> clipped("Attention Is All You Need", 12)
    'Attention I…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
