"""Who says what answers a question: speakers, each with how much, from when to when, and what comes first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quotes.store import placing, sampling
from quotes.store.conditions import filters, where
from quotes.store.directory import main_roles
from quotes.store.rows import Cursor, QuoteQuery, SpeakerRef, read_day
from quotes.store.sampling import Sample

#: So many quotations are put into groups at most, where no index has them by speaker: some tens of milliseconds.
GROUPED = 10_000
_BY_INDEX = {"date_from", "date_to"}


@dataclass(frozen=True, slots=True)
class Group:
    """What one speaker says; ``number`` is the speaker's place in the file, by which a list of groups goes on.

    :param role: The one that says most of the speaker.
    :param places: Where the first of the speaker's quotations are, in the order of the question.
    """

    number: int
    speaker: SpeakerRef
    role: str | None
    quotations: int
    first: date | None
    last: date | None
    places: tuple[Cursor, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Some of the groups that there are.

    :param speakers: How many there are in all.
    :param nobody: How many quotations have no speaker.
    :param sample: Which of the quotations that answer the question were put into groups: ``looked_at`` of them.
    """

    groups: tuple[Group, ...]
    speakers: int
    nobody: int
    sample: Sample
    looked_at: int


@dataclass(slots=True)
class _Said:
    """What is known of one speaker: days, and ``(value, number)`` of each quotation or of none."""

    number: int
    quotations: int = 0
    first: str | None = None
    last: str | None = None
    places: list[tuple[Any, int]] | None = None


def groups(
    conn: sqlite3.Connection,
    query: QuoteQuery,
    *,
    without: Collection[int] = (),
    after: int | None = None,
    limit: int = 12,
    most: int = 3,
) -> Grouping:
    """Return the speakers of what answers a question, the most quoted first or, with ``after``, by number.

    :param without: Numbers of speakers to leave out.
    :param after: The number of the speaker to go on after.
    :param most: Quotations of each.
    """
    query = replace(query, after=None, without=frozenset())
    if query.asks <= _BY_INDEX:
        said, speakers, nobody, looked_at = _by_index(conn, query, without, after, limit)
        sample: Sample = "all"
    else:
        every, nobody, sample, looked_at = _by_looking(conn, query)
        speakers = len(every)
        left = [each for each in every if each.number not in without and each.number > (after or 0)]
        left.sort(key=lambda each: (-each.quotations if after is None else 0, each.number))
        said = left[:limit]
    numbers = [each.number for each in said]
    refs, roles = _refs(conn, numbers), main_roles(conn, numbers)
    found = [
        Group(
            each.number,
            refs[each.number],
            roles.get(each.number),
            each.quotations,
            read_day(each.first),
            read_day(each.last),
            tuple(_places(conn, query, each, refs[each.number], most)),
        )
        for each in said
    ]
    return Grouping(tuple(found), speakers, nobody, sample, looked_at)


def _by_index(
    conn: sqlite3.Connection, query: QuoteQuery, without: Collection[int], after: int | None, limit: int
) -> tuple[list[_Said], int, int, int]:
    """Return a page of speakers, and how many speakers, quotations of nobody and quotations there are."""
    _, conditions, values = filters(conn, query)
    rows = conn.execute(
        f"""
        SELECT * FROM (
            SELECT quotes.speaker AS speaker, count(*) AS n, count(*) OVER () AS speakers
            FROM quotes INDEXED BY quotes_by_speaker {where([*conditions, "quotes.speaker > 0"])}
            GROUP BY quotes.speaker
        )
        WHERE speaker NOT IN (SELECT value FROM json_each(?)) AND speaker > ?
        ORDER BY {"n DESC, speaker" if after is None else "speaker"} LIMIT ?
        """,
        (*values, json.dumps(list(without)), after or 0, limit),
    ).fetchall()
    said = []
    for speaker, n, _ in rows:
        clause = where(["quotes.speaker = ?", *conditions])
        # Each by itself is read off the index.
        days = [
            conn.execute(f"SELECT {end}(date) FROM quotes {clause}", (speaker, *values)).fetchone()[0]
            for end in ("min", "max")
        ]
        said.append(_Said(speaker, n, *days))
    (nobody,) = conn.execute(
        f"SELECT count(*) FROM quotes {where([*conditions, 'quotes.speaker IS NULL'])}", values
    ).fetchone()
    return said, rows[0][2] if rows else 0, nobody, placing.count(conn, query)


def _by_looking(conn: sqlite3.Connection, query: QuoteQuery) -> tuple[list[_Said], int, Sample, int]:
    value = "quotes_fts.rank" if query.order == "relevance" else "quotes.date"
    columns = f"quotes.speaker, quotes.number, quotes.date, {value}"
    rows, sample = sampling.sample(conn, query, columns, GROUPED)
    said: dict[int | None, _Said] = {}
    for speaker, number, day, place in rows:
        one = said.setdefault(speaker, _Said(speaker, places=[]))
        one.quotations += 1
        if day is not None:
            one.first = min(day, one.first or day)
            one.last = max(day, one.last or day)
        if one.places is not None:
            one.places.append((place, number))
    nobody = said.pop(None, None)
    return list(said.values()), nobody.quotations if nobody else 0, sample, len(rows)


def _places(
    conn: sqlite3.Connection, query: QuoteQuery, said: _Said, speaker: SpeakerRef, most: int
) -> Iterable[Cursor]:
    if said.places is None:
        return placing.first(conn, replace(query, speaker=speaker.id, limit=most))
    if query.order == "relevance":
        return [Cursor(*place) for place in sorted(said.places)[:most]]
    by_number = sorted(said.places, key=lambda place: place[1])
    dated = sorted(
        (place for place in by_number if place[0] is not None),
        key=lambda place: place[0],
        reverse=query.order == "newest",
    )
    return [Cursor(*place) for place in [*dated, *(place for place in by_number if place[0] is None)][:most]]


def _refs(conn: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, SpeakerRef]:
    rows = conn.execute(
        "SELECT number, id, name, kind FROM speakers WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(numbers),),
    )
    return {number: SpeakerRef(*row) for number, *row in rows}
