"""Quotations: searched, listed, exported, and one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from flask import Response, request, url_for

from api import linked, serialising
from api.arguments import QuoteArgs, QuoteFilters
from api.conditional import from_store
from api.listing import page_answer, page_place, stream
from api.names import candidates
from api.paging import START, Place, quotes_page
from api.parsing import Blueprint, no_parameters
from api.problems import ProblemError
from api.schemas import QuoteDetailOut, QuotePageOut
from quotes.errors import NotFoundError
from quotes.exporting import COLUMNS, cells
from quotes.searching import query_from
from quotes.store import QuoteQuery, QuoteRow, Store

blueprint = Blueprint("quotes", __name__, url_prefix="/api/v1", description="Who said what.")


@blueprint.route("/quotes")
@blueprint.arguments(QuoteArgs, location="query")
@blueprint.response(200, QuotePageOut)
@from_store
def list_quotes(store: Store, args: dict[str, Any]) -> Response:
    """Search quotations

    Without parameters, all of them, the newest first. `next` leads to the next page, until it is null; it
    stays right while articles are being added.
    """
    place, limit, count = page_place(args)
    return quotes_answer(store, query_of(args), place, limit, count=count)


@blueprint.route("/quotes.csv")
@blueprint.arguments(QuoteFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def export_quotes_csv(args: dict[str, Any]) -> Response:
    """Download quotations as CSV

    All that answer, whatever their number. No cell can be taken for a formula.
    """
    return export_quotes("csv", query_of(args))


@blueprint.route("/quotes.jsonl")
@blueprint.arguments(QuoteFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/jsonl")
def export_quotes_jsonl(args: dict[str, Any]) -> Response:
    """Download quotations as JSON Lines

    All that answer, whatever their number, an object a line.
    """
    return export_quotes("jsonl", query_of(args))


@blueprint.route("/quotes/<quote_id>")
@blueprint.response(200, QuoteDetailOut)
@blueprint.alt_response(200, schema={"type": "object"}, content_type=linked.JSON_LD)
@from_store
def get_quote(store: Store, quote_id: str) -> Response:
    """Look at one quotation

    With `Accept: application/ld+json` it comes as a schema.org `Quotation`, and with the profile
    `http://www.w3.org/ns/anno.jsonld` as a Web Annotation.
    """
    no_parameters()
    form = _form()
    if form == "json":
        detail = detail_of(store, quote_id)
        return serialising.answer(detail) if detail is not None else _moved(store, quote_id)
    row = find_quote(store, quote_id)
    if row is None:
        return _moved(store, quote_id)
    if form == "annotation":
        text = store.article(row.article.id).article.text
        return _linked(linked.annotation(row, request.base_url, text), linked.ANNOTATION_PROFILE)
    return _linked(linked.quotation(row, request.base_url), None)


def query_of(args: Mapping[str, Any]) -> QuoteQuery:
    """Return the query that a list's parameters ask for."""
    filters = {name: value for name, value in args.items() if name != "q"}
    return query_from(args.get("q"), **filters)


def quotes_answer(store: Store, query: QuoteQuery, place: Place, limit: int, *, count: bool) -> Response:
    """Return a page of quotations."""
    extra: dict[str, Any] = {}
    speaker = query.speaker
    if speaker is not None:
        ids = store.speaker_ids(speaker, limit=2)
        if len(ids) == 1:
            query = replace(query, speaker=ids[0])
        elif place == START:
            extra = candidates(store, speaker)
    places, following = quotes_page(store, query, place, limit)
    items = orjson.Fragment(store.page_json(places))
    return page_answer(items, following, store.count(query) if count else None, extra)


def export_quotes(form: str, query: QuoteQuery) -> Response:
    """Return all quotations that answer a query, as a file."""

    def fetch(store: Store, place: Place, limit: int) -> tuple[list[QuoteRow], Place | None]:
        places, following = quotes_page(store, query, place, limit)
        return store.quotes_at(places), following

    return stream(form, "quotes", COLUMNS, fetch, cells, serialising.quote)


def find_quote(store: Store, quote_id: str) -> QuoteRow | None:
    """Return a quotation, rejected or not; ``None`` if it has another id now.

    :raises NotFoundError: There is none of that id.
    """
    try:
        return store.quote(quote_id)
    except NotFoundError:
        rejected = store.rejected_quote(quote_id)
        if rejected is None and store.moved_to(quote_id) is None:
            raise
        return rejected


def detail_of(store: Store, quote_id: str) -> dict[str, Any] | None:
    """Return a quotation, rejected or not, with all that is known of it; ``None`` if it has another id now.

    :raises NotFoundError: There is none of that id.
    """
    found, rejected = store.quote_json(quote_id), False
    if found is None:
        if find_quote(store, quote_id) is None:
            return None
        found, rejected = store.quote_json(quote_id, rejected=True), True
        assert found is not None  # noqa: S101  (the snapshot is the same)
    quotation = orjson.loads(found[0])
    return serialising.quote_detail(
        quotation,
        link=linked.text_fragment(quotation["article"]["url"], quotation["contents"][0]["text"]),
        alternatives=orjson.Fragment(found[1]),
        rejected=rejected,
        corrections=store.corrections(quote_id) if found[2] else [],
    )


def _moved(store: Store, quote_id: str) -> Response:
    address = url_for("quotes.get_quote", quote_id=store.moved_to(quote_id))
    return Response(status=308, headers={"Location": address})


def _form() -> str:
    """Return which form of a quotation the caller wants."""
    header = request.headers.get("Accept", "*/*")
    if header == "*/*":
        return "json"
    if linked.JSON_LD in header and linked.ANNOTATION_PROFILE in header:
        return "annotation"
    best = request.accept_mimetypes.best_match(["application/json", linked.JSON_LD])
    if best is None:
        raise ProblemError(
            "not-acceptable",
            f"A quotation comes as application/json or {linked.JSON_LD}: accept one of them.",
        )
    return "quotation" if best == linked.JSON_LD else "json"


def _linked(data: dict[str, Any], profile: str | None) -> Response:
    response = serialising.answer(data, mimetype=linked.JSON_LD)
    if profile is not None:
        response.headers["Content-Type"] = f'{linked.JSON_LD}; profile="{profile}"'
    return response
