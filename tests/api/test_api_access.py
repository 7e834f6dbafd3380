"""Who may do what: tokens, private servers, rate limits."""

from datetime import timedelta

import pytest

from quotes.store.tokens import Tokens

WRITES = [
    ("POST", "articles", "ingest"),
    ("DELETE", "articles/ferry", "ingest"),
    ("PATCH", "quotes/any", "correct"),
    ("DELETE", "quotes/any/corrections/any", "correct"),
]
BODIES = {"POST": {"text": "“Yes,” Ana Duarte said."}, "PATCH": {"kind": "mixed", "reason": "x"}}


@pytest.mark.parametrize(("method", "url", "scope"), WRITES)
def test_a_change_takes_a_token_of_its_scope(client, token, method, url, scope):
    body = BODIES.get(method)
    without = client.request(method, url, json=body)
    assert without.status_code == 401
    assert without.headers["WWW-Authenticate"].startswith("Bearer")
    assert scope in without.json()["detail"]
    others = [each for each in ("read", "extract", "ingest", "correct") if each != scope]
    wrong = client.request(method, url, json=body, headers=token(*others))
    assert wrong.status_code == 403
    assert "insufficient_scope" in wrong.headers["WWW-Authenticate"]
    assert client.request(method, url, json=body, headers=token(scope)).status_code in (200, 201, 204, 404)


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer qt_made-up", "Basic dTpw", "qt_x", "Bearer " + "x" * 2000, "Bearer ä"],
)
def test_a_token_that_is_none_is_refused_even_for_reading(client, header):
    answer = client.get("quotes", headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/token-needed"


def test_a_token_in_the_address_is_no_token(client, token):
    secret = token()["Authorization"].split()[1]
    assert client.get("quotes", params={"token": secret}).status_code == 422
    assert client.post("articles", params={"access_token": secret}, json=BODIES["POST"]).status_code == 401


def test_a_revoked_token_is_refused_from_the_next_request_on(client, token, db):
    headers = token()
    assert client.get("quotes", headers=headers).status_code == 200
    (made,) = Tokens(db).all()
    Tokens(db).revoke(made.id)
    assert client.get("quotes", headers=headers).status_code == 401


def test_a_token_past_its_day_is_refused(client, db):
    secret, _ = Tokens(db).create("brief", ["read"], lifetime=timedelta(seconds=-1))
    assert client.get("quotes", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_private_server_is_read_with_a_token_only(serve, settings, samples, token):
    client = serve(samples.replace(settings, private=True))
    for url in ("quotes", "quotes.csv", "quotes.atom", "speakers", "stats", "articles/ferry"):
        assert client.get(url).status_code == 401
        assert client.get(url, headers=token("extract")).status_code == 403
        answer = client.get(url, headers=token("read"))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith(("private", "no-store"))
    body = BODIES["POST"]
    assert client.post("extract", json=body).status_code == 401
    assert client.post("extract", json=body, headers=token("extract")).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_too_many_requests_are_told_when_to_go_on(serve, settings, samples, token):
    client = serve(samples.replace(settings, requests_per_minute=3))
    answers = [client.get("quotes") for _ in range(4)]
    # The minute may turn over in between.
    answers += [client.get("quotes") for _ in range(4) if answers[-1].status_code != 429]
    last = answers[-1]
    assert last.status_code == 429
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert last.json()["type"] == "/problems/too-many-requests"
    assert answers[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert answers[0].headers["RateLimit"].startswith('"minute";r=2;t=')
    assert client.get("quotes", headers=token("read")).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_texts_to_read_have_a_limit_of_their_own(serve, settings, samples):
    client = serve(samples.replace(settings, readings_per_minute=2))
    statuses = [client.post("extract", json=BODIES["POST"]).status_code for _ in range(6)]
    assert statuses[:2] == [200, 200]
    assert 429 in statuses
    assert client.get("quotes").status_code == 200


def test_downloads_have_a_limit_of_their_own(serve, settings, samples, db):
    samples.fill(db, samples.many(400, per_article=20))
    client = serve(samples.replace(settings, max_exports=1))
    with client.get("quotes.jsonl", stream=True) as first:
        assert first.status_code == 200
        next(first.iter_content(10))
        limits = client.app.extensions["quotes-limits"]
        held = limits._exports.acquire(blocking=False)
        if held:
            limits._exports.release()
    limits._exports.acquire()
    refused = client.get("quotes.csv")
    limits._exports.release()
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert client.get("quotes.csv").status_code == 200
    assert client.get("quotes.csv", headers={"Accept-Encoding": "identity"}).status_code == 200
