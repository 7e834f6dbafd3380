"""Whatever goes wrong ends in a problem document that says what, and what to do."""

import pytest

from api.problems import KIND_OF_ERROR, KINDS
from quotes import errors


def all_subclasses(cls):
    return {cls}.union(*(all_subclasses(each) for each in cls.__subclasses__()))


def test_every_error_of_the_library_has_a_status():
    own = {each for each in all_subclasses(errors.QuotesError) if each.__module__.startswith("quotes.")}
    assert own == set(KIND_OF_ERROR)
    assert set(KIND_OF_ERROR.values()) <= set(KINDS)


@pytest.mark.parametrize(
    ("url", "status", "kind", "says"),
    [
        ("quotes?speakr=Duarte", 422, "unknown-parameter", "the nearest is “speaker”"),
        ("quotes?speakr=Duarte&limit=0", 422, "unknown-parameter", "the nearest is “speaker”"),
        ("quotes?confidence=1", 422, "unknown-parameter", "the nearest is “min_confidence”"),
        ("quotes?limit=0", 422, "invalid", "“limit”"),
        ("quotes?limit=201", 422, "invalid", "“limit”"),
        ("quotes?limit=two", 422, "invalid", "“limit”"),
        ("quotes?limit=2&limit=3", 422, "invalid", "given more than once"),
        ("quotes?kind=shouted", 422, "invalid", "direct, mixed, indirect"),
        ("quotes?from=yestermorrow", 422, "invalid", "is not a date; write"),
        ("quotes?from=2022&to=2021", 422, "bad-question", "exchange the two"),
        ("quotes?min_confidence=2", 422, "invalid", "“min_confidence”"),
        ("quotes?min_confidence=nan", 422, "invalid", "“min_confidence”"),
        ("quotes?speaker=", 422, "invalid", "“speaker”"),
        ("quotes?sort=relevance", 422, "bad-question", "words to be relevant to"),
        ('quotes?q="never closed', 422, "bad-question", "never closed"),
        ("quotes?q=-", 422, "bad-question", "nothing to look for"),
        ("quotes?q=-bridge", 422, "bad-question", "besides those that a minus takes away"),
        ("quotes?q=speker:Duarte", 422, "bad-question", "did you mean speaker:?"),
        ("quotes?q=speaker:", 422, "bad-question", "Nothing follows"),
        ("quotes?q=-speaker:Duarte", 422, "bad-question", "A minus works on words"),
        ("quotes?q=kind:shouted", 422, "bad-question", "direct, mixed, indirect"),
        ("quotes?q=date:never", 422, "bad-question", "is not a date"),
        ("quotes?q=kind:direct&kind=mixed", 422, "bad-question", "leave one of them out"),
        ("quotes/nothing", 404, "not-found", "No quotation has the id “nothing”"),
        ("quotes/nothing?x=1", 422, "unknown-parameter", "this address takes none"),
        ("speakers/nobody", 404, "not-found", "No speaker has the id"),
        ("articles/none", 404, "not-found", "No article has the id"),
        ("nothing", 404, "not-found", "/docs lists what there is"),
        ("quotes/", 404, "not-found", "No quotation|nothing at this address"),
    ],
)
def test_a_mistake_gets_a_sentence(client, url, status, kind, says):
    answer = client.get(url)
    body = answer.json()
    assert answer.status_code == body["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["type"] == f"/problems/{kind}"
    assert any(part in body["detail"] for part in says.split("|")), body["detail"]
    assert body["request_id"] == answer.headers["X-Request-ID"]
    assert body["instance"] == f"/api/v1/{url.partition('?')[0]}"


def test_each_wrong_field_has_a_pointer(client, token):
    answer = client.patch(
        "quotes/any", json={"speaker": {"nmae": "Al"}, "kind": "shouted", "reasn": "x"}, headers=token()
    )
    assert answer.status_code == 422
    by_pointer = {each["pointer"]: each["detail"] for each in answer.json()["errors"]}
    assert by_pointer.keys() == {"/speaker/nmae", "/kind", "/reasn", "/reason"}
    assert "the nearest is “name”" in by_pointer["/speaker/nmae"]
    assert "the nearest is “reason”" in by_pointer["/reasn"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 422),
        (b'{"text": 1}', "application/json", 422),
        (b'{"text": "\\ud800 half"}', "application/json", 400),
        (b'{"text": "nul \\u0000"}', "application/json", 422),
        (b'{"text": " "}', "application/json", 422),
        (b"text=x", "application/x-www-form-urlencoded", 415),
        (b"text", None, 415),
    ],
)
def test_a_body_that_is_none_gets_a_sentence(client, body, content_type, status):
    headers = {"Content-Type": content_type} if content_type else {}
    answer = client.post("extract", data=body, headers=headers)
    assert answer.status_code == answer.json()["status"] == status, answer.text


def test_a_body_or_text_that_is_too_long_is_refused(client):
    assert (
        client.post(
            "extract", data=b" " * 5_000_000, headers={"Content-Type": "application/json"}
        ).status_code
        == 413
    )
    answer = client.post("extract", json={"text": "a" * 200_001})
    assert answer.status_code == 413
    assert "200,001 characters" in answer.json()["detail"]


def test_another_method_is_told_which_there_are(client):
    answer = client.put("quotes/any")
    assert answer.status_code == 405
    assert {"GET", "PATCH"} <= set(answer.headers["Allow"].split(", "))
    assert answer.json()["type"] == "/problems/method-not-allowed"


def test_each_kind_of_problem_is_explained_at_its_type(client):
    for kind in KINDS.values():
        assert client.get(kind.type).json()["meaning"] == kind.meaning
    assert client.get("/problems/none").status_code == 404


def test_a_bug_says_nothing_of_what_is_inside(client, monkeypatch, caplog):
    def fail(self):
        raise RuntimeError("the secret words of an article")

    monkeypatch.setattr("quotes.store.Store.statistics", fail)
    answer = client.get("stats")
    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/internal-error"
    assert "secret" not in answer.text
    (record,) = [each for each in caplog.records if hasattr(each, "fields") and "failure" in each.fields]
    assert record.fields["failure"] == "RuntimeError"
    assert record.fields["request_id"] == answer.json()["request_id"]
    assert "secret" not in str(record.fields)


def test_a_question_that_takes_too_long_is_stopped(serve, settings, samples, db):
    samples.fill(db, samples.many(400, per_article=20))
    answer = serve(samples.replace(settings, query_s=0.0)).get("quotes", params={"q": "river", "count": "1"})
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/too-slow"


def test_a_request_id_is_taken_over_if_it_is_a_plain_one(client):
    assert client.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    for other in ("a b", "x" * 65, "<b>"):
        assert client.get("/healthz", headers={"X-Request-ID": other}).headers["X-Request-ID"] != other
