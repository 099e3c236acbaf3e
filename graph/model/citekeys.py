"""The key of a paper: short enough for a person, safe in a URL, the same in every run."""

from __future__ import annotations

from ..utils.person_names import surname
from ..utils.text import fingerprint, significant_words
from .corpus import Paper


def proposed_key(paper: Paper) -> str:
    """The key that a paper's own data suggest: its first author, its year and the first significant word of its title.

    >>> proposed_key(Paper("x", "Long short-term memory", ("S. Hochreiter",), date="1997"))
    'hochreiter1997long'
    >>> proposed_key(Paper("x", "The Basic AI Drives"))
    'basic-ai-drives'
    """
    title_words = significant_words(paper.title or "")
    family = "".join(significant_words(surname(paper.authors[0]))) if paper.authors else ""
    if family and title_words:
        return f"{family}{paper.year or ''}{title_words[0]}"[:60]
    if title_words:
        return "-".join(title_words[:4])[:60].rstrip("-")
    if paper.identifiers:
        first = paper.identifiers[0]
        value = "-".join(significant_words(first.value)) or fingerprint(first.value)
        return f"{first.scheme}-{value[:12]}"
    return f"paper-{fingerprint(paper.title or '', digits=12)}"
