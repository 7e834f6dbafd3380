"""The layout of a published snapshot: the views of the database as tables, each with the indexes to browse it by.

Nothing gets into a snapshot that is not named here, so what is private (where an article's file lay, what was
rejected, whatever a later version keeps) stays out of it.
"""

from __future__ import annotations

import re
import sqlite3

from quotes.store.schema import QUOTES_FULL_TEXT
from quotes.store.words import TOKENIZER

#: Says in the file's header that it is a snapshot: "Qsna" in ASCII. A snapshot is no database to ingest into.
SNAPSHOT_ID = 0x51736E61

#: Fewer words than these are said by too many people, by chance, to be the same statement.
MIN_SAME_WORDS = 4

_TABLES = (
    """
    CREATE TABLE snapshot (
        taken TEXT NOT NULL,
        version INTEGER NOT NULL,
        changed TEXT NOT NULL,
        articles INTEGER NOT NULL,
        quotations INTEGER NOT NULL,
        speakers INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        title TEXT,
        outlet TEXT COLLATE NOCASE,
        published TEXT,
        author TEXT,
        url TEXT,
        quotations INTEGER NOT NULL,
        reader TEXT NOT NULL,
        text TEXT
    ) STRICT
    """,
    # Without a rowid, a search of a single column fails with a message instead of matching other rows.
    """
    CREATE TABLE speakers_quoted (
        speaker_id TEXT PRIMARY KEY,
        who TEXT NOT NULL,
        kind TEXT NOT NULL,
        quotations INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        first TEXT,
        last TEXT,
        names TEXT NOT NULL,
        number INTEGER NOT NULL UNIQUE
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE same_words (
        number INTEGER PRIMARY KEY,
        what TEXT NOT NULL,
        said_by TEXT,
        outlets INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        first TEXT,
        last TEXT
    ) STRICT
    """,
    """
    CREATE TABLE who_said_what (
        number INTEGER PRIMARY KEY,
        who TEXT,
        role TEXT,
        kind TEXT NOT NULL,
        what TEXT NOT NULL,
        date TEXT,
        year INTEGER,
        outlet TEXT COLLATE NOCASE,
        title TEXT,
        url TEXT,
        context TEXT NOT NULL,
        source TEXT,
        cue TEXT,
        act TEXT NOT NULL,
        confidence REAL NOT NULL,
        who_kind TEXT,
        id TEXT NOT NULL,
        article_id TEXT NOT NULL REFERENCES articles (id),
        speaker_id TEXT REFERENCES speakers_quoted (speaker_id),
        same_words INTEGER REFERENCES same_words (number)
    ) STRICT
    """,
    """
    CREATE TABLE roles_held (
        who TEXT NOT NULL,
        role TEXT NOT NULL,
        date TEXT,
        year INTEGER,
        outlet TEXT COLLATE NOCASE,
        title TEXT,
        article_id TEXT NOT NULL REFERENCES articles (id),
        speaker_id TEXT NOT NULL REFERENCES speakers_quoted (speaker_id),
        PRIMARY KEY (speaker_id, role, article_id)
    ) STRICT
    """,
    """
    CREATE TABLE corrections_made (
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        corrected_by TEXT NOT NULL,
        field TEXT NOT NULL,
        before TEXT,
        value TEXT,
        reason TEXT NOT NULL,
        what TEXT NOT NULL,
        undone_at TEXT,
        undone_by TEXT,
        quote_id TEXT NOT NULL,
        article_id TEXT NOT NULL
    ) STRICT
    """,
)

_ROWS = (
    """
    INSERT INTO articles
    SELECT id, title, outlet, published, author, url,
           (SELECT count(*) FROM source.quotes WHERE quotes.article = articles.number), reader,
           CASE WHEN :texts THEN text END
    FROM source.articles AS articles ORDER BY id
    """,
    """
    INSERT INTO speakers_quoted
    SELECT speaker_id, who, quoted.kind, quotations, articles, first, last, quoted.names, number
    FROM source.speakers_quoted AS quoted JOIN source.speakers AS speakers ON speakers.id = speaker_id
    ORDER BY speaker_id
    """,
    """
    INSERT INTO who_said_what
    SELECT said.number, who, said.role, said.kind, what, said.date, CAST(substr(said.date, 1, 4) AS INTEGER),
           outlet, title, url, said.context, quotes.source, quotes.cue, said.act, round(said.confidence, 3),
           who_kind, said.id, article_id, speaker_id, NULL
    FROM source.who_said_what AS said JOIN source.quotes AS quotes ON quotes.number = said.number
    ORDER BY said.number
    """,
    # A speaker whose every quotation was rejected is not quoted.
    """
    INSERT INTO roles_held
    SELECT who, role, date, CAST(substr(date, 1, 4) AS INTEGER), outlet, title, article_id, speaker_id
    FROM source.roles_held WHERE speaker_id IN (SELECT speaker_id FROM speakers_quoted)
    ORDER BY speaker_id, role, article_id
    """,
    # JSON null is no value, and a JSON text reads better without its marks.
    """
    INSERT INTO corrections_made
    SELECT id, at, corrected_by, field, before ->> '$', value ->> '$', reason, what,
           undone_at, undone_by, quote_id, article_id
    FROM source.corrections_made ORDER BY at
    """,
    """
    INSERT INTO snapshot
    SELECT :taken, version, at,
           (SELECT count(*) FROM articles),
           (SELECT count(*) FROM who_said_what),
           (SELECT count(*) FROM speakers_quoted)
    FROM source.changes
    """,
)

