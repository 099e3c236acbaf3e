"""What a crawl requests, given the outcomes so far: resolving, references, bridges, citations and date windows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from graph.sources.fetch.crawl import CrawlResult, FetchOptions, Unresolved, crawl
from graph.sources.fetch.targets import Target
from graph.sources.http.client import run_crawl
from graph.sources.http.outcomes import Accept, GiveUp, Shrink
from graph.sources.http.request import Request
from graph.sources.semantic_scholar.paper_rows import CitationRow, PaperRow
from graph.sources.semantic_scholar.responses import NotFound, OffsetLimit, ResultPage, TitleSuggestions, Unreadable
from graph.sources.semantic_scholar.retry_policy import Outcome

TODAY = datetime.date(2026, 11, 23)
ALONE = FetchOptions(references=False)


def paper(name: str, year: int | None = 2020, **fields) -> PaperRow:
    """A paper whose id is its name."""
    return PaperRow(name, title=fields.pop("title", name), year=year, **fields)


@dataclass
class Service:
    """Outcomes for requests, and the requests that were made.

    `papers` are found by the id that they are requested by, `matches` by title, `pages` are the rows of
    a list by its paper, its direction and, where there is one, its date window.
    """

    papers: Mapping[str, object] = field(default_factory=dict)
    matches: Mapping[str, object] = field(default_factory=dict)
    pages: Mapping[tuple[str, ...], object] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    largest_batch: int = 500
    requests: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> Outcome:
        self.requests.append(request)
        params = dict(request.params)
        match request.kind:
            case "papers":
                if len(request.ids) > self.largest_batch:
                    return Shrink("too large", permanent=True)
                return self._outcome(tuple(self.papers.get(each) for each in request.ids))
            case "match":
                return self._outcome(self.matches.get(params["query"], NotFound("Title match not found")))
            case "autocomplete":
                return Accept(TitleSuggestions(self.suggestions))
        paper, direction = request.path.split("/")[-2:]
        window = params.get("publicationDateOrYear")
        page = self.pages.get((paper, direction, window) if window else (paper, direction), ())
        return self._outcome(ResultPage(tuple(page)) if isinstance(page, Sequence) else page)

    @staticmethod
    def _outcome(value: object) -> Outcome:
        if isinstance(value, tuple):
            failed = next((each for each in value if isinstance(each, GiveUp)), None)
            return failed or Accept(value)
        return value if isinstance(value, GiveUp | Shrink) else Accept(value)  # type: ignore[arg-type]

    def lists_read(self) -> list[str]:
        """The lists that were requested, each as often as it was."""
        return ["/".join(request.path.split("/")[-2:]) for request in self.requests if request.kind == "page"]


def rows(*names: str, **fields) -> list[CitationRow]:
    return [CitationRow(paper(name), **fields) for name in names]


def crawled(
    service: Service,
    *targets: Target,
    options: FetchOptions = ALONE,
    on_phase: Callable[[str, int], None] | None = None,
) -> CrawlResult:
    return run_crawl(crawl(targets, options, TODAY, on_phase=on_phase), service)


def target(*api_ids: str, title: str | None = None, author: str | None = None) -> Target:
    return Target("a label", api_ids, title, author)


# Resolving.


def test_identifiers_are_tried_in_turn_all_papers_together():
    one, two = paper("one"), paper("two")
    service = Service({"b": one, "c": two})
    result = crawled(service, target("a", "b"), target("c", "d"), target("c"))
    assert [(each.row, each.found_by) for each in result.resolved] == [(one, "b"), (two, "c"), (two, "c")]
    assert [request.ids for request in service.requests] == [("a", "c"), ("b",)]


def test_a_batch_holds_500_identifiers_and_a_larger_one_is_requested_in_halves():
    service = Service({f"p{n}": paper(f"p{n}") for n in range(600)}, largest_batch=300)
    result = crawled(service, *(target(f"p{n}") for n in range(600)))
    assert [len(request.ids) for request in service.requests] == [500, 250, 250, 100]
    assert [each.row.paper_id for each in result.resolved] == [f"p{n}" for n in range(600)]


def test_a_target_that_no_identifier_finds_is_unresolved_for_the_last_of_them():
    result = crawled(Service(), target("a", "b"))
    assert result.unresolved == (Unresolved(target("a", "b"), "Semantic Scholar knows no b"),)


@pytest.mark.parametrize("answer", [Unreadable("the title is a number"), GiveUp("the title is a number")])
def test_a_target_whose_answer_failed_may_be_found_later_and_its_title_is_not_searched(answer):
    service = Service({"a": answer}, matches={"T": (paper("one", title="T"),)})
    result = crawled(service, target("a", title="T"))
    assert result.unresolved == (Unresolved(target("a", title="T"), "a: the title is a number", failed=True),)
    assert [request.kind for request in service.requests] == ["papers"]


def test_a_title_is_searched_when_no_identifier_finds_the_paper():
    found = paper("one", title="The title: of it", authors=("Jacob Devlin", "Ann Other"))
    service = Service(matches={"The Title of It": (paper("another"), found)})
    result = crawled(service, target("a", title="The Title of It", author="J. Devlin"))
    assert [(each.row, each.found_by) for each in result.resolved] == [(found, "title 'The Title of It'")]
    assert result.unresolved == ()


@pytest.mark.parametrize(
    ("wanted", "listed", "found"),
    [("J. Devlin", ("Ann Other", "Jacob Devlin"), False), (None, ("Ann Other",), True), ("J. Devlin", (), True)],
)
def test_a_title_counts_unless_its_first_author_is_another(wanted, listed, found):
    service = Service(matches={"T": (paper("one", title="T", authors=listed),)})
    assert bool(crawled(service, target(title="T", author=wanted)).resolved) is found


def test_near_titles_are_suggested_but_never_taken():
    near = (paper("one", title="A Title", authors=("Ann Bee",)), paper("two", None, title="Titles", authors=("Bo",)))
    service = Service(matches={"Title": (*near, paper("three", title="Untitled"))}, suggestions=("not asked for",))
    (unresolved,) = crawled(service, target("a", "b", title="Title")).unresolved
    assert unresolved.why == "Semantic Scholar knows none of a, b, and no paper there has the same title"
    assert unresolved.suggestions == ("A Title (Ann Bee, 2020)", "Titles (Bo)", "Untitled")
    assert not unresolved.failed


def test_the_same_title_by_another_first_author_is_said_with_the_author_and_the_year():
    there = paper("one", title="Tides", authors=("Alex Zed",))
    (unresolved,) = crawled(
        Service(matches={"Tides": (there,)}), target(title="Tides", author="Open Sea Group")
    ).unresolved
    assert unresolved.why == (
        "the same title is there, by another first author (Alex Zed, 2020) than Open Sea Group; "
        "if it is the paper, give its identifier"
    )
    assert unresolved.suggestions == ()


def test_an_umlaut_and_its_spelling_with_an_e_can_be_one_person():
    there = paper("one", title="Tides", authors=("J. Mueller",))
    assert crawled(Service(matches={"Tides": (there,)}), target(title="Tides", author="Müller, J.")).resolved


def test_a_title_that_mentions_another_paper_is_no_identifier_of_the_one_that_it_finds():
    there = paper("one", title="Reply to arXiv:2101.90001")
    service = Service(matches={there.title: (there,)})
    (resolved,) = crawled(service, target(title=there.title)).resolved
    assert resolved.by_title


def test_titles_are_completed_when_no_title_is_near():
    (unresolved,) = crawled(Service(suggestions=("Title of It",)), target(title="Title")).unresolved
    assert (unresolved.why, unresolved.suggestions) == ("no paper there has the same title", ("Title of It",))


def test_a_search_that_fails_may_succeed_later():
    (unresolved,) = crawled(Service(matches={"T": GiveUp("status 503, 8 times")}), target(title="T")).unresolved
    assert (unresolved.why, unresolved.failed) == ("its title could not be searched: status 503, 8 times", True)


# References and bridges.


def test_the_references_of_each_paper_are_read_once_with_their_rows_once():
    one = paper("one", reference_count=3)
    service = Service({"a": one, "b": one}, pages={("one", "references"): rows("x", "y", "x")})
    result = crawled(service, target("a"), target("b"), options=FetchOptions(contexts=True))
    (references,) = result.lists
    assert [row.paper.paper_id for row in references.rows] == ["x", "y"]
    assert (references.direction, references.counted, references.contexts) == ("references", 3, True)
    assert service.lists_read() == ["one/references"]


def bridges(*, depth: int = 2, **years: int | None) -> list[str]:
    """The papers outside the list whose references are read."""
    one, two, three = (paper(name, year) for name, year in (("one", 2010), ("two", 2015), ("three", None)))
    cited = [CitationRow(paper(name, year)) for name, year in years.items()]
    unresolved = CitationRow(PaperRow(title="Unresolved"))
    service = Service(
        {"1": one, "2": two, "3": three},
        pages={
            ("one", "references"): [*cited, unresolved, *rows("once")],
            ("two", "references"): [*cited, unresolved, CitationRow(one)],
            ("three", "references"): [CitationRow(one)],
        },
    )
    result = crawled(service, target("1"), target("2"), target("3"), options=FetchOptions(depth=depth))
    assert service.lists_read()[:3] == ["one/references", "two/references", "three/references"]
    assert [f"{row.paper_id}/references" for row in result.bridges] == service.lists_read()[3:]
    return [str(row.paper_id) for row in result.bridges]


def test_a_bridge_is_outside_the_list_cited_by_two_of_it_and_not_older_than_the_oldest():
    assert bridges(old=2009, oldest=2010, new=2012, undated=None) == ["new", "oldest", "undated"]
    assert bridges(depth=1, new=2012) == []


# Citations.


def citations(*, since: str | None = None, counted: int | None = None, most: int = 10_000, only=False, **pages):
    """The list of citations of one paper of 2025, and the date windows that were requested.

    The pages are named "all" and after their date windows: "w2025_01_01".
    """
    service = Service(
        {"a": paper("one", 2025, citation_count=counted)},
        pages={
            ("one", "citations", name) if name else ("one", "citations"): page
            for name, page in ((_window_of(name), page) for name, page in pages.items())
        },
    )
    options = FetchOptions(references=False, citations=True, since=since, most_citations=most, influential_only=only)
    result = crawled(service, target("a"), options=options)
    (paged,) = result.lists
    return paged, [dict(request.params).get("publicationDateOrYear") for request in service.requests[1:]]


def _window_of(name: str) -> str | None:
    dates = re.findall(r"\d{4}_\d{2}_\d{2}", name)
    return ":".join(date.replace("_", "-") for date in dates) or None


CAPPED = OffsetLimit(1)
YEARS = ["2027-01-01:2027-12-31", "2026-01-01:2026-12-31", "2025-01-01:2025-12-31", "2024-01-01:2024-12-31"]
BEFORE = "1900-01-01:2023-12-31"


def test_citations_are_read_once_and_complete():
    paged, windows = citations(all=rows("x", "y", "x"), counted=2)
    assert ([row.paper.paper_id for row in paged.rows], paged.state, windows) == (["x", "y"], "complete", [None])


def test_only_the_newest_citations_are_read_when_there_are_more():
    paged, _ = citations(all=ResultPage(tuple(rows("x", "y")), next=2), most=2)
    assert (paged.state, paged.why) == ("partial", "stopped after 2 rows, as requested")


def test_citations_since_a_day_are_partial_and_their_number_is_no_contradiction():
    paged, windows = citations(since="2025-06-01", w2025_06_01_2027_12_31=rows("x"), counted=9)
    assert windows == ["2025-06-01:2027-12-31"]
    assert (paged.state, paged.why) == ("partial", "only citations since 2025-06-01 were requested")
    paged, _ = citations(since="2025-06-01", w2025_06_01_2027_12_31=GiveUp("no"), counted=9)
    assert (paged.state, paged.why) == ("failed", "no")


def test_only_influential_citations_are_kept_and_the_list_is_partial_if_others_were_left_out():
    mixed = [*rows("x", influential=True), *rows("y", influential=False), *rows("z")]
    paged, _ = citations(all=mixed, only=True)
    assert [row.paper.paper_id for row in paged.rows] == ["x"]
    assert (paged.state, paged.why) == ("partial", "only influential citations were requested")
    paged, _ = citations(all=rows("x", influential=True), only=True)
    assert (paged.state, paged.why) == ("complete", "")


def test_a_list_that_is_too_long_is_read_in_years_the_newest_first():
    paged, windows = citations(
        all=CAPPED, w2026_01_01_2026_12_31=rows("x", "y"), w2025_01_01_2025_12_31=rows("y"), counted=2
    )
    assert windows == [None, *YEARS, BEFORE]
    assert ([row.paper.paper_id for row in paged.rows], paged.state, paged.why) == (["x", "y"], "complete", "")


def test_citations_without_a_date_are_missing_from_date_windows():
    paged, _ = citations(all=CAPPED, w2026_01_01_2026_12_31=rows("x", "y"), counted=3)
    assert (paged.state, paged.why) == ("partial", "citing papers without a date cannot be found by date")
    paged, _ = citations(all=CAPPED, w2026_01_01_2026_12_31=rows("x", "y"), counted=None)
    assert paged.state == "partial"


def test_a_year_that_is_too_long_is_read_in_months_and_a_day_that_is_too_long_is_capped():
    paged, windows = citations(
        all=CAPPED,
        w2026_01_01_2026_12_31=CAPPED,
        w2026_02_01_2026_02_28=CAPPED,
        w2026_02_03_2026_02_03=CAPPED,
        w2026_02_04_2026_02_04=rows("x"),
        counted=1,
    )
    assert windows[3:5] == ["2026-12-01:2026-12-31", "2026-11-01:2026-11-30"]
    assert windows.count("2026-02-03:2026-02-03") == 1
    assert len(windows) == 1 + 5 + 12 + 28
    assert (paged.state, paged.why) == ("capped", "2026-02-03:2026-02-03: the service lists no more than 9999 rows")
    assert [row.paper.paper_id for row in paged.rows] == ["x"]


def test_a_date_window_that_fails_makes_the_list_failed_and_the_others_are_still_read():
    paged, windows = citations(
        all=CAPPED,
        w2026_01_01_2026_12_31=GiveUp("status 503, 8 times"),
        w2025_01_01_2025_12_31=ResultPage(tuple(rows("x")), unreadable=("row 1: bad",)),
    )
    assert windows == [None, *YEARS, BEFORE]
    assert (paged.state, paged.why) == ("failed", "2026-01-01:2026-12-31: status 503, 8 times")
    assert (len(paged.rows), paged.unreadable) == (1, ("row 1: bad",))


def test_no_more_date_windows_are_read_than_are_needed():
    paged, windows = citations(all=CAPPED, w2026_01_01_2026_12_31=rows("x", "y"), most=2)
    assert windows == [None, *YEARS[:2]]
    assert (paged.state, paged.why) == ("partial", "stopped after 2 rows")


def test_date_windows_begin_with_the_day_that_was_asked_for():
    paged, windows = citations(since="2026-06-01", w2026_06_01_2027_12_31=CAPPED, counted=0)
    assert windows == ["2026-06-01:2027-12-31", "2027-01-01:2027-12-31", "2026-06-01:2026-12-31"]
    assert (paged.state, paged.ending) == ("partial", "limited")


# Phases.


def test_each_phase_is_announced_with_the_least_number_of_its_requests():
    phases: list[tuple[str, int]] = []
    one, two = paper("one"), paper("two")
    service = Service({"1": one, "2": two}, pages={(name, "references"): rows("x") for name in ("one", "two")})
    crawled(
        service,
        target("1"),
        target("2"),
        options=FetchOptions(citations=True),
        on_phase=lambda name, requests: phases.append((name, requests)),
    )
    assert phases == [("resolving", 1), ("references", 2), ("references of bridges", 1), ("citations", 2)]


def test_a_paper_that_only_another_service_has_an_id_for_is_said_to_be_unresolved():
    service = Service()
    (unresolved,) = crawled(service, target()).unresolved
    assert unresolved.why.startswith("Semantic Scholar cannot be asked by this identifier")
    assert service.requests == []
