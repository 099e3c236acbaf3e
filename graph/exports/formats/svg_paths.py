"""Paths as a compact figure: the two ends once, a row for each path, and who asserts each hop below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...utils.text import clipped, shown
from ..contents import Arc, ExportedCitation, ExportedPaper
from ..selection import Selection
from ..style import text_width
from ..text.reason_text import short_reason
from .svg_elements import INK, QUIET, arrowhead, document, group, path, points, rectangle, text, wrapped

_SIDE, _HEAD = 20.0, 70.0  # the margin, and the height of the heading
_CARD, _ROW, _GAP = 40.0, 52.0, 74.0  # the heights of a card and of a row, and the width between two cards
_NAME_LENGTH, _DETAIL_LENGTH = 30, 40  # characters


@dataclass(frozen=True, slots=True)
class _Card:
    """The box of a paper; `y` is its middle."""

    key: str
    left: float
    y: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


def paths_figure(selection: Selection) -> str:
    """Draw the paths of a selection, which all have the same two ends.

    The SVG document has no scripts and links; the same selection gives the same bytes.
    """
    papers = {paper.paper.key: paper for paper in selection.papers}
    citations = {citation.arc: citation for citation in selection.citations}
    numbers = {arc: n for n, arc in enumerate(_hops(selection.paths), start=1)}
    rows = [list(cards) for cards in _cards(selection.paths, papers)]
    right = max(row[-1].right for row in rows)
    first, last = selection.paths[0][0], selection.paths[0][-1]
    question = f"How did we get from {papers[first].paper.name} to {papers[last].paper.name}?"
    width = max(right + _SIDE, text_width(question) * 17 + 2 * _SIDE, 560.0)
    paths = "1 path" if len(rows) == 1 else f"{len(rows)} paths, the first on top"
    parts = [
        text(_SIDE, 24, question, size=17, weight=700),
        text(_SIDE, 46, f"{paths}. Arrows run from the cited paper to the one that cites it.", fill=QUIET),
    ]
    drawn: set[tuple[_Card, _Card]] = set()
    for n, row in enumerate(rows):
        for cited, citing in pairwise(row):
            if (cited, citing) not in drawn:
                arc = cited.key, citing.key
                parts += _hop(cited, citing, _level(n), numbers[arc], citations[arc])
            drawn.add((cited, citing))
    parts += [_paper(card, papers[card.key]) for card in dict.fromkeys(card for row in rows for card in row)]
    notes, y = _notes(numbers, citations, width, _HEAD + len(rows) * _ROW + 12)
    parts += notes
    foot = list(wrapped(selection.provenance, width - 2 * _SIDE, 9))
    parts += [text(_SIDE, y + 12 * n, line, size=9, fill=QUIET) for n, line in enumerate(foot)]
    chains = "; ".join(" → ".join(papers[key].paper.name for key in chain) for chain in selection.paths)
    return document(width, y + 12 * len(foot) + 4, question, chains, parts)


def _hops(paths: Sequence[Sequence[str]]) -> Iterator[Arc]:
    """The hops in the order in which a reader meets them, each once."""
    yield from dict.fromkeys(arc for path_ in paths for arc in pairwise(path_))


def _cards(paths: Sequence[Sequence[str]], papers: dict[str, ExportedPaper]) -> Iterator[Iterator[_Card]]:
    """The cards of each path: the ends stand once, in the middle, and the n-th paper in the n-th column."""
    columns = max(map(len, paths)) - 2
    lefts, widths = [_SIDE], []
    for column in range(columns + 1):
        in_column = (papers[path_[column]] for path_ in paths if column < len(path_) - 1)
        widths.append(max(map(_width, in_column), default=0.0))
        lefts.append(lefts[-1] + widths[-1] + _GAP)
    middle = _HEAD + len(paths) * _ROW / 2

    def row(path_: Sequence[str], y: float) -> Iterator[_Card]:
        yield _Card(path_[0], lefts[0], middle, widths[0])
        for n, key in enumerate(path_[1:-1], start=1):
            yield _Card(key, lefts[n], y, widths[n])
        yield _Card(path_[-1], lefts[-1], middle, _width(papers[path_[-1]]))

    for n, path_ in enumerate(paths):
        yield row(path_, _level(n))


def _level(n: int) -> float:
    """The middle of a row."""
    return _HEAD + (n + 0.5) * _ROW


def _width(paper: ExportedPaper) -> float:
    name, details = _lines(paper)
    return round(max(text_width(name) * 12.5 * 1.04, text_width(details) * 9.5) + 24)


def _lines(paper: ExportedPaper) -> tuple[str, str]:
    """The name, and below it the year, the theme and the numbers in the list."""
    theme = f"{'' if paper.theme_basis == 'chosen' else '~'}{shown(paper.look.theme)}" if paper.look.theme else ""
    numbers = "·".join(map(str, paper.look.numbers))
    details = [str(paper.paper.year or "n.d."), theme, f"no. {numbers}" if numbers else ""]
    return clipped(shown(paper.paper.name), _NAME_LENGTH), clipped(" · ".join(filter(None, details)), _DETAIL_LENGTH)


def _paper(card: _Card, paper: ExportedPaper) -> str:
    """A card with the theme's colour along its side: tinted for a paper of the list, white for another."""
    top = card.y - _CARD / 2
    box = (card.left, top, card.width, _CARD)
    tint, dash = (0.16, None) if paper.look.numbers else (0.0, "4 2")
    name, details = _lines(paper)
    parts = [
        rectangle(*box, fill="#ffffff", radius=5),
        rectangle(*box, fill=paper.colour, opacity=tint, stroke=paper.colour, thick=1.4, radius=5, dash=dash),
        rectangle(card.left, top, 6, _CARD, fill=paper.colour, radius=3),
        text(card.left + 14, card.y - 7, name, size=12.5, weight=700),
        text(card.left + 14, card.y + 9, details, size=9.5, fill=QUIET),
    ]
    return group(f"{paper.paper.title or paper.paper.untitled} ({paper.paper.date or 'n.d.'})", parts)


