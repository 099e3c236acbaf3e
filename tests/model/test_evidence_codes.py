"""Evidence as bytes: an index keeps it, and the order by it is the same from rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.evidence import strength, strengths_at
from graph.model.corpus import KINDS, Assertion, Citation, Corpus, Paper, Source
from graph.model.corpus_index import INDEX, MAGIC, VERSION
from graph.model.evidence_codes import MOST, Evidence
from graph.model.lineage import build_lineage
from graph.model.origins import origin_of
from graph.model.reading_list import ReadingList
from graph.model.reasons import INTENTS, Reason
from graph.model.storage import load_corpus, save_corpus
from graph.utils.array_file import ArrayFile

KEYS = [f"p{number}" for number in range(6)]
SOURCES = {kind: Source(kind, kind, kind) for kind in KINDS}  # type: ignore[arg-type]
SOME_INTENTS = st.sets(st.sampled_from(INTENTS)).map(sorted).map(tuple)
SAID = st.builds(
    Assertion,
    st.sampled_from(KINDS),
    influential=st.sampled_from([None, False, True]),
    intents=SOME_INTENTS,
    contexts=st.integers(0, 12).map(lambda count: tuple(map(str, range(count)))),
)
PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1])
CITATIONS = st.dictionaries(PAIRS, st.lists(SAID, min_size=1, max_size=4).map(tuple), max_size=9)


def test_a_byte_has_room_for_every_origin():
    assert len({origin_of(kind) for kind in KINDS}) <= MOST  # type: ignore[arg-type]
    evidence = [Evidence(*map(int, f"{n:04b}")) for n in range(16)]
    assert len({each.code for each in evidence}) == len(evidence)


@given(CITATIONS, st.dictionaries(PAIRS, SOME_INTENTS, max_size=5), st.sampled_from([0, 10**6]), st.randoms())
def test_the_strengths_of_many_citations_are_those_of_each_by_an_index_and_from_rows(
    tmp_path_factory: pytest.TempPathFactory, said: dict, intents: dict, kept_from: int, chance: object
):
    folder = tmp_path_factory.mktemp("corpus")
    citations = [Citation(citing, cited, assertions) for (citing, cited), assertions in said.items()]
    reasons = {arc: Reason(arc[1], arc[0], "uses", "text", "read", each) for arc, each in intents.items()}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.model.corpus_index.ORDERED_FROM", kept_from)
        save_corpus(Corpus({key: Paper(key) for key in KEYS}, citations, sources=SOURCES), folder)
    by_index = load_corpus(folder)
    (folder / INDEX).unlink()
    for corpus in (by_index, load_corpus(folder), by_index.with_papers({"new": Paper("new")})):
        lineage = build_lineage(corpus, ReadingList("L", (), ()), reasons)
        expected = np.array([strength(corpus, each, reasons) for each in corpus.citations])
        for share in (1.0, 0.1):
            places = [place for place in range(len(expected)) if chance.random() < share]  # type: ignore[attr-defined]
            chance.shuffle(places)  # type: ignore[attr-defined]
            at = np.array(places, np.int64)
            assert strengths_at(lineage, at).tolist() == expected[at].tolist()


def test_evidence_that_is_damaged_or_of_other_sources_is_read_from_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr("graph.model.corpus_index.ORDERED_FROM", 0)
    caplog.set_level("INFO", "graph.model.corpus_index")
    corpus = Corpus(
        {key: Paper(key) for key in "ab"},
        [Citation("b", "a", (Assertion("crossref"), Assertion("openalex")))],
        sources={kind: SOURCES[kind] for kind in ("crossref", "openalex")},
    )
    save_corpus(corpus, tmp_path)
    at = ArrayFile(tmp_path / INDEX, MAGIC, VERSION)._sections["evidence"]["at"]
    written = (tmp_path / INDEX).read_bytes()
    (tmp_path / INDEX).write_bytes(written[:at] + bytes([written[at] ^ 3]) + written[at + 1 :])
    assert load_corpus(tmp_path).evidence_codes(np.array([0])).tolist() == [Evidence(1, False, False, 0).code]
    assert "evidence is read from the rows" in caplog.text
