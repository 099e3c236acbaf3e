"""Formats with a tag a line: RIS, PubMed (MEDLINE), Web of Science, and EndNote's own.

A record begins with its first tag and ends with its last, where it has one; a record that lacks either is read all the
same. A line without a tag goes on with the field before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .references import Fields, ParsedFile, Roles, reference_of


@dataclass(frozen=True, slots=True)
class TaggedFormat:
    """One of these formats."""

    tag: str
    """The regular expression of a line with a tag: its groups are the tag, and the text behind it."""
    begins: str
    """The tag of the first line of a record."""
    ends: str
    """The tag of the last line, "" for none."""
    blank_ends: bool
    """Whether a blank line ends a record."""
    roles: Roles
    """By tag."""


RIS = TaggedFormat(
    tag=r"\s{0,3}(?P<tag>[A-Z][A-Z0-9]{1,3}(?=\s\s)|ER)\s{0,3}-(?:\s(?P<text>.*)|$)",
    begins="TY",
    ends="ER",
    blank_ends=False,
    roles=Roles(
        titles=("TI", "T1", "CT", "BT", "T2", "ST"),
        authors=("AU", "A1", "A2", "ED"),
        years=("PY", "Y1", "DA"),
        keys=("ID", "LB", "AN"),
        stated={"doi": ("DO", "DI", "DOI"), "pmid": ("PMID",)},
        mentioned=(
            *("UR", "LK", "L1", "L2", "L3", "L4", "M3", "M1", "M2", "AN", "ID", "C1", "C2", "C3", "C4", "C5", "C6"),
            *(
                "C7",
                "C8",
                "VL",
                "IS",
                "SP",
                "JO",
                "JF",
                "J2",
                "JA",
                "T2",
                "T3",
                "PB",
                "N1",
                "U1",
                "U2",
                "U3",
                "U4",
                "U5",
            ),
            *("RN", "SE", "OP", "SN", "TA", "LB", "DP", "DB"),
        ),
    ),
)
PUBMED = TaggedFormat(
    tag=r"(?P<tag>[A-Z]{2,4}) {0,3}- ?(?P<text>.*)",
    begins="PMID",
    ends="",
    blank_ends=True,
    roles=Roles(
        titles=("TI", "BTI", "CTI", "TT"),
        authors=("FAU", "AU", "CN"),
        years=("DP", "DEP", "EDAT"),
        keys=("PMID",),
        stated={"pmid": ("PMID",), "doi": ("doi",), "pmcid": ("PMC",)},
        mentioned=("SO", "LID", "AID", "GN"),
    ),
)
WEB_OF_SCIENCE = TaggedFormat(
    tag=r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<text>.*)|$)",
    begins="PT",
    ends="ER",
    blank_ends=False,
    roles=Roles(
        titles=("TI",),
        authors=("AF", "AU", "CA", "BA", "BE"),
        years=("PY", "EA", "PD"),
        keys=("UT",),
        stated={"doi": ("DI", "D2"), "pmid": ("PM",)},
        mentioned=("AR", "SO", "UT", "VL", "NO"),
    ),
)
ENDNOTE = TaggedFormat(
    tag=r"%(?P<tag>\S)(?: (?P<text>.*)|$)",
    begins="0",
    ends="",
    blank_ends=True,
    roles=Roles(
        titles=("T", "B"),
        authors=("A", "E", "?"),
        years=("D", "8"),
        keys=("F", "M"),
        stated={"doi": ("R",)},
        mentioned=("U", ">", "M", "R", "2", "1", "3", "4", "L", "J", "B", "V", "N", "P", "I", "S", "Z", "9", "6"),
    ),
)
# Some programs write one blank before the hyphen; then a continued line such as "AI - ..." cannot be told from a tag.
_LOOSE_RIS = replace(RIS, tag=r"\s{0,3}(?P<tag>[A-Z][A-Z0-9])\s?-(?:\s(?P<text>.*)|$)")
# Passed on in mails and word processors: indented, in small letters, with a dash.
_ODD_RIS_LINE = re.compile(r"^[ \t]*([A-Za-z][A-Za-z0-9]) {2}[-\u2013\u2014](?: |$)", re.MULTILINE)
_DATABASE_OF_PMIDS = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


def read_tagged(text: str, form: TaggedFormat) -> ParsedFile:
    """Read all records of a text in one of these formats; linear in its length.

    >>> text = "TY  - JOUR\\nTI  - Tidal Transformers\\nDO  - 10.5555/tidal.9\\n"
    >>> [(each.place, each.title) for each in read_tagged(text, RIS).references]
    [('line 1', 'Tidal Transformers')]
    """
    if form is RIS and not re.search(r"^\s{0,3}TY\s{2,3}-", text, re.MULTILINE):
        plain = _ODD_RIS_LINE.sub(lambda line: f"{line[1].upper()}  - ", text)
        if plain == text:
            form = _LOOSE_RIS
        text = plain
    return ParsedFile(
        tuple(
            reference_of(_adapted(fields, form), form.roles, f"line {line}")
            for line, fields in _records(text, form)
            if not _is_header(fields)
        )
    )


def _records(text: str, form: TaggedFormat) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """The records: the number of the first line, and the texts of each tag."""
    fields: dict[str, list[str]] = {}
    begins = 0
    for number, tag, value in _lines(text, form):
        is_end = form.blank_ends if not tag else tag == form.ends
        if fields and (is_end or (tag == form.begins and tag in fields)):
            yield begins, fields
            fields = {}
        if tag and not is_end:
            begins = begins if fields else number
            fields.setdefault(tag, []).append(value)
    if fields:
        yield begins, fields


def _lines(text: str, form: TaggedFormat) -> Iterator[tuple[int, str, str]]:
    """Each tag with its text and the number of its line; "" for the tag of a blank line."""
    pattern = re.compile(form.tag)
    joint = "\n" if form is WEB_OF_SCIENCE else " "  # there each line of authors is one author
    open_: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        match = pattern.fullmatch(line)
        if match is None and line.strip():
            if open_:
                open_[2].append(line.strip())
            continue
        if open_:
            yield open_[0], open_[1], joint.join(open_[2])
        open_ = (number, match["tag"], [(match["text"] or "").strip()]) if match else None
        if match is None:
            yield number, "", ""
    if open_:
        yield open_[0], open_[1], joint.join(open_[2])


def _is_header(fields: Fields) -> bool:
    """Whether this is the head or the end of a file rather than a record."""
    return set(fields) <= {"FN", "VR", "EF"}


def _adapted(fields: dict[str, list[str]], form: TaggedFormat) -> Fields:
    """The fields with what a format says in a way of its own, put where the roles look for it."""
    if form is PUBMED:  # "10.5555/co2 [doi]"
        articles = [*fields.get("LID", ()), *fields.get("AID", ())]
        return fields | {"doi": [text.rpartition("[")[0] for text in articles if text.endswith("[doi]")]}
    if form is WEB_OF_SCIENCE:
        people = {tag: fields[tag][0].split("\n") for tag in form.roles.authors if tag in fields}
        return fields | people
    if form in (RIS, _LOOSE_RIS) and any(
        _DATABASE_OF_PMIDS.search(text) for tag in ("DB", "DP") for text in fields.get(tag, ())
    ):
        return fields | {"PMID": [text for text in fields.get("AN", ()) if text.isascii() and text.isdigit()]}
    return fields
