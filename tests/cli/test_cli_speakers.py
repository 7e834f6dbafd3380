import json


def test_speakers_are_listed_with_their_roles_and_how_often_they_are_quoted(run, db):
    result = run("speakers", "--db", db)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["Who", "In", "what", "role", "Quotations", "First", "Last"]
    assert lines[2].split() == [
        "Ana",
        "Duarte",
        "mayor",
        "of",
        "Rivertown",
        "2",
        "28",
        "Jun",
        "2021",
        "29",
        "Jun",
        "2021",
    ]
    assert "lawyer" in result.stdout


def test_part_of_a_name_finds_the_speaker(run, db):
    (line,) = run("speakers", "winter", "--db", db, "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert (found["name"], found["kind"], found["quotations"]) == ("Karl Winter", "person", 1)
    assert {use["role"] for use in found["roles"]} == {"leader of the opposition", "lawyer"}


def test_a_name_that_nobody_bears_is_said_to_be_nobodys(run, db):
    result = run("speakers", "Nobody", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nobody of that name is quoted here" in result.stderr
