"""What a user's words find: asked of a real full-text table."""

from __future__ import annotations

import sqlite3

import pytest

from quotes.errors import QueryError
from quotes.store.words import MAX_LENGTH, TOKENIZER, all_words, match_expression, one_phrase

TEXTS = {
    1: "We will build the bridge",
    2: "The bridge will not be built, said the café owner",
    3: "A new school near the bridge",
    4: "The price of water is up 5% -- again",
    5: "naïve mid-term plans AND hopes NOT kept",
}


def found(expression: str) -> set[int]:
    conn = sqlite3.connect(":memory:")
    conn.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}')")
    conn.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", TEXTS.items())
    rows = {row[0] for row in conn.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (expression,))}
    conn.close()
    return rows


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("bridge", {1, 2, 3}),
        ("BRIDGE", {1, 2, 3}),
        ("bridge will", {1, 2}),
        ('"the bridge will"', {2}),
        ("“the bridge will”", {2}),
        ("«the bridge»", {1, 2, 3}),
        ("bridge -school", {1, 2}),
        ('bridge -"will not" -school', {1}),
        ("bridge - school", {3}),
        ("buil*", {1, 2}),
        ("cafe", {2}),
        ("naive", {5}),
        ("mid-term", {5}),
        ("term-mid", set()),
        ("AND", {5}),
        ("hopes NOT kept", {5}),
        ("5%", {4}),
        ("water ?!", {4}),
        ("text:water", set()),
        ("(water", {4}),
        ("water^2", set()),
        ("it's", set()),
        ("water\0price", {4}),
        ("water \ud800", {4}),
    ],
)
def test_words_are_taken_as_a_reader_means_them(words: str, numbers: set[int]) -> None:
    assert found(match_expression(words)) == numbers


@pytest.mark.parametrize(
    "words", ["", "   ", "?!", '""', "-", "*", "-bridge", '-"the bridge" -school', "\0", "😀"]
)
def test_words_with_nothing_to_look_for_are_refused(words: str) -> None:
    with pytest.raises(QueryError, match="nothing to look for"):
        match_expression(words)


def test_a_mark_that_is_never_closed_is_named() -> None:
    with pytest.raises(QueryError, match="before “the bridge” is never closed"):
        match_expression('school "the bridge')


def test_too_many_characters_are_refused() -> None:
    with pytest.raises(QueryError, match="too many"):
        match_expression("a " * MAX_LENGTH)


def test_as_many_words_as_are_allowed_are_looked_for() -> None:
    assert found(match_expression("bridge " * (MAX_LENGTH // 7))) == {1, 2, 3}
    assert found(match_expression("bridge " + "-x " * 1000)) == {1, 2, 3}


def test_nothing_is_special_in_the_words_of_a_name() -> None:
    assert found(all_words('-bridge "school')) == {3}
    assert found(one_phrase("the bridge")) == {1, 2, 3}
    assert found(one_phrase('bridge "the')) == set()
    with pytest.raises(QueryError):
        all_words('" -')
    with pytest.raises(QueryError):
        one_phrase('"')
