"""What goes in and out, as marshmallow schemas: what is taken is checked by them, and the API's description,
``/openapi.json``, is made from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from quotes.dates import parse_from, parse_to
from quotes.errors import QueryError
from quotes.model import ACTS, QUOTE_KINDS, SPEAKER_KINDS

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
MAX_CURSOR = 6000
_MAX_TEXT = 1000


class Day(fields.Field[date]):
    """A day, a month or a year as people write them: the first of its days, or the last."""

    def __init__(self, parse: Callable[[str], date], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._parse = parse

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str):
            raise ValidationError("Write a date, such as 2021-06-29.")
        try:
            return self._parse(value)
        except QueryError as error:
            raise ValidationError(str(error)) from error


def _text(description: str, *, maximum: int = _MAX_TEXT, **kwargs: Any) -> fields.String:
    return fields.String(
        validate=validate.Length(1, maximum), metadata={"description": description, **kwargs}
    )


def _choice(choices: tuple[str, ...], description: str) -> fields.String:
    return fields.String(validate=validate.OneOf(choices), metadata={"description": description})


def _said(description: str, **kwargs: Any) -> dict[str, Any]:
    return {"metadata": {"description": description, **kwargs}}


class Strict(Schema):
    """Takes what it knows and nothing else."""

    class Meta:
        """Marshmallow's settings."""

        unknown = RAISE


# Parameters


class Nothing(Strict):
    """No parameter at all."""


class PageArgs(Strict):
    """Which part of a list."""

    limit = fields.Integer(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "At most so many on a page."},
    )
    cursor = fields.String(
        validate=[validate.Length(1, MAX_CURSOR), validate.Regexp(r"^[A-Za-z0-9_-]+\Z", error="No cursor.")],
        metadata={"description": "Where to go on: part of the address that `next` gave."},
    )
    count = fields.Boolean(
        load_default=False,
        truthy={"true", "on", "yes", "1"},
        falsy={"false", "off", "no", "0"},
        metadata={"description": "Whether to count all that answer the question, which takes longer."},
    )


_QUOTE_FILTERS: dict[str, fields.Field[Any]] = {
    "q": _text(
        "Words to find in what was said, who said it and in what role: all of them. Quotation marks keep "
        "words together, a minus takes a word away, a `*` stands for any ending; `speaker:`, `role:`, "
        "`kind:`, `outlet:` and `date:` (`2021-06`, `2021..2022-03`) narrow down.",
        maximum=4000,
        example="strikes role:spokesman",
    ),
    "speaker": _text("A speaker's id, or words that one of the speaker's names contains."),
    "role": _text("Words that the role contains, side by side."),
    "kind": _choice(QUOTE_KINDS, "How it is quoted: all, some or none of it between quotation marks."),
    "act": _choice(ACTS, "What the words around it say it was."),
    "article": _text("An article's id."),
    "outlet": _text("The name of the outlet, in any case."),
    "date_from": Day(
        parse_from,
        data_key="from",
        metadata={
            "description": "First day on which it was said or, where that is unknown, published. A year, a "
            "month, or a date in English words will do.",
            "type": "string",
            "format": "date",
        },
    ),
    "date_to": Day(
        parse_to,
        data_key="to",
        metadata={
            "description": "Last day; a year or month counts to its end.",
            "type": "string",
            "format": "date",
        },
    ),
    "min_confidence": fields.Float(
        validate=validate.Range(0, 1),
        metadata={"description": "Lowest probability that content and speaker are both right."},
    ),
    "sort": _choice(
        ("relevance", "newest", "oldest"),
        "What comes first; without it, relevance where there are words in `q`, else the newest.",
    ),
}

QuoteFilters = Strict.from_dict(_QUOTE_FILTERS, name="QuoteFilters")
QuoteArgs = PageArgs.from_dict(_QUOTE_FILTERS, name="QuoteArgs")
_WITHOUT_SPEAKER = {name: field for name, field in _QUOTE_FILTERS.items() if name != "speaker"}
SpeakerQuoteArgs = PageArgs.from_dict(_WITHOUT_SPEAKER, name="SpeakerQuoteArgs")
SpeakerQuoteFilters = Strict.from_dict(_WITHOUT_SPEAKER, name="SpeakerQuoteFilters")

_SPEAKER_FILTERS: dict[str, fields.Field[Any]] = {
    "q": _text("A name or part of one. Where nobody is called that, the nearest spelling is taken."),
    "kind": _choice(SPEAKER_KINDS, "Who speaks: a person, an organization, a document, or unnamed."),
}
SpeakerFilters = Strict.from_dict(_SPEAKER_FILTERS, name="SpeakerFilters")
SpeakerArgs = PageArgs.from_dict(_SPEAKER_FILTERS, name="SpeakerArgs")

_ROLE_FILTERS: dict[str, fields.Field[Any]] = {"q": _text("Words that the role contains, side by side.")}
RoleFilters = Strict.from_dict(_ROLE_FILTERS, name="RoleFilters")
RoleArgs = PageArgs.from_dict(_ROLE_FILTERS, name="RoleArgs")

