"""Arguments that several tools take: the type of each, and what a client tells an agent of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...analysis.acyclic import Cycles

Name = Annotated[
    str,
    Field(
        description="A paper: its number in the reading list, a name, a title or part of one, an arXiv identifier, "
        'a DOI, a Semantic Scholar id, "Devlin 2018", or its key',
        min_length=1,
        max_length=500,
    ),
]
Names = Annotated[list[Name], Field(description="Papers, each as one would name it", max_length=12)]
TwoPapers = Annotated[
    str,
    Field(
        description='Two papers with an arrow between, the older first: "BERT → InstructGPT" or "BERT -> InstructGPT"',
        min_length=1,
        max_length=1000,
    ),
]
Paths = Annotated[
    str,
    Field(
        description='"BERT → InstructGPT" for the paths from the older to the newer paper, "A → B → C" through B, '
        '"A ↔ B" in whichever direction there is one, "* → A" for all that led to A, "A → *" for all that it led to',
        min_length=1,
        max_length=1000,
    ),
]
ListOnly = Annotated[bool, Field(description="Only papers of the reading list")]
OthersAlone = Annotated[
    bool, Field(description="No hop that is known to be a citation by the cited paper's own authors")
]
Choice = Annotated[
    Cycles, Field(description='What to do about circles of citations: "date" drops citations of later papers')
]
Theme = Annotated[str | None, Field(description="Only papers of this theme, by its id", max_length=200)]
