"""Speakers: found by name, listed, and one by one with their roles over time."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from api import serialising
from api.arguments import SpeakerArgs, SpeakerFilters, SpeakerQuoteArgs, SpeakerQuoteFilters
from api.conditional import from_store
from api.database import Database
from api.listing import page_answer, page_place, stream
from api.names import nearest_name
from api.paging import START, Place, ranked_page
from api.parsing import Blueprint, no_parameters
from api.resources.quotes import export_quotes, query_of, quotes_answer
from api.schemas import QuotePageOut, SpeakerOut, SpeakerPageOut
from quotes.store import QuoteQuery, SpeakerItem, Store

blueprint = Blueprint("speakers", __name__, url_prefix="/api/v1", description="Who speaks.")

_COLUMNS = ("id", "name", "kind", "role", "names", "quotations", "first", "last")


@blueprint.route("/speakers")
@blueprint.arguments(SpeakerArgs, location="query")
@blueprint.response(200, SpeakerPageOut)
@from_store
def list_speakers(store: Store, args: dict[str, Any]) -> Response:
    """Find speakers by name

    The most quoted first. Where nobody is called `q`, the nearest spelling is looked for instead, and
    `changed` says so.
    """
    place, limit, count = page_place(args)
    asked = {"name": args.get("q"), "kind": args.get("kind")}
    extra: dict[str, Any] = {}
    items, following = _page(store, asked, place, limit)
    if not items and asked["name"] is not None and place == START:
        nearest = nearest_name(store, asked["name"])
        if nearest is not None:
            extra = {"changed": {"asked": asked["name"], "used": nearest}}
            items, _ = _page(store, asked | {"name": nearest}, place, limit)
    total = store.count_speakers(**asked) if count else None
    return page_answer([serialising.speaker_item(item) for item in items], following, total, extra)


@blueprint.route("/speakers.csv")
@blueprint.arguments(SpeakerFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def export_speakers_csv(args: dict[str, Any]) -> Response:
    """Download speakers as CSV"""
    return _export("csv", args)


@blueprint.route("/speakers.jsonl")
@blueprint.arguments(SpeakerFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/jsonl")
def export_speakers_jsonl(args: dict[str, Any]) -> Response:
    """Download speakers as JSON Lines"""
    return _export("jsonl", args)


@blueprint.route("/speakers/<speaker_id>")
@blueprint.response(200, SpeakerOut)
@from_store
def get_speaker(store: Store, speaker_id: str) -> Response:
    """Look at one speaker

    Every name and role in use, with the time of each role, and the quotations by year, kind and outlet.
    """
    no_parameters()
    database: Database = current_app.extensions["quotes-database"]
    detail = database.kept(store.state(), ("speaker", speaker_id), lambda: speaker_detail(store, speaker_id))
    return serialising.answer(detail)


@blueprint.route("/speakers/<speaker_id>/quotes")
@blueprint.arguments(SpeakerQuoteArgs, location="query")
@blueprint.response(200, QuotePageOut)
@from_store
def list_speaker_quotes(store: Store, args: dict[str, Any], speaker_id: str) -> Response:
    """Search what one speaker said"""
    place, limit, count = page_place(args)
    store.require_speaker(speaker_id)
    return quotes_answer(store, query_of(args | {"speaker": speaker_id}), place, limit, count=count)


@blueprint.route("/speakers/<speaker_id>/quotes.csv")
@blueprint.arguments(SpeakerQuoteFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def export_speaker_quotes_csv(args: dict[str, Any], speaker_id: str) -> Response:
    """Download what one speaker said as CSV"""
    return _export_quotes("csv", args, speaker_id)


@blueprint.route("/speakers/<speaker_id>/quotes.jsonl")
@blueprint.arguments(SpeakerQuoteFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/jsonl")
def export_speaker_quotes_jsonl(args: dict[str, Any], speaker_id: str) -> Response:
    """Download what one speaker said as JSON Lines"""
    return _export_quotes("jsonl", args, speaker_id)


def speaker_detail(store: Store, speaker_id: str) -> dict[str, Any]:
    """Return a speaker with all that is known of them."""
    row = store.speaker(speaker_id)
    said = QuoteQuery(speaker=row.id)
    return serialising.speaker_detail(
        row,
        by_year=store.counts(said, "year", limit=200),
        by_kind=store.counts(said, "kind"),
        by_outlet=store.counts(said, "outlet", limit=50),
    )


def _page(
    store: Store, asked: dict[str, Any], place: Place, limit: int
) -> tuple[list[SpeakerItem], Place | None]:
    def fetch(**part: Any) -> list[SpeakerItem]:
        return store.list_speakers(**asked, **part)

    items, following = ranked_page(fetch, lambda item: item.number, place, limit)
    return list(items), following


def _export(form: str, args: dict[str, Any]) -> Response:
    asked = {"name": args.get("q"), "kind": args.get("kind")}
    return stream(
        form,
        "speakers",
        _COLUMNS,
        lambda store, place, limit: _page(store, asked, place, limit),
        lambda item: (
            *(item.id, item.name, item.kind, item.role, "; ".join(item.names)),
            item.quotations,
            item.first,
            item.last,
        ),
        serialising.speaker_item,
    )


def _export_quotes(form: str, args: dict[str, Any], speaker_id: str) -> Response:
    database: Database = current_app.extensions["quotes-database"]
    with database.reading() as store:
        store.require_speaker(speaker_id)
    return export_quotes(form, query_of(args | {"speaker": speaker_id}))
