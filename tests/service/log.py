"""Every request that the service received, and what tests want to know about them."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

from .wire import Fingerprint, fingerprint


@dataclass(frozen=True)
class Entry:
    """One request and how it was answered.

    `began` and `ended` are seconds of the machine's monotonic clock, which all of its processes
    share: when the whole request had arrived, and when the last byte had been sent. `status` is the
    one that was meant; `fault` names what changed the answer. `whole` is true when the right answer
    was sent completely.
    """

    began: float
    ended: float
    method: str
    path: str
    query: str
    body: str
    key: Literal["absent", "accepted", "refused"]
    status: int
    fault: str | None
    whole: bool
    user_agent: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether the client got what it asked for."""
        return self.whole and self.status == 200

    @property
    def fingerprint(self) -> Fingerprint:
        """Equal for equal requests."""
        return fingerprint(self.method, self.path, self.query, self.body)

    def to_json(self) -> dict[str, Any]:
        """The entry as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class RequestLog:
    """The requests of a service in the order in which they came: a snapshot, which does not grow."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def from_json(cls, rows: Iterable[dict[str, Any]]) -> RequestLog:
        """The log as ``GET /_log`` gives it."""
        return cls(tuple(Entry(**row) for row in rows))

    def __len__(self) -> int:
        return len(self.entries)

    def successes(self) -> Counter[Fingerprint]:
        """How often each request was answered."""
        return Counter(entry.fingerprint for entry in self.entries if entry.succeeded)

    def repeated(self, *, restarted_at: Sequence[float] = ()) -> dict[Fingerprint, int]:
        """Requests that were sent again although they had been answered.

        Parameters
        ----------
        restarted_at : sequence of float
            When (`time.monotonic`) a client was started again after one that was killed. The last
            answer before each of these moments may not have reached the dead one, and does not count.

        Returns
        -------
        dict
            Fingerprints with the number of times, where that is more than one.
        """
        came = sorted(self.entries, key=lambda entry: entry.began)
        starts = [entry.began for entry in came]
        in_flight = {bisect.bisect_right(starts, moment) - 1 for moment in restarted_at}
        counts = Counter(
            entry.fingerprint for place, entry in enumerate(came) if entry.succeeded and place not in in_flight
        )
        return {asked: count for asked, count in counts.items() if count > 1}

    def without_key(self) -> tuple[Entry, ...]:
        """The requests that did not carry an accepted key."""
        return tuple(entry for entry in self.entries if entry.key != "accepted")

    def faults(self) -> Counter[str]:
        """How often each fault occurred."""
        return Counter(entry.fault for entry in self.entries if entry.fault)

    def smallest_gap(self) -> float:
        """The least time between two successive requests; infinite for fewer than two."""
        starts = self._starts()
        return min((later - earlier for earlier, later in pairwise(starts)), default=float("inf"))

    def most_within(self, seconds: float) -> int:
        """The largest number of requests within any span of so many seconds."""
        starts = self._starts()
        return max((bisect.bisect_left(starts, start + seconds) - n for n, start in enumerate(starts)), default=0)

    def _starts(self) -> list[float]:
        return sorted(entry.began for entry in self.entries)
