import json

import pytest

from quotes.model import Article, Quote, Reading, Span
from quotes.store import Store


def id_of(run, db, words):
    return json.loads(run("search", words, "--db", db, "--format", "jsonl").stdout)["id"]


def test_a_quotation_is_shown_highlighted_in_its_paragraph(run, db):
    result = run("show", id_of(run, db, "fairy"), "--db", db)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert "Karl Winter, leader of the opposition, called ⟦the plan “a fairy tale with rails”⟧." in said
    assert "waited long enough" not in said


def test_what_is_known_about_it_stands_below(run, db):
    said = " ".join(run("show", id_of(run, db, "waited"), "--db", db).stdout.split())
    assert said.startswith("Ana Duarte, mayor of Rivertown")
    assert "Kind direct, speech" in said
    assert "Cue said" in said
    assert "Said on 28 June 2021" in said
    assert "Confidence 90%" in said
    assert "Article Mayor promises a tram line, The Example Post" in said
    assert "Published 29 June 2021" in said
    assert "Link https://example.org/tram" in said
    assert "Characters 54–94" in said


def test_it_comes_as_json_as_well(run, db):
    quote_id = id_of(run, db, "waited")
    shown = json.loads(run("show", quote_id, "--db", db, "--format", "json").stdout)
    assert (shown["id"], shown["role"]) == (quote_id, "mayor of Rivertown")


def test_an_id_that_does_not_exist_gets_one_sentence(run, db):
    result = run("show", "nosuchid", "--db", db)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: No quotation has the id “nosuchid”: check it, or search for its words.\n"


@pytest.mark.parametrize(
    ("before", "behind"),
    [("", ""), ("It rained. " * 200, ""), ("", " It rained." * 200), ("a" * 2000, "b" * 2000)],
)
def test_of_a_very_long_paragraph_only_what_is_near_is_shown(run, tmp_path, before, behind):
    said = "“Yes,” she said."
    text = f"Above.\n{before}{said}{behind}\nBelow."
    start = text.index("“")
    span = Span(start, start + 6, "“Yes,”")
    quote = Quote("direct", "speech", (span,), None, None, None, None, 0.9, span)
    with Store.open(tmp_path / "long.db") as store:
        store.save(Reading(Article("long", text), (quote,)), "reader 1")
    shown = run("show", id_of(run, tmp_path / "long.db", "yes"), "--db", tmp_path / "long.db").stdout
    assert "⟦“Yes,”⟧" in shown
    assert "Above" not in shown
    assert "Below" not in shown
    assert ("…" in shown) == bool(before or behind)
    assert len(shown) < 1800
