"""How sure the network is of an attribution, as the numbers that the calibration weighs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from spacy.tokens import Span

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.encode import Encoded
from quotes.pipeline.features import INSIDE
from quotes.pipeline.labels import HEADS, SPAN_LABELS

FEATURES = ("content", "content_start", "cue", "source", "link", "has_source", "quoted")
"""Names of the numbers, in order; the first five are log-odds."""

_COLUMNS = {
    role: [SPAN_LABELS.index(f"B-{role}"), SPAN_LABELS.index(f"I-{role}")]
    for role in ("source", "cue", "content")
}


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, kept within what one article can show."""
    p = min(max(probability, 0.002), 0.998)
    return float(np.log(p / (1 - p)))


class Certainty:
    """The probabilities of the span head for one article."""

    def __init__(self, encoded: Encoded, n_tokens: int) -> None:
        scores = encoded.scores[:, HEADS["spans"]]
        shifted = np.exp(scores - scores.max(1, keepdims=True))
        self._probabilities = shifted / shifted.sum(1, keepdims=True)
        self._numbers = np.searchsorted(encoded.words.tokens, np.arange(n_tokens))
        self._inside = np.asarray(encoded.words.marks) == INSIDE

    def _rows(self, span: Span) -> slice:
        return slice(int(self._numbers[span.start]), int(self._numbers[span.end - 1]) + 1)

    def _mean(self, spans: Sequence[Span], role: str) -> float:
        rows = np.concatenate(
            [self._probabilities[self._rows(span)][:, _COLUMNS[role]].sum(1) for span in spans]
        )
        return float(rows.mean())

    def features(self, attribution: Attribution) -> npt.NDArray[np.float64]:
        """Return the numbers that :data:`FEATURES` names."""
        contents, cue, source = attribution.contents, attribution.cue, attribution.source
        starts = [self._probabilities[self._rows(span).start, _COLUMNS["content"][0]] for span in contents]
        inside = np.concatenate([self._inside[self._rows(span)] for span in contents])
        return np.array([
            log_odds(self._mean(contents, "content")),
            log_odds(float(np.mean(starts))),
            log_odds(self._mean([cue], "cue")) if cue is not None else 0.0,
            log_odds(self._mean([source], "source")) if source is not None else 0.0,
            log_odds(attribution.score),
            float(source is not None),
            float(inside.mean()),
        ])  # fmt: skip
