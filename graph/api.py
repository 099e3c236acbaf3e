"""The door for notebooks: load, ask, show, and any answer as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from .audit import Audit
from .exports.answers import portrait_text
from .exports.findings import audit_text
from .exports.flow_text import flow_text
from .exports.main_path_text import main_path_text
from .exports.path_text import kinship_text, path_text
from .exports.themes_text import reading_text, suggestions_text
from .flow import Flow
from .kinship import Kinship, kinship
from .lineage import Lineage, build_lineage
from .main_path import MainPath
from .names import resolve
from .paths import PathAnswer, find_paths
from .portrait import Portrait, portrait
from .query import parse_query
from .reading import ReadingOrder
from .reading_list import load_reading_list
from .shipped import reading_list_path, snapshot_path
from .store import load_corpus
from .suggestions import Suggestions
from .wish import Wish

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Answer(Generic[T]):
    """An answer that prints as the command would print it.

    Attributes
    ----------
    value : PathAnswer, Kinship or Portrait
        The answer itself, with everything in it.
    text : str
        The same for people; what `print` and a notebook show.
    """

    value: T
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def to_frame(self) -> pd.DataFrame:
        """The answer as a pandas table.

        Raises
        ------
        TypeError
            When an answer of this kind is no table.
        """
        make = getattr(self.value, "to_frame", None)
        if make is None:
            raise TypeError(f"a {type(self.value).__name__} is no table; its fields are plain values")
        return cast("Callable[[], pd.DataFrame]", make)()


def load(reading_list: str | Path | None = None, corpus: str | Path | None = None) -> Lineage:
    """Load a lineage: by default the shipped list and corpus.

    Parameters
    ----------
    reading_list : str or Path, optional
        A TOML file.
    corpus : str or Path, optional
        The folder of a corpus.

    Raises
    ------
    InputError
        When one of them cannot be used.

    Examples
    --------
    >>> len(load().list_keys)
    23
    """
    listed = load_reading_list(Path(reading_list) if reading_list else reading_list_path())
    return build_lineage(load_corpus(Path(corpus) if corpus else snapshot_path()), listed)


def ask(lineage: Lineage, question: str, wish: Wish | None = None) -> Answer[PathAnswer] | Answer[Kinship]:
    """Ask for paths, as on the command line.

    Parameters
    ----------
    lineage : Lineage
    question : str
        "BERT → InstructGPT", "A → B → C", "A ↔ B", "* → A", "A → *", "BERT to GPT".
    wish : Wish, optional
        Which paths, and in which order.

    Raises
    ------
    InputError, NameNotFound, AmbiguousName
        When the question cannot be understood.

    Examples
    --------
    >>> from graph import Wish
    >>> answer = ask(load(), "BERT → InstructGPT", Wish(list_only=True))
    >>> answer.value.total, answer.value.paths[0].keys
    (3, ('devlin2018', 'rae2021', 'ouyang2022'))
    """
    asked = parse_query(lineage, [question])
    wish = wish or Wish()
    if asked.kind in ("ancestry", "descent"):
        kin = kinship(lineage, asked.papers[0], asked.kind, list_only=wish.list_only, max_hops=wish.max_hops)
        return Answer(kin, kinship_text(lineage, kin))
    answer = find_paths(lineage, asked.papers[0], asked.papers[-1], wish.through(asked.papers[1:-1]))
    if asked.kind == "either" and not answer.found:
        turned = find_paths(lineage, asked.papers[-1], asked.papers[0], wish)
        answer = turned if turned.found else answer
    return Answer(answer, path_text(lineage, answer))


def show(lineage: Lineage, name: str) -> Answer[Portrait]:
    """Describe one paper, by any of its names.

    >>> show(load(), "BERT").value.paper.key
    'devlin2018'
    """
    found = portrait(lineage, resolve(lineage, name))
    return Answer(found, portrait_text(lineage, found))


def text_of(lineage: Lineage, answer: object) -> str:
    """Any answer as the command would print it.

    Parameters
    ----------
    lineage : Lineage
        The lineage that was asked.
    answer : PathAnswer, Kinship, Portrait, Audit, Flow, MainPath, ReadingOrder or Suggestions

    Raises
    ------
    TypeError
        For anything else.

    Examples
    --------
    >>> from graph.flow import flow
    >>> lineage = load()
    >>> print(text_of(lineage, flow(lineage, "devlin2018", "ouyang2022")).split(",")[0])
    BERT → InstructGPT: 687 paths
    """
    return _text(answer, lineage)


@singledispatch
def _text(answer: object, _: Lineage) -> str:
    raise TypeError(f"a {type(answer).__name__} is no answer of this package")


_text.register(PathAnswer)(lambda answer, lineage: path_text(lineage, answer))
_text.register(Kinship)(lambda answer, lineage: kinship_text(lineage, answer))
_text.register(Portrait)(lambda answer, lineage: portrait_text(lineage, answer))
_text.register(Audit)(lambda answer, lineage: audit_text(lineage, answer))
_text.register(Flow)(lambda answer, lineage: flow_text(lineage, answer))
_text.register(MainPath)(lambda answer, lineage: main_path_text(lineage, answer))
_text.register(Suggestions)(lambda answer, lineage: suggestions_text(lineage, answer))
_text.register(ReadingOrder)(
    lambda answer, lineage: reading_text(lineage, answer.stops[0].key, answer.stops[-1].key, answer)
)
