"""Answers that a caller may already have: ETag, Last-Modified and 304."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec

from flask import Response, current_app, g, request
from werkzeug.http import http_date

from api.compression import wants_gzip
from api.database import Database
from quotes.store import Store
from quotes.store.state import State

_P = ParamSpec("_P")

#: Raised when the same contents come to be answered otherwise.
FORM = "1"


def from_store(view: Callable[Concatenate[Store, _P], Response]) -> Callable[_P, Response]:
    """Let a view read the database, and answer 304 where the caller has what it would answer.

    The validator is that of the whole database and the question: it costs one small query to see that nothing
    has changed, and no answer is ever taken for current that is not.
    """

    @wraps(view)
    def conditional(*args: _P.args, **kwargs: _P.kwargs) -> Response:
        database: Database = current_app.extensions["quotes-database"]
        with database.reading() as store:
            state = store.state()
            etag = _etag(database, state)
            if etag in request.headers.get("If-None-Match", "") or _is_unchanged_since(state):
                response = Response(status=304)
                _stamp(response, etag, state)
                return response
            response = view(store, *args, **kwargs)
        if response.status_code == 200:
            _stamp(response, etag, state)
        return response

    return conditional


def _etag(database: Database, state: State) -> str:
    digest = blake2b(digest_size=12)
    parts: tuple[Any, ...] = (
        # Pages say which templates they are made by.
        *(FORM, g.get("form"), database.file, state.version, state.changed.timestamp()),
        *(request.full_path, request.headers.get("Accept"), wants_gzip()),
    )
    digest.update(repr(parts).encode())
    return f'"{digest.hexdigest()}"'


def _is_unchanged_since(state: State) -> bool:
    # RFC 9110, section 13.1.3: a validator of content goes before one of time.
    if "If-None-Match" in request.headers or "If-Modified-Since" not in request.headers:
        return False
    since = request.if_modified_since
    return since is not None and not _is_fresh(state) and state.changed.replace(microsecond=0) <= since


def _stamp(response: Response, etag: str, state: State) -> None:
    headers = response.headers
    headers["ETag"] = etag
    if not _is_fresh(state):
        headers["Last-Modified"] = http_date(state.changed)
    private = current_app.config["QUOTES_SETTINGS"].private
    headers["Cache-Control"] = "private, no-cache" if private else "no-cache"
    headers["Vary"] = "Accept, Accept-Encoding, Authorization" if private else "Accept, Accept-Encoding"


def _is_fresh(state: State) -> bool:
    """Return whether a second change could still come in the same second, and so bear the same time."""
    return datetime.now(UTC) - state.changed < timedelta(seconds=2)
