"""Exports as programs write them: every record is read, or said to be left out with its line."""

from __future__ import annotations

import codecs
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.sources.fetch.targets import read_targets
from graph.sources.reference_formats.recognise import recognised

NBIB = """
PMID- 90000001
OWN - NLM
STAT- MEDLINE
DP  - 2017 Jun 12
TI  - Effects of CO2 on E. coli: a title that goes on
      in the next line.
AB  - Cites PMID: 12 and doi: 10.5555/other.
FAU - Brine, Gil
AU  - Brine G
LID - 10.5555/co2 [doi]
LID - S0000-1 [pii]
PMC - PMC900001
CIN - J Made Seas. 2018;2(1):3. PMID: 90000009
SO  - J Made Seas. 2017 Jun 12;1(1):1-2. doi: 10.5555/co2.

PMID- 90000002
TI  - [Gezeiten].
CN  - Harbour Group
AID - 10.5555/tidal.9 [doi]
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Marsh, C
   Quill, A
AF Marsh, Cy
   Quill, Ada
TI Tidal
   Transformers
SO JOURNAL OF MADE-UP SEAS
CR Old A, 2001, SEAS, V1, P2, DOI 10.5555/other
PY 2022
DI 10.5555/TIDAL.9
PM 90000001
UT WOS:000999999000001
ER

PT C
CA Harbour Group
TI Counting Whales
PY 2021
UT WOS:000999999000002
ER

EF
"""
ENW = """%0 Journal Article
%T Counting Whales from Orbit
%A Quill, Ada
%A Reed, Bo
%J arXiv preprint arXiv:2101.90001
%D 2021
%X Abstract with 10.5555/other

%0 Journal Article
%A Marsh, Cy
%T Tidal Transformers
%R https://doi.org/10.5555/tidal.9
%~ Scholar
"""
ENDNOTE_XML = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record>
<rec-number>7</rec-number><contributors><authors><author><style face="normal">Marsh, Cy</style></author></authors>
</contributors><titles><title><style face="normal">Tidal </style><style face="italic">Transformers</style></title>
</titles><dates><year><style>2022</style></year></dates>
<electronic-resource-num><style>10.5555/tidal.9</style></electronic-resource-num></record>
<record><titles><title>Effects of Salt</title></titles><accession-num>90000001</accession-num>
<remote-database-name>PubMed</remote-database-name></record></records></xml>"""
RIS = """TY  - JOUR
T1  - Tidal Transformers
A1  - Marsh, Cy
Y1  - 2022/05/01/
M3  - doi: 10.5555/tidal.9
ER  -
TY  - JOUR
AU  - Quill, Ada
TI  - Counting Whales
N2  - Cites doi:10.5555/other
AN  - 90000001
DB  - PubMed
ER  -
TY  - CHAP
TI  - A Chapter
UR  - https://link.springer.com/chapter/10.1007/978-3-999-24574-4_28
"""
BIB = r"""
% Encoding: UTF-8
@Comment{jabref-meta: databaseType:bibtex;}
@string(seas = "J. Made-up Seas")
@inproceedings{a, title = {Tidal {T}ransformers: 50% Better}, author = {{Harbour Group} and Quill, Ada},
  journal = seas # unknown, year = 2021, note = {Comment on arXiv:2101.00001}, abstract = {doi:10.5555/other},
  url = {https://doi.org/10.5555/tidal{\_}9}}
@misc{b:1, title = {Whales}, subtitle = {A Count}, author = {Quill, Ada and others}, eprint = {cs/0211990v3},
  eprinttype = {arxiv}}
@article{c, title = {Salt}, note = {PMID: 90000001}}
@article{d, title = {On \textit{{\'E}toile} in $\mathcal{O}(n)$}, month = jan # "~5", year = "to appear"}
@article{DBLP:journals/corr/abs-2101-90001, title = {Orbit}}
"""
CSL = [
    {
        "id": "a",
        "title": "Tidal <i>Transformers</i>",
        "note": "PMID: 90000001\nPMCID: PMC900001",
        "issued": {"date-parts": [["2021", 5]]},
    },
    {
        "id": "b",
        "title": "Whales",
        "container-title": "arXiv",
        "number": "arXiv:2101.90001",
        "author": [{"literal": "Harbour Group"}],
    },
]
SCOPUS = """"Authors","Author full names","Title","Year","Source title","DOI","Link","EID"
"Marsh C.; Quill A.","Marsh, Cy (1); Quill, Ada (2)","Tidal Transformers","2022","Seas","10.5555/tidal.9","https://www.scopus.com/x","2-s2.0-1"
"Quill A.","Quill, Ada (2)","Counting, Whales
from Orbit","2021","arXiv","","",""
"""
EXCEL = """sep=;
Key;Title;arXiv;PMID;DOI
a;Tides;2101.9;;="10.5555/tidal.9"
b;Whales;704.0001;9.00E+07;
c;Salt;;90000001.0;
"""
ZOTERO = """"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Extra"
"AB","preprint","2021","Quill, Ada; Reed, Bo","Whales","","","http://arxiv.org/abs/2101.90001","arXiv:2101.90001 [cs]"
"""
DIMENSIONS = """"About the data: exported on Nov 1"
"Rank","Publication ID","DOI","PMID","PMCID","Title","Authors"
"1","pub.1","10.5555/tidal.9","90000001","PMC900001","Tides","Marsh, Cy"
"""


def papers(folder: Path, text: str, name: str = "export.txt", encoding: str = "utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_targets(path)


def asked(targets):
    return [(paper.title, paper.first_author, paper.year, *paper.api_ids) for paper in targets.papers]


MORE = "a title that goes on in the next line"
CO2 = ("DOI:10.5555/co2", "PMID:90000001", "PMCID:900001")
READINGS = [
    (
        NBIB,
        [
            (f"Effects of CO2 on E. coli: {MORE}", "Brine, Gil", 2017, *CO2),
            ("Gezeiten", "Harbour Group", None, "DOI:10.5555/tidal.9", "PMID:90000002"),
        ],
    ),
    (
        WOS,
        [
            ("Tidal Transformers", "Marsh, Cy", 2022, "DOI:10.5555/tidal.9", "PMID:90000001"),
            ("Counting Whales", "Harbour Group", 2021),
        ],
    ),
    (
        ENW,
        [
            ("Counting Whales from Orbit", "Quill, Ada", 2021, "ARXIV:2101.90001"),
            ("Tidal Transformers", "Marsh, Cy", None, "DOI:10.5555/tidal.9"),
        ],
    ),
    (
        ENDNOTE_XML,
        [
            ("Tidal Transformers", "Marsh, Cy", 2022, "DOI:10.5555/tidal.9"),
            ("Effects of Salt", None, None, "PMID:90000001"),
        ],
    ),
    (
        RIS,
        [
            ("Tidal Transformers", "Marsh, Cy", 2022, "DOI:10.5555/tidal.9"),
            ("Counting Whales", "Quill, Ada", None, "PMID:90000001"),
            ("A Chapter", None, None, "DOI:10.1007/978-3-999-24574-4_28"),
        ],
    ),
    (
        BIB,
        [
            ("Tidal Transformers: 50% Better", "Harbour Group", 2021, "DOI:10.5555/tidal_9"),
            ("Whales: A Count", "Quill, Ada", None, "ARXIV:cs/0211990"),
            ("Salt", None, None, "PMID:90000001"),
            ("On Étoile in O(n)", None, None),
            ("Orbit", None, None, "ARXIV:2101.90001"),
        ],
    ),
    (
        json.dumps(CSL),
        [
            ("Tidal Transformers", None, 2021, "PMID:90000001", "PMCID:900001"),
            ("Whales", "Harbour Group", None, "ARXIV:2101.90001"),
        ],
    ),
    (
        SCOPUS,
        [
            ("Tidal Transformers", "Marsh, Cy", 2022, "DOI:10.5555/tidal.9"),
            ("Counting, Whales from Orbit", "Quill, Ada", 2021),
        ],
    ),
    (
        EXCEL,
        [
            ("Tides", None, None, "ARXIV:2101.90000", "DOI:10.5555/tidal.9"),
            ("Whales", None, None, "ARXIV:0704.0001"),
            ("Salt", None, None, "PMID:90000001"),
        ],
    ),
    (ZOTERO, [("Whales", "Quill, Ada", 2021, "ARXIV:2101.90001")]),
    (DIMENSIONS, [("Tides", "Marsh, Cy", None, "DOI:10.5555/tidal.9", "PMID:90000001", "PMCID:900001")]),
]
KINDS = ["nbib", "wos", "enw", "xml", "ris", "bib", "csl", "scopus", "excel", "zotero", "dimensions"]


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=KINDS)
@pytest.mark.parametrize("name", ["export.txt", "export.bib", "export"])
def test_the_content_of_an_export_says_what_it_is_whatever_its_name(tmp_path, text, expected, name):
    assert asked(papers(tmp_path, text, name)) == expected


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=KINDS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_encoding_and_line_end_is_read(tmp_path, text, expected, encoding):
    end = "\r\n" if encoding == "utf-16" else "\r" if encoding == "utf-32" else "\n"
    assert asked(papers(tmp_path, text.replace("\n", end), encoding=encoding)) == expected


def test_latin_1_is_read_and_said(tmp_path):
    targets = papers(tmp_path, "@misc{a, title = {Tides},\n author = {Müller, Jö}}", encoding="latin-1")
    assert targets.papers[0].first_author == "Müller, Jö"
    (note,) = targets.notes
    assert note.endswith(", line 2: not UTF-8; read as Windows-1252; if letters are wrong, save the file as UTF-8")


def test_a_reading_list_is_read_in_utf_16_under_any_name(tmp_path):
    text = 'title = "Mine"\n[[entries]]\nnumber = 1\nthemes = []\ntitle = "Größe"\narxiv = "2101.90001"\n'
    assert asked(papers(tmp_path, text, "list.bib", "utf-16")) == [("Größe", None, None, "ARXIV:2101.90001")]


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        (
            "<?xml version='1.0'?><!DOCTYPE PubmedArticleSet><PubmedArticleSet></PubmedArticleSet>",
            r"save it as PubMed \(.nbib\)",
        ),
        ('<rdf:RDF xmlns:rdf="x"><bib:Article/></rdf:RDF>', "export it as RIS"),
        ("<!DOCTYPE html>\n<html><body>Tides</body></html>", "save the list as text"),
        ("\\begin{thebibliography}{9}\n\\bibitem{a} Tides.", "give the .bib file"),
        ("RT Journal Article\nSR Electronic\nT1 Tides\nA1 Marsh, Cy", "export it as RIS"),
        ("references:\n- id: a\n  title: Tides\n", "pandoc"),
        ("UI  - 1\nXT  - Tides\nXA  - Marsh\n", "export it as RIS"),
        ("Reference Type:  Journal Article\nRecord Number: 17\nTitle: Tides\nDOI: 10.5555/tidal.9", "export it as RIS"),
        ("Scopus\nMarsh, C.\nAUTHOR FULL NAMES: Marsh, Cy (3)\nTides\nDOCUMENT TYPE: Article", "export it as RIS"),
        ("<1>\nUnique Identifier\n  90000001\nTitle\n  Tides.\nAuthors\n  Marsh C", "export it as RIS"),
        ("{Reference Type}: Journal Article\n{Title}: \u6f6e\u6c50", "export it as RIS"),
        ("1. Seas. 2021.\n\nTides.\n\nMarsh C(1).\n\nAuthor information:\n(1)Harbour.\n\nPMID: 90000001", "nbib"),
        ("papers:\n  - title: Tides\n    year: 2021\n", "this is YAML, .* copy the titles"),
        ("title: Mine\nentries:\n  - number: 1\n    title: Tides\n", "this is YAML"),
        ("reading:\n  - Tides\n  - Whales\n", "this is YAML"),
        ("---\n- Tides\n- Whales\n", "this is YAML"),
        ("import csv\n\nfor row in csv.reader(file):\n    print(row)\n", "the source of a program, or settings"),
        ("TITLES = [\n    'Tides',\n]\n", "the source of a program, or settings"),
        ("2026-05-01 10:11:12,123 INFO Tides\n2026-05-01 10:11:13,001 INFO Whales\n", "the log of a program"),
        ("INFO:root:Tides\nWARNING:root:Whales\n", "the log of a program"),
        ('127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /"\n' * 2, "the log of a program"),
        ("Tides\nTraceback (most recent call last):\n  File\n", "the log of a program"),
        ("%PDF-1.7 ...", "export the references"),
        ("PK\x03\x04 sheet", "save the table as CSV"),
        ("\x00\x01\x02\x03", "check|text"),
        ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><xml><records></records></xml>", "export it"),
    ],
)
def test_a_format_that_is_not_read_is_refused_with_what_to_choose(tmp_path, text, remedy):
    with pytest.raises(InputError, match=remedy):
        papers(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "titles", "said"),
    [
        ("@misc{a,b, title={One}}\n@misc{, title={Two}}\n@misc{title={Three}}", ["One", "Two", "Three"], []),
        ("@misc{a, title={One}}\n@misc{a, title={Two}, title={No}}", ["One", "Two"], []),
        ("@misc{a, title={One} year={2001}}", ["One"], []),
        ("@misc{a title={One}, = {}, x}", ["One"], []),
        ("@misc(a, title={One}, year=2001)", ["One"], []),
        (
            "%@misc{a, title={No}}\n@misc{b, title={One}}\n %% @misc{c,\n% title={No}\n%}\n@misc{d, title={5% @sea}}",
            ["One", "5% @sea"],
            ["line 1: 2 entries begin with %"],
        ),
        ("@misc{a, title={On{e}, year={2001}\n}\n@misc{b, title={Two}}", ["One", "Two"], ["line 1: the braces"]),
        ("@misc{a, title={One}}, year={2001}\n}\n@misc{b, title={Two}}", ["One", "Two"], ["line 1: the braces"]),
        ('@misc{a, note="open, title={One}\n}\n@misc{b, title={Two}}', ["One", "Two"], ["line 1: the braces"]),
        ("@misc{b, title={Two}}\n@misc{a,\n title={One},\n year={20", ["Two", "One"], ["line 2: the braces"]),
        ("@misc{a, title={One}}\n@misc{b, note={n}}", ["One"], ["line 2: entry 'b': neither a title nor"]),
        ("TY  - JOUR\nTI  - One\n\nTY  - JOUR\nTI  - Two", ["One", "Two"], []),
        ("DB  - X\nTI  - One\nTY  - JOUR\nER  -\nTI  - Two\nER  -", ["One", "Two"], []),
        ("TY  - JOUR\nID  - k\nER  -\nTY  - JOUR\nTI  - On\ne\nER  -", ["On e"], ["line 1: entry 'k': neither"]),
        ("TY - JOUR\nTI - One\nER -", ["One"], []),
        (
            'title,doi\nOne,\n,\n"Two\nopen,10.1\nThree,\n',
            ["One", "open", "Three"],
            ["line 4: a quote is never closed", "line 5: '10.1' is no DOI"],
        ),
        ("title\nOne\nTwo", ["One", "Two"], []),
        ("PMID- 1\nTI  - One\n\nPMID- 2\nTI  - Two", ["One", "Two"], []),
        ("%0 Book\n%T One\n%0 Book\n%T Two", ["One", "Two"], []),
        ("PT J\nTI One\nER\nPT J\nUT WOS:1\nER\n", ["One"], ["line 4: entry 'WOS:1': neither"]),
    ],
)
def test_a_fault_costs_no_more_than_its_own_part_and_is_said_with_its_line(tmp_path, text, titles, said):
    targets = papers(tmp_path, text)
    assert [paper.title for paper in targets.papers] == titles
    notes = [note.partition("export.txt, ")[2] for note in targets.notes]
    assert len(notes) == len(said)
    assert all(note.startswith(begin) for note, begin in zip(notes, said, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "eprint={2101.90001}",
        "eprint={arXiv:2101.90001v2}, archivePrefix={arXiv}",
        "eprint={arXiv:2101.90001v2 [cs.LG]}",
        "url={http://arxiv.org/pdf/2101.90001v1}",
        "journal={arXiv preprint arXiv:2101.90001}",
        "journal={CoRR}, volume={abs/2101.90001}",
        "arxivId={2101.90001}",
        r"howpublished={\url{https://arxiv.org/abs/2101.90001}}",
        "note={arXiv:2101.90001 [cs.CL]}",
        "eid={arXiv:2101.90001}",
        "number={arXiv:2101.90001}",
        "doi={10.48550/arXiv.2101.90001}",
        "annote={see arXiv:2101.90001}",
        "doi={arXiv:2101.90001}",
        r"note={\href{https://arxiv.org/abs/2101.90001}{arXiv}}",
        "ee={https://doi.org/10.48550/ARXIV.2101.90001}",
    ],
)
def test_an_arxiv_number_is_found_wherever_bibtex_has_it(tmp_path, line):
    (paper,) = papers(tmp_path, f"@article{{a, title={{Whales}}, {line}}}").papers
    assert paper.api_ids[0] == "ARXIV:2101.90001"


@pytest.mark.parametrize("tag", ["UR", "DO", "M3", "N1", "ID", "AN", "JO", "T2", "L1", "C1", "VL", "DI", "LK"])
@pytest.mark.parametrize(
    ("text", "api_id"), [("arXiv:2101.90001v1", "ARXIV:2101.90001"), ("doi:10.5555/x", "DOI:10.5555/x")]
)
def test_an_identifier_is_found_wherever_ris_has_it(tmp_path, tag, text, api_id):
    assert papers(tmp_path, f"TY  - JOUR\nTI  - Whales\n{tag}  - {text}\nER  - ").papers[0].api_ids == (api_id,)


@pytest.mark.parametrize(
    "text",
    [
        "note={Reply to arXiv:2101.90001}",
        "note={Erratum: doi:10.5555/x}",
        "abstract={arXiv:2101.90001}",
        "note={2 of 10.5/x}",
        "note={arXiv:2101.90001, arXiv:2101.90002}",
        "pages={1234--5678}",
        "number={P18-1031}",
        "keywords={10.5555/x}",
    ],
)
def test_an_identifier_of_another_paper_is_not_taken(tmp_path, text):
    assert papers(tmp_path, f"@article{{a, title={{Whales}}, {text}}}").papers[0].api_ids == ()


NAMED = """Language: A Key Mechanism of Control
Source: The Origin of Tides
DOI: 10.5555/tidal.9
"""


def test_titles_that_look_a_little_like_yaml_a_program_or_a_log_are_titles(tmp_path):
    titles = [
        "class imbalance: a survey",
        "Error 404: a study",
        "INFO: Tides",
        "E = mc2",
        "from words to worlds",
        "10:15",
    ]
    read = papers(tmp_path, "Papers:\n" + "".join(f"- {title}\n{title}\n" for title in titles)).papers
    assert [paper.title for paper in read] == ["Papers:", *(each for title in titles for each in (title, title))]


def test_titles_that_begin_with_the_name_of_a_field_are_titles(tmp_path):
    titles = ["Language: A Key Mechanism of Control", "Source: The Origin of Tides", None]
    assert [paper.title for paper in papers(tmp_path, NAMED).papers] == titles


@pytest.mark.parametrize(
    "header",
    ["Titre;Auteur;Ann\u00e9e;DOI", "T\u00edtulo;Autor;A\u00f1o;DOI", "\u6807\u9898;\u4f5c\u8005;\u5e74\u4efd;DOI"],
)
def test_a_table_has_its_columns_named_in_other_languages_too(tmp_path, header):
    read = papers(tmp_path, f"{header}\nTides;Marsh;2021;10.5555/tidal.9\n")
    assert asked(read) == [("Tides", "Marsh", 2021, "DOI:10.5555/tidal.9")]


def test_a_table_whose_column_of_titles_is_not_known_says_so(tmp_path):
    (note,) = papers(tmp_path, "Otsikko,DOI\nTides,10.5555/tidal.9\n").notes
    assert "line 1: no column is called title; the columns are Otsikko, DOI" in note


def test_lines_above_a_table_are_named_and_a_column_of_papers_has_titles(tmp_path):
    read = papers(
        tmp_path, "# Mine\n- Seas\n\n| Paper | Year | Link |\n|---|---|---|\n| Tides | 2021 | doi:10.5555/tidal.9 |\n"
    )
    assert asked(read) == [("Tides", None, 2021, "DOI:10.5555/tidal.9")]
    (note,) = read.notes
    assert "line 2: '- Seas' stands above the table, and was left out" in note


def test_a_column_called_name_has_the_titles_where_no_other_has(tmp_path):
    read = papers(tmp_path, "| Name | DOI |\n|---|---|\n| Tides | |\n| A \\| B | 10.5555/tidal.9 |\n")
    assert (asked(read), read.notes) == ([("Tides", None, None), ("A | B", None, None, "DOI:10.5555/tidal.9")], ())
    read = papers(tmp_path, "Title,Name,DOI\nTides,Harbour,\n")
    assert asked(read) == [("Tides", None, None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("| Reference |\n|---|\n| Ono, A. (1999). Tides turn. Sea, 1, 2. |\n| Seas (Li et al., 2001) |\n", "list.md"),
        ('Reference\n"Ono, A. (1999). Tides turn. Sea, 1, 2."\n"Seas (Li et al., 2001)"\n', "list.csv"),
        ('Nr,Reference\n1,"Ono, A. (1999). Tides turn. Sea, 1, 2."\n2,"Seas (Li et al., 2001)"\n', "list.csv"),
    ],
)
def test_a_column_may_have_whole_references(tmp_path, text, name):
    read = papers(tmp_path, text, name)
    assert (asked(read), read.notes) == ([("Tides turn", "Ono, A", 1999), ("Seas", "Li", 2001)], ())


def test_a_cell_that_is_no_doi_is_told(tmp_path):
    read = papers(tmp_path, "title,doi\nTides,10.5555 tidal\nSeas,n/a\n")
    assert asked(read) == [("Tides", None, None), ("Seas", None, None)]
    (note,) = read.notes
    assert "line 2: '10.5555 tidal' is no DOI; correct the cell" in note
    read = papers(tmp_path, "| DOI |\n|---|\n| 10.5555 tidal |\n| 10.5555/tidal.9 |\n")
    assert asked(read) == [(None, None, None, "DOI:10.5555/tidal.9")]
    assert "line 3: '10.5555 tidal' is no DOI" in read.notes[1]


def test_a_volume_of_which_papers_are_in_the_list_is_no_paper(tmp_path):
    volume = "@proceedings{sea21, title={Proceedings on Seas}, year=2021}\n"
    (paper,) = papers(tmp_path, f"@inproceedings{{a, title={{Tides}}, crossref={{Sea21}}}}\n{volume}").papers
    assert (paper.title, paper.year) == ("Tides", 2021)
    assert [paper.title for paper in papers(tmp_path, volume).papers] == ["Proceedings on Seas"]


def test_a_word_alone_in_a_later_line_makes_no_table(tmp_path):
    titles = ["Counting Whales", "Title", "Tides"]
    assert [paper.title for paper in papers(tmp_path, "Counting Whales\nTitle\nTides\n").papers] == titles


def test_what_zotero_attaches_to_an_item_is_no_paper(tmp_path):
    item = {"key": "A", "data": {"itemType": "journalArticle", "title": "Tides", "creators": [{"name": "Harbour"}]}}
    attached = {"key": "B", "data": {"itemType": "attachment", "title": "Full Text PDF"}}
    read = papers(tmp_path, json.dumps([item, attached, {"itemType": "note", "note": "x"}]))
    assert (asked(read), read.notes) == ([("Tides", "Harbour", None)], ())
    read = papers(
        tmp_path, "Key,Item Type,Title,DOI\nA,book,Tides,\nB,attachment,PDF,\nC,note,Mine,\nD,webpage,Seas,\n"
    )
    assert [paper.title for paper in read.papers] == ["Tides", "Seas"]


def test_the_first_author_of_openalex_is_found(tmp_path):
    work = {"title": "Tides", "authorships": [{"author": {"display_name": "Cy Marsh"}}, {"author": None}]}
    assert asked(papers(tmp_path, json.dumps({"results": [work]}))) == [("Tides", "Cy Marsh", None)]


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {Whales}, author = {others}}",
        "@misc{a, title = {Whales}, author = {et al.}, editor = {}}",
        "TY  - JOUR\nTI  - Whales\nAU  - et al.\nER  -\n",
        json.dumps([{"id": "a", "type": "book", "title": "Whales", "author": [{"literal": "et al."}]}]),
        "Title,Author\nWhales,et al.\n",
    ],
)
def test_others_who_are_not_named_are_no_first_author(tmp_path, text):
    assert asked(papers(tmp_path, text)) == [("Whales", None, None)]


def test_a_name_that_biblatex_has_in_parts_is_joined(tmp_path):
    author = "family=Cruz, given=Ana, prefix=de la, useprefix=true and Quill, Ada"
    assert asked(papers(tmp_path, f"@article{{a, title={{Tides}}, author={{{author}}}}}")) == [
        ("Tides", "de la Cruz, Ana", None)
    ]


def test_a_doi_of_the_field_made_for_it_stands_before_one_that_is_mentioned(tmp_path):
    (paper,) = papers(tmp_path, "@article{a, title={W}, note={doi:10.5555/other}, doi={10.5555/x}}").papers
    assert paper.api_ids == ("DOI:10.5555/x",)


REPEATED = ["\n", "@misc{a,\n", "a,b;c\t", "%T x\n", " ", "[[", "}\n@", "<a>", "\\'{", "TY  - "]


@pytest.mark.parametrize("part", REPEATED)
def test_a_long_file_of_anything_is_read_in_few_steps(tmp_path, part):
    with suppress(InputError):
        assert papers(tmp_path, part * (30_000 // len(part))).papers


@pytest.mark.parametrize(
    "text",
    ["@misc{{k{}, title={{Tides}}}}", "@misc{{k, title={{Tides}}, author={{{}b}}}}", "title,authors\nTides,{}b\n"],
)
def test_a_run_of_blanks_is_read_in_few_steps(tmp_path, text):
    """A number of steps that grows with the square of the length would take minutes here."""
    assert papers(tmp_path, text.format(" \t" * 60_000)).papers[0].title == "Tides"


@pytest.mark.parametrize("mark", ["ty  - ", "    TY  - ", "TY  \u2013 "])
def test_ris_that_was_passed_on_in_small_letters_indented_or_with_dashes_is_ris(tmp_path, mark):
    lines = [mark + "JOUR", mark.replace("ty", "ti").replace("TY", "TI") + "Tides"]
    lines += [mark.replace("ty", "do").replace("TY", "DO") + "10.5555/x"]
    assert asked(papers(tmp_path, "\n".join(lines * 2))) == [("Tides", None, None, "DOI:10.5555/x")] * 2


@pytest.mark.parametrize("cell", ["90,000,001", "90.000.001", "90000001.00", "90 000 001"])
def test_a_number_is_read_as_a_spreadsheet_shows_it(tmp_path, cell):
    assert papers(tmp_path, f'title,pmid\nTides,"{cell}"\n').papers[0].api_ids == ("PMID:90000001",)


def test_quotes_of_other_languages_and_rules_of_a_table_are_no_titles(tmp_path):
    text = "\u00abTides\u00bb\n|---|---|\n\u201eWhales\u201c\n\u300cSalt\u300d\n"
    assert [paper.title for paper in papers(tmp_path, text).papers] == ["Tides", "Whales", "Salt"]


def test_json_of_texts_is_not_a_line(tmp_path):
    with pytest.raises(InputError, match="not an object"):
        papers(tmp_path, '["10.5555/a", "2101.90001"]')


@given(st.sampled_from([text for text, _ in READINGS]), st.data())
def test_a_damaged_export_is_read_or_refused(tmp_path_factory, text, data):
    at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 30))
    inserted = data.draw(st.text(alphabet='{}"@,;#%\\\n =-&<>$', max_size=5))
    damaged = text[:at] + inserted + text[at + length :]
    path = tmp_path_factory.getbasetemp() / "damaged.txt"
    path.write_bytes(codecs.BOM_UTF8 + damaged.encode())
    try:
        targets = read_targets(path)
    except InputError:
        return
    assert targets.papers


IDS = ("pmid:90000001", "pmcid:900001", "openalex:W2741809607", "omid:br/06101801781")
OPENALEX_JSON = """{"results": [{"id": "https://openalex.org/W2741809607", "title": "Tides",
  "ids": {"openalex": "https://openalex.org/W2741809607", "mag": "2741809607",
          "pmid": "https://pubmed.ncbi.nlm.nih.gov/90000001",
          "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/900001"}}]}"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@article{a, title={Tides}, pmid={90000001}, pmcid={PMC900001}, openalex={W2741809607}}", IDS[:3]),
        ("@article{a, title={Tides}, eprint={90000001}, eprinttype={pubmed}}", IDS[:1]),
        ("@article{a, title={Tides}, note={PMID: 90000001; PMCID: PMC900001}}", IDS[:2]),
        ("@article{a, title={Tides}, url={https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/}}", IDS[1:2]),
        ("@article{a, title={Tides}, omid={omid:br/06101801781}}", IDS[3:]),
        ("TY  - JOUR\nTI  - Tides\nUR  - https://openalex.org/W2741809607\nC2  - PMC900001\nER  - ", IDS[1:3]),
        ("TY  - JOUR\nTI  - Tides\nDB  - PubMed\nAN  - 90000001\nER  - ", IDS[:1]),
        (
            "PMID- 90000001\nTI  - Tides\nPMC - PMC900001\nAID - 10.5555/tidal.9 [doi]\n",
            ("doi:10.5555/tidal.9", *IDS[:2]),
        ),
        ('[{"title": "Tides", "PMID": "90000001", "PMCID": "PMC900001"}]', IDS[:2]),
        ('[{"title": "Tides", "note": "PMID: 90000001\\nPMCID: PMC900001"}]', IDS[:2]),
        (OPENALEX_JSON, IDS[:3]),
        ("title,pmid,pmcid,openalex\nTides,90000001,PMC900001,https://openalex.org/W2741809607\n", IDS[:3]),
        ("title,pmid\nTides,0\n", ()),
    ],
)
def test_the_identifiers_of_pubmed_openalex_and_opencitations_are_read(text: str, found: tuple[str, ...]):
    form = recognised(text)
    assert form
    (reference,) = form.read(text, "x").references
    assert sorted(map(str, reference.identifiers)) == sorted(found)
