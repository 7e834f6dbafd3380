"""Opening a database file for one writer or any number of readers; what SQLite's failures mean to a user."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from sqlite_utils import Database

from quotes.errors import (
    NotAStoreError,
    QueryError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreNotFoundError,
    StoreOutdatedError,
    StoreReadOnlyError,
    StoreTooNewError,
    StoreTooSlowError,
)
from quotes.store.schema import APPLICATION_ID, migrations, unknown_steps

_CACHE_KIB = 32 * 1024
_WAL_PAGES = 4000  # 16 MB between two copies of the log into the file; fewer copies make a quicker ingest
_NEARLY_FULL_BYTES = 1_000_000


def check_path(path: Path, *, create: bool) -> None:
    """Check that there is a quotation database, or room for one, before anything is written beside it.

    :raises StoreNotFoundError: The file is missing and may not be made, or its folder is missing.
    :raises NotAStoreError: It is a folder, no database, or a database of something else.
    """
    if path.is_dir():
        raise NotAStoreError(f"{path} is a folder: give the path of a database file.")
    if not path.parent.is_dir():
        raise StoreNotFoundError(f"There is no folder {path.parent} to hold {path.name}: make it first.")
    if not path.exists():
        if create:
            return
        raise StoreNotFoundError(
            f"There is no database {path}: ingest some articles first, or check the path."
        )
    if not path.is_file():
        raise NotAStoreError(f"{path} is a device or a pipe: give the path of a database file.")
    # SQLite looks, not this code: closing a file of one's own would end the locks that SQLite has on it
    # (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
    # Whatever else ails the file shows when it is opened in earnest.
    with (
        translated(path),
        suppress(sqlite3.OperationalError),
        closing(_connect(path, "mode=ro", wait_s=0)) as db,
    ):
        _check_whose(db, path)


def lock_for_writing(path: Path, wait_s: float) -> BaseFileLock:
    """Take the lock that a writer holds from opening to closing; it goes with the process, however that ends.

    :raises StoreBusyError: Another writer still holds it after ``wait_s`` seconds.
    :raises StoreReadOnlyError: The folder cannot be written to.
    """
    # thread_local=False: a store may be closed in another thread than it was opened in.
    lock = FileLock(f"{path.resolve()}.lock", timeout=wait_s, thread_local=False)
    try:
        lock.acquire()
    except Timeout as exc:
        if not Path(lock.lock_file).exists():
            raise StoreReadOnlyError(
                f"The folder of {path} takes no new file: choose another folder for the database."
            ) from exc
        raise StoreBusyError(_BUSY.format(path=path)) from exc
    except OSError as exc:
        raise StoreReadOnlyError(
            f"The folder of {path} cannot be written to ({exc.strerror}): change its permissions, or choose "
            "another."
        ) from exc
    return lock


def open_for_writing(path: Path, wait_s: float) -> Database:
    """Open or make a database, and bring its layout up to date."""
    with translated(path):
        db = _connect(path, "mode=rwc", wait_s)
        try:
            _check_whose(db, path)
            db.execute("PRAGMA journal_mode = WAL")
            # A crash of this process loses nothing; a power cut may lose the last articles saved, never the
            # file's consistency, and the next ingest reads those again. Closing waits for the disk.
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
            db.execute(f"PRAGMA journal_size_limit = {_WAL_PAGES * 4096}")
            with immediate(db):
                _check_age(db, path)
                if migrations.pending(db):
                    migrations.apply(db)
                # SQLite lets even a reader begin; only a statement that could write shows that it may.
                db.execute("DELETE FROM articles WHERE false")
        except BaseException:
            db.close()
            raise
    return db


def open_for_reading(path: Path, wait_s: float) -> Database:
    """Open a database that this connection cannot change, even where the file or its folder is read-only."""
    with translated(path):
        try:
            return _readable(path, "mode=ro", wait_s)
        except sqlite3.OperationalError as exc:
            # A log cannot be shared in a folder that cannot be written to. Where there is no log there is no
            # writer either, and the file can be read as it stands.
            if _primary(exc) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _has_log(path):
                raise
            return _readable(path, "mode=ro&immutable=1", wait_s)


def close(db: Database, *, wrote: bool) -> None:
    """Close a database; all that was written is on the disk then."""
    if wrote:
        # On a full disk the log stays beside the file and is taken in when there is room: nothing is lost.
        with suppress(sqlite3.Error):
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    db.close()


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """Run a block as one transaction, which holds the right to write from its start."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's failures within a block into this project's errors."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        error = _meaning(exc, path)
        if error is None:
            raise
        raise error from exc
    except UnicodeEncodeError as exc:
        raise QueryError(
            f"What was asked for holds half a character ({exc.object[exc.start]!a}): give it as Unicode text."
        ) from exc


