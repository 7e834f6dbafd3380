"""Everything that can be wrong with what a user gave us.

::

    QuotesError
    ├── ArticleError             the text cannot be read as an article
    │   ├── ArticleNotFoundError
    │   ├── ArticleFormatError
    │   ├── EmptyArticleError
    │   └── ArticleTooLongError
    ├── WeightsError             the trained reader is missing or damaged
    ├── StoreError               the database cannot be used
    │   ├── StoreNotFoundError
    │   ├── NotAStoreError
    │   ├── StoreReadOnlyError
    │   ├── StoreBusyError
    │   ├── StoreTooNewError
    │   └── StoreFullError
    └── QueryError               the question cannot be answered as it was put

A message is one sentence or two: the value met, what was expected, and what to do.
"""

from __future__ import annotations


class QuotesError(Exception):
    """Base of every error a user can cause and mend."""


class ArticleError(QuotesError):
    """The text cannot be read as an article."""


class ArticleNotFoundError(ArticleError):
    """There is no such file, or the folder holds no article."""


class ArticleFormatError(ArticleError):
    """The bytes are not text, not HTML with an article in it, or not the JSON that was promised."""


class EmptyArticleError(ArticleError):
    """The article has no text."""


class ArticleTooLongError(ArticleError):
    """The article has more characters than a reader takes."""


class WeightsError(QuotesError):
    """The trained reader is missing or damaged."""


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


class StoreFullError(StoreError):
    """The disk is full."""


class QueryError(QuotesError):
    """The question cannot be answered as it was put."""
