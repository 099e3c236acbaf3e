"""What the text of an article in JATS cites: links to its references, also those between two that a dash joins."""

from __future__ import annotations

import re
from dataclasses import replace

from .entries import Mentions, PrintedList, mentions_of
from .markup_tree import Node, pairs

_DASH = re.compile(r"[\s\],;)]*[-\u2010-\u2015\u2212][\s\[(]*")
_RANGE = re.compile(r"(\d{1,4})\s*[-\u2010-\u2015\u2212]\s*(\d{1,4})")
_MOST_IN_RANGE = 200


def with_mentions(printed: PrintedList, root: Node) -> PrintedList:
    """The list with how often the text cites each entry, and where; as it is, where there is no text."""
    mentions, in_text = mentions_in(root, printed)
    if not in_text:
        return printed
    return replace(printed, entries=tuple(map(mentions.noted_on, printed.entries)))


def mentions_in(root: Node, printed: PrintedList) -> tuple[Mentions, bool]:
    """What the text cites, by the ids of entries; two links with only a dash between them stand for all in between."""
    by_number = {each.number: each.key for each in printed.entries if each.key}
    numbers = {each.key: each.number for each in printed.entries if each.key}
    owner = {node.get("id"): ref.get("id") for ref in root.nodes("ref") for node in ref.nodes() if node.get("id")}
    places: list[tuple[str, str | None]] = []
    in_text = False
    for parent, above in pairs(root):
        if parent.name in ("ref", "ref-list") or any(each.name == "ref-list" for each in above):
            continue
        before: str | None = None
        is_range = False
        for child in parent.children:
            if isinstance(child, str):
                is_range = before is not None and bool(_DASH.fullmatch(child))
                before = before if is_range else None
                continue
            if child.name == "sup" and before is not None and _DASH.fullmatch(child.text()):
                is_range = True
                continue
            if child.name != "xref" or child.get("ref-type") not in ("bibr", "bib", "reference"):
                before, is_range = None, False
                continue
            in_text = True
            section = _section((*above, parent))
            targets = [owner.get(each, each) for each in child.get("rid").split()]
            if is_range and before in numbers and targets and targets[0] in numbers:
                targets = [*_between(numbers[before], numbers[targets[0]], by_number), *targets]
            if len(targets) == 1 and targets[0] in numbers:
                shown = _RANGE.search(child.text())
                if shown and int(shown[1]) == numbers[targets[0]]:
                    targets += [
                        *_between(int(shown[1]), int(shown[2]), by_number),
                        *filter(None, (by_number.get(int(shown[2])),)),
                    ]
            places += [(each, section) for each in targets]
            before, is_range = (targets[-1] if targets else None), False
    return mentions_of(places), in_text


def _between(first: int, last: int, by_number: dict[int, str]) -> list[str]:
    if last - first > _MOST_IN_RANGE:
        return []
    return [by_number[number] for number in range(first + 1, last) if number in by_number]


def _section(above: tuple[Node, ...]) -> str | None:
    for node in reversed(above):
        if node.name == "abstract":
            return "Abstract"
        if node.name == "sec":
            title = next(iter(node.inner("title")), None)
            label = next(iter(node.inner("label")), None)
            text = " ".join(each.text() for each in (label, title) if each)
            if text:
                return text
    return None
