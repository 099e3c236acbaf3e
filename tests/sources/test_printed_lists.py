"""Printed bibliographies from real files, read as they were printed; the counts are those of the files' own papers."""

from __future__ import annotations

import unicodedata
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.sources.printed_lists.entries import Entry, PrintedList, Work
from graph.sources.printed_lists.read import Bibliography, read_bibliography
from graph.sources.printed_lists.reference_lines import one_a_line
from graph.sources.printed_lists.tex_text import _as_text

FOLDER = Path(__file__).parents[1] / "recorded" / "bibliographies"
DOIS = {
    "10.1162/neco.1997.9.8.1735", "10.18653/v1/n19-1423", "10.18653/v1/n18-1202", "10.1162/neco.1992.4.1.131",
    "10.1007/978-3-319-24574-4_28", "10.5486/pmd.1959.6.3-4.12",
    "10.1002/(sici)1097-4571(199009)41:6<391::aid-asi1>3.0.co;2-9",
}  # fmt: skip
ARXIV = {"1409.0473", "1706.03762", "1607.06450", "1412.6980", "2001.04451", "1810.04805"}
BY_CITATION = (
    *("bahdanau2014neural", "vaswani2017attention", "hochreiter1997long", "devlin-etal-2019-bert", "peters2018deep"),
    *("radford2018improving", "ba2016layer", "kingma2014adam", "schmidhuber1992learning", "ronneberger2015unet"),
    *("erdos1959random", "deerwester1990indexing", "kitaev2020reformer", "devlin2018bert-again"),
)


def read(*names: str) -> Bibliography:
    return read_bibliography({name: (FOLDER / name).read_bytes() for name in names})


def of_text(text: str, name: str = "a.bbl") -> PrintedList:
    return read_bibliography({name: text.encode()}).lists[0]


def bbl(*items: str) -> PrintedList:
    return of_text("\\begin{thebibliography}{9}\n" + "\n\n".join(items) + "\n\\end{thebibliography}\n")


def works(printed: PrintedList) -> list[Work]:
    return [work for entry in printed.entries for work in entry.works]


def values(printed: PrintedList, scheme: str) -> list[str]:
    return [each.value for work in works(printed) for each in work.identifiers if each.scheme == scheme]


def entry(printed: PrintedList, key: str) -> Entry:
    return next(each for each in printed.entries if each.key == key)


def only(entry_: Entry) -> Work:
    (work,) = entry_.works
    return work


# One bibliography of 14 entries through the tools that people use.


@pytest.mark.parametrize(
    ("name", "titles", "dois", "arxiv"),
    [
        ("plain.bbl", 14, 0, 4),
        ("unsrtnat.bbl", 14, 7, 4),
        ("IEEEtran.bbl", 14, 0, 4),
        ("acm.bbl", 14, 7, 6),
        ("apsrev4-2.bbl", 2, 7, 6),
        ("biblatex_3.2_sorting_none.bbl", 14, 7, 6),
        ("biblatex_3.3_sorting_nyt.bbl", 14, 7, 6),
        ("latexml_from_bbl.html", 14, 7, 4),
        ("latexml_from_bib.html", 14, 7, 6),
    ],
)
def test_what_a_style_prints_is_read_and_nothing_that_it_does_not_print(name: str, titles: int, dois: int, arxiv: int):
    (printed,) = read(f"made/{name}").lists
    assert not printed.why_partial
    assert [each.number for each in printed.entries] == list(range(1, 15))
    assert sum(bool(work.title) for work in works(printed)) == titles
    assert set(values(printed, "doi")) <= DOIS
    assert len(values(printed, "doi")) == dois
    assert set(values(printed, "arxiv")) <= ARXIV
    assert len(values(printed, "arxiv")) == arxiv
    years = [2014, 2017, 1997, 2019, 2018, 2018, 2016, 2014, 1992, 2015, 1959, 1990, 2020, 2018]
    assert Counter(work.year for work in works(printed)) - Counter({2014: 2, 2015: 2}) == Counter(years) - Counter(
        {2014: 2, 2015: 2}
    )  # the note of one entry is "ICLR 2015"


@pytest.mark.parametrize("name", ["unsrtnat.bbl", "IEEEtran.bbl", "apsrev4-2.bbl", "biblatex_3.2_sorting_none.bbl"])
def test_styles_that_list_by_citation_number_so(name: str):
    (printed,) = read(f"made/{name}").lists
    assert tuple(each.key for each in printed.entries) == BY_CITATION


@pytest.mark.parametrize("name", ["plain.bbl", "acm.bbl", "biblatex_3.3_sorting_nyt.bbl"])
def test_styles_that_sort_number_so(name: str):
    (printed,) = read(f"made/{name}").lists
    assert [printed.entries[number].key for number in (0, 13)] == ["ba2016layer", "vaswani2017attention"]


@pytest.mark.parametrize("files", [("made/unsrtnat.bbl", "made/made.tex"), ("made/made.bib", "made/made.tex")])
def test_the_text_says_where_each_entry_is_cited(files: tuple[str, ...]):
    (printed,) = read(*files).lists
    assert printed.numbering == "printed"
    assert entry(printed, "vaswani2017attention").mentions == 2  # the \nocite is none
    assert entry(printed, "vaswani2017attention").sections == ("1 Introduction", "2 Related work")
    assert entry(printed, "kingma2014adam").sections == ("2.1 Optimisers",)
    assert {each.mentions for each in printed.entries} == {1, 2}
    assert "knuth1984texbook" not in {each.key for each in printed.entries}  # cited in a comment


def test_numbers_of_a_page_stand_in_its_links_where_its_labels_are_names():
    (printed,) = read("made/latexml_from_bbl.html").lists
    assert printed.numbering == "printed"
    assert printed.entries[0].sections == ("1 Introduction",)
    assert [each.mentions for each in printed.entries[:3]] == [1, 2, 1]


def test_a_page_made_from_a_database_is_sorted_anew_and_its_labels_count():
    (printed,) = read("made/latexml_from_bib.html").lists
    assert printed.entries[0].key == "bib.bib7"
    assert entry(printed, "bib.bib2").mentions == 2
    assert only(entry(printed, "bib.bib12")).identifiers[0].value.startswith("10.1002/(sici)")


