"""What an export contains: some papers, the citations among them, and what is known of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, repeat
from typing import NamedTuple

from ..model.arcs import citation_columns
from ..model.corpus import Citation, Paper
from ..model.lineage import Lineage
from ..model.origins import origins_of
from ..model.reasons import Reason
from .layout import Layout, Placement
from .style import Look, colour_of, looks_of
from .wording import describe_assertion, ranked

Arc = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ExportedPaper:
    """A paper of an export; `cites` and `cited_by` count the papers of the same export alone."""

    lineage: Lineage
    look: Look
    cites: int
    cited_by: int

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.look.paper

    @property
    def theme_names(self) -> Sequence[str]:
        """The names of the themes that a person chose."""
        return tuple(self.lineage.reading_list.theme(theme).name for theme in self.look.chosen)

    @property
    def inferred_themes(self) -> Sequence[str]:
        """The themes that its neighbours suggest, each with its share, the largest first."""
        if self.theme_basis != "inferred":
            return ()
        order, theme = self.lineage.reading_list.theme_ids, self.lineage.reading_list.theme
        return tuple(f"{theme(id_).name} {_percent(share)}" for id_, share in ranked(self.look.shares, order) if share)

    @property
    def theme_name(self) -> str | None:
        """The name of that theme."""
        return self.lineage.reading_list.theme(self.look.theme).name if self.look.theme else None

    @property
    def theme_basis(self) -> str | None:
        """Whether a person chose its themes or its neighbours suggest them."""
        return self.lineage.grouping.words.basis if self.look.chosen else "inferred" if self.look.shares else None

    @property
    def colour(self) -> str:
        """The colour of its theme, "#RRGGBB"."""
        return colour_of(self.lineage, self.look.theme)

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue of that colour, 0 to 255."""
        return _rgb(self.colour)

    @property
    def references(self) -> str:
        """How far its references are known."""
        return self.lineage.corpus.coverage_of(self.paper.key, "references")

    @property
    def references_listed(self) -> int | None:
        """The length of the longest list of references that any source has of it; None when no source says."""
        rows = self.lineage.corpus.coverage_rows(self.paper.key, "references")
        return max((row.rows for row in rows if row.rows is not None), default=None)

    @property
    def cites_known(self) -> int | None:
        """Like `cites`, but None instead of 0 when nobody has seen its references: unknown is not zero."""
        return None if not self.cites and self.references in ("not_fetched", "failed") else self.cites

    def share_of(self, theme: str) -> float | None:
        """Its share of a theme, chosen or inferred; None when no theme of it is known."""
        shares = self.look.shares
        return round(shares.get(theme, 0.0), 6) if shares else None

    def identifiers_of(self, scheme: str) -> Sequence[str]:
        """The values of its identifiers in one scheme."""
        return tuple([each.value for each in self.look.paper.identifiers if each.scheme == scheme])


@dataclass(frozen=True, slots=True)
class PlacedPaper(ExportedPaper):
    """A paper of an export with its place in the picture."""

    placement: Placement


class ExportedCitation(NamedTuple):
    """A citation between two papers of an export: as a rule the earlier one is cited and the later one cites."""

    lineage: Lineage
    cited: Paper
    citing: Paper
    citation: Citation
    backwards: bool

    @property
    def arc(self) -> Arc:
        """The keys of the cited paper and of the citing one."""
        return self.citation.cited, self.citation.citing

    @property
    def source_labels(self) -> Sequence[str]:
        """Who asserts it, for people."""
        sources = self.lineage.corpus.sources
        return tuple([sources[each.source].label for each in self.citation.assertions])

    @property
    def asserted_by(self) -> int:
        """How many sources assert it."""
        return len(self.citation.assertions)

    @property
    def origins(self) -> int:
        """How many of these are independent of each other: see `graph.model.origins`."""
        return len(origins_of(self.lineage.corpus.sources, self.citation.assertions))

    @property
    def evidence(self) -> Sequence[str]:
        """Who asserts it, where and for what: "printed bibliography of arXiv:2112.11446v2, entry 33"."""
        return tuple(describe_assertion(self.lineage, each) for each in self.citation.assertions)

    @property
    def influential(self) -> bool | None:
        """Whether any source calls it influential; None when no source says either way."""
        opinions = [each.influential for each in self.citation.assertions if each.influential is not None]
        return any(opinions) if opinions else None

    @property
    def intents(self) -> Sequence[str]:
        """For what the paper is cited, as sources and the recorded reason take it, each intent once."""
        stated = [intent for each in self.citation.assertions for intent in each.intents]
        return tuple(dict.fromkeys((*stated, *(self.reason.intents if self.reason else ()))))

    @property
    def reason(self) -> Reason | None:
        """Why the paper is cited; None when no reason is recorded."""
        return self.lineage.reason(*self.arc)

    @property
    def sentences(self) -> Sequence[str]:
        """The citing sentences that sources quote, each once."""
        return tuple(dict.fromkeys(sentence for each in self.citation.assertions for sentence in each.contexts))


def contents_of(
    lineage: Lineage, keys: Iterable[str], arcs: Collection[Arc] | None = None
) -> tuple[list[ExportedPaper], list[ExportedCitation]]:
    """The papers with these keys and the citations among them, both oldest first.

    Raises `KeyError` for a key that the lineage does not have. Linear in the papers and in their citations.

    Parameters
    ----------
    keys : iterable of str
        Their order and repetitions do not matter.
    arcs : collection of (str, str), optional
        Only these citations, cited -> citing; all when left out.
    """
    ordered = lineage.by_age(keys)
    looks = looks_of(lineage, ordered)
    cited, citing, citations, backwards = citation_columns(lineage.corpus, ordered)
    shown = [look.paper for look in looks]
    ends = ([shown[at] for at in places] for places in (cited, citing))
    found = list(map(ExportedCitation, repeat(lineage), *ends, citations, backwards))
    if arcs is not None:
        kept = [each.arc in arcs for each in found]
        found = list(compress(found, kept))
        cited, citing = (list(compress(places, kept)) for places in (cited, citing))
    cites, cited_by = Counter(citing), Counter(cited)
    papers = [ExportedPaper(lineage, look, cites[place], cited_by[place]) for place, look in enumerate(looks)]
    return papers, found


def placed(layout: Layout, papers: Iterable[ExportedPaper]) -> list[PlacedPaper]:
    """The papers with their places in a layout."""
    return [
        PlacedPaper(each.lineage, each.look, each.cites, each.cited_by, layout.placements[each.paper.key])
        for each in papers
    ]


@cache
def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %") if share >= 0.005 else "<1 %"
