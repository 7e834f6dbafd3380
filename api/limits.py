"""How much one caller may ask for: a number of requests a minute, for each address or token."""

from __future__ import annotations

import threading
import time

from flask import Flask, Response, g, request

from api.problems import ProblemError
from api.settings import Settings

_UNLIMITED = ("/healthz", "/readyz", "/metrics", "/docs", "/static")


class Minute:
    """Counts, for each caller, what came in the present minute.

    In memory, which is right for one process, and that is what serves a database. (The common library for this
    starts a thread at nearly every count.)
    """

    def __init__(self) -> None:
        """Start counting from nothing."""
        self._lock = threading.Lock()
        self._minute = 0
        self._counts: dict[tuple[str, str], int] = {}

    def count(self, caller: str, what: str) -> tuple[int, int]:
        """Count one more; return how many there are, and in how many seconds the minute ends."""
        now = int(time.time())
        key = (caller, what)
        with self._lock:
            if now // 60 != self._minute:
                self._minute, self._counts = now // 60, {}
            n = self._counts[key] = self._counts.get(key, 0) + 1
        return n, 60 - now % 60


class Limits:
    """What one caller may ask for."""

    def __init__(self, settings: Settings) -> None:
        """Start counting from nothing."""
        self._minute = Minute()
        self._settings = settings
        self._exports = threading.BoundedSemaphore(settings.max_exports)

    def count_request(self) -> None:
        """Count a request against its caller.

        :raises ProblemError: There were too many.
        """
        settings = self._settings
        amount = settings.requests_per_minute if g.token is None else settings.token_requests_per_minute
        self._count("requests", amount)

    def try_anonymous(self, address: str | None) -> list[tuple[str, str]] | None:
        """Count a request without a token; return the headers that say so, or ``None`` if there were too many."""
        amount = self._settings.requests_per_minute
        n, wait_s = self._minute.count(f"address {address}", "requests")
        return None if n > amount else headers(amount, amount - n, wait_s)

    def count_reading(self) -> None:
        """Count a text to be read against its caller."""
        self._count("texts to read", self._settings.readings_per_minute * (1 if g.token is None else 10))

    def start_export(self) -> threading.BoundedSemaphore:
        """Return what must be released when the export ends.

        :raises ProblemError: Too many run already.
        """
        if not self._exports.acquire(blocking=False):
            raise ProblemError(
                "busy",
                "Other exports are running: repeat this one in a minute.",
                headers={"Retry-After": "60"},
            )
        return self._exports

    def _count(self, what: str, amount: int) -> None:
        caller = g.token.id if g.token is not None else f"address {request.remote_addr}"
        n, wait_s = self._minute.count(caller, what)
        g.rate_limit = (amount, max(0, amount - n), wait_s)
        if n > amount:
            raise ProblemError(
                "too-many-requests",
                f"More than {amount:,} {what} came in a minute: go on in {wait_s} seconds.",
                headers={"Retry-After": str(wait_s)},
            )


def headers(amount: int, remaining: int, wait_s: int) -> list[tuple[str, str]]:
    """Return what tells a caller how many requests are left, and for how long."""
    return [
        ("RateLimit-Policy", f'"minute";q={amount};w=60'),
        ("RateLimit", f'"minute";r={remaining};t={wait_s}'),
    ]


def register(app: Flask, settings: Settings) -> None:
    """Count each request of an application, and tell each caller how many are left.

    The headers are those of draft-ietf-httpapi-ratelimit-headers.
    """
    limits = Limits(settings)
    app.extensions["quotes-limits"] = limits

    @app.before_request
    def _count() -> None:
        if not request.path.startswith(_UNLIMITED):
            limits.count_request()

    @app.after_request
    def _tell(response: Response) -> Response:
        if "rate_limit" in g:
            for name, value in headers(*g.rate_limit):
                response.headers[name] = value
        return response