# Real files.


def test_a_natbib_list_has_no_printed_numbers_and_only_its_own_identifiers():
    (printed,) = read("natbib_plainnat.bbl").lists
    assert (len(printed.entries), printed.numbering, printed.why_partial) == (59, "position", ())
    assert len(values(printed, "doi")) == 34
    assert values(printed, "arxiv") == []
    assert only(entry(printed, "amara08")).authors[1] == "A. Réfrégier"
    assert entry(printed, "alsing16").raw.count("\\penalty0")


def test_a_database_adds_what_is_not_printed_and_says_so():
    found = read("natbib_plainnat.bbl", "natbib_plainnat.bib", "natbib_plainnat.cites.tex")
    (printed,) = found.lists
    assert len(values(printed, "arxiv")) == 38
    assert {work.elsewhere.get("arxiv") for work in works(printed) if "arxiv" in work.elsewhere} == {
        "natbib_plainnat.bib"
    }
    assert sum(each.mentions or 0 for each in printed.entries) == 77  # and one of a key that neither file has
    assert any("'HSM'" in remark for remark in printed.remarks)


def test_a_database_is_a_list_only_with_the_text_that_cites():
    (printed,) = read("natbib_plainnat.bib", "natbib_plainnat.cites.tex").lists
    assert (len(printed.entries), printed.numbering) == (59, "position")
    with pytest.raises(InputError, match=r"the \.tex that cites"):
        read("natbib_plainnat.bib")
    with pytest.raises(InputError, match=r"its \.bbl or \.bib"):
        read("made/made.tex")


def test_a_list_without_blocks_has_its_titles_emphasized():
    (printed,) = read("plain_no_newblock.bbl").lists
    assert [each.number for each in printed.entries] == list(range(1, 25))  # the width argument says 10
    assert only(printed.entries[3]).title == "A continuum method for modeling surface tension"
    assert only(printed.entries[4]).title == "Fluid Mechanics – Volume 6: Course of Theoretical Physics"
    assert printed.entries[0].works == ()  # software, with an address alone
    assert values(printed, "doi") == values(printed, "arxiv") == []


def test_jats_with_labels_has_its_numbers_and_ranges_cite_what_lies_between():
    found = read("jats_mixed_citation.xml")
    (printed,) = found.lists
    assert (len(printed.entries), printed.numbering, printed.why_partial) == (32, "printed", ())
    assert len(values(printed, "pmid")) == 21
    assert [each.number for each in printed.entries if not each.works] == [19, 20]  # text that tells no title
    assert only(printed.entries[2]).title == "Rift Valley fever"
    assert printed.entries[26].mentions == 1  # inside "[26]-[29]" alone
    assert sum(each.mentions or 0 for each in printed.entries) == 43 + 4  # two ranges with two entries inside each
    assert "doi:10.1371/journal.pntd.0002065" in map(str, found.describes)


def test_jats_without_labels_is_numbered_by_position():
    (printed,) = read("jats_element_citation_no_labels.xml").lists
    assert (len(printed.entries), printed.numbering, printed.why_partial) == (58, "position", ())
    assert len(values(printed, "pmid")) == 52
    assert sum(bool(work.title) for work in works(printed)) == 57
    assert all(each.mentions for each in printed.entries)
    assert sum(each.mentions or 0 for each in printed.entries) == 82


def test_awkward_references_of_jats_are_read_as_they_mean():
    (printed,) = read("jats_awkward_refs.xml").lists
    assert len(printed.entries) == 24
    assert printed.why_partial  # numbers with gaps and repeats
    assert [len(entry(printed, key).works) for key in ("c4", "r11")] == [2, 2]
    assert all(entry(printed, key).is_remark and not entry(printed, key).works for key in ("c23", "c34"))
    arxiv = {
        "c31": "2001.02589",
        "c26": "cond-mat/0407066",
        "CR39": "hep-ph/9709449",
        "R5": "1901.11033",
        "bib7": "2501.18477",
    }
    for key, value in arxiv.items():
        assert [str(each) for each in only(entry(printed, key)).identifiers] == [f"arxiv:{value}"]
    for key in ("j_phys-2022-0222_ref_002", "j_phys-2022-0222_ref_003"):
        assert only(entry(printed, key)).title
    assert only(entry(printed, "B1i")).title == "Principles of Condensed Matter Physics"
    assert [work.title for work in entry(printed, "c1").works] == [None]  # a journal is no title


def test_grobid_without_printed_numbers_is_corrected_by_the_printed_strings():
    (printed,) = read("grobid_raw_references.tei.xml").lists
    assert (len(printed.entries), printed.numbering) == (27, "position")
    assert any("GROBID" in why for why in printed.why_partial)
    assert values(printed, "doi") == []
    assert only(entry(printed, "b3")).title == "TabEL: entity linking in web tables"
    assert only(entry(printed, "b8")).authors == ("Oren Etzioni",)
    assert only(entry(printed, "b13")).authors[0] == "Antonio J. Jimeno-Yepes"
    assert sum(each.mentions or 0 for each in printed.entries) == 20  # 8 of 28 links lead nowhere


def test_the_links_of_grobids_text_restore_the_printed_numbers():
    (printed,) = read("grobid_consolidated.tei.xml").lists
    assert (len(printed.entries), printed.numbering) == (49, "printed")
    assert len(values(printed, "doi")) == 47
    assert any("Crossref" in why for why in printed.why_partial)
    assert sum(each.mentions or 0 for each in printed.entries) == 57


