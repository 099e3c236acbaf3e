"""What a page prints around a list of references and copied text has in it: headings, page numbers, running titles."""

from __future__ import annotations

import re

from ...model.identifiers import identifiers_in
from .printed_names import YEAR

_HEADINGS = frozenset(
    {
        *("references", "references and notes", "references cited", "list of references", "reference list"),
        *("bibliography", "works cited", "literature", "literature cited", "reading list"),
        *("bibliographie", "literatur", "literaturverzeichnis", "literaturliste", "quellen", "quellenverzeichnis"),
        *("références", "références bibliographiques", "referencias", "referencias bibliográficas", "bibliografía"),
        *("bibliografia", "riferimenti", "riferimenti bibliografici", "referências", "referências bibliográficas"),
        *("список литературы", "литература", "参考文献", "引用文献", "参考资料", "참고문헌"),
    }
)
"""What stands above a list of references."""
_CAPITALS = (
    r"[A-Z][A-Z \d.,:&'\u2019/-]{0,200}\b(?:VOL|NO|IEEE|ACM|JOURNAL|PROCEEDINGS|TRANSACTIONS)\b[A-Z \d.,:&'\u2019/-]*"
)
_FURNITURE = re.compile(
    rf"\d{{1,5}}|(?:[Pp]age|Seite) \d{{1,5}}(?: (?:of|von) \d{{1,5}})?|\d{{1,5}}\s+{_CAPITALS}|{_CAPITALS}\s\d{{1,5}}"
)
"""What a page prints above and below its text: its number, a running title in capitals."""
_AMONG_NUMBERED = re.compile(
    rf"\d{{1,5}}\s[^\n]{{2,80}} et al\.?,?(?: \(?{YEAR}[a-z]?\)?)?"
    rf"|[^\n]{{2,80}} et al\.?,?(?: \(?{YEAR}[a-z]?\)?,?)?\s\d{{1,5}}"
    rf"|(?:\d{{1,5}} )?[^/\n]{{2,80}} / [^/\n]{{3,80}} \d{{1,4}} \({YEAR}\) [\w\u2013-]+(?: \d{{1,5}})?"
    r"|(?:Published|Received|Accepted|Available|First published|Posted|Preprint)\b[^\n]{0,80}\d{4}\.?"
    r"|(?:Downloaded|Authorized licensed use|Copyright|\u00a9|\(c\) \d)[^\n]*"
    r"|(?:[Vv]ol(?:ume|\.) \d{1,4},? )(?:[Nn]o\.|[Nn]umber|[Ii]ssue) \d{1,4}\b[^\n]{0,60}"
)
"""The same beside numbered references, of which none looks so: authors or journal with a page, dates, rights."""
_STAMP = re.compile(r"arXiv:\d{4}\.\d{4,5}(?:v\d{1,2})? {1,3}\[[\w.-]{2,20}\] {1,3}\d{1,2} \w{3,9} \d{4}")
"""What arXiv prints along the first page, which is the paper itself."""


def is_furniture(line: str) -> bool:
    """Whether a line of a list is a heading, a page number or a running title.

    >>> is_furniture("## References"), is_furniture("712  JOURNAL OF SEAS, VOL. 3"), is_furniture("Tides of the sea")
    (True, True, False)
    """
    line = line.strip()
    return bool(_FURNITURE.fullmatch(line)) or line.strip(" #*_:.=-").casefold() in _HEADINGS


def without_furniture(reference: str) -> str:
    r"""A numbered reference, copied with its line ends, without the lines that its page printed around it.

    A year alone goes on after a comma.

    >>> without_furniture("Ono, A. Tides of the\nOno et al. 2022 13\nsea. Sea, 3,\n1999\n712")
    'Ono, A. Tides of the\nsea. Sea, 3,\n1999'
    """
    kept = reference.split("\n")[:1]
    for line in map(str.strip, reference.split("\n")[1:]):
        is_year = re.fullmatch(YEAR, line) and kept[-1].rstrip().endswith(",")
        if is_year or not (is_furniture(line) or _STAMP.fullmatch(line) or is_among_numbered(line)):
            kept.append(line)
    return "\n".join(kept)


def is_among_numbered(line: str) -> bool:
    """Whether a line that stands between numbered references is none of them."""
    line = line.strip()
    return bool(_AMONG_NUMBERED.fullmatch(line)) and not identifiers_in(line)
