"""A page does not take sources that repeat one deposit for independent ones."""

from __future__ import annotations

import pytest

from graph.analysis.path_options import PathOptions
from graph.analysis.paths import find_paths
from graph.model.lineage import Lineage
from graph.pages.page import render_page

from ..helpers.browser import Show, follow
from ..helpers.witnessed import List, witnessed

REPEATING = "Not all of these sources are independent"


@pytest.fixture(scope="module")
def made() -> Lineage:
    """`old` is cited by two papers: by the one as three repeat a deposit, by the other as its print says, too."""
    services = ("crossref", "openalex", "opencitations", "s2")
    deposits = [List(source, citing, ("old",)) for source in services for citing in ("repeated", "printed")]
    return witnessed([*deposits, List("print:printed", "printed", ("old",))], ["old", "repeated", "printed"])


def test_only_citations_with_two_origins_are_confirmed(show: Show, made: Lineage) -> None:
    with show(render_page(made, made.list_keys, title="Origins")) as page:
        page.locator("#filters-summary").click()
        assert page.locator("label:has(#confirmed) .count").inner_text() == "1"
        page.locator("#confirmed").check()
        page.locator("#connected").check()
        assert set(page.evaluate("lineagePage.visible()")) == {"old", "printed"}


def test_the_details_of_a_citation_say_that_sources_repeat_each_other(show: Show, made: Lineage) -> None:
    said = {
        "repeated": ("Asserted by 4 sources", "Here they count as one."),
        "printed": ("Asserted by 5 sources", "Here 2 of them are independent."),
    }
    with show(render_page(made, made.list_keys, title="Origins")) as page:
        for citing, (heading, says) in said.items():
            follow(page, f"arc=old:{citing}")
            text = page.locator("#panel").inner_text()
            assert heading in text
            assert REPEATING in text
            assert says in text


def test_print_and_semantic_scholar_are_independent(show: Show) -> None:
    made = witnessed([List("print:b", "b", ("a",)), List("s2:1", "b", ("a",)), List("s2:2", "b", ("a",))], ["a", "b"])
    with show(render_page(made, made.list_keys, title="Two"), at="#arc=a:b") as page:
        assert "Asserted by 3 sources" in page.locator("#panel").inner_text()
        assert REPEATING not in page.locator("#panel").inner_text()


def test_the_strongest_path_is_that_of_the_most_origins_and_not_of_the_most_services(show: Show) -> None:
    hops = {"services": [("repeated", "old"), ("new", "repeated")], "origins": [("twice", "old"), ("new", "twice")]}
    sources = {"services": ("crossref", "openalex", "opencitations"), "origins": ("print", "s2")}
    lists = [
        List(f"{source}:{citing}-{cited}", citing, (cited,))
        for way in hops
        for source in sources[way]
        for citing, cited in hops[way]
    ]
    made = witnessed(lists, ["old", "repeated", "twice", "new"])
    strongest = find_paths(made, "old", "new", PathOptions(rank="strongest")).paths[0].keys
    with show(render_page(made, made.list_keys, title="Strong"), at="#from=old&to=new&rank=strongest") as page:
        assert page.evaluate("lineagePage.highlighted()") == list(strongest) == ["old", "twice", "new"]
