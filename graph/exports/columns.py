"""Columns: what an export says of each paper and of each citation of a view, and in which type.

Every export is a tuple of `Column`; its writer, its documentation and its tests are derived from it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from ..analysis.measures import Result, find_measure
from ..analysis.measures.affordable import Measured
from ..model.corpus import Citation, Paper
from ..model.lineage import Lineage

T = TypeVar("T")
Value = str | int | float | bool | Sequence[str] | Sequence[int] | None
Type = Literal["boolean", "int", "long", "double", "string", "strings", "longs"]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of an export.

    Attributes
    ----------
    name : str
    type : str
        One of GraphML's types, or "strings" or "longs", which are lists and for formats that hold them;
        one type for the whole column.
    meaning : str
        For people, without a full stop.
    value : callable
        What a row says in it; None when that is not known.
    """

    name: str
    type: Type
    meaning: str
    value: Callable[[T], Value]


@dataclass(frozen=True, slots=True)
class PaperInView:
    """A paper of a view: `cites` and `cited_by` count papers of the view alone."""

    lineage: Lineage
    paper: Paper
    cites: int
    cited_by: int

    @property
    def facts(self) -> dict[str, Any]:
        """What the lineage graph says of the paper: role, numbers, themes, shares."""
        found: dict[str, Any] = self.lineage.graph.nodes[self.paper.key]
        return found

    @property
    def list_numbers(self) -> str | None:
        """The numbers of its entries in the reading list."""
        return joined(map(str, self.facts["numbers"]))

    @property
    def theme_basis(self) -> str | None:
        """Whether a person chose its themes or its neighbours suggest them."""
        return "chosen" if self.facts["themes"] else "inferred" if self.facts["shares"] else None

    @property
    def themes_chosen(self) -> str | None:
        """The names of the themes that a person gave it."""
        return joined(self.lineage.reading_list.theme(theme).name for theme in self.facts["themes"])

    @property
    def themes_inferred(self) -> str | None:
        """The names of the themes that its neighbours suggest, largest share first."""
        if self.theme_basis != "inferred":
            return None
        shares = self.facts["shares"]
        held = [theme for theme in self.lineage.reading_list.themes if shares.get(theme.id)]
        held.sort(key=lambda theme: -shares[theme.id])
        return joined(f"{theme.name} {_percent(shares[theme.id])}" for theme in held)

    @property
    def references(self) -> str:
        """What is known of its references."""
        return self.lineage.corpus.coverage_of(self.paper.key, "references")

    @property
    def references_listed(self) -> int | None:
        """The longest list of references that any source has of it, as far as they say."""
        rows = self.lineage.corpus.coverage_rows(self.paper.key, "references")
        return max((row.rows for row in rows if row.rows is not None), default=None)

    @property
    def cites_known(self) -> int | None:
        """Like `cites`; None rather than 0 when nobody has seen its references: unknown is not zero."""
        return None if not self.cites and self.references in ("not_fetched", "failed") else self.cites

    def identifiers_of(self, scheme: str) -> str | None:
        """Its identifiers in one scheme."""
        return joined(each.value for each in self.paper.identifiers if each.scheme == scheme)


@dataclass(frozen=True, slots=True)
class CitationInView:
    """A citation between two papers of a view."""

    lineage: Lineage
    citation: Citation
    backwards: bool

    @property
    def citing(self) -> Paper:
        """The later paper, as a rule."""
        return self.lineage.paper(self.citation.citing)

    @property
    def cited(self) -> Paper:
        """The earlier paper, as a rule."""
        return self.lineage.paper(self.citation.cited)

    @property
    def source_labels(self) -> str | None:
        """Who asserts it, for people."""
        return joined(self.lineage.corpus.sources[source].label for source in self.citation.sources)

    @property
    def asserted_by(self) -> int:
        """How many sources assert it."""
        return len(self.citation.assertions)

    @property
    def influential(self) -> bool | None:
        """Whether a source calls it influential; None when none says either way."""
        said = [a.influential for a in self.citation.assertions if a.influential is not None]
        return any(said) if said else None

    @property
    def intents(self) -> tuple[str, ...]:
        """What sources take it to be for, each once."""
        return tuple(dict.fromkeys(intent for a in self.citation.assertions for intent in a.intents))


_MOST = 1e300


def measure_columns(measured: Measured) -> tuple[Column[PaperInView], ...]:
    """A column for each measure, called ``measure_`` and its id; counts past a float's range are not known."""

    def value(result: Result) -> Callable[[PaperInView], Value]:
        def of(paper: PaperInView) -> Value:
            held = result.values.get(paper.paper.key)
            return None if held is None or abs(held) > _MOST else float(held)

        return of

    return tuple(
        Column(f"measure_{id_}", "double", f"{find_measure(id_).label}, in the whole corpus", value(result))
        for id_, result in measured.items()
    )


def view_of(
    lineage: Lineage, keys: Iterable[str], arcs: Collection[tuple[str, str]] | None = None
) -> tuple[list[PaperInView], list[CitationInView]]:
    """The papers of a view and the citations among them, oldest first whatever the order of the keys.

    With `arcs`, cited -> citing, only those of the citations.

    Notes
    -----
    Linear in the papers and in their citations.
    """
    part = lineage.among(keys)
    if arcs is not None:
        part.remove_edges_from([arc for arc in part.edges if arc not in arcs])
    papers = [PaperInView(lineage, lineage.paper(key), part.in_degree(key), part.out_degree(key)) for key in part]
    citations = (data for _, _, data in part.edges(data=True))
    return papers, [CitationInView(lineage, data["citation"], data["backwards"]) for data in citations]


def joined(parts: Iterable[str]) -> str | None:
    """Parts as one text, or None when there are none: no reader of ours has lists.

    >>> joined(["17", "24"]), joined([])
    ('17; 24', None)
    """
    return "; ".join(parts) or None


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %") if share >= 0.005 else "<1 %"
