"""Who gets quoted: the audit of sources that newsrooms make by hand, for any outlet and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template
from marshmallow import fields, validate

from api.arguments import QuoteFilters, Strict
from api.conditional import from_store
from api.database import Database
from api.pages import asking, charts, phrases
from api.pages.charts import Share
from api.problems import ProblemError
from quotes.errors import QueryError
from quotes.model import QUOTE_KINDS
from quotes.store import QuoteQuery, Store

blueprint = Blueprint("sources_page", __name__)

_MOST = 12
_Args = Strict.from_dict(
    {name: QuoteFilters().fields[name] for name in ("outlet", "date_from", "date_to", "min_confidence")}
    | {"by": fields.String(validate=validate.OneOf(("month", "year")))},
    name="SourcesPageArgs",
)


@blueprint.get("/sources")
def show() -> Response:
    """Show who gets quoted."""
    if asking.has_surplus():
        return redirect(asking.address("/sources", asking.given()), 303)  # type: ignore[return-value]
    try:
        return _shown()
    except (ProblemError, QueryError) as error:
        sentence = error.detail if isinstance(error, ProblemError) else str(error)
        return make_response(
            render_template("pages/sources.html", params=asking.given(), error=sentence), 422
        )


@from_store
def _shown(store: Store) -> Response:
    args = asking.arguments(_Args)
    by_month = args.pop("by", "month") == "month"
    query = QuoteQuery(**args)
    database: Database = current_app.extensions["quotes-database"]
    key = ("audit", query, by_month)
    found = database.kept(store.state(), key, lambda: _audit(store, query, by_month=by_month))
    return make_response(
        render_template(
            "pages/sources.html",
            params=asking.given(),
            kinds=[phrases.KINDS[kind] for kind in QUOTE_KINDS],
            sources=list(phrases.SOURCES.values()),
            asked=_asked(query),
            **found,
        )
    )


def _audit(store: Store, query: QuoteQuery, *, by_month: bool) -> dict[str, Any]:
    audit = store.audit(query, by_month=by_month)
    params = {name: value for name, value in asking.given().items() if name != "by"}
    speakers = store.counts(query, "speaker", limit=_MOST)
    known = {speaker_id: store.speaker(speaker_id) for speaker_id in speakers}

    def search(**more: str) -> str:
        return asking.address("/", params | more)

    return {
        "audit": audit,
        "chart": charts.over_time(audit.by_time, QUOTE_KINDS),
        "source_chart": charts.over_time(
            {time: _grouped(counts) for time, counts in audit.source_by_time.items()}, list(phrases.SOURCES)
        ),
        "by_source": [Share(phrases.SOURCE_KINDS[kind], count) for kind, count in audit.by_source.items()],
        "unnamed": sum(audit.by_source.get(kind, 0) for kind in ("unnamed_person", "unnamed_group")),
        "by_kind": [
            Share(phrases.KINDS[kind], audit.by_kind[kind], search(kind=kind))
            for kind in QUOTE_KINDS
            if kind in audit.by_kind
        ],
        "by_speaker": [
            Share(
                known[speaker_id].name,
                count,
                search(speaker=speaker_id),
                known[speaker_id].role,
            )
            for speaker_id, count in speakers.items()
        ],
        "by_role": [
            Share(role, count, search(role=role) if asking.fits(role) else None)
            for role, count in store.counts(query, "role", limit=_MOST).items()
        ],
        "by_outlet": _outlets(audit.by_outlet, QUOTE_KINDS),
        "source_by_outlet": _outlets(
            {name: _grouped(counts) for name, counts in audit.source_by_outlet.items()}, list(phrases.SOURCES)
        ),
        "csv": asking.address("/api/v1/quotes.csv", params),
    }


def _grouped(counts: Mapping[str | None, int]) -> dict[str | None, int]:
    """Return counts by kind of speaker with unnamed groups among the unnamed."""
    grouped = dict(counts)
    groups = grouped.pop("unnamed_group", 0)
    return grouped | {"unnamed_person": grouped.get("unnamed_person", 0) + groups}


def _outlets(
    by_outlet: Mapping[str, Mapping[Any, int]], series: Sequence[Any]
) -> list[tuple[Share, list[int]]]:
    return [
        (
            Share(
                name,
                sum(of_name.values()),
                asking.address("/sources", {"outlet": name}) if asking.fits(name) else None,
            ),
            [of_name.get(each, 0) for each in series],
        )
        for name, of_name in by_outlet.items()
    ]


def _asked(query: QuoteQuery) -> str:
    parts = [
        query.outlet and f"in {query.outlet}",
        query.date_from and f"from {phrases.day(query.date_from)}",
        query.date_to and f"up to {phrases.day(query.date_to)}",
        query.min_confidence is not None and f"at least {query.min_confidence:.0%} sure",
    ]
    return ", ".join(part for part in parts if part)
