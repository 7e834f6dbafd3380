"""What goes out, as marshmallow schemas, from which the answers in ``/openapi.json`` are described."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from quotes.model import ACTS, QUOTE_KINDS, SPEAKER_KINDS


def said(description: str, **kwargs: Any) -> dict[str, Any]:
    """Return the arguments that describe a field in ``/openapi.json``."""
    return {"metadata": {"description": description, **kwargs}}


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
    text = fields.String(required=True, **said("What was said, without the outermost quotation marks."))
    contents = fields.List(fields.Nested(SpanOut), required=True, **said("The parts it consists of."))
    cue = fields.Nested(SpanOut, required=True, allow_none=True, **said("The words that signal it."))
    source = fields.Nested(SpanOut, required=True, allow_none=True, **said("The words for whoever said it."))
    role = fields.String(required=True, allow_none=True)
    confidence = fields.Float(
        required=True, **said("Probability that content and speaker are both right.", minimum=0, maximum=1)
    )
    said_on = fields.Date(required=True, allow_none=True)
    context = fields.Nested(SpanOut, required=True, **said("The sentence or sentences it stands in."))


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
        **said("Null where the article does not say clearly who."),
    )
    article = fields.Nested(ArticleRefOut, required=True)


class CorrectionOut(Schema):
    """Something that somebody set right."""

    id = fields.String(required=True)
    field = fields.String(required=True, validate=validate.OneOf(("speaker", "role", "kind", "rejected")))
    value = fields.Raw(required=True, allow_none=True, **said("What it is since then."))
    before = fields.Raw(required=True, allow_none=True, **said("What it was."))
    reason = fields.String(required=True)
    by = fields.String(required=True, **said("The name of the token it was made with."))
    at = fields.DateTime(required=True)
    undone_by = fields.String(required=True, allow_none=True)
    undone_at = fields.DateTime(required=True, allow_none=True)


class QuoteDetailOut(QuoteOut):
    """A stored quotation with all that is known of it."""

    highlights = fields.List(
        fields.Nested(RangeOut), required=True, **said("Where its parts are within the context.")
    )
    link = fields.String(
        required=True,
        allow_none=True,
        **said("The article's address, with a text fragment that shows the place."),
    )
    alternatives = fields.List(
        fields.Nested(SpeakerRefOut),
        required=True,
        **said("The other speakers of the article, the nearest to the quotation first."),
    )
    rejected = fields.Boolean(required=True, **said("Whether somebody found that it is no quotation."))
    corrections = fields.List(fields.Nested(CorrectionOut), required=True)


class SpeakerItemOut(SpeakerRefOut):
    """A speaker in a list."""

    role = fields.String(
        required=True,
        allow_none=True,
        **said("The one of the speaker's roles that says most: the most used, in its fullest form."),
    )
    names = fields.List(fields.String(), required=True)
    quotations = fields.Integer(required=True)
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)


class RoleUseOut(Schema):
    """A capacity in which articles present a speaker."""

    role = fields.String(required=True)
    articles = fields.Integer(required=True, **said("How many present the speaker so."))
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)


class SpeakerOut(SpeakerItemOut):
    """A speaker, with every name and role, and how the quotations are spread."""

    roles = fields.List(fields.Nested(RoleUseOut), required=True)
    article_id = fields.String(
        required=True, allow_none=True, **said("Set where the speaker is known within that article only.")
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
    reader = fields.String(required=True, **said("The version of the reader that read it."))
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
    attributed = fields.Integer(required=True, **said("Quotations with a speaker."))
    first = fields.Date(required=True, allow_none=True)
    last = fields.Date(required=True, allow_none=True)
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_reader = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    changed = fields.DateTime(required=True, **said("When the contents last changed."))


class HealthOut(Schema):
    """Whether it is well."""

    status = fields.String(required=True, validate=validate.OneOf(("ok",)))


class _PageOut(Schema):
    next = fields.String(
        required=True,
        allow_none=True,
        **said("Address of the next page, relative to this server; null at the end."),
    )
    count = fields.Integer(**said("How many there are in all; only when asked for with `count`."))


class QuotePageOut(_PageOut):
    """A page of quotations."""

    items = fields.List(fields.Nested(QuoteOut), required=True)
    candidates = fields.List(
        fields.Nested(SpeakerItemOut),
        **said("Where the name asked for may mean several speakers: these, the most quoted first."),
    )


class ChangedOut(Schema):
    """A name that nobody has, and the one that was looked for instead."""

    asked = fields.String(required=True)
    used = fields.String(required=True)


class SpeakerPageOut(_PageOut):
    """A page of speakers."""

    items = fields.List(fields.Nested(SpeakerItemOut), required=True)
    changed = fields.Nested(ChangedOut, **said("Set where another spelling was looked for."))


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

    pointer = fields.String(required=True, **said("Where it is, as a JSON pointer."))
    detail = fields.String(required=True)


class ProblemOut(Schema):
    """A problem, after RFC 9457."""

    type = fields.String(required=True, **said("Which kind of problem it is; this never changes."))
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, **said("What is wrong here, and what to do."))
    instance = fields.String(required=True)
    request_id = fields.String(required=True)
    errors = fields.List(fields.Nested(FieldProblemOut))
