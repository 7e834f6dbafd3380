"""Who may do what over the network: tokens, kept as hashes in a small file of their own beside the database.

Apart from the database, they never go out with a copy of it, and one can be taken away while articles are
being ingested.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from quotes.errors import (
    NotAStoreError,
    NotFoundError,
    QueryError,
    StoreBusyError,
    StoreError,
    StoreReadOnlyError,
)

Scope = Literal["read", "extract", "ingest", "correct"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""What a token can allow: reading where that is not open to all, ``POST /extract`` there, articles,
corrections."""

PREFIX = "qt_"
_WAIT_S = 5.0
_APPLICATION_ID = 0x51746F6B  # "Qtok" in ASCII
_SCHEMA = f"""
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS tokens (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        hash BLOB NOT NULL UNIQUE,
        scopes TEXT NOT NULL,
        created TEXT NOT NULL,
        expires TEXT,
        revoked TEXT
    ) STRICT;
    CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
    PRAGMA application_id = {_APPLICATION_ID};
    COMMIT;
"""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; the token itself is told once, when it is made. Times are in UTC."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None
    revoked: datetime | None

    @property
    def is_valid(self) -> bool:
        """Whether it can still be used."""
        return self.revoked is None and (self.expires is None or datetime.now(UTC) < self.expires)


class Tokens:
    """The tokens of one database.

    Every method opens the file for itself, so an object can be shared between threads.
    """

    def __init__(self, db: Path) -> None:
        """Use the tokens of the database ``db``; nothing is opened or made yet."""
        self.path = Path(f"{db}.tokens")

    def create(
        self, name: str, scopes: Sequence[Scope], *, lifetime: timedelta | None = None
    ) -> tuple[str, Token]:
        """Make a token; return it, for this once, and what is kept of it.

        :raises QueryError: The name is blank, or there is no scope, or one that does not exist.
        """
        if not name.strip():
            raise QueryError("A token needs a name: say who or what will use it.")
        wrong = [scope for scope in scopes if scope not in SCOPES]
        if wrong or not scopes:
            what = f"“{wrong[0]}” is no scope" if wrong else "A token needs a scope"
            raise QueryError(f"{what}: choose from {', '.join(SCOPES)}.")
        # 256 random bits cannot be guessed, so a quick hash keeps them as well as a slow one.
        secret = PREFIX + secrets.token_urlsafe(32)
        now = datetime.now(UTC).replace(microsecond=0)
        expires = now + lifetime if lifetime else None
        kept = tuple(scope for scope in SCOPES if scope in scopes)
        token = Token(secrets.token_hex(4), name.strip(), kept, now, expires, None)
        with self._open() as conn:
            conn.execute(
                "INSERT INTO tokens (id, name, hash, scopes, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    *(token.id, token.name, _hash(secret), " ".join(token.scopes)),
                    *(now.isoformat(), expires.isoformat() if expires else None),
                ),
            )
        return secret, token

    def all(self) -> list[Token]:
        """Return every token, revoked ones too, the oldest first."""
        if not self.path.exists():
            return []
        with self._open() as conn:
            return [_token(row) for row in conn.execute(f"{_SELECT} ORDER BY created, id")]

    def revoke(self, token_id: str) -> Token:
        """Make a token useless from now on; revoking it again changes nothing.

        :raises NotFoundError: There is no such token.
        """
        missing = NotFoundError(f"No token has the id “{token_id}”: list them to see their ids.")
        if not self.path.exists():
            raise missing
        with self._open() as conn:
            now = datetime.now(UTC).replace(microsecond=0).isoformat()
            conn.execute("UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL", (now, token_id))
            row = conn.execute(f"{_SELECT} WHERE id = ?", (token_id,)).fetchone()
        if row is None:
            raise missing
        return _token(row)

    def find(self, secret: str) -> Token | None:
        """Return the token that a caller presents, if it exists, valid or not."""
        if not secret.startswith(PREFIX) or not self.path.exists():
            return None
        with self._open() as conn:
            row = conn.execute(f"{_SELECT} WHERE hash = ?", (_hash(secret),)).fetchone()
        return _token(row) if row else None

    def secret(self, name: str) -> bytes:
        """Return a random key of 32 bytes, made when it is first asked for and always the same from then on.

        Where it cannot be kept, for instance in a folder that cannot be written to, it holds for this call.
        """
        key = secrets.token_bytes(32)
        with suppress(StoreError), self._open() as conn:
            conn.execute("INSERT OR IGNORE INTO secrets (name, value) VALUES (?, ?)", (name, key))
            key = conn.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()[0]
        return key

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                # Nobody else on this machine has business with them.
                with suppress(FileExistsError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)) as conn:
                application_id = conn.execute("PRAGMA application_id").fetchone()[0]
                if application_id == 0:
                    conn.executescript(_SCHEMA)
                elif application_id != _APPLICATION_ID:
                    raise NotAStoreError(f"{self.path} is a database of something else: move it away.")
                yield conn
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise StoreBusyError(f"{self.path} is in use elsewhere: repeat in a moment.") from exc
            raise StoreReadOnlyError(f"{self.path} cannot be used ({exc}): check its permissions.") from exc
        except sqlite3.DatabaseError as exc:
            raise NotAStoreError(f"{self.path} is no file of tokens ({exc}): move it away.") from exc
        except OSError as exc:
            raise StoreReadOnlyError(f"{self.path} cannot be made: {exc.strerror}.") from exc


_SELECT = "SELECT id, name, scopes, created, expires, revoked FROM tokens"


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _token(row: tuple[str, str, str, str, str | None, str | None]) -> Token:
    token_id, name, scopes, created, expires, revoked = row
    return Token(
        token_id,
        name,
        tuple(scope for scope in SCOPES if scope in scopes.split()),
        datetime.fromisoformat(created),
        datetime.fromisoformat(expires) if expires else None,
        datetime.fromisoformat(revoked) if revoked else None,
    )
