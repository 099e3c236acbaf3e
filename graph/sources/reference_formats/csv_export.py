"""Tables with a row a paper: Scopus, Web of Science, PubMed, Dimensions, Zotero, Google Scholar, and people's own.

The names of the columns decide. A table may have gone through a spreadsheet, which changes cells: what can be told
apart is taken back (quotes as in ``="10.5555/x"``, zeros that an arXiv number lost), the rest is reported.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ...utils.csv_files import cells_up_to
from ...utils.text import clipped, one_line
from .references import ATTACHED, Fault, ParsedFile, Reference, Roles, identifiers_of, reference_of

_ROLES = Roles(
    titles=(
        *("title", "articletitle", "documenttitle", "papertitle", "primarytitle", "ti", "displayname", "papername"),
        *("itemtitle", "worktitle", "chaptertitle", "titel", "titre", "titulo", "titolo", "tytul", "название"),
        *("标题", "题名", "篇名", "論文名", "タイトル", "제목", "paper", "papers"),
    ),
    authors=(
        *("firstauthor", "authorfullnames", "authors", "author", "af", "au", "authornames", "creators", "creator"),
        *("autor", "autoren", "verfasser", "auteur", "auteurs", "autores", "autore", "autori", "автор", "авторы"),
        *("作者", "著者", "저자", "groupauthors", "bookauthors"),
    ),
    years=(
        *("year", "publicationyear", "pubyear", "py", "yearpublished", "publicationdate", "datepublished", "date"),
        *("published", "pubdate", "issued", "jahr", "annee", "ano", "anno", "jaar", "rok", "год"),
        *("年份", "年", "出版年", "発行年", "연도"),
    ),
    keys=("key", "citationkey", "citekey", "eid", "ut", "utuniquewosid", "publicationid", "lensid", "id", "refid"),
    stated={
        "doi": ("doi", "di", "digitalobjectidentifier", "doilink", "doiurl", "articledoi", "bookdoi", "d2", "itemdoi"),
        "arxiv": ("arxiv", "arxivid", "arxivnumber", "arxividentifier"),
        "acl": ("acl", "aclid", "aclanthologyid"),
        "s2": ("s2", "s2id", "paperid", "semanticscholarid", "sha"),
        "corpusid": ("corpusid",),
        "pmid": ("pmid", "pubmedid", "pm", "pubmed"),
        "pmcid": ("pmcid", "pmc", "pubmedcentralid"),
        "openalex": ("openalex", "openalexid", "idsopenalex"),
        "omid": ("omid",),
        "mag": ("mag", "magid"),
    },
    mentioned=(
        *(
            "identifiers",
            "identifier",
            "eprint",
            "url",
            "urls",
            "link",
            "links",
            "articleurl",
            "fulltexturl",
            "pdflink",
        ),
        *("pdfurl", "sourceurl", "externalurl", "key", "id", "accessionnumber", "articlenumber", "artno", "volume"),
        *(
            "sourcetitle",
            "source",
            "journal",
            "journalbook",
            "journaltitle",
            "publicationtitle",
            "publication",
            "venue",
        ),
        *("citation", "number", "pages", "archive", "archivelocation", "callnumber", "extra", "notes", "note"),
        *("comment", "comments", "landingpageurl", "lien", "enlace", "so", "reference"),
    ),
    printed=("reference", "references", "fullreference", "citation", "bibliographicreference"),
)
_NAMES = frozenset(
    chain(_ROLES.titles, *_ROLES.stated.values(), ("identifiers", "identifier", "url", "link", "eprint"))
) - {"paper", "papers"}
"""Columns that make a table one of papers; "Paper, scissors, stone" may be a title."""
_SHORT_NAMES = frozenset({"ti", "pm", "di", "d2", "sha", "link", "url", "s2", "mag"})
_SHAPED = {"doi": "DOI", "arxiv": "arXiv identifier"}
"""Schemes whose identifiers have a form of their own, so that a cell with another text has a fault."""
_NUMBERS = frozenset({"pmid", "pmcid", "corpusid", "mag"})
_DELIMITERS = (",", ";", "\t", "|")
_ROWS_BEFORE_THE_HEADER = 5
_LONGEST_HEADER, _LONGEST_CELL = 100_000, 10_000_000
_RULE = " -:+="
"""What a line below the names of columns is made of, in Markdown and in tables that are drawn with letters."""
_END = "\x00end of the table"
_PIPE = "\x00pipe"
"""What stands for a sign of Markdown that parts no columns, while a line is split."""
_SHORTENED = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)


def header_of(text: str) -> tuple[int, str] | None:
    r"""Where the names of the columns stand, as the index of their line, and what separates them; None for no table.

    >>> header_of("sep=;\nAuthors;Title;DOI\nMarsh C.;Tidal Transformers;10.5555/tidal.9")
    (1, ';')
    >>> header_of("Attention Is All You Need, again\n2101.90001") is None
    True
    """
    blank = len(text) - len(text.lstrip("\n"))  # where fields at the head of a note were, for example
    lines = text[blank:].split("\n", _ROWS_BEFORE_THE_HEADER + 1)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for number, line in enumerate(lines[:_ROWS_BEFORE_THE_HEADER]):
        row = next(filter(str.strip, lines[number + 1 :]), "")
        split = {sign: _split(line, sign) for sign in _DELIMITERS}
        if number > first:  # a word alone in a later line may be anything
            split = {sign: names for sign, names in split.items() if len(names) > 1}
        found = {
            sign: (len(_known(names)), sign in line) for sign, names in split.items() if _is_header(names, row, sign)
        }
        if found:
            return blank + number, max(found, key=found.__getitem__)
    return None


def _split(line: str, delimiter: str) -> list[str]:
    if len(line) > _LONGEST_HEADER or "=" in line or (delimiter not in line and delimiter != ","):
        return []
    return [_name(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _is_header(names: Sequence[str], row: str, delimiter: str) -> bool:
    """Whether these are names of columns rather than a title with a comma in it; `row` is the line that follows."""
    known = _known(names)
    if len(names) == 1:
        return names[0] in _NAMES - _SHORT_NAMES
    if delimiter in "|\t" and delimiter in row and _has_printed(names):
        return True
    return len(known) > 1 or (len(known) == 1 and len(names) <= 12 and delimiter in row)


def _has_printed(names: Sequence[str]) -> bool:
    """Whether a column has whole references; "References, 2020" may be a heading, so commas say nothing."""
    return not set(names).isdisjoint(_ROLES.printed)


def _header_of_references(text: str) -> tuple[int, str] | None:
    """Where the names of the columns stand in a table that is known to be one, and has a column of whole references."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    return next(((first, sign) for sign in _DELIMITERS if _has_printed(_split(lines[first], sign))), None)


