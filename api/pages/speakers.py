"""Who speaks: a list to look a name up in, and a page for each with roles, times and statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request

from api.arguments import PageArgs, SpeakerFilters
from api.conditional import from_store
from api.database import Database
from api.names import nearest_name
from api.pages import asking, charts, phrases
from api.pages.charts import Share
from api.paging import START, Cursors, Place, question_of, ranked_page
from quotes.model import QUOTE_KINDS, SPEAKER_KINDS
from quotes.store import QuoteQuery, SpeakerItem, Store

blueprint = Blueprint("speaker_pages", __name__)

PAGE = 50
_LATEST = 8
_Args = SpeakerFilters.from_dict({"cursor": PageArgs().fields["cursor"]}, name="SpeakersPageArgs")


@blueprint.get("/speakers")
def show_all() -> Response:
    """Show who speaks, the most quoted first."""
    if asking.has_surplus():
        return redirect(asking.address("/speakers", asking.given()), 303)  # type: ignore[return-value]
    return _list()


@from_store
def _list(store: Store) -> Response:
    args = asking.arguments(_Args)
    cursors: Cursors = current_app.extensions["quotes-cursors"]
    question = question_of(request.path, request.args.items(multi=True))
    place = cursors.read(args["cursor"], question) if "cursor" in args else START
    asked = {"name": args.get("q"), "kind": args.get("kind")}
    used: str | None = None
    items, following = _page(store, asked, place)
    if not items and asked["name"] is not None and place == START:
        used = nearest_name(store, asked["name"])
        if used is not None:
            items, following = _page(store, asked | {"name": used}, place)
            following = None
    params = asking.given()
    return make_response(
        render_template(
            "pages/speakers.html",
            items=items,
            most=max((item.quotations for item in items), default=1),
            used=used,
            params=params,
            kinds=SPEAKER_KINDS,
            is_first=place == START,
            next=following
            and asking.address("/speakers", params | {"cursor": cursors.write(following, question)}),
            csv=asking.address("/api/v1/speakers.csv", asking.without(params, "cursor")),
            api=asking.address("/api/v1/speakers", asking.without(params, "cursor")),
        )
    )


@blueprint.get("/speakers/<speaker_id>")
@from_store
def show(store: Store, speaker_id: str) -> Response:
    """Show one speaker."""
    speaker = store.speaker(speaker_id)
    database: Database = current_app.extensions["quotes-database"]
    known = database.kept(store.state(), ("speaker page", speaker_id), lambda: _spread(store, speaker_id))
    roles = sorted(speaker.roles, key=lambda use: (use.first is None, use.first or date.min, use.role))
    return make_response(
        render_template(
            "pages/speaker.html",
            speaker=speaker,
            roles=roles,
            other_names=[name for name in speaker.names if name != speaker.name],
            latest=store.search(QuoteQuery(speaker=speaker_id, sort="newest", limit=_LATEST)),
            all=asking.address("/", {"speaker": speaker_id}),
            feed=asking.address("/api/v1/quotes.atom", {"speaker": speaker_id}),
            csv=asking.address("/api/v1/quotes.csv", {"speaker": speaker_id}),
            api=f"{request.script_root}/api/v1/speakers/{speaker_id}",
            kinds=[phrases.KINDS[kind] for kind in QUOTE_KINDS],
            **known,
        )
    )


def _spread(store: Store, speaker_id: str) -> dict[str, Any]:
    said = QuoteQuery(speaker=speaker_id)
    audit = store.audit(said, by_month=True)

    def search(**more: str) -> str:
        return asking.address("/", {"speaker": speaker_id} | more)

    return {
        "chart": charts.over_time(audit.by_time, QUOTE_KINDS),
        "by_kind": [
            Share(phrases.KINDS[kind], audit.by_kind[kind], search(kind=kind))
            for kind in QUOTE_KINDS
            if kind in audit.by_kind
        ],
        "by_outlet": [
            Share(name, sum(of_name.values()), search(outlet=name) if asking.fits(name) else None)
            for name, of_name in audit.by_outlet.items()
        ],
        "total": audit.total,
        "undated": audit.undated,
        "repeated": store.repeated(speaker_id),
    }


def _page(store: Store, asked: dict[str, Any], place: Place) -> tuple[Sequence[SpeakerItem], Place | None]:
    def fetch(**part: Any) -> list[SpeakerItem]:
        return store.list_speakers(**asked, **part)

    return ranked_page(fetch, lambda item: item.number, place, PAGE)
