"""Papers by the names that people type."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.resolve import describe, resolve
from graph.errors import AmbiguousName, InputError, LineageError, NameNotFound
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

from ..helpers.hostile import hostile_lineage

SMALL = hostile_lineage()


def named(*papers: Paper, listed: dict[int, str] | None = None) -> Lineage:
    """A lineage of these papers; `listed` has the number and the DOI of each entry."""
    entries = tuple(
        Entry(number, ("t",), "An entry", identifiers=(identifier("doi", doi),))
        for number, doi in (listed or {}).items()
    )
    return build_lineage(Corpus({p.key: p for p in papers}), ReadingList("L", (Theme("t", "T"),), entries))


def test_an_unknown_name_suggests_the_nearest(lineage: Lineage):
    with pytest.raises(NameNotFound) as fault:
        resolve(lineage, "BRET")
    assert "BERT" in fault.value.suggestions


def test_suggestions_are_names_or_else_titles_or_else_keys_at_most_three():
    papers = [
        Paper("alpha-one", title="A study of wheels", names=("Wheels",)),
        *(Paper(f"beta-{n}", title=f"A study of reels {n}") for n in range(5)),
    ]
    world = named(*papers)
    for typed, expected in {
        "wheelz": ["Wheels"],
        "A stvdy of reels 1": [f"A study of reels {n}" for n in (1, 4, 3)],
        "alpha-onee": ["alpha-one"],
        "entirely different words": [],
    }.items():
        with pytest.raises(NameNotFound) as fault:
            resolve(world, typed)
        assert list(fault.value.suggestions) == expected, typed
        assert fault.value.name == typed


def test_a_number_without_an_entry_is_not_searched_for_in_titles(lineage: Lineage):
    for number in ("99", "#99", "0", "entry 25"):
        with pytest.raises(InputError, match=f"the reading list has no entry {number.split()[-1].strip('#')}; "):
            resolve(lineage, number)


def test_the_number_of_an_entry_goes_before_everything_else():
    listed, other = Paper("x", identifiers=(identifier("doi", "10.1234/x"),)), Paper("6", names=("6",), title="6")
    world = named(listed, other, listed={6: "10.1234/x"})
    for typed in ("6", "#6", "entry 6", "No. 6", " 6 ", "[6]"):
        assert resolve(world, typed) == "x"


def test_a_key_goes_before_an_identifier_and_is_found_in_capitals():
    world = named(Paper("n19-1423"), Paper("b", identifiers=(identifier("acl", "N19-1423"),)))
    assert resolve(world, "N19-1423") == "n19-1423"


def test_a_name_goes_before_a_title_a_title_before_author_and_year_and_these_before_part_of_a_title():
    by_name = Paper("a", title="Something", names=("Lee 2018",))
    by_title = Paper("b", title="Lee, 2018")
    by_author = Paper("c", title="Something new", authors=("Ann Lee", "Bob Ray"), date="2018-01")
    by_part = Paper("d", title="About Lee 2018 and others")
    papers = [by_name, by_title, by_author, by_part]
    while papers:
        assert resolve(named(*papers), "Lee 2018") == papers.pop(0).key


def test_only_the_first_author_and_the_year_of_the_paper_count():
    papers = [
        Paper("first", authors=("Ann Lee",), date="2018"),
        Paper("second", authors=("Bob Ray", "Ann Lee"), date="2018"),
        Paper("earlier", authors=("Ann Lee",), date="2017"),
        Paper("undated", authors=("Ann Lee",)),
    ]
    for typed in ("Lee 2018", "Lee et al. 2018", "Ann Lee (2018)", "lee, 2018"):
        assert resolve(named(*papers), typed) == "first"


CITED_BY_A_LATER_YEAR = {
    "Hu et al., 2022": ["hu2021", "hu2022membership"],
    "Lewis et al., 2020": ["lewis2019", "lewis2020retrieval", "lewis2020question"],
    "Devlin et al., 2019": ["devlin2018"],
    "Bahdanau et al., 2015": ["bahdanau2014"],
    "Ziegler et al., 2020": ["ziegler2019"],
    "Lialin et al. 2022": ["lialin2023"],
}
"""What the citation of a publication means: a year of the publication, of its venue, or as the list states it."""


@pytest.mark.parametrize(("typed", "keys"), CITED_BY_A_LATER_YEAR.items())
def test_the_year_of_the_publication_counts_and_several_papers_are_listed(lineage: Lineage, typed, keys):
    if len(keys) == 1:
        assert resolve(lineage, typed) == keys[0]
        return
    with pytest.raises(AmbiguousName) as fault:
        resolve(lineage, typed)
    assert [line.split()[0] for line in fault.value.candidates] == keys


PEOPLE = [
    Paper("oord", authors=("Aäron van den Oord", "O. Vinyals", "K. Kavukcuoglu"), date="2017", authors_complete=True),
    Paper("schutze", authors=("Hinrich Schütze",), date="1998"),
    Paper("cho", authors=("Cho, Kyunghyun", "Bengio, Yoshua"), date="2014", authors_complete=True),
    Paper("cho-gulcehre", authors=("Kyunghyun Cho", "Caglar Gulcehre"), date="2014", authors_complete=True),
    Paper("weinan", authors=("Weinan E",), date="2017"),
    Paper("allen", authors=("Zeyuan Allen-Zhu", "Yuanzhi Li"), date="2019", authors_complete=True),
    Paper("openai", authors=("OpenAI",), date="2023-03-15"),
    Paper("anders", authors=("Bo Anders", "Cy Band"), date="2001", publication_date="2003-01", authors_complete=True),
    Paper("partly", authors=("Di Part",), date="2005"),
    Paper("printed", authors=("Ed Late",), publication_date="2010"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("van den Oord et al., 2017", "oord"),
        ("Oord 2017", "oord"),
        ("A. van den Oord, O. Vinyals and K. Kavukcuoglu (2017a)", "oord"),
        ("Schütze 1998", "schutze"),
        ("SCHUTZE, H. (1998)", "schutze"),
        ("Cho and Bengio 2014", "cho"),
        ("Cho & Bengio, 2014b", "cho"),
        ("Cho, K., & Bengio, Y. (2014).", "cho"),
        ("Cho K. and Gülçehre C. 2014", "cho-gulcehre"),
        ("[Cho; Bengio 2014]", "cho"),
        ("Weinan E 2017", "weinan"),
        ("E, 2017", "weinan"),
        ("Allen-Zhu & Li [2019]", "allen"),
        ("Allen-Zhu et al 2019", "allen"),
        ("OpenAI, 2023", "openai"),
        ("Anders and Band, 2003", "anders"),
        ("Anders et al.2001", "anders"),
        ("Anders,et al (2001)", "anders"),
        ("Anders and others 2001", "anders"),
        ("Anders (and colleagues) 2001", "anders"),
        ("Anders & al. 2001", "anders"),
        ("Anders and Band et alii, 2001", "anders"),
        ("Part & Whole 2005", "partly"),  # of whose authors not all are known
        ("Late 2010", "printed"),
    ],
)
def test_authors_are_named_as_bibliographies_and_texts_name_them(typed: str, key: str):
    assert resolve(named(*PEOPLE), typed) == key


@pytest.mark.parametrize(
    "typed", ["Anders 2002", "Anders and Nobody 2001", "Band 2001", "et al. 2001", "& 2001", "Cho2014"]
)
def test_another_year_author_or_form_names_no_paper(typed: str):
    with pytest.raises(NameNotFound):
        resolve(named(*PEOPLE), typed)


def test_other_titles_are_titles_too_and_a_name_is_searched_for_parts():
    paper = Paper("a", title="One title", also_titled=("Another title",), names=("Wheel of fortune",))
    world = named(paper, Paper("b", title="Another title that is longer"))
    assert resolve(world, "another TITLE!") == "a"
    assert resolve(world, "of fortune") == "a"
    assert resolve(world, "is longer") == "b"


@pytest.mark.parametrize("typed", ["", "  ", "→", "!?"])
def test_a_name_without_letters_and_digits_means_no_paper(typed: str):
    with pytest.raises(NameNotFound):
        resolve(named(Paper("a", title="A"), Paper("b")), typed)


def test_an_error_shows_the_beginning_of_a_long_name():
    with pytest.raises(NameNotFound) as fault:
        resolve(named(Paper("a", title="A")), "x" * 2_000)
    assert f"{'x' * 199}…" in str(fault.value)
    assert len(str(fault.value)) < 300


def test_an_identifier_that_repeats_another_finds_the_paper_of_that_one():
    world = named(Paper("a", identifiers=(identifier("arxiv", "1810.04805"),)), Paper("b"))
    assert resolve(world, "https://doi.org/10.48550/arXiv.1810.04805") == "a"


def test_two_papers_with_one_identifier_are_both_candidates():
    twins = [Paper(key, identifiers=(identifier("doi", "10.1234/x"),)) for key in ("a", "b")]
    with pytest.raises(AmbiguousName) as fault:
        resolve(named(*twins), "10.1234/X")
    assert [line.split()[0] for line in fault.value.candidates] == ["a", "b"]


def test_an_ambiguous_name_lists_the_candidates_of_the_list_first_and_then_the_oldest():
    papers = [
        Paper("young", title="Attention b", date="2020"),
        Paper("old", title="Attention a", date="2001"),
        Paper("listed", title="Attention c", date="2021", identifiers=(identifier("doi", "10.1234/x"),)),
    ]
    with pytest.raises(AmbiguousName) as fault:
        resolve(named(*papers, listed={7: "10.1234/x"}), "attention")
    assert list(fault.value.candidates) == [
        "listed  2021 [7]  Attention c",
        "old  2001  Attention a",
        "young  2020  Attention b",
    ]


def test_an_ambiguous_name_shows_twelve_candidates_and_says_how_many_there_are(lineage: Lineage):
    with pytest.raises(AmbiguousName, match="could be 46 papers") as fault:
        resolve(lineage, "attention")
    assert fault.value.total == 46
    assert len(fault.value.candidates) == 13
    assert fault.value.candidates[0].startswith("bahdanau2014  2014 [1]")
    assert fault.value.candidates[-1] == "... and 34 more: say more of the title"


def test_a_paper_is_described_by_what_is_known_of_it():
    world = named(Paper("a", identifiers=(identifier("doi", "10.1234/x"),)), Paper("b", title="T" * 100, date="2001"))
    assert describe(world, "a") == "a  n.d.  [untitled doi:10.1234/x]"
    assert describe(world, "b") == f"b  2001  {'T' * 79}…"


def test_every_paper_of_the_corpus_has_its_key_and_its_identifiers_as_names(lineage: Lineage, corpus: Corpus):
    for key, paper in islice(corpus.papers.items(), 0, None, 97):
        assert resolve(lineage, key) == key
        for each in paper.identifiers:
            assert resolve(lineage, str(each)) == key


@given(st.text(max_size=30))
def test_any_name_is_a_paper_or_a_plain_error(name: str):
    try:
        key = resolve(SMALL, name)
    except (NameNotFound, AmbiguousName, InputError):
        return
    assert key in SMALL.corpus.papers


@pytest.mark.parametrize(("name", "key"), [
    ("LSTM", "hochreiter1997long"), ("ResNet", "he2015deep"), ("word2vec", "mikolov2013distributed"),
    ("Word2Vec", "mikolov2013distributed"), ("BookCorpus", "zhu2015aligning"), ("Zhu 2015", "zhu2015aligning"),
    ("MobileNetV2", "mobilenetv2-inverted-residuals-linear"),
])  # fmt: skip
def test_a_paper_is_found_by_what_people_call_it(lineage: Lineage, name: str, key: str):
    assert resolve(lineage, name) == key


def test_a_name_that_a_title_begins_with_goes_before_parts_of_titles_and_after_names():
    titles = {"a": "DeepFoo: A system", "b": "Beyond DeepFoo: More", "c": "GLUEing: parts", "d": "T5: Transfer"}
    lineage = named(*(Paper(key, title=title) for key, title in titles.items()), Paper("e", "On T", names=("T5",)))
    assert resolve(lineage, "deepfoo") == "a"
    assert resolve(lineage, "T5") == "e"


@pytest.mark.parametrize(("typed", "key"), [
    ("LSTM", "a"), ("LSTMs", "a"), ("SOTA", "b"), ("SA", None), ("lstm", None), ("LSTMX", None), ("ITM", "c"),
])  # fmt: skip
def test_an_abbreviation_in_capitals_means_the_title_with_these_initials(typed: str, key: str | None):
    titles = {"a": "Long Short-Term Memory", "b": "Speech of the Ancients", "c": "The Idea of a Theory of Memory"}
    lineage = named(*(Paper(one, title=title) for one, title in titles.items()))
    if key is None:
        with pytest.raises(LineageError):
            resolve(lineage, typed)
    else:
        assert resolve(lineage, typed) == key
