import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.exporting import harmless

FULL = Path("/dev/full")


def test_csv_has_a_line_a_quotation_below_a_header(run, db):
    rows = list(csv.DictReader(io.StringIO(run("export", "--db", db).stdout)))
    assert len(rows) == 4
    (row,) = (row for row in rows if row["kind"] == "direct")
    assert (row["speaker"], row["role"]) == ("Ana Duarte", "mayor of Rivertown")
    assert row["text"] == "We have waited long enough for a tram,"
    assert (row["said_on"], row["published"], row["article"]) == ("2021-06-28", "2021-06-29", "tram")
    assert (row["start"], row["end"]) == ("54", "94")


def test_no_cell_of_a_spreadsheet_becomes_a_formula(run, db):
    (row,) = csv.DictReader(io.StringIO(run("export", "budget", "--db", db).stdout))
    assert row["text"] == "'=SUM(1) is all there is in the budget"


@given(st.text())
def test_whatever_the_text_no_cell_starts_as_a_formula_does(text):
    assert not str(harmless(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert str(harmless(text)).removeprefix("'") == text.removeprefix("'")


def test_json_is_one_list_and_json_lines_are_its_items(run, db):
    as_list = json.loads(run("export", "--format", "json", "--db", db).stdout)
    as_lines = [
        json.loads(line) for line in run("export", "--format", "jsonl", "--db", db).stdout.splitlines()
    ]
    assert as_list == as_lines
    assert len(as_list) == 4
    assert json.loads(run("export", "zeppelin", "--format", "json", "--db", db).stdout) == []


def test_filters_narrow_the_export_down(run, db):
    assert (
        len(run("export", "tram", "--kind", "direct", "--format", "jsonl", "--db", db).stdout.splitlines())
        == 1
    )


@pytest.mark.parametrize("args", [["export"], ["search"], ["search", "--format", "jsonl"], ["speakers"]])
def test_a_reader_that_has_seen_enough_is_left_in_peace(process, db, args):
    read_end, write_end = os.pipe()
    os.close(read_end)
    result = process(*args, "--db", db, capture_output=False, stdout=write_end, stderr=-1)
    os.close(write_end)
    assert (result.returncode, result.stderr) == (141, "")


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_output_gets_one_sentence(process, db):
    with FULL.open("w") as full:
        result = process("export", "--db", db, capture_output=False, stdout=full, stderr=-1)
    assert (result.returncode, result.stderr) == (1, "Error: standard output: No space left on device.\n")
