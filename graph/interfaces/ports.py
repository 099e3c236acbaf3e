"""Ports of this machine's loopback address, which no other machine reaches."""

from __future__ import annotations

import errno

from ..errors import InputError

LOOPBACK = "127.0.0.1"


def port_refused(port: int, fault: OSError) -> InputError:
    """What to tell a person whose port cannot be listened at.

    >>> print(port_refused(80, PermissionError(errno.EACCES, "Permission denied")))
    port 80 cannot be used (Permission denied); choose another with --port, or leave it out for a free one
    """
    why = "is in use" if fault.errno == errno.EADDRINUSE else f"cannot be used ({fault.strerror})"
    return InputError(f"port {port} {why}", remedy="choose another with --port, or leave it out for a free one")
