"""What a caller already has is not sent again; what is sent is small; browsers are told what they may do."""

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

import pytest

READS = [
    "quotes",
    "quotes?q=bridge",
    "speakers",
    "roles",
    "articles",
    "articles/bridge",
    "stats",
    "quotes.atom",
]


@pytest.mark.parametrize("url", READS)
def test_an_answer_is_not_sent_twice_until_something_changes(client, samples, db, url):
    first = client.get(url)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    samples.fill(db, [samples.replace(samples.undated, id="new")])
    changed = client.get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_other_questions_and_forms_have_other_tags(client):
    (item,) = client.items("quotes", q="bridge")
    tags = [client.get(url).headers["ETag"] for url in READS]
    tags += [
        client.get(f"quotes/{item['id']}", headers={"Accept": accept}).headers["ETag"]
        for accept in ("application/json", "application/ld+json")
    ]
    tags.append(client.get("quotes", headers={"Accept-Encoding": "identity"}).headers["ETag"])
    assert len(set(tags)) == len(tags)


def test_a_date_does_as_well_as_a_tag_once_a_change_is_past(client, db):
    from quotes.store import Store

    fresh = client.get("quotes")
    assert "Last-Modified" not in fresh.headers
    with Store.open(db) as store:
        store.db.conn.execute(
            "UPDATE changes SET at = ?", ((datetime.now(UTC) - timedelta(hours=1)).isoformat(),)
        )
        store.db.conn.commit()
    answer = client.get("quotes")
    stamp = answer.headers["Last-Modified"]
    assert client.get("quotes", headers={"If-Modified-Since": stamp}).status_code == 304
    earlier = format_datetime(parsedate_to_datetime(stamp) - timedelta(seconds=1), usegmt=True)
    assert client.get("quotes", headers={"If-Modified-Since": earlier}).status_code == 200
    # A tag goes before a date.
    assert (
        client.get("quotes", headers={"If-Modified-Since": stamp, "If-None-Match": '"x"'}).status_code == 200
    )


def test_a_problem_has_no_tag(client):
    answer = client.get("quotes/none")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_answers_are_compressed_for_those_who_take_it(client):
    plain = client.get("quotes", headers={"Accept-Encoding": "identity"})
    packed = client.get("quotes", headers={"Accept-Encoding": "gzip"}, stream=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.raw.read(decode_content=False)) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in client.get("quotes", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_downloads_are_compressed_as_they_are_sent(client, samples, db):
    samples.fill(db, samples.many(200))
    plain = client.get("quotes.csv", headers={"Accept-Encoding": "identity"})
    packed = client.get("quotes.csv", headers={"Accept-Encoding": "gzip"}, stream=True)
    raw = packed.raw.read(decode_content=False)
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3


def test_pages_of_other_sites_may_read_and_nothing_else(client):
    answer = client.get("quotes", headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "PATCH"}
    preflight = client.options("quotes/any", headers=asked)
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Origin" not in client.patch("quotes/any", json={}).headers


@pytest.mark.parametrize("url", ["quotes", "quotes/none", "/healthz", "/docs", "/openapi.json"])
def test_every_answer_tells_browsers_to_beware(client, url):
    headers = client.get(url).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Server" not in headers


def test_head_answers_as_get_without_the_body(client):
    got, head = client.get("quotes"), client.head("quotes")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == got.headers["ETag"]


def test_the_docs_load_nothing_from_elsewhere(client):
    import re

    page = client.get("/docs")
    assert page.status_code == 200
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert address.startswith("/")
        assert client.get(address).status_code == 200
    assert not re.search(r"<script>|<style|style=|\son\w+=", page.text)


def test_metrics_name_routes_and_never_addresses(client):
    client.get("quotes/some-id")
    client.get("/secret-name")
    text = client.get("/metrics").text
    assert 'quotes_requests_total{method="GET",route="/api/v1/quotes/<quote_id>",status="404"} 1.0' in text
    assert 'route="none"' in text
    assert "secret-name" not in text
    assert "some-id" not in text
