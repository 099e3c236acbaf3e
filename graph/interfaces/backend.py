"""What the command line, the server, the agents' tools and the notebook ask, whatever holds the papers.

`graph.interfaces.corpus_backend` answers from a corpus in memory, `graph.interfaces.store_backend` from a store.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from ..errors import InputError
from ..utils.timing import log_phase

if TYPE_CHECKING:
    from ..model.corpus import Corpus, State
    from ..model.lineage import Lineage
    from .answer import Answer
    from .question import Question

log = logging.getLogger(__name__)
T = TypeVar("T")

STORE_COMMANDS = ("path", "show", "flow", "main-path", "neighbourhood", "fetch", "export", "serve", "mcp")
"""The commands that a store can answer."""
TAKE_A_PART = "take a part out with 'lineage --store STORE neighbourhood', and export that with --corpus"
"""What to do about more papers than an export can hold."""


class Backend(ABC):
    """Answers questions about papers and citations, whether a corpus or a store holds them, from any number of threads.

    `in_memory` says whether all papers are in memory, so that there is a lineage of everything.
    """

    in_memory: ClassVar[bool]

    def answer(self, question: Question[T]) -> Answer[T]:
        """Answer a question; raises `InputError` when it cannot be answered here."""
        log.debug("%r", question)
        with log_phase(log, f"answering {type(question).__name__}"):
            return self._answer(question)

    @abstractmethod
    def _answer(self, question: Question[T]) -> Answer[T]:
        """Answer a question; see `answer`."""

    @property
    @abstractmethod
    def size(self) -> tuple[int, int]:
        """The numbers of papers and of citations."""

    @property
    @abstractmethod
    def listed(self) -> Lineage:
        """A lineage with the papers of the reading list that are here; without entries when none is."""

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know before asking."""
        return ()

    @abstractmethod
    def key_of(self, name: str) -> str:
        """The key of the one paper that a name means.

        Raises `InputError`, `NameNotFound` or `AmbiguousName` when it means no paper, or several.
        """

    @abstractmethod
    def coverage_of(self, text: str) -> State | None:
        """How completely the references of the paper with this key are known; None when the text is no key."""

    @abstractmethod
    def part(self, keys: Iterable[str]) -> Lineage:
        """A lineage that holds these papers."""

    @abstractmethod
    def whole(self) -> Lineage:
        """A lineage that holds every paper; a store refuses."""

    @abstractmethod
    def extract(self, keys: Iterable[str], *, depth: int, top: int) -> Corpus:
        """Take the papers nearest to some others as a corpus of their own; a corpus refuses."""


def not_on_a_store(command: str) -> InputError:
    """The fault of a command that a store cannot answer."""
    return InputError(
        f"'lineage {command}' does not work on a store",
        remedy=f"on a store there are {', '.join(STORE_COMMANDS)}; "
        "'neighbourhood' makes a corpus, and --corpus takes it",
    )


def only_from_a_store() -> InputError:
    """The fault for a corpus from which a neighbourhood is to be taken."""
    return InputError("a neighbourhood is taken out of a store", remedy="lineage --store STORE neighbourhood ...")
