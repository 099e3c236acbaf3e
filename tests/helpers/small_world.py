"""A made lineage of nine papers, in which every role, kind of source and gap of knowledge occurs."""

from __future__ import annotations

from graph.model.corpus import Assertion, Citation, Corpus, Coverage, Paper, Source
from graph.model.identifiers import Identifier, identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme

AUTHORS = tuple(f"Ada{n} Author{n}" for n in range(15))
PRINT_ONE, PRINT_TWO, SERVICE = "print:one", "print:two", "s2:2020-01-01"


def _arxiv(number: int) -> Identifier:
    return identifier("arxiv", f"0801.{number:04d}")


def small_world() -> Lineage:
    """The lineage.

    It runs root -> start -> middle -> end -> sequel; `middle` is a bridge, and so is `detour`, a second way from
    `start` to `end`. `sibling` also builds on `root`, `loner` on nothing, and `sequel2` cites most of them.
    """
    papers = [
        Paper("root", "The root", ("Zoe Zero",), date="1990", date_basis="stated_year"),
        Paper(
            "start",
            "Where it starts",
            AUTHORS,
            authors_complete=True,
            date="2001-03-05",
            date_basis="first_version",
            publication_date="2002",
            venue="NeurIPS 2002",
            identifiers=(identifier("doi", "10.1000/start"), _arxiv(1)),
            also_titled=("Where all starts",),
            unverified=("venue",),
        ),
        Paper("detour", "A detour", ("Dan Detour",), date="2003"),
        Paper(
            "middle",
            "The middle",
            ("Max Middle",),
            date="2003-02",
            identifiers=(identifier("doi", "10.1002/(sici)1097(1999)1:2<3::aid-a4>3.0.co;2-9"),),
        ),
        Paper("end", "Where it ends", ("Eve End",), date="2005-06", identifiers=(_arxiv(2),), names=("TheEnd",)),
        Paper("sequel", None, date="2007", identifiers=(_arxiv(3),)),
        Paper("sequel2", "Another sequel", date="2008"),
        Paper("sibling", "The sibling", date="1995"),
        Paper("loner", "A loner"),
    ]
    influential = Assertion(SERVICE, influential=True, intents=("methodology",), contexts=("We build on it.",))
    citations = [
        Citation("start", "root", (Assertion(PRINT_ONE, (1,)), Assertion(PRINT_TWO, (4, 5)))),
        Citation("middle", "start", (Assertion(PRINT_ONE, (2,)), influential)),
        Citation("detour", "start", (Assertion(SERVICE, influential=False),)),
        Citation("end", "middle", (Assertion(PRINT_ONE, (3,)),)),
        Citation("end", "detour", (Assertion(PRINT_ONE, (7,)),)),
        Citation("sequel", "end", (Assertion(SERVICE),)),
        Citation("sibling", "root", (Assertion(SERVICE),)),
        Citation("root", "sibling", (Assertion(SERVICE),)),
        *(Citation("sequel2", cited, (Assertion(SERVICE),)) for cited in ("sequel", "end", "root")),
    ]
    sources = {
        PRINT_ONE: Source(PRINT_ONE, "printed_bibliography", "printed bibliography of one"),
        PRINT_TWO: Source(PRINT_TWO, "printed_bibliography", "printed bibliography of two", note="a second version"),
        SERVICE: Source(SERVICE, "semantic_scholar", "Semantic Scholar", observed="2020-01-01"),
    }
    coverage = [
        Coverage("start", "references", PRINT_ONE, "complete", 30),
        Coverage("start", "references", SERVICE, "partial"),
        Coverage("end", "references", SERVICE, "elided"),
    ]
    themes = (Theme("ideas", "Ideas"), Theme("methods", "Methods"))
    entries = (
        Entry(1, ("methods",), "Where it ends", identifiers=(_arxiv(2),)),
        Entry(2, ("ideas",), "Where it starts", ("Start", "The Start"), identifiers=(_arxiv(1),)),
        Entry(3, ("ideas", "methods"), "Where it ends", identifiers=(_arxiv(2),)),
    )
    corpus = Corpus({paper.key: paper for paper in papers}, citations, coverage, sources)
    return build_lineage(corpus, ReadingList("A small list", themes, entries))
