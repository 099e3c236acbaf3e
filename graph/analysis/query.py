"""Questions about paths as a person types them: "BERT → GPT-3 → InstructGPT", "A ↔ B", "* → A", "BERT to GPT"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import AmbiguousName, InputError, NameNotFound
from ..model.lineage import Lineage
from ..utils.arguments import refuse_other
from ..utils.text import clipped, listed
from .path_options import refuse_turned

Kind = Literal["path", "either", "ancestry", "descent"]
Find = Callable[[str], str]
LONGEST_QUESTION = 20_000
"""How many characters a question may have: some hundred long titles."""
MOST_SPLITS = 20
"""At how many of the words "to" a question is tried to be split: a title has no more."""
# Each begins at one place of a run alone, and takes no blanks, so that its time is linear in the text.
_ARROW = re.compile(r"→|⟶|➔|⇒|(?<![-=<])[-=]+>")
_BOTH = re.compile(r"↔|⟷|⇔|<[-=]+>")
_LIKE_AN_ARROW = re.compile(
    r"(?<![-=\u2013\u2014])[-=\u2013\u2014]*(?:>|&gt;)+|[➜➝➞➡▶►»⟹]|[,;](?=\s)|(?<=\s)[/|](?=\s)"
)
_BACKWARD = re.compile(r"[←⟵⇐]|<[-=\u2013\u2014]+")
_FROM = re.compile(r"^from(?=\s)\s+", re.IGNORECASE)
_TO = re.compile(r"(?<=\s)to(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A question about paths, with every name resolved to a key."""

    kind: Kind
    """"path": from the first paper to the last, through those between. "either": from the one to the other in either
    direction. "ancestry": all that led to the only paper (``* → X``). "descent": all that it led to (``X → *``)."""
    papers: tuple[str, ...]
    """Keys."""


def parse_words(find: Find, arguments: Sequence[str], *, example: str = "BERT → InstructGPT") -> Query:
    """Read a question about paths.

    Raises `InputError` when it is not a question about two papers, or about all that is before or after one, and
    `NameNotFound` or `AmbiguousName` when a name cannot be resolved.

    `find` gives the key of the paper that a name means, or raises. `arguments` are one or more words as the shell left
    them: ``["BERT → InstructGPT"]``, ``["BERT", "->", "InstructGPT"]``, ``["BERT", "to", "InstructGPT"]``,
    ``["BERT", "InstructGPT"]``. A fault shows `example`, of how two papers are named.

    >>> parse_words(str.casefold, ["BERT ↔ GPT"])
    Query(kind='either', papers=('bert', 'gpt'))
    """
    remedy = f"name two, as in: {example}"
    text = _text(arguments, remedy).strip()
    if len(text) > LONGEST_QUESTION:
        raise InputError(f"the question has {len(text):,} characters", remedy=f"use at most {LONGEST_QUESTION:,}")
    if not text or not all(argument.strip() for argument in arguments):
        raise InputError("two papers are needed", remedy=remedy)
    if _BOTH.search(text):
        return Query("either", _resolved(find, _parts(_BOTH, text), remedy, exactly=2))
    parts = _parts(_ARROW, text)
    if len(parts) > 1:
        return _along_arrows(find, parts, remedy)
    if len(arguments) == 2 and not _TO.search(text):
        return Query("path", _resolved(find, arguments, remedy, exactly=2))
    return Query("path", _split_at_to(find, text, arguments, remedy))


def _parts(sign: re.Pattern[str], text: str) -> list[str]:
    """What stands between signs."""
    return [part.strip() for part in sign.split(text)]


def _along_arrows(find: Find, parts: Sequence[str], remedy: str) -> Query:
    stars = [n for n, part in enumerate(parts) if part == "*"]
    if not stars:
        return Query("path", _resolved(find, parts, remedy))
    if len(parts) == 2 and len(stars) == 1:
        kind: Kind = "ancestry" if stars == [0] else "descent"
        return Query(kind, (find(parts[1 - stars[0]]),))
    raise InputError(
        "'*' can only stand on one side of a single arrow, where it means all papers",
        remedy="ask '* → InstructGPT' for what led to it, 'BERT → *' for what it led to",
    )


def _resolved(find: Find, parts: Sequence[str], remedy: str, *, exactly: int | None = None) -> tuple[str, ...]:
    if not all(parts) or (exactly is not None and len(parts) != exactly):
        needed = f"{exactly} papers" if exactly else "a paper on both sides of every arrow"
        raise InputError(f"{' → '.join(parts)!r} does not name {needed}", remedy=remedy)
    keys = tuple(find(part) for part in parts)
    if len(keys) > 2 and len(set(keys)) < len(keys):
        raise InputError("a path visits no paper twice", remedy="name every paper once")
    return keys


