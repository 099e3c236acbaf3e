"""The reading list that goes with a fetch, so that a lineage can be built from what was fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...model.identifiers import SCHEMES, identifiers_in
from ...model.reading_list import Entry, ReadingList, Theme
from .crawl import CrawlResult
from .targets import Targets


def reading_list_of(targets: Targets, result: CrawlResult) -> ReadingList:
    """The reading list that was fetched, or else one of the papers that were found, under one theme.

    Where Semantic Scholar was not asked, it is of the papers that have an identifier.
    """
    if targets.reading_list:
        return targets.reading_list
    theme = Theme("list", "Reading list")
    if not result.resolved:
        return ReadingList("Reading list", (theme,), tuple(_identified(targets, theme)))
    found = {each.row.paper_id: each for each in result.resolved}
    entries = [
        Entry(
            number,
            (theme.id,),
            each.row.title or each.target.title,
            first_author=each.row.authors[0] if each.row.authors else None,
            identifiers=each.row.identifiers,
        )
        for number, each in enumerate(found.values(), start=1)
    ]
    return ReadingList("Reading list", (theme,), tuple(entries))


def _identified(targets: Targets, theme: Theme) -> Iterator[Entry]:
    for number, target in enumerate(targets.papers, start=1):
        found = [each for api_id in target.api_ids for each in identifiers_in(api_id)]
        known = tuple(each for each in dict.fromkeys([*found, *target.identifiers]) if each.scheme in SCHEMES)
        if known:
            yield Entry(number, (theme.id,), target.title, first_author=target.first_author, identifiers=known)


def reading_list_text(reading_list: ReadingList) -> str:
    """A reading list as the TOML that `graph.model.reading_list` reads."""
    lines = [f"title = {_quoted(reading_list.title)}"]
    for theme in reading_list.themes:
        lines += ["", "[[themes]]", f"id = {_quoted(theme.id)}", f"name = {_quoted(theme.name)}"]
    for entry in reading_list.entries:
        themes = ", ".join(_quoted(theme) for theme in entry.themes)
        lines += [
            "",
            "[[entries]]",
            f"number = {entry.number}",
            f"themes = [{themes}]",
        ]
        if entry.title:
            lines.append(f"title = {_quoted(entry.title)}")
        if entry.first_author:
            lines.append(f"first_author = {_quoted(entry.first_author)}")
        first_of_scheme = {each.scheme: each.value for each in reversed(entry.identifiers)}
        lines += [f"{scheme} = {_quoted(value)}" for scheme, value in sorted(first_of_scheme.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    r"""A TOML string: JSON writes it in the same way, except for DEL.

    >>> print(_quoted('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
