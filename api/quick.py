"""The questions that are asked most, answered without the framework, which takes longer than finding the answer.

Only what is asked the usual way is answered here: a page of ``GET /quotes`` or one quotation, as JSON, without a
token. Whatever is unusual or wrong goes on to Flask, whose views are the same functions: a test asks both, and takes
no difference.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from flask import Flask
from werkzeug.datastructures import MultiDict

from api.arguments import QuoteArgs
from api.compression import MIN_BYTES, packed, wants_gzip
from api.conditional import etag_of, validators
from api.database import Database
from api.limits import Limits
from api.listing import next_address
from api.logs import log_request
from api.metrics import Metrics
from api.paging import START, Cursors, link_header, question_of, quotes_page
from api.parsing import query_arguments
from api.requestids import RequestIds
from api.resources.quotes import detail_of, query_of
from quotes.store import Store

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LIST = "/api/v1/quotes"
_ONE = re.compile(r"/api/v1/quotes/([a-z2-7]{16})")
_AT_A_TIME = 2
_PATIENCE_S = 0.01
_ACCEPTED = (None, "*/*", "application/json")


class QuickReads:
    """An application before another one, which answers what it can."""

    def __init__(self, app: Flask, rest: WSGIApplication) -> None:
        """Answer from what ``app`` is made of, and let ``rest`` do the rest."""
        self._rest = rest
        self._database: Database = app.extensions["quotes-database"]
        self._cursors: Cursors = app.extensions["quotes-cursors"]
        self._limits: Limits = app.extensions["quotes-limits"]
        self._metrics: Metrics = app.extensions["quotes-metrics"]
        self._names: RequestIds = app.extensions["quotes-request-ids"]
        self._schema = QuoteArgs()
        self._turn = threading.Semaphore(_AT_A_TIME)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = environ["PATH_INFO"]
        one = _ONE.fullmatch(path)
        if (one is None and path != _LIST) or not _is_usual(environ):
            return self._rest(environ, start_response)
        started = time.perf_counter()
        # One after the other is quicker than all at once, for threads that take turns at the interpreter at every
        # step of the database; but nobody waits for a question that takes long.
        has_turn = self._turn.acquire(timeout=_PATIENCE_S)
        try:
            found = self._answer(environ, None if one is None else one[1])
        except Exception:  # whatever is wrong, Flask says it as it should be said
            found = None
        finally:
            if has_turn:
                self._turn.release()
        left = None if found is None else self._limits.try_anonymous(environ.get("REMOTE_ADDR"))
        if found is None or left is None:
            return self._rest(environ, start_response)
        status, headers, body = found
        request_id = self._names.name(environ)
        start_response(
            "200 OK" if status == 200 else "304 NOT MODIFIED", [*headers, *left, ("X-Request-ID", request_id)]
        )
        self._metrics.measure("GET", _LIST if one is None else f"{_LIST}/<quote_id>", status, started)
        log_request(request_id, "GET", path, status, started)
        return [body]

    def _answer(
        self, environ: WSGIEnvironment, quote_id: str | None
    ) -> tuple[int, list[tuple[str, str]], bytes] | None:
        with self._database.reading() as store:
            state = store.state()
            etag = etag_of(self._database, state, environ)
            headers = validators(etag, state, private=False)
            if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
                return 304, headers, b""
            data = self._page(store, environ) if quote_id is None else detail_of(store, quote_id)
        if data is None:
            return None
        body = orjson.dumps(data)
        headers.append(("Content-Type", "application/json"))
        if data.get("next"):
            headers.append(("Link", link_header({"next": data["next"]})))
        if len(body) >= MIN_BYTES and wants_gzip(environ):
            body = packed(body)
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        return 200, headers, body

    def _page(self, store: Store, environ: WSGIEnvironment) -> dict[str, Any] | None:
        given = MultiDict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True, errors="strict"))
        args = query_arguments(self._schema, given)
        cursor, limit, count = args.pop("cursor", None), args.pop("limit"), args.pop("count")
        place = (
            START
            if cursor is None
            else self._cursors.read(cursor, question_of(_LIST, given.items(multi=True)))
        )
        query = query_of(args)
        if query.speaker is not None:
            ids = store.speaker_ids(query.speaker, limit=2)
            if len(ids) != 1:
                return None
            query = replace(query, speaker=ids[0])
        places, following = quotes_page(store, query, place, limit)
        data = {
            "items": orjson.Fragment(store.page_json(places)),
            "next": next_address(self._cursors, _LIST, given, following),
        }
        return data | {"count": store.count(query)} if count else data


def _is_usual(environ: WSGIEnvironment) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("HTTP_ACCEPT") in _ACCEPTED
        and "HTTP_AUTHORIZATION" not in environ
        and "HTTP_IF_MODIFIED_SINCE" not in environ
        and not (environ.get("QUERY_STRING") and environ["PATH_INFO"] != _LIST)
    )
