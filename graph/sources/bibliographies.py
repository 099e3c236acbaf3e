"""`data/bibliographies/`: reference lists, one CSV file for one version of a paper.

``index.csv`` names every list: the key of the citing paper, the source, the version, whether the list
is complete, and a note. An empty cell means unknown. The list of a paper is in ``KEY.csv``; where it has a
printed list and one of Semantic Scholar, the latter is in ``KEY.semantic_scholar.csv``.

A corpus folder has such a folder too, which ``lineage bibliography`` writes. There a paper may be named by an
identifier instead of a key, and a list has more columns (`OWN_COLUMNS`): several rows may have one number, where an
entry names several works or a paper has several lists; a row without title and identifier names no known work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from ..errors import InputError
from ..model.corpus import Source
from ..model.identifiers import SCHEMES, identifier
from ..model.serialize import from_row, scheme_fields_joined
from ..utils.csv_files import read_csv
from ..utils.file_names import FileName
from .records import CitationList, ListRow, Record, semantic_scholar_source

INDEX_COLUMNS = ("citing", "source", "version", "observed", "complete", "note")
COLUMNS = ("n", "title", "first_author", "year", "arxiv", "doi", "acl", "s2", "corpusid")
OWN_COLUMNS = (
    *("n", "title", "first_author", "year", "arxiv", "doi", "acl", "pmid", "pmcid", "s2", "corpusid"),
    *("list", "label", "kind", "mentions", "sections", "elsewhere", "raw"),
)
"""The columns of a list that ``lineage bibliography`` writes: "kind" is "remark" for an entry that names no work,
"elsewhere" says of identifiers that are not printed where they are from, and "raw" is what the file says."""
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
            name = file_of(cells["citing"] or "", is_second=is_second)
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


def file_of(citing: str, *, is_second: bool = False) -> str:
    """The name of the file with the list of a paper, by its key or by its identifier.

    >>> file_of("devlin2018"), file_of("doi:10.1371/journal.pntd.0002065")
    ('devlin2018.csv', 'doi_10.1371%2Fjournal.pntd.0002065.csv')
    """
    scheme, colon, value = citing.partition(":")
    name = f"{scheme}_{quote(value, safe='')}" if colon else citing
    return f"{FileName.of(name) if colon else name}{'.semantic_scholar' if is_second else ''}.csv"


def _paper(key: str, citing: Mapping[str, Record]) -> Record:
    """The paper whose list it is: a verified one by its key, or any by an identifier."""
    if key in citing:
        return citing[key]
    scheme, colon, value = key.partition(":")
    if not colon:
        raise ValueError(f"no verified paper has the key {key!r}")
    return Record(f"print:{key}", (identifier(scheme, value),))


def _read_list(path: Path, cells: Cells, citing: Mapping[str, Record]) -> CitationList:
    key, kind = cells["citing"] or "", cells["source"] or ""
    paper = _paper(key, citing)
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
    rows, entries, unidentified = _read_entries(path, list_id)
    complete = cells["complete"] == "yes" and not unidentified
    return CitationList(source, paper, "complete" if complete else "partial", rows, row_count=entries)


def _read_entries(path: Path, list_id: str) -> tuple[tuple[ListRow, ...], int | None, int]:
    """The rows that name works, how many entries there are where that differs, and how many are unknown."""
    rows: list[ListRow] = []
    faults: list[InputError] = []
    entries: dict[tuple[str | None, ...], bool] = {}
    uses: Counter[str] = Counter()
    own = False
    for where, cells in read_csv(path, COLUMNS, or_columns=OWN_COLUMNS):
        own = len(cells) > len(COLUMNS)
        try:
            number = _whole_number(cells["n"], "n")
            if number is None:
                raise ValueError("n, the number of the entry, is missing")
            place = f"{list_id}#{number}" if not cells.get("list") else f"{list_id}#{cells['list']}:{number}"
            uses[place] += 1
            record = _record(place if uses[place] == 1 else f"{place}.{uses[place]}", cells)
            if record is not None:
                mentions = _whole_number(cells.get("mentions"), "mentions")
                rows.append(ListRow(record, number, mentions=mentions, sections=_sections(cells)))
            elif not own:
                raise ValueError("neither a title nor an identifier")
            entry = tuple(cells.get(each) for each in ("list", "n", "label", "raw"))
            entries[entry] = entries.get(entry, False) or record is not None or cells.get("kind") == "remark"
        except ValueError as fault:
            faults.append(InputError(str(fault), where=where, remedy="fix this row"))
    repeated = sorted(int(place.rpartition("#")[2]) for place, count in uses.items() if count > 1) if not own else []
    if repeated:
        faults.append(
            InputError(f"numbers {repeated} are used more than once", where=str(path), remedy="use each number once")
        )
    if faults:
        raise InputError.collected(faults)
    return tuple(rows), len(entries) if own else None, sum(not known for known in entries.values())


def _record(record_id: str, cells: Cells) -> Record | None:
    """The work of a row; None where it has neither a title nor an identifier."""
    author = cells["first_author"]
    identifiers = {scheme: cells[scheme] for scheme in SCHEMES if cells.get(scheme)}
    if not (cells["title"] or identifiers):
        return None
    row = scheme_fields_joined({"record_id": record_id, "title": cells["title"], **identifiers})
    year = _whole_number(cells["year"], "year")
    return from_row(Record, row | {"authors": [author] if author else [], "year": year})


def _sections(cells: Cells) -> tuple[str, ...]:
    return tuple(name for part in (cells.get("sections") or "").split(";") if (name := part.strip()))


def _whole_number(cell: str | None, column: str) -> int | None:
    if cell is None:
        return None
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{column} is {cell!r}, not a whole number")
    return int(cell)