def _known(names: Sequence[str]) -> list[str]:
    return [name for name in names if name in _NAMES]


def _name(cell: str) -> str:
    """The name of a column without capitals, blanks, signs and accents: "Article Title" is "articletitle"."""
    letters = unicodedata.normalize("NFKD", cell.casefold())
    return re.sub(r"[\W_]+", "", "".join(each for each in letters if not unicodedata.combining(each)))


def read_csv_export(text: str) -> ParsedFile:
    """Read all rows; a text whose header is not known gives none, and says so."""
    header = header_of(text) or _header_of_references(text)
    if header is None:
        what = "no column is called title, doi, arxiv or pmid"
        return ParsedFile((), (Fault("line 1", what, "name the columns in the first line"),))
    begins, delimiter = header
    references: list[Reference] = []
    lines = text.split("\n")
    faults = list(_before_the_header(lines[:begins]))
    names: list[str] = []
    for line, cells in _rows(lines[begins:], begins + 1, delimiter, faults):
        if not names:
            names = [_name(cell) for cell in cells]
            if not set(names) & set(_ROLES.titles):
                names = ["title" if name == "name" else name for name in names]  # as Notion calls it
            if set(names).isdisjoint((*_ROLES.titles, *_ROLES.printed)):
                columns = ", ".join(filter(None, map(one_line, cells)))
                what = f"no column is called title; the columns are {clipped(columns, 200)}"
                faults.append(Fault(f"line {line}", what, "if one has the titles, call it title"))
        elif any(cell.strip(_RULE) for cell in cells) and not _is_attached(names, cells):
            references.append(reference_of(_fields(names, cells, f"line {line}", faults), _ROLES, f"line {line}"))
    return ParsedFile(tuple(references), tuple(faults))


