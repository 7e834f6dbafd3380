"""An article with every quotation marked where it stands."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from api.conditional import from_store
from api.pages import marking, phrases
from quotes.dates import leading_date
from quotes.store import Store

blueprint = Blueprint("article_page", __name__)

_MAX_HEADING = 90


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
            heading=row.article.title or _beginning(row.article.text),
            reader=row.reader_version,
            marked=marked,
            voices=voices,
            paragraphs=marking.paragraphs(row.article.text, marked),
            words=len(row.article.text.split()),
            api=f"{request.script_root}/api/v1{request.path}",
        )
    )


def _beginning(text: str) -> str:
    """Return how an article without a title begins, so that it can be told from others."""
    # A text may begin with its date, which is no part of its first sentence.
    words = text.split(maxsplit=2)[2:] if leading_date(text) else [text]
    return phrases.clipped(" ".join(" ".join(words)[:400].split()), _MAX_HEADING)