def _hop(cited: _Card, citing: _Card, level: float, number: int, citation: ExportedCitation) -> Iterator[str]:
    """An arrow along the row of its path, with its number where no other arrow can be."""
    start, end = cited.right, citing.left
    data = points("M", start, cited.y)
    if cited.y != level:
        turn = start + _GAP / 2
        data += points("C", turn, cited.y, turn, level, min(start + _GAP, end - 5), level)
    if citing.y != level:
        turn = end - _GAP / 2
        data += points("H", end - _GAP) + points("C", turn, level, turn, citing.y, end - 5, citing.y)
    else:
        data += points("H", end - 5)
    yield path(data, stroke="#8a8a8a", thick=1.5, dash="5 4" if citation.backwards else None)
    yield arrowhead(end, citing.y, fill=INK)
    shared = citing if cited.left > _SIDE else cited  # the end that stands in the middle of all rows
    x = start + 12 if cited.left > _SIDE else min(start + _GAP, end) - 16
    y = level + (9 if level > shared.y else -8)
    yield text(x, y, str(number), size=9.5, fill=QUIET, anchor="middle", halo=True)


def _notes(
    numbers: Mapping[Arc, int], citations: Mapping[Arc, ExportedCitation], width: float, y: float
) -> tuple[list[str], float]:
    """Who asserts each hop, and why, by its number, in as many columns as there is room for; and where they end."""
    size, line = 9.5, 14.0
    notes = [_note(number, citations[arc]) for arc, number in numbers.items()]
    room = width - 2 * _SIDE
    column_width = min(room, max(text_width(part) for note in notes for part in note) * size + 24)
    columns = max(1, int(room // column_width))
    notes_per_column = -(-len(notes) // columns)
    drawn, bottom = [], y
    for column in range(columns):
        at = y
        for note in notes[column * notes_per_column : (column + 1) * notes_per_column]:
            for n, part in enumerate(part for each in note for part in wrapped(each, column_width - 14, size)):
                drawn.append(text(_SIDE + column * column_width + (12 if n else 0), at, part, size=size))
                at += line
        bottom = max(bottom, at)
    legend = "Filled: of the reading list. Dashed: outside it; ~ marks a theme that is inferred, not chosen."
    for part in wrapped(legend, room, size):
        bottom += line
        drawn.append(text(_SIDE, bottom - 8, part, size=size, fill=QUIET))
    return drawn, bottom + line


def _note(number: int, citation: ExportedCitation) -> list[str]:
    """Who asserts a hop; and why the paper is cited, where citations have reasons."""
    asserted = f"{number}. {citation.citing.name} cites {citation.cited.name}: {'; '.join(citation.evidence)}"
    why = short_reason(citation.lineage, *citation.arc)
    return [asserted, f"why: {why}"] if why else [asserted]
