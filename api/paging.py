"""Pages of a list: where each ends, as a signed cursor that stays right while articles are added.

A list in the order of dates goes on after a date and a number, which never change. A list in the order of
relevance, or of how much somebody is quoted, has no such place: every article that is added moves the others.
Its cursor holds the rows that were shown instead, so none comes twice and none is missed. Past the first
:data:`RANKED` rows, whatever is left comes in an order that never changes.
"""

from __future__ import annotations

import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeVar
from urllib.parse import urlencode

from api.problems import ProblemError, field_error
from quotes.store import Cursor, QuoteQuery, Store

RANKED = 500
_TAG_BYTES = 12
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next page begins: after a row, and without those that were shown in another order."""

    after: Cursor | None = None
    without: frozenset[int] = frozenset()
    is_tail: bool = False


START = Place()


class Cursors:
    """Turns places into cursors and back; a cursor is good for the question that it came with."""

    def __init__(self, key: bytes) -> None:
        """Sign with a key, which must stay the same for cursors to stay valid."""
        self._key = key

    def write(self, place: Place, question: str) -> str:
        """Return the cursor for a place in the answer to a question."""
        after = None if place.after is None else [place.after.value, place.after.number]
        data = zlib.compress(json.dumps([after, _deltas(place.without), place.is_tail]).encode(), 9)
        return urlsafe_b64encode(self._tag(data, question) + data).rstrip(b"=").decode()

    def read(self, cursor: str, question: str) -> Place:
        """Return the place that a cursor stands for.

        :raises ProblemError: It was not made here, or for another question.
        """
        try:
            raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            tag, data = raw[:_TAG_BYTES], raw[_TAG_BYTES:]
            if not hmac.compare_digest(tag, self._tag(data, question)):
                raise ValueError
        except ValueError as exc:
            detail = "The cursor does not belong to this question: start again without it."
            raise ProblemError(
                "invalid",
                detail,
                [field_error("query", "/cursor", "It is not one that came with this question.")],
            ) from exc
        after, deltas, is_tail = json.loads(zlib.decompress(data))
        return Place(None if after is None else Cursor(*after), _numbers(deltas), is_tail)

    def _tag(self, data: bytes, question: str) -> bytes:
        return hmac.digest(self._key, question.encode() + b"\0" + data, sha256)[:_TAG_BYTES]


def question_of(path: str, args: Iterable[tuple[str, str]]) -> str:
    """Return what a request asks, without how much of it and from where on."""
    asked = sorted(pair for pair in args if pair[0] not in ("cursor", "limit", "count"))
    return f"{path}?{urlencode(asked)}"


def quotes_page(
    store: Store, query: QuoteQuery, place: Place, limit: int
) -> tuple[list[Cursor], Place | None]:
    """Return where the quotations of a page are, and where the next page begins, if there is one."""
    if query.order != "relevance":
        page = store.places(replace(query, limit=limit + 1, after=place.after))
        return page[:limit], Place(page[limit - 1]) if len(page) > limit else None
    if not place.is_tail:
        page = store.places(replace(query, limit=limit + 1, without=place.without))
        seen = place.without.union(row.number for row in page[:limit])
        return page[:limit], Place(None, seen, len(seen) >= RANKED) if len(page) > limit else None
    rest = replace(query, sort="newest", limit=limit + 1, without=place.without, after=place.after)
    page = store.places(rest)
    return page[:limit], Place(page[limit - 1], place.without, True) if len(page) > limit else None


def ranked_page(
    fetch: Callable[..., Sequence[_T]], number_of: Callable[[_T], int], place: Place, limit: int
) -> tuple[Sequence[_T], Place | None]:
    """Return a page of a list that comes by rank first and by number from :data:`RANKED` on.

    :param fetch: Takes ``without``, ``after`` (a number or ``None``) and ``limit``.
    """
    after = None
    if place.is_tail:
        after = 0 if place.after is None else place.after.number
    rows = fetch(without=place.without, after=after, limit=limit + 1)
    page = rows[:limit]
    if len(rows) <= limit:
        return page, None
    if place.is_tail:
        return page, Place(Cursor(None, number_of(page[-1])), place.without, True)
    seen = place.without.union(number_of(row) for row in page)
    return page, Place(None, seen, len(seen) >= RANKED)


def _deltas(numbers: Iterable[int]) -> list[int]:
    ordered = sorted(numbers)
    return [b - a for a, b in zip([0, *ordered], ordered, strict=False)]


def _numbers(deltas: Sequence[int]) -> frozenset[int]:
    total = 0
    found: list[int] = []
    for delta in deltas:
        total += delta
        found.append(total)
    return frozenset(found)


def link(path: str, args: Iterable[tuple[str, str]], cursor: str) -> str:
    """Return the address, relative to this server, of the next page."""
    asked = [pair for pair in args if pair[0] != "cursor"]
    return f"{path}?{urlencode([*asked, ('cursor', cursor)])}"


def link_header(links: dict[str, str]) -> str:
    """Return RFC 8288 links: relation to address."""
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items())
