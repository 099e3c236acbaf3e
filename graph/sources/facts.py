"""The facts of a data folder: verified papers, lists of references, and a person's decisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from ..utils.generations import settled
from .bibliographies import read_bibliographies
from .observations import read_observation
from .overrides import Overrides, load_overrides
from .records import CitationList, Record
from .verified import read_verified_papers


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known without asking a service."""

    records: tuple[Record, ...] = ()
    lists: tuple[CitationList, ...] = ()
    overrides: Overrides = field(default_factory=Overrides)


def read_facts(data: Path) -> Facts:
    """The facts of a data folder; raises `InputError` for whatever is wrong with them.

    The folder has ``papers.toml``, ``bibliographies/``, and, where there are any, ``overrides.toml`` and folders
    ``semantic_scholar_*``.
    """
    records = read_verified_papers(data / "papers.toml")
    lists = read_bibliographies(data / "bibliographies", {str(record.key): record for record in records})
    for folder in sorted(data.glob("semantic_scholar_*")):
        lists += read_observation(folder)
    return Facts(tuple(records), tuple(lists), load_overrides(data / "overrides.toml"))


def fact_files(data: Path) -> list[Path]:
    """The files that `read_facts` reads: a snapshot names each with its hash, so that a change of one shows."""
    named = (data / "papers.toml", data / "overrides.toml")
    listed = (*data.glob("bibliographies/*.csv"), *data.glob("semantic_scholar_*/*"))
    return [path for path in (*named, *listed) if path.is_file()]


OWN_LISTS = "bibliographies"
"""The folder of a corpus in which ``lineage bibliography`` puts printed lists."""


def with_own_lists(facts: Facts | None, corpus: Path) -> Facts | None:
    """The facts with the printed lists that lie in the folder of a corpus; None where there are neither.

    Raises `InputError` for whatever is wrong with these lists.
    """
    folder = corpus / OWN_LISTS
    if not (folder / "index.csv").is_file():
        return facts
    facts = facts or Facts()
    with settled(folder):
        return replace(facts, lists=(*facts.lists, *read_bibliographies(folder, {})))
