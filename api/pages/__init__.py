"""What people see: search, speakers, articles, quotations, sources, and a text of their own; a module a page."""

from __future__ import annotations

from urllib.parse import quote

import orjson
from flask import Flask, Response, current_app, g, render_template, request

from api import linked, security
from api.pages import articles, assets, marking, phrases, quotes, search, sources, speakers, trying
from api.problems import MIMETYPE

_PAGES = (search, speakers, articles, quotes, sources, trying, assets)
_NAMES = frozenset(page.blueprint.name for page in _PAGES) - {assets.blueprint.name}


def register(app: Flask) -> None:
    """Add the pages to an application, and let what goes wrong on them be said on a page too."""
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
    jinja = app.jinja_env
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.filters |= {
        "day": phrases.day,
        "month": phrases.month,
        "number": phrases.number,
        "quotations": phrases.quotations,
        "confidence": phrases.confidence,
        "percent": phrases.percent,
        "counted": phrases.counted,
        "clipped": phrases.clipped,
        "unended": phrases.unended,
        "web_address": linked.web_address,
    }
    jinja.globals |= {
        "KINDS": phrases.KINDS,
        "KIND_MEANINGS": phrases.KIND_MEANINGS,
        "ACTS": phrases.ACTS,
        "SOURCE_KINDS": phrases.SOURCE_KINDS,
        "SPEAKER_KINDS": phrases.SPEAKER_KINDS,
        "asset": assets.address,
        "archived": linked.archived,
        "article_address": _article_address,
        "hits": marking.hits,
        "within": marking.within,
        "value_of": phrases.value,
        "days": phrases.days,
    }

    @app.before_request
    def _begin() -> None:
        if request.blueprint in _NAMES:
            # A page that was made by other templates is another page.
            g.form = assets.version()
            if current_app.config["QUOTES_SETTINGS"].private:
                security.require("read")

    @app.after_request
    def _say_on_a_page(response: Response) -> Response:
        if response.mimetype == MIMETYPE and _is_for_people():
            problem = orjson.loads(response.get_data())
            response.set_data(render_template("pages/problem.html", problem=problem))
            response.content_type = "text/html; charset=utf-8"
        return response


def _is_for_people() -> bool:
    if request.path.startswith(security.API):
        return False
    best = request.accept_mimetypes.best_match([MIMETYPE, "application/json", "text/html"])
    return best == "text/html"


def _article_address(article_id: str) -> str:
    """Return where an article's page is, whatever its id is made of."""
    return f"{request.script_root}/articles/{quote(article_id, safe='')}"
