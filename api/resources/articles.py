"""Articles: listed, read with their quotations, added and removed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import quote

from flask import Response, current_app

from api import serialising
from api.arguments import ArticleArgs, ArticleFilters, ArticleIn
from api.conditional import from_store
from api.database import Database
from api.limits import Limits
from api.listing import page_answer, page_place, stream
from api.paging import Place
from api.parsing import Blueprint, no_parameters
from api.reader import AnyReader
from api.schemas import ArticleOut, ArticlePageOut, StoredOut
from api.security import requires
from quotes.decoding import check_text
from quotes.errors import ArticleTooLongError
from quotes.model import Article
from quotes.store import ArticleItem, Outcome, Store

blueprint = Blueprint("articles", __name__, url_prefix="/api/v1", description="Where it stands.")

_COLUMNS = ("id", "title", "outlet", "url", "author", "published", "quotations")


@blueprint.route("/articles")
@blueprint.arguments(ArticleArgs, location="query")
@blueprint.response(200, ArticlePageOut)
@from_store
def list_articles(store: Store, args: dict[str, Any]) -> Response:
    """List articles

    The latest first, without their texts.
    """
    place, limit, count = page_place(args)
    items, following = _page(store, args, place, limit)
    total = store.count_articles(**args) if count else None
    return page_answer([serialising.article_item(item) for item in items], following, total, {})


@blueprint.route("/articles", methods=["POST"])
@blueprint.arguments(ArticleIn)
@blueprint.response(201, StoredOut)
@blueprint.alt_response(200, schema=StoredOut, description="It was there already, and may have been updated.")
@requires("ingest")
def add_article(args: dict[str, Any]) -> Response:
    """Add an article

    It is read, and its quotations are kept. Sent again, it changes nothing; sent with the same id and
    another text, it takes the place of the former.
    """
    article = article_of(args)
    outcome, quotations = _ingest(article)
    data = {"id": article.id, "outcome": outcome, "quotations": quotations}
    response = serialising.answer(data, 201 if outcome == "added" else 200)
    response.headers["Location"] = address_of(article.id)
    return response


@blueprint.route("/articles.csv")
@blueprint.arguments(ArticleFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def export_articles_csv(args: dict[str, Any]) -> Response:
    """Download the list of articles as CSV"""
    return _export("csv", args)


@blueprint.route("/articles.jsonl")
@blueprint.arguments(ArticleFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/jsonl")
def export_articles_jsonl(args: dict[str, Any]) -> Response:
    """Download the list of articles as JSON Lines"""
    return _export("jsonl", args)


@blueprint.route("/articles/<any_id:article_id>")
@blueprint.response(200, ArticleOut)
@from_store
def get_article(store: Store, article_id: str) -> Response:
    """Read one article

    Its text, and its quotations in the order they stand there.
    """
    no_parameters()
    row = store.article(article_id)
    return serialising.answer(serialising.article_detail(row, store.article_quotes(article_id)))


@blueprint.route("/articles/<any_id:article_id>", methods=["DELETE"])
@blueprint.response(204)
@requires("ingest")
def remove_article(article_id: str) -> Response:
    """Remove an article

    Its quotations go with it. What was corrected in it stays on record, and holds again should it come back.
    """
    no_parameters()
    database: Database = current_app.extensions["quotes-database"]
    with database.writing() as store:
        store.remove_article(article_id)
    return Response(status=204)


def address_of(article_id: str) -> str:
    """Return where an article is on this server, whatever its id is made of."""
    return f"{blueprint.url_prefix}/articles/{quote(article_id, safe='')}"


def article_of(args: dict[str, Any]) -> Article:
    """Return the article that a body describes.

    :raises ArticleError: Its text is none, or longer than this server takes.
    """
    text = checked_text(args["text"])
    known = {name: args.get(name) or None for name in ("title", "url", "outlet", "author", "published")}
    # Called after its content, an article that comes twice is one.
    name = args.get("id") or f"sent-{sha256(text.encode()).hexdigest()[:16]}"
    for key, value in (("id", name), *known.items()):
        if isinstance(value, str):
            check_text(value, name=f"“{key}”")
    return Article(id=name, text=text, **known)


def checked_text(text: str) -> str:
    """Return a text that was sent to be read.

    :raises ArticleError: It is empty, no text, or longer than this server takes.
    """
    maximum: int = current_app.config["QUOTES_SETTINGS"].max_characters
    if len(text) > maximum:
        raise ArticleTooLongError(
            f"The text has {len(text):,} characters, and this server takes {maximum:,}: send it in parts."
        )
    return check_text(text, name="“text”")


def _ingest(article: Article) -> tuple[Outcome, int]:
    database: Database = current_app.extensions["quotes-database"]
    reader: AnyReader = current_app.extensions["quotes-reader"]
    limits: Limits = current_app.extensions["quotes-limits"]
    database.require_writable()
    version = reader.version()
    with database.reading() as store:
        if store.has_current(article, version):
            return "unchanged", len(store.article_quotes(article.id))
    limits.count_reading()
    reading = reader.read(article)
    with database.writing() as store:
        return store.save(reading, version), len(reading.quotes)


def _page(
    store: Store, asked: dict[str, Any], place: Place, limit: int
) -> tuple[list[ArticleItem], Place | None]:
    items = store.list_articles(**asked, after=place.after, limit=limit + 1)
    return items[:limit], Place(items[limit - 1].cursor) if len(items) > limit else None


def _export(form: str, args: dict[str, Any]) -> Response:
    return stream(
        form,
        "articles",
        _COLUMNS,
        lambda store, place, limit: _page(store, args, place, limit),
        lambda item: (
            *(item.id, item.title, item.outlet, item.url, item.author),
            *(item.published, item.quotations),
        ),
        serialising.article_item,
    )
