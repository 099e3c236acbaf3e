"""The papers to fetch: what a line or a file names, and what the service is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model.identifiers import identifier
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.sources.fetch.targets import Target, parse_targets, read_targets, targets_of_list

SHA = "0123456789abcdef0123456789abcdef01234567"
LIST = """
title = "Mine"
[[entries]]
number = 3
themes = []
title = "Learning to Align"
first_author = "Ann Old"
arxiv = "1409.0473"
"""


@pytest.mark.parametrize(
    ("line", "api_ids"),
    [
        ("1810.04805v2", ["ARXIV:1810.04805"]),
        ("https://arxiv.org/abs/1810.04805", ["ARXIV:1810.04805"]),
        ("doi:10.1000/X", ["DOI:10.1000/x"]),
        ("10.1145/3292500.3330701.pdf", ["DOI:10.1145/3292500.3330701"]),
        ("read 10.1145/3292500.3330701.PDF.", ["DOI:10.1145/3292500.3330701"]),
        (
            "see 1810.04805 and also 10.18653/v1/N19-1423.",
            ["ARXIV:1810.04805", "ACL:N19-1423", "DOI:10.18653/v1/n19-1423"],
        ),
        ("BERT 1810.04805v2, of 2018", ["ARXIV:1810.04805"]),
        ("10.18653/v1/N19-1423", ["ACL:N19-1423", "DOI:10.18653/v1/n19-1423"]),
        ("10.48550/arXiv.1810.04805", ["ARXIV:1810.04805", "DOI:10.48550/arxiv.1810.04805"]),
        (SHA.upper(), [SHA]),
        ("CorpusID:52967399", ["CorpusId:52967399"]),
        ("mag:2963403868", ["MAG:2963403868"]),
        ("pmid:123", ["PMID:123"]),
        ("PMCID:pmc123", ["PMCID:123"]),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/", ["PMCID:900001"]),
        ("https://openalex.org/W2741809607", []),
        ("omid:br/06101801781 doi:10.1000/x pmid:123", ["DOI:10.1000/x", "PMID:123"]),
        ("pmcid:123", ["PMCID:123"]),
        ("URL:https://example.org/PMC", ["URL:https://example.org/PMC"]),
        ("http://example.org/paper", ["URL:http://example.org/paper"]),
        ("https://example.org/paper", ["URL:https://example.org/paper"]),
    ],
)
def test_an_identifier_or_a_link_is_what_the_service_is_asked_for(line, api_ids):
    (target,) = parse_targets([line], where="a test").papers
    assert target == Target(f"line 1: {line}", tuple(api_ids))


@pytest.mark.parametrize(
    "line",
    ["Attention Is All You Need", "MAG: not a number", "see https://example.org", "Seas of 1234.56789 and 2101.9001 m"],
)
def test_any_other_line_is_a_title(line):
    assert parse_targets([line], where="a test").papers == (Target(f"line 1: {line}", title=line),)


def test_blank_lines_comments_and_a_byte_order_mark_are_skipped_and_lines_keep_their_numbers():
    lines = ["\ufeff# my list", "1. .", "  1409.0473 \n", "# 1601.00001", "\ufeffA Title"]
    assert [
        (target.label, target.api_ids or target.title) for target in parse_targets(lines, where="a test").papers
    ] == [
        ("line 3: 1409.0473", ("ARXIV:1409.0473",)),
        ("line 5: A Title", "A Title"),
    ]


def test_a_line_with_two_papers_names_two_and_one_with_two_identifiers_of_a_paper_one():
    lines = [
        "2101.90001, 2101.90002",
        "arXiv:2101.90003 doi:10.5555/x",
        "- Tides and Waves",
        "1409.0473 or 2101.90004.",
    ]
    papers = parse_targets(lines, where="a test").papers
    assert [paper.api_ids or paper.title for paper in papers] == [
        ("ARXIV:2101.90001",),
        ("ARXIV:2101.90002",),
        ("ARXIV:2101.90003", "DOI:10.5555/x"),
        "Tides and Waves",
        ("ARXIV:1409.0473",),
        ("ARXIV:2101.90004",),
    ]


def test_a_long_line_is_shortened_in_its_label_alone():
    (target,) = parse_targets(["x" * 200], where="a test").papers
    assert (len(target.label), target.title) == (len("line 1: ") + 60, "x" * 200)


@pytest.mark.parametrize("lines", [[], ["", "# only a comment"]])
def test_no_line_is_an_error_that_names_the_place(lines):
    with pytest.raises(InputError, match="my place: no paper is named here; give one identifier or title a line"):
        parse_targets(lines, where="my place")


def test_a_reading_list_names_the_papers_of_its_entries():
    entries = (
        Entry(
            1,
            ("t",),
            "Sequence to Sequence",
            first_author="Ilya Sutskever",
            names=("Seq2Seq",),
            identifiers=(
                identifier("doi", "10.18653/v1/N19-1423"),
                identifier("s2", SHA),
                identifier("arxiv", "1409.3215"),
                identifier("corpusid", "7"),
            ),
        ),
        Entry(2, ("t",), "A Title of " + "x" * 100, identifiers=(identifier("arxiv", "1409.0473"),)),
    )
    reading_list = ReadingList("Mine", (Theme("t", "T"),), entries)
    targets = targets_of_list(reading_list)
    assert targets.reading_list is reading_list
    assert targets.papers[0] == Target(
        "entry 1: Seq2Seq",
        (SHA, "CorpusId:7", "ARXIV:1409.3215", "ACL:N19-1423", "DOI:10.18653/v1/n19-1423"),
        "Sequence to Sequence",
        "Ilya Sutskever",
    )
    assert targets.papers[1].label == "entry 2: A Title of " + "x" * 48 + "…"


@pytest.mark.parametrize("name", ["list.toml", "LIST.TOML", "list.txt", "list"])
def test_a_reading_list_is_recognised_whatever_the_name_of_its_file(tmp_path: Path, name):
    path = tmp_path / name
    path.write_text(LIST)
    targets = read_targets(path)
    assert targets.papers == (
        Target("entry 3: Learning to Align", ("ARXIV:1409.0473",), "Learning to Align", "Ann Old"),
    )
    assert targets.reading_list is not None


def test_any_other_file_has_a_paper_a_line(tmp_path: Path):
    path = tmp_path / "ids.txt"
    path.write_text("# mine\n1409.0473\ntitle = 7\n", encoding="utf-8-sig")
    assert [target.label for target in read_targets(path).papers] == ["line 2: 1409.0473", "line 3: title = 7"]
    assert read_targets(path).reading_list is None


@pytest.mark.parametrize("name", ["list.toml", "LIST.TOML"])
def test_a_broken_reading_list_is_refused_and_not_read_as_lines(tmp_path: Path, name):
    path = tmp_path / name
    path.write_text("title = \n")
    with pytest.raises(InputError, match=rf"{name}: broken TOML"):
        read_targets(path)


def test_an_empty_file_is_an_error_that_names_it(tmp_path: Path):
    path = tmp_path / "ids.txt"
    path.write_text("\n")
    with pytest.raises(InputError, match=r"ids\.txt: no paper is named here"):
        read_targets(path)


def test_a_long_text_is_refused_before_its_lines_are_read_and_a_long_export_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("graph.sources.fetch.targets.LARGEST_LINES", 30)
    path = tmp_path / "list"
    path.write_text("TY  - JOUR\nTI  - Tides of the southern seas\nER  - \n")
    assert [paper.title for paper in read_targets(path).papers] == ["Tides of the southern seas"]
    path.write_text("Tides\n" * 5)
    assert len(read_targets(path).papers) == 5
    path.write_text("Tides\n" * 6)
    monkeypatch.delattr("graph.sources.fetch.targets._targets_of_text")
    with pytest.raises(InputError, match="list: this is no export of references, and has more than 30 characters"):
        read_targets(path)


MAIL = """Hi Bo,

