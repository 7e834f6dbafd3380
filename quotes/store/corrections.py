"""What people corrected: data of its own, laid over what was read, lifted off before an article is read anew.

An article's corrections are always lifted and applied together, so that the tables under them hold exactly
what the reader said while they are off. While they are on, the tables, the full-text index and the views show
the corrected quotation, and every question finds it without knowing of corrections.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from quotes.errors import NotFoundError, QueryError
from quotes.model import QUOTE_KINDS, SPEAKER_KINDS, SpeakerKind
from quotes.store import identity, schema, state, writing

Field = Literal["speaker", "role", "kind", "rejected"]
FIELDS: tuple[Field, ...] = ("speaker", "role", "kind", "rejected")

_MIN_LIKENESS = 0.6
_WORD = re.compile(r"\w+")
_COLUMNS = (
    "id, quote, article, field, value, before, said, start, reason, who, at, undone_by, undone_at, number"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that somebody set right.

    ``value`` is, by ``field``: a speaker's ``{"id", "name", "kind"}`` or ``None`` for nobody known; a role or
    ``None``; a kind; whether the quotation is rejected. ``before`` is what it was. ``quote_id`` is the
    quotation's id now, and ``said`` its words when it was corrected.
    """

    id: str
    quote_id: str
    article_id: str
    field: Field
    value: Any
    before: Any
    said: str
    start: int
    reason: str
    by: str
    at: str
    undone_by: str | None
    undone_at: str | None
    number: int


def add(
    conn: sqlite3.Connection, quote_id: str, values: Mapping[str, Any], *, by: str, reason: str
) -> list[Correction]:
    """Correct a quotation within the transaction that is open, and return what was noted of it.

    :param values: A new value for each field that is wrong. A speaker is given as ``{"id": …}`` or as
        ``{"name": …, "kind": …}``. A new speaker without a role leaves the quotation without one: the role
        that was read belongs to somebody else.
    :raises NotFoundError: There is no such quotation, or no such speaker.
    :raises QueryError: A value makes no sense, or nothing would change.
    """
    shown = _shown(conn, quote_id)
    wanted = {name: _checked(conn, name, value, shown["article_id"]) for name, value in values.items()}
    changes = {name: value for name, value in wanted.items() if value != shown[name]}
    if not changes:
        raise QueryError("The quotation is so already: nothing was changed.")
    at = state.now()
    added = []
    for name, value in changes.items():
        correction_id = secrets.token_hex(8)
        conn.execute(
            """
            INSERT INTO corrections (id, quote, article, field, value, before, said, start, reason, who, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                *(correction_id, quote_id, shown["article_id"], name, _json(value), _json(shown[name])),
                *(shown["said"], shown["start"], reason, by, at),
            ),
        )
        added.append(correction_id)
    renew(conn, shown["article_id"])
    return [one(conn, correction_id) for correction_id in added]


def undo(conn: sqlite3.Connection, quote_id: str, correction_id: str, *, by: str) -> Correction:
    """Take a correction back within the transaction that is open; it stays on record as undone.

    :raises NotFoundError: The quotation has no such correction.
    :raises QueryError: It is undone already.
    """
    correction = one(conn, correction_id)
    if correction.quote_id != quote_id:
        raise NotFoundError(f"Quotation “{quote_id}” has no correction “{correction_id}”: check both.")
    if correction.undone_at is not None:
        raise QueryError(f"The correction “{correction_id}” is undone already: nothing was changed.")
    conn.execute(
        "UPDATE corrections SET undone_by = ?, undone_at = ? WHERE id = ?", (by, state.now(), correction_id)
    )
    renew(conn, correction.article_id)
    return one(conn, correction_id)


def one(conn: sqlite3.Connection, correction_id: str) -> Correction:
    """Return the correction with that id."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM corrections WHERE id = ?", (correction_id,)).fetchone()
    if row is None:
        raise NotFoundError(f"No correction has the id “{correction_id}”: check it.")
    return _correction(row)


