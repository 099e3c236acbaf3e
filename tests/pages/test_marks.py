"""The reader's own marks: put, undone, kept in the address, carried along, saved in a copy and as a reading list."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page

from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.interfaces import web
from graph.model.lineage import Lineage
from graph.model.marks import Marks
from graph.model.reading_list import load_reading_list
from graph.pages.embed import extended, framed
from graph.pages.page import render_page
from graph.pages.views import render_views
from graph.sources.library import read_library

from ..helpers.browser import Show, follow, new_page, place_of, saved, settle, shared_browser, switch_theme
from ..helpers.commands import lineage_command
from ..helpers.hostile import TEXTS
from .test_access import violations
from .test_paths_on_page import within

MARKS = "JSON.stringify({ ...lineagePage.state.marks, notes: [...lineagePage.state.marks.notes] })"
KEPT = "Your marks are kept in the address of this page, not in the browser"


def saved_by(page: Page, button: str, into: Path) -> Path:
    """The file that a button saves, in a folder."""
    name, content = saved(page, button)
    (into / name).write_bytes(content)
    return into / name


def test_marks_are_put_in_the_details_and_by_keys_and_the_first_says_where_they_are_kept(
    show: Show, around_html: str
) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        assert page.locator("#panel .kept").is_hidden()
        page.locator("[data-mark=starred]").click()
        assert page.locator("#notice").inner_text().startswith(f"6 BERT has a star. {KEPT}")
        assert page.locator("#panel .kept").inner_text().startswith(KEPT)
        page.locator("#note").fill("  masked words\nread again  ")
        page.locator("#panel").focus()
        page.keyboard.press("r")
        page.keyboard.press("Escape")
        page.locator("#graph").focus()
        page.keyboard.press("Home")
        first = page.evaluate("lineagePage.state.pointed")
        page.keyboard.press("s")
        assert page.evaluate("lineagePage.state.marks.starred") == ["devlin2018", first]
        page.keyboard.press("s")
        page.keyboard.press("h")
        assert first not in page.evaluate("lineagePage.visible()")
        assert json.loads(page.evaluate(MARKS)) == {
            "starred": ["devlin2018"],
            "read": ["devlin2018"],
            "own": [],
            "hidden": [first],
            "notes": [["devlin2018", "masked words\nread again"]],
        }
        page.locator("#show-all").click()
        assert first in page.evaluate("lineagePage.visible()")


def test_a_letter_that_is_typed_marks_nothing(show: Show, around_html: str) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        for field in ("#to", "#note", "#from"):
            page.locator(field).focus()
            page.keyboard.type("shron")
        assert page.evaluate("lineagePage.state.marks.starred.length") == 0


def test_everything_that_the_reader_does_is_undone_and_done_again(show: Show, around_html: str) -> None:
    """Each step changes another part of the state; undo goes back through all of them and redo forward."""

    def ask(page: Page) -> None:
        page.locator("#from").fill("BERT -> InstructGPT")
        page.keyboard.press("Enter")

    steps: list[Callable[[Page], None]] = [
        lambda page: page.evaluate("lineagePage.select('devlin2018')"),
        lambda page: page.locator("[data-mark=starred]").click(),
        lambda page: (page.locator("#note").fill("first, second & <third>"), page.locator("#panel").focus())[1],
        lambda page: switch_theme(page, "rlhf"),
        ask,
        lambda page: page.locator("#panel .path").nth(1).click(),
        lambda page: page.locator("#panel .close").click(),
    ]
    state = (
        "JSON.stringify([lineagePage.state, [...lineagePage.state.hiddenThemes], [...lineagePage.state.marks.notes]])"
    )
    with show(around_html) as page:
        seen = [page.evaluate(state)]
        for each in steps:
            each(page)
            page.evaluate("document.activeElement.blur()")
            seen.append(page.evaluate(state))
        assert len(set(seen)) == len(seen)
        for before in reversed(seen[:-1]):
            page.keyboard.press("Control+z")
            assert page.evaluate(state) == before
        assert page.locator("#undo").get_attribute("aria-disabled") == "true"
        page.keyboard.press("Control+z")
        assert page.locator("#notice").inner_text() == "Nothing to undo"
        for after in seen[1:4]:
            page.keyboard.press("Control+y")
            assert page.evaluate(state) == after
        page.locator("#redo").click()
        assert page.evaluate(state) == seen[4]
        page.locator("#undo").click()
        page.locator("[data-mark=read]").click()  # another way on: what was undone is gone
        assert page.locator("#redo").get_attribute("aria-disabled") == "true"
        page.go_back()
        page.wait_for_function("() => lineagePage.state.marks.read.length === 0")


def test_a_link_keeps_marks_also_of_papers_that_its_page_does_not_have(
    show: Show, lineage: Lineage, tmp_path: Path
) -> None:
    at = "#star=brown2020,devlin2018&hide=schulman2017,nix&note=brown2020,few,+shots"
    with show(render_page(lineage, lineage.list_keys, title="The list"), at=at) as page:
        switch_theme(page, "scaling")
        page.locator("#marks-summary").click()
        page.locator("#marks-list ul").first.wait_for()
        assert page.locator("#marks-list").inner_text().count("1 paper of other pages") == 3
        hash_ = page.evaluate("decodeURIComponent(location.hash).replaceAll('+', ' ')")
        assert hash_ == "#off=scaling&star=brown2020,devlin2018&hide=schulman2017,nix&note=brown2020,few, shots"
        assert "no paper of this page: “nix”" in page.locator("#ask-fault").inner_text()


def test_a_hidden_paper_that_the_question_names_stays_and_is_told(show: Show, around_html: str) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&hide=devlin2018") as page:
        assert "devlin2018" in page.evaluate("lineagePage.visible()")
        assert page.locator("#count").inner_text().endswith("shown; 1 hidden paper on the paths stays")


def test_only_starred_papers_are_shown_on_demand(show: Show, around_html: str) -> None:
    with show(around_html, at="#star=devlin2018,brown2020") as page:
        page.locator("#marks-summary").click()
        page.locator("#starred-only").check()
        assert set(page.evaluate("lineagePage.visible()")) == {"devlin2018", "brown2020"}


@pytest.mark.parametrize("text", ["</script><script>window.hacked=1</script>\u2028]]> <!-- \\u003c", "\n".join(TEXTS)])
def test_a_saved_copy_shows_marks_and_view_under_the_same_policy_and_hostile_notes_are_inert(
    show: Show, around_html: str, tmp_path: Path, text: str
) -> None:
    with show(around_html, at="#from=devlin2018&to=ouyang2022&off=rlhf&star=devlin2018") as page:
        page.evaluate("lineagePage.select('brown2020')")
        page.locator("#note").fill(text)
        page.locator("#panel").focus()
        written = page.locator("#note").input_value()
        marks, address = page.evaluate(MARKS), page.evaluate("location.hash")
        copy = saved_by(page, "save-copy", tmp_path)
    assert copy.name == "page-marked.html"
    html = copy.read_text(encoding="utf-8")
    for part in (r'<meta http-equiv="Content-Security-Policy"[^>]*>', r"<script>.*?</script>", r"<style>.*?</style>"):
        assert re.findall(part, unescape(html), re.DOTALL) == re.findall(part, unescape(around_html), re.DOTALL)
    with show(html, at="") as page:
        assert page.evaluate(MARKS) == marks
        assert page.evaluate("lineagePage.state.selected") == "brown2020"
        assert page.evaluate("[...lineagePage.state.hiddenThemes]") == ["rlhf"]
        assert page.locator("#note").input_value() == written
        assert page.evaluate("window.hacked") is None
        again = saved_by(page, "save-copy", tmp_path)
        assert page.evaluate("location.hash") in ("", address)
    assert again.read_text(encoding="utf-8") == html
    assert len(html) - len(around_html) < 10_000


def test_a_copy_keeps_its_marks_when_a_link_says_nothing_of_them_and_loses_them_when_the_reader_removes_them(
    show: Show, around_html: str, tmp_path: Path
) -> None:
    with show(around_html, at="#star=devlin2018") as page:
        copy = saved_by(page, "save-copy", tmp_path).read_text(encoding="utf-8")
    with show(copy, at="#p=brown2020") as page:
        assert page.evaluate("lineagePage.state.marks.starred") == ["devlin2018"]
        page.locator("#marks-summary").click()
        page.locator("#clear-marks").click()
        page.keyboard.press("Escape")
        page.reload()
        page.wait_for_function("() => window.lineagePage !== undefined")
        assert page.evaluate("lineagePage.state.marks.starred") == []
        assert page.evaluate("lineagePage.state.selected") == "brown2020"


def test_the_stars_are_a_reading_list_that_the_command_takes(show: Show, around_html: str, tmp_path: Path) -> None:
    at = "#star=brown2020,ouyang2022,devlin2018&note=devlin2018,line+one%0Anumber+%3D+7"
    with show(around_html, at=at) as page:
        file = saved_by(page, "save-stars", tmp_path)
    entries = load_reading_list(file).entries
    assert [(entry.number, entry.name, entry.themes) for entry in entries] == [
        (6, "BERT", ("architecture",)),
        (17, "InstructGPT", ("alignment", "rlhf")),
        (18, "GPT-3", ()),
    ]
    result = lineage_command("--list", file, "path", "BERT", "InstructGPT", "--list-only")
    assert result.returncode == 0
    assert "BERT → GPT-3 → InstructGPT" in result.stdout


def test_the_list_of_hostile_papers_is_read_with_their_titles(show: Show, hostile: Lineage, tmp_path: Path) -> None:
    keys = list(hostile.list_keys)
    notes = "&".join(f"note={key},%00%1b%5D%0D%22%22%22" for key in keys)
    with show(render_page(hostile, keys, title="x"), at=f"#star={','.join(keys)}&{notes}") as page:
        file = saved_by(page, "save-stars", tmp_path)
    entries = {entry.number: entry for entry in load_reading_list(file).entries}
    assert len(entries) == len(keys)
    for entry in hostile.reading_list.entries:
        assert entries[entry.number].title == entry.title
        assert set(entries[entry.number].identifiers) == set(entry.identifiers)


def test_papers_without_an_identifier_are_named_as_left_out(show: Show, tmp_path: Path) -> None:
    from ..helpers.small_world import small_world

    small = small_world()
    nameless = [key for key in small.graph if not small.paper(key).identifiers]
    with show(
        render_page(small, list(small.graph), title="Small"), at=f"#star={','.join(small.graph)},elsewhere"
    ) as page:
        file = saved_by(page, "save-stars", tmp_path)
        assert "Saved without" in page.locator("#notice").inner_text()
    text = file.read_text(encoding="utf-8")
    assert text.count("# Left out, because it has no identifier: ") == len(nameless)
    assert "not on the page that saved this: elsewhere" in text
    assert len(load_reading_list(file).entries) == len(small.graph) - len(nameless)


def test_more_marks_than_an_address_holds_outlive_a_reload_and_the_page_says_that_a_link_lacks_them(
    show: Show, around_html: str
) -> None:
    with show(around_html, at="#p=devlin2018") as page:
        many = "&".join(f"note=k{n},{'word ' * 380}" for n in range(20))
        page.evaluate("(many) => { location.hash = `p=devlin2018&${many}`; }", many)
        page.wait_for_function("() => lineagePage.state.marks.notes.size === 20")
        page.locator("[data-mark=starred]").click()
        assert "only while this page is open" in page.locator("#panel .kept").inner_text()
        assert len(page.evaluate("location.hash")) < 1000
        page.reload()
        page.wait_for_function("() => window.lineagePage !== undefined")
        assert page.evaluate("lineagePage.state.marks.notes.size") == 20


def test_in_a_notebooks_frame_marks_can_be_undone_and_the_page_says_that_it_keeps_none(
    lineage: Lineage, tmp_path: Path
) -> None:
    html = framed(render_page(lineage, lineage.list_keys, title="Framed"), title="Framed")
    with new_page(shared_browser(), width=1200, height=800) as page:
        (tmp_path / "notebook.html").write_text(f"<h1>Notebook</h1>{html}", encoding="utf-8")
        page.goto((tmp_path / "notebook.html").as_uri())
        frame = page.frames[1]
        frame.wait_for_function("() => window.lineagePage !== undefined")
        frame.evaluate("lineagePage.select('devlin2018')")
        frame.locator("[data-mark=starred]").click()
        assert "only while this page is open" in frame.locator("#panel .kept").inner_text()
        frame.locator("#undo").click()
        assert frame.evaluate("lineagePage.state.marks.starred") == []
        assert frame.evaluate("lineagePage.state.selected") == "devlin2018"


def test_the_exported_picture_has_the_marks(show: Show, around_html: str) -> None:
    def drawn(at: str) -> int:
        with show(around_html, at=at, expected="request: blob:") as page:
            return saved(page, "save-svg").content.count(b'fill="#e0a100"')

    assert drawn("#star=devlin2018,vaswani2017") == drawn("") + 2


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.long)])
def test_axe_finds_nothing_with_marks_and_their_menu(show: Show, around_html: str, width: int, scheme: str) -> None:
    at = "#p=devlin2018&star=devlin2018,x&note=devlin2018,mine&hide=brown2020&read=devlin2018"
    with show(around_html, at=at, width=width, height=740, color_scheme=scheme, bypass_csp=True) as page:
        page.locator("#marks-summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_of_the_site_carries_marks_to_the_others(lineage: Lineage, tmp_path: Path) -> None:
    for name, html in render_views(lineage).items():
        (tmp_path / name).write_text(html, encoding="utf-8")
    with new_page(shared_browser(), width=1280, height=720) as page:
        page.goto((tmp_path / "theme-rlhf.html").as_uri())
        page.evaluate("lineagePage.select('ouyang2022')")
        page.locator("[data-mark=starred]").click()
        with page.expect_navigation():
            page.locator("nav.tabs a", has_text="The list").click()
        page.wait_for_function("() => window.lineagePage !== undefined")
        settle(page)
        assert page.evaluate("lineagePage.state.marks.starred") == ["ouyang2022"]


def test_a_copy_of_hostile_papers_is_the_same_page(show: Show, hostile: Lineage, tmp_path: Path) -> None:
    html = render_page(hostile, list(hostile.list_keys), title=TEXTS[0])
    with show(html) as page:
        copy = saved_by(page, "save-copy", tmp_path).read_text(encoding="utf-8")
    data = r'<script type="[^"]+" id="(?!saved)\w+">.*?</script>|<h1>.*?</h1>|<title>.*?</title>'
    assert re.findall(data, unescape(copy), re.DOTALL) == re.findall(data, unescape(html), re.DOTALL)
    with show(copy) as page:
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0


def test_a_served_page_that_was_saved_shows_no_bar_that_needs_the_server(show: Show, around_html: str) -> None:
    script = (Path(web.__file__).parent / "assets" / "search_box.js").read_text(encoding="utf-8")
    bar = '<nav class="served-bar"><form action="/search"><input data-served-then="go"></form></nav>'
    with show(extended(around_html, script=script, body=bar), at="#p=devlin2018") as page:
        assert page.locator(".served-bar").count() == 0
        assert page.locator("a[href^='/']").count() == 0


def test_a_key_marks_what_is_pointed_at_or_open_and_not_what_the_mouse_has_left(show: Show, lineage: Lineage) -> None:
    with show(render_page(lineage, lineage.list_keys, title="The list"), at="#p=ouyang2022") as page:
        page.mouse.move(*place_of(page, "devlin2018"))
        page.mouse.move(200, 10)
        page.locator("#graph").focus()
        page.keyboard.press("s")
        assert page.evaluate("lineagePage.state.marks.starred") == ["ouyang2022"]
        page.mouse.move(*place_of(page, "devlin2018"))
        page.keyboard.press("r")
        page.keyboard.press("s")
        assert page.evaluate("lineagePage.state.marks.starred") == ["ouyang2022", "devlin2018"]
        assert page.evaluate("lineagePage.state.marks.read") == ["devlin2018"]


def test_a_page_opens_with_the_marks_of_a_library_and_leaves_those_papers_out(show: Show, lineage: Lineage) -> None:
    library = Marks(read=frozenset({"devlin2018", "brown2020"}), own=frozenset({"vaswani2017"}))
    html = render_page(replace(lineage, marks=library), lineage.list_keys, title="The list")
    with show(html, at="#p=devlin2018") as page:
        everything = set(page.evaluate("lineagePage.visible()"))
        assert {"devlin2018", "vaswani2017"} < everything
        assert page.locator("[data-mark=read]").get_attribute("aria-pressed") == "true"
        assert "read=" not in page.evaluate("location.hash")  # every file of the site has them
        page.locator("#marks-summary").click()
        assert page.locator("#marks-kept").inner_text() == "These marks came with the page, from your library."
        page.locator("#leave-read").check()
        assert set(page.evaluate("lineagePage.visible()")) == everything - {"devlin2018"}
        page.locator("#leave-own").check()
        assert set(page.evaluate("lineagePage.visible()")) == everything - {"devlin2018", "vaswani2017"}
        assert "leave=read,own" in page.evaluate("location.hash")
        page.locator("#clear-marks").click()
        assert set(page.evaluate("lineagePage.visible()")) == everything
        assert json.loads(page.evaluate(MARKS))["read"] == []
        assert "marks=none" in page.evaluate("location.hash")
        page.locator("#undo").click()
        assert sorted(json.loads(page.evaluate(MARKS))["read"]) == ["brown2020", "devlin2018"]
        follow(page, "own=brown2020&leave=own")  # a paper of the neighbourhood
        assert page.locator("#leave-own").is_checked()
        assert page.locator("#filters-summary").inner_text() == "Filters"
        assert page.locator("#count").inner_text().startswith("All 23 papers")


def test_what_the_reader_marks_beside_the_library_is_in_the_address_and_in_a_copy(
    show: Show, lineage: Lineage, tmp_path: Path
) -> None:
    library = Marks(read=frozenset({"devlin2018"}))
    html = render_page(replace(lineage, marks=library), lineage.list_keys, title="The list")
    with show(html, at="#p=vaswani2017") as page:
        page.locator("[data-mark=own]").click()
        address = page.evaluate("location.hash")
        assert ("read=devlin2018" in address, "own=vaswani2017" in address) == (True, True)
        copy = saved_by(page, "save-copy", tmp_path)
    assert set(read_library(copy, "own", lineage.corpus).keys) == {"vaswani2017"}
    assert set(read_library(copy, "read", lineage.corpus).keys) == {"devlin2018"}
    with show(html, at=address) as page:
        assert json.loads(page.evaluate(MARKS))["own"] == ["vaswani2017"]


def test_paths_leave_out_marked_papers_as_the_command_does_and_the_page_says_so(show: Show, lineage: Lineage) -> None:
    keys = lineage.list_keys
    marks = Marks(read=frozenset({"devlin2018", "radford2018"}), own=frozenset({"vaswani2017"}))
    marked = replace(within(lineage, keys), marks=marks)
    html = render_page(replace(lineage, marks=marks), keys, title="The list")
    changed = 0
    with show(html) as page:
        for start, end in [*combinations(lineage.by_age(keys), 2)][::11]:
            for leave_out in (("read",), ("read", "own")):
                follow(page, f"from={start}&to={end}&leave={','.join(leave_out)}")
                answer = find_paths(marked, start, end, PathOptions(leave_out=leave_out))
                told = page.locator("#panel .answer").inner_text()
                if answer.total:
                    assert f"; {answer.total:,} path{'' if answer.total == 1 else 's'}" in told
                else:
                    assert told.startswith("No path from")
                left_out = {kind: marks.keys(kind) - {start, end} for kind in leave_out}
                count = sum(map(len, left_out.values()))
                words = " or ".join({"read": "have read", "own": "own"}[kind] for kind in leave_out if left_out[kind])
                many = f"{count} paper{'' if count == 1 else 's'} that you {words}"
                said = [f"Paths through {many} are left out."] if count else []
                assert page.locator("#left-out").all_inner_texts() == said
                changed += answer.total != find_paths(marked, start, end).total
    assert changed > 10


def test_the_command_that_a_page_shows_leaves_out_what_the_page_leaves_out(show: Show, lineage: Lineage) -> None:
    html = render_page(lineage, lineage.list_keys, title="The list")
    with show(html, at="#from=vaswani2017&to=ouyang2022&read=devlin2018&own=rae2021&leave=read,own") as page:
        command = page.locator("#panel .outside code").inner_text()
        assert command == "lineage path vaswani2017 ouyang2022 --avoid devlin2018 --avoid rae2021"
        page.locator("#marks-summary").click()
        page.locator("#leave-own").uncheck()
        command = page.locator("#panel .outside code").inner_text()
        assert command == "lineage path vaswani2017 ouyang2022 --avoid devlin2018"
        assert page.locator("#conditions .chip").count() == 0  # the question itself has no such condition
        said = "Paths through 1 paper that you have read are left out."
        page.get_by_role("button", name="Copy as Markdown").click()
        assert said in page.locator("#panel .copied").input_value()  # what leaves the page says so, too
