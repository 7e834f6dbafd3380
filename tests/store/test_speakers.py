"""Who is known, under which names, in which roles."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.errors import QueryError
from quotes.model import Speaker
from quotes.store import RoleUse, Store
from store.made_up import VERSION, Writer


def mayor(*roles: str) -> Speaker:
    return Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), roles)


@pytest.fixture
def known(store: Store) -> Store:
    council, office = mayor("council member"), mayor("mayor", "Ana’s mother")
    store.save(Writer().add("Yes", council).reading("a", date(2019, 1, 1)), VERSION)
    store.save(Writer().add("No", office, "mayor").reading("b", date(2021, 1, 1)), VERSION)
    store.save(Writer().add("Well", office).add("So", None).reading("c", date(2023, 1, 1)), VERSION)
    store.save(Writer().add("Hm", Speaker("José Ñandú", "person")).reading("d"), VERSION)
    return store


def test_a_speaker_has_names_roles_and_days(known: Store) -> None:
    ana = known.speakers()[0]
    assert (ana.name, ana.kind, ana.article_id, ana.quotations) == ("Ana Duarte", "person", None, 3)
    assert ana.names == ("Ana Duarte", "Duarte")
    assert (ana.first, ana.last) == (date(2019, 1, 1), date(2023, 1, 1))
    assert ana.roles == (
        RoleUse("Ana’s mother", 2, date(2021, 1, 1), date(2023, 1, 1), "c"),
        RoleUse("mayor", 2, date(2021, 1, 1), date(2023, 1, 1), "c"),
        RoleUse("council member", 1, date(2019, 1, 1), date(2019, 1, 1), "a"),
    )
    assert known.speaker(ana.id) == ana


def test_the_most_quoted_come_first(known: Store) -> None:
    assert [speaker.quotations for speaker in known.speakers()] == [3, 1]
    assert [speaker.name for speaker in known.speakers(limit=1)] == ["Ana Duarte"]


@pytest.mark.parametrize("name", ["Duarte", "duarte ana", "Ana", "DUART*"])
def test_a_speaker_is_found_by_any_word_of_a_name(known: Store, name: str) -> None:
    assert [speaker.name for speaker in known.speakers(name)] == ["Ana Duarte"]


def test_accents_may_be_left_out(known: Store) -> None:
    (speaker,) = known.speakers("jose nandu")
    assert speaker.first is None and speaker.roles == ()


def test_an_undated_role_names_its_article(store: Store) -> None:
    store.save(Writer().add("Yes", mayor("mayor")).reading("a"), VERSION)
    assert store.speakers()[0].roles == (RoleUse("mayor", 1, None, None, "a"),)


def test_a_name_without_a_word_is_an_error(known: Store) -> None:
    with pytest.raises(QueryError):
        known.speakers("?")
