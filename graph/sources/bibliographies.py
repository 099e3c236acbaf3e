"""`data/bibliographies/`: reference lists, one CSV file for one version of a paper.

``index.csv`` names every list: the key of the citing paper, the source, the version, whether the list
is complete, and a note. An empty cell means unknown. The list of a paper is in ``KEY.csv``; where it has a
printed list and one of Semantic Scholar, the latter is in ``KEY.semantic_scholar.csv``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from ..errors import InputError
from ..model.corpus import Source
from ..model.identifiers import SCHEMES
from ..model.serialize import from_row, scheme_fields_joined
from ..utils.file_names import FileName
from ..utils.files import read_csv
from .records import CitationList, ListRow, Record, semantic_scholar_source

INDEX_COLUMNS = ("citing", "source", "version", "observed", "complete", "note")
COLUMNS = ("n", "title", "first_author", "year", "arxiv", "doi", "acl", "s2", "corpusid")
Cells = Mapping[str, str | None]


def read_bibliographies(folder: Path, citing: Mapping[str, Record]) -> list[CitationList]:
    """Read every list that is in the index of a folder: each paper cites the entries of its list.

    `citing` are the papers that may be in the index, by key. Raises `InputError` for a file that is missing or not in
    the index, and for every bad row, all at once.
    """
    index = read_csv(folder / "index.csv", INDEX_COLUMNS)
    faults: list[InputError] = []
    lists = []
    names: set[str] = set()
    printed = {cells["citing"] for _, cells in index if cells["source"] == "printed_bibliography"}
    for where, cells in index:
        try:
            is_second = cells["source"] == "semantic_scholar" and cells["citing"] in printed
            name = f"{cells['citing']}{'.semantic_scholar' if is_second else ''}.csv"
            if name in names:
                raise ValueError(f"{name} has two rows")
            names.add(name)
            lists.append(_read_list(folder / FileName(name), cells, citing))
        except InputError as fault:
            faults.append(fault)
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row"))
    for path in sorted(folder.glob("*.csv")):
        if path.name not in names | {"index.csv"}:
            faults.append(InputError("not in the index", where=str(path), remedy="add a row to index.csv"))
    if faults:
        raise InputError.collected(faults)
    return lists


def _read_list(path: Path, cells: Cells, citing: Mapping[str, Record]) -> CitationList:
    key, kind = cells["citing"] or "", cells["source"] or ""
    if key not in citing:
        raise ValueError(f"no verified paper has the key {key!r}")
    if cells["complete"] not in ("yes", "no"):
        raise ValueError(f"complete is {cells['complete']!r}, not yes or no")
    observed, note = cells["observed"], cells["note"]
    if kind == "printed_bibliography":
        source = Source(
            f"print:{key}", "printed_bibliography", f"printed bibliography of {cells['version']}", observed, note
        )
        list_id = source.id
    elif kind == "semantic_scholar":
        source = semantic_scholar_source(observed or "", note)
        list_id = f"{source.id}/{key}"
    else:
        raise ValueError(f"source {kind!r} is not one of printed_bibliography, semantic_scholar")
    rows = _read_entries(path, list_id)
    return CitationList(source, citing[key], "complete" if cells["complete"] == "yes" else "partial", rows)


def _read_entries(path: Path, list_id: str) -> tuple[ListRow, ...]:
    entries: list[ListRow] = []
    faults: list[InputError] = []
    for where, cells in read_csv(path, COLUMNS):
        try:
            number = _whole_number(cells["n"], "n")
            if number is None:
                raise ValueError("n, the number of the entry, is missing")
            entries.append(ListRow(_record(f"{list_id}#{number}", cells), number))
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row"))
    uses = Counter(entry.number for entry in entries)
    repeated = sorted(number for number, count in uses.items() if number is not None and count > 1)
    if repeated:
        faults.append(
            InputError(f"numbers {repeated} are used more than once", where=str(path), remedy="use each number once")
        )
    if faults:
        raise InputError.collected(faults)
    return tuple(entries)


def _record(record_id: str, cells: Cells) -> Record:
    author = cells["first_author"]
    identifiers = {scheme: cells[scheme] for scheme in SCHEMES if cells.get(scheme)}
    if not (cells["title"] or identifiers):
        raise ValueError("neither a title nor an identifier")
    row = scheme_fields_joined({"record_id": record_id, "title": cells["title"], **identifiers})
    year = _whole_number(cells["year"], "year")
    return from_row(Record, row | {"authors": [author] if author else [], "year": year})


def _whole_number(cell: str | None, column: str) -> int | None:
    if cell is None:
        return None
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{column} is {cell!r}, not a whole number")
    return int(cell)
