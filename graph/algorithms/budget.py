"""What one question may spend: steps and bytes, and whether anyone still waits for its answer.

Paths can be more than a machine could ever list, so everything that lists paths one by one spends from a budget, and
the answer says when it was spent. Counts of paths do not: they are exact, and cost what their numbers cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ..errors import Abandoned

STEPS = 1_000_000
"""How many steps the search for one answer may take: some seconds."""
BYTES = 100_000_000
"""How many bytes the search for one answer may hold, what it found so far included."""
HOP_BYTES = 1_000
"""What one hop of a path that is listed takes, as a value, as text and as JSON."""
ASK_EVERY = 1024
"""After how many steps a computation asks again whether anyone waits."""

_nobody_waits: ContextVar[Callable[[], bool] | None] = ContextVar("nobody_waits", default=None)


class Budget:
    """Steps and bytes for one answer: at most so many `steps`, and so many bytes `held` at one time.

    `taken` counts the steps, and `spent` says that the search was stopped, so that there may be more to find.

    >>> budget = Budget(steps=2)
    >>> [budget.step() for _ in range(3)], budget.spent
    ([True, True, False], True)
    """

    __slots__ = ("_held", "_listed", "_steps", "spent", "taken")

    def __init__(self, steps: int = STEPS, held: int = BYTES) -> None:
        self._steps, self._held, self._listed = steps, held, 0
        self.taken = 0
        self.spent = False

    def anew(self) -> Budget:
        """A budget of the same size, of which nothing is spent."""
        return Budget(self._steps, self._held)

    def step(self, held: int = 0) -> bool:
        """Take one step while the search holds so many bytes; False when the budget is spent.

        Raises `Abandoned` when nobody waits for the answer any more.
        """
        if self.taken >= self._steps or held + self._listed > self._held:
            self.spent = True
            return False
        self.taken += 1
        if self.taken % ASK_EVERY == 0:
            stop_if_abandoned()
        return True

    def list_path(self, hops: int) -> bool:
        """Keep a path of so many hops for the answer; False when the answer has no room for it."""
        self._listed += hops * HOP_BYTES
        self.spent = self.spent or self._listed > self._held
        return not self.spent


@contextmanager
def abandoned_when(nobody_waits: Callable[[], bool]) -> Iterator[None]:
    """While this lasts, computations of this thread end with `Abandoned` as soon as a function says that nobody waits.

    >>> with abandoned_when(lambda: True):
    ...     stop_if_abandoned()
    Traceback (most recent call last):
    graph.errors.Abandoned: nobody waits for the answer any more
    """
    token = _nobody_waits.set(nobody_waits)
    try:
        yield
    finally:
        _nobody_waits.reset(token)


def stop_if_abandoned() -> None:
    """Raise `Abandoned` when nobody waits for the answer any more."""
    nobody_waits = _nobody_waits.get()
    if nobody_waits is not None and nobody_waits():
        raise Abandoned
