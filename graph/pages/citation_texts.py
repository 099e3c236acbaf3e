"""The BibTeX and the CSL-JSON of a page's papers, as `graph.exports` writes them, small enough to carry along."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable

from ..exports.formats.bibtex import bibtex_of
from ..exports.formats.csl import csl_of
from ..model.lineage import Lineage


def packed_citations(lineage: Lineage, keys: Iterable[str]) -> str:
    """The citation texts of some papers in their order, for `copy_texts.js` to unpack.

    It is JSON, a pair of the BibTeX entry and the CSL item for each paper, in zlib's format and base64: about 0.1 kB a
    paper, a twentieth of the texts themselves, which repeat each other's words. The page unpacks them when its reader
    copies one, so that its first frame does not wait for them.

    >>> from graph import load
    >>> packed = packed_citations(load(), ["devlin2018"])
    >>> json.loads(zlib.decompress(base64.b64decode(packed)))[0][0][:25]
    '@inproceedings{devlin2018'
    """
    texts = [(bibtex_of(lineage, key), csl_of(lineage, key)) for key in keys]
    # Pairs, and not two lists: what one text of a paper repeats of the other must be near to be found.
    compressed = zlib.compress(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode(), level=9)
    return base64.b64encode(compressed).decode("ascii")
