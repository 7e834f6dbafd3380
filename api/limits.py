"""How much one caller may ask for: a number of requests a minute, for each address or token."""

from __future__ import annotations

import math
import threading
import time

from flask import Flask, Response, g, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from api.problems import ProblemError
from api.settings import Settings

_UNLIMITED = ("/healthz", "/readyz", "/metrics", "/docs", "/static")


class Limits:
    """Counts requests in memory: right for one process, which is what serves a database."""

    def __init__(self, settings: Settings) -> None:
        """Start counting from nothing."""
        self._counter = FixedWindowRateLimiter(MemoryStorage())
        self._anonymous = RateLimitItemPerMinute(settings.requests_per_minute)
        self._token = RateLimitItemPerMinute(settings.token_requests_per_minute)
        self._readings = RateLimitItemPerMinute(settings.readings_per_minute)
        self._token_readings = RateLimitItemPerMinute(10 * settings.readings_per_minute)
        self._exports = threading.BoundedSemaphore(settings.max_exports)

    def count_request(self) -> None:
        """Count a request against its caller.

        :raises ProblemError: There were too many.
        """
        self._hit(self._anonymous if g.token is None else self._token, "requests")

    def count_reading(self) -> None:
        """Count a text to be read against its caller."""
        self._hit(self._readings if g.token is None else self._token_readings, "readings")

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

    def _hit(self, limit: RateLimitItem, what: str) -> None:
        caller = g.token.id if g.token is not None else f"address {request.remote_addr}"
        allowed = self._counter.hit(limit, what, caller)
        window = self._counter.get_window_stats(limit, what, caller)
        wait_s = max(1, math.ceil(window.reset_time - time.time()))
        g.rate_limit = (limit.amount, max(0, window.remaining), wait_s)
        if not allowed:
            raise ProblemError(
                "too-many-requests",
                f"More than {limit.amount:,} {what} came in a minute: go on in {wait_s} seconds.",
                headers={"Retry-After": str(wait_s)},
            )


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
            amount, remaining, wait_s = g.rate_limit
            response.headers["RateLimit-Policy"] = f'"minute";q={amount};w=60'
            response.headers["RateLimit"] = f'"minute";r={remaining};t={wait_s}'
        return response
