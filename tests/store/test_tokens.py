"""Tokens: told once, kept as hashes in a file of their own, revocable."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from quotes.errors import NotAStoreError, NotFoundError, QueryError, StoreReadOnlyError
from quotes.store import Store
from quotes.store.tokens import Tokens


@pytest.fixture
def tokens(path):
    return Tokens(path)


def test_a_token_is_found_by_what_was_told(tokens):
    secret, made = tokens.create("the desk", ["correct", "read"])
    assert tokens.find(secret) == made
    assert (made.name, made.scopes, made.is_valid) == ("the desk", ("read", "correct"), True)
    assert tokens.all() == [made]


def test_what_was_told_is_nowhere_in_the_file(tokens):
    secret, _ = tokens.create("the desk", ["read"])
    assert secret.encode() not in tokens.path.read_bytes()
    assert secret.removeprefix("qt_").encode() not in tokens.path.read_bytes()


def test_the_file_is_its_owners_alone(tokens):
    tokens.create("the desk", ["read"])
    assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600


def test_a_revoked_token_is_kept_and_no_longer_valid(tokens):
    secret, made = tokens.create("the desk", ["read"])
    assert not tokens.revoke(made.id).is_valid
    assert not tokens.find(secret).is_valid
    assert tokens.revoke(made.id).revoked == tokens.all()[0].revoked


def test_a_token_ends_with_its_lifetime(tokens):
    secret, made = tokens.create("brief", ["read"], lifetime=timedelta(hours=1))
    assert made.is_valid
    assert timedelta(minutes=59) < made.expires - datetime.now(UTC) <= timedelta(hours=1)
    secret, _ = tokens.create("over", ["read"], lifetime=timedelta(seconds=-2))
    assert not tokens.find(secret).is_valid


def test_nothing_else_is_a_token(tokens):
    for presented in ("", "qt_", "qt_x", "x", "\ud800", "qt_' OR 1=1 --"):
        assert tokens.find(presented) is None
    tokens.create("the desk", ["read"])
    for presented in ("", "qt_", "qt_x", "x", "\ud800", "qt_' OR 1=1 --"):
        assert tokens.find(presented) is None


@pytest.mark.parametrize(("name", "scopes"), [(" ", ["read"]), ("x", []), ("x", ["write"])])
def test_a_token_for_nobody_or_nothing_is_refused(tokens, name, scopes):
    with pytest.raises(QueryError):
        tokens.create(name, scopes)


def test_an_unknown_token_cannot_be_revoked(tokens):
    with pytest.raises(NotFoundError):
        tokens.revoke("none")
    tokens.create("x", ["read"])
    with pytest.raises(NotFoundError):
        tokens.revoke("none")


def test_asking_makes_no_file(tokens):
    assert tokens.all() == []
    assert tokens.find("qt_x") is None
    assert not tokens.path.exists()


def test_tokens_are_made_and_revoked_while_articles_are_written(tokens, path):
    with Store.open(path):
        _, made = tokens.create("x", ["ingest"])
        tokens.revoke(made.id)


def test_a_key_stays_the_same(tokens, path):
    assert len(tokens.secret("cursors")) == 32
    assert tokens.secret("cursors") == Tokens(path).secret("cursors") != tokens.secret("others")


def test_a_key_is_had_even_where_none_can_be_kept(tmp_path):
    assert len(Tokens(tmp_path / "none" / "quotes.db").secret("cursors")) == 32


def test_many_at_once_make_one_file(tokens):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: tokens.secret("cursors"), range(16)))
    assert len(keys) == 1


def test_a_file_of_something_else_is_left_alone(tokens):
    tokens.path.write_text("something else, and long enough to be taken for a database file, or nearly")
    with pytest.raises((NotAStoreError, StoreReadOnlyError)):
        tokens.create("x", ["read"])
    tokens.path.unlink()
    with sqlite3.connect(tokens.path) as other:
        other.execute("PRAGMA application_id = 5")
    other.close()
    with pytest.raises(NotAStoreError):
        tokens.create("x", ["read"])
