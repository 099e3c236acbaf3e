"""Names of people as papers print them: the family name, and whether two spellings can be one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .text import words

NAME_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
"""What may follow a family name, folded."""
_NAME_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le"}
    | {"ten", "ter", "van", "von", "y"}
)
_BEFORE_FAMILY = _NAME_PARTICLES - {"y"} | {"af", "av", "das", "dem", "den", "des", "las", "los", "zu", "zum", "zur"}
_SHORT_PARTICLES = frozenset("dtvz")
"""As "v. d. Oord" has them."""
AND_OTHERS = re.compile(
    r"(?:[\s,;&]{0,3}[(\[]?\b(?:et\.? al(?:ii)?|and (?:others|colleagues))|[\s,;]{0,3}[(\[]?&\s?al)\b\.?[)\]]?\s{0,3}$",
    re.IGNORECASE,
)
"""What stands behind an author for those that are not named."""
_OTHERS_ALONE = re.compile(r"[\s,;&(\[]*(?:and )?(?:et\.? al(?:ii)?\b.*|others\W*)", re.IGNORECASE)
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


def named_author(author: str) -> str:
    """An author of a list of authors, without what stands for others; nothing where only others are meant.

    >>> named_author("Zeng (et al.)"), named_author("et al. (31 authors)"), named_author("others")
    ('Zeng', '', '')
    >>> named_author("Rami Al-Rfou"), named_author("Others, Jan")
    ('Rami Al-Rfou', 'Others, Jan')
    """
    return "" if _OTHERS_ALONE.fullmatch(author) else without_others(author)


def surname(author: str) -> str:
    """The folded family name, from "Given Family" or "Family, Given".

    >>> surname("Kyunghyun Cho"), surname("Cho, K."), surname("Wilson L. Taylor Jr."), surname("Zeng et al.")
    ('cho', 'cho', 'taylor', 'zeng')
    """
    author = without_others(author) or author
    family = author.partition(",")[0] if "," in author else author
    parts = [part for part in words(family) if part not in NAME_SUFFIXES]
    return parts[-1] if parts else ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a name: folded given names or initials, and the words of the family name."""

    given: tuple[str, ...]
    before: tuple[str, ...]
    """The words of the family name before its last: "van den", the "O" of O'Brien."""
    family: str

    def agrees(self, other: _Reading) -> bool:
        """Whether both can be one person: nothing that both have differs, where an initial stands for a name."""
        return (
            self.family == other.family
            and all(map(_agree, self.given, other.given))
            and all(map(_agree, reversed(self.before), reversed(other.before)))
            and (bool(self.before) == bool(other.before) or self._may_lack(other) or other._may_lack(self))
        )

    def _may_lack(self, longer: _Reading) -> bool:
        """Whether this is the other without "van den": that alone tells nobody from people of another given name."""
        return not self.before and bool(longer.given or not self.given)


def is_spelling(typed: str, printed: str) -> bool:
    """Whether the name that a person types can mean the author whose name is printed.

    The family names agree, where "v. d." stands for "van den", and so do the given names in their order, where an
    initial stands for a name. A name may lack the particles, and the given names from any one on; a family name of
    several words may stand alone, and initials may stand behind it.

    >>> is_spelling("J. Devlin", "Jacob Devlin"), is_spelling("devlin j", "Jacob Devlin")
    (True, True)
    >>> is_spelling("Kenton Lee", "Lee, Jason"), is_spelling("Jason Lee", "Kenton Jason Lee")
    (False, False)
    >>> is_spelling("van den Oord", "A. v. d. Oord"), is_spelling("O'Brien", "Kyle O'Brien")
    (True, True)
    """
    meant = [*_readings(typed), *_as_family_name(typed)]
    return any(one.agrees(other) for other in _readings(printed) for one in meant)


def family_names(typed: str) -> list[str]:
    """The last words of the family names that a name may have, the likely one first.

    >>> family_names("A. v. d. Oord"), family_names("Devlin J"), family_names("Chang MW")
    (['oord'], ['devlin', 'j'], ['mw', 'chang'])
    """
    return list(dict.fromkeys(each.family for each in _readings(typed)))


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _readings(name: str) -> Iterator[_Reading]:
    """The ways to read a name, the likely one first."""
    family, given = _parts(name)
    if given:  # "Oord, A. van den"
        names = next((n for n in range(len(given), 0, -1) if not _is_particle(given[n - 1])), 0)
        yield from _reading(given[:names], [*given[names:], *family])
        return
    initials = next((n for n, part in enumerate(reversed(family)) if not _is_initials(part)), 0)
    if initials and not _is_initials(family[0]):  # "Devlin J"
        yield from _reading(family[-initials:], family[:-initials])
    begins = next((n for n in range(len(family) - 1) if _is_particle(family[n])), len(family) - 1)
    if "y" in family[1:-1]:  # "Ramón y Cajal"
        begins = min(begins, family.index("y") - 1)
    yield from _reading(family[:begins], family[begins:])
    if begins < len(family) - 1:  # "Quoc Van Le"
        yield from _reading(family[:-1], family[-1:])
    if len(family) > 1 and re.fullmatch("[A-Z]{2,3}", family[-1]):  # "Chang MW"
        yield from _reading(list(family[-1]), family[:-1])


def _as_family_name(name: str) -> Iterator[_Reading]:
    """A text without a comma, which begins with no initial, as a family name of several words."""
    family, given = _parts(name)
    if family and not given and not _is_initials(family[0]):
        yield from _reading([], family)


def _parts(name: str) -> tuple[list[str], list[str]]:
    """The words of a name as they are written, before and behind a comma; all are before it where there is none."""
    family, _, given = (without_others(name) or name).partition(",")
    return (
        [part for part in family.split() if not NAME_SUFFIXES.issuperset(words(part))],
        [part for part in given.split() if not NAME_SUFFIXES.issuperset(words(part))],
    )


def _reading(given: Sequence[str], family: Sequence[str]) -> Iterator[_Reading]:
    names = [word for part in family for word in words(part)]
    if names:
        yield _Reading(tuple(word for part in given for word in words(part)), tuple(names[:-1]), names[-1])


def _is_initials(part: str) -> bool:
    """Whether it is "J.", "J" or "J.-K."; the O of "O'Brien" is none, nor a Chinese name of one sign."""
    return all(len(word) == 1 and word != word.upper() for word in words(part))


def _is_particle(part: str) -> bool:
    """Whether it stands before a family name: "van", "Van" or "v.d."."""
    folded = words(part)
    return (part.islower() and _SHORT_PARTICLES.issuperset(folded)) or (
        len(folded) == 1 and folded[0] in _BEFORE_FAMILY
    )


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
