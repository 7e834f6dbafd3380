"""Numbers for whoever watches the server: how many requests of each kind, and how long they took."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        """Start from zero."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "quotes_requests", "Requests answered.", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "quotes_request_seconds",
            "Time until the answer began.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "quotes_requests_in_flight", "Requests being answered.", registry=self.registry
        )
        self.readings = Histogram(
            "quotes_reading_seconds", "Time to read a text.", buckets=_SECONDS, registry=self.registry
        )

        # A label looked up once for each route is not looked up for each request.
        self._bound: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def measure(self, method: str, route: str, status: int, started: float) -> None:
        """Count a request that was answered.

        :param started: What ``time.perf_counter`` said when it came.
        """
        key = (method, route, status)
        if key not in self._bound:
            self._bound[key] = (self.requests.labels(*map(str, key)), self.seconds.labels(route))
        counter, histogram = self._bound[key]
        counter.inc()
        histogram.observe(time.perf_counter() - started)

    def expose(self) -> Response:
        """Return the numbers as Prometheus reads them."""
        return Response(generate_latest(self.registry), content_type=CONTENT_TYPE_LATEST)


def register(app: Flask) -> Metrics:
    """Measure every request of an application."""
    metrics = Metrics()
    app.extensions["quotes-metrics"] = metrics

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()
        metrics.in_flight.inc()
        g.counted = True

    @app.after_request
    def _measure(response: Response) -> Response:
        # The rule and not the address: a label for each address would fill the memory.
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.url_rule else "any"
        metrics.measure(method, route, response.status_code, g.started)
        return response

    @app.teardown_request
    def _end(_: BaseException | None) -> None:
        if g.pop("counted", False):
            metrics.in_flight.dec()

    return metrics
