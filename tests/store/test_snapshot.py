"""A snapshot is whole, shows one moment, shows nothing private, and never takes the place of anything else."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import stat
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from quotes.errors import (
    NotAStoreError,
    StoreBusyError,
    StoreDamagedError,
    StoreNotFoundError,
    StoreReadOnlyError,
)
from quotes.model import Speaker
from quotes.store import Store, connection, published
from quotes.store.snapshot import publish
from quotes.store.tokens import Tokens
from store.made_up import VERSION, Writer, made_up_reading

N_QUOTES = 25
ANA = Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), ("mayor",))
BEN = Speaker("Ben Castro", "person", ("Ben Castro",), ("finance minister",))
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["store.test_snapshot"])


def fill(path: Path, numbers: range) -> None:
    with Store.open(path) as store:
        for number in numbers:
            store.save(made_up_reading(number, N_QUOTES), VERSION)


def publish_without_end(db: Path, target: Path) -> None:
    while True:
        publish(db, target)


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as conn:
        return conn.execute(sql).fetchall()


def check_whole(path: Path) -> int:
    """Check that a snapshot is sound and holds whole articles, and return how many."""
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []
    sizes = ask(path, "SELECT count(*) FROM who_said_what GROUP BY article_id")
    assert set(sizes) <= {(N_QUOTES,)}
    assert (
        [(len(sizes),)]
        == ask(path, "SELECT count(*) FROM articles")
        == ask(path, "SELECT articles FROM snapshot")
    )
    return len(sizes)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "snapshot.db"


def test_a_snapshot_says_what_the_views_of_the_database_say(path: Path, target: Path) -> None:
    fill(path, range(20))
    made = publish(path, target)
    for view, columns in {
        "who_said_what": "who, role, kind, what, date, outlet, title, url, context, act, who_kind, id, article_id",
        "speakers_quoted": "who, kind, quotations, articles, first, last, names, speaker_id",
        "roles_held": "who, role, date, outlet, title, article_id, speaker_id",
    }.items():
        sql = f"SELECT {columns} FROM {view}"
        assert sorted(ask(target, sql), key=repr) == sorted(ask(path, sql), key=repr) != []
    assert (made.articles, made.quotations) == (20, 500)


def test_a_search_in_the_snapshot_finds_what_one_in_the_database_does(path: Path, target: Path) -> None:
    fill(path, range(20))
    publish(path, target)
    sql = 'SELECT rowid, who FROM quotes_fts WHERE quotes_fts MATCH \'"bridge" "water"\' ORDER BY rank, rowid'
    assert ask(target, sql) == ask(path, sql) != []


def test_a_snapshot_is_of_one_moment_while_an_ingest_is_running(path: Path, target: Path) -> None:
    fill(path, range(1))
    ingest = processes.Process(target=fill, args=(path, range(1, 400)))
    ingest.start()
    sizes = []
    while ingest.is_alive():
        publish(path, target)
        sizes.append(check_whole(target))
    assert ingest.exitcode == 0
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 1
    publish(path, target)
    assert check_whole(target) == 400


def test_a_killed_publication_leaves_a_whole_snapshot_and_the_next_one_clears_up(
    path: Path, target: Path
) -> None:
    fill(path, range(40))
    publish(path, target)
    left_something = False
    for number in range(20):
        process = processes.Process(target=publish_without_end, args=(path, target))
        process.start()
        deadline = time.monotonic() + 30
        while not target.with_name(f".{target.name}.copy").exists() and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(number * 0.003)
        process.kill()
        process.join()
        left_something |= bool(list(target.parent.glob(".snapshot.db.*")))
        assert check_whole(target) == 40
    assert left_something
    publish(path, target)
    assert list(target.parent.glob(".*")) == []


def test_a_damaged_database_does_not_replace_the_snapshot_of_a_sound_one(path: Path, target: Path) -> None:
    fill(path, range(40))
    publish(path, target)
    before = target.read_bytes()
    with path.open("r+b") as file:
        for page in range(20, path.stat().st_size // 4096 - 1, 3):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    with pytest.raises(StoreDamagedError):
        publish(path, target)
    assert target.read_bytes() == before
    assert list(target.parent.glob(".*")) == []


def test_whoever_has_the_old_snapshot_open_goes_on_reading_it(path: Path, target: Path) -> None:
    fill(path, range(2))
    publish(path, target)
    with closing(sqlite3.connect(f"{target.as_uri()}?immutable=1", uri=True)) as conn:
        assert conn.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        fill(path, range(10))
        publish(path, target)
        assert conn.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert check_whole(target) == 10


def test_no_token_no_path_and_nothing_rejected_is_in_the_file(path: Path, target: Path) -> None:
    reading = (
        Writer()
        .add("Something nobody said at all", ANA, "mayor")
        .add("Yes", BEN)
        .reading("a", date(2024, 1, 1), path="/home/ana/confidential/notes.txt")
    )
    with Store.open(path) as store:
        store.save(reading, VERSION)
        (rejected,) = (
            row for row in store.article_quotes("a") if row.speaker and row.speaker.name != BEN.name
        )
        store.correct(rejected.id, {"rejected": True}, by="Carla", reason="not a quotation")
    secret, _ = Tokens(path).create("news desk", ("correct",))
    Tokens(path).secret("cursors")
    publish(path, target)
    content = target.read_bytes()
    for private in (
        b"confidential",
        secret.encode(),
        b"news desk",
        b"tokens",
        b"secrets",
        b"rejected_quotes",
    ):
        assert private not in content, private
    assert ask(target, "SELECT who FROM who_said_what") == [("Ben Castro",)]
    assert ask(target, "SELECT field, corrected_by, undone_at FROM corrections_made") == [
        ("rejected", "Carla", None)
    ]


def test_nothing_gets_in_that_the_layout_does_not_name(path: Path, target: Path) -> None:
    fill(path, range(2))
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE tokens (secret TEXT)")
        conn.execute("INSERT INTO tokens VALUES ('not for publication')")
        conn.commit()
    publish(path, target)
    assert b"not for publication" not in target.read_bytes()
    named = {row[0] for row in ask(target, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {name for name in named if "_fts" not in name and not name.startswith("sqlite_")} == {
        *("snapshot", "articles", "speakers_quoted", "same_words", "who_said_what", "roles_held"),
        "corrections_made",
    }


def test_the_articles_texts_can_be_left_out(path: Path, target: Path) -> None:
    reading = Writer().add("Yes we can", ANA).reading("a")
    with Store.open(path) as store:
        store.save(reading, VERSION)
    publish(path, target, texts=False)
    assert ask(target, "SELECT id, text FROM articles") == [("a", None)]
    publish(path, target)
    assert ask(target, "SELECT text FROM articles") == [(reading.article.text,)]


def test_the_same_words_are_found_whatever_their_case_and_marks(path: Path, target: Path) -> None:
    with Store.open(path) as store:
        for number, said in enumerate(
            ["We will build it again", "we will build it – AGAIN!", "We will build"]
        ):
            writer = Writer().add(said, ANA if number else BEN).add("we will build", ANA)
            store.save(
                writer.reading(f"a{number}", date(2024, 1, number + 1), outlet=f"Paper {number}"), VERSION
            )
    publish(path, target)
    assert ask(target, "SELECT what, said_by, outlets, articles, first, last FROM same_words") == [
        ("We will build it again,", "Ana Duarte; Ben Castro", 2, 2, "2024-01-01", "2024-01-02")
    ]
    assert ask(target, "SELECT count(*) FROM who_said_what WHERE same_words IS NOT NULL") == [(2,)]


def test_an_empty_database_makes_an_empty_snapshot(path: Path, target: Path) -> None:
    Store.open(path).close()
    assert publish(path, target).quotations == 0
    assert check_whole(target) == 0


def test_a_snapshot_can_be_read_by_whoever_could_read_a_new_file(path: Path, target: Path) -> None:
    fill(path, range(1))
    publish(path, target)
    (other := target.with_name("other")).touch()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_missing_database_is_named(tmp_path: Path, target: Path) -> None:
    with pytest.raises(StoreNotFoundError, match=r"no database .*none\.db"):
        publish(tmp_path / "none.db", target)
    assert list(tmp_path.iterdir()) == []


def test_neither_the_database_nor_any_other_file_is_overwritten(path: Path, tmp_path: Path) -> None:
    fill(path, range(1))
    text = tmp_path / "notes.txt"
    text.write_text("my only copy")
    other = tmp_path / "other.db"
    shutil.copy(path, other)
    before = path.read_bytes()
    with pytest.raises(NotAStoreError, match="the database itself"):
        publish(path, path)
    for taken in (text, other, tmp_path):
        with pytest.raises(NotAStoreError, match=str(taken)):
            publish(path, taken)
    assert text.read_text() == "my only copy"
    assert path.read_bytes() == before == other.read_bytes()


def test_a_snapshot_is_no_database_to_ingest_into(path: Path, target: Path) -> None:
    fill(path, range(1))
    publish(path, target)
    for mode in ("rw", "ro"):
        with pytest.raises(NotAStoreError, match="something else"):
            Store.open(target, mode)


def test_two_publications_to_one_file_do_not_meet(path: Path, target: Path) -> None:
    fill(path, range(1))
    lock = connection.lock_for_writing(target, 0)
    with pytest.raises(StoreBusyError, match=r"snapshot\.db"):
        publish(path, target, wait_s=0)
    lock.release()
    assert publish(path, target).articles == 1


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permissions there")
def test_a_folder_that_cannot_be_written_to_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path, range(1))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StoreReadOnlyError, match="Permission denied"):
        publish(path, path.with_name("snapshot.db"))
    assert not path.with_name("snapshot.db").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“It is what it is,”", "it is what it is"),
        ("Straße, Café; no more!", "strasse café no more"),
        ("No comment", None),
        ("", None),
    ],
)
def test_words_alone_have_no_case_and_no_marks(text: str, words: str | None) -> None:
    assert published.words_alone(text) == words
