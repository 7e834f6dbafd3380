"""A name for each request, by which it is found again in the log."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from itertools import count
from typing import Any

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """Names requests, each in its own way."""

    def __init__(self) -> None:
        """Start a series of names that no other process uses."""
        self._series = secrets.token_hex(4)
        self._numbers = count(1)

    def name(self, environ: Mapping[str, Any]) -> str:
        """Return the name that a caller gave in ``X-Request-ID``, if it is a plain one, or a new one."""
        given: str = environ.get("HTTP_X_REQUEST_ID", "")
        return given if given and _GIVEN.fullmatch(given) else f"{self._series}-{next(self._numbers):x}"
