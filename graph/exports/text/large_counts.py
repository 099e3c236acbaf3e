"""Counts that may be too large to read, or for other programs to hold."""

from __future__ import annotations

import math

READABLE = 10**15
SAFE = 2**53
"""From here on a JavaScript number rounds."""
WRITABLE = 4000
"""Digits past which Python does not write an integer as text."""


def large(number: int) -> str:
    r"""A count for people: in full as long as one can read it, then in powers of ten.

    >>> large(1234), ascii(large(6 * 10**20))
    ('1,234', "'6.00 \\xd7 10^20'")
    """
    if number < READABLE:
        return f"{number:,}"
    exponent = math.floor(math.log10(number))
    mantissa = round(10 ** (math.log10(number) - exponent), 2)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{mantissa:.2f} \u00d7 10^{exponent}"


def exact(number: int) -> int | str | None:
    """A count for programs: a number while it is safe as one, then its digits, null past 4,000 of them.

    >>> exact(5), exact(2**64), exact(2**20000)
    (5, '18446744073709551616', None)
    """
    if number < SAFE:
        return number
    return str(number) if number < 10**WRITABLE else None


def log10(number: int) -> float | None:
    """The logarithm of a count to the base 10, rounded; null for 0.

    >>> log10(2**10000), log10(0)
    (3010.299957, None)
    """
    return round(math.log10(number), 6) if number else None
