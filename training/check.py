"""Compare the int8 weights with the float32 ones they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from quotes.pipeline.encode import CONTEXT_PIECES, MAX_PIECES, OnnxEncoder
from quotes.pipeline.labels import SPAN_ROLES
from training.evaluate import head_scores
from training.prepare import Example

LIMIT = 0.5
"""F1 points that int8 may lose against float32 on dev, the mean of source, cue and content."""


def onnx_scores(folder: Path, examples: Sequence[Example]) -> dict[str, float]:
    """Return :func:`training.evaluate.head_scores` of exported weights."""
    encoder = OnnxEncoder(folder, max_pieces=MAX_PIECES, context_pieces=CONTEXT_PIECES, threads=0)
    scores = [encoder.scores(example.words) for example in examples]
    return head_scores(scores, examples, np.load(folder / "transitions.npy"))


def lost(plain: dict[str, float], quantised: dict[str, float]) -> float:
    """Return how many F1 points int8 loses: the mean over the kinds of span, negative where it gains."""
    return sum(plain[role] - quantised[role] for role in SPAN_ROLES) / len(SPAN_ROLES)
