"""The boxes of a PRISMA 2020 flow for a search by citations, and its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..analysis.snowball import Snowball
from ..model.lineage import Lineage
from ..utils.csv_files import csv_text
from .wording import KIND_NAMES, counted

PAPERS = (
    *("key", "name", "title", "authors", "year", "date", "venue", "identifiers", "url", "seed", "round"),
    *("seeds", "backward_from", "forward_from", "records", "sources"),
)
FLOW = ("stage", "box", "description", "n")


@dataclass(frozen=True, slots=True)
class Box:
    """A number of the flow; `n` is None where a person has to count, after screening.

    `box` is its name for programs, `stage` the part of the flow that it stands in.
    """

    stage: str
    box: str
    description: str
    n: int | None


def flow_of(lineage: Lineage, found: Snowball) -> tuple[Box, ...]:
    """The boxes in the order of the flow "identification of studies via other methods: citation searching".

    Page et al. (2021), "The PRISMA 2020 statement", https://doi.org/10.1136/bmj.n71.
    """
    identified = "identification"
    return (
        Box(identified, "identified", "records identified by citation searching", found.records),
        *(
            Box(identified, f"identified_{way}_{kind}", f"{way}: {_lists(kind, lists)}", records)
            for (way, kind), (lists, records) in _by_kind(lineage, found).items()
        ),
        Box("removed", "duplicates", "duplicate records removed", found.duplicates),
        Box("removed", "unidentified", "records not identified, or repeated within a list", found.unidentified),
        Box("removed", "seeds", "seeds, which are in the review already", found.seeds_again),
        Box("screening", "to_screen", "records to screen", found.to_screen),
        Box("screening", "excluded", "records excluded", None),
        Box("retrieval", "sought", "reports sought for retrieval", None),
        Box("retrieval", "not_retrieved", "reports not retrieved", None),
        Box("eligibility", "assessed", "reports assessed for eligibility", None),
        Box("eligibility", "reports_excluded", "reports excluded", None),
        Box("included", "included", "studies included in review", None),
    )


def _by_kind(lineage: Lineage, found: Snowball) -> dict[tuple[str, str], tuple[int, int]]:
    """The lists that were searched, and their records, by direction and kind of source."""
    lists: Counter[tuple[str, str]] = Counter()
    records: Counter[tuple[str, str]] = Counter()
    for each in found.searched:
        at = each.way, lineage.corpus.sources[each.source].kind
        lists[at] += each.lists
        records[at] += each.records
    return {at: (lists[at], records[at]) for at in sorted(records)}


def _lists(kind: str, lists: int) -> str:
    """Whose lists were searched; without a list the citations are known from those of the papers at their other end."""
    searched = counted(lists, "list") if lists else "known from other lists"
    return f"{KIND_NAMES.get(kind, kind)}, {searched}"


def snowball_tables(lineage: Lineage, found: Snowball) -> dict[str, str]:
    """``snowball.csv``, a row for each paper that was found, and ``snowball_flow.csv``, a row for each box of the flow.

    Papers of a cell are their keys, with a blank between; an unknown value is an empty cell.
    """
    return {
        "snowball.csv": csv_text(PAPERS, _papers(lineage, found)),
        "snowball_flow.csv": csv_text(FLOW, ((b.stage, b.box, b.description, b.n) for b in flow_of(lineage, found))),
    }


def _papers(lineage: Lineage, found: Snowball) -> Iterator[tuple[object, ...]]:
    for each in found.found:
        paper = lineage.paper(each.key)
        yield (
            *(paper.key, paper.name, paper.title, "; ".join(paper.authors) or None, paper.year, paper.date),
            *(paper.venue, " ".join(map(str, paper.identifiers)) or None, paper.url, each.round == 0, each.round),
            *(" ".join(names) or None for names in (each.seeds, each.backward, each.forward)),
            *(each.records, " ".join(each.sources)),
        )


@dataclass(frozen=True, slots=True)
class SeedCounts:
    """How many new papers came from a seed: backward and forward from itself, in all, and from no other seed."""

    seed: str
    backward: int
    forward: int
    papers: int
    alone: int


def by_seed(found: Snowball) -> list[SeedCounts]:
    """What came from each seed. Linear in the papers found and the papers from which each was found."""
    new = [each for each in found.found if each.round > 0]
    backward = Counter(key for each in new for key in each.backward)
    forward = Counter(key for each in new for key in each.forward)
    papers = Counter(seed for each in new for seed in each.seeds)
    alone = Counter(each.seeds[0] for each in new if len(each.seeds) == 1)
    return [SeedCounts(seed, backward[seed], forward[seed], papers[seed], alone[seed]) for seed in found.seeds]
