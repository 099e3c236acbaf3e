"""Names of authors: given names and family name, or a family name of several words alone."""

from __future__ import annotations

import pytest

from graph.analysis.people import papers_by_author
from graph.errors import InputError
from graph.model.corpus import Corpus, Paper
from graph.model.lineage import build_lineage
from graph.model.reading_list import ReadingList

PRINTED = (
    "George van den Driessche",
    "Cyprien de Masson d'Autume",
    "Kyle O'Brien",
    "O’Neil, Cathy",
    "van der Wal, Oskar",
    "Santiago Ramón y Cajal",
    "Shai Ben-David",
    "Charles Van Loan Jr.",
    "Kenton J. Lee",
    "Chang, Ming Wei",
    "A. v. d. Oord",
    "A. Van Den Oord",
    "C. v.d. Malsburg",
    "Jacob Devlin",
    "Kenton Jason Lee",
    "Dong Yu",
    "Quoc Van Le",
    "Diego de Las Casas",
    "MARSH C",
    "\u738b \u660e",
)
LINEAGE = build_lineage(
    Corpus({f"p{n}": Paper(f"p{n}", authors=(name,)) for n, name in enumerate(PRINTED)}), ReadingList("none", (), ())
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("van den Driessche", "George van den Driessche"),
        ("den driessche", "George van den Driessche"),
        ("van den Driessche, G.", "George van den Driessche"),
        ("de Masson d'Autume", "Cyprien de Masson d'Autume"),
        ("d’Autume", "Cyprien de Masson d'Autume"),
        ("O'Brien", "Kyle O'Brien"),
        ("o’brien", "Kyle O'Brien"),
        ("O'Neil", "O’Neil, Cathy"),
        ("Cathy O'Neil", "O’Neil, Cathy"),
        ("van der Wal", "van der Wal, Oskar"),
        ("Ramon y Cajal", "Santiago Ramón y Cajal"),
        ("Ben-David", "Shai Ben-David"),
        ("Van Loan", "Charles Van Loan Jr."),
        ("v.d. Malsburg", "C. v.d. Malsburg"),
        ("Malsburg, C. von der", "C. v.d. Malsburg"),
        ("devlin j", "Jacob Devlin"),
        ("Devlin J", "Jacob Devlin"),
        ("Devlin, J.", "Jacob Devlin"),
        ("Chang MW", "Chang, Ming Wei"),
        ("Chang M.-W.", "Chang, Ming Wei"),
        ("van der Wal O", "van der Wal, Oskar"),
        ("d. yu", "Dong Yu"),
        ("Q. V. Le", "Quoc Van Le"),
        ("Quoc Le", "Quoc Van Le"),
        ("Las Casas", "Diego de Las Casas"),
        ("Cy Marsh", "MARSH C"),
        ("\u660e", "\u738b \u660e"),
    ],
)
def test_an_author_is_found_by_a_family_name_alone_and_by_other_spellings(typed, printed):
    (person,) = papers_by_author(LINEAGE, typed).people
    assert person.names == (printed,)


def test_an_initial_between_given_and_family_name_may_be_written_out():
    (person,) = papers_by_author(LINEAGE, "Kenton J. Lee").people
    assert person.names == ("Kenton J. Lee", "Kenton Jason Lee")


@pytest.mark.parametrize("typed", ["v. d. Oord", "van den Oord", "Oord", "A. Oord", "Oord, Aaron van den", "oord a"])
def test_a_particle_that_is_written_short_is_the_whole_one(typed):
    (person,) = papers_by_author(LINEAGE, typed).people
    assert set(person.names) == {"A. v. d. Oord", "A. Van Den Oord"}


@pytest.mark.parametrize(
    "typed",
    [
        "J. Lee",
        "J Lee",
        "Jason Lee",
        "Lee J",
        "Wei Chang",
        "van der Driessche",
        "O'Driessche",
        "den Driessche, den",
        "Bin Yu",
        "B. van den Oord",
        "ter Oord",
        "Devlin K",
    ],
)
def test_other_given_names_or_another_family_name_find_nobody(typed):
    with pytest.raises(InputError, match="no author here is called"):
        papers_by_author(LINEAGE, typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "names no author; write a name, or an id"),
        (" ", "names no author; write a name, or an id"),
        ("?!", "names no author; write a name, or an id"),
        *((number, "no paper here has an author with the id") for number in ("1", "007", "-1", "9" * 23, " 12 ")),
        ("et al.", "names no author; write a name, or an id"),
        ("Devlin 2018", "write the name without numbers"),
        ("Devlin and Chang", "write one author"),
        ("shai", "did you mean Shai Ben-David"),
        ("Jacob Devln", "did you mean Jacob Devlin"),
        ("O'Nobody", "write the family name as papers print it"),
        ("Nobody", "write the family name as papers print it"),
        ("Xaver Nobody", "write the last word of the family name alone"),
    ],
)
def test_the_advice_fits_what_was_typed(typed, said):
    with pytest.raises(InputError, match=said):
        papers_by_author(LINEAGE, typed)
