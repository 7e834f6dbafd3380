"""Who said what, kept in a SQLite file: written by one program at a time, read by any number."""

from __future__ import annotations

from quotes.store.checking import sqlite_warning
from quotes.store.rows import (
    ArticleItem,
    ArticleRef,
    ArticleRow,
    Cursor,
    Outcome,
    QuoteQuery,
    QuoteRow,
    RoleItem,
    RoleUse,
    Sort,
    SpeakerItem,
    SpeakerRef,
    SpeakerRow,
    Statistics,
)
from quotes.store.store import Store

__all__ = [
    "ArticleItem",
    "ArticleRef",
    "ArticleRow",
    "Cursor",
    "Outcome",
    "QuoteQuery",
    "QuoteRow",
    "RoleItem",
    "RoleUse",
    "Sort",
    "SpeakerItem",
    "SpeakerRef",
    "SpeakerRow",
    "Statistics",
    "Store",
    "sqlite_warning",
]
