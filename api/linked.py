"""Quotations as other programs of the web know them: schema.org, Web Annotation, text fragments."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from quotes.store.rows import ArticleRef, QuoteRow

JSON_LD = "application/ld+json"
ANNOTATION_PROFILE = "http://www.w3.org/ns/anno.jsonld"
_AFFIX = 40
_LONG = 120
_EDGES = " \"'“”„‘’«»,"
_SCHEMA_TYPES = {"organization": "Organization", "unnamed_group": "Organization", "document": "CreativeWork"}


def web_address(url: str | None) -> str | None:
    """Return an address if a page may link to it: one of http or https, and no ``javascript:``."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def text_fragment(url: str | None, text: str) -> str | None:
    """Return an article's address with a text fragment that makes a browser scroll to a text in it.

    Source: https://wicg.github.io/scroll-to-text-fragment/
    """
    url = web_address(url)
    if url is None:
        return None
    # Marks may be others there, and a comma before one belongs to the sentence around it.
    text = " ".join(text.split()).strip(_EDGES) or text
    if len(text) <= _LONG:
        directive = _fragment(text)
    else:
        words = text.split(" ")
        # Whole words only: browsers match at their borders.
        directive = f"{_fragment(' '.join(words[:6]))},{_fragment(' '.join(words[-6:]))}"
    return f"{url.partition('#')[0]}#:~:text={directive}"


def archived(url: str | None, day: date | None) -> str | None:
    """Return where the Internet Archive has an article, as near to a day as it can: for when the original is gone."""
    url = web_address(url)
    if url is None:
        return None
    return f"https://web.archive.org/web/{day.strftime('%Y%m%d') if day else '2'}/{url}"


def quotation(row: QuoteRow, address: str) -> dict[str, Any]:
    """Return a quotation as a schema.org ``Quotation``.

    :param address: Where the quotation is found on this server.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "text": row.text,
    }
    if row.speaker is not None:
        creator = {"@type": _SCHEMA_TYPES.get(row.speaker.kind, "Person"), "name": row.speaker.name}
        if row.role and creator["@type"] == "Person":
            creator["jobTitle"] = row.role
        data["creator"] = creator
    if row.said_on:
        data["dateCreated"] = row.said_on.isoformat()
    data["isBasedOn"] = _news_article(row.article)
    return data


def annotation(row: QuoteRow, address: str, text: str) -> dict[str, Any]:
    """Return a quotation as a W3C Web Annotation of its article.

    :param text: The article's, for the words before and after.
    """
    source = web_address(row.article.url) or f"urn:x-quotes:article:{percent(row.article.id, safe='')}"
    body: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": row.kind}]
    if row.speaker is not None:
        said = f"{row.speaker.name}, {row.role}" if row.role else row.speaker.name
        body.append({"type": "TextualBody", "purpose": "identifying", "value": said})
    return {
        "@context": ANNOTATION_PROFILE,
        "id": address,
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": [
            {
                "source": source,
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": span.text,
                        "prefix": text[max(0, span.start - _AFFIX) : span.start],
                        "suffix": text[span.end : span.end + _AFFIX],
                    },
                    {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                ],
            }
            for span in row.contents
        ],
    }


def _news_article(article: ArticleRef) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "NewsArticle", "identifier": article.id}
    if article.title:
        data["headline"] = article.title
    if url := web_address(article.url):
        data["url"] = url
    if article.published:
        data["datePublished"] = article.published.isoformat()
    if article.outlet:
        data["publisher"] = {"@type": "Organization", "name": article.outlet}
    return data


def _fragment(text: str) -> str:
    # A dash and a comma mean something there.
    return percent(text, safe="").replace("-", "%2D")
