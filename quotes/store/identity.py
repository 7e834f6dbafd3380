"""Which rows are the same thing: ids derived from content, and who is one speaker across articles."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from quotes.model import Quote, SpeakerKind

_WORD = re.compile(r"\w+")
_ID = re.compile(r"[a-z2-7]{16}")
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
# They make a surname longer, not more telling.
_NOT_A_NAME = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "sir",
        "dame",
        "lord",
        "lady",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "capt",
        "lt",
        "sgt",
        "rev",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
    ]
)


def quote_ids(article_id: str, quotes: Sequence[Quote]) -> list[str]:
    """Return an id for each quotation of an article, in their order.

    An id is derived from the article's id, the words of the contents and, for words that come again, how many
    times they came before. Case, punctuation and white space are left out, so that a reader that draws a
    comma into a span, or an edit elsewhere in the article, leaves the id as it is.
    """
    seen: Counter[str] = Counter()
    ids = []
    for quote in quotes:
        words = " ".join(_WORD.findall(quote.text.casefold()))
        ids.append(_digest("quote", article_id, words, str(seen[words])))
        seen[words] += 1
    return ids


def is_id(text: str) -> bool:
    """Return whether a text has the form of an id that was derived here."""
    return _ID.fullmatch(text) is not None


def speaker_id(name: str, kind: SpeakerKind, article_id: str) -> str:
    """Return the id of the speaker of that name and kind met in an article.

    The article matters only where the name alone does not say who it is: see :func:`is_telling`.
    """
    scope = "" if is_telling(name, kind) else article_id
    return _digest("speaker", kind, name_key(name, kind), scope, "" if not scope else "scoped")


def name_key(name: str, kind: SpeakerKind) -> str:
    """Return what two spellings of one name have in common: the same words, whatever their case."""
    key = tidy(unicodedata.normalize("NFKC", name)).casefold()
    return (
        _ARTICLE.sub("", key, count=1)
        if kind in ("organization", "document") and _ARTICLE.match(key)
        else key
    )


def is_telling(name: str, kind: SpeakerKind) -> bool:
    """Return whether a name means the same speaker in every article.

    A person's must be a full name: two words or more, titles and initials not counted. An organization's or a
    document's must be a proper name: *the report* means another one elsewhere. An unnamed speaker's never is.
    """
    if kind == "person":
        words = (re.sub(r"\W", "", word) for word in name.split())
        return sum(len(word) > 1 and word.casefold() not in _NOT_A_NAME for word in words) > 1
    if kind in ("organization", "document"):
        proper = _ARTICLE.sub("", tidy(name), count=1) if _ARTICLE.match(tidy(name)) else tidy(name)
        # A script without case, such as Arabic, says nothing either way: then the name is taken as one.
        return proper != proper.lower() or proper == proper.upper()
    return False


def best_name(names: Iterable[str], kind: SpeakerKind) -> str:
    """Return the form to show of several with the same :func:`name_key`, whatever their order.

    All capitals (*ANTONY BLINKEN*; an abbreviation is fine) and all small letters come after other forms.
    """
    return min(
        names,
        key=lambda name: (
            name.isupper() and " " in name,
            name.islower(),
            kind in ("organization", "document") and bool(_ARTICLE.match(name)),
            name,
        ),
    )


def tidy(name: str) -> str:
    """Return a name on one line, its words one space apart."""
    return " ".join(name.split())


def _digest(*parts: str) -> str:
    # 80 bits: among a hundred million quotations, one chance in 200 million that any two share an id.
    digest = blake2b(json.dumps(parts).encode("ascii"), digest_size=10).digest()
    return b32encode(digest).decode("ascii").lower()
