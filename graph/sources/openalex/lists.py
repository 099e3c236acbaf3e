"""Works of OpenAlex as the lists and records that every source becomes."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.corpus import Source, State
from ...model.identifiers import Identifier, closure
from ..citation_service import ReadList
from ..published_versions import ARTICLES, is_impostor, kind_and_value
from ..records import CitationList, ListRow, Record
from ..stated_identifiers import described_alike, described_apart, in_order
from .works import Work

MOST_REFERENCED = 5_000
"""A work keeps no more of its references; the others are cut off."""
_OF_PAPERS = frozenset({"doi", "arxiv", "acl"})
_OF_PUBMED = frozenset({"pmid", "pmcid"})


def record_of(work: Work, source: Source) -> Record:
    """The record of a work."""
    return Record(
        record_id=f"{source.id}/{work.id or work.identifiers[0]}",
        identifiers=in_order(work.identifiers),
        title=work.title,
        authors=work.authors,
        authors_complete=work.all_authors,
        year=work.year,
        publication_date=work.date,
        venue=work.venue,
    )


def is_the_paper(asked: Record, found: Record) -> bool:
    """Whether a record is of the paper that was asked for: some works there are of another paper than they were.

    It is when a DOI, an arXiv or an ACL identifier agrees, or the title with the first author and the year. A number of
    PubMed is enough unless the DOIs differ; an id of OpenAlex only where no other is known, and nothing else differs.
    """
    known, stated = ({each for each in closure(one.identifiers) if not is_impostor(each)} for one in (asked, found))
    shared = {each.scheme for each in known & stated}
    if shared & _OF_PAPERS or described_alike(asked, found):
        return True
    if shared & _OF_PUBMED:
        return not (_articles(known) and _articles(stated))
    return all(each.scheme in ("openalex", "omid") for each in known) and not described_apart(asked, found)


def _articles(identifiers: set[Identifier]) -> set[str]:
    return {each.value for each in identifiers if kind_and_value(each)[0] in ARTICLES}


def references_of(
    asked: Record, paper: Record, work: Work, found: Mapping[str, Work], source: Source, *, failure: str = ""
) -> ReadList:
    """What OpenAlex says of the references of a paper.

    `found` are the works of its rows by id; `failure` says why some of them could not be asked for. A paper's citation
    of itself is left out.
    """
    if work.referenced is None:
        nothing = CitationList(source, paper, "failed", ())
        return ReadList(asked, nothing, "the answer says nothing of its references")
    rows = tuple(
        ListRow(record_of(found[each], source)) for each in work.referenced if each in found and each != work.id
    )
    unresolved = work.listed - len(rows) - (work.id in work.referenced)
    state: State = "capped" if work.listed >= MOST_REFERENCED else "partial"
    why = "only references that were matched to a work are listed" if rows else "some works are not there any more"
    if not work.listed:
        why = "OpenAlex matched none of its references, which does not mean that there are none"
    elif failure:
        why = f"{unresolved} of {work.listed} works could not be asked for: {failure}"
    elif unresolved:
        why += f"; {unresolved} of {work.listed} name no work any more"
    if state == "capped":
        why = f"no more than {MOST_REFERENCED} references are listed"
    said = CitationList(source, paper, state, rows, "references", work.listed)
    return ReadList(asked, said, why, failed=bool(failure))


def unread(asked: Record, source: Source, why: str, *, state: State = "failed", failed: bool = False) -> ReadList:
    """Nothing of a paper, and why."""
    return ReadList(asked, CitationList(source, asked, state, ()), why, failed)
