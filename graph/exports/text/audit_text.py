"""The findings of an audit as text, section by section."""

from __future__ import annotations

from ...analysis.audit import Audit
from ...analysis.resolve import describe
from ...model.corpus import Citation, Merge
from ...model.lineage import Lineage
from ...model.mixed_entries import mixed_text
from ...utils.text import clipped, for_terminal
from ..retraction_wording import retraction_lines
from ..wording import SHOWN, asserted, counted, describe_coverage, name_of, some_of, year_of
from .reason_text import missing_lines, reason_counts_sentence
from .witnesses_text import short_line


def audit_text(lineage: Lineage, found: Audit, *, all_merges: bool = False) -> str:
    """All findings; every merged record as well, with `all_merges`."""
    sections = [
        ("References of the list's papers", _coverage_lines(lineage, found)),
        ("What one complete source has and another lacks", _disagreement_lines(lineage, found)),
        ("Lists of references that are short", [short_line(lineage, key, each) for key, each in found.short]),
        ("Entries that no citation connects with the list", _isolated_lines(lineage, found)),
        ("Entries that no source knows", [describe(lineage, key) for key in found.absent]),
        ("Circles of citations", [f"{len(c)} papers: {some_of(lineage, c, 14)}" for c in found.cycles]),
        ("Citations of a later paper", [_citation_line(lineage, c) for c in found.backwards]),
        ("Papers that cite themselves", [_citation_line(lineage, c) for c in found.self_citations]),
        ("Papers that one bibliography names twice", _repeated_lines(lineage, found)),
        ("Records that a person merged", [_merge_line(m) for m in found.decided_merges]),
        ("Records merged by an identifier despite different titles", [_merge_line(m) for m in found.odd_merges]),
        ("Records that look alike and were kept apart", _doubt_lines(lineage, found, several=True)),
        ("Rows of sources that look like no paper", _doubt_lines(lineage, found, several=False)),
        ("Not verified", _unverified_lines(lineage, found)),
        ("Lists of references and citations that are not complete", _incomplete_lines(lineage, found)),
        ("Papers that Semantic Scholar keeps under several ids", _several_lines(lineage, found)),
        ("Years that differ from the list", _year_lines(lineage, found)),
        ("Years that differ from those of a source by more than one", _apart_lines(lineage, found)),
    ]
    if all_merges:
        sections.append(("All merged records", [_merge_line(m) for m in lineage.corpus.merges]))
    corpus = lineage.corpus
    head = (
        f"{counted(len(corpus.papers), 'paper')} ({found.untitled:,} known by identifier alone), "
        f"{counted(len(corpus.citations), 'citation')}, "
        f"{counted(len(corpus.sources), 'source')}, {counted(found.merges, 'record')} merged (--merges lists them)."
    )
    lines = [head]
    if found.reasons:
        lines.append(reason_counts_sentence(found.reasons))
        sections.append(
            ("Papers of the list with citations in it that have no reason", missing_lines(lineage, found.reasons))
        )
    if found.mixed:
        mixed = [for_terminal(mixed_text(lineage.corpus, each)) for each in found.mixed]
        sections.insert(0, ("Entries and names that mean several papers", mixed))
    if found.retractions:
        sections.insert(0, ("Retractions and other notices", retraction_lines(lineage, found.retractions)))
    for title, rows in sections:
        lines += ["", f"{title}: {len(rows) or 'none'}", *(f"  {row}" for row in rows)]
    return "\n".join(lines) + "\n"


def _coverage_lines(lineage: Lineage, found: Audit) -> list[str]:
    lines = []
    for row in found.coverage:
        sources = [describe_coverage(lineage, each) for each in lineage.corpus.coverage_rows(row.key)]
        lines.append(f"{name_of(lineage, row.key):<22}  {row.state:<11}  {'; '.join(sources) or 'no source was asked'}")
    return lines


def _disagreement_lines(lineage: Lineage, found: Audit) -> list[str]:
    lines = []
    for each in found.disagreements:
        name = name_of(lineage, each.citing)
        for source, keys in each.only.items():
            label = for_terminal(lineage.corpus.sources[source].label)
            lines += [f"{name} cites {name_of(lineage, key)}: only {label}" for key in keys[:SHOWN]]
            if len(keys) > SHOWN:
                lines.append(f"{name}: and {len(keys) - SHOWN} more that only {label} has")
        if each.not_compared:
            lines.append(f"{name}: {counted(each.not_compared, 'citation')} of one source could not be compared")
    return lines


def _isolated_lines(lineage: Lineage, found: Audit) -> list[str]:
    lines = []
    for key in found.isolated:
        cited_by = sorted(lineage.cited_by(key), key=lineage.age)
        state = lineage.corpus.coverage_of(key)
        why = f"cites no paper of the list (references {state}), and no list paper with known references cites it"
        outside = f"; it is cited outside the list, by {some_of(lineage, cited_by)}" if cited_by else ""
        lines.append(f"{name_of(lineage, key)} ({year_of(lineage, key)}): {why}{outside}")
    return lines


def _repeated_lines(lineage: Lineage, found: Audit) -> list[str]:
    return [
        f"{name_of(lineage, c.citing)} cites {name_of(lineage, c.cited)} as entries {', '.join(map(str, entries))}"
        for c, _, entries in found.repeated
    ]


def _doubt_lines(lineage: Lineage, found: Audit, *, several: bool) -> list[str]:
    """The doubts about several papers, or those about a single one."""
    return [
        f"{for_terminal(d.reason)}: {'  |  '.join(describe(lineage, key) for key in d.papers)}"
        for d in found.doubts
        if (len(d.papers) > 1) == several
    ]


def _unverified_lines(lineage: Lineage, found: Audit) -> list[str]:
    papers = [f"{name_of(lineage, key)}: {for_terminal('; '.join(what))}" for key, what in found.unverified]
    sources = [
        f"{for_terminal(lineage.corpus.sources[id_].label)}: {for_terminal(note)}" for id_, note in found.noted_sources
    ]
    return papers + sources


def _year_lines(lineage: Lineage, found: Audit) -> list[str]:
    return [
        f"entry {number}, {name_of(lineage, key)}: listed as {year}, first version {lineage.paper(key).date}"
        for key, number, year in found.other_years
    ]


def _incomplete_lines(lineage: Lineage, found: Audit) -> list[str]:
    return [
        f"{name_of(lineage, row.paper)}, {row.direction}: {row.state}, {describe_coverage(lineage, row)}"
        for row in found.incomplete
    ]


def _several_lines(lineage: Lineage, found: Audit) -> list[str]:
    return [f"{name_of(lineage, key)}: {' and '.join(ids)}" for key, ids in found.several_records]


def _apart_lines(lineage: Lineage, found: Audit) -> list[str]:
    return [
        f"{name_of(lineage, key)} ({lineage.paper(key).date}): {year} in {for_terminal(record)}"
        for key, record, year in found.years_apart
    ]


def _merge_line(merge: Merge) -> str:
    printed = f", printed as {clipped(merge.title, 70)!r}" if merge.title else ""
    return for_terminal(f"{merge.record} is {merge.paper} ({merge.rule}){printed}")


def _citation_line(lineage: Lineage, citation: Citation) -> str:
    citing, cited = (
        f"{name_of(lineage, key)} ({lineage.paper(key).date})" for key in (citation.citing, citation.cited)
    )
    return f"{citing} cites {cited}: {asserted(lineage, citation)}"
