"""Which format a text is in. Its content decides; the ending of the file only where the content says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .bibtex import read_bibtex
from .csl_json import read_csl_json
from .csv_export import header_of, read_csv_export
from .endnote_xml import read_endnote_xml
from .references import ParsedFile
from .tagged import ENDNOTE, PUBMED, RIS, WEB_OF_SCIENCE, read_tagged


@dataclass(frozen=True, slots=True)
class ReferenceFormat:
    """A format that can be read."""

    label: str
    """Its name for people."""
    endings: tuple[str, ...]
    """Of the files that have it, as a rule."""
    recognise: Callable[[str], bool]
    """Whether a text has it."""
    read: Callable[[str, str], ParsedFile]
    """Its references, of the text and the file's name for messages."""


def _contains(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: bool(compiled.search(text))


FORMATS = (
    ReferenceFormat(
        "CSL-JSON",
        (".json", ".csl", ".jsonl"),
        _contains(r"\A\s*(?:\[\s*(?:\{\s*\"|\]|\"[^\"\n]*\"\s*,)|\{\s*\")"),
        read_csl_json,
    ),
    ReferenceFormat(
        "EndNote XML", (".xml",), _contains(r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:xml|records)>"), read_endnote_xml
    ),
    ReferenceFormat(
        "RIS",
        (".ris", ".refman"),
        _contains(r"^\s{0,3}TY\s{0,3}-\s?[A-Z]|^[ \t]*[Tt][Yy] {2}[-\u2013\u2014] [A-Za-z]"),
        lambda text, _: read_tagged(text, RIS),
    ),
    ReferenceFormat(
        "PubMed", (".nbib", ".medline"), _contains(r"^PMID ?- ?\d"), lambda text, _: read_tagged(text, PUBMED)
    ),
    ReferenceFormat(
        "Web of Science",
        (".ciw", ".isi"),
        _contains(r"^FN (?:Clarivate|Thomson|ISI)|\A(?:VR [\d.]+\n)?PT [A-Z]\n[A-Z][A-Z0-9] "),
        lambda text, _: read_tagged(text, WEB_OF_SCIENCE),
    ),
    ReferenceFormat(
        "EndNote",
        (".enw", ".end"),
        _contains(r"^%0 [A-Z]|^%T .*(?:\n.*){0,40}\n%[A-Z@] |^%A .*(?:\n.*){0,40}\n%T "),
        lambda text, _: read_tagged(text, ENDNOTE),
    ),
    ReferenceFormat(
        "BibTeX",
        (".bib", ".bibtex", ".biblatex"),
        _contains(r"(?:^|\})[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t\n]*[{(][^\n]*(?:,|=|$)"),
        lambda text, _: read_bibtex(text),
    ),
    ReferenceFormat(
        "CSV", (".csv", ".tsv", ".tab"), lambda text: header_of(text) is not None, lambda text, _: read_csv_export(text)
    ),
)
"""The formats, those first that say what they are most clearly."""


def recognised(text: str) -> ReferenceFormat | None:
    """The format of a text, or None for what may be lines of identifiers and titles.

    >>> recognised("TY  - JOUR\\nTI  - Tides").label, recognised("@misc{a, title={Tides}}").label, recognised("Tides")
    ('RIS', 'BibTeX', None)
    """
    return next((each for each in FORMATS if each.recognise(text)), None)


def by_ending(ending: str) -> ReferenceFormat | None:
    """The format of files that end so."""
    return next((each for each in FORMATS if ending.lower() in each.endings), None)
