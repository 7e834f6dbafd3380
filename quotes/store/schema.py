"""The layout of the database: tables, indexes, full-text search and views, and the steps that led there.

``number`` is a row's place within this file, small and quick to join by; ``id`` is what the row is called
outside. Numbers are declared keys, so that ``VACUUM`` leaves them, and the full-text index, as they are.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from quotes.model import ACTS, QUOTE_KINDS, SPEAKER_KINDS
from quotes.store.words import TOKENIZER

#: Says in the file's header that it is one of ours: "Quot" in ASCII.
APPLICATION_ID = 0x51756F74


def _one_of(choices: tuple[str, ...]) -> str:
    return ", ".join(f"'{choice}'" for choice in choices)


_TABLES = (
    """
    CREATE TABLE articles (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT,
        outlet TEXT COLLATE NOCASE,
        url TEXT,
        author TEXT,
        published TEXT,
        path TEXT,
        reader TEXT NOT NULL,  -- version of the reader that found the quotations
        text TEXT NOT NULL
    ) STRICT
    """,
    f"""
    CREATE TABLE speakers (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ({_one_of(SPEAKER_KINDS)})),
        article INTEGER REFERENCES articles (number),  -- known within this article only
        names TEXT NOT NULL  -- every name in use, a line each
    ) STRICT
    """,
    """
    CREATE TABLE roles (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE speaker_names (
        speaker INTEGER NOT NULL REFERENCES speakers (number),
        name TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES articles (number),
        PRIMARY KEY (speaker, name, article)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE speaker_roles (
        speaker INTEGER NOT NULL REFERENCES speakers (number),
        role INTEGER NOT NULL REFERENCES roles (number),
        article INTEGER NOT NULL REFERENCES articles (number),
        date TEXT,  -- the article's
        PRIMARY KEY (speaker, role, article)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TABLE quotes (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        article INTEGER NOT NULL REFERENCES articles (number),
        position INTEGER NOT NULL,  -- within the article, from 0
        speaker INTEGER REFERENCES speakers (number),
        role INTEGER REFERENCES roles (number),  -- as in this quotation
        kind TEXT NOT NULL CHECK (kind IN ({_one_of(QUOTE_KINDS)})),
        act TEXT NOT NULL CHECK (act IN ({_one_of(ACTS)})),
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        said_on TEXT,
        date TEXT,  -- said_on or, where that is unknown, the article's
        text TEXT NOT NULL,
        contents TEXT NOT NULL,  -- JSON: a list of objects with start, end and text
        cue_start INTEGER,
        cue_end INTEGER,
        cue TEXT,
        source_start INTEGER,
        source_end INTEGER,
        source TEXT,
        context_start INTEGER NOT NULL,
        context_end INTEGER NOT NULL,
        context TEXT NOT NULL  -- the sentence or sentences around
    ) STRICT
    """,
)

# A list newest first is read off the end of an index: equal dates come in the order of their numbers.
_INDEXES = (
    "CREATE INDEX quotes_by_date ON quotes (date DESC)",
    "CREATE INDEX quotes_by_speaker ON quotes (speaker, date DESC)",
    "CREATE INDEX quotes_by_role ON quotes (role, date DESC)",
    "CREATE INDEX quotes_by_kind ON quotes (kind, date DESC)",
    "CREATE INDEX quotes_by_article ON quotes (article, position)",
    "CREATE INDEX articles_by_outlet ON articles (outlet)",
    "CREATE INDEX articles_by_date ON articles (published DESC)",
    "CREATE INDEX speakers_by_name ON speakers (name)",
    "CREATE INDEX speakers_by_article ON speakers (article) WHERE article IS NOT NULL",
    "CREATE INDEX speaker_names_by_article ON speaker_names (article)",
    "CREATE INDEX speaker_roles_by_article ON speaker_roles (article)",
    "CREATE INDEX speaker_roles_by_role ON speaker_roles (role)",
)

_VIEWS = (
    """
    CREATE VIEW who_said_what AS
    SELECT quotes.number,
           speakers.name AS who,
           roles.name AS role,
           quotes.kind,
           quotes.text AS what,
           quotes.date,
           articles.outlet,
           articles.title,
           articles.url,
           quotes.context,
           quotes.act,
           quotes.confidence,
           speakers.kind AS who_kind,
           quotes.id,
           articles.id AS article_id,
           speakers.id AS speaker_id
    FROM quotes
    JOIN articles ON articles.number = quotes.article
    LEFT JOIN speakers ON speakers.number = quotes.speaker
    LEFT JOIN roles ON roles.number = quotes.role
    """,
    """
    CREATE VIEW speakers_quoted AS
    SELECT speakers.name AS who,
           speakers.kind,
           count(*) AS quotations,
           count(DISTINCT quotes.article) AS articles,
           min(quotes.date) AS first,
           max(quotes.date) AS last,
           replace(speakers.names, char(10), '; ') AS names,
           speakers.id AS speaker_id
    FROM speakers
    JOIN quotes ON quotes.speaker = speakers.number
    GROUP BY speakers.number
    """,
    """
    CREATE VIEW roles_held AS
    SELECT speakers.name AS who,
           roles.name AS role,
           speaker_roles.date,
           articles.outlet,
           articles.title,
           articles.id AS article_id,
           speakers.id AS speaker_id
    FROM speaker_roles
    JOIN speakers ON speakers.number = speaker_roles.speaker
    JOIN roles ON roles.number = speaker_roles.role
    JOIN articles ON articles.number = speaker_roles.article
    """,
)

QUOTES_FULL_TEXT = (
    f"""
    CREATE VIRTUAL TABLE quotes_fts USING fts5(
        what, who, role, content='who_said_what', content_rowid='number', tokenize='{TOKENIZER}'
    )
    """,
    "INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('rank', 'bm25(1.0, 2.0, 1.0)')",
)
"""The full-text index of ``who_said_what``, a view here and a table in what is published."""

_FULL_TEXT = (
    *QUOTES_FULL_TEXT,
    f"""
    CREATE VIRTUAL TABLE speakers_fts USING fts5(
        names, content='speakers', content_rowid='number', tokenize='{TOKENIZER}'
    )
    """,
    f"""
    CREATE VIRTUAL TABLE roles_fts USING fts5(
        name, content='roles', content_rowid='number', tokenize='{TOKENIZER}'
    )
    """,
    # A hit in a name outweighs one in a sentence: whoever types a name mostly wants what that speaker said.
)


# New rows are put into the full-text indexes by these, after they are stored: a trigger on each row took five
# times as long. Triggers see to changed and removed rows.
INDEX_QUOTES = """
    INSERT INTO quotes_fts (rowid, what, who, role)
    SELECT number, what, who, role FROM who_said_what WHERE number >= ? ORDER BY number
"""
INDEX_QUOTE = """
    INSERT INTO quotes_fts (rowid, what, who, role)
    SELECT number, what, who, role FROM who_said_what WHERE id = ?
"""
INDEX_SPEAKER = "INSERT INTO speakers_fts (rowid, names) SELECT number, names FROM speakers WHERE number = ?"
INDEX_ROLE = "INSERT INTO roles_fts (rowid, name) VALUES (?, ?)"


def _triggers() -> tuple[str, ...]:
    # An external-content index must be told the very words that it is to forget, so each change runs on both
    # sides: what the view shows before goes out, what it shows afterwards comes in.
    changed = "old.text IS NOT new.text OR old.speaker IS NOT new.speaker OR old.role IS NOT new.role"
    return (
        _trigger("quotes_removed", "BEFORE DELETE ON quotes", _forget_quotes("= old.number")),
        *_changing("quotes", "text, speaker, role", changed, "= old.number"),
        *_renaming("speakers", "speaker"),
        *_renaming("roles", "role"),
        *_in_step("speakers", "names"),
        *_in_step("roles", "name"),
    )


def _renaming(table: str, column: str) -> tuple[str, str]:
    numbers = f"IN (SELECT number FROM quotes WHERE {column} = old.number)"
    return _changing(table, "name", "old.name IS NOT new.name", numbers)


def _changing(table: str, columns: str, changed: str, numbers: str) -> tuple[str, str]:
    event = f"UPDATE OF {columns} ON {table} WHEN {changed}"
    return (
        _trigger(f"{table}_changing", f"BEFORE {event}", _forget_quotes(numbers)),
        _trigger(f"{table}_changed", f"AFTER {event}", _learn_quotes(numbers)),
    )


def _forget_quotes(numbers: str) -> str:
    return f"""
        INSERT INTO quotes_fts (quotes_fts, rowid, what, who, role)
        SELECT 'delete', number, what, who, role FROM who_said_what WHERE number {numbers};
    """


def _learn_quotes(numbers: str) -> str:
    return f"""
        INSERT INTO quotes_fts (rowid, what, who, role)
        SELECT number, what, who, role FROM who_said_what WHERE number {numbers};
    """


def _in_step(table: str, column: str) -> tuple[str, str]:
    index = f"{table}_fts"
    forget = f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.number, old.{column});"
    learn = f"INSERT INTO {index} (rowid, {column}) VALUES (new.number, new.{column});"
    return (
        _trigger(f"{table}_removed", f"AFTER DELETE ON {table}", forget),
        _trigger(f"{table}_{column}_changed", f"AFTER UPDATE OF {column} ON {table}", forget + learn),
    )


def _trigger(name: str, event: str, body: str) -> str:
    return f"CREATE TRIGGER {name} {event} BEGIN {body} END"


def articles_speakers_and_quotes(db: Database) -> None:
    """Make the first layout."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in (*_TABLES, *_INDEXES, *_VIEWS, *_FULL_TEXT, *_triggers()):
        db.execute(statement)


_CORRECTIONS = (
    """
    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        quote TEXT NOT NULL,  -- id of the quotation; a newer reader may have given it another since
        article TEXT NOT NULL,  -- id
        field TEXT NOT NULL CHECK (field IN ('speaker', 'role', 'kind', 'rejected')),
        value TEXT NOT NULL,  -- JSON: what it is to be
        before TEXT NOT NULL,  -- JSON: what it was then
        said TEXT NOT NULL,  -- the quotation's words then, by which it is found again
        start INTEGER NOT NULL,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        undone_by TEXT,
        undone_at TEXT
    ) STRICT
    """,
    "CREATE INDEX corrections_by_quote ON corrections (quote)",
    "CREATE INDEX corrections_by_article ON corrections (article) WHERE undone_at IS NULL",
    # What was read of the quotations that are shown otherwise, and the links that this brought with it.
    """
    CREATE TABLE corrected (
        quote TEXT PRIMARY KEY,  -- id
        article INTEGER NOT NULL REFERENCES articles (number),
        speaker INTEGER REFERENCES speakers (number),
        role TEXT,
        kind TEXT NOT NULL,
        named INTEGER,  -- speaker that has a name in this article only by correction
        titled INTEGER  -- speaker that has the role in this article only by correction
    ) STRICT
    """,
    "CREATE INDEX corrected_by_article ON corrected (article)",
    # A rejected quotation leaves the table that everything searches, so no question need leave it out.
    _TABLES[-1].replace("CREATE TABLE quotes", "CREATE TABLE rejected_quotes"),
    "CREATE INDEX rejected_quotes_by_article ON rejected_quotes (article)",
    "CREATE TABLE moved_quotes (old TEXT PRIMARY KEY, new TEXT NOT NULL) STRICT",
    """
    CREATE TABLE changes (
        number INTEGER PRIMARY KEY CHECK (number = 1),
        version INTEGER NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "INSERT INTO changes (number, version, at) VALUES (1, 1, strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
    """
    CREATE VIEW corrections_made AS
    SELECT corrections.at,
           corrections.who AS corrected_by,
           corrections.field,
           corrections.before,
           corrections.value,
           corrections.reason,
           corrections.said AS what,
           corrections.quote AS quote_id,
           corrections.article AS article_id,
           corrections.undone_by,
           corrections.undone_at,
           corrections.id
    FROM corrections
    """,
)


def corrections_and_changes(db: Database) -> None:
    """Make room for what people correct, and for the number of changes made."""
    for statement in _CORRECTIONS:
        db.execute(statement)


# In the order they are applied. A step that was released is never changed: a new one follows it.
_STEPS = (articles_speakers_and_quotes, corrections_and_changes)

migrations = Migrations("quotes")
for _step in _STEPS:
    migrations()(_step)


def unknown_steps(db: Database) -> list[str]:
    """Return the steps applied to a database that this version does not know: those of a newer one."""
    known = {step.__name__ for step in _STEPS}
    return [step.name for step in migrations.applied(db) if step.name not in known]
