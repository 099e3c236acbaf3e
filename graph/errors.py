"""Everything this package raises on purpose, as one tree.

.. code-block:: text

    LineageError                 something that a person can fix; an interface shows it, and a command exits with 2
    ├── InputError               a file or a value that was given cannot be used
    │   └── NotHere              an entry, an author or a venue that was named is not here
    ├── NameNotFound             no paper has this name; holds suggestions
    ├── AmbiguousName            several papers have this name; holds the candidates
    └── OutputError              a result could not be written; what was there before is unchanged

Every message says what is wrong, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence


class LineageError(Exception):
    """The base of all errors that a person can fix."""


class InputError(LineageError):
    """Input that cannot be used: `what` is the fault, in one clause, and `remedy` what to do next.

    `where` is the file and the place in it ("data/reading_list.toml, entry 7"), or "" when there is no file.

    >>> print(InputError("theme 'rl' is not defined", where="list.toml, entry 20",
    ...                  remedy="add a [[themes]] table with id = 'rl'"))
    list.toml, entry 20: theme 'rl' is not defined; add a [[themes]] table with id = 'rl'
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        message = f"{where}: {what}" if where else what
        super().__init__(f"{message}; {remedy}" if remedy else message)

    @classmethod
    def collected(cls, faults: Sequence[InputError], *, most: int = 20) -> InputError:
        """Join several faults into one error, so that all of a file's bad rows show at once."""
        if len(faults) == 1:
            return faults[0]
        lines = [str(fault) for fault in faults[:most]]
        if len(faults) > most:
            lines.append(f"... and {len(faults) - most} more")
        return cls(f"{len(faults)} faults\n  " + "\n  ".join(lines))


class NotHere(InputError):
    """An entry, an author or a venue that was named is not here; for a paper see `NameNotFound`."""


class NameNotFound(LineageError):
    """No paper has this name; `suggestions` are the nearest names of papers."""

    def __init__(self, name: str, suggestions: Sequence[str]) -> None:
        self.name, self.suggestions = name, tuple(suggestions)
        hint = (
            f"did you mean {', '.join(suggestions)}?"
            if suggestions
            else "write a part of its title, its authors and year, or an identifier"
        )
        super().__init__(f"no paper is called {name!r}; {hint}")


class AmbiguousName(LineageError):
    """Several papers have this name, `total` in all; `candidates` are lines that tell the first of them apart."""

    def __init__(self, name: str, candidates: Sequence[str], total: int) -> None:
        self.name, self.candidates, self.total = name, tuple(candidates), total
        lines = "\n  ".join(candidates)
        super().__init__(f"{name!r} could be {total:,} papers; use the key at the start of a line\n  {lines}")


class OutputError(LineageError):
    """A result could not be written; nothing that was there before is changed."""


class Abandoned(Exception):  # no fault
    """A computation was stopped because nobody waits for its answer any more."""

    def __init__(self) -> None:
        super().__init__("nobody waits for the answer any more")
