"""The figures and the Markdown: what they hold, that nothing in them runs, and that no label meets another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from graph.errors import InputError
from graph.exports.registry import find_format
from graph.exports.selection import Selection
from graph.exports.style import theme_colours
from graph.sources.fetch.targets import targets_of_bytes
from graph.utils.text import shown

from ..helpers.browser import new_page, shared_browser
from ..helpers.export_world import case, evidence, select, shipped
from ..helpers.hostile import hostile_lineage
from ..helpers.made_lineages import lineage_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE_PATH = "hostile0 → hostile11"


MADE: dict[str, Callable[[], Selection]] = {
    "list": lambda: case("list").selection,
    "neighbourhood": lambda: case("neighbourhood").selection,
    "evidence": lambda: case("evidence").selection,
    "hostile": lambda: case("hostile").selection,
    "hostile path": lambda: select(hostile_lineage(), HOSTILE_PATH),
    "paths": lambda: select(shipped(), "BERT → InstructGPT"),
    "one path": lambda: select(shipped(), "BERT → InstructGPT", top=1),
    "a direct one": lambda: select(shipped(), "Transformer → BERT", top=2),
    "flow": lambda: select(shipped(), "flow BERT → InstructGPT"),
    "one paper": lambda: select(shipped(), "BERT"),
}
made = cache(lambda name: MADE[name]())


def figure(selection: Selection) -> str:
    content = find_format("svg").write(selection)[".svg"]
    assert isinstance(content, str)
    return content


@pytest.fixture(params=MADE)
def selection(request: pytest.FixtureRequest) -> Selection:
    return made(request.param)


def root_of(selection: Selection) -> Any:
    return etree.fromstring(figure(selection).encode("utf-8"))


def test_a_figure_has_no_script_no_link_and_nothing_from_elsewhere(selection: Selection) -> None:
    root = root_of(selection)
    elements = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert elements <= {"svg", "title", "desc", "g", "rect", "circle", "path", "text"}
    attributes = {name for each in root.iter() for name in each.attrib}
    assert not [
        name for name in attributes if name.lower().startswith("on") or name.endswith("href") or name == "style"
    ]
    assert "url(" not in figure(selection)


def test_a_figure_tells_who_cannot_see_it_what_it_is(selection: Selection) -> None:
    root = root_of(selection)
    named = {each.get("id"): each.text for each in root if each.get("id")}
    assert root.get("aria-labelledby").split() == list(named)
    assert all(named.values())


def test_every_paper_is_in_the_figure_by_its_title_and_every_citation_has_a_line(selection: Selection) -> None:
    root = root_of(selection)
    titles = Counter(
        each.text.rpartition(" (")[0] or each.text for each in root.iter(f"{SVG}title") if each.getparent() is not root
    )
    wanted = [selection.lineage.paper(key) for key in selection.keys]
    for paper in wanted:
        assert any(title.startswith(shown(paper.title or paper.untitled)) for title in titles), paper.key
    lines = [each for each in root.iter(f"{SVG}path") if each.get("stroke") and "V" not in each.get("d")]
    if selection.paths:
        assert len(lines) >= len(selection.arcs)
        return
    assert sum("C" in each.get("d") for each in lines) == len(selection.arcs)
    assert sum(titles.values()) == len(selection.keys)


def test_a_figure_of_paths_says_who_asserts_each_hop() -> None:
    selection = select(shipped(), "BERT → InstructGPT", top=1)
    words = " ".join(root_of(selection).itertext())
    assert "Gopher cites BERT: printed bibliography of arXiv:2112.11446v2, entry 43" in words
    assert "InstructGPT cites Gopher: printed bibliography of arXiv:2203.02155v1, entry 62" in words


def test_on_three_paths_a_number_is_away_from_the_other_arrows_and_a_citation_of_a_later_paper_is_dashed() -> None:
    """The arrows of other rows come from the middle: a number is above in the first row, and beneath in the last."""
    arcs = [(middle, "a") for middle in "bcd"] + [("e", middle) for middle in "bcd"]
    dates = {"a": "2001", "b": "2002", "c": "2003", "d": "2009", "e": "2005"}
    root = root_of(select(lineage_of(arcs, {"a": "t", "e": "t"}, dates), "Paper a → Paper e"))
    texts = [(each.text, float(each.get("y")), each.get("text-anchor")) for each in root.iter(f"{SVG}text")]
    numbers = {words: y for words, y, anchor in texts if anchor == "middle" and words.isdigit()}
    rows = [y + 7 for name in "bcd" for words, y, _ in texts if words == f"Paper {name}"]
    assert rows == sorted(set(rows))
    assert max(numbers["1"], numbers["2"]) < rows[0]
    assert min(numbers["5"], numbers["6"]) > rows[2]
    lines = [each.get("stroke-dasharray") for each in root.iter(f"{SVG}path") if each.get("stroke") == "#8a8a8a"]
    assert lines == [None, None, None, None, None, "5 4"]  # "Paper e" cites "Paper d"


def test_themes_have_their_colours_and_their_names() -> None:
    selection = case("list").selection
    root = root_of(selection)
    fills = {each.get("fill") for each in root.iter(f"{SVG}rect")}
    words = {each.text for each in root.iter(f"{SVG}text")}
    for theme in selection.lineage.reading_list.themes:
        assert theme_colours(selection.lineage)[theme.id] in fills
        assert theme.name in words


def test_a_citation_of_a_later_paper_is_dashed_and_the_legend_says_so() -> None:
    root = root_of(case("evidence").selection)
    dashed = [each for each in root.iter(f"{SVG}path") if "C" in each.get("d") and each.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert "dashed: cites a later paper" in {each.text for each in root.iter(f"{SVG}text")}


def test_the_same_selection_gives_the_same_figure() -> None:
    assert figure(MADE["paths"]()) == figure(MADE["paths"]())


MEASURE = """() => [...document.querySelectorAll("text")].map((element) => {
  const {left, top, right, bottom} = element.getBoundingClientRect();
  const around = element.parentElement;
  const named = around.tagName === "g" && around.querySelector(":scope > title");
  const boxes = named ? around.querySelectorAll(":scope > rect") : [];
  const [box] = [...boxes].map((each) => each.getBoundingClientRect()).sort((a, b) => b.width - a.width);
  return {text: element.textContent, left, top, right, bottom, box: box ? {left: box.left, right: box.right} : null};
})"""


def test_no_label_meets_another_leaves_its_box_or_the_figure(selection: Selection, tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    path.write_text(figure(selection), "utf-8")
    asked: list[str] = []
    with new_page(shared_browser(), width=800, height=600) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        found = page.evaluate(MEASURE)
        width, height = page.evaluate(
            "() => { const {width, height} = document.documentElement.viewBox.baseVal; return [width, height]; }"
        )
    assert asked == [path.as_uri()]
    assert len(found) > 3
    for one in found:
        assert one["left"] >= 0
        assert one["right"] <= width, one["text"]
        assert one["bottom"] <= height
        if one["box"]:
            assert one["box"]["left"] <= one["left"]
            assert one["right"] <= one["box"]["right"], one["text"]
    for one, other in combinations(found, 2):
        # line boxes are taller than letters: two lines of a card may touch, letters may not
        apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        middle, distance = (one["top"] + one["bottom"]) / 2, (other["top"] + other["bottom"]) / 2
        assert apart or abs(middle - distance) >= 11, (one["text"], other["text"])


# Markdown, read by markdown-it as CommonMark with tables


def markdown(selection: Selection) -> tuple[str, list[Any]]:
    content = find_format("markdown").write(selection)[".md"]
    assert isinstance(content, str)
    return content, MarkdownIt("commonmark").enable("table").parse(content)


def plain(token: Any) -> str:
    return "".join(child.content for child in token.children or [])


def test_markdown_lists_every_paper_once_and_every_citation_once(selection: Selection) -> None:
    _, tokens = markdown(selection)
    rows = sum(token.type == "tr_open" for token in tokens)
    assert rows == (len(selection.arcs) + 1 if selection.arcs else 0)
    codes = [child.content for token in tokens for child in token.children or [] if child.type == "code_inline"]
    assert sorted(codes) == sorted(selection.keys)


def test_no_text_becomes_markup_in_markdown() -> None:
    for name in ("hostile", "hostile path"):
        selection = made(name)
        _, tokens = markdown(selection)
        assert not [token for token in tokens if token.type in ("html_block", "fence", "code_block")]
        inside = {child.type for token in tokens for child in token.children or []}
        assert inside <= {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"} | {
            "link_open",
            "link_close",
            "code_inline",
            "softbreak",
        }
        links = [child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"]
        assert set(links) == {selection.lineage.paper(key).url for key in selection.keys}
        words = "\n".join(plain(token) for token in tokens if token.type == "inline")
        for key in selection.keys:
            assert shown(selection.lineage.paper(key).title or "") in words


def test_markdown_of_paths_says_each_hop_and_who_asserts_it() -> None:
    content, tokens = markdown(select(shipped(), "BERT → InstructGPT", top=3))
    assert "1. BERT (2018) → Gopher (2021) → InstructGPT (2022)" in content
    assert "   - Gopher cites BERT: printed bibliography of arXiv:2112.11446v2, entry 43" in content
    assert sum(token.type == "ordered_list_open" for token in tokens) == 1
    with pytest.raises(InputError, match="this is Markdown of 'lineage export', which is not read; export the same as"):
        targets_of_bytes(content.encode(), "paths.md")


def test_what_is_not_known_is_said_in_markdown() -> None:
    content, _ = markdown(select(evidence(), "corpus"))
    assert "[untitled s2:" in content.replace("\\", "")
    assert "n.d." in content
    assert "influential, for background, for methodology" in content
