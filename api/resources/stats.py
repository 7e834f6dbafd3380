"""How much there is."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from api import serialising
from api.conditional import from_store
from api.database import Database
from api.parsing import Blueprint, no_parameters
from api.schemas import StatsOut
from quotes.store import Store

blueprint = Blueprint("stats", __name__, url_prefix="/api/v1", description="How much there is.")


@blueprint.route("/stats")
@blueprint.response(200, StatsOut)
@from_store
def get_stats(store: Store) -> Response:
    """Count everything"""
    no_parameters()
    database: Database = current_app.extensions["quotes-database"]
    state = store.state()

    def count() -> dict[str, Any]:
        found = store.statistics()
        return {
            "articles": found.articles,
            "quotations": found.quotations,
            "speakers": found.speakers,
            "attributed": found.attributed,
            "first": found.first,
            "last": found.last,
            "by_kind": dict(found.by_kind),
            "by_reader": dict(found.by_reader),
        }

    return serialising.answer(database.kept(state, "stats", count) | {"changed": state.changed})
