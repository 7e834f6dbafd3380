"""What went wrong, as RFC 9457 problem documents: one map from the library's errors to what HTTP makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from api.logs import log_failure
from quotes import errors

MIMETYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. ``name`` ends its ``type`` and never changes; ``meaning`` says when it happens."""

    name: str
    status: int
    title: str
    meaning: str
    retry_after_s: int | None = None

    @property
    def type(self) -> str:
        """The URI reference that stands for the kind; the server explains it there."""
        return f"/problems/{self.name}"


_KINDS = (
    Kind("bad-request", 400, "Bad request", "The request is not well-formed HTTP or JSON."),
    Kind("token-needed", 401, "A token is needed", "This needs a token, or the one sent is not valid."),
    Kind("scope-needed", 403, "The token does not allow this", "The token lacks the scope that this needs."),
    Kind("read-only", 403, "This server only reads", "The server was started to read only."),
    Kind("not-found", 404, "Not found", "Nothing has that address or id."),
    Kind("method-not-allowed", 405, "Method not allowed", "The address knows other methods only."),
    Kind("not-acceptable", 406, "Not acceptable", "There is no form of it that the Accept header allows."),
    Kind("too-large", 413, "Too large", "The body or the text is longer than the server takes."),
    Kind("unsupported-media-type", 415, "Unsupported media type", "The body is not what this takes: JSON."),
    Kind("unknown-parameter", 422, "Unknown parameter", "There is no such parameter or field."),
    Kind("invalid", 422, "A value cannot be used", "A parameter or field has a value that it cannot have."),
    Kind("bad-question", 422, "The question makes no sense", "The search or filter cannot be answered."),
    Kind("bad-article", 422, "No article", "The text cannot be read as an article."),
    Kind("too-many-requests", 429, "Too many requests", "Too many came at once from one address or token."),
    Kind(
        "internal-error", 500, "Internal error", "The server failed; its log says where, by the request id."
    ),
    Kind("damaged", 500, "The database is damaged", "The database file contradicts itself."),
    Kind("busy", 503, "Busy", "Another program is writing, or too much is being done at once.", 5),
    Kind("too-slow", 503, "Too slow", "Finding the answer took longer than it may."),
    Kind("unavailable", 503, "Unavailable", "The database, or the trained reader, cannot be used now.", 30),
    Kind("disk-full", 507, "The disk is full", "There is no room to write."),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}

#: For every error of the library, the kind of problem it is.
KIND_OF_ERROR: Mapping[type[errors.QuotesError], str] = {
    errors.QuotesError: "internal-error",
    errors.ArticleError: "bad-article",
    errors.ArticleNotFoundError: "not-found",
    errors.ArticleFormatError: "bad-article",
    errors.EmptyArticleError: "bad-article",
    errors.ArticleTooLongError: "too-large",
    errors.WeightsError: "unavailable",
    errors.WorkerError: "unavailable",
    errors.StoreError: "unavailable",
    errors.StoreNotFoundError: "unavailable",
    errors.NotAStoreError: "unavailable",
    errors.StoreReadOnlyError: "read-only",
    errors.StoreBusyError: "busy",
    errors.StoreTooNewError: "unavailable",
    errors.StoreOutdatedError: "unavailable",
    errors.StoreDamagedError: "damaged",
    errors.StoreTooSlowError: "too-slow",
    errors.StoreFullError: "disk-full",
    errors.NotFoundError: "not-found",
    errors.QueryError: "bad-question",
}

_OF_STATUS = {
    400: "bad-request",
    401: "token-needed",
    403: "scope-needed",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    429: "too-many-requests",
    503: "unavailable",
}


@dataclass
class ProblemError(Exception):
    """A problem of this layer's own: ``detail`` is the sentence, ``errors`` has an entry for each field."""

    kind: str
    detail: str
    errors: Sequence[Mapping[str, Any]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.detail


def field_error(place: str, pointer: str, detail: str) -> dict[str, str]:
    """Return what is wrong with one field.

    :param place: ``query`` or ``body``.
    :param pointer: Where in it, as a JSON pointer (RFC 6901): ``/speaker/name``.
    """
    return {"in": place, "pointer": pointer, "detail": detail}


def register(app: Flask) -> None:
    """Let every failure of an application end in a problem document."""
    app.register_error_handler(ProblemError, _from_problem)
    app.register_error_handler(errors.QuotesError, _from_library)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _from_bug)


def response_for(
    kind: Kind,
    detail: str,
    *,
    field_errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, Any] | None = None,
) -> Response:
    """Return a problem document as a response."""
    body: dict[str, Any] = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": request.path,
        "request_id": g.get("request_id", ""),
    }
    if field_errors:
        body["errors"] = list(field_errors)
    body |= members or {}
    response = Response(orjson.dumps(body), kind.status, mimetype=MIMETYPE)
    if kind.retry_after_s is not None:
        response.headers["Retry-After"] = str(kind.retry_after_s)
    response.headers.update(headers or {})
    response.headers["Cache-Control"] = "no-store"
    g.problem = kind.name
    return response


def _from_problem(error: ProblemError) -> Response:
    return response_for(
        KINDS[error.kind],
        error.detail,
        field_errors=error.errors,
        headers=error.headers,
        members=error.members,
    )


def _from_library(error: errors.QuotesError) -> Response:
    kind = KINDS[KIND_OF_ERROR.get(type(error), "internal-error")]
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR and kind.name not in ("busy", "too-slow"):
        # Where the server keeps its files is its own affair.
        log_failure(error)
        return response_for(kind, f"{kind.meaning} Try again later, or ask whoever runs this server.")
    return response_for(kind, str(error))


def _from_http(error: HTTPException) -> Response:
    kind = KINDS[
        _OF_STATUS.get(error.code or 500, "bad-request" if (error.code or 500) < 500 else "internal-error")
    ]
    detail = _SENTENCES.get(error.code or 0) or error.description or kind.meaning
    # Allow and the like; what describes the body describes another one.
    headers = {
        name: value
        for name, value in error.get_headers(request.environ)
        if name.lower() not in ("content-type", "content-length")
    }
    return response_for(kind, detail, headers=headers)


def _from_bug(error: Exception) -> Response:
    log_failure(error)
    kind = KINDS["internal-error"]
    return response_for(kind, "The server failed on this request: report the request id to whoever runs it.")


_SENTENCES = {
    404: "There is nothing at this address: /docs lists what there is.",
    405: "This address does not know that method: the Allow header lists those it knows.",
    413: "The body is larger than this server takes: send less at a time.",
    415: "The body must be JSON: send it with Content-Type: application/json.",
}
