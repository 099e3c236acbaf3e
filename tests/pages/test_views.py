"""The views: one page each for the list, its neighbourhood, the themes and a path, and an index of them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from benchmarks.made import made_lineage
from graph.analysis.measures import affordable
from graph.analysis.no_path import NoPath
from graph.analysis.paths import PathAnswer, PathOptions, find_paths
from graph.exports.formats.references import BibliographyItem
from graph.exports.layout import timeline
from graph.model.arcs import ArcBetween
from graph.model.corpus import Corpus, Paper
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.pages import paper_facts as facts
from graph.pages import views as views_module
from graph.pages.index_page import render_index
from graph.pages.page import render_page
from graph.pages.site import Site, ViewLink
from graph.pages.views import path_page, preset_of, render_views, theme_file_names, views

from ..exports.test_layout import month_by_month, synthetic
from ..helpers.browser import Show, new_page, place_of, shared_browser
from ..helpers.hostile import TEXTS
from ..helpers.small_world import small_world


@pytest.fixture(scope="module")
def small() -> Lineage:
    return small_world()


def test_there_is_a_view_for_the_list_its_neighbourhood_and_each_theme(lineage: Lineage) -> None:
    pages = render_views(lineage)
    themes = [f"theme-{theme.id}.html" for theme in lineage.reading_list.themes]
    assert list(pages) == ["lineage.html", "neighbourhood.html", *themes, "index.html"]
    assert render_views(lineage) == pages


@pytest.mark.parametrize(
    "ids",
    [
        ["2", "Ü", "ü", "u", "U", "u\u0308"],
        ["a", "A", "\uff21", "a ", "a-", "a_3", "a-2", "a-2-2"],
        ["x" * 61, "x" * 62, "x" * 60],
        ["CON", "nul", "con.html", "..", "/", "", "index"],
        ["п", "п п", "1", "2", "theme-1"],
    ],
)
def test_no_theme_loses_its_page_to_another(ids: list[str]) -> None:
    names = theme_file_names(ids)
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in names}
    assert len(folded) == len(ids)
    assert all(re.fullmatch(r"theme-[a-z0-9-]{1,80}", name) for name in names)
    themes = tuple(Theme(each, each) for each in ids)
    entries = tuple(
        Entry(n, (each,), f"T{n}", identifiers=(identifier("arxiv", f"2001.0000{n}"),)) for n, each in enumerate(ids)
    )
    made = views(build_lineage(Corpus({}), ReadingList("list", themes, entries)))
    assert [view.name for view in made][2:] == names


def test_a_themes_view_has_its_papers_and_those_of_the_list_that_they_touch(lineage: Lineage) -> None:
    rlhf = next(view for view in views(lineage) if view.name == "theme-rlhf")
    own = {key for key in lineage.list_keys if "rlhf" in lineage.graph.nodes[key]["themes"]}
    assert own <= set(rlhf.keys)
    assert "vaswani2017" in rlhf.keys
    for key in set(rlhf.keys) & set(lineage.list_keys) - own:
        assert any(lineage.graph.has_edge(key, one) or lineage.graph.has_edge(one, key) for one in own)


def test_the_pages_of_a_site_find_out_once_what_they_say_of_a_paper_and_of_a_citation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every page of a theme has papers of the neighbourhood, whose citation texts and evidence are known by then."""
    made = made_lineage(60)
    written: Counter[str] = Counter()
    asked: Counter[tuple[str, str]] = Counter()

    def entry_text(item: BibliographyItem) -> str:
        written[item.paper.key] += 1
        return "@misc{}"

    def citations_of(lineage: Lineage, arcs: Sequence[tuple[str, str]]) -> list[ArcBetween]:
        asked.update(arcs)
        return real(lineage, arcs)

    real = Lineage.citations_of
    monkeypatch.setattr("graph.pages.citation_texts.entry_text", entry_text)
    monkeypatch.setattr(Lineage, "citations_of", citations_of)
    shown = views(made)
    assert len(shown) > 3
    render_views(made, shown)
    assert written == Counter({key for view in shown for key in view.keys})
    assert asked == Counter({arc for view in shown for arc in made.arcs_among(made.by_age(view.keys))})


