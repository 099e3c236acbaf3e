"""Questions about sources: who lists which references, what is known of a citation, what following citations found."""
# ruff: noqa: F401  # types of answers stand in strings, which the linter does not read

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..analysis.query import two_papers
from ..errors import InputError
from ..utils.arguments import refuse_other
from .question import Question

if TYPE_CHECKING:
    from ..analysis.hop_evidence import HopEvidence
    from ..analysis.people import AuthorPapers, VenuePapers
    from ..analysis.similar import SimilarPapers
    from ..analysis.snowball import Snowball, Way
    from ..analysis.witnesses import Witnesses
    from .backend import Backend

WayName = Literal["backward", "forward", "both"]
"""What a person calls the directions of a snowball."""


@dataclass(frozen=True)
class WitnessesQuestion(Question["Witnesses"]):
    """Asks who lists the references of papers; without keys of those of the reading list.

    With `every` it asks about all papers of which two sources or more were asked.
    """

    command = "audit"
    keys: tuple[str, ...] = ()
    every: bool = False

    @classmethod
    def parse(cls, backend: Backend, names: Iterable[str] = (), *, every: bool = False) -> WitnessesQuestion:
        """Parse the names of papers, each named once; raises `InputError` for names where all papers are meant."""
        names = list(names)
        if names and every:
            raise InputError("papers are named, and all are meant", remedy="name papers, or ask about every one")
        return cls(tuple(dict.fromkeys(map(backend.key_of, names))), every)


@dataclass(frozen=True)
class HopQuestion(Question["HopEvidence"]):
    """Asks for everything that is known about one citation."""

    command = "audit"
    cited: str
    citing: str

    @classmethod
    def parse(cls, backend: Backend, words: Sequence[str], *, example: str = "BERT → InstructGPT") -> HopQuestion:
        """Parse the names of two papers, the cited one first; a fault shows how to name them, as `example` does."""
        return cls(*two_papers(backend.key_of, words, example=example))


@dataclass(frozen=True)
class AuthorQuestion(Question["AuthorPapers"]):
    """Asks for the papers of an author, by a name or an id."""

    command = "show --author"
    author: str


@dataclass(frozen=True)
class VenueQuestion(Question["VenuePapers"]):
    """Asks for the papers of a venue, by words of its name."""

    command = "show --venue"
    venue: str


@dataclass(frozen=True)
class SimilarQuestion(Question["SimilarPapers"]):
    """Asks which papers are nearest to one in content; `uncited` leaves out those that a citation joins with it."""

    command = "similar"
    key: str
    top: int = 10
    uncited: bool = False


@dataclass(frozen=True)
class SnowballQuestion(Question["Snowball"]):
    """Asks what following citations from seeds finds; without seeds from the papers of the reading list."""

    command = "snowball"
    seeds: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ("backward", "forward")
    rounds: int = 1

    @classmethod
    def parse(
        cls,
        backend: Backend,
        names: Iterable[str] = (),
        *,
        way: WayName = "both",
        rounds: int = 1,
    ) -> SnowballQuestion:
        """Parse the names of the seeds, each named once, and the direction."""
        refuse_other("way", way, WayName, "backward is to what papers cite, forward to what cites them")
        seeds = tuple(dict.fromkeys(map(backend.key_of, names)))
        return cls(seeds, ("backward", "forward") if way == "both" else (way,), rounds)
