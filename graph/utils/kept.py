"""Results that are kept as long as what they were computed from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

Owner = TypeVar("Owner")
Rest = TypeVarTuple("Rest")
Result = TypeVar("Result")


def kept_in_owner(function: Callable[[Owner, *Rest], Result]) -> Callable[[Owner, *Rest], Result]:
    """Compute a function of an object once for each of its other arguments, and keep the result in the object.

    It is `functools.cached_property` for functions outside the class: the results go when the object goes. The object
    must never change, and must have a ``__dict__``; the other arguments must be hashable.

    Examples
    --------
    >>> class Corpus: ...
    >>> @kept_in_owner
    ... def known(corpus, key):
    ...     return [key]
    >>> corpus = Corpus()
    >>> known(corpus, "a") is known(corpus, "a"), known(corpus, "b"), known(Corpus(), "a") is known(corpus, "a")
    (True, ['b'], False)
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(owner: Owner, *rest: *Rest) -> Result:
        results: dict[Any, Result] = owner.__dict__.setdefault(name, {})
        if rest not in results:
            results[rest] = function(owner, *rest)
        return results[rest]

    return kept
