"""Citations of a paper by its own authors, as far as the ids of authors tell: yes, no, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ..model.entities import Paper
from ..model.lineage import Lineage
from ..utils.kept import kept_in_owner
from ..utils.text import plural


def shared_authors(one: Paper, other: Paper) -> tuple[str, ...]:
    """The authors that two papers share by their ids, as the first paper names them.

    >>> before, after = Paper("a", authors=("Ann", "Bo"), author_ids=("1", None)), Paper("b", author_ids=("7", "1"))
    >>> shared_authors(before, after)
    ('Ann',)
    """
    ids = set(other.author_ids) - {None}
    return tuple(name for name, id_ in zip(one.authors, one.author_ids, strict=False) if id_ in ids)


def is_self_citation(one: Paper, other: Paper) -> bool | None:
    """Whether a citation between two papers is one by their own authors; None where that is not known.

    It is known not to be when all authors of both are known, each with an id, and none is in both. One person may have
    two ids, so that "no" means: not by the ids.

    >>> ann = Paper("a", authors=("Ann",), authors_complete=True, author_ids=("1",))
    >>> is_self_citation(ann, ann), is_self_citation(ann, Paper("b", authors=("Ann",)))
    (True, None)
    """
    if shared_authors(one, other):
        return True
    return False if _all_known(one) and _all_known(other) else None


def _all_known(paper: Paper) -> bool:
    return paper.authors_complete and len(paper.author_ids) == len(paper.authors) > 0 and None not in paper.author_ids


@dataclass(frozen=True, slots=True)
class OthersAlone:
    """A lineage without the citations that are known to be by the papers' own authors."""

    lineage: Lineage
    left_out: int | None
    """How many citations were left out; None where they were to stay, and where there were none to count."""
    unknown: int
    """Of how many of the rest it is not known whether they are by the same authors."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out and what is not known, for people; none where nothing was counted."""
        return () if self.left_out is None else (self.remark,)

    def told(self, report: Callable[[str], None]) -> Lineage:
        """The lineage, after `report` was handed the remarks."""
        for remark in self.remarks:
            report(remark)
        return self.lineage

    @property
    def remark(self) -> str:
        """What was left out and what is not known, for people."""
        assert self.left_out is not None
        others = f"; of {self.unknown:,} {plural(self.unknown, 'other')} it is not known" if self.unknown else ""
        citations, are = plural(self.left_out, "citation"), "is" if self.left_out == 1 else "are"
        return f"{self.left_out:,} {citations} by the papers' own authors {are} left out{others}"


@kept_in_owner
def without_self_citations(lineage: Lineage) -> OthersAlone:
    """Leave out citations by papers' own authors; those of which it is not known stay, and are counted.

    Linear in papers and citations.
    """
    corpus = lineage.corpus
    is_own = [is_self_citation(corpus.papers[each.citing], corpus.papers[each.cited]) for each in corpus.citations]
    kept = [each for each, own in zip(corpus.citations, is_own, strict=True) if own is not True]
    unknown = is_own.count(None)
    if len(kept) == len(is_own):
        return OthersAlone(lineage, 0, unknown)
    others_alone = replace(lineage, corpus=replace(corpus, citations=kept))
    return OthersAlone(others_alone, len(is_own) - len(kept), unknown)


def considered(
    lineage: Lineage,
    *,
    others_alone: bool,
    ends: tuple[str, str] | None = None,
    keys: Iterable[str] | None = None,
) -> OthersAlone:
    """The lineage as a question wants it: without self-citations, or all of it.

    Counted are the citations among the papers that lie between two, the `ends` included, and, where `keys` are given,
    among no others than these: a corpus and the part of a store that has all of them count the same. Where no path
    leads from the one to the other there is nothing to count.
    """
    if not others_alone:
        return OthersAlone(lineage, None, 0)
    found = without_self_citations(lineage)
    if ends is None and keys is None:
        return found
    among = set(keys or ())
    if ends:
        flags = None if keys is None else lineage.flagged([*among, *ends])
        among = set(lineage.keys_of(lineage.network.between(*map(lineage.number, ends), among=flags)))
    if not among:
        return replace(found, left_out=None, unknown=0)
    papers, citations = lineage.corpus.papers, lineage.corpus.citations
    is_own = [
        is_self_citation(papers[each.citing], papers[each.cited])
        for each in citations
        if each.citing in among and each.cited in among
    ]
    return replace(found, left_out=is_own.count(True), unknown=is_own.count(None))
