"""What Datasette does differently for a snapshot: a search that knows operators, marked hits, plain words for labels.

Registered by :mod:`quotes.browsing.server` for its own process, so that no other Datasette is changed.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Response
from markupsafe import Markup, escape

from quotes.errors import QueryError
from quotes.store.words import all_words, match_expression

STATIC = "-/quotes-browsing"
"""Where this package's own files are served."""

_NOTHING = '""'
_HIT = re.compile("⟦(.*?)⟧", re.DOTALL)


def safe_expression(words: str | None) -> str:
    """Return an expression for full-text search that means what a visitor typed, and is never a wrong one.

    What cannot be read as typed, such as a quotation mark that is never closed, is taken as plain words;
    where there is no word at all, as a phrase that nothing matches.
    """
    for read in (match_expression, all_words):
        try:
            return read(words or "")
        except QueryError:
            continue
    return _NOTHING


# Datasette's own functions are added first, so this one takes the place of its namesake.
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Let every search, of tables and in questions, read words as the rest of this package does."""
    conn.create_function("escape_fts", 1, safe_expression, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str) -> Markup | None:
    """Show the hits of a search as marked, and a confidence as a percentage."""
    if column == "what" and isinstance(value, str) and "⟦" in value:
        # The text is escaped first, so the marks are the only HTML in it.
        return Markup(_HIT.sub(r"<mark>\1</mark>", str(escape(value))))  # noqa: S704
    if column == "confidence" and isinstance(value, float):
        return escape(f"{value:.0%}")
    return None


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls(datasette: Any) -> list[str]:
    """Return the address of this package's style sheet."""
    return [datasette.urls.path(f"/{STATIC}/browse.css")]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Ask search engines to keep out: a name in a quotation is not to be found by them through here."""
    return [(r"^/robots\.txt$", _robots)]


async def _robots() -> Response:
    return Response.text("User-agent: *\nDisallow: /\n")
