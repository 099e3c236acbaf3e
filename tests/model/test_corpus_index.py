"""A corpus read by its index is the corpus read from its rows, and an index that does not fit is left aside."""

from __future__ import annotations

import logging
import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.corpus_index import INDEX
from graph.model.identifiers import identifier
from graph.model.shipped_data import snapshot_path
from graph.model.storage import corpus_files, load_corpus, save_corpus

TITLES = st.text(min_size=1, max_size=12)
KEYS = [f"p{number}" for number in range(7)]


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Any small corpus: titles of any letters, shared names and identifiers, circles, papers that cite themselves."""
    papers = {
        key: Paper(
            key,
            draw(st.one_of(st.none(), TITLES)),
            tuple(draw(st.lists(TITLES, max_size=2))),
            date=draw(st.sampled_from([None, "2014", "2014-09", "2014-09-01", "1998"])),
            identifiers=tuple(
                draw(
                    st.sampled_from(
                        [(), (identifier("doi", "10.48550/arXiv.1409.0473"),), (identifier("arxiv", "1409.0473"),)]
                    )
                )
            ),
            names=tuple(draw(st.lists(st.sampled_from(["BERT", "GPT", "é"]), max_size=2, unique=True))),
        )
        for key in draw(st.sets(st.sampled_from(KEYS)))
    }
    pairs = draw(st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=12))
    said = (Assertion("s", (1,), influential=draw(st.sampled_from([None, True, False]))),)
    citations = [Citation(a, b, said) for a, b in pairs if a in papers and b in papers]
    coverage = [Coverage(key, "references", "s", "complete", 0) for key in sorted(papers)[:2]]
    return Corpus(papers, citations, coverage, {"s": Source("s", "user", "somebody")})


@given(corpora())
def test_a_saved_corpus_is_read_by_its_index_and_is_the_same(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus):
    folder = tmp_path_factory.mktemp("corpus")
    save_corpus(corpus, folder)
    found = load_corpus(folder)
    assert "kept" in found.__dict__
    assert found == corpus
    assert corpus_files(found) == corpus_files(corpus)
    for one in KEYS:
        for other in KEYS:
            if one in corpus.papers and other in corpus.papers:
                assert found.citation(one, other) == corpus.citation(one, other)
    for scheme, value in (("arxiv", "1409.0473"), ("doi", "10.48550/arxiv.1409.0473")):
        assert found.identified(identifier(scheme, value)) == corpus.identified(identifier(scheme, value))
    for paper in corpus.papers.values():
        assert found.names.titled(paper.title or "") == corpus.names.titled(paper.title or "")
        assert found.names.containing(paper.title or "") == corpus.names.containing(paper.title or "")


@given(corpora())
def test_a_name_is_found_wherever_a_paper_has_it(corpus: Corpus):
    numbers = corpus.arrays.numbers
    for text in ("BERT", "bert", "É", "e"):
        expected = {numbers[p.key] for p in corpus.papers.values() if any(_same(text, name) for name in p.names)}
        assert set(corpus.names.named(text)) == expected


def _same(one: str, other: str) -> bool:
    return {"É": "e", "é": "e"}.get(one, one.lower()) == {"é": "e"}.get(other, other.lower())


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped corpus, with an index."""
    save_corpus(load_corpus(snapshot_path()), tmp_path / "corpus")
    return tmp_path / "corpus"


def said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(caplog.messages)


def test_the_log_says_how_a_corpus_was_read(shipped: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    load_corpus(shipped)
    assert "by its index" in said(caplog)
    (shipped / INDEX).unlink()
    load_corpus(shipped)
    assert "there is no index; 'lineage --corpus" in said(caplog)
    assert "from its rows" in said(caplog)


@pytest.mark.parametrize("kept", [0, 10, 4095, 4096, 5000, 300_000])
def test_an_index_that_was_cut_short_is_left_aside(shipped: Path, kept: int):
    whole = load_corpus(snapshot_path())
    data = (shipped / INDEX).read_bytes()
    (shipped / INDEX).write_bytes(data[:kept])
    assert load_corpus(shipped) == whole


def part_of_shipped() -> Corpus:
    """A hundred papers of the shipped corpus and what is said of them."""
    whole = load_corpus(snapshot_path())
    cited = [c.cited for c in whole.citations if c.citing == "rae2021"]
    papers = {key: whole.papers[key] for key in ["rae2021", "ouyang2022", *cited[:98]]}
    citations = [c for c in whole.citations if c.citing in papers and c.cited in papers]
    return Corpus(papers, citations, sources=whole.sources)


@pytest.mark.long
def test_a_flipped_bit_anywhere_in_the_index_changes_no_answer(tmp_path: Path):
    """Three hundred places, of which the header and every array have some."""
    whole = part_of_shipped()
    save_corpus(whole, tmp_path)
    data = (tmp_path / INDEX).read_bytes()
    title = whole.papers["rae2021"].title or ""
    chance = random.Random(7)
    for place in [*range(0, 1000, 10), *(chance.randrange(len(data)) for _ in range(200))]:
        damaged = bytearray(data)
        damaged[place] ^= 1 << chance.randrange(8)
        (tmp_path / INDEX).write_bytes(bytes(damaged))
        found = load_corpus(tmp_path)
        assert found == whole
        assert (found.arrays.network.citers == whole.arrays.network.citers).all()
        assert found.names.titled(title) == whole.names.titled(title) != []
        assert found.names.containing(title[:9]) == whole.names.containing(title[:9]) != []
        for each in whole.papers["rae2021"].identifiers:
            assert found.identified(each) == ("rae2021",)
        assert found.citation("ouyang2022", "rae2021") == whole.citation("ouyang2022", "rae2021") is not None


def test_a_row_changed_by_hand_counts_though_the_index_has_another(shipped: Path):
    papers = shipped / "papers.jsonl"
    text = papers.read_text("utf-8")
    assert '"names": ["BERT"' in text
    papers.write_text(text.replace('"names": ["BERT"', '"names": ["BURT"'), "utf-8")
    later = (shipped / INDEX).stat().st_mtime_ns + 1_000_000
    os.utime(papers, ns=(later, later))
    assert load_corpus(shipped).papers["devlin2018"].names[0] == "BURT"


def test_the_index_of_another_corpus_is_left_aside(shipped: Path, tmp_path: Path):
    save_corpus(Corpus({"a": Paper("a", "Another")}), tmp_path / "other")
    shutil.copy(tmp_path / "other" / INDEX, shipped / INDEX)
    assert load_corpus(shipped) == load_corpus(snapshot_path())


def test_a_table_that_changes_while_it_is_read_is_one_clear_fault(shipped: Path):
    found = load_corpus(shipped)
    papers = shipped / "papers.jsonl"
    size = papers.stat().st_size
    with papers.open("r+b") as file:
        file.write(b"x" * size)
    with pytest.raises(InputError, match="not what its index was made from"):
        _ = found.papers["devlin2018"]
