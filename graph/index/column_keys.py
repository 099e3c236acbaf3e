"""The keys of all names of many papers, from the columns of their records."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..model.identifiers import SCHEMES
from ..utils.person_names import AND_OTHERS, NAME_SUFFIXES, surname
from ..utils.text import MARKUP_SIGNS, words
from .jit import read_only
from .kernels.hashes import author_keys, text_keys, title_keys
from .name_keys import hash_state

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]
_NO_KEYS = np.empty(0, np.uint64), np.empty(0, np.int32)

_SCHEME_OF_COLUMN = {"doi": "doi", "arxiv": "arxiv", "acl": "acl", "pubmed": "pmid", "sha": "s2"}
assert set(_SCHEME_OF_COLUMN.values()) < set(SCHEMES)
COLUMNS = ("title", "authors", "year", *_SCHEME_OF_COLUMN, "authorids")
"""The columns that `keys_of` reads; tables of earlier versions lack the last."""


def keys_of(batch: pa.RecordBatch) -> tuple[Keys, Rows]:
    """The keys of all names of the papers in a batch, and for each key the row of its paper.

    The batch has `COLUMNS`, as far as its table has them.
    """
    title_offsets, titles = _bytes(_title_words(batch.column("title")))
    author_offsets, authors = _bytes(_surnames(_first_of_each(batch.column("authors"))))
    identifiers = {
        scheme: _bytes(pc.ascii_lower(_folded(batch.column(name), str.casefold)))
        for name, scheme in _SCHEME_OF_COLUMN.items()
    }
    # A word takes a letter and a blank; a paper has a title, two "surname year", and an identifier of each scheme.
    max_keys = (len(titles) + len(batch)) // 2 + len(batch) * (3 + len(identifiers))
    keys, rows = np.empty(max_keys, np.uint64), np.empty(max_keys, np.int32)
    end = 0
    for scheme, (offsets, text) in identifiers.items():
        end = text_keys(offsets, text, _seed(scheme), keys, rows, end)
    years = np.column_stack([_numbers(batch.column("year")), arxiv_months(batch.column("arxiv")) // 100])
    end = author_keys(author_offsets, authors, years, _seed("by"), _suffixes("by"), keys, rows, end)
    end = title_keys(title_offsets, titles, _seed("title"), _seed("word"), keys, rows, end)
    found = (keys[:end], rows[:end]), _family_keys(batch.column("authors")), _author_id_keys(batch)
    return np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found])


def _family_keys(authors: pa.Array) -> tuple[Keys, Rows]:
    """A key for the family name of every author."""
    if pa.types.is_null(authors.type):
        return _NO_KEYS
    names = _bytes(_surnames(pc.list_flatten(authors)))
    keys, places = np.empty(len(names[0]) - 1, np.uint64), np.empty(len(names[0]) - 1, np.int32)
    no_years = np.empty((0, 0), np.int64)
    end = author_keys(*names, no_years, _seed("family"), _suffixes("family"), keys, places, 0)
    return _once(keys[:end], places[:end], authors)


def _author_id_keys(batch: pa.RecordBatch) -> tuple[Keys, Rows]:
    """A key for the id of every author that has one."""
    ids = batch.column("authorids") if "authorids" in batch.schema.names else pa.nulls(len(batch))
    if pa.types.is_null(ids.type):
        return _NO_KEYS
    texts = _bytes(pc.list_flatten(ids).cast(pa.string()))
    keys, places = np.empty(len(texts[0]) - 1, np.uint64), np.empty(len(texts[0]) - 1, np.int32)
    end = text_keys(*texts, _seed("author"), keys, places, 0)
    return _once(keys[:end], places[:end], ids)


def _once(keys: Keys, places: Rows, lists: pa.Array) -> tuple[Keys, Rows]:
    """The keys of members of lists with the rows of their lists, each key once a row."""
    rows = pc.list_parent_indices(lists).to_numpy().astype(np.int32)[places]
    order = np.lexsort((keys, rows))
    keys, rows = keys[order], rows[order]
    is_first = np.ones(len(keys), np.bool_)
    is_first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
    return keys[is_first], rows[is_first]


def arxiv_months(column: pa.Array) -> NDArray[np.int64]:
    """The months of arXiv identifiers as YYYYMM; 0 for a text that is not one."""
    month = pc.struct_field(
        pc.extract_regex(_text(column), r"^(?:[A-Za-z.-]+/)?(?P<ym>\d{4})(?:\.\d{4,5}|\d{3})(?:v\d+)?$"), "ym"
    )
    digits = pc.fill_null(month.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    is_month = (digits % 100 >= 1) & (digits % 100 <= 12)
    months: NDArray[np.int64] = np.where(is_month, digits + np.where(digits // 100 >= 91, 190000, 200000), 0)
    return months


def _suffixes(kind: str) -> Keys:
    return np.array([hash_state(kind, suffix) for suffix in ("", *NAME_SUFFIXES)], np.uint64)


def _seed(kind: str) -> np.uint64:
    return np.uint64(hash_state(kind))


def _text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string()) if pa.types.is_null(column.type) else column


def _numbers(column: pa.Array) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = pc.fill_null(column.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return numbers


def _first_of_each(lists: pa.Array) -> pa.Array:
    """The first text of each list; null for an empty list."""
    if pa.types.is_null(lists.type):
        return lists
    offsets = np.asarray(lists.offsets)
    has_texts = (offsets[1:] > offsets[:-1]) & np.asarray(lists.is_valid())
    return lists.values.take(pa.array(offsets[:-1].astype(np.int64), mask=~has_texts))


def _title_words(column: pa.Array) -> pa.Array:
    """The words of each title; of plain ASCII the title itself, whose words the kernels find."""
    column = pc.fill_null(_text(column), "")
    return _mapped(column, _needs_folding(column), lambda text: " ".join(words(text)))


def _needs_folding(column: pa.Array) -> pa.Array:
    """Which texts the kernels cannot take apart: those with markup or with letters beyond ASCII."""
    return pc.or_(pc.match_substring_regex(column, MARKUP_SIGNS.pattern), pc.invert(pc.string_is_ascii(column)))


def _surnames(column: pa.Array) -> pa.Array:
    """The authors; instead of those that the kernels would not read as `surname` does, their family names."""
    column = pc.fill_null(_text(column), "")
    has_others = pc.match_substring_regex(column, AND_OTHERS.pattern, ignore_case=True)
    return _mapped(column, pc.or_(has_others, _needs_folding(column)), surname)


def _folded(column: pa.Array, fold: Callable[[str], str]) -> pa.Array:
    """The texts; those with letters beyond ASCII are folded here, the others faster by the kernels."""
    column = pc.fill_null(_text(column), "")
    return _mapped(column, pc.invert(pc.string_is_ascii(column)), fold)


def _mapped(column: pa.Array, chosen: pa.Array, function: Callable[[str], str]) -> pa.Array:
    """The texts, with a function applied to the chosen ones."""
    if not pc.any(chosen).as_py():
        return column
    return pc.replace_with_mask(column, chosen, pa.array(map(function, column.filter(chosen).to_pylist()), pa.string()))


def _bytes(column: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """The offsets and bytes of texts, without a copy."""
    column = pc.fill_null(column, "")
    _, offsets, values = column.buffers()
    own_offsets = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return own_offsets, read_only(np.frombuffer(values, np.uint8) if values else np.empty(0, np.uint8))
