"""Whether a list is the whole printed list: closed, numbered through, and with every entry readable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from .entries import PrintedList

FEW = 5
"""A research paper with fewer entries deserves a second look."""


def judged(printed: PrintedList) -> PrintedList:
    """The list with every reason why it may be a part, and with what a reader must know of it.

    A repeated number is a fault, unless its label tells the entries apart ("31", "31a").
    """
    entries = printed.entries
    why = list(printed.why_partial)
    if not entries:
        why.append("it has no entries, which is not the same as no references")
    if printed.numbering == "printed" and entries:
        why += _number_faults(printed)
    unreadable = [str(entry.number) for entry in entries if entry.fault]
    if unreadable:
        why.append(f"of {_named('entry', 'entries', unreadable)} a part could not be read ({_first_fault(printed)})")
    remarks = list(printed.remarks)
    if printed.numbering == "position" and entries:
        remarks.append("no numbers are printed; entries are numbered by position")
    keys = Counter(entry.key for entry in entries if entry.key)
    twice = sorted(key for key, count in keys.items() if count > 1)
    if twice:
        remarks.append(f"{_named('key', 'keys', list(map(repr, twice)))} stands at several entries")
    if 0 < len(entries) < FEW:
        remarks.append("fewer than five entries, few for a paper; check that this is its list")
    return replace(printed, why_partial=tuple(dict.fromkeys(why)), remarks=tuple(dict.fromkeys(remarks)))


def _number_faults(printed: PrintedList) -> list[str]:
    entries = printed.entries
    numbers = Counter(entry.number for entry in entries if not (entry.label and any(map(str.isalpha, entry.label))))
    every = {entry.number for entry in entries}
    gaps = [str(number) for number in range(1, min(max(every), len(entries) * 3 + 10) + 1) if number not in every]
    repeated = [str(number) for number, count in sorted(numbers.items()) if count > 1]
    faults = []
    if gaps:
        faults.append(f"{_named('number', 'numbers', gaps)} missing")
    if repeated:
        faults.append(f"{_named('number', 'numbers', repeated)} repeated")
    return faults


def _first_fault(printed: PrintedList) -> str:
    return next(entry.fault for entry in printed.entries if entry.fault)


def _named(one: str, several: str, names: list[str]) -> str:
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"{one if len(names) == 1 else several} {shown}"
