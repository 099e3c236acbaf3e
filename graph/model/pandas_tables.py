"""A corpus as tables of pandas."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .entities import Citation, Direction, Paper, Source, State
from .origins import origins_of

if TYPE_CHECKING:
    import pandas as pd


class InPandas:
    """Makes a corpus give its papers and its citations as tables."""

    papers: Mapping[str, Paper]
    citations: Sequence[Citation]
    sources: Mapping[str, Source]

    @abstractmethod
    def coverage_of(self, key: str, direction: Direction = "references") -> State:
        """How much is known of a paper's references or citations."""

    def papers_frame(self) -> pd.DataFrame:
        """The papers as a pandas table, one row a paper, indexed by key.

        `year` is a nullable integer, because a year may be unknown.
        """
        import pandas as pd

        rows = [
            {
                "key": p.key,
                "title": p.title,
                "year": p.year,
                "date": p.date,
                "date_basis": p.date_basis,
                "publication_date": p.publication_date,
                "authors": "; ".join(p.authors) or None,
                "authors_complete": p.authors_complete,
                "venue": p.venue,
                "names": "; ".join(p.names) or None,
                "identifiers": " ".join(str(i) for i in p.identifiers) or None,
                "references": self.coverage_of(p.key, "references"),
                "citations": self.coverage_of(p.key, "citations"),
            }
            for p in self.papers.values()
        ]
        return pd.DataFrame(rows).astype({"year": "Int64"}).set_index("key") if rows else pd.DataFrame()

    def citations_frame(self) -> pd.DataFrame:
        """The citations as a pandas table, one row a pair: ends, sources, how many these are, their origins."""
        import pandas as pd

        rows = [
            (c.citing, c.cited, " ".join(c.sources), len(c.assertions), len(origins_of(self.sources, c.assertions)))
            for c in self.citations
        ]
        return pd.DataFrame(rows, columns=["citing", "cited", "sources", "asserted_by", "origins"])
