"""The questions that an agent can ask: a method for each, whose annotations are the schema of its tool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from ...algorithms.main_path_search import SearchName
from ...algorithms.traversal_weights import Weight
from ...analysis.main_path import Within
from ...analysis.path_options import Rank
from ...errors import AmbiguousName, InputError, NameNotFound
from ...exports.answers import Form
from ...exports.json_forms import paper_form
from ...model.marks import MarkKind
from ...model.reasons import Intent
from ..answer import Answer
from ..backend import Backend
from ..question import Question
from ..questions import (
    AuditQuestion,
    FlowQuestion,
    MainPathQuestion,
    NearbyQuestion,
    PaperQuestion,
    SearchQuestion,
    paths_question,
)
from ..source_questions import AuthorQuestion, HopQuestion, SimilarQuestion, SnowballQuestion, WitnessesQuestion
from .arguments import Choice, ListOnly, Name, Names, OthersAlone, Paths, Theme, TwoPapers

Method = TypeVar("Method", bound=Callable[..., Form])

MOST_PATHS = 50
CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class ToolDescription:
    """What a tool is called for people. A `quick` one takes little, and waits for no other."""

    title: str
    quick: bool


TOOLS: dict[str, ToolDescription] = {}
"""The methods of `Tools` that are tools, by name, in the order in which a client lists them."""


def _tool(title: str, *, quick: bool = False) -> Callable[[Method], Method]:
    def described(method: Method) -> Method:
        TOOLS[method.__name__] = ToolDescription(title, quick)
        return method

    return described


class Tools:
    """The questions about one corpus, a method each; its value is what the command of its name prints as JSON."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    @_tool("Find a paper by its name", quick=True)
    def resolve(self, name: Name) -> Form:
        """Find the paper that a name means. Without one, `candidates` are the papers that it could mean."""
        try:
            key = self.backend.key_of(name)
        except (AmbiguousName, NameNotFound, InputError) as fault:
            found = self.backend.answer(SearchQuestion(name, CANDIDATES))
            return {
                "name": name,
                "paper": None,
                "told": str(fault).split("\n", 1)[0],
                "candidates": [paper_form(found.lineage, key) for key in found.value.keys],
                "candidates_in_all": found.value.total,
            }
        paper = paper_form(self.backend.part([key]), key)
        return {"name": name, "paper": paper, "told": None, "candidates": [], "candidates_in_all": 0}

    @_tool("How one paper led to another")
    def paths(
        self,
        question: Paths,
        top: Annotated[int, Field(description="How many paths to show; the count is of all", ge=1, le=MOST_PATHS)] = 10,
        list_only: ListOnly = False,
        via: Names = [],  # noqa: B006  # never changed; a schema shows its default
        avoid: Names = [],  # noqa: B006
        leave_out: Annotated[
            list[MarkKind], Field(description="Without papers that the person has read, or owns: see their `marks`")
        ] = [],  # noqa: B006
        theme: Theme = None,
        between: Annotated[
            str | None,
            Field(
                description='Between the ends only papers of these years: "2018..2022", "2018..", "..2022"',
                max_length=40,
            ),
        ] = None,
        max_hops: Annotated[int | None, Field(description="The greatest number of hops", ge=1)] = None,
        rank: Annotated[Rank, Field(description="Which paths come first")] = "shortest",
        longest: Annotated[bool, Field(description="The longest paths first")] = False,
        without_self_citations: OthersAlone = False,
        intent: Annotated[Intent | None, Field(description="Group the paths: is every hop for this purpose?")] = None,
        about: Annotated[
            str | None,
            Field(description="Group the paths: does a reason or a citing sentence speak of it?", max_length=500),
        ] = None,
    ) -> Form:
        """How did we get from one paper to a later one? The directed paths, each hop with who asserts its citation.

        Where there is no path, `nothing` says whether the other direction exists, what relates the two, and which
        papers' references are not fully known: absence proves nothing there. `intent` or `about` give three groups
        of paths: those that meet the condition, those of which nothing is known, and those that do not.
        """
        parsed = paths_question(
            self.backend,
            [question],
            top=top,
            list_only=list_only,
            via=via,
            avoid=avoid,
            leave_out=tuple(leave_out),
            theme=theme,
            between=between,
            max_hops=max_hops,
            rank=rank,
            longest=longest,
            without_self_citations=without_self_citations,
            intent=intent,
            about=about,
        )
        return self._form(parsed)

    @_tool("What all paths between two papers run through")
    def flow(
        self,
        question: TwoPapers,
        list_only: ListOnly = False,
        cycles: Choice = "date",
        without_self_citations: OthersAlone = False,
    ) -> Form:
        """Count all paths from one paper to another, and show what they run through."""
        parsed = FlowQuestion.parse(
            self.backend,
            [question],
            list_only=list_only,
            cycles=cycles,
            without_self_citations=without_self_citations,
        )
        return self._form(parsed)

    @_tool("The main path")
    def main_path(
        self,
        question: Annotated[
            str | None, Field(description="Two papers with an arrow between; left out: of all", max_length=1000)
        ] = None,
        within: Annotated[Within, Field(description="Which papers to look among")] = "corpus",
        theme: Theme = None,
        weight: Annotated[Weight, Field(description="How citations weigh")] = "SPC",
        search: Annotated[SearchName, Field(description="How to search")] = "global",
        routes: Annotated[int, Field(description="How many key routes", ge=1, le=1000)] = 1,
        tolerance: Annotated[float, Field(description="Broaden a local search: 0.2 by a fifth", ge=0, lt=1)] = 0.0,
        every_end: Annotated[bool, Field(description="A local search from every source, or every sink")] = False,
        cycles: Choice = "date",
        without_self_citations: OthersAlone = False,
    ) -> Form:
        """The citations on the most search paths, and how far other weights agree."""
        parsed = MainPathQuestion.parse(
            self.backend,
            [] if question is None else [question],
            within=within,
            theme=theme,
            weight=weight,
            search=search,
            routes=routes,
            tolerance=tolerance,
            every_end=every_end,
            cycles=cycles,
            without_self_citations=without_self_citations,
        )
        return self._form(parsed)

    @_tool("What is around a paper")
    def neighbourhood(
        self,
        of: Name,
        depth: Annotated[int, Field(description="How many hops away, whichever way citations point", ge=1, le=6)] = 1,
        top: Annotated[int, Field(description="How many papers to keep, the nearest first", ge=1, le=1000)] = 50,
    ) -> Form:
        """The papers around one, with the hops to each and the citations among them. `total` null: not counted."""
        return self._form(NearbyQuestion(self.backend.key_of(of), depth, top))

    @_tool("One paper, or the reading list", quick=True)
    def show(
        self, name: Annotated[Name | None, Field(description="A paper; left out: the reading list itself")] = None
    ) -> Form:
        """Describe one paper: ancestors, descendants, themes, what is known of its references. Or the reading list."""
        if name is None:
            listed = self.backend.listed
            return Answer(listed.reading_list, listed).form
        return self._form(PaperQuestion(self.backend.key_of(name)))

    @_tool("The papers of an author")
    def author(
        self,
        name: Annotated[str, Field(description="A name, or an id of Semantic Scholar", min_length=1, max_length=300)],
    ) -> Form:
        """The papers of an author, told apart by ids where they are known; `id` null: perhaps several people."""
        return self._form(AuthorQuestion(name))

    @_tool("What is near a paper in content")
    def similar(
        self,
        of: Name,
        top: Annotated[int, Field(description="How many papers", ge=1, le=200)] = 10,
        uncited: Annotated[bool, Field(description="Only papers that no citation joins with it")] = False,
    ) -> Form:
        """The papers nearest to one in content, where vectors were fetched. A likeness is a number and no citation."""
        return self._form(SimilarQuestion(self.backend.key_of(of), top, uncited))

    @_tool("What can be relied on")
    def audit(self) -> Form:
        """What can be relied on: coverage, disagreement of sources, circles, merges, what was not verified."""
        return self._form(AuditQuestion())

    @_tool("Who lists which references")
    def witnesses(
        self,
        of: Names = [],  # noqa: B006
        every: Annotated[
            bool, Field(description="All papers about which two sources were asked, not the list")
        ] = False,
    ) -> Form:
        """Who lists the references of papers, what only one origin asserts, and what is missing from whom and why.

        Without `of` about the papers of the reading list. `short`: lists with less than 90 % of what they should have.
        """
        return self._form(WitnessesQuestion.parse(self.backend, of, every=every))

    @_tool("Everything known about one citation")
    def hop(self, question: TwoPapers) -> Form:
        """Everything known about one citation: who asserts it, who was asked and does not, reason, dates, versions.

        The cited, older paper comes first. `asserted` false: no source of this corpus says so, which is no proof.
        """
        return self._form(HopQuestion.parse(self.backend, [question]))

    @_tool("What following citations finds")
    def snowball(
        self,
        of: Names = [],  # noqa: B006
        way: Annotated[
            Literal["backward", "forward", "both"],
            Field(description="backward: to what papers cite; forward: to what cites them"),
        ] = "both",
        rounds: Annotated[int, Field(description="How often to go on from new papers", ge=1, le=20)] = 1,
    ) -> Form:
        """What following citations from seeds finds, from which seed each paper came, and the counts for PRISMA 2020.

        Without `of` the papers of the reading list are the seeds. `n` null: to be counted by a person after screening.
        """
        return self._form(SnowballQuestion.parse(self.backend, of, way=way, rounds=rounds))

    def _form(self, question: Question[Any]) -> Form:
        return self.backend.answer(question).form_with_remarks

    def coverage(self, form: Any) -> dict[str, int]:
        """For the papers that an answer names, how many have references that are known to which extent."""
        states = map(self.backend.coverage_of, set(_texts(form)))
        return dict(sorted(Counter(state for state in states if state).items()))


def _texts(form: Any) -> Iterator[str]:
    """Every text in a value, the names of fields included."""
    if isinstance(form, str):
        yield form
    elif isinstance(form, dict):
        for name, each in form.items():
            yield name
            yield from _texts(each)
    elif isinstance(form, list):
        for each in form:
            yield from _texts(each)
