"""What a person wants fetched: entries of a reading list, or lines with identifiers and titles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import InputError
from ...model.identifiers import Identifier, closure, parse_identifier
from ...model.reading_list import Entry, ReadingList, load_reading_list
from ...utils.files import read_text
from ...utils.text import clipped
from ..semantic_scholar.endpoints import SURE_FIRST, form_of

_FOREIGN = re.compile(r"(?P<scheme>MAG|PMID|PMCID|URL):(?P<value>\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """One paper that a person wants: the identifiers to try, in order, then the title."""

    label: str
    forms: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    title: str | None = None
    first_author: str | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """Everything that is wanted, with the reading list it stands in, if any, and what was left out."""

    papers: tuple[Target, ...]
    reading_list: ReadingList | None = None
    notes: tuple[str, ...] = ()


def of_reading_list(reading_list: ReadingList) -> Targets:
    """The papers of a reading list; entries that name one paper ask for it once."""
    return Targets(tuple(_of_entry(entry) for entry in reading_list.entries), reading_list)


def of_lines(lines: Iterable[str], *, where: str) -> Targets:
    """One paper a line: an identifier, a link, or else a title. Blank lines and # comments are skipped.

    Raises
    ------
    InputError
        When there is no line.
    """
    papers = []
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("\ufeff")
        if text and not text.startswith("#"):
            papers.append(_of_text(text, f"line {number}: {clipped(text, 60)}"))
    if not papers:
        raise InputError("nothing to fetch", where=where, remedy="give one identifier or title a line")
    return Targets(tuple(papers))


def read_list(path: Path) -> Targets:
    """What a file names: a TOML reading list, or a file of lines."""
    source = str(path)
    if path.suffix.lower() == ".toml":
        return of_reading_list(load_reading_list(path))
    text = read_text(path)
    if _is_reading_list(text):
        return of_reading_list(load_reading_list(path))
    return of_lines(text.splitlines(), where=source)


def _is_reading_list(text: str) -> bool:
    try:
        return "entries" in tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False


def _of_entry(entry: Entry) -> Target:
    name = entry.names[0] if entry.names else clipped(entry.title, 60)
    return with_forms(
        Target(
            f"entry {entry.number}: {name}",
            identifiers=entry.identifiers,
            title=entry.title,
            first_author=entry.first_author,
        )
    )


def _of_text(text: str, label: str) -> Target:
    foreign = _FOREIGN.fullmatch(text)
    if foreign and not parse_identifier(text):
        scheme = foreign["scheme"].upper()
        value = foreign["value"].upper().removeprefix("PMC") if scheme == "PMCID" else foreign["value"]
        return Target(label, (f"{scheme}:{value}",))
    found = parse_identifier(text)
    if found:
        return with_forms(Target(label, identifiers=(found,)))
    if re.match(r"https?://", text):
        return Target(label, (f"URL:{text}",))
    return Target(label, title=text)


def with_forms(wanted: Target) -> Target:
    """A want that knows what to ask for: the surest identifier first, and those that others imply."""
    known = sorted(closure(wanted.identifiers), key=lambda each: (SURE_FIRST.index(each.scheme), each.value))
    return replace(wanted, forms=tuple(form_of(each) for each in known))
