"""What was read of a bibliography, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ...utils.text import clipped, for_terminal
from .entries import Entry, PrintedList, Work
from .read import Bibliography


def summary_lines(found: Bibliography) -> list[str]:
    """What every list has, whether it is whole, and what a reader must know."""
    lines = []
    for number, printed in enumerate(found.lists, start=1):
        which = f", list {number}" if len(found.lists) > 1 else ""
        lines.append(f"{found.file} ({found.format}){which}: {_extent(printed)}")
        lines += [f"  perhaps not the whole list: {why}" for why in printed.why_partial]
        lines += [f"  {remark}" for remark in printed.remarks]
    return [for_terminal(line) for line in [*lines, *(f"  {remark}" for remark in found.remarks)]]


def _extent(printed: PrintedList) -> str:
    works = [work for entry in printed.entries for work in entry.works]
    schemes = Counter(each.scheme for work in works for each in work.identifiers)
    titles = sum(bool(work.title) for work in works)
    parts = ["1 title" if titles == 1 else f"{titles} titles"]
    parts += [f"{count} {scheme}" for scheme, count in schemes.items()]
    unknown = sum(
        not entry.is_remark and not any(work.is_identified for work in entry.works) for entry in printed.entries
    )
    if unknown:
        parts.append(f"{unknown} without either")
    remarks = sum(entry.is_remark for entry in printed.entries)
    if remarks:
        parts.append(f"{remarks} that name no work")
    mentions = [entry.mentions for entry in printed.entries if entry.mentions is not None]
    cited = f"; the text cites {sum(map(bool, mentions))} of them, {sum(mentions)} times" if mentions else ""
    state = "a part" if printed.why_partial else "complete"
    entries = "1 entry" if len(printed.entries) == 1 else f"{len(printed.entries)} entries"
    return f"{entries}, {state}; {', '.join(parts)}{cited}"


def entry_lines(found: Bibliography) -> Iterator[str]:
    """A line for each work: number, year, first author, title, identifiers."""
    for printed in found.lists:
        for entry in printed.entries:
            for work in entry.works or (None,):
                yield for_terminal(f"{entry.label or entry.number:>5}  {_described(entry, work)}")


def _described(entry: Entry, work: Work | None) -> str:
    if work is None:
        what = "no work" if entry.is_remark else "a work that could not be told"
        return f"      [{what}] {clipped(entry.raw, 80)}"
    author = clipped(work.authors[0], 24) if work.authors else ""
    title = clipped(work.title, 76) if work.title else f"[no title] {clipped(entry.raw, 60)}"
    cited = "" if entry.mentions is None else f"  cited {entry.mentions} times"
    return f"{work.year or 'n.d.'}  {author:<24}  {title}  {' '.join(map(str, work.identifiers))}{cited}".rstrip()


def bibliography_form(found: Bibliography, citing: str, version: str) -> dict[str, Any]:
    """All of it as a JSON value; what is unknown is null, and empty lists are unknown or none."""
    return {
        "citing": citing,
        "version": version,
        "file": found.file,
        "format": found.format,
        "complete": not found.why_partial,
        "why_partial": list(found.why_partial),
        "remarks": list(found.remarks),
        "describes": [str(each) for each in found.describes],
        "lists": [
            {
                "numbering": printed.numbering,
                "complete": not printed.why_partial,
                "remarks": list(printed.remarks),
                "entries": [_entry_form(entry) for entry in printed.entries],
            }
            for printed in found.lists
        ],
    }


def _entry_form(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "label": entry.label,
        "key": entry.key,
        "is_remark": entry.is_remark,
        "mentions": entry.mentions,
        "sections": list(entry.sections),
        "works": [
            {
                "title": work.title,
                "authors": list(work.authors),
                "year": work.year,
                "identifiers": [str(each) for each in work.identifiers],
                "elsewhere": dict(work.elsewhere),
            }
            for work in entry.works
        ],
        "raw": entry.raw,
    }