def of_quote(conn: sqlite3.Connection, quote_id: str) -> list[Correction]:
    """Return everything that was corrected of a quotation, undone or not, the oldest first."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM corrections WHERE quote = ? ORDER BY number", (quote_id,))
    return [_correction(row) for row in rows]


def moved_to(conn: sqlite3.Connection, quote_id: str) -> str | None:
    """Return the id that a corrected quotation has now, if a newer reader gave it another."""
    row = conn.execute("SELECT new FROM moved_quotes WHERE old = ?", (quote_id,)).fetchone()
    return row[0] if row else None


def renew(conn: sqlite3.Connection, article_id: str) -> None:
    """Make the tables show an article's quotations as they were read, and corrected since."""
    lifted = lift(conn, article_id)
    apply(conn, article_id, lifted)


def lift(conn: sqlite3.Connection, article_id: str) -> set[int]:
    """Take an article's corrections off, and return the numbers of speakers that may need them."""
    found = conn.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
    if found is None:
        return set()
    (article,) = found
    speakers: set[int] = set()
    rows = conn.execute(
        "SELECT quote, speaker, role, kind, named, titled FROM corrected WHERE article = ?", (article,)
    ).fetchall()
    _restore_rejected(conn, article)
    for quote_id, speaker, role, kind, named, titled in rows:
        _, given_role = conn.execute("SELECT speaker, role FROM quotes WHERE id = ?", (quote_id,)).fetchone()
        if named is not None:
            speakers.add(named)
            conn.execute("DELETE FROM speaker_names WHERE speaker = ? AND article = ?", (named, article))
        if titled is not None:
            conn.execute(
                "DELETE FROM speaker_roles WHERE speaker = ? AND role = ? AND article = ?",
                (titled, given_role, article),
            )
        conn.execute(
            "UPDATE quotes SET speaker = ?, role = ?, kind = ? WHERE id = ?",
            (speaker, _role_number(conn, role), kind, quote_id),
        )
        conn.execute("DELETE FROM corrected WHERE quote = ?", (quote_id,))
        writing.forget_roles(conn, {given_role} - {None})
    return speakers


def apply(conn: sqlite3.Connection, article_id: str, speakers: Iterable[int] = ()) -> None:
    """Lay an article's corrections over what was read of it.

    :param speakers: Those that :func:`lift` named; whoever is left without a name goes.
    """
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM corrections WHERE article = ? AND undone_at IS NULL ORDER BY number",
        (article_id,),
    )
    wanted: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        correction = _correction(row)
        wanted[correction.quote_id].append(correction)
    if wanted:
        for quote_id, corrections in _find_quotes(conn, article_id, wanted).items():
            _apply_to_quote(conn, quote_id, {each.field: each.value for each in corrections})
    writing.forget_names(conn, set(speakers))


