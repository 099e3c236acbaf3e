"""What a fetch would ask for: the papers that were read from each file, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from ...utils.text import clipped, for_terminal, plural
from ..printed_lists.reference_text import may_be_reference
from .estimates import Estimate, OtherEstimate
from .target import FileOfPapers, Target, Targets, distinct_papers

_BY_TITLE = "by its title"


def file_lines(targets: Targets) -> list[str]:
    """A line for each file: how many papers it names, and the format that it was read as."""
    return [for_terminal(_file_line(file, papers)) for file, papers in _by_file(targets)]


def preview_text(targets: Targets) -> str:
    """The same lines, each followed by one for each paper: its place, what the service is asked for, its title."""
    lines = [line for file, papers in _by_file(targets) for line in (_file_line(file, papers), *map(_line, papers))]
    return "".join(f"{for_terminal(line)}\n" for line in lines)


def preview_form(targets: Targets, expected: Estimate | None, others: Sequence[OtherEstimate] = ()) -> dict[str, Any]:
    """The same as plain JSON values, with what was left out of each file, and the requests that it takes.

    The fields are those of ``lineage fetch --dry-run --json`` in `docs/fetching.md`.
    """
    more = {
        "others": [
            {
                "name": each.service.kind,
                "service": each.base_url,
                "requests": each.requests,
                "seconds": round(each.seconds, 1),
                "dollars": round(each.dollars, 6),
            }
            for each in others
        ]
    }
    return {
        "service": expected.base_url if expected else None,
        "requests": expected.requests if expected else 0,
        "seconds": round(expected.seconds, 1) if expected else 0.0,
        **(more if others else {}),
        "files": [
            {
                "file": file.name,
                "format": file.format,
                "papers": file.papers,
                "left_out": [{"where": each.place, "what": each.what, "remedy": each.remedy} for each in file.faults],
            }
            for file in targets.files
        ],
        "papers": [
            {
                "file": paper.file,
                "where": paper.place,
                "label": paper.label,
                "key": paper.key,
                "title": paper.title,
                "first_author": paper.first_author,
                "year": paper.year,
                "asked_by": list(paper.asked_by),
                "searched_by_title": paper.title is not None,
            }
            for paper in targets.papers
        ],
    }


def _by_file(targets: Targets) -> Iterator[tuple[FileOfPapers, Sequence[Target]]]:
    papers = iter(targets.papers)
    return ((file, list(islice(papers, file.papers))) for file in targets.files)


def _file_line(file: FileOfPapers, papers: Sequence[Target]) -> str:
    distinct = distinct_papers(papers)
    entries = f" in {file.papers:,} entries" if file.papers != distinct else ""
    return f"{distinct:,} {plural(distinct, 'paper')}{entries} read from {file.name} ({file.format})"


def _line(paper: Target) -> str:
    return "  ".join(_parts(paper))


def _parts(paper: Target) -> Iterator[str]:
    yield f"  {paper.place}:"
    yield " ".join(paper.asked_by) or _BY_TITLE
    if paper.title:
        known = ", ".join(map(str, filter(None, (paper.first_author, paper.year))))
        yield f'"{clipped(paper.title, 100)}"' + (f" ({known})" if known else "")
        if not paper.asked_by and not known and may_be_reference(paper.title):
            yield "perhaps more than a title: its author and year could not be told"
