"""Text over several lines as one: words and identifiers that a line end parts are whole again."""

from __future__ import annotations

import re

from ...utils.text import one_line
from .identifiers_printed import joined_lines

_HYPHEN = re.compile(
    r"(?:^|(?<=[\s(\[\u201c\u2018\"'-]))([^\W\d_]{1,30})[-\u00ad\u2010][ \t]{0,8}\n[ \t]{0,80}([^\W\d_]{1,30})"
)
"""A word that a line end parts; a part of an address or of an identifier is none."""
_BEFORE_A_HYPHEN = frozenset(
    {"pre", "fine", "self", "few", "zero", "one", "multi", "non", "co", "re", "cross", "large", "long", "short", "end"}
    | {"state", "low", "high", "well", "real", "open", "semi", "meta", "in", "to", "deep", "time", "text", "data"}
)
_BEHIND_A_HYPHEN = frozenset(
    {"based", "shot", "tuning", "training", "level", "scale", "of", "to", "term", "aware", "free", "driven", "learning"}
    | {"trained", "end", "art", "like", "order", "wise", "specific", "supervised"}
)
"""Parts of words that a hyphen parts within a line too: "pre-training", "state-of-the-art"."""


def in_one_line(text: str) -> str:
    r"""The text on one line, a parted word with its hyphen where it has one within a line too.

    >>> in_one_line("Deep bidi-\nrectional recog-\n  nition of pre-\ntrained seas")
    'Deep bidirectional recognition of pre-trained seas'
    """
    return one_line(joined_lines(_HYPHEN.sub(_whole_word, text)))


def _whole_word(parted: re.Match[str]) -> str:
    begins, ends = parted[1].casefold() in _BEFORE_A_HYPHEN, parted[2].casefold() in _BEHIND_A_HYPHEN
    return f"{parted[1]}-{parted[2]}" if begins or ends or parted[2][0].isupper() else f"{parted[1]}{parted[2]}"