def test_a_reference_of_jats_with_two_works_has_both_and_two_forms_of_one_work_are_one():
    def part(title: str, year: int) -> str:
        return f"<element-citation><article-title>{title}</article-title><year>{year}</year></element-citation>"

    def forms(*every: str) -> str:
        return f"<citation-alternatives>{''.join(every)}</citation-alternatives>"

    text = "<mixed-citation>{}</mixed-citation>".format
    first = text("Ono A, Li B. Tides of the sea. Nature. 2019;12(3):45-67. doi: 10.5555/t.")
    refs = (
        first + text("Cruz C. Waves of sand. Sea. 2018."),
        part("Waves", 1999) + part("Rivers", 2001),
        forms(part("Tides of the <i>sea</i> at &#946;", 2019), first),
        forms(first, text("Оно А. Приливы моря. Река 2019.")),
        part("Tides of the sea", 2019) + first,
        text("[6] <name><surname>Ono</surname></name>, Ebb of <italic>E. coli</italic>, <source>Sea</source>."),
        text("<name><surname>Ono</surname></name>, Available from: <source>Sea</source> <volume>3</volume> 2019."),
        text("(8) Ono A, Li B. Tides of the sea. <source>Sea</source>. 2019;12(3):45-67."),
        "<note><p>Ono A. Tides of the sea. Sea. 2019.</p></note>",
    )
    article = "".join(f"<ref><label>{n}</label>{ref}</ref>" for n, ref in enumerate(refs, start=1))
    printed = of_text(f"<article><back><ref-list>{article}</ref-list></back></article>", "a.xml")
    assert [[(work.title, work.year) for work in each.works] for each in printed.entries] == [
        [("Tides of the sea", 2019), ("Waves of sand", 2018)],
        [("Waves", 1999), ("Rivers", 2001)],
        [("Tides of the sea at β", 2019)],
        [("Tides of the sea", 2019)],
        [("Tides of the sea", 2019)],
        [("Ebb of E. coli", None)],
        [],
        [("Tides of the sea", 2019)],
        [("Tides of the sea", 2019)],
    ]
    assert values(printed, "doi") == ["10.5555/t"] * 4


def test_entries_of_grobid_that_have_only_their_printed_string_are_read_or_told():
    listed = (
        '<biblStruct xml:id="b0"><analytic><title level="a">Tides of the sea</title></analytic></biblStruct>'
        '<biblStruct xml:id="b1"><note type="raw_reference">B. Li. Waves of sand. In Seas, 2001. doi:10.5555/w</note>'
        "</biblStruct><biblStruct><monogr><imprint/></monogr>"
        '<note type="raw_reference">[3] Cruz, C. (2018). Memory of rivers. River, 3, 1-9.</note></biblStruct>'
        '<bibl xml:id="b3">E. Berg, “Deep rivers,” Rivers, vol. 9, 1997.</bibl>'
        '<bibl><author>Holm, F.</author>, <title level="j">Lakes</title>, <title level="a">Lake Vi</title> 2003</bibl>'
        '<note type="raw_reference">F. Roe. Deep lakes. In Lakes, 2004.</note><biblStruct xml:id="b6"/><bibl>Ice</bibl>'
    )
    lists = f"<listBibl>{listed}</listBibl>", f'<TEI><back><div type="references">{listed}</div></back></TEI>'
    for text in lists:
        printed = of_text(text, "a.xml")
        assert [[(work.title, work.year) for work in each.works] for each in printed.entries] == [
            [("Tides of the sea", None)], [("Waves of sand", 2001)], [("Memory of rivers", 2018)],
            [("Deep rivers", 1997)], [("Lake Vi", None)], [("Deep lakes", 2004)], [], [],
        ]  # fmt: skip
        assert [each.raw for each in printed.entries if each.is_unidentified] == ["", "Ice"]
        assert values(printed, "doi") == ["10.5555/w"]
        assert "of entry 7 a part could not be read (it is empty)" in printed.why_partial


# Slips that real files have.


def test_slips_of_bibtex_lists():
    main, second = read("made/traps.bbl").lists
    assert [each.number for each in main.entries] == list(range(1, 12))
    one, two, three, four, five, six, seven, eight, nine, ten, _ = main.entries
    assert (only(one).year, [str(i) for i in only(one).identifiers]) == (2013, ["arxiv:1301.3781"])
    assert only(one).title == "Efficient estimation of word representations in vector space"
    assert (only(two).title, only(two).year) == (None, 1996)
    assert [str(i) for i in only(two).identifiers] == ["doi:10.1103/physrevlett.77.3865"]
    assert [work.year for work in three.works] == [1997, 1992]
    assert four.works == nine.works == ten.works == ()
    assert (str(only(five).identifiers[0]), only(five).year) == ("arxiv:hep-th/9711200", 1998)
    assert [str(i) for i in only(six).identifiers] == ["arxiv:2005.14165"]
    assert ([str(i) for i in only(seven).identifiers], only(seven).year) == (["doi:10.1038/s41586-021-03819-2"], 2021)
    assert only(eight).authors == only(seven).authors
    assert any("'pbe' stands at several entries" in remark for remark in main.remarks)
    assert [str(i) for i in only(second.entries[0]).identifiers] == ["doi:10.1109/cvpr.2016.90"]


def test_slips_of_biblatex_lists():
    first, second = read("made/traps_biblatex.bbl").lists
    assert [len(each.works) for each in first.entries] == [2, 1]
    assert [work.year for work in first.entries[0].works] == [1997, 1992]
    assert values(first, "doi") == ["10.1109/cvpr.2016.90"]
    assert any("brown2020language" in remark for remark in first.remarks)
    assert values(second, "arxiv") == ["1512.03385"]


# Whole or a part.


def test_a_list_that_breaks_off_is_a_part():
    whole = (FOLDER / "made/plain.bbl").read_text()
    assert of_text(whole).why_partial == ()
    assert of_text(whole.replace("\\end{thebibliography}", "")).why_partial == ("the list is not closed",)
    xml = (FOLDER / "jats_mixed_citation.xml").read_text()
    part = read_bibliography({"a.xml": xml[: xml.index('<ref id="pntd.0002065-Rao1">')].encode()}).lists[0]
    assert len(part.entries) == 24
    assert any("breaks off" in why for why in part.why_partial)


def test_a_gap_and_a_repeat_in_printed_numbers_make_a_part():
    xml = (FOLDER / "jats_mixed_citation.xml").read_text()
    gap = of_text(xml.replace("<label>7</label>", "<label>77</label>"), "a.xml")
    assert any(why.startswith("numbers 7,") for why in gap.why_partial)
    repeat = of_text(xml.replace("<label>7</label>", "<label>6</label>"), "a.xml")
    assert set(repeat.why_partial) == {"number 7 missing", "number 6 repeated"}


