"""Texts read on the spot, of which nothing is kept."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from api import serialising
from api.arguments import TextIn
from api.limits import Limits
from api.parsing import Blueprint
from api.reader import AnyReader
from api.resources.articles import checked_text
from api.schemas import ExtractOut
from api.security import requires_if_private
from quotes.jsonform import reading_to_json
from quotes.model import Article

blueprint = Blueprint("extract", __name__, url_prefix="/api/v1", description="Read a text.")


@blueprint.route("/extract", methods=["POST"])
@blueprint.arguments(TextIn)
@blueprint.response(200, ExtractOut)
@requires_if_private("extract")
def extract(args: dict[str, Any]) -> Response:
    """Find the quotations of a text

    Nothing of it is kept. Check what comes out against the text before you rely on it.
    """
    article = Article(id="text", text=checked_text(args["text"]), published=args.get("published"))
    limits: Limits = current_app.extensions["quotes-limits"]
    reader: AnyReader = current_app.extensions["quotes-reader"]
    limits.count_reading()
    reading = reader.read(article)
    return serialising.answer({"quotes": reading_to_json(reading)["quotes"]})
