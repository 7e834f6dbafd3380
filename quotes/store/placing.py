"""Where in a list its rows are: the first of two steps to answer a question, and the one that takes time.

The numbers of the rows come off an index in order, where there is one; only then are the rows themselves read. So
no more than a screenful of text is ever read, whatever is sorted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from quotes.store import bounding, words
from quotes.store.conditions import AMONG, IN_OUTLET, MATCH, MATCHING, Filters, filters, where
from quotes.store.rows import Cursor, QuoteQuery

_Fetch = Callable[[sqlite3.Connection, str, Sequence[object]], list[Cursor]]


@dataclass(slots=True)
class _Part:
    """Some of a list's rows: those that meet the conditions, in an order."""

    conditions: list[str]
    order: str
    values: list[object] = field(default_factory=list)


def every(conn: sqlite3.Connection, query: QuoteQuery) -> Iterator[Cursor]:
    """Yield the places of all of a list's rows, in order."""
    for sql, values in _statements(conn, query, filters(conn, query), -1):
        for row in conn.execute(sql, values):
            yield Cursor(*row)


def first(conn: sqlite3.Connection, query: QuoteQuery) -> list[Cursor]:
    """Return the places of the quotations that answer a query, at most ``query.limit``, in order."""
    return _first(conn, query, _stepped)


def first_at_once(conn: sqlite3.Connection, query: QuoteQuery) -> list[Cursor]:
    """Return the same, in one step: a thread that steps from row to row has to wait for its turn at each.

    A relevance is then good to 15 digits: enough to sort by, not to go on after.
    """
    return _first(conn, query, _at_once)


def count(conn: sqlite3.Connection, query: QuoteQuery) -> int:
    """Return how many quotations answer a query, whatever its limit and cursor."""
    tables, conditions, values = filters(conn, query)
    sql = f"SELECT count(*) FROM {tables} {where(conditions)}"
    if conditions == [MATCH]:
        sql = _without_table(sql)
    number: int = conn.execute(sql, values).fetchone()[0]
    return number


def _first(conn: sqlite3.Connection, query: QuoteQuery, fetch: _Fetch) -> list[Cursor]:
    wanted = query.limit + len(query.without)
    asked = filters(conn, query)
    found = _walked(conn, query, asked, wanted, fetch)
    if found is None:
        found = []
        for sql, values in _statements(conn, query, asked, wanted):
            found += fetch(conn, sql, values)
            if len(found) >= wanted:
                break
    return [place for place in found if place.number not in query.without][: query.limit]


