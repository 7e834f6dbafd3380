"""Where in a text things stand, cut into pieces that a template can put marks around."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.model import Quote, Span
from quotes.roles import fullest
from quotes.spelling import plain
from quotes.store import QuoteRow

#: How many colours speakers have before they begin again.
COLOURS = 10
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what it is: ``hit`` a match, ``cue`` a cue, ``source`` the words for the speaker."""

    text: str
    hit: bool = False
    cue: bool = False
    source: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Whoever is quoted in a text: a colour of their own, the role that says most, and how often."""

    number: int
    name: str
    kind: str
    id: str | None
    role: str | None
    quotations: int

    @property
    def colour(self) -> int:
        """Which colour, from 0."""
        return self.number % COLOURS


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation as it is marked in its text; ``number`` counts from 1, ``voice`` is its speaker."""

    number: int
    quote: QuoteRow | Quote
    voice: Voice | None

    @property
    def colour(self) -> str:
        """The end of a class name."""
        return "none" if self.voice is None else str(self.voice.colour)

    @property
    def sign(self) -> str:
        """What tells the speaker from all others, also where the colour does not."""
        return "?" if self.voice is None else str(self.voice.number + 1)

    @property
    def id(self) -> str | None:
        """The stored quotation's id."""
        return self.quote.id if isinstance(self.quote, QuoteRow) else None


@dataclass(slots=True)
class Run:
    """Pieces side by side within one quotation, or outside all; ``is_end`` where the quotation ends."""

    mark: Marked | None
    pieces: list[Piece] = field(default_factory=list)
    is_end: bool = False
    is_start: bool = False


def voices(quotes: Sequence[QuoteRow] | Sequence[Quote]) -> tuple[list[Marked], list[Voice]]:
    """Return a text's quotations with their speakers, and the speakers, the most quoted first."""
    every: list[QuoteRow | Quote] = list(quotes)
    said: dict[tuple[str, str], list[QuoteRow | Quote]] = {}
    for quote in every:
        if quote.speaker is not None:
            said.setdefault((quote.speaker.name, quote.speaker.kind), []).append(quote)
    ordered = sorted(said.items(), key=lambda each: -len(each[1]))
    found = {
        who: Voice(
            number,
            name=who[0],
            kind=who[1],
            id=getattr(quotes_of[0].speaker, "id", None),
            role=fullest(Counter(quote.role for quote in quotes_of if quote.role)),
            quotations=len(quotes_of),
        )
        for number, (who, quotes_of) in enumerate(ordered)
    }
    marked = [
        Marked(number, quote, found[(quote.speaker.name, quote.speaker.kind)] if quote.speaker else None)
        for number, quote in enumerate(every, 1)
    ]
    return marked, list(found.values())


def paragraphs(
    text: str, marked: Iterable[Marked], *, start: int = 0, end: int | None = None
) -> list[list[Run]]:
    """Return a text's paragraphs, each cut into runs; where quotations nest, the inner one counts.

    :param start: Where to begin, and ``end`` where to stop: best at the border of a paragraph.
    """
    lines: list[list[Run]] = [[]]
    for first, last, mark, is_cue, is_source in _stretches(marked, start, len(text) if end is None else end):
        for number, part in enumerate(text[first:last].split("\n")):
            if number:
                lines.append([])
            if not part:
                continue
            line = lines[-1]
            if not line or line[-1].mark is not mark:
                line.append(Run(mark))
            line[-1].pieces.append(Piece(part, cue=is_cue, source=is_source))
    found = [line for line in lines if any(piece.text.strip() for run in line for piece in run.pieces)]
    _find_ends(found)
    return found


