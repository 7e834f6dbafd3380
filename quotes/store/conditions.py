"""What a question asks for, as conditions on the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from quotes.store import bounding, words
from quotes.store.rows import QuoteQuery

# The full-text index first, always: looking up its hits for each row of another index can take minutes.
MATCHING = "quotes_fts CROSS JOIN quotes ON quotes.number = quotes_fts.rowid"
MATCH = "quotes_fts MATCH ?"
# With a plus, since SQLite would otherwise ask the index once for each of them.
AMONG = "+quotes_fts.rowid IN (SELECT value FROM json_each(?))"
IN_OUTLET = "quotes.article IN (SELECT number FROM articles WHERE outlet = ?)"

Filters = tuple[str, list[str], list[object]]
"""The tables, the conditions and the conditions' values that a query asks for."""

_BETTER_THAN_KIND = frozenset({"speaker", "role", "outlet", "article"})


def filters(conn: sqlite3.Connection, query: QuoteQuery) -> Filters:
    """Return what a query asks for; where words are common, this looks up the rows that meet all else."""
    tables = "quotes"
    conditions: list[str] = []
    values: list[object] = []

    def add(condition: str, *of: object) -> None:
        conditions.append(condition)
        values.extend(of)

    if query.words is not None:
        tables = MATCHING
        add(MATCH, words.match_expression(query.words))
    if query.speaker is not None:
        add(*_is_one_of("quotes.speaker", _speaker_numbers(conn, query.speaker)))
    if query.role is not None:
        add(*_is_one_of("quotes.role", _role_numbers(conn, query.role)))
    if query.kind is not None:
        # With a plus, its index is left alone: a third of the rows have the same kind.
        add(f"{'+' if query.asks & _BETTER_THAN_KIND else ''}quotes.kind = ?", query.kind)
    if query.act is not None:
        add("quotes.act = ?", query.act)
    if query.outlet is not None:
        add(IN_OUTLET, query.outlet)
    if query.article is not None:
        add("quotes.article = (SELECT number FROM articles WHERE id = ?)", query.article)
    if query.date_from is not None:
        add("quotes.date >= ?", query.date_from.isoformat())
    if query.date_to is not None:
        add("quotes.date <= ?", query.date_to.isoformat())
    if query.min_confidence is not None:
        add("quotes.confidence >= ?", query.min_confidence)
    has_index = query.speaker or query.role or query.article or query.date_from or query.date_to
    if query.words is not None and has_index:
        rows = bounding.few(conn, query.words, conditions[1:], values[1:])
        if rows is not None:
            add(AMONG, rows)
    return tables, conditions, values


def _speaker_numbers(conn: sqlite3.Connection, speaker: str) -> list[int]:
    by_id = conn.execute("SELECT number FROM speakers WHERE id = ?", (speaker,)).fetchone()
    if by_id is not None:
        return [by_id[0]]
    by_name = "SELECT rowid FROM speakers_fts WHERE speakers_fts MATCH ?"
    return [row[0] for row in conn.execute(by_name, (words.all_words(speaker),))]


def _role_numbers(conn: sqlite3.Connection, role: str) -> list[int]:
    by_name = "SELECT rowid FROM roles_fts WHERE roles_fts MATCH ?"
    return [row[0] for row in conn.execute(by_name, (words.one_phrase(role),))]


def _is_one_of(column: str, numbers: Sequence[int]) -> tuple[str] | tuple[str, object]:
    # One number lets SQLite read the list off the index in order, several are put in order afterwards, and
    # for none it need not look at all.
    if not numbers:
        return ("false",)
    if len(numbers) == 1:
        return f"{column} = ?", numbers[0]
    return f"{column} IN (SELECT value FROM json_each(?))", json.dumps(numbers)


def where(conditions: Sequence[str]) -> str:
    """Return the clause for conditions that must all hold."""
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