def test_the_index_links_every_page_and_nothing_else(lineage: Lineage, tmp_path: Path) -> None:
    pages = render_views(lineage)
    for name, html in pages.items():
        (tmp_path / name).write_text(html, encoding="utf-8")
    requests: list[str] = []
    with new_page(shared_browser(), width=1400, height=900) as page:
        page.on("request", lambda request: requests.append(request.url))
        page.goto((tmp_path / "index.html").as_uri())
        hrefs = "(all) => all.map((a) => a.getAttribute('href'))"
        assert page.locator("main li a").evaluate_all(hrefs) == list(pages)[:-1]
        assert set(page.locator("nav a").evaluate_all(hrefs)) == set(pages)
        page.get_by_role("link", name="Reinforcement learning").click()
        page.wait_for_function("() => window.lineagePage !== undefined")
    assert all(url.startswith(("file:", "data:")) for url in requests)


def test_the_index_counts_papers_and_citations(small: Lineage) -> None:
    index = render_views(small)["index.html"]
    made = {view.title: (len(view.keys), view.citations) for view in views(small)}
    shown = re.findall(r"<bdi>([^<]+)</bdi></a> <span>(\d+) papers?, (\d+) citations?</span>", index)
    assert {title: (int(papers), int(citations)) for title, papers, citations in shown} == made
    assert made["The list"] == (2, 0)
    assert "<span>1 paper, 0 citations</span>" in index
    assert made["Ideas"] == (4, 4)


def papers_on(html: str) -> set[str]:
    """The papers of a page."""
    nodes = re.search(r'id="nodes">(.*?)</script>', html)
    assert nodes is not None
    return set(json.loads(nodes[1])["id"])


def test_a_themes_view_has_what_its_papers_cite_and_what_cites_them() -> None:
    """In a chain of ten papers whose themes take turns, every paper of another theme is next to one of this theme."""
    chain = synthetic(month_by_month(10), themes=3)
    view = next(view for view in views(chain) if view.name == "theme-t0")
    assert set(view.keys) == {f"p{n}" for n in range(10)}
    alone = synthetic(month_by_month(10), themes=4)
    view = next(view for view in views(alone) if view.name == "theme-t0")  # p0, p4 and p8
    assert set(view.keys) == {f"p{n}" for n in (0, 1, 3, 4, 5, 7, 8, 9)}


def test_a_themes_view_has_the_papers_around_the_list_whose_theme_it_mainly_is(small: Lineage) -> None:
    by_name = {view.name: set(view.keys) for view in views(small)}
    assert by_name["theme-ideas"] == {"start", "detour", "middle", "end"}
    assert by_name["theme-methods"] == {"end"}


def test_themes_of_like_or_unwritable_ids_get_files_of_their_own() -> None:
    themes = (Theme("a b", "One"), Theme("a-b", "Two"), Theme("理", "Three"), Theme("unused", "Four"))
    papers = {f"p{n}": Paper(f"p{n}", f"Paper {n}", identifiers=(identifier("corpusid", str(n)),)) for n in range(3)}
    entries = tuple(
        Entry(n + 1, (themes[n].id,), f"Paper {n}", identifiers=(identifier("corpusid", str(n)),)) for n in range(3)
    )
    lineage = build_lineage(Corpus(papers), ReadingList("Themes", themes, entries))
    assert [view.name for view in views(lineage)][2:] == ["theme-a-b", "theme-2", "theme-3"]


def test_a_paths_page_has_all_papers_between_the_two_and_the_list(small: Lineage) -> None:
    answer = find_paths(small, "start", "middle", PathOptions(top=1))
    assert papers_on(path_page(small, answer)) == {"start", "middle", "end"}


@pytest.mark.parametrize(("most", "whole"), [(4, True), (3, False)])
def test_a_paths_page_of_too_many_papers_has_those_of_the_answers_paths(
    small: Lineage, monkeypatch: pytest.MonkeyPatch, most: int, whole: bool
) -> None:
    monkeypatch.setattr(views_module, "MOST_BETWEEN", most)
    answer = find_paths(small, "start", "end", PathOptions(top=1))
    html = path_page(small, answer)
    assert papers_on(html) == ({"start", "detour", "middle", "end"} if whole else set(answer.paths[0].keys))
    subtitle = "All papers between the two, with the reading list" if whole else "The papers of 1 path"
    assert f'<p class="subtitle">{subtitle}</p>' in html


