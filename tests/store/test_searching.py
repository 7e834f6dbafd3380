"""Which quotations answer a question, in which order, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from quotes.errors import NotFoundError, QueryError
from quotes.model import Speaker
from quotes.store import Cursor, QuoteQuery, QuoteRow, Store
from store.made_up import VERSION, Writer, made_up_reading

ANA = Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), ("mayor of Example City",))
BEN = Speaker("Ben Castro", "person", ("Ben Castro",), ("deputy mayor",))
BOARD = Speaker("the Water Board", "organization", ("the Water Board", "WB"))


@pytest.fixture
def small(store: Store) -> Store:
    bridge = Writer().add("The bridge will open", ANA, ANA.roles[0], confidence=0.9)
    bridge.add("the bridge is late", BEN, BEN.roles[0], kind="indirect", confidence=0.5)
    store.save(bridge.reading("bridge", date(2024, 3, 1), outlet="Example Paper"), VERSION)
    water = Writer().add("Water is dear", BOARD, act="writing", cue="wrote", said_on=date(2024, 1, 31))
    water.add("Duarte is wrong about water", None, kind="mixed")
    store.save(water.reading("water", date(2024, 2, 1), outlet="Other Paper"), VERSION)
    store.save(Writer().add("Nobody knows when", ANA).reading("undated"), VERSION)
    return store


BRIDGE, LATE, DEAR, WRONG, WHEN = "The bridge will", "the bridge is", "Water is", "Duarte is", "Nobody"


def told(rows: list[QuoteRow]) -> list[str]:
    return [
        next(start for start in (BRIDGE, LATE, DEAR, WRONG, WHEN) if row.text.startswith(start))
        for row in rows
    ]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        (QuoteQuery(), [BRIDGE, LATE, WRONG, DEAR, WHEN]),
        (QuoteQuery(sort="oldest"), [DEAR, WRONG, BRIDGE, LATE, WHEN]),
        (QuoteQuery(limit=2), [BRIDGE, LATE]),
        (QuoteQuery(speaker="Ana Duarte"), [BRIDGE, WHEN]),
        (QuoteQuery(speaker="duarte"), [BRIDGE, WHEN]),
        (QuoteQuery(speaker="WB"), [DEAR]),
        (QuoteQuery(speaker="Nobody Known"), []),
        (QuoteQuery(role="mayor"), [BRIDGE, LATE]),
        (QuoteQuery(role="deputy mayor"), [LATE]),
        (QuoteQuery(role="city mayor"), []),
        (QuoteQuery(kind="mixed"), [WRONG]),
        (QuoteQuery(act="writing"), [DEAR]),
        (QuoteQuery(outlet="EXAMPLE paper"), [BRIDGE, LATE]),
        (QuoteQuery(outlet="No Paper"), []),
        (QuoteQuery(article="water"), [WRONG, DEAR]),
        (QuoteQuery(date_from=date(2024, 2, 1)), [BRIDGE, LATE, WRONG]),
        (QuoteQuery(date_to=date(2024, 2, 1)), [WRONG, DEAR]),
        (QuoteQuery(date_from=date(2024, 2, 1), date_to=date(2024, 2, 1)), [WRONG]),
        (QuoteQuery(min_confidence=0.9, article="bridge"), [BRIDGE]),
        (QuoteQuery(words="bridge", sort="newest"), [BRIDGE, LATE]),
        (QuoteQuery(words="bridge -late"), [BRIDGE]),
        (QuoteQuery(words='"bridge is"', speaker="Castro", kind="indirect"), [LATE]),
        (QuoteQuery(words="deputy"), [LATE]),
        (QuoteQuery(words="duarte bridge"), [BRIDGE]),
        (QuoteQuery(words="duarte"), [WHEN, BRIDGE, WRONG]),
    ],
    ids=lambda value: "" if isinstance(value, list) else str(value).replace("=None", ""),
)
def test_a_question_is_answered_by_what_meets_all_of_it(
    small: Store, query: QuoteQuery, answer: list[str]
) -> None:
    rows = small.search(query)
    if query.order == "relevance":
        assert sorted(told(rows)) == sorted(answer)
        assert rows[0].text.startswith(answer[0])
    else:
        assert told(rows) == answer
    whole = replace(query, limit=1000)
    assert list(small.export(query)) == small.search(whole)
    assert small.count(query) == len(small.search(whole))


def test_a_speaker_is_found_by_id(small: Store) -> None:
    (ana,) = small.speakers("Ana")
    assert told(small.search(QuoteQuery(speaker=ana.id))) == [BRIDGE, WHEN]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
def test_pages_put_together_are_the_whole_list(store: Store, sort: str) -> None:
    for number in range(40):
        store.save(made_up_reading(number, 5), VERSION)
    query = QuoteQuery(words="water" if sort == "relevance" else None, sort=sort, limit=7)
    whole = [row.id for row in store.export(query)]
    paged: list[str] = []
    while page := store.search(query):
        paged += [row.id for row in page]
        query = replace(query, after=page[-1].cursor)
    assert paged == whole
    assert len(set(whole)) == len(whole) > 20


def test_articles_saved_between_pages_neither_repeat_nor_hide_a_row(store: Store) -> None:
    for number in range(20):
        store.save(made_up_reading(number, 5), VERSION)
    before = [row.id for row in store.export(QuoteQuery())]
    query, paged = QuoteQuery(limit=9), []
    for number in range(20, 60):
        page = store.search(query)
        paged += [row.id for row in page]
        if not page:
            break
        query = replace(query, after=page[-1].cursor)
        store.save(made_up_reading(number, 5), VERSION)
    assert [quote_id for quote_id in paged if quote_id in set(before)] == before
    assert len(set(paged)) == len(paged)


def test_one_day_of_one_kind_is_in_the_order_of_its_article(store: Store) -> None:
    store.save(made_up_reading(3), VERSION)
    assert [row.position for row in store.search(QuoteQuery())] == list(range(25))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            lambda: QuoteQuery(kind="reported"),
            "“reported” is no kind: choose one of direct, mixed, indirect.",
        ),
        (lambda: QuoteQuery(act="sung"), "“sung” is no act"),
        (lambda: QuoteQuery(sort="best"), "“best” is no sort"),
        (lambda: QuoteQuery(limit=0), "too small"),
        (lambda: QuoteQuery(min_confidence=1.5), "out of range"),
        (lambda: QuoteQuery(min_confidence=float("nan")), "out of range"),
        (lambda: QuoteQuery(sort="relevance"), "needs words"),
        (lambda: QuoteQuery(date_from=date(2024, 2, 1), date_to=date(2024, 1, 1)), "exchange the two"),
        (lambda: QuoteQuery(words="a", after=Cursor("2024-01-01", 3)), "sorted otherwise"),
        (lambda: QuoteQuery(after=Cursor(-1.5, 3)), "sorted otherwise"),
    ],
)
def test_a_question_that_makes_no_sense_says_why(make: Callable[[], QuoteQuery], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        make()


@pytest.mark.parametrize("query", [QuoteQuery(words='"'), QuoteQuery(speaker="?"), QuoteQuery(role="-")])
def test_words_that_find_nothing_by_their_form_are_an_error(small: Store, query: QuoteQuery) -> None:
    for ask in (small.search, small.count, lambda query: list(small.export(query))):
        with pytest.raises(QueryError):
            ask(query)


@pytest.mark.parametrize("query", [QuoteQuery(article="\udcff"), QuoteQuery(outlet="\udcff")])
def test_half_a_character_is_an_error(small: Store, query: QuoteQuery) -> None:
    with pytest.raises(QueryError, match="half a character"):
        small.search(query)


def test_an_unknown_id_is_named(small: Store) -> None:
    for ask in (small.quote, small.article, small.article_quotes, small.speaker):
        with pytest.raises(NotFoundError, match="“nowhere”"):
            ask("nowhere")


def test_text_made_to_break_the_question_is_looked_for_as_text(small: Store) -> None:
    attack = "'; DROP TABLE quotes; --"
    assert small.search(QuoteQuery(words=attack)) == []
    assert small.search(QuoteQuery(speaker=attack, role=attack, outlet=attack, article=attack)) == []
    assert small.count(QuoteQuery()) == 5


def test_statistics_count_what_there_is(small: Store) -> None:
    statistics = small.statistics()
    assert (statistics.articles, statistics.quotations, statistics.speakers, statistics.attributed) == (
        3,
        5,
        3,
        4,
    )
    assert (statistics.first, statistics.last) == (date(2024, 1, 31), date(2024, 3, 1))
    assert statistics.by_kind == {"direct": 3, "indirect": 1, "mixed": 1}
    assert statistics.by_reader == {VERSION: 3}


def test_an_empty_store_has_empty_answers(store: Store) -> None:
    assert (
        store.search(QuoteQuery(words="bridge")) == store.speakers() == list(store.export(QuoteQuery())) == []
    )
    assert store.statistics().quotations == 0


def test_an_export_may_be_read_while_articles_are_saved(small: Store) -> None:
    rows = small.export(QuoteQuery())
    next(rows)
    small.save(made_up_reading(1), VERSION)
    assert len(list(rows)) >= 4
