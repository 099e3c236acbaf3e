"""Reference managers' exports as wants: BibTeX, RIS, and the CSL-JSON of Zotero.

Libraries that are kept well read the formats; here their entries become identifiers, a title and a
first author. An entry that cannot be read is left out and said.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ...errors import InputError
from ...model.identifiers import Identifier, identifier, parse_identifier
from ...utils.files import read_text
from ...utils.text import clipped
from .targets import Target, Targets, with_forms

READ = {".bib": "bibtexparser", ".ris": "rispy", ".json": None}
"""The endings of files that are read here, and the library that reads each."""
Entry = Mapping[str, Any]


def read_library(path: Path) -> Targets:
    """The papers of a reference manager's export.

    Raises
    ------
    InputError
        When the file holds no entry, or the library that reads it is not installed.
    """
    text = read_text(path)
    read = {".bib": _bibtex, ".ris": _ris, ".json": _csl}[path.suffix.lower()]
    entries, faults = read(text, str(path))
    wanted = [_wanted(n, entry) for n, entry in enumerate(entries, start=1)]
    notes = [f"{path}, {fault}" for fault in faults]
    notes += [f"{path}, entry {n}: neither a title nor an identifier" for n, each in enumerate(wanted, 1) if not each]
    papers = tuple(each for each in wanted if each)
    if not papers:
        reasons = f" ({notes[0]})" if notes else ""
        raise InputError(f"no entry that names a paper{reasons}", where=str(path), remedy="check the export")
    return Targets(papers, notes=tuple(notes))


def _wanted(number: int, entry: Entry) -> Target | None:
    known: list[Identifier] = []
    for text in entry["identifiers"]:
        found = parse_identifier(text) if isinstance(text, str) else None
        if found and found not in known:
            known.append(found)
    title, author = _one_line(entry["title"]), _one_line(entry["author"])
    if not (title or known):
        return None
    label = f"entry {number}: {clipped(title or str(known[0]), 60)}"
    return with_forms(Target(label, identifiers=tuple(known), title=title, first_author=author))


def _bibtex(text: str, where: str) -> tuple[list[Entry], list[str]]:
    bibtexparser = _library("bibtexparser", where)
    decoding = importlib.import_module("bibtexparser.middlewares").LatexDecodingMiddleware()
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its faults are told below, once
    library = bibtexparser.parse_string(text, append_middleware=[decoding])
    written = {each.start_line: _fields(each) for each in bibtexparser.parse_string(text).entries}
    entries: list[Entry] = []
    for each in library.entries:
        fields, exact = _fields(each), written[each.start_line]
        eprint = exact.get("eprint", "")
        ids = [_verbatim(exact.get("doi")), _arxiv(eprint), _verbatim(exact.get("url")), exact.get("arxivid")]
        author = fields.get("author", "").partition(" and ")[0]
        entries.append({"title": fields.get("title"), "author": author, "identifiers": ids})
    return entries, [f"line {block.start_line + 1}: cannot be read" for block in library.failed_blocks]


def _fields(entry: Any) -> dict[str, str]:
    return {field.key.lower(): str(field.value) for field in entry.fields}


def _verbatim(field: str | None) -> str | None:
    """An address as it is: in it a % begins no comment, but some exporters escape as in running text."""
    return field if field is None else re.sub(r"\\([_%&#$~{}])", r"\1", field)


def _ris(text: str, where: str) -> tuple[list[Entry], list[str]]:
    rows = _library("rispy", where).loads(text)
    entries: list[Entry] = []
    for row in rows:
        title = next((row[name] for name in ("title", "primary_title", "secondary_title") if row.get(name)), None)
        authors = row.get("authors") or row.get("first_authors") or [None]
        entries.append({"title": title, "author": authors[0], "identifiers": [row.get("doi"), *row.get("urls", [])]})
    return entries, []


def _csl(text: str, where: str) -> tuple[list[Entry], list[str]]:
    try:
        rows = msgspec.json.decode(text)
    except (ValueError, RecursionError) as fault:
        raise InputError(f"broken JSON: {fault}", where=where, remedy="export it again as CSL-JSON") from None
    if isinstance(rows, dict) and isinstance(rows.get("items"), list):
        rows = rows["items"]
    if not isinstance(rows, list):
        raise InputError("no list of CSL-JSON items", where=where, remedy="export it again as CSL-JSON")
    entries: list[Entry] = []
    faults = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            faults.append(f"entry {number}: not an object")
            continue
        entries.append(
            {
                "title": row.get("title"),
                "author": _csl_author(row.get("author")),
                "identifiers": [row.get("DOI"), row.get("URL"), row.get("number"), row.get("archive_location")],
            }
        )
    return entries, faults


def _csl_author(people: object) -> str | None:
    first = people[0] if isinstance(people, list) and people else None
    if not isinstance(first, dict):
        return None
    names: Iterable[object] = (first.get("given"), first.get("family"), first.get("literal"))
    return " ".join(name for name in names if isinstance(name, str)) or None


def _arxiv(eprint: str) -> str | None:
    """An eprint when it is arXiv's, whose field says only the number."""
    try:
        return str(identifier("arxiv", eprint))
    except ValueError:
        return None


def _library(name: str, where: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise InputError(
            f"reading it takes the package {name}, which is not installed",
            where=where,
            remedy=f"pip install {name}, or give a file with one identifier a line",
        ) from None


def _one_line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None
