"""What `lineage diff` says of two corpora."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graph.exports.text.diff_text import comparison_form, comparison_text
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.diff import Corrected, compare
from graph.model.identifiers import identifier
from graph.model.storage import save_corpus

from ..interfaces.test_cli import lineage_command

SOURCES = {name: Source(name, "user", name) for name in ("one", "two")}


def paper(key: str, *ids: str, **more) -> Paper:
    return Paper(key, identifiers=tuple(identifier(*each.split(":", 1)) for each in ids), **more)


def corpus(*papers: Paper, cites: dict[tuple[str, str], str] | None = None, coverage=()) -> Corpus:
    citations = [
        Citation(citing, cited, tuple(Assertion(s) for s in sources.split()))
        for (citing, cited), sources in (cites or {}).items()
    ]
    return Corpus({p.key: p for p in papers}, citations, coverage, SOURCES)


A, B = paper("a", "doi:10.1234/a", title="A"), paper("b", "doi:10.1234/b", title="B")


def test_equal_corpora_say_the_same(corpus: Corpus):
    found = compare(corpus, corpus)
    assert found.same
    assert comparison_text(found) == "The two corpora are the same.\n"


def test_papers_and_citations_that_come_and_go_are_told():
    c = paper("c", "doi:10.1234/c")
    found = compare(corpus(A, B, cites={("a", "b"): "one"}), corpus(B, c, cites={("c", "b"): "one"}))
    assert (found.added, found.removed) == (("c",), ("a",))
    assert (found.cited, found.uncited) == ((("c", "b"),), (("a", "b"),))


def test_a_paper_under_another_key_is_the_same_paper_and_its_citations_too():
    found = compare(
        corpus(A, B, cites={("a", "b"): "one"}), corpus(replace(A, key="a2"), B, cites={("a2", "b"): "one"})
    )
    assert found.renamed == (("a", "a2"),)
    assert (found.cited, found.uncited, found.added, found.removed) == ((), (), (), ())


def test_two_papers_that_became_one_are_merged_and_the_reverse_is_a_split():
    both = paper("a", "doi:10.1234/a", "doi:10.1234/b", title="A")
    assert compare(corpus(A, B), corpus(both)).merged == (("a", ("a", "b")),)
    assert compare(corpus(both), corpus(A, B)).split == (("a", ("a", "b")),)
    assert compare(corpus(A, B), corpus(both)).removed == ()


def test_a_changed_field_is_a_correction_with_both_values():
    found = compare(corpus(A), corpus(replace(A, date="2018-10")))
    assert found.corrected == (Corrected("a", "date", None, "2018-10"),)
    assert "a: date was unknown, is 2018-10" in comparison_text(found)


def test_sources_and_coverage_that_change_are_told():
    states = [[Coverage("a", "references", "one", state, 1)] for state in ("failed", "complete")]
    old, new = (
        corpus(A, B, cites={("a", "b"): sources}, coverage=rows)
        for sources, rows in zip(("one", "two"), states, strict=True)
    )
    found = compare(old, new)
    assert found.witnesses == (("a", "b", ("two",), ("one",)),)
    assert found.coverage == (("a", "references", "failed", "complete"),)
    assert comparison_form(found)["coverage"] == [["a", "references", "failed", "complete"]]


def test_the_command_prints_the_changes_and_exits_with_one(tmp_path: Path):
    save_corpus(corpus(A, B), tmp_path / "old")
    save_corpus(corpus(A), tmp_path / "new")
    result = lineage_command("diff", tmp_path / "old", tmp_path / "new")
    assert (result.returncode, result.stdout) == (1, "papers removed: 1\n  b\n")
    assert lineage_command("diff", tmp_path / "old", tmp_path / "old").returncode == 0
