"""A search by citations: from seeds backward to what they cite and forward to what cites them, round by round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ..errors import InputError
from ..model.corpus import Assertion, Citation, Corpus, Coverage, Direction
from ..model.lineage import Lineage

Way = Literal["backward", "forward"]
WAYS: tuple[Way, ...] = get_args(Way)
_LIST_OF: dict[Way, Direction] = {"backward": "references", "forward": "citations"}
_UNSEARCHED = ("elided", "failed", "not_fetched")


@dataclass(frozen=True, slots=True)
class Found:
    """A paper that the search found."""

    key: str
    round: int
    """The round in which it was found first; 0 for a seed."""
    backward: tuple[str, ...]
    forward: tuple[str, ...]
    """The papers from which it was found: those that cite it, and those that it cites, in the order of the search."""
    seeds: tuple[str, ...]
    """The seeds from which it came: those of all papers from which it was found in its round."""
    records: int
    """How many entries of lists named it. All but one of them are duplicates."""
    sources: tuple[str, ...]
    """The ids of the sources of these entries."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What one source gave in one direction."""

    way: Way
    """"backward" or "forward"."""
    source: str
    """Its id."""
    lists: int
    """How many lists of it were searched."""
    records: int
    """How many entries these lists have."""
    identified: int
    """How many of these name a paper that the corpus knows, where each source counts a paper twice only if it numbers
    its entries."""


@dataclass(frozen=True, slots=True)
class Snowball:
    """The result of a search by citations, with the counts of a PRISMA 2020 flow."""

    seeds: tuple[str, ...]
    """Where it began."""
    ways: tuple[Way, ...]
    """The directions in which it went."""
    rounds: int
    """How many rounds were asked for; later ones find nothing where an earlier one found nothing new."""
    found: tuple[Found, ...]
    """The papers that it found, seeds among them only where it came back to one: by round, then oldest first."""
    searched: tuple[Searched, ...]
    """By direction and source."""
    not_searched: tuple[tuple[Way, str], ...]
    """For each direction the papers of which no list could be searched: direction and key. They may hide papers."""
    merged: tuple[tuple[str, int], ...]
    """By which kinds of rules how many records were merged into the papers found, most first."""

    @property
    def records(self) -> int:
        """How many entries all lists have: the records identified."""
        return sum(each.records for each in self.searched)

    @property
    def unidentified(self) -> int:
        """How many of them name no paper that the corpus knows, or repeat one within a list without numbers."""
        return self.records - sum(each.identified for each in self.searched)

    @property
    def duplicates(self) -> int:
        """How many of them name a paper that another of them names, too."""
        return sum(each.identified for each in self.searched) - len(self.found)

    @property
    def seeds_again(self) -> int:
        """How many of the papers found are seeds."""
        return sum(each.round == 0 for each in self.found)

    @property
    def to_screen(self) -> int:
        """How many papers are left to be screened: each once, without the seeds."""
        return len(self.found) - self.seeds_again


def snowball(
    lineage: Lineage, seeds: Iterable[str] | None = None, *, ways: Iterable[Way] = WAYS, rounds: int = 1
) -> Snowball:
    """Follow citations from seeds, as a systematic review does, and keep account of it.

    Raises `ValueError` when `rounds` is less than 1, or there is no direction. An entry that a source lists is a
    record, whether or not it could be identified. A citation whose list the corpus does not have (it is known from the
    list of the paper at its other end) is one record of each source that asserts it. Linear in the citations of the
    papers that are searched, and in the merged records.

    The seeds are keys, by default the papers of the reading list that a source knows. "backward" follows a paper to
    those that it cites, "forward" to those that cite it. The first of the `rounds` starts from the seeds, each later
    one from the papers that the round before it found.

    References
    ----------
    Wohlin (2014), "Guidelines for snowballing in systematic literature studies and a replication in software
    engineering", https://doi.org/10.1145/2601248.2601268. Page et al. (2021), "The PRISMA 2020 statement",
    https://doi.org/10.1136/bmj.n71.

    Examples
    --------
    >>> from graph import load
    >>> found = snowball(load(), ["devlin2018"], ways=["backward"])
    >>> found.records, found.unidentified, found.duplicates, found.seeds_again, found.to_screen
    (112, 0, 19, 0, 93)
    """
    wanted = tuple(way for way in WAYS if way in ways)
    if rounds < 1 or not wanted or not all(way in WAYS for way in ways):
        raise InputError(
            "a search needs at least one round and one direction",
            remedy=f"the directions are {', '.join(WAYS)} and both",
        )
    known = [key for key in lineage.list_keys if key not in set(lineage.absent)]
    start = tuple(dict.fromkeys(known if seeds is None else seeds))
    search = _Search(lineage, start, wanted)
    for number in range(1, rounds + 1):
        if not search.go(number):
            break
    return search.result(rounds)


