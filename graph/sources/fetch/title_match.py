"""Whether a paper that the service found by its title is the one that was wanted, and why not."""

from __future__ import annotations

from collections.abc import Sequence

from ...utils.person_names import same_person
from ...utils.text import normalised_title
from ..semantic_scholar.paper_rows import PaperRow
from .target import Target


def is_same_paper(target: Target, row: PaperRow) -> bool:
    """Whether the titles are the same, and the first authors can be one person."""
    return has_same_title(target, row) and (
        not target.first_author or not row.authors or same_person(target.first_author, row.authors[0])
    )


def has_same_title(target: Target, row: PaperRow) -> bool:
    """Whether both have the same title, letters and digits compared."""
    return normalised_title(row.title or "") == normalised_title(target.title or "")


def why_not(target: Target, matches: Sequence[PaperRow]) -> str:
    """Why none of the papers that a title finds is the target."""
    unknown = f"Semantic Scholar knows none of {', '.join(target.api_ids)}, and " if target.api_ids else ""
    titled = [row for row in matches if has_same_title(target, row)]
    if not titled:
        return f"{unknown}no paper there has the same title"
    year = f", {titled[0].year}" if titled[0].year else ""
    return (
        f"{unknown}the same title is there, by another first author ({titled[0].authors[0]}{year}) "
        f"than {target.first_author}; if it is the paper, give its identifier"
    )


def description_of(row: PaperRow) -> str:
    """The title with its first author and year, for a person to choose from."""
    year = f", {row.year}" if row.year else ""
    return f"{row.title} ({row.authors[0]}{year})" if row.authors else f"{row.title}"
