"""Direct, mixed or indirect."""

from __future__ import annotations

import pytest

from quotes.pipeline.features import OUTSIDE
from quotes.pipeline.kinds import quote_kind
from quotes.pipeline.words import doc_words
from tests.pipeline.scored import TOKENIZER


def kind_of(*pieces: str) -> str:
    """Return the kind of a quotation whose contents are these pieces."""
    doc = TOKENIZER(" ".join(pieces))
    words = doc_words(doc, lambda word: (1,))
    codes = [OUTSIDE] * len(doc)
    for i, code in zip(words.tokens.tolist(), words.marks, strict=True):
        codes[i] = code
    spans, at = [], 0
    for piece in pieces:
        span = doc.char_span(at, at + len(piece))
        assert span is not None
        spans.append(span)
        at += len(piece) + 1
    return quote_kind(spans, codes)


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        (["“It was late.”"], "direct"),
        (["“It was,”", "“late.”"], "direct"),
        (["that “it was late.”"], "direct"),
        (["‘It was late.’"], "direct"),
        (["“It was ‘late.’”"], "direct"),
        (["“It was late."], "direct"),
        (["“ … ”"], "direct"),
        (["it was “late.”"], "mixed"),
        (["“late” was what it was"], "mixed"),
        (["that it was “late” and that “nobody came”"], "mixed"),
        (["it was late", "“nobody came.”"], "mixed"),
        (["it was late"], "indirect"),
        (["that it was the workers’ bus"], "indirect"),
        (["that"], "indirect"),
    ],
)
def test_the_kind_tells_how_much_stands_within_quotation_marks(pieces: list[str], kind: str) -> None:
    assert kind_of(*pieces) == kind
