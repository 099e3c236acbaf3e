"""The commands about themes, suggestions and reading orders."""

from __future__ import annotations

import json

from ..helpers.commands import lineage_command, the_same_in_every_run


def test_the_commands_answer_in_text_and_as_json_the_same_in_every_run():
    commands = ("themes",), ("suggest",), ("read", "BERT", "InstructGPT")
    assert all(the_same_in_every_run(*commands))
    for command in commands:
        assert json.loads(lineage_command(*command, "--json").stdout)
