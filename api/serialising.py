"""Answers as JSON: records made into plain data, in the form that the schemas describe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response

from quotes.jsonform import article_to_json, row_to_json, speaker_to_json
from quotes.store.corrections import Correction
from quotes.store.rows import ArticleItem, ArticleRow, QuoteRow, RoleItem, SpeakerItem, SpeakerRow


def answer(data: Mapping[str, Any], status: int = 200, *, mimetype: str = "application/json") -> Response:
    """Return data as a JSON response."""
    return Response(orjson.dumps(data), status, mimetype=mimetype)


def quote(row: QuoteRow) -> dict[str, Any]:
    """Return a quotation in a list."""
    return row_to_json(row)


def quote_detail(
    quotation: dict[str, Any],
    *,
    link: str | None,
    alternatives: Any,
    rejected: bool,
    corrections: list[Correction],
) -> dict[str, Any]:
    """Return a quotation with all that is known of it."""
    start, end = quotation["context"]["start"], quotation["context"]["end"]
    return quotation | {
        "highlights": [
            {"start": max(start, span["start"]) - start, "end": min(end, span["end"]) - start}
            for span in quotation["contents"]
            if span["end"] > start and span["start"] < end
        ],
        "link": link,
        "alternatives": alternatives,
        "rejected": rejected,
        "corrections": [correction(each) for each in corrections],
    }


def correction(made: Correction) -> dict[str, Any]:
    """Return a correction."""
    return {
        "id": made.id,
        "field": made.field,
        "value": made.value,
        "before": made.before,
        "reason": made.reason,
        "by": made.by,
        "at": made.at,
        "undone_by": made.undone_by,
        "undone_at": made.undone_at,
    }


def speaker_item(item: SpeakerItem) -> dict[str, Any]:
    """Return a speaker in a list."""
    return {
        "id": item.id,
        "name": item.name,
        "kind": item.kind,
        "role": item.role,
        "names": list(item.names),
        "quotations": item.quotations,
        "first": item.first,
        "last": item.last,
    }


def speaker_detail(
    row: SpeakerRow, *, by_year: Mapping[str, int], by_kind: Mapping[str, int], by_outlet: Mapping[str, int]
) -> dict[str, Any]:
    """Return a speaker with all that is known of them."""
    return speaker_to_json(row) | {
        "role": row.role,
        "by_year": by_year,
        "by_kind": by_kind,
        "by_outlet": by_outlet,
    }


def role_item(item: RoleItem) -> dict[str, Any]:
    """Return a role in a list."""
    return {"role": item.name, "quotations": item.quotations, "first": item.first, "last": item.last}


def article_item(item: ArticleItem) -> dict[str, Any]:
    """Return an article in a list."""
    return {
        "id": item.id,
        "title": item.title,
        "outlet": item.outlet,
        "url": item.url,
        "author": item.author,
        "published": item.published,
        "quotations": item.quotations,
    }


def article_detail(row: ArticleRow, quotes: list[QuoteRow]) -> dict[str, Any]:
    """Return an article with its text and quotations."""
    known = article_to_json(row.article)
    # Where it lies on the server's disk is nobody else's business.
    del known["path"]
    return known | {
        "reader": row.reader_version,
        "text": row.article.text,
        "quotes": [quote(each) for each in quotes],
    }
