"""What is done about a refusal where a service has no rule of its own.

.. code-block:: text

    401                          Abort: the key was refused
    403                          Abort: this service lets us in no more
    408, 504                     Retry, then Shrink, then GiveUp
    413, 414                     Shrink, permanently
    429                          Retry more slowly; GiveUp, and send nothing more, where it asks for a long wait
    5xx, no response             Retry, then GiveUp
    404, other 4xx, 3xx          GiveUp, for good
"""

from __future__ import annotations

from .bodies import beginning
from .outcomes import FEW_ATTEMPTS, MAX_ATTEMPTS, MAX_RETRY_AFTER, Abort, Action, Attempt, GiveUp, HttpResponse, Shrink


def usual_action(attempt: Attempt, response: HttpResponse, *, label: str, remedy: str = "") -> Action[object]:
    """What to do about a response that does not answer the request.

    `label` names the service, and `remedy` says what a person can do about its key or address.
    """
    status, why = response.status, status_text(response)
    if status in (401, 403):
        return Abort(
            f"{label} refused the request: {why}", remedy or f"leave {label} out of --from to go on without it"
        )
    if status in (413, 414):
        return attempt.shrink_or_give_up(why)
    if status not in (408, 429) and status < 500:
        return GiveUp(why, lasting=True)
    if (response.retry_after or 0.0) > MAX_RETRY_AFTER:
        return Abort(
            f"{label} asks to wait {(response.retry_after or 0.0) / 60:.0f} minutes ({why})",
            "type the same command again then: nothing that was answered is asked again",
        )
    if status in (408, 504) and attempt.may_shrink:
        return Shrink(why, permanent=False)
    most = FEW_ATTEMPTS if status == 500 else MAX_ATTEMPTS
    return attempt.retry_or_give_up(why, most, slow_down=status == 429, at_least=response.retry_after or 0.0)


def status_text(response: HttpResponse) -> str:
    """The status and how the body begins, in one line.

    >>> status_text(HttpResponse(404, b"Resource not found."))
    'status 404 (Resource not found.)'
    """
    text = " ".join(beginning(response.body).split())
    return f"status {response.status} ({text})" if text else f"status {response.status}"
