"""Papers outside a list that several of it cite, found over all services and their identifiers."""

from __future__ import annotations

from graph.model.identifiers import Identifier
from graph.sources.fetch.ask_others import bridges_between
from graph.sources.records import Record

ARXIV, DOI, S2 = Identifier("arxiv", "1601.00001"), Identifier("doi", "10.5555/b"), Identifier("s2", "b" * 40)


def record(name: str, *identifiers: Identifier, **more) -> Record:
    return Record(name, identifiers, **more)


def test_a_paper_that_two_cite_under_identifiers_that_a_third_record_joins_is_a_bridge():
    both = record("both", ARXIV, DOI)
    lists = [("one", [record("x", ARXIV)]), ("two", [record("y", DOI)]), ("two", [both])]
    assert bridges_between(lists, []) == [both]


def test_two_services_that_list_one_citation_do_not_make_a_bridge():
    assert bridges_between([("one", [record("x", DOI)]), ("one", [record("y", DOI, S2)])], []) == []


def test_what_is_asked_already_is_no_new_bridge_under_whatever_identifier_it_is_known():
    lists = [("one", [record("x", DOI, ARXIV)]), ("two", [record("y", DOI)])]
    implied = Identifier("doi", "10.48550/arxiv.1601.00001")
    assert bridges_between(lists, [record("known", implied)]) == []


def test_a_paper_older_than_the_list_leads_from_none_of_it_to_another():
    lists = [("one", [record("x", DOI, year=1990)]), ("two", [record("y", DOI, year=1990)])]
    assert bridges_between(lists, [], oldest=1991) == []
    assert len(bridges_between(lists, [], oldest=1990)) == 1


def test_records_without_identifiers_are_no_bridges():
    lists = [("one", [record("x", title="Same")]), ("two", [record("y", title="Same")])]
    assert bridges_between(lists, []) == []
