import codecs

import pytest

from quotes.decoding import MAX_CHARACTERS, check_encoding, check_text, decode
from quotes.errors import ArticleFormatError, ArticleTooLongError, EmptyArticleError, QueryError


def test_text_comes_out_exactly_as_it_went_in():
    text = "“Café”\r\n\t said\u00a0she.\n\n"
    assert decode(text.encode(), name="a.txt") == text


def test_a_byte_order_mark_stays_a_character():
    assert decode(codecs.BOM_UTF8 + b"Yes.", name="a.txt") == "\ufeffYes."


def test_the_first_byte_that_is_not_utf8_is_named_with_its_offset_and_a_way_out():
    data = "He said “caf".encode() + b"\xe9" + "”.".encode()
    with pytest.raises(ArticleFormatError, match=r"a\.txt: byte 0xe9 at offset 14 .*--encoding windows-1252"):
        decode(data, name="a.txt")


def test_text_cut_within_a_character_is_reported():
    with pytest.raises(ArticleFormatError, match=r"byte 0xe2 at offset 3 is not valid UTF-8"):
        decode("Yes“".encode()[:-1], name="a.txt")


def test_a_named_encoding_is_used():
    assert decode("“café”".encode("cp1252"), name="a.txt", encoding="windows-1252") == "“café”"
    assert decode("“café”".encode("utf-16"), name="a.txt", encoding="utf-16") == "“café”"


def test_bytes_that_are_not_in_the_named_encoding_are_reported():
    with pytest.raises(ArticleFormatError, match="not valid ascii; try another --encoding"):
        decode("“".encode(), name="a.txt", encoding="ascii")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7\n...", "a PDF file; turn it into text first"),
        (b"PK\x03\x04....", "a ZIP archive or an office document"),
        (b"\x1f\x8b\x08....", r"compressed with gzip; unpack it, or name it \.jsonl\.gz"),
        (b"SQLite format 3\0", "a SQLite database; give it to --db"),
        ("Yes.".encode("utf-16"), "not UTF-8 but UTF-16; add --encoding utf-16"),
        ("Yes.".encode("utf-32"), "not UTF-8 but UTF-32; add --encoding utf-32"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "byte 8 is zero, so this is binary data"),
    ],
)
def test_binary_data_is_called_what_it_is(data, sentence):
    with pytest.raises(ArticleFormatError, match=sentence):
        decode(data, name="a.txt")


@pytest.mark.parametrize("text", ["", "   \n\t\r\n", "\ufeff", "\ufeff \u200b\n"])
def test_text_without_a_visible_character_is_empty(text):
    with pytest.raises(EmptyArticleError, match="the article is empty"):
        check_text(text, name="a.txt")


def test_the_longest_article_is_read_and_one_character_more_is_not():
    assert check_text("é" * MAX_CHARACTERS, name="a.txt")
    with pytest.raises(ArticleTooLongError, match="1,000,001 characters are more than the 1,000,000"):
        check_text("é" * (MAX_CHARACTERS + 1), name="a.txt")


def test_what_no_database_can_hold_is_refused():
    with pytest.raises(ArticleFormatError, match="character 3 is a NUL"):
        check_text("Yes\0", name="a.txt")
    with pytest.raises(ArticleFormatError, match="character 1 is half of a surrogate pair"):
        check_text("Y\ud83des", name="a.txt")


@pytest.mark.parametrize("encoding", ["utf8", "windows-1252", "UTF-16", None])
def test_encodings_python_knows_are_accepted(encoding):
    check_encoding(encoding)


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "base64", "", "a\0b"])
def test_what_is_no_text_encoding_is_refused(encoding):
    with pytest.raises(QueryError, match="not the name of an encoding"):
        check_encoding(encoding)
