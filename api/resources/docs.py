"""What there is: the API's description, a page to try it on, and what each kind of problem means."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, current_app, render_template, send_from_directory

from api import serialising
from api.problems import KINDS, ProblemError

blueprint = Blueprint("docs", __name__)

_ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")


@blueprint.route("/openapi.json")
def describe() -> Response:
    """Return the API's description, as OpenAPI 3.1."""
    description: dict[str, Any] = current_app.extensions["quotes-openapi"]
    response = serialising.answer(description)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.route("/docs")
def show() -> str:
    """Return a page on which every address can be tried."""
    return render_template("docs.html")


@blueprint.route("/docs/assets/<name>")
def asset(name: str) -> Response:
    """Return one of the files that the page is made of; all of them come from this server."""
    if name not in _ASSETS:
        raise ProblemError("not-found", f"There is no file {name!r} here.")
    folder = str(files("flask_swagger_ui") / "dist")
    return send_from_directory(folder, name, max_age=86400)


@blueprint.route("/problems/<name>")
def explain(name: str) -> Response:
    """Return what a kind of problem means: the address is its ``type``."""
    if name not in KINDS:
        raise ProblemError("not-found", f"There is no kind of problem called {name!r}.")
    kind = KINDS[name]
    return serialising.answer(
        {"type": kind.type, "title": kind.title, "status": kind.status, "meaning": kind.meaning}
    )
