"""Which records are one paper: identifiers decide, then title with author and year, never a guess.

The rules, in their order; each is tried only where the rules before it left records apart:

1. a person's decision (`graph.sources.overrides`), which also keeps records apart;
2. a shared identifier, after `graph.sources.published_versions.compared_identifiers`: first those that a paper
   itself has, then PubMed's, then the ids that OpenAlex and OpenCitations give to what they took for one work;
3. the same normalised title, first authors who can be the same person, and years no more than two apart. Other titles
   that a person listed count as titles. What a record does not state is no contradiction; but where authors or years
   cannot be compared, only a long title is evidence enough, and a short or generic one ("Introduction") never is.

Records stay apart, with a doubt, where a rule would join them against a contradiction: two keys that a person chose or
two arXiv identifiers; by PubMed's ids also two DOIs or two ACL identifiers; by their title alone also two ids of one
service; and by the ids of OpenAlex and OpenCitations, whose works are sometimes several papers, also two first authors,
far years or two titles. The DOI of an impostor (`graph.sources.published_versions.is_impostor`) joins nothing. This
holds through a third record too, and the order of the records makes no difference: see `graph.sources.clusters`.
Similar titles never join records; they only give a doubt.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..errors import InputError
from ..model.identifiers import SCHEMES
from .clusters import AUTHORS, DECISIONS, KEYS, YEARS, Cluster, Evidence, Kinds, agreeing, but_titles, contradiction
from .doubts import contradiction_text, doubts_about, same_title
from .overrides import IdentityDecision, Overrides, normalised_name
from .published_versions import ARTICLES, ARXIV, IMPOSTORS
from .records import Record
from .title_evidence import can_decide, is_distinctive

Rule = Callable[[Cluster, Mapping[Hashable, int]], str]
_OF_PUBMED = frozenset({"pmid", "pmcid"})
_OF_INDEXES = frozenset({"openalex", "omid"})

log = logging.getLogger(__name__)


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

    The groups do not depend on the order of the records. Raises `InputError` when a decision names a paper that no
    record has, or contradicts another decision.

    Near linear: records are found by identifier and by title in dictionaries. Similar titles are compared only where
    the first authors share a surname and the titles a beginning or an end.
    """
    return _Grouper(records, overrides or Overrides()).group()


