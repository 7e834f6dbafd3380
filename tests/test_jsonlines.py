import gzip
import io
import json
import tracemalloc
from datetime import date

import pytest

from quotes import jsonlines
from quotes.errors import ArticleFormatError, ArticleTooLongError, EmptyArticleError
from quotes.jsonlines import articles_from_lines, unpacked

GOOD = b'{"text": "Yes, she said."}'


def read(data, encoding=None):
    errors = []
    stream = io.BytesIO(data)
    articles = list(
        articles_from_lines(
            stream, path="in/a.jsonl", name="a.jsonl", encoding=encoding, report=errors.append
        )
    )
    return articles, errors


def test_every_line_is_an_article():
    line = {
        "id": "tram-1",
        "text": "“Yes,” she said.\r\n",
        "title": "Tram",
        "url": "https://example.org/tram",
        "outlet": "The Example Post",
        "author": "Ines Moreau",
        "published": "2021-06-29T10:00:00Z",
        "unknown": [1, 2],
    }
    (article,), errors = read(json.dumps(line).encode())
    assert not errors
    assert (article.id, article.text, article.title) == ("tram-1", "“Yes,” she said.\r\n", "Tram")
    assert (article.url, article.outlet) == ("https://example.org/tram", "The Example Post")
    assert (article.author, article.published) == ("Ines Moreau", date(2021, 6, 29))
    assert (article.path, article.line) == ("in/a.jsonl", 1)


def test_an_article_without_an_id_is_called_after_its_file_and_line():
    articles, _ = read(GOOD + b"\n\n" + GOOD)
    assert [article.id for article in articles] == ["a.jsonl:1", "a.jsonl:3"]


def test_numbers_are_ids_and_empty_strings_are_nothing():
    (article,), _ = read(
        b'{"id": 17, "text": "Yes.", "title": "", "published": null, "author": ["A B", "C D"]}'
    )
    assert (article.id, article.title, article.published, article.author) == ("17", None, None, "A B; C D")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    articles, errors = read(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD + b"\r\n")
    assert len(articles) == 2
    assert not errors


def test_lines_may_be_in_another_encoding():
    (article,), _ = read('{"text": "“Café”, he said."}'.encode("windows-1252"), encoding="windows-1252")
    assert article.text == "“Café”, he said."


@pytest.mark.parametrize(
    ("line", "kind", "sentence"),
    [
        (b"{", ArticleFormatError, "this is not JSON (Expecting property name"),
        (b"Yes, she said.", ArticleFormatError, "this is not JSON (Expecting value at character 0)"),
        (b"[]", ArticleFormatError, "this is a list; each line must be one JSON object"),
        (b'"text"', ArticleFormatError, "this is a string"),
        (b"null", ArticleFormatError, "this is null"),
        (b"{}", ArticleFormatError, "there is no “text”"),
        (b'{"text": null}', ArticleFormatError, "there is no “text”"),
        (b'{"text": 5}', ArticleFormatError, "“text” is a number; it must be a string"),
        (b'{"text": ["Yes."]}', ArticleFormatError, "“text” is a list"),
        (b'{"text": " "}', EmptyArticleError, "the article is empty"),
        (b'{"text": "a\\u0000"}', ArticleFormatError, "character 1 is a NUL"),
        (b'{"text": "\\ud83d"}', ArticleFormatError, "half of a surrogate pair"),
        (b'{"text": "Yes.", "id": true}', ArticleFormatError, "“id” is true or false"),
        (
            b'{"text": "Yes.", "id": 1.5}',
            ArticleFormatError,
            "“id” is a number; it must be a string or a whole",
        ),
        (
            b'{"text": "Yes.", "title": {}}',
            ArticleFormatError,
            "“title” is an object; it must be a string or null",
        ),
        (
            b'{"text": "Yes.", "published": "06/07/2021"}',
            ArticleFormatError,
            "“published” is '06/07/2021', which is no",
        ),
        (b'{"text": "Yes.", "published": 2021}', ArticleFormatError, "“published” is a number"),
        (b'{"text": "\xe9"}', ArticleFormatError, "byte 0xe9 at offset 10 is not valid UTF-8"),
        (b"[" * 100_000, ArticleFormatError, "this JSON is too intricate"),
        (b'{"text": "Yes.", "n": ' + b"9" * 5000 + b"}", ArticleFormatError, "this JSON is too intricate"),
        (b'{"text": "' + b"a" * 1_000_001 + b'"}', ArticleTooLongError, "1,000,001 characters are more than"),
    ],
)
def test_a_line_that_holds_no_article_is_reported_by_number_and_the_others_are_read(line, kind, sentence):
    articles, errors = read(GOOD + b"\n" + line + b"\n" + GOOD)
    assert [article.id for article in articles] == ["a.jsonl:1", "a.jsonl:3"]
    assert [type(error) for error in errors] == [kind]
    assert str(errors[0]).startswith("in/a.jsonl, line 2")
    assert sentence in str(errors[0])


def test_a_line_without_end_is_passed_over_in_little_memory():
    bomb = io.BytesIO()
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        file.write(b'{"text": "')
        for _ in range(100):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n' + GOOD)
    bomb.seek(0)
    errors = []
    tracemalloc.start()
    articles = list(articles_from_lines(unpacked(bomb), path=None, name="bomb", report=errors.append))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [article.id for article in articles] == ["bomb:2"]
    assert "line 1: more than 16,000,000 bytes" in str(errors[0])
    assert peak < 60_000_000


def test_a_line_that_never_ends_ends_the_file(monkeypatch):
    monkeypatch.setattr(jsonlines, "MAX_LINE_BYTES", 100)
    monkeypatch.setattr(jsonlines, "MAX_SKIPPED_BYTES", 1000)
    articles, errors = read(GOOD + b"\n" + b"a" * 2_000_000 + b"\n" + GOOD)
    assert len(articles) == 1
    assert "the rest of the file was not read" in str(errors[-1])


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-20], lambda data: data[:40] + b"?" + data[41:], lambda _: b"?"]
)
def test_damaged_compression_is_reported_after_what_could_be_read(damage):
    data = gzip.compress(b"\n".join(json.dumps({"text": f"Yes {n}, she said."}).encode() for n in range(100)))
    errors = []
    stream = unpacked(io.BytesIO(damage(data)))
    articles = list(articles_from_lines(stream, path="a.jsonl.gz", name="a.jsonl.gz", report=errors.append))
    assert len(articles) < 100
    assert "the gzip data is damaged or cut short after line" in str(errors[-1])
