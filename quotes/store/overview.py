"""What answers a question, seen as a whole: bounded for a page that must come at once, exact for a study."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quotes.spelling import plain
from quotes.store import placing, sampling
from quotes.store.conditions import filters, where
from quotes.store.rows import QuoteQuery, SpeakerRef
from quotes.store.sampling import Sample

#: So many quotations are looked at, at most, for a :class:`Glance`: some tens of milliseconds.
GLANCE = 10_000
_COLUMNS = "quotes.speaker, quotes.role, quotes.kind, substr(quotes.date, 1, 4), quotes.article"
# What an index alone can count, with or without days.
_COUNTED_BY_DAY: tuple[set[str], ...] = (set(), {"speaker"}, {"role"}, {"kind"})
_COUNTED: tuple[set[str], ...] = ({"words"}, {"outlet"})
_REPEATS_AMONG = 2000


@dataclass(frozen=True, slots=True)
class Glance:
    """Who, in what role, where, when and how, among the quotations that answer a question.

    :param total: How many there are; where ``is_exact`` is false, there are more.
    :param sample: Which of them the others are counts of: ``looked_at`` of them.
    :param years: With their numbers or, where not all were looked at, with ``None``; the latest first.
    """

    total: int
    is_exact: bool
    sample: Sample
    looked_at: int
    speakers: tuple[tuple[SpeakerRef, int], ...]
    roles: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int | None], ...]
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said more than once: the words, how often and in how many articles, and one quotation.

    ``text`` and ``kind`` are that quotation's, which is the earliest.
    """

    text: str
    kind: str
    times: int
    articles: int
    quote_id: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Who gets quoted and how; each count is of quotations.

    ``by_source`` is by kind of speaker, ``None`` being nobody known; ``by_time`` is by year or month, and then
    by kind of quotation; ``by_outlet`` likewise. ``source_by_time`` and ``source_by_outlet`` are the same by kind
    of speaker. What has no date, or no outlet, is in the total alone.
    """

    total: int
    by_source: Mapping[str | None, int]
    by_kind: Mapping[str, int]
    by_time: Mapping[str, Mapping[str, int]]
    by_outlet: Mapping[str, Mapping[str, int]]
    source_by_time: Mapping[str, Mapping[str | None, int]]
    source_by_outlet: Mapping[str, Mapping[str | None, int]]

    @property
    def undated(self) -> int:
        """How many have no date, and so are at no time."""
        return self.total - sum(sum(then.values()) for then in self.by_time.values())


def glance(conn: sqlite3.Connection, query: QuoteQuery, *, bound: int = GLANCE, limit: int = 8) -> Glance:
    """Return what the quotations that answer a question have in common, having looked at ``bound`` of them."""
    query = replace(query, after=None, without=frozenset())
    rows, sample = sampling.sample(conn, query, _COLUMNS, bound)
    is_exact = sample == "all" or _is_counted_by_index(query)
    total = placing.count(conn, query) if is_exact and sample != "all" else len(rows)
    speakers, roles, kinds, years, articles = (
        Counter(row[place] for row in rows if row[place] is not None) for place in range(5)
    )
    names = _named(conn, "SELECT number, id, name, kind FROM speakers", speakers, limit)
    titles = _named(conn, "SELECT number, name FROM roles", roles, limit)
    return Glance(
        total=total,
        is_exact=is_exact,
        sample=sample,
        looked_at=len(rows),
        speakers=tuple((SpeakerRef(*names[number]), n) for number, n in _top(speakers, limit)),
        roles=tuple((titles[number][0], n) for number, n in _top(roles, limit)),
        outlets=_outlets(conn, articles, limit),
        years=tuple(sorted(years.items(), reverse=True)) if sample == "all" else _all_years(conn, query),
        kinds=tuple(kinds.most_common()),
    )


def _is_counted_by_index(query: QuoteQuery) -> bool:
    return query.asks in _COUNTED or query.asks - {"date_from", "date_to"} in _COUNTED_BY_DAY


def count_up_to(conn: sqlite3.Connection, query: QuoteQuery, most: int) -> int:
    """Return how many quotations answer a question, or ``most`` if there are as many or more."""
    tables, conditions, values = filters(conn, replace(query, after=None, without=frozenset()))
    found: int = conn.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {tables} {where(conditions)} LIMIT ?)", (*values, most)
    ).fetchone()[0]
    return found


def repeated(conn: sqlite3.Connection, speaker_id: str, *, limit: int = 5) -> list[Statement]:
    """Return what a speaker is quoted with most often, among the latest quotations.

    Two are the same if their words are: capitals, accents and punctuation do not count.
    """
    rows = conn.execute(
        """
        SELECT text, kind, article, id FROM quotes
        WHERE speaker = (SELECT number FROM speakers WHERE id = ?) ORDER BY date DESC LIMIT ?
        """,
        (speaker_id, _REPEATS_AMONG),
    )
    same: defaultdict[str, list[tuple[str, str, int, str]]] = defaultdict(list)
    for row in rows:
        same["".join(letter for letter in plain(row[0]) if letter.isalnum())].append(row)
    found = [
        Statement(
            text=group[-1][0],
            kind=group[-1][1],
            times=len(group),
            articles=len({article for _, _, article, _ in group}),
            quote_id=group[-1][3],
        )
        for group in same.values()
        if len(group) > 1
    ]
    return sorted(found, key=lambda each: (-each.times, -each.articles, each.text))[:limit]


def audit(conn: sqlite3.Connection, query: QuoteQuery, *, by_month: bool, outlets: int = 15) -> Audit:
    """Return who gets quoted among all the quotations that answer a question, however many."""
    tables, conditions, values = filters(conn, replace(query, after=None, without=frozenset()))
    clause = where(conditions)
    length = 7 if by_month else 4
    # First by speaker and day, as an index has them.
    sources: Counter[str | None] = Counter()
    source_by_time: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for source, time, n in conn.execute(
        f"""
        SELECT speakers.kind, substr(day, 1, {length}) AS time, sum(n) FROM
            (SELECT quotes.speaker AS speaker, quotes.date AS day, count(*) AS n FROM {tables} {clause}
             GROUP BY quotes.speaker, quotes.date)
        LEFT JOIN speakers ON speakers.number = speaker
        GROUP BY speakers.kind, time
        """,
        values,
    ):
        sources[source] += n
        if time is not None:
            source_by_time[time][source] += n
    by_time: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, day, n in conn.execute(
        f"""
        SELECT quotes.kind, quotes.date, count(*) FROM {tables}
        {where([*conditions, "quotes.date IS NOT NULL"])} GROUP BY quotes.kind, quotes.date
        """,
        values,
    ):
        by_time[day[:length]][kind] += n
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    source_by_outlet: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for outlet, kind, source, n in conn.execute(
        f"""
        SELECT articles.outlet, said.kind, speakers.kind, sum(said.n) FROM
            (SELECT quotes.article AS article, quotes.kind AS kind, quotes.speaker AS speaker, count(*) AS n
             FROM {tables} {clause} GROUP BY quotes.article, quotes.kind, quotes.speaker) AS said
        JOIN articles ON articles.number = said.article
        LEFT JOIN speakers ON speakers.number = said.speaker
        WHERE articles.outlet IS NOT NULL GROUP BY articles.outlet, said.kind, speakers.kind
        """,
        values,
    ):
        places[outlet][kind] += n
        source_by_outlet[outlet][source] += n
    kinds: Counter[str] = Counter()
    for kind, n in conn.execute(
        f"SELECT quotes.kind, count(*) FROM {tables} {clause} GROUP BY quotes.kind", values
    ):
        kinds[kind] = n
    most = sorted(places, key=lambda name: (-sum(places[name].values()), name))[:outlets]
    return Audit(
        total=sum(sources.values()),
        by_source=dict(sources.most_common()),
        by_kind=dict(kinds.most_common()),
        by_time={time: dict(kinds_then) for time, kinds_then in sorted(by_time.items())},
        by_outlet={name: dict(places[name]) for name in most},
        source_by_time={time: dict(sources_then) for time, sources_then in sorted(source_by_time.items())},
        source_by_outlet={name: dict(source_by_outlet[name]) for name in most},
    )


def _top(counted: Counter[Any], limit: int) -> list[tuple[Any, int]]:
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:limit]


def _named(
    conn: sqlite3.Connection, select: str, counted: Counter[Any], limit: int
) -> dict[Any, tuple[Any, ...]]:
    numbers = json.dumps([number for number, _ in _top(counted, limit)])
    rows = conn.execute(f"{select} WHERE number IN (SELECT value FROM json_each(?))", (numbers,))
    return {row[0]: row[1:] for row in rows}


def _outlets(conn: sqlite3.Connection, articles: Counter[Any], limit: int) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    rows = conn.execute(
        """
        SELECT number, outlet FROM articles
        WHERE number IN (SELECT value FROM json_each(?)) AND outlet IS NOT NULL
        """,
        (json.dumps(list(articles)),),
    )
    for number, outlet in rows:
        counted[outlet] += articles[number]
    return tuple(_top(counted, limit))


def _all_years(conn: sqlite3.Connection, query: QuoteQuery) -> tuple[tuple[str, int | None], ...]:
    first, last = conn.execute(
        "SELECT (SELECT min(date) FROM quotes), (SELECT max(date) FROM quotes)"
    ).fetchone()
    if first is None:
        return ()
    earliest = max(int(first[:4]), query.date_from.year if query.date_from else 0)
    latest = min(int(last[:4]), query.date_to.year if query.date_to else 9999)
    return tuple((f"{year:04}", None) for year in range(latest, earliest - 1, -1)[:30])
