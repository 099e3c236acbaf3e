"""A secret hidden in a text, in whatever form of writing a service sends it back."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

REDACTED = "[key]"
"""What stands where the secret stood."""


def written_forms(secret: str) -> str:
    r"""A regular expression for a secret of visible ASCII characters, however it is written.

    It finds the secret as it is, with the escapes of JSON (also of JSON inside of JSON), of addresses (``%6B``) and of
    HTML (``&#107;``) in any mixture, and encoded in base64 alone or together with what stands around it. So a text is
    free of the secret before anything is decoded, and after it. Matching is linear in the text.

    >>> pattern = re.compile(written_forms("k-1"))
    >>> pattern.sub("[key]", r"k-1, \u006b-1, %6b%2D1, &#x6b;-1, " + base64.b64encode(b"me:k-1").decode())
    '[key], [key], [key], [key], bWU6[key]'
    """
    return "|".join("".join(map(_written, form)) for form in (secret, *dict.fromkeys(_in_base64(secret))))


def _written(letter: str) -> str:
    """One character as it is, or escaped; every alternative begins with a plain character, which makes it fast."""
    code, here = ord(letter), re.escape(letter)
    by_number = "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in f"{code:02x}")
    in_json, in_address = rf"\\\\{{0,3}}(?:u00{by_number}|{here})", rf"%(?:25){{0,3}}{by_number}"
    return rf"(?:{here}|{in_json}|{in_address}|&#0{{0,7}}{code};|&#[xX]0{{0,7}}{by_number};)"


def _in_base64(secret: str) -> Iterator[str]:
    """The characters that base64 makes of the secret alone, at each of the three places where it can begin."""
    for before, skipped in enumerate((0, 2, 3)):
        encoded = base64.b64encode(b"\0" * before + secret.encode("ascii")).decode("ascii")
        whole = (before + len(secret)) * 8 // 6
        for form in (encoded, encoded.replace("+", "-").replace("/", "_")):
            if whole - skipped >= len(secret):
                yield form[skipped:whole]
