"""What holds for any text at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import QueryError
from quotes.model import ACTS, QUOTE_KINDS, SPEAKER_KINDS, Article, Quote, Reading, Span, Speaker
from quotes.store import QuoteQuery, Store
from store.made_up import VERSION, rows

# Few different words, so that names, roles and contents meet again in other articles.
words = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["Ana Duarte", "ANA DUARTE", "Duarte", "mayor", "“No,”"]
)
names = words.filter(str.strip)
optional = st.none() | words
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
speakers = st.builds(
    Speaker, names, st.sampled_from(SPEAKER_KINDS), st.tuples(names), st.lists(words, max_size=2).map(tuple)
)


@st.composite
def readings(draw: st.DrawFn, ids: st.SearchStrategy[str] = words) -> Reading:
    text = draw(st.text(max_size=60) | st.lists(words, max_size=12).map(" ".join))

    def span() -> Span:
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        return Span(start, end, text[start:end])

    article = Article(
        draw(ids),
        text,
        draw(optional),
        draw(optional),
        draw(optional),
        draw(optional),
        draw(days),
        draw(optional),
    )
    quotes = tuple(
        Quote(
            kind=draw(st.sampled_from(QUOTE_KINDS)),
            act=draw(st.sampled_from(ACTS)),
            contents=tuple(span() for _ in range(draw(st.integers(1, 3)))),
            cue=span() if draw(st.booleans()) else None,
            source=span() if draw(st.booleans()) else None,
            speaker=draw(st.none() | speakers),
            role=draw(optional),
            confidence=draw(st.floats(0, 1)),
            context=span(),
            said_on=draw(days),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    return Reading(article, quotes)


def batches(max_size: int = 4) -> st.SearchStrategy[list[Reading]]:
    return st.lists(readings(), max_size=max_size, unique_by=lambda reading: reading.article.id)


@contextmanager
def fresh_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "quotes.db") as store:
        store.db.execute("PRAGMA synchronous = OFF")
        yield store


@pytest.fixture(scope="module")
def small() -> Iterator[Store]:
    span = Span(0, 5, "a b a")
    quote = Quote("direct", "speech", (span,), None, None, Speaker("a b", "person"), "a b", 0.5, span)
    with fresh_store() as store:
        store.save(Reading(Article("a", "a b a"), (quote,)), VERSION)
        yield store


few = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(readings())
def test_any_reading_comes_back_as_it_was_given(reading: Reading) -> None:
    with fresh_store() as store:
        assert store.save(reading, VERSION) == "added"
        stored = store.article_quotes(reading.article.id)
        assert store.article(reading.article.id).article == reading.article
        assert store.check() == []
    for row, quote in zip(stored, reading.quotes, strict=True):
        for field in ("kind", "act", "text", "contents", "cue", "source", "confidence", "context", "said_on"):
            assert getattr(row, field) == getattr(quote, field)
        assert row.role == (" ".join((quote.role or "").split()) or None)
        assert (row.speaker and row.speaker.kind) == (quote.speaker and quote.speaker.kind)
        assert row.date == (quote.said_on or reading.article.published)


@few
@given(batches())
def test_saving_twice_is_saving_once(batch: list[Reading]) -> None:
    with fresh_store() as store:
        for reading in batch:
            store.save(reading, VERSION)
        before = rows(store)
        assert {store.save(reading, VERSION) for reading in batch} <= {"unchanged"}
        assert all(store.has_current(reading.article, VERSION) for reading in batch)
        assert rows(store) == before


@few
@given(batches(), st.randoms(use_true_random=False))
def test_articles_may_come_in_any_order(batch: list[Reading], chance) -> None:
    shuffled = batch[:]
    chance.shuffle(shuffled)
    with fresh_store() as one, fresh_store() as other:
        for reading in batch:
            one.save(reading, VERSION)
        for reading in shuffled:
            other.save(reading, VERSION)
        assert rows(one) == rows(other)


@few
@given(batches(), batches())
def test_what_was_stored_before_leaves_no_trace(before: list[Reading], batch: list[Reading]) -> None:
    with fresh_store() as one, fresh_store() as other:
        for reading in batch:
            one.save(reading, VERSION)
        for old, new in zip(before, batch, strict=False):
            # The same article as an earlier reader read it.
            other.save(
                replace(old, article=replace(old.article, id=new.article.id, path=new.article.path)), "0"
            )
        for reading in batch:
            other.save(reading, VERSION)
        assert rows(one) == rows(other)
        assert other.check() == []


@settings(max_examples=300, deadline=None)
@given(
    st.text() | st.text('"“”-*+^:(){} \0ab\ud800NEARANDORNOT'), st.sampled_from(["words", "speaker", "role"])
)
def test_no_words_break_a_search(small: Store, asked: str, field: str) -> None:
    try:
        small.search(QuoteQuery(**{field: asked}))
    except QueryError as error:
        assert str(error).endswith(".")


@few
@given(names)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    span = Span(0, len(text), text)
    quote = Quote("indirect", "speech", (span,), None, None, Speaker(text, "organization"), text, 0.5, span)
    with fresh_store() as store:
        store.save(Reading(Article("a", text), (quote,)), VERSION)
        for query in ({"words": text}, {"speaker": text}, {"role": text}):
            try:
                assert len(store.search(QuoteQuery(**query))) == 1 or set(text) & set('-*"“”„«»')
            except QueryError:
                continue
