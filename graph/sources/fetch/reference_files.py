"""Papers to fetch from the exports of reference managers: BibTeX, RIS, and the CSL-JSON of Zotero.

Well-kept libraries read the formats; here their entries become identifiers, a title and a first
author. An entry that cannot be read is left out, and a note says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ...errors import InputError
from ...model.identifiers import identifier, parse_identifier
from ...utils.files import read_text
from ...utils.text import clipped
from .targets import Target, Targets, api_ids_of


class _Entry(NamedTuple):
    """What one entry of a file holds, as it is written there."""

    title: object
    author: object
    identifiers: Iterable[object]


def read_reference_file(path: Path) -> Targets:
    """The papers of a reference manager's export; raises `InputError` when no entry names a paper."""
    entries, faults = READERS[path.suffix.lower()](read_text(path), str(path))
    targets = {number: _target(number, entry) for number, entry in enumerate(entries, start=1)}
    notes = [f"{path}, {fault}" for fault in faults]
    notes += [
        f"{path}, entry {number}: neither a title nor an identifier" for number, target in targets.items() if not target
    ]
    papers = tuple(target for target in targets.values() if target)
    if not papers:
        reason = f" ({notes[0]})" if notes else ""
        raise InputError(f"no entry that names a paper{reason}", where=str(path), remedy="check the export")
    return Targets(papers, notes=tuple(notes))


def _target(number: int, entry: _Entry) -> Target | None:
    found = (parse_identifier(text) for text in entry.identifiers if isinstance(text, str))
    identifiers = list(filter(None, found))
    title = _one_line(entry.title)
    if not (title or identifiers):
        return None
    label = f"entry {number}: {clipped(title or str(identifiers[0]), 60)}"
    return Target(label, api_ids_of(identifiers), title, _one_line(entry.author))


def _read_bibtex(text: str, _where: str) -> tuple[list[_Entry], list[str]]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # our notes name its faults, once
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    undecoded = {each.start_line: _bibtex_fields(each) for each in parse_string(text).entries}
    entries = []
    for each in library.entries:
        fields, exact = _bibtex_fields(each), undecoded[each.start_line]
        doi, url = (_without_tex_escapes(exact.get(name, "")) for name in ("doi", "url"))
        identifiers = [doi, _arxiv_identifier(exact.get("eprint", "")), url, exact.get("arxivid")]
        author = fields.get("author", "").partition(" and ")[0]
        entries.append(_Entry(fields.get("title"), author, identifiers))
    return entries, [f"line {(block.start_line or 0) + 1}: cannot be read" for block in library.failed_blocks]


def _bibtex_fields(entry: Any) -> dict[str, str]:
    return {field.key.lower(): str(field.value) for field in entry.fields}


def _without_tex_escapes(address: str) -> str:
    """A DOI or a URL as it is: some exporters escape its letters as in running text."""
    return re.sub(r"\\([_%&#$~{}])", r"\1", address)


def _arxiv_identifier(eprint: str) -> str | None:
    """The number in an eprint field, if it has the form of arXiv's."""
    try:
        return str(identifier("arxiv", eprint))
    except ValueError:
        return None


def _read_ris(text: str, _where: str) -> tuple[list[_Entry], list[str]]:
    import rispy

    entries = []
    for row in rispy.loads(text):
        title = next((row[name] for name in ("title", "primary_title", "secondary_title") if row.get(name)), None)
        authors = row.get("authors") or row.get("first_authors") or [None]
        entries.append(_Entry(title, authors[0], [row.get("doi"), *row.get("urls", [])]))
    return entries, []


def _read_csl_json(text: str, where: str) -> tuple[list[_Entry], list[str]]:
    try:
        rows = msgspec.json.decode(text)
    except (ValueError, RecursionError) as fault:
        raise InputError(f"broken JSON: {fault}", where=where, remedy="export it again as CSL-JSON") from None
    if isinstance(rows, dict) and isinstance(rows.get("items"), list):
        rows = rows["items"]
    if not isinstance(rows, list):
        raise InputError("no list of CSL-JSON items", where=where, remedy="export it again as CSL-JSON")
    entries, faults = [], []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            identifiers = [row.get(name) for name in ("DOI", "URL", "number", "archive_location")]
            entries.append(_Entry(row.get("title"), _csl_author(row.get("author")), identifiers))
        else:
            faults.append(f"entry {number}: not an object")
    return entries, faults


def _csl_author(authors: object) -> str | None:
    first = authors[0] if isinstance(authors, list) and authors else None
    if not isinstance(first, dict):
        return None
    names = (first.get(name) for name in ("given", "family", "literal"))
    return " ".join(name for name in names if isinstance(name, str)) or None


def _one_line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None


READERS: dict[str, Callable[[str, str], tuple[list[_Entry], list[str]]]] = {
    ".bib": _read_bibtex,
    ".ris": _read_ris,
    ".json": _read_csl_json,
}
"""The function that reads the files with an ending: text and place to entries and faults."""
