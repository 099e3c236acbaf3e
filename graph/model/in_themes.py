"""The themes of a lineage's papers: those that a person chose, and the shares that are inferred for the others."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ..algorithms.network import Flags, Network
from ..utils.kept import kept_by_key
from .arrays import MANY
from .grouping import Grouping
from .reading_list import Entry, ReadingList
from .themes import Shares, main_theme, shares_of

MOST_SEARCHES = 50
"""After so many searches for some papers each, one search for all is quicker."""


class InThemes:
    """Makes a lineage say which themes its papers belong to."""

    reading_list: ReadingList
    entries: Mapping[str, tuple[Entry, ...]]
    grouping: Grouping

    @property
    @abstractmethod
    def network(self) -> Network:
        """The citations in both directions."""

    @abstractmethod
    def number(self, key: str) -> int:
        """The number of a paper in the network."""

    def themes(self, key: str) -> tuple[str, ...]:
        """The themes that a person chose for a paper, in the list's order; or the groups in their place."""
        if not self.grouping.is_by_theme:
            return self.grouping.groups.get(key, ())
        return themes_of_entries(self.reading_list, self.entries[key]) if key in self.entries else ()

    def themes_of(self, key: str) -> tuple[str, ...]:
        """The themes that a person chose for a paper, or else its main inferred theme; empty when none is known."""
        chosen = self.themes(key)
        if chosen:
            return chosen
        inferred = main_theme(self.shares(key), self.reading_list.theme_ids)
        return (inferred,) if inferred else ()

    def shares(self, key: str) -> Shares:
        """The shares of a paper over themes; inferred where none was chosen, empty where none can be."""
        return self.shares_at([self.number(key)])[0]

    @kept_by_key
    def shares_at(self, numbers: Sequence[int]) -> Iterator[Shares]:
        """The same for papers by their numbers."""
        found, connected = self._inferred(list(numbers))
        for row, is_known in zip(found.tolist(), connected.tolist(), strict=True):
            held = zip(self._theme_ids, row, strict=True) if is_known else ()
            yield {theme: share for theme, share in held if share}

    def infer_together(self, keys: Iterable[str]) -> None:
        """Infer the shares of all of some papers that have no chosen themes in one search, and keep them."""
        self.shares_at([self.number(key) for key in dict.fromkeys(keys) if not self.themes(key)])

    @cached_property
    def _searches(self) -> list[int]:
        """How many papers each search was for."""
        return []

    def _inferred(self, papers: list[int]) -> tuple[Any, Flags]:
        """The shares of some papers and which have any, from the papers near by, or, for many, from those of all."""
        self._searches.append(len(papers))
        few = len(papers) * MANY < self.network.nodes and len(self._searches) <= MOST_SEARCHES
        if few and "theme_shares" not in self.__dict__:
            shares, known = self._infer_shares(np.array(papers))
        else:
            shares, known = self.theme_shares
        return shares[papers], known[papers]

    @cached_property
    def theme_shares(self) -> tuple[Any, Flags]:
        """The shares of every paper over the themes, sorted by id; and which papers have any."""
        return self._infer_shares()

    def _infer_shares(self, wanted: Any = None) -> tuple[Any, Flags]:
        if not self.grouping.is_by_theme:
            chosen = {self.number(key): groups for key, groups in self.grouping.groups.items()}
            return shares_of(Network.of(self.network.nodes, [], []), chosen, self._theme_ids)  # nothing is inferred
        chosen = {self.number(key): self.themes(key) for key in self.entries}
        return shares_of(self.network, chosen, self._theme_ids, wanted)

    @cached_property
    def _theme_ids(self) -> list[str]:
        return sorted(theme.id for theme in self.reading_list.themes)

    def flagged_by_theme(self, theme: str) -> Flags:
        """An array that is true for the papers of a theme: chosen, or their main inferred one."""
        shares, known = self.theme_shares
        columns = [self._theme_ids.index(each) for each in self.reading_list.theme_ids]
        main = np.argmax(shares[:, columns], axis=1)  # the first in the list's order among equals
        flags: Flags = known & (main == self.reading_list.theme_ids.index(theme))
        for key in self.entries:
            if self.themes(key):
                flags[self.number(key)] = theme in self.themes(key)
        return flags


def themes_of_entries(reading_list: ReadingList, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The themes of a paper's entries, in the list's order."""
    held = {theme for entry in entries for theme in entry.themes}
    return tuple(theme.id for theme in reading_list.themes if theme.id in held)
