"""Cursors stay right while articles are added: nothing that was there is missed, nothing comes twice."""

import pytest

from api.paging import Cursors, Place
from api.problems import ProblemError
from quotes.store import Cursor


@pytest.mark.parametrize(
    ("url", "params"),
    [
        ("quotes", {}),
        ("quotes", {"sort": "oldest"}),
        ("quotes", {"q": "river"}),
        ("quotes", {"q": "river", "sort": "newest"}),
        ("quotes", {"speaker": "SpeakerB"}),
        ("quotes", {"speaker": "Example", "q": "rises"}),
    ],
)
@pytest.mark.parametrize("limit", [7, 200])
def test_a_list_of_quotations_read_while_it_grows(client, samples, db, url, params, limit):
    samples.fill(db, samples.many(150))
    before = {item["id"] for page in client.pages(url, limit=200, **params) for item in page["items"]}
    shown = []
    for n, page in enumerate(client.pages(url, limit=limit, **params)):
        shown += [item["id"] for item in page["items"]]
        if n % max(1, 70 // limit) == 0:
            samples.fill(db, samples.many(2, first=1000 + 2 * n))
    assert len(shown) == len(set(shown))
    assert before <= set(shown)


@pytest.mark.parametrize(("url", "key"), [("speakers", "id"), ("roles", "role"), ("articles", "id")])
def test_other_lists_read_while_they_grow(client, samples, db, url, key):
    for n in range(30):
        names = [f"“Word {n},” the role {chr(97 + n % 26)}, Person{n} Made said."] * (1 + n % 3)
        samples.fill(db, [samples.replace(samples.undated, id=f"a{n}", text=" ".join(names))])
    before = {item[key] for item in client.items(url, limit=200)}
    shown = []
    for n, page in enumerate(client.pages(url, limit=5)):
        shown += [item[key] for item in page["items"]]
        text = f"“Word {n},” the role {chr(97 + (7 * n) % 26)}, Person{29 - n} Made said."
        samples.fill(db, [samples.replace(samples.undated, id=f"b{n}", text=" ".join([text] * 4))])
    assert len(shown) == len(set(shown))
    assert before <= set(shown)


def test_a_ranked_list_goes_on_past_its_ranked_rows(client, samples, db, monkeypatch):
    monkeypatch.setattr("api.paging.RANKED", 20)
    samples.fill(db, samples.many(20))
    for url, params in (("quotes", {"q": "river"}), ("speakers", {}), ("roles", {})):
        shown = [str(item) for page in client.pages(url, limit=3, **params) for item in page["items"]]
        assert (
            len(shown) == len(set(shown)) == client.get(url, params={**params, "count": "1"}).json()["count"]
        )


def test_a_cursor_outlives_the_server(serve, settings):
    first = serve(settings).get("quotes", params={"limit": 2}).json()["next"]
    assert serve(settings).get(first).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "é", "A" * 40, "A" * 9000, "-_-_", "eJw="])
def test_a_cursor_made_up_is_refused(client, cursor):
    answer = client.get("quotes", params={"cursor": cursor})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/cursor"


def test_a_cursor_of_another_question_is_refused(client):
    address = client.get("quotes", params={"limit": 2}).json()["next"]
    assert client.get(address + "&kind=direct").status_code == 422
    assert client.get(address.replace("/quotes?", "/articles?")).status_code == 422
    assert client.get(address.replace("limit=2", "limit=3")).status_code == 200


def test_no_bit_of_a_cursor_can_be_changed():
    cursors = Cursors(b"key")
    cursor = cursors.write(Place(Cursor("2021-06-29", 12), frozenset({1, 5, 99})), "quotes?")
    assert cursors.read(cursor, "quotes?") == Place(Cursor("2021-06-29", 12), frozenset({1, 5, 99}))
    for at in range(len(cursor) - 1):
        other = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        with pytest.raises(ProblemError):
            cursors.read(other, "quotes?")
    with pytest.raises(ProblemError):
        Cursors(b"another key").read(cursor, "quotes?")
