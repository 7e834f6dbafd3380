"""An article and its quotations brought into the tables, touching only what differs from what is there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from quotes.errors import ArticleFormatError
from quotes.model import Article, Quote, Reading, Span, SpeakerKind
from quotes.store import identity, schema
from quotes.store.rows import Outcome

Row = tuple[object, ...]

_ARTICLE_COLUMNS = ("title", "outlet", "url", "author", "published", "reader", "text")
_QUOTE_COLUMNS = (
    *("article", "position", "speaker", "role", "kind", "act", "confidence", "said_on", "date", "text"),
    *("contents", "cue_start", "cue_end", "cue", "source_start", "source_end", "source"),
    *("context_start", "context_end", "context"),
)
_ROLE = _QUOTE_COLUMNS.index("role")
_SELECT_ARTICLE = f"SELECT number, {', '.join(_ARTICLE_COLUMNS)} FROM articles WHERE id = ?"
_SELECT_QUOTES = f"SELECT id, {', '.join(_QUOTE_COLUMNS)} FROM quotes WHERE article = ?"
_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

# A name and a kind, as a reading gives them.
_Called = tuple[str, SpeakerKind]


@dataclass(frozen=True, slots=True)
class _Links:
    """A table that ties speakers to articles, and the statements that change it."""

    select: str
    delete: str
    insert: str


def _links(table: str, *columns: str) -> _Links:
    return _Links(
        f"SELECT {', '.join(columns)} FROM {table} WHERE article = ?",
        f"DELETE FROM {table} WHERE {columns[0]} = ? AND {columns[1]} = ? AND article = ?",
        _insert(table, (*columns, "article")),
    )


@dataclass(slots=True)
class _Speaker:
    """A speaker as one article presents it."""

    id: str
    kind: SpeakerKind
    scoped: bool
    number: int = 0
    names: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)


def has_current(conn: sqlite3.Connection, article: Article, reader_version: str) -> bool:
    """Return whether an article is stored as it is now, read by that version.

    Where the article lay does not count: a folder that moved need not be read again.
    """
    row = conn.execute(_SELECT_ARTICLE, (article.id,)).fetchone()
    return row is not None and row[1:] == _article_values(article, reader_version)


def save(conn: sqlite3.Connection, reading: Reading, reader_version: str) -> Outcome:
    """Make the tables say of an article what a reading says, within the transaction that is open.

    :raises ArticleFormatError: A text holds half a surrogate pair, which no file can hold.
    :raises ValueError: A span's text is not the article's, or a confidence is out of range.
    """
    _check(reading)
    before = conn.total_changes
    try:
        is_new = _save(conn, reading, reader_version)
    except UnicodeEncodeError as exc:
        raise ArticleFormatError(
            f"Article {reading.article.id!a} holds half a character, {exc.object[exc.start]!a}: "
            "mend the file or feed that it comes from."
        ) from exc
    if is_new:
        return "added"
    return "unchanged" if conn.total_changes == before else "updated"


def _save(conn: sqlite3.Connection, reading: Reading, reader_version: str) -> bool:
    """Save a reading, and return whether its article is new."""
    number, is_new = _save_article(conn, reading.article, reader_version)
    called = _speakers_of(reading)
    speakers = list({speaker.id: speaker for speaker in called.values()}.values())
    _save_speakers(conn, number, speakers)
    role_numbers = _save_roles(conn, reading, speakers)
    roles_before = _save_quotes(
        conn, number, _quote_rows(reading, number, called, role_numbers), is_new=is_new
    )
    published = _iso(reading.article.published)
    names: set[Row] = {(s.number, name) for s in speakers for name in s.names}
    roles: set[Row] = {(s.number, role_numbers[role], published) for s in speakers for role in s.roles}
    lost_names = _save_links(conn, _NAMES, number, names, is_new=is_new)
    lost_roles = _save_links(conn, _ROLES, number, roles, is_new=is_new)
    forget_names(conn, {row[0] for row in lost_names})
    forget_roles(conn, roles_before | {row[1] for row in lost_roles})
    return is_new


def _save_article(conn: sqlite3.Connection, article: Article, reader_version: str) -> tuple[int, bool]:
    values = _article_values(article, reader_version)
    row = conn.execute(_SELECT_ARTICLE, (article.id,)).fetchone()
    if row is None:
        number = _next_number(conn, "articles")
        columns = ("number", "id", "path", *_ARTICLE_COLUMNS)
        conn.execute(_insert("articles", columns), (number, article.id, article.path, *values))
        return number, True
    number = row[0]
    if row[1:] != values:
        conn.execute(_update("articles", ("path", *_ARTICLE_COLUMNS)), (article.path, *values, number))
    return number, False


def _speakers_of(reading: Reading) -> dict[_Called, _Speaker]:
    """Return the speakers of a reading by what it calls them; two spellings may come to one speaker."""
    speakers: dict[str, _Speaker] = {}
    called: dict[_Called, _Speaker] = {}
    for quote in reading.quotes:
        if quote.speaker is None:
            continue
        name, kind = quote.speaker.name, quote.speaker.kind
        if (name, kind) not in called:
            speaker_id = identity.speaker_id(name, kind, reading.article.id)
            speaker = _Speaker(speaker_id, kind, not identity.is_telling(name, kind))
            called[name, kind] = speakers.setdefault(speaker_id, speaker)
        speaker = called[name, kind]
        speaker.names |= dict.fromkeys(
            identity.tidy(form) for form in (name, *quote.speaker.names) if form.strip()
        )
        speaker.roles |= dict.fromkeys(
            identity.tidy(role) for role in (*quote.speaker.roles, quote.role) if role and role.strip()
        )
    return called


def _save_speakers(conn: sqlite3.Connection, article: int, speakers: Sequence[_Speaker]) -> None:
    """Bring in what an article says of its speakers, and give each its number."""
    found = conn.execute(
        "SELECT id, number, name, names FROM speakers WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([speaker.id for speaker in speakers]),),
    )
    stored = {row[0]: row[1:] for row in found}
    next_number = _next_number(conn, "speakers")
    added: list[Row] = []
    changed: list[Row] = []
    for speaker in speakers:
        if speaker.id in stored:
            speaker.number, name, names = stored[speaker.id]
            known = set(names.split("\n"))
            if not speaker.names.keys() <= known:
                changed.append((*_shown(name, speaker.kind, known | speaker.names.keys()), speaker.number))
        else:
            speaker.number = next_number + len(added)
            name, names = _shown(next(iter(speaker.names)), speaker.kind, speaker.names)
            scope = article if speaker.scoped else None
            added.append((speaker.number, speaker.id, speaker.kind, scope, name, names))
    conn.executemany(_insert("speakers", ("number", "id", "kind", "article", "name", "names")), added)
    conn.executemany(schema.INDEX_SPEAKER, [(row[0],) for row in added])
    conn.executemany(_update("speakers", ("name", "names")), changed)


def _shown(name: str, kind: SpeakerKind, names: Iterable[str]) -> tuple[str, str]:
    """Return the best spelling of a name, and all names, a line each: whatever the order they came in."""
    names = set(names)
    key = identity.name_key(name, kind)
    best = identity.best_name((form for form in names if identity.name_key(form, kind) == key), kind)
    return best, "\n".join([best, *sorted(names - {best})])


def _save_roles(conn: sqlite3.Connection, reading: Reading, speakers: Iterable[_Speaker]) -> dict[str, int]:
    """Bring in the roles that an article gives, and return their numbers."""
    names = {identity.tidy(quote.role) for quote in reading.quotes if quote.role}
    names.update(role for speaker in speakers for role in speaker.roles)
    numbers: dict[str, int] = {}
    added: list[Row] = []
    next_number = _next_number(conn, "roles")
    for name in sorted(filter(None, names)):
        stored = conn.execute("SELECT number FROM roles WHERE name = ?", (name,)).fetchone()
        numbers[name] = stored[0] if stored else next_number + len(added)
        if not stored:
            added.append((numbers[name], name))
    conn.executemany(_insert("roles", ("number", "name")), added)
    conn.executemany(schema.INDEX_ROLE, added)
    return numbers


def _quote_rows(
    reading: Reading, article: int, speakers: Mapping[_Called, _Speaker], roles: Mapping[str, int]
) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    ids = identity.quote_ids(reading.article.id, reading.quotes)
    published = _iso(reading.article.published)
    for position, (quote_id, quote) in enumerate(zip(ids, reading.quotes, strict=True)):
        speaker = speakers[quote.speaker.name, quote.speaker.kind].number if quote.speaker else None
        said_on = _iso(quote.said_on)
        rows[quote_id] = (
            *(article, position, speaker, roles.get(identity.tidy(quote.role or ""))),
            *(quote.kind, quote.act, float(quote.confidence)),
            *(said_on, said_on or published, quote.text, _contents(quote)),
            *_span_values(quote.cue),
            *_span_values(quote.source),
            *_span_values(quote.context),
        )
    return rows


def _save_quotes(
    conn: sqlite3.Connection, article: int, quotes: Mapping[str, Row], *, is_new: bool
) -> set[object]:
    """Make an article's quotations be these; return the roles that it used before."""
    stored: dict[str, Row] = {}
    if not is_new:
        stored = {row[0]: row[1:] for row in conn.execute(_SELECT_QUOTES, (article,))}
    gone = [(quote_id,) for quote_id in stored if quote_id not in quotes]
    changed = [(*row, quote_id) for quote_id, row in quotes.items() if stored.get(quote_id, row) != row]
    new = [(quote_id, *row) for quote_id, row in quotes.items() if quote_id not in stored]
    conn.executemany("DELETE FROM quotes WHERE id = ?", gone)
    conn.executemany(_update("quotes", _QUOTE_COLUMNS, key="id"), changed)
    first = _next_number(conn, "quotes")
    numbered = [(number, *row) for number, row in enumerate(new, first)]
    conn.executemany(_insert("quotes", ("number", "id", *_QUOTE_COLUMNS)), numbered)
    conn.execute(schema.INDEX_QUOTES, (first,))
    return {row[_ROLE] for row in stored.values()} - {None}


