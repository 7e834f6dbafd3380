"""Searches to subscribe to, as Atom feeds (RFC 4287)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

from flask import Response, request, url_for

from api.arguments import QuoteFilters
from api.conditional import from_store
from api.linked import web_address
from api.parsing import Blueprint
from api.resources.quotes import query_of
from quotes.store import QuoteRow, Store

blueprint = Blueprint("feeds", __name__, url_prefix="/api/v1", description="Searches to subscribe to.")

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
# XML cannot hold these at all, not even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Xml.register_namespace("", _ATOM)


@blueprint.route("/quotes.atom")
@blueprint.arguments(QuoteFilters, location="query")
@blueprint.response(200, {"type": "string"}, content_type="application/atom+xml")
@from_store
def feed(store: Store, args: dict[str, Any]) -> Response:
    """Subscribe to a search

    The newest quotations that answer it, as an Atom feed.
    """
    args = {"sort": "newest"} | args
    rows = store.search(query_of(args | {"limit": _ENTRIES}))
    asked = list(request.args.items(multi=True))
    root = Xml.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", f"urn:x-quotes:search:{urlencode(sorted(asked))}")
    _add(root, "title", _title(asked))
    _add(root, "updated", store.state().changed.isoformat(timespec="seconds"))
    _add(root, "link", None, rel="self", type="application/atom+xml", href=request.url)
    for row in rows:
        _add_entry(root, row)
    return Response(
        Xml.tostring(root, encoding="utf-8", xml_declaration=True),
        content_type="application/atom+xml; charset=utf-8",
    )


def _add_entry(root: Xml.Element, row: QuoteRow) -> None:
    entry = _add(root, "entry", None)
    who = row.speaker.name if row.speaker else "Somebody"
    _add(entry, "id", f"urn:x-quotes:quote:{row.id}")
    _add(entry, "title", f"{who}: {row.text[:120]}{'…' if len(row.text) > 120 else ''}")
    day = row.date or date(1970, 1, 1)
    _add(entry, "updated", datetime.combine(day, time(), UTC).isoformat())
    author = _add(entry, "author", None)
    _add(author, "name", f"{who}, {row.role}" if row.role else who)
    address = url_for("quotes.get_quote", quote_id=row.id, _external=True)
    _add(entry, "link", None, rel="alternate", href=web_address(row.article.url) or address)
    _add(entry, "link", None, rel="related", type="application/json", href=address)
    _add(entry, "content", row.context.text, type="text")


def _add(parent: Xml.Element, name: str, text: str | None, **attributes: str) -> Xml.Element:
    clean = {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    element = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    if text is not None:
        element.text = _NOT_XML.sub("\ufffd", text)
    return element


def _title(asked: list[tuple[str, str]]) -> str:
    return "Quotations: " + (", ".join(f"{name} {value}" for name, value in asked) or "all")
