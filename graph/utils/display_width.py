"""How wide a text is on a terminal, and where it can be broken: wcwidth's tables, loaded for texts that need them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WIDE_OR_ZERO = re.compile("[^ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff]")
"""What may fill two columns of a terminal, or none; letters, dashes, quotes and arrows of the West fill one."""


def display_width(text: str) -> int:
    r"""The columns that a text without controls fills on a terminal.

    >>> display_width("BERT → GPT"), display_width("论文"), display_width("e\u0301"), display_width("👩‍🔬")
    (10, 4, 1, 2)
    """
    if not _WIDE_OR_ZERO.search(text):
        return len(text)
    from wcwidth import width  # loads slowly

    return width(text)


def graphemes(text: str) -> Iterator[str]:
    r"""The characters as a reader counts them: letters with their accents, joined emoji.

    >>> [len(each) for each in graphemes("e\u0301👩‍🔬")]
    [2, 3]
    """
    if not _WIDE_OR_ZERO.search(text):
        return iter(text)
    from wcwidth import iter_graphemes  # loads slowly

    return iter_graphemes(text)


def beginning(text: str, length: int) -> str:
    r"""The beginning of a text, of at most so many code points; no character is torn.

    >>> beginning("Attention", 4), beginning("cafe\u0301", 4), beginning("👩‍🔬 here", 2)
    ('Atte', 'caf', '')
    """
    if len(text) <= length or text[: length + 1].isascii():
        return text[:length]
    end = 0
    for each in graphemes(text):
        if end + len(each) > length:
            break
        end += len(each)
    return text[:end]


def cut(text: str, width: int) -> str:
    """At most so many columns of a text, with an ellipsis where something was left out; no character is torn.

    >>> cut("Attention Is All You Need", 12), cut("注意力就是一切", 8)
    ('Attention I…', '注意力…')
    """
    if display_width(text) <= width:
        return text
    head = next(_pieces(text, width - 1, width))
    return (head.rstrip() if display_width(head) < width else "") + "…"


ADDRESS = re.compile(r"\S*://\S*")


def wrap(text: str, width: int, *, first: int | None = None, whole: re.Pattern[str] = ADDRESS) -> list[str]:
    """The lines of a text, broken at blanks; a word that is too long for a line is broken between characters.

    What `whole` matches is never broken, such as an address, so that it can be clicked and copied. `first` is the width
    of the first line.

    >>> wrap("Attention Is All You Need", 10)
    ['Attention', 'Is All You', 'Need']
    >>> wrap("注意力就是一切", 6)
    ['注意力', '就是一', '切']
    >>> wrap("see https://doi.org/10.1016/S0169 there", 10, first=3)
    ['see', 'https://doi.org/10.1016/S0169', 'there']
    """
    lines, line, room = [], "", width if first is None else first
    for word in words_of(text, whole):
        joined = f"{line} {word}" if line else word
        if line and display_width(joined) > room:
            lines.append(line)
            room, joined = width, word
        if joined == word and display_width(word) > room and not whole.fullmatch(word):
            *full, joined = _pieces(word, room, width)
            lines += full
            room = width if full else room
        line = joined
    return [*lines, line]


def words_of(text: str, whole: re.Pattern[str] = ADDRESS) -> list[str]:
    """The parts of a text that stay on one line where they fit into one."""
    return re.findall(rf"{whole.pattern}|\S+", text)


def _pieces(word: str, first: int, width: int) -> Iterator[str]:
    """A word in parts that fill a line each, of one character at least; the first line may be shorter."""
    piece: list[str] = []
    filled, room = 0, first
    for each in graphemes(word):
        columns = display_width(each)
        if piece and filled + columns > room:
            yield "".join(piece)
            piece, filled, room = [], 0, width
        piece.append(each)
        filled += columns
    yield "".join(piece)
