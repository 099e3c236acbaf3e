r"""The environment ``thebibliography``, as BibTeX and people write it: ``\bibitem[label]{key} text``.

Plain, natbib, IEEE, ACM, REVTeX and whatever else keeps to that form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .entries import Entry, Numbering, PrintedList
from .entry_parts import is_remark
from .identifiers_printed import joined_lines
from .marked_text import MarkedText
from .reference_text import works_of
from .tex_source import braced, bracketed, option, skip_blanks, squeezed, without_comments
from .tex_text import marked_text, text_of_tex

_BEGIN = re.compile(r"\\begin\s*\{((?:[A-Za-z]*thebibliography|references)\*?)\}")
_ITEM = re.compile(r"\\(?:re)?bibitem(?![A-Za-z@])\*?")
_HARVARD_ITEM = re.compile(r"\\harvarditem(?![A-Za-z@])")
_LABEL_YEAR = re.compile(r"[({,]\s*((?:1[5-9]|20)\d\d)(?!\d)|\(\)")
_NUMBERS_PRINTED = re.compile(r"apsrev|aipnum|\\BibitemOpen|\\begin\{mcite", re.IGNORECASE)
_MOST_ENTRIES = 50_000


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry as it is written."""

    label: str | None
    key: str | None
    body: str
    fault: str | None = None


def has_thebibliography(text: str) -> bool:
    """Whether a text has such a list."""
    return bool(_BEGIN.search(text) or re.search(r"^[^\S\n]*+\\(?:bib|harvard)item(?![A-Za-z@])", text, re.MULTILINE))


def read_thebibliography(text: str) -> tuple[PrintedList, ...]:
    r"""Every list of a text, which is a .bbl file or a .tex file with its lists in it.

    >>> read = read_thebibliography(r"\begin{thebibliography}{9} \bibitem{a} A. Ono, {\em Tides}, Sea Press, 1999.")
    >>> read[0].entries[0].works[0].title, read[0].why_partial
    ('Tides', ('the list is not closed',))
    """
    numbers_printed = bool(_NUMBERS_PRINTED.search(text))
    text = _with_bibitems(without_comments(text))
    lists = []
    for content, is_closed in _containers(text):
        items = list(_items(content))
        lists.append(_list(items, is_closed=is_closed, numbers_printed=numbers_printed))
    return tuple(lists)


def _with_bibitems(text: str) -> str:
    r"""The text with the items of the Harvard styles as all others write them.

    >>> _with_bibitems(r"\harvarditem[Ono]{Ono \harvardand\ Cruz}{1999}{tides} K. Ono")
    '\\bibitem[Ono \\harvardand\\ Cruz(1999)]{tides} K. Ono'
    """
    parts, at = [], 0
    for match in _HARVARD_ITEM.finditer(text):
        place = option(text, match.end())[1]
        groups = []
        for _ in range(3):
            group = braced(text, skip_blanks(text, place))
            if group is None:
                break
            groups.append(group[0])
            place = group[1]
        else:
            authors, year, key = groups
            parts += [text[at : match.start()], f"\\bibitem[{authors}({year})]{{{key}}}"]
            at = place
    return "".join([*parts, text[at:]])


def _containers(text: str) -> Iterator[tuple[str, bool]]:
    """What stands in each environment, and whether it is closed; without an environment the text itself."""
    begins = list(_BEGIN.finditer(text))
    if not begins:
        yield text, False
        return
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        limit = following.start() if following else len(text)
        end = re.compile(rf"\\end\s*\{{{re.escape(begin[1])}\}}").search(text, begin.end(), limit)
        yield text[begin.end() : end.start() if end else limit], end is not None


def _items(content: str) -> Iterator[_Item]:
    starts = [(match, depth) for match, depth in _starts(content)][:_MOST_ENTRIES]
    if not starts:
        return
    ends = [*(match.start() for match, _ in starts[1:]), len(content)]
    depths = [*(depth for _, depth in starts[1:]), 0]
    for (match, _), end, depth in zip(starts, ends, depths, strict=True):
        yield _item(content[match.end() : end], fault="its braces do not balance" if depth else None)


def _starts(content: str) -> Iterator[tuple[re.Match[str], int]]:
    r"""Where entries begin, outside of braces or at the beginning of a line, and how many braces are open there."""
    depth, at = 0, 0
    for match in _ITEM.finditer(content):
        for sign in re.compile(r"\\.|[{}]", re.DOTALL).finditer(content, at, match.start()):
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
        at = match.end()
        depth = max(depth, 0)
        begins_line = not content[content.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        following = content[skip_blanks(content, match.end()) :][:1]
        if (depth == 0 or begins_line) and following in ("{", "["):
            yield match, depth
            depth = 0


def _item(text: str, *, fault: str | None) -> _Item:
    place = skip_blanks(text, 0)
    label = bracketed(text, place)
    place = skip_blanks(text, label[1]) if label else place
    key = braced(text, place)
    if key is None:
        return _Item(label and label[0], None, text[place:], fault or "it has no key")
    return _Item(label and label[0], squeezed(key[0]), text[key[1] :], fault)


_DASH = re.compile(
    r"\A\s*(?:-{3,}(?:\s*-{3,})*|(?:\\textemdash\s*(?:\{\})?\s*)+|(?:\\_\s*){3,}|_{3,}|\\rule\s*\{[^{}]*\}\s*\{[^{}]*\}"
    r"|(?:\\leavevmode\s*)?\\vrule\s[^,.{}\\]{0,60}(?:\.\d[^,.{}\\]{0,60})*)"
)
"""How TeX draws the dash that stands for the authors of the entry before."""


def _list(items: list[_Item], *, is_closed: bool, numbers_printed: bool) -> PrintedList:
    marked = [marked_text(_DASH.sub(r"\\bysame ", joined_lines(item.body))) for item in items]
    read = (_entry(item, number, text) for number, (item, text) in enumerate(zip(items, marked, strict=True), start=1))
    entries = list(read)
    labels = [item.label for item in items if item.label]
    author_year = any(map(_LABEL_YEAR.search, labels[:3]))
    numbering: Numbering = "position" if author_year and not numbers_printed else "printed"
    if labels and not author_year:
        numbering = "printed" if all(entry.label is None for entry in entries) else "position"
    why = () if is_closed else ("the list is not closed",)
    unknown = sorted({f"\\{name}" for text in marked for name in text.unknown})
    remarks = (f"left out commands that are not known: {', '.join(unknown[:8])}",) if unknown else ()
    return PrintedList(tuple(entries), numbering, why, remarks)


def _entry(item: _Item, number: int, marked: MarkedText) -> Entry:
    label_year = _LABEL_YEAR.search(item.label) if item.label else None
    label = text_of_tex(item.label).strip("[]() .") if item.label and not label_year else None
    remark = is_remark(marked.plain(), item.key)
    works = () if remark else works_of(marked, label_year=int(label_year[1]) if label_year and label_year[1] else None)
    is_number = label is not None and label.isascii() and label.isdigit()
    if is_number and label is not None and len(label) < 6:
        number = int(label)
    return Entry(
        number,
        squeezed(item.body),
        works,
        label=None if is_number else label or None,
        key=item.key,
        is_remark=remark,
        fault=item.fault,
    )
