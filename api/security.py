"""Who may do what, and what browsers are told to beware of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, request

from api.problems import ProblemError
from api.settings import Settings
from quotes.store.tokens import Scope, Token, Tokens

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_P = ParamSpec("_P")
_R = TypeVar("_R")

API = "/api/"
# Health and metrics are for whoever runs the server, and tell nothing of what it holds.
_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,512})", re.IGNORECASE)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="quotes"'}
_SAFE = ("GET", "HEAD", "OPTIONS")

_EVERYWHERE = ("X-Content-Type-Options", "nosniff")
_ON_PAGES = (
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
#: For data: nothing that a browser might take for a page can load or run anything.
DATA_POLICY = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
#: For pages and what they load: everything from here, and no script or style within the page itself.
PAGE_POLICY = (
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
)

_CORS = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "ETag, Link, Location, Retry-After, X-Request-ID, RateLimit, RateLimit-Policy",
    ),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Authorization, If-None-Match, If-Modified-Since, X-Request-ID"),
    ("Access-Control-Max-Age", "86400"),
)


def register(app: Flask, settings: Settings) -> None:
    """Find out whose each request is, and put the headers on each response."""
    tokens = Tokens(settings.db)
    app.extensions["quotes-tokens"] = tokens

    @app.before_request
    def _authenticate() -> None:
        g.token = _token_of_request(tokens)
        reads = request.method in ("GET", "HEAD") and request.path.startswith(API)
        if settings.private and reads:
            require("read")


class Headers:
    """Puts on every response, whatever made it, what tells browsers to beware and which sites may read it."""

    def __init__(self, app: WSGIApplication) -> None:
        """Wrap an application."""
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            is_page = any(name == "Content-Type" and value.startswith("text/html") for name, value in headers)
            headers.append(_EVERYWHERE)
            if is_page:
                headers.extend(_ON_PAGES)
            # A 304 says nothing of what it is, and a browser would put its policy in the place of the page's.
            if not status.startswith("304"):
                headers.append(PAGE_POLICY if is_page else DATA_POLICY)
            method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
            if method in _SAFE and (path.startswith(API) or path == "/openapi.json"):
                headers.extend(_CORS)
                if method == "OPTIONS":
                    headers.extend(_PREFLIGHT)
            return start_response(status, headers, *rest)

        return self._app(environ, start)


def requires(scope: Scope) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a view be called only with a token of that scope."""

    def decorate(view: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(view)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            require(scope)
            return view(*args, **kwargs)

        return guarded

    return decorate


def requires_if_private(scope: Scope) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Let a view be called only with a token of that scope, where reading is not open to all."""

    def decorate(view: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(view)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            if current_app.config["QUOTES_SETTINGS"].private:
                require(scope)
            return view(*args, **kwargs)

        return guarded

    return decorate


def require(scope: Scope) -> Token:
    """Return the token of this request.

    :raises ProblemError: There is none, or it does not allow this.
    """
    token: Token | None = g.token
    if token is None:
        raise ProblemError(
            "token-needed",
            f"This needs a token with the scope “{scope}”: send it as “Authorization: Bearer …”.",
            headers=_CHALLENGE,
        )
    if scope not in token.scopes:
        raise ProblemError(
            "scope-needed",
            f"This token allows {', '.join(token.scopes)}: ask for one with the scope “{scope}”.",
            headers={
                "WWW-Authenticate": f'Bearer realm="quotes", error="insufficient_scope", scope="{scope}"'
            },
        )
    return token


def _token_of_request(tokens: Tokens) -> Token | None:
    header = request.environ.get("HTTP_AUTHORIZATION")
    if header is None:
        return None
    match = _BEARER.fullmatch(header.strip())
    token = tokens.find(match[1]) if match else None
    if token is None or not token.is_valid:
        raise ProblemError(
            "token-needed",
            "The token is unknown, revoked or past its day: check it, or ask for a new one.",
            headers={"WWW-Authenticate": 'Bearer realm="quotes", error="invalid_token"'},
        )
    return token