class _Grouper:
    """The state while records are grouped; one use."""

    def __init__(self, records: Sequence[Record], overrides: Overrides) -> None:
        self._overrides = overrides
        self._decisions_about: defaultdict[str, list[int]] = defaultdict(list)
        for number, decision in enumerate(overrides.keep_apart):
            for name in map(normalised_name, decision.papers):
                self._decisions_about[name].append(number)
        self._clusters = [self._cluster_of(number, record) for number, record in enumerate(records)]
        self._rules: dict[int, str] = {}

    def group(self) -> Grouping:
        self._join_by_decision()
        self._join_by_identifier()
        self._join_by_title()
        doubts = doubts_about(self._clusters)
        groups = sorted(cluster.members for cluster in self._clusters)
        log.debug("%d records are %d papers, with %d doubts", sum(map(len, groups)), len(groups), len(doubts))
        return Grouping(groups, self._rules, doubts)

    def _cluster_of(self, number: int, record: Record) -> Cluster:
        decisions = self._decisions_about.get(record.record_id, [])
        apart = {normalised_name(name) for each in decisions for name in self._overrides.keep_apart[each].papers}
        cluster = Cluster.of(number, record, misprinted=apart)
        for name in cluster.names & self._decisions_about.keys():
            for each in self._decisions_about[name]:
                cluster.claims[f"{DECISIONS} {each}"].add(name)
        return cluster

    def _join_by_decision(self) -> None:
        named: dict[str, Cluster] = {}
        for cluster in self._clusters:
            for name in cluster.names:
                named.setdefault(name, cluster)
        for name in self._overrides.names:
            if normalised_name(name) not in named:
                raise InputError(
                    f"no record is called {name!r}",
                    where="overrides.toml",
                    remedy="name a key of papers.toml, an identifier or a record such as print:rae2021#57",
                )
        for decision in self._overrides.merge:
            for name in decision.papers[1:]:
                pair = named[normalised_name(decision.papers[0])], named[normalised_name(name)]
                first, other = sorted(pair, key=lambda cluster: cluster.head)
                if first is other:
                    continue
                self._check(decision, first, other)
                self._rules.setdefault(other.head, f"a person's word: {decision.why}")
                first.add([other])
                named.update(dict.fromkeys(other.names, first))
                self._clusters.remove(other)

    def _check(self, decision: IdentityDecision, one: Cluster, other: Cluster) -> None:
        """Raise `InputError` when a person chose a key for each of two papers, or keeps them apart elsewhere."""
        kind = contradiction(one, other, _is_a_persons)
        if kind:
            keys = f"a person's word: {decision.why}, but {contradiction_text(kind, one, other)}"
            raise InputError(
                f"cannot merge {' and '.join(decision.papers)}: "
                + (keys if kind == KEYS else "another decision keeps them apart"),
                where="overrides.toml",
                remedy="remove one of the decisions",
            )

    def _join_by_identifier(self) -> None:
        schemes_and_kinds: tuple[tuple[frozenset[str], Kinds], ...] = (
            (frozenset(SCHEMES) - _OF_PUBMED - _OF_INDEXES, lambda kind: _is_a_persons(kind) or kind == ARXIV),
            (_OF_PUBMED, lambda kind: _is_a_persons(kind) or kind in (ARXIV, *ARTICLES)),
            (_OF_INDEXES, bool),
        )
        there = {each.scheme for cluster in self._clusters for each in cluster.identifiers}
        for schemes, kinds in schemes_and_kinds:
            if there.isdisjoint(schemes):
                continue
            self._join(partial(_identifiers_of, schemes), partial(_identifier_rule, schemes), kinds)

    def _join_by_title(self) -> None:
        self._join(_deciding_titles, _title_rule)

    def _join(self, evidence: Evidence, rule: Rule, kinds: Kinds = but_titles) -> None:
        """Join clusters by what they share; `rule` says why one is joined, given how many of them share each thing."""
        joined = []
        for part in agreeing(self._clusters, evidence, kinds):
            first, *others = sorted(part, key=lambda cluster: cluster.head)
            if not others:
                joined.append(first)
                continue
            holders = Counter(
                each for cluster in part for each in (*evidence(cluster), *filter(cluster.claims_of, (AUTHORS, YEARS)))
            )
            self._rules |= {other.head: rule(other, holders) for other in others}
            first.add(others)
            joined.append(first)
        self._clusters = joined


def _identifiers_of(schemes: Collection[str], cluster: Cluster) -> list[Hashable]:
    return [each for each in cluster.identifiers if each.scheme in schemes]


def _identifier_rule(schemes: Collection[str], cluster: Cluster, holders: Mapping[Hashable, int]) -> str:
    shared = [each for each in cluster.identifiers if each.scheme in schemes and holders[each] > 1]
    return f"same {min(shared, key=lambda each: (SCHEMES.index(each.scheme), each.value))}"


def _is_a_persons(kind: str) -> bool:
    return kind == KEYS or kind.startswith(DECISIONS)


def _deciding_titles(cluster: Cluster) -> list[str]:
    """The titles by which a cluster may be joined with others, in the form in which they are compared."""
    if cluster.claims_of(IMPOSTORS):
        return []
    dated = bool(cluster.claims_of(AUTHORS) and cluster.claims_of(YEARS))
    return [form for form, title in cluster.titles.items() if is_distinctive(title) or (dated and can_decide(title))]


def _title_rule(cluster: Cluster, holders: Mapping[Hashable, int]) -> str:
    return same_title(*(bool(cluster.claims_of(kind)) and holders[kind] > 1 for kind in (AUTHORS, YEARS)))