def _save_links(
    conn: sqlite3.Connection, links: _Links, article: int, rows: set[Row], *, is_new: bool
) -> set[Row]:
    """Make an article's rows of a table that ties speakers to it be exactly these; return those that went."""
    stored = set() if is_new else set(conn.execute(links.select, (article,)))
    gone = stored - rows
    conn.executemany(links.delete, [(row[0], row[1], article) for row in gone])
    conn.executemany(links.insert, [(*row, article) for row in rows - stored])
    return gone


def forget_names(conn: sqlite3.Connection, speakers: set[object]) -> None:
    """Take from speakers the names that no article gives them any more, and away those left without any."""
    for number in speakers:
        found = conn.execute("SELECT DISTINCT name FROM speaker_names WHERE speaker = ?", (number,))
        left = {row[0] for row in found}
        if not left:
            conn.execute("DELETE FROM speakers WHERE number = ?", (number,))
            continue
        was = conn.execute("SELECT name, names, kind FROM speakers WHERE number = ?", (number,)).fetchone()
        shown = _shown(was[0], was[2], left)
        if shown != was[:2]:
            conn.execute(_update("speakers", ("name", "names")), (*shown, number))


def forget_roles(conn: sqlite3.Connection, roles: set[object]) -> None:
    """Take away those of some roles that nobody is given any more."""
    conn.executemany(
        """
        DELETE FROM roles WHERE number = ?1
        AND NOT EXISTS (SELECT 1 FROM quotes WHERE role = ?1)
        AND NOT EXISTS (SELECT 1 FROM rejected_quotes WHERE role = ?1)
        AND NOT EXISTS (SELECT 1 FROM speaker_roles WHERE role = ?1)
        """,
        [(role,) for role in roles],
    )


