"""Everything that can be wrong with what a user gave us.

::

    QuotesError
    ├── ArticleError             the text cannot be read as an article
    │   ├── ArticleNotFoundError
    │   ├── ArticleFormatError
    │   ├── EmptyArticleError
    │   └── ArticleTooLongError
    ├── WeightsError             the trained reader is missing or damaged
    ├── WorkerError              a process that was reading articles came to an end
    ├── StoreError               the database cannot be used
    │   ├── StoreNotFoundError
    │   ├── NotAStoreError
    │   ├── StoreReadOnlyError
    │   ├── StoreBusyError
    │   ├── StoreTooNewError
    │   ├── StoreOutdatedError
    │   ├── StoreDamagedError
    │   ├── StoreTooSlowError
    │   └── StoreFullError
    ├── NotFoundError            nothing in the database has that id
    └── QueryError               the question cannot be answered as it was put

A message is one sentence or two: the value met, what was expected, and what to do.
"""

from __future__ import annotations


class QuotesError(Exception):
    """Base of every error a user can cause and mend."""


class ArticleError(QuotesError):
    """The text cannot be read as an article."""


class ArticleNotFoundError(ArticleError):
    """There is no such file, it cannot be opened, or the folder holds no article."""


class ArticleFormatError(ArticleError):
    """The bytes are not text, not HTML with an article in it, or not the JSON that was promised."""


class EmptyArticleError(ArticleError):
    """The article has no text."""


class ArticleTooLongError(ArticleError):
    """The article has more characters than a reader takes."""


class WeightsError(QuotesError):
    """The trained reader is missing or damaged."""


class WorkerError(QuotesError):
    """A process that was reading articles came to an end before it was done."""


class StoreError(QuotesError):
    """The database cannot be used."""


class StoreNotFoundError(StoreError):
    """There is no database at that path."""


class NotAStoreError(StoreError):
    """The file is not a database, or is a database of something else."""


class StoreReadOnlyError(StoreError):
    """The database cannot be written to."""


class StoreBusyError(StoreError):
    """Another process is writing to the database."""


class StoreTooNewError(StoreError):
    """The database was written by a newer version of this program."""


class StoreOutdatedError(StoreError):
    """The database was written by an older version and must first be brought up to date."""


class StoreDamagedError(StoreError):
    """The database's own pages contradict each other or cannot be read."""


class StoreTooSlowError(StoreError):
    """Finding the answer took longer than it may."""


class StoreFullError(StoreError):
    """The disk is full."""


class NotFoundError(QuotesError):
    """Nothing in the database has that id."""


class QueryError(QuotesError):
    """The question cannot be answered as it was put."""
