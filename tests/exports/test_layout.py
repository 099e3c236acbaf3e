"""The picture's geometry: honest about time, in the list's order, nothing on top of another."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, combinations, pairwise
from math import ceil

import pytest

from graph.analysis.neighbourhood import neighbourhood
from graph.exports.lane_rows import MANY_ROWS, SPARE
from graph.exports.layout import GROWTH, Lane, Layout, Placement, timeline
from graph.exports.style import label_of, text_width, theme_colours, theme_of
from graph.model.corpus import Assertion, Citation, Corpus, Paper, Source
from graph.model.identifiers import identifier
from graph.model.lineage import Lineage, build_lineage
from graph.model.reading_list import Entry, ReadingList, Theme
from graph.pages.page import render_page

from ..helpers.commands import python


def synthetic(dates: Sequence[str | None], *, themes: int = 4, listed: int = 10, connected: bool = True) -> Lineage:
    """A chain of papers of these dates, the first of them on a list whose entries take turns at the themes."""
    papers = {
        f"p{n}": Paper(
            f"p{n}",
            title=f"On the matter number {n} of many",
            authors=(f"Ada Author{n}",),
            date=date,
            date_basis="first_version" if date else None,
            identifiers=(identifier("corpusid", str(n)),),
        )
        for n, date in enumerate(dates)
    }
    source = Source("user:test", "user", "a test")
    links = [Citation(newer, older, (Assertion(source.id),)) for older, newer in pairwise(papers)] if connected else []
    named = tuple(Theme(f"t{n}", f"Theme {n}") for n in range(themes))
    entries = tuple(
        Entry(n + 1, (f"t{n % themes}",), f"Entry {n}", identifiers=(identifier("corpusid", str(n)),))
        for n in range(min(listed, len(dates)))
    )
    return build_lineage(Corpus(papers, links, sources={source.id: source}), ReadingList("Test", named, entries))


def month_by_month(count: int, *, first: int = 2000, months: int = 240) -> list[str]:
    spread = [n * months // count for n in range(count)]
    return [f"{first + at // 12}-{at % 12 + 1:02d}" for at in spread]


LINEAGES = {
    "two papers": lambda: synthetic(["2001-05", "2020"]),
    "fifty papers": lambda: synthetic(month_by_month(50)),
    "a thousand papers": lambda: synthetic(month_by_month(1000)),
    "ten thousand papers": lambda: synthetic(month_by_month(10_000), listed=40),
    "all in one year": lambda: synthetic(["2020"] * 300),
    "all on one day": lambda: synthetic(["2020-02-29"] * 300),
    "no dates": lambda: synthetic([None] * 60),
    "some without a date": lambda: synthetic([None if n % 3 else "2011-07" for n in range(90)]),
    "one theme": lambda: synthetic(month_by_month(80), themes=1),
    "twelve themes": lambda: synthetic(month_by_month(200), themes=12, listed=40),
    "themes unknown": lambda: synthetic(month_by_month(60), connected=False),
    "centuries apart": lambda: synthetic(["1665", "1992-01", "2014-09", "9999-12-31"]),
}


VIEWS = [*LINEAGES, "the list", "its neighbourhood", "the whole corpus"]
LONG = {"ten thousand papers"}  # "a thousand papers" is its like


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=[pytest.mark.long] * (name in LONG)) for name in VIEWS]
)
def seen(request: pytest.FixtureRequest, lineage: Lineage) -> tuple[Lineage, Layout]:
    """A lineage and the layout of a view of it."""
    keys = {
        "the list": lambda: list(lineage.list_keys),
        "its neighbourhood": lambda: neighbourhood(lineage),
        "the whole corpus": lambda: list(lineage.corpus.papers),
    }
    if request.param in keys:
        return lineage, timeline(lineage, keys[request.param]())
    made = LINEAGES[request.param]()
    return made, timeline(made, list(made.corpus.papers))


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    """Pairs of boxes that share a point, found by sweeping over rows of the picture."""
    cells: dict[int, list] = {}
    for spot in layout.placements.values():
        for cell in range(int((spot.y - spot.height / 2) // 40), int((spot.y + spot.height / 2) // 40) + 1):
            cells.setdefault(cell, []).append(spot)
    found = []
    for spots in cells.values():
        spots.sort(key=lambda spot: spot.left)
        for n, spot in enumerate(spots):
            for other in spots[n + 1 :]:
                if other.left >= spot.left + spot.width:
                    break
                if abs(other.y - spot.y) < (other.height + spot.height) / 2:
                    found.append((spot.key, other.key))
    return found


def test_no_two_papers_overlap(seen: tuple[Lineage, Layout]) -> None:
    _, layout = seen
    assert overlapping(layout) == []


def test_the_sweep_finds_an_overlap_where_there_is_one(lineage: Lineage) -> None:
    layout = timeline(lineage, ["devlin2018", "vaswani2017"])
    one, other = layout.placements.values()
    moved = {one.key: one, other.key: type(other)(other.key, one.x + 3, one.y + 3, other.width, other.height)}
    assert overlapping(Layout(moved, layout.lanes, layout.ticks, layout.width, layout.height)) != []


def test_every_paper_has_a_place_inside_the_picture_and_inside_its_lane(seen: tuple[Lineage, Layout]) -> None:
    lineage, layout = seen
    lanes = {lane.theme: lane for lane in layout.lanes}
    for key, spot in layout.placements.items():
        assert spot.left >= 0
        assert spot.left + spot.width <= layout.width
        lane = lanes[theme_of(lineage, key)]
        assert lane.top <= spot.y - spot.height / 2
        assert spot.y + spot.height / 2 <= lane.bottom <= layout.height


def test_a_surely_earlier_paper_begins_further_left(seen: tuple[Lineage, Layout]) -> None:
    lineage, layout = seen
    dated = [(lineage.paper(key).date, spot.left) for key, spot in layout.placements.items() if lineage.paper(key).date]
    # Surely earlier: before the other as far as the less precise of the two dates goes.
    for precision in (4, 7, 10):
        lefts: dict[str, list[float]] = {}
        for date, left in dated:
            if len(date) >= precision:
                lefts.setdefault(date[:precision], []).append(left)
        for earlier, later in pairwise(sorted(lefts)):
            assert max(lefts[earlier]) < min(lefts[later])


def test_each_year_holds_its_own_papers_and_no_others(seen: tuple[Lineage, Layout]) -> None:
    lineage, layout = seen
    xs = [tick.x for tick in layout.ticks]
    assert xs == sorted(set(xs))
    for key, spot in layout.placements.items():
        tick = [tick for tick in layout.ticks if tick.x <= spot.left][-1]
        year = lineage.paper(key).year
        assert tick.label == ("undated" if year is None else f"{year:04d}")


def test_lanes_follow_the_order_of_the_list_and_do_not_meet(seen: tuple[Lineage, Layout]) -> None:
    lineage, layout = seen
    order = [*(theme.id for theme in lineage.reading_list.themes), None]
    shown = [lane.theme for lane in layout.lanes]
    assert shown == [theme for theme in order if theme in shown]
    assert set(shown) == {theme_of(lineage, key) for key in layout.placements}
    for upper, lower in pairwise(layout.lanes):
        assert upper.bottom < lower.top


def test_the_order_of_the_keys_does_not_matter(lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    assert timeline(lineage, keys) == timeline(lineage, [*reversed(keys), keys[0]])


def test_the_picture_has_the_shape_of_a_screen(seen: tuple[Lineage, Layout]) -> None:
    _, layout = seen
    assert layout.width / layout.height == pytest.approx(2.1, abs=0.1)


def rows_of(layout: Layout, lane: Lane) -> dict[float, list[Placement]]:
    """The boxes of a lane by the middle of their row, from top to bottom, each row from left to right."""
    rows: dict[float, list[Placement]] = {}
    for place in sorted(layout.placements.values(), key=lambda place: (place.y, place.left)):
        if lane.top < place.y < lane.bottom:
            rows.setdefault(place.y, []).append(place)
    return rows


def test_rows_lanes_and_margins_keep_their_distances(seen: tuple[Lineage, Layout]) -> None:
    """In pixels: 34 for the years, 24 for the name of a lane, 7 between rows, 8 below the last, 5 between lanes."""
    _, layout = seen
    y = 34.0
    for lane in layout.lanes:
        assert lane.top == y
        y += 24
        for n, (middle, row) in enumerate(rows_of(layout, lane).items()):
            height = max(place.height for place in row)
            y += 7 if n else 0
            assert middle == y + height / 2
            y += height
        y += 8
        assert lane.bottom == y
        y += 5
    assert layout.height == ceil(y + 24)
    right = max(place.left + place.width for place in layout.placements.values())
    assert layout.width == ceil(max(right, layout.ticks[-1].x + 46) + 24)


def test_boxes_of_a_row_are_ten_pixels_apart_and_a_lane_has_few_more_rows_than_it_needs(
    seen: tuple[Lineage, Layout],
) -> None:
    _, layout = seen
    for lane in layout.lanes:
        rows = rows_of(layout, lane)
        for row in rows.values():
            assert all(right.left - (left.left + left.width) > 9.98 for left, right in pairwise(row))
        begins = [(place.left, 1) for row in rows.values() for place in row]
        ends = [(place.left + (1 + GROWTH) * place.width + 10, -1) for row in rows.values() for place in row]
        at_once = accumulate(step for _, step in sorted([*begins, *ends]))
        # places are rounded to a hundredth, so boxes that end where another begins may seem to overlap
        needed = max(at_once) + 1
        assert len(rows) <= needed * (1 + SPARE if needed >= MANY_ROWS else 1)


def test_a_date_stands_in_the_middle_of_what_is_known_of_it() -> None:
    dates = ["2020-02-14", "2020-02", "2020-02-16", "2020-06-30", "2020", "2020-07-01", "2020-12-31", "2021-01-01"]
    made = synthetic([*reversed(dates)])
    places = timeline(made, list(made.corpus.papers)).placements
    order = sorted(places, key=lambda key: places[key].left)
    assert [made.paper(key).date for key in order] == dates


def test_time_itself_gets_a_third_of_the_axis_and_the_papers_the_rest() -> None:
    made = synthetic(["2020-01-01"] * 150 + ["2020-12-31"] * 150)
    places = timeline(made, list(made.corpus.papers)).placements
    lefts = sorted(place.left for place in places.values())
    room = lefts[1] - lefts[0]
    year = lefts[150] - lefts[0] - 150 * room
    assert year / (year + 300 * room) == pytest.approx(1 / 3, abs=0.01)


def test_a_single_year_without_papers_keeps_its_own_tick_and_the_least_width() -> None:
    ticks = timeline(made := synthetic(["2000", "2002"]), list(made.corpus.papers)).ticks
    assert [(tick.label, tick.empty) for tick in ticks] == [("2000", False), ("2001", False), ("2002", False)]
    assert ticks[2].x - ticks[1].x == 46


@pytest.mark.parametrize(("years", "width"), [((1950, 1960, 1970), 84), ((1950, 1960, 1970, 1980), 44)])
def test_stretches_without_papers_are_narrower_where_there_are_many(years: tuple[int, ...], width: int) -> None:
    ticks = timeline(made := synthetic([str(year) for year in years]), list(made.corpus.papers)).ticks
    gaps = [after.x - tick.x for tick, after in pairwise(ticks) if tick.empty]
    assert gaps == pytest.approx([width] * (len(years) - 1))


def test_undated_papers_begin_after_all_others_have_ended_and_follow_each_other_by_key() -> None:
    made = synthetic(["2020-12-31", None, None, None])
    layout = timeline(made, list(made.corpus.papers))
    dated, *undated = (layout.placements[f"p{n}"] for n in range(4))
    assert layout.ticks[-1].label == "undated"
    assert layout.ticks[-1].x == undated[0].left >= dated.left + dated.width + 10
    assert undated[0].left < undated[1].left < undated[2].left


def test_a_box_holds_its_label_at_the_size_of_its_role(seen: tuple[Lineage, Layout]) -> None:
    lineage, layout = seen
    sizes = {"list": (13.5, 20), "bridge": (12, 16)}
    for key, place in layout.placements.items():
        assert place.label == label_of(lineage, key)
        font, padding = sizes.get(lineage.graph.nodes[key]["role"], (11, 14))
        assert 0 <= place.width - (text_width(place.label) * font + padding) <= 2


def test_years_without_papers_shrink_to_a_gap_that_says_which_they_are(lineage: Lineage) -> None:
    ticks = timeline(lineage, lineage.list_keys).ticks
    gap = next(n for n, tick in enumerate(ticks) if tick.empty)
    assert ticks[gap].label == "1993\N{EN DASH}2013"
    assert (ticks[gap - 1].label, ticks[gap + 1].label) == ("1992", "2014")
    assert ticks[gap + 1].x - ticks[gap].x < 100


def test_a_crowded_year_is_wider_than_a_quiet_one(lineage: Lineage) -> None:
    ticks = {tick.label: tick.x for tick in timeline(lineage, lineage.list_keys).ticks}
    assert ticks["2023"] - ticks["2022"] > ticks["2017"] - ticks["2016"]


def test_papers_of_one_date_stand_in_the_order_of_their_keys() -> None:
    made = synthetic(["2020"] * 9)
    layout = timeline(made, list(made.corpus.papers))
    assert sorted(layout.placements, key=lambda key: layout.placements[key].left) == sorted(layout.placements)


def test_listed_papers_are_larger_than_bridges_and_bridges_than_ancestors(lineage: Lineage) -> None:
    layout = timeline(lineage, neighbourhood(lineage))
    heights = {lineage.graph.nodes[key]["role"]: spot.height for key, spot in layout.placements.items()}
    assert heights["list"] > heights["bridge"] > heights["ancestor"]


def test_labels_name_papers_and_never_show_a_key_or_identifier_as_a_title(lineage: Lineage) -> None:
    assert label_of(lineage, "devlin2018") == "6 BERT"
    assert label_of(lineage, "ouyang2022") == "17·24 InstructGPT"
    for key, paper in lineage.corpus.papers.items():
        label = label_of(lineage, key)
        if paper.title is None and not paper.names and not paper.authors:
            assert label.startswith("[untitled")
        else:
            assert label != key


def test_labels_have_no_controls_and_are_short(hostile: Lineage) -> None:
    for key in hostile.corpus.papers:
        label = label_of(hostile, key)
        assert label.isprintable()
        assert 0 < len(label) < 40


def test_a_paper_of_two_themes_stands_in_the_first(lineage: Lineage) -> None:
    assert theme_of(lineage, "ouyang2022") == "alignment"


def test_theme_colours_stay_apart_up_to_the_twelfth() -> None:
    colours = list(theme_colours(synthetic(["2020"] * 15, themes=15, listed=15)).values())
    assert all(one != other for one, other in combinations(colours[:13], 2))
    assert set(colours[12:]) == {"#666666"}


def test_an_unknown_key_is_refused(lineage: Lineage) -> None:
    with pytest.raises(KeyError, match="nobody1999"):
        timeline(lineage, ["nobody1999"])


def test_no_papers_make_an_empty_picture(lineage: Lineage) -> None:
    layout = timeline(lineage, [])
    assert (dict(layout.placements), list(layout.lanes), list(layout.ticks)) == ({}, [], [])


@pytest.mark.long
def test_another_process_makes_the_same_picture_and_page(lineage: Lineage) -> None:
    """Sets and hashes differ from process to process: neither may shape what is written."""
    program = (
        "from hashlib import sha256\n"
        "from graph import load\n"
        "from graph.analysis.neighbourhood import neighbourhood\n"
        "from graph.pages.page import render_page\n"
        "lineage = load()\n"
        "page = render_page(lineage, neighbourhood(lineage), title='Same')\n"
        "print(sha256(page.encode()).hexdigest())\n"
    )
    here = sha256(render_page(lineage, neighbourhood(lineage), title="Same").encode()).hexdigest()
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    assert python(program, env={"PYTHONHASHSEED": seed}).strip() == here
