"""What changed from one corpus to another: added, removed, merged, split, corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from .corpus import Citation, Corpus, Paper
from .identifiers import closure
from .notices import standing

_CORRECTABLE = tuple(each.name for each in fields(Paper) if each.name != "key")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A field of a paper whose value has changed; None or empty is unknown."""

    key: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from an old corpus to a new one. Papers go by their key in the new corpus where they have one."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    """Papers that only the new corpus has, and old keys of papers that only the old one has."""
    renamed: tuple[tuple[str, str], ...]
    """The old and the new key of papers whose key has changed."""
    merged: tuple[tuple[str, tuple[str, ...]], ...]
    """A new key, and the old keys of the papers that were merged into it."""
    split: tuple[tuple[str, tuple[str, ...]], ...]
    """An old key, and the new keys of the papers into which it was split."""
    corrected: tuple[Corrected, ...]
    cited: tuple[tuple[str, str], ...]
    uncited: tuple[tuple[str, str], ...]
    """Citations (citing, cited) that only the new corpus has, and that only the old one has."""
    witnesses: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]
    """Citations that other sources assert now: citing, cited, new sources, former sources."""
    coverage: tuple[tuple[str, str, str, str], ...]
    """Paper, direction, old state, new state."""
    notices: tuple[tuple[str, str | None, str | None], ...] = ()
    """Papers of which notices say something else now: key, what they came to, what they come to ("retracted"); None
    without a notice."""

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return not any(getattr(self, each.name) for each in fields(self))


def compare(old: Corpus, new: Corpus, matches: Mapping[str, Sequence[str]] | None = None) -> Comparison:
    """Find what changed from one corpus to another.

    A paper is matched with the papers of the other corpus that share an identifier with it, or, if there are none, with
    the paper that has its key. Most of the time goes into `matches`, which `matched_keys` finds, for who has them
    already. Linear in papers and citations.
    """
    matches = matched_keys(old, new) if matches is None else matches
    came_from = former_keys(matches)
    one_to_one = {key: found[0] for key, found in matches.items() if len(found) == 1 and len(came_from[found[0]]) == 1}
    before = _by_pair(old, {key: found[0] for key, found in matches.items() if found})
    after = _by_pair(new, {})
    return Comparison(
        added=tuple(key for key in new.papers if key not in came_from),
        removed=tuple(key for key, found in matches.items() if not found),
        renamed=tuple((a, b) for a, b in one_to_one.items() if a != b),
        merged=tuple((key, tuple(parts)) for key, parts in sorted(came_from.items()) if len(parts) > 1),
        split=tuple((key, tuple(parts)) for key, parts in matches.items() if len(parts) > 1),
        corrected=tuple(each for a, b in one_to_one.items() for each in _corrections(old.papers[a], new.papers[b])),
        cited=tuple(sorted(after.keys() - before.keys())),
        uncited=tuple(sorted(before.keys() - after.keys())),
        witnesses=tuple(
            (*pair, tuple(sorted(after[pair] - before[pair])), tuple(sorted(before[pair] - after[pair])))
            for pair in sorted(before.keys() & after.keys())
            if before[pair] != after[pair]
        ),
        coverage=tuple(_coverage(old, new, one_to_one)),
        notices=tuple(_notices(old, new, one_to_one)) if old.notices or new.notices else (),
    )


def matched_keys(old: Corpus, new: Corpus) -> dict[str, list[str]]:
    """For every key of an old corpus the keys of the papers of a new one that match it; see `compare`."""
    found = {}
    for key, paper in sorted(old.papers.items()):
        shared = {keys[-1] for each in closure(paper.identifiers) if (keys := new.identified(each))}
        found[key] = sorted(shared) or ([key] if key in new.papers else [])
    return found


def former_keys(matches: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The same the other way round: for every new key that has any the old keys that match it.

    >>> former_keys({"a": ["x"], "b": ["x", "y"], "c": []})
    {'x': ['a', 'b'], 'y': ['b']}
    """
    former: defaultdict[str, list[str]] = defaultdict(list)
    for key, found in matches.items():
        for each in found:
            former[each].append(key)
    return dict(former)


def _by_pair(corpus: Corpus, renamed: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for citation in corpus.citations:
        pairs[_pair(citation, renamed)] |= set(citation.sources)
    return pairs


def _pair(citation: Citation, renamed: Mapping[str, str]) -> tuple[str, str]:
    return renamed.get(citation.citing, citation.citing), renamed.get(citation.cited, citation.cited)


def _corrections(old: Paper, new: Paper) -> list[Corrected]:
    changed = [name for name in _CORRECTABLE if getattr(old, name) != getattr(new, name)]
    return [Corrected(new.key, name, getattr(old, name), getattr(new, name)) for name in changed]


def _notices(old: Corpus, new: Corpus, renamed: Mapping[str, str]) -> Iterator[tuple[str, str | None, str | None]]:
    former = {renamed.get(key, key): standing(notices) for key, notices in old.notices_by_paper.items()}
    current = {key: standing(notices) for key, notices in new.notices_by_paper.items()}
    for key in sorted(former.keys() | current.keys()):
        if former.get(key) != current.get(key):
            yield key, former.get(key), current.get(key)


def _coverage(old: Corpus, new: Corpus, renamed: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    rows: list[tuple[str, str, str, str]] = []
    for before, after in sorted(renamed.items()):
        for direction in ("references", "citations"):
            states = old.coverage_of(before, direction), new.coverage_of(after, direction)
            if states[0] != states[1]:
                rows.append((after, direction, *states))
    return rows