def _apply_to_quote(conn: sqlite3.Connection, quote_id: str, values: Mapping[Field, Any]) -> None:
    article, speaker, role, kind, published = conn.execute(
        """
        SELECT quotes.article, quotes.speaker, roles.name, quotes.kind, articles.published
        FROM quotes JOIN articles ON articles.number = quotes.article
        LEFT JOIN roles ON roles.number = quotes.role WHERE quotes.id = ?
        """,
        (quote_id,),
    ).fetchone()
    new_speaker, new_role, named, titled = speaker, role, None, None
    if "speaker" in values:
        new_speaker, new_role = _speaker_number(conn, values["speaker"], article), None
        if new_speaker is not None:
            named = _link_name(conn, new_speaker, article)
    if "role" in values:
        new_role = values["role"]
    role_number = _role_number(conn, new_role)
    if new_speaker is not None and role_number is not None:
        titled = _link_role(conn, new_speaker, role_number, article, published)
    conn.execute(
        """
        INSERT INTO corrected (quote, article, speaker, role, kind, named, titled)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        (quote_id, article, speaker, role, kind, named, titled),
    )
    conn.execute(
        "UPDATE quotes SET speaker = ?, role = ?, kind = ? WHERE id = ?",
        (new_speaker, role_number, values.get("kind", kind), quote_id),
    )
    if values.get("rejected"):
        conn.execute("INSERT INTO rejected_quotes SELECT * FROM quotes WHERE id = ?", (quote_id,))
        conn.execute("DELETE FROM quotes WHERE id = ?", (quote_id,))


def _restore_rejected(conn: sqlite3.Connection, article: int) -> None:
    rows = conn.execute("SELECT number, id FROM rejected_quotes WHERE article = ?", (article,)).fetchall()
    for number, quote_id in rows:
        # Its number may have gone to a new quotation meanwhile.
        taken = conn.execute("SELECT 1 FROM quotes WHERE number = ?", (number,)).fetchone()
        if taken:
            conn.execute(
                """
                UPDATE rejected_quotes SET number = 1 + max(
                    (SELECT max(number) FROM quotes), (SELECT max(number) FROM rejected_quotes)
                ) WHERE id = ?
                """,
                (quote_id,),
            )
        conn.execute("INSERT INTO quotes SELECT * FROM rejected_quotes WHERE id = ?", (quote_id,))
        conn.execute(schema.INDEX_QUOTE, (quote_id,))
    conn.execute("DELETE FROM rejected_quotes WHERE article = ?", (article,))


def _find_quotes(
    conn: sqlite3.Connection, article_id: str, wanted: Mapping[str, list[Correction]]
) -> dict[str, list[Correction]]:
    """Return the corrections by the ids that their quotations have now; those of none are left out.

    A newer reader may draw a quotation's borders otherwise, which changes its id: the one that shares most
    of its words, and at least 60 % of both (Dice's coefficient), takes its place.
    """
    rows = conn.execute(
        """
        SELECT quotes.id, quotes.text, json_extract(quotes.contents, '$[0].start')
        FROM quotes JOIN articles ON articles.number = quotes.article WHERE articles.id = ?
        """,
        (article_id,),
    ).fetchall()
    ids = {row[0] for row in rows}
    found = {quote_id: corrections for quote_id, corrections in wanted.items() if quote_id in ids}
    for quote_id, corrections in wanted.items():
        if quote_id in ids:
            continue
        free = [row for row in rows if row[0] not in found]
        new_id = _most_alike(corrections[-1], free)
        if new_id is not None:
            found[new_id] = corrections
            _move(conn, quote_id, new_id)
    return found


def _most_alike(correction: Correction, rows: Sequence[tuple[str, str, int]]) -> str | None:
    scored = [
        (_likeness(correction.said, text), -abs(start - correction.start), quote_id)
        for quote_id, text, start in rows
    ]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] >= _MIN_LIKENESS else None


def _likeness(one: str, other: str) -> float:
    a, b = (Counter(_WORD.findall(text.casefold())) for text in (one, other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _move(conn: sqlite3.Connection, old: str, new: str) -> None:
    conn.execute("UPDATE corrections SET quote = ? WHERE quote = ?", (new, old))
    conn.execute("UPDATE moved_quotes SET new = ? WHERE new = ?", (new, old))
    conn.execute("DELETE FROM moved_quotes WHERE old = ?", (new,))
    conn.execute("INSERT OR REPLACE INTO moved_quotes (old, new) VALUES (?, ?)", (old, new))


def _shown(conn: sqlite3.Connection, quote_id: str) -> dict[str, Any]:
    """Return what can be corrected of a quotation, as it is shown now."""
    for table in ("quotes", "rejected_quotes"):
        row = conn.execute(
            f"""
            SELECT articles.id, speakers.id, speakers.name, speakers.kind, roles.name, q.kind, q.text,
                   json_extract(q.contents, '$[0].start')
            FROM {table} AS q JOIN articles ON articles.number = q.article
            LEFT JOIN speakers ON speakers.number = q.speaker LEFT JOIN roles ON roles.number = q.role
            WHERE q.id = ?
            """,
            (quote_id,),
        ).fetchone()
        if row is not None:
            speaker = None if row[1] is None else {"id": row[1], "name": row[2], "kind": row[3]}
            return {
                "article_id": row[0],
                "speaker": speaker,
                "role": row[4],
                "kind": row[5],
                "rejected": table == "rejected_quotes",
                "said": row[6],
                "start": row[7],
            }
    raise NotFoundError(f"No quotation has the id “{quote_id}”: check it, or search for its words.")


def _checked(conn: sqlite3.Connection, name: str, value: Any, article_id: str) -> Any:
    if name == "speaker":
        return _checked_speaker(conn, value, article_id)
    if name == "role":
        return identity.tidy(value) or None if value is not None else None
    if name == "kind":
        if value not in QUOTE_KINDS:
            raise QueryError(f"“{value}” is no kind: choose one of {', '.join(QUOTE_KINDS)}.")
        return value
    if name == "rejected":
        return bool(value)
    raise QueryError(f"“{name}” cannot be corrected: choose from {', '.join(FIELDS)}.")


def _checked_speaker(conn: sqlite3.Connection, value: Any, article_id: str) -> Any:
    if value is None:
        return None
    if value.get("id"):
        row = conn.execute("SELECT id, name, kind FROM speakers WHERE id = ?", (value["id"],)).fetchone()
        if row is None:
            raise NotFoundError(f"No speaker has the id “{value['id']}”: check it, or give a name instead.")
        return dict(zip(("id", "name", "kind"), row, strict=True))
    name, kind = identity.tidy(value.get("name") or ""), value.get("kind") or "person"
    if not name:
        raise QueryError("A speaker needs an id or a name: give one of them.")
    if kind not in SPEAKER_KINDS:
        raise QueryError(f"“{kind}” is no kind of speaker: choose one of {', '.join(SPEAKER_KINDS)}.")
    speaker_id = identity.speaker_id(name, kind, article_id)
    row = conn.execute("SELECT name FROM speakers WHERE id = ?", (speaker_id,)).fetchone()
    return {"id": speaker_id, "name": row[0] if row else name, "kind": kind}


def _speaker_number(conn: sqlite3.Connection, speaker: Any, article: int) -> int | None:
    """Return the number of a correction's speaker, who is brought back if no article knows them any more."""
    if speaker is None:
        return None
    row = conn.execute("SELECT number FROM speakers WHERE id = ?", (speaker["id"],)).fetchone()
    if row is not None:
        return int(row[0])
    name: str = speaker["name"]
    kind: SpeakerKind = speaker["kind"]
    number: int = conn.execute("SELECT coalesce(max(number), 0) + 1 FROM speakers").fetchone()[0]
    scope = None if identity.is_telling(name, kind) else article
    conn.execute(
        "INSERT INTO speakers (number, id, name, kind, article, names) VALUES (?, ?, ?, ?, ?, ?)",
        (number, speaker["id"], name, kind, scope, name),
    )
    conn.execute(schema.INDEX_SPEAKER, (number,))
    return number


def _role_number(conn: sqlite3.Connection, name: str | None) -> int | None:
    if name is None:
        return None
    row = conn.execute("SELECT number FROM roles WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return int(row[0])
    number: int = conn.execute("SELECT coalesce(max(number), 0) + 1 FROM roles").fetchone()[0]
    conn.execute("INSERT INTO roles (number, name) VALUES (?, ?)", (number, name))
    conn.execute(schema.INDEX_ROLE, (number, name))
    return number


def _link_name(conn: sqlite3.Connection, speaker: int, article: int) -> int | None:
    """Let a speaker have a name in an article; return the speaker if there was none yet."""
    known = "SELECT 1 FROM speaker_names WHERE speaker = ? AND article = ?"
    if conn.execute(known, (speaker, article)).fetchone():
        return None
    conn.execute(
        """
        INSERT INTO speaker_names (speaker, name, article)
        SELECT number, name, ? FROM speakers WHERE number = ?
        """,
        (article, speaker),
    )
    return speaker


def _link_role(
    conn: sqlite3.Connection, speaker: int, role: int, article: int, published: str | None
) -> int | None:
    known = "SELECT 1 FROM speaker_roles WHERE speaker = ? AND role = ? AND article = ?"
    if conn.execute(known, (speaker, role, article)).fetchone():
        return None
    conn.execute(
        "INSERT INTO speaker_roles (speaker, role, article, date) VALUES (?, ?, ?, ?)",
        (speaker, role, article, published),
    )
    return speaker


def _correction(row: tuple[Any, ...]) -> Correction:
    fields = [*row[:4], json.loads(row[4]), json.loads(row[5]), *row[6:]]
    return Correction(*fields)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
