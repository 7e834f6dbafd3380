"""Questions put to the tables, and their rows made into records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from quotes.errors import NotFoundError
from quotes.model import Article, Span
from quotes.store import placing, words
from quotes.store.rows import (
    ArticleRef,
    ArticleRow,
    Cursor,
    QuoteQuery,
    QuoteRow,
    RoleUse,
    SpeakerRef,
    SpeakerRow,
    Statistics,
    read_day,
)

_BATCH = 500
_ROWS = """
    SELECT quotes.number, quotes.id, quotes.position, quotes.kind, quotes.act, quotes.text, quotes.contents,
           quotes.confidence, quotes.said_on, quotes.date,
           quotes.cue_start, quotes.cue_end, quotes.cue,
           quotes.source_start, quotes.source_end, quotes.source,
           quotes.context_start, quotes.context_end, quotes.context,
           articles.id, articles.title, articles.outlet, articles.url, articles.published,
           speakers.id, speakers.name, speakers.kind, roles.name
    FROM quotes
    JOIN articles ON articles.number = quotes.article
    LEFT JOIN speakers ON speakers.number = quotes.speaker
    LEFT JOIN roles ON roles.number = quotes.role
"""

_SPEAKERS = """
    SELECT speakers.number, speakers.id, speakers.name, speakers.kind, articles.id, speakers.names,
           count(*), min(quotes.date), max(quotes.date)
    FROM speakers
    JOIN quotes ON quotes.speaker = speakers.number
    LEFT JOIN articles ON articles.number = speakers.article
