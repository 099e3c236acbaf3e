"""The key of a name in the table of names: a hash of 63 bits, and one bit that says whether it is a word of a title.

The hash is FNV-1a of the kind, a colon and the folded text in UTF-8, followed by the last step of murmur3. This
module computes it for one name that a person asks for, `graph.index.column_keys` for all names of many papers.
Texts are folded by `graph.utils.text` in both.

References
----------
.. [1] FNV, http://www.isthe.com/chongo/tech/comp/fnv/
"""

from __future__ import annotations

FORMAT, VERSION, WITHOUT_AUTHORS = "citation-lineage names", 5, 4
"""Tables of both versions are read; those of the older one have no keys of authors.

Raise the version when keys, or the folding of texts, change: a look-up finds nothing in a table of other keys."""
FNV_BASIS, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3
MIX_FACTORS = 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53
WORD_BIT = 1 << 63
_ALL_BITS = (1 << 64) - 1


def key_of(kind: str, text: str) -> int:
    """The key of one name.

    `kind` is "title", "word", "by" (a first author's family name and a year), "family" (the family name of any author),
    "author" (an id of Semantic Scholar) or a scheme of `graph.model.identifiers`. `text` is folded by
    `graph.utils.text`, an identifier by `str.casefold`.

    >>> key_of("word", "attention") >> 63, key_of("title", "attention") >> 63
    (1, 0)
    """
    state = hash_state(kind, text)
    for factor in MIX_FACTORS:
        state = (state ^ state >> 33) * factor & _ALL_BITS
    return (state ^ state >> 33) >> 1 | (WORD_BIT if kind == "word" else 0)


def hash_state(kind: str, text: str = "") -> int:
    """The FNV-1a hash of a name before its last step; with the kind alone, where a kernel continues with the text."""
    state = FNV_BASIS
    for byte in f"{kind}:{text}".encode("utf-8", "replace"):
        state = (state ^ byte) * FNV_PRIME & _ALL_BITS
    return state
