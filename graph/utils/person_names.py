"""Names of people as papers print them: the family name, and whether two spellings can be one person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .text import words

NAME_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
"""What may follow a family name, folded."""
_NAME_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le"}
    | {"ten", "ter", "van", "von", "y"}
)
AND_OTHERS = re.compile(
    r"(?:[\s,;&]{0,3}[(\[]?\b(?:et\.? al(?:ii)?|and (?:others|colleagues))|[\s,;]{0,3}[(\[]?&\s?al)\b\.?[)\]]?\s{0,3}$",
    re.IGNORECASE,
)
"""What stands behind an author for those that are not named."""
_WORD = re.compile(r"[^\W_]+")
_TWO_LETTERS = re.compile(r"([aou])e|a(?=a)")


def without_others(authors: str) -> str:
    """Authors without what stands for those that are not named; nothing where that is all.

    >>> without_others("Zeng, et al."), without_others("Zeng & al"), without_others("Le (and colleagues)")
    ('Zeng', 'Zeng', 'Le')
    >>> without_others("Janet Al"), without_others("et al.")
    ('Janet Al', '')
    """
    return AND_OTHERS.sub("", authors)


def surname(author: str) -> str:
    """The folded family name, from "Given Family" or "Family, Given".

    >>> surname("Kyunghyun Cho"), surname("Cho, K."), surname("Wilson L. Taylor Jr."), surname("Zeng et al.")
    ('cho', 'cho', 'taylor', 'zeng')
    """
    parts = words_up_to_surname(author)
    return parts[-1] if parts else ""


def words_up_to_surname(author: str) -> list[str]:
    """The folded words of a name that end with the family name: in "Family, Given" the family name alone.

    >>> words_up_to_surname("Wilson L. Taylor Jr."), words_up_to_surname("van den Berg, Jan")
    (['wilson', 'l', 'taylor'], ['van', 'den', 'berg'])
    """
    author = without_others(author) or author
    family = author.partition(",")[0] if "," in author else author
    return [part for part in words(family) if part not in NAME_SUFFIXES]


def is_author_id(text: str) -> bool:
    """Whether a text is an id that Semantic Scholar gives to an author, rather than a name."""
    return text.isascii() and text.isdecimal()


def name_parts(author: str) -> frozenset[str]:
    """The folded parts of a name that tell people apart: no initials, no "de" or "van", no "et al.".

    In a spelling without the second letter of ä, ö, ü, ø and å that is written as two.

    >>> sorted(name_parts("Cyprien de Masson d'Autume")), sorted(name_parts("Q. V. Le et al."))
    (['autume', 'cyprien', 'masson'], ['le'])
    """
    author = without_others(author)
    particles = {part for part in _WORD.findall(author) if part in _NAME_PARTICLES}
    parts = frozenset(part for part in words(author) if len(part) > 1 and part not in NAME_SUFFIXES)
    return frozenset(_TWO_LETTERS.sub(r"\1", part) for part in parts - particles or parts)


def same_person(one: str, other: str) -> bool:
    """Whether two spellings of a name can be one person: they share a part that is no initial.

    An umlaut may be spelt with an e: "Müller" and "Mueller" can be one person.

    >>> same_person("K. Cho", "Kyunghyun Cho"), same_person("Xia Hu", "Edward J. Hu")
    (True, True)
    >>> same_person("J. Müller", "Joerg Mueller"), same_person("Alec Radford", "Jeremy Howard")
    (True, False)
    >>> same_person("Cyprien de Masson", "Nando de Freitas")
    False
    """
    return bool(name_parts(one) & name_parts(other))


def may_be_first_author(name: str | None, authors: Sequence[str]) -> bool:
    """Whether a name may be that of the first of some authors: where both are known, they can be of one person.

    >>> may_be_first_author("K. Cho", ["Kyunghyun Cho", "Yoshua Bengio"]), may_be_first_author(None, ["Kyunghyun Cho"])
    (True, True)
    """
    return not name or not authors or same_person(name, authors[0])
