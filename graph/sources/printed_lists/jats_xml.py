"""JATS and its forerunner, NLM's XML, in which publishers and PubMed Central keep papers: ``ref-list``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ...model.identifiers import Identifier
from ...utils.text import normalised_title
from ..reference_formats.references import year_in
from .entries import Entry, Numbering, PrintedFile, PrintedList, Work, with_missing
from .entry_parts import is_remark
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .jats_mentions import mentions_in, with_mentions
from .list_marks import without_number
from .markup_tree import Node, xml_tree
from .reference_text import works_of_text

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_TITLES = ("article-title", "chapter-title", "part-title", "data-title", "trans-title")
_NAMES = ("name", "string-name", "person-group", "collab")
_FACES = ("italic", "bold", "sup", "sub", "sc")
_SENTENCE_OF_TITLE = re.compile(
    r"(?!(?:In|Eds?|Ph\.? ?D|Available|Preprint|Accessed|Retrieved|Proc|Pages?)\b)[^\W_a-z][^\n]*\s[^\n]{4,}"
)
"""More than a word, which begins with a capital: "in" and "edited by" begin what is none."""
_NOT_PRINTED = ("label", "object-id")
_IDS = {
    "doi": "doi", "pmid": "pmid", "pubmed": "pmid", "medline": "pmid", "pmcid": "pmcid", "pmc": "pmcid",
    "arxiv": "arxiv", "pmc-id": "pmcid", "doi-id": "doi", "pubmed-id": "pmid",
}  # fmt: skip
_WHOLE = frozenset(
    {
        "book", "thesis", "report", "software", "data", "dataset", "database", "monograph", "standard", "patent",
        "working-paper", "gov", "government", "website-collection", "conf-proceedings",
    }
)  # fmt: skip
"""Kinds of publication whose own title is in ``source``, where there is no other."""
_LABEL = re.compile(r"[\[(]?\s*(\d{1,5})\s*[.\])]*")


def read_jats(text: str, where: str) -> PrintedFile:
    """The lists of an article, with what its text cites.

    Raises `InputError` for XML that defines entities, or is too large or too deep.
    """
    root, fault = xml_tree(text, where)
    lists = [node for node in root.nodes("ref-list") if node.inner("ref")]
    printed = [_list(list(node.inner("ref")), fault) for node in lists]
    joined = [with_mentions(each, root) for each in _joined(printed)]
    cited = mentions_in(root, joined[0])[0].counts if joined else ()
    return PrintedFile("JATS", with_missing(joined, cited, is_part=True), _describes(root))


def _describes(root: Node) -> tuple[Identifier, ...]:
    meta = root.first("article-meta")
    if meta is None:
        return ()
    ids = [(each.get("pub-id-type"), each.text()) for each in meta.inner("article-id")]
    return of_one_work(identifiers_of_links(f"{_IDS[kind]}:{value}" for kind, value in ids if kind in _IDS))


def _joined(lists: list[PrintedList]) -> list[PrintedList]:
    """Lists whose numbers go on from one to the next as one list."""
    joined: list[PrintedList] = []
    for each in lists:
        before = joined[-1] if joined else None
        goes_on = before and each.entries and before.numbering == each.numbering == "printed"
        if before and goes_on and each.entries[0].number == before.entries[-1].number + 1:
            joined[-1] = replace(
                before, entries=(*before.entries, *each.entries), why_partial=before.why_partial or each.why_partial
            )
        else:
            joined.append(each)
    return joined


def _list(refs: list[Node], fault: str | None) -> PrintedList:
    labels = [_label_of(ref) for ref in refs]
    entries = [
        _entry(ref, position, label) for position, (ref, label) in enumerate(zip(refs, labels, strict=True), start=1)
    ]
    numbering: Numbering = "printed" if any(label and _LABEL.fullmatch(label) for label in labels) else "position"
    return PrintedList(tuple(entries), numbering, (fault,) if fault else ())


def _label_of(ref: Node) -> str:
    label = next(iter(ref.inner("label")), None)
    if label is None:
        label = next((each for citation in ref.inner(*_CITATIONS) for each in citation.inner("label")), None)
    return label.text() if label else ""


def _entry(ref: Node, position: int, label: str) -> Entry:
    number = _LABEL.fullmatch(label)
    groups = list(_citations_of(ref))
    citations = [citation for forms in groups for citation in forms]
    raw = " ".join(each.text(without=_NOT_PRINTED) for each in citations) or ref.text(without=("label",))
    works = _works(groups) if groups else works_of_text(without_number(raw))
    types = {_kind(each) for each in citations}
    remark = "supplementary-material" in types or (not works and is_remark(raw))
    shown = label if label and not number else None
    leading = re.match(r"\W*(\d{1,5})", label)
    return Entry(
        int(number[1]) if number else int(leading[1]) if leading else position,
        raw,
        () if remark else works,
        label=shown,
        key=ref.get("id") or None,
        is_remark=remark,
    )


def _citations_of(ref: Node) -> Iterator[list[Node]]:
    """The citations of an entry, each with the other forms in which it is given."""
    for each in ref.inner(*_CITATIONS, "citation-alternatives", "note"):
        if each.name == "citation-alternatives":
            yield each.inner(*_CITATIONS)
        elif each.name == "note":
            yield from ([citation] for citation in each.nodes(*_CITATIONS))
        else:
            yield [each]


def _kind(citation: Node) -> str:
    return (
        citation.get("publication-type") or citation.get("citation-type") or citation.get("publication-format")
    ).lower()


def _works(groups: list[list[Node]]) -> tuple[Work, ...]:
    """The works of an entry: one that is given twice, as text and in parts, is one."""
    works: list[tuple[Work, Node]] = []
    for forms in groups:
        read = [(work, citation) for citation in forms for work in _works_of(citation)]
        for work, citation in [_in_one(read)] if len(forms) > 1 and read else read:
            same = (place for place, known in enumerate(works) if _is_same(*known, work, citation))
            if (place := next(same, None)) is None:
                works.append((work, citation))
            else:
                works[place] = _in_one([works[place], (work, citation)])
    return tuple(work for work, _ in works)


def _works_of(citation: Node) -> tuple[Work, ...]:
    """The work whose parts are in elements; of a citation that names none of them so, what its text says."""
    work = _work(citation)
    is_text = citation.first(*_TITLES) is None and (citation.first("source") is None or not citation.first(*_NAMES))
    if not work.title and is_text and citation.name != "element-citation":
        text = without_number(citation.text(without=_NOT_PRINTED))
        if read := works_of_text(text):
            return (replace(read[0], identifiers=work.identifiers), *read[1:]) if len(read) == 1 else read
    is_located = work.year and work.authors and citation.first("volume", "source")
    return (work,) if work.is_identified or is_located else ()


def _in_one(read: list[tuple[Work, Node]]) -> tuple[Work, Node]:
    """The fullest of several forms of one work, with the identifiers of all."""
    work, citation = max(read, key=_weight)
    others = (each for other, _ in read for each in other.identifiers)
    return replace(work, identifiers=of_one_work(work.identifiers, others)), citation


def _weight(read: tuple[Work, Node]) -> int:
    work, citation = read
    title = bool(work.title) + bool(work.title and citation.first(*_TITLES))
    return 2 * title + len(work.identifiers) + bool(work.authors)


def _is_same(one: Work, node: Node, other: Work, another: Node) -> bool:
    titles = [normalised_title(each.title) for each in (one, other) if each.title]
    if (len(titles) > 1 and titles[0] == titles[1]) or set(one.identifiers) & set(other.identifiers):
        return True
    if node.name == another.name:
        return False
    if titles:
        texts = [normalised_title(text.text()) for text, work in ((another, one), (node, other)) if work.title]
        return any(title in text for title, text in zip(titles, texts, strict=True))
    volume, page = ((node.first(each) or another.first(each)) for each in ("volume", "fpage"))
    return bool(volume and page) and all(
        each.text() in node.text() and each.text() in another.text() for each in (volume, page) if each
    )


def _work(citation: Node) -> Work:
    year = next(filter(None, map(_year, citation.nodes("year"))), None)
    stated = [
        f"{_IDS[kind]}:{node.text()}" if kind != "arxiv" or not node.text().lower().startswith("arxiv") else node.text()
        for node in citation.nodes("pub-id")
        if (kind := node.get("pub-id-type").lower()) in _IDS
    ]
    links = [
        node.get("href") or node.text()
        for node in citation.nodes("ext-link", "uri", "self-uri")
        if node.get("href") or node.name == "uri"
    ]
    texts = [node.text() for node in citation.nodes("comment", "source", "pub-id", "object-id", "elocation-id")]
    plain = "" if stated or links else citation.text(without=("article-title", "label"))
    return Work(
        _title(citation),
        tuple(_authors(citation)),
        year,
        of_one_work(
            identifiers_of_links(stated),
            [*identifiers_of_links(links), *(one for text in (*texts, plain) for one in announced(text))],
        ),
    )


def _year(node: Node) -> int | None:
    return year_in(node.text()) or year_in(node.get("iso-8601-date"))


def _title(citation: Node) -> str | None:
    for name in _TITLES:
        node = citation.first(name)
        title = node.text().strip(" .,") if node else ""
        if title:
            return title
    source = citation.first("source")
    if source and _kind(citation) in _WHOLE:
        return source.text(without=("uri", "ext-link")).strip(" .,") or None
    return _untagged_title(citation) if source and citation.first(*_NAMES) else None


def _untagged_title(citation: Node) -> str | None:
    """The text that stands as a sentence of its own between the names and the journal."""
    text = ""
    for child in citation.children:
        if isinstance(child, str):
            text += child
        elif child.name == "source":
            title = " ".join(text.split()).strip(" .,;:()")
            return title if _SENTENCE_OF_TITLE.fullmatch(title) else None
        else:
            text = f"{text}{child.text()}" if child.name in _FACES else ""
    return None


def _authors(citation: Node) -> Iterator[str]:
    groups = citation.inner("person-group")
    authors = [each for each in groups if each.get("person-group-type") in ("author", "allauthors", "")]
    for holder in authors or ([citation] if not groups else []):
        for node in holder.inner("name", "string-name", "collab", "name-alternatives"):
            family, given = node.first("surname"), node.first("given-names")
            if family is not None:
                yield ", ".join(filter(None, (family.text(), given.text() if given else "")))
            elif node.text():
                yield node.text()
