"""What a page contains: papers with their places, citations, measures, and how many there are of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..algorithms.path_counts import CIRCLE_STEPS
from ..analysis.measures.affordable import left_out
from ..analysis.resolve import years_of
from ..exports.layout import Lane, Layout, timeline
from ..exports.style import NO_COLOUR, looks_of, theme_colours, theme_letters
from ..model.lineage import Lineage
from ..model.reasons import INTENTS
from ..utils.kept import kept_by_key
from ..utils.markup import without_markup
from ..utils.text import LETTERS_WITHOUT_DECOMPOSITION, MARKUP_SIGNS, for_xml
from ..utils.title_names import SMALL_WORDS
from .citation_rows import CitationRow, asserting_sources, citation_rows
from .file_columns import file_columns, share_columns
from .page_measures import measure_facts
from .paper_facts import (
    ROLES,
    count_by_role,
    link_heads,
    paper_columns,
    split_by_centrality,
    theme_legend,
)


@dataclass(frozen=True, slots=True)
class PageContents:
    """What a page contains of a lineage.

    Attributes
    ----------
    lineage : Lineage
    drawn, others : list of str
        The papers that the picture has room for, and those that the page only knows, both oldest first.
    layout : Layout
        The places of the drawn papers.
    legend : list of dict
        The lanes as `theme_legend` has them, each with its `count` of papers in words.
    sources : list of str
        The ids of the corpus' sources; assertions name them by position.
    citations : list of CitationRow
        Those among all papers of the page.
    measures : list of dict
        Those of the drawn papers; see `measure_facts`.
    provenance : list of str
        Who asserts the citations; see `asserting_sources`.
    """

    lineage: Lineage
    drawn: list[str]
    others: list[str]
    layout: Layout
    legend: list[dict[str, Any]]
    sources: list[str]
    citations: list[CitationRow]
    measures: list[dict[str, Any]]
    provenance: list[str]

    @classmethod
    def of(cls, lineage: Lineage, keys: Sequence[str], layout: Layout | None = None) -> PageContents:
        """The contents of a page of some papers; `layout` is theirs, where it is known."""
        drawn, others = split_by_centrality(lineage, keys)
        citations = citation_rows(lineage, [*drawn, *others])
        layout = timeline(lineage, drawn) if layout is None or others else layout
        return cls(
            lineage,
            drawn,
            others,
            layout,
            legend=[lane | {"count": _papers_of(lineage, lane)} for lane in theme_legend(lineage, layout)],
            sources=sorted(lineage.corpus.sources),
            citations=citations,
            measures=measure_facts(lineage, drawn),
            provenance=[for_xml(text) for text in asserting_sources(lineage, citations)],
        )

    @property
    def keys(self) -> list[str]:
        """All papers, in the order of the page's columns."""
        return [*self.drawn, *self.others]

    @property
    def labels(self) -> list[str]:
        """What the picture writes of each paper, or would write."""
        placements = self.layout.placements
        return [
            *(placements[key].label for key in self.drawn),
            *(look.label for look in looks_of(self.lineage, self.others)),
        ]

    def summary(self) -> dict[str, Any]:
        """What the template shows in legend, filters and footer."""
        lineage, corpus = self.lineage, self.lineage.corpus
        cited_or_citing = {end for row in self.citations for end in (row.cited, row.citing)}
        return {
            "legend": [lane | {"name": for_xml(lane["name"])} for lane in self.legend],
            "lanes_by": lineage.grouping.words,
            "roles": count_by_role(self.lineage, self.drawn),
            "rings": sum(len(look.chosen) > 1 for look in looks_of(lineage, self.drawn)),
            "isolated": len(set(self.drawn) - cited_or_citing),
            "span": self._first_and_last_year(),
            "confirmed": sum(row.origins > 1 for row in self.citations),
            "influential": sum(row.is_influential for row in self.citations),
            "measures": [(measure["id"], measure["label"]) for measure in self.measures],
            "provenance": self.provenance,
            "drawn": len(self.drawn),
            "left_out": len(self.others),
            "corpus_size": (len(corpus.papers), len(corpus.citations)),
        }

    def facts(self) -> dict[str, Any]:
        """What the scripts need besides nodes and edges; `PageFacts` of model.js is its type."""
        lineage = self.lineage
        themes = {theme.id: theme.name for theme in lineage.reading_list.themes}
        return {
            "papers": paper_columns(lineage, self.keys),
            "sources": [self._source(source) for source in self.sources],
            "themes": themes,
            "order": list(themes),
            "colours": theme_colours(lineage),
            "unthemedColour": NO_COLOUR,
            "roles": {role: f"{name}: {meaning}" for role, (name, meaning) in ROLES.items()},
            "lanes": [
                _lane(lane, themes) | {"letter": legend["letter"], "count": legend["count"]}
                for lane, legend in zip(self.layout.lanes, self.legend, strict=True)
            ],
            "lanesBy": asdict(lineage.grouping.words),
            "themeLetters": theme_letters(lineage),
            "ticks": [[tick.label, tick.x, tick.empty] for tick in self.layout.ticks],
            "size": [self.layout.width, self.layout.height],
            "circleSteps": CIRCLE_STEPS,
            "drawn": len(self.drawn),
            "measures": self.measures,
            "provenance": self.provenance,
            "measuresLeftOut": left_out(lineage),
            "linkHeads": link_heads(),
            "letters": LETTERS_WITHOUT_DECOMPOSITION,
            "shown": self._shown_texts(),
            "intents": INTENTS,
            "smallWords": SMALL_WORDS,
            "otherYears": self._other_years(),
            "columns": file_columns(lineage),
            "shareColumns": share_columns(lineage),
        }

    def _shown_texts(self) -> dict[str, str]:
        """What the texts show that have markup: a page finds papers and hops by the words of that, as `words` does."""
        shown = _shown(self.labels)
        for names in _shown_names(self.lineage, self.keys):
            shown |= names
        return shown | _shown(self._texts_of_citations())

    def _texts_of_citations(self) -> Iterator[str]:
        """Reasons and citing sentences."""
        for row in self.citations:
            yield from (row.why[0],) if row.why else ()
            for _, _, *details in row.by:
                yield from details[0].get("contexts", ()) if details else ()

    def _other_years(self) -> dict[str, list[int]]:
        """The years by which people cite a paper beside that of its first version, where there are any."""
        found = zip(self.keys, _years_beside_first(self.lineage, self.keys), strict=True)
        return {key: years for key, years in found if years}

    def _source(self, id_: str) -> dict[str, Any]:
        source = self.lineage.corpus.sources[id_]
        return {"label": source.label, "note": source.note, "kind": source.kind}

    def _first_and_last_year(self) -> tuple[int | str, int | str]:
        """Of the drawn papers; empty when none has a year."""
        looks = looks_of(self.lineage, self.drawn)
        years = [year for look in looks if (year := look.paper.year) is not None]
        return (min(years), max(years)) if years else ("", "")


