"""Records under one name: what several answers of a service say of one work is taken together."""

from __future__ import annotations

from graph.model.corpus import Source
from graph.model.identifiers import Identifier
from graph.sources.records import CitationList, ListRow, Record, of_one_record_each

SOURCE = Source("openalex:2026-11-23", "openalex", "OpenAlex, observed 2026-11-23")
DOI, PMID = Identifier("doi", "10.5555/1"), Identifier("pmid", "7")


def test_the_fullest_record_of_a_name_stands_everywhere_with_all_its_identifiers():
    short, full = Record("one", (DOI,), "Title"), Record("one", (PMID,), "Title", authors=("Ann", "Bo"), year=2001)
    other = Record("other")
    lists = [CitationList(SOURCE, other, "partial", (ListRow(short, 3),)), CitationList(SOURCE, full, "partial", ())]
    first, second = of_one_record_each(lists)
    both = Record("one", (PMID, DOI), "Title", authors=("Ann", "Bo"), year=2001)
    assert (first.rows, second.paper) == ((ListRow(both, 3),), both)
    assert first.paper == other
    assert of_one_record_each([first, second]) == [first, second]
