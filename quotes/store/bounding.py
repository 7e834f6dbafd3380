"""What keeps a question about common words quick, in a database of millions of quotations.

The full-text index finds a word that stands in every second quotation in some milliseconds, but to sort all of
those, or to look each of them up, takes a second. Each remedy here gives the same answer with less work, or says
which part of the answer it is good for.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Sequence
from typing import Any

from quotes.store import words

#: So many hits, those added last, are sorted by relevance before any other; and where more is asked than the words,
#: so that each hit has to be looked up, so many.
RANKED_TOGETHER = 50_000
LOOKED_UP_TOGETHER = 20_000
#: With more hits than this, whatever else is asked is looked up first, if it has not more rows than ``_FEW``.
_BROAD = 10_000
_FEW = 2_000
_FIRST_LOOKED_AT = 2_000
# To find out whether one row is a hit takes as long as to look up so many hits.
_COST_OF_A_CHECK = 25


def border(conn: sqlite3.Connection, asked: str, most: int) -> int | None:
    """Return the number of the hit that ``most`` others were added after; none if there are not as many.

    :param asked: A user's words, as :class:`quotes.store.rows.QuoteQuery` takes them.
    """
    row = conn.execute(
        "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        (words.match_expression(asked), most),
    ).fetchone()
    return None if row is None else int(row[0])


def few(
    conn: sqlite3.Connection, asked: str, conditions: Sequence[str], values: Sequence[object]
) -> str | None:
    """Return, as JSON, the numbers of the rows that meet some conditions, if it is worth starting from those.

    That is so where the words are common and these rows few.
    """
    if border(conn, asked, _BROAD) is None:
        return None
    rows = conn.execute(
        f"SELECT number FROM quotes WHERE {' AND '.join(conditions)} LIMIT ?", (*values, _FEW + 1)
    ).fetchall()
    return json.dumps([number for (number,) in rows]) if len(rows) <= _FEW else None


def are_dense(conn: sqlite3.Connection, asked: str, limit: int) -> bool:
    """Return whether words are so common that looking row after row finds ``limit`` hits sooner than sorting all."""
    rows = conn.execute("SELECT max(number) FROM quotes").fetchone()[0] or 0
    return border(conn, asked, math.isqrt(_COST_OF_A_CHECK * limit * rows)) is not None


def last_to_look_at(
    conn: sqlite3.Connection, clause: str, values: Sequence[object], order: str
) -> tuple[str, Any] | None:
    """Return a condition, with its value, that ends a list soon enough to look at each of its rows.

    :param order: What the list is sorted by, of which the first column decides.
    :returns: Nothing where the list is short anyway.
    """
    column, _, rest = order.partition(" ")
    column = column.rstrip(",")
    row = conn.execute(
        f"SELECT {column} FROM quotes {clause} ORDER BY {order} LIMIT 1 OFFSET ?", (*values, _FIRST_LOOKED_AT)
    ).fetchone()
    return None if row is None else (f"{column} {'>=' if rest.startswith('DESC') else '<='} ?", row[0])
