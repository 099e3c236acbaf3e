"""The TEI in which GROBID gives what it reads in a PDF: never a whole list by itself, for it leaves out entries."""

from __future__ import annotations

import re
from collections import defaultdict

from ...model.identifiers import Identifier
from ...utils.person_names import surname
from ..reference_formats.references import year_in
from .entries import Entry, Numbering, PrintedFile, PrintedList, Work, mentions_of
from .entry_parts import names_in
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .markup_tree import Node, pairs, xml_tree

_IDS = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmcid"}
_NUMBER = re.compile(r"[\[(,;\s]*(\d{1,4})[\]),;.\s]*")
_VENUE = re.compile(r"\.\s+In:?\s+(?=[A-Z])")
_READ = "read from a PDF by GROBID, which leaves out and joins entries"
_MATCHED = "parts of it were replaced by records of Crossref that GROBID took for the same works"


def read_tei(text: str, where: str) -> PrintedFile:
    """The list of a document, with what its text cites.

    Raises `InputError` for XML that defines entities, or is too large or too deep.
    """
    root, fault = xml_tree(text, where)
    places: list[tuple[str, str | None]] = []
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for node, above in pairs(root):
        if node.name == "ref" and node.get("type") == "bibr" and node.get("target"):
            targets = [each.lstrip("#") for each in node.get("target").split()]
            places += [(each, _section(above)) for each in targets]
            shown[targets[0]].add(match[1] if (match := _NUMBER.fullmatch(node.text())) else "")
    mentions = mentions_of(places)
    structs = [
        each
        for holder in root.nodes("listBibl")
        for each in holder.inner("biblStruct")
        if any(each.inner("analytic", "monogr"))
    ]
    entries = [_entry(struct, position) for position, struct in enumerate(structs, start=1)]
    numbers = {key: next(iter(found)) for key, found in shown.items() if len(found) == 1 and found != {""}}
    numbering: Numbering = "position"
    agreeing = [numbers.get(each.key or "") == str(each.number) for each in entries if each.key in shown]
    if agreeing and all(agreeing):
        numbering = "printed"
    if places:
        entries = list(map(mentions.noted_on, entries))
    why = [*([fault] if fault else []), _READ, *([_MATCHED] if _is_consolidated(structs) else [])]
    lists = (PrintedList(tuple(entries), numbering, tuple(why)),) if entries else ()
    return PrintedFile("GROBID's TEI", lists, _describes(root))


def _describes(root: Node) -> tuple[Identifier, ...]:
    header = root.first("sourceDesc")
    return of_one_work(identifiers_of_links(_ids(header))) if header else ()


def _ids(node: Node) -> list[str]:
    return [
        each.text() if each.text().lower().startswith(kind) else f"{_IDS[kind]}:{each.text()}"
        for each in node.nodes("idno")
        if (kind := each.get("type").lower()) in _IDS
    ]


def _is_consolidated(structs: list[Node]) -> bool:
    """Whether dates have days and publishers appear, which GROBID alone rarely reads."""
    dated = sum(
        bool(re.fullmatch(r"\d{4}-\d\d-\d\d", date.get("when"))) for each in structs for date in each.nodes("date")
    )
    published = sum(bool(each.first("publisher")) for each in structs)
    return dated + published > max(2, len(structs) // 4)


def _entry(struct: Node, position: int) -> Entry:
    raw = next((each.text() for each in struct.nodes("note") if each.get("type") == "raw_reference"), "")
    parts = struct.inner("analytic", "monogr")
    title, authors = _compared(raw, _title(struct), _authors(struct))
    dates = (each.get("when") or each.text() for each in struct.nodes("date"))
    links = [each.get("target") for each in struct.nodes("ptr") if each.get("target")]
    stated = identifiers_of_links(_ids(struct))
    work = Work(
        title,
        authors,
        next(filter(None, map(year_in, dates)), None),
        of_one_work(stated, [*identifiers_of_links(links), *announced(raw)]),
    )
    raw = raw or " ".join(each.text() for each in parts)
    return Entry(position, raw, (work,) if work.is_identified else (), key=struct.get("id") or None)


def _compared(raw: str, title: str | None, authors: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Title and authors as the printed string bears them out: no venue behind the title, the names at its head.

    >>> _compared("Oren Etzioni. 2011. Tides in tables. In ISWC.", "Tides in tables. In ISWC", ("Oren",))
    ('Tides in tables', ('Oren Etzioni',))
    """
    venue = _VENUE.search(title) if title else None
    if title and venue and raw:
        title = title[: venue.start()]
    folded, head = raw.casefold(), (title or "").casefold()[:20]
    place = folded.find(head) if head else -1
    names = names_in(raw[:place].strip(' .,:;\u201c"')) if place > 0 else ()
    is_list = bool(names) and all(2 <= len(name.split()) <= 5 and not any(map(str.isdigit, name)) for name in names)
    if is_list and (not authors or surname(authors[0]) != surname(names[0])):
        return title, names
    return title, authors


def _title(struct: Node) -> str | None:
    """The title of the work; that of a journal or a series is not one."""
    for holder in struct.inner("analytic", "monogr"):
        for node in holder.inner("title"):
            title = node.text().strip(" .,")
            if title and node.get("type") != "abbrev" and node.get("level") in ("a", "m", "u", ""):
                return title
        if holder.name == "analytic" and holder.inner("title"):
            return None
    return None


def _authors(struct: Node) -> tuple[str, ...]:
    for holder in struct.inner("analytic", "monogr"):
        names = []
        for author in holder.inner("author"):
            given = " ".join(each.text() for each in author.nodes("forename"))
            family = next((each.text() for each in author.nodes("surname")), "")
            name = ", ".join(filter(None, (family, given))) or author.text()
            if name:
                names.append(name)
        if names:
            return tuple(names)
    return ()


def _section(above: tuple[Node, ...]) -> str | None:
    for node in reversed(above):
        if node.name == "abstract":
            return "Abstract"
        if node.name == "div":
            head = next(iter(node.inner("head")), None)
            if head is not None and head.text():
                return " ".join(filter(None, (head.get("n"), head.text())))
    return None
