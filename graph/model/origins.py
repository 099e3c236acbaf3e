"""Where sources have a citation from: sources that repeat one deposit are not independent of each other.

A publisher deposits the references of a paper with Crossref once. Crossref hands the deposit on; OpenCitations and
OpenAlex index it; Semantic Scholar reads it, too, beside the texts of papers. So a citation that all four assert may
have been said once. The origins of a citation are those that are certain to differ:

- a printed bibliography, whatever number of versions or readings of it there are;
- the publisher's deposit, for Crossref, OpenAlex and OpenCitations together;
- Semantic Scholar. Beside a source of the deposit it counts only where it shows that it has read the citing paper
  itself: by a citing sentence, by an intent, or by calling the citation influential.
- a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .entities import Kind, Source

DEPOSIT = "deposit"
"""The origin of what a publisher deposited with Crossref."""

_ORIGIN_OF: Mapping[Kind, str] = {"crossref": DEPOSIT, "openalex": DEPOSIT, "opencitations": DEPOSIT}


def origin_of(kind: Kind) -> str:
    """The origin of what sources of a kind say: the deposit, or else the kind itself.

    >>> origin_of("openalex"), origin_of("printed_bibliography")
    ('deposit', 'printed_bibliography')
    """
    return _ORIGIN_OF.get(kind, kind)


def origins_of(sources: Mapping[str, Source], assertions: Iterable[Any]) -> frozenset[str]:
    """The independent origins of a citation. A further assertion never makes them fewer.

    Rows of assertions will do.

    >>> from graph.model.entities import Assertion
    >>> kinds = ("crossref", "opencitations", "semantic_scholar")
    >>> sources = {kind: Source(kind, kind, kind) for kind in kinds}
    >>> sorted(origins_of(sources, map(Assertion, kinds)))
    ['deposit']
    >>> read = Assertion("semantic_scholar", contexts=("We follow Crossref et al.",))
    >>> sorted(origins_of(sources, [Assertion("crossref"), read]))
    ['deposit', 'semantic_scholar']
    """
    found = set()
    may_repeat = False
    for said in assertions:
        kind = sources[said.source].kind
        if kind == "semantic_scholar" and not (said.contexts or said.intents or said.influential):
            may_repeat = True
        else:
            found.add(origin_of(kind))
    if may_repeat and DEPOSIT not in found:
        found.add("semantic_scholar")
    return frozenset(found)
