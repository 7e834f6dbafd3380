"""An article with every quotation marked where it stands."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from api.conditional import from_store
from api.pages import marking
from quotes.store import Store

blueprint = Blueprint("article_page", __name__)


@blueprint.get("/articles/<any_id:article_id>")
@from_store
def show(store: Store, article_id: str) -> Response:
    """Show one article."""
    row = store.article(article_id)
    marked, voices = marking.voices(store.article_quotes(article_id))
    return make_response(
        render_template(
            "pages/article.html",
            article=row.article,
            reader=row.reader_version,
            marked=marked,
            voices=voices,
            paragraphs=marking.paragraphs(row.article.text, marked),
            words=len(row.article.text.split()),
            api=f"{request.script_root}/api/v1{request.path}",
        )
    )