def _stepped(conn: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[Cursor]:
    return [Cursor(*row) for row in conn.execute(sql, values)]


def _at_once(conn: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[Cursor]:
    (page,) = conn.execute(
        f"SELECT json_group_array(json_array(value, number)) FROM ({sql})", values
    ).fetchone()
    return [Cursor(*place) for place in json.loads(page)]


def _statements(
    conn: sqlite3.Connection, query: QuoteQuery, asked: Filters, limit: int
) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the statements, with their values, that find a list's rows, one stretch after the other.

    :param asked: What :func:`quotes.store.conditions.filters` makes of the query.
    :param limit: Rows that each finds at most; -1 is all.
    """
    tables, conditions, values = asked
    is_ranked = query.order == "relevance"
    value = "quotes_fts.rank" if is_ranked else "quotes.date"
    if not is_ranked:
        parts = _parts(query)
    elif AMONG in conditions:
        parts = _ranked_parts(query.after, None)
    else:
        most = bounding.RANKED_TOGETHER if conditions == [MATCH] else bounding.LOOKED_UP_TOGETHER
        parts = _ranked_parts(query.after, bounding.border(conn, query.words or "", most))
    for part in parts:
        sql = f"""
            SELECT {value} AS value, quotes.number AS number
            FROM {tables} {where([*conditions, *part.conditions])} ORDER BY {part.order} LIMIT ?
        """
        if is_ranked and conditions == [MATCH]:
            sql = _without_table(sql)
        yield sql, (*values, *part.values, limit)


def _walked(
    conn: sqlite3.Connection, query: QuoteQuery, asked: Filters, limit: int, fetch: _Fetch
) -> list[Cursor] | None:
    """Return a list's first places by looking at one row after the other, newest or oldest first.

    For what every second row meets, that takes some twenty looks; to sort all that meet it takes a second.

    :returns: Nothing where that is not the quicker way, or did not turn out to be.
    """
    is_sparse = query.words is None and query.outlet is None
    if query.order == "relevance" or query.article is not None or is_sparse:
        return None
    if query.words is not None and (AMONG in asked[1] or not bounding.are_dense(conn, query.words, limit)):
        return None
    simple = replace(query, words=None, outlet=None)
    _, conditions, values = filters(conn, simple)
    more: list[str] = []
    more_values: list[object] = []
    if query.outlet is not None:
        more.append(f"+{IN_OUTLET}")
        more_values.append(query.outlet)
    if query.words is not None:
        more.append("EXISTS (SELECT 1 FROM quotes_fts WHERE quotes_fts MATCH ? AND rowid = quotes.number)")
        more_values.append(words.match_expression(query.words))
    found: list[Cursor] = []
    for part in _parts(simple):
        clause = [*conditions, *part.conditions]
        end = bounding.last_to_look_at(conn, where(clause), [*values, *part.values], part.order)
        last, last_values = ([], []) if end is None else ([end[0]], [end[1]])
        sql = f"""
            SELECT quotes.date AS value, quotes.number AS number
            FROM quotes {where([*clause, *last, *more])} ORDER BY {part.order} LIMIT ?
        """
        found += fetch(conn, sql, [*values, *part.values, *last_values, *more_values, limit])
        if len(found) >= limit:
            return found
        if end is not None:
            return None
    return found


def _without_table(sql: str) -> str:
    """Return a statement that asks the full-text index alone: the table need not be looked up for each hit."""
    return sql.replace(MATCHING, "quotes_fts").replace("quotes.number", "quotes_fts.rowid")


def _parts(query: QuoteQuery) -> list[_Part]:
    """Return the stretches that make up a list, from its cursor on, each of which one index has in order.

    A condition that mixes date and number, or puts rows without a date last, would keep SQLite from seeking.
    """
    cursor = query.after
    if query.words is not None:
        return [_found_by_words(query, cursor)]
    if cursor is not None and cursor.value is None:
        return [_Part(["quotes.date IS NULL", "quotes.number > ?"], "quotes.number", [cursor.number])]
    undated = _Part(["quotes.date IS NULL"], "quotes.number")
    direction, beyond = ("DESC", "<") if query.order == "newest" else ("ASC", ">")
    order = f"quotes.date {direction}, quotes.number"
    if cursor is None:
        return [_Part(["quotes.date IS NOT NULL"], order), undated]
    same_day = _Part(["quotes.date = ?", "quotes.number > ?"], "quotes.number", [cursor.value, cursor.number])
    return [same_day, _Part([f"quotes.date {beyond} ?"], order, [cursor.value]), undated]


def _ranked_parts(cursor: Cursor | None, border: int | None) -> list[_Part]:
    """Return the stretches of a list by relevance: hits added after a border, and then the others.

    FTS5's rank is smaller, the better the match.
    """
    order = "quotes_fts.rank, quotes.number"
    parts = [_Part([], order)]
    if border is not None:
        parts = [
            _Part(["quotes_fts.rowid > ?"], order, [border]),
            _Part(["quotes_fts.rowid <= ?"], order, [border]),
        ]
        if cursor is not None and cursor.number <= border:
            del parts[0]
    if cursor is not None:
        parts[0].conditions.append("(quotes_fts.rank, quotes.number) > (?, ?)")
        parts[0].values += [cursor.value, cursor.number]
    return parts


def _found_by_words(query: QuoteQuery, cursor: Cursor | None) -> _Part:
    """Return all of a list that the full-text index finds: it is sorted afterwards, so once is enough."""
    direction, beyond = ("DESC", "<") if query.order == "newest" else ("ASC", ">")
    order = f"quotes.date IS NULL, quotes.date {direction}, quotes.number"
    if cursor is None:
        return _Part([], order)
    if cursor.value is None:
        return _Part(["quotes.date IS NULL", "quotes.number > ?"], order, [cursor.number])
    rest = f"(quotes.date {beyond} ? OR quotes.date IS NULL OR (quotes.date = ? AND quotes.number > ?))"
    return _Part([rest], order, [cursor.value, cursor.value, cursor.number])
