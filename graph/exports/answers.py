"""Answers about paths and papers as plain text, with nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Iterator

from ..lineage import Lineage
from ..paths import Path, PathAnswer
from ..portrait import Kin, Portrait
from ..text import clipped, for_terminal
from .wording import SHOWN, asserted, basis_of, counted, coverage_of, name_of, some_of, theme_names, themes_of, year_of


def path_text(lineage: Lineage, answer: PathAnswer) -> str:
    """The answer to a path query, one line a hop."""
    start, end = name_of(lineage, answer.start), name_of(lineage, answer.end)
    if not answer.found:
        return "\n".join(_no_path(lineage, answer, start, end)) + "\n"
    direct = "a direct citation" if len(answer.paths[0].hops) == 1 else "no direct citation"
    many = "more paths than can be counted" if answer.total is None else counted(answer.total, "path")
    within = answer.total_in_list
    if answer.scope == "list":
        many += " within the list"
    elif within is not None:
        many += f", {within or 'none'} of them within the list"
    lines = [
        f"{start} → {end}: {direct}; {many}.",
        "Arrows run from the cited paper to the one that cites it; ~ marks a theme that is inferred.",
    ]
    for number, path in enumerate(answer.paths, start=1):
        lines += ["", *_one_path(lineage, path, number)]
    if answer.total is None or answer.total > len(answer.paths):
        rest = "more" if answer.total is None else f"{answer.total - len(answer.paths):,} more"
        lines += ["", f"... and {rest}, no shorter than the last; --top shows more of them."]
    return "\n".join(lines) + "\n"


def _one_path(lineage: Lineage, path: Path, number: int) -> Iterator[str]:
    between = [bool(lineage.graph.nodes[key]["numbers"]) for key in path.keys[1:-1]]
    where = "" if not between else ", within the list" if all(between) else ", through papers outside the list"
    names = [name_of(lineage, key) for key in path.keys]
    yield f"{number}. {' → '.join(names)}   ({counted(len(path.hops), 'hop')}{where})"
    themes = [themes_of(lineage, key) for key in path.keys]
    wide, broad = max(map(len, names)), max(map(len, themes))
    for position, key in enumerate(path.keys):
        row = f"   {year_of(lineage, key)}  {names[position]:<{wide}}  {themes[position]:<{broad}}"
        if position:
            hop = path.hops[position - 1]
            odd = "  (cites a later paper)" if hop.backwards else ""
            row += f"  cites {names[position - 1]}: {asserted(lineage, hop.citation)}{odd}"
        yield row.rstrip()


def _no_path(lineage: Lineage, answer: PathAnswer, start: str, end: str) -> Iterator[str]:
    if answer.start == answer.end:
        yield f"{start} → {end}: one and the same paper."
        return
    where = " within the list" if answer.scope == "list" else ""
    yield f"{start} → {end}: no path{where} in this corpus."
    if answer.scope == "list" and answer.total_in_list == 0:
        yield "Without --list-only, papers outside the list may lie on the way."
    if answer.reverse:
        yield f"The other direction exists: {end} → {start}, {counted(answer.reverse, 'path')}."
    elif answer.reverse is None:
        yield f"The other direction exists: {end} → {start}."
    else:
        yield f"Nor is there one in the other direction, {end} → {start}."
    if answer.hidden_by:
        known = [key for key in answer.hidden_by if lineage.paper(key).date]
        count = len(answer.hidden_by)
        yield (
            f"That proves little: the references of {counted(count, 'paper')} before {end} are not fully known, "
            f"and any of them could hide a path" + ("," if known else ".")
        )
        if known:
            shown = ", ".join(f"{name_of(lineage, key)} ({year_of(lineage, key)})" for key in known[:SHOWN])
            yield f"among them {shown}."
    else:
        yield "Every paper that could lie on the way has fully known references."


def portrait_text(lineage: Lineage, found: Portrait) -> str:
    """Everything about one paper."""
    paper = found.paper
    numbers = f" (entry {' and '.join(map(str, found.numbers))} of the list)" if found.numbers else ""
    known = (
        "; ".join(f"{c.state}: {coverage_of(lineage, c)}" for c in found.references)
        or "not fetched: no source was asked"
    )
    authors = "; ".join(paper.authors) + ("" if paper.authors_complete or not paper.authors else "; ...")
    rows = [
        ("title", paper.title or paper.untitled),
        ("called", ", ".join(paper.names)),
        ("also titled", "; ".join(paper.also_titled)),
        ("authors", clipped(authors, 300)),
        ("venue", paper.venue or ""),
        ("first version", f"{paper.date or 'unknown'}{basis_of(paper.date_basis)}"),
        ("published", paper.publication_date or ""),
        ("identifiers", "  ".join(str(each) for each in paper.identifiers)),
        ("page", paper.url or ""),
        ("themes", theme_names(lineage, paper.key)),
        ("not verified", "; ".join(paper.unverified)),
        ("references", known),
        ("cites", _kin(lineage, found.cites)),
        ("cited by", _kin(lineage, found.cited_by)),
        ("ancestors", _kin(lineage, found.ancestors)),
        ("descendants", _kin(lineage, found.descendants)),
    ]
    head = f"{for_terminal(paper.key)}: {found.role if found.role != 'list' else 'paper of the list'}{numbers}"
    return "\n".join([head, *(f"  {name:<13}  {for_terminal(text)}" for name, text in rows if text)]) + "\n"


def _kin(lineage: Lineage, kin: Kin) -> str:
    parts = []
    for word, keys in (("in the list", kin.list), ("bridges", kin.bridges)):
        if keys:
            parts.append(f"{len(keys)} {word}: {some_of(lineage, keys)}")
    if kin.others:
        parts.append(f"{kin.others:,} others")
    return f"{kin.total:,}" + (f" ({'; '.join(parts)})" if parts else "")


def list_text(lineage: Lineage) -> str:
    """The reading list, entry by entry, under its themes."""
    lines = [for_terminal(lineage.reading_list.title)]
    key_of = {entry.number: key for key, entries in lineage.entries.items() for entry in entries}
    for theme in lineage.reading_list.themes:
        lines += ["", for_terminal(theme.name)]
        for entry in lineage.reading_list.entries:
            if theme.id in entry.themes:
                key = key_of[entry.number]
                title = for_terminal(clipped(entry.title, 76))
                lines.append(f"  {entry.number:>3}  {year_of(lineage, key)}  {name_of(lineage, key):<22}  {title}")
    return "\n".join(lines) + "\n"