def test_no_list_is_never_no_references():
    for text in ("<html><body><p>A page.</p></body></html>", "<article><body/></article>"):
        with pytest.raises(InputError, match="does not mean that the paper has none"):
            of_text(text, "a.html")
    empty = of_text("\\begin{thebibliography}{9}\n\\end{thebibliography}")
    assert any("not the same as no references" in why for why in empty.why_partial)


def test_an_entry_whose_braces_do_not_balance_does_not_swallow_the_next():
    printed = bbl("\\bibitem{a} A. Ono, {\\em Tides.", "\\bibitem{b} B. Li, {\\em Waves of sand}, Sea Press, 2001.")
    assert [each.key for each in printed.entries] == ["a", "b"]
    assert any("entry 1" in why for why in printed.why_partial)


# Nothing is guessed.


@pytest.mark.parametrize(
    "item",
    [
        "\\bibitem{a} A. Ono, B. Li, Tides of the sea, Nature 9 (8) (1997) 1735--1780.",
        "\\bibitem{a} A. Ono, \\emph{Phys. Rev.} {\\bf 9}, 1735 (1997).",
        "\\bibitem{a} A. Ono, \\emph{Nature}, 9:1735, 1997.",
        "\\bibitem{a} A. Ono, in \\emph{Proceedings of the Sea}, 1997, pp. 2001--2010.",
        "\\bibitem{a} A. Ono. \\newblock \\emph{Nature}, 9(8):1735, 1997.",
        "\\bibitem{a} A. Ono, Nature 9 (1997) 1735. \\newblock \\href{https://example.org/x}{\\path{example}}.",
    ],
)
def test_a_journal_is_no_title_and_a_page_is_no_year(item: str):
    (work,) = works(bbl(item)) or (Work(year=1997),)
    assert (work.title, work.year) == (None, 1997)


@pytest.mark.parametrize(
    "text",
    [
        "ISSN 1735-1780, p. 12345678, no. 2101.9",
        "\\url{https://inspirehep.net/search?p=find+EPRINT+hep-ph/9709449}",
        "report 10.1.1.43.2050, LA-UR-99-2311, 2001.04451 items",
        "doi:10.5555/tides and doi:10.5555/waves",
    ],
)
def test_what_only_looks_like_an_identifier_is_none(text: str):
    printed = bbl(f"\\bibitem{{a}} A. Ono, ``Tides of the sea,'' {text}.")
    assert only(printed.entries[0]).identifiers == ()


LNCS = r"\bibitem{a} He, K., Zhang, X., Sun, J.: Deep residual learning. In: CVPR. pp. 770--778 (2016)"
APACITE = r"""\bibitem[\protect\citeauthoryear{Ono%
}{Ono%
}{2001}]{a} \begin{APACrefauthors}Ono, A.\BCBT {}\ \BBA {} Li, B.\end{APACrefauthors}%
\newblock \APACrefYearMonthDay{2001}{}{}.
\newblock \BBOQ\APACrefatitle {A {T}heory of tides} {A {T}heory of tides}.\BBCQ
\newblock \APACjournalVolNumPages{Sea}{12}{3}{1--9}."""
ELSEVIER = r"""\bibitem[{Ono and Li(2014)}]{a}
\bibinfo{author}{Ono, A.}, \bibinfo{author}{Li, B.}, \bibinfo{year}{2014}.
\newblock \bibinfo{title}{Tides of the sea}.
\newblock \bibinfo{journal}{Sea} \bibinfo{volume}{9}. \DOIprefix\doi{10.5555/t}."""
NATURE = r"""\bibitem{a} \bibinfo{author}{Ono, A.} \emph{et~al.}
\newblock \bibinfo{title}{Tides}.
\newblock \emph{\bibinfo{journal}{Sea}} \textbf{\bibinfo{volume}{9}} (\bibinfo{year}{2021})."""
APALIKE = r"""\bibitem[Ono and Li, 2014]{a} Ono, A.~P. and Li, B. (2014).
\newblock Tides of the sea.
\newblock {\em Sea}, 9:1--12."""


@pytest.mark.parametrize(
    ("item", "title", "first_author", "year"),
    [
        (LNCS, "Deep residual learning", "He, K.", 2016),
        (APACITE, "A Theory of tides", "Ono, A.", 2001),
        (NATURE, "Tides", "Ono, A", 2021),
        (APALIKE, "Tides of the sea", "Ono, A. P.", 2014),
        (ELSEVIER, "Tides of the sea", "Ono, A", 2014),
    ],
)
def test_styles_of_publishers(item: str, title: str, first_author: str, year: int):
    work = only(bbl(item).entries[0])
    assert (work.title, work.authors[0], work.year) == (title, first_author, year)


@pytest.mark.parametrize(
    "text",
    [
        r"Ono, A., Li, B., 2014. Tides of the sea. Sea 9~(8), 1735--1780.",  # elsarticle-harv
        r"Ono, A., Li, B., 2014. \newblock Tides of the sea, in: Advances in Seas, Sea Press. pp. 1--9.",
        r"Ono A, Li B. 2014 Tides of the sea. \newblock \emph{Sea} \textbf{9}, 1--42.",  # biolett
        r"Ono, A. \& Li, B. (2014) Tides of the sea. \newblock \textit{In:} {\em Advances}, 1--42.",  # zootaxa
        r"Ono, A. \& Li, B. (2014). \newblock Tides of the sea, {\em Sea} {\bf 9}(8):~17--18.",  # dcu
        r"Ono, A. and Li, B.: 2014, Tides of the sea, {\em Sea} {\bf 9}(8),~17--18.",  # kluwer
        r"Ono, A. and Li, B.: Tides of the sea. \newblock In Cruz, C., ed., \emph{Advances}, 1--9 (2014)",  # fbs
        r"Ono, A, \& Li, B. \newblock (2014) Tides of the sea. \newblock {\em Sea} {\bf 9}, 17--18.",  # pnas
        r"Ono, A. and B. Li. 2014. \newblock Tides of the sea. In {\em Advances in Seas}. \newblock pp. 1--9.",  # apsr
        r"A. Ono and B. Li, eds., {\em Tides of the sea}. \newblock Sea Press, 2014.",  # ieeetr
        r"Ono, A., editor. \newblock \emph{Tides of the sea}, 2014. Sea Press.",  # abbrvnat
        r"Ono, A. 2014, `Tides of the sea', {\em Sea} {\bf 9},~17--18.",  # agsm
        r"ONO A, LI B. \newblock Tides of the sea\allowbreak[C/OL]//Seas. \newblock 2014: 17-18.",  # gbt7714
    ],
)
def test_a_title_stands_behind_names_and_a_year_or_a_colon_in_their_block_or_in_the_next(text: str):
    work = only(bbl(rf"\bibitem{{a}} {text}").entries[0])
    assert (work.title, work.year) == ("Tides of the sea", 2014)
    assert work.authors[0].casefold() in ("ono, a.", "ono, a", "ono a", "a. ono")


