"""How likely an attribution is right, from what the network said of its spans and links.

A logistic regression over a few numbers, fitted by ``training/calibrate.py`` on articles that the network was not
trained on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Span

from quotes.errors import WeightsError
from quotes.pipeline.acts import cue_act
from quotes.pipeline.encode import Encoded
from quotes.pipeline.features import INSIDE
from quotes.pipeline.labels import HEADS, SPAN_LABELS

FEATURES = (
    "content", "content_start", "cue", "source", "link", "has_source", "quoted",
    "other_act", "belief", "log_words", "cue_length",
)  # fmt: skip
"""Names of the numbers, in order; the first five, :data:`SIGNS`, are log-odds."""

SIGNS = FEATURES[:5]
"""What the network says of its labels and links, before the labels are joined into spans."""

FloatArray = npt.NDArray[np.float64]

_COLUMNS = {
    role: [SPAN_LABELS.index(f"B-{role}"), SPAN_LABELS.index(f"I-{role}")]
    for role in ("source", "cue", "content")
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted regression.

    ``weights`` belong to :data:`FEATURES`; ``unresolved`` is how often it is right that no speaker is given;
    ``usual`` are the medians of :data:`SIGNS` over the attributions that are right, as probabilities.
    """

    weights: tuple[float, ...]
    bias: float
    unresolved: float
    usual: tuple[float, ...] = (0.5,) * len(SIGNS)

    @classmethod
    def from_file(cls, path: Path) -> Calibration:
        """Read what ``training/calibrate.py`` wrote.

        :raises WeightsError: The file is missing or is not such a file.
        """
        try:
            fitted = json.loads(path.read_text(encoding="utf8"))
            weights = tuple(float(fitted["weights"][name]) for name in FEATURES)
            usual = tuple(float(fitted["usual"][name]) for name in SIGNS)
            return cls(weights, float(fitted["bias"]), float(fitted["unresolved"]), usual)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WeightsError(
                f"The trained reader's file {path} cannot be read ({error}). Install the package again."
            ) from error

    def probability(self, features: FloatArray) -> float:
        """Return the probability, in [0, 1], that content and source are right."""
        odds = float(np.dot(self.weights, features)) + self.bias
        return float(1 / (1 + np.exp(-odds)))


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

    def features(self, contents: Sequence[Span], cue: Span, source: Span | None, link: float) -> FloatArray:
        """Return the numbers that :data:`FEATURES` names.

        :param link: Probability of the links between content, cue and source.
        """
        starts = [self._probabilities[self._rows(span).start, _COLUMNS["content"][0]] for span in contents]
        inside = np.concatenate([self._inside[self._rows(span)] for span in contents])
        act = cue_act(cue)
        return np.array(
            [
                log_odds(self._mean(contents, "content")),
                log_odds(float(np.mean(starts))),
                log_odds(self._mean([cue], "cue")),
                log_odds(self._mean([source], "source")) if source is not None else 0.0,
                log_odds(link),
                float(source is not None),
                float(inside.mean()),
                float(act == "other"),
                float(act == "belief"),
                float(np.log1p(sum(len(span) for span in contents))),
                float(len(cue)),
            ]
        )

    def _rows(self, span: Span) -> slice:
        return slice(int(self._numbers[span.start]), int(self._numbers[span.end - 1]) + 1)

    def _mean(self, spans: Sequence[Span], role: str) -> float:
        found = [self._probabilities[self._rows(span)][:, _COLUMNS[role]].sum(1) for span in spans]
        return float(np.concatenate(found).mean())
