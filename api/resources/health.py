"""Whether the server is well, for whatever watches over it."""

from __future__ import annotations

from flask import Response, current_app

from api import serialising
from api.database import Database
from api.metrics import Metrics
from api.parsing import Blueprint, no_parameters
from api.reader import AnyReader
from api.schemas import HealthOut

blueprint = Blueprint("health", __name__, description="Whether the server is well.")


@blueprint.route("/healthz")
@blueprint.response(200, HealthOut)
def is_alive() -> Response:
    """Is the process alive?"""
    no_parameters()
    return _ok()


@blueprint.route("/readyz")
@blueprint.response(200, HealthOut)
def is_ready() -> Response:
    """Can it answer questions and read texts?"""
    no_parameters()
    database: Database = current_app.extensions["quotes-database"]
    reader: AnyReader = current_app.extensions["quotes-reader"]
    with database.reading() as store:
        store.state()
    reader.version()
    return _ok()


@blueprint.route("/metrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain")
def show_metrics() -> Response:
    """How much was asked, and how long it took, for Prometheus"""
    no_parameters()
    metrics: Metrics = current_app.extensions["quotes-metrics"]
    return metrics.expose()


def _ok() -> Response:
    response = serialising.answer({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response
