"""News in sentences, which a feed shows too: as text, as Markdown and as a JSON value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...analysis.news import NewCiter, NewPaths, News, Noticed
from ...model.lineage import Lineage
from ...utils.text import for_terminal, one_line, shown
from ..json_forms import paper_form
from ..wording import counted, some_of, whole, writable

_STANDINGS = {
    "retracted": "is RETRACTED",
    "concern": "has an expression of concern",
    "corrected": "was corrected",
    "reinstated": "was retracted, and reinstated since",
    "noticed": "has a notice of another kind",
    None: "has no notice any more",
}


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news."""

    kind: str
    """"citer", "path", "bridge" or "notice"."""
    about: tuple[str, ...]
    """The keys of the papers that tell it from other news of its kind."""
    title: str
    """One line, of words that papers have: not yet harmless in a terminal or in markup."""
    sentence: str
    """What is new about it."""
    url: str | None
    """The page of its first paper."""


@dataclass(frozen=True, slots=True)
class NewsSection:
    """All news of one kind, under a heading that counts them."""

    heading: str
    items: tuple[NewsItem, ...]


def news_sections(lineage: Lineage, found: News) -> list[NewsSection]:
    """The news by kind, what changes trust first; kinds without news are left out."""
    sections = (
        ("retractions and other notices", [_notice(lineage, each) for each in found.notices]),
        ("new paths", [_paths(lineage, each) for each in found.paths]),
        ("papers that newly cite the list", [_citer(lineage, each) for each in found.citers]),
        ("new bridges between papers of the list", [_bridge(lineage, key) for key in found.bridges]),
    )
    return [NewsSection(f"{heading}: {len(items):,}", tuple(items)) for heading, items in sections if items]


def news_remarks(lineage: Lineage, found: News) -> Iterator[str]:
    """What a reader must know beside the news: lists that were read for the first time, and what is gone."""
    for direction, what in (("citations", "who cites"), ("references", "what is cited by")):
        keys = [key for key, its in found.first_read if its == direction]
        if keys:
            yield (
                f"Nobody had asked before {what} {some_of(lineage, keys)}: what is new here about "
                f"{'it' if len(keys) == 1 else 'them'} may be old."
            )
    if found.gone:
        yield (
            f"{counted(found.gone, 'citation')} that a source asserted before {'is' if found.gone == 1 else 'are'} "
            "asserted by none now; 'lineage diff' lists them."
        )


def _item(lineage: Lineage, kind: str, about: tuple[str, ...], title: str, sentence: str) -> NewsItem:
    return NewsItem(kind, about, one_line(title), one_line(sentence), lineage.paper(about[0]).url)


def _citer(lineage: Lineage, each: NewCiter) -> NewsItem:
    paper = lineage.paper(each.key)
    known = "" if each.added else "; the paper itself was known before"
    sentence = f"{paper.date or 'without a date'}; cites {some_of(lineage, each.cited)}{known}"
    return _item(lineage, "citer", (each.key, *each.cited), paper.title or paper.name, sentence)


def _paths(lineage: Lineage, each: NewPaths) -> NewsItem:
    names = " → ".join(lineage.paper(key).name for key in each.path)
    title = f"{lineage.paper(each.start).name} → {lineage.paper(each.end).name}"
    if each.before == 0:
        grown = f"there was no path, and there {'is' if each.now == 1 else 'are'} {_number(each.now)}"
    elif each.before is None or each.now is None:
        grown = "there are more paths than can be counted"
    else:
        was = "was" if each.before == 1 else "were"
        grown = f"there {was} {_number(each.before)}, and there {'is' if each.now == 1 else 'are'} {_number(each.now)}"
    return _item(lineage, "path", (each.start, each.end, *each.path), title, f"{grown}; a shortest new one: {names}")


def _number(paths: int | None) -> str:
    return "more than can be counted" if paths is None else whole(paths)


def _bridge(lineage: Lineage, key: str) -> NewsItem:
    paper = lineage.paper(key)
    cites = [each for each in lineage.cites(key) if each in lineage.entries]
    cited_by = [each for each in lineage.cited_by(key) if each in lineage.entries]
    parts = [paper.date or "without a date"]
    parts += [f"cites {some_of(lineage, cites, 4)}"] if cites else []
    parts += [f"is cited by {some_of(lineage, cited_by, 4)}"] if cited_by else []
    return _item(lineage, "bridge", (key,), paper.title or paper.name, "; ".join(parts))


def _notice(lineage: Lineage, each: Noticed) -> NewsItem:
    paper = lineage.paper(each.key)
    stands = _STANDINGS[each.now]
    return _item(lineage, "notice", (each.key, each.now or ""), f"{paper.name} {stands}", paper.title or paper.name)


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
