"""XML and HTML as trees of plain values.

No document type is read, no entity expanded but those of HTML and nothing is fetched: an undefined name stands for its
letter where HTML knows it, and else for nothing. Size and depth are bounded. A file that breaks off gives what stands
before the break, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.entities import html5
from html.parser import HTMLParser
from xml.parsers import expat

from ...errors import InputError

LARGEST, DEEPEST, MOST_NODES = 64 << 20, 200, 2_000_000
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


@dataclass(slots=True)
class Node:
    """An element: its name and attributes without prefixes, and what stands in it, in order."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def nodes(self, *names: str) -> Iterator[Node]:
        """All elements in it with one of these names, in the order of the file; all elements without a name."""
        waiting = [each for each in reversed(self.children) if isinstance(each, Node)]
        while waiting:
            node = waiting.pop()
            if not names or node.name in names:
                yield node
            waiting += [each for each in reversed(node.children) if isinstance(each, Node)]

    def first(self, *names: str) -> Node | None:
        """The first of them."""
        return next(self.nodes(*names), None)

    def inner(self, *names: str) -> list[Node]:
        """Its own elements with one of these names."""
        return [each for each in self.children if isinstance(each, Node) and (not names or each.name in names)]

    def get(self, name: str) -> str:
        """An attribute, or ""."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> frozenset[str]:
        """The words of its class."""
        return frozenset(self.get("class").split())

    def text(self, *, without: tuple[str, ...] = ()) -> str:
        """All text in it on one line, but for elements with some names; a formula of HTML is its TeX.

        >>> Node("p", {}, ["a ", Node("b", {}, ["b"]), "  c"]).text()
        'a b c'
        """
        return " ".join(_UNSEEN.sub("", "".join(self._pieces(without))).replace("\xa0", " ").split())

    def _pieces(self, without: tuple[str, ...]) -> Iterator[str]:
        waiting: list[Node | str] = list(reversed(self.children))
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                yield each
            elif each.name in without:
                continue
            elif each.name == "math" and each.get("alttext"):
                yield f"${each.get('alttext')}$"
            elif each.name in ("annotation", "annotation-xml", "tex-math", "script", "style"):
                continue
            else:
                waiting += reversed(each.children)


def pairs(root: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every element with those that it stands in, the outermost first, in the order of the file."""
    waiting: list[tuple[Node, tuple[Node, ...]]] = [(root, ())]
    while waiting:
        node, above = waiting.pop()
        yield node, above
        inside = (*above, node)
        waiting += [(each, inside) for each in reversed(node.children) if isinstance(each, Node)]


class _Builder:
    """Makes the tree from what a parser reports."""

    def __init__(self, where: str) -> None:
        self.root = Node("")
        self._open = [self.root]
        self._where, self._count = where, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_NODES:
            raise InputError(
                f"more than {DEEPEST} elements in each other, or {MOST_NODES:,} in all",
                where=self._where, remedy="no paper has so many; check the file",
            )  # fmt: skip
        node = Node(_local(name), {_local(each): value for each, value in attributes.items()})
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, name: str) -> None:
        """Close the nearest element of this name; HTML leaves out ends."""
        local = _local(name)
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].name == local:
                del self._open[place:]
                return

    def data(self, text: str) -> None:
        self._open[-1].children.append(text)

    @property
    def innermost(self) -> str:
        return self._open[-1].name


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_large(text: str, where: str) -> None:
    if len(text) > LARGEST:
        raise InputError(f"more than {LARGEST:,} characters", where=where, remedy="no paper is so long; check the file")


def xml_tree(text: str, where: str) -> tuple[Node, str | None]:
    """The tree of XML, and why it breaks off, or None.

    Raises `InputError` for XML that defines entities, or is too large or too deep.

    >>> tree, fault = xml_tree("<!DOCTYPE a SYSTEM 'x.dtd'><a>M&uuml;ller<x:b href='1'/>", "a.xml")
    >>> tree.text(), fault
    ('Müller', 'it breaks off at line 1')
    """
    _refuse_large(text, where)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # its encoding was that of the file
    builder = _Builder(where)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # without it a name that no document type defines is an error
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data

    def refuse(*_what: object) -> None:
        raise InputError("XML that defines entities", where=where, remedy="save it without a document type")

    def skipped(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            builder.data(html5.get(f"{name};", ""))

    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as fault:
        return builder.root, f"it breaks off at line {fault.lineno}"
    return builder.root, None


class _HtmlReader(HTMLParser):
    def __init__(self, builder: _Builder) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li") and self._builder.innermost == tag:
            self._builder.end(tag)
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)


def html_tree(text: str, where: str) -> tuple[Node, str | None]:
    """The tree of HTML, and whether it breaks off."""
    _refuse_large(text, where)
    builder = _Builder(where)
    reader = _HtmlReader(builder)
    reader.feed(text)
    reader.close()
    return builder.root, None if re.search(
        r"</html>\s*$", text[-200:], re.IGNORECASE
    ) else "it does not end as a page does"
