"""Lanes of authors, labs and venues in the place of themes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from graph import load
from graph.analysis.lanes import MOST_LANES, by_lanes
from graph.analysis.neighbourhood import neighbourhood
from graph.analysis.no_path import silent
from graph.errors import InputError, OutputError
from graph.exports.layout import timeline
from graph.interfaces.build import build_into
from graph.model.grouping import LaneKind
from graph.model.lineage import Lineage
from graph.pages.page import render_page
from graph.pages.views import render_views, views
from graph.utils.text import words

from ..helpers.browser import Show
from ..helpers.made_lineages import lineage_of

# b lies between a and c, which are of the list; d and e are of it as well
CITATIONS = [("b", "a"), ("c", "b"), ("d", "a"), ("e", "c")]
LISTED = {"a": "t", "c": "t", "d": "t", "e": "t"}


def lineage_with(**facts: dict[str, object]) -> Lineage:
    made = lineage_of(CITATIONS, LISTED)
    papers = dict(made.corpus.papers)
    for key, values in facts.items():
        papers[key] = replace(papers[key], **values)
    return replace(made, corpus=replace(made.corpus, papers=papers))


def by(*names: str | tuple[str, str | None]) -> dict[str, object]:
    pairs = [each if isinstance(each, tuple) else (each, None) for each in names]
    return {"authors": tuple(name for name, _ in pairs), "author_ids": tuple(id_ for _, id_ in pairs)}


def lanes(lineage: Lineage, kind: LaneKind, affiliations=None) -> dict[str, list[str]]:
    seen = by_lanes(lineage, kind, affiliations)
    picture = timeline(seen, sorted("abcde"))
    return {
        lane.name: [key for key, place in sorted(picture.placements.items()) if lane.top < place.y < lane.bottom]
        for lane in picture.lanes
    }


def test_a_paper_stands_in_the_first_lane_of_its_authors_and_one_outside_the_list_in_that_of_its_own():
    lineage = lineage_with(a=by("Ann", "Bo"), b=by("Cy", "Bo"), c=by("Bo"), d=by("Ann"), e=by("Ann", "Bo"))
    # Ann and Bo have three papers of the list each, and Bo has one more: without those of Bo, Ann has one left
    assert lanes(lineage, "author") == {"Bo": ["a", "b", "c", "e"], "other authors, or none known": ["d"]}
    seen = by_lanes(lineage_with(a=by("Ann", "Bo"), c=by("Bo"), d=by("Ann"), e=by("Ann"), b=by("Bo")), "author")
    assert seen.reading_list.theme_ids == ("Ann", "Bo")
    assert seen.themes("a") == ("Ann", "Bo")  # it stands in the first, and a ring shows the second


def test_ids_tell_authors_of_one_name_apart_and_join_the_spellings_of_one():
    lineage = lineage_with(
        a=by(("Wei Wang", "1")),
        b=by(("W. Wang", "1")),
        c=by(("Wei Wang", "2")),
        d=by(("Wei Wang", "2")),
        e=by("Wei Wang"),
    )
    assert lanes(lineage, "author") == {
        "Wei Wang (id 2)": ["c", "d"],
        "W. Wang": ["a", "b"],  # printed as often as Wei Wang
        "other authors, or none known": ["e"],
    }


def test_without_ids_authors_are_told_apart_by_their_names_as_printed():
    lineage = lineage_with(a=by("Ann \x1b\u202e ABLE"), c=by("Ann Able"), d=by("A. Able"), e=by())
    assert lanes(lineage, "author") == {"Ann ABLE": ["a", "c"], "other authors, or none known": ["b", "d", "e"]}


def test_a_lab_is_where_the_service_says_that_an_author_works():
    lineage = lineage_with(a=by(("Ann", "1")), c=by(("Bo", "2"), ("Cy", "3")), d=by(("Di", "4")), e=by("Eve"))
    where = {"1": ["ACME Lab"], "3": ["Acme lab", "Else"], "4": []}
    assert lanes(lineage, "lab", where) == {"ACME Lab": ["a", "c"], "other labs, or none known": ["b", "d", "e"]}


def test_a_venue_is_one_in_every_year():
    venues = {"a": "ICML 2019, PMLR 97", "b": "2020 ICML", "c": "ICML", "d": "Nature 521", "e": None}
    lineage = lineage_with(**{key: {"venue": venue} for key, venue in venues.items()})
    assert lanes(lineage, "venue") == {"ICML": ["a", "b", "c"], "other venues, or none known": ["d", "e"]}


def test_nothing_is_inferred_and_theme_leaves_the_lineage_as_it_is():
    lineage = lineage_with(a=by("Ann"), c=by("Ann"))
    seen = by_lanes(lineage, "author")
    assert seen.shares("a") == {"Ann": 1.0}
    assert seen.shares("b") == {}
    assert lineage.shares("b") == {"t": 1.0}
    assert by_lanes(lineage, "theme") is lineage


def test_a_thousand_authors_of_one_paper_make_no_lane_and_there_are_no_more_lanes_than_colours():
    many = [f"Author {chr(65 + n // 26 % 26)}{chr(65 + n % 26)}{n // 676}" for n in range(1000)]
    with pytest.raises(InputError, match="no two papers here are known to share an author"):
        by_lanes(lineage_with(a=by(*many)), "author")
    lineage = lineage_with(a=by(*many), c=by(*many))
    assert len(by_lanes(lineage, "author").reading_list.themes) == 1
    pairs = [(f"p{n}", f"q{n}") for n in range(20)]
    wide = lineage_of(pairs, {key: "t" for pair in pairs for key in pair})
    papers = {key: replace(paper, authors=(f"Author {key[1:]}",)) for key, paper in wide.corpus.papers.items()}
    named = replace(wide, corpus=replace(wide.corpus, papers=papers))
    with pytest.raises(InputError):  # their names differ in a number alone, which is a part of a name here
        by_lanes(lineage_with(a=by("Ann 1"), c=by("Ann 2")), "author")
    assert len(by_lanes(named, "author").reading_list.themes) == MOST_LANES


def test_no_other_lanes_would_gather_more_papers_of_the_shipped_neighbourhood():
    lineage = load()
    keys = list(neighbourhood(lineage))
    written: dict[str, set[str]] = defaultdict(set)  # it has no ids: an author is a folded name
    for key in keys:
        for name in lineage.paper(key).authors:
            written[" ".join(words(name))].add(key)
    several = [papers for papers in written.values() if len(papers) > 1]
    shared = sorted(set().union(*several))
    # a variable for each author, then for each paper: a paper counts only where one of its authors is chosen
    rows = np.zeros((len(shared) + 1, len(several) + len(shared)))
    for row, key in enumerate(shared):
        rows[row, len(several) + row] = 1
        rows[row, : len(several)] = [-(key in papers) for papers in several]
    rows[-1, : len(several)] = 1
    limits = np.append(np.zeros(len(shared)), MOST_LANES)
    worth = np.append(np.zeros(len(several)), -np.ones(len(shared)))
    best = milp(worth, integrality=1, bounds=Bounds(0, 1), constraints=LinearConstraint(rows, -np.inf, limits))
    seen = by_lanes(lineage, "author")
    assert sum(bool(seen.themes(key)) for key in keys) == round(-best.fun)
    said = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")
    assert f"{len(keys) - len(shared)} of the {len(keys)} papers share none" in said
    assert f"others have {len(several)} such authors, so that no twelve gather more than {round(-best.fun)}" in said
    assert f"The last lane has the other {len(keys) - round(-best.fun)}" in said


def test_files_of_a_build_with_other_lanes_are_removed_unless_somebody_changed_them(tmp_path: Path):
    said: list[str] = []
    build_into(tmp_path, lineage_of(CITATIONS, LISTED | {"c": "u"}), {}, said.append)
    assert {path.name for path in tmp_path.glob("theme-*")} == {"theme-t.html", "theme-u.html"}
    (tmp_path / "theme-own.html").write_text("a person's")
    (tmp_path / "theme-u.html").write_text("changed")
    build_into(tmp_path, by_lanes(lineage_with(a=by("Ann"), c=by("Ann")), "author"), {}, said.append)
    assert {path.name for path in tmp_path.glob("theme-*")} == {"theme-own.html", "theme-u.html"}
    assert (tmp_path / "author-ann.html").is_file()
    assert said[-2:] == [
        "theme-t.html: removed, since an earlier build made it and this one does not",
        "theme-u.html: an earlier build made it and this one does not; it was changed since, and stays",
    ]


def test_a_build_replaces_no_file_that_a_person_made_or_changed(tmp_path: Path):
    lineage, told = lineage_of(CITATIONS, LISTED), "no build wrote {} as found there.*move it away, or choose another"
    own = {"index.html": "a person's", "papers.csv": "a,b"}
    for name, text in own.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(OutputError, match=told.format("index.html, papers.csv")):
        build_into(tmp_path, lineage, {}, silent)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == own
    pages = tmp_path / "pages"
    build_into(pages, lineage_of(CITATIONS, {"a": "t"}), {}, silent)
    build_into(pages, lineage, {}, silent)  # over what an earlier build wrote
    (pages / "papers.csv").write_text("a person's notes")
    with pytest.raises(OutputError, match=told.format("papers.csv")):
        build_into(pages, lineage, {}, silent)


def test_the_pages_speak_of_what_the_lanes_are(show: Show):
    lineage = by_lanes(lineage_with(a=by("<b>Ann</b>"), c=by("<b>Ann</b>"), d=by("Di")), "author")
    assert [view.name for view in views(lineage)] == ["lineage", "neighbourhood", "author-ann"]
    pages = render_views(lineage)
    assert "by which author" in pages["index.html"]
    assert "author-ann.html" in pages["lineage.html"]
    with show(render_page(lineage, sorted("abcde"), title="T")) as page:
        page.get_by_role("button", name="Filters").click()
        shown = page.locator("body").inner_text()
        assert re.search(r"Authors\s+A\s+<b>Ann</b>\s+2\s+other authors, or none known\s+3", shown)
        assert not re.search(r"\bthemes?\b", shown, re.IGNORECASE)
