"""The citing sentences of a store that was made with them, looked up for the citations of one answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..errors import InputError

MOST = 10
"""How many sentences of one citation are taken at the most."""
KEEPS_NONE = "this store keeps no citing sentences; 'lineage bulk ingest --contexts' makes one that does"

Pair = tuple[int, int]


class Sentences:
    """Looks up citing sentences. Any number of threads may ask.

    Parameters
    ----------
    files : sequence of Path
        The table ``sentences`` of a store, sorted by (citing, cited).
    """

    def __init__(self, files: Sequence[Path]) -> None:
        import duckdb

        self._files = [str(file) for file in files]
        self._base = duckdb.connect()
        self._base.execute("SET threads = 1")  # a look-up reads a few row groups: starting threads costs more
        self._base.execute("SET parquet_metadata_cache = true")

    def of(self, pairs: Iterable[Pair]) -> Mapping[Pair, tuple[str, ...]]:
        """The sentences of some citations, those without any left out.

        Parameters
        ----------
        pairs : iterable of (int, int)
            Corpus ids, citing and cited.

        Notes
        -----
        The table is sorted by the citing paper, so that the least and greatest key of each row group
        say which few can hold one; the others are not read.
        """
        import duckdb

        wanted = set(pairs)
        if not wanted or not self._files:
            return {}
        query = (
            f"SELECT citing, cited, contexts[1:{MOST}] FROM read_parquet($files) "  # noqa: S608  # a number of ours
            "WHERE citing IN (SELECT unnest($citing)) AND list_contains($cited, cited)"
        )
        citing, cited = sorted({one for one, _ in wanted}), sorted({other for _, other in wanted})
        values = {"files": self._files, "citing": citing, "cited": cited}
        try:
            rows = self._base.cursor().execute(query, values).fetchall()
        except duckdb.Error as fault:
            raise InputError(
                f"the citing sentences cannot be read ({str(fault).splitlines()[0]})",
                remedy="compare the store with its checksums: lineage bulk check STORE",
            ) from None
        return {(one, other): tuple(filter(None, said)) for one, other, said in rows if (one, other) in wanted}
