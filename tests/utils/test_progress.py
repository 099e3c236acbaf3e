"""A line of progress: rewritten in place on a terminal, printed now and then elsewhere."""

from __future__ import annotations

import io
import threading

import pytest

from graph.utils.progress import ProgressMeter, duration_text


class Counter(ProgressMeter):
    """Shows a number; its clock is set by hand."""

    def __init__(self, stream: io.StringIO, *, on_terminal: float = 1.0, elsewhere: float = 5.0) -> None:
        self.now = 0.0
        self.text = "0"
        super().__init__(stream, lambda: self.now, on_terminal=on_terminal, elsewhere=elsewhere)

    def line(self, now: float) -> str:
        return self.text

    def show(self, now: float, text: str | None = None, *, urgent: bool = False) -> None:
        self.now, self.text = now, text or f"{now:g}"
        self.refresh(urgent=urgent)


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def lines(*calls: tuple[float, bool], terminal: bool = False) -> list[str]:
    """What is shown for calls at these times, some of them urgent."""
    meter = Counter(Terminal() if terminal else io.StringIO())
    for now, urgent in calls:
        meter.show(now, urgent=urgent)
    return [line for line in meter._stream.getvalue().replace("\r", "\n").split("\n") if line]


def test_elsewhere_the_first_line_comes_when_the_work_takes_a_while():
    assert lines((0, False), (4.9, False), (5, False), (9.9, False), (10, False)) == ["5", "10"]


def test_on_a_terminal_the_first_line_comes_at_once():
    assert lines((0, False), (0.9, False), (1, False), (2.5, False), terminal=True) == ["0", "1", "2.5"]


def test_what_is_urgent_comes_at_once_but_no_line_follows_another_too_soon():
    assert lines((0, True), (1, True), (5, False)) == ["0", "5"]


def test_other_work_begins_with_a_time_of_its_own():
    meter = Counter(io.StringIO())
    meter.show(5)
    meter.show(10)
    meter.now = 12.0
    meter.restart()
    assert meter.started == 12.0
    meter.show(13)
    meter.show(17.9)
    meter.show(18)
    assert meter._stream.getvalue() == "10\n18\n"


def test_a_line_on_a_terminal_covers_the_longer_one_before_it_and_is_cleared_at_the_end():
    meter = Counter(Terminal())
    meter.show(0, "a long line")
    meter.show(2, "short")
    assert meter._stream.getvalue() == "\ra long line\rshort      "
    for _ in range(2):
        meter.close()
        assert meter._stream.getvalue() == "\ra long line\rshort      \r     \r"


def test_a_line_is_clipped_to_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "20")
    for stream, shown in ((Terminal(), "\r" + "x" * 18 + "…"), (io.StringIO(), "x" * 30 + "\n")):
        meter = Counter(stream)
        meter.show(0, "x" * 30)
        meter.show(5, "x" * 30)
        assert stream.getvalue().startswith(shown)


def test_a_line_that_stays_is_printed_in_place_of_the_one_that_is_shown():
    meter = Counter(Terminal())
    meter.show(0, "working")
    meter.say("a fact")
    assert meter._stream.getvalue() == "\rworking\r       \ra fact\n"


def test_several_threads_do_not_mix_their_lines():
    stream = io.StringIO()
    meter = Counter(stream, elsewhere=0.0)
    threads = [threading.Thread(target=lambda: [meter.refresh() for _ in range(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(stream.getvalue().split("\n")) == {"0", ""}
    assert stream.getvalue().count("0\n") == 800


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (89.4, "89 s"), (90, "2 min"), (600, "10 min"), (5399, "90 min"), (5400, "1.5 h"), (10_000, "2.8 h")],
)
def test_a_duration_is_written_in_seconds_minutes_or_hours(seconds, text):
    assert duration_text(seconds) == text
