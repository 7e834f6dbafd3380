"""Stored quotations written out for other programs, one at a time, however many there are."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from quotes.jsonform import row_to_json

if TYPE_CHECKING:
    from quotes.store import QuoteRow

COLUMNS = (
    "id",
    "speaker",
    "speaker_kind",
    "role",
    "kind",
    "act",
    "text",
    "said_on",
    "published",
    "article",
    "title",
    "outlet",
    "url",
    "cue",
    "source",
    "start",
    "end",
    "context",
    "confidence",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(rows: Iterable[QuoteRow], file: TextIO) -> None:
    """Write a header and, as RFC 4180 has it, a line a quotation; ``start`` and ``end`` span its contents.

    No cell can be taken for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([harmless(cell) for cell in cells(row)])


def write_json(rows: Iterable[QuoteRow], file: TextIO) -> None:
    """Write one JSON list."""
    separator = "[\n"
    for row in rows:
        file.write(separator + json.dumps(row_to_json(row), ensure_ascii=False))
        separator = ",\n"
    file.write("[]\n" if separator == "[\n" else "\n]\n")


def write_jsonl(rows: Iterable[QuoteRow], file: TextIO) -> None:
    """Write a JSON object on a line for each quotation."""
    for row in rows:
        file.write(json.dumps(row_to_json(row), ensure_ascii=False) + "\n")


WRITERS: Mapping[str, Callable[[Iterable[QuoteRow], TextIO], None]] = {
    "csv": write_csv,
    "json": write_json,
    "jsonl": write_jsonl,
}


def harmless(cell: object) -> object:
    """Return the cell such that a spreadsheet shows it and never runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def cells(row: QuoteRow) -> tuple[object, ...]:
    """Return what stands in each of :data:`COLUMNS`."""
    article, speaker = row.article, row.speaker
    return (
        row.id,
        speaker and speaker.name,
        speaker and speaker.kind,
        row.role,
        row.kind,
        row.act,
        row.text,
        row.said_on,
        article.published,
        article.id,
        article.title,
        article.outlet,
        article.url,
        row.cue and row.cue.text,
        row.source and row.source.text,
        min(span.start for span in row.contents),
        max(span.end for span in row.contents),
        row.context.text,
        round(row.confidence, 4),
    )
