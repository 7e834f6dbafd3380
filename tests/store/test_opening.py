"""Who may open a file, and what everybody else is told: one clear sentence each."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from quotes.errors import (
    NotAStoreError,
    QuotesError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreNotFoundError,
    StoreOutdatedError,
    StoreReadOnlyError,
    StoreTooNewError,
)
from quotes.store import QuoteQuery, Store
from quotes.store.schema import APPLICATION_ID
from store.made_up import VERSION, made_up_reading, rows


def says(excinfo: pytest.ExceptionInfo[QuotesError], *parts: str) -> None:
    message = str(excinfo.value)
    assert "\n" not in message and message.endswith(".")
    assert all(part in message for part in parts), message


@contextmanager
def without_privileges() -> Iterator[None]:
    """Be a user to whom permissions apply: root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user can look into: pytest's own are its user's alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


def filled(path: Path) -> Path:
    with Store.open(path) as store:
        store.save(made_up_reading(1), VERSION)
    return path


def test_a_closed_store_is_one_file_beside_its_lock(path: Path) -> None:
    filled(path)
    assert sorted(file.name for file in path.parent.iterdir()) == ["quotes.db", "quotes.db.lock"]


def test_a_path_may_be_text_and_hold_any_character(tmp_path: Path) -> None:
    path = tmp_path / "what? 100% #1 “ü”.db"
    filled(path)
    with Store.open(str(path), "ro") as store:
        assert store.statistics().articles == 1


@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_a_missing_file_is_named(path: Path, mode: str) -> None:
    with pytest.raises(StoreNotFoundError) as excinfo:
        Store.open(path, mode, create=False)
    says(excinfo, str(path))
    assert list(path.parent.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFoundError) as excinfo:
        Store.open(tmp_path / "nowhere" / "quotes.db")
    says(excinfo, "nowhere")


def write_text(path: Path) -> None:
    path.write_text("Who said what, " * 1000, "utf-8")


def write_other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")


def write_other_application(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA application_id = 252006673")
        conn.execute("VACUUM")


@pytest.mark.parametrize("mode", ["ro", "rw"])
@pytest.mark.parametrize("write", [write_text, write_other_database, write_other_application, Path.mkdir])
def test_something_else_is_left_alone(path: Path, mode: str, write: Callable[[Path], None]) -> None:
    write(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NotAStoreError) as excinfo:
        Store.open(path, mode)
    says(excinfo, str(path))
    assert [file.name for file in path.parent.iterdir()] == ["quotes.db"]
    assert before is None or path.read_bytes() == before


def test_an_empty_file_can_be_filled_but_not_read(path: Path) -> None:
    path.touch()
    with pytest.raises(NotAStoreError) as excinfo:
        Store.open(path, "ro")
    says(excinfo, "empty")
    filled(path)


@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_a_file_of_a_newer_version_is_left_alone(path: Path, mode: str) -> None:
    with Store.open(filled(path)) as store:
        step = {"migration_set": "quotes", "name": "speakers_in_space", "applied_at": "2999-01-01"}
        store.db["_sqlite_migrations"].insert(step)
    with pytest.raises(StoreTooNewError) as excinfo:
        Store.open(path, mode)
    says(excinfo, "speakers_in_space", "upgrade")


def test_a_file_of_an_older_version_cannot_be_read_yet(path: Path) -> None:
    with Store.open(path) as store:
        store.db["_sqlite_migrations"].delete_where()
    with pytest.raises(StoreOutdatedError) as excinfo:
        Store.open(path, "ro")
    says(excinfo, "older")


def test_a_file_of_an_older_version_is_brought_up_to_date_by_a_writer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute("VACUUM")
    filled(path)
    with Store.open(path, "ro") as store:
        assert store.statistics().articles == 1


def test_two_writers_are_one_too_many(path: Path) -> None:
    with Store.open(path):
        with pytest.raises(StoreBusyError) as excinfo:
            Store.open(path, wait_s=0.05)
        says(excinfo, str(path))
    with Store.open(path, wait_s=0):
        pass


def test_two_paths_to_one_file_have_one_writer(path: Path) -> None:
    filled(path)
    link = path.with_name("link.db")
    link.symlink_to(path)
    with Store.open(path), pytest.raises(StoreBusyError):
        Store.open(link, wait_s=0)


def test_a_failed_opening_lets_the_next_writer_in(path: Path) -> None:
    write_text(path)
    with pytest.raises(NotAStoreError):
        Store.open(path)
    path.unlink()
    filled(path)


def test_closing_twice_is_harmless(path: Path) -> None:
    store = Store.open(path)
    store.close()
    with Store.open(path):
        store.close()
        with pytest.raises(StoreBusyError):
            Store.open(path, wait_s=0)


def test_a_writer_of_another_kind_is_waited_for_and_named(path: Path) -> None:
    with Store.open(filled(path), wait_s=0.05) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError) as excinfo:
            store.save(made_up_reading(2), VERSION)
        says(excinfo, str(path))
        other.rollback()
        assert store.save(made_up_reading(2), VERSION) == "added"


