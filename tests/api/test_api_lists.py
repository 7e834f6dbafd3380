"""Lists of quotations: filtered, searched, sorted, paged, counted, exported."""

import csv
import io
import json

import pytest

CLOSED = "The bridge will be closed on Monday,"
MONEY = "We have no money for a new one,"
LATE = "the ferry is late"
NEVER = "The ferry is never late,"
CAPTAIN = "Nobody asked the captain,"
CAFE = "The café is open,"


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, [NEVER, CAPTAIN, CLOSED, MONEY, LATE, CAFE]),
        ({"sort": "oldest"}, [CLOSED, MONEY, LATE, NEVER, CAPTAIN, CAFE]),
        ({"speaker": "Ana Duarte"}, [NEVER, CLOSED]),
        ({"speaker": "duarte"}, [NEVER, CAPTAIN, CLOSED]),
        ({"role": "minister"}, [MONEY]),
        ({"kind": "indirect"}, [LATE]),
        ({"act": "speech", "limit": 1}, [NEVER]),
        ({"act": "belief"}, []),
        ({"article": "bridge"}, [CLOSED, MONEY, LATE]),
        ({"outlet": "example weekly"}, [NEVER, CAPTAIN]),
        ({"from": "2021-07"}, [NEVER, CAPTAIN]),
        ({"to": "2021"}, [CLOSED, MONEY, LATE]),
        ({"from": "29 June 2021", "to": "29 June 2021"}, [CLOSED, MONEY, LATE]),
        ({"min_confidence": 0.5, "article": "bridge"}, [CLOSED, MONEY]),
        ({"q": "bridge"}, [CLOSED]),
        ({"q": "cafe"}, [CAFE]),
        ({"q": '"ferry is late"'}, [LATE]),
        ({"q": "ferry -never", "sort": "newest"}, [LATE]),
        ({"q": "clos*"}, [CLOSED]),
        ({"q": "speaker:duarte bridge"}, [CLOSED]),
        ({"q": 'role:"finance minister"'}, [MONEY]),
        ({"q": "kind:indirect"}, [LATE]),
        ({"q": "date:2022"}, [NEVER, CAPTAIN]),
        ({"q": "date:..2021-12 money"}, [MONEY]),
        ({"q": 'outlet:"Example Weekly" -captain ferry'}, [NEVER]),
        ({"q": "nothing-of-the-kind"}, []),
    ],
)
def test_a_list_holds_what_was_asked_for_in_order(client, params, found):
    assert client.texts(**params) == found


def test_a_quotation_carries_who_said_it_where_and_how(client):
    (item,) = client.items("quotes", q="bridge")
    assert {name: item[name] for name in ("kind", "act", "text", "role", "said_on", "confidence")} == {
        "kind": "direct",
        "act": "speech",
        "text": CLOSED,
        "role": "mayor",
        "said_on": "2021-06-29",
        "confidence": 0.9,
    }
    assert item["speaker"].keys() == {"id", "name", "kind"}
    assert item["article"] == {
        "id": "bridge",
        "title": "A bridge is closed",
        "outlet": "The Example Post",
        "url": "https://example.org/bridge?a=1",
        "published": "2021-06-29",
    }
    assert item["cue"]["text"] == "said"
    assert item["source"]["text"] == "Ana Duarte"
    assert item["contents"] == [{"start": 0, "end": 38, "text": f"“{CLOSED}”"}]
    assert item["context"]["text"].startswith(f"“{CLOSED}”")


def test_a_name_that_fits_several_speakers_brings_them_along(client):
    answer = client.get("quotes", params={"speaker": "duarte"}).json()
    assert [(each["name"], each["quotations"]) for each in answer["candidates"]] == [
        ("Ana Duarte", 2),
        ("Carla Duarte", 1),
    ]
    assert len(answer["items"]) == 3
    chosen = answer["candidates"][1]["id"]
    one = client.get("quotes", params={"speaker": chosen}).json()
    assert [each["text"] for each in one["items"]] == [CAPTAIN]
    assert "candidates" not in one


