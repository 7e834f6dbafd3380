"""The quotations of a database over HTTP: ``create_app`` makes the Flask application."""

from __future__ import annotations

from api.app import create_app
from api.settings import Settings

__all__ = ["Settings", "create_app"]
