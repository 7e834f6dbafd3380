"""Roles: in what capacities people speak."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import serialising
from api.arguments import RoleArgs, RoleFilters
from api.conditional import from_store
from api.listing import page_answer, page_place, stream
from api.paging import Place, ranked_page
from api.parsing import Blueprint
from api.schemas import RolePageOut
from quotes.store import RoleItem, Store

blueprint = Blueprint("roles", __name__, url_prefix="/api/v1", description="In what capacity.")

_COLUMNS = ("role", "quotations", "first", "last")


@blueprint.route("/roles")
@blueprint.arguments(RoleArgs, location="query")
@blueprint.response(200, RolePageOut)
@from_store
def list_roles(store: Store, args: dict[str, Any]) -> Response:
    """List roles

    As the articles print them, those with the most quotations first.
    """
    place, limit, count = page_place(args)
    items, following = _page(store, args.get("q"), place, limit)
    total = store.count_roles(name=args.get("q")) if count else None
    return page_answer([serialising.role_item(item) for item in items], following, total, {})


@blueprint.route("/roles.csv")
@blueprint.arguments(RoleFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def export_roles_csv(args: dict[str, Any]) -> Response:
    """Download roles as CSV"""
    return _export("csv", args)


@blueprint.route("/roles.jsonl")
@blueprint.arguments(RoleFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/jsonl")
def export_roles_jsonl(args: dict[str, Any]) -> Response:
    """Download roles as JSON Lines"""
    return _export("jsonl", args)


def _page(store: Store, name: str | None, place: Place, limit: int) -> tuple[list[RoleItem], Place | None]:
    def fetch(**part: Any) -> list[RoleItem]:
        return store.list_roles(name=name, **part)

    items, following = ranked_page(fetch, lambda item: item.number, place, limit)
    return list(items), following


def _export(form: str, args: dict[str, Any]) -> Response:
    return stream(
        form,
        "roles",
        _COLUMNS,
        lambda store, place, limit: _page(store, args.get("q"), place, limit),
        lambda item: (item.name, item.quotations, item.first, item.last),
        serialising.role_item,
    )
