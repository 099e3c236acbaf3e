"""The papers to fetch: the records of an export, the entries of a reading list, or lines of identifiers and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from ...errors import InputError
from ...model.identifier_forms import arxiv_words
from ...model.identifiers import Identifier, identifier, identifiers_in
from ...model.reading_list import Entry, ReadingList, parse_reading_list
from ...utils.encodings import decoded
from ...utils.files import LARGEST_TOML, parse_toml, read_bytes
from ...utils.text import clipped, one_line
from ..printed_lists.pasted_references import reference_in
from ..printed_lists.reference_lines import one_a_line
from ..printed_lists.same_authors import only_refers
from ..reference_formats.other_formats import refuse_other_formats
from ..reference_formats.recognise import ReferenceFormat, by_ending, recognised
from ..reference_formats.references import Fault, Reference, shown_title
from .line_markup import without_front_matter, without_markup
from .running_text import refuse_running_text
from .target import FileOfPapers, Target, Targets, api_ids_of

__all__ = [
    "LINES",
    "READING_LIST",
    "Target",
    "Targets",
    "form_of",
    "parse_targets",
    "read_targets",
    "targets_of_bytes",
    "targets_of_list",
]

READING_LIST, LINES = "reading list", "lines"
"""What a file of papers is called that is no export."""
LARGEST_LINES = 8 << 20
"""How many characters lines of identifiers and titles may have: a hundred thousand titles."""
_READING_LIST = re.compile(r"^[ \t]*\[\[?\s*(?:entries|themes)\s*\]", re.MULTILINE)
"""What only a reading list has; with one bracket in the place of two its fault is that of a reading list."""
_BROKEN_IDENTIFIER = re.compile(r"(?:(?:arxiv|doi): ?|10\.\d{4}|\d{4}\.\d{4})\S*", re.IGNORECASE)
"""One word that can be no title: a piece of an arXiv identifier or of a DOI."""
_LINK = re.compile(r"(?:URL:)?(https?://\S+)", re.IGNORECASE)


def targets_of_list(reading_list: ReadingList, *, where: str = "") -> Targets:
    """The papers of a reading list; `where` is its file."""
    papers = tuple(_target_of_entry(entry, where) for entry in reading_list.entries)
    return Targets(papers, reading_list, files=(FileOfPapers(where, READING_LIST, len(papers)),) if where else ())


def parse_targets(lines: Iterable[str], *, where: str) -> Targets:
    """One paper a line: an identifier with whatever stands around it, or else a reference or a title.

    Lines without a letter or digit and # comments are skipped, and a piece of an identifier is left out and told. A
    line with several identifiers of one scheme names several papers.

    Raises `InputError` when no line names a paper.
    """
    papers: list[Target] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        text, place = line.strip().removeprefix("\ufeff"), f"line {number}"
        if not any(map(str.isalnum, text)) or text.startswith("#"):
            continue
        if only_refers(text):
            what = f"{clipped(text, 60)!r} refers to another reference"
            faults.append(Fault(place, what, "left out; name the paper itself"))
        elif _BROKEN_IDENTIFIER.fullmatch(text) and not identifiers_in(text):
            what = f"{clipped(text, 60)!r} begins as an identifier does and is none"
            faults.append(Fault(place, what, "write all of it, as 1706.03762 or 10.1000/182"))
        else:
            before = papers[-1].first_author if papers else None
            papers += _targets_of_text(text, where, place, before=before)
    if faults and not papers:
        raise InputError(f"{faults[0].place}: {faults[0].what}", where=where, remedy=faults[0].remedy)
    if not papers:
        raise InputError("no paper is named here", where=where, remedy="give one identifier or title a line")
    notes = tuple(f"{where}, {fault}" for fault in faults)
    return Targets(tuple(papers), notes=notes, files=(FileOfPapers(where, LINES, len(papers), tuple(faults)),))


def read_targets(path: Path) -> Targets:
    """The papers that a file names, whatever the file is called: its content decides how it is read.

    Raises `InputError` when it cannot be read, is in a format that is not read, or names no paper.
    """
    return targets_of_bytes(read_bytes(path), str(path))


def targets_of_bytes(data: bytes, where: str) -> Targets:
    """The papers that the bytes of a file name; `where` is its name, for messages."""
    text, not_unicode = decoded(data, where)
    text = without_front_matter(text)
    form = form_of(text, where)
    if form == READING_LIST:
        return targets_of_list(parse_reading_list(parse_toml(text, where=where), Path(where)), where=where)
    if isinstance(form, str):
        lines = one_a_line(text.split("\n"))
        refuse_running_text(lines, where)
        return parse_targets(lines, where=where)
    return _targets_of_export(form, text, where, not_unicode)


def form_of(text: str, where: str) -> ReferenceFormat | str:
    """How a text names papers: as an export of a format, as a `READING_LIST`, or as `LINES`.

    Raises `InputError` when it is in a format that is not read, or too long for what it is.
    """
    beginning = text[:LARGEST_TOML]
    ending = Path(where).suffix.lower()
    form = recognised(beginning)
    is_reading_list = form is None and (ending == ".toml" or has_entries(beginning))
    most = LARGEST_TOML if is_reading_list else LARGEST_LINES
    if form is None and len(text) > most:
        what = f"this is no export of references, and has more than {most:,} characters"
        raise InputError(what, where=where, remedy="split it, or name the file of a list")
    if is_reading_list:
        return READING_LIST
    if form is None and (named := by_ending(ending)) and not _has_identifiers_alone(text):
        form = named
    if form is None:
        refuse_other_formats(text, where)
    return form or LINES


def has_entries(text: str) -> bool:
    """Whether a text has what only a reading list has, so that its faults are those of one."""
    return bool(_READING_LIST.search(text))


def _has_identifiers_alone(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return bool(lines) and all(map(identifiers_in, lines))


def _target_of_entry(entry: Entry, where: str) -> Target:
    name = entry.names[0] if entry.names else clipped(entry.name, 60)
    return Target(
        f"entry {entry.number}: {name}",
        api_ids_of(entry.identifiers),
        entry.title,
        entry.first_author,
        entry.listed_year,
        file=where,
        place=f"entry {entry.number}" if where else "",
        identifiers=entry.identifiers,
    )


def _targets_of_text(text: str, where: str, place: str, *, before: str | None) -> list[Target]:
    """The paper of a line, or the papers where it has several identifiers of one scheme; none of a picture.

    `before` is the first author of the paper before it.
    """
    target = partial(Target, f"{place}: {clipped(text, 60)}", file=where, place=place)
    numbers = (identifier("arxiv", each) for each in arxiv_words(text))
    found = list(dict.fromkeys((*identifiers_in(text), *numbers)))
    if found:
        return [target(api_ids=api_ids_of(each), identifiers=tuple(each)) for each in _papers_of(found)]
    link = _LINK.fullmatch(text)
    if link:
        return [target(api_ids=(f"URL:{link[1]}",))]
    bare = without_markup(text)
    if not any(map(str.isalnum, bare)):
        return []
    title, first_author, year = _understood(bare, before=before)
    return [target(title=title, first_author=first_author, year=year)]


def _understood(text: str, *, before: str | None = None) -> tuple[str, str | None, int | None]:
    """The title, first author and year of a reference, or of a text that is a title alone."""
    found = reference_in(text, before=(before,) if before else ())
    if found and (title := shown_title(found.title)):
        return title, found.authors[0] if found.authors else None, found.year
    return shown_title(text) or one_line(text), None, None


def _papers_of(found: list[Identifier]) -> list[list[Identifier]]:
    """The identifiers of one line by paper: those of different schemes are one's, those of one scheme several's."""
    if len({each.scheme for each in found}) == len(found):
        return [found]
    return [[each] for each in found]


def _targets_of_export(form: ReferenceFormat, text: str, where: str, not_unicode: int | None = None) -> Targets:
    """The papers of an export's text; `not_unicode` is the first line that was not UTF-8.

    Raises `InputError` when no record names a paper.
    """
    parsed = form.read(text, where)
    targets = [_target_of_reference(number, each, where) for number, each in enumerate(parsed.references, start=1)]
    faults = [
        *parsed.faults,
        *(_left_out(each) for each, target in zip(parsed.references, targets, strict=True) if not target),
    ]
    if not_unicode:
        remedy = "if letters are wrong, save the file as UTF-8"
        faults.append(Fault(f"line {not_unicode}", "not UTF-8; read as Windows-1252", remedy))
    papers = tuple(filter(None, targets))
    if not papers:
        if recognised(text) is None:  # the ending of its name was taken for its format
            refuse_other_formats(text, where)
        reason = f" ({where}, {faults[0].place}: {faults[0].what})" if faults else ""
        remedy = f"check the export; it was read as {form.label}"
        raise InputError(f"no entry that names a paper{reason}", where=where, remedy=remedy)
    notes = tuple(f"{where}, {fault}" for fault in faults)
    return Targets(papers, notes=notes, files=(FileOfPapers(where, form.label, len(papers), tuple(faults)),))


def _target_of_reference(number: int, reference: Reference, where: str) -> Target | None:
    title, first_author, year = reference.title, reference.first_author, reference.year
    if not title and reference.printed:
        title, first_author, year = _understood(without_markup(reference.printed))
    title = title if any(map(str.isalnum, title or "")) else None  # signs alone name nothing
    if not (title or reference.identifiers):
        return None
    return Target(
        f"entry {number}: {clipped(title or str(reference.identifiers[0]), 60)}",
        api_ids_of(reference.identifiers),
        title,
        first_author,
        year,
        file=where,
        place=reference.place,
        key=reference.key,
        identifiers=tuple(reference.identifiers),
    )


def _left_out(reference: Reference) -> Fault:
    called = f"entry {clipped(reference.key, 60)!r}: " if reference.key else ""
    return Fault(reference.place, f"{called}neither a title nor an identifier", "left out; add one of them")
