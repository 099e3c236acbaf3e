"""Which records are one paper: identifiers decide, then title with author and year, never a guess.

The rules, in order, each tried only where the one before left records apart:

1. a person's word (`graph.sources.overrides`), which also keeps records apart;
2. a shared identifier, after `graph.model.identifiers.closure`;
3. the same normalised title, a first author who can be the same person, and years no more than
   two apart. What a record does not state does not speak against it, but where no author can be
   compared the title must be long enough not to be a coincidence. Other titles that a person
   listed count as titles.

Records that two rules would join against a contradiction (two arXiv identifiers, two keys that a
person chose) stay apart and become a doubt. Likeness of titles only ever makes a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from ..errors import InputError
from ..model.identifiers import Identifier, closure
from ..utils.text import normalised_title, same_person, surname
from .overrides import Overrides, token
from .records import Record

NEAR_YEARS = 2
TELLING_LETTERS = 20
"""From so many letters and digits on, a title without an author is no coincidence."""
ALIKE = 0.9


@dataclass
class _Cluster:
    """Records taken for one paper, and what they say together."""

    members: list[int]
    identifiers: set[Identifier]
    tokens: set[str]
    authors: set[str]
    years: set[int]
    keys: set[str]

    def absorb(self, other: _Cluster) -> None:
        self.members += other.members
        for name in ("identifiers", "tokens", "authors", "years", "keys"):
            getattr(self, name).update(getattr(other, name))

    def of_scheme(self, scheme: str) -> set[Identifier]:
        return {each for each in self.identifiers if each.scheme == scheme}


@dataclass(frozen=True)
class Identity:
    """The outcome: `groups` of record numbers, each one paper and led by its most trusted record.

    `rules` says for a record why it joined; `doubts` pairs groups (by their first record) with the
    reason for keeping them apart.
    """

    groups: Sequence[Sequence[int]]
    rules: dict[int, str] = field(default_factory=dict)
    doubts: Sequence[tuple[int, int, str]] = ()


def unite(records: Sequence[Record], overrides: Overrides | None = None) -> Identity:
    """Group the records that are one paper.

    Parameters
    ----------
    records : sequence of Record
        The most trusted first: the first of a group leads it.
    overrides : Overrides, optional

    Returns
    -------
    Identity

    Raises
    ------
    InputError
        When a decision names a paper that no record has, or contradicts another decision.

    Notes
    -----
    Near linear: records meet through dictionaries of identifiers and titles. Only records of one
    surname whose titles begin or end alike are compared by likeness.
    """
    return _Uniting(records, overrides or Overrides()).outcome()


class _Uniting:
    """The state while records are united; one use."""

    def __init__(self, records: Sequence[Record], overrides: Overrides) -> None:
        self.records = records
        self.rules: dict[int, str] = {}
        self.doubts: dict[tuple[int, int], str] = {}
        self.apart = [{token(name) for name in verdict.papers} for verdict in overrides.keep_apart]
        self.clusters = {number: self._alone(number) for number in range(len(records))}
        self.home = list(range(len(records)))
        self._by_decision(overrides)
        self._by_identifier()
        self._by_title()
        self._by_likeness()

    def outcome(self) -> Identity:
        groups = [sorted(cluster.members) for cluster in self.clusters.values()]
        doubts = [(self.home[a], self.home[b], why) for (a, b), why in sorted(self.doubts.items())]
        firsts = {head: sorted(cluster.members)[0] for head, cluster in self.clusters.items()}
        apart = sorted({(firsts[a], firsts[b], why) for a, b, why in doubts if a != b})
        return Identity(sorted(groups), self.rules, apart)

    def _alone(self, number: int) -> _Cluster:
        record = self.records[number]
        identifiers = set(closure(record.identifiers))
        for apart in self.apart:  # a person says that this record does not own that identifier
            if record.place in apart:
                identifiers -= {each for each in identifiers if str(each) in apart}
        names = {str(each) for each in identifiers} | {record.place} | ({record.key} if record.key else set())
        return _Cluster(
            [number],
            identifiers,
            names,
            set(record.authors[:1]),
            {int(year[:4]) for year in (record.date, record.publication_date) if year}
            | ({record.year} if record.year else set()),
            {record.key} if record.key else set(),
        )

    def _join(self, one: int, other: int, rule: str) -> None:
        """Join the clusters of two records, unless something speaks against it."""
        head, tail = self._pair(one, other)
        if head == tail:
            return
        if self._kept_apart(head, tail):
            return
        contradiction = self._contradiction(self.clusters[head], self.clusters[tail])
        if contradiction:
            self.doubts[head, tail] = f"{rule}, but {contradiction}"
            return
        absorbed = self.clusters.pop(tail)
        for member in absorbed.members:
            self.home[member] = head
        self.rules.setdefault(tail, rule)
        self.clusters[head].absorb(absorbed)

    def _kept_apart(self, one: int, other: int) -> bool:
        """Whether a person said that the papers of two clusters are not one: no longer a doubt."""
        first, second = self.clusters[one].tokens, self.clusters[other].tokens
        return any(name in first and second & (apart - {name}) for apart in self.apart for name in apart)

    @staticmethod
    def _contradiction(one: _Cluster, other: _Cluster) -> str | None:
        if one.keys and other.keys:
            return f"a person gave them two keys, {min(one.keys)} and {min(other.keys)}"
        arxiv = one.of_scheme("arxiv"), other.of_scheme("arxiv")
        if all(arxiv) and not arxiv[0] & arxiv[1]:
            return f"they have two arXiv identifiers, {min(arxiv[0]).value} and {min(arxiv[1]).value}"
        return None

    def _by_decision(self, overrides: Overrides) -> None:
        owners: dict[str, int] = {}
        for number, cluster in self.clusters.items():
            for name in cluster.tokens:
                owners.setdefault(name, number)
        decisions = [*overrides.merge, *overrides.keep_apart]
        named = [name for verdict in decisions for name in verdict.papers]
        for name in [*named, *(correction.paper for correction in overrides.correct)]:
            if token(name) not in owners:
                raise InputError(
                    f"no record is called {name!r}",
                    where="overrides.toml",
                    remedy="name a key of papers.toml, an identifier or a record such as print:rae2021#57",
                )
        for verdict in overrides.merge:
            first, *others = (owners[token(name)] for name in verdict.papers)
            for other in others:
                self._join(first, other, f"a person's word: {verdict.why}")
                if self.home[first] != self.home[other]:
                    reason = self.doubts.get(self._pair(first, other), "another decision keeps them apart")
                    raise InputError(
                        f"cannot merge {' and '.join(verdict.papers)}: {reason}",
                        where="overrides.toml",
                        remedy="remove one of the decisions",
                    )

    def _by_identifier(self) -> None:
        owner: dict[Identifier, int] = {}
        for number in range(len(self.records)):
            for each in sorted(self.clusters[self.home[number]].identifiers):
                self._join(owner.setdefault(each, number), number, f"same {each}")

    def _by_title(self) -> None:
        titled: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for number, record in enumerate(self.records):
            for title in record.titles:
                titled[normalised_title(title)][number] = None
        for title, numbers in titled.items():
            heads: list[int] = []
            for number in sorted(numbers):
                for head in heads:
                    if self.home[head] != self.home[number]:
                        self._join_titled(head, number, len(title))
                if self.home[number] not in {self.home[head] for head in heads}:
                    heads.append(number)

    def _join_titled(self, one: int, other: int, letters: int) -> None:
        first, second = self.clusters[self.home[one]], self.clusters[self.home[other]]
        authors_known, years_known = bool(first.authors and second.authors), bool(first.years and second.years)
        pair = self._pair(one, other)
        if self._kept_apart(*pair):
            return
        if authors_known and not any(same_person(a, b) for a in first.authors for b in second.authors):
            self.doubts.setdefault(pair, "same title, but other first authors")
        elif years_known and min(abs(a - b) for a in first.years for b in second.years) > NEAR_YEARS:
            self.doubts.setdefault(pair, "same title and first author, but years far apart")
        elif authors_known:
            near = "near year" if years_known else "year not stated by one of them"
            self._join(one, other, f"same title and first author, {near}")
        elif letters >= TELLING_LETTERS:
            missing = "author" if years_known else "author and year"
            self._join(one, other, f"same title, {missing} not stated by one of them")
        else:
            self.doubts.setdefault(pair, "same short title, and nothing else to compare")

    def _by_likeness(self) -> None:
        """Suggest pairs that a person may want to merge: same surname, near years, titles alike."""
        blocks: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for head, cluster in self.clusters.items():
            title = next((self.records[m].title for m in sorted(cluster.members) if self.records[m].title), None)
            form = normalised_title(title or "")
            for author in cluster.authors if form else ():
                # Titles that are alike share their beginning or their end, but for rare ones; and without
                # this a surname that thousands share would cost the square of them.
                for part in (form[:8], form[-8:]):
                    blocks[surname(author), part][head] = form
        for block in blocks.values():
            for (one, title), (other, second) in combinations(sorted(block.items()), 2):
                if title == second or self._kept_apart(one, other) or not self._near(one, other):
                    continue
                if (one, other) not in self.doubts and _alike(title, second):
                    self.doubts[one, other] = "same first author and near year, and titles nearly alike"

    def _pair(self, one: int, other: int) -> tuple[int, int]:
        head, tail = sorted((self.home[one], self.home[other]))
        return head, tail

    def _near(self, one: int, other: int) -> bool:
        first, second = self.clusters[one].years, self.clusters[other].years
        return not (first and second) or min(abs(a - b) for a in first for b in second) <= NEAR_YEARS


def _alike(one: str, other: str) -> bool:
    """Whether two normalised titles differ in little, and not in a number alone."""
    if _digits(one) != _digits(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE


def _digits(text: Iterable[str]) -> str:
    return "".join(c for c in text if c.isdigit())
