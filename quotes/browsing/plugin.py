"""What Datasette does differently for a snapshot: a search that knows operators, marked hits, plain words for labels.

Registered by :mod:`quotes.browsing.server` for its own process, so that no other Datasette is changed.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Response
from markupsafe import Markup

from quotes.browsing.cells import shown
from quotes.browsing.headers import with_headers
from quotes.errors import QueryError
from quotes.store.words import MAX_LENGTH, all_words, match_expression

STATIC = "-/quotes-browsing"
"""Where this package's own files are served."""

_NOTHING = '""'


def safe_expression(words: str | None) -> str:
    """Return an expression for full-text search that means what a visitor typed, and is never a wrong one.

    What cannot be read as typed, such as a quotation mark that is never closed, is taken as plain words, and
    what goes on for too long is cut; where there is no word at all, it is a phrase that nothing matches.
    """
    for read in (match_expression, all_words):
        try:
            return read((words or "")[:MAX_LENGTH])
        except QueryError:
            continue
    return _NOTHING


# Datasette's own functions are added first, so this one takes the place of its namesake.
@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Let every search, of tables and in questions, read words as the rest of this package does."""
    conn.create_function("escape_fts", 1, safe_expression, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: Any, column: str, database: str, datasette: Any) -> Markup | None:
    """Show names, titles and ids as what they lead to, and mark the hits of a search."""
    # A row is no dictionary: iterating over it may give its values. With a label, a value is one.
    cells = {name: row[name] for name in row.keys()}  # noqa: SIM118
    cells = {name: cell["value"] if isinstance(cell, dict) else cell for name, cell in cells.items()}
    return shown(
        column,
        value,
        cells,
        speakers=datasette.urls.table(database, "speakers_quoted"),
        quotations=datasette.urls.table(database, "who_said_what"),
    )


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls(datasette: Any) -> list[str]:
    """Return the address of this package's style sheet."""
    return [datasette.urls.path(f"/{STATIC}/browse.css")]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Any:
    """Keep pages from reaching anywhere else."""
    return with_headers


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Ask search engines to keep out: a name in a quotation is not to be found by them through here."""
    return [(r"^/robots\.txt$", _robots)]


async def _robots() -> Response:
    return Response.text("User-agent: *\nDisallow: /\n")
