"""Cohen's kappa and its interval, with the values of a published example."""

from __future__ import annotations

import pytest

from graph.analysis.agreement import agreement

SKIN = {
    ("terrible", "terrible"): 10, ("terrible", "poor"): 4, ("terrible", "marginal"): 1,
    ("poor", "terrible"): 5, ("poor", "poor"): 10, ("poor", "marginal"): 12, ("poor", "clear"): 2,
    ("marginal", "terrible"): 2, ("marginal", "poor"): 4, ("marginal", "marginal"): 12, ("marginal", "clear"): 5,
    ("clear", "poor"): 2, ("clear", "marginal"): 6, ("clear", "clear"): 13,
}  # fmt: skip
"""Two dermatologists on 88 patients: SAS/STAT User's Guide, The FREQ Procedure, "Agreement Study"."""


def test_kappa_its_standard_error_and_its_interval_are_those_of_the_published_example() -> None:
    found = agreement([pair for pair, patients in SKIN.items() for _ in range(patients)])
    assert found.items == 88
    assert (found.kappa, found.standard_error) == (pytest.approx(0.3449, abs=5e-5), pytest.approx(0.0724, abs=5e-5))
    assert found.interval == (pytest.approx(0.2030, abs=5e-5), pytest.approx(0.4868, abs=5e-5))


def test_full_agreement_is_one_and_none_at_all_below_zero() -> None:
    full = agreement([("a", "a"), ("b", "b")])
    assert (full.kappa, full.standard_error) == (1.0, 0.0)
    assert agreement([("a", "b"), ("b", "a")]).kappa == -1.0


def test_one_code_for_everything_says_nothing_about_chance() -> None:
    found = agreement([("a", "a")] * 5)
    assert (found.observed, found.kappa, found.standard_error, found.interval) == (1.0, None, None, None)
    assert agreement([("a", "b")] * 5).kappa == 0.0  # they never agree, and by chance never would


def test_nothing_coded_by_both_is_no_agreement() -> None:
    with pytest.raises(ValueError, match="no item"):
        agreement([])
