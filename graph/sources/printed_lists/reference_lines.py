"""Which lines of a copied list are one reference: by numbers, blank lines, indents, or the names that begin them."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import chain, pairwise

from ...model.identifiers import identifiers_in
from .line_ends import in_one_line
from .list_marks import LABEL, NUMBER_AHEAD, without_number
from .page_furniture import is_among_numbered, is_furniture
from .printed_names import FAMILY, INITIALS, PARTICLES, YEAR
from .reference_text import printed_reference
from .same_authors import DASH

_MOST_LINES = 12
"""Of one reference; a longer part of a text is none."""
_GOES_ON = r"(?:[,.] | and | & | et al|,$)"
_BEGINNING = re.compile(
    rf"{PARTICLES}{FAMILY}(?: {FAMILY})?, (?:[^\W\d_a-z]\.|{FAMILY}(?: [^\W\d_a-z]\.)?,? )"
    rf"|{INITIALS}{PARTICLES}{FAMILY}{_GOES_ON}"
    rf"|{FAMILY}(?: [^\W\d_a-z](?:\.|[\w'\u2019-]{{0,40}})){{1,3}}{_GOES_ON}"
    rf"|{PARTICLES}{FAMILY} (?:[A-Z]{{1,3}}[,.] |et al)"
    rf"|[^\W\d_a-z][^\n.]{{1,60}}[.,] \(?{YEAR}[a-z]?\)?\."
    rf"|{DASH}"
)
"""The first name of a reference, in any order, or an organisation before a year: "Ono, A.", "Ann B. Ono and"."""


def one_a_line(lines: Sequence[str]) -> list[str]:
    """The lines with each reference that goes on over several in its first line, and nothing in the others.

    Lines are joined only where they are a reference together: so no line with a title of its own is lost. A heading,
    and what a page prints around its text, is left out.

    >>> one_a_line(["References", "[1] A. Ono, \u201cTides of", "the sea,\u201d 1999.", "[2] B. Li. Sand. 2001."])
    ['', '[1] A. Ono, \u201cTides of the sea,\u201d 1999.', '', '[2] B. Li. Sand. 2001.']
    """
    found = [line.strip("\ufeff\r\n") for line in lines]
    if sum(map(bool, map(str.strip, found))) > 1:  # a number alone may be all that a person types
        found = ["" if is_furniture(line) else line for line in found]
    numbered = [n for n, line in enumerate(found) if NUMBER_AHEAD.match(line)]
    for n in range(numbered[0], numbered[-1]) if len(numbered) > 1 else ():
        found[n] = "" if is_among_numbered(found[n]) else found[n]
    written = [n for n, line in enumerate(found) if line.strip()]
    gaps = [n for n, line in enumerate(lines) if not line.strip()]  # a page number is none
    blocks = pairwise([*_starts(found, written, gaps), len(found)])
    for part in chain.from_iterable(_parts(found, range(*block)) for block in blocks):
        if 1 < len(part) <= _MOST_LINES and (together := _joined([found[n] for n in part])):
            found[part[0]] = together
            for n in part[1:]:
                found[n] = ""
    return found


def _starts(lines: Sequence[str], written: Sequence[int], gaps: Sequence[int]) -> list[int]:
    """Where references begin: at their numbers, at lines without an indent where others have one, or behind gaps."""
    numbered = [n for n in written if NUMBER_AHEAD.match(lines[n]) or LABEL.match(lines[n])]
    if len(numbered) > 1:
        above = [n for n in written if n < numbered[0]]
        return [*_starts(lines, above, gaps), *numbered]
    flush = [n for n in written if not lines[n][0].isspace()]
    if flush and len(flush) < len(written):
        return flush
    behind = {bisect(written, gap) for gap in gaps}
    return [n for at, n in enumerate(written) if at == 0 or at in behind]


def _parts(lines: Sequence[str], block: Sequence[int]) -> list[list[int]]:
    """The lines of each reference of a block, which only the names at their beginnings part.

    What begins with names and names no paper belongs to the reference before it: "Neural Information Processing
    Systems, 2017.".
    """
    parts: list[list[int]] = []
    for part in _begun(lines, block):
        text = in_one_line("\n".join(lines[n] for n in part))
        if parts and not printed_reference(text) and not identifiers_in(text):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _begun(lines: Sequence[str], block: Sequence[int]) -> list[list[int]]:
    """The lines from each beginning to the next: a name, or behind a line that is a reference another that is one."""
    parts: list[list[int]] = []
    for n in filter(lambda n: lines[n].strip(), block):
        before = parts[-1] if parts else []
        is_next = before and _is_whole(lines[before[0]]) and printed_reference(lines[n])
        if not before or is_next or _begins(lines[n], lines[before[-1]]):
            parts.append([n])
        else:
            before.append(n)
    return parts


def _is_whole(line: str) -> bool:
    return line.endswith(".") and bool(printed_reference(line))


def _begins(line: str, before: str) -> bool:
    """Whether a reference begins with a line: with a name, and behind one that can end another."""
    return _can_end(before) and bool(_BEGINNING.match(line))


def _can_end(line: str) -> bool:
    return line.rstrip().endswith((".", ")", "]")) or bool(identifiers_in(line.rstrip().rpartition(" ")[2]))


def _joined(block: Sequence[str]) -> str | None:
    """The lines as one reference; None where they are not one, or one of them is one by itself."""
    lines = list(map(without_number, block))
    first, last = lines[0], lines[-1]
    if any(_can_end(before) and printed_reference(line) for before, line in pairwise(lines)):
        return None
    if _is_whole(first) and not last.endswith("."):
        return None
    together = in_one_line("\n".join(block))
    return together if printed_reference(without_number(together)) else None
