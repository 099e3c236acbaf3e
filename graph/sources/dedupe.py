"""Which records are one paper: identifiers decide, then title with author and year, never a guess.

The rules, in their order; each is tried only where the rules before it left records apart:

1. a person's decision (`graph.sources.overrides`), which also keeps records apart;
2. a shared identifier, after `graph.model.identifiers.closure`;
3. the same normalised title, first authors who can be the same person, and years no more than two
   apart. Other titles that a person listed count as titles. What a record does not state is no
   contradiction; but where no authors can be compared, only a long title is evidence enough.

Records stay apart, with a doubt, where a rule would join them against a contradiction (two arXiv
identifiers, two keys that a person chose). Similar titles never join records; they only give a doubt.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from ..errors import InputError
from ..model.identifiers import Identifier, closure
from ..utils.text import normalised_title, same_person, surname
from .overrides import Overrides, normalised_name
from .records import Record

log = logging.getLogger(__name__)

MAX_YEAR_GAP = 2
MIN_DISTINCTIVE_LENGTH = 20
"""Two papers hardly ever share a title of this many letters and digits."""
MIN_SIMILARITY = 0.9


@dataclass(frozen=True)
class Grouping:
    """Which records are one paper.

    `groups` are the numbers of the records of each paper, the most trusted first; `rules` says why a record
    joined its group; `doubts` are two groups, each named by its first record, and why they are apart.
    """

    groups: Sequence[Sequence[int]]
    rules: dict[int, str] = field(default_factory=dict)
    doubts: Sequence[tuple[int, int, str]] = ()


def group_records(records: Sequence[Record], overrides: Overrides | None = None) -> Grouping:
    """Group the records that are one paper; `records` come the most trusted first.

    Raises `InputError` when a decision names a paper that no record has, or contradicts another decision.

    Near linear: records are found by identifier and by title in dictionaries. Similar titles are compared only where
    the first authors share a surname and the titles a beginning or an end.
    """
    return _Grouper(records, overrides or Overrides()).group()


@dataclass
class _Cluster:
    """Records that are taken for one paper, and what they say together."""

    members: list[int]
    identifiers: set[Identifier]
    names: set[str]
    first_authors: set[str]
    years: set[int]
    keys: set[str]

    def add(self, other: _Cluster) -> None:
        self.members += other.members
        self.identifiers |= other.identifiers
        self.names |= other.names
        self.first_authors |= other.first_authors
        self.years |= other.years
        self.keys |= other.keys

    def can_have_author_of(self, other: _Cluster) -> bool:
        return any(same_person(one, two) for one in self.first_authors for two in other.first_authors)

    def is_near_in_time(self, other: _Cluster) -> bool:
        return any(abs(one - two) <= MAX_YEAR_GAP for one in self.years for two in other.years)

    def contradiction(self, other: _Cluster) -> str | None:
        """Why both cannot be one paper, if something says so."""
        if self.keys and other.keys:
            return f"a person gave them two keys, {min(self.keys)} and {min(other.keys)}"
        one, two = self._arxiv_identifiers(), other._arxiv_identifiers()
        if one and two and not one & two:
            return f"they have two arXiv identifiers, {min(one)} and {min(two)}"
        return None

    def _arxiv_identifiers(self) -> set[str]:
        return {identifier.value for identifier in self.identifiers if identifier.scheme == "arxiv"}


class _Grouper:
    """The state while records are grouped; one use."""

    def __init__(self, records: Sequence[Record], overrides: Overrides) -> None:
        self._records = records
        self._overrides = overrides
        self._kept_apart = [set(map(normalised_name, decision.papers)) for decision in overrides.keep_apart]
        self._clusters = {number: self._cluster_of_one(number) for number in range(len(records))}
        self._cluster_of = list(range(len(records)))  # a cluster is named by its first record
        self._rules: dict[int, str] = {}
        self._doubts: dict[tuple[int, int], str] = {}

    def group(self) -> Grouping:
        self._join_by_decision()
        self._join_by_identifier()
        self._join_by_title()
        self._doubt_similar_titles()
        doubts = {
            (self._cluster_of[one], self._cluster_of[other], why)
            for (one, other), why in self._doubts.items()
            if self._cluster_of[one] != self._cluster_of[other]
        }
        groups = sorted(sorted(cluster.members) for cluster in self._clusters.values())
        log.debug("%d records are %d papers, with %d doubts", len(self._records), len(groups), len(doubts))
        return Grouping(groups, self._rules, sorted(doubts))

    def _cluster_of_one(self, number: int) -> _Cluster:
        record = self._records[number]
        identifiers = set(closure(record.identifiers))
        for apart in self._kept_apart:  # a person says that this record's identifier is another paper's
            if record.record_id in apart:
                identifiers -= {identifier for identifier in identifiers if str(identifier) in apart}
        keys = {record.key} if record.key else set()
        years = {int(date[:4]) for date in (record.date, record.publication_date) if date}
        return _Cluster(
            members=[number],
            identifiers=identifiers,
            names={record.record_id, *map(str, identifiers), *keys},
            first_authors=set(record.authors[:1]),
            years=years | ({record.year} if record.year else set()),
            keys=keys,
        )

    def _join_by_decision(self) -> None:
        named: dict[str, int] = {}
        for number, cluster in self._clusters.items():
            for name in cluster.names:
                named.setdefault(name, number)
        for name in self._overrides.names:
            if normalised_name(name) not in named:
                raise InputError(
                    f"no record is called {name!r}",
                    where="overrides.toml",
                    remedy="name a key of papers.toml, an identifier or a record such as print:rae2021#57",
                )
        for decision in self._overrides.merge:
            first, *others = (named[normalised_name(name)] for name in decision.papers)
            for other in others:
                self._join(first, other, f"a person's word: {decision.why}")
                if self._cluster_of[first] != self._cluster_of[other]:
                    reason = self._doubts.get(self._pair(first, other), "another decision keeps them apart")
                    raise InputError(
                        f"cannot merge {' and '.join(decision.papers)}: {reason}",
                        where="overrides.toml",
                        remedy="remove one of the decisions",
                    )

    def _join_by_identifier(self) -> None:
        first_with: dict[Identifier, int] = {}
        for number in range(len(self._records)):
            for identifier in sorted(self._clusters[self._cluster_of[number]].identifiers):
                self._join(first_with.setdefault(identifier, number), number, f"same {identifier}")

    def _join_by_title(self) -> None:
        by_title: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for number, record in enumerate(self._records):
            for title in record.titles:
                by_title[normalised_title(title)][number] = None
        for title, numbers in by_title.items():
            distinct: list[int] = []
            for number in sorted(numbers):
                for other in distinct:
                    if self._cluster_of[other] != self._cluster_of[number]:
                        self._join_same_title(other, number, len(title))
                if self._cluster_of[number] not in {self._cluster_of[other] for other in distinct}:
                    distinct.append(number)

    def _join_same_title(self, one: int, other: int, length: int) -> None:
        pair = self._pair(one, other)
        if self._are_kept_apart(*pair):
            return
        first, second = self._clusters[pair[0]], self._clusters[pair[1]]
        authors_known = bool(first.first_authors and second.first_authors)
        years_known = bool(first.years and second.years)
        if authors_known and not first.can_have_author_of(second):
            self._doubts.setdefault(pair, "same title, but other first authors")
        elif years_known and not first.is_near_in_time(second):
            self._doubts.setdefault(pair, "same title and first author, but years far apart")
        elif authors_known:
            near = "near year" if years_known else "year not stated by one of them"
            self._join(one, other, f"same title and first author, {near}")
        elif length >= MIN_DISTINCTIVE_LENGTH:
            missing = "author" if years_known else "author and year"
            self._join(one, other, f"same title, {missing} not stated by one of them")
        else:
            self._doubts.setdefault(pair, "same short title, and nothing else to compare")

    def _doubt_similar_titles(self) -> None:
        """Note pairs that a person may want to merge: similar titles, one surname, and years that are near."""
        blocks: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for head, cluster in self._clusters.items():
            titles = (self._records[member].title for member in sorted(cluster.members))
            title = normalised_title(next(filter(None, titles), ""))
            for author in cluster.first_authors if title else ():
                # Similar titles share their beginning or their end, with rare exceptions. Without this, a
                # surname that thousands share would cost the square of them.
                for part in (title[:8], title[-8:]):
                    blocks[surname(author), part][head] = title
        for block in blocks.values():
            for (one, title), (other, other_title) in combinations(sorted(block.items()), 2):
                if title == other_title or (one, other) in self._doubts or self._are_kept_apart(one, other):
                    continue
                first, second = self._clusters[one], self._clusters[other]
                years_known = first.years and second.years
                if (not years_known or first.is_near_in_time(second)) and _are_similar(title, other_title):
                    self._doubts[one, other] = "same first author and near year, and titles nearly alike"

    def _join(self, one: int, other: int, rule: str) -> None:
        """Join the clusters of two records, unless something contradicts it."""
        head, tail = self._pair(one, other)
        if head == tail or self._are_kept_apart(head, tail):
            return
        contradiction = self._clusters[head].contradiction(self._clusters[tail])
        if contradiction:
            self._doubts[head, tail] = f"{rule}, but {contradiction}"
            return
        joined = self._clusters.pop(tail)
        for member in joined.members:
            self._cluster_of[member] = head
        self._rules.setdefault(tail, rule)
        self._clusters[head].add(joined)

    def _pair(self, one: int, other: int) -> tuple[int, int]:
        head, tail = sorted((self._cluster_of[one], self._cluster_of[other]))
        return head, tail

    def _are_kept_apart(self, one: int, other: int) -> bool:
        """Whether a person decided that two clusters are two papers; then it is no doubt either."""
        first, second = self._clusters[one].names, self._clusters[other].names
        return any(name in first and second & (apart - {name}) for apart in self._kept_apart for name in apart)


def _are_similar(one: str, other: str) -> bool:
    """Whether two normalised titles differ in little, and not only in a number."""
    if _digits(one) != _digits(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The first two are upper bounds of the third, and much faster.
    return all(ratio() > MIN_SIMILARITY for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
