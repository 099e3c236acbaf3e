"""The citing sentences of a store that was made with them, looked up for the citations of one answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..errors import InputError

MAX_SENTENCES = 10
"""How many sentences of one citation are returned."""
NO_SENTENCES = "this store keeps no citing sentences; 'lineage bulk ingest --contexts' makes one that does"

Pair = tuple[int, int]


class CitingSentences:
    """Looks up citing sentences. Any number of threads may use it.

    Parameters
    ----------
    files : sequence of Path
        The table ``sentences`` of a store, sorted by (citing, cited).
    """

    def __init__(self, files: Sequence[Path]) -> None:
        import duckdb

        self._files = [str(file) for file in files]
        self._connection = duckdb.connect()
        self._connection.execute("SET threads = 1")  # a look-up reads a few row groups: starting threads takes longer
        self._connection.execute("SET parquet_metadata_cache = true")

    def of(self, pairs: Iterable[Pair]) -> Mapping[Pair, tuple[str, ...]]:
        """The sentences of some citations; citations without sentences are left out.

        Parameters
        ----------
        pairs : iterable of (int, int)
            Corpus ids, citing and cited.

        Notes
        -----
        The table is sorted by the citing paper, so the smallest and greatest key of each row group say which few
        can hold one of them; the others are not read.
        """
        import duckdb

        wanted = set(pairs)
        if not wanted or not self._files:
            return {}
        query = (
            f"SELECT citing, cited, contexts[1:{MAX_SENTENCES}] FROM read_parquet($files) "  # noqa: S608  # a constant
            "WHERE citing IN (SELECT unnest($citing)) AND list_contains($cited, cited)"
        )
        citing, cited = (sorted(set(ids)) for ids in zip(*wanted, strict=True))
        values = {"files": self._files, "citing": citing, "cited": cited}
        try:
            rows = self._connection.cursor().execute(query, values).fetchall()
        except duckdb.Error as fault:
            raise InputError(
                f"the citing sentences cannot be read ({str(fault).splitlines()[0]})",
                remedy="compare the store with its checksums: lineage bulk check STORE",
            ) from None
        return {
            (citing_id, cited_id): tuple(filter(None, sentences))
            for citing_id, cited_id, sentences in rows
            if (citing_id, cited_id) in wanted
        }
