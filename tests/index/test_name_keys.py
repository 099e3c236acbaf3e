"""The keys of names: those of whole columns are those of their texts, one by one, and never change."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from graph.index.column_keys import COLUMNS, arxiv_months, keys_of
from graph.index.name_keys import key_of
from graph.utils.person_names import surname
from graph.utils.text import normalised_title, words

from ..helpers.scale_world import PAPERS

TEXT = (
    st.text(st.sampled_from("aAbZ09 -_.,'éßŁøﬁ²½İǅ學Яя\u0301\u200d\t"), max_size=12)
    | st.text(max_size=8)
    | st.lists(st.sampled_from(["CO", "<sub>", "2", "</sub>", "&amp;", "$", r"\emph{", "}", "Ü"]), max_size=6).map(
        "".join
    )
)
OTHERS = ["Ann Lee et al.", "LEE, A., ET AL", "Lee (and colleagues)", "Lü & al.", "Lee & al", "et al.", "Janet Al"]
AUTHOR = TEXT | st.sampled_from(
    [*OTHERS, "Ann Lee", "Lee, Ann", "Ann Lee Jr.", "W. L. Lee III", "Jr.", ",", "II, Ann", "<i>A</i> Lee"]
)
YEAR_OF_ARXIV = {"1706.03762": 2017, "math/9901001v2": 1999, "cs.LG/0512001": 2005}
ROW = st.fixed_dictionaries(
    {
        "title": st.none() | TEXT,
        "authors": st.none() | st.lists(st.none() | AUTHOR, max_size=3),
        "authorids": st.none() | st.lists(st.sampled_from([None, 7, 8, 144_000_000]), max_size=3),
        "year": st.none() | st.integers(-3, 12000) | st.just(2017),
        "doi": st.none() | TEXT,
        "arxiv": st.sampled_from([None, *YEAR_OF_ARXIV, "x"]),
        "acl": st.none() | TEXT,
        "sha": st.none() | TEXT,
    }
)


def batches_of(rows) -> list[pa.RecordBatch]:
    table = pa.Table.from_pylist([{name: row.get(name) for name in PAPERS.names} for row in rows], PAPERS)
    return table.select(list(COLUMNS)).combine_chunks().to_batches()


def expected_keys(row) -> set[int]:
    """The keys of one paper, by the functions that fold names everywhere else."""
    keys = {key_of("word", word) for word in words(row["title"] or "")}
    if keys:
        keys.add(key_of("title", normalised_title(row["title"])))
    for column, scheme in (("doi", "doi"), ("arxiv", "arxiv"), ("acl", "acl"), ("sha", "s2")):
        if row[column]:
            keys.add(key_of(scheme, row[column].casefold()))
    families = [surname(each or "") for each in row["authors"] or ()]
    keys |= {key_of("family", each) for each in families if each}
    keys |= {key_of("author", str(each)) for each in row["authorids"] or () if each is not None}
    family = families[0] if families else ""
    years = (row["year"], YEAR_OF_ARXIV.get(row["arxiv"] or "")) if family else ()
    return keys | {key_of("by", f"{family} {year}") for year in years if year and 0 < year <= 9999}


@given(st.lists(ROW, max_size=6))
def test_the_keys_of_columns_are_those_of_their_texts(rows):
    found = defaultdict(list)
    for batch in batches_of(rows):
        keys, rows_of = keys_of(batch)
        for key, row in zip(keys.tolist(), rows_of.tolist(), strict=True):
            found[row].append(key)
    for number, row in enumerate(rows):
        assert sorted(found[number]) == sorted(expected_keys(row)), row  # each key once, also of two of one family


def test_an_author_with_others_is_known_by_the_family_name_whatever_stands_for_these():
    endings = ("et al.", "et. al", "et alii", "and others", "(and colleagues)", "& al.", "[et al.]")
    batches = batches_of({"title": None, "authors": [f"Ann Lee {each}"], "year": 2001} for each in endings)
    expected = [*[key_of("by", "lee 2001")] * len(endings), *[key_of("family", "lee")] * len(endings)]
    assert [keys_of(batch)[0].tolist() for batch in batches] == [expected]


def test_keys_are_the_same_as_in_existing_tables():
    """When one of these changes, existing tables find nothing: raise `graph.index.name_keys.VERSION`."""
    assert key_of("word", "attention") == 17012179055525400948
    assert key_of("title", "attentionisallyouneed") == 4737838137748333405
    assert key_of("by", "muller 1999") == 5304013837205444255
    assert key_of("family", "muller") == 4435220855401689172
    assert key_of("author", "1744223") == 8674564018213084859


def test_a_text_that_is_not_valid_unicode_has_a_key():
    assert key_of("word", "\udce9") == key_of("word", "?")


def test_a_slice_of_a_batch_has_its_own_keys():
    (batch,) = batches_of({"title": f"paper {n}", "authors": [f"A. Name{n}"], "year": 1990 + n} for n in range(9))
    keys, rows = keys_of(batch.slice(4, 2))
    assert {(key_of("by", "name4 1994"), 0), (key_of("word", "5"), 1)} <= set(
        zip(keys.tolist(), rows.tolist(), strict=True)
    )


def test_columns_without_any_value_have_no_keys():
    batch = pa.RecordBatch.from_pydict({name: pa.nulls(2) for name in COLUMNS})
    keys, rows = keys_of(batch)
    assert (keys.tolist(), rows.tolist()) == ([], [])


def test_arxiv_months_are_those_of_identifiers():
    months = {
        "1706.03762v5": 201706,
        "math.GT/9901001": 199901,
        "hep-th/9108028": 199108,
        "hep-th/0512001": 200512,
        "0704.0001": 200704,
        "9012.0001": 209012,
        "1712.00001": 201712,
        "1713.00001": 0,
        "1700.00001": 0,
        "nonsense": 0,
        None: 0,
    }
    assert arxiv_months(pa.array(list(months))).tolist() == list(months.values())
