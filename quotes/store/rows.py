"""What goes into a question to the store, and what comes out: plain data, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from quotes.errors import QueryError
from quotes.model import ACTS, QUOTE_KINDS, Act, Article, QuoteKind, Span, SpeakerKind
from quotes.roles import fullest

Outcome = Literal["added", "updated", "unchanged"]
Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list of quotations, to go on from; valid for the question that gave it, sort included.

    ``value`` is what the list is sorted by (an ISO date, ``None`` for no date, or a relevance), ``number``
    breaks ties.
    """

    value: str | float | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteQuery:
    """A question about quotations; a quotation answers it when it meets every field that is given.

    :param words: Words to find in what was said, who said it or in what role; all of them, unless preceded by
        a minus. ``"…"`` keeps words together, a ``*`` at the end of a word takes any ending.
    :param speaker: A speaker's id, or words that one of the speaker's names contains.
    :param role: Words that the role contains, in this order.
    :param outlet: The outlet's name, in any case.
    :param article: An article's id.
    :param date_from: First day, inclusive, of what was said (or, where that is unknown, published).
    :param date_to: Last day, inclusive.
    :param min_confidence: In ``[0, 1]``.
    :param sort: ``None`` is relevance where there are words, else newest. What has no date comes last.
    :param limit: At least 1.
    :param after: The cursor of the row to go on after.
    :param without: Numbers of rows to leave out, as cursors hold them.
    :raises QueryError: A value is outside its range, or two contradict each other.
    """

    words: str | None = None
    speaker: str | None = None
    role: str | None = None
    kind: QuoteKind | None = None
    act: Act | None = None
    outlet: str | None = None
    article: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    min_confidence: float | None = None
    sort: Sort | None = None
    limit: int = 50
    after: Cursor | None = None
    without: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        _check_choice("kind", self.kind, QUOTE_KINDS)
        _check_choice("act", self.act, ACTS)
        _check_choice("sort", self.sort, get_args(Sort))
        if self.sort == "relevance" and self.words is None:
            raise QueryError(
                "Sorting by relevance needs words to be relevant to: give some, or sort by newest."
            )
        if self.limit < 1:
            raise QueryError(f"A limit of {self.limit} is too small: ask for at least 1 quotation.")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise QueryError(f"A confidence of {self.min_confidence} is out of range: give 0 to 1.")
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise QueryError(
                f"The first day, {self.date_from}, comes after the last, {self.date_to}: exchange the two."
            )
        if self.after is not None:
            self._check_cursor(self.after)

    @property
    def asks(self) -> frozenset[str]:
        """The names of the fields that a quotation must meet."""
        return frozenset(name for name in _FILTERS if getattr(self, name) is not None)

    @property
    def order(self) -> Sort:
        """How the answer is sorted."""
        return self.sort or ("newest" if self.words is None else "relevance")

    def _check_cursor(self, cursor: Cursor) -> None:
        fits = (
            isinstance(cursor.value, float)
            if self.order == "relevance"
            else cursor.value is None or isinstance(cursor.value, str)
        )
        if not fits:
            raise QueryError("The cursor belongs to a list sorted otherwise: start again without it.")


_FILTERS = (
    "words",
    "speaker",
    "role",
    "kind",
    "act",
    "outlet",
    "article",
    "date_from",
    "date_to",
    "min_confidence",
)


def _check_choice(name: str, value: str | None, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        raise QueryError(f"“{value}” is no {name}: choose one of {', '.join(choices)}.")


@dataclass(frozen=True, slots=True)
class SpeakerRef:
    """The speaker of a quotation, as the whole store knows the speaker."""

    id: str
    name: str
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """Where a quotation stands."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A stored quotation.

    ``position`` counts from 0 within the article. ``date`` is the day it was said or, where that is unknown,
    published. ``cursor`` goes on after this row, in the list that it came in.
    """

    id: str
    article: ArticleRef
    position: int
    kind: QuoteKind
    act: Act
    text: str
    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: SpeakerRef | None
    role: str | None
    confidence: float
    context: Span
    said_on: date | None
    date: date | None
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A stored article, the version of the reader that read it, and how many quotations it has."""

    article: Article
    reader_version: str
    quotations: int


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A capacity in which articles present a speaker: how many, from when to when, and the latest of them."""

    role: str
    articles: int
    first: date | None
    date: date | None
    article_id: str


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker: every name and role in use, and the quotations' number, first and last day.

    ``article_id`` is set where the speaker is known within that article only: a bare surname, *an official*.
    """

    id: str
    name: str
    kind: SpeakerKind
    article_id: str | None
    names: tuple[str, ...]
    roles: tuple[RoleUse, ...]
    quotations: int
    first: date | None
    last: date | None

    @property
    def role(self) -> str | None:
        """The role that says most of the speaker."""
        return fullest({use.role: use.articles for use in self.roles})


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much a store holds; ``attributed`` counts quotations with a speaker, ``by_reader`` articles."""

    articles: int
    quotations: int
    speakers: int
    attributed: int
    first: date | None
    last: date | None
    by_kind: Mapping[str, int]
    by_reader: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SpeakerItem:
    """A speaker in a list; ``number`` is the speaker's place in the file, by which a list goes on.

    ``role`` is the one that says most of the speaker: see :func:`quotes.roles.fullest`.
    """

    number: int
    id: str
    name: str
    kind: SpeakerKind
    role: str | None
    names: tuple[str, ...]
    quotations: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class RoleItem:
    """A role in a list, with the number and the days of the quotations made in it."""

    number: int
    name: str
    quotations: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """An article in a list, without its text; ``cursor`` goes on after it."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    author: str | None
    published: date | None
    quotations: int
    cursor: Cursor


def read_day(iso: str | None) -> date | None:
    """Return a day as the tables keep it, ``YYYY-MM-DD`` or nothing, as a date."""
    return date.fromisoformat(iso) if iso else None
