"""A page on which anybody can have a text of their own read; nothing of it is kept."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, current_app, make_response, render_template, request

from api.limits import Limits
from api.pages import marking, trust
from api.problems import KIND_OF_ERROR, KINDS, ProblemError
from api.reader import AnyReader
from api.resources.articles import checked_text
from quotes.errors import ArticleError
from quotes.model import Article

blueprint = Blueprint("try_page", __name__)

_EXAMPLE = """\
“We are ready for the vote,” the mayor of Rivertown, Ana Duarte, said on Monday. She added that the money was there.

Karl Winter, leader of the opposition, called the plan “a fairy tale with rails”. According to a report by the \
city’s auditors, the new line would cost twice as much as the old one.

A spokesman for the tram company, who asked not to be named, denied that the delay had anything to do with the strike.
"""


@blueprint.get("/try")
def show() -> Response:
    """Show an empty form, or one with an example."""
    return _page(_EXAMPLE if "example" in request.args else "")


@blueprint.post("/try")
def read() -> Response:
    """Read the text that was sent, and show it with its quotations marked."""
    trust.require_own_form()
    # Werkzeug takes half a megabyte of form otherwise, whatever the limit of the body.
    request.max_form_memory_size = request.max_content_length
    # Forms send line ends as CR LF, whatever was pasted.
    text = request.form.get("text", "").replace("\r\n", "\n")
    limits: Limits = current_app.extensions["quotes-limits"]
    reader: AnyReader = current_app.extensions["quotes-reader"]
    try:
        article = Article(id="text", text=checked_text(text), published=_published())
    except ArticleError as error:
        return _page(text, error=str(error), status=KINDS[KIND_OF_ERROR[type(error)]].status)
    except ProblemError as error:
        return _page(text, error=error.detail, status=422)
    limits.count_reading()
    marked, voices = marking.voices(reader.read(article).quotes)
    return _page(
        text, marked=marked, voices=voices, paragraphs=marking.paragraphs(text, marked), is_read=True
    )


def _published() -> date | None:
    given = request.form.get("published", "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise ProblemError("invalid", f"“{given}” is no date: write it as 2021-06-29.") from error


def _page(text: str, *, status: int = 200, error: str | None = None, **found: object) -> Response:
    maximum: int = current_app.config["QUOTES_SETTINGS"].max_characters
    response = make_response(
        render_template(
            "pages/try.html",
            text=text if len(text) <= maximum else "",
            published=request.form.get("published", ""),
            maximum=maximum,
            error=error,
            **found,
        ),
        status,
    )
    response.headers["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
    return response
