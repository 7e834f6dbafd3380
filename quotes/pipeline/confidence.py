"""Last component: how sure, and the finished quotations on ``doc._.quotes``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from quotes.model import Quote, Span
from quotes.pipeline.acts import cue_act
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.certainty import Calibration
from quotes.pipeline.days import day_said
from quotes.pipeline.encode import WEIGHTS, Encoded
from quotes.pipeline.features import OUTSIDE
from quotes.pipeline.kinds import quote_kind


class Confidence:
    """Set ``doc._.quotes`` and ``doc.spans["quotes"]``, and let go of the network's scores."""

    def __init__(self, *, unresolved: float) -> None:
        """:param unresolved: How often it is right that no speaker is given."""
        self.unresolved = unresolved

    def __call__(self, doc: Doc) -> Doc:
        """Finish the attributions of one ``Doc``."""
        encoded: Encoded = doc._.encoded
        attributions: list[Attribution] = doc._.attributions
        for attribution in attributions:
            speaker = attribution.speaker_score if attribution.speaker is not None else self.unresolved
            attribution.confidence = attribution.score * speaker
        codes = _token_codes(doc, encoded)
        sentences = _sentences(doc)
        doc._.quotes = [_finish(doc, attribution, codes, sentences) for attribution in attributions]
        doc.spans["quotes"] = [content for attribution in attributions for content in attribution.contents]
        doc._.encoded = None
        return doc


def plain_span(span: DocSpan) -> Span:
    """Return a span as plain data."""
    return Span(span.start_char, span.end_char, span.text)


def _token_codes(doc: Doc, encoded: Encoded) -> list[int]:
    codes = [OUTSIDE] * len(doc)
    for i, code in zip(encoded.words.tokens.tolist(), encoded.words.marks, strict=True):
        codes[i] = code
    return codes


def _sentences(doc: Doc) -> list[int]:
    """Return for each token the number of its sentence."""
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(number)
    return numbers


def _context(doc: Doc, spans: Sequence[DocSpan], sentences: Sequence[int]) -> DocSpan:
    """Return the whole sentences that some spans stand in, from the first to the last."""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first, last = sentences[start], sentences[end - 1]
    while start > 0 and sentences[start - 1] == first:
        start -= 1
    while end < len(doc) and sentences[end] == last:
        end += 1
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and doc[start].is_space:
        start += 1
    return doc[start:end]


def _finish(doc: Doc, attribution: Attribution, codes: Sequence[int], sentences: Sequence[int]) -> Quote:
    spans = [
        span for span in (attribution.cue, attribution.source, *attribution.contents) if span is not None
    ]
    near = [span for span in spans if attribution.cue is None or _is_near(span, attribution.cue, sentences)]
    context = _context(doc, near, sentences)
    said_on = None
    if doc._.published is not None:
        inside = {i for content in attribution.contents for i in range(content.start, content.end)}
        report = "".join(token.text_with_ws if token.i not in inside else " " for token in context)
        said_on = day_said(report, doc._.published)
    return Quote(
        kind=quote_kind(attribution.contents, codes),
        act=cue_act(attribution.cue),
        contents=tuple(plain_span(content) for content in attribution.contents),
        cue=plain_span(attribution.cue) if attribution.cue is not None else None,
        source=plain_span(attribution.source) if attribution.source is not None else None,
        speaker=attribution.speaker,
        role=attribution.role,
        confidence=round(attribution.confidence, 4),
        context=plain_span(context),
        said_on=said_on,
    )


def _is_near(span: DocSpan, cue: DocSpan, sentences: Sequence[int]) -> bool:
    return (
        abs(sentences[span.start] - sentences[cue.start]) <= 8
        or abs(sentences[span.end - 1] - sentences[cue.start]) <= 8
    )


@Language.factory(
    "quotes_confidence",
    requires=["doc._.encoded", "doc._.attributions"],
    assigns=["doc._.quotes"],
    default_config={"weights": str(WEIGHTS)},
)
def create_confidence(nlp: Language, name: str, weights: str) -> Confidence:
    """Return the component with its calibration."""
    return Confidence(unresolved=Calibration.from_file(Path(weights) / "confidence.json").unresolved)