"""


def search(conn: sqlite3.Connection, query: QuoteQuery) -> list[QuoteRow]:
    """Return the quotations that answer a query, at most ``query.limit``."""
    return rows(conn, placing.first(conn, query))


def export(conn: sqlite3.Connection, query: QuoteQuery) -> Iterator[QuoteRow]:
    """Yield every quotation that answers a query, whatever its limit."""
    found = (place for place in placing.every(conn, query) if place.number not in query.without)
    while batch := list(islice(found, _BATCH)):
        yield from rows(conn, batch)


def quote(conn: sqlite3.Connection, quote_id: str) -> QuoteRow:
    """Return the quotation with that id."""
    row = conn.execute(f"{_ROWS} WHERE quotes.id = ?", (quote_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"No quotation has the id “{quote_id}”: check it, or search for its words.")
    return _quote_row(row, None)


def rejected_quote(conn: sqlite3.Connection, quote_id: str) -> QuoteRow | None:
    """Return the quotation with that id if somebody rejected it as none."""
    rows_of_rejected = _ROWS.replace("FROM quotes", "FROM rejected_quotes AS quotes")
    row = conn.execute(f"{rows_of_rejected} WHERE quotes.id = ?", (quote_id,)).fetchone()
    return None if row is None else _quote_row(row, None)


def article(conn: sqlite3.Connection, article_id: str) -> ArticleRow:
    """Return the article with that id, with its text."""
    row = conn.execute(
        """
        SELECT id, text, title, url, outlet, author, published, path, reader,
               (SELECT count(*) FROM quotes WHERE quotes.article = articles.number)
        FROM articles WHERE id = ?
        """,
        (article_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError(f"No article has the id “{article_id}”: check it, or ingest the article first.")
    text, title, url, outlet, author, published, path = row[1:8]
    stored = Article(row[0], text, title, url, outlet, author, read_day(published), path)
    return ArticleRow(stored, reader_version=row[8], quotations=row[9])


def article_quotes(conn: sqlite3.Connection, article_id: str) -> list[QuoteRow]:
    """Return the quotations of an article in the order they stand there."""
    rows = conn.execute(f"{_ROWS} WHERE articles.id = ? ORDER BY quotes.position", (article_id,)).fetchall()
    if not rows:
        article(conn, article_id)
    return [_quote_row(row, None) for row in rows]


def speakers(conn: sqlite3.Connection, name: str | None, limit: int) -> list[SpeakerRow]:
    """Return the speakers whose names contain every word of ``name``, the most quoted first."""
    if name is None:
        where, values = "", []
    else:
        where = "WHERE speakers.number IN (SELECT rowid FROM speakers_fts WHERE speakers_fts MATCH ?)"
        values = [words.all_words(name)]
    rows = conn.execute(
        f"""
        {_SPEAKERS} {where}
        GROUP BY speakers.number ORDER BY count(*) DESC, speakers.name, speakers.id LIMIT ?
        """,
        (*values, limit),
    )
    return [_speaker_row(conn, row) for row in rows.fetchall()]


def speaker(conn: sqlite3.Connection, speaker_id: str) -> SpeakerRow:
    """Return the speaker with that id."""
    row = conn.execute(
        f"{_SPEAKERS} WHERE speakers.id = ? GROUP BY speakers.number", (speaker_id,)
    ).fetchone()
    if row is None:
        raise _no_speaker(speaker_id)
    return _speaker_row(conn, row)


def require_speaker(conn: sqlite3.Connection, speaker_id: str) -> None:
    """Do nothing if there is a speaker with that id.

    :raises NotFoundError: There is none.
    """
    if conn.execute("SELECT 1 FROM speakers WHERE id = ?", (speaker_id,)).fetchone() is None:
        raise _no_speaker(speaker_id)


def _no_speaker(speaker_id: str) -> NotFoundError:
    return NotFoundError(f"No speaker has the id “{speaker_id}”: check it, or search by name.")


def statistics(conn: sqlite3.Connection) -> Statistics:
    """Return how much the store holds."""
    by_kind = dict(conn.execute("SELECT kind, count(*) FROM quotes GROUP BY kind ORDER BY kind"))
    by_reader = dict(conn.execute("SELECT reader, count(*) FROM articles GROUP BY reader ORDER BY reader"))
    first, last = conn.execute(
        "SELECT (SELECT min(date) FROM quotes), (SELECT max(date) FROM quotes)"
    ).fetchone()
    return Statistics(
        articles=sum(by_reader.values()),
        quotations=sum(by_kind.values()),
        speakers=conn.execute("SELECT count(*) FROM speakers").fetchone()[0],
        attributed=conn.execute("SELECT count(*) FROM quotes WHERE speaker IS NOT NULL").fetchone()[0],
        first=read_day(first),
        last=read_day(last),
        by_kind=by_kind,
        by_reader=by_reader,
    )


def rows(conn: sqlite3.Connection, places: Sequence[Cursor]) -> list[QuoteRow]:
    """Return the quotations at some places, in their order."""
    numbers = json.dumps([place.number for place in places])
    found = conn.execute(f"{_ROWS} WHERE quotes.number IN (SELECT value FROM json_each(?))", (numbers,))
    by_number = {row[0]: row for row in found}
    return [_quote_row(by_number[place.number], place) for place in places if place.number in by_number]


def _quote_row(row: tuple[Any, ...], place: Cursor | None) -> QuoteRow:
    number, quote_id, position, kind, act, text, contents, confidence, said_on, day = row[:10]
    cue, source, context = row[10:13], row[13:16], row[16:19]
    article_id, title, outlet, url, published = row[19:24]
    speaker, role = row[24:27], row[27]
    return QuoteRow(
        id=quote_id,
        article=ArticleRef(article_id, title, outlet, url, read_day(published)),
        position=position,
        kind=kind,
        act=act,
        text=text,
        contents=tuple(Span(**span) for span in json.loads(contents)),
        cue=_span(*cue),
        source=_span(*source),
        speaker=SpeakerRef(*speaker) if speaker[0] is not None else None,
        role=role,
        confidence=confidence,
        context=Span(*context),
        said_on=read_day(said_on),
        date=read_day(day),
        cursor=place or Cursor(day, number),
    )


def _speaker_row(conn: sqlite3.Connection, row: tuple[Any, ...]) -> SpeakerRow:
    number, speaker_id, name, kind, article_id, names, quotations, first, last = row
    roles = conn.execute(
        # With a single max(), SQLite takes the article's id from the row that holds the maximum.
        """
        SELECT roles.name, count(*), min(speaker_roles.date), max(ifnull(speaker_roles.date, '')), articles.id
        FROM speaker_roles
        JOIN roles ON roles.number = speaker_roles.role
        JOIN articles ON articles.number = speaker_roles.article
        WHERE speaker_roles.speaker = ?
        GROUP BY roles.number ORDER BY count(*) DESC, roles.name
        """,
        (number,),
    )
    return SpeakerRow(
        id=speaker_id,
        name=name,
        kind=kind,
        article_id=article_id,
        names=tuple(names.split("\n")),
        roles=tuple(
            RoleUse(role, n, read_day(since), read_day(until), where)
            for role, n, since, until, where in roles
        ),
        quotations=quotations,
        first=read_day(first),
        last=read_day(last),
    )


def _span(start: int | None, end: int | None, text: str | None) -> Span | None:
    return None if start is None or end is None or text is None else Span(start, end, text)
