"""Lists of what quotations hang on: speakers, roles and articles.

Speakers and roles come by how much they are quoted, which changes from one page to the next while articles
are added. So a page says which rows it has had (``without``) rather than where it stopped; past the first few
hundred, a list goes on by number (``after``), which never changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from quotes.model import SpeakerKind
from quotes.roles import fullest
from quotes.store import identity, words
from quotes.store.conditions import where
from quotes.store.rows import ArticleItem, Cursor, RoleItem, SpeakerItem, read_day

# Conditions, their values, and the order.
_Stretch = tuple[list[str], list[object], str]


def speakers(
    conn: sqlite3.Connection,
    *,
    name: str | None = None,
    kind: SpeakerKind | None = None,
    without: Collection[int] = (),
    after: int | None = None,
    limit: int = 50,
) -> list[SpeakerItem]:
    """Return speakers, the most quoted first or, with ``after``, by number from there on.

    :param name: Words that one of the speaker's names contains.
    """
    conditions, values = _ranked_conditions("quotes.speaker", without, after)
    if name is not None:
        conditions.append("quotes.speaker IN (SELECT rowid FROM speakers_fts WHERE speakers_fts MATCH ?)")
        values.append(words.all_words(name))
    if kind is not None:
        conditions.append("quotes.speaker IN (SELECT number FROM speakers WHERE kind = ?)")
        values.append(kind)
    order = "n DESC, who" if after is None else "who"
    # Days only of those that are shown: each by itself is read off an index.
    rows = conn.execute(
        f"""
        SELECT who, speakers.id, speakers.name, speakers.kind, speakers.names, n,
               (SELECT min(date) FROM quotes WHERE speaker = who),
               (SELECT max(date) FROM quotes WHERE speaker = who)
        FROM (
            SELECT quotes.speaker AS who, count(*) AS n FROM quotes
            {where([*conditions, "quotes.speaker IS NOT NULL"])} GROUP BY quotes.speaker ORDER BY {order} LIMIT ?
        ) CROSS JOIN speakers ON speakers.number = who ORDER BY {order}
        """,
        (*values, limit),
    ).fetchall()
    roles_held = main_roles(conn, [row[0] for row in rows])
    return [
        SpeakerItem(
            number,
            speaker_id,
            shown,
            its_kind,
            roles_held.get(number),
            tuple(names.split("\n")),
            n,
            read_day(first),
            read_day(last),
        )
        for number, speaker_id, shown, its_kind, names, n, first, last in rows
    ]


def main_roles(conn: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return, of those speakers who have a role, the one that says most of each."""
    rows = conn.execute(
        """
        SELECT speaker_roles.speaker, roles.name, count(*) FROM speaker_roles
        JOIN roles ON roles.number = speaker_roles.role
        WHERE speaker_roles.speaker IN (SELECT value FROM json_each(?))
        GROUP BY speaker_roles.speaker, speaker_roles.role
        """,
        (json.dumps(numbers),),
    )
    used: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for number, role, articles_with_it in rows:
        used[number][role] = articles_with_it
    return {number: role for number, roles_used in used.items() if (role := fullest(roles_used))}


def count_speakers(
    conn: sqlite3.Connection, *, name: str | None = None, kind: SpeakerKind | None = None
) -> int:
    """Return how many speakers there are, with quotations, of a name and kind."""
    conditions: list[str] = ["EXISTS (SELECT 1 FROM quotes WHERE quotes.speaker = speakers.number)"]
    values: list[object] = []
    if name is not None:
        conditions.append("number IN (SELECT rowid FROM speakers_fts WHERE speakers_fts MATCH ?)")
        values.append(words.all_words(name))
    if kind is not None:
        conditions.append("kind = ?")
        values.append(kind)
    return _count(conn, "speakers", conditions, values)


def speaker_ids(conn: sqlite3.Connection, speaker: str, *, limit: int) -> list[str]:
    """Return the ids of those whom a question about a speaker, by id or by name, is about; not in any order."""
    if identity.is_id(speaker):
        by_id = conn.execute("SELECT id FROM speakers WHERE id = ?", (speaker,)).fetchone()
        if by_id is not None:
            return [by_id[0]]
    sql = """
        SELECT json_group_array(id) FROM (
            SELECT speakers.id FROM speakers_fts JOIN speakers ON speakers.number = speakers_fts.rowid
            WHERE speakers_fts MATCH ? LIMIT ?
        )
    """
    found: list[str] = json.loads(conn.execute(sql, (words.all_words(speaker), limit)).fetchone()[0])
    return found


def matching_speakers(conn: sqlite3.Connection, speaker: str, *, limit: int) -> list[SpeakerItem]:
    """Return those whom a question about a speaker, by id or by name, is about: the most quoted first."""
    by_id = conn.execute("SELECT 1 FROM speakers WHERE id = ?", (speaker,)).fetchone()
    return [] if by_id else speakers(conn, name=speaker, limit=limit)


