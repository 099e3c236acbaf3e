"""The parameters of an address, read strictly: a mistyped one is refused, never ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from ...errors import InputError
from ...utils.text import clipped

FIELDS = 32
"""How many parameters an address may have."""


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A parameter of an address.

    The type of the default is that of the parameter: `False` for a flag, a tuple for one that may be given several
    times, "" for a text that must be given, None for a text that may be left out, and for a number where `is_number`
    says so. `least` and `most` are the bounds of a number; `most` is also the greatest length of a text.
    """

    name: str
    meaning: str
    default: str | int | bool | tuple[str, ...] | None = ""
    least: int = 1
    most: int = 1000
    choices: tuple[str, ...] = ()
    is_number: bool = False

    def read(self, texts: Sequence[str]) -> Any:
        """Its value; raises `InputError` when it is missing, empty, given twice, or not one of the possible values."""
        if isinstance(self.default, tuple):
            return tuple(self._text(text) for text in texts)
        if len(texts) > 1:
            raise InputError(f"the parameter {self.name} is given {len(texts)} times", remedy="give it once")
        if not texts and self.default == "":
            raise InputError(f"the parameter {self.name} is missing", remedy=f"{self.name}: {self.meaning}")
        if not texts:
            return self.default
        if isinstance(self.default, bool):
            return self._flag(texts[0])
        return self._number(texts[0]) if self.is_number or isinstance(self.default, int) else self._text(texts[0])

    def _text(self, text: str) -> str:
        if self.choices and text not in self.choices:
            raise self._fault(text, f"it can be {', '.join(self.choices)}")
        if not text.strip():
            raise self._fault(text, f"{self.name}: {self.meaning}")
        if len(text) > self.most:
            what = f"the parameter {self.name} has {len(text):,} characters"
            raise InputError(what, remedy=f"give it at most {self.most:,}")
        return text

    def _flag(self, text: str) -> bool:
        if text not in ("1", "0"):
            raise self._fault(text, "write 1 for yes, 0 for no")
        return text == "1"

    def _number(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if not self.least <= number <= self.most:
            raise self._fault(text, f"give a number from {self.least} to {self.most:,}")
        return number

    def _fault(self, text: str, remedy: str) -> InputError:
        said = f"is {clipped(text, 80)!r}" if text.strip() else "has no value"
        return InputError(f"the parameter {self.name} {said}", remedy=remedy)


def read_query(query: str, parameters: Sequence[QueryParameter]) -> Mapping[str, Any]:
    """The values of parameters in a query, which follows "?" in an address; one that is left out has its default.

    Raises `InputError` for what is not a query in UTF-8, and for an unknown parameter.

    >>> known = [QueryParameter("q", "a question"), QueryParameter("top", "how many", 10)]
    >>> read_query("q=BERT%20%E2%86%92%20GPT-3", known)
    {'q': 'BERT → GPT-3', 'top': 10}
    """
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        raise InputError("the address is not UTF-8", remedy="encode it as UTF-8, then as %XX") from None
    except ValueError:
        raise InputError(f"the address has more than {FIELDS} parameters", remedy="ask for less") from None
    known = {each.name for each in parameters}
    for name, _ in pairs:
        if name not in known:
            raise InputError(
                f"there is no parameter {clipped(name, 80)!r}",
                remedy=f"there are: {', '.join(sorted(known)) or 'none'}",
            )
    return {each.name: each.read([value for name, value in pairs if name == each.name]) for each in parameters}


def question_text(parameters: Mapping[str, Any]) -> str:
    """The question of a form: one text, or two papers; raises `InputError` when there is neither, or both.

    >>> question_text({"q": None, "from": "BERT", "to": "InstructGPT"})
    'BERT → InstructGPT'
    """
    question, older, newer = (parameters[name] for name in ("q", "from", "to"))
    if question is not None and (older or newer):
        raise InputError("a question is given twice", remedy="ask with q, or with from and to")
    if question is not None:
        return str(question)
    if older is None or newer is None:
        remedy = "name the older and the newer one, with from and to, or ask with q"
        raise InputError("two papers are needed", remedy=remedy)
    return f"{older} → {newer}"


def options_of(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What a form has beside its question.

    >>> options_of({"q": "BERT → InstructGPT", "from": None, "to": None, "top": 3})
    {'top': 3}
    """
    return {name: value for name, value in parameters.items() if name not in ("q", "from", "to")}