_SAME_WORDS = (
    "CREATE TABLE source.spoken (number INTEGER PRIMARY KEY, words TEXT)",
    """
    INSERT INTO source.spoken SELECT number, words_alone(what) AS words FROM who_said_what
    WHERE words IS NOT NULL ORDER BY number
    """,
    "CREATE INDEX source.spoken_by_words ON spoken (words)",
    "CREATE TABLE source.repeated (number INTEGER PRIMARY KEY, words TEXT UNIQUE)",
    """
    INSERT INTO source.repeated (words)
    SELECT words FROM source.spoken JOIN who_said_what USING (number)
    GROUP BY words HAVING count(DISTINCT article_id) > 1 ORDER BY words
    """,
    """
    UPDATE who_said_what SET same_words = repeated.number
    FROM source.spoken JOIN source.repeated USING (words) WHERE spoken.number = who_said_what.number
    """,
    "CREATE INDEX who_said_what_by_same_words ON who_said_what (same_words) WHERE same_words IS NOT NULL",
    # With a single min(), SQLite takes the words themselves from the earliest row.
    """
    INSERT INTO same_words
    SELECT same_words, what,
           (SELECT group_concat(who, '; ') FROM (
               SELECT DISTINCT who FROM who_said_what AS each
               WHERE each.same_words = all_of_them.same_words AND who IS NOT NULL ORDER BY who
           )),
           count(DISTINCT outlet), count(DISTINCT article_id), min(ifnull(date, '9')), NULL
    FROM who_said_what AS all_of_them WHERE same_words IS NOT NULL GROUP BY same_words
    """,
    """
    UPDATE same_words SET
        first = (SELECT min(date) FROM who_said_what WHERE same_words = same_words.number),
        last = (SELECT max(date) FROM who_said_what WHERE same_words = same_words.number)
    """,
)

# Rows are put in first and indexes made of them afterwards, in one sweep each. After the date, by which a list is
# sorted, stands all that is counted beside it, so that the rows themselves need not be read for that.
_INDEXES = (
    "CREATE UNIQUE INDEX who_said_what_by_id ON who_said_what (id)",
    "CREATE INDEX who_said_what_by_date ON who_said_what (date)",
    "CREATE INDEX who_said_what_by_who ON who_said_what (who, date, role, outlet, year, kind)",
    "CREATE INDEX who_said_what_by_role ON who_said_what (role, date, who, outlet, year, kind)",
    "CREATE INDEX who_said_what_by_outlet ON who_said_what (outlet, date, who, role, year, kind)",
    "CREATE INDEX who_said_what_by_year ON who_said_what (year, date, who, role, outlet, kind)",
    "CREATE INDEX who_said_what_by_kind ON who_said_what (kind, date, who, role, outlet, year)",
    "CREATE INDEX who_said_what_by_who_kind ON who_said_what (year, who_kind, kind)",
    "CREATE INDEX who_said_what_by_article ON who_said_what (article_id)",
    "CREATE INDEX who_said_what_by_speaker ON who_said_what (speaker_id, date)",
    "CREATE INDEX speakers_quoted_by_quotations ON speakers_quoted (quotations)",
    "CREATE INDEX speakers_quoted_by_kind ON speakers_quoted (kind)",
    "CREATE INDEX articles_by_published ON articles (published)",
    "CREATE INDEX articles_by_outlet ON articles (outlet)",
    "CREATE INDEX roles_held_by_role ON roles_held (role)",
    "CREATE INDEX roles_held_by_date ON roles_held (date)",
    "CREATE INDEX roles_held_by_year ON roles_held (year)",
    "CREATE INDEX roles_held_by_outlet ON roles_held (outlet)",
    "CREATE INDEX roles_held_by_article ON roles_held (article_id)",
    "CREATE INDEX same_words_by_outlets ON same_words (outlets, articles)",
    "CREATE INDEX corrections_made_by_at ON corrections_made (at)",
)

_FULL_TEXT = (
    *QUOTES_FULL_TEXT,
    f"""
    CREATE VIRTUAL TABLE speakers_fts USING fts5(
        names, content='speakers_quoted', content_rowid='number', tokenize='{TOKENIZER}'
    )
    """,
    "INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild')",
    "INSERT INTO speakers_fts (speakers_fts) VALUES ('rebuild')",
)


def fill(conn: sqlite3.Connection, *, taken: str, texts: bool) -> None:
    """Put into an empty file what a database, attached to it as ``source``, is to show.

    :param taken: When the database was copied, in UTC.
    :param texts: Whether the articles' full texts are shown, besides the sentences around quotations.
    """
    conn.create_function("words_alone", 1, words_alone, deterministic=True)
    conn.execute(f"PRAGMA application_id = {SNAPSHOT_ID}")
    values = {"taken": taken, "texts": texts}
    for statement in (*_TABLES, *_ROWS, *_SAME_WORDS, *_INDEXES, *_FULL_TEXT):
        conn.execute(statement, values if ":t" in statement else {})
    conn.execute("ANALYZE")


_WORD = re.compile(r"\w+")


def words_alone(text: str) -> str | None:
    """Return what makes two statements the same: their words without case, marks and spaces.

    ``None`` for fewer than :data:`MIN_SAME_WORDS`. Source: the rule of Quotebank (Vaucher et al., WSDM 2021).
    """
    words = _WORD.findall(text.casefold())
    return " ".join(words) if len(words) >= MIN_SAME_WORDS else None
