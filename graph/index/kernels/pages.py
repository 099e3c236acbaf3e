"""Pages of a file: their checksums, and arrays in them whose pages are checked when a loop first touches them.

A page has 4,096 bytes. Its checksum is XXH64 with seed 0 of these bytes, zeros after the end of the file. A page of an
array is also looked through for values outside of the array's bounds: what passes leads no loop out of its arrays,
even in a file that was made by somebody else, or has no checksums.

References
----------
Y. Collet, xxHash fast digest algorithm, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..jit import compiled, inlined

PAGE_BITS = 12
PAGE = 1 << PAGE_BITS
WORDS_A_PAGE = PAGE // 8
_PRIME_1, _PRIME_2 = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F)
_PRIME_3, _PRIME_4 = np.uint64(0x165667B19E3779F9), np.uint64(0x85EBCA77C2B2AE63)
# What XXH64 starts its four sums with.
_START_1, _START_2 = np.uint64(0x60EA27EEADC0B5D6), _PRIME_2
_START_3, _START_4 = np.uint64(0), np.uint64(0x61C8864E7A143579)
_WORD_BITS = np.uint64(64)


class DamagedPage(Exception):
    """A page that is not what was written, or holds what leads out of the file."""


class Pages(NamedTuple):
    """The pages of a file, as loops take them."""

    words: Any
    """The file, without its last bytes where these are no whole word."""
    rest: Any
    """Those last bytes, followed by zeros."""
    sums: Any
    """The checksum of every page; empty when there are none to compare with."""
    seen: Any
    """Which pages were checked; the loops write it."""


class CheckedArray(NamedTuple):
    """An array in whole pages of a file, as loops take it."""

    values: Any
    seen: Any
    """Which of its pages were checked."""
    pages: Pages
    """Those of the whole file."""
    first_page: Any
    """The page of the file at whose beginning it lies."""
    low: Any
    high: Any
    """The bounds of its values."""


@compiled
def _rotated(word, bits):
    return (word << bits) | (word >> (_WORD_BITS - bits))


@compiled
def _round(total, word):
    return _rotated(total + word * _PRIME_2, np.uint64(31)) * _PRIME_1


@compiled
def _merged(total, one):
    return (total ^ _round(np.uint64(0), one)) * _PRIME_1 + _PRIME_4


@compiled
def _sum_of(words, first):
    """XXH64 of the page that begins at a word."""
    one, two, three, four = _START_1, _START_2, _START_3, _START_4
    for place in range(first, first + WORDS_A_PAGE, 4):
        one, two = _round(one, words[place]), _round(two, words[place + 1])
        three, four = _round(three, words[place + 2]), _round(four, words[place + 3])
    total = (
        _rotated(one, np.uint64(1))
        + _rotated(two, np.uint64(7))
        + _rotated(three, np.uint64(12))
        + _rotated(four, np.uint64(18))
    )
    total = _merged(_merged(_merged(_merged(total, one), two), three), four) + np.uint64(PAGE)
    total = (total ^ (total >> np.uint64(33))) * _PRIME_2
    total = (total ^ (total >> np.uint64(29))) * _PRIME_3
    return total ^ (total >> np.uint64(32))


@compiled
def sum_of_page(words, rest, page):
    """The checksum of one page of a file: see `Pages`."""
    first = page * WORDS_A_PAGE
    if first + WORDS_A_PAGE <= words.size:
        return _sum_of(words, first)
    last_page = np.zeros(WORDS_A_PAGE, np.uint64)
    count = words.size - first
    last_page[:count] = words[first:]
    last_page[count] = rest
    return _sum_of(last_page, 0)


@compiled
def sums_of_pages(words, rest, count):
    """The checksums of the first pages of a file."""
    sums = np.empty(count, np.uint64)
    for page in range(count):
        sums[page] = sum_of_page(words, rest, page)
    return sums


@compiled
def check_pages(pages, first, last):
    """Compare the pages first .. last - 1 with their checksums, those that were not compared before."""
    if first < 0 or last > pages.seen.size:
        raise DamagedPage()
    for page in range(first, last):
        if not pages.seen[page]:
            if pages.sums.size and sum_of_page(pages.words, pages.rest, page) != pages.sums[page]:
                raise DamagedPage()
            pages.seen[page] = True


@inlined
def touch(array, first, last):
    """Check the values first .. last - 1 of an array, which has them, before they are read: a page the first time."""
    if first < last:
        size = array.values.itemsize
        for page in range((first * size) >> PAGE_BITS, ((last * size - 1) >> PAGE_BITS) + 1):
            if not array.seen[page]:
                _check_values(array, page)


@compiled
def _check_values(array, page):
    size = array.values.itemsize
    is_outside = False
    for place in range(page * PAGE // size, min((page + 1) * PAGE // size, array.values.size)):
        value = np.int64(array.values[place])
        is_outside |= (value < array.low) | (value > array.high)
    if is_outside:
        raise DamagedPage()
    check_pages(array.pages, array.first_page + page, array.first_page + page + 1)


@compiled
def touch_range(array, first, last):
    """Check the values first .. last - 1 of an array."""
    touch(array, first, last)


@compiled
def touch_each(array, places):
    """Check the values at some places of an array."""
    for place in places:
        touch(array, place, place + 1)


@inlined
def neighbours_at(offsets, neighbours, vertex):
    """Where the neighbours of a vertex begin and end, all of them checked."""
    touch(offsets, vertex, vertex + 2)
    begin, end = offsets.values[vertex], offsets.values[vertex + 1]
    if begin > end:
        raise DamagedPage()
    touch(neighbours, begin, end)
    return begin, end


@compiled
def places_of(array, wanted):
    """Where each of some numbers is in an array of ascending ones, or would be."""
    places = np.empty(wanted.size, np.int64)
    for n in range(wanted.size):
        low, high = 0, array.values.size
        while low < high:
            middle = (low + high) // 2
            touch(array, middle, middle + 1)
            if array.values[middle] < wanted[n]:
                low = middle + 1
            else:
                high = middle
        places[n] = low
    return places
