"""What a check of the file finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.store import Store, sqlite_warning
from store.made_up import VERSION, made_up_reading


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(3):
        store.save(made_up_reading(number), VERSION)
    return store


def found_after(store: Store, *changes: str) -> list[str]:
    store.db.execute("PRAGMA foreign_keys = OFF")
    for change in changes:
        store.db.execute(change)
    store.db.conn.commit()
    return store.check()


def test_a_sound_file_has_nothing_to_report(filled: Store, path: Path) -> None:
    assert filled.check() == []
    with Store.open(path, "ro") as reader:
        assert reader.check() == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE articles SET text = 'Other.' WHERE number = 1", "its contents, "),
        ("UPDATE quotes SET cue = 'sang' WHERE number = 1", "its cue, "),
        ("UPDATE quotes SET context_start = 9 WHERE number = 1", "its context, "),
        ("UPDATE quotes SET text = 'Never said' WHERE number = 1", "its text is not that of its contents"),
        ("DELETE FROM articles WHERE number = 1", "points to a row of articles that is not there"),
        ("UPDATE quotes SET speaker = NULL", "has no quotation"),
        ("DELETE FROM quotes_fts_docsize WHERE id = 1", "index of quotes is out of step for 1 row"),
        ("DELETE FROM speakers_fts_docsize WHERE id = 1", "index of speakers is out of step for 1 row"),
        ("DELETE FROM _sqlite_migrations", "lacks the step"),
    ],
)
def test_what_is_wrong_is_said(filled: Store, change: str, finding: str) -> None:
    assert any(finding in sentence for sentence in found_after(filled, change))


def test_an_index_that_knows_other_words_is_found(filled: Store) -> None:
    findings = found_after(
        filled, "DROP TRIGGER roles_name_changed", "UPDATE roles SET name = name || ' once'"
    )
    assert [finding for finding in findings if "index of roles" in finding]


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 50, 7), (3, 44, 6), (3, 6, 23)])
def test_a_mended_sqlite_is_not_warned_of(version: tuple[int, int, int]) -> None:
    assert sqlite_warning(version) is None


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 6), (3, 45, 1), (3, 40, 1), (3, 7, 0)])
def test_a_sqlite_that_can_damage_the_file_is_warned_of(version: tuple[int, int, int]) -> None:
    assert f"SQLite {'.'.join(map(str, version))} can" in str(sqlite_warning(version))
