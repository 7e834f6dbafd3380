"""A search to subscribe to."""

from xml.etree import ElementTree as Xml

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(answer):
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return Xml.fromstring(answer.content)


def test_a_feed_holds_the_newest_that_answer_a_search(client):
    feed = feed_of(client.get("quotes.atom", params={"q": "speaker:duarte"}))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [
        "Ana Duarte: The ferry is never late,",
        "Carla Duarte: Nobody asked the captain,",
        "Ana Duarte: The bridge will be closed on Monday,",
    ]


def test_a_feed_has_what_the_standard_asks_for(client):
    answer = client.get("quotes.atom")
    feed = feed_of(answer)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == answer.url
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 6
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert client.get(entry.find(f"{ATOM}link[@rel='related']").get("href")).status_code == 200


def test_a_feed_can_hold_what_xml_cannot(client, token):
    body = {"id": "odd", "text": "‘a\x01b\x0bc\ufffe d’ they said.", "title": "x\x02"}
    assert client.post("articles", json=body, headers=token()).status_code == 201
    texts = [e.text for e in feed_of(client.get("quotes.atom")).iter(f"{ATOM}content")]
    assert any("a\ufffdb\ufffdc\ufffd d" in text for text in texts)
    assert client.get("quotes.atom", params={"q": "a\x01b"}).status_code == 200


def test_a_feed_of_a_broken_search_says_so(client):
    assert client.get("quotes.atom", params={"q": '"'}).status_code == 422
    assert client.get("quotes.atom", params={"limit": "3"}).status_code == 422