def _connect(path: Path, options: str, wait_s: float) -> Database:
    # A store may pass from thread to thread, one at a time; this SQLite is built to be safe even with several.
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, timeout=wait_s, check_same_thread=False
    )
    try:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA mmap_size = 0")
        conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except BaseException:
        conn.close()
        raise
    return Database(conn, recursive_triggers=False, execute_plugins=False)


def _readable(path: Path, options: str, wait_s: float) -> Database:
    db = _connect(path, options, wait_s)
    try:
        if not _check_whose(db, path):
            raise NotAStoreError(f"{path} is empty: ingest some articles into it first, or check the path.")
        _check_age(db, path)
        if migrations.pending(db):
            raise StoreOutdatedError(
                f"{path} was made by an older version: ingest into it once, to bring it up to date."
            )
        db.execute("PRAGMA query_only = ON")
    except BaseException:
        db.close()
        raise
    return db


def _check_whose(db: Database, path: Path) -> bool:
    """Return whether the file is one of ours; one that is still empty may become one."""
    application_id = db.execute("PRAGMA application_id").fetchone()[0]
    if application_id == APPLICATION_ID:
        return True
    tables = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application_id or tables:
        raise NotAStoreError(
            f"{path} is a database of something else: give the path of one of quotations, or of a new file."
        )
    return False


def _check_age(db: Database, path: Path) -> None:
    newer = unknown_steps(db)
    if newer:
        raise StoreTooNewError(
            f"{path} was written by a newer version of this program (“{newer[-1]}”): upgrade to use it."
        )


def _has_log(path: Path) -> bool:
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _primary(exc: sqlite3.Error) -> int:
    return int(getattr(exc, "sqlite_errorcode", 0)) & 0xFF


def _meaning(exc: sqlite3.Error, path: Path) -> StoreError | None:
    code = _primary(exc)
    if code == sqlite3.SQLITE_IOERR and _nearly_full(path):
        code = sqlite3.SQLITE_FULL
    if code not in _MEANINGS:
        return None
    kind, message = _MEANINGS[code]
    return kind(message.format(path=path, exc=exc))


_BUSY = "Another program is writing to {path}: wait until it has finished, or write to another file."
_MEANINGS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusyError, _BUSY),
    sqlite3.SQLITE_LOCKED: (StoreBusyError, _BUSY),
    sqlite3.SQLITE_FULL: (
        StoreFullError,
        "The disk of {path} is full: free some room and repeat; what was finished before is kept.",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreReadOnlyError,
        "{path} is read-only: change its permissions, or choose another file.",
    ),
    sqlite3.SQLITE_NOTADB: (
        NotAStoreError,
        "{path} is not a database: give the path of one, or of a new file.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamagedError,
        "{path} is damaged ({exc}): restore a copy, or ingest the articles into a new file.",
    ),
    sqlite3.SQLITE_INTERRUPT: (
        StoreTooSlowError,
        "The answer took too long to find: ask for less, with rarer words or one more filter.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        "{path} cannot be opened ({exc}): check the permissions of the file and its folder.",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreError,
        "The disk of {path} cannot be read or written ({exc}): check it, then repeat.",
    ),
}


def _nearly_full(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _NEARLY_FULL_BYTES
    return False
