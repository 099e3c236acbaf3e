"""Names of people at the head of a reference, in every order in which styles print them."""

from __future__ import annotations

import re

YEAR = r"(?:1[5-9]|20)\d\d"
FAMILY = r"[^\W\d_a-z][\w'\u2019-]{1,40}"
INITIALS = r"(?:[^\W\d_a-z]\.[ -]?){1,4}"
_PARTICLE = (
    r"(?:[Vv]an|[Vv]on|[Vv]om|[Dd]e[lnrs]?|[Dd]ella|[Dd]i|[Dd]a|[Dd]as|[Dd]os?|[Dd]u|[Ll]a|[Ll]e|[Tt]e[nr]?|zu[mr]?|af|av|al"
    r"|el|bin|ibn|y|op|['\u2018\u2019]t)"
)
PARTICLES = rf"(?:{_PARTICLE} ){{0,3}}"
"""Parts of the patterns of a reference: "van", "de la", "van 't" stand before a family name."""
AND = r"(?:and|&|et(?! al)|und|og|och|en|(?<=\. )[eyi])"
"""What stands before the last name."""
_BETWEEN_NAMES = re.compile(rf" ?[,;] ?{AND} | {AND} | ?[,;] | / ")
_NAME = re.compile(
    rf"(?:[^\W\d_a-z]\.[\s-]?)*(?:{_PARTICLE}\s+)*[^\W\d_a-z][\w'\u2019-]+"
    rf"(?:[\s,]+(?:[^\W\d_a-z]\.?[\s-]?){{1,4}}{_PARTICLE}?|,?(?:\s(?:{_PARTICLE}|[^\W\d_a-z](?:\.|[\w'\u2019-]*))){{1,4}})?"
)
_FAMILY_ALONE = re.compile(rf"{PARTICLES}{FAMILY}")
_GIVEN_FIRST = re.compile(
    rf"[^\W\d_a-z](?:\.|[\w'\u2019-]+)(?: [^\W\d_a-z](?:\.|[\w'\u2019-]+)){{0,3}} {PARTICLES}{FAMILY}"
)
_INITIALS_ALONE = re.compile(r"(?:[^\W\d_a-z]\.?[\s~-]*){1,4}(?:[Jj]r\.?)?")
_EDITORS = re.compile(
    r"(?<![\s,(\[])[\s,]*+[(\[]?\b(?:[Ee]ds?|[Ee]ditors?|[Hh]rsg|[Hh]gg?|dir|coord|comps?)\b\.?[)\]]?[\s,.:]*+$"
)
"""What says that the names are those of editors."""


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list of authors.

    >>> names_in("S. Hochreiter and J. Schmidhuber,"), names_in("Smith, J., Cruz, A. B., et al.")
    (('S. Hochreiter', 'J. Schmidhuber'), ('Smith, J.', 'Cruz, A. B.'))
    >>> names_in("Goodfellow, Ian, Yoshua Bengio, and Aaron Courville")
    ('Goodfellow, Ian', 'Yoshua Bengio', 'Aaron Courville')
    """
    text = re.sub(rf"(?<!\W)\W*+{YEAR}[a-z]?\W*+$", "", text.strip(" ,;:"))
    text = _EDITORS.sub("", text)
    text = re.sub(r"(?<![\s,])[\s,]*+(?:\bet\.? ?al\b\.?|\band others\b)\W*+$", "", text)
    chunks = [each.strip() for each in _BETWEEN_NAMES.split(" ".join(text.split())) if each.strip()]
    if len(chunks) > 2 and _FAMILY_ALONE.fullmatch(chunks[0]) and all(map(_GIVEN_FIRST.fullmatch, chunks[2:])):
        chunks[:2] = [f"{chunks[0]}, {chunks[1]}"]  # Chicago has the first name alone with the family name ahead
    names: list[str] = []
    for chunk in chunks:
        if names and _goes_on(names[-1], chunk):
            names[-1] += f", {chunk}"
        else:
            names.append(chunk)
    return tuple(re.sub(r"(?<=\w\w)\.$", "", name) for name in names)


def _goes_on(name: str, chunk: str) -> bool:
    """Whether a chunk is the rest of a name: initials behind a family name alone, or "Jr."."""
    if re.fullmatch(r"(?:[Jj]r|[Ss]r)\.?|I{2,3}", chunk):
        return True
    return bool(_INITIALS_ALONE.fullmatch(chunk)) and "," not in name and not re.search(r"\b\w\.| [A-Z]{1,3}$", name)


def first_name(text: str) -> str | None:
    """The first name at the beginning of an entry; None where none can be told from what follows."""
    names = names_in(", ".join(text.split(",")[:3]))
    if not names:
        return None
    first = names[0]
    return first if len(first) < 60 and not re.search(r"\d", first) and len(first.split()) < 6 else None


def are_names(text: str) -> bool:
    """Whether a text is a list of names of people.

    >>> are_names("A. Ono and Bo Li"), are_names("R. van 't Hooft (ed.)"), are_names("Tides of the sea")
    (True, True, False)
    """
    names = names_in(text)
    return bool(names) and all(_NAME.fullmatch(name.strip(" .,")) and len(name) < 50 for name in names)


def is_whole_name(name: str) -> bool:
    """Whether a name of a person has more than its family name."""
    return "," in name or (" " in name and bool(_NAME.fullmatch(name)))
