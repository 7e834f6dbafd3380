"""Quotations as SQLite makes JSON of them are those that Python makes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.jsonform import row_to_json
from quotes.model import SPEAKER_KINDS, Article, Quote, Reading, Span, Speaker
from quotes.store import QuoteQuery, Store

from .made_up import made_up_reading

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40)
maybe = st.none() | texts


@st.composite
def readings(draw):
    text = draw(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=5, max_size=80)
    )

    def span():
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        return Span(a, b, text[a:b])

    named = texts.filter(lambda name: name.strip())
    quotes = [
        Quote(
            draw(st.sampled_from(["direct", "mixed", "indirect"])),
            "speech",
            tuple(span() for _ in range(draw(st.integers(1, 3)))),
            span() if draw(st.booleans()) else None,
            span() if draw(st.booleans()) else None,
            draw(st.none() | st.builds(Speaker, named, st.sampled_from(SPEAKER_KINDS))),
            draw(maybe),
            draw(st.floats(0, 1)),
            span(),
            draw(st.none() | st.dates(date(1900, 1, 1))),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    known = {name: draw(maybe) for name in ("title", "url", "outlet")}
    article = Article("a", text, published=draw(st.none() | st.dates(date(1900, 1, 1))), **known)
    return Reading(article, tuple(quotes))


@settings(max_examples=60, deadline=None)
@given(readings())
def test_a_page_is_the_same_whoever_makes_json_of_it(reading):
    with TemporaryDirectory() as folder, Store.open(Path(folder, "quotes.db")) as store:
        store.save(reading, "1")
        query = QuoteQuery(limit=10)
        rows = store.search(query)
        assert json.loads(store.page_json(store.places(query))) == [row_to_json(row) for row in rows]
        for row in rows:
            quote, others, corrected = store.quote_json(row.id)
            assert json.loads(quote) == row_to_json(row)
            assert not corrected
            assert row.speaker is None or row.speaker.id not in [each["id"] for each in json.loads(others)]


def test_places_come_in_the_order_of_a_search(store):
    for number in range(6):
        store.save(made_up_reading(number, 12), "1")
    for query in (
        QuoteQuery(),
        QuoteQuery(sort="oldest", limit=7),
        QuoteQuery(words="river", limit=9),
        QuoteQuery(kind="direct", without=frozenset({1, 2, 3}), limit=5),
    ):
        rows = store.search(query)
        places = store.places(query)
        assert [place.number for place in places] == [row.cursor.number for row in rows]
        assert [each["id"] for each in json.loads(store.page_json(places))] == [row.id for row in rows]


def test_a_page_of_nothing_is_an_empty_list(store):
    assert store.page_json([]) == "[]"
    assert store.quote_json("none") is None
