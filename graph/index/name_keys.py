"""What a name is in the look-up of names: a number of 63 bits, and one bit that says whether it is a word of a title.

The number is FNV-1a of the kind, a colon and the folded text in UTF-8, mixed like murmur3's last step. It is computed
here for one name that somebody asks for, and by `graph.index.kernels.hashes` for whole columns. Texts are
folded by `graph.utils.text`, here and there.

References
----------
.. [1] FNV, http://www.isthe.com/chongo/tech/comp/fnv/
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..model.identifiers import SCHEMES
from ..utils.text import surname, words

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]

FORMAT, VERSION = "citation-lineage names", 2
"""To be raised when keys, or the folding of texts, change: a table of other keys finds nothing."""
BASIS, PRIME = 0xCBF29CE484222325, 0x100000001B3
MIXES = 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53
WORD = 1 << 63
_ALL = (1 << 64) - 1
_COLUMNS = {"doi": "doi", "arxiv": "arxiv", "acl": "acl", "sha": "s2"}
assert set(_COLUMNS.values()) < set(SCHEMES)
COLUMNS = ("title", "authors", "year", *_COLUMNS)
"""What `keys_of` wants to know of papers."""


def key_of(kind: str, text: str) -> int:
    """The key of one name.

    Parameters
    ----------
    kind : str
        "title", "word", "by" or a scheme of `graph.model.identifiers`.
    text : str
        As `graph.utils.text` folds it; identifiers without capitals (`str.casefold`).

    Examples
    --------
    >>> key_of("word", "attention") >> 63, key_of("title", "attention") >> 63
    (1, 0)
    """
    state = _state(kind)
    for byte in text.encode("utf-8", "replace"):
        state = (state ^ byte) * PRIME & _ALL
    for mix in MIXES:
        state = (state ^ state >> 33) * mix & _ALL
    return (state ^ state >> 33) >> 1 | (WORD if kind == "word" else 0)


def _state(kind: str) -> int:
    state = BASIS
    for byte in f"{kind}:".encode():
        state = (state ^ byte) * PRIME & _ALL
    return state


def keys_of(batch: pa.RecordBatch) -> tuple[Keys, Rows]:
    """All keys of all papers of a batch, and the row of the paper of each.

    Parameters
    ----------
    batch : RecordBatch
        With `COLUMNS`.
    """
    from .kernels import hashes as kernels

    title_at, titles = _bytes(_folded(batch.column("title"), lambda text: " ".join(words(text))))
    author_at, authors = _bytes(_folded(_first(batch.column("authors")), surname))
    others = {
        scheme: _bytes(pc.ascii_lower(_folded(batch.column(name), str.casefold))) for name, scheme in _COLUMNS.items()
    }
    most = (len(titles) + len(batch)) // 2 + len(batch) * (3 + len(others))
    keys, rows = np.empty(most, np.uint64), np.empty(most, np.int32)
    end = 0
    for scheme, (at, text) in others.items():
        end = kernels.whole_keys(at, text, _seed(scheme), keys, rows, end)
    suffixes = np.array([_state("by"), *map(_suffix, ("jr", "sr", "ii", "iii", "iv"))], np.uint64)
    years = np.column_stack([_numbers(batch.column("year")), arxiv_months(batch.column("arxiv")) // 100])
    end = kernels.author_keys(author_at, authors, years, _seed("by"), suffixes, keys, rows, end)
    end = kernels.title_keys(title_at, titles, _seed("title"), _seed("word"), keys, rows, end)
    return keys[:end], rows[:end]


def arxiv_months(column: pa.Array) -> NDArray[np.int64]:
    """The months of arXiv identifiers as YYYYMM; 0 for what is none."""
    month = pc.struct_field(
        pc.extract_regex(_text(column), r"^(?:[A-Za-z.-]+/)?(?P<ym>\d{4})(?:\.\d{4,5}|\d{3})(?:v\d+)?$"), "ym"
    )
    digits = pc.fill_null(month.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    known = (digits % 100 >= 1) & (digits % 100 <= 12)
    found: NDArray[np.int64] = np.where(known, digits + np.where(digits // 100 >= 91, 190000, 200000), 0)
    return found


def _suffix(word: str) -> int:
    state = _state("by")
    for byte in word.encode():
        state = (state ^ byte) * PRIME & _ALL
    return state


def _seed(kind: str) -> np.uint64:
    return np.uint64(_state(kind))


def _text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string()) if pa.types.is_null(column.type) else column


def _numbers(column: pa.Array) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = pc.fill_null(column.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return numbers


def _first(lists: pa.Array) -> pa.Array:
    """The first of each list of texts, null where there is none."""
    if pa.types.is_null(lists.type):
        return lists
    ends = np.asarray(lists.offsets)
    some = (ends[1:] > ends[:-1]) & np.asarray(lists.is_valid())
    return lists.values.take(pa.array(ends[:-1].astype(np.int64), mask=~some))


def _folded(column: pa.Array, fold: Any) -> pa.Array:
    """The texts, those folded that have more than ASCII: kernels fold the others faster."""
    column = pc.fill_null(_text(column), "")
    plain = pc.string_is_ascii(column)
    if pc.all(plain).as_py() is not False:
        return column
    rest = pc.invert(plain)
    return pc.replace_with_mask(column, rest, pa.array(map(fold, column.filter(rest).to_pylist()), pa.string()))


def _bytes(column: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    column = pc.fill_null(column, "")
    _, offsets, values = column.buffers()
    at = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return at, np.frombuffer(values, np.uint8) if values is not None else np.empty(0, np.uint8)