class _Search:
    """The state of a search between two rounds."""

    def __init__(self, lineage: Lineage, seeds: tuple[str, ...], ways: tuple[Way, ...]) -> None:
        self.lineage, self.seeds, self.ways = lineage, seeds, ways
        self.rounds = dict.fromkeys(seeds, 0)  # of every paper that was reached
        self.origins = {key: {key} for key in seeds}  # the seeds from which each came
        self.places = {key: n for n, key in enumerate(seeds)}
        self.hits: dict[str, list[tuple[Way, str, Assertion]]] = {}
        self.lists: Counter[tuple[Way, str]] = Counter()
        self.records: Counter[tuple[Way, str]] = Counter()
        self.identified: Counter[tuple[Way, str]] = Counter()
        self.not_searched: list[tuple[Way, str]] = []
        self.next: Sequence[str] = seeds

    def go(self, number: int) -> bool:
        """Search the lists of the papers that the round before found; whether there are new ones."""
        new: dict[str, set[str]] = {}
        for key in self.next:
            for way in self.ways:
                for other in self._search_lists(way, key):
                    if self.rounds.setdefault(other, number) == number:
                        new.setdefault(other, set()).update(self.origins[key])
        self.origins |= new
        self.next = self.lineage.by_age(new)
        return bool(new)

    def _search_lists(self, way: Way, key: str) -> Iterator[str]:
        """The papers at the other ends of the citations of a paper in one direction."""
        named: Counter[str] = Counter()
        for citation in _citations(self.lineage.corpus, way, key):
            other = citation.cited if way == "backward" else citation.citing
            for said in citation.assertions:
                named[said.source] += _entries(way, said)
                self.hits.setdefault(other, []).append((way, key, said))
            yield other
        listed = {row.source: row for row in self.lineage.corpus.coverage_rows(key, _LIST_OF[way])}
        searched = {source for source, row in listed.items() if _is_searchable(row)}
        for source in sorted({*named, *searched}):
            self.lists[way, source] += source in searched
            self.identified[way, source] += named[source]
            rows = listed[source].rows if source in searched else None
            self.records[way, source] += max(rows or 0, named[source])
        if not searched:
            self.not_searched.append((way, key))

    def result(self, rounds: int) -> Snowball:
        """The account of the search."""
        lineage = self.lineage
        keys = sorted(self.hits, key=lambda key: (self.rounds[key], lineage.age(key)))
        rules = Counter(_kind_of(each.rule) for each in lineage.corpus.merges if each.paper in self.hits)
        return Snowball(
            self.seeds,
            self.ways,
            rounds,
            tuple(self._found(key) for key in keys),
            tuple(
                Searched(way, source, self.lists[way, source], self.records[way, source], self.identified[way, source])
                for way, source in sorted(self.records)
            ),
            tuple(self.not_searched),
            tuple(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
        )

    def _found(self, key: str) -> Found:
        hits = self.hits[key]
        backward, forward = (tuple(dict.fromkeys(start for its, start, _ in hits if its == way)) for way in WAYS)
        came_from = self.origins[key]
        if not self.rounds[key]:  # a seed: the seeds from which it was found again
            came_from = {seed for _, start, _ in hits for seed in self.origins[start]}
        return Found(
            key,
            self.rounds[key],
            backward,
            forward,
            tuple(sorted(came_from, key=self.places.__getitem__)),
            sum(_entries(way, said) for way, _, said in hits),
            tuple(sorted({said.source for _, _, said in hits})),
        )


def _entries(way: Way, said: Assertion) -> int:
    """How many entries of the searched list an assertion is: its numbers are those of a list of references."""
    return said.times if way == "backward" else 1


def _is_searchable(row: Coverage) -> bool:
    """Whether a list can be searched: one that is known to have nothing, but not to be complete, cannot."""
    return row.state not in _UNSEARCHED and not (row.state == "partial" and row.rows == 0)


def _citations(corpus: Corpus, way: Way, key: str) -> Iterator[Citation]:
    """The citations by a paper, or those of it, without one by itself."""
    if way == "backward":
        return (each for each in corpus.citations_of(key) if each.cited != key)
    return iter(corpus.citations_to(key))


def _kind_of(rule: str) -> str:
    """The kind of a rule, without the identifier that it found.

    >>> _kind_of("same arxiv:1810.04805"), _kind_of("same title and first author, near year")
    ('same arxiv', 'same title and first author, near year')
    """
    return rule.partition(":")[0]