def test_a_page_without_a_path_has_what_relates_the_two_and_what_the_path_was_to_pass(small: Lineage) -> None:
    nothing = NoPath(0, ("sibling",), ("sequel",), ("start", "sequel2", "end"), ())
    options = PathOptions(waypoints=("loner",), via=("root",))
    answer = PathAnswer("end", "start", options, (), 0, 0, 0, no_path=nothing)
    assert papers_on(path_page(small, answer)) == set(small.graph)


def test_the_address_of_an_answer_has_every_option_that_a_page_has() -> None:
    passed = {"list_only": True, "waypoints": ("c", "d"), "via": ("e",), "avoid": ("f", "g")}
    options = PathOptions(**passed, theme="t", years=(None, 2020), max_hops=3, rank="diverse")  # type: ignore[arg-type]
    address = "from=a&to=b&way=c,d&via=e&avoid=f,g&list=1&theme=t&between=..2020&hops=3&rank="
    assert preset_of(PathAnswer("a", "b", options, (), 0, 0, 0)) == f"{address}diverse"
    assert (
        preset_of(PathAnswer("a", "b", replace(options, longest=True, rank="shortest"), (), 0, 0, 0))
        == f"{address}longest"
    )


def test_the_address_of_an_answer_with_paths_highlights_the_first(small: Lineage) -> None:
    assert preset_of(find_paths(small, "start", "end")) == "from=start&to=end&path=1"


def test_hostile_titles_stay_text_on_the_index() -> None:
    html = render_index(TEXTS[0], Site([ViewLink("a.html", text, text, 1, 1) for text in TEXTS], 1, "a.html", {}))
    assert html.count("<script") == 1
    assert "<img" not in html
    assert re.search(r"<b |<a (?!href=\"(?:a|index)\.html\")", html) is None


def test_themes_with_hostile_or_equal_names_get_files_of_their_own(hostile: Lineage) -> None:
    for name in render_views(hostile):
        assert re.fullmatch(r"[a-z0-9-]+\.html", name)


OPTIONS = {
    "plain": (PathOptions(), "760 paths"),
    "via": (PathOptions(via=("brown2020",)), "paths"),
    "list only": (PathOptions(list_only=True), "3 paths within the list"),
    "few hops": (PathOptions(max_hops=2), "(at most 2 hops)"),
    "years of a theme, longest": (PathOptions(theme="scaling", years=(2019, None), longest=True), "of 2019 to now"),
}


@pytest.mark.parametrize("case", OPTIONS)
def test_a_paths_page_opens_with_the_answer(show: Show, lineage: Lineage, case: str) -> None:
    options, text = OPTIONS[case]
    answer = find_paths(lineage, "devlin2018", "ouyang2022", options)
    with show(path_page(lineage, answer)) as page:
        assert page.locator("h1").inner_text() == "How did we get from BERT to InstructGPT?"
        assert text in page.locator("#panel .answer").inner_text()
        assert sorted(page.evaluate("lineagePage.highlighted()")) == sorted({*answer.paths[0].keys, *options.via})
        assert f"{answer.total} paths" in page.locator("#panel .answer").inner_text()


def test_a_paths_page_says_when_there_is_none(show: Show, lineage: Lineage) -> None:
    with show(path_page(lineage, find_paths(lineage, "ouyang2022", "devlin2018"))) as page:
        assert "No path from InstructGPT to BERT" in page.locator("#panel .answer").inner_text()


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> tuple[Lineage, str]:
    """A page of a hundred papers, a chain, that has room for forty."""
    monkeypatch.setattr(facts, "MOST_DRAWN", 40)
    made = synthetic(month_by_month(100), listed=10)
    return made, render_page(made, list(made.corpus.papers), title="Many")


def test_of_too_many_papers_the_most_central_are_drawn_and_the_page_says_so(
    show: Show, crowded: tuple[Lineage, str]
) -> None:
    made, html = crowded
    with show(html) as page:
        drawn = page.evaluate("lineagePage.visible()")
        assert len(drawn) == 40
        assert set(made.list_keys) <= set(drawn)
        assert page.locator("#count").inner_text() == (
            "40 of 100 papers are drawn: the list, bridges, then the most cited"
        )
        assert "The picture shows the 40 most central of 100 papers" in page.locator("footer").inner_text()