def _split_at_to(find: Find, text: str, arguments: Sequence[str], remedy: str) -> tuple[str, ...]:
    """Split at the "to" that has a paper on both sides; titles contain the word too."""
    splits = [(text[: match.start()].strip(), text[match.end() :].strip()) for match in _TO.finditer(text)][
        :MOST_SPLITS
    ]
    splits = [(older, other) for one, other in splits for older in (_FROM.sub("", one), one)]
    if len(arguments) == 2:
        splits.insert(0, (arguments[0], arguments[1]))
    if not splits and len(arguments) > 2 and not _with_an_arrow(text):
        example = "write one from the older to the newer, as in: 'BERT → InstructGPT'"
        raise InputError(f"{text!r} has no arrow between two papers", remedy=example)
    if not splits:
        raise InputError(f"{text!r} names one paper", remedy=_with_an_arrow(text) or remedy)
    faults = []
    for one, other in dict.fromkeys(splits):
        try:
            return find(one), find(other)
        except (NameNotFound, AmbiguousName, InputError) as fault:
            faults.append(fault)
    raise faults[0]


def _with_an_arrow(text: str) -> str:
    """What to write instead of two names with a sign between them that is no arrow; nothing for anything else."""
    for sign, order in ((_LIKE_AN_ARROW, 1), (_BACKWARD, -1)):
        names = _parts(sign, text)
        if len(names) == 2 and all(names):
            return f"write an arrow from the older paper to the newer one: '{' → '.join(names[::order])}'"
    return ""


def _text(arguments: Sequence[str], remedy: str) -> str:
    """The words of a question as one text."""
    for each in arguments:
        refuse_other("the question", each, str, remedy)
    return " ".join(arguments)


def two_papers(
    find: Find, arguments: Sequence[str], *, example: str = "BERT → InstructGPT", one_named: str | None = None
) -> tuple[str, str]:
    """Read the names of two papers in one direction: the keys of the older and the newer one; see `parse_words`.

    Raises `InputError` when the words name other papers, or the direction is open; it shows the example, and
    `NameNotFound` or `AmbiguousName` when a name cannot be resolved. A fault shows `example`, of how two papers are
    named, or `one_named` where only one paper is named.
    """
    named = _text(arguments, f"name two papers, as in: {example}").strip()
    query = parse_words(find, arguments, example=one_named or example) if named else None
    if query is None or query.kind != "path" or len(query.papers) != 2:
        raise InputError("two papers are needed", remedy=f"name them, as in: {example}")
    return query.papers[0], query.papers[1]


def has_arrow(text: str) -> bool:
    """Whether a text contains an arrow, so that it asks for paths.

    >>> has_arrow("BERT -> GPT"), has_arrow("BERT ↔ GPT"), has_arrow("Learning to Summarize")
    (True, True, False)
    """
    return bool(_ARROW.search(text) or _BOTH.search(text))


def has_to(text: str) -> bool:
    """Whether a text may mean "BERT to GPT"; titles contain the word too.

    >>> has_to("BERT to GPT"), has_to("Learning to Summarize"), has_to("to GPT")
    (True, True, False)
    """
    return bool(_TO.search(text))


def parse_years(text: str | None) -> tuple[int | None, int | None]:
    """Read a span of years.

    The first and the last year; None where the span is open, both None without a text. Raises `InputError` when the
    text is not a span of years.

    >>> parse_years("2018..2022"), parse_years("2018.."), parse_years("..2022"), parse_years("2020")
    ((2018, 2022), (2018, None), (None, 2022), (2020, 2020))
    """
    if text is None:
        return None, None
    match = re.fullmatch(r"(\d{4})?(\.\.|[-\u2013])(\d{4})?|(\d{4})", text.strip(), re.ASCII)
    if match is None or text.strip() in ("..", "-", "\u2013"):
        raise InputError(
            f"{clipped(text, 80)!r} is not a span of years", remedy="write 2018..2022, 2018.., ..2022 or 2020"
        )
    if match[4]:
        return int(match[4]), int(match[4])
    first, last = (int(year) if year else None for year in (match[1], match[3]))
    refuse_turned((first, last))
    return first, last


def parse_theme(lineage: Lineage, text: str | None) -> str | None:
    """The id of the theme that a person names by its id or by a part of its name.

    Raises `InputError` when the list has no such theme, or several.
    """
    if text is None:
        return None
    themes = lineage.reading_list.themes
    wanted = text.strip().casefold()
    found = [theme.id for theme in themes if theme.id.casefold() == wanted] or [
        theme.id for theme in themes if wanted and wanted in theme.name.casefold()
    ]
    if len(found) != 1:
        what = "more than one theme" if found else "not a theme"
        raise InputError(
            f"{clipped(text, 80)!r} is {what} of the list",
            remedy=f"its themes are {listed(lineage.reading_list.theme_ids)}",
        )
    return found[0]
