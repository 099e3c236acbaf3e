"""Which format a text is in. Its content decides; the ending of the file only where the content says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ...errors import InputError
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

_CHOOSE = "export it as RIS, BibTeX or CSL-JSON"
_REFUSED = (
    (
        r"\A\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE PubmedArticleSet|<PubmedArticleSet",
        "PubMed's XML",
        "save it as PubMed (.nbib)",
    ),
    (r"^Author information: *$", "PubMed's abstracts", "save it as PubMed (.nbib)"),
    (r"<rdf:RDF", "RDF", _CHOOSE),
    (r"<modsCollection|<mods[ >]", "MODS", _CHOOSE),
    (
        r"\A\s*<(?:!DOCTYPE html|html|head|body)",
        "a web page",
        "save the list as text, or export it from the page as RIS",
    ),
    (r"\A\s*<\?xml|\A\s*<[a-z]+[^>\n]*>\s*<", "XML of another program", _CHOOSE),
    (r"\\documentclass|\\begin\{thebibliography\}|\\bibitem", "LaTeX", "give the .bib file that it was made from"),
    (r"\ART [A-Z][a-z]+.*\n(?:S[RN]|ID|[AT]1) ", "RefWorks' tagged format", _CHOOSE),
    (r"\A---\n(?:.*\n)*?references:|^references:\n- ", "YAML", "convert it to CSL-JSON: pandoc -t csljson"),
)
_LABELS = re.compile(
    r"^\{?(reference type|record number|authors?|author full names|title|year|journal|source"
    r"|document type|publication stage|abstract|keywords|publisher|volume|issue|pages|unique identifier|institution"
    r"|database|language)\}?(?::|$)",
    re.MULTILINE | re.IGNORECASE,
)
"""Lines with the name of a field, as EndNote, Scopus, Ovid and NoteFirst write them."""
_MAIN_LABELS = frozenset({"reference type", "author", "author full name", "title", "document type"})
_TAG_LINE = re.compile(r"^(?:[A-Z][A-Z0-9]{1,3} {0,2}- |%[A-Z0-9@] |<[A-Za-z/])", re.MULTILINE)


def recognised(text: str) -> ReferenceFormat | None:
    """The format of a text, or None for what may be lines of identifiers and titles.

    >>> recognised("TY  - JOUR\\nTI  - Tides").label, recognised("@misc{a, title={Tides}}").label, recognised("Tides")
    ('RIS', 'BibTeX', None)
    """
    return next((each for each in FORMATS if each.recognise(text)), None)


def by_ending(ending: str) -> ReferenceFormat | None:
    """The format of files that end so."""
    return next((each for each in FORMATS if ending.lower() in each.endings), None)


def refuse_other_formats(text: str, where: str) -> None:
    """Raise `InputError` for a text in a format that is not read, which would pass for lines of titles."""
    for pattern, label, remedy in _REFUSED:
        if re.search(pattern, text, re.MULTILINE | re.IGNORECASE if pattern.startswith("\\A") else re.MULTILINE):
            raise InputError(f"this is {label}, which is not read", where=where, remedy=remedy)
    labels = {match[1].lower().removesuffix("s") for match in _LABELS.finditer(text)}
    if len(labels) > 1 and labels & _MAIN_LABELS:
        what = f"this is a list of records with named fields ({', '.join(sorted(labels))}), which is not read"
        raise InputError(what, where=where, remedy=_CHOOSE)
    lines = sum(1 for line in text.split("\n") if line.strip())
    if lines > 2 and len(_TAG_LINE.findall(text)) * 2 > lines:
        raise InputError("this is an export of a kind that is not known", where=where, remedy=_CHOOSE)
