"""A .bib file with the .tex that cites: what a list has of a database. And what a database adds to a list.

The order and the numbers are the style's, and unknown unless it lists works as they are cited.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..reference_formats.bibtex import read_bibtex
from ..reference_formats.references import Reference
from .entries import Entry, PrintedList, Work
from .identifiers_printed import of_one_work
from .tex_citations import CitingText


def read_database(text: str) -> tuple[dict[str, Reference], tuple[str, ...]]:
    """The entries of a database by their keys, and what could not be read of it.

    Of two entries with one key the first counts, as BibTeX takes it.
    """
    found: dict[str, Reference] = {}
    read = read_bibtex(text)
    for reference in read.references:
        if reference.key:
            found.setdefault(reference.key, reference)
    return found, tuple(map(str, read.faults))


def cited_list(database: dict[str, Reference], citing: CitingText) -> PrintedList:
    """What a text cites, or lists without citing, as far as the database has it."""
    keys = list(dict.fromkeys([*citing.mentions.counts, *citing.also_listed, *(database if citing.cites_all else ())]))
    folded = {key.casefold(): key for key in reversed(database)}
    entries: list[Entry] = []
    missing = []
    seen: set[str] = set()
    for key in keys:
        known = key if key in database else folded.get(key.casefold())
        if known is None:
            missing.append(key)
        elif known not in seen:
            seen.add(known)
            entry = _entry(len(entries) + 1, database[known])
            sections = citing.mentions.sections.get(key, ())
            entries.append(replace(entry, mentions=citing.mentions.counts.get(key, 0), sections=sections))
    why = [f"the text includes {', '.join(citing.not_given)}, which was not given"] if citing.not_given else []
    remarks = [f"the text cites {key!r}, which the database does not have" for key in missing]
    if not citing.in_cited_order:
        remarks.append("the style orders the list, and the files do not say how; entries are in the order of the text")
    return PrintedList(tuple(entries), "printed" if citing.in_cited_order else "position", tuple(why), tuple(remarks))


def _entry(number: int, reference: Reference) -> Entry:
    work = work_of(reference)
    raw = "; ".join(
        filter(
            None, (reference.first_author, reference.title, str(reference.year or ""), *map(str, reference.identifiers))
        )
    )
    return Entry(number, raw, (work,) if work.is_identified else (), key=reference.key)


def work_of(reference: Reference) -> Work:
    """The work of a database entry."""
    return Work(
        reference.title,
        (reference.first_author,) if reference.first_author else (),
        reference.year,
        of_one_work(reference.identifiers),
    )


def with_identifiers(printed: PrintedList, database: dict[str, Reference], name: str) -> PrintedList:
    """A list whose entries also have the identifiers of the database `name` under their keys, marked as not printed."""
    folded = {key.casefold(): reference for key, reference in reversed(database.items())}

    def added(entry: Entry) -> Entry:
        reference = (database.get(entry.key) or folded.get(entry.key.casefold())) if entry.key else None
        if reference is None or len(entry.works) > 1:
            return entry
        work = entry.works[0] if entry.works else None
        known = {each.scheme for each in work.identifiers} if work else set()
        new = [each for each in of_one_work(reference.identifiers) if each.scheme not in known]
        if not new or entry.is_remark:
            return entry
        work = work or Work(None, work_of(reference).authors, reference.year)
        elsewhere = dict(work.elsewhere) | {each.scheme: name for each in new}
        return replace(entry, works=(replace(work, identifiers=(*work.identifiers, *new), elsewhere=elsewhere),))

    return replace(printed, entries=tuple(map(added, printed.entries)))


def looks_like_database(text: str) -> bool:
    """Whether a text is a .bib file."""
    return bool(re.search(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t\n]*[{(]", text, re.MULTILINE))