_ARTICLE_FILTERS: dict[str, fields.Field[Any]] = {
    "outlet": _QUOTE_FILTERS["outlet"],
    "date_from": Day(
        parse_from,
        data_key="from",
        metadata={"description": "First day of publication.", "type": "string", "format": "date"},
    ),
    "date_to": Day(
        parse_to,
        data_key="to",
        metadata={"description": "Last day of publication.", "type": "string", "format": "date"},
    ),
}
ArticleFilters = Strict.from_dict(_ARTICLE_FILTERS, name="ArticleFilters")
ArticleArgs = PageArgs.from_dict(_ARTICLE_FILTERS, name="ArticleArgs")


# Bodies


class TextIn(Strict):
    """A text to read."""

    text = fields.String(
        required=True, validate=validate.Length(1), **_said("The text of an article, as plain text.")
    )
    published = fields.Date(
        allow_none=True, **_said("The day it was published, by which *yesterday* is reckoned.")
    )


class ArticleIn(Strict):
    """An article to keep."""

    text = fields.String(
        required=True, validate=validate.Length(1), **_said("The text of the article, as plain text.")
    )
    id = fields.String(
        validate=validate.Length(1, 500),
        **_said(
            "What to call it; without an id, one is made of its text. An article with the same id is replaced."
        ),
    )
    title = fields.String(allow_none=True, validate=validate.Length(max=_MAX_TEXT))
    url = fields.String(allow_none=True, validate=validate.Length(max=2000))
    outlet = fields.String(allow_none=True, validate=validate.Length(max=_MAX_TEXT))
    author = fields.String(allow_none=True, validate=validate.Length(max=_MAX_TEXT))
    published = fields.Date(allow_none=True)


class SpeakerIn(Strict):
    """Who really said it: somebody known, by id, or anybody, by name and kind."""

    id = fields.String(validate=validate.Length(1, 64))
    name = fields.String(validate=validate.Length(1, 300))
    kind = fields.String(validate=validate.OneOf(SPEAKER_KINDS), load_default="person")


class CorrectionIn(Strict):
    """What is wrong with a quotation, and why."""

    reason = fields.String(
        required=True,
        validate=validate.Length(1, _MAX_TEXT),
        **_said("Why, for whoever comes upon it later."),
    )
    speaker = fields.Nested(SpeakerIn, allow_none=True, **_said("Who said it; null if it cannot be known."))
    role = fields.String(
        allow_none=True,
        validate=validate.Length(1, 300),
        **_said("In what role; a new speaker without one leaves the quotation without a role."),
    )
    kind = fields.String(validate=validate.OneOf(QUOTE_KINDS))
    rejected = fields.Boolean(
        truthy={True}, falsy={False}, **_said("Whether it is no quotation at all, and no list is to show it.")
    )


# Answers


class SpanOut(Schema):
    """A stretch of the article's text, counted in Unicode code points, the end not included."""

    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    text = fields.String(required=True)


class RangeOut(Schema):
    """A stretch of the context, counted from its first character."""

    start = fields.Integer(required=True)
    end = fields.Integer(required=True)


class SpeakerRefOut(Schema):
    """A speaker, in short."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(SPEAKER_KINDS))


class ArticleRefOut(Schema):
    """An article, in short."""

    id = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    outlet = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    published = fields.Date(required=True, allow_none=True)


class ReadQuoteOut(Schema):
    """A quotation as it is read out of a text."""

    kind = fields.String(required=True, validate=validate.OneOf(QUOTE_KINDS))
    act = fields.String(required=True, validate=validate.OneOf(ACTS))
    text = fields.String(required=True, **_said("What was said, without the outermost quotation marks."))
    contents = fields.List(fields.Nested(SpanOut), required=True, **_said("The parts it consists of."))
    cue = fields.Nested(SpanOut, required=True, allow_none=True, **_said("The words that signal it."))
    source = fields.Nested(SpanOut, required=True, allow_none=True, **_said("The words for whoever said it."))
    role = fields.String(required=True, allow_none=True)
    confidence = fields.Float(
        required=True, **_said("Probability that content and speaker are both right.", minimum=0, maximum=1)
    )
    said_on = fields.Date(required=True, allow_none=True)
    context = fields.Nested(SpanOut, required=True, **_said("The sentence or sentences it stands in."))


class NamedOut(Schema):
    """A speaker as one text presents them."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(SPEAKER_KINDS))


class ExtractedQuoteOut(ReadQuoteOut):
    """A quotation read out of a text that is not stored."""

    speaker = fields.Nested(NamedOut, required=True, allow_none=True)


class QuoteOut(ReadQuoteOut):
    """A stored quotation."""

    id = fields.String(required=True)
    speaker = fields.Nested(
        SpeakerRefOut,
        required=True,
        allow_none=True,
        **_said("Null where the article does not say clearly who."),
    )
    article = fields.Nested(ArticleRefOut, required=True)


