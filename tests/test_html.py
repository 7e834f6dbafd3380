import codecs
import re
from datetime import date

import pytest

from quotes.errors import ArticleFormatError, ArticleTooLongError
from quotes.html import article_from_html, looks_like_html

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>Mayor promises a tram line | The Example Post</title>
<meta property="og:site_name" content="The Example Post">
<meta property="article:published_time" content="2021-06-29T10:00:00Z">
<meta name="author" content="Ines Moreau">
<link rel="canonical" href="https://example.org/tram">
</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Mayor promises a tram line</h1>
<p>The mayor, Ana Duarte, said on Monday that the city would build a tram line along the river.</p>
<blockquote><p>“We have waited long enough,” she told reporters. “The money is there.”</p></blockquote>
<p>Karl Winter, leader of the opposition, called it “a fairy tale with rails” &amp; asked for a vote.</p>
</article><footer>Copyright 2019</footer></body></html>"""


def read(data, encoding=None):
    return article_from_html(data, id="tram.html", path="tram.html", encoding=encoding)


def test_the_article_of_a_page_is_read_without_what_stands_around_it():
    text = read(PAGE.encode()).text
    assert "said on Monday that the city would build a tram line" in text
    assert "“a fairy tale with rails” & asked" in text
    assert "Sport" not in text
    assert "Copyright" not in text


def test_block_quotations_are_kept():
    assert (
        "“We have waited long enough,” she told reporters. “The money is there.”" in read(PAGE.encode()).text
    )


def test_what_the_page_says_about_itself_is_kept():
    article = read(PAGE.encode())
    assert article.title == "Mayor promises a tram line"
    assert article.outlet == "The Example Post"
    assert article.author == "Ines Moreau"
    assert article.url == "https://example.org/tram"
    assert article.published == date(2021, 6, 29)


def test_no_date_is_guessed_from_the_running_text():
    page = re.sub("<meta property=.article.*\n", "", PAGE).replace("on Monday", "on 3 March 2017")
    assert read(page.encode()).published is None


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "latin1", "us-ascii"])
def test_the_encoding_that_a_page_declares_is_used_as_browsers_use_it(declared):
    data = PAGE.replace("utf-8", declared).encode("windows-1252")
    assert "“a fairy tale with rails”" in read(data).text


def test_an_encoding_named_by_the_user_goes_before_the_declared_one():
    assert "“a fairy tale" in read(PAGE.encode("windows-1252"), encoding="windows-1252").text


@pytest.mark.parametrize("declared", ["utf-16", "no-such-encoding", "base64"])
def test_a_declared_encoding_that_cannot_be_is_passed_over(declared):
    assert "“a fairy tale" in read(PAGE.replace("utf-8", declared).encode()).text


def test_a_page_with_an_xml_declaration_and_a_byte_order_mark_is_read():
    data = codecs.BOM_UTF8 + b'<?xml version="1.0" encoding="utf-8"?>\n' + PAGE.encode()
    assert looks_like_html(data)
    assert "“a fairy tale" in read(data).text


def test_bytes_in_another_encoding_are_reported_with_their_offset():
    with pytest.raises(ArticleFormatError, match=r"tram\.html: byte 0x93 at offset \d+ is not valid UTF-8"):
        read(PAGE.encode("windows-1252"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Just text.",
        b"<html></html>",
        b"<html><body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav></body></html>",
        b"<html><body><script>alert('Hello.')</script></body></html>",
        b"<html><body>" + b"<div>" * 50_000,
    ],
)
def test_a_page_without_an_article_is_reported(data):
    with pytest.raises(ArticleFormatError, match="no article was found in this HTML page"):
        read(data)


def test_an_article_too_long_is_reported():
    body = "".join(f"<p>{f'He said {n} times so. ' * 50}</p>" for n in range(1000))
    with pytest.raises(ArticleTooLongError, match="more than the 1,000,000 characters"):
        read(f"<html><body><article>{body}</article></body></html>".encode())


@pytest.mark.parametrize(
    "data", [b"<!DOCTYPE html><p>", b"\n <html lang='en'>", b"<?xml version='1.0'?>\n<html>"]
)
def test_a_page_is_known_by_how_it_begins(data):
    assert looks_like_html(data)


@pytest.mark.parametrize("data", [b"", b"The <html> tag", b"<p>One</p>", b'{"text": "<html>"}'])
def test_other_bytes_are_not_taken_for_a_page(data):
    assert not looks_like_html(data)
