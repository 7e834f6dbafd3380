"""What other tools see in the file, and that questions are answered off indexes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from quotes.model import Speaker
from quotes.store import Cursor, QuoteQuery, Store
from quotes.store.schema import APPLICATION_ID
from store.made_up import VERSION, Writer, made_up_reading

ANA = Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), ("mayor",))


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(10):
        store.save(made_up_reading(number), VERSION)
    return store


def test_a_row_of_who_said_what_reads_as_a_sentence(store: Store) -> None:
    reading = (
        Writer()
        .add("Yes", ANA, "mayor")
        .reading("a", date(2024, 1, 1), outlet="Example Paper", title="Bridge")
    )
    store.save(reading, VERSION)
    (row,) = store.db.query("SELECT * FROM who_said_what")
    told = [row[column] for column in ("who", "role", "kind", "what", "date", "outlet", "title", "context")]
    assert told == [
        *("Ana Duarte", "mayor", "direct", reading.quotes[0].text, "2024-01-01", "Example Paper", "Bridge"),
        reading.quotes[0].context.text,
    ]


def test_the_other_views_count_speakers_and_tell_roles(store: Store) -> None:
    store.save(Writer().add("Yes", ANA, "mayor").add("No", ANA).reading("a", date(2024, 1, 1)), VERSION)
    (quoted,) = store.db.query("SELECT who, quotations, articles, first, last, names FROM speakers_quoted")
    assert list(quoted.values()) == ["Ana Duarte", 2, 1, "2024-01-01", "2024-01-01", "Ana Duarte; Duarte"]
    (held,) = store.db.query("SELECT who, role, date, article_id FROM roles_held")
    assert list(held.values()) == ["Ana Duarte", "mayor", "2024-01-01", "a"]


def test_every_table_is_strict(store: Store) -> None:
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    loose = {row[0] for row in store.db.execute(tables)} - {"sqlite_schema", "_sqlite_migrations"}
    assert {name for name in loose if not name.startswith("sqlite_stat")} == set()


def test_the_file_says_whose_it_is_and_how_it_is_kept(store: Store) -> None:
    told = {
        pragma: store.db.execute(f"PRAGMA {pragma}").fetchone()[0]
        for pragma in ("application_id", "journal_mode", "synchronous", "foreign_keys", "mmap_size")
    }
    assert told == {
        "application_id": APPLICATION_ID,
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "mmap_size": 0,
    }


def test_compacting_the_file_leaves_the_full_text_index_in_step(filled: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    filled.db.execute("DELETE FROM quotes WHERE number % 3 = 0")
    filled.db.conn.commit()
    filled.db.execute("VACUUM INTO ?", (str(copy),))
    with Store.open(copy) as store:
        words = QuoteQuery(words="water", sort="newest", limit=1000)
        assert store.search(words) == filled.search(words) != []
        assert [finding for finding in store.check() if "index" in finding] == []


def test_a_name_changed_by_hand_is_found_under_the_new_one(store: Store) -> None:
    store.save(Writer().add("Yes", ANA, "mayor").reading("a"), VERSION)
    store.db.execute("UPDATE speakers SET name = 'Ana Duarte Neto', names = 'Ana Duarte Neto'")
    store.db.execute("UPDATE roles SET name = 'former mayor'")
    store.db.conn.commit()
    for words in ("neto", "former"):
        assert len(store.search(QuoteQuery(words=words))) == 1
    assert len(store.search(QuoteQuery(speaker="neto", role="former mayor"))) == 1
    assert [finding for finding in store.check() if "index" in finding] == []


def _plans(store: Store, query: QuoteQuery) -> list[str]:
    statements: list[str] = []
    store.db.conn.set_trace_callback(statements.append)
    store.search(query)
    store.db.conn.set_trace_callback(None)
    lists = [sql for sql in statements if "ORDER BY" in sql and sql.lstrip().startswith("SELECT")]
    assert lists
    return [row[3] for sql in lists for row in store.db.execute(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize(
    "after", [None, Cursor("2020-01-01", 30), Cursor(None, 30)], ids=["first", "later", "undated"]
)
@pytest.mark.parametrize("analyzed", [False, True], ids=["fresh", "analyzed"])
@pytest.mark.parametrize("field", ["nothing", "speaker", "role", "kind"])
def test_a_list_by_date_is_read_off_an_index(
    filled: Store, field: str, sort: str, after: Cursor | None, analyzed: bool
) -> None:
    speaker = filled.speakers(limit=1)[0]
    values = {
        "nothing": {},
        "speaker": {"speaker": speaker.id},
        "role": {"role": "mayor"},
        "kind": {"kind": "mixed"},
    }
    if analyzed:
        filled.db.execute("ANALYZE")
    plans = _plans(filled, replace(QuoteQuery(sort=sort, after=after), **values[field]))
    index = {"nothing": "quotes_by_date"}.get(field, f"quotes_by_{field}")
    listed = [plan for plan in plans if "quotes" in plan and "fts" not in plan]
    assert listed
    assert all(f"COVERING INDEX {index}" in plan for plan in listed), plans
    # Oldest first, the rows of one day are put in order; no more than that.
    assert "USE TEMP B-TREE FOR ORDER BY" not in plans


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM who_said_what WHERE who = 'Ana Duarte'",
        "SELECT * FROM who_said_what WHERE id = 'abc'",
        "SELECT * FROM who_said_what WHERE role = 'mayor' ORDER BY date DESC LIMIT 20",
        "SELECT * FROM who_said_what ORDER BY date DESC LIMIT 20",
        "SELECT * FROM quotes WHERE article = 3 ORDER BY position",
        "SELECT * FROM speaker_roles WHERE role = 3",
    ],
)
def test_questions_of_other_tools_need_not_read_whole_tables(filled: Store, sql: str) -> None:
    plans = [row[3] for row in filled.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert not [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan], plans


def test_another_connection_can_read_the_file_with_plain_sql(filled: Store, path: Path) -> None:
    conn = sqlite3.connect(path)
    sql = """
        SELECT who, highlight(quotes_fts, 0, '[', ']') FROM quotes_fts
        WHERE quotes_fts MATCH 'bridge' ORDER BY rank LIMIT 1
    """
    assert "[bridge]" in conn.execute(sql).fetchone()[1]
    conn.close()
