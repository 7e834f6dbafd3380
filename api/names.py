"""Who is meant by a name: all whom it fits, or those whose name is spelt nearly so."""

from __future__ import annotations

from typing import Any

from flask import current_app

from api.database import Database
from api.serialising import speaker_item
from quotes.spelling import Names
from quotes.store import Store

_MAX_CANDIDATES = 10


def candidates(store: Store, speaker: str) -> dict[str, Any]:
    """Return, where a name fits several speakers or none, those who may be meant, as ``candidates``."""
    database: Database = current_app.extensions["quotes-database"]

    def find() -> dict[str, Any]:
        found = store.matching_speakers(speaker, limit=_MAX_CANDIDATES)
        if not found:
            nearest = nearest_name(store, speaker)
            found = store.matching_speakers(nearest, limit=_MAX_CANDIDATES) if nearest else []
        elif len(found) == 1:
            found = []
        return {"candidates": [speaker_item(item) for item in found]} if found else {}

    return database.kept(store.state(), ("candidates", speaker), find)


def nearest_name(store: Store, asked: str) -> str | None:
    """Return the name nearest to one that nobody has, if any is near."""
    database: Database = current_app.extensions["quotes-database"]
    names = database.kept(store.state(), "names", lambda: Names(store.all_names()))
    return names.nearest(asked)
