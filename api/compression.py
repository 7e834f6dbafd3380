"""Answers made smaller with gzip, whole ones and those that are sent as they come into being."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

MIN_BYTES = 1000
_LEVEL = 4
_COMPRESSIBLE = ("application/", "text/", "image/svg")
_GZIP_WINDOW = 31  # zlib's way of asking for gzip's header and trailer


def wants_gzip(environ: Mapping[str, Any]) -> bool:
    """Return whether the caller takes gzip."""
    header = environ.get("HTTP_ACCEPT_ENCODING")
    return bool(header) and parse_accept_header(header, Accept)["gzip"] > 0


def packed(body: bytes) -> bytes:
    """Return a body compressed with gzip; the same body always comes to the same."""
    return gzip.compress(body, _LEVEL, mtime=0)


def register(app: Flask) -> None:
    """Compress the answers of an application for callers who take it."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if not wants_gzip(request.environ) or not _can_be_smaller(response):
            return response
        if response.is_streamed:
            response.response = _compressed(response.iter_encoded())
            response.headers.pop("Content-Length", None)
        else:
            response.set_data(packed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        return response


def _can_be_smaller(response: Response) -> bool:
    if "Content-Encoding" in response.headers or response.status_code in (204, 206, 304):
        return False
    if response.direct_passthrough or not (response.mimetype or "").startswith(_COMPRESSIBLE):
        return False
    return response.is_streamed or (response.content_length or 0) >= MIN_BYTES


def _compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    for part in parts:
        if data := compressor.compress(part):
            yield data
    yield compressor.flush()
