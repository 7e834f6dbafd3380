"""Corrections over HTTP: made with a token, on record, lasting, and undone."""

import pytest

from quotes.store import Store


@pytest.fixture
def closed(client):
    (item,) = client.items("quotes", q="bridge")
    return item


def test_a_correction_is_seen_everywhere_and_signed(client, token, closed):
    headers = token("correct", name="the night desk")
    answer = client.patch(
        f"quotes/{closed['id']}",
        json={"speaker": {"name": "Carla Duarte"}, "role": "captain", "reason": "misheard"},
        headers=headers,
    )
    assert answer.status_code == 200
    detail = client.get(f"quotes/{closed['id']}").json()
    assert detail == answer.json()
    assert (detail["speaker"]["name"], detail["role"]) == ("Carla Duarte", "captain")
    assert [(each["field"], each["by"], each["reason"]) for each in detail["corrections"]] == [
        ("speaker", "the night desk", "misheard"),
        ("role", "the night desk", "misheard"),
    ]
    assert detail["corrections"][0]["before"]["name"] == "Ana Duarte"
    assert client.texts("quotes", speaker="Carla Duarte", q="bridge") == [closed["text"]]
    assert client.texts("quotes", speaker="Ana Duarte", q="bridge") == []
    assert client.texts("quotes", q="captain bridge") == [closed["text"]]


def test_a_rejected_quotation_can_still_be_looked_up_and_brought_back(client, token, closed):
    headers = token("correct")
    url = f"quotes/{closed['id']}"
    assert client.patch(url, json={"rejected": True, "reason": "a headline"}, headers=headers).json()[
        "rejected"
    ]
    assert client.items("quotes", q="bridge") == []
    assert client.get(url).json()["rejected"] is True
    back = client.patch(url, json={"rejected": False, "reason": "it was one"}, headers=headers).json()
    assert back["rejected"] is False
    assert [each["text"] for each in client.items("quotes", q="bridge")] == [closed["text"]]


def test_an_undone_correction_stays_on_record(client, token, closed):
    url = f"quotes/{closed['id']}"
    made = client.patch(url, json={"kind": "indirect", "reason": "no marks"}, headers=token("correct")).json()
    (correction,) = made["corrections"]
    undone = client.delete(f"{url}/corrections/{correction['id']}", headers=token("correct", name="eve"))
    assert undone.status_code == 200
    assert undone.json()["kind"] == "direct"
    (record,) = client.get(url).json()["corrections"]
    assert (record["undone_by"], record["reason"]) == ("eve", "no marks")
    again = client.delete(f"{url}/corrections/{correction['id']}", headers=token("correct"))
    assert (again.status_code, again.json()["type"]) == (422, "/problems/bad-question")


def test_a_correction_holds_when_the_article_is_read_again_by_a_newer_reader(
    serve, settings, samples, token, closed
):
    first = serve(settings, samples.reader("simple 1"))
    first.patch(
        f"quotes/{closed['id']}",
        json={"speaker": {"name": "Ben Castro"}, "reason": "misheard"},
        headers=token(),
    )
    second = serve(settings, samples.reader("simple 2"))
    article = samples.bridge
    answer = second.post("articles", json={"id": article.id, "text": article.text}, headers=token())
    assert answer.json()["outcome"] == "updated"
    assert second.get("articles/bridge").json()["reader"] == "simple 2"
    assert second.get(f"quotes/{closed['id']}").json()["speaker"]["name"] == "Ben Castro"


def test_an_old_address_leads_to_the_quotation_that_took_its_place(client, token, samples, db, closed):
    client.patch(
        f"quotes/{closed['id']}", json={"role": "acting mayor", "reason": "since May"}, headers=token()
    )
    text = samples.bridge.text.replace("closed on Monday,”", "closed on Monday evening,”")
    samples.fill(db, [samples.replace(samples.bridge, text=text)])
    answer = client.get(f"quotes/{closed['id']}")
    assert answer.status_code == 308
    moved = client.get(answer.headers["Location"]).json()
    assert moved["role"] == "acting mayor"
    assert moved["text"] == "The bridge will be closed on Monday evening,"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reason": "x"}, 422),
        ({"kind": "mixed"}, 422),
        ({"kind": "mixed", "reason": "  "}, 422),
        ({"kind": "direct", "reason": "x"}, 422),
        ({"speaker": {"id": "nobody"}, "reason": "x"}, 404),
        ({"speaker": {}, "reason": "x"}, 422),
        ({"speaker": "Ana Duarte", "reason": "x"}, 422),
        ({"rejected": "maybe", "reason": "x"}, 422),
        ({"text": "other words", "reason": "x"}, 422),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(client, token, closed, body, status):
    answer = client.patch(f"quotes/{closed['id']}", json=body, headers=token("correct"))
    assert answer.status_code == status, answer.text
    assert client.get(f"quotes/{closed['id']}").json()["corrections"] == []


def test_many_corrections_at_once_are_all_kept(client, token, db):
    from concurrent.futures import ThreadPoolExecutor

    headers = token("correct")
    ids = [item["id"] for item in client.items("quotes")]

    def correct(n):
        url = f"{client.address}/api/v1/quotes/{ids[n % len(ids)]}"
        import requests

        return requests.patch(
            url, json={"role": f"role {n}", "reason": "x"}, headers=headers, timeout=60
        ).status_code

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(correct, range(36))) <= {200, 503}
    with Store.open(db) as store:
        assert store.check() == []
