"""Readings as plain JSON: what ``quotes extract`` prints and what other programs build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.model import Article, Quote, Reading, Span

if TYPE_CHECKING:
    from quotes.store import QuoteRow, SpeakerRow


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """Return the article's particulars and its quotations, ready for ``json.dumps``."""
    return {
        "article": article_to_json(reading.article),
        "quotes": [quote_to_json(quote) for quote in reading.quotes],
    }


def article_to_json(article: Article) -> dict[str, Any]:
    """Return what is known about the article, its text aside."""
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published and article.published.isoformat(),
    }


def quote_to_json(quote: Quote) -> dict[str, Any]:
    """Return the quotation; what the article does not tell is ``None``."""
    speaker = quote.speaker
    return {
        "kind": quote.kind,
        "act": quote.act,
        "text": quote.text,
        "contents": [_span(span) for span in quote.contents],
        "cue": quote.cue and _span(quote.cue),
        "source": quote.source and _span(quote.source),
        "speaker": speaker and {"name": speaker.name, "kind": speaker.kind},
        "role": quote.role,
        "confidence": round(quote.confidence, 4),
        "said_on": quote.said_on and quote.said_on.isoformat(),
        "context": _span(quote.context),
    }


def row_to_json(row: QuoteRow) -> dict[str, Any]:
    """Return the stored quotation with its speaker and article; what is not known is ``None``."""
    speaker, article = row.speaker, row.article
    return {
        "id": row.id,
        "kind": row.kind,
        "act": row.act,
        "text": row.text,
        "contents": [_span(span) for span in row.contents],
        "cue": row.cue and _span(row.cue),
        "source": row.source and _span(row.source),
        "speaker": speaker and {"id": speaker.id, "name": speaker.name, "kind": speaker.kind},
        "role": row.role,
        "confidence": round(row.confidence, 4),
        "said_on": row.said_on and row.said_on.isoformat(),
        "context": _span(row.context),
        "article": {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "url": article.url,
            "published": article.published and article.published.isoformat(),
        },
    }


def speaker_to_json(row: SpeakerRow) -> dict[str, Any]:
    """Return the stored speaker with every name and role."""
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "names": list(row.names),
        "roles": [
            {
                "role": use.role,
                "articles": use.articles,
                "first": use.first and use.first.isoformat(),
                "last": use.date and use.date.isoformat(),
            }
            for use in row.roles
        ],
        "article_id": row.article_id,
        "quotations": row.quotations,
        "first": row.first and row.first.isoformat(),
        "last": row.last and row.last.isoformat(),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
