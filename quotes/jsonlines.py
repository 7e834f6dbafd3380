"""JSON Lines: a file with an article a line, plain or compressed with gzip, read in bounded memory."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, Any

from quotes.dates import parse_day
from quotes.decoding import MAX_CHARACTERS, check_text, decode, too_long
from quotes.errors import ArticleError, ArticleFormatError
from quotes.model import Article

MAX_LINE_BYTES = 16 * MAX_CHARACTERS
"""An article of the greatest length, every character of it escaped (``\\ud83d\\ude00``), and its metadata."""

MAX_SKIPPED_BYTES = 1_000_000_000
"""How much of one overlong line is passed over, in search of its end, before the file is given up."""


def articles_from_lines(
    stream: IO[bytes],
    *,
    path: str | None,
    name: str,
    encoding: str | None = None,
    report: Callable[[ArticleError], None],
) -> Iterator[Article]:
    """Yield the article of each line; a line that holds none is reported, and the next one read.

    :param path: Where the lines come from, if from a file.
    :param name: What to call an article that has no id of its own: ``name:3`` for the third line.
    """
    source = path or name
    for number, line in _numbered_lines(stream, source, report):
        where = f"{source}, line {number:,}"
        try:
            record = _record(decode(line, name=where, encoding=encoding), where)
            yield _article(record, where, path=path, line=number, default_id=f"{name}:{number}")
        except ArticleError as error:
            report(error)


def unpacked(stream: IO[bytes]) -> IO[bytes]:
    """Return the stream without its gzip compression."""
    return gzip.GzipFile(fileobj=stream, mode="rb")  # type: ignore[return-value]


def _numbered_lines(
    stream: IO[bytes], source: str, report: Callable[[ArticleError], None]
) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        while line := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                report(too_long(f"{source}, line {number:,}", f"more than {MAX_LINE_BYTES:,} bytes"))
                if not _skip_line(stream):
                    report(
                        ArticleFormatError(
                            f"{source}: line {number:,} does not come to an end, so the rest of the file"
                            " was not read; put each article on a line of its own."
                        )
                    )
                    return
            elif line.strip():
                yield number, line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        report(
            ArticleFormatError(
                f"{source}: the gzip data is damaged or cut short after line {number:,} ({error});"
                " what follows was not read, so fetch the file again."
            )
        )


def _skip_line(stream: IO[bytes]) -> bool:
    skipped = 0
    while skipped < MAX_SKIPPED_BYTES:
        part = stream.readline(1_000_000)
        if not part or part.endswith(b"\n"):
            return True
        skipped += len(part)
    return False


def _article(record: dict[str, Any], where: str, *, path: str | None, line: int, default_id: str) -> Article:
    text = record.get("text")
    if text is None:
        raise ArticleFormatError(f"{where}: there is no “text”; every line needs one, the article itself.")
    if not isinstance(text, str):
        raise ArticleFormatError(f"{where}: “text” is {_kind(text)}; it must be a string.")
    return Article(
        id=_id(record, where) or default_id,
        text=check_text(text, name=where),
        title=_string(record, "title", where),
        url=_string(record, "url", where),
        outlet=_string(record, "outlet", where),
        author=_author(record, where),
        published=_published(record, where),
        path=path,
        line=line,
    )


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ArticleFormatError(
            f"{where}: this is not JSON ({error.msg} at character {error.pos:,});"
            " each line must be one JSON object."
        ) from error
    # Numbers of thousands of digits and brackets nested thousands deep: valid, but nothing an article needs.
    except (ValueError, RecursionError) as error:
        raise ArticleFormatError(f"{where}: this JSON is too intricate ({error}); simplify it.") from error
    if not isinstance(record, dict):
        raise ArticleFormatError(
            f"{where}: this is {_kind(record)}; each line must be one JSON object with a “text”."
        )
    return record


def _id(record: dict[str, Any], where: str) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise ArticleFormatError(f"{where}: “id” is {_kind(value)}; it must be a string or a whole number.")
    return _string(record, "id", where)


def _string(record: dict[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise ArticleFormatError(f"{where}: “{key}” is {_kind(value)}; it must be a string or null.")
    if value is None or not value.strip():
        return None
    return check_text(value, name=f"{where}, “{key}”")


def _author(record: dict[str, Any], where: str) -> str | None:
    value = record.get("author")
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        record = {"author": "; ".join(value)}
    return _string(record, "author", where)


def _published(record: dict[str, Any], where: str) -> date | None:
    value = _string(record, "published", where)
    if value is None:
        return None
    day = parse_day(value)
    if day is None:
        raise ArticleFormatError(
            f"{where}: “published” is {value[:60]!r}, which is no date;"
            " write it as 2021-06-29, or leave it out."
        )
    return day


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")