def _is_attached(names: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row is a file or a note that Zotero lists beside the item to which it belongs."""
    return dict(zip(names, cells, strict=False)).get("itemtype") in ATTACHED


def _before_the_header(lines: Sequence[str]) -> Iterator[Fault]:
    """What stands above a table and may name papers; a heading, and what tells a spreadsheet its delimiter, do not."""
    for number, line in enumerate(lines, start=1):
        if any(map(str.isalnum, line)) and not line.startswith(("#", "sep=")):
            what = f"{clipped(line.strip(), 60)!r} stands above the table, and was left out"
            yield Fault(f"line {number}", what, "if it names a paper, put it into a file of its own")


def _rows(lines: Sequence[str], first: int, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the numbers of their lines; behind a quote that is never closed the next line is read."""
    if delimiter == "|":
        lines = [line.replace("\\|", _PIPE) for line in lines]
    with cells_up_to(_LONGEST_CELL):
        begins = 0
        while begins < len(lines):
            reader = csv.reader((f"{line}\n" for line in [*lines[begins:], _END]), delimiter=delimiter)
            place = begins
            for cells in reader:
                if cells == [_END]:
                    return
                if any(_END in cell for cell in cells):
                    faults.append(
                        Fault(
                            f"line {first + place}", "a quote is never closed", "this row was left out; close it there"
                        )
                    )
                    break
                yield first + place, [cell.replace(_PIPE, "|") for cell in cells]
                place = begins + reader.line_num
            begins = place + 1


def _fields(names: Sequence[str], cells: Sequence[str], place: str, faults: list[Fault]) -> Mapping[str, Sequence[str]]:
    fields: dict[str, list[str]] = {}
    numbers = {name: scheme for scheme, columns in _ROLES.stated.items() for name in columns}
    for name, cell in zip(names, cells, strict=False):
        text = _cell(cell)
        scheme = numbers.get(name)
        if scheme and scheme != "doi" and _SHORTENED.fullmatch(text):
            faults.append(
                Fault(
                    place, f"a spreadsheet shortened the {scheme} to {text}", "make the column text, and export again"
                )
            )
            continue
        if scheme == "arxiv":
            text = _arxiv_number(text)
        elif scheme:
            text = re.sub(r"^(\d+)[.,]0+$", r"\1", text)
            if scheme in _NUMBERS and re.fullmatch(r"\d{1,3}(?:[., ]\d{3})+", text):
                text = re.sub(r"\D", "", text)
        if scheme in _SHAPED and any(map(str.isdigit, text)) and not identifiers_of([(scheme, text)], ()):
            what = f"{clipped(text, 60)!r} is no {_SHAPED[scheme]}"
            faults.append(Fault(place, what, "correct the cell, or leave it empty"))
        if name in _ROLES.authors:
            text = _first_author(text)
        fields.setdefault(name, []).append(text)
    return fields


def _cell(cell: str) -> str:
    r"""The text of a cell, without what keeps a spreadsheet from changing it.

    >>> _cell('="10.5555/x"'), _cell("'=SUM"), _cell(" 'tis "), _cell("'0704.0001")
    ('10.5555/x', '=SUM', "'tis", '0704.0001')
    """
    text = cell.replace("\u00a0", " ").strip()
    formula = re.fullmatch(r'="(.*)"', text)
    if formula:
        return formula[1].replace('""', '"')
    return text[1:] if re.match(r"'+[=+\-@\t\r\d]", text) else text


def _arxiv_number(text: str) -> str:
    """The arXiv number that a spreadsheet took for a number: zeros at both ends are back, and the point.

    Numbers have five digits behind the point from 2015 on, four before; the first four are year and month.

    >>> _arxiv_number("2101.9"), _arxiv_number("704.0001"), _arxiv_number("1412,698"), _arxiv_number("1706.03762")
    ('2101.90000', '0704.0001', '1412.6980', '1706.03762')
    """
    number = re.fullmatch(r"(\d{3,4})[.,](\d{1,5})", text)
    if not number:
        return text
    month = number[1].zfill(4)
    return f"{month}.{number[2].ljust(5 if month >= '1501' else 4, '0')}"


def _first_author(text: str) -> str:
    """The first of several authors; where commas separate both authors and initials, "Family, Given".

    >>> _first_author("Marsh, C.; Quill, A."), _first_author("Marsh C., Quill A."), _first_author("Marsh, Cy (571)")
    ('Marsh, C.', 'Marsh C.', 'Marsh, Cy')
    """
    first = re.split(r" ?; ?| and | & ", one_line(text), maxsplit=1)[0]
    first = re.sub(r" ?\(\d+\)$", "", first)  # Scopus' number of an author
    parts = [part.strip() for part in first.split(",")]
    return parts[0] if len(parts) > 1 and " " in parts[0] else ", ".join(parts[:2])
