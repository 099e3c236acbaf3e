"""The citing sentences of a store that was made with them, looked up for the citations of one answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..utils.database import confine

if TYPE_CHECKING:
    from .checked_file import CheckedFile

MAX_SENTENCES = 10
"""How many sentences of one citation are returned."""
NO_SENTENCES = "this store keeps no citing sentences; 'lineage bulk ingest --contexts' makes one that does"

Pair = tuple[int, int]


class _SentenceFile:
    """One file of the table: which parts of it can hold the sentences of a paper, and whether they are intact."""

    def __init__(self, file: CheckedFile) -> None:
        self.file = file

    @cached_property
    def _footer(self) -> Any:
        import pyarrow as pa
        import pyarrow.parquet as pq

        from .checked_file import CheckedReader

        try:
            return pq.read_metadata(pa.PythonFile(CheckedReader(self.file), "r"))
        except (pa.ArrowException, OSError, ValueError) as fault:
            raise self.damaged(fault) from None

    def damaged(self, fault: object) -> InputError:
        """The error for contents that cannot be used."""
        reason = next(iter(str(fault).splitlines()), type(fault).__name__)
        return self.file.damaged(f"the citing sentences cannot be read ({reason})")

    def first(self, group: int = 0) -> int:
        """The first citing paper of a row group."""
        return self._bounds(group)[0]

    def _bounds(self, group: int) -> tuple[int, int]:
        statistics = self._footer.row_group(group).column(0).statistics
        if statistics is None or not statistics.has_min_max:
            raise self.damaged("a row group does not say which papers are in it")
        return int(statistics.min), int(statistics.max)

    def check(self, citing: int) -> bool:
        """Whether it can have sentences of a paper; what holds them was compared with its checksums then."""
        groups = range(self._footer.num_row_groups)
        first = bisect_left(groups, citing, key=lambda group: self._bounds(group)[1])
        found = list(takewhile(lambda group: self.first(group) <= citing, groups[first:]))
        for group in found:
            self._check(self._footer.row_group(group))
        return bool(found)

    def _check(self, group: Any) -> None:
        for number in range(group.num_columns):
            column = group.column(number)
            begin = column.data_page_offset
            if column.has_dictionary_page:
                begin = min(begin, column.dictionary_page_offset)
            self.file.check(begin, begin + column.total_compressed_size)


class CitingSentences:
    """Looks up citing sentences. Any number of threads may use it.

    The files are the table ``sentences`` of a store, sorted by (citing, cited).
    """

    def __init__(self, files: Sequence[CheckedFile]) -> None:
        import duckdb

        self._files = [_SentenceFile(file) for file in files]
        self._connection = duckdb.connect()
        self._connection.execute("SET threads = 1")  # a look-up reads a few row groups: starting threads takes longer
        self._connection.execute("SET parquet_metadata_cache = true")
        confine(self._connection, files=[each.file.path.absolute() for each in self._files])

    def _files_of(self, citing: Sequence[int]) -> Iterator[_SentenceFile]:
        """The files that can have sentences of some papers, the parts that hold them intact."""
        starts = range(len(self._files))
        for paper in citing:
            behind = bisect_left(starts, paper + 1, key=lambda place: self._files[place].first())
            before = bisect_left(starts, paper, key=lambda place: self._files[place].first())
            for file in self._files[max(before - 1, 0) : behind]:
                if file.check(paper):
                    yield file

    def of(self, pairs: Iterable[Pair]) -> Mapping[Pair, tuple[str, ...]]:
        """The sentences of some citations; citations without sentences are left out.

        Citations are pairs of corpus ids, citing and cited. Raises `InputError` when a file is damaged where it is
        read. The table is sorted by the citing paper, so the smallest and greatest key of each row group say which few
        can hold one of them; the others are not read.
        """
        import duckdb

        wanted = set(pairs)
        if not wanted or not self._files:
            return {}
        citing, cited = (sorted(set(ids)) for ids in zip(*wanted, strict=True))
        files = dict.fromkeys(self._files_of(citing))
        if not files:
            return {}
        query = (
            f"SELECT citing, cited, contexts[1:{MAX_SENTENCES}] FROM read_parquet($files) "  # noqa: S608  # a constant
            "WHERE citing IN (SELECT unnest($citing)) AND list_contains($cited, cited)"
        )
        values = {"files": [str(each.file.path.absolute()) for each in files], "citing": citing, "cited": cited}
        try:
            rows = self._connection.cursor().execute(query, values).fetchall()
        except (duckdb.Error, UnicodeDecodeError) as fault:
            raise next(iter(files)).damaged(fault) from None
        return {
            (citing_id, cited_id): tuple(filter(None, sentences))
            for citing_id, cited_id, sentences in rows
            if (citing_id, cited_id) in wanted
        }