def test_a_paper_that_is_not_drawn_joins_the_picture_while_the_reader_looks_at_it(
    show: Show, crowded: tuple[Lineage, str]
) -> None:
    made, html = crowded
    with show(html) as page:
        drawn = set(page.evaluate("lineagePage.visible()"))
        missing = next(key for key in made.corpus.papers if key not in drawn)
        page.locator("#from").fill(f"number {missing[1:]} of many")
        assert "not in the picture" in page.locator("#from-hits li").first.inner_text()
        page.keyboard.press("Enter")
        assert str(made.paper(missing).title) in page.locator("#panel").inner_text()
        assert set(page.evaluate("lineagePage.visible()")) == drawn | {missing}
        page.mouse.click(*place_of(page, missing))
        assert page.evaluate("lineagePage.state.selected") == missing
        page.keyboard.press("Escape")
        assert set(page.evaluate("lineagePage.visible()")) == drawn
        assert page.locator("#panel").is_hidden()
    with show(html, at=f"#p={missing}") as page:
        assert missing in page.evaluate("lineagePage.visible()")


def test_paths_run_through_papers_that_are_not_drawn(show: Show, crowded: tuple[Lineage, str]) -> None:
    _, html = crowded
    with show(html, at="#from=p0&to=p60&path=1") as page:
        assert page.locator("#panel .answer").inner_text().startswith("No direct citation; 1 path")
        assert set(page.evaluate("lineagePage.highlighted()")) == {f"p{n}" for n in range(61)}
        assert {f"p{n}" for n in range(61)} <= set(page.evaluate("lineagePage.visible()"))
        page.locator("#papers summary").click()
        page.locator("#list table").wait_for()
        page.keyboard.press("Escape")
        assert len(page.evaluate("lineagePage.visible()")) == 40


def test_papers_of_the_overflow_lane_do_not_overlap_others(show: Show, crowded: tuple[Lineage, str]) -> None:
    _, html = crowded
    with show(html, at="#from=p0&to=p99&path=1") as page:
        boxes = page.evaluate(
            "lineagePage.spots.map(({ x, y, box: [w, h] }) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2])"
        )
        assert len(boxes) == 100
        for one, other in combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_paper_of_the_overflow_lane_stands_in_its_year(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_DRAWN", 40)
    made = made_lineage(150)
    html = render_page(made, list(made.graph), title="Many")
    seen = 0
    with show(html) as page:
        drawn = set(page.evaluate("lineagePage.visible()"))
        ticks = timeline(made, sorted(drawn)).ticks
        for key in sorted(set(made.graph) - drawn)[::4]:
            page.evaluate("(key) => lineagePage.select(key)", key)
            left = page.evaluate("lineagePage.spots.at(-1).x - lineagePage.spots.at(-1).box[0] / 2")
            for tick, following in pairwise(ticks):
                if tick.label == str(made.paper(key).year):
                    assert tick.x <= left < following.x
                    seen += 1
    assert seen > 10


def test_a_page_of_a_large_corpus_says_which_measures_it_estimates_and_goes_without(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.analysis.measures.betweenness.EXACT", 40)
    monkeypatch.setattr("graph.analysis.measures.betweenness.SEARCHED", 1_000)
    monkeypatch.setattr(affordable, "affords_sets", lambda _: False)
    made = made_lineage(60)
    with show(render_page(made, list(made.graph), title="Large"), at="#p=p000030") as page:
        offered = page.locator("#size option").evaluate_all("(all) => all.map((one) => one.value)")
        assert {"cited_by", "references", "betweenness", "pagerank"} <= set(offered)
        assert not {"ancestors", "descendants"} & set(offered)
        page.locator("#panel .all-measures summary").click()
        fold = page.locator("#panel .all-measures")
        fold.get_by_text("Betweenness is estimated from ").wait_for()
        fold.get_by_text("Not shown, because they take too long for so many papers: ancestors, descendants.").wait_for()
