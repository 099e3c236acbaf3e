"""What `lineage diff` says of two corpora."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graph.exports.text.diff_text import comparison_text
from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.diff import Corrected, compare
from graph.model.identifiers import identifier
from graph.model.serialize import to_row
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


def test_papers_and_citations_that_only_one_corpus_has_are_listed():
    c = paper("c", "doi:10.1234/c")
    found = compare(corpus(A, B, cites={("a", "b"): "one"}), corpus(B, c, cites={("c", "b"): "one"}))
    assert (found.added, found.removed) == (("c",), ("a",))
    assert (found.cited, found.uncited) == ((("c", "b"),), (("a", "b"),))
    assert (found.renamed, found.merged, found.split, found.corrected) == ((), (), (), ())
    assert not found.same


def test_a_paper_under_another_key_is_the_same_paper_whether_it_cites_or_is_cited():
    old = corpus(B, A, cites={("a", "b"): "one", ("b", "a"): "one"})
    new = corpus(replace(A, key="a2"), B, cites={("a2", "b"): "one", ("b", "a2"): "one"})
    found = compare(old, new)
    assert found.renamed == (("a", "a2"),)
    assert replace(found, renamed=()).same


def test_the_sources_of_a_citation_are_listed_in_order_those_that_came_and_those_that_went():
    names = [f"source {letter}" for letter in "hgfedcba"]
    every = Corpus({"a": A, "b": B}, [Citation("a", "b", tuple(map(Assertion, names)))], (), {
        name: Source(name, "user", name) for name in names
    })  # fmt: skip
    one = Corpus({"a": A, "b": B}, [Citation("a", "b", (Assertion(names[0]),))], (), every.sources)
    others = tuple(sorted(names[1:]))
    assert compare(one, every).witnesses == (("a", "b", others, ()),)
    assert compare(every, one).witnesses == (("a", "b", (), others),)


def test_a_shared_identifier_goes_before_an_equal_key_and_the_key_counts_without_one():
    swapped = corpus(replace(A, key="b"), replace(B, key="a"))
    assert compare(corpus(A, B), swapped).renamed == (("a", "b"), ("b", "a"))
    without = compare(corpus(Paper("a")), corpus(Paper("a", title="A")))
    assert (without.added, without.removed) == ((), ())
    assert without.corrected == (Corrected("a", "title", None, "A"),)
    with_other = compare(corpus(A), corpus(replace(A, identifiers=B.identifiers)))
    assert (with_other.added, with_other.removed) == ((), ())


def test_an_identifier_that_repeats_another_is_a_shared_identifier():
    old, new = paper("a", "doi:10.48550/arxiv.1810.04805"), paper("b", "arxiv:1810.04805")
    assert compare(corpus(old), corpus(new)).renamed == (("a", "b"),)


def test_two_papers_that_became_one_are_merged_and_the_reverse_is_a_split():
    both = paper("a", "doi:10.1234/a", "doi:10.1234/b", title="Both")
    merged, split = compare(corpus(B, A), corpus(both)), compare(corpus(both), corpus(A, B))
    assert (merged.merged, merged.removed, merged.split) == ((("a", ("a", "b")),), (), ())
    assert (split.split, split.added, split.merged) == ((("a", ("a", "b")),), (), ())
    # Whose title would be corrected? Only a paper that is still one paper has corrections and another key.
    assert (merged.corrected, merged.renamed, split.corrected, split.renamed) == ((), (), (), ())


def test_citations_of_merged_papers_are_those_of_the_paper_that_they_became():
    both, c = paper("ab", "doi:10.1234/a", "doi:10.1234/b"), paper("c", "doi:10.1234/c")
    old = corpus(A, B, c, cites={("a", "c"): "one", ("b", "c"): "two", ("c", "a"): "one"})
    new = corpus(both, c, cites={("ab", "c"): "one two", ("c", "ab"): "one"})
    found = compare(old, new)
    assert (found.cited, found.uncited, found.witnesses) == ((), (), ())


def test_every_changed_field_is_a_correction_with_both_values():
    changes = {
        "title": "B", "authors": ("Ann Lee",), "authors_complete": True, "date": "2018-10",
        "date_basis": "first_version", "publication_date": "2019", "venue": "ACL", "names": ("N",),
        "also_titled": ("T",), "unverified": ("date",), "identifiers": (*A.identifiers, *B.identifiers),
    }  # fmt: skip
    found = compare(corpus(A), corpus(replace(A, **changes)))
    assert {each.field: each.new for each in found.corrected} == changes
    assert all((each.key, each.old) == ("a", getattr(A, each.field)) for each in found.corrected)
    assert "a: date was unknown, is 2018-10" in comparison_text(found)


def test_sources_and_coverage_that_change_are_listed():
    def rows(*states: str) -> list[Coverage]:
        return [
            Coverage("a", direction, "one", state, 1)
            for direction, state in zip(("references", "citations"), states, strict=True)
        ]

    old = corpus(A, B, cites={("a", "b"): "one", ("b", "a"): "one"}, coverage=rows("failed", "capped"))
    new = corpus(A, B, cites={("a", "b"): "two", ("b", "a"): "one"}, coverage=rows("complete", "partial"))
    found = compare(old, new)
    assert found.witnesses == (("a", "b", ("two",), ("one",)),)
    assert found.coverage == (("a", "references", "failed", "complete"), ("a", "citations", "capped", "partial"))
    assert to_row(found)["coverage"] == [list(row) for row in found.coverage]


def test_changes_are_in_the_order_of_keys():
    keys = ["c", "a", "b"]
    old = corpus(*(paper(key, f"doi:10.1234/{key}") for key in keys))
    assert compare(old, corpus()).removed == ("a", "b", "c")
    new = corpus(*(paper(f"{key}2", f"doi:10.1234/{key}") for key in keys))
    assert [before for before, _ in compare(old, new).renamed] == ["a", "b", "c"]


def test_the_command_prints_the_changes_and_exits_with_one(tmp_path: Path):
    save_corpus(corpus(A, B), tmp_path / "old")
    save_corpus(corpus(A), tmp_path / "new")
    result = lineage_command("diff", tmp_path / "old", tmp_path / "new")
    assert (result.returncode, result.stdout) == (1, "papers removed: 1\n  b\n")
    assert lineage_command("diff", tmp_path / "old", tmp_path / "old").returncode == 0
