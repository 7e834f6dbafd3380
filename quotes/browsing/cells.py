"""How a cell is shown on a page: names, titles and ids lead on, hits of a search are marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from quotes.browsing.addresses import tilde_encoded

_HIT = re.compile("⟦(.*?)⟧", re.DOTALL)
_FRAGMENT_WORDS = 8


def shown(
    column: str, value: Any, row: Mapping[str, Any], *, speakers: str, quotations: str
) -> Markup | None:
    """Return what a page shows for a value; ``None`` for what Datasette would show.

    :param row: The whole row, as far as it was asked for.
    :param speakers: The address of the table of speakers.
    :param quotations: The address of the table of quotations.
    """
    match column, value:
        case "who", None:
            return Markup("<em>not clear</em>")
        case "who", str() if row.get("speaker_id"):
            return _link(f"{speakers}/{tilde_encoded(row['speaker_id'])}", value)
        case "what", str() if "⟦" in value:
            # The text is escaped first, so the marks are the only HTML in it.
            return Markup(_HIT.sub(r"<mark>\1</mark>", str(escape(value))))  # noqa: S704
        case "title", _ if _is_address(row.get("url")):
            return _link(row["url"] + _fragment(row), value or "the article")
        case "confidence", float():
            return escape(f"{value:.0%}")
        case (("id" | "quote_id"), str()) if column == "quote_id" or "what" in row:
            return _link(f"{quotations}?{urlencode({'id': value})}", value)
        case "same_words", int():
            return _link(f"{quotations}?{urlencode({'same_words': value})}", "all of them")
    return None


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def _is_address(url: Any) -> bool:
    return isinstance(url, str) and url.startswith(("http://", "https://")) and not re.search(r"\s", url)


def _fragment(row: Mapping[str, Any]) -> str:
    """Return the part of an address that makes browsers show the quotation's first words in the article."""
    said = row.get("what")
    if not isinstance(said, str) or "#" in row["url"]:
        return ""
    words = re.sub("[⟦⟧]", "", said).split("…")[0].split()[:_FRAGMENT_WORDS]
    # A hyphen parts the fragment's own fields: https://wicg.github.io/scroll-to-text-fragment/#syntax
    return f"#:~:text={quote(' '.join(words), safe='').replace('-', '%2D')}" if words else ""
