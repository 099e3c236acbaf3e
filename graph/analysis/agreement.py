"""How far two coders agree beyond chance: Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

_QUANTILE = 1.959963984540054
"""Of the standard normal distribution, for an interval that holds 95 % of it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree on the items that both have coded."""

    table: dict[tuple[str, str], int]
    """How many items the first coder gave the one code and the second the other."""
    observed: float
    """The share of items on which they agree."""
    expected: float
    """The share on which they would agree by chance, with the codes each of them gave."""
    kappa: float | None
    """Cohen's kappa: 1 is full agreement, 0 no more than chance. None when both gave every item one and the same code,
    where nothing can be said about chance."""
    standard_error: float | None
    """Its large-sample standard error; None where kappa is."""

    @property
    def items(self) -> int:
        """How many items both have coded."""
        return sum(self.table.values())

    @property
    def codes(self) -> list[str]:
        """All codes that were given."""
        return sorted({code for pair in self.table for code in pair})

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval that holds kappa with a confidence of 95 %, as the normal approximation has it."""
        if self.kappa is None or self.standard_error is None:
            return None
        reach = _QUANTILE * self.standard_error
        return self.kappa - reach, self.kappa + reach


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Compare the codes that two coders gave the same items.

    Of each item the codes of the first and of the second coder. Raises `ValueError` when there is no item. Linear in
    the items, quadratic in the codes.

    References
    ----------
    Cohen (1960), "A coefficient of agreement for nominal scales", https://doi.org/10.1177/001316446002000104.
    The standard error is that of Fleiss, Cohen & Everitt (1969), "Large sample standard errors of kappa and weighted
    kappa", https://doi.org/10.1037/h0028106.

    Examples
    --------
    >>> found = agreement([("method", "method"), ("method", "background"), ("background", "background")])
    >>> round(found.observed, 3), round(found.expected, 3), round(found.kappa, 3)
    (0.667, 0.444, 0.4)
    """
    if not pairs:
        raise ValueError("no item was coded by both")
    items, table = len(pairs), Counter(pairs)
    first, second = (Counter(pair[coder] for pair in pairs) for coder in (0, 1))
    codes = sorted(first.keys() | second.keys())
    observed = sum(table[code, code] for code in codes) / items
    expected = sum(first[code] * second[code] for code in codes) / items**2
    if first == second and len(codes) == 1:
        return Agreement(dict(table), observed, expected, None, None)
    kappa = (observed - expected) / (1 - expected)
    on_diagonal = sum(
        table[code, code] / items * ((1 - expected) - (first[code] + second[code]) / items * (1 - observed)) ** 2
        for code in codes
    )
    beside_it = (1 - observed) ** 2 * sum(
        number / items * ((second[one] + first[other]) / items) ** 2
        for (one, other), number in table.items()
        if one != other
    )
    variance = on_diagonal + beside_it - (observed * expected - 2 * expected + observed) ** 2
    error = sqrt(max(variance, 0.0) / items) / (1 - expected) ** 2
    return Agreement(dict(table), observed, expected, kappa, error)
