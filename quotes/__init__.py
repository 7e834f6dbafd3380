"""Who said what: quotations of news text, tied to their speakers and roles, stored and searched.

::

    import quotes

    articles = [quotes.Article(id="a", text="“We are ready,” the mayor, Ana Duarte, said.")]
    for reading in quotes.read(articles):
        for quote in reading.quotes:
            print(quote.speaker, quote.role, quote.text)

    with quotes.Store.open("quotes.db", mode="ro") as store:
        for row in store.speakers("Duarte"):
            print(row.name, row.quotations)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from quotes.errors import QuotesError
from quotes.model import Article, Quote, Reading, Span, Speaker

if TYPE_CHECKING:
    from quotes.pipeline import load, read
    from quotes.pipeline.evidence import explain
    from quotes.store import Store

__all__ = [
    "Article",
    "Quote",
    "QuotesError",
    "Reading",
    "Span",
    "Speaker",
    "Store",
    "explain",
    "load",
    "read",
]

# spaCy and SQLite take a second to import, and plain data and `quotes --help` need neither.
_LAZY = {
    "explain": "quotes.pipeline.evidence",
    "load": "quotes.pipeline",
    "read": "quotes.pipeline",
    "Store": "quotes.store",
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
