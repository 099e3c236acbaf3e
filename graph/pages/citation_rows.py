"""What a page says of citations: plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..analysis.evidence import exact_cost, strength_by
from ..exports.wording import mentions_text
from ..model.corpus import Assertion
from ..model.lineage import Lineage
from ..model.origins import origins_of
from ..model.reasons import Reason
from ..utils.kept import kept_by_key, kept_in_owner


class CitationRow(NamedTuple):
    """An arc of a page."""

    cited: str
    citing: str
    backwards: bool
    """Whether the cited paper is dated later."""
    by: tuple[tuple[Any, ...], ...]
    """Of each assertion the position of its source, the entry numbers in the source's list, and a dict of what else the
    source says, if anything."""
    why: tuple[Any, ...] | None
    """Of the recorded reason what it says, the intents, the sections, the confidence, and the text that was read."""
    origins: int
    """How many independent origins the sources have: see `graph.model.origins`."""
    cost: int
    """What the citation costs by its evidence: see `graph.analysis.evidence.exact_cost`."""

    @property
    def is_influential(self) -> bool:
        """Whether a source calls the citation influential."""
        return any([len(said) > 2 and said[2].get("influential") for said in self.by])  # noqa: C419  # quicker


def citation_rows(lineage: Lineage, keys: Sequence[str]) -> list[CitationRow]:
    """The arcs between some papers, with who asserts each: by the cited paper, then by the citing one, both by age."""
    return _rows(lineage, lineage.arcs_among(lineage.by_age(keys)))


@kept_by_key  # the pages of a site share most citations
def _rows(lineage: Lineage, arcs: Sequence[tuple[str, str]]) -> Iterator[CitationRow]:
    for each in lineage.citations_of(arcs):
        reason = lineage.reason(*each.arc)
        said = _said(lineage, each.citation.assertions, reason)
        yield CitationRow(each.cited, each.citing, each.backwards, said.by, _why(reason), said.origins, said.cost)


class _Said(NamedTuple):
    """What the sources of a citation come to; see `CitationRow`."""

    by: tuple[tuple[Any, ...], ...]
    origins: int
    cost: int


@kept_in_owner  # of many citations the sources say the same
def _said(lineage: Lineage, assertions: tuple[Assertion, ...], reason: Reason | None) -> _Said:
    sources = lineage.corpus.sources
    positions = _source_positions(lineage)
    return _Said(
        tuple([(positions[said.source], said.entries, *_details(said)) for said in assertions]),
        len(origins_of(sources, assertions)),
        exact_cost(strength_by(sources, assertions, reason)),
    )


@kept_in_owner
def _source_positions(lineage: Lineage) -> Mapping[str, int]:
    """Assertions name their sources by their position among those of the corpus."""
    return {source: n for n, source in enumerate(sorted(lineage.corpus.sources))}


def _why(reason: Reason | None) -> tuple[Any, ...] | None:
    if reason is None:
        return None
    return reason.uses, reason.intents, reason.sections, reason.confidence, reason.text_read


def _details(assertion: Assertion) -> tuple[dict[str, Any], ...]:
    """What a source says of a citation besides that there is one; empty when it says nothing more."""
    if assertion.influential is None and not (assertion.intents or assertion.contexts) and assertion.mentions is None:
        return ()
    details: dict[str, Any] = {}
    if assertion.influential is not None:
        details["influential"] = assertion.influential
    if assertion.intents:
        details["intents"] = list(assertion.intents)
    if assertion.contexts:
        details["contexts"] = list(assertion.contexts)
    if mentioned := mentions_text(assertion):
        details["mentioned"] = mentioned
    return (details,)


def asserting_sources(lineage: Lineage, citations: Sequence[CitationRow]) -> list[str]:
    """Who asserts some citations, in words: printed bibliographies are counted, services are named."""
    asserted = {id(row.by): row.by for row in citations}.values()  # many rows share one
    named = {assertion[0] for by in asserted for assertion in by}
    used = [lineage.corpus.sources[id_] for id_, position in _source_positions(lineage).items() if position in named]
    printed = sum(source.kind == "printed_bibliography" for source in used)
    count = [f"{printed} printed bibliographies" if printed > 1 else "one printed bibliography"] if printed else []
    return count + [source.label for source in used if source.kind != "printed_bibliography"]