def _check(reading: Reading) -> None:
    text = reading.article.text
    for quote in reading.quotes:
        for span in (*quote.contents, quote.cue, quote.source, quote.context):
            if span is not None and text[span.start : span.end] != span.text:
                raise ValueError(
                    f"{span} is not what article {reading.article.id!r} has: {text[span.start : span.end]!r}."
                )
        if not quote.contents:
            raise ValueError(f"A quotation of article {reading.article.id!r} has no contents: {quote}.")
        if quote.speaker is not None and not quote.speaker.name.strip():
            raise ValueError(f"A speaker of article {reading.article.id!r} has no name: {quote}.")
        if not 0 <= quote.confidence <= 1:
            raise ValueError(f"A confidence of {quote.confidence} is no probability: {quote}.")


def _article_values(article: Article, reader_version: str) -> Row:
    about = (article.title, article.outlet, article.url, article.author, _iso(article.published))
    return (*about, reader_version, article.text)


def _contents(quote: Quote) -> str:
    spans = [{"start": span.start, "end": span.end, "text": span.text} for span in quote.contents]
    return _TO_JSON.encode(spans)


def _span_values(span: Span | None) -> Row:
    return (None, None, None) if span is None else (span.start, span.end, span.text)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _next_number(conn: sqlite3.Connection, table: str) -> int:
    number: int = conn.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {table}").fetchone()[0]
    return number


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _update(table: str, columns: Sequence[str], *, key: str = "number") -> str:
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE {key} = ?"


_NAMES = _links("speaker_names", "speaker", "name")
_ROLES = _links("speaker_roles", "speaker", "role", "date")
