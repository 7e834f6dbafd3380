"""What is answered without the framework is answered as with it."""

import gzip
import json

import pytest

from api import create_app

QUESTIONS = [
    "/api/v1/quotes",
    "/api/v1/quotes?",
    "/api/v1/quotes?limit=2",
    "/api/v1/quotes?limit=2&count=true",
    "/api/v1/quotes?q=ferry&limit=1",
    "/api/v1/quotes?q=the+ferry&sort=newest&limit=1",
    "/api/v1/quotes?q=caf%C3%A9",
    "/api/v1/quotes?speaker=Ana+Duarte",
    "/api/v1/quotes?speaker=duarte",
    "/api/v1/quotes?speaker=nobody",
    "/api/v1/quotes?q=speaker%3Aana",
    "/api/v1/quotes?from=2021&to=2021-12&kind=direct",
    "/api/v1/quotes?speakr=x",
    "/api/v1/quotes?limit=0",
    "/api/v1/quotes?limit=1&limit=2",
    "/api/v1/quotes?q=%22",
    "/api/v1/quotes?q=%ff",
    "/api/v1/quotes?q=",
    "/api/v1/quotes?cursor=x",
    "/api/v1/quotes/{id}",
    "/api/v1/quotes/{id}?x=1",
    "/api/v1/quotes/aaaaaaaaaaaaaaaa",
    "/api/v1/quotes/none",
]


@pytest.fixture
def app(settings):
    app = create_app(settings)
    yield app
    app.extensions["quotes-database"].close()


def asked(client, url, **headers):
    answer = client.get(url, headers=headers)
    own = {name: value for name, value in answer.headers if name not in ("X-Request-ID", "RateLimit")}
    data = gzip.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data
    body = json.loads(data) if data and answer.mimetype.endswith("json") else data
    if isinstance(body, dict):
        body.pop("request_id", None)
    return answer.status_code, own, body


@pytest.mark.parametrize("encoding", [None, "gzip", "gzip;q=0, *"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_differs(app, monkeypatch, question, encoding):
    client = app.test_client()
    some = client.get("/api/v1/quotes?q=bridge").get_json()["items"][0]["id"]
    url = question.replace("{id}", some)
    headers = {"Accept-Encoding": encoding} if encoding else {}
    quick = [asked(client, url, **headers)]
    if tag := quick[0][1].get("ETag"):
        quick.append(asked(client, url, **headers, **{"If-None-Match": tag}))
        assert quick[-1][0] == 304
    while len(quick) < 5 and isinstance(quick[-1][2], dict) and quick[-1][2].get("next"):
        quick.append(asked(client, quick[-1][2]["next"], **headers))
    monkeypatch.setattr("api.quick._is_usual", lambda environ: False)
    slow = [asked(client, url, **headers)]
    if tag:
        slow.append(asked(client, url, **headers, **{"If-None-Match": tag}))
    while len(slow) < 5 and isinstance(slow[-1][2], dict) and slow[-1][2].get("next"):
        slow.append(asked(client, slow[-1][2]["next"], **headers))
    assert quick == slow


def test_a_caller_who_asks_too_much_is_told_so_just_as_well(settings, samples):
    app = create_app(samples.replace(settings, requests_per_minute=2))
    client = app.test_client()
    answers = [client.get("/api/v1/quotes") for _ in range(6)]
    assert 429 in [answer.status_code for answer in answers]
    app.extensions["quotes-database"].close()


def test_what_was_answered_is_counted_and_logged(app, caplog):
    caplog.set_level("INFO", logger="quotes.api")
    client = app.test_client()
    client.get("/api/v1/quotes", headers={"X-Request-ID": "quick-1"})
    assert [record.fields["request_id"] for record in caplog.records] == ["quick-1"]
    text = client.get("/metrics").get_data(as_text=True)
    assert 'quotes_requests_total{method="GET",route="/api/v1/quotes",status="200"} 1.0' in text