def test_a_year_at_the_head_of_a_title_is_a_part_of_it():
    title = "2018 challenge of the tides"
    plain = bbl(rf"\bibitem{{a}} A. Ono and B. Li. \newblock {title}. \newblock Sea, 2020.").entries[0]
    numbered = of_text(f"[1] A. Ono and B. Li. {title}. Sea, 2020.\n[2] C. Cruz. Waves of sand. Sea, 2001.", "a.txt")
    for each in (plain, numbered.entries[0]):
        assert (only(each).title, only(each).year) == (title, 2020)


@pytest.mark.parametrize(
    "text",
    [
        r"Ono K.~N., et al., 2009, ApJS, 182, 543",
        r"Ono, K.~N., Li, B., 2009, Phys. Rev. D, 82, 543.",
        r"K. Ono, B. Li, Phys. Rev. Lett. 77 (2009) 3865.",
        r"K. Ono and B. Li. Phys. Rev. Lett., 77:3865, 2009.",
        r"Ono, K., 2009, J. Chem. Phys. 77, 3865",
        r"K. Ono, Phys. Rev. Lett. 77, 3865 (2009); 78, 1396 (2010).",
    ],
)
def test_a_journal_that_follows_names_and_a_year_is_no_title(text: str):
    work = only(bbl(rf"\bibitem{{a}} {text}").entries[0])
    assert (work.title, work.year) == (None, 2009)


@pytest.mark.parametrize(
    "text",
    [
        "A. Ono, ``Tides of the sea,'' Sea, 1999; B. Li, ``Waves of sand,'' Sea, 2001.",
        "Ono, A., 1999. Tides of the sea. Sea 9, 1--2; Li, B., 2001. Waves of sand. Sea 3, 4.",
        "A. Ono. \\newblock Tides of the sea. \\newblock 1999; B. Li. \\newblock Waves of sand. \\newblock Sea, 2001.",
    ],
)
def test_an_entry_with_two_whole_references_has_two_works(text: str):
    (found,) = bbl(rf"\bibitem{{a}} {text}").entries
    assert [(work.title, work.year) for work in found.works] == [("Tides of the sea", 1999), ("Waves of sand", 2001)]


def test_a_list_without_titles_does_not_take_them_for_authors():
    work = only(
        bbl(
            "\\bibitem{a} A.~Ono, B.~Li, Tides of the sea, Sea 9~(8) (1997) 17--18. \\newblock \\doi{10.5555/t}."
        ).entries[0]
    )
    assert (work.title, work.authors) == (None, ("A. Ono",))


def test_a_doi_that_a_line_end_parts_is_whole_only_where_nothing_else_can_be_meant():
    parted = bbl("\\bibitem{a} A. Ono, ``Tides,'' doi:10.1038/\ns41586-021-03819-2.")
    assert values(parted, "doi") == ["10.1038/s41586-021-03819-2"]
    ended = bbl("\\bibitem{a} A. Ono, ``Tides,'' doi:10.5555/tides.\nIn Proc. 2020.")
    assert values(ended, "doi") == ["10.5555/tides"]


def test_numbered_text_goes_on_over_lines_and_years_at_their_beginning_are_no_numbers():
    text = (
        "References\n[1] A. Ono and B. Li. Tides of the sea. In Proceedings,\n2019. arXiv:2101.90001\n"
        "[2] C. Cruz, “Waves of bidi-\nrectional sand and pre-\n  trained seas,” Sea, 2001.\n[3] See the supplement.\n"
    )
    printed = of_text(text, "refs.txt")
    assert [each.number for each in printed.entries] == [1, 2, 3]
    title = "Waves of bidirectional sand and pre-trained seas"
    assert [work.title for work in works(printed)] == ["Tides of the sea", title]
    assert values(printed, "arxiv") == ["2101.90001"]
    assert printed.why_partial  # nobody can tell where copied text ends


def test_a_page_around_numbered_references_and_their_own_pages_give_them_no_year():
    text = (
        "References\n[1] A. Ono. Tides and seas. In Proceedings, pages 1998–2003, 2015.\n"
        "[2] C. Cruz. Waves and sand. Sea, 1998–2003.\n"
        "JOURNAL OF THE SEA, VOL. 12, NO. 3, MARCH 2021\n712\n"
        "[3] D. Novak. Rivers and memory. River, vol. 1999, no. 2, pp. 1–9,\n2004\nNovak et al. 2022 13\n"
        "[4] E. Berg. Deep rivers. River, 1995–\n2001, 2005.\nPublished online 12 May 2018\n"
        "[5] F. Holm. Shallow lakes. Lake, 17, 1873–1899 (1901). Accessed 3 March 2020.\n"
        "F. Holm / Journal of Lakes 12 (2021) 1–9\n[6] G. Roe. Dry lakes. Lake. 2006;2001:1990-5.\n"
        "arXiv:2101.90001v1 [cs.CL] 12 May 2021\n"
    )
    printed = of_text(text, "refs.txt")
    assert [work.year for work in works(printed)] == [2015, None, 2004, 2005, 1901, 2006]
    assert values(printed, "arxiv") == []
    found = one_a_line(text.split("\n"))
    assert [line.split()[0] for line in filter(None, found)] == [*(f"[{n}]" for n in range(1, 7)), "arXiv:2101.90001v1"]
    bare = one_a_line(["(1) A. Ono. Tides of the", "open sea. In Seas, 1999.", "(2) B. Li. Sand and sea. 2001."])
    assert bare == ["(1) A. Ono. Tides of the open sea. In Seas, 1999.", "", "(2) B. Li. Sand and sea. 2001."]


