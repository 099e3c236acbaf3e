"""A coding sheet: written, filled in by two people in a spreadsheet, and compared."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ..helpers.commands import lineage_command, refused

Codes = dict[str, list[str]]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    lineage_command("export", "coding", "--of", "BERT → InstructGPT", "--top", "4", "-o", path)
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def saved(path: Path, sheet: list[dict[str, str]], separator: str = ",", **codes: list[str]) -> Path:
    """The sheet with the codes of its first rows, as a spreadsheet of some language saves it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, sheet[0].keys(), delimiter=separator)
    writer.writeheader()
    for n, row in enumerate(sheet):
        writer.writerow(row | {name: given[n] for name, given in codes.items() if n < len(given)})
    path.write_text("\ufeff" + text.getvalue(), "utf-8")
    return path


def test_the_sheet_has_a_row_for_each_citation_with_its_reason_and_empty_columns(sheet: list[dict[str, str]]) -> None:
    rows = {(row["citing"], row["cited"]): row for row in sheet}
    assert len(rows) == len(sheet) == 8
    row = rows["ouyang2022", "brown2020"]
    assert row["reason"].startswith("Starts all its models from GPT-3")
    assert (row["intents"], row["reason_confidence"]) == ("methodology; result; background", "read")
    assert row["reason_sections"].startswith("1 Introduction; 3.1 High-level methodology")
    assert {(row["coder_1"], row["coder_2"], row["note"]) for row in sheet} == {("", "", "")}


def test_two_copies_of_two_coders_are_compared_by_citation(tmp_path: Path, sheet: list[dict[str, str]]) -> None:
    one = saved(tmp_path / "1.csv", sheet, coder_1=["use", "use", "see", "Use ", "see"])
    for column in ("coder_2", "coder_1"):  # the second coder may fill in the first column of the own copy
        codes = ["", "", "", "use", "use", "see", "use", "use"]  # of the same rows from below
        two = saved(tmp_path / "2.csv", sheet[::-1], ";", **{column: codes})
        found = json.loads(lineage_command("agree", one, two, "--json").stdout)
        assert (found["items"], found["only_one"], found["codes"]) == (5, 0, ["see", "use"])
        assert found["observed"] == 0.8
        assert [tuple(each.values()) for each in found["differing"]] == [
            (sheet[4]["citing"], sheet[4]["cited"], "see", "use")
        ]


def test_both_columns_of_one_sheet_are_compared_and_half_coded_rows_are_left_out(
    tmp_path: Path, sheet: list[dict[str, str]]
) -> None:
    path = saved(tmp_path / "s.csv", sheet, "\t", coder_1=["a", "b", "a", ""], coder_2=["a", "b", "", "b"])
    said = lineage_command("agree", path).stdout
    assert said.startswith("2 citations coded by both, with 2 codes; 2 coded by one alone, which do not count.\n")
    assert "Cohen's kappa: 1.000, 95 % interval 1.000 to 1.000.\n" in said
    assert "of fewer than 30 it says little" in said


def test_a_sheet_that_cannot_be_compared_is_refused_in_a_line(tmp_path: Path, sheet: list[dict[str, str]]) -> None:
    empty, one = saved(tmp_path / "e.csv", sheet), saved(tmp_path / "1.csv", sheet, coder_1=["a"])
    assert "nothing is coded in the column coder_1" in refused("agree", empty)
    assert "nothing is coded in the column coder_2" in refused("agree", one)
    assert "no citation is coded by both" in refused("agree", one, saved(tmp_path / "2.csv", sheet, coder_2=["", "b"]))
    assert "3 sheets; name one" in refused("agree", one, one, one)
    assert "no such file" in refused("agree", tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", "utf-8")
    assert "line 1: no column citing, cited, coder_1, coder_2" in refused("agree", tmp_path / "bad.csv")
    twice = saved(tmp_path / "t.csv", [sheet[0], sheet[0]], coder_1=["a", "a"], coder_2=["a", "a"])
    assert "is there again" in refused("agree", twice)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_sheet_is_read_as_excel_saves_it(
    tmp_path: Path, sheet: list[dict[str, str]], encoding: str, separator: str
) -> None:
    """With its line on separators, its encodings, capitals and blanks in the head, and rows that are left blank."""
    plain = saved(tmp_path / "1.csv", sheet, separator, coder_1=["m\u00e9thode", "b"] * 4, coder_2=["m\u00e9thode"] * 8)
    head, _, rows = plain.read_text("utf-8-sig").partition("\n")
    blank = separator * head.count(separator)
    text = (
        f"sep={separator}\r\n{head.strip().upper().replace(separator, f' {separator}')}\r\n{rows}{blank}\r\n{blank}\r\n"
    )
    text = "".join(sign if sign.encode("cp1252", "ignore") else "?" for sign in text)
    excel = tmp_path / "2.csv"
    excel.write_bytes(text.encode(encoding))
    assert lineage_command("agree", excel, "--json").stdout == lineage_command("agree", plain, "--json").stdout
    assert json.loads(lineage_command("agree", excel, "--json").stdout)["codes"] == ["b", "methode"]


def test_the_head_of_a_second_sheet_is_no_citation(tmp_path: Path, sheet: list[dict[str, str]]) -> None:
    one = saved(tmp_path / "1.csv", sheet[:4], coder_1=["a"] * 4, coder_2=["a"] * 4)
    two = saved(tmp_path / "2.csv", sheet[4:], coder_1=["b"] * 4, coder_2=["b"] * 4)
    joined = tmp_path / "joined.csv"
    joined.write_text(one.read_text("utf-8-sig") + two.read_text("utf-8-sig"), "utf-8")
    found = json.loads(lineage_command("agree", joined, "--json").stdout)
    assert (found["items"], found["codes"], found["kappa"]) == (8, ["a", "b"], 1.0)


def test_one_sheet_named_twice_is_not_compared_with_itself(tmp_path: Path, sheet: list[dict[str, str]]) -> None:
    one = saved(tmp_path / "1.csv", sheet, coder_1=["a", "b"] * 4)
    assert "one sheet, named twice" in refused("agree", one, one)


def test_a_spreadsheet_itself_is_refused_with_what_to_save(tmp_path: Path) -> None:
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    assert "save the table as CSV" in refused("agree", tmp_path / "sheet.xlsx")
