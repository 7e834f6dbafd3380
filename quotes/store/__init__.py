"""Who said what, kept in a SQLite file: written by one program at a time, read by any number."""

from __future__ import annotations

from quotes.store.checking import sqlite_warning
from quotes.store.rows import (
    ArticleRef,
    ArticleRow,
    Cursor,
    Outcome,
    QuoteQuery,
    QuoteRow,
    RoleUse,
    Sort,
    SpeakerRef,
    SpeakerRow,
    Statistics,
)
from quotes.store.store import Store

__all__ = [
    "ArticleRef",
    "ArticleRow",
    "Cursor",
    "Outcome",
    "QuoteQuery",
    "QuoteRow",
    "RoleUse",
    "Sort",
    "SpeakerRef",
    "SpeakerRow",
    "Statistics",
    "Store",
    "sqlite_warning",
]
