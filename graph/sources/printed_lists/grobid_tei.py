"""The TEI in which GROBID gives what it reads in a PDF: never a whole list by itself, for it leaves out entries.

An entry has its parts in elements (``biblStruct``), or only the printed string, in a note or in ``bibl``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from ...model.identifiers import Identifier
from ...utils.person_names import surname
from ..reference_formats.references import year_in
from .entries import Entry, Numbering, PrintedFile, PrintedList, Work, mentions_of
from .entry_parts import is_remark
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .list_marks import without_number
from .markup_tree import Node, pairs, xml_tree
from .printed_names import names_in
from .reference_text import works_of_text

_IDS = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pmcid": "pmcid"}
_CITATIONS = ("biblStruct", "bibl", "biblFull")
_NUMBER = re.compile(r"[\[(,;\s]*(\d{1,4})[\]),;.\s]*")
_VENUE = re.compile(r"\.\s+In:?\s+(?=[A-Z])")
_RAW = "raw_reference"
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
    listed = _listed(root)
    entries = [_entry(node, position) for position, node in enumerate(listed, start=1)]
    numbers = {key: next(iter(found)) for key, found in shown.items() if len(found) == 1 and found != {""}}
    numbering: Numbering = "position"
    agreeing = [numbers.get(each.key or "") == str(each.number) for each in entries if each.key in shown]
    if agreeing and all(agreeing):
        numbering = "printed"
    if places:
        entries = list(map(mentions.noted_on, entries))
    why = [*([fault] if fault else []), _READ, *([_MATCHED] if _is_consolidated(listed) else [])]
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


def _listed(root: Node) -> list[Node]:
    """The entries of the lists, or else of what stands behind the text."""
    holder = "listBibl" if root.first("listBibl") else "back"
    return [
        node
        for node, above in pairs(root)
        if _is_citation(node) and any(each.name == holder for each in above) and not any(map(_is_citation, above))
    ]


def _is_citation(node: Node) -> bool:
    """Whether an element is an entry; a note is one where no other holds its printed string."""
    return node.name in _CITATIONS or (node.name == "note" and node.get("type") == _RAW)


def _is_consolidated(listed: list[Node]) -> bool:
    """Whether dates have days and publishers appear, which GROBID alone rarely reads."""
    dated = sum(
        bool(re.fullmatch(r"\d{4}-\d\d-\d\d", date.get("when"))) for each in listed for date in each.nodes("date")
    )
    published = sum(bool(each.first("publisher")) for each in listed)
    return dated + published > max(2, len(listed) // 4)


def _entry(node: Node, position: int) -> Entry:
    noted = next((each.text() for each in (node, *node.nodes("note")) if each.get("type") == _RAW), "")
    raw = noted or " ".join(filter(None, (each.text() for each in _holders(node))))
    works = _works(node, without_number(noted) or ("" if node.inner("analytic", "monogr") else raw))
    remark = not works and bool(raw) and is_remark(raw)
    fault = None if raw else "it is empty"
    return Entry(position, raw, works, key=node.get("id") or None, is_remark=remark, fault=fault)


def _works(node: Node, printed: str) -> tuple[Work, ...]:
    """The work as the elements of an entry name it; what they lack is read in the printed string."""
    work = _work(node, printed)
    if not work.title and (read := works_of_text(printed)):
        if len(read) > 1:
            return read
        ids = of_one_work(work.identifiers, read[0].identifiers)
        work = replace(
            read[0], authors=work.authors or read[0].authors, year=work.year or read[0].year, identifiers=ids
        )
    return (work,) if work.is_identified else ()


def _work(node: Node, printed: str) -> Work:
    title, authors = _compared(printed, _title(node), _authors(node))
    dates = (each.get("when") or each.text() for each in node.nodes("date"))
    links = [each.get("target") for each in node.nodes("ptr", "ref") if each.get("target")]
    return Work(
        title,
        authors,
        next(filter(None, map(year_in, dates)), None),
        of_one_work(identifiers_of_links(_ids(node)), [*identifiers_of_links(links), *announced(printed)]),
    )


def _holders(node: Node) -> list[Node]:
    """What holds title and authors: the parts of a structured entry, or the entry itself."""
    return node.inner("analytic", "monogr") or [node]


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


def _title(node: Node) -> str | None:
    """The title of the work; that of a journal or a series is not one."""
    for holder in _holders(node):
        titles = [each for each in holder.nodes("title") if each.get("type") != "abbrev"]
        for levels in (("a",), ("m", "u", "")):
            for each in titles:
                title = each.text().strip(" .,")
                if title and each.get("level") in levels:
                    return title
        if holder.name == "analytic" and titles:
            return None
    return None


def _authors(node: Node) -> tuple[str, ...]:
    for holder in _holders(node):
        names = []
        for author in holder.nodes("author"):
            given = " ".join(each.text() for each in author.nodes("forename"))
            family = next((each.text() for each in author.nodes("surname")), "")
            name = ", ".join(filter(None, (family, given))) or author.text().strip(" ,;")
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
