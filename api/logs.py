"""The log: a line of JSON for each request and each failure, with no text of articles and no token in it."""

from __future__ import annotations

import logging
import sys
import time
import traceback
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
        """Write one line; a log that cannot be written must not fail a request."""
        fields: dict[str, Any] = {
            "time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
        }
        fields |= getattr(record, "fields", None) or {"message": record.getMessage()}
        try:
            self.stream.write(orjson.dumps(fields, default=str).decode() + "\n")
            self.stream.flush()
        except (OSError, ValueError):
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Do nothing: there is nowhere left to say it."""


def log_to(stream: IO[str]) -> None:
    """Send the log of this process to a stream."""
    for name in ("quotes.api", "waitress"):
        target = logging.getLogger(name)
        target.handlers = [Handler(stream)]
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
    # Not logger.info, which first looks for the line of code that called it.
    record = logger.makeRecord(
        logger.name, logging.INFO, "", 0, "request", (), None, extra={"fields": fields | more}
    )
    logger.handle(record)


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
