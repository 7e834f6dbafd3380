"""The application put together."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import flask_smorest
from flask import Flask, Response, g, request
from werkzeug.routing import PathConverter

from api import compression, limits, logs, metrics, openapi, pages, problems, security
from api.database import Database
from api.paging import Cursors
from api.quick import QuickReads
from api.reader import AnyReader, Reader
from api.requestids import RequestIds
from api.resources import articles, corrections, docs, extract, feeds, health, quotes, roles, speakers, stats
from api.schemas import ProblemOut
from api.settings import Settings
from quotes.store.tokens import Tokens

_RESOURCES = (quotes, speakers, roles, articles, corrections, stats, extract, feeds, health)


class _App(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function itself: none of this application's is a coroutine, so none need be examined."""
        return func


class _AnyId(PathConverter):
    """Takes what an article may be called: anything, slashes in front and line breaks too."""

    regex = r"[\s\S]+?"
    part_isolating = False


class _Api(flask_smorest.Api):  # type: ignore[misc, unused-ignore]
    # Problems are documents of their own kind, here and in the description.
    ERROR_SCHEMA = ProblemOut
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to ``problems``."""


def create_app(settings: Settings, *, reader: AnyReader | None = None) -> Flask:
    """Return the application that serves a database.

    :param reader: What reads texts, instead of the trained reader.

    :raises StoreError: The database is not there, or cannot be read.
    """
    app = _App("api")
    app.config |= {
        "QUOTES_SETTINGS": settings,
        "MAX_CONTENT_LENGTH": settings.max_body_bytes,
        "API_TITLE": "Quotations",
        "API_VERSION": "1",
        "OPENAPI_VERSION": "3.1.0",
        "API_SPEC_OPTIONS": {
            "info": {
                "description": "Who said what, when, where and in what capacity.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            }
        },
    }
    app.url_map.merge_slashes = False
    app.url_map.converters["any_id"] = _AnyId
    database = Database(
        settings.db,
        read_only=settings.read_only,
        query_s=settings.query_s,
        write_wait_s=settings.write_wait_s,
    )
    with database.reading() as store:
        store.state()
    app.extensions["quotes-database"] = database
    app.extensions["quotes-reader"] = reader or Reader(wait_s=settings.reading_wait_s)
    app.extensions["quotes-cursors"] = Cursors(Tokens(settings.db).secret("cursors"))
    _register_hooks(app, settings)
    _register_resources(app)
    if not settings.private:
        app.wsgi_app = QuickReads(app, app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = security.Headers(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _register_hooks(app: Flask, settings: Settings) -> None:
    # Flask calls what runs after a request in the reverse of this order: measuring and logging come last.
    names = RequestIds()
    app.extensions["quotes-request-ids"] = names

    @app.before_request
    def _name() -> None:
        g.request_id = names.name(request.environ)

    metrics.register(app)
    logs.register(app)
    compression.register(app)
    security.register(app, settings)
    limits.register(app, settings)
    problems.register(app)

    @app.after_request
    def _tell_name(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        return response


def _register_resources(app: Flask) -> None:
    api = _Api(app)
    for resource in _RESOURCES:
        api.register_blueprint(resource.blueprint)
    app.register_blueprint(docs.blueprint)
    pages.register(app)
    description = api.spec.to_dict()
    description["info"]["version"] = version("quote-tracker")
    app.extensions["quotes-openapi"] = openapi.complete(description)
