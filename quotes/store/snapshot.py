"""Publishing a database: a copy of one moment, laid out for browsing, that takes the place of the last one at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from quotes.errors import NotAStoreError, StoreDamagedError, StoreNotFoundError, StoreReadOnlyError
from quotes.store import connection, published, state

#: How long to wait for another program that publishes to the same file, in seconds.
WAIT_S = 5.0

_CACHE_KIB = 64 * 1024


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published file, how much it shows, and when the database was copied, in UTC."""

    path: Path
    taken: str
    articles: int
    quotations: int
    speakers: int


def publish(db: Path, target: Path, *, texts: bool = True, wait_s: float = WAIT_S) -> Snapshot:
    """Publish a database to a file, which shows the old snapshot until the new one is whole and checked.

    An ingest may be running: the snapshot holds the articles finished when it was begun. Programs that have
    the old snapshot open go on reading it.

    :param texts: Whether to show the articles' full texts, besides the sentences around quotations.
    :param wait_s: How long to wait for another program that publishes to the same file, in seconds.
    :raises StoreNotFoundError: There is no database, or no folder for the snapshot.
    :raises NotAStoreError: ``db`` is no database, or ``target`` is there and is no snapshot.
    :raises StoreBusyError: Another program is publishing to the same file.
    :raises StoreDamagedError: SQLite finds the copy damaged; the old snapshot stays.
    :raises StoreError: A disk is full or a file cannot be read or written; the old snapshot stays.
    """
    connection.check_path(db, create=False)
    _check_target(db, target)
    with _lock(target, wait_s):
        copy, part = target.with_name(f".{target.name}.copy"), target.with_name(f".{target.name}.part")
        try:
            # What a publication that was killed has left.
            _remove(copy, part)
            taken = state.now()
            _copy(db, copy, wait_s)
            snapshot = _lay_out(copy, part, target, taken=taken, texts=texts)
            _swap(part, target)
        finally:
            _remove(copy, part)
    return snapshot


def _check_target(db: Path, target: Path) -> None:
    if target.is_dir():
        raise NotAStoreError(f"{target} is a folder: give the path of a file for the snapshot.")
    if not target.parent.is_dir():
        raise StoreNotFoundError(f"There is no folder {target.parent} to hold {target.name}: make it first.")
    if not target.exists():
        return
    if target.samefile(db):
        raise NotAStoreError(f"{target} is the database itself: give another path for the snapshot.")
    uri = f"{target.absolute().as_uri()}?mode=ro&immutable=1"
    with connection.translated(target), closing(sqlite3.connect(uri, uri=True)) as conn:
        if conn.execute("PRAGMA application_id").fetchone()[0] != published.SNAPSHOT_ID:
            raise NotAStoreError(f"{target} is no snapshot: give another path, so that nothing is lost.")


@contextmanager
def _lock(target: Path, wait_s: float) -> Iterator[None]:
    lock = connection.lock_for_writing(target, wait_s)
    try:
        yield
    finally:
        lock.release()


def _copy(db: Path, copy: Path, wait_s: float) -> None:
    source = connection.open_for_reading(db, wait_s)
    with connection.translated(copy), closing(source):
        # The connection still cannot change the database: its file is open for reading only.
        source.execute("PRAGMA query_only = OFF")
        source.execute("VACUUM INTO ?", [str(copy)])


def _lay_out(copy: Path, part: Path, target: Path, *, taken: str, texts: bool) -> Snapshot:
    with (
        connection.translated(target),
        closing(sqlite3.connect(part, isolation_level=None)) as conn,
    ):
        # Neither file is anybody's yet: should this stop half-way, both are thrown away.
        conn.execute("ATTACH ? AS source", [str(copy)])
        for schema in ("main", "source"):
            conn.execute(f"PRAGMA {schema}.journal_mode = OFF")
            conn.execute(f"PRAGMA {schema}.synchronous = OFF")
            conn.execute(f"PRAGMA {schema}.cache_size = -{_CACHE_KIB}")
        published.fill(conn, taken=taken, texts=texts)
        conn.execute("DETACH source")
        problems = [row[0] for row in conn.execute("PRAGMA quick_check") if row[0] != "ok"]
        problems += [f"a row of {row[0]} points nowhere" for row in conn.execute("PRAGMA foreign_key_check")]
        if problems:
            raise StoreDamagedError(
                f"The copy is damaged ({problems[0]}), so {target} is left as it was: run “quotes doctor”."
            )
        counts = conn.execute("SELECT articles, quotations, speakers FROM snapshot").fetchone()
    return Snapshot(target, taken, *counts)


def _swap(part: Path, target: Path) -> None:
    try:
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        # The new name too is to outlast a power cut; not every system can say so of a folder.
        with suppress(OSError):
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as exc:
        raise StoreReadOnlyError(f"{target} cannot be written: {exc.strerror}.") from exc


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
