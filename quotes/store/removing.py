"""An article taken out of the tables, with everything that only it brought in."""

from __future__ import annotations

import sqlite3

from quotes.errors import NotFoundError
from quotes.store import corrections, writing


def remove_article(conn: sqlite3.Connection, article_id: str) -> None:
    """Remove an article and its quotations within the transaction that is open.

    Speakers and roles that no other article gives go with it. What was corrected in it stays on record, and
    holds again should the article come back.

    :raises NotFoundError: There is no such article.
    """
    row = conn.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"No article has the id “{article_id}”: check it; nothing was removed.")
    (article,) = row
    speakers: set[object] = set(corrections.lift(conn, article_id))
    speakers |= _numbers(conn, "SELECT DISTINCT speaker FROM speaker_names WHERE article = ?", article)
    roles = _numbers(conn, "SELECT DISTINCT role FROM speaker_roles WHERE article = ?", article)
    roles |= _numbers(conn, "SELECT DISTINCT role FROM quotes WHERE article = ?", article)
    for table in ("quotes", "speaker_names", "speaker_roles"):
        conn.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    writing.forget_names(conn, speakers)
    writing.forget_roles(conn, roles - {None})
    # Known within this article only, and to a person's correction of another: that one is all there is now.
    conn.execute("UPDATE speakers SET article = NULL WHERE article = ?", (article,))
    conn.execute("DELETE FROM articles WHERE number = ?", (article,))


def _numbers(conn: sqlite3.Connection, sql: str, article: int) -> set[object]:
    return {row[0] for row in conn.execute(sql, (article,))}
