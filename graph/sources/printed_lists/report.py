"""A bibliography that was read: for people, for programs, and as files of a corpus folder.

The files are ``bibliographies/`` there, in the format of `graph.sources.bibliographies`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from ...utils.csv_files import csv_text
from ...utils.text import clipped, for_terminal, plural
from ..bibliographies import INDEX_COLUMNS, OWN_COLUMNS
from .entries import Entry, PrintedList, Work
from .read import Bibliography


def summary_lines(found: Bibliography) -> list[str]:
    """What every list has, whether it is whole, and what a reader must know."""
    lines = []
    for number, printed in enumerate(found.lists, start=1):
        which = f", list {number}" if len(found.lists) > 1 else ""
        lines.append(f"{found.file} ({found.format}){which}: {_extent(printed)}")
        lines += [f"  perhaps not the whole list: {why}" for why in printed.why_partial]
        lines += [f"  {remark}" for remark in printed.remarks]
    return [for_terminal(line) for line in [*lines, *(f"  {remark}" for remark in found.remarks)]]


def _extent(printed: PrintedList) -> str:
    works = [work for entry in printed.entries for work in entry.works]
    schemes = Counter(each.scheme for work in works for each in work.identifiers)
    titles = sum(bool(work.title) for work in works)
    parts = [f"{titles} {plural(titles, 'title')}"]
    parts += [f"{count} {scheme}" for scheme, count in schemes.items()]
    unknown = sum(entry.is_unidentified for entry in printed.entries)
    if unknown:
        parts.append(f"{unknown} without either")
    remarks = sum(entry.is_remark for entry in printed.entries)
    if remarks:
        parts.append(f"{remarks} that name no work")
    mentions = [entry.mentions for entry in printed.entries if entry.mentions is not None]
    cited = f"; the text cites {sum(map(bool, mentions))} of them, {sum(mentions)} times" if mentions else ""
    state = "a part" if printed.why_partial else "complete"
    count = len(printed.entries)
    return f"{count} {plural(count, 'entry')}, {state}; {', '.join(parts)}{cited}"


def entry_lines(found: Bibliography) -> Iterator[str]:
    """A line for each work: number, year, first author, title, identifiers."""
    for printed in found.lists:
        for entry in printed.entries:
            for work in entry.works or (None,):
                yield for_terminal(f"{entry.label or entry.number:>5}  {_described(entry, work)}")


def _described(entry: Entry, work: Work | None) -> str:
    if work is None:
        what = "no work" if entry.is_remark else "a work that could not be told"
        return f"      [{what}] {clipped(entry.raw, 80)}"
    author = clipped(work.authors[0], 24) if work.authors else ""
    title = clipped(work.title, 76) if work.title else f"[no title] {clipped(entry.raw, 60)}"
    cited = "" if entry.mentions is None else f"  cited {entry.mentions} times"
    return f"{work.year or 'n.d.'}  {author:<24}  {title}  {' '.join(map(str, work.identifiers))}{cited}".rstrip()


def bibliography_form(found: Bibliography, citing: str, version: str) -> dict[str, Any]:
    """All of it as a JSON value; what is unknown is null, and empty lists are unknown or none."""
    return {
        "citing": citing,
        "version": version,
        "file": found.file,
        "format": found.format,
        "complete": not found.why_partial,
        "why_partial": list(found.why_partial),
        "remarks": list(found.remarks),
        "describes": [str(each) for each in found.describes],
        "lists": [
            {
                "numbering": printed.numbering,
                "complete": not printed.why_partial,
                "remarks": list(printed.remarks),
                "entries": [_entry_form(entry) for entry in printed.entries],
            }
            for printed in found.lists
        ],
    }


def _entry_form(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "label": entry.label,
        "key": entry.key,
        "is_remark": entry.is_remark,
        "mentions": entry.mentions,
        "sections": list(entry.sections),
        "works": [
            {
                "title": work.title,
                "authors": list(work.authors),
                "year": work.year,
                "identifiers": [str(each) for each in work.identifiers],
                "elsewhere": dict(work.elsewhere),
            }
            for work in entry.works
        ],
        "raw": entry.raw,
    }


def list_text(found: Bibliography) -> str:
    """The entries as CSV, a row for each work of an entry, and one for an entry that names none.

    >>> from graph.sources.printed_lists.read import read_bibliography
    >>> found = read_bibliography({"a.bbl": b"\\\\begin{thebibliography}{1}\\\\bibitem{a} A. Ono, ``Tides,'' 1999."})
    >>> print(list_text(found).split("\\n")[1])
    1,Tides,A. Ono,1999,,,,,,,,,,,,,,"A. Ono, ``Tides,'' 1999."
    """
    return csv_text(OWN_COLUMNS, _rows(found.lists))


def _rows(lists: tuple[PrintedList, ...]) -> Iterator[list[object]]:
    for number, each in enumerate(lists, start=1):
        for entry in each.entries:
            for work in entry.works or (None,):
                yield _row(number, entry, work)


def _row(number: int, entry: Entry, work: Work | None) -> list[object]:
    cells: dict[str, object] = {}
    if work is not None:
        cells |= {
            "title": work.title,
            "first_author": work.authors[0] if work.authors else None,
            "year": work.year,
            "elsewhere": "; ".join(f"{scheme}: {source}" for scheme, source in work.elsewhere.items()) or None,
        }
        cells |= {each.scheme: each.value for each in work.identifiers}
    cells |= {
        "n": entry.number,
        "list": number if number > 1 else None,
        "label": entry.label,
        "kind": "remark" if entry.is_remark else None,
        "mentions": entry.mentions,
        "sections": "; ".join(section.replace(";", ",") for section in entry.sections) or None,
        "raw": entry.raw or None,
    }
    return [cells.get(column) for column in OWN_COLUMNS]


def index_text(known: Sequence[Mapping[str, str | None]], row: list[object]) -> str:
    """``index.csv`` with a row in place of the one for the same paper, or added to those that are known."""
    rows = {each["citing"]: [each[column] for column in INDEX_COLUMNS] for each in known} | {str(row[0]): row}
    return csv_text(INDEX_COLUMNS, [list(each) for _, each in sorted(rows.items(), key=lambda item: str(item[0]))])


def index_row(citing: str, version: str, found: Bibliography) -> list[object]:
    """The row of a list in ``index.csv``."""
    is_complete = not found.why_partial
    note = [f"from {PurePath(found.file).name} ({found.format})"]
    note += [f"perhaps not the whole list: {why}" for why in found.why_partial]
    note += dict.fromkeys(remark for each in found.lists for remark in each.remarks)
    entries = sum(len(each.entries) for each in found.lists)
    unidentified = sum(entry.is_unidentified for each in found.lists for entry in each.entries)
    if unidentified:
        note.append(f"{unidentified} of {entries} entries name a work by neither a title nor an identifier")
    cells: dict[str, object] = {
        "citing": citing,
        "source": "printed_bibliography",
        "version": version,
        "observed": None,
        "complete": "yes" if is_complete else "no",
        "note": "; ".join([*note, *found.remarks]),
    }
    return [cells[column] for column in INDEX_COLUMNS]
