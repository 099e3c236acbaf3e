"""The papers to fetch: entries of a reading list, or lines with identifiers and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from ...model.identifiers import Identifier, closure, parse_identifier
from ...model.reading_list import Entry, ReadingList, load_reading_list
from ...utils.decode import decode_toml
from ...utils.files import read_text
from ...utils.text import clipped
from ..semantic_scholar.endpoints import MOST_RELIABLE_FIRST, api_id

_ONLY_THE_SERVICE_KNOWS = re.compile(r"(?P<scheme>MAG|PMID|PMCID|URL):(?P<value>\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """One paper to fetch. `api_ids` are tried in their order, then the title."""

    label: str
    api_ids: tuple[str, ...] = ()
    title: str | None = None
    first_author: str | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """All papers to fetch, the reading list that they are from, if any, and what was left out."""

    papers: tuple[Target, ...]
    reading_list: ReadingList | None = None
    notes: tuple[str, ...] = ()


def targets_of_list(reading_list: ReadingList) -> Targets:
    """The papers of a reading list."""
    return Targets(tuple(map(_target_of_entry, reading_list.entries)), reading_list)


def parse_targets(lines: Iterable[str], *, where: str) -> Targets:
    """One paper a line: an identifier, a link, or else a title. Blank lines and # comments are skipped.

    Raises `InputError` when there is no line.
    """
    papers = []
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("\ufeff")
        if text and not text.startswith("#"):
            papers.append(_target_of_text(text, f"line {number}: {clipped(text, 60)}"))
    if not papers:
        raise InputError("nothing to fetch", where=where, remedy="give one identifier or title a line")
    return Targets(tuple(papers))


def read_targets(path: Path) -> Targets:
    """The papers that a file names: a TOML reading list, or a file of lines."""
    if path.suffix.lower() == ".toml":
        return targets_of_list(load_reading_list(path))
    text = read_text(path)
    if _is_reading_list(text):
        return targets_of_list(load_reading_list(path))
    return parse_targets(text.splitlines(), where=str(path))


def api_ids_of(identifiers: Iterable[Identifier]) -> tuple[str, ...]:
    """What to ask the service for: these identifiers and those that they imply, the most reliable first."""
    ordered = sorted(closure(identifiers), key=lambda each: (MOST_RELIABLE_FIRST.index(each.scheme), each.value))
    return tuple(map(api_id, ordered))


def _is_reading_list(text: str) -> bool:
    try:
        return "entries" in decode_toml(text)
    except ValueError:
        return False


def _target_of_entry(entry: Entry) -> Target:
    name = entry.names[0] if entry.names else clipped(entry.title, 60)
    return Target(f"entry {entry.number}: {name}", api_ids_of(entry.identifiers), entry.title, entry.first_author)


def _target_of_text(text: str, label: str) -> Target:
    identifier = parse_identifier(text)
    if identifier:
        return Target(label, api_ids_of([identifier]))
    match = _ONLY_THE_SERVICE_KNOWS.fullmatch(text)
    if match:
        scheme, value = match["scheme"].upper(), match["value"]
        if scheme == "PMCID":
            value = value.upper().removeprefix("PMC")
        return Target(label, (f"{scheme}:{value}",))
    if re.match(r"https?://", text):
        return Target(label, (f"URL:{text}",))
    return Target(label, title=text)
