"""Text from articles and from callers is hostile: it stays text in SQL, FTS, HTML, XML, CSV, headers and paths."""

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree as Xml

import pytest

from quotes.store import Store

SQL = [
    "' OR 1=1 --",
    "'; DROP TABLE quotes; --",
    '" OR ""="',
    "1); DELETE FROM articles; --",
    "\\'; --",
    "%' OR '1'='1",
]
FTS = [
    'a" OR "b',
    "NEAR(a b)",
    "what:bridge",
    "bridge AND",
    "bridge NOT",
    "^bridge",
    "bridge + OR",
    "(bridge",
    "a*b*",
    "{what who}:x",
    "*",
    '"*"',
    "“”",
    "\x00bridge",
    "bridge OR ferry",
    "- - -",
]
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "]]><x/>",
    "</content></entry><entry>",
    "\u202egnp.exe",
    "{{7*7}}",
    "%0d%0aSet-Cookie: a=b",
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.org")', "＝1"]


PARAMETERS = (
    "q",
    "speaker",
    "role",
    "outlet",
    "article",
    "from",
    "to",
    "kind",
    "act",
    "sort",
    "cursor",
    "limit",
    "count",
)


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_parameter_gets_out_of_its_place(client, name):
    for text in (*SQL, *FTS, *ATTACKS):
        answer = client.get("quotes", params={name: text})
        assert answer.status_code in (200, 422), text
        assert answer.headers["Content-Type"] in ("application/json", "application/problem+json")
        if answer.status_code == 200:
            # OR, NOT and NEAR are words like any other, not part of a language.
            assert len(answer.json()["items"]) < 6, text


@pytest.mark.parametrize("url", ["speakers", "roles", "quotes.csv", "quotes.atom"])
def test_no_name_or_word_gets_out_of_its_place(client, url):
    for text in (*SQL, *FTS, *ATTACKS):
        assert client.get(url, params={"q": text}).status_code in (200, 422), text


@pytest.mark.parametrize("place", ["quotes/{}", "speakers/{}", "speakers/{}/quotes", "articles/{}"])
def test_no_address_gets_out_of_its_place(client, place):
    for text in (*SQL, *ATTACKS, "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "a\nb", "é/ü"):
        answer = client.get(place.format(quote(text, safe="")))
        assert answer.status_code == 404, text
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/docs/assets/../../api/app.py",
        "/docs/assets/%2e%2e%2fsettings.py",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_no_file_but_the_pages_own_is_served(client, path):
    import http.client

    host, port = client.address.removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port))
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 404
    assert b"create_app" not in answer.read()
    connection.close()


def test_the_tables_stand_after_all_that(client, token, db):
    for text in (*SQL, *ATTACKS):
        body = {
            "id": text,
            "title": text,
            "outlet": text,
            "author": text,
            "text": f"“{text}.” Ana Duarte said.",
        }
        assert client.post("articles", json=body, headers=token()).status_code == 201
        (item,) = client.items("quotes", article=text)
        fields = {"role": text, "speaker": {"name": text}, "reason": text}
        assert client.patch(f"quotes/{item['id']}", json=fields, headers=token(name=text)).status_code == 200
    with Store.open(db) as store:
        assert store.check() == []


@pytest.fixture
def hostile(client, token):
    for n, text in enumerate([*ATTACKS, *FORMULAS]):
        article = {
            "id": f"hostile-{n}",
            "text": f"‘{text}’ they said.",
            "title": text,
            "outlet": text,
            "url": "javascript:alert(1)" if n % 2 else "data:text/html,<script>",
        }
        assert client.post("articles", json=article, headers=token()).status_code == 201
    return client


def test_no_answer_can_be_taken_for_a_page(hostile):
    for url in ("quotes", "articles", "articles/hostile-0", "quotes.jsonl", "quotes.csv", "quotes.atom"):
        headers = hostile.get(url).headers
        assert not headers["Content-Type"].startswith("text/html")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]


def test_what_an_article_says_comes_back_as_it_is(hostile):
    texts = {
        json.loads(line)["article"]["title"] for line in hostile.get("quotes.jsonl").text.split("\n") if line
    }
    assert {*ATTACKS} <= texts


def test_no_cell_of_a_table_can_run(hostile):
    for url in ("quotes.csv", "articles.csv", "speakers.csv", "roles.csv"):
        for row in csv.reader(io.StringIO(hostile.get(url).content.decode(), newline="")):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝"))
                assert not cell.startswith("-")


def test_a_feed_holds_every_text_as_text(hostile):
    feed = Xml.fromstring(hostile.get("quotes.atom").content)
    names = {element.tag.partition("}")[2] for element in feed.iter()}
    assert names <= {"feed", "id", "title", "updated", "link", "entry", "author", "name", "content"}
    for link in feed.iter("{http://www.w3.org/2005/Atom}link"):
        assert link.get("href").startswith("http")


def test_no_address_of_an_article_runs_anything(hostile):
    for item in hostile.items("quotes", limit=200):
        detail = hostile.get(f"quotes/{item['id']}").json()
        assert detail["link"] is None or detail["link"].startswith("http")
        linked = hostile.get(f"quotes/{item['id']}", headers={"Accept": "application/ld+json"}).json()
        assert linked["isBasedOn"].get("url", "http").startswith("http")


def test_no_header_can_be_slipped_in(client, token):
    article = {"id": "a\r\nSet-Cookie: x=y", "text": "“Yes,” Ana Duarte said."}
    answer = client.post("articles", json=article, headers=token())
    assert answer.status_code == 201
    assert "Set-Cookie" not in answer.headers
    for params in ({"q": "the\r\nSet-Cookie: x=y", "limit": 1}, {"cursor": "a\r\nSet-Cookie: x=y"}):
        assert "Set-Cookie" not in client.get("quotes", params=params).headers


def test_no_token_and_no_text_gets_into_the_log(client, token, caplog):
    caplog.set_level("INFO", logger="quotes.api")
    headers = token()
    client.post("articles", json={"id": "x", "text": "“Secret words,” Ana Duarte said."}, headers=headers)
    client.get("quotes", params={"q": "secret"}, headers=headers)
    client.post("extract", json={"text": 1, "secret": "x"}, headers=headers)
    fields = [str(record.fields) for record in caplog.records if hasattr(record, "fields")]
    assert len(fields) >= 3
    for line in fields:
        assert headers["Authorization"].split()[1] not in line
        assert "ecret" not in line
