"""Which version of its contents a database holds: what a reader may go on using until the next change."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class State:
    """``version`` grows with every change; ``changed`` is when the last was made, in UTC."""

    version: int
    changed: datetime


def read(conn: sqlite3.Connection) -> State:
    """Return the state of the snapshot that the connection sees."""
    version, changed = conn.execute("SELECT version, at FROM changes").fetchone()
    return State(version, datetime.fromisoformat(changed))


def advance(conn: sqlite3.Connection) -> None:
    """Note that the contents have changed, within the transaction that is open."""
    conn.execute("UPDATE changes SET version = version + 1, at = ?", (now(),))


def now() -> str:
    """Return the time in UTC, as it is stored."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
