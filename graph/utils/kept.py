"""Results that are kept as long as what they were computed from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

Owner = TypeVar("Owner")
Rest = TypeVarTuple("Rest")
Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)


def kept_in_owner(function: Callable[[Owner, *Rest], Result]) -> Callable[[Owner, *Rest], Result]:
    """Compute a function of an object once for each of its other arguments, and keep the result in the object.

    It is `functools.cached_property` for functions outside the class: the results go when the object goes. The object
    must never change, and must have a ``__dict__``; the other arguments must be hashable.

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
        try:
            return results[rest]  # to hash the arguments may take longer than all else here
        except KeyError:
            pass
        found = results[rest] = function(owner, *rest)
        return found

    return kept


def kept_by_key(
    function: Callable[[Owner, Sequence[Key]], Iterable[Result]],
) -> Callable[[Owner, Sequence[Key]], list[Result]]:
    """Compute what a function of an object says of each of some keys once, and keep it in the object.

    The function gets the keys that are new, in their order, and returns a result for each. Object and keys are as for
    `kept_in_owner`.

    >>> class Corpus: ...
    >>> asked = []
    >>> @kept_by_key
    ... def lengths(corpus, keys):
    ...     asked.extend(keys)
    ...     return map(len, keys)
    >>> corpus = Corpus()
    >>> lengths(corpus, ["a", "bb"]), lengths(corpus, ["bb", "ccc"]), asked
    ([1, 2], [2, 3], ['a', 'bb', 'ccc'])
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(owner: Owner, keys: Sequence[Key]) -> list[Result]:
        results: dict[Any, Any] = owner.__dict__.setdefault(name, {})
        try:
            return list(map(results.__getitem__, keys))  # of most pages all are known
        except KeyError:
            missing = [key for key in keys if key not in results]
        results.update(zip(missing, function(owner, missing), strict=True))
        return list(map(results.__getitem__, keys))

    return kept
