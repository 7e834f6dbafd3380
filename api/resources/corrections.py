"""Corrections: what somebody found wrong with a quotation, kept as data, and taken back."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g

from api import serialising
from api.arguments import CorrectionIn
from api.database import Database
from api.parsing import Blueprint, no_parameters
from api.problems import ProblemError, field_error
from api.resources.quotes import detail_of
from api.schemas import QuoteDetailOut
from api.security import requires
from quotes.errors import NotFoundError
from quotes.store import Store

blueprint = Blueprint("corrections", __name__, url_prefix="/api/v1", description="What people set right.")


@blueprint.route("/quotes/<quote_id>", methods=["PATCH"])
@blueprint.arguments(CorrectionIn)
@blueprint.response(200, QuoteDetailOut)
@requires("correct")
def correct_quote(args: dict[str, Any], quote_id: str) -> Response:
    """Correct a quotation

    Its speaker, role or kind, or that it is none. Who corrected it, when and why stays on record. A
    correction holds when the article is read again, by a newer reader too, until it is undone.
    """
    no_parameters()
    reason = args.pop("reason").strip()
    if not reason:
        raise ProblemError("invalid", "“reason”: say why.", [field_error("body", "/reason", "Say why.")])
    if not args:
        raise ProblemError("invalid", "Nothing is corrected: give a speaker, role or kind, or reject it.")
    database: Database = current_app.extensions["quotes-database"]
    with database.writing() as store:
        quote_id = _present_id(store, quote_id)
        store.correct(quote_id, args, by=g.token.name, reason=reason)
        return _detail(store, quote_id)


@blueprint.route("/quotes/<quote_id>/corrections/<correction_id>", methods=["DELETE"])
@blueprint.response(200, QuoteDetailOut)
@requires("correct")
def undo_correction(quote_id: str, correction_id: str) -> Response:
    """Undo a correction

    The quotation is again as it was without it. The correction stays on record, and who undid it.
    """
    no_parameters()
    database: Database = current_app.extensions["quotes-database"]
    with database.writing() as store:
        quote_id = _present_id(store, quote_id)
        store.undo_correction(quote_id, correction_id, by=g.token.name)
        return _detail(store, quote_id)


def _present_id(store: Store, quote_id: str) -> str:
    return store.moved_to(quote_id) or quote_id


def _detail(store: Store, quote_id: str) -> Response:
    detail = detail_of(store, quote_id)
    if detail is None:
        raise NotFoundError(f"No quotation has the id “{quote_id}”: check it.")
    return serialising.answer(detail)
