"""One paper in its lineage: what it builds on, what builds on it, and what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model.collection import PaperCollection
from ..model.corpus import Citation, Coverage, Paper
from ..model.lineage import Lineage
from ..model.reasons import Reason
from ..model.roles import role_between
from ..model.themes import Shares


@dataclass(frozen=True, slots=True)
class RelatedPapers:
    """Some papers that are related to one: keys of those of the list and of bridges, and the number of others.

    `list` and `bridges` are in order of age.
    """

    list: tuple[str, ...]
    bridges: tuple[str, ...]
    others: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.list) + len(self.bridges) + self.others


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """What the corpus knows of a paper.

    `cites` and `cited_by` are the papers that it cites and that cite it, `ancestors` and `descendants` all
    papers from which a path leads to it, and to which one leads from it. A person chose `themes`; where
    there are none, `shares` are inferred. `takes` says why it cites other papers, `gives` why others cite it, as far as
    reasons are recorded, the oldest paper first. `counted` are citations by it, and by papers of the list and bridges,
    of which a source says how often the citing text has them, the most frequent first.
    """

    paper: Paper
    role: str
    numbers: tuple[int, ...]
    themes: tuple[str, ...]
    shares: Shares
    references: tuple[Coverage, ...]
    cites: RelatedPapers
    cited_by: RelatedPapers
    ancestors: RelatedPapers
    descendants: RelatedPapers
    takes: tuple[Reason, ...] = ()
    gives: tuple[Reason, ...] = ()
    counted: tuple[Citation, ...] = ()


def summarize_paper(lineage: Lineage, key: str) -> PaperSummary:
    """Describe one paper of a lineage."""
    return summary_in(lineage, key)[1]


def summary_in(papers: PaperCollection, key: str) -> tuple[Lineage, PaperSummary]:
    """Describe one paper, in memory or in a store, with a lineage that has the papers which the answer names.

    A store counts all that is related to the paper, and names papers of the list: bridges are counted with the others.
    Linear in all that leads to the paper and all that it leads to; two bytes for every paper.
    """
    number = papers.number(key)
    lineage, network = papers.part([number]), papers.network
    before, after = (papers.reachable(number, back=back) for back in (True, False))
    before[number] = after[number] = False
    bridges = [(each, papers.number(each)) for each in lineage.bridges if each != key]
    listed = list(zip(papers.keys_of(papers.list_numbers), papers.list_numbers, strict=True))

    def related(total: int, has: Callable[[int], bool]) -> RelatedPapers:
        ours = sorted((each for each, at in listed if has(at)), key=lineage.age)
        others = tuple(each for each, at in bridges if has(at))
        return RelatedPapers(tuple(ours), others, total - len(ours) - len(others))

    cites, cited_by = (set(each.tolist()) for each in (network.references_of(number), network.citers_of(number)))
    ancestors, descendants = (related(int(each.sum()), each.__getitem__) for each in (before, after))
    return lineage, PaperSummary(
        paper=lineage.paper(key),
        role=role_between(lineage.entry_numbers(key), ancestors.list, descendants.list),
        numbers=lineage.entry_numbers(key),
        themes=lineage.themes(key),
        shares=lineage.shares(key),
        references=tuple(lineage.corpus.coverage_rows(key)),
        cites=related(len(cites), cites.__contains__),
        cited_by=related(len(cited_by), cited_by.__contains__),
        ancestors=ancestors,
        descendants=descendants,
        takes=tuple(sorted(_reasons(lineage, citing=key), key=lambda each: lineage.age(each.cited))),
        gives=tuple(sorted(_reasons(lineage, cited=key), key=lambda each: lineage.age(each.citing))),
        counted=_counted(lineage, key),
    )


def mentions_of(citation: Citation) -> int | None:
    """How often the citing text has a citation, as the source says that knows most; None where none says so."""
    return max((each.mentions for each in citation.assertions if each.mentions is not None), default=None)


def _counted(lineage: Lineage, key: str) -> tuple[Citation, ...]:
    near = {*lineage.list_keys, *lineage.bridges}.intersection(lineage.cited_by(key))
    every = [*lineage.corpus.citations_of(key), *(lineage.citation(key, each) for each in sorted(near))]
    known = [each for each in every if mentions_of(each) is not None]
    return tuple(sorted(known, key=lambda each: (-(mentions_of(each) or 0), lineage.age(each.cited))))


def _reasons(lineage: Lineage, *, citing: str | None = None, cited: str | None = None) -> Iterator[Reason]:
    return (each for each in lineage.reasons.values() if each.citing == citing or each.cited == cited)
