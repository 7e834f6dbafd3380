import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import (
    ArticleError,
    ArticleFormatError,
    ArticleNotFoundError,
    ArticleTooLongError,
    EmptyArticleError,
    QueryError,
)
from quotes.reading import find_files, holds_one_article, read_articles

PAGE = "<html><head></head><body><article><p>“Yes,” said Ana Duarte.</p></article></body></html>"


def read(*paths, **options):
    errors, notes = [], []
    articles = list(read_articles(paths, on_error=errors.append, on_note=notes.append, **options))
    return articles, errors, notes


def write(path, content="“Yes,” she said."):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_is_an_article_called_after_it(tmp_path):
    path = write(tmp_path / "tram.2021.txt", " “Yes,”\r\nshe said.\n\n")
    (article,), errors, _ = read(path)
    assert not errors
    assert (article.id, article.text, article.path) == ("tram.2021", " “Yes,”\r\nshe said.\n\n", str(path))
    assert article.title is article.published is article.outlet is None


def test_a_leading_date_is_when_it_was_published_and_stays_in_the_text(tmp_path):
    (article,), _, _ = read(write(tmp_path / "a.txt", " date 2021-06-29 “Yes,” she said."))
    assert article.published == date(2021, 6, 29)
    assert article.text.startswith(" date 2021-06-29")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_are_read_exactly_or_reported(tmp_path, data):
    (articles, errors, _) = read(write(tmp_path / "a.txt", data))
    assert len(articles) + len(errors) == 1
    assert all(article.text.encode() == data for article in articles)


def test_a_page_and_json_lines_are_known_by_their_endings(tmp_path):
    line = json.dumps({"text": "Yes, she said."}).encode()
    paths = [
        write(tmp_path / "a.HTML", PAGE),
        write(tmp_path / "b.htm", PAGE),
        write(tmp_path / "c.jsonl", line),
        write(tmp_path / "d.jsonl.gz", gzip.compress(line + b"\n" + line)),
    ]
    articles, errors, _ = read(*paths)
    assert not errors
    assert [article.id for article in articles] == [
        "a.HTML",
        "b.htm",
        "c.jsonl:1",
        "d.jsonl.gz:1",
        "d.jsonl.gz:2",
    ]


@pytest.mark.parametrize(
    ("content", "id_", "text"),
    [
        ("“Yes,” she said.", "article.md", "“Yes,” she said."),
        (PAGE, "article.md", "“Yes,” said Ana Duarte."),
        ('{"text": "Yes, she said."}', "article.md:1", "Yes, she said."),
    ],
)
def test_a_file_of_another_ending_is_judged_by_how_it_begins(tmp_path, content, id_, text):
    (article,), _, _ = read(write(tmp_path / "article.md", content))
    assert (article.id, article.text) == (id_, text)


def test_a_folder_is_read_by_name_with_the_folders_in_it(tmp_path):
    for name in ("b.txt", "a.txt", "z/c.txt", "z/y/d.txt", "k/e.txt"):
        write(tmp_path / name)
    articles, errors, notes = read(tmp_path)
    assert [article.id for article in articles] == ["a", "b", "e", "c", "d"]
    assert not errors
    assert not notes


def test_hidden_files_are_passed_over_and_others_are_noted(tmp_path):
    for name in ("a.txt", ".b.txt", ".git/c.txt", "d.pdf", "e.docx", "f", "g.csv"):
        write(tmp_path / name)
    articles, errors, notes = read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert not errors
    (note,) = notes
    assert "4 files are left out, being neither text, HTML nor JSON Lines: d.pdf, e.docx, f, …" in note


@pytest.mark.parametrize(
    ("content", "text"),
    [(" “Yes,” she said.\n", " “Yes,” she said.\n"), (PAGE, "“Yes,” said Ana Duarte.")],
)
def test_standard_input_is_an_article_called_after_its_content(content, text):
    (article,), _, _ = read("-", stdin=io.BytesIO(content.encode()))
    (again,), _, _ = read("-", stdin=io.BytesIO(content.encode()))
    (other,), _, _ = read("-", stdin=io.BytesIO(content.replace("Yes", "No").encode()))
    assert article.text == text
    assert article.path is None
    assert article.id == again.id != other.id


def test_json_lines_come_through_standard_input_as_well():
    articles, errors, _ = read(
        "-", stdin=io.BytesIO(b'{"text": "Yes, she said."}\n{"text": 1}\n{"text": "No, he said."}\n')
    )
    assert [article.id for article in articles] == ["stdin:1", "stdin:3"]
    assert "stdin, line 2: “text” is a number" in str(errors[0])


