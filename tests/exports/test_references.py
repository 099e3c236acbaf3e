"""References for LaTeX, Zotero and Pandoc, read back by bibtexparser, rispy, citation.js and our reader of lists."""

from __future__ import annotations

import json
import re
import string
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Field
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from graph.exports.formats.bibtex import write as write_bibtex
from graph.exports.formats.references import BibliographyItem, item_of, parse_name
from graph.exports.formats.ris import write as write_ris
from graph.exports.registry import find_format
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier, parse_identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList
from graph.sources.fetch.targets import read_targets
from graph.utils.text import one_line, words

from ..helpers.export_world import CASES, Case, case, read_with_node, select, shipped, text
from ..helpers.hostile import TEXTS
from ..helpers.written_files import bibtex_of, csl_of

ENDINGS = {"bibtex": ".bib", "ris": ".ris", "csl": ".json"}
READ = (("bibtex", ".bib"), ("ris", ".ris"), ("markdown", ".md"), ("vosviewer", ".json"))


@pytest.fixture(params=CASES, name="of")
def of_(request: pytest.FixtureRequest) -> Case:
    return case(request.param)


def alone(paper: Paper) -> Lineage:
    return build_lineage(Corpus({paper.key: paper}), ReadingList("Nothing yet", (), ()))


def reference(**fields: Any) -> BibliographyItem:
    paper = Paper("a", **fields)
    return item_of(alone(paper), paper.key)


def people(paper: Paper) -> list[set[str]]:
    """The words of each author's name."""
    return [set(words(author)) for author in paper.authors]


def same_text(found: str, wanted: str) -> bool:
    """As pylatexenc reads it, to which a circumflex is a modifier letter; blanks beside macros vary."""
    return found.replace("\u02c6", "^").split() == wanted.split()


# BibTeX


def latex_reader() -> LatexNodes2Text:
    """pylatexenc, with LaTeX's names of the braces, which it does not know."""
    context = get_default_latex_context_db()
    braces = [MacroTextSpec("textbraceleft", "{"), MacroTextSpec("textbraceright", "}")]
    context.add_context_category("braces", prepend=True, macros=braces)
    return LatexNodes2Text(latex_context=context, math_mode="text")


@cache
def bibtex(content: str) -> dict[str, Any]:
    library = bibtexparser.parse_string(content, append_middleware=[LatexDecodingMiddleware(decoder=latex_reader())])
    assert not library.failed_blocks
    return {entry.key: entry for entry in library.entries}


@pytest.mark.parametrize(
    "name",
    [
        *("Trident Team", "Open Sea Collaboration", "The Harbour Consortium", "World Health Organization", "{OpenAI}"),
        *("Ada Quill for the Harbour Consortium", "University of the Sea", "Mistral AI", "BigScience Workshop"),
    ],
)
def test_the_name_of_a_group_is_never_parted(name: str) -> None:
    assert parse_name(name).inverted == name.strip("{}")


def test_bibtexparser_reads_the_same_papers_back(of: Case) -> None:
    entries = bibtex(text(of.name, "bibtex"))
    assert set(entries) == of.keys
    for key, entry in entries.items():
        paper, fields = of.paper(key), {field.key: field.value for field in entry.fields}
        assert same_text(fields.get("title", ""), one_line(paper.title or ""))
        assert fields.get("publicsince") == paper.date
        assert fields.get("eprint") == next((i.value for i in paper.identifiers if i.scheme == "arxiv"), None)
        assert ("archivePrefix" in fields) == ("eprint" in fields)
        assert fields.get("url") == paper.url
        assert all(value for value in fields.values()), "unknown is absent, not empty"


