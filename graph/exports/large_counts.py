"""How a count is written that may be too large to read, or too large for other programs to hold."""

from __future__ import annotations

import math

from ..algorithms.path_counts import Approximate
from ..utils.text import plural

READABLE = 10**15
"""From here on a person reads a power of ten more easily."""
SAFE = 2**53
"""From here on a JavaScript number rounds."""
MOST_DIGITS = 4000
"""Python refuses to write an integer of more digits as text."""
_UNWRITABLE = 10**MOST_DIGITS


def large(number: int) -> str:
    r"""A count for people: in full while it can be read, then as a power of ten.

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


def whole(number: int) -> str:
    r"""A count for people in full, and as a power of ten past 4,000 digits, which Python refuses to write.

    >>> whole(10**15), ascii(whole(10**5000))
    ('1,000,000,000,000,000', "'1.00 \\xd7 10^5000'")
    """
    return f"{number:,}" if number < _UNWRITABLE else large(number)


def writable(number: int | None) -> int | None:
    """A count for programs that take integers of any size: null past 4,000 digits, which Python refuses to write.

    >>> writable(10**20), writable(10**5000)
    (100000000000000000000, None)
    """
    return None if number is None or number >= _UNWRITABLE else number


def large_counted(number: int, noun: str) -> str:
    """A count for people with its noun; see `large`.

    >>> large_counted(1, "path"), large_counted(2000, "path")
    ('1 path', '2,000 paths')
    """
    return f"{large(number)} {plural(number, noun)}"


def exact(number: int | None) -> int | str | float | None:
    """A count for programs: a number while no program rounds it, then a string of its digits, null past 4,000 digits.

    An approximate count is a float, null past what a float can hold; and so is a count that is not known.

    >>> exact(5), exact(2**64), exact(2**20000), exact(Approximate(3 * 10**20))
    (5, '18446744073709551616', None, 3e+20)
    """
    if number is None or isinstance(number, Approximate):
        return as_float(number)
    if number < SAFE:
        return number
    return str(number) if number < _UNWRITABLE else None


def log10(number: int) -> float | None:
    """The logarithm of a count to base 10, rounded; null for 0.

    >>> log10(2**10000), log10(0)
    (3010.299957, None)
    """
    return round(math.log10(number), 6) if number else None


def as_float(number: float | None) -> float | None:
    """A number as a float; null when it is unknown or past what a float can hold.

    >>> as_float(2), as_float(10**400), as_float(None)
    (2.0, None, None)
    """
    try:
        value = math.nan if number is None else float(number)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None