def test_files_may_be_in_another_encoding(tmp_path):
    (article,), _, _ = read(write(tmp_path / "a.txt", "“Café”".encode("utf-16")), encoding="utf-16")
    assert article.text == "“Café”"


def test_an_encoding_that_does_not_exist_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(QueryError, match="'klingon' is not the name of an encoding"):
        read(write(tmp_path / "a.txt"), encoding="klingon")


@pytest.mark.parametrize(
    ("name", "content", "kind", "sentence"),
    [
        ("a.txt", b"", EmptyArticleError, "the article is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", ArticleFormatError, "binary data"),
        ("a.txt", b"\0" * 5_000_000, ArticleFormatError, "binary data"),
        ("a.txt", b"caf\xe9, he said", ArticleFormatError, "byte 0xe9 at offset 3"),
        ("a.txt", b"a" * 1_000_001, ArticleTooLongError, "1,000,001 characters"),
        ("a.txt", b"a" * 5_000_000, ArticleTooLongError, "more than 4,000,000 bytes"),
        ("a.html", b"<html></html>", ArticleFormatError, "no article was found"),
        ("a.html", b" " * 20_000_001, ArticleTooLongError, "more than 20,000,000 bytes"),
        ("a.json", b'{\n  "text": "Yes."\n}', ArticleFormatError, "line 1: this is not JSON"),
        ("a.jsonl.gz", b'{"text": "Yes."}', ArticleFormatError, "the gzip data is damaged"),
    ],
)
def test_a_file_that_holds_no_article_is_reported_and_the_others_are_read(
    tmp_path, name, content, kind, sentence
):
    path = write(tmp_path / name, content)
    articles, errors, _ = read(write(tmp_path / "before.txt"), path, write(tmp_path / "behind.txt"))
    assert [article.id for article in articles] == ["before", "behind"]
    assert type(errors[0]) is kind
    assert str(errors[0]).startswith(str(path))
    assert sentence in str(errors[0])


def test_what_is_not_there_is_reported(tmp_path):
    write(tmp_path / "a.txt")
    missing = [tmp_path / "b.txt", tmp_path / "a.txt" / "c.txt", tmp_path / "folder" / "d.txt"]
    articles, errors, _ = read(tmp_path / "a.txt", *missing)
    assert len(articles) == 1
    assert [str(error) for error in errors] == [
        f"{path}: there is no such file or folder; check the path." for path in missing
    ]


def test_a_folder_without_articles_is_reported(tmp_path):
    write(tmp_path / "folder" / "picture.png")
    _, (error,), notes = read(tmp_path / "folder")
    assert type(error) is ArticleNotFoundError
    assert "this folder holds no article; the names of articles end in .txt, .html, .htm, .jsonl" in str(
        error
    )
    assert "1 file is left out" in notes[0]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the superuser"
)
def test_what_may_not_be_read_is_reported(tmp_path):
    write(tmp_path / "a.txt").chmod(0)
    write(tmp_path / "folder" / "b.txt").parent.chmod(0)
    _, errors, _ = read(tmp_path / "a.txt", tmp_path / "folder")
    (tmp_path / "folder").chmod(0o700)
    assert [str(error).split(": ", 1)[1] for error in errors[:2]] == [
        "it cannot be read (Permission denied)."
    ] * 2


def test_a_link_that_leads_nowhere_is_reported(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    _, (error,), _ = read(tmp_path)
    assert "there is no such file" in str(error)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_becomes_text_that_can_be_stored(tmp_path):
    (article,), _, _ = read(write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))))
    assert article.id == "caf\\xe9"
    assert article.path.encode()


def test_without_anyone_to_tell_the_first_error_is_raised(tmp_path):
    with pytest.raises(ArticleError, match="there is no such file"):
        list(read_articles([tmp_path / "a.txt"]))


def test_articles_are_read_one_at_a_time(tmp_path):
    articles = read_articles([write(tmp_path / "a.txt"), tmp_path / "missing.txt"])
    assert next(articles).id == "a"


def test_files_are_found_without_being_opened(tmp_path):
    write(tmp_path / "a.txt")
    write(tmp_path / "b.jsonl", b"")
    found = list(find_files([tmp_path, "-", "missing.html"]))
    assert found == [str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl"), "-", "missing.html"]
    assert [holds_one_article(path) for path in found] == [True, False, False, True]
