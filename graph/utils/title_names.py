"""Names and abbreviations in titles: "TensorFlow: A system for ...", LSTM of "Long short-term memory"."""

from __future__ import annotations

import re

from .text import words

_NAME_BEFORE_COLON = re.compile(r"([^\s:<>&$\\]{2,24}):\s+\S")
SMALL_WORDS = ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "via", "with")
"""Words that an abbreviation may leave out."""
LEAST_INITIALS, MOST_INITIALS = 3, 8


def name_in_title(title: str | None) -> str | None:
    """The name that a title gives to its subject before a colon: one word that is written as no ordinary word is.

    That is one with a capital or a digit behind its first letter. An ordinary word before a colon may be a name as
    well, but as often it is a topic.

    >>> name_in_title("TensorFlow: A system for large-scale machine learning"), name_in_title("T5: Text to text")
    ('TensorFlow', 'T5')
    >>> name_in_title("Adam: A method for stochastic optimization"), name_in_title("Attention is all you need")
    (None, None)
    """
    found = _NAME_BEFORE_COLON.match(title or "")
    if not found:
        return None
    name = found[1]
    is_name = any(letter.isalpha() for letter in name) and any(
        letter.isupper() or letter.isdigit() for letter in name[1:]
    )
    return name if is_name else None


def initials_pattern(text: str) -> bytes | None:
    r"""What finds the titles that a text abbreviates, in lines of folded words; None for what is no abbreviation.

    An abbreviation is three to eight capitals, perhaps with a small s behind. It may leave out words such as "of".

    >>> import re
    >>> pattern = initials_pattern("LSTM")
    >>> re.findall(pattern, b"\nlong short term memory\nlong term memory\n", re.M)
    [b'long short term memory']
    >>> initials_pattern("Lstm") is None
    True
    """
    letters = text.strip().removesuffix("s")
    if not (letters.isalpha() and letters.isupper() and LEAST_INITIALS <= len(letters) <= MOST_INITIALS):
        return None
    small = "(?:(?:" + "|".join(SMALL_WORDS) + ") )*"
    initials = [re.escape(letter) for word in words(letters) for letter in word]
    title = " ".join(f"{small}{letter}[^ \\n]*" for letter in initials)
    return f"^{title}$".encode()
