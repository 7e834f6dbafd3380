"""Whether a database file is whole and its parts agree."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from quotes.model import Quote, Span
from quotes.store.schema import migrations

_INDEXES = (("quotes_fts", "quotes"), ("speakers_fts", "speakers"), ("roles_fts", "roles"))


def findings(db: Database, *, writable: bool) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with a database; nothing for a sound one.

    A database opened for reading can be asked whether the full-text index knows the same rows, one opened for
    writing also whether it knows the same words.
    """
    conn = db.conn
    for (message,) in conn.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield f"SQLite finds the file damaged: {message}."
    for table, number, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield f"Row {number} of {table} points to a row of {parent} that is not there."
    for step in migrations.pending(db):
        yield f"The layout lacks the step “{step.name}”."
    yield from _wrong_texts(conn)
    yield from _idle_rows(conn)
    for index, table in _INDEXES:
        yield from _wrong_index(conn, index, table, writable=writable)


def sqlite_warning(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str | None:
    """Return a sentence where this SQLite can damage a file that two programs write to at once.

    Source: the WAL-reset bug, in 3.7.0 to 3.51.2, mended in 3.51.3, 3.50.7 and 3.44.6
    (https://www.sqlite.org/wal.html#walresetbug).
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if mended or version < (3, 7):
        return None
    return (
        f"SQLite {'.'.join(map(str, version))} can, rarely, damage a file two programs write to at once: "
        "let no other tool write to the database while this one does, or use SQLite 3.51.3 or later."
    )


def _wrong_texts(conn: sqlite3.Connection) -> Iterator[str]:
    rows = conn.execute(
        """
        SELECT articles.text, quotes.id, quotes.text, quotes.contents, cue_start, cue_end, cue,
               source_start, source_end, source, context_start, context_end, context
        FROM quotes JOIN articles ON articles.number = quotes.article ORDER BY quotes.article
        """
    )
    for row in rows:
        yield from _wrong_spans(row)


def _wrong_spans(row: tuple[Any, ...]) -> Iterator[str]:
    text, quote_id, said, contents, *rest = row
    spans = [Span(**span) for span in json.loads(contents)]
    named = [*(("contents", span) for span in spans)]
    for name, (start, end, words) in zip(
        ("cue", "source", "context"), (rest[:3], rest[3:6], rest[6:9]), strict=True
    ):
        if start is not None:
            named.append((name, Span(start, end, words)))
    for name, span in named:
        if text[span.start : span.end] != span.text:
            yield f"Quotation {quote_id}: its {name}, {span.start} to {span.end}, is not in the text there."
    if Quote("direct", "speech", tuple(spans), None, None, None, None, 1.0, spans[0]).text != said:
        yield f"Quotation {quote_id}: its text is not that of its contents."


def _idle_rows(conn: sqlite3.Connection) -> Iterator[str]:
    idle = conn.execute(
        """
        SELECT id FROM speakers
        WHERE NOT EXISTS (SELECT 1 FROM quotes WHERE quotes.speaker = speakers.number)
        AND NOT EXISTS (SELECT 1 FROM rejected_quotes WHERE rejected_quotes.speaker = speakers.number)
        AND NOT EXISTS (SELECT 1 FROM corrected WHERE corrected.speaker = speakers.number)
        """
    )
    for (speaker_id,) in idle:
        yield f"Speaker {speaker_id} has no quotation."


def _wrong_index(conn: sqlite3.Connection, index: str, table: str, *, writable: bool) -> Iterator[str]:
    differing = conn.execute(
        f"""
        SELECT count(*) FROM (
            SELECT * FROM (SELECT id FROM {index}_docsize EXCEPT SELECT number FROM {table})
            UNION ALL
            SELECT * FROM (SELECT number FROM {table} EXCEPT SELECT id FROM {index}_docsize)
        )
        """
    ).fetchone()[0]
    if differing:
        yield f"The full-text index of {table} is out of step for {differing} rows."
    elif writable:
        try:
            # 1 compares the index with the table, and not only with itself.
            conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as exc:
            yield f"The full-text index of {table} does not match it: {exc}."
        finally:
            # Python begins a transaction before any INSERT, though this one writes nothing.
            conn.rollback()