def test_numbered_text_of_medicine_and_psychology():
    text = (
        "1. Ono A, Li B. Tides of the sea. Nature. 2019;12(3):45-67. doi: 10.5555/tides.1\n"
        "2. Cruz C, et al. (2018) Waves of sand: a study. J Sea 12, 1-9. PMID: 12345678\n"
        "3. Smith, J., & Jones, B. (2017). Deep seas and shallow seas. Sea, 3(2), 1-5. https://doi.org/10.5555/abc\n"
        "4. Tides of the sea turn. Nature. 2019.\n"
        "5. A. Ono, *Tides of deep seas*, Graduate Texts in Seas, vol. 12, Springer, New York, 2016.\n"
        "6. Ono A, Li B. Ebb of the sea. *Nature*. 2019;12(3):45-67.\n"
    )
    read_ = works(of_text(text, "refs.txt"))
    assert [work.title for work in read_[-2:]] == ["Tides of deep seas", "Ebb of the sea"]
    assert [work.title for work in read_[:3]] == [
        "Tides of the sea", "Waves of sand: a study", "Deep seas and shallow seas",
    ]  # fmt: skip
    assert [work.year for work in read_[:3]] == [2019, 2018, 2017]
    assert not any(work.title == "Nature" for work in read_)


def test_text_without_numbers_is_read_where_most_of_it_is_references():
    text = (
        "References\n\nOno, A., & Li, B. (2019). Tides of the sea. Nature, 12(3),\n45-67. https://doi.org/10.5555/tides.1\n\n"
        "Cem Cruz and Dora Novak. 2018. Waves of\nsand. In Proceedings of the Sea.\n\nThe tide tables of Oslo.\n"
    )
    printed = of_text(text, "refs.txt")
    assert (printed.numbering, [each.number for each in printed.entries]) == ("position", [1, 2, 3])
    assert [(work.title, work.year) for work in works(printed)] == [("Tides of the sea", 2019), ("Waves of sand", 2018)]
    assert values(printed, "doi") == ["10.5555/tides.1"]
    assert printed.why_partial
    below = of_text(f"{text}\n1. A note below.\n2. Another note.\n", "refs.txt")
    assert [work.title for work in works(below)][:2] == ["Tides of the sea", "Waves of sand"]
    with pytest.raises(InputError, match="no list of references"):
        of_text("Tides turn twice a day.\n\nWaves do not (1999).\n\nOno (2001) says why.\n", "notes.txt")


def test_labels_in_front_of_copied_references_part_them_and_are_no_names():
    text = (
        "References\n[OL97a] A. Ono and B. Li. Tides of the open sea. Neural\nSeas, 9:1–42, 1997.\n"
        "[Cruz et al., 2017] Cruz, C., Novak, D. (2017). Waves of\nsand. In Seas.\n"
        "[Berg and Holm(2014)] Emil Berg and Fred Holm, Deep rivers, J. Sea Res. 9 (2014), no. 3, 1–9.\n"
    )
    printed = of_text(text, "refs.txt")
    assert [each.label for each in printed.entries] == ["OL97a", "Cruz et al., 2017", "Berg and Holm(2014)"]
    assert [(work.title, work.authors[0], work.year) for work in works(printed)] == [
        ("Tides of the open sea", "A. Ono", 1997),
        ("Waves of sand", "Cruz, C.", 2017),
        ("Deep rivers", "Emil Berg", 2014),
    ]


def test_years_in_the_links_of_a_page_are_no_numbers():
    item = '<li id="bib.bib{n}" class="ltx_bibitem"><span class="ltx_tag_bibitem">Ono ({y})</span>{blocks}</li>'
    blocks = (
        '<span class="ltx_bibblock">A. Ono.</span><span class="ltx_bibblock"><a href="https://doi.org/10.5555/t{n}">'
        "Tides number {n}</a>.</span><span>In Sea, {y}.</span>"
    )
    items = "".join(item.format(n=n, y=2010 + n, blocks=blocks.format(n=n, y=2010 + n)) for n in range(1, 7))
    cites = "".join(f'<cite class="ltx_cite"><a href="#bib.bib{n}">{2010 + n}</a></cite>' for n in range(1, 7))
    printed = of_text(f'<html><p>{cites}</p><ul class="ltx_biblist">{items}</ul></html>', "a.html")
    assert (printed.numbering, [each.number for each in printed.entries]) == ("position", [1, 2, 3, 4, 5, 6])
    assert works(printed)[0].title == "Tides number 1"  # the title is a link, as in the style of ACL
    assert values(printed, "doi")[0] == "10.5555/t1"


def test_keys_of_a_database_count_in_any_case():
    bib = b"@article{Ono99, title={Tides}, author={Ono, A}, year=1999}\n"
    tex = b"\\documentclass{a}\\begin{document}\\section{One}\\cite{ono99}\\end{document}"
    (printed,) = read_bibliography({"a.bib": bib, "a.tex": tex}).lists
    assert [(each.key, each.mentions, each.sections) for each in printed.entries] == [("Ono99", 1, ("1 One",))]


def test_a_list_of_old_biblatex_without_sections_is_closed_by_its_own_end():
    text = (
        "\\sortlist[entry]{nty/global/}\n\\entry{a}{book}{}\n\\field{title}{Tides}\n\\field{year}{1999}\n\\endentry\n"
    )
    assert of_text(text + "\\endsortlist\n").why_partial == ()
    assert of_text(text).why_partial == ("the list is not closed",)


def test_names_of_old_biblatex_stand_in_one_order_and_its_entries_are_read_without_their_list():
    name = "{{{{hash=a}}{{Oord}}{{O.}}{{Aaron}}{{A.}}{{van den}}{{v.}}{{}}{{}}}}".format()
    text = (
        f"\\entry{{a}}{{book}}{{}}\n\\name{{author}}{{1}}{{}}{{%\n{name}%\n}}\n\\field{{title}}{{Tides}}\n\\endentry\n"
    )
    work = only(of_text(text).entries[0])
    assert (work.title, work.authors) == ("Tides", ("van den Oord, Aaron",))


