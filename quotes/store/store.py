"""The front door: one class around one database file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from filelock import BaseFileLock
from sqlite_utils import Database

from quotes.model import Article, Reading
from quotes.store import (
    checking,
    connection,
    corrections,
    directory,
    facets,
    grouping,
    jsonrows,
    limiting,
    overview,
    placing,
    querying,
    removing,
    state,
    writing,
)
from quotes.store.corrections import Correction
from quotes.store.rows import (
    ArticleItem,
    ArticleRow,
    Cursor,
    Outcome,
    QuoteQuery,
    QuoteRow,
    RoleItem,
    SpeakerItem,
    SpeakerRow,
    Statistics,
)
from quotes.store.state import State

#: How long to wait for another program to finish with the file, in seconds.
WAIT_S = 5.0


class Store:
    """Articles and who said what in them, in a SQLite file.

    ::

        with Store.open("quotes.db") as store:
            store.save(reading, reader_version="1")
            for row in store.search(QuoteQuery(words="airstrikes", speaker="Blinken")):
                print(row.speaker, row.role, row.text)

    Every method raises a :class:`~quotes.errors.StoreError` where the file cannot be used, a
    :class:`~quotes.errors.NotFoundError` for an id that is not there, and a
    :class:`~quotes.errors.QueryError` for a question that cannot be answered. A store serves one
    thread at a time.
    """

    def __init__(self, path: Path, db: Database, lock: BaseFileLock | None) -> None:
        """Use :meth:`open`."""
        self.path = path
        self.db = db
        self._lock = lock

    @classmethod
    def open(
        cls,
        path: str | Path,
        mode: Literal["rw", "ro"] = "rw",
        *,
        create: bool = True,
        wait_s: float = WAIT_S,
    ) -> Store:
        """Open a database file.

        :param mode: ``rw`` for the one writer that a file can have at a time, ``ro`` for any number of
            readers, who neither wait for the writer nor hold it up.
        :param create: Whether a writer makes a file that is not there.
        :param wait_s: How long to wait for another writer to finish, in seconds.
        :raises StoreNotFoundError: There is no such file, or no folder to make it in.
        :raises NotAStoreError: It is something else.
        :raises StoreBusyError: Another program is writing to it.
        :raises StoreReadOnlyError: It is to be written to and cannot be.
        :raises StoreTooNewError: A newer version of this program wrote it.
        :raises StoreOutdatedError: An older one did, and it was opened for reading.
        """
        path = Path(path)
        connection.check_path(path, create=create and mode == "rw")
        if mode == "ro":
            return cls(path, connection.open_for_reading(path, wait_s), None)
        lock = connection.lock_for_writing(path, wait_s)
        try:
            return cls(path, connection.open_for_writing(path, wait_s), lock)
        except BaseException:
            lock.release()
            raise

    @staticmethod
    def check_path(path: str | Path) -> None:
        """Check that a database is there, before anything is written beside it.

        :raises StoreNotFoundError: There is none.
        :raises NotAStoreError: It is something else.
        """
        connection.check_path(Path(path), create=False)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let the next writer in; closing again does nothing."""
        try:
            connection.close(self.db, wrote=self._lock is not None)
        finally:
            if self._lock is not None:
                self._lock.release()

    def has_current(self, article: Article, reader_version: str) -> bool:
        """Return whether an article is stored with this text and metadata, read by this version.

        If it is, reading it again would change nothing. Its path does not count.
        """
        with connection.translated(self.path):
            return writing.has_current(self.db.conn, article, reader_version)

    def save(self, reading: Reading, reader_version: str) -> Outcome:
        """Store an article and its quotations, or bring them up to date; all of it or, on an error, none.

        Quotations that still hold keep their ids; those that do not go.

        :raises ArticleFormatError: A text of the article cannot be stored.
        """
        with self._changing():
            lifted = corrections.lift(self.db.conn, reading.article.id)
            outcome = writing.save(self.db.conn, reading, reader_version)
            corrections.apply(self.db.conn, reading.article.id, lifted)
        return outcome

    def tidy(self) -> None:
        """Put the full-text index in one piece, which makes every search quicker.

        It takes some seconds for each million quotations, and is worth it after a tenth of them were added.
        """
        with connection.translated(self.path), connection.immediate(self.db):
            self.db.conn.execute("INSERT INTO quotes_fts (quotes_fts) VALUES ('optimize')")

    def remove_article(self, article_id: str) -> None:
        """Remove an article and its quotations; corrections made in it hold again should it come back."""
        with self._changing():
            removing.remove_article(self.db.conn, article_id)

    def correct(self, quote_id: str, values: Mapping[str, Any], *, by: str, reason: str) -> list[Correction]:
        """Correct a quotation: see :func:`quotes.store.corrections.add`."""
        with self._changing():
            return corrections.add(self.db.conn, quote_id, values, by=by, reason=reason)

    def undo_correction(self, quote_id: str, correction_id: str, *, by: str) -> Correction:
        """Take a correction back; it stays on record as undone."""
        with self._changing():
            return corrections.undo(self.db.conn, quote_id, correction_id, by=by)

    def corrections(self, quote_id: str) -> list[Correction]:
        """Return everything that was corrected of a quotation, undone or not, the oldest first."""
        with connection.translated(self.path):
            return corrections.of_quote(self.db.conn, quote_id)

    def moved_to(self, quote_id: str) -> str | None:
        """Return the id that a corrected quotation has now, if a newer reader gave it another."""
        with connection.translated(self.path):
            return corrections.moved_to(self.db.conn, quote_id)

    def rejected_quote(self, quote_id: str) -> QuoteRow | None:
        """Return the quotation with that id if somebody rejected it as none."""
        with connection.translated(self.path):
            return querying.rejected_quote(self.db.conn, quote_id)

    def state(self) -> State:
        """Return which version of its contents the store holds."""
        with connection.translated(self.path):
            return state.read(self.db.conn)

    @contextmanager
    def snapshot(self, *, limit_s: float | None = None) -> Iterator[None]:
        """Let every question of a block see the same contents, and take no longer than it may.

        :raises StoreTooSlowError: The block's questions took more than ``limit_s`` seconds.
        """
        with connection.translated(self.path), ExitStack() as stack:
            if limit_s is not None:
                stack.enter_context(limiting.time_limit(self.db.conn, limit_s))
            self.db.conn.execute("BEGIN")
            try:
                yield
            finally:
                self.db.conn.rollback()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        conn = self.db.conn
        with connection.translated(self.path), connection.immediate(self.db):
            before = conn.total_changes
            yield
            if conn.total_changes != before:
                state.advance(conn)

    def search(self, query: QuoteQuery) -> list[QuoteRow]:
        """Return the quotations that answer a query, at most ``query.limit``."""
        with connection.translated(self.path):
            return querying.search(self.db.conn, query)

    def places(self, query: QuoteQuery) -> list[Cursor]:
        """Return where the quotations that answer a query are, in order, at most ``query.limit``."""
        with connection.translated(self.path):
            return placing.first_at_once(self.db.conn, query)

    def quotes_at(self, places: Sequence[Cursor]) -> list[QuoteRow]:
        """Return the quotations at some places, in their order."""
        with connection.translated(self.path):
            return querying.rows(self.db.conn, places)

    def page_json(self, places: Sequence[Cursor]) -> str:
        """Return the quotations at some places as a JSON list, of the form of :mod:`quotes.jsonform`."""
        with connection.translated(self.path):
            return jsonrows.page(self.db.conn, places)

    def quote_json(self, quote_id: str, *, rejected: bool = False) -> tuple[str, str, bool] | None:
        """Return a quotation as JSON: see :func:`quotes.store.jsonrows.one`."""
        with connection.translated(self.path):
            return jsonrows.one(self.db.conn, quote_id, rejected=rejected)

    def export(self, query: QuoteQuery) -> Iterator[QuoteRow]:
        """Yield every quotation that answers a query, from its cursor on and whatever its limit."""
        with connection.translated(self.path):
            yield from querying.export(self.db.conn, query)

    def count(self, query: QuoteQuery) -> int:
        """Return how many quotations answer a query, whatever its limit and cursor."""
        with connection.translated(self.path):
            return placing.count(self.db.conn, query)

    def quote(self, quote_id: str) -> QuoteRow:
        """Return the quotation with that id."""
        with connection.translated(self.path):
            return querying.quote(self.db.conn, quote_id)

    def article(self, article_id: str) -> ArticleRow:
        """Return the article with that id, with its text."""
        with connection.translated(self.path):
            return querying.article(self.db.conn, article_id)

    def article_quotes(self, article_id: str) -> list[QuoteRow]:
        """Return the quotations of an article in the order they stand there."""
        with connection.translated(self.path):
            return querying.article_quotes(self.db.conn, article_id)

    def speakers(self, name: str | None = None, *, limit: int = 100) -> list[SpeakerRow]:
        """Return the speakers one of whose names contains the words of ``name``, the most quoted first."""
        with connection.translated(self.path):
            return querying.speakers(self.db.conn, name, limit)

    def require_speaker(self, speaker_id: str) -> None:
        """Do nothing if there is a speaker with that id."""
        with connection.translated(self.path):
            querying.require_speaker(self.db.conn, speaker_id)

    def speaker(self, speaker_id: str) -> SpeakerRow:
        """Return the speaker with that id."""
        with connection.translated(self.path):
            return querying.speaker(self.db.conn, speaker_id)

    def statistics(self) -> Statistics:
        """Return how much the store holds."""
        with connection.translated(self.path):
            return querying.statistics(self.db.conn)

    def list_speakers(self, **asked: Any) -> list[SpeakerItem]:
        """Return speakers: see :func:`quotes.store.directory.speakers`."""
        with connection.translated(self.path):
            return directory.speakers(self.db.conn, **asked)

    def count_speakers(self, **asked: Any) -> int:
        """Return how many speakers there are: see :func:`quotes.store.directory.count_speakers`."""
        with connection.translated(self.path):
            return directory.count_speakers(self.db.conn, **asked)

    def all_names(self) -> list[str]:
        """Return every name of every speaker."""
        with connection.translated(self.path):
            return directory.all_names(self.db.conn)

    def list_roles(self, **asked: Any) -> list[RoleItem]:
        """Return roles: see :func:`quotes.store.directory.roles`."""
        with connection.translated(self.path):
            return directory.roles(self.db.conn, **asked)

    def count_roles(self, **asked: Any) -> int:
        """Return how many roles there are: see :func:`quotes.store.directory.count_roles`."""
        with connection.translated(self.path):
            return directory.count_roles(self.db.conn, **asked)

    def list_articles(self, **asked: Any) -> list[ArticleItem]:
        """Return articles: see :func:`quotes.store.directory.articles`."""
        with connection.translated(self.path):
            return directory.articles(self.db.conn, **asked)

    def count_articles(self, **asked: Any) -> int:
        """Return how many articles there are: see :func:`quotes.store.directory.count_articles`."""
        with connection.translated(self.path):
            return directory.count_articles(self.db.conn, **asked)

    def speaker_ids(self, speaker: str, *, limit: int) -> list[str]:
        """Return the ids of those whom a question about a speaker, by id or by name, is about."""
        with connection.translated(self.path):
            return directory.speaker_ids(self.db.conn, speaker, limit=limit)

    def matching_speakers(self, speaker: str, *, limit: int = 10) -> list[SpeakerItem]:
        """Return those whom a question about a speaker's name is about, the most quoted first."""
        with connection.translated(self.path):
            return directory.matching_speakers(self.db.conn, speaker, limit=limit)

    def counts(self, query: QuoteQuery, by: facets.Facet, *, limit: int = 20) -> dict[str, int]:
        """Return how many quotations answer a query, by what: see :func:`quotes.store.facets.counts`."""
        with connection.translated(self.path):
            return facets.counts(self.db.conn, query, by, limit=limit)

    def glance(self, query: QuoteQuery, **options: int) -> overview.Glance:
        """Return what the quotations that answer a query have in common: see :func:`quotes.store.overview.glance`."""
        with connection.translated(self.path):
            return overview.glance(self.db.conn, query, **options)

    def groups(self, query: QuoteQuery, **part: Any) -> grouping.Grouping:
        """Return who says what answers a query: see :func:`quotes.store.grouping.groups`."""
        with connection.translated(self.path):
            return grouping.groups(self.db.conn, query, **part)

    def count_up_to(self, query: QuoteQuery, most: int) -> int:
        """Return how many quotations answer a query, or ``most`` if there are as many or more."""
        with connection.translated(self.path):
            return overview.count_up_to(self.db.conn, query, most)

    def repeated(self, speaker_id: str, *, limit: int = 5) -> list[overview.Statement]:
        """Return what a speaker is quoted with most often: see :func:`quotes.store.overview.repeated`."""
        with connection.translated(self.path):
            return overview.repeated(self.db.conn, speaker_id, limit=limit)

    def audit(self, query: QuoteQuery, *, by_month: bool) -> overview.Audit:
        """Return who gets quoted, and how: see :func:`quotes.store.overview.audit`."""
        with connection.translated(self.path):
            return overview.audit(self.db.conn, query, by_month=by_month)

    def check(self) -> list[str]:
        """Return a sentence for everything that is wrong with the file; it reads all of it."""
        with connection.translated(self.path):
            return list(checking.findings(self.db, writable=self._lock is not None))
