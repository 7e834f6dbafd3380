"""A limit to the time that a question may take, kept by SQLite's own progress handler."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

# Some 10,000 steps of SQLite's virtual machine take about a millisecond.
_STEPS_BETWEEN_LOOKS = 10_000


@contextmanager
def time_limit(conn: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Stop any question of a block that is still running after so many seconds from its start.

    SQLite then answers with ``SQLITE_INTERRUPT``, which becomes a
    :class:`~quotes.errors.StoreTooSlowError`.
    """
    deadline = time.monotonic() + seconds
    conn.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        conn.set_progress_handler(None, 0)
