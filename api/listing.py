"""What all lists have in common: pages of JSON, and the whole of it as CSV or JSON Lines, sent as it is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

import orjson
from flask import Response, current_app, g, request
from werkzeug.datastructures import MultiDict

from api.database import Database
from api.limits import Limits
from api.paging import START, Cursors, Place, link, link_header, question_of
from api.serialising import answer
from quotes.exporting import harmless
from quotes.store import Store

_T = TypeVar("_T")
_BATCH = 500

Page = tuple[Sequence[_T], Place | None]


def page_place(args: dict[str, Any]) -> tuple[Place, int, bool]:
    """Take from a list's parameters where the page begins, how long it is, and whether to count."""
    cursor, limit, count = args.pop("cursor", None), args.pop("limit"), args.pop("count")
    cursors: Cursors = current_app.extensions["quotes-cursors"]
    place = START if cursor is None else cursors.read(cursor, _question())
    return place, limit, count


def page_answer(items: Any, following: Place | None, count: int | None, extra: Mapping[str, Any]) -> Response:
    """Return a page of a list, with a link to the next.

    :param items: Plain data, or a list that is JSON already.
    """
    cursors: Cursors = current_app.extensions["quotes-cursors"]
    address = next_address(cursors, request.path, request.args, following)
    data: dict[str, Any] = {"items": items, "next": address}
    if count is not None:
        data["count"] = count
    response = answer(data | dict(extra))
    if address is not None:
        response.headers["Link"] = link_header({"next": address})
    return response


def next_address(
    cursors: Cursors, path: str, args: MultiDict[str, str], following: Place | None
) -> str | None:
    """Return the address of the next page of a list, if there is one."""
    if following is None:
        return None
    asked = list(args.items(multi=True))
    return link(path, asked, cursors.write(following, question_of(path, asked)))


def stream(
    form: str,
    name: str,
    columns: Sequence[str],
    fetch: Callable[[Store, Place, int], Page[_T]],
    to_cells: Callable[[_T], Sequence[object]],
    to_json: Callable[[_T], Mapping[str, Any]],
) -> Response:
    """Send a whole list, a few hundred rows at a time, each of them an answer of its own.

    So no row is missed or sent twice while articles are added, no reader holds up the file's upkeep, and a
    question that fails does so before anything is sent.

    :param form: ``csv`` or ``jsonl``.
    """
    database: Database = current_app.extensions["quotes-database"]
    limits: Limits = current_app.extensions["quotes-limits"]
    batches = _batches(database, fetch)
    first = next(batches)
    exports = limits.start_export()
    rows = chain.from_iterable(chain([first], batches))
    lines = _csv_lines(columns, map(to_cells, rows)) if form == "csv" else _json_lines(map(to_json, rows))
    mimetype = "text/csv" if form == "csv" else "application/jsonl"
    response = Response(_chunks(lines), mimetype=mimetype)
    response.call_on_close(exports.release)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "no-store"
    g.streams = True
    return response


def _question() -> str:
    return question_of(request.path, request.args.items(multi=True))


def _batches(database: Database, fetch: Callable[[Store, Place, int], Page[_T]]) -> Iterator[Sequence[_T]]:
    place: Place | None = START
    while place is not None:
        with database.reading() as store:
            rows, place = fetch(store, place, _BATCH)
        yield rows


def _json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    for row in rows:
        yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def _csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    file = io.StringIO()
    writer = csv.writer(file)
    for row in chain([columns], rows):
        writer.writerow([harmless(cell) for cell in row])
        yield file.getvalue().encode()
        file.seek(0)
        file.truncate()


def _chunks(lines: Iterator[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """Join lines into pieces worth sending."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)
