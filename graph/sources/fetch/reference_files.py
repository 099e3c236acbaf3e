"""Papers to fetch from the exports of reference managers and databases.

`graph.sources.reference_formats` reads the formats; here each record becomes a paper to fetch. A record that names no
paper is left out, and a note says so, with its line and what to do.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import InputError
from ...utils.encodings import decoded
from ...utils.files import read_bytes
from ...utils.text import clipped
from ..reference_formats.recognise import ReferenceFormat, by_ending, recognised, refuse_other_formats
from ..reference_formats.references import Fault, Reference
from .target import FileOfPapers, Target, Targets, api_ids_of


def read_reference_file(path: Path) -> Targets:
    """The papers of an export. Its content says in which format it is, else the ending of its name.

    Raises `InputError` when the file cannot be read, or no record names a paper.
    """
    text, not_unicode = decoded(read_bytes(path), str(path))
    form = recognised(text) or by_ending(path.suffix)
    if form is None:
        raise InputError("no export that is known", where=str(path), remedy="export it as RIS, BibTeX or CSL-JSON")
    return targets_of_export(form, text, str(path), not_unicode)


def targets_of_export(form: ReferenceFormat, text: str, where: str, not_unicode: int | None = None) -> Targets:
    """The papers of an export's text; `not_unicode` is the first line that was not UTF-8.

    Raises `InputError` when no record names a paper.
    """
    parsed = form.read(text, where)
    targets = [_target(number, each, where) for number, each in enumerate(parsed.references, start=1)]
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


def _target(number: int, reference: Reference, where: str) -> Target | None:
    if not (reference.title or reference.identifiers):
        return None
    return Target(
        f"entry {number}: {clipped(reference.title or str(reference.identifiers[0]), 60)}",
        api_ids_of(reference.identifiers),
        reference.title,
        reference.first_author,
        reference.year,
        file=where,
        place=reference.place,
        key=reference.key,
        identifiers=tuple(reference.identifiers),
    )


def _left_out(reference: Reference) -> Fault:
    called = f"entry {clipped(reference.key, 60)!r}: " if reference.key else ""
    return Fault(reference.place, f"{called}neither a title nor an identifier", "left out; add one of them")
