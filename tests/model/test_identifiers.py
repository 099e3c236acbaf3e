"""Identifiers as people paste them, and their one spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.identifier_forms import _ANNOUNCED, forms_in
from graph.model.identifiers import (
    SCHEMES,
    arxiv_month,
    closure,
    identifier,
    identifiers_in,
    is_whole,
    parse_identifier,
)

SHA = "df2b0e26d0599ce3e70df8a9da02e51594e0e992"
SICI = "10.5555/(sici)10(1990)41:6<391::aid-a1>3.0.co;2-9"
NO_IDENTIFIERS = [
    *("GPT-4 at 1203.1234 tokens", "2101.90001, 2101.90002", "Figure 10.5/6", "abs/1", "pmid:0", "PMID 0", "W2"),
    *("W1234", "pmc", "openalex:W0", "openalex:A5023888391", "omid:ra/06101", "br/12", "PMC12"),
    # Those whom a paper is cited by, and several papers, are not the paper.
    *("https://api.openalex.org/works?filter=cites:W2741809607", "PMID: 90000001, PMID: 90000002"),
    "https://pubmed.ncbi.nlm.nih.gov/?term=90000001,90000002",
]


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("1810.04805", "arxiv:1810.04805"),
        ("arXiv:1810.04805v2", "arxiv:1810.04805"),
        ("  ARXIV: 1810.04805 ", "arxiv:1810.04805"),
        ("https://arxiv.org/abs/1810.04805v1", "arxiv:1810.04805"),
        ("arxiv.org/pdf/1810.04805.pdf", "arxiv:1810.04805"),
        ("https://arxiv.org/html/2303.15647v1", "arxiv:2303.15647"),
        ("cs.CL/0102003", "arxiv:cs/0102003"),
        ("10.1162/NECO.1992.4.1.131", "doi:10.1162/neco.1992.4.1.131"),
        ("https://doi.org/10.1162/neco.1992.4.1.131", "doi:10.1162/neco.1992.4.1.131"),
        ("https://dx.doi.org/10.1002/%28SICI%291097", "doi:10.1002/(sici)1097"),
        ("doi:10.18653/v1/N19-1423", "doi:10.18653/v1/n19-1423"),
        ("N19-1423", "acl:N19-1423"),
        ("https://aclanthology.org/2020.acl-main.703/", "acl:2020.acl-main.703"),
        ("https://www.aclweb.org/anthology/P18-1031.pdf", "acl:P18-1031"),
        (SHA.upper(), f"s2:{SHA}"),
        (f"https://www.semanticscholar.org/paper/BERT%3A-Pre-training/{SHA}", f"s2:{SHA}"),
        (f"https://www.semanticscholar.org/paper/{SHA}", f"s2:{SHA}"),
        ("CorpusId:52967399", "corpusid:52967399"),
        ("https://api.semanticscholar.org/CorpusID:52967399", "corpusid:52967399"),
        ("arXiv:2101.90001 [cs.CL]", "arxiv:2101.90001"),
        ("arXiv:2101.90001v5 [cs.CL] 6 Dec 2021", "arxiv:2101.90001"),
        ("2101.90001 [cs.CL]", "arxiv:2101.90001"),
        ("- arXiv:2101.90001", "arxiv:2101.90001"),
        ("1. 2101.90001", "arxiv:2101.90001"),
        ("[12] arXiv preprint arXiv:2101.90001, 2021.", "arxiv:2101.90001"),
        ("2101.90001  # whales", "arxiv:2101.90001"),
        ("CoRR, abs/2101.90001", "arxiv:2101.90001"),
        ("arXiv preprint 2101.90001", "arxiv:2101.90001"),
        ("math.GT/0309136", "arxiv:math/0309136"),
        ("arXiv:hep-th/9711200v3", "arxiv:hep-th/9711200"),
        ("[Counting Whales](https://arxiv.org/abs/2101.90001)", "arxiv:2101.90001"),
        ("[2101.90001](https://arxiv.org/abs/2101.90001v2)", "arxiv:2101.90001"),
        ("https://huggingface.co/papers/2101.90001", "arxiv:2101.90001"),
        ("https://www.alphaxiv.org/abs/2101.90001", "arxiv:2101.90001"),
        ("https://ar5iv.labs.arxiv.org/html/2101.90001", "arxiv:2101.90001"),
        ("https://arxiv.org/pdf/2101.90001v3.pdf#page=4", "arxiv:2101.90001"),
        ("https://arxiv.org/abs/2101.90001?context=cs", "arxiv:2101.90001"),
        ("https://dblp.org/rec/journals/corr/abs-2101-90001.bib", "arxiv:2101.90001"),
        ("https://ui.adsabs.harvard.edu/abs/2021arXiv210190001Q/abstract", "arxiv:2101.90001"),
        ("https://ui.adsabs.harvard.edu/abs/2013arXiv1301.3781M", "arxiv:1301.3781"),
        (r"\url{https://arxiv.org/abs/2101.90001}", "arxiv:2101.90001"),
        (r"\href{https://arxiv.org/abs/2101.90001}{arXiv}", "arxiv:2101.90001"),
        ("<https://doi.org/10.5555/tidal.9>", "doi:10.5555/tidal.9"),
        ("doi:10.5555/tidal.9.", "doi:10.5555/tidal.9"),
        ("DOI 10.5555/tidal.9", "doi:10.5555/tidal.9"),
        ("(doi: 10.5555/tidal.9)", "doi:10.5555/tidal.9"),
        ("`10.5555/tidal.9`", "doi:10.5555/tidal.9"),
        ("{{10.5555/tidal.9}}", "doi:10.5555/tidal.9"),
        ("10.5555%2Ftidal.9", "doi:10.5555/tidal.9"),
        ("See https://doi.org/10.5555/tidal.9, which shows it.", "doi:10.5555/tidal.9"),
        ("http://dx.doi.org/doi:10.5555/tidal.9", "doi:10.5555/tidal.9"),
        ("https://www.doi.org/10.5555/tidal.9", "doi:10.5555/tidal.9"),
        ("https://doi-org.proxy.example.edu/10.5555/tidal.9", "doi:10.5555/tidal.9"),
        ('<a href="https://doi.org/10.5555/tidal.9">10.5555/tidal.9</a>', "doi:10.5555/tidal.9"),
        ("https://onlinelibrary.wiley.com/doi/abs/10.5555/tidal.9", "doi:10.5555/tidal.9"),
        ("https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "doi:10.1007/s11263-015-0816-y"),
        ("https://www.frontiersin.org/articles/10.3389/fpsyg.2019.00001/full", "doi:10.3389/fpsyg.2019.00001"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "doi:10.1101/2020.01.01.123456"),
        ("https://academic.oup.com/bib/article/doi/10.1093/bib/bbx001/5566506", "doi:10.1093/bib/bbx001"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.01", "doi:10.1371/journal.pone.01"),
        (r"10.5555/978-3-999-24574-4{\_}28", "doi:10.5555/978-3-999-24574-4_28"),
        (r"10.5555/(SICI)10(1990)41:6{\textless}391::AID-A1{\textgreater}3.0.CO;2-9", f"doi:{SICI}"),
        ("10.5555/(SICI)10(1990)41:6&lt;391::AID-A1&gt;3.0.CO;2-9", f"doi:{SICI}"),
        ("https://doi.org/10.5555/(SICI)10(1990)41:6%3C391::AID-A1%3E3.0.CO;2-9", f"doi:{SICI}"),
        ("10.1016/S0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
        ("N19-1423.", "acl:N19-1423"),
        ("https://aclanthology.org/2020.acl-main.703.bib", "acl:2020.acl-main.703"),
        ("https://www.aclweb.org/anthology/papers/N/N19/N19-1423/", "acl:N19-1423"),
        (f"https://www.semanticscholar.org/reader/{SHA}", f"s2:{SHA}"),
        ("[2101.90001v2] Counting Whales from Orbit", "arxiv:2101.90001"),
        ("_10.5555/tidal.9_", "doi:10.5555/tidal.9"),
        ("doi\uff1a10.5555/tidal.9\u3002", "doi:10.5555/tidal.9"),
        ("\u300c10.5555/tidal.9\u300d\u3001", "doi:10.5555/tidal.9"),
        ("\uff0810.5555/tidal.9\uff09", "doi:10.5555/tidal.9"),
        ("https://www.nature.com/articles/s41586-021-03819-2#Sec1", "doi:10.1038/s41586-021-03819-2"),
        ("https://www.nature.com/articles/nature14539.pdf", "doi:10.1038/nature14539"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=3456789", "doi:10.2139/ssrn.3456789"),
        ("CorpusId 52967399", "corpusid:52967399"),
        ("PMID: 90000001", "pmid:90000001"),
        ("PubMed 90000001", "pmid:90000001"),
        ("https://pubmed.ncbi.nlm.nih.gov/90000001/", "pmid:90000001"),
        ("https://www.pubmed.gov/90000001", "pmid:90000001"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/90000001/", "pmid:90000001"),
        ("http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=PubMed&list_uids=90000001", "pmid:90000001"),
        ("https://identifiers.org/pubmed:90000001", "pmid:90000001"),
        ("https://api.openalex.org/works/pmid:90000001", "pmid:90000001"),
        ("https://api.opencitations.net/index/v2/references/pmid:90000001", "pmid:90000001"),
        ("PMC900001", "pmcid:900001"),
        ("PMCID: PMC900001.2", "pmcid:900001"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/", "pmcid:900001"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC900001/#abstract", "pmcid:900001"),
        ("https://europepmc.org/article/PMC/PMC900001", "pmcid:900001"),
        ("https://europepmc.org/articles/pmc900001?pdf=render", "pmcid:900001"),
        ("W2741809607", "openalex:W2741809607"),
        ("openalex:w2741809607", "openalex:W2741809607"),
        ("https://openalex.org/W2741809607", "openalex:W2741809607"),
        ("https://openalex.org/works/w2741809607", "openalex:W2741809607"),
        ("https://api.openalex.org/works/W2741809607?select=id", "openalex:W2741809607"),
        ("https://openalex.org/works?page=1&zoom=w2741809607", "openalex:W2741809607"),
        ("omid:br/06101801781", "omid:br/06101801781"),
        ("br/06101801781", "omid:br/06101801781"),
        ("https://opencitations.net/meta/br/06101801781", "omid:br/06101801781"),
        ("https://api.opencitations.net/index/v2/citations/omid:br/06101801781", "omid:br/06101801781"),
        ("omid:br/06101801781 doi:10.7717/peerj-cs.421 pmid:33817056", "doi:10.7717/peerj-cs.421"),
    ],
)
def test_an_identifier_is_read_as_people_paste_it(pasted: str, meant: str):
    assert str(parse_identifier(pasted)) == meant


@pytest.mark.parametrize(
    "text", ["BERT", "6", "52967399", "Attention Is All You Need", "", "10.1", "2018", "http://x", *NO_IDENTIFIERS]
)
def test_a_name_a_number_or_a_title_is_no_identifier(text: str):
    assert parse_identifier(text) is None


@pytest.mark.parametrize(
    ("scheme", "value"), [("arxiv", "x"), ("doi", "10"), ("s2", "abc"), ("corpusid", "1a"), ("isbn", "1")]
)
def test_a_wrong_form_is_refused_with_the_value(scheme: str, value: str):
    with pytest.raises(ValueError, match=r"form|unknown scheme"):
        identifier(scheme, value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PMID: 90000001", ["pmid:90000001"]),
        ("pmid:90000001", ["pmid:90000001"]),
        ("PubMed PMID: 90000001; PubMed Central PMCID: PMC900001.", ["pmid:90000001", "pmcid:900001"]),
        ("https://pubmed.ncbi.nlm.nih.gov/90000001/", ["pmid:90000001"]),
        ("http://www.ncbi.nlm.nih.gov/pubmed/90000001", ["pmid:90000001"]),
        ("https://europepmc.org/article/MED/90000001", ["pmid:90000001"]),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC900001/", ["pmcid:900001"]),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC900001/pdf/x.pdf", ["pmcid:900001"]),
        ("PMC900001", ["pmcid:900001"]),
        ("MAG:2963403868", ["mag:2963403868"]),
        ("arXiv:2101.90001 [cs.CL], doi: 10.5555/TIDAL.9", ["arxiv:2101.90001", "doi:10.5555/tidal.9"]),
        ("2101.90001", ["arxiv:2101.90001"]),
        ("2101.90001, 2101.90002; 10.5555/a", ["arxiv:2101.90001", "arxiv:2101.90002", "doi:10.5555/a"]),
        ("10.5555/a;10.5555/b", ["doi:10.5555/a", "doi:10.5555/b"]),
        ("10.5555/a\uff0c10.5555/b", ["doi:10.5555/a", "doi:10.5555/b"]),
        ("2101.90001 and 2101.90002", ["arxiv:2101.90001", "arxiv:2101.90002"]),
        ("Seas. 2020;7(2):1-2. doi: 10.5555/a. PMID: 90000001.", ["doi:10.5555/a", "pmid:90000001"]),
        ("PMID: 90000001.5", []),
        ("PMID: 90000001, 90000002", ["pmid:90000001", "pmid:90000002"]),
        ("PMIDs: 90000001; 90000002;90000003", ["pmid:90000001", "pmid:90000002", "pmid:90000003"]),
        ("Tides, PMID: 90000001, 2020", ["pmid:90000001"]),
        ("in 2101.90001 cases", []),
        ("A Title", []),
    ],
)
def test_all_identifiers_that_a_text_announces_are_found(text: str, found: list[str]):
    assert sorted(map(str, identifiers_in(text))) == sorted(found)


REPEATED = ["arxiv ", "a-", "10.1000/", "(", "pmid ", "https://semanticscholar.org/paper/", "\\_", "/", "[1] "]


@pytest.mark.parametrize("part", REPEATED)
def test_long_texts_are_read_in_few_steps(part: str):
    assert isinstance(identifiers_in(part * (100_000 // len(part))), list)


@pytest.mark.parametrize("announced", _ANNOUNCED, ids=lambda row: row[1].pattern[:30])
def test_whatever_announces_an_identifier_has_the_hint_that_is_looked_for_first(
    announced: tuple[str, re.Pattern[str], str],
):
    hint, pattern, _ = announced

    @settings(max_examples=10)
    @given(st.from_regex(pattern))
    def holds(text: str) -> None:
        found = pattern.search(text)
        assert found
        assert hint in found[0].casefold()

    holds()


@given(st.sampled_from(SCHEMES), st.text(max_size=30))
def test_any_text_is_an_identifier_or_refused_with_a_value_error(scheme: str, text: str):
    try:
        made = identifier(scheme, text)
    except ValueError:
        return
    assert identifier(scheme, made.value) == made
    assert parse_identifier(str(made)) == made
    assert made in closure([made])


FORMS = {
    "arxiv": r"[0-9]{4}\.[0-9]{4,5}(v[1-9])?|(cs|math|hep-th|q-alg|cond-mat)/[0-9]{7}",
    "doi": r"10\.[0-9]{4,6}/[A-Za-z0-9.()_-]{1,12}[A-Za-z0-9)]",
    "acl": r"[A-Z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z]{3,8}-[a-z]{4,5}\.[0-9]{1,3}",
    "s2": r"[0-9a-fA-F]{40}",
    "corpusid": r"[1-9][0-9]{0,8}",
    "pmid": r"[1-9][0-9]{0,7}",
    "pmcid": r"[1-9][0-9]{2,7}",
    "openalex": r"W[1-9][0-9]{5,10}",
    "omid": r"br/06[0-9]{3,12}",
}
PREFIXES = {
    "arxiv": ["", "arXiv:", "arxiv: ", "arxiv.org/abs/", "https://www.arxiv.org/pdf/", "http://export.arxiv.org/html/"],
    "doi": ["", "doi:", "DOI: ", "https://doi.org/", "http://dx.doi.org/"],
    "acl": ["", "acl:", "https://aclanthology.org/", "https://www.aclweb.org/anthology/"],
    "s2": ["", "s2:", "https://www.semanticscholar.org/paper/", "https://www.semanticscholar.org/paper/A-Title/"],
    "corpusid": ["CorpusID:", "corpus_id: ", "https://api.semanticscholar.org/CorpusID:"],
    "pmid": ["PMID:", "pmid: ", "PubMed ID: ", "https://pubmed.ncbi.nlm.nih.gov/"],
    "pmcid": ["PMC", "PMCID: PMC", "https://pmc.ncbi.nlm.nih.gov/articles/PMC"],
    "openalex": ["", "openalex:", "https://openalex.org/", "https://openalex.org/works/"],
    "omid": ["", "omid:", "https://opencitations.net/meta/", "https://w3id.org/oc/meta/"],
}
ENDS = ["", "?utm=1", "#page=2", "/", ".pdf"]


@given(st.sampled_from(SCHEMES), st.data())
def test_every_identifier_is_read_from_every_form_in_which_people_paste_it(scheme: str, data: st.DataObject):
    value = data.draw(st.from_regex(FORMS[scheme], fullmatch=True))
    prefix = data.draw(st.sampled_from(PREFIXES[scheme]))
    end = data.draw(st.sampled_from(ENDS)) if "/" in prefix else ""
    assert parse_identifier(f" {prefix}{value}{end} ") == identifier(scheme, value)


@given(st.sampled_from(sorted({prefix for each in PREFIXES.values() for prefix in each})), st.text(max_size=60))
def test_what_is_read_from_any_text_is_read_again_from_its_own_spelling(prefix: str, text: str):
    made = parse_identifier(prefix + text)
    if made is not None:
        assert parse_identifier(str(made)) == made


@pytest.mark.parametrize(
    ("value", "month"),
    [("2112.11446", "2021-12"), ("0704.0001", "2007-04"), ("hep-th/9108028", "1991-08"), ("cs/0102003", "2001-02")],
)
def test_an_arxiv_identifier_contains_its_month(value: str, month: str):
    assert arxiv_month([identifier("arxiv", value)]) == month


def test_a_month_that_does_not_exist_is_unknown():
    assert arxiv_month([identifier("arxiv", "2199.00001")]) is None
    assert arxiv_month([identifier("doi", "10.1234/abc")]) is None


@pytest.mark.parametrize(
    "value",
    [
        "10.18653/v1/",
        "10.18653/v1/20",
        "10.18653/v1/2021.e",
        "10.18653/v1/2021.naacl-main",
        "10.18653/v1/n19-14",
        "10.48550/arxiv.2111",
        "10.48550/arxiv.2204.0231",
        "10.1162/tacl",
        "10.1145/3442188.344",
        "10.1145/3442188.34459",
        "10.1016/s0140-6736(20",
        "10.1016/j.cell.2020",
        "10.1109/cvpr.2016",
        "10.1038/s41586-020",
        "10.1000/x-",
        "10.1371/journal.pone.01",
        "10.24963/ijcai.2018",
        "10.5281/zenodo.",
        "10.2139/ssrn.",
        "10.1007/978-3-",
    ],
)
def test_a_doi_that_cannot_be_whole_is_noticed(value: str):
    assert not is_whole(identifier("doi", value))


@pytest.mark.parametrize(
    "value",
    [
        "10.18653/v1/N19-1423",
        "10.18653/v1/2021.naacl-main.190",
        "10.18653/v1/2020.findings-emnlp.301",
        "10.1000/x",
        "10.48550/arXiv.1409.0473",
        "10.48550/arXiv.2204.02311v5",
        "10.48550/arXiv.hep-th/9901001",
        "10.1145/3360307",
        "10.1162/tacl_a_00370",
        "10.1162/neco.1997.9.8.1735",
        "10.1145/3442188.3445922",
        "10.1145/1390156.1390177",
        "10.1016/S0140-6736(20)30183-5",
        "10.1016/j.cell.2020.02.058",
        "10.1016/j.neunet.2014.09.003",
        "10.1109/5.771073",
        "10.1016/j.xgen.2025.100814",
        "10.1109/CVPR.2016.90",
        "10.1109/tnn.1998.712192",
        "10.1038/nature14236",
        "10.1038/s41586-020-2649-2",
        "10.1371/journal.pcbi.1008000",
        "10.24963/ijcai.2018/643",
        "10.31234/osf.io/qwert",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-/",
        "10.1145/5689.5920",
    ],
)
def test_a_whole_doi_is_whole(value: str):
    assert is_whole(identifier("doi", value))


@pytest.mark.parametrize(
    ("value", "whole"),
    [("2204.0231", False), ("1501.0001", False), ("1412.6980", True), ("2204.02311", True), ("cs/9901002", True)],
)
def test_an_arxiv_identifier_has_five_digits_since_2015(value: str, whole: bool):
    assert is_whole(identifier("arxiv", value)) is whole


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=200))
def test_a_text_without_digits_has_no_identifier_but_the_hash_of_a_paper(text: str):
    assert list(forms_in(text)) == []
    assert all(each.scheme == "s2" for each in identifiers_in(text))
    assert parse_identifier("s2:" + "abcdef" * 6 + "abcd") == identifier("s2", "abcdef" * 6 + "abcd")