@pytest.mark.parametrize(("name", "ending"), [("bibtex", ".bib"), ("csl", ".json")])
def test_a_style_prints_the_year_of_the_publication_alone(name: str, ending: str, tmp_path: Path) -> None:
    """BERT is of 2018, published in 2019. Pandoc's own style is Chicago's, which prints an original's date too."""
    (tmp_path / f"refs{ending}").write_text(text("neighbourhood", name), "utf-8")
    (tmp_path / "thesis.md").write_text("See @devlin2018.", "utf-8")
    command = ["pandoc", "--citeproc", "--bibliography", f"refs{ending}", "--to", "plain", "thesis.md"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout
    assert printed.startswith("See Devlin et al. (2019).")
    assert "2018" not in printed


def test_every_author_is_one_author_for_bibtexparser(of: Case) -> None:
    stack = [bibtexparser.middlewares.SeparateCoAuthors()]
    library = bibtexparser.parse_string(text(of.name, "bibtex"), append_middleware=stack)
    decode = latex_reader().latex_to_text
    assert library.entries
    for entry in library.entries:
        paper = of.paper(entry.key)
        found = [set(words(decode(name).replace("\u02c6", "^"))) for name in entry.get("author", NOTHING).value]
        wanted = people(paper)
        if paper.authors and not paper.authors_complete:
            wanted.append({"others"})
        assert found == wanted


NOTHING = Field("none", "")


def test_the_types_are_those_that_a_venue_tells() -> None:
    entries = bibtex(text("neighbourhood", "bibtex"))
    types = {key: entries[key].entry_type for key in entries}
    assert types["devlin2018"] == "inproceedings"  # NAACL 2019
    assert types["rae2021"] == "misc"  # a preprint
    assert types["schmidhuber1992"] == "article"  # Neural Computation 4(1)
    assert types["radford2018"] == "techreport"  # OpenAI technical report
    assert types["hermann2015teaching"] == "misc"  # nobody says where
    fields = {field.key: field.value for field in entries["schmidhuber1992"].fields}
    assert (fields["journal"], fields["volume"], fields["number"]) == ("Neural Computation", "4", "1")
    fields = {field.key: field.value for field in entries["devlin2018"].fields}
    assert (fields["booktitle"], fields["year"], fields["publicsince"]) == ("NAACL 2019", "2019", "2018-10-11")
    assert fields["keywords"] == "Main architecture and tasks"


@pytest.mark.parametrize(
    ("venue", "type_", "container", "volume", "issue"),
    [
        ("arXiv", "preprint", None, None, None),
        ("arXiv.org", "preprint", None, None, None),
        ("NeurIPS 2022", "conference", "NeurIPS 2022", None, None),
        ("ICML 2019, PMLR 97:2790-2799", "conference", "ICML 2019, PMLR 97:2790-2799", None, None),
        ("Annual Meeting of the ACL", "conference", "Annual Meeting of the ACL", None, None),
        ("Neural Information Processing Systems", "conference", "Neural Information Processing Systems", None, None),
        ("JMLR 21 (2020)", "article", "JMLR", "21", None),
        ("ACM TKDD 18(6), 2024", "article", "ACM TKDD", "18", "6"),
        ("Nature", "article", "Nature", None, None),
        ("Nature 2015", "article", "Nature", None, None),
        ("Nature 521(7553), 2015", "article", "Nature", "521", "7553"),
        ("JMLR 2020", "article", "JMLR", None, None),
        ("EMNLP-IJCNLP 2019", "conference", "EMNLP-IJCNLP 2019", None, None),
        ("Findings EMNLP 2021", "conference", "Findings EMNLP 2021", None, None),
        ("OpenAI technical report", "report", "OpenAI", None, None),
        ("Technical report", "report", None, None, None),
    ],
)
def test_a_venue_becomes_a_type_and_a_place(
    venue: str, type_: str, container: str | None, volume: str | None, issue: str | None
) -> None:
    found = reference(venue=venue)
    assert (found.type, found.container, found.volume, found.issue) == (type_, container, volume, issue)


def test_without_a_venue_an_arxiv_identifier_makes_a_preprint_and_nothing_else_makes_anything() -> None:
    assert reference(identifiers=(identifier("arxiv", "1706.03762"),)).type == "preprint"
    assert reference(identifiers=(identifier("doi", "10.1162/neco.1992.4.1.131"),)).type == "unknown"


def test_a_published_paper_shows_its_publishers_doi_before_arxivs() -> None:
    both = (identifier("doi", "10.48550/arXiv.1810.04805"), identifier("doi", "10.18653/v1/N19-1423"))
    assert reference(identifiers=both).doi == "10.18653/v1/n19-1423"
    assert reference(identifiers=both[:1]).doi == "10.48550/arxiv.1810.04805"


def test_names_are_parted_where_family_names_begin_and_nowhere_else() -> None:
    parted = {
        "Jürgen Schmidhuber": ("Schmidhuber", "Jürgen"),
        "Cyprien de Masson d'Autume": ("de Masson d'Autume", "Cyprien"),
        "Oskar van der Wal": ("van der Wal", "Oskar"),
        "Cho, Kyunghyun": ("Cho", "Kyunghyun"),
        "Ming-Wei Chang": ("Chang", "Ming-Wei"),
    }
    assert {text_: (parse_name(text_).family, parse_name(text_).given) for text_ in parted} == parted
    for whole in ("OpenAI", "Ernst and Young", "a, b, c", "The 3rd Group", "<b>x</b> y"):
        assert parse_name(whole).given == ""


HOSTILE_TEX = (
    r"\input{/etc/passwd}",
    "}} @article{x, title={y",
    "100% {unclosed",
    r"ends in \ ",
    "$x$ and $",
    "~^#_&",
    "-- and --- ``x'' <<y>>",
)


@pytest.mark.parametrize("title", HOSTILE_TEX)
def test_no_text_opens_or_ends_a_field_or_means_anything_to_tex(title: str) -> None:
    content = write_bibtex(select(alone(Paper("key", title, (title,), True)), "corpus"))[".bib"]
    entries = bibtex(content)
    assert list(entries) == ["key"]
    assert same_text(entries["key"]["title"], one_line(title))
    raw = re.search(r"title = \{\{(.*)\}\},\n", content)[1]
    assert not re.search(r"(?<!\\)[%$#&_~^]", re.sub(r"\\text\w+\{\}", "", raw))
    assert raw.count("{") == raw.count("}")


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
@example("\u0130 \u2028 \\")
@example(string.printable)
def test_any_title_comes_back_from_bibtex(title: str) -> None:
    content = write_bibtex(select(alone(Paper("key", title)), "corpus"))[".bib"]
    entries = bibtex(content)
    found = entries["key"].get("title", NOTHING).value
    assert same_text(found, one_line(title)) or found.replace(" ", "") == one_line(title).replace(
        "^", "\u02c6"
    ).replace(" ", "")


# RIS


def test_rispy_reads_the_same_papers_back(of: Case) -> None:
    rows = {row["id"]: row for row in rispy.loads(text(of.name, "ris"))}
    assert set(rows) == of.keys
    for key, row in rows.items():
        paper = of.paper(key)
        assert row.get("title", "") == one_line(paper.title or "")
        assert [set(words(name)) for name in row.get("authors", [])] == people(paper)
        assert row.get("urls", []) == ([paper.url] if paper.url else [])
        assert row["type_of_reference"] in ("JOUR", "CONF", "RPRT", "UNPB", "GEN")
        assert row["database_provider"].startswith("citation-lineage ")
        assert not [name for name, value in row.items() if not value]
        assert (paper.date or "") in row["notes"][0]


def test_a_ris_file_begins_with_a_type_and_has_no_line_of_another_kind(of: Case) -> None:
    lines = text(of.name, "ris").split("\n")
    assert lines[0].startswith("TY  - ")
    assert all(not line or re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
@example("a\nTY  - JOUR\nER  - ")
def test_any_title_comes_back_from_ris(title: str) -> None:
    row = rispy.loads(write_ris(select(alone(Paper("key", title)), "corpus"))[".ris"])[0]
    assert row.get("title", "").split() == one_line(title).split()


# CSL-JSON. The schema says what https://docs.citationstyles.org/en/stable/specification.html and the input
# schema of CSL 1.0.2 (github.com/citation-style-language/schema) say of the fields that we write; no other.

TEXT = {"type": "string", "minLength": 1}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "additionalProperties": False,
}
NAME = {
    "type": "object",
    "properties": {"family": TEXT, "given": TEXT, "literal": TEXT},
    "additionalProperties": False,
    "minProperties": 1,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": TEXT,
            "type": {"enum": ["article", "article-journal", "paper-conference", "report", "document"]},
            "author": {"type": "array", "items": NAME, "minItems": 1},
            "issued": DATE,
            "custom": {"type": "object"},
            **dict.fromkeys(("title", "container-title", "publisher", "volume", "issue", "DOI", "URL", "number"), TEXT),
            **dict.fromkeys(("keyword", "note", "source"), TEXT),
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}


def test_csl_json_is_what_its_schema_allows_and_holds_the_same_papers(of: Case) -> None:
    items = json.loads(text(of.name, "csl"))
    jsonschema.validate(items, CSL)
    assert {item["id"] for item in items} == of.keys
    assert len(items) == len(of.keys)
    for item in items:
        paper, data = of.paper(item["id"]), of.lineage.graph.nodes[item["id"]]
        assert item.get("title", "") == one_line(paper.title or "")
        names = [set(words(" ".join(name.values()))) for name in item.get("author", [])]
        assert names == people(paper)
        assert item["custom"].get("date") == paper.date
        assert item["custom"].get("list_numbers", []) == list(data["numbers"])
        assert item["custom"].get("themes", []) == list(data["themes"])
        assert item["custom"].get("identifiers", []) == [str(each) for each in paper.identifiers]
        assert item["custom"].get("date_basis") == paper.date_basis


def test_the_whole_corpus_comes_back_paper_by_paper() -> None:
    selection = select(shipped(), "corpus")
    keys = set(shipped().corpus.papers)
    library = bibtexparser.parse_string(write_bibtex(selection)[".bib"])
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == keys
    assert {row["id"] for row in rispy.loads(write_ris(selection)[".ris"])} == keys


def test_one_paper_alone_is_the_same_as_in_the_file(of: Case) -> None:
    entries = [bibtex_of(of.lineage, key) for key in of.selection.keys]
    assert text(of.name, "bibtex").partition("\n@")[2] == "\n\n".join(entries).removeprefix("@")
    assert json.loads(text(of.name, "csl")) == [csl_of(of.lineage, key) for key in of.selection.keys]
    with pytest.raises(KeyError):
        bibtex_of(of.lineage, "nobody")


# Readers of all three


KINDS = {
    "bahdanau2014 biderman2023 dao2022 devlin2018 geiping2022 hoffmann2022 howard2018 hu2021 lewis2019 mnih2016 "
    "ouyang2022 stiennon2020 vaswani2017 wang2022selfinstruct xiong2020 two": "conference",
    "bai2022constitutional lialin2023 rae2021 schulman2017 ziegler2019 one": "preprint",
    "schmidhuber1992 yang2023 four": "article",
    "radford2018": "report",
    "three": "unknown",
}
"""What the papers of the shipped list and of `evidence` are, as their venues say."""

CSL_TYPES = {
    "bibtex": {"preprint": "document", "unknown": "document"},
    "ris": {"preprint": "manuscript", "unknown": "document"},
    "csl": {"preprint": "article", "unknown": "document"},
}
"""The CSL type of what citation.js reads; the same for each format where it is not listed."""
for types in CSL_TYPES.values():
    types |= {"conference": "paper-conference", "article": "article-journal", "report": "report"}


def family(person: dict[str, str]) -> str:
    """The last word of a family name: citation.js splits "van den Berg" into a particle and a name."""
    return (person.get("family") or person["literal"]).split()[-1]


def year_of_publication(paper: Paper) -> int | None:
    in_venue = re.search(r"\d{4}$", paper.venue or "")
    date = paper.publication_date or (in_venue and in_venue[0]) or paper.date
    return int(date[:4]) if date else None


@pytest.mark.parametrize(("format_", "type_"), [("bibtex", "@bibtex/text"), ("ris", "@ris/file"), ("csl", "")])
@pytest.mark.parametrize("name", ["list", "evidence"])
def test_citation_js_reads_what_the_corpus_says(name: str, format_: str, type_: str, tmp_path: Path) -> None:
    of = case(name)
    items = {
        item["id"]: item
        for item in read_with_node("read_references.mjs", text(name, format_), tmp_path, *filter(None, [type_]))
    }
    assert set(items) == of.keys
    kinds = {key: kind for keys, kind in KINDS.items() for key in keys.split()}
    for key, item in items.items():
        paper = of.paper(key)
        assert item.get("title") == paper.title
        assert item["type"] == CSL_TYPES[format_][kinds[key]], key
        dois = [each.value for each in paper.identifiers if each.scheme == "doi"]
        assert item.get("DOI") in (dois or [None])
        assert item.get("URL") == paper.url
        families = [author.split()[-1] for author in paper.authors]
        others = ["others"] if format_ == "bibtex" and paper.authors and not paper.authors_complete else []
        assert [family(person) for person in item.get("author", [])] == [*families, *others]
        year = year_of_publication(paper)
        assert item.get("issued", {"date-parts": [[None]]})["date-parts"][0][0] == year


@pytest.mark.parametrize(("format_", "type_"), [("bibtex", "@bibtex/text"), ("ris", "@ris/file"), ("csl", "")])
def test_citation_js_reads_where_a_paper_was_published(format_: str, type_: str, tmp_path: Path) -> None:
    items = {
        item["id"]: item
        for name in ("list", "evidence")
        for item in read_with_node("read_references.mjs", text(name, format_), tmp_path, *filter(None, [type_]))
    }
    places = {key: tuple(items[key].get(name) for name in ("container-title", "volume", "issue")) for key in items}
    assert places["schmidhuber1992"] == ("Neural Computation", "4", "1")
    assert places["yang2023"] == ("ACM TKDD", "18", "6")
    assert places["four"] == ("Nature", "521", "7553")
    assert places["devlin2018"] == ("NAACL 2019", None, None)
    assert places["two"] == ("NeurIPS 2004", None, None)
    for key in ("rae2021", "radford2018", "one", "three"):
        assert places[key] == (None, None, None)
    assert items["radford2018"]["publisher"] == "OpenAI"


@pytest.mark.parametrize("format_", ["bibtex", "ris", "csl"])
@pytest.mark.parametrize("name", ["list", "neighbourhood", "evidence"])
def test_our_reader_of_lists_takes_every_paper_back(name: str, format_: str, tmp_path: Path) -> None:
    of = case(name)
    path = tmp_path / f"library{ENDINGS[format_]}"
    path.write_text(text(name, format_), "utf-8")
    wants = read_targets(path)
    assert not wants.notes
    found = {}
    for wanted in wants.papers:
        ids = {str(parse_identifier(each)) for each in wanted.api_ids}
        key = next(k for k in of.keys if _is(of.paper(k), ids, wanted.title))
        found[key] = ids
    known = {key for key in of.keys if of.paper(key).title or of.paper(key).identifiers}
    assert set(found) == known
    for key, ids in found.items():
        assert {i for i in ids if i.startswith(("arxiv:", "doi:"))} <= {str(i) for i in of.paper(key).identifiers}
        assert bool(ids) == bool(of.paper(key).identifiers)


def _is(paper: Paper, ids: set[str], title: str | None) -> bool:
    if ids:
        return bool(ids & {str(each) for each in paper.identifiers})
    return title == paper.title


def test_hostile_texts_are_all_there() -> None:
    titles = [item["title"] for item in json.loads(text("hostile", "csl"))]
    assert titles == [one_line(title) for title in TEXTS]


def test_a_person_reads_words_and_no_name_of_a_field_of_the_corpus() -> None:
    """In notes, descriptions and lists that are made to be read; `date_basis` stays a word of the tables."""
    files = [select(shipped(), "BERT → InstructGPT", top=3), select(shipped(), "layer normalization")]
    made = "".join(find_format(name).write(each)[ending] for each in files for name, ending in READ)
    assert "entries 17 and 24 of the reading list" in made
    assert "2018-10-11 (the date of its first version)" in made
    assert "2016-07 (by its arXiv identifier)" in made
    assert "Sarah Henderson, and others. " in made
    assert not re.search(r"first\\?_version|arxiv\\?_identifier", made)


@pytest.mark.parametrize("format_", ["bibtex", "ris", "csl"])
def test_the_numbers_of_pubmed_come_back_from_every_bibliography(format_: str, tmp_path: Path) -> None:
    ids = ("pmid:90000001", "pmcid:900001", "openalex:W2741809607")
    paper = Paper("a", "Tides", identifiers=tuple(identifier(*each.split(":")) for each in ids))
    entry = Entry(1, (), "Tides", identifiers=paper.identifiers)
    lineage = build_lineage(Corpus({"a": paper}), ReadingList("Seas", (), (entry,)))
    path = tmp_path / f"library{ENDINGS[format_]}"
    path.write_text("".join(find_format(format_).write(select(lineage, "list")).values()), "utf-8")
    (read,) = read_targets(path).papers
    assert read.api_ids == ("PMID:90000001", "PMCID:900001")
    assert all(each in path.read_text("utf-8") for each in ids)
