r"""TeX as it is shown, with marks where a block, an emphasis, a link or a named field begins and ends.

pylatexenc turns accents, symbols and simple formulas into text. What it reads wrongly in lists of references is read
here before: links (whose text it loses, or whose "%" it takes for a comment), penalties, fields with a name in front,
and what styles add for sorting.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import count

from .marked_text import BLOCK, BOLD, EMPHASIS, FIELDS, OPENED, MarkedText
from .same_authors import SAME_AUTHORS
from .tex_commands import (
    BLANKS,
    BOLD_FACES,
    DROPPED_ARGUMENTS,
    EMPHATIC,
    JOURNALS,
    SECOND_ARGUMENT,
    SHOWN_AS_THEY_STAND,
    SIGNS,
    SWITCHES,
)
from .tex_source import argument, depth_of, option, skip_blanks

_DEEPEST, _LONGEST = 40, 20_000
_NEXT = re.compile(r"\\([A-Za-z@]+)\*?|\\.|\{|\$", re.DOTALL)
_STRETCH = re.compile(
    r"\s*-?[\d.]*\s*(?:\\[A-Za-z]+|[a-z]{2})?(?:\s*(?:plus|minus)\s*-?[\d.]+\s*[a-z]{2,4})*(\s*\\relax)?\s?"
)
_PENALTY = re.compile(r"\s*-?\d+\s?")
_VERB = re.compile(r"([^A-Za-z\s*])(.*?)\1", re.DOTALL)


Reader = Callable[[MarkedText, str, int, int], tuple[str, int]]
"""Reads a command behind its name: the text, the place and the depth there; what it shows, and where it ends."""


def marked_text(tex: str) -> MarkedText:
    r"""An entry as it is shown.

    >>> text = marked_text("J. Smith, \\emph{Tides}, 9\\penalty0 (8), \\href{https://doi.org/10.5555/t%20x}{Link}")
    >>> text.plain(), text.links_in(text.text)
    ('J. Smith, Tides, 9(8), Link', ['https://doi.org/10.5555/t%20x'])
    """
    found = MarkedText("")
    tex = tex[:_LONGEST]
    depth = depth_of(tex)
    if depth is None or depth > _DEEPEST:  # what belongs to what is not known then
        tex = re.sub(r"(?<!\\)[{}]", " ", tex)
    rewritten = _rewritten(found, tex, 0)
    found.text = _as_text(rewritten)
    return found


def text_of_tex(tex: str) -> str:
    r"""A value as it is shown, without marks.

    >>> text_of_tex("Erd{\\H o}s and {\\L}ukasz: {BERT} in $O(n)$")
    'Erdős and Łukasz: BERT in O(n)'
    """
    return marked_text(tex).plain()


def _rewritten(found: MarkedText, tex: str, depth: int) -> str:
    parts, at = [], 0
    while match := _NEXT.search(tex, at):
        parts.append(tex[at : match.start()])
        at = match.end()
        if match[0] == "$":
            end = tex.find("$", at)
            end = len(tex) if end < 0 else end + 1
            parts.append(tex[match.start() : end])
            at = end
        elif match[0] == "{":
            text, at = argument(tex, match.start())
            parts.append(_group(found, text, depth) if depth < _DEEPEST else text)
        elif match[1]:
            text, at = _command(found, tex, match, depth)
            parts.append(text)
        else:
            parts.append("\\" + match[0][1:])
    parts.append(tex[at:])
    return "".join(parts)


def _group(found: MarkedText, tex: str, depth: int) -> str:
    """A group, which a switch at its beginning sets as a whole."""
    switch = re.match(r"\s*\\([A-Za-z]+)(?![A-Za-z])\s*", tex)
    inner = _rewritten(found, tex[switch.end() :] if switch and switch[1] in SWITCHES else tex, depth + 1)
    if switch and switch[1] in EMPHATIC:
        return f"{EMPHASIS[0]}{inner}{EMPHASIS[1]}"
    if switch and switch[1] in BOLD_FACES:
        return f"{BOLD[0]}{inner}{BOLD[1]}"
    return f"{{{inner}}}"


def _command(found: MarkedText, tex: str, match: re.Match[str], depth: int) -> tuple[str, int]:
    name, at = match[1], match.end()
    if depth >= _DEEPEST:
        return " ", at
    if name in _READERS:
        return _READERS[name](found, tex, at, depth)
    if name in JOURNALS and not tex.startswith("{", at):
        return name.upper(), at
    if name in SHOWN_AS_THEY_STAND or not _is_known(name):
        found.unknown |= {name} - SHOWN_AS_THEY_STAND
        return ("" if tex.startswith("{", skip_blanks(tex, at)) else " "), at
    return f"\\{name} " if tex[at : at + 1].isalpha() else f"\\{name}", at


def _showing(text: str) -> Reader:
    return lambda _found, _tex, at, _depth: (text, at)


def _dropping(arguments: int) -> Reader:
    """A reader of a command that shows nothing."""

    def read(_found: MarkedText, tex: str, at: int, _depth: int) -> tuple[str, int]:
        for _ in range(arguments):
            _, at = option(tex, at)
            _, at = argument(tex, at)
        return "", at

    return read


def _between(first: str, last: str, *, skipped: int = 0) -> Reader:
    """A reader of a command that shows an argument between two signs, after others that it does not show."""

    def read(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
        for _ in range(skipped):
            _, at = argument(tex, at)
        text, at = argument(tex, at)
        return f"{first}{_rewritten(found, text, depth + 1)}{last}", at

    return read


def _first_of_two(first: str, last: str) -> Reader:
    """A reader of a command that has its text twice, in two spellings."""

    def read(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
        text, at = _between(first, last)(found, tex, at, depth)
        return text, argument(tex, at)[1]

    return read


def _read_link(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
    _, at = option(tex, at)
    to, at = argument(tex, at)
    text, at = argument(tex, at)
    return found.link(_address(to)) + _rewritten(found, text, depth + 1), at


def _read_address(prefix: str) -> Reader:
    """A reader of a command whose argument is an address or, after a prefix, an identifier; it is shown as it is."""

    def read(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
        kind, at = option(tex, at)
        text, at = argument(tex, at)
        address = _address(text)
        if address.startswith("\\") or not address:
            return " ", at
        named = f"{kind}:" if kind and prefix == "eprint:" else prefix.replace("eprint:", "arxiv:")
        to = address if re.match(rf"(?:{re.escape(named)}|https?:)", address, re.IGNORECASE) else named + address
        return f" {found.link(to, shown=to if kind or prefix else address)} ", at

    return read


def _address(text: str) -> str:
    """An address as it is used: without blanks, and without what TeX needs in front of signs."""
    return re.sub(r"\\([%&#$_{}~])", r"\1", "".join(text.split())).replace("\\textunderscore", "_")


def _read_verb(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
    match = _VERB.match(tex, at)
    return (f" {found.link(match[2], shown=match[2])} ", match.end()) if match else (" ", at)


def _read_begin(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
    """Drop the beginning of an environment: its name, and an option."""
    _, at = argument(tex, at)
    return " ", option(tex, at)[1]


def _read_field(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
    name, at = argument(tex, at)
    value, at = argument(tex, at)
    marks = FIELDS.get({"person": "author", "date": "year"}.get(name.strip(), name.strip()))
    text = _rewritten(found, value, depth + 1)
    return (f"{marks[0]}{text}{marks[1]}" if marks else text), at


def _read_stretch(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
    match = _STRETCH.match(tex, at)
    return (" " if match and match[1] else ""), match.end() if match else at


def _read_penalty(found: MarkedText, tex: str, at: int, depth: int) -> tuple[str, int]:
    match = _PENALTY.match(tex, at)
    return "", match.end() if match else at


_READERS: dict[str, Reader] = {
    **{name: _dropping(arguments) for name, arguments in DROPPED_ARGUMENTS.items()},
    **dict.fromkeys(BLANKS | SWITCHES, _showing(" ")),
    **{name: _showing(sign) for name, sign in SIGNS.items()},
    "newblock": _showing(BLOCK),
    "BibitemOpen": _showing(OPENED),
    **dict.fromkeys(("bysame", "bibsameauthor"), _showing(SAME_AUTHORS)),
    **dict.fromkeys(SECOND_ARGUMENT | {"href@noop"}, _between("", "", skipped=1)),
    **dict.fromkeys(EMPHATIC - SWITCHES, _between(*EMPHASIS)),
    **dict.fromkeys(BOLD_FACES - SWITCHES, _between(*BOLD)),
    **dict.fromkeys(("enquote", "mkbibquote", "bibenquote"), _between("\u201c", "\u201d")),
    **dict.fromkeys(("showarticletitle", "btitle", "btxtitlefont", "btxjtitlefont"), _between(*FIELDS["title"])),
    **dict.fromkeys(("bauthor", "btxnamefont"), _between(*FIELDS["author"])),
    "btxifchangecase": _first_of_two("", ""),
    "nmbibLink": _between("", "", skipped=2),
    "byear": _between(*FIELDS["year"]),
    "begin": _read_begin,
    **dict.fromkeys(("APACrefatitle", "APACrefbtitle"), _first_of_two(*FIELDS["title"])),
    **dict.fromkeys(("APACrefYear", "APACrefYearMonthDay"), _between(*FIELDS["year"])),
    **dict.fromkeys(("href", "Eprint"), _read_link),
    **dict.fromkeys(("url", "path", "nolinkurl", "burl", "Url", "harvardurl"), _read_address("")),
    **dict.fromkeys(("doi", "DOI", "bdoi"), _read_address("doi:")),
    **dict.fromkeys(("eprint", "arxiv", "arXiv", "showeprint"), _read_address("eprint:")),
    **dict.fromkeys(("pmid", "PMID"), _read_address("pmid:")),
    "verb": _read_verb,
    "bibinfo": _read_field,
    **dict.fromkeys(("hskip", "kern", "vskip"), _read_stretch),
    "penalty": _read_penalty,
}


_RUN = re.compile("(?<=\\s[^\\W_]{3})(?:[ ,.:;()/\ue000-\ue0ff]|[^\\W_])+(?<=[^\\W_])")
"""Letters that mean themselves to TeX: so far behind a command that it takes none of them."""
_FIRST_SIGN, _SIGN_OF_RUN = 0x100000, re.compile("[\U00100000-\U0010ffff]")
_LETTERS_CHANGE = re.compile(r"\\(?:math|begin|part|chapter|section|exercise|uebung)|[\U00100000-\U0010ffff]")
"""What changes letters that stand farther off, and the signs that stand for runs of them."""


@cache
def _convert() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text  # loads slowly
    from pylatexenc.latexwalker import get_default_latex_context_db

    converter = LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_braced_groups=False)
    return partial(converter.latex_to_text, latex_context=get_default_latex_context_db())


@cache
def _is_known(name: str) -> bool:
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    return bool(spec is not None and spec.macroname)


def _as_text(tex: str) -> str:
    """What TeX shows; where it is too broken to be read, the source without its commands.

    pylatexenc reads letter by letter: a sign stands for each run of letters, so that it reads a few signs.
    """
    import unicodedata

    runs = [] if _LETTERS_CHANGE.search(tex) else _RUN.findall(tex)
    signs = map(chr, count(_FIRST_SIGN))
    try:
        text = _convert()(_RUN.sub(lambda _: next(signs), tex) if runs else tex)
        text = _SIGN_OF_RUN.sub(lambda sign: runs[ord(sign[0]) - _FIRST_SIGN], text) if runs else text
    except (IndexError, ValueError, AttributeError, KeyError, TypeError, RecursionError):  # it fails on some inputs
        text = re.sub(r"\\[A-Za-z]+|[{}\\]", " ", tex)
    return unicodedata.normalize("NFC", text).replace("\xa0", " ")