def around(text: str, spans: Iterable[Span], *, more: int = 1, most: int = 2000) -> tuple[int, int]:
    """Return the borders of the paragraphs that some spans stand in, and of ``more`` before and after.

    :param most: Characters before the first span and after the last, at most.
    """
    spans = list(spans)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    low, high = max(0, start - most), min(len(text), end + most)
    for _ in range(more + 1):
        start = max(low, text.rfind("\n", low, low + len(text[low:start].rstrip())) + 1)
        following = text.find("\n", high - len(text[end:high].lstrip()), high)
        end = high if following < 0 else following
    return start, end


def hits(text: str, wanted: Iterable[str]) -> list[Piece]:
    """Return a text cut at the words and phrases that were looked for, as the full-text index takes them."""
    words = [(match.start(), match.end(), plain(match[0])) for match in _WORD.finditer(text)]
    found: set[int] = set()
    for phrase in wanted:
        parts = [plain(part) for part in _WORD.findall(phrase)]
        any_ending = phrase.endswith("*")
        for first in range(len(words) - len(parts) + 1):
            if parts and _is_at(words, first, parts, any_ending=any_ending):
                found.update(range(first, first + len(parts)))
    pieces: list[Piece] = []
    place = 0
    for number in sorted(found):
        start, end, _ = words[number]
        if start > place:
            pieces.append(Piece(text[place:start]))
        pieces.append(Piece(text[start:end], hit=True))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return pieces


def within(context: Span, spans: Iterable[Span]) -> list[Piece]:
    """Return a context cut at the spans that stand in it, these as hits."""
    inside = sorted((max(span.start, context.start), min(span.end, context.end)) for span in spans)
    pieces: list[Piece] = []
    place = context.start
    for start, end in inside:
        if end <= start or start < place:
            continue
        pieces.append(Piece(context.text[place - context.start : start - context.start]))
        pieces.append(Piece(context.text[start - context.start : end - context.start], hit=True))
        place = end
    pieces.append(Piece(context.text[place - context.start :]))
    return [piece for piece in pieces if piece.text]


_Stretch = tuple[int, int, Marked | None, bool, bool]


def _stretches(marked: Iterable[Marked], start: int, end: int) -> Iterator[_Stretch]:
    """Yield what lies between any two borders of spans: its quotation, and whether it is cue or source."""
    spans: list[tuple[Span, Marked | str]] = []
    for mark in marked:
        spans += [(span, mark) for span in mark.quote.contents]
        spans += [(mark.quote.cue, "cue")] if mark.quote.cue else []
        spans += [(mark.quote.source, "source")] if mark.quote.source else []
    spans.sort(key=lambda each: each[0].start)
    places = {place for span, _ in spans for place in (span.start, span.end) if start < place < end}
    waiting = 0
    active: list[tuple[Span, Marked | str]] = []
    for first, last in pairwise([start, *sorted(places), end]):
        while waiting < len(spans) and spans[waiting][0].start <= first:
            active.append(spans[waiting])
            waiting += 1
        active = [each for each in active if each[0].end > first]
        inner: tuple[Span, Marked | str] | None = min(
            (each for each in active if isinstance(each[1], Marked)),
            key=lambda each: each[0].end - each[0].start,
            default=None,
        )
        kinds = {what for _, what in active if isinstance(what, str)}
        owner = inner[1] if inner is not None and isinstance(inner[1], Marked) else None
        yield first, last, owner, "cue" in kinds, "source" in kinds


def _find_ends(lines: Sequence[Sequence[Run]]) -> None:
    """Note where each quotation begins, and where it ends."""
    last: dict[int, Run] = {}
    for run in (run for line in lines for run in line):
        if run.mark is not None:
            run.is_start = run.mark.number not in last
            last[run.mark.number] = run
    for run in last.values():
        run.is_end = True


def _is_at(
    words: Sequence[tuple[int, int, str]], first: int, parts: Sequence[str], *, any_ending: bool
) -> bool:
    there = [word for _, _, word in words[first : first + len(parts)]]
    if any_ending:
        return there[:-1] == list(parts[:-1]) and there[-1].startswith(parts[-1])
    return there == list(parts)