def all_names(conn: sqlite3.Connection) -> list[str]:
    """Return every name of every speaker."""
    rows = conn.execute("SELECT names FROM speakers")
    return [name for (names,) in rows for name in names.split("\n")]


def roles(
    conn: sqlite3.Connection,
    *,
    name: str | None = None,
    without: Collection[int] = (),
    after: int | None = None,
    limit: int = 50,
) -> list[RoleItem]:
    """Return roles, those with the most quotations first or, with ``after``, by number from there on.

    :param name: Words that the role contains, in this order.
    """
    conditions, values = _ranked_conditions("roles.number", without, after)
    if name is not None:
        conditions.append("roles.number IN (SELECT rowid FROM roles_fts WHERE roles_fts MATCH ?)")
        values.append(words.one_phrase(name))
    rows = conn.execute(
        f"""
        SELECT roles.number, roles.name, count(*) AS n, min(quotes.date), max(quotes.date)
        FROM roles JOIN quotes ON quotes.role = roles.number
        {where(conditions)} GROUP BY roles.number
        ORDER BY {"n DESC, roles.number" if after is None else "roles.number"} LIMIT ?
        """,
        (*values, limit),
    )
    return [
        RoleItem(number, role, n, read_day(first), read_day(last)) for number, role, n, first, last in rows
    ]


def count_roles(conn: sqlite3.Connection, *, name: str | None = None) -> int:
    """Return how many roles there are, with quotations, that contain some words."""
    conditions: list[str] = ["EXISTS (SELECT 1 FROM quotes WHERE quotes.role = roles.number)"]
    values: list[object] = []
    if name is not None:
        conditions.append("number IN (SELECT rowid FROM roles_fts WHERE roles_fts MATCH ?)")
        values.append(words.one_phrase(name))
    return _count(conn, "roles", conditions, values)


def articles(
    conn: sqlite3.Connection,
    *,
    outlet: str | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    after: Cursor | None = None,
    limit: int = 50,
) -> list[ArticleItem]:
    """Return articles, the latest first; those without a date come last."""
    conditions, values = _article_conditions(outlet, date_from, date_to)
    found: list[ArticleItem] = []
    for extra, extra_values, order in _stretches(after):
        rows = conn.execute(
            f"""
            SELECT id, title, outlet, url, author, published,
                   (SELECT count(*) FROM quotes WHERE quotes.article = articles.number), number
            FROM articles {where([*conditions, *extra])} ORDER BY {order} LIMIT ?
            """,
            (*values, *extra_values, limit - len(found)),
        )
        found += [
            ArticleItem(
                article_id, title, its_outlet, url, author, read_day(published), n, Cursor(published, number)
            )
            for article_id, title, its_outlet, url, author, published, n, number in rows.fetchall()
        ]
        if len(found) == limit:
            break
    return found


def count_articles(
    conn: sqlite3.Connection,
    *,
    outlet: str | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
) -> int:
    """Return how many articles there are of an outlet and a time."""
    conditions, values = _article_conditions(outlet, date_from, date_to)
    return _count(conn, "articles", conditions, values)


def _stretches(after: Cursor | None) -> list[_Stretch]:
    """Return the stretches that make up the list, from its cursor on, each in the order of an index."""
    undated: _Stretch = (["published IS NULL"], [], "number")
    order = "published DESC, number"
    if after is None:
        return [(["published IS NOT NULL"], [], order), undated]
    if after.value is None:
        return [(["published IS NULL", "number > ?"], [after.number], "number")]
    same_day: _Stretch = (["published = ?", "number > ?"], [after.value, after.number], "number")
    return [same_day, (["published < ?"], [after.value], order), undated]


def _article_conditions(
    outlet: str | None, date_from: date | None, date_to: date | None
) -> tuple[list[str], list[object]]:
    asked = (
        ("outlet = ?", outlet),
        ("published >= ?", date_from and date_from.isoformat()),
        ("published <= ?", date_to and date_to.isoformat()),
    )
    given = [(condition, value) for condition, value in asked if value is not None]
    return [condition for condition, _ in given], [value for _, value in given]


def _ranked_conditions(
    column: str, without: Collection[int], after: int | None
) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    if without:
        conditions.append(f"{column} NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(without)))
    if after is not None:
        conditions.append(f"{column} > ?")
        values.append(after)
    return conditions, values


def _count(conn: sqlite3.Connection, table: str, conditions: list[str], values: list[Any]) -> int:
    number: int = conn.execute(f"SELECT count(*) FROM {table} {where(conditions)}", values).fetchone()[0]
    return number
