"""News in sentences: what text, Markdown and a feed all show, each in its own form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..analysis.news import NewCiter, NewPaths, News, Noticed
from ..model.lineage import Lineage
from ..utils.text import one_line
from .large_counts import whole
from .wording import counted, some_of

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
    """One piece of news.

    Attributes
    ----------
    kind : str
        "citer", "path", "bridge" or "notice".
    about : tuple of str
        The keys of the papers that tell it from other news of its kind.
    title : str
        One line, of words that papers have: not yet harmless in a terminal or in markup.
    sentence : str
        What is new about it.
    url : str or None
        The page of its first paper.
    """

    kind: str
    about: tuple[str, ...]
    title: str
    sentence: str
    url: str | None


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
