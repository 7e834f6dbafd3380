"""Which ids stay, and which speakers of two articles are one."""

from __future__ import annotations

import re

import pytest

from quotes.model import Quote, Speaker, SpeakerKind
from quotes.store.identity import best_name, is_telling, quote_ids, speaker_id
from store.made_up import Writer

ANA = Speaker("Ana Duarte", "person")


def quotes_of(*said: str) -> list[Quote]:
    writer = Writer()
    for words in said:
        writer.add(words, ANA)
    return writer.quotes


def test_an_id_is_short_and_safe_in_a_url() -> None:
    assert re.fullmatch("[a-z2-7]{16}", quote_ids("a", quotes_of("We are ready"))[0])


def test_equal_words_said_twice_have_two_ids() -> None:
    first, second = quote_ids("a", quotes_of("No", "No"))
    assert first != second


def test_equal_words_in_two_articles_have_two_ids() -> None:
    assert quote_ids("a", quotes_of("No")) != quote_ids("b", quotes_of("No"))


def test_an_id_does_not_depend_on_what_stands_before() -> None:
    assert quote_ids("a", quotes_of("New", "No"))[1] == quote_ids("a", quotes_of("No"))[0]


def test_an_id_outlives_a_change_of_marks_case_and_spaces() -> None:
    ids = {
        quote_ids("a", quotes_of(said))[0] for said in ("We are ready", "we are  ready.", "“We are ready”")
    }
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("name", "kind", "telling"),
    [
        ("Ana Duarte", "person", True),
        ("J.K. Rowling", "person", True),
        ("Duarte", "person", False),
        ("Mr. Duarte", "person", False),
        ("A. Duarte", "person", False),
        ("Duarte Jr.", "person", False),
        ("NATO", "organization", True),
        ("the Water Board", "organization", True),
        ("The board", "organization", False),
        ("the report", "document", False),
        ("هيئة المياه", "organization", True),
        ("an Example City official", "unnamed_person", False),
        ("Example City officials", "unnamed_group", False),
    ],
)
def test_a_name_joins_articles_only_where_it_says_who_is_meant(
    name: str, kind: SpeakerKind, telling: bool
) -> None:
    assert is_telling(name, kind) is telling
    assert (speaker_id(name, kind, "a") == speaker_id(name, kind, "b")) is telling


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ana Duarte", "ANA  DUARTE", "person"),
        ("Jürgen Weiß", "JÜRGEN WEISS", "person"),
        ("the Water Board", "Water Board", "organization"),
    ],
)
def test_spellings_of_one_name_are_one_speaker(one: str, other: str, kind: SpeakerKind) -> None:
    assert speaker_id(one, kind, "a") == speaker_id(other, kind, "b")


def test_a_person_and_an_organization_of_one_name_are_two_speakers() -> None:
    assert speaker_id("Ana Duarte", "person", "a") != speaker_id("Ana Duarte", "organization", "a")


@pytest.mark.parametrize(
    ("names", "kind", "best"),
    [
        (["ANA DUARTE", "ana duarte", "Ana Duarte"], "person", "Ana Duarte"),
        (["Nato", "NATO"], "organization", "NATO"),
        (["the Water Board", "Water Board"], "organization", "Water Board"),
    ],
)
def test_the_spelling_shown_is_the_one_a_person_would_choose(
    names: list[str], kind: SpeakerKind, best: str
) -> None:
    assert best_name(names, kind) == best == best_name(reversed(names), kind)
