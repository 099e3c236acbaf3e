"""Made records of papers to look up: titles, authors and identifiers, for any number of papers.

There are 60,000 frequent words; the word of rank r is drawn with a probability proportional to 1 / r, so that "of" is
in a third of the titles. One word in fourteen is a rare one out of 100 million, so that there are always new words. A
quarter of the titles have accents, one in two hundred is Chinese, and one in a hundred is shared by many papers
("Editorial"). Every record is a function of its number and the seed.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .release import SYLLABLES, Numbers, draws, unit

FREQUENT_WORDS, ALL_WORDS = 60_000, 100_000_000
RARE_FRACTION = 0.07
_FIRST_WORDS = (
    "of the and in a for on with to by from an using study analysis based model learning effects system method "
    "data patients new between development approach at its use as research networks quality review treatment "
    "control disease case design clinical evaluation applications under high social health human performance "
    "systems time structure properties cell care neural dynamics theory risk detection deep energy attention"
)
"""The words of the first ranks, so that questions can be meaningful."""
EDITORIALS = ("Editorial", "Introduction", "Book Reviews", "Correction", "Preface", "Index", "Letter to the Editor")
_Strings = pa.Array


def vocabulary() -> _Strings:
    """The frequent words, the most frequent first."""
    words = _FIRST_WORDS.split()
    for rank in range(len(words), FREQUENT_WORDS):
        left, parts = rank * 48_271 % 160_000, []  # 48,271 has no divisor in common with 20
        while left:
            left, syllable = divmod(left, len(SYLLABLES))
            parts.append(SYLLABLES[syllable])
        words.append("".join(parts).replace("e", "é", rank % 31 == 5))
    return pa.array(words)


def records(numbers: Numbers, ids: pa.Array, frequent_words: _Strings, *, seed: int = 1) -> pa.RecordBatch:
    """The records of papers, with the columns of a store's table.

    Parameters
    ----------
    numbers : array of uint64
        Their places in time; each gives another record.
    ids : array of int64
        Their corpus ids.
    frequent_words : array of str
        As `vocabulary` returns them.
    seed : int
    """
    stream = seed * 1000
    count = len(numbers)
    year = pa.array((1950 + 76 * unit(numbers, stream + 1) ** 0.4).astype(np.int32))
    doi = pc.binary_join_element_wise(
        "10.", _digits(numbers, stream + 2, 4), "/j.", _digits(numbers, stream + 3, 12), ""
    )
    arxiv = pc.binary_join_element_wise(
        pc.utf8_lpad(pa.array(700 + draws(numbers, stream + 4) % np.uint64(1900)).cast(pa.string()), 4, "0"),
        ".",
        _digits(numbers, stream + 5, 5),
        "",
    )
    citations = np.minimum(3 / (unit(numbers, stream + 6) + 1e-6) ** 0.9 - 3, 1e6).astype(np.int32)
    nothing = pa.nulls(count, pa.string())
    columns = {
        "corpusid": ids,
        "sha": _hexadecimal(numbers, stream + 10),
        "title": titles(numbers, frequent_words, seed=seed),
        "year": _some(year, numbers, stream + 20, 0.97),
        "date": pa.nulls(count, pa.date32()),
        "venue": _some(frequent_words.take(_ranks(numbers, stream + 21, 30_000)), numbers, stream + 22, 0.6),
        "doi": _some(doi, numbers, stream + 23, 0.55),
        "arxiv": _some(arxiv, numbers, stream + 24, 0.012),
        "acl": nothing,
        "pubmed": _some(_digits(numbers, stream + 25, 8), numbers, stream + 26, 0.15),
        "mag": _some(_digits(numbers, stream + 27, 10), numbers, stream + 28, 0.75),
        "dblp": nothing,
        "authors": _authors(numbers, frequent_words, stream + 30),
        "citationcount": pa.array(citations),
        "influentialcitationcount": pa.array(citations // 20),
        "referencecount": pa.array((unit(numbers, stream + 7) * 40).astype(np.int32)),
        "isopenaccess": pa.array(unit(numbers, stream + 8) < 0.3),
    }
    return pa.RecordBatch.from_pydict(columns)


def titles(numbers: Numbers, frequent_words: _Strings, *, seed: int = 1) -> _Strings:
    """Their titles, with eleven words on average."""
    stream = seed * 1000 + 100
    lengths = np.clip(
        11 + 4.5 * (unit(numbers, stream) + unit(numbers, stream + 1) + unit(numbers, stream + 2) - 1.5) * 2, 1, 30
    )
    lengths = lengths.astype(np.int64)
    ends = np.cumsum(lengths)
    within = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    tokens = np.repeat(numbers, lengths) * np.uint64(64) + within.astype(np.uint64)
    first = frequent_words.take(_ranks(tokens, stream + 3, FREQUENT_WORDS))
    rare = np.flatnonzero(unit(tokens, stream + 4) < RARE_FRACTION)
    number = _ranks(tokens[rare], stream + 5, ALL_WORDS - FREQUENT_WORDS, least=FREQUENT_WORDS)
    second = frequent_words.take(pc.add(pc.divide(number, FREQUENT_WORDS), 1000))
    joined = pc.binary_join_element_wise(frequent_words.take(_remainder(number)), second, "")
    words = pc.replace_with_mask(first, pa.array(np.isin(np.arange(len(tokens)), rare)), joined)
    ends_of = np.concatenate([[0], ends]).astype(np.int32)
    made = pc.utf8_capitalize(pc.binary_join(pa.ListArray.from_arrays(pa.array(ends_of), words), " "))
    chance = unit(numbers, stream + 6)
    same = pa.array(EDITORIALS).take(
        pa.array((draws(numbers, stream + 7) % np.uint64(len(EDITORIALS))).astype(np.int64))
    )
    chinese = pc.binary_join_element_wise("基于深度学习的", _digits(numbers, stream + 8, 5), "研究", "")
    return pc.if_else(pa.array(chance < 0.01), same, pc.if_else(pa.array(chance > 0.995), chinese, made))


def _authors(numbers: Numbers, frequent_words: _Strings, stream: int) -> pa.Array:
    lengths = 1 + (unit(numbers, stream) ** 2 * 7).astype(np.int64)
    ends = np.cumsum(lengths)
    within = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    tokens = np.repeat(numbers, lengths) * np.uint64(64) + within.astype(np.uint64)
    surname = pc.utf8_capitalize(frequent_words.take(_ranks(tokens, stream + 1, 59_000, least=200)))
    initial = pa.array([f"{letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
    initial = initial.take(pa.array((draws(tokens, stream + 2) % np.uint64(26)).astype(np.int64)))
    ends_of = np.concatenate([[0], ends]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends_of), pc.binary_join_element_wise(initial, surname, " "))


def _ranks(numbers: Numbers, stream: int, most: int, least: int = 0) -> pa.Array:
    return pa.array((least + np.exp(unit(numbers, stream) * np.log(most - least)) - 1).astype(np.int64))


def _remainder(numbers: pa.Array) -> pa.Array:
    return pa.array(numbers.to_numpy() % FREQUENT_WORDS)


def _digits(numbers: Numbers, stream: int, width: int) -> _Strings:
    drawn = draws(numbers, stream) % np.uint64(10**width)
    return pc.utf8_lpad(pa.array(drawn).cast(pa.string()), width, "0")


def _hexadecimal(numbers: Numbers, stream: int) -> _Strings:
    """Forty hexadecimal digits."""
    raw = np.empty((len(numbers), 3), np.uint64)
    for part in range(3):
        raw[:, part] = draws(numbers, stream + part)
    octets = np.ascontiguousarray(raw).view(np.uint8)[:, :20]
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)
    text = np.empty((len(numbers), 40), np.uint8)
    text[:, ::2], text[:, 1::2] = digits[octets >> 4], digits[octets & 15]
    return (
        pa.FixedSizeBinaryArray.from_buffers(pa.binary(40), len(numbers), [None, pa.py_buffer(text)])
        .cast(pa.binary())
        .cast(pa.string())
    )


def _some(values: pa.Array, numbers: Numbers, stream: int, fraction: float) -> pa.Array:
    """The values of a fraction of the papers, null for the others."""
    return pc.if_else(pa.array(unit(numbers, stream) < fraction), values, pa.scalar(None, values.type))
