"""The database file as many threads use it: connections to read by, and one writer at a time."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from api.problems import ProblemError
from quotes.errors import StoreBusyError, StoreError, StoreNotFoundError, StoreReadOnlyError
from quotes.store import Store
from quotes.store.state import State

_T = TypeVar("_T")
_MAX_KEPT = 2000


class Database:
    """One database file, read by any thread and written by one at a time.

    Readers never wait. A change takes the writer's lock of the file for as long as it lasts, a few
    milliseconds, so that ``quotes ingest`` can run beside a server.
    """

    def __init__(self, path: Path, *, read_only: bool, query_s: float, write_wait_s: float) -> None:
        """Use a file; nothing is opened yet."""
        self.path = path
        self._path, self._log_path = str(path), f"{path}-wal"
        self.read_only = read_only
        self._query_s = query_s
        self._write_wait_s = write_wait_s
        self._idle: deque[tuple[tuple[int, int] | None, Store]] = deque()
        self._writing = threading.Lock()
        self._kept: dict[Hashable, Any] = {}
        self._kept_state: Hashable = None
        self._file: tuple[int, int] | None = None
        self._log: tuple[int, int] | None = None
        self._replacing = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Lend a store whose questions all see the same contents and together take a limited time.

        :raises StoreTooSlowError: They took longer.
        """
        file, store = self._take()
        try:
            with store.snapshot(limit_s=self._query_s):
                yield store
        except StoreError:
            store.close()
            raise
        except BaseException:
            self._idle.append((file, store))
            raise
        self._idle.append((file, store))

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Lend a store that can be written to, once nobody else writes.

        :raises StoreBusyError: Somebody else still does.
        :raises ProblemError: This server only reads.
        """
        self.require_writable()
        if not self._writing.acquire(timeout=self._write_wait_s):
            raise StoreBusyError("Other changes are being written: repeat this one in a few seconds.")
        try:
            self._look()
            with Store.open(self.path, "rw", create=False, wait_s=self._write_wait_s) as store:
                yield store
        finally:
            self._writing.release()

    def require_writable(self) -> None:
        """Do nothing if this server writes.

        :raises ProblemError: It only reads.
        """
        if self.read_only:
            raise ProblemError("read-only", "This server only reads: send changes to the one that writes.")

    def kept(self, state: State, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what was made for a key since the contents last changed, or make it now."""
        now = (self._file, state.version, state.changed)
        if self._kept_state != now or len(self._kept) > _MAX_KEPT:
            self._kept, self._kept_state = {}, now
        kept = self._kept
        if key not in kept:
            kept[key] = make()
        value: _T = kept[key]
        return value

    @property
    def file(self) -> tuple[int, int] | None:
        """Which file it is: another one may take its place under the same name."""
        return self._file

    def close(self) -> None:
        """Close every connection that is not lent."""
        while self._idle:
            self._idle.pop()[1].close()

    def _take(self) -> tuple[tuple[int, int] | None, Store]:
        file = self._look()
        while True:
            try:
                opened, store = self._idle.pop()
            except IndexError:
                return file, Store.open(self.path, "ro")
            if opened == file:
                return file, store
            store.close()

    def _look(self) -> tuple[int, int] | None:
        """Return which file has the name now."""
        file, log = _identity(self._path), _identity(self._log_path)
        if file is None:
            raise StoreNotFoundError(f"There is no database {self.path} any more: put it back.")
        if file != self._file:
            self._notice(file, log)
        self._log = log
        return self._file

    def _notice(self, file: tuple[int, int], log: tuple[int, int] | None) -> None:
        """Take note that another file has the name now, and clear away what the former one left beside it.

        SQLite would take a log that belongs to the former file for the new one's. Only a log that was there
        before is the former's, and only with the writer's lock is it certain that nobody writes to it.
        """
        with self._replacing:
            if file == self._file:
                return
            if self._file is not None and log is not None and log == self._log:
                with suppress(Timeout, OSError), FileLock(f"{self.path.resolve()}.lock", timeout=1):
                    for ending in ("-wal", "-shm"):
                        Path(f"{self.path}{ending}").unlink(missing_ok=True)
            self._file = file


def lock_for_server(path: Path) -> FileLock:
    """Take the lock that a server which writes holds for as long as it runs.

    :raises StoreBusyError: Another server has it.
    :raises StoreReadOnlyError: The folder cannot be written to.
    """
    lock = FileLock(f"{path.resolve()}.server.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as exc:
        raise StoreBusyError(
            f"Another server already writes to {path}: stop it, or start this one with --read-only."
        ) from exc
    except OSError as exc:
        raise StoreReadOnlyError(
            f"The folder of {path} cannot be written to ({exc.strerror}): start the server with --read-only."
        ) from exc
    return lock


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino
