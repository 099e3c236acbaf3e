"""A bibliography as files: ``bibliographies/`` of a corpus folder, in the format of `graph.sources.bibliographies`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from ...utils.csv_files import csv_text
from ..bibliographies import INDEX_COLUMNS, OWN_COLUMNS
from .entries import Entry, PrintedList, Work
from .read import Bibliography


def list_text(found: Bibliography) -> str:
    """The entries as CSV, a row for each work of an entry, and one for an entry that names none.

    Examples
    --------
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


def index_row(citing: str, version: str, found: Bibliography, *, observed: str | None = None) -> list[object]:
    """The row of a list in ``index.csv``."""
    is_complete = not found.why_partial
    note = [f"from {PurePath(found.file).name} ({found.format})"]
    note += [f"perhaps not the whole list: {why}" for why in found.why_partial]
    note += dict.fromkeys(remark for each in found.lists for remark in each.remarks)
    entries = sum(len(each.entries) for each in found.lists)
    unidentified = sum(
        not entry.is_remark and not any(work.is_identified for work in entry.works)
        for each in found.lists
        for entry in each.entries
    )
    if unidentified:
        note.append(f"{unidentified} of {entries} entries name a work by neither a title nor an identifier")
    cells: dict[str, object] = {
        "citing": citing,
        "source": "printed_bibliography",
        "version": version,
        "observed": observed,
        "complete": "yes" if is_complete else "no",
        "note": "; ".join([*note, *found.remarks]),
    }
    return [cells[column] for column in INDEX_COLUMNS]
