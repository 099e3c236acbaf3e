"""A secret is found in every form in which a service may send it back."""

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.utils.redact import written_forms

keys = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=45)
texts = st.text(max_size=10)


def in_json(key: str) -> str:
    return "".join(f"\\u{ord(letter):04X}" for letter in key)


WRITINGS = {
    "as it is": str,
    "JSON": json.dumps,
    "JSON, every letter": in_json,
    "JSON, every other letter": lambda key: "".join(
        in_json(c) if n % 2 else json.dumps(c)[1:-1] for n, c in enumerate(key)
    ),
    "JSON inside of JSON": lambda key: json.dumps(f'{{"error": "{in_json(key)}"}}'),
    "address": lambda key: quote(key, safe=""),
    "address inside of an address": lambda key: quote("".join(f"%{ord(letter):02x}" for letter in key), safe=""),
    "HTML": html.escape,
    "HTML by number": lambda key: "".join(f"&#{ord(letter)};" for letter in key),
    "HTML, hexadecimal": lambda key: "".join(f"&#x{ord(letter):x};" for letter in key),
}


@given(keys, texts, texts, st.sampled_from(sorted(set(WRITINGS) - {"HTML"})))
def test_a_key_is_found_in_every_form_of_writing_and_goes_whole(key: str, before: str, after: str, form: str):
    written = WRITINGS[form](key)
    for pattern, whole in (
        (re.compile(written_forms(key)), f"{before}{written}{after}"),
        (re.compile(written_forms(key).encode()), f"{before}{written}{after}".encode()),
    ):
        left = pattern.sub("" if isinstance(whole, str) else b"", whole)  # type: ignore[type-var]
        text = left if isinstance(left, str) else left.decode()
        assert len(text) <= len(before + after) + len(written) - len(key)
        for decoded in (text, html.unescape(text)):
            assert key not in decoded


@given(
    keys, st.binary(max_size=7), st.binary(max_size=7), st.sampled_from([base64.b64encode, base64.urlsafe_b64encode])
)
def test_what_encodes_a_key_in_base64_shows_at_most_its_edges(key: str, before: bytes, after: bytes, encode):
    sent = encode(before + key.encode() + after).decode()
    left = re.sub(written_forms(key), "", sent)
    assert len(left) <= len(sent) - len(key) * 4 // 3 + 2


@pytest.mark.parametrize("text", ["a key", "\\u006", "%6", "&#107", "kkkkkkk", "k" * 1000])
def test_what_is_not_the_key_stays(text: str):
    assert re.sub(written_forms("k-1k-1k-1"), "", text) == text
