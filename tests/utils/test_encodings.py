"""The text of a file in any encoding, and files that are no text: told as what they are."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.utils.encodings import decoded

TEXT = "Größe\nŁukasz\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_every_encoding_of_unicode_with_any_ends_of_lines(encoding: str, end: str):
    letters = TEXT if encoding.endswith(("8", "sig", "16", "32")) else "Grosse\nLukasz\n"  # without a mark zeros tell
    assert decoded(letters.replace("\n", end).encode(encoding), "a") == (letters, None)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_that_are_not_unicode_are_windows_1252_and_the_first_is_told(end: bytes):
    lines = ["Łukasz".encode(), "Größe – “Müller”".encode("cp1252"), "Ærø".encode("latin-1"), "Łódź".encode()]
    assert decoded(end.join(lines), "a") == ("Łukasz\nGröße – “Müller”\nÆrø\nŁódź", 2)


def test_a_file_that_is_no_text_is_named_with_what_to_do(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
        archive.writestr("a", "b")
    sqlite3.connect(tmp_path / "database").executescript("create table a (b)").connection.close()
    files = {
        "a zip file": (tmp_path / "zip").read_bytes(),
        "a compressed file": gzip.compress(b"text"),
        "an archive": bytes(257) + b"ustar\x00",
        "a database": (tmp_path / "database").read_bytes(),
        "a PDF": b"%PDF-1.7\n",
        "an RTF document": b"{\\rtf1\\ansi text}",
        "a picture": b"\x89PNG\r\n\x1a\n",
        "a sound": b"ID3\x03\x00\x00",
        "an old spreadsheet": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "not a text": b"text\x00text",
        "this is not a text": bytes(range(1, 256)) * 4,
        "broken UTF-16": b"\xff\xfea",
    }
    for what, data in files.items():
        with pytest.raises(InputError, match=what) as told:
            decoded(data, "the file")
        assert told.value.where == "the file"
        assert told.value.remedy


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("word/document.xml", "a document"), ("xl/workbook.xml", "a spreadsheet"), ("content.xml", "a document or a"),
        ("META-INF/container.xml", "an e-book"), ("refs.bib", "a zip file, not a text; unpack it first"),
        ("crossword/a.txt", "a zip file, not a text; unpack it first"),
    ],
)  # fmt: skip
def test_a_zip_file_is_told_by_what_is_in_it(tmp_path: Path, member: str, what: str):
    with zipfile.ZipFile(tmp_path / "zip", "w") as archive:
        archive.writestr(member, "b")
    with pytest.raises(InputError, match=f"this is {what}"):
        decoded((tmp_path / "zip").read_bytes(), "the file")


@pytest.mark.parametrize("text", ["ID3 decision trees", "RIFF in use", "MZ stars", "Tides\x0c\x02 of seas", "BM25"])
def test_a_title_may_begin_as_other_files_do_and_hold_what_was_copied_along(text: str):
    assert decoded(text.encode(), "a") == (text, None)
