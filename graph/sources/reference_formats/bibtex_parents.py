"""What an entry of BibTeX has from others that it names, by ``crossref`` or ``xdata``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Fields = Mapping[str, list[str]]
_OF_THE_WHOLE = ("year", "date")
"""The fields that a part has from its whole: the title and the identifiers of a whole are not those of its parts."""
_MOST = 100
"""How many entries one can name, with those that these name."""


def with_inherited(key: str, fields: Fields, entries: Mapping[str, Fields]) -> dict[str, list[str]]:
    """The fields of an entry with what it lacks: of ``xdata`` all fields, of ``crossref`` the year.

    `entries` are the fields of all entries by their keys, case-folded.

    >>> entries = {"proc": {"title": ["The Whole"], "year": ["2003"]}}
    >>> with_inherited("part", {"title": ["The Part"], "crossref": ["Proc"]}, entries)["year"]
    ['2003']
    """
    found = dict(fields)
    for shared in _named(key, fields, "xdata", entries):
        found = {**shared, **found}
    for whole in _named(key, fields, "crossref", entries):
        if found.keys().isdisjoint(_OF_THE_WHOLE):
            found |= {name: whole[name] for name in _OF_THE_WHOLE if name in whole}
    return found


def _named(key: str, fields: Fields, field: str, entries: Mapping[str, Fields]) -> Iterator[Fields]:
    """The entries that one names in a field, and those that these name there, each once."""
    waiting, seen = [fields], {key.casefold()}
    for each in waiting:
        names = [name.strip().casefold() for value in each.get(field, ()) for name in value.split(",")]
        for name in names[:_MOST]:
            if name and name not in seen and name in entries and len(seen) <= _MOST:
                seen.add(name)
                waiting.append(entries[name])
                yield entries[name]
