"""A file of which pieces are read, by threads and by processes that share it."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from graph.utils.open_file import OpenFile


@pytest.fixture
def file(tmp_path: Path) -> OpenFile:
    (tmp_path / "file").write_bytes(bytes(range(256)))
    return OpenFile(tmp_path / "file")


def test_a_piece_ends_where_the_file_does(file: OpenFile):
    assert (file.read(3, 2), file.read(250, 99), file.read(300, 5)) == (bytes([3, 4]), bytes(range(250, 256)), b"")
    assert file.sha256() == hashlib.sha256(bytes(range(256))).hexdigest()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
def test_a_read_relies_on_no_position_which_forked_processes_share(file: OpenFile):
    """Two processes that each went to a place and then read got the pieces of the other."""
    before = os.lseek(file._file.fileno(), 0, os.SEEK_CUR)
    file.read(100, 50), file.read_all(), file.sha256()
    assert os.lseek(file._file.fileno(), 0, os.SEEK_CUR) == before
