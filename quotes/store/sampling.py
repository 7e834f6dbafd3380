"""Some of the quotations that answer a question, where there are too many to look at all of them at once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any, Literal

from quotes.store import bounding
from quotes.store.conditions import AMONG, IN_OUTLET, MATCH, filters, where
from quotes.store.rows import QuoteQuery

#: Which quotations were looked at: all that answer, the newest by day, those added last, or just some.
Sample = Literal["all", "newest", "added last", "some"]

# So many of an outlet are looked through for those that meet whatever else is asked.
_OF_OUTLET = 30_000
_ORDERS: dict[Sample, str] = {
    "newest": "ORDER BY quotes.date DESC",
    "added last": "ORDER BY quotes_fts.rowid DESC",
}


def sample(
    conn: sqlite3.Connection, query: QuoteQuery, columns: str, bound: int
) -> tuple[list[tuple[Any, ...]], Sample]:
    """Return some columns of at most ``bound`` quotations that answer a question, and which of them these are."""
    tables, conditions, values, narrowed = _narrowed(conn, query)
    while True:
        order = _ORDERS.get(narrowed or _order(query), "")
        rows = conn.execute(
            f"SELECT {columns} FROM {tables} {where(conditions)} {order} LIMIT ?", (*values, bound + 1)
        ).fetchall()
        if rows or narrowed is None:
            break
        # What is rare is not among those added last: it is looked for everywhere.
        (tables, conditions, values), narrowed = filters(conn, query), None
    if len(rows) > bound:
        return rows[:bound], narrowed or _order(query)
    return rows, narrowed or "all"


def _order(query: QuoteQuery) -> Sample:
    if query.words is not None:
        return "added last"
    # No index has those of an outlet or article by day.
    return "newest" if query.outlet is None and query.article is None else "some"


def _narrowed(
    conn: sqlite3.Connection, query: QuoteQuery
) -> tuple[str, list[str], list[object], Sample | None]:
    """Return a question's filters, narrowed to so few rows that each can be looked up, and which rows those are."""
    tables, conditions, values = filters(conn, query)
    if query.words is not None and conditions != [MATCH] and AMONG not in conditions:
        border = bounding.border(conn, query.words, bounding.LOOKED_UP_TOGETHER)
        if border is not None:
            return tables, [*conditions, "quotes_fts.rowid > ?"], [*values, border], "added last"
    if query.words is None and query.outlet is not None and len(conditions) > 1:
        of_outlet = f"SELECT * FROM quotes WHERE {IN_OUTLET}"
        if conn.execute(f"{of_outlet} LIMIT 1 OFFSET ?", (query.outlet, _OF_OUTLET)).fetchone():
            _, conditions, values = filters(conn, replace(query, outlet=None))
            tables = f"({of_outlet} LIMIT {_OF_OUTLET}) AS quotes"
            return tables, conditions, [query.outlet, *values], "some"
    return tables, conditions, values, None