def test_a_name_that_nobody_has_brings_those_of_nearest_spelling(client):
    answer = client.get("quotes", params={"speaker": "Ben Casto"}).json()
    assert answer["items"] == []
    assert [each["name"] for each in answer["candidates"]] == ["Ben Castro"]


def test_the_count_is_given_when_asked_for_and_only_then(client):
    assert client.get("quotes", params={"limit": 2, "count": "true"}).json()["count"] == 6
    assert "count" not in client.get("quotes", params={"limit": 2}).json()


@pytest.mark.parametrize("params", [{}, {"sort": "oldest"}, {"q": "the"}, {"q": "ferry", "sort": "newest"}])
def test_the_pages_together_are_the_list(client, params):
    whole = [item["id"] for item in client.items("quotes", limit=200, **params)]
    pages = list(client.pages("quotes", limit=2, **params))
    assert [item["id"] for page in pages for item in page["items"]] == whole
    assert [len(page["items"]) for page in pages[:-1]] == [2] * (len(pages) - 1)


def test_a_link_header_leads_to_the_next_page(client):
    answer = client.get("quotes", params={"limit": 4, "q": "the"})
    assert answer.links["next"]["url"] == answer.json()["next"]
    last = client.get(answer.links["next"]["url"])
    assert "Link" not in last.headers
    assert last.json()["next"] is None


@pytest.mark.parametrize("url", ["quotes", "speakers", "roles", "articles"])
def test_every_list_can_be_downloaded_whole(client, url):
    items = client.items(url)
    lines = client.get(f"{url}.jsonl")
    assert lines.headers["Content-Type"].startswith("application/jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == items
    table = client.get(f"{url}.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert f'filename="{url}.csv"' in table.headers["Content-Disposition"]
    assert len(list(csv.DictReader(io.StringIO(table.content.decode())))) == len(items)


def test_a_download_takes_the_same_filters(client):
    rows = list(
        csv.DictReader(io.StringIO(client.get("quotes.csv", params={"q": "bridge"}).content.decode()))
    )
    assert [(row["speaker"], row["role"], row["text"]) for row in rows] == [("Ana Duarte", "mayor", CLOSED)]


def test_a_download_is_as_long_as_the_list(client, samples, db):
    samples.fill(db, samples.many(300))
    assert len(client.get("quotes.jsonl").text.splitlines()) == 1506
    ids = [
        json.loads(line)["id"] for line in client.get("quotes.jsonl", params={"q": "river"}).text.splitlines()
    ]
    assert len(ids) == len(set(ids)) == 1500


def test_what_one_speaker_said_is_a_list_of_its_own(client):
    (ana,) = client.items("speakers", q="ana")
    assert client.texts(f"speakers/{ana['id']}/quotes") == [NEVER, CLOSED]
    assert client.texts(f"speakers/{ana['id']}/quotes", q="bridge") == [CLOSED]
    assert len(client.get(f"speakers/{ana['id']}/quotes.jsonl").text.splitlines()) == 2
    assert client.get("speakers/nobody/quotes").status_code == 404
    assert client.get("speakers/nobody/quotes.csv").status_code == 404


def test_roles_come_with_how_many_quotations_were_made_in_them(client):
    assert client.items("roles", q="minister") == [
        {"role": "finance minister", "quotations": 1, "first": "2021-06-29", "last": "2021-06-29"}
    ]
    assert client.get("roles", params={"count": "on"}).json()["count"] == 4


def test_statistics_count_everything(client):
    found = client.get("stats").json()
    assert {key: found[key] for key in ("articles", "quotations", "speakers", "attributed")} == {
        "articles": 3,
        "quotations": 6,
        "speakers": 4,
        "attributed": 5,
    }
