"""The page in a real browser: what it shows, how it answers, and that it keeps to itself."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page

from graph.analysis.neighbourhood import neighbourhood
from graph.model.lineage import Lineage
from graph.pages.ascii import ascii_script
from graph.pages.page import SCRIPTS, page_script, render_page
from graph.pages.paper_facts import MOST_AUTHORS
from graph.pages.templates import ASSETS

from ..exports.test_layout import month_by_month, synthetic
from ..helpers.browser import PICTURES, Show, place_of, settle, shared_browser, take_pictures
from ..helpers.hostile import TEXTS


@pytest.fixture(scope="module")
def list_html(lineage: Lineage) -> str:
    return render_page(lineage, lineage.list_keys, title=lineage.reading_list.title, subtitle="The list")


@pytest.fixture(scope="module")
def around_html(lineage: Lineage) -> str:
    return render_page(lineage, neighbourhood(lineage), title=lineage.reading_list.title, subtitle="And around it")


def colours_drawn(page: Page) -> int:
    """How many colours the canvas shows, sampled."""
    drawn: int = page.evaluate(
        """() => {
            const canvas = document.querySelector("#graph canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            const seen = new Set();
            for (let at = 0; at < data.length; at += 4 * 7) seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
            return seen.size;
        }"""
    )
    return drawn


def symbols_of(page: Page) -> str:
    """The legend of symbols as one line."""
    return " ".join(" ".join(page.locator(".roles li").all_inner_texts()).split())


def is_bright(page: Page, key: str) -> bool:
    """Whether a paper of the list is drawn bright: the colour at the left edge of its box is its lane's."""
    bright: bool = page.evaluate(
        """(key) => {
            const { network, spots } = lineagePage;
            const spot = spots.find((one) => one.id === key);
            const at = network.canvasToDOM({ x: spot.x - spot.box[0] / 2 + 5, y: spot.y });
            const canvas = document.querySelector("#graph canvas");
            const ratio = canvas.width / canvas.clientWidth;
            const [r, g, b] = canvas.getContext("2d").getImageData(at.x * ratio, at.y * ratio, 1, 1).data;
            return Math.max(r, g, b) - Math.min(r, g, b) > 60;
        }""",
        key,
    )
    return bright


def test_every_paper_and_citation_of_the_view_is_on_the_page(show: Show, around_html: str, lineage: Lineage) -> None:
    keys = neighbourhood(lineage)
    with show(around_html) as page:
        assert sorted(page.evaluate("lineagePage.visible()")) == sorted(keys)
        assert page.evaluate("lineagePage.arcs.length") == lineage.among(keys).number_of_edges()
        assert colours_drawn(page) > 50


def test_arcs_run_from_the_cited_to_the_citing_paper(show: Show, list_html: str, lineage: Lineage) -> None:
    with show(list_html) as page:
        arcs = {(arc["from"], arc["to"]) for arc in page.evaluate("lineagePage.arcs")}
        assert ("vaswani2017", "devlin2018") in arcs
        assert arcs == set(lineage.among(lineage.list_keys).edges)


def test_the_document_says_what_it_is(show: Show, list_html: str, lineage: Lineage) -> None:
    with show(list_html) as page:
        assert page.evaluate("document.compatMode") == "CSS1Compat"
        assert page.title() == lineage.reading_list.title
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("h1").all_inner_texts() == [lineage.reading_list.title]
        assert page.locator("main").count() == 1
        assert "from the cited, older paper to the citing, newer one" in page.locator("footer").inner_text()


def test_the_legend_names_the_themes_with_their_counts_and_the_symbols(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html) as page:
        themes = page.locator(".themes li").all_inner_texts()
        for theme, text in zip(lineage.reading_list.themes, themes, strict=True):
            assert theme.name in text
            chosen = sum(
                lineage.graph.nodes[key]["themes"][:1] == (theme.id,) for key in lineage.list_keys
            )  # a paper of two themes stands in the lane of its first
            assert f"{chosen} chosen" in text
        symbols = symbols_of(page)
        assert "On the list 23" in symbols
        assert f"Bridge {len(lineage.bridges)}" in symbols
        assert "Ancestor 40" in symbols


def test_papers_without_a_known_theme_are_not_said_to_have_an_inferred_one(show: Show) -> None:
    made = synthetic(month_by_month(30), connected=False)
    with show(render_page(made, list(made.corpus.papers), title="Loose")) as page:
        last = " ".join(page.locator(".themes li").last.inner_text().split())
        assert last == "no theme known 20"


def test_the_legend_explains_dashed_arcs_where_there_are_citations() -> None:
    for connected in (True, False):
        made = synthetic(month_by_month(5), connected=connected)
        html = render_page(made, list(made.corpus.papers), title="Five")
        assert ("Cites what you point at" in html) == connected


def test_pointing_at_a_paper_says_what_it_is_and_dims_what_is_not_connected_with_it(show: Show, list_html: str) -> None:
    with show(list_html, expected="willReadFrequently") as page:  # Chromium's advice to `is_bright`
        assert is_bright(page, "mnih2016")
        page.mouse.move(*place_of(page, "devlin2018"))
        page.wait_for_selector("#tip:visible")
        settle(page)
        text = page.locator("#tip").inner_text()
        assert "BERT: Pre-training of Deep Bidirectional Transformers" in text
        assert "Jacob Devlin" in text
        assert "2018" in text
        assert "Main architecture and tasks" in text
        citing = page.evaluate("lineagePage.arcs.filter((arc) => arc.from === 'devlin2018').length")
        assert f"cited by {citing} papers" in text
        assert is_bright(page, "vaswani2017")
        assert not is_bright(page, "mnih2016")
        page.mouse.move(5, 5)
        page.wait_for_selector("#tip", state="hidden")
        settle(page)
        assert is_bright(page, "mnih2016")


def test_a_click_opens_the_details_and_escape_closes_them(show: Show, list_html: str, lineage: Lineage) -> None:
    with show(list_html) as page:
        page.mouse.click(*place_of(page, "devlin2018"))
        page.wait_for_selector("#panel:visible")
        text = page.locator("#panel").inner_text()
        paper = lineage.paper("devlin2018")
        for fact in ("6 BERT", str(paper.title), *paper.authors, "2018-10-11 (first version)", "2019-06", "NAACL 2019"):
            assert fact in text
        links = page.locator("#panel a")
        assert links.all_inner_texts() == [str(each) for each in paper.identifiers]
        for link, each in zip(links.all(), paper.identifiers, strict=True):
            assert link.get_attribute("href") == each.url
            assert "noopener" in str(link.get_attribute("rel"))
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()


def test_the_details_say_who_asserts_each_citation_and_lead_to_the_other_paper(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        page.mouse.click(*place_of(page, "devlin2018"))
        cited = page.locator("#panel li", has=page.locator("[data-key=vaswani2017]"))
        assert "printed bibliography of arXiv:1810.04805" in cited.inner_text()
        cited.locator("[data-key]").click()
        assert page.locator("#panel h2").inner_text() == "2 Transformer"
        assert page.evaluate("lineagePage.state.selected") == "vaswani2017"
        assert page.locator("#panel li [data-key=devlin2018]").count() == 1


def test_a_paper_without_citations_in_the_view_is_explained(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        assert "No citation in this view 1" in symbols_of(page)
        page.mouse.click(*place_of(page, "schmidhuber1992"))
        note = page.locator("#panel .note").inner_text()
        assert "No citation connects it with another paper of this view" in note
        assert "The references of 21 of the 22 other papers are all known, and none of them lists it" in note
        page.keyboard.press("Escape")
        page.mouse.click(*place_of(page, "devlin2018"))
        page.wait_for_selector("#panel:visible")
        assert page.locator("#panel .note").count() == 0


def test_themes_of_other_papers_are_shown_as_inferred_with_their_shares(
    show: Show, around_html: str, lineage: Lineage
) -> None:
    with show(around_html) as page:
        page.evaluate("lineagePage.select('kingma2014adam')")
        text = page.locator("#panel").inner_text()
        shares = lineage.graph.nodes["kingma2014adam"]["shares"]
        assert "Themes, inferred" in text
        assert f"{lineage.reading_list.theme('scaling').name} {shares['scaling']:.0%}".replace("%", " %") in text
        page.evaluate("lineagePage.select('devlin2018')")
        assert "inferred" not in page.locator("#panel dl").first.inner_text()


def test_unknown_references_are_called_unknown(show: Show, around_html: str, lineage: Lineage) -> None:
    unknown = next(k for k in neighbourhood(lineage) if lineage.corpus.coverage_of(k) == "not_fetched")
    with show(around_html) as page:
        page.evaluate("(key) => lineagePage.select(key)", unknown)
        assert "Not fetched: what it cites is unknown, not nothing." in page.locator("#panel").inner_text()
        assert "What it cites is unknown" in page.locator("#panel h3").all_inner_texts()
        assert "Cites no papers" not in page.locator("#panel").inner_text()


def test_keys_lead_from_paper_to_paper_and_the_focus_comes_back(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        pressed = 0
        while page.evaluate("document.activeElement.id") != "graph":
            page.keyboard.press("Tab")
            pressed += 1
            assert pressed < 12, "Tab does not reach the graph"
        page.keyboard.press("Home")
        assert page.evaluate("lineagePage.state.pointed") == "schmidhuber1992"
        page.keyboard.press("PageDown")
        assert page.evaluate("lineagePage.state.pointed") == "bahdanau2014"
        page.keyboard.press("ArrowRight")
        reached = page.evaluate("lineagePage.state.pointed")
        assert page.evaluate(
            "lineagePage.arcs.filter((arc) => arc.from === 'bahdanau2014').map((arc) => arc.to)"
        ).count(reached)
        assert page.locator("#announcer").inner_text() != ""
        page.keyboard.press("ArrowLeft")
        assert reached in page.evaluate(
            "lineagePage.arcs.filter((arc) => arc.from === lineagePage.state.pointed).map((arc) => arc.to)"
        )
        before = page.evaluate("lineagePage.spots.find((s) => s.id === lineagePage.state.pointed).y")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("lineagePage.spots.find((s) => s.id === lineagePage.state.pointed).y") > before
        pointed = page.evaluate("lineagePage.state.pointed")
        page.keyboard.press("Enter")
        assert page.evaluate("lineagePage.state.selected") == pointed
        assert page.evaluate("document.activeElement.id") == "panel"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "graph"


def test_keys_reach_every_paper(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        page.locator("#graph").focus()
        page.keyboard.press("Home")
        seen = [page.evaluate("lineagePage.state.pointed")]
        for _ in range(page.evaluate("lineagePage.spots.length") - 1):
            page.keyboard.press("PageDown")
            seen.append(page.evaluate("lineagePage.state.pointed"))
        assert sorted(seen) == sorted(page.evaluate("lineagePage.spots.map((spot) => spot.id)"))


def test_search_finds_a_paper_by_its_words(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        for query, key in (
            ("bert", "devlin2018"),
            ("schmid", "schmidhuber1992"),
            ("BÉRT pre-training", "devlin2018"),
            ("https://arxiv.org/abs/1810.04805v2", "devlin2018"),
            ("10.18653/v1/N19-1423", "devlin2018"),
        ):
            page.locator("#graph").focus()
            page.keyboard.press("/")
            page.keyboard.type(query)
            page.keyboard.press("Enter")
            assert page.evaluate("lineagePage.state.selected") == key


def test_search_says_when_it_finds_nothing(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        page.locator("#from").fill("no such paper anywhere")
        assert page.locator("#from-hits").inner_text() == "No paper of this page"
        page.keyboard.press("Enter")
        assert page.evaluate("lineagePage.state.selected") is None
        assert page.locator("#from-hits").is_hidden()
        assert page.locator("#ask-fault").inner_text().startswith("No paper of this page is called “no such paper any")


def test_the_papers_can_be_read_as_a_list(show: Show, list_html: str, lineage: Lineage) -> None:
    with show(list_html) as page:
        page.locator("#papers summary").click()
        page.wait_for_selector("#list button")
        buttons = page.locator("#list [data-key]")
        assert sorted(button.get_attribute("data-key") or "" for button in buttons.all()) == sorted(lineage.list_keys)
        buttons.first.click()
        assert page.locator("#panel").is_visible()


def test_a_paper_behind_the_panel_comes_into_view(show: Show, list_html: str) -> None:
    with show(list_html) as page:
        page.mouse.click(*place_of(page, "yang2023"))
        page.wait_for_selector("#panel:visible")
        settle(page)
        assert place_of(page, "yang2023")[0] < page.evaluate(
            "document.getElementById('panel').getBoundingClientRect().left"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(show: Show, list_html: str, scheme: str) -> None:
    with show(list_html, color_scheme=scheme) as page:
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        ink = page.evaluate("getComputedStyle(document.documentElement).color")
        quiet = page.evaluate("getComputedStyle(document.querySelector('footer')).color")
        assert contrast(ground, ink) >= 7
        assert contrast(ground, quiet) >= 4.5
        assert (luminance(ground) < 0.1) == (scheme == "dark")


def luminance(css: str) -> float:
    channels = [int(value) / 255 for value in re.findall(r"\d+", css)[:3]]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_page_fits_a_phone(show: Show, around_html: str) -> None:
    with show(around_html, width=360, height=740, has_touch=True) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate("lineagePage.network.getScale()") > 0.6
        page.evaluate("lineagePage.select('devlin2018')")
        settle(page)
        panel = page.locator("#panel").bounding_box()
        assert panel is not None
        assert panel["width"] <= 360
        x, y = place_of(page, "devlin2018")
        assert 0 < x < 360
        assert 0 < y < panel["y"]


def test_hostile_texts_are_shown_as_text_and_run_nowhere(show: Show, hostile: Lineage) -> None:
    keys = list(hostile.corpus.papers)
    html = render_page(hostile, keys, title=TEXTS[0], subtitle=TEXTS[1])
    with show(html) as page:
        assert page.locator("h1").inner_text() == TEXTS[0]
        for key in keys:
            page.mouse.move(*place_of(page, key))
            page.wait_for_selector("#tip:visible")
            page.mouse.move(3, 3)
            page.evaluate("(key) => lineagePage.select(key)", key)
            assert hostile.paper(key).title in page.evaluate(
                "[...document.querySelectorAll('#panel bdi')].map((one) => one.textContent)"
            )
            page.keyboard.press("Escape")
        page.locator("#from").fill("href")
        assert page.locator("#from-hits li").count() == 1
        page.locator("#from").fill("")
        page.locator("#papers summary").click()
        page.wait_for_selector("#list button")
        assert page.evaluate("window.hacked") is None
        assert page.locator("img, #graph a, main b, header b").count() == 0
        hrefs = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.href)")
        assert all(href.startswith("https://arxiv.org/") for href in hrefs)


def test_what_a_browser_would_run_is_named_by_its_hash(show: Show, list_html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', list_html)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    inject = "document.body.append(Object.assign(document.createElement('script'), {text: 'window.hacked = 1'}))"
    with show(list_html, expected="Content Security Policy") as page:
        with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            page.evaluate(inject)
        assert page.evaluate("window.hacked") is None


def test_nothing_on_the_page_is_loaded_from_elsewhere(list_html: str) -> None:
    assert (
        re.findall(
            r"<(?:script|img|iframe|object|embed)[^>]*\ssrc=|<link[^>]*href=\"(?!data:,)|@import|url\((?!#)", list_html
        )
        == []
    )


def test_equal_input_gives_equal_bytes(lineage: Lineage, list_html: str) -> None:
    again = render_page(
        lineage, list(reversed(lineage.list_keys)), title=lineage.reading_list.title, subtitle="The list"
    )
    assert again == list_html


def test_long_author_lists_are_cut_and_say_by_how_much(show: Show, list_html: str, lineage: Lineage) -> None:
    with show(list_html) as page:
        page.evaluate("lineagePage.select('rae2021')")
        more = len(lineage.paper("rae2021").authors) - MOST_AUTHORS
        assert f"and {more} more" in page.locator("#panel .authors").inner_text()


@pytest.mark.long
def test_two_thousand_papers_are_drawn_moved_and_selected(show: Show) -> None:
    made = synthetic(month_by_month(2000), listed=30)
    html = render_page(made, list(made.corpus.papers), title="Many")
    assert len(html) < 1_500_000
    with show(html) as page:
        page.wait_for_function("() => lineagePage.settled()")
        assert page.evaluate("lineagePage.visible().length") == 2000
        before = page.evaluate("lineagePage.visibleArea()")
        page.mouse.move(700, 500)
        page.mouse.down()
        page.mouse.move(600, 460, steps=4)
        page.mouse.up()
        assert page.evaluate("lineagePage.visibleArea().left") > before["left"]
        x, y = page.evaluate(
            """() => {
                const spot = lineagePage.spots.find((one) => one.id === "p1000"); // from afar a square at its date
                const { x, y } = lineagePage.network.canvasToDOM({ x: spot.x - spot.box[0] / 2, y: spot.y });
                const area = document.getElementById("graph").getBoundingClientRect();
                return [x + area.left + 2, y + area.top];
            }"""
        )
        page.mouse.click(x, y)
        assert page.locator("#panel h2").inner_text() == "Author1000 2010"


def test_a_view_without_papers_is_a_page_all_the_same(show: Show, lineage: Lineage) -> None:
    with show(render_page(lineage, [], title="Nothing")) as page:
        page.locator("#graph").focus()
        page.keyboard.press("ArrowRight")
        assert "0 papers" in page.locator("footer").inner_text()


@pytest.mark.long
def test_the_pictures_of_the_documentation_can_be_taken_anew(lineage: Lineage, tmp_path: Path) -> None:
    take_pictures(shared_browser(), lineage, tmp_path, papers=200)
    shipped = Path(__file__).parents[2] / "docs" / "images"
    for name, picture in PICTURES.items():
        size = {"width": 1400, "height": 900} | picture
        scale = picture.get("device_scale_factor", 1)
        for file in (tmp_path / f"{name}.png", shipped / f"{name}.png"):
            assert struct.unpack(">II", file.read_bytes()[16:24]) == (scale * size["width"], scale * size["height"])


def test_a_page_carries_all_lines_of_the_script_but_its_comments() -> None:
    parts = [ascii_script((ASSETS / f"{name}.js").read_text("utf-8")) for name in SCRIPTS]
    source = [line for part in parts for line in part.splitlines()]
    carried = page_script().splitlines()[2:-1]
    left_out = lines_removed(list(filter(None, source)), list(filter(None, carried)))
    assert len(left_out) > 500
    assert all(line.lstrip().startswith(("//", "/**", "*")) for line in left_out)


def lines_removed(longer: list[str], shorter: list[str]) -> list[str]:
    """What the longer list has between the lines of the shorter one, which all stand there in the same order."""
    removed, rest = [], iter(longer)
    for line in shorter:
        for other in rest:
            if other == line:
                break
            removed.append(other)
        else:
            raise AssertionError(f"a line of no script: {line}")
    return [*removed, *rest]
