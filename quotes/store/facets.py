"""How the quotations that answer a question are spread: over years, speakers, outlets and the like."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Literal, get_args

from quotes.errors import QueryError
from quotes.store.conditions import filters, where
from quotes.store.rows import QuoteQuery

Facet = Literal["year", "month", "kind", "act", "outlet", "speaker", "role"]
FACETS: tuple[Facet, ...] = get_args(Facet)

# For each, what is counted by, and whether the counts come in its order instead of the greatest first.
_KEYS: dict[Facet, tuple[str, bool]] = {
    "year": ("substr(quotes.date, 1, 4)", True),
    "month": ("substr(quotes.date, 1, 7)", True),
    "kind": ("quotes.kind", False),
    "act": ("quotes.act", False),
    "outlet": ("(SELECT outlet FROM articles WHERE number = quotes.article)", False),
    "speaker": ("quotes.speaker", False),
    "role": ("quotes.role", False),
}
_NAMES: dict[Facet, str] = {
    "speaker": "SELECT id FROM speakers WHERE number = ?",
    "role": "SELECT name FROM roles WHERE number = ?",
}


def counts(conn: sqlite3.Connection, query: QuoteQuery, by: Facet, *, limit: int = 20) -> dict[str, int]:
    """Return how many quotations answer a query for each year, speaker's id and so on, the most first.

    Years and months come in their order, the last ``limit`` of them; what has none is left out.

    :raises QueryError: There is no such facet.
    """
    if by not in _KEYS:
        raise QueryError(f"“{by}” is nothing to count by: choose from {', '.join(FACETS)}.")
    key, in_order = _KEYS[by]
    tables, conditions, values = filters(conn, replace(query, after=None, without=frozenset()))
    rows = conn.execute(
        f"""
        SELECT {key} AS key, count(*) AS n FROM {tables} {where([*conditions, "key IS NOT NULL"])}
        GROUP BY key ORDER BY {"key DESC" if in_order else "n DESC, key"} LIMIT ?
        """,
        (*values, limit),
    ).fetchall()
    if by in _NAMES:
        rows = [(conn.execute(_NAMES[by], (number,)).fetchone()[0], n) for number, n in rows]
    return dict(reversed(rows) if in_order else rows)
