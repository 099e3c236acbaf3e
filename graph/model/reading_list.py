"""A reading list: numbered entries under ordered themes, each naming a paper.

The file is TOML::

    title = "Understanding Large Language Models"

    [[themes]]
    id = "architecture"
    name = "Main architecture and tasks"

    [[entries]]
    number = 6
    themes = ["architecture"]
    names = ["BERT"]
    title = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
    arxiv = "1810.04805"

Two entries may name one paper, and an entry may stand under several themes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..utils.decode import Text
from ..utils.files import read_toml
from .identifiers import SCHEMES, Identifier, is_whole
from .serialize import from_row, scheme_fields_joined, values_of

_NUMBERS = 1_000_000_000
_LAST_YEAR = 9999
_ONE_OF = {"entries": "entry", "themes": "theme", "papers": "paper"}
"""What one table of an array is called; a name that is not here is a word for one already."""
MOST_THEMES = 200
"""How many themes a list may have: each has a page, a lane and a colour."""


_A_THEME = 'give it an id and a name, as in: id = "rlhf", name = "RLHF"'
_AN_ENTRY = 'fix the entry, as in: number = 6, names = ["BERT"], arxiv = "1810.04805"'


@dataclass(frozen=True, slots=True)
class Theme:
    """A named group of entries."""

    id: Text
    """Short, for files and addresses."""
    name: Text
    """For people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered line of a reading list."""

    number: int
    """No other entry has the same number."""
    themes: tuple[Text, ...] = ()
    """The ids of its themes; none for an entry that stands under no theme."""
    title: Text | None = None
    """The paper's title; None for a paper that is known by its identifier alone."""
    names: tuple[Text, ...] = ()
    """What people call the paper; the first is its label."""
    first_author: Text | None = None
    """Tells papers of the same title apart."""
    listed_year: int | None = None
    """The year as the list prints it, which need not be the paper's year."""
    identifiers: tuple[Identifier, ...] = ()
    """At least one."""

    @property
    def name(self) -> str:
        """What to call it in a line: its first name, else its title, else its first identifier or its number."""
        called = next(iter(self.names), None) or self.title
        return called or str(next(iter(self.identifiers), f"entry {self.number}"))


@dataclass(frozen=True, slots=True)
class ReadingList:
    """The papers that a person chose to read: themes in order, entries by number."""

    title: Text
    """For people."""
    themes: tuple[Theme, ...]
    """In the order in which pages and pictures show them."""
    entries: tuple[Entry, ...]
    """By number."""
    author: Text | None = None
    """Who made the list."""
    year: int | None = None
    """When it was made."""
    source: Text | None = None
    """Where it was published."""

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id."""
        return next(theme for theme in self.themes if theme.id == theme_id)

    @property
    def theme_ids(self) -> tuple[str, ...]:
        """The ids of the themes, in their order."""
        return tuple(theme.id for theme in self.themes)


def load_reading_list(path: Path) -> ReadingList:
    """Read a reading list from a TOML file.

    Raises `InputError` for broken TOML, and for all faults of entries and themes at once: a theme that is not defined,
    an entry without an identifier, a number that is used twice.
    """
    return parse_reading_list(read_toml(path), path)


def parse_reading_list(table: Mapping[str, Any], path: Path) -> ReadingList:
    """The reading list of a TOML file's table; raises `InputError` as `load_reading_list` does."""
    faults: list[InputError] = []
    themes = tuple(values_of(Theme, placed_tables(table, "themes", path), faults, remedy=_A_THEME))
    entries = tuple(values_of(Entry, placed_tables(table, "entries", path), faults, remedy=_AN_ENTRY))
    if not faults:
        faults += [
            InputError(what, where=f"{path}, {place}", remedy=remedy)
            for what, place, remedy in _faults(themes, entries)
        ]
    if faults:
        raise InputError.collected(faults)
    head = {name: value for name, value in table.items() if name not in ("themes", "entries")}
    try:
        titled = from_row(ReadingList, head | {"themes": [], "entries": []})
    except ValueError as fault:
        raise InputError(str(fault), where=str(path), remedy="fix the lines above the first table") from None
    return replace(titled, themes=themes, entries=tuple(sorted(entries, key=lambda entry: entry.number)))


def _faults(themes: tuple[Theme, ...], entries: tuple[Entry, ...]) -> Iterator[tuple[str, str, str]]:
    """Each fault, its place in the list, and the remedy."""
    if len(themes) > MOST_THEMES:
        yield f"it has {len(themes):,} themes", "[[themes]]", f"put some together: a list has at most {MOST_THEMES}"
    if not entries:
        yield "it has no entries", "[[entries]]", "add one [[entries]] table for every paper"
    for theme_id, times in Counter(theme.id for theme in themes).items():
        if times > 1:
            yield f"the id is used {times} times", f"theme {theme_id!r}", "give every theme its own id"
    for number, times in Counter(entry.number for entry in entries).items():
        if times > 1:
            yield f"the number is used {times} times", f"entry {number}", "give every entry its own number"
    defined = {theme.id for theme in themes}
    for entry in entries:
        yield from _number_faults(entry)
        yield from _identifier_faults(entry)
        for theme in sorted(set(entry.themes) - defined):
            remedy = f"add a [[themes]] table with id = {theme!r}"
            yield f"theme {theme!r} is not defined", f"entry {entry.number}", remedy


def _number_faults(entry: Entry) -> Iterator[tuple[str, str, str]]:
    if not 0 <= entry.number < _NUMBERS:
        yield f"the number must be from 0 to {_NUMBERS - 1}", f"entry {entry.number}", "give the entry another one"
    if entry.listed_year is not None and not 1 <= entry.listed_year <= _LAST_YEAR:
        what = f"listed_year must be from 1 to {_LAST_YEAR}, not {entry.listed_year}"
        yield what, f"entry {entry.number}", "leave it out where it is not known"


def _identifier_faults(entry: Entry) -> Iterator[tuple[str, str, str]]:
    if not entry.identifiers:
        yield (
            "it has no identifier",
            f"entry {entry.number}",
            f'add one of {", ".join(SCHEMES)}, as in: arxiv = "1810.04805"',
        )
    for each in entry.identifiers:
        if not is_whole(each):
            remedy = "write the whole identifier in quotes, or another one"  # a number loses its last zeros
            yield f"{each} is cut short", f"entry {entry.number}", remedy


def placed_tables(table: Mapping[str, Any], name: str, path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The tables of an array of tables, each with its place in the file, its identifiers in one field.

    Raises `InputError` when the name belongs to something else.
    """
    rows = table.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{name!r} is not an array of tables", where=str(path), remedy=f"write [[{name}]]")
    return [
        (
            f"{path}, {_ONE_OF.get(name, name)} {row.get('number', row.get('key', row.get('id', f'at position {n}')))}",
            scheme_fields_joined(row),
        )
        for n, row in enumerate(rows, start=1)
    ]
