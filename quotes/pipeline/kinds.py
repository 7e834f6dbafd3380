"""Direct, mixed or indirect: how much of a quotation's content stands within quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span

from quotes.model import QuoteKind
from quotes.pipeline.features import CLOSING, INSIDE, OPENING


def quote_kind(contents: Sequence[Span], codes: Sequence[int]) -> QuoteKind:
    """Return the kind of a quotation.

    :param codes: The mark code of each token of the ``Doc``, see :mod:`quotes.pipeline.marks`.
    """
    words = [token for span in contents for token in span if token.text[0].isalnum()]
    quoted = [codes[token.i] == INSIDE for token in words]
    if not any(quoted):
        marks = any(codes[token.i] in (OPENING, CLOSING) for span in contents for token in span)
        return "direct" if marks and not words else "indirect"
    if quoted and not quoted[0] and words[0].lower_ == "that":
        quoted = quoted[1:]
    return "direct" if all(quoted) else "mixed"