def test_entries_without_their_list_are_a_part():
    printed = of_text("\\bibitem{a} A. Ono, ``Tides,'' 1999.\n\\bibitem{b} B. Li, ``Waves,'' 2001.\n")
    assert [work.title for work in works(printed)] == ["Tides", "Waves"]
    assert printed.why_partial == ("the list is not closed",)
    assert of_text("\\datalist[entry]{nty/global//}\\enddatalist").why_partial


def test_a_text_that_cites_two_lists_lacks_nothing_of_either():
    ref = '<ref id="{0}"><mixed-citation><article-title>{0}</article-title></mixed-citation></ref>'
    first, second = (f"<ref-list>{ref.format(key)}</ref-list>" for key in ("a", "b"))
    cites = "".join(f'<xref ref-type="bibr" rid="{key}">x</xref>' for key in "abc")
    article = f"<article><body><p>{cites}</p></body><back><ref-list>{first}{second}</ref-list></back></article>"
    lists = read_bibliography({"a.xml": article.encode()}).lists
    missing = [why for each in lists for why in each.why_partial]
    assert missing == ["the text cites 'c', which the list does not have"]


def test_commands_that_are_not_known_are_named():
    printed = bbl("\\bibitem{a} A. Ono, ``Tides of \\wfirst{} seas,'' 1999.")
    assert "left out commands that are not known: \\wfirst" in printed.remarks


def test_of_several_files_the_one_nearest_to_print_counts():
    names = ("made/latexml_from_bbl.html", "made/plain.bbl")
    found = read(*names)
    assert (found.format, found.file) == (".bbl", "made/plain.bbl")
    assert any("latexml_from_bbl.html" in remark for remark in found.remarks)


# Hostile files.


def test_entities_are_refused_and_nothing_is_read_from_elsewhere(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("SECRET")
    bomb = '<!DOCTYPE article [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><article><ref-list><ref>&b;</ref></ref-list>'
    with pytest.raises(InputError, match="defines entities"):
        of_text(bomb, "a.xml")
    external = (
        f'<!DOCTYPE article SYSTEM "file://{tmp_path}/x.dtd"><article><back><ref-list><ref id="a"><label>1</label>'
        "<mixed-citation>M&uuml;ller &nothing; <article-title>T</article-title></mixed-citation>"
        "</ref></ref-list></back></article>"
    )
    assert of_text(external, "a.xml").entries[0].raw == "Müller T"
    tex = bbl(f"\\bibitem{{a}} A. Ono, \\input{{{tmp_path}/secret.txt}} \\emph{{Tides of all seas}}, Sea Press, 1999.")
    assert "SECRET" not in str(works(tex))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.xml", "<article>" + "<sec>" * 5_000),
        ("deep.html", "<html>" + "<div>" * 5_000),
        ("deep.bbl", "\\begin{thebibliography}{}\\bibitem{a} " + "{" * 20_000),
        ("wide.bbl", "\\begin{thebibliography}{}" + "\\bibitem{a} x {\n" * 500),
        ("open.bbl", "\\begin{thebibliography}{}" + "\\bibitem[" * 1_000),
        ("emph.bbl", "\\begin{thebibliography}{}\\bibitem{a} " + "\\emph{" * 5_000),
        ("href.bbl", "\\begin{thebibliography}{}\\bibitem{a} " + "\\href{x}{" * 5_000),
        ("quote.txt", "[1] " + "“a " * 20_000 + "\n[2] b"),
        ("blanks.txt", "[1] A" + " " * 50_000 + "\n[2] b" + ", B. Li" * 5_000),
        ("cites.tex", "\\documentclass{a}" + "\\cite[" * 5_000),
        ("percent.bbl", "\\begin{thebibliography}{}\\bibitem{a} \\url{" + "%" * 50_000),
        ("entries.bbl", "\\datalist[entry]{x}" + "\\entry{a}{b}{c}{\\name{author}{1}{}{" * 2_000),
    ],
)
def test_hostile_files_are_refused_or_read_to_an_end(name: str, text: str):
    with suppress(InputError):  # what takes more than linear time does not come to an end
        read_bibliography({name: text.encode()})


# Styles that are less usual.


def works_of(
    *items: str, width: str = "9", **more: str
) -> list[tuple[str | None, tuple[str, ...], int | None, list[str]]]:
    """Title, authors, year and identifiers of each work of a list of these items, beside other files."""
    text = f"\\begin{{thebibliography}}{{{width}}}\n" + "\n\n".join(items) + "\n\\end{thebibliography}\n"
    found = read_bibliography({"a.bbl": text.encode(), **{name: each.encode() for name, each in more.items()}})
    assert found.why_partial == ()
    works = (work for each in found.lists for entry in each.entries for work in entry.works)
    return [(work.title, work.authors, work.year, list(map(str, work.identifiers))) for work in works]


VRULE = r"\leavevmode\vrule height 2pt depth -1.6pt width 23pt"


@pytest.mark.parametrize(
    "dash",
    [
        *(r"\bysame", "---------", "------", "---", r"\_\_\_\_\_", r"\rule{3em}{0.4pt}", VRULE),
        *(r"\textemdash\textemdash", "———", "⸻"),
    ],
)
def test_a_dash_stands_for_the_authors_of_the_entry_before(dash: str):
    found = works_of(
        r"\bibitem{a} E.~Knuth, \emph{The art}, Addison, 1968.",
        rf"\bibitem{{b}} {dash}, \emph{{More of the art}}, Addison, 1969.",
    )
    assert [(title, authors) for title, authors, *_ in found] == [
        ("The art", ("E. Knuth",)),
        ("More of the art", ("E. Knuth",)),
    ]


