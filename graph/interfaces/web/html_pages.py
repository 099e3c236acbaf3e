"""The same answers for people: the start page, papers, neighbourhoods, ways, with links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from ...analysis.ancestry import Relatives
from ...analysis.paper_summary import PaperSummary
from ...analysis.path_options import PathOptions
from ...errors import InputError
from ...exports.style import theme_colours
from ...exports.text.large_counts import large
from ...exports.text.wording import basis_of, counted, describe_coverage, name_of, theme_names, year_of
from ...model.lineage import Lineage
from ...pages.answer_html import flow_html, paper_html, paths_html, relatives_html
from ...pages.page import render_page
from ...pages.paper_facts import ROLES
from ...pages.views import path_page
from ...utils.text import clipped, for_terminal
from ..backend import Backend
from ..summary import LargeAnswer
from .frame import Frame
from .json_api import wish
from .parameters import question_of

TOPS = (25, 50, 100, 200, 500, 1000, 2000)
ENTRIES = 500
"""How many entries of a reading list the start page names."""
NAMED = 60
"""How many papers a list on a page names."""


class HtmlPages:
    """Makes the pages.

    Parameters
    ----------
    behind : Backend
    """

    def __init__(self, behind: Backend) -> None:
        self.behind = behind
        self._frame = Frame(behind)

    def start(self) -> str:
        """The start: search, a question, the reading list."""
        lineage = self.behind.reading_list
        listed, entries = lineage.reading_list, lineage.reading_list.entries
        key_of = {entry.number: key for key, its in lineage.entries.items() for entry in its}
        colours = theme_colours(lineage)
        themes = [
            {
                "name": theme.name,
                "colour": colours[theme.id],
                "entries": [
                    {"number": e.number, "key": key_of[e.number], "name": name_of(lineage, key_of[e.number])}
                    | {"year": year_of(lineage, key_of[e.number])}
                    for e in entries[:ENTRIES]
                    if theme.id in e.themes
                ],
            }
            for theme in listed.themes
        ]
        more = {"themes": themes, "left_out": max(0, len(entries) - ENTRIES), "papers": len(lineage.entries)}
        return self._frame.page("start.html", listed.title, start=True, entries=len(entries), **more)

    def search(self, q: str) -> str:
        """The papers that hold every word of a text."""
        lineage, found = self.behind.search(q, NAMED)
        papers = [
            {
                "key": key,
                "name": name_of(lineage, key),
                "year": year_of(lineage, key),
                "title": clipped(lineage.paper(key).title or lineage.paper(key).untitled, 300),
                "authors": _authors(lineage, key, 6),
            }
            for key in found.keys
        ]
        return self._frame.page("found.html", f"{q} - search", asked=q, total=found.total, found=papers)

    def paper(self, name: str) -> str:
        """One paper: what it is, what it stands on, what stands on it."""
        lineage, found = self.behind.portrait(self.behind.key_of(name))
        paper, key = found.paper, found.paper.key
        numbers = " and ".join(map(str, found.numbers))
        known = "; ".join(f"{row.state}: {describe_coverage(lineage, row)}" for row in found.references)
        facts = [
            ("First version", f"{paper.date or 'unknown'}{basis_of(paper.date_basis)}"),
            ("Published", " ".join(filter(None, (clipped(paper.venue or "", 200), paper.publication_date)))),
            ("Themes", theme_names(lineage, key)),
            ("Links", Markup(" ").join(_outward(each.url, str(each)) for each in paper.identifiers)),
            ("References", known or "not fetched: no source was asked"),
            ("Ancestors", f"{found.ancestors.total:,}"),
            ("Descendants", f"{found.descendants.total:,}"),
        ]
        return self._frame.page(
            "paper.html",
            name_of(lineage, key),
            key=key,
            name=name_of(lineage, key),
            full=clipped(paper.title or paper.untitled, 1000),
            role=ROLES[found.role][0] + (f", entry {numbers}" if numbers else ""),
            authors=_authors(lineage, key, 40),
            facts=[(term, text) for term, text in facts if text],
            tops=TOPS,
            sides=self._sides(key, found),
        )

    def _sides(self, key: str, found: PaperSummary) -> Iterator[dict[str, Any]]:
        """What a paper cites and what cites it: first the list's, then those with a title, oldest first."""
        lineage, near = self.behind.around(key, 1, 10 * NAMED)
        graph = lineage.graph.subgraph(near.hops)
        for heading, keys, kin in (
            ("Cites", graph.predecessors(key), found.cites),
            ("Cited by", graph.successors(key), found.cited_by),
        ):
            ordered = sorted(keys, key=lambda each: (lineage.paper(each).title is None, lineage.place(each)))[:NAMED]
            more = kin.total - len(ordered)
            told = counted(kin.total, "paper") + (f", {more:,} of them not named here" if more else "")
            papers = [{"name": paper_html(lineage, each, address), "year": year_of(lineage, each)} for each in ordered]
            yield {"heading": heading, "told": told, "papers": papers}

    def around(self, name: str, depth: int, top: int) -> str:
        """A picture of the papers around one."""
        lineage, found = self.behind.around(self.behind.key_of(name), depth, top)
        name = name_of(lineage, found.key)
        within = f"within {counted(depth, 'hop')}, whichever way citations point"
        if found.total is None:
            within = f"The {counted(len(found.hops), 'paper')} nearest to it {within}"
        else:
            within = f"{counted(found.total, 'paper')} {within}"
        whole = found.total is None or found.total <= len(found.hops)
        nearest = "" if whole else f"; the {len(found.hops):,} nearest are shown"
        page = render_page(
            lineage,
            sorted(found.hops, key=lineage.age),
            title=f"Around {name}",
            subtitle=within + nearest,
            preset=urlencode({"p": found.key}),
        )
        tops = sorted({*TOPS, top})
        around = {"key": found.key, "depth": depth, "top": top, "tops": tops}
        return self._frame.picture(page, around=around, links=[{"href": address(found.key), "text": "Its page"}])

    def paths(self, **asked: Any) -> str:
        """The ways from one paper to another."""
        question = question_of(asked)
        wished = self._wish(asked)
        lineage, found, remarks = self.behind.answer(question, wished)
        if isinstance(found, Relatives):
            heading = Markup("What {} {}").format(
                "led to" if found.kind == "ancestry" else "came of", paper_html(lineage, found.key, address)
            )
            return self._answer(question, heading, relatives_html(lineage, found, address), remarks=remarks)
        ends = [paper_html(lineage, key, address) for key in (found.start, found.end)]
        same = {"q": question, "list_only": str(int(wished.list_only)), "max_hops": str(asked["max_hops"])}
        actions = [{"href": f"/picture?{urlencode(same)}", "text": "As a picture"}]
        if found.found:
            flow = {name: text for name, text in same.items() if name != "max_hops"}
            actions.append({"href": f"/flow?{urlencode(flow)}", "text": "What all paths run through"})
            more = min(10 * wished.top, 500)
            if more > wished.top and (found.total is None or found.total > len(found.paths)):
                actions.append({"href": f"/paths?{urlencode(same | {'top': more})}", "text": f"Up to {more} paths"})
        if found.no_path and found.no_path.reverse != 0:
            turned = f"{found.end} → {found.start}"
            actions.append({"href": f"/paths?{urlencode(same | {'q': turned})}", "text": "The other direction"})
        other = same | {"list_only": str(int(not wished.list_only))}
        told = "Also outside the list" if wished.list_only else "Only within the list"
        actions.append({"href": f"/paths?{urlencode(other)}", "text": told})
        heading = Markup("How did we get from {} to {}?").format(*ends)
        return self._answer(question, heading, paths_html(lineage, found, address), actions, remarks)

    def _wish(self, asked: dict[str, Any]) -> PathOptions:
        wished = wish(self.behind, via=(), avoid=(), theme=None, between=None, max_hops=asked["max_hops"])
        return replace(wished, top=asked["top"], list_only=asked["list_only"])

    def flow(self, **asked: Any) -> str:
        """What all ways from one paper to another run through."""
        question = question_of(asked)
        lineage, found = self.behind.flow(question, list_only=asked["list_only"], cycles="date")
        if isinstance(found, LargeAnswer):
            keys = [found.form[end]["key"] for end in ("from", "to")]
        else:
            keys = [found.start, found.end]
        ends = [paper_html(lineage, key, address) for key in keys]
        if isinstance(found, LargeAnswer):
            answer = Markup("<pre>{}</pre>").format(found.text)
        elif not found.paths:
            answer = Markup("<p>No path{}.</p>").format(" within the list" if found.list_only else "")
        else:
            many = "more paths than can be counted" if found.total is None else counted(found.total, "path")
            circles = ""
            if found.acyclic.changed:
                kept = f"{large(found.paths)} {'path' if found.paths == 1 else 'paths'}"
                circles = f" With circles of citations opened, so that ways run forward: {kept}, counted below."
            told = Markup("<p><strong>{} in all.{}</strong></p>").format(many[0].upper() + many[1:], circles)
            answer = told + flow_html(lineage, found, address, top=NAMED)
        same = urlencode({"q": question, "list_only": str(int(asked["list_only"]))})
        actions = [{"href": f"/paths?{same}", "text": "The paths themselves"}]
        heading = Markup("What leads from {} to {}").format(*ends)
        return self._answer(question, heading, answer, actions)

    def _answer(
        self,
        question: str,
        heading: Markup,
        answer: Markup,
        actions: Iterable[Any] = (),
        remarks: Iterable[str] = (),
    ) -> str:
        said = Markup().join(Markup("<p>{}</p>").format(for_terminal(line)) for line in remarks)
        scrolled = said + Markup('<div class="served-scroll">{}</div>').format(answer)
        more = {"heading": heading, "answer": scrolled, "actions": list(actions)}
        return self._frame.page("answer.html", f"{question} - lineage", asked=question, **more)

    def picture(self, **asked: Any) -> str:
        """An answer about ways as a picture."""
        lineage, found, _ = self.behind.answer(question_of(asked), self._wish(asked))
        if isinstance(found, Relatives):
            keys = [found.key, *(key for keys in found.generations for key in keys)]
            title = f"What {'led to' if found.kind == 'ancestry' else 'came of'} {name_of(lineage, found.key)}"
            return self._frame.picture(render_page(lineage, sorted(keys, key=lineage.age), title=title))
        return self._frame.picture(path_page(lineage, found))

    def listed(self) -> str:
        """The reading list as a picture."""
        return self._list_page

    def surroundings(self) -> str:
        """The reading list and its neighbourhood as a picture."""
        return self._neighbourhood_page

    @cached_property
    def _list_page(self) -> str:
        lineage = self._some_list()
        return self._frame.picture(render_page(lineage, lineage.list_keys, title=lineage.reading_list.title))

    @cached_property
    def _neighbourhood_page(self) -> str:
        title = self._some_list().reading_list.title
        lineage, keys, subtitle = self.behind.surroundings()
        return self._frame.picture(render_page(lineage, keys, title=title, subtitle=subtitle))

    def _some_list(self) -> Lineage:
        lineage = self.behind.reading_list
        if not lineage.entries:
            raise InputError("there is no paper of a reading list here", remedy="search, or start with another --list")
        return lineage

    def fault(self, title: str, told: str, candidates: Iterable[str] = ()) -> str:
        """What went wrong, and what to do next."""
        lines = []
        for line in candidates:
            key, space, _ = line.partition("  ")
            lines.append({"key": key if space else None, "text": line})
        return self._frame.page("fault.html", title, told=told, lines=lines)


def address(key: str) -> str:
    """Where a paper's page is.

    >>> address("a/b c")
    '/paper/a%2Fb%20c'
    """
    return f"/paper/{quote(key, safe='')}"


def _outward(url: str, text: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(url, for_terminal(text))


def _authors(lineage: Lineage, key: str, most: int) -> str:
    paper = lineage.paper(key)
    if not paper.authors:
        return "authors unknown"
    more = len(paper.authors) - most
    rest = f" and {more} more" if more > 0 else "" if paper.authors_complete else " and perhaps others"
    return for_terminal(clipped(", ".join(paper.authors[:most]), 1000) + rest)
