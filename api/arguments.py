"""What comes in, as marshmallow schemas: parameters and bodies are checked by them, and described in
``/openapi.json``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from api.schemas import said
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


class Strict(Schema):
    """Takes what it knows and nothing else."""

    class Meta:
        """Marshmallow's settings."""

        unknown = RAISE


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
        required=True, validate=validate.Length(1), **said("The text of an article, as plain text.")
    )
    published = fields.Date(
        allow_none=True, **said("The day it was published, by which *yesterday* is reckoned.")
    )


class ArticleIn(Strict):
    """An article to keep."""

    text = fields.String(
        required=True, validate=validate.Length(1), **said("The text of the article, as plain text.")
    )
    id = fields.String(
        validate=validate.Length(1, 500),
        **said(
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
        **said("Why, for whoever comes upon it later."),
    )
    speaker = fields.Nested(SpeakerIn, allow_none=True, **said("Who said it; null if it cannot be known."))
    role = fields.String(
        allow_none=True,
        validate=validate.Length(1, 300),
        **said("In what role; a new speaker without one leaves the quotation without a role."),
    )
    kind = fields.String(validate=validate.OneOf(QUOTE_KINDS))
    rejected = fields.Boolean(
        truthy={True}, falsy={False}, **said("Whether it is no quotation at all, and no list is to show it.")
    )
