"""Speakers: found though misspelt, and told of by role, year, kind and outlet."""

import pytest


def test_the_most_quoted_come_first(client):
    found = client.get("speakers", params={"count": "yes"}).json()
    assert [(each["name"], each["quotations"]) for each in found["items"]] == [
        ("Ana Duarte", 2),
        ("Ben Castro", 1),
        ("Carla Duarte", 1),
        ("José Núñez", 1),
    ]
    assert found["count"] == 4
    assert client.items("speakers", kind="document") == []


@pytest.mark.parametrize(
    ("asked", "used", "found"),
    [
        ("Ben Casto", "Ben Castro", ["Ben Castro"]),
        ("Bne Castro", "Ben Castro", ["Ben Castro"]),
        ("castr0", "castro", ["Ben Castro"]),
        ("Anna Duarte", "Ana Duarte", ["Ana Duarte"]),
        ("nunes", "nunez", ["José Núñez"]),
    ],
)
def test_a_misspelt_name_is_understood_and_said_to_be_so(client, asked, used, found):
    answer = client.get("speakers", params={"q": asked}).json()
    assert [each["name"] for each in answer["items"]] == found
    assert answer["changed"] == {"asked": asked, "used": used}


@pytest.mark.parametrize("asked", ["jose nunez", "DUARTE", "núñez"])
def test_case_and_accents_are_no_misspelling(client, asked):
    answer = client.get("speakers", params={"q": asked}).json()
    assert answer["items"]
    assert "changed" not in answer


def test_a_name_like_no_other_finds_nobody(client):
    answer = client.get("speakers", params={"q": "Xiaoqq Wzlk"}).json()
    assert answer == {"items": [], "next": None}


def test_a_speaker_is_told_of_by_role_year_kind_and_outlet(client):
    (ana,) = client.items("speakers", q="ana")
    detail = client.get(f"speakers/{ana['id']}").json()
    assert {name: detail[name] for name in ana} == ana
    assert detail["roles"] == [{"role": "mayor", "articles": 1, "first": "2021-06-29", "last": "2021-06-29"}]
    assert detail["by_year"] == {"2021": 1, "2022": 1}
    assert detail["by_kind"] == {"direct": 2}
    assert detail["by_outlet"] == {"Example Weekly": 1, "The Example Post": 1}
    assert (detail["first"], detail["last"]) == ("2021-06-29", "2022-01-03")


def test_what_is_told_of_a_speaker_is_up_to_date(client, samples, db):
    (ana,) = client.items("speakers", q="ana")
    assert client.get(f"speakers/{ana['id']}").json()["quotations"] == 2
    samples.fill(db, [samples.replace(samples.undated, text="“So am I,” Ana Duarte said.")])
    assert client.get(f"speakers/{ana['id']}").json()["quotations"] == 3
