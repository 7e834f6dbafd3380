import hashlib
import sqlite3

import pytest

from quotes.checkup import CHECKSUMS, check_weights


@pytest.fixture
def weights(tmp_path):
    folder = tmp_path / "weights"
    folder.mkdir()
    lines = []
    for name in ("encoder.onnx", "tokenizer.json"):
        (folder / name).write_text(name)
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (folder / CHECKSUMS).write_text("".join(lines))
    return folder


def test_a_sound_installation_is_called_sound(run, db):
    result = run("doctor", "--db", db)
    assert result.exit_code == 0
    assert not result.stderr
    verdicts = [line.split(": ")[0].split() for line in result.stdout.splitlines()]
    assert ["ok", "program"] in verdicts
    assert ["ok", "weights"] in verdicts
    assert ["ok", "reader"] in verdicts
    assert ["ok", "database"] in verdicts
    assert f"{db} is whole: 2 articles, 4 quotations, 3 of them with a speaker, 2 speakers" in result.stdout


def test_the_version_of_sqlite_is_judged(run, db):
    said = run("doctor", "--db", db).stdout
    assert "SQLite" in said
    assert sqlite3.sqlite_version in said


def test_articles_read_by_another_version_are_counted(run, db):
    assert "warning  database: 2 articles were read by another version" in run("doctor", "--db", db).stdout


def test_having_no_database_yet_is_only_worth_a_warning(run):
    result = run("doctor", "--db", "missing.db")
    assert result.exit_code == 0
    assert "warning  database: There is no database missing.db" in result.stdout


def test_a_damaged_database_is_called_broken(run, db):
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE quotes SET cue = 'shouted' WHERE cue = 'added'")
    connection.close()
    result = run("doctor", "--db", db)
    assert result.exit_code == 1
    assert "broken   database: Quotation" in result.stdout


def test_a_file_that_is_no_database_is_called_broken(run, tmp_path):
    (tmp_path / "a.db").write_text("Nothing of the kind. " * 100)
    result = run("doctor", "--db", tmp_path / "a.db")
    assert result.exit_code == 1
    assert "broken   database: " in result.stdout


def test_weights_are_sound_when_every_checksum_holds(weights):
    (finding,) = check_weights(weights)
    assert (finding.verdict, finding.sentence) == (
        "ok",
        "2 files with the checksums that they were made with",
    )


def test_weights_that_were_changed_are_named(weights):
    (weights / "encoder.onnx").write_text("something else")
    (finding,) = check_weights(weights)
    assert finding.verdict == "broken"
    assert "encoder.onnx is not as it was made" in finding.sentence


def test_weights_that_are_missing_are_named(weights):
    (weights / "tokenizer.json").unlink()
    (finding,) = check_weights(weights)
    assert finding.verdict == "broken"
    assert "tokenizer.json cannot be read" in finding.sentence


def test_missing_checksums_are_reported(tmp_path):
    (finding,) = check_weights(tmp_path)
    assert finding.verdict == "broken"
    assert "SHA256SUMS cannot be read" in finding.sentence