as discussed yesterday, I think that we should read these papers before the meeting.
They are about attention, and I liked the second one more than the first.

Attention Is All You Need
BERT: Pre-training of Deep Bidirectional Transformers

Could you also ask Cem whether he knows of others? Thank you.
"""
README = """# Tides
Tides is a package for levels of water. It reads
tables and writes forecasts, as `tides --help` says.

```sh
pip install tides
```

- Fast: it takes a second.
- There is one function, see [the guide](guide.md).
"""
_FIELDS = "this begins with named fields, as a mail"
_PAGE = "this is a web page"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (MAIL, "this is running text: of its 6 lines 2 may name a paper; copy the titles or identifiers"),
        (README, "this is running text: of its 6 lines 0 may name a paper"),
        ("Subject: Papers\nFrom: Jo <jo@example.org>\n\nAttention Is All You Need\n", _FIELDS),
        ("From jo@example.org Mon Jan  1 2024\nSubject: Papers\nDate: Mon\n\nTides\n", _FIELDS),
        ("712\nReceived: from a by b\n  with SMTP id 5;\n Mon, 1 Jan\nReturn-Path: <x>\n\nTides\n", _FIELDS),
        ("Subject: Papers\nX-Mailer: m\n\nTides\n", _FIELDS),
        ("Von: Jo Doe\nGesendet: Montag\nAn: Ann\nBetreff: Liste\n\nTides\n", _FIELDS),
        ("De : Jo <jo@example.org>\nÀ : Ann\n\nTides\n", _FIELDS),
        ("content-type: text/html\nserver: nginx\n\nTides\n", _FIELDS),
        ("Metadata-Version: 2.1\nName: tides\n\nTides\n", _FIELDS),
        ("HTTP/1.1 200 OK\nServer: nginx\n\nTides", "this is the answer of a web server"),
        ("---\ntitle: Notes\n- Tides\n", "this is a note"),
        ("---\nreferences:\n- title: Tides\n---\n", "this is YAML"),
        ('+++\ntitle = "Notes"\n- Tides\n', "this is a note"),
        ("BEGIN:VCARD\nFN:Jo\nEND:VCARD\n", "this is an address or a calendar"),
        ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nTides", "this is a key or a signed message"),
        ("#!/usr/bin/env python3\nimport os\n", "this is a program"),
        ("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-Tides\n+Seas\n", "this is a patch"),
        ("[InternetShortcut]\nURL=https://example.org/tides\n", "this is a link or settings"),
        ("- title: Tides\n  year: 2020\n- title: Seas\n  year: 2021\n", "this is YAML"),
        ("%!PS-Adobe-3.0\n/x 1 def\n", "this is PostScript"),
        ("\n\n%PDF-1.4\n1 0 obj\nendobj\n", "this is a PDF"),
        ("<svg xmlns='x'><text>Tides</text></svg>", r"this is a picture \(SVG\)"),
        ("<!-- saved from an address -->\n<html>", _PAGE),
        ("<div class='x'>Tides</div>\n<div>Seas</div>", _PAGE),
        ("<table><tr><td>Tides</td></tr></table>", _PAGE),
        ("Mine<br>\n<ul>\n<li>Tides</li>\n<li>Seas</li>\n</ul>", "this is a part of a web page"),
    ],
)
def test_a_text_that_is_no_list_is_named_and_none_of_its_lines_is_a_title(tmp_path: Path, text: str, what: str):
    (tmp_path / "list.txt").write_text(text, "utf-8")
    with pytest.raises(InputError, match=rf"list\.txt: {what}") as told:
        read_targets(tmp_path / "list.txt")
    assert told.value.remedy
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("BERT: Pre-training\nRoBERTa: A Robustly\n\nGPT-3: Few-Shot\n", ["BERT", "RoBERTa", "GPT-3"]),
        ("Date: A Study of Dates\nSource Coding: A Study\n", ["Date", "Source Coding"]),
        ("From attention to transformers\nTo BERT or not\n", ["From", "To"]),
        ("<i>E. coli</i> genome\n<i>B. subtilis</i> genome\n", ["E. coli", "B. subtilis"]),
        ("- [x] Tides\n- [ ] Seas\n", ["Tides", "Seas"]),
        ("---\ntitle: Notes\ntags:\n  - sea\n---\n\n- Tides\n![map](map.png)\n[[Seas|S]]\n", ["Tides", "Seas"]),
        ("---\na: 1\nb: 2\nc: 3\nd: 4\n---\n\n| Title | DOI |\n|---|---|\n| Tides | |\n", ["Tides"]),
        ('+++\ntitle = "Notes"\ndate = 2020-01-01\n+++\n\n- Tides\n', ["Tides"]),
        ("attention is all you need\nwhat is a tide?\nbert, and how it works:\n", ["attention", "what", "bert"]),
        ("Attention is all you need.\nWhat is a tide?\nSeas. It ebbs.\nRivers\n", ["Attention", "What", "Seas", "R"]),
        ("– **Tides** at ~~sea~~\n→ ==Seas==\n", ["Tides at sea", "Seas"]),
        ("a) [Tides](https://example.org/a_(b))\n(iv) *Seas* of __old__\n", ["Tides", "Seas of old"]),
        (
            "A* search and B* trees\nThe x_1 and_x_2 of *\nC* of [seas]\n",
            ["A* search and B* t", "The x_1 and_x_2 of *", "C* of [seas]"],
        ),
    ],
)
def test_titles_that_resemble_other_texts_are_titles(tmp_path: Path, text: str, titles: list[str]):
    (tmp_path / "list.txt").write_text(text, "utf-8")
    found = [paper.title or "" for paper in read_targets(tmp_path / "list.txt").papers]
    assert len(found) == len(titles)
    assert all(map(str.startswith, found, titles))


WRAPPED = """References and Notes
Ann Ono, Bo Li, and Cem
Cruz. 2019. Tides of the open sea, and of deep bidi-
rectional rivers. In Proceedings of the Sea.
123
Neural Information Processing Systems, 2019.
Dora Novak and Emil
Berg. 2018. Few-
shot memory of rivers.
Technical report, OpenSea.
Sea Institute. 2023. Sea technical report. arXiv:2303.08774.
"""
IEEE = """References
[1] A. Ono et al., “Tides of the open sea,” in Advances in Tides, vol. 30, 2017, pp. 59–60.
[2] B. Li, C. Cruz, and D. Novak, “Waves: Pre-
training of deep sand,” in Proc. Sea, Oslo, Jun. 2019, doi: 10.5555/waves.1.
[3] E. Berg and F. Holm, "Short-term memory of
rivers," River Comput., vol. 9, pp. 1735-1780, Nov. 1997.
"""
PARAGRAPHS = """Ann B. Ono, Łukasz Li, and Cem
Cruz. 2017. Tides of the open
sea. In Advances in Tides.