@kept_by_key  # the pages of a site share most papers
def _shown_names(lineage: Lineage, keys: Sequence[str]) -> Iterator[dict[str, str]]:
    """What the title, the names and the authors of each paper show, where they have markup."""
    for look in looks_of(lineage, keys):
        paper = look.paper
        yield _shown((paper.title or "", paper.label, *paper.names, *paper.also_titled, *paper.authors))


def _shown(texts: Iterable[str]) -> dict[str, str]:
    marked = {text: without_markup(text) for text in texts if MARKUP_SIGNS.search(text)}
    return {text: shown for text, shown in marked.items() if shown != text}


@kept_by_key
def _years_beside_first(lineage: Lineage, keys: Sequence[str]) -> Iterator[list[int]]:
    for look in looks_of(lineage, keys):
        first = look.paper.year
        yield [year for year in years_of(lineage, look.paper.key) if year != first]


def _papers_of(lineage: Lineage, lane: Mapping[str, Any]) -> str:
    """How many papers a lane of `theme_legend` has, in words."""
    chosen, inferred = lane["chosen"], lane["inferred"]
    if lane["id"] is None or not lineage.grouping.is_by_theme:
        return f"{chosen + inferred:,}"
    return ", ".join(f"{count:,} {kind}" for count, kind in ((chosen, "chosen"), (inferred, "inferred")) if count)


def _lane(lane: Lane, themes: dict[str, str]) -> dict[str, Any]:
    name = themes[lane.theme] if lane.theme else lane.name
    return {"theme": lane.theme, "name": name, "colour": lane.colour, "top": lane.top, "bottom": lane.bottom}
