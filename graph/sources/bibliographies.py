"""`data/bibliographies/`: the reference list of one version of a paper, one CSV file each.

``index.csv`` names every list: the citing paper's key, who asserts it, the version, whether it is
complete, and a note. A cell left empty means unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import InputError
from ..model.corpus import Kind, Source
from ..model.serialize import from_row, scheme_fields_joined
from ..utils.files import read_csv
from .records import CitationList, Mention, Record

INDEX_COLUMNS = ("citing", "source", "version", "observed", "complete", "note")
COLUMNS = ("n", "title", "first_author", "year", "arxiv", "doi", "acl", "s2", "corpusid")
_IDS: dict[str, tuple[Kind, str, str]] = {
    "printed_bibliography": ("printed_bibliography", "print:{citing}", "printed bibliography of {version}"),
    "semantic_scholar": ("semantic_scholar", "s2:{observed}", "Semantic Scholar, observed {observed}"),
}
Cells = Mapping[str, str | None]


def read_bibliographies(folder: Path, citing: Mapping[str, Record]) -> list[CitationList]:
    """Read every list that the index names.

    Parameters
    ----------
    folder : Path
    citing : mapping of str to Record
        The papers that the index may name, by key.

    Returns
    -------
    list of CitationList
        Arcs run citing -> entry.

    Raises
    ------
    InputError
        For a file that is missing or not named, and for every bad row, all at once.
    """
    index = read_csv(folder / "index.csv", INDEX_COLUMNS)
    faults: list[InputError] = []
    lists = []
    for where, cells in index:
        try:
            lists.append(_read_list(folder, cells, citing))
        except InputError as fault:
            faults.append(fault)
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="mend the row"))
    named = {f"{cells['citing']}.csv" for _, cells in index} | {"index.csv"}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in named:
            faults.append(InputError("the index does not name it", where=str(path), remedy="add a row to index.csv"))
    if faults:
        raise InputError.collected(faults)
    return lists


def _read_list(folder: Path, cells: Cells, citing: Mapping[str, Record]) -> CitationList:
    key, kind = cells["citing"] or "", cells["source"] or ""
    if key not in citing:
        raise ValueError(f"no verified paper has the key {key!r}")
    if kind not in _IDS:
        raise ValueError(f"source {kind!r} is not one of {', '.join(_IDS)}")
    if cells["complete"] not in ("yes", "no"):
        raise ValueError(f"complete is {cells['complete']!r}, not yes or no")
    source_kind, id_, label = _IDS[kind]
    source = Source(
        id=id_.format(**cells),
        kind=source_kind,
        label=label.format(**cells),
        observed=cells["observed"],
        note=cells["note"],
    )
    entries = _read_entries(folder / f"{key}.csv", f"{source.id}/{key}" if kind == "semantic_scholar" else source.id)
    return CitationList(source, citing[key], "complete" if cells["complete"] == "yes" else "partial", entries)


def _read_entries(path: Path, source: str) -> tuple[Mention, ...]:
    entries: list[Mention] = []
    faults: list[InputError] = []
    for where, cells in read_csv(path, COLUMNS):
        try:
            number = _whole_number(cells["n"], "n")
            if number is None:
                raise ValueError("n, the entry's number in the list, is missing")
            entries.append(Mention(_record(f"{source}#{number}", cells), number))
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="mend the row"))
    numbers = [mention.number for mention in entries]
    if len(set(numbers)) < len(numbers):
        twice = sorted({number for number in numbers if number is not None and numbers.count(number) > 1})
        faults.append(
            InputError(f"numbers {twice} stand more than once", where=str(path), remedy="number each entry once")
        )
    if faults:
        raise InputError.collected(faults)
    return tuple(entries)


def _record(place: str, cells: Cells) -> Record:
    author = cells["first_author"]
    known = {
        name: value for name, value in cells.items() if name in ("arxiv", "doi", "acl", "s2", "corpusid") and value
    }
    if not (cells["title"] or known):
        raise ValueError("neither a title nor an identifier")
    row = scheme_fields_joined({"place": place, "title": cells["title"], **known})
    year = _whole_number(cells["year"], "year")
    return from_row(Record, row | {"authors": [author] if author else [], "year": year})


def _whole_number(cell: str | None, column: str) -> int | None:
    if cell is None:
        return None
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{column} is {cell!r}, which is no whole number")
    return int(cell)