class CorrectionOut(Schema):
    """Something that somebody set right."""

    id = fields.String(required=True)
    field = fields.String(required=True, validate=validate.OneOf(("speaker", "role", "kind", "rejected")))
    value = fields.Raw(required=True, allow_none=True, **_said("What it is since then."))
    before = fields.Raw(required=True, allow_none=True, **_said("What it was."))
    reason = fields.String(required=True)
    by = fields.String(required=True, **_said("The name of the token it was made with."))
    at = fields.DateTime(required=True)
    undone_by = fields.String(required=True, allow_none=True)
    undone_at = fields.DateTime(required=True, allow_none=True)


class QuoteDetailOut(QuoteOut):
    """A stored quotation with all that is known of it."""

    highlights = fields.List(
        fields.Nested(RangeOut), required=True, **_said("Where its parts are within the context.")
    )
    link = fields.String(
        required=True,
        allow_none=True,
        **_said("The article's address, with a text fragment that shows the place."),
    )
    alternatives = fields.List(
        fields.Nested(SpeakerRefOut),
        required=True,
        **_said("The other speakers of the article, the nearest to the quotation first."),
    )
    rejected = fields.Boolean(required=True, **_said("Whether somebody found that it is no quotation."))
    corrections = fields.List(fields.Nested(CorrectionOut), required=True)


class SpeakerItemOut(SpeakerRefOut):
    """A speaker in a list."""

    role = fields.String(
        required=True,
        allow_none=True,
        **_said("The one of the speaker's roles that says most: the most used, in its fullest form."),
    )
    names = fields.List(fields.String(), required=True)
    quotations = fields.Integer(required=True)
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)


class RoleUseOut(Schema):
    """A capacity in which articles present a speaker."""

    role = fields.String(required=True)
    articles = fields.Integer(required=True, **_said("How many present the speaker so."))
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)


class SpeakerOut(SpeakerItemOut):
    """A speaker, with every name and role, and how the quotations are spread."""

    roles = fields.List(fields.Nested(RoleUseOut), required=True)
    article_id = fields.String(
        required=True, allow_none=True, **_said("Set where the speaker is known within that article only.")
    )
    by_year = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_outlet = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class RoleItemOut(Schema):
    """A role in a list."""

    role = fields.String(required=True)
    quotations = fields.Integer(required=True)
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)


class ArticleItemOut(ArticleRefOut):
    """An article in a list."""

    author = fields.String(required=True, allow_none=True)
    quotations = fields.Integer(required=True)


class ArticleOut(ArticleRefOut):
    """An article with its text, and its quotations in the order they stand there."""

    author = fields.String(required=True, allow_none=True)
    reader = fields.String(required=True, **_said("The version of the reader that read it."))
    text = fields.String(required=True)
    quotes = fields.List(fields.Nested(QuoteOut), required=True)


class StoredOut(Schema):
    """What became of an article that was sent."""

    id = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(("added", "updated", "unchanged")))
    quotations = fields.Integer(required=True)


class ExtractOut(Schema):
    """What was read in a text."""

    quotes = fields.List(fields.Nested(ExtractedQuoteOut), required=True)


class StatsOut(Schema):
    """How much there is."""

    articles = fields.Integer(required=True)
    quotations = fields.Integer(required=True)
    speakers = fields.Integer(required=True)
    attributed = fields.Integer(required=True, **_said("Quotations with a speaker."))
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_reader = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    changed = fields.DateTime(required=True, **_said("When the contents last changed."))


class HealthOut(Schema):
    """Whether it is well."""

    status = fields.String(required=True, validate=validate.OneOf(("ok",)))


class _PageOut(Schema):
    next = fields.String(
        required=True,
        allow_none=True,
        **_said("Address of the next page, relative to this server; null at the end."),
    )
    count = fields.Integer(**_said("How many there are in all; only when asked for with `count`."))


class QuotePageOut(_PageOut):
    """A page of quotations."""

    items = fields.List(fields.Nested(QuoteOut), required=True)
    candidates = fields.List(
        fields.Nested(SpeakerItemOut),
        **_said("Where the name asked for may mean several speakers: these, the most quoted first."),
    )


class ChangedOut(Schema):
    """A name that nobody has, and the one that was looked for instead."""

    asked = fields.String(required=True)
    used = fields.String(required=True)


class SpeakerPageOut(_PageOut):
    """A page of speakers."""

    items = fields.List(fields.Nested(SpeakerItemOut), required=True)
    changed = fields.Nested(ChangedOut, **_said("Set where another spelling was looked for."))


class RolePageOut(_PageOut):
    """A page of roles."""

    items = fields.List(fields.Nested(RoleItemOut), required=True)


class ArticlePageOut(_PageOut):
    """A page of articles."""

    items = fields.List(fields.Nested(ArticleItemOut), required=True)


class FieldProblemOut(Schema):
    """What is wrong with one parameter or field."""

    class Meta:
        """Marshmallow's settings."""

        include: ClassVar = {"in": fields.String(required=True, validate=validate.OneOf(("query", "body")))}

    pointer = fields.String(required=True, **_said("Where it is, as a JSON pointer."))
    detail = fields.String(required=True)


class ProblemOut(Schema):
    """A problem, after RFC 9457."""

    type = fields.String(required=True, **_said("Which kind of problem it is; this never changes."))
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, **_said("What is wrong here, and what to do."))
    instance = fields.String(required=True)
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemOut))
