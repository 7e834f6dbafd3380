"""A user's words made into an expression that SQLite's full-text search (FTS5) takes as meant.

Every token is quoted, since a list of characters that need it always misses one
(https://www.sqlite.org/fts5.html#full_text_query_syntax).
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Sequence

from quotes.errors import QueryError

TOKENIZER = "unicode61 remove_diacritics 2"
MAX_LENGTH = 4000

_MARKS = '"“”„«»'
_PART = re.compile(
    rf"""
    (?P<minus>(?<!\S)-+)?
    (?: [{_MARKS}] (?P<phrase>[^{_MARKS}]*) (?P<closed>[{_MARKS}])?
      | (?P<word>[^\s{_MARKS}]+)
    )
    """,
    re.VERBOSE,
)
# FTS5 reads its expression as a C string, and a lone surrogate has no UTF-8 form.
_UNSEARCHABLE = re.compile(r"[\x00\ud800-\udfff]")
# Whatever else is in a text, one of these makes a word of it.
_PLAIN = re.compile(r"[A-Za-z0-9]")
_local = threading.local()


def match_expression(words: str) -> str:
    """Return the FTS5 expression for what a user typed.

    Every word must occur; ``"…"`` (straight or curly) keeps words together and in order, a leading ``-``
    takes away what contains the word or phrase, a ``*`` at the end of a word stands for any ending.

    :raises QueryError: Nothing is left to look for, a quotation mark is never closed, or there are more than
        :data:`MAX_LENGTH` characters.
    """
    parts = [(bool(match["minus"]), _phrase(match)) for match in _PART.finditer(_searchable_text(words))]
    found = _have_words([phrase for _, phrase in parts])
    wanted = [_quoted(phrase) for (minus, phrase), ok in zip(parts, found, strict=True) if ok and not minus]
    unwanted = [_quoted(phrase) for (minus, phrase), ok in zip(parts, found, strict=True) if ok and minus]
    if not wanted:
        hint = " besides those that a minus takes away" if unwanted else ""
        raise QueryError(f"There is nothing to look for in “{words}”: give at least one word{hint}.")
    expression = " ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression


def wanted(words: str) -> list[str]:
    """Return the words and phrases that a search looks for, so that a page can show where they stand.

    One that ends in ``*`` stands for any ending; what a minus takes away is left out.
    """
    return [_phrase(match) for match in _PART.finditer(_searchable_text(words)) if not match["minus"]]


def all_words(text: str) -> str:
    """Return the FTS5 expression for a text that contains every word of another, nothing in it being special.

    :raises QueryError: There is no word in it, or there are more than :data:`MAX_LENGTH` characters.
    """
    words = _searchable_text(text).replace('"', " ").split()
    wanted = [_quoted(word) for word, ok in zip(words, _have_words(words), strict=True) if ok]
    if not wanted:
        raise QueryError(f"There is nothing to look for in “{text}”: give at least one word.")
    return " ".join(wanted)


def one_phrase(text: str) -> str:
    """Return the FTS5 expression for a text that contains the words of another in their order, side by side.

    :raises QueryError: As :func:`all_words`.
    """
    phrase = _searchable_text(text).replace('"', " ")
    if not _have_words([phrase])[0]:
        raise QueryError(f"There is nothing to look for in “{text}”: give at least one word.")
    return f'"{phrase}"'


def _searchable_text(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise QueryError(f"{len(text):,} characters are too many to look for: give at most {MAX_LENGTH:,}.")
    return _UNSEARCHABLE.sub(" ", text)


def _phrase(match: re.Match[str]) -> str:
    if match["word"] is not None:
        return match["word"]
    if match["closed"] is None:
        raise QueryError(
            f"The quotation mark before “{match['phrase'][:40]}” is never closed: close it, or leave it out."
        )
    return match["phrase"]


def _quoted(phrase: str) -> str:
    return f'"{phrase[:-1]}"*' if phrase.endswith("*") else f'"{phrase}"'


def _have_words(texts: Sequence[str]) -> list[bool]:
    # FTS5 finds nothing, and says nothing, for a phrase that its tokenizer leaves empty; which characters
    # make words depends on SQLite's own Unicode tables, so SQLite is asked.
    full = {number for number, text in enumerate(texts) if _PLAIN.search(text)}
    if len(full) < len(texts):
        scratch = _scratch()
        scratch.execute("DELETE FROM texts")
        scratch.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))
        full |= {row[0] for row in scratch.execute("SELECT DISTINCT doc FROM tokens")}
    return [number in full for number in range(len(texts))]


def _scratch() -> sqlite3.Connection:
    if not hasattr(_local, "scratch"):
        scratch = sqlite3.connect(":memory:", isolation_level=None)
        scratch.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='{TOKENIZER}')")
        scratch.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(texts, instance)")
        _local.scratch = scratch
    connection: sqlite3.Connection = _local.scratch
    return connection
