"""The records everything else passes around: plain data, no input or output.

Offsets are half-open, ``[start, end)``, and count Unicode code points in the article's text exactly as it
was given: ``article.text[span.start:span.end] == span.text`` always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

QuoteKind = Literal["direct", "mixed", "indirect"]
Act = Literal["speech", "writing", "belief", "other"]
SpeakerKind = Literal["person", "organization", "document", "unnamed_person", "unnamed_group"]

QUOTE_KINDS: tuple[QuoteKind, ...] = ("direct", "mixed", "indirect")
ACTS: tuple[Act, ...] = ("speech", "writing", "belief", "other")
SPEAKER_KINDS: tuple[SpeakerKind, ...] = (
    "person",
    "organization",
    "document",
    "unnamed_person",
    "unnamed_group",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news text and what is known about it; ``id`` is unique among the articles of a store.

    ``line`` (from 1) is where it stands in a file of several; the same article elsewhere is no other one.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    path: str | None = None
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever stands behind a source, within one article.

    ``name`` is the fullest form the article gives; ``names`` holds every form it uses, ``name`` first;
    ``roles`` every capacity it gives the speaker, the best first.
    """

    name: str
    kind: SpeakerKind
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution: content said by one source through one cue.

    ``speaker`` is ``None`` where the article does not say, or does not say clearly enough, who spoke.
    ``context`` is the sentence, or the sentences, that the quotation stands in. ``confidence``, in
    ``[0, 1]``, is the probability that content and speaker are both right.
    """

    kind: QuoteKind
    act: Act
    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: Speaker | None
    role: str | None
    confidence: float
    context: Span
    said_on: date | None = None

    @property
    def text(self) -> str:
        """What was said, its fragments joined by `` … ``, without the outermost quotation marks."""
        return " … ".join(_unquoted(span.text) for span in self.contents)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article together with the quotations read out of it, in the order they stand there."""

    article: Article
    quotes: tuple[Quote, ...]


_DOUBLE = '“”„‟"«»'
_SINGLE = "‘’‚‛'‹›"


def _unquoted(text: str) -> str:
    """Return a text without the marks around all of it; marks around a part of it and apostrophes stay."""
    stripped = text.strip()
    first, rest = stripped[:1], stripped[1:]
    if not first or first not in _DOUBLE + _SINGLE:
        return stripped
    alike = _DOUBLE if first in _DOUBLE else _SINGLE
    closed = rest[-1:] != "" and rest[-1:] in alike
    if first in "’'" and not closed:  # an apostrophe: ’90s
        return stripped
    inner = rest[:-1] if closed else rest
    if alike == _DOUBLE and closed and _closes_first(inner):
        return stripped
    return inner.strip()


def _closes_first(inner: str) -> bool:
    """Return whether the first double mark within closes: *late” and “wet*."""
    at = next((i for i, sign in enumerate(inner) if sign in _DOUBLE), -1)
    return at > 0 and not inner[at - 1].isspace() and (at + 1 == len(inner) or not inner[at + 1].isalnum())