Dora Novak and Emil Berg. 2018. Short-term memory of rivers. In River
Computing, pages 1-9.
"""
HANGING = """Ono, A., Li, B., & Cruz, C. (2017). Tides of the open
    sea. Advances in Tides, 30, 59-60.
Novak, D. (2018). Short-term memory of rivers. River
    Computing.
"""


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        (WRAPPED, [("Tides of the open sea, and of deep bidirectional rivers", "Ann Ono", 2019),
                   ("Few-shot memory of rivers", "Dora Novak", 2018), (None, None, None)]),
        (IEEE, [("Tides of the open sea", "A. Ono", 2017), (None, None, None),
                ("Short-term memory of rivers", "E. Berg", 1997)]),
        (PARAGRAPHS, [("Tides of the open sea", "Ann B. Ono", 2017),
                      ("Short-term memory of rivers", "Dora Novak", 2018)]),
        (HANGING, [("Tides of the open sea", "Ono, A.", 2017), ("Short-term memory of rivers", "Novak, D", 2018)]),
        ("1. Ono A, Li B, et al. Tides of the open sea. Nature. 2021;59:583-9.\n2. Deep rivers\n",
         [("Tides of the open sea", "Ono A", 2021), ("Deep rivers", None, None)]),
        ("Ono, A., Li, B. & Cruz, C. Tides of the sea. Nature 521, 436–444 (2015).",
         [("Tides of the sea", "Ono, A.", 2015)]),
        ("Ono, A. (2017). Tides of the open sea. Advances.\nDeep rivers\nNovak, D. (2018). Short rivers. River.\n",
         [("Tides of the open sea", "Ono, A", 2017), ("Deep rivers", None, None),
          ("Short rivers", "Novak, D", 2018)]),
    ],
    ids=["wrapped", "numbered", "paragraphs", "indented", "medicine", "Nature", "a title between"],
)  # fmt: skip
def test_references_as_papers_print_them_are_asked_for_by_title_author_and_year(tmp_path: Path, text, papers):
    (tmp_path / "refs.txt").write_text(text, "utf-8")
    found = read_targets(tmp_path / "refs.txt").papers
    assert [(each.title, each.first_author, each.year) for each in found] == papers


def test_a_piece_of_an_identifier_costs_no_other_line():
    found = parse_targets(["10.1038/", "Tides"], where="mine.txt")
    assert [paper.title for paper in found.papers] == ["Tides"]
    (note,) = found.notes
    assert note.startswith("mine.txt, line 1: '10.1038/' begins as an identifier does and is none; write all of it")


def test_a_dash_stands_for_the_author_of_the_line_before_and_a_pointer_to_another_reference_is_left_out():
    lines = [
        "D. Knuth. The art of seas. Addison, 1968.",
        "— — —. More of the art. Addison, 1969.",
        "Ibid., p. 3.",
        "Idem",
    ]
    found = parse_targets(lines, where="mine.txt")
    assert [(each.title, each.first_author) for each in found.papers] == [
        ("The art of seas", "D. Knuth"),
        ("More of the art", "D. Knuth"),
    ]
    assert [note.partition(": ")[2] for note in found.notes] == [
        "'Ibid., p. 3.' refers to another reference; left out; name the paper itself",
        "'Idem' refers to another reference; left out; name the paper itself",
    ]


def test_a_reference_with_an_identifier_over_several_lines_is_one_paper(tmp_path: Path):
    (tmp_path / "refs.txt").write_text(IEEE, "utf-8")
    found = read_targets(tmp_path / "refs.txt").papers[1]
    assert (found.api_ids, found.place) == (("DOI:10.5555/waves.1",), "line 3")


@pytest.mark.parametrize(
    ("line", "first_author", "year"),
    [
        ("Tides of the sea (Ono et al., 1999)", "Ono", 1999),
        ("Tides of the sea (1999)", None, 1999),
        ("- Tides of the sea - Ono et al. 1999", "Ono", 1999),
        ("Tides of the sea, Ono et al., 1999", "Ono", 1999),
        ("Tides of the sea by van den Ono et al. (1999)", "van den Ono", 1999),
        ("3. Ono et al. (1999) Tides of the sea", "Ono", 1999),
        ("Ono et al., 1999. Tides of the sea.", "Ono", 1999),
        ("Ono et al. 1999 – Tides of the sea", "Ono", 1999),
        ("Ono, Ann. “Tides of the sea.” Sea 3, no. 2 (1999): 1–9.", "Ono", 1999),
        ("Ono, A., & Li, B.-C. (1999, June). Tides of the sea. In Seas.", "Ono, A.", 1999),
        ("Ono, A., Li, B., … Cruz, C. (1999). Tides of the sea. In Seas.", "Ono, A.", 1999),
        ("Ann B Ono and Bo Li. Tides of the sea. In Seas, 1999.", "Ann B Ono", 1999),
        ("Ono, A., Li, B., and Cruz, C. Tides of the sea, 1999.", "Ono, A.", 1999),
        ("Ono, Ann B. Tides of the sea. Oslo: Sea Press, 1999.", "Ono", 1999),
        ("A. Ono, B. Li, Tides of the sea, Seas 21 (1999) 1–9.", "A. Ono", 1999),
        ("Ono, A. et al. (1999) ‘Tides of the sea’, Seas, 30, pp. 1–11.", "Ono, A.", 1999),
        ("ONO A, LI B, CRUZ C, et al. Tides of the sea[C]//Proceedings on seas. 1999: 1-9.", "ONO A", 1999),
        ("Ono, A. et Li, B. (1999). « Tides of the sea ». Revue des mers, 12(3), 45-67.", "Ono, A.", 1999),
        ("ONO Anne, LI Bo, « Tides of the sea », Revue des mers, vol. 12, n° 3, 1999, p. 45-67.", "ONO Anne", 1999),
        ("Ono, A.; Li, B.: Tides of the sea. In: Zeitschrift für Meere 12 (1999), S. 3–9.", "Ono, A.", 1999),
        ("Ono, A.: »Tides of the sea«. In: Meere, 1999.", "Ono, A.", 1999),
        ("Ono, Anne / Li, Bo: Tides of the sea. München: Beck, 1999.", "Ono", 1999),
        ("A. Ono, B. Li, and C. Cruz, Tides of the sea, J. Sea Res. 12 (1999), no. 3, 1-20.", "A. Ono", 1999),
        ("A. Ono, *Tides of the sea*, J. Sea Res. 12 (1999), no. 3, 1-20.", "A. Ono", 1999),
        ("A. Ono and B. Li, Tides of the sea, 2nd ed. New York, NY, USA: Wiley, 1999, pp. 1-9.", "A. Ono", 1999),
        ("A. Ono, Tides of the sea (Wiley, New York, 1999), 3rd ed.", "A. Ono", 1999),
        ("Ono A, Li B, editors. Tides of the sea. 2nd ed. Oslo: Sea Press; 1999. 120 p.", "Ono A", 1999),
        ("van 't Ono A, de la Cruz B. Tides of the sea. Sea. 1999;12:1-9.", "van 't Ono A", 1999),
        ("G. 't Ono, Tides of the sea, Nucl. Seas B 33 (1999) 173-199.", "G. 't Ono", 1999),
    ],
)
def test_author_and_year_beside_a_title_are_no_part_of_it(line, first_author, year):
    (found,) = parse_targets([line], where="a test").papers
    assert (found.title, found.first_author, found.year) == ("Tides of the sea", first_author, year)


@pytest.mark.parametrize(
    "title",
    [
        "“Why Should I Trust You?”: Explaining the Predictions of Any Classifier",
        "ImageNet Large Scale Visual Recognition Challenge 2012",
        "The 2018 challenge of tides",
        "CS 2013 Curriculum Guidelines for Undergraduate Programs",
        "Task 1, 2017: Similarity of tides, seas and rivers",
        "Findings of the 2016 Conference on Tides (WMT16)",
        "1984: a novel about 2020",
        "Ono et al. (2019)",
        "Sea Technical Report, 2023",
        "Tides. A history. 1500-1900",
    ],
)
def test_a_year_or_quotes_in_a_title_do_not_make_it_a_reference(title):
    (found,) = parse_targets([title], where="a test").papers
    assert (found.title, found.first_author, found.year) == (title, None, None)
