"""What saving an article does to the tables, the first time and every other time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quotes.errors import ArticleFormatError, NotFoundError
from quotes.model import Article, Reading, Span, Speaker
from quotes.store import QuoteQuery, Store
from store.made_up import VERSION, Writer, made_up_reading, rows

ANA = Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), ("mayor", "head of the water board"))
BEN = Speaker("Ben Castro", "person", ("Ben Castro",), ("school principal",))
OFFICIAL = Speaker("an official", "unnamed_person")


def names_of(store: Store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT name FROM speakers ORDER BY name")]


def test_what_is_saved_comes_back_whole(store: Store) -> None:
    writer = Writer().add("We are ready", ANA, "mayor", said_on=date(2024, 5, 3), confidence=0.75)
    reading = writer.reading(
        "a", date(2024, 5, 4), outlet="Example Paper", title="Ready", url="https://e.example/a"
    )
    assert store.save(reading, VERSION) == "added"

    (row,) = store.article_quotes("a")
    (quote,) = reading.quotes
    assert (row.kind, row.act, row.text, row.confidence) == ("direct", "speech", quote.text, 0.75)
    assert (row.contents, row.cue, row.source, row.context) == (
        quote.contents,
        quote.cue,
        quote.source,
        quote.context,
    )
    assert row.speaker and (row.speaker.name, row.speaker.kind, row.role) == ("Ana Duarte", "person", "mayor")
    assert (row.said_on, row.date, row.article.published) == (
        date(2024, 5, 3),
        date(2024, 5, 3),
        date(2024, 5, 4),
    )
    assert (row.article.id, row.article.title, row.article.outlet) == ("a", "Ready", "Example Paper")
    assert store.quote(row.id) == row
    assert store.article("a").article == reading.article
    assert store.article("a").reader_version == VERSION


def test_an_article_without_quotations_is_saved_too(store: Store) -> None:
    store.save(Reading(Article("a", "Rain fell."), ()), VERSION)
    assert store.article("a").quotations == 0
    assert store.article_quotes("a") == []


def test_a_quotation_without_speaker_keeps_its_source_words(store: Store) -> None:
    store.save(Writer().add("It is late", None).reading("a"), VERSION)
    (row,) = store.article_quotes("a")
    assert row.speaker is None and row.source and row.source.text == "it"


def test_quotations_come_in_the_order_of_the_article(store: Store) -> None:
    store.save(made_up_reading(1), VERSION)
    assert [row.position for row in store.article_quotes("article-1")] == list(range(25))


def test_saving_the_same_again_changes_nothing(store: Store) -> None:
    reading = made_up_reading(1)
    store.save(reading, VERSION)
    before = rows(store), store.db.conn.total_changes
    assert store.save(reading, VERSION) == "unchanged"
    assert (rows(store), store.db.conn.total_changes) == before


def test_a_stored_article_need_not_be_read_again(store: Store) -> None:
    reading = made_up_reading(1)
    assert not store.has_current(reading.article, VERSION)
    store.save(reading, VERSION)
    assert store.has_current(reading.article, VERSION)
    assert store.has_current(replace(reading.article, path="elsewhere/article-1.txt"), VERSION)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Other."},
        {"title": "Other"},
        {"outlet": "Other Paper"},
        {"url": "https://other.example"},
        {"author": "Other"},
        {"published": date(1999, 1, 1)},
    ],
)
def test_an_article_that_changed_is_to_be_read_again(store: Store, change: dict[str, object]) -> None:
    reading = made_up_reading(1)
    store.save(reading, VERSION)
    changed = replace(reading.article, **change)
    assert not store.has_current(changed, VERSION)
    assert store.save(Reading(changed, ()), VERSION) == "updated"
    assert store.has_current(changed, VERSION)
    assert store.article("article-1").article == changed


def test_a_newer_reader_reads_again_and_replaces_what_it_sees_otherwise(store: Store) -> None:
    reading = Writer().add("We are ready", ANA).add("It is late", BEN).reading("a")
    store.save(reading, VERSION)
    ready, late = store.article_quotes("a")
    assert not store.has_current(reading.article, "reader 2")

    better = Reading(reading.article, (replace(reading.quotes[0], confidence=0.99, role="mayor"),))
    assert store.save(better, "reader 2") == "updated"
    (row,) = store.article_quotes("a")
    assert (row.id, row.confidence, row.role) == (ready.id, 0.99, "mayor")
    with pytest.raises(NotFoundError, match=late.id):
        store.quote(late.id)


def test_a_changed_text_keeps_the_ids_of_quotations_that_still_hold(store: Store) -> None:
    store.save(Writer().add("We are ready", ANA).add("It is late", BEN).reading("a"), VERSION)
    _, late = store.article_quotes("a")
    store.save(Writer("News. ").add("We were ready", ANA).add("It is late", BEN).reading("a"), VERSION)
    assert store.article_quotes("a")[1].id == late.id
    assert store.check() == []


def test_one_full_name_in_two_articles_is_one_speaker(store: Store) -> None:
    store.save(Writer().add("Yes", ANA).reading("a"), VERSION)
    store.save(
        Writer()
        .add("No", replace(ANA, name="ANA DUARTE", names=("ANA DUARTE", "Mayor Duarte")))
        .reading("b"),
        VERSION,
    )
    (speaker,) = store.speakers()
    assert speaker.name == "Ana Duarte"
    assert set(speaker.names) == {"Ana Duarte", "ANA DUARTE", "Duarte", "Mayor Duarte"}
    assert speaker.quotations == 2


def test_a_surname_or_an_official_in_two_articles_are_two_speakers(store: Store) -> None:
    for article_id in ("a", "b"):
        store.save(
            Writer().add("Yes", Speaker("Duarte", "person")).add("No", OFFICIAL).reading(article_id), VERSION
        )
    assert names_of(store) == ["Duarte", "Duarte", "an official", "an official"]
    assert {speaker.article_id for speaker in store.speakers("Duarte")} == {"a", "b"}


def test_two_spellings_within_an_article_are_one_speaker(store: Store) -> None:
    shouted = Speaker("ANA DUARTE", "person", (), ("chair",))
    store.save(Writer().add("Yes", shouted).add("No", ANA).reading("a"), VERSION)
    (speaker,) = store.speakers()
    assert speaker.name == "Ana Duarte"
    assert {use.role for use in speaker.roles} == {"chair", *ANA.roles}


def test_a_speaker_and_a_role_go_with_their_last_quotation(store: Store) -> None:
    store.save(Writer().add("Yes", ANA, "mayor").add("No", BEN).reading("a"), VERSION)
    store.save(Writer().add("Yes", ANA, "mayor").reading("b"), VERSION)
    store.save(Writer().add("Perhaps", OFFICIAL).reading("a"), VERSION)
    assert names_of(store) == ["Ana Duarte", "an official"]
    store.save(Writer().reading("b"), VERSION)
    assert names_of(store) == ["an official"]
    assert rows(store)["roles"] == rows(store)["speaker_names"][1:] == rows(store)["speaker_roles"] == []
    assert store.check() == []


def test_a_name_goes_with_the_last_article_that_uses_it(store: Store) -> None:
    store.save(
        Writer().add("Yes", replace(ANA, name="ANA DUARTE", names=("ANA DUARTE",))).reading("a"), VERSION
    )
    store.save(Writer().add("No", ANA).reading("b"), VERSION)
    assert store.speakers()[0].name == "Ana Duarte"
    store.save(Writer().reading("b"), VERSION)
    assert store.speakers()[0].names == ("ANA DUARTE",)
    assert store.check() == []


def test_the_day_of_an_article_dates_its_quotations_and_roles(store: Store) -> None:
    store.save(Writer().add("Yes", ANA, "mayor").reading("a", date(2024, 1, 1)), VERSION)
    store.save(Writer().add("Yes", ANA, "mayor").reading("a", date(2024, 2, 2)), VERSION)
    assert store.article_quotes("a")[0].date == date(2024, 2, 2)
    assert {use.date for use in store.speakers()[0].roles} == {date(2024, 2, 2)}


def test_the_order_of_articles_does_not_matter(store: Store, tmp_path) -> None:
    readings = [made_up_reading(number, 8, n_speakers=20) for number in range(30)]
    for reading in readings:
        store.save(reading, VERSION)
    with Store.open(tmp_path / "other.db") as other:
        for reading in reversed(readings):
            other.save(reading, VERSION)
        assert rows(other) == rows(store)


def test_an_article_that_fails_leaves_no_trace(store: Store) -> None:
    store.save(made_up_reading(1), VERSION)
    before = rows(store)
    for broken in (made_up_reading(2), made_up_reading(1, 30)):
        article = replace(broken.article, author="half \ud800")
        with pytest.raises(ArticleFormatError, match="half a character"):
            store.save(replace(broken, article=article), VERSION)
    assert rows(store) == before
    assert store.check() == []


def test_a_span_that_is_not_in_the_text_is_refused(store: Store) -> None:
    reading = Writer().add("Yes", ANA).reading("a")
    wrong = replace(reading.quotes[0], cue=Span(0, 4, "said"))
    with pytest.raises(ValueError, match="is not what article 'a' has"):
        store.save(Reading(reading.article, (wrong,)), VERSION)
    assert store.search(QuoteQuery()) == []
