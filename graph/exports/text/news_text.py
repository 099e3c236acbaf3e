"""News as text, as Markdown and as a JSON value."""

from __future__ import annotations

import re
from typing import Any

from ...analysis.news import News
from ...model.lineage import Lineage
from ...utils.text import for_terminal, shown
from ..json_forms import paper_form
from ..large_counts import writable
from ..news_items import news_remarks, news_sections


def news_text(lineage: Lineage, found: News, *, top: int = 20) -> str:
    """Every kind of news with the number of its cases, and the first `top` of each."""
    lines = [_heading(lineage, found)]
    for section in news_sections(lineage, found):
        lines += ["", section.heading]
        lines += (f"  {for_terminal(each.title)}\n    {for_terminal(each.sentence)}" for each in section.items[:top])
        if len(section.items) > top:
            lines.append(f"  and {len(section.items) - top:,} more; --top shows more of them, --json has all")
    remarks = [for_terminal(each) for each in news_remarks(lineage, found)]
    return "\n".join([*lines, *(["", *remarks] if remarks else [])]) + "\n"


def news_markdown(lineage: Lineage, found: News, *, top: int = 20) -> str:
    """The same as a page of Markdown, with a link for every paper that has one."""
    lines = [f"# {_markdown(_heading(lineage, found))}"]
    for section in news_sections(lineage, found):
        lines += ["", f"## {section.heading[0].upper()}{section.heading[1:]}", ""]
        for each in section.items[:top]:
            title = _markdown(each.title)
            lines.append(f"- {f'[{title}](<{each.url}>)' if each.url else title}: {_markdown(each.sentence)}")
        if len(section.items) > top:
            lines += ["", f"And {len(section.items) - top:,} more."]
    for remark in news_remarks(lineage, found):
        lines += ["", _markdown(remark)]
    return "\n".join(lines) + "\n"


def _heading(lineage: Lineage, found: News) -> str:
    span = f" since {found.since}, observed {found.until}" if found.since and found.until else ""
    title = for_terminal(lineage.reading_list.title)
    return f"{'Nothing new' if found.is_empty else 'New'} around {title}{span}"


def _markdown(text: str) -> str:
    """Text as Markdown that shows it as it is: what papers are called never becomes a link, markup or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>#|~!&$])", r"\\\1", shown(text))


def news_form(lineage: Lineage, found: News) -> dict[str, Any]:
    """The same as a JSON value, whole; a number of paths that is null could not be counted."""
    return {
        "since": found.since,
        "until": found.until,
        "citers": [
            paper_form(lineage, each.key) | {"cites_anew": list(each.cited), "added": each.added}
            for each in found.citers
        ],
        "paths": [
            {"from": each.start, "to": each.end, "before": writable(each.before), "now": writable(each.now)}
            | {"shortest_new": list(each.path)}
            for each in found.paths
        ],
        "bridges": [paper_form(lineage, key) for key in found.bridges],
        "notices": [paper_form(lineage, each.key) | {"was": each.before, "is": each.now} for each in found.notices],
        "first_read": [{"key": key, "direction": direction} for key, direction in found.first_read],
        "citations_gone": found.gone,
    }
