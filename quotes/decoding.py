"""Bytes to text, without ever changing what stands there: every offset counts in the text that comes out.

A byte order mark is the one thing a plain UTF-8 decoder and an editor disagree about. It is kept, as the
character U+FEFF, so that the offsets hold in what ``bytes.decode("utf-8")`` gives.
"""

from __future__ import annotations

import codecs
import io

from quotes.errors import ArticleFormatError, ArticleTooLongError, EmptyArticleError, QueryError

MAX_CHARACTERS = 1_000_000
"""The longest article that is read, in code points: some 160,000 words, longer than most novels."""

MAX_BYTES = 4 * MAX_CHARACTERS
"""No text file of :data:`MAX_CHARACTERS` is larger in UTF-8, UTF-16 or UTF-32."""

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"

_SIGNATURES = (
    (b"%PDF-", "a PDF file", "turn it into text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "save it as plain text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as plain text or HTML"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it, or name it .jsonl.gz if it holds JSON Lines"),
    (b"SQLite format 3\0", "a SQLite database", "give it to --db"),
    (codecs.BOM_UTF32_LE, "not UTF-8 but UTF-32", "add --encoding utf-32"),
    (codecs.BOM_UTF16_LE, "not UTF-8 but UTF-16", "add --encoding utf-16"),
    (codecs.BOM_UTF16_BE, "not UTF-8 but UTF-16", "add --encoding utf-16"),
)


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """Return the text that the bytes stand for, every character of it.

    :param name: What to call the bytes in an error: a path, or a path and a line.
    :param encoding: One of Python's encodings; UTF-8 if not given.
    :raises ArticleFormatError: The bytes are not text, or not in that encoding.
    """
    if encoding is None:
        _refuse_other_formats(data, name)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise ArticleFormatError(_undecodable(data, name, encoding, error)) from error


def check_encoding(encoding: str | None) -> None:
    """Do nothing for the name of a text encoding, or for ``None``.

    :raises QueryError: There is no such encoding.
    """
    if encoding is not None and not is_encoding(encoding):
        raise QueryError(
            f"{encoding!r} is not the name of an encoding; try utf-8, windows-1252, latin-1 or utf-16."
        )


def is_encoding(name: str) -> bool:
    """Say whether there is an encoding of that name which turns bytes into text."""
    try:
        # Looking it up is not enough: "base64" and "rot13" would be found as well.
        io.TextIOWrapper(io.BytesIO(), encoding=name)
    except (LookupError, ValueError):
        return False
    return True


def check_text(text: str, *, name: str) -> str:
    """Return the text itself, if it can be an article's.

    :raises EmptyArticleError: It holds nothing but white space.
    :raises ArticleTooLongError: It is longer than :data:`MAX_CHARACTERS`.
    :raises ArticleFormatError: It holds a NUL or half a surrogate pair, as no real text does and no
        database or JSON reader would take unharmed.
    """
    if len(text) > MAX_CHARACTERS:
        raise too_long(name, f"{len(text):,} characters")
    if not text.strip().strip(_INVISIBLE).strip():
        raise EmptyArticleError(f"{name}: the article is empty; it needs some text.")
    if (place := text.find("\0")) >= 0:
        raise ArticleFormatError(
            f"{name}: character {place:,} is a NUL, so this is not text;"
            " give a text, HTML or JSON Lines file."
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArticleFormatError(
            f"{name}: character {error.start:,} is half of a surrogate pair, which is not a character;"
            " write the text out again as valid UTF-8."
        ) from error
    return text


def too_long(name: str, size: str) -> ArticleTooLongError:
    """Return the error for an article of that size, the size in words."""
    return ArticleTooLongError(
        f"{name}: {size} are more than the {MAX_CHARACTERS:,} characters that one article may have;"
        " split it into its articles."
    )


def _refuse_other_formats(data: bytes, name: str) -> None:
    for signature, what, advice in _SIGNATURES:
        if data.startswith(signature):
            raise ArticleFormatError(f"{name}: this is {what}; {advice}.")
    if (place := data.find(b"\0")) >= 0:
        raise ArticleFormatError(
            f"{name}: byte {place:,} is zero, so this is binary data and not text;"
            " give a text, HTML or JSON Lines file."
        )


def _undecodable(data: bytes, name: str, encoding: str | None, error: UnicodeDecodeError) -> str:
    found = "its end"
    if error.start < len(data):
        found = f"byte 0x{data[error.start]:02x} at offset {error.start:,}"
    if encoding is not None:
        return f"{name}: {found} is not valid {encoding}; try another --encoding."
    return (
        f"{name}: {found} is not valid UTF-8; save the file as UTF-8 or name its encoding,"
        " for example --encoding windows-1252."
    )
