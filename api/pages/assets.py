"""The pages' style, script and pictures, named after their contents so that a browser keeps them for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from flask import Blueprint, Response, request

from api.problems import ProblemError

blueprint = Blueprint("page_assets", __name__)

_MIMETYPES = {
    "card.png": "image/png",
    "icon.svg": "image/svg+xml",
    "pages.css": "text/css",
    "pages.js": "text/javascript",
}
_YEAR_S = 365 * 24 * 3600


@blueprint.get("/static/<digest>/<name>")
def send(digest: str, name: str) -> Response:
    """Return one of the files that every page needs."""
    if name not in _MIMETYPES or digest != _digest(name):
        raise ProblemError("not-found", f"There is no file {digest}/{name} here (any more).")
    response = Response(_contents(name), mimetype=_MIMETYPES[name])
    response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
    response.set_etag(digest)
    response.make_conditional(request)
    return response


def address(name: str) -> str:
    """Return where a file is found, in this very version."""
    return f"{request.script_root}/static/{_digest(name)}/{name}"


@cache
def version() -> str:
    """Return what tells these pages from those of another version: their templates and files."""
    digest = sha256()
    for folder in ("static", "templates/pages"):
        for file in sorted(files("api").joinpath(folder).iterdir(), key=lambda each: each.name):
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _contents(name: str) -> bytes:
    return files("api").joinpath("static", name).read_bytes()


@cache
def _digest(name: str) -> str:
    return sha256(_contents(name)).hexdigest()[:12]