def test_readers_are_not_held_up_by_a_writer_and_see_what_is_finished(path: Path) -> None:
    filled(path)
    with Store.open(path) as writer, Store.open(path, "ro", wait_s=0) as reader:
        writer.db.execute("BEGIN IMMEDIATE")
        writer.db.execute("UPDATE articles SET title = 'half done'")
        assert reader.article("article-1").article.title == "Example 1"
        with Store.open(path, "ro", wait_s=0) as another:
            assert another.article("article-1").article.title == "Example 1"
        writer.db.rollback()
        writer.save(made_up_reading(2), VERSION)
        assert reader.statistics().articles == 2


def test_a_reader_cannot_write(path: Path) -> None:
    with Store.open(filled(path), "ro") as store:
        with pytest.raises(StoreReadOnlyError) as excinfo:
            store.save(made_up_reading(2), VERSION)
        says(excinfo, str(path))


def test_a_read_only_file_can_be_read_and_not_written(public: Path) -> None:
    path = filled(public / "quotes.db")
    path.chmod(0o444)
    (public / "quotes.db.lock").unlink()
    with without_privileges():
        with Store.open(path, "ro") as store:
            assert len(store.search(QuoteQuery())) == 25
        with pytest.raises(StoreReadOnlyError) as excinfo:
            Store.open(path)
    says(excinfo, str(path))


def test_a_file_in_a_read_only_folder_can_be_read_and_not_written(public: Path) -> None:
    path = filled(public / "quotes.db")
    (public / "quotes.db.lock").unlink()
    public.chmod(0o555)
    with without_privileges():
        with Store.open(path, "ro") as store:
            assert len(store.search(QuoteQuery())) == 25
        with pytest.raises(StoreReadOnlyError) as excinfo:
            Store.open(path)
        says(excinfo, "folder")
        with pytest.raises(StoreReadOnlyError):
            Store.open(public / "new.db")


def test_a_file_that_may_not_be_read_is_named(public: Path) -> None:
    path = filled(public / "quotes.db")
    path.chmod(stat.S_IWUSR)
    with without_privileges(), pytest.raises(StoreError) as excinfo:
        Store.open(path, "ro")
    says(excinfo, str(path))


def test_a_full_disk_keeps_what_was_finished(path: Path) -> None:
    with Store.open(path) as store:
        store.save(made_up_reading(1), VERSION)
        before = rows(store)
        pages = store.db.execute("PRAGMA page_count").fetchone()[0]
        store.db.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreFullError) as excinfo:
            for number in range(2, 50):
                store.save(made_up_reading(number, 200), VERSION)
        says(excinfo, str(path), "full")
        assert rows(store) == before
        store.db.execute("PRAGMA max_page_count = 1000000")
        assert store.save(made_up_reading(2, 200), VERSION) == "added"
        assert store.check() == []


def test_a_damaged_file_is_named(path: Path) -> None:
    filled(path)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(StoreDamagedError) as excinfo, Store.open(path, "ro") as store:
        store.search(QuoteQuery())
    says(excinfo, str(path), "damaged")


def test_a_device_is_refused_and_nothing_is_made_beside_it():
    with pytest.raises(NotAStoreError, match="is a device or a pipe"):
        Store.open("/dev/null")
    assert not Path("/dev/null.lock").exists()
