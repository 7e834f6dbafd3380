"""Articles: listed, read, added, replaced and removed; and texts of which nothing is kept."""

from urllib.parse import quote

from quotes.store import Store

TEXT = "“The tram is green,” the mayor, Ana Duarte said. “It is not,” Carla Duarte said."


def test_articles_are_listed_the_latest_first(client):
    found = client.items("articles")
    assert [(each["id"], each["quotations"]) for each in found] == [
        ("ferry", 2),
        ("bridge", 3),
        ("notes/2021 a", 1),
    ]
    assert [each["id"] for each in client.items("articles", outlet="example weekly")] == ["ferry"]
    assert [each["id"] for each in client.items("articles", **{"from": "2021", "to": "2021"})] == ["bridge"]
    assert client.get("articles", params={"count": "1", "to": "2021"}).json()["count"] == 1


def test_an_article_has_its_text_and_its_quotations_in_order(client, samples):
    article = client.get("articles/bridge").json()
    assert article["text"] == samples.bridge.text
    assert [each["contents"][0]["start"] for each in article["quotes"]] == sorted(
        each["contents"][0]["start"] for each in article["quotes"]
    )
    for each in article["quotes"]:
        for span in each["contents"]:
            assert article["text"][span["start"] : span["end"]] == span["text"]
    assert "path" not in article


def test_an_id_may_be_anything(client, token, db, samples):
    for name in (
        "notes/2021 a",
        "//x//y",
        "a?b#c&d=e",
        "../../etc/passwd",
        "%2F",
        "日本",
        "https://example.org/a?b",
    ):
        answer = client.post("articles", json={"id": name, "text": TEXT}, headers=token())
        assert answer.status_code in (200, 201), answer.text
        found = client.get(answer.headers["Location"])
        assert found.json().get("id") == name, found.text
        assert client.get(f"articles/{quote(name, safe='')}").json()["id"] == name


def test_an_added_article_is_there_at_once(client, token):
    answer = client.post(
        "articles",
        json={"id": "tram", "text": TEXT, "published": "2023-05-01", "title": "A tram", "outlet": None},
        headers=token("ingest"),
    )
    assert answer.status_code == 201
    assert answer.json() == {"id": "tram", "outcome": "added", "quotations": 2}
    assert client.get(answer.headers["Location"]).json()["title"] == "A tram"
    assert client.texts("quotes", q="tram") == ["The tram is green,"]


def test_an_article_sent_again_changes_nothing(client, token):
    headers = token("ingest")
    first = client.post("articles", json={"text": TEXT}, headers=headers)
    stats = client.get("stats").json()
    again = client.post("articles", json={"text": TEXT}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "outcome": "unchanged"}
    assert client.get("stats").json() == stats


def test_an_article_sent_with_another_text_is_replaced(client, token):
    headers = token("ingest")
    client.post("articles", json={"id": "tram", "text": TEXT}, headers=headers)
    answer = client.post(
        "articles", json={"id": "tram", "text": "“The tram is red,” Ben Castro said."}, headers=headers
    )
    assert (answer.status_code, answer.json()["outcome"]) == (200, "updated")
    assert client.texts("quotes", article="tram") == ["The tram is red,"]


def test_a_removed_article_is_gone_with_its_quotations(client, token, db):
    headers = token("ingest")
    assert client.delete("articles/ferry", headers=headers).status_code == 204
    assert client.get("articles/ferry").status_code == 404
    assert client.items("quotes", article="ferry") == []
    assert client.items("speakers", q="carla", kind="person") == []
    assert client.delete("articles/ferry", headers=headers).status_code == 404
    with Store.open(db) as store:
        assert store.check() == []


def test_while_another_program_writes_changes_wait_and_then_say_so(client, token, db):
    headers = token()
    with Store.open(db):
        for answer in (
            client.post("articles", json={"text": TEXT}, headers=headers),
            client.delete("articles/ferry", headers=headers),
        ):
            assert answer.status_code == 503
            assert int(answer.headers["Retry-After"]) > 0
            assert "Another program is writing" in answer.json()["detail"]
        assert len(client.items("quotes")) == 6
    assert client.post("articles", json={"text": TEXT}, headers=headers).status_code == 201


def test_a_server_that_only_reads_takes_no_changes(serve, settings, samples, token):
    client = serve(samples.replace(settings, read_only=True))
    answer = client.post("articles", json={"text": TEXT}, headers=token())
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/read-only"
    assert client.delete("articles/ferry", headers=token()).status_code == 403


def test_a_text_is_read_and_nothing_of_it_kept(client):
    before = client.get("stats").json()
    answer = client.post("extract", json={"text": TEXT, "published": "2023-05-01"})
    assert answer.status_code == 200
    first, second = answer.json()["quotes"]
    assert first["text"] == "The tram is green,"
    assert first["speaker"] == {"name": "Ana Duarte", "kind": "person"}
    assert first["role"] == "mayor"
    assert first["said_on"] == "2023-05-01"
    assert TEXT[second["cue"]["start"] : second["cue"]["end"]] == "said"
    assert client.get("stats").json() == before


def test_the_trained_reader_reads_for_the_server(settings):
    from api import create_app

    app = create_app(settings)
    text = "“The bridge will be closed on Monday,” the mayor, Ana Duarte, told reporters."
    with app.test_client() as client:
        (quote,) = client.post("/api/v1/extract", json={"text": text}).get_json()["quotes"]
        assert client.get("/readyz").get_json() == {"status": "ok"}
    app.extensions["quotes-database"].close()
    assert quote["speaker"]["name"] == "Ana Duarte"
    assert text[quote["contents"][0]["start"] : quote["contents"][0]["end"]] == quote["contents"][0]["text"]


def test_texts_that_wait_to_be_read_keep_nobody_else_waiting():
    import threading

    import pytest

    from api.reader import Reader
    from quotes.errors import StoreBusyError
    from quotes.model import Article

    reader = Reader(wait_s=30)
    article = Article("a", "“Yes,” Ana Duarte said.")
    with reader._turn:
        waiting = [threading.Thread(target=reader.read, args=(article,)) for _ in range(2)]
        for each in waiting:
            each.start()
        while reader._present._value:
            waiting[0].join(0.01)
        with pytest.raises(StoreBusyError, match="again in a few seconds"):
            reader.read(article)
    for each in waiting:
        each.join()
    assert reader.read(article).quotes
