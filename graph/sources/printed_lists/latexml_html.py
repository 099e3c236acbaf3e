"""The HTML that LaTeXML makes, as arXiv and ar5iv show it: ``li.ltx_bibitem`` in ``ul.ltx_biblist``."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from ..reference_formats.references import year_in
from .entries import Entry, Mentions, Numbering, PrintedFile, PrintedList, Work, mentions_of, with_missing
from .entry_parts import is_remark
from .identifiers_printed import announced, identifiers_of_links, of_one_work
from .marked_text import BLOCK, BOLD, EMPHASIS, MarkedText
from .markup_tree import Node, html_tree, pairs
from .printed_names import names_in
from .reference_text import works_of
from .tex_text import text_of_tex

_NUMBER = re.compile(r"[\[(]?(\d{1,5})[.\])]?")


def read_latexml(text: str, where: str) -> PrintedFile:
    """The lists of a page, with what its text cites. Raises `InputError` for a page that is too large or too deep."""
    root, fault = html_tree(text, where)
    mentions, numbers = _citations(root)
    lists = []
    for node in root.nodes("ul", "ol", "dl"):
        if "ltx_biblist" in node.classes:
            items = [each for each in node.nodes("li", "dt") if "ltx_bibitem" in each.classes]
            lists.append(_list(items, numbers, mentions, fault))
    cited = [key for key in mentions.counts if re.fullmatch(r"bib\.bib\d+", key)]
    return PrintedFile("LaTeXML's HTML", with_missing(lists, cited, is_part=True))


def _citations(root: Node) -> tuple[Mentions, dict[str, set[str]]]:
    """What the text cites by the ids of entries, and the numbers that its links show."""
    places: list[tuple[str, str | None]] = []
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for node, above in pairs(root):
        target = node.get("href").rpartition("#")[2]
        if node.name == "a" and target.startswith("bib.") and any("ltx_cite" in each.classes for each in above):
            places.append((target, _section(above)))
            numbers[target].add(node.text())
    return mentions_of(places), numbers


def _section(above: tuple[Node, ...]) -> str | None:
    """The number and name of the nearest section."""
    for node in reversed(above):
        if node.classes & {"ltx_abstract"}:
            return "Abstract"
        if node.name == "section":
            for title in node.inner("h1", "h2", "h3", "h4", "h5", "h6"):
                if "ltx_title" in title.classes:
                    return title.text() or None
    return None


def _list(items: list[Node], numbers: dict[str, set[str]], mentions: Mentions, fault: str | None) -> PrintedList:
    entries = [_entry(item, position) for position, item in enumerate(items, start=1)]
    labels = [_label(item) for item in items]
    shown = [_shown_number(item.get("id"), numbers) for item in items]
    numbering: Numbering = "position"
    if items and all(label.isdecimal() for label in labels):
        entries = [replace(each, number=int(label), label=None) for each, label in zip(entries, labels, strict=True)]
        numbering = "printed"
    elif items and any(shown) and _fit(shown):
        entries = [replace(each, number=number or each.number) for each, number in zip(entries, shown, strict=True)]
        numbering = "printed"
    if mentions.counts:
        entries = list(map(mentions.noted_on, entries))
    why = [fault] if fault else []
    torn = [
        str(each.number)
        for each, item in zip(entries, items, strict=True)
        if any("ltx_ERROR" in node.classes for node in item.nodes())
    ]
    remarks = [f"the page lost a part of the text of entry {', '.join(torn[:5])}"] if torn else []
    return PrintedList(tuple(sorted(entries, key=lambda each: each.number)), numbering, tuple(why), tuple(remarks))


def _label(item: Node) -> str:
    tag = next((each for each in item.nodes("span") if "ltx_tag_bibitem" in each.classes), None)
    text = tag.text() if tag else ""
    number = _NUMBER.fullmatch(text)
    return number[1] if number else text.strip("[]()")


def _shown_number(target: str, numbers: dict[str, set[str]]) -> int | None:
    """The number of an entry in the links to it, where all agree."""
    found = {match[1] if (match := _NUMBER.fullmatch(text)) else "" for text in numbers.get(target, ())}
    return int(next(iter(found))) if len(found) == 1 and found != {""} else None


def _fit(shown: list[int | None]) -> bool:
    """Whether the numbers in links can be those of the list: each once, with room for entries without one."""
    known = [number for number in shown if number]
    if max(known) > 2 * len(shown) + 20:  # years, which links show where no numbers are printed
        return False
    places = enumerate(shown, start=1)
    return len(set(known)) == len(known) and all(number or place not in known for place, number in places)


def _entry(item: Node, position: int) -> Entry:
    blocks = [
        each for each in item.nodes("span") if "ltx_bibblock" in each.classes and "ltx_bib_cited" not in each.classes
    ]
    raw = " ".join(block.text() for block in blocks) or item.text()
    typed = any(
        each.classes & {"ltx_bib_title", "ltx_bib_author", "ltx_bib_links"}
        for block in blocks
        for each in block.nodes()
    )
    label = _label(item)
    remark = is_remark(raw)
    works: tuple[Work, ...] = ()
    if typed and not remark:
        work = _typed_work(blocks)
        works = (work,) if work.is_identified or (work.authors and work.year) else ()
    elif not remark:
        works = works_of(_marked(blocks or [item]), label_year=year_in(label))
    shown_label = None if label.isdecimal() or year_in(label) else label or None
    return Entry(position, raw, works, label=shown_label, key=item.get("id") or None, is_remark=remark)


def _typed_work(blocks: list[Node]) -> Work:
    """The work of an entry whose parts are named, as LaTeXML makes it from a .bib file."""
    parts: defaultdict[str, list[Node]] = defaultdict(list)
    for block in blocks:
        for node in block.nodes():
            for name in node.classes:
                if name.startswith("ltx_bib_"):
                    parts[name.removeprefix("ltx_bib_")].append(node)
    authors = parts["author"] or parts["editor"]
    title = _with_formulas(parts["title"][0].text().strip(" .,")) if parts["title"] else None
    dates = (each.text() for each in (*parts["year"], *parts["date"]))
    links = [each.get("href") for each in parts["external"] if each.get("href")]
    bare = [each.text() for each in parts["external"] if not each.get("href")]
    texts = [each.text() for name in ("journal", "volume", "note", "type", "howpublished") for each in parts[name]]
    return Work(
        title or None,
        names_in(authors[0].text()) if authors else (),
        next(filter(None, map(year_in, dates)), None),
        of_one_work(
            [*identifiers_of_links(link for link in links if "doi" in link), *identifiers_of_links(bare)],
            [
                *identifiers_of_links(link for link in links if "doi" not in link),
                *(one for text in texts for one in announced(text)),
            ],
        ),
    )


def _with_formulas(text: str) -> str:
    """The text with its formulas as they are shown, of which a page has the TeX."""
    return re.sub(r"\$[^$]*\$", lambda formula: text_of_tex(formula[0]), text)


def _marked(blocks: list[Node]) -> MarkedText:
    """The blocks of an entry that LaTeXML made from a .bbl file, as `entry_parts` reads them."""
    marked = MarkedText("")
    marked.text = BLOCK.join(_marked_part(marked, block) for block in blocks)
    return marked


def _link(marked: MarkedText, node: Node) -> str:
    """A link: one that is shown as an address stands for its text, and any other is set behind its text."""
    text, to = node.text(), node.get("href")
    if re.match(r"(?:https?:|www\.|doi|arxiv|10\.\d{4,9}/)", text, re.IGNORECASE) or text in to:
        return marked.link(to, shown=text) or text
    return _marked_part(marked, node) + marked.link(to)


def _marked_part(marked: MarkedText, node: Node) -> str:
    parts = []
    for each in node.children:
        if isinstance(each, str):
            parts.append(re.sub(r"\s+", " ", each.replace("\xa0", " ")))
        elif "ltx_tag" in each.classes:
            continue
        elif each.name == "math":
            parts.append(_with_formulas(Node("", {}, [each]).text()))
        elif each.name == "a":
            parts.append(_link(marked, each))
        elif each.classes & {"ltx_font_italic", "ltx_emph", "ltx_font_slanted"} or each.name in ("em", "i"):
            parts.append(f"{EMPHASIS[0]}{_marked_part(marked, each)}{EMPHASIS[1]}")
        elif each.classes & {"ltx_font_bold"} or each.name == "b":
            parts.append(f"{BOLD[0]}{_marked_part(marked, each)}{BOLD[1]}")
        else:
            parts.append(_marked_part(marked, each))
    return "".join(parts)
