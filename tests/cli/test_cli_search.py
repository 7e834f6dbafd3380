import json

import pytest


def texts(result):
    return [json.loads(line)["text"] for line in result.stdout.splitlines()]


def test_a_search_prints_who_said_what_in_what_role_when_and_where(run, db):
    result = run("search", "tram", "--kind", "direct", "--db", db)
    assert result.exit_code == 0
    assert not result.stderr
    heading, rule, first, *_ = result.stdout.splitlines()
    assert heading.split("  ")[0] == "Who, in what role"
    assert set(rule) == {"─"}
    assert first.split() == [
        "Ana",
        "Duarte",
        "“We",
        "have",
        "waited",
        "long",
        "enough",
        "for",
        "a",
        "tram”",
        "direct",
        "28",
        "Jun",
        "2021",
        "Mayor",
        "promises",
        "a",
    ]
    assert "mayor of Rivertown" in result.stdout
    assert result.stdout.splitlines()[3].split() == ["mayor", "of", "Rivertown", "tram", "line,", "The"]


def test_without_a_terminal_the_table_is_plain_and_always_the_same(run, db, monkeypatch):
    first = run("search", "--db", db).stdout
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("FORCE_COLOR", "")
    assert run("search", "--db", db).stdout == first
    assert "\x1b" not in first
    assert all(len(line) <= 120 and line == line.rstrip() for line in first.splitlines())


def test_long_quotations_are_wrapped_and_never_cut(run, db):
    said = run("search", "budget", "--db", db).stdout
    assert "=SUM(1) is all there is in the budget" in " ".join(said.split())


def test_a_speaker_left_open_is_said_to_be_open(run, db):
    said = run("search", "budget", "--db", db).stdout
    assert "“they” (who?)" in said
    assert "uncertain" in said


@pytest.mark.parametrize(
    ("args", "n_found"),
    [
        ([], 4),
        (["the"], 3),
        (["the", "plan"], 1),
        (["the plan"], 1),
        (['"plan the"'], 0),
        (["the -plan"], 2),
        (["rail*"], 1),
        (["--speaker", "duarte"], 2),
        (["speaker:duarte tram"], 1),
        (["kind:mixed", "date:2021-06"], 1),
        (["--role", "opposition"], 1),
        (["--kind", "indirect"], 2),
        (["--from", "2021-06-29"], 2),
        (["--to", "2021-06-28"], 1),
        (["--from", "2021", "--to", "June 2021"], 3),
        (["--outlet", "the example post"], 3),
        (["--article", "budget"], 1),
        (["--min-confidence", "0.5"], 3),
        (["--limit", "1"], 1),
    ],
)
def test_words_and_filters_narrow_the_search_down(run, db, args, n_found):
    result = run("search", *args, "--db", db, "--format", "jsonl")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == n_found


def test_json_lines_hold_the_quotation_its_speaker_and_its_article(run, db):
    (line,) = run("search", "waited", "--db", db, "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert found["text"] == "We have waited long enough for a tram,"
    assert found["speaker"]["name"] == "Ana Duarte"
    assert (found["role"], found["kind"], found["said_on"]) == ("mayor of Rivertown", "direct", "2021-06-28")
    assert found["contents"] == [{"start": 54, "end": 94, "text": "“We have waited long enough for a tram,”"}]
    assert found["article"]["url"] == "https://example.org/tram"


def test_the_oldest_or_the_newest_come_first(run, db):
    newest = texts(run("search", "--sort", "newest", "--from", "2021", "--db", db, "--format", "jsonl"))
    oldest = texts(run("search", "--sort", "oldest", "--from", "2021", "--db", db, "--format", "jsonl"))
    assert oldest[0] == newest[-1] == "We have waited long enough for a tram,"


def test_finding_nothing_is_said_and_is_no_failure(run, db):
    result = run("search", "zeppelin", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no quotation was found" in result.stderr


def test_that_there_is_more_is_said(run, db):
    assert "there are more than these 2" in run("search", "--limit", "2", "--db", db).stderr
    assert not run("search", "--limit", "4", "--db", db).stderr


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--from", "06/07/2021"], "'06/07/2021' is not a date; write 2021-06-29"),
        (["--from", "2022", "--to", "2021"], "comes after"),
        (["--sort", "relevance"], "needs words"),
        (["--", "-tram"], "at least one word"),
        (['"never closed'], "never closed"),
        (["speeker:duarte"], "did you mean speaker:?"),
        (["kind:direct", "--kind", "mixed"], "leave one of them out"),
    ],
)
def test_a_question_that_makes_no_sense_gets_one_sentence(run, db, args, sentence):
    result = run("search", "--db", db, *args)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    assert sentence in result.stderr


def test_the_database_may_be_named_in_the_environment(run, db, monkeypatch):
    monkeypatch.setenv("QUOTES_DB", str(db))
    assert "Ana Duarte" in run("search").stdout
