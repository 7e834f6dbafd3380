import gzip
import json

import pytest

YES = "“We are ready for the vote,” the mayor, Ana Duarte, said.\n"
NO = "The council will not vote today, Karl Winter, leader of the opposition, told reporters.\n"


def articles(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "yes.txt").write_text(YES, encoding="utf-8")
    (tmp_path / "in" / "no.txt").write_text(" date 2021-06-29 " + NO, encoding="utf-8")
    return tmp_path / "in"


def test_each_article_is_one_line_of_json_in_the_order_given(run, folder):
    result = run("extract", folder / "yes.txt", folder / "no.txt")
    assert result.exit_code == 0
    assert not result.stderr
    yes, no = articles(result)
    assert yes["article"] == {
        "id": "yes",
        "path": str(folder / "yes.txt"),
        "title": None,
        "url": None,
        "outlet": None,
        "author": None,
        "published": None,
    }
    assert (no["article"]["id"], no["article"]["published"]) == ("no", "2021-06-29")


def test_a_quotation_has_every_field_of_the_contract(run, folder):
    (line,) = articles(run("extract", folder / "yes.txt"))
    (quote,) = line["quotes"]
    assert (quote["kind"], quote["act"]) == ("direct", "speech")
    assert quote["text"].startswith("We are ready for the vote")
    assert quote["contents"] == [{"start": 0, "end": 28, "text": "“We are ready for the vote,”"}]
    assert quote["cue"] == {"start": 52, "end": 56, "text": "said"}
    assert "Ana Duarte" in quote["source"]["text"]
    assert quote["speaker"] == {"name": "Ana Duarte", "kind": "person"}
    assert quote["role"] == "mayor"
    assert 0 <= quote["confidence"] <= 1
    assert quote["said_on"] is None
    assert quote["context"] == {"start": 0, "end": 57, "text": YES.strip()}


def test_every_span_is_exactly_what_stands_there(run, tmp_path):
    text = "\ufeff \U0001f642\r\n" + NO + "\r\n\n" + YES
    (tmp_path / "a.txt").write_bytes(text.encode())
    (line,) = articles(run("extract", tmp_path / "a.txt"))
    assert line["quotes"]
    for quote in line["quotes"]:
        spans = [*quote["contents"], quote["context"], quote["cue"], quote["source"]]
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans if span)


def test_folders_json_lines_and_standard_input_are_read(run, folder, tmp_path):
    lines = b"\n".join(json.dumps({"id": name, "text": YES}).encode() for name in ("one", "two"))
    (tmp_path / "more.jsonl.gz").write_bytes(gzip.compress(lines))
    result = run("extract", folder, tmp_path / "more.jsonl.gz", "-", stdin=NO)
    assert [line["article"]["id"] for line in articles(result)[:4]] == ["no", "yes", "one", "two"]
    assert articles(result)[4]["article"]["id"].startswith("stdin-")


def test_the_table_shows_who_said_what_in_what_role(run, folder):
    result = run("extract", folder / "yes.txt", "--format", "table")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert said.startswith("yes Who, in what role What Kind When")
    assert "Ana Duarte “We are ready for the vote” direct" in said


def test_the_table_says_when_there_is_no_quotation(run, tmp_path):
    (tmp_path / "a.txt").write_text("It rained.")
    assert "No quotation found." in run("extract", tmp_path / "a.txt", "--format", "table").stdout


def test_what_cannot_be_read_is_reported_and_the_rest_is_done(run, folder, tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": YES}) + "\n{\n" + json.dumps({"text": NO}) + "\n")
    result = run("extract", "missing.txt", folder / "yes.txt", tmp_path / "latin.txt", tmp_path / "b.jsonl")
    assert result.exit_code == 1
    assert [line["article"]["id"] for line in articles(result)] == ["yes", "b.jsonl:1", "b.jsonl:3"]
    errors = result.stderr.splitlines()
    assert len(errors) == 3
    assert all(error.startswith("Error: ") for error in errors)
    assert "missing.txt: there is no such file or folder" in errors[0]
    assert "latin.txt: byte 0xe9 at offset 3" in errors[1]
    assert "b.jsonl, line 2: this is not JSON" in errors[2]


def test_another_encoding_can_be_named(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(YES.encode("windows-1252"))
    result = run("extract", tmp_path / "a.txt", "--encoding", "windows-1252")
    assert articles(result)[0]["quotes"][0]["contents"][0]["text"] == "“We are ready for the vote,”"
    assert run("extract", tmp_path / "a.txt", "--encoding", "klingon").exit_code == 1


def test_a_process_of_its_own_prints_utf8_and_nothing_else(process, folder):
    result = process("extract", folder / "yes.txt")
    assert (result.returncode, result.stderr) == (0, "")
    assert "“We are ready for the vote,”" in result.stdout
