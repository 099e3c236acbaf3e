"""Standard output and standard error of a command: what is written there is shown by a terminal, and never obeyed.

Titles, names, reasons and messages come from files and services. Whatever prints them, here they pass: characters that
a terminal would obey become visible escapes, and an API key becomes "***".
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TextIO, cast

from ...errors import OutputError
from ...utils.redact import written_forms
from ...utils.text import harmless

KEY_VARIABLE = "S2_API_KEY"
_SHORTEST_KEY = 6
"""A shorter key would be found in every other word."""


class SafeStream:
    """A text stream that lets nothing pass that a terminal would obey, and no key.

    Parameters
    ----------
    stream : text stream or None
        Where to write; None when it is closed, as Python has it.
    must_arrive : bool
        Whether it is an error when nothing can be written. On standard error nobody would read of it.
    passes : str
        Controls that may pass; a line that is rewritten in place needs the carriage return.

    Examples
    --------
    >>> import io
    >>> shown = io.StringIO()
    >>> SafeStream(shown).write("red\\x1b[31m\\n")
    9
    >>> shown.getvalue()
    'red\\\\x1b[31m\\n'
    """

    def __init__(self, stream: TextIO | None, *, must_arrive: bool = False, passes: str = "\n\t") -> None:
        self.stream = stream
        self._must_arrive, self._passes = must_arrive, passes
        with suppress(AttributeError, ValueError, OSError):  # a stream in memory has its encoding already
            cast("Any", stream).reconfigure(encoding="utf-8", errors="backslashreplace")

    def write(self, text: str | bytes) -> int:
        """Write a text, harmless; click encodes what completes a command."""
        if isinstance(text, bytes):
            text = text.decode("utf-8", "backslashreplace")
        self._put(self._shown(text))
        return len(text)

    def write_laid_out(self, text: str, lay_out: Callable[[str], str], page: Callable[[str], bool]) -> None:
        """Write what `lay_out` makes of a text that is harmless already, such as colours, unless `page` shows it."""
        laid_out = lay_out(self._shown(text))
        if not page(laid_out):
            self._put(laid_out)

    def write_exactly(self, text: str) -> None:
        """Write a file as it is, in UTF-8; a terminal is shown it harmless."""
        if self.isatty():
            self.write(text)
            return
        with self._faults_told():
            self._open.flush()
            self._open.buffer.write(text.encode("utf-8"))
            self._open.buffer.flush()

    def flush(self) -> None:
        """Do nothing: every text is flushed as it is written."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self.stream is not None and self.stream.isatty()

    def writable(self) -> bool:
        """Whether texts can be written to it: they can."""
        return True

    def rewriting(self) -> TextIO:
        """The same stream for a line that is rewritten in place."""
        return cast("TextIO", SafeStream(self.stream, must_arrive=self._must_arrive, passes=self._passes + "\r"))

    def __getattr__(self, name: str) -> Any:
        # Not the buffer: who gets hold of it, as click does on a stream that it mistrusts, would get around this.
        if name in ("buffer", "stream") or self.stream is None:
            raise AttributeError(name)
        return getattr(self.stream, name)

    def _shown(self, text: str) -> str:
        return harmless(_without_keys(text), passes=self._passes)

    def _put(self, shown: str) -> None:
        if shown and (self.stream is not None or self._must_arrive):  # click tries a stream with an empty text
            with self._faults_told():
                self._open.write(shown)
                self._open.flush()

    @property
    def _open(self) -> TextIO:
        if self.stream is None:
            raise OutputError(
                "the answer cannot be printed: standard output is closed; send it to a file or a terminal"
            )
        return self.stream

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            self._abandon()
            if self._must_arrive:
                raise BrokenPipeError from None  # without its number, by which click would take it for its own
        except (OSError, ValueError) as fault:  # ValueError: it was closed meanwhile
            self._abandon()
            if self._must_arrive:
                reason = getattr(fault, "strerror", None) or str(fault)
                raise OutputError(f"the answer cannot be printed ({reason}); make room, or send it elsewhere") from None

    def _abandon(self) -> None:
        """Send what is left nowhere: Python would try to write it at exit."""
        with suppress(AttributeError, OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._open.fileno())
            os.close(nowhere)


def safe(stream: TextIO | SafeStream | None, *, must_arrive: bool = False) -> SafeStream:
    """A stream as a `SafeStream`; one that is safe already is itself."""
    return stream if isinstance(stream, SafeStream) else SafeStream(stream, must_arrive=must_arrive)


@contextmanager
def safe_streams() -> Iterator[None]:
    """Standard output and standard error as safe streams while the context lasts."""
    before = sys.stdout, sys.stderr
    sys.stdout = cast("TextIO", safe(sys.stdout, must_arrive=True))
    sys.stderr = cast("TextIO", safe(sys.stderr))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@contextmanager
def raw_streams() -> Iterator[None]:
    """The streams behind the safe ones while the context lasts, for a protocol that is spoken over them."""
    before = sys.stdout
    sys.stdout = safe(before).stream or before
    try:
        yield
    finally:
        sys.stdout = before


def hide_key(key: str) -> None:
    """Let no stream of this process print this key from now on."""
    if len(key) >= _SHORTEST_KEY and key.isascii() and key.isprintable():
        _hidden_keys.add(key)


_hidden_keys: set[str] = set()


def _without_keys(text: str) -> str:
    hide_key(os.environ.get(KEY_VARIABLE, "").strip())
    for key in _hidden_keys:
        text = _pattern(key).sub("***", text)
    return text


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(written_forms(key))
