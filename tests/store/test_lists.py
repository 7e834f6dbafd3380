"""Speakers, roles and articles in lists, and how quotations are spread."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from quotes.errors import QueryError, StoreTooSlowError
from quotes.store import QuoteQuery

from .made_up import made_up_reading


@pytest.fixture
def filled(store):
    for number in range(30):
        store.save(made_up_reading(number, 10, n_speakers=40), "1")
    return store


def test_speakers_come_by_how_much_they_are_quoted(filled):
    found = filled.list_speakers(limit=1000)
    said = Counter(row.speaker.id for row in filled.search(QuoteQuery(limit=1000)) if row.speaker)
    assert {item.id: item.quotations for item in found} == said
    assert [item.quotations for item in found] == sorted(said.values(), reverse=True)
    assert filled.count_speakers() == len(found)
    people = filled.list_speakers(kind="person", limit=1000)
    assert filled.count_speakers(kind="person") == len(people) < len(found)


def test_a_list_goes_on_without_what_was_shown_and_after_a_number(filled):
    whole = filled.list_speakers(limit=1000)
    shown = {item.number for item in whole[:5]}
    assert filled.list_speakers(without=shown, limit=1000) == whole[5:]
    rest = filled.list_speakers(without=shown, after=0, limit=1000)
    assert [item.number for item in rest] == sorted(item.number for item in whole[5:])
    assert filled.list_speakers(without=shown, after=rest[3].number, limit=1000) == rest[4:]


def test_roles_come_by_how_many_quotations_were_made_in_them(filled):
    found = filled.list_roles()
    said = Counter(row.role for row in filled.search(QuoteQuery(limit=1000)) if row.role)
    assert {item.name: item.quotations for item in found} == said
    assert filled.count_roles() == len(found)
    assert [item.name for item in filled.list_roles(name="finance")] == ["finance minister"]


def test_articles_come_the_latest_first_and_those_without_a_date_last(filled):
    found = filled.list_articles(limit=100)
    days = [item.published for item in found]
    dated = [day for day in days if day]
    assert days == sorted(dated, reverse=True) + [None] * (len(days) - len(dated))
    pages = []
    after = None
    while page := filled.list_articles(limit=4, after=after):
        pages += page
        after = page[-1].cursor
    assert pages == found
    assert filled.count_articles() == 30
    some = filled.list_articles(date_from=date(2018, 1, 1), date_to=date(2020, 12, 31), limit=100)
    assert {item.published.year for item in some} <= {2018, 2019, 2020}
    assert filled.count_articles(date_from=date(2018, 1, 1), date_to=date(2020, 12, 31)) == len(some)


def test_quotations_are_counted_by_anything(filled):
    rows = filled.search(QuoteQuery(kind="direct", limit=1000))
    query = QuoteQuery(kind="direct")
    assert filled.counts(query, "year", limit=99) == dict(
        sorted(Counter(str(row.date.year) for row in rows if row.date).items())
    )
    assert filled.counts(query, "outlet", limit=99) == Counter(row.article.outlet for row in rows)
    assert filled.counts(query, "speaker", limit=99) == Counter(row.speaker.id for row in rows if row.speaker)
    assert filled.counts(query, "kind") == {"direct": len(rows)}
    assert len(filled.counts(query, "month", limit=3)) == 3
    with pytest.raises(QueryError):
        filled.counts(query, "shoe size")


def test_a_block_that_takes_too_long_is_stopped_and_the_store_goes_on(filled):
    with pytest.raises(StoreTooSlowError, match="ask for less"), filled.snapshot(limit_s=0):
        filled.db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        ).fetchone()
    with filled.snapshot(limit_s=5):
        assert filled.count(QuoteQuery()) == 300
