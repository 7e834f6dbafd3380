"""Web pages as articles: the text that trafilatura finds in them, and what their metadata says.

Offsets count in the extracted text, which is what the article's ``text`` holds.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from quotes.dates import parse_day
from quotes.decoding import check_text, decode, is_encoding
from quotes.errors import ArticleFormatError
from quotes.model import Article

MAX_BYTES = 20_000_000
"""A larger page is refused; trafilatura itself goes no further."""

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_START = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.!?…。؟।]['"’”»)]*(?:\s|$)""")


def looks_like_html(data: bytes) -> bool:
    """Say whether the bytes begin as a web page does."""
    return _START.match(data.removeprefix(codecs.BOM_UTF8)[:8192]) is not None


def article_from_html(data: bytes, *, id: str, path: str, encoding: str | None = None) -> Article:  # noqa: A002
    """Return the article of a web page.

    :param encoding: What the bytes are in; by default what the page itself declares, else UTF-8.
    :raises ArticleFormatError: The bytes are not text, or the page holds no article.
    :raises ArticleTooLongError: The article is longer than a reader takes.
    """
    markup = decode(data, name=path, encoding=encoding or _declared_encoding(data))
    page = _extract(markup, path)
    # Out of a page of links comes a list of their labels; an article has at least one sentence.
    if page is None or not _SENTENCE_END.search(page.text or ""):
        raise ArticleFormatError(
            f"{path}: no article was found in this HTML page;"
            " to read it all the same, save its text as a .txt file."
        )
    return Article(
        id=id,
        text=check_text(page.text, name=path),
        title=page.title or None,
        url=page.url or None,
        outlet=page.sitename or None,
        author=page.author or None,
        published=parse_day(page.date) if page.date else None,
        path=path,
    )


def _extract(markup: str, path: str) -> Any:
    # Slow to import, and needed for web pages only.
    import trafilatura  # noqa: PLC0415

    try:
        return trafilatura.bare_extraction(
            markup,
            favor_recall=True,
            include_comments=False,
            with_metadata=True,
            # A date guessed from the running text is often that of another event.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    # The parsers beneath meet hostile pages and raise what they like; one page must not end the batch.
    except Exception as error:
        raise ArticleFormatError(
            f"{path}: this HTML page cannot be parsed ({error}); save its text as a .txt file instead."
        ) from error


def _declared_encoding(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    declared = _DECLARED.search(data[:4096])
    if declared is None:
        return None
    name = declared.group(1).decode("ascii", "replace")
    if not is_encoding(name):
        return None
    found = codecs.lookup(name).name
    # As browsers do: pages that say Latin-1 mean windows-1252, and a page in which this could be read at all
    # is not in UTF-16 (https://encoding.spec.whatwg.org).
    if found.startswith(("utf-8", "utf-16", "utf-32")):
        return None
    return "windows-1252" if found in {"iso8859-1", "ascii"} else found
