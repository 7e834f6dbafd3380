"""Answers that a caller may already have: ETag, Last-Modified and 304."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
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
        private: bool = current_app.config["QUOTES_SETTINGS"].private
        with database.reading() as store:
            state = store.state()
            # Pages say which templates they are made by.
            etag = etag_of(database, state, request.environ, form=g.get("form"))
            if etag in request.headers.get("If-None-Match", "") or _is_unchanged_since(state):
                return Response(status=304, headers=validators(etag, state, private=private))
            response = view(store, *args, **kwargs)
        if response.status_code == 200:
            for name, value in validators(etag, state, private=private):
                response.headers[name] = value
        return response

    return conditional


def etag_of(database: Database, state: State, environ: Mapping[str, Any], *, form: str | None = None) -> str:
    """Return the tag of the answer to a request, as long as the database is in this state."""
    digest = blake2b(digest_size=12)
    parts: tuple[Any, ...] = (
        *(FORM, form, database.file, state.version, state.changed.timestamp()),
        *(environ["PATH_INFO"], environ.get("QUERY_STRING"), environ.get("HTTP_ACCEPT"), wants_gzip(environ)),
    )
    digest.update(repr(parts).encode())
    return f'"{digest.hexdigest()}"'


def validators(etag: str, state: State, *, private: bool) -> list[tuple[str, str]]:
    """Return the headers that let a caller ask again cheaply."""
    headers = [
        ("ETag", etag),
        ("Cache-Control", "private, no-cache" if private else "no-cache"),
        ("Vary", "Accept, Accept-Encoding, Authorization" if private else "Accept, Accept-Encoding"),
    ]
    if not _is_fresh(state):
        headers.append(("Last-Modified", _http_date(state.changed)))
    return headers


# One time is asked for over and over, until something changes.
_http_date = lru_cache(maxsize=4)(http_date)


def _is_unchanged_since(state: State) -> bool:
    # RFC 9110, section 13.1.3: a validator of content goes before one of time.
    if "If-None-Match" in request.headers or "If-Modified-Since" not in request.headers:
        return False
    since = request.if_modified_since
    return since is not None and not _is_fresh(state) and state.changed.replace(microsecond=0) <= since


def _is_fresh(state: State) -> bool:
    """Return whether a second change could still come in the same second, and so bear the same time."""
    return datetime.now(UTC) - state.changed < timedelta(seconds=2)
