"""The same answers for people: the start page, papers, neighbourhoods, paths, with links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from ...analysis.ancestry import Relatives
from ...analysis.flow import Flow
from ...analysis.paper_summary import PaperSummary
from ...analysis.path_answer import PathAnswer
from ...errors import InputError
from ...exports.style import theme_colours
from ...exports.wording import basis_of, counted, describe_coverage, large, name_of, theme_names
from ...model.lineage import Lineage
from ...pages.answer_html import flow_html, paper_html, paths_html, relatives_html
from ...pages.page import render_page
from ...pages.paper_facts import ROLES
from ...pages.views import path_page
from ...utils.text import clipped, for_terminal
from ..answer import Answer
from ..backend import Backend
from ..question import as_parameters
from ..questions import (
    FlowQuestion,
    ListNeighbourhoodQuestion,
    NearbyQuestion,
    PaperQuestion,
    PathQuestion,
    SearchQuestion,
)
from .frame import Frame
from .further_questions import flags, further_questions
from .parameters import options_of, question_text

TOPS = (25, 50, 100, 200, 500, 1000, 2000)
"""How many papers a person can choose to see around one."""
ENTRIES = 500
"""How many entries of a reading list the start page names."""
NAMED = 60
"""How many papers a list on a page names."""


class HtmlPages:
    """Makes the pages."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._frame = Frame(backend)
        self._is_part = not backend.in_memory
        self._picture = partial(render_page, is_part=self._is_part, welcome=False)  # the start page says it

    def start(self) -> str:
        """The start: search, a question, the reading list."""
        lineage = self._backend.listed
        entries = lineage.reading_list.entries
        return self._frame.page(
            "start.html",
            lineage.reading_list.title,
            start=True,
            lineage=lineage,
            colours=theme_colours(lineage),
            key_of={entry.number: key for key, its in lineage.entries.items() for entry in its},
            entries=entries[:ENTRIES],
            left_out=max(0, len(entries) - ENTRIES),
        )

    def search(self, q: str) -> str:
        """The papers that hold every word of a text."""
        answer = self._backend.answer(SearchQuestion(q, NAMED))
        return self._frame.page(
            "found.html",
            f"{q} - search",
            query=q,
            lineage=answer.lineage,
            found=answer.value,
            authors=partial(_authors, answer.lineage, most=6),
        )

    def paper(self, name: str) -> str:
        """One paper: what it is, what it stands on, what stands on it."""
        answer = self._backend.answer(PaperQuestion(self._backend.key_of(name)))
        lineage, summary, paper = answer.lineage, answer.value, answer.value.paper
        key = paper.key
        numbers = " and ".join(map(str, summary.numbers))
        references = "; ".join(f"{row.state}: {describe_coverage(lineage, row)}" for row in summary.references)
        facts = [
            ("First version", f"{paper.date or 'unknown'}{basis_of(paper.date_basis)}"),
            ("Published", " ".join(filter(None, (clipped(paper.venue or "", 200), paper.publication_date)))),
            ("What it brought", for_terminal(clipped(paper.contribution or "", 300))),
            ("Themes", theme_names(lineage, key)),
            ("Links", Markup(" ").join(_external_link(each.url, str(each)) for each in paper.identifiers)),
            ("References", references or "not fetched: no source was asked"),
            ("Ancestors", f"{summary.ancestors.total:,}"),
            ("Descendants", f"{summary.descendants.total:,}"),
        ]
        return self._frame.page(
            "paper.html",
            name_of(lineage, key),
            key=key,
            name=name_of(lineage, key),
            full=clipped(paper.title or paper.untitled, 1000),
            role=ROLES[summary.role][0] + (f", entry {numbers}" if numbers else ""),
            authors=_authors(lineage, key, 40),
            facts=[(term, text) for term, text in facts if text],
            tops=TOPS,
            sides=self._sides(key, summary),
            paper_link=partial(paper_html, link=address),
        )

    def _sides(self, key: str, summary: PaperSummary) -> Iterator[dict[str, Any]]:
        """What a paper cites and what cites it: first the list's, then those with a title, oldest first."""
        answer = self._backend.answer(NearbyQuestion(key, 1, 10 * NAMED))
        lineage, graph = answer.lineage, answer.lineage.citation_graph(answer.lineage.flagged(answer.value.hops))
        for heading, keys, related in (
            ("Cites", graph.predecessors(key), summary.cites),
            ("Cited by", graph.successors(key), summary.cited_by),
        ):
            named = sorted(keys, key=lambda each: (lineage.paper(each).title is None, lineage.place(each)))[:NAMED]
            unnamed = related.total - len(named)
            count = counted(related.total, "paper") + (f", {unnamed:,} of them not named here" if unnamed else "")
            yield {"heading": heading, "count": count, "lineage": lineage, "keys": named}

    def nearby(self, name: str, depth: int, top: int) -> str:
        """A picture of the papers around one."""
        answer = self._backend.answer(NearbyQuestion(self._backend.key_of(name), depth, top))
        lineage, found = answer.lineage, answer.value
        name = name_of(lineage, found.key)
        keys = [key for key in found.hops if lineage.paper(key).title is not None or key == found.key]
        unnamed = len(found.hops) - len(keys)
        within = f"within {counted(depth, 'hop')}, whichever way citations point"
        if found.total is None:
            subtitle = f"The {counted(len(found.hops), 'paper')} nearest to it {within}"
        elif found.total <= len(found.hops):
            subtitle = f"{counted(found.total, 'paper')} {within}"
        else:
            subtitle = f"{counted(found.total, 'paper')} {within}; the {len(found.hops):,} nearest are shown"
        if unnamed:
            subtitle += f", but for {counted(unnamed, 'paper')} known by identifier alone"
        page = self._picture(
            lineage,
            lineage.by_age(keys),
            title=f"Around {name}",
            subtitle=subtitle,
            preset=urlencode({"p": found.key}),
        )
        around = {"key": found.key, "depth": depth, "top": top, "tops": sorted({*TOPS, top})}
        return self._frame.picture(page, around=around, links=[{"href": address(found.key), "text": "Its page"}])

    def paths(self, parameters: Mapping[str, Any]) -> str:
        """The paths from one paper to another, or all papers before or after one."""
        question = question_text(parameters)
        answer = self._paths(question, parameters)
        lineage, found = answer.lineage, answer.value
        if isinstance(found, Relatives):
            heading = Markup("What {} {}").format(
                "led to" if found.kind == "ancestry" else "came of", paper_html(lineage, found.key, address)
            )
            return self._answer(question, heading, relatives_html(lineage, found, address), remarks=answer.remarks)
        ends = [paper_html(lineage, key, address) for key in (found.start, found.end)]
        heading = Markup("How did we get from {} to {}?").format(*ends)
        actions = list(further_questions(question, found, parameters))
        has_more = any(action["text"].startswith("Up to") for action in actions)
        paths = paths_html(lineage, found, address, how_to_see_more="the button below lists more" if has_more else "")
        return self._answer(question, heading, paths, actions, answer.remarks)

    def _paths(self, question: str, parameters: Mapping[str, Any]) -> Answer[PathAnswer | Relatives]:
        return self._backend.answer(PathQuestion.parse(self._backend, [question], **options_of(parameters)))

    def flow(self, parameters: Mapping[str, Any]) -> str:
        """What all paths from one paper to another run through."""
        question = question_text(parameters)
        answer = self._backend.answer(FlowQuestion.parse(self._backend, [question], **options_of(parameters)))
        lineage, found = answer.lineage, answer.value
        content = _flow_content(lineage, found)
        ends = [paper_html(lineage, key, address) for key in (found.start, found.end)]
        same = urlencode({"q": question} | flags(parameters))
        actions = [{"href": f"/paths?{same}", "text": "The paths themselves"}]
        return self._answer(
            question, Markup("What leads from {} to {}").format(*ends), content, actions, answer.remarks
        )

    def _answer(
        self,
        question: str,
        heading: Markup,
        content: Markup,
        actions: Iterable[Mapping[str, str]] = (),
        remarks: Iterable[str] = (),
    ) -> str:
        lines = Markup().join(Markup("<p>{}</p>").format(for_terminal(as_parameters(line))) for line in remarks)
        return self._frame.page(
            "answer.html",
            f"{question} - lineage",
            query=question,
            heading=heading,
            answer=lines + Markup('<div class="served-scroll">{}</div>').format(content),
            actions=list(actions),
        )

    def picture(self, parameters: Mapping[str, Any]) -> str:
        """An answer about paths as a picture."""
        answer = self._paths(question_text(parameters), parameters)
        lineage, found = answer.lineage, answer.value
        if isinstance(found, Relatives):
            keys = [found.key, *(key for generation in found.generations for key in generation)]
            title = f"What {'led to' if found.kind == 'ancestry' else 'came of'} {name_of(lineage, found.key)}"
            page = self._picture(lineage, lineage.by_age(keys), title=title)
        else:
            page = path_page(lineage, found, is_part=self._is_part)
        return self._frame.picture(page, remarks=tuple(map(as_parameters, answer.remarks)))

    @cached_property
    def list_picture(self) -> str:
        """The reading list as a picture."""
        lineage = self._listed()
        return self._frame.picture(self._picture(lineage, lineage.list_keys, title=lineage.reading_list.title))

    @cached_property
    def neighbourhood_picture(self) -> str:
        """The reading list and its neighbourhood as a picture."""
        title = self._listed().reading_list.title
        answer = self._backend.answer(ListNeighbourhoodQuestion())
        keys, subtitle = answer.value.keys, answer.value.description
        return self._frame.picture(self._picture(answer.lineage, keys, title=title, subtitle=subtitle))

    def _listed(self) -> Lineage:
        lineage = self._backend.listed
        if not lineage.entries:
            raise InputError("no paper of the reading list is here", remedy="search, or start with another --list")
        return lineage

    def fault(self, title: str, message: str, candidates: Iterable[str] = ()) -> str:
        """What went wrong, and what to do next."""
        lines = []
        for line in candidates:
            key, space, _ = line.partition("  ")
            lines.append({"key": key if space else None, "text": line})
        return self._frame.page("fault.html", title, message=message, lines=lines)


def _flow_content(lineage: Lineage, found: Flow) -> Markup:
    if not found.paths:
        return Markup("<p>No path{}.</p>").format(" within the list" if found.list_only else "")
    total = "more paths than can be counted" if found.total is None else counted(found.total, "path")
    circles = ""
    if found.acyclic.changed:
        kept = f"{large(found.paths)} {'path' if found.paths == 1 else 'paths'}"
        circles = f" Without circles of citations: {kept}, counted below."
    summary = Markup("<p><strong>{} in all.{}</strong></p>").format(total[0].upper() + total[1:], circles)
    return summary + flow_html(lineage, found, address, top=NAMED)


def address(key: str) -> str:
    """Where a paper's page is.

    >>> address("a/b c")
    '/paper/a%2Fb%20c'
    """
    return f"/paper/{quote(key, safe='')}"


def _external_link(url: str, text: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(url, for_terminal(text))


def _authors(lineage: Lineage, key: str, most: int) -> str:
    paper = lineage.paper(key)
    if not paper.authors:
        return "authors unknown"
    more = len(paper.authors) - most
    rest = f" and {more} more" if more > 0 else "" if paper.authors_complete else " and perhaps others"
    return for_terminal(clipped(", ".join(paper.authors[:most]), 1000) + rest)
