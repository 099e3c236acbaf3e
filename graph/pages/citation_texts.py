"""The BibTeX, RIS and CSL-JSON of a page's papers, as `graph.exports` writes them, small enough to carry along."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence

import msgspec

from ..exports.formats.bibtex import entry_text
from ..exports.formats.csl import csl_item
from ..exports.formats.references import items_of
from ..exports.formats.ris import ris_entry
from ..model.lineage import Lineage
from ..utils.kept import kept_by_key


def packed_citations(lineage: Lineage, keys: Sequence[str]) -> str:
    """The citation texts of some papers in their order, for `copy_texts.js` to unpack.

    It is JSON, the BibTeX entry, the CSL item and the RIS entry for each paper, in zlib's format and base64: about
    0.13 kB a paper, a twentieth of the texts themselves, which repeat each other's words. The page unpacks them when
    its reader copies one, so that its first frame does not wait for them.

    >>> import json
    >>> from graph import load
    >>> packed = packed_citations(load(), ["devlin2018"])
    >>> json.loads(zlib.decompress(base64.b64decode(packed)))[0][0][:25]
    '@inproceedings{devlin2018'
    """
    # Together, and not in lists of their own: what one text of a paper repeats of the other must be near to be found.
    texts = ",".join(_citation_texts(lineage, keys))
    return base64.b64encode(zlib.compress(f"[{texts}]".encode(), level=9)).decode("ascii")


@kept_by_key  # most papers are on several pages
def _citation_texts(lineage: Lineage, keys: Sequence[str]) -> Iterator[str]:
    """The three texts of each paper as JSON."""
    encoder = msgspec.json.Encoder()
    for item in items_of(lineage, keys):
        yield encoder.encode((entry_text(item), csl_item(item), ris_entry(item))).decode()
