"""The log: a line of JSON for each request and each failure, with no text of articles and no token in it."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from contextlib import suppress
from typing import IO, Any

import orjson
from flask import Flask, Response, g, request

logger = logging.getLogger("quotes.api")

_MAX_PATH = 200


class Handler(logging.Handler):
    """Writes each record's ``fields``, or else its message, as one line of JSON."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        super().__init__()
        self.stream = stream or sys.stderr

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line for a record."""
        fields = getattr(record, "fields", None) or {"message": record.getMessage()}
        self.write(record.created, record.levelname.lower(), fields)

    def write(self, seconds: float, level: str, fields: dict[str, Any]) -> None:
        """Write one line."""
        moment = f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{int(seconds % 1 * 1000):03}Z"
        line = orjson.dumps({"time": moment, "level": level} | fields, default=str).decode()
        # A log that cannot be written must not fail a request, and there is nowhere left to say so.
        with suppress(OSError, ValueError):
            self.stream.write(line + "\n")
            self.stream.flush()


def log_to(stream: IO[str]) -> None:
    """Send the log of this process to a stream."""
    handler = Handler(stream)
    for name in ("quotes.api", "waitress"):
        target = logging.getLogger(name)
        target.handlers = [handler]
        target.propagate = False
        target.setLevel(logging.INFO if name == "quotes.api" else logging.WARNING)
    # It warns whenever a request waits for a thread, which is what threads are for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def register(app: Flask) -> None:
    """Log every request of an application once it is answered."""

    @app.after_request
    def _log(response: Response) -> Response:
        more = {"problem": g.problem} if "problem" in g else {}
        if "token" in g and g.token is not None:
            more["token"] = g.token.id
        log_request(
            g.get("request_id"), request.method, request.path, response.status_code, g.started, **more
        )
        return response


def log_request(
    request_id: str | None, method: str, path: str, status: int, started: float, **more: str
) -> None:
    """Log that a request was answered.

    :param started: What ``time.perf_counter`` said when it came.
    """
    if not logger.isEnabledFor(logging.INFO):
        return
    fields = {
        "request_id": request_id,
        "method": method,
        # The query string is left out: what somebody looks for is nobody else's business.
        "path": path[:_MAX_PATH],
        "status": status,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }
    if len(logger.handlers) == 1 and isinstance(handler := logger.handlers[0], Handler):
        # A record, and looking for the line of code that made it, would take longer than the line.
        handler.write(time.time(), "info", fields | more)
    else:
        logger.info("request", extra={"fields": fields | more})


def log_failure(error: Exception) -> None:
    """Log where a failure came from: the calls that led there, and no values, which may be an article's text."""
    calls = [
        f"{call.filename}:{call.lineno} {call.name}" for call in traceback.extract_tb(error.__traceback__)
    ]
    fields = {
        "request_id": g.get("request_id"),
        "failure": type(error).__name__,
        "cause": type(error.__cause__).__name__ if error.__cause__ else None,
        "calls": calls[-12:],
    }
    logger.error("failure", extra={"fields": fields})
