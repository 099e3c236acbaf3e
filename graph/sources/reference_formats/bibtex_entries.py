"""Names of people and eprints in BibTeX, and what an entry has from others, by ``crossref`` or ``xdata``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .references import Fields

_ARXIV_NAMES = frozenset({"arxiv", "arxiv.org", "arxiv preprint", "arxivpreprint"})
_PUBMED_NAMES = frozenset({"pubmed", "pmid", "medline"})


def first_person(text: str) -> str:
    """The first of the names that "and" joins outside of braces; linear in the length of the text.

    >>> first_person("{Wind and Wave Group} and Quill, Ada"), first_person("family=Cruz, given=Ana and others")
    ('{Wind and Wave Group}', 'Cruz, Ana')
    """
    depth = 0
    for sign in re.finditer(r"[{}]|(?<!\s)\s+and\s", text):
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0 and text[: sign.start()].strip():
            return _joined_name(text[: sign.start()].strip())
    return _joined_name(text.strip())


def _joined_name(text: str) -> str:
    """A name that BibLaTeX has in parts, as "Family, Given"; another one stays.

    >>> _joined_name("family=Cruz, given=Ana, prefix=de la, useprefix=true"), _joined_name("Cruz, Ana")
    ('de la Cruz, Ana', 'Cruz, Ana')
    """
    parts = {name.strip().lower(): value.strip(' {}"') for name, _, value in _name_parts(text)}
    if "family" not in parts:
        return text
    family = " ".join(filter(None, (parts.get("prefix"), parts["family"], parts.get("suffix"))))
    return ", ".join(filter(None, (family, parts.get("given"))))


def _name_parts(text: str) -> Iterator[tuple[str, str, str]]:
    return (part.partition("=") for part in text.split(",") if "=" in part)


_OF_THE_WHOLE = ("year", "date")
"""The fields that a part has from its whole: the title and the identifiers of a whole are not those of its parts."""
_MOST = 100
"""How many entries one can name, with those that these name."""


def with_inherited(key: str, fields: Fields, entries: Mapping[str, Fields]) -> Fields:
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


def names_of_wholes(fields: Fields) -> list[str]:
    """The keys, case-folded, of what an entry is a part of."""
    return _names_in(fields, "crossref")


def _names_in(fields: Fields, field: str) -> list[str]:
    return [name.strip().casefold() for value in fields.get(field, ()) for name in value.split(",")]


def _named(key: str, fields: Fields, field: str, entries: Mapping[str, Fields]) -> Iterator[Fields]:
    """The entries that one names in a field, and those that these name there, each once."""
    waiting, seen = [fields], {key.casefold()}
    for each in waiting:
        for name in _names_in(each, field)[:_MOST]:
            if name and name not in seen and name in entries and len(seen) <= _MOST:
                seen.add(name)
                waiting.append(entries[name])
                yield entries[name]


def eprint_of(fields: Fields) -> tuple[str, Sequence[str]]:
    """The scheme of the eprints and their values; "" for the scheme when they are of another archive."""
    eprints = fields.get("eprint", [])
    names = {
        text.strip(" {}").lower()
        for name in ("archiveprefix", "eprinttype", "archive", "eprintclass")
        for text in fields.get(name, ())
    }
    if names & _PUBMED_NAMES:
        return "pmid", eprints
    if names & {"pmc", "pmcid"}:
        return "pmcid", eprints
    if names & _ARXIV_NAMES:
        classes = [*fields.get("primaryclass", ()), *fields.get("eprintclass", ())]
        archive = classes[0].strip(" {}").partition(".")[0] if classes else ""
        old = [re.sub(r"^(\d{7}(?:v\d+)?)$", rf"{archive}/\1", text.strip(" {}")) for text in eprints]
        return "arxiv", old if archive else eprints
    if names:
        return "", []
    return "arxiv", [text for text in eprints if re.fullmatch(r"[ {}]*(?:[^\s:]+[ {}]*|arxiv:.*)", text, re.IGNORECASE)]