def test_a_dash_in_copied_text_stands_for_authors_and_what_only_readers_can_tell_is_told():
    text = (
        "[1] D. Knuth. The art of seas. Addison, 1968.\n[2] ———. More of the art. Addison, 1969.\n"
        "[3] --- and B. Li. Sand and sea. Sea Press, 1973.\n[4] Ibid., p. 23.\n[5] Knuth, op. cit., S. 3 ff.\n"
        "[6] Ders.: Die Kunst der Meere. Springer, 1971.\n[7] Ebd., S. 5.\n"
    )
    printed = of_text(text, "refs.txt")
    authors = [work.authors for work in works(printed)]
    assert authors == [("D. Knuth",), ("D. Knuth",), ("D. Knuth", "B. Li"), ()]
    assert [each.number for each in printed.entries if each.is_remark] == [4, 5, 7]
    assert "authors that stand in an entry before are unknown: entry 6" in printed.remarks
    pasted = (
        "Knuth, Donald. 1968. The Art of Seas. Reading: Addison.\n— — —. 1969. More of the Art. Reading: Addison.\n"
        "———, ed. 2004. Waves of light. Sea Press.\n_____, and Ann Ono. 2005. Waves of snow. Sea Press.\n"
    )
    authors = [work.authors for work in works(of_text(pasted, "refs.txt"))]
    assert authors == [("Knuth", "Donald"), ("Knuth", "Donald"), ("Knuth", "Donald"), ("Knuth", "Donald", "Ann Ono")]


def test_harvard_items_and_those_of_the_institute_of_mathematical_statistics_are_entries():
    harvard = works_of(
        "\\harvarditem[Smith \\harvardand\\ Doe]{Smith \\harvardand\\ Doe}{2001}{a}\nSmith, A. \\harvardand\\ Doe, B.  "
        "\\harvardyearleft 2001\\harvardyearright , {\\em On the tides of seas}, Sea Press.",
        "\\harvarditem{Roe}{2002}{b}\nRoe, C. \\harvardyearleft 2002\\harvardyearright , {\\em Of seas}, Sea Press.",
    )
    assert [(title, year) for title, _, year, _ in harvard] == [("On the tides of seas", 2001), ("Of seas", 2002)]
    (statistics,) = works_of(
        "\\bibitem[\\protect\\citeauthoryear{Smith}{2001}]{a}\n\\begin{barticle}[author]\n"
        "\\bauthor{\\bsnm{Smith},~\\bfnm{A.}\\binits{A.}}\n(\\byear{2001}).\n\\btitle{On the tides of seas}.\n"
        "\\bjournal{Ann. Statist.}\n\\bdoi{10.5555/aos/1}\n\\end{barticle}\n\\endbibitem"
    )
    assert statistics[0] == "On the tides of seas"
    assert statistics[1][0].startswith("Smith, A")
    assert statistics[2:] == (2001, ["doi:10.5555/aos/1"])


def test_the_names_of_tex_are_shown_in_titles():
    (work,) = works_of(
        "\\bibitem{a}\nL.~Lamport.\n\\newblock \\LaTeX{} and {\\TeX} of seas.\n\\newblock Sea Press, 1994."
    )
    assert work[0] == "LaTeX and TeX of seas"


def test_what_is_not_set_cites_nothing_and_notes_on_several_groups_are_no_keys():
    item = "\\bibitem{a}\nA.~Smith.\n\\newblock Tides of the seas.\n\\newblock 2001."
    text = (
        "\\section{One}\\textcites(see)(etc)[1]{a}[2]{a} \\verb|\\cite{a}| \\begin{comment}\\cite{a}\\end{comment}"
        "\\iffalse \\cite{a} \\fi \\begin{verbatim}\\cite{a}\\end{verbatim} \\cite{a}"
    )
    source = f"\\begin{{thebibliography}}{{9}}{item}\\end{{thebibliography}}"
    found = read_bibliography({"a.bbl": source.encode(), "a.tex": text.encode()})
    assert found.lists[0].entries[0].mentions == 3


def test_a_part_has_the_year_of_its_whole_and_all_that_it_lacks_from_shared_data():
    database = """
        @inproceedings{part, author = {C. Roe}, title = {The Part}, crossref = {whole}}
        @article{own, author = {C. Roe}, title = {Its Own Year}, date = {1999-05}, crossref = {whole}}
        @article{shared, title = {The Shared}, xdata = {names, more}}
        @xdata{names, author = {X. Data}, xdata = {names}}
        @xdata{more, year = 2011, doi = {10.5555/shared}}
        @proceedings{whole, title = {The Whole}, year = {2003}, doi = {10.5555/whole}, editor = {E. Ed}}
    """
    text = "\\cite{part,own,shared}\\bibliographystyle{unsrt}"
    found = read_bibliography({"a.bib": database.encode(), "a.tex": text.encode()})
    works = [entry.works[0] for entry in found.lists[0].entries]
    assert [(work.title, work.authors, work.year, list(map(str, work.identifiers))) for work in works] == [
        ("The Part", ("C. Roe",), 2003, []),
        ("Its Own Year", ("C. Roe",), 1999, []),
        ("The Shared", ("X. Data",), 2011, ["doi:10.5555/shared"]),
    ]


def test_an_entry_of_a_database_whose_braces_do_not_balance_is_reported_and_takes_no_other_with_it():
    database = (
        "@article{a, title={Unclosed {brace}, year=2001\n\n@article{b, author={B. Doe}, title={Second}, year=2002}\n"
    )
    found = read_bibliography({"refs.bib": database.encode(), "a.tex": b"\\cite{a,b}"})
    assert [entry.works[0].title for entry in found.lists[0].entries] == ["Unclosed brace", "Second"]
    assert any("refs.bib, line 1: the braces or quotes of entry 'a' do not balance" in each for each in found.remarks)


def test_runs_of_letters_are_shown_as_pylatexenc_shows_them_letter_by_letter():
    from pylatexenc.latex2text import LatexNodes2Text

    by_letter = LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_braced_groups=False).latex_to_text
    items = [
        text for name in ("natbib_plainnat.bbl", "made/acm.bbl") for text in (FOLDER / name).read_text().split("\n\n")
    ]
    odd = [
        "Ta\\c cao and \\frac 1 2345 words",
        "the \\providecommand many words stand here",
        "$in math the letters$ x 1",
        "blackboard \\mathbb the letters all",
        "% a remark of many words\nand the next line",
        "ends in many blanks   ",
        "some words before \U00100000 a private sign",
    ]
    for text in (*items[:40], *odd):
        assert _as_text(text) == unicodedata.normalize("NFC", by_letter(text)).replace("\xa0", " ")
