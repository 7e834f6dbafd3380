"""Fit the confidence on articles the network was not trained on: ``python -m training.calibrate --data FOLDER``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import quotes.pipeline
from quotes.pipeline.certainty import FEATURES, SIGNS
from quotes.pipeline.encode import WEIGHTS
from training.prepare import read_lines

FOLDS = 5
PENALTY = 1.0
UNRESOLVED = 0.3
"""How often no speaker is right where none is given; too rare in the annotated articles to be fitted finely."""


def characters(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return the offsets that some spans cover, white space aside."""
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def dice(one: set[int], other: set[int]) -> float:
    """Return how much two sets share, in [0, 1]; two empty ones share all."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def examples(data: Path, weights: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return features, whether content and source are right, and the article's number, for each dev attribution."""
    folder = str(weights)
    names = quotes.pipeline.COMPONENTS
    if not (weights / "confidence.json").exists():
        write(weights, np.zeros(len(FEATURES) + 1), np.zeros(len(SIGNS)))
    own = {"weights": folder}
    nlp = quotes.pipeline.load(names[:3], encode=own, spans=own, attribution=own)
    reader = [nlp.get_pipe(name) for name in names[:3]]
    rows, right, groups = [], [], []
    for number, article in enumerate(read_lines(data / "polnear/dev/articles.jsonl.gz")):
        text = article["text"]
        gold = [
            (characters(text, a.get("content", [])), characters(text, a.get("source", [])))
            for a in article["annotators"][0]
        ]
        doc = nlp.make_doc(text)
        for component in reader[:2]:
            doc = component(doc)
        for candidate, features in reader[2].candidates(doc):
            source = candidate.source
            content = characters(text, [(s.start_char, s.end_char) for s in candidate.contents])
            sayer = characters(text, [(source.start_char, source.end_char)] if source is not None else [])
            rows.append(features)
            right.append(any(dice(content, c) >= 0.5 and dice(sayer, s) >= 0.5 for c, s in gold))
            groups.append(number)
    return np.array(rows), np.array(right, dtype=float), np.array(groups)


def fit(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the weights of a ridge logistic regression, the bias last (Newton's method)."""
    design = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.diag([PENALTY] * rows.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (p - right) + penalty @ weights
        weights -= np.linalg.solve((design * (p * (1 - p))[:, None]).T @ design + penalty, gradient)
    return weights


def predict(weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return probabilities."""
    return 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))


def reliability(
    p: np.ndarray, right: np.ndarray, bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Return the expected calibration error and, for each bin, mean confidence, share right, and count.

    Source: Naeini et al., *Obtaining Well Calibrated Probabilities*, AAAI 2015.
    """
    which = np.minimum((p * bins).astype(int), bins - 1)
    table = [
        (p[which == b].mean(), right[which == b].mean(), int((which == b).sum()))
        for b in range(bins)
        if (which == b).any()
    ]
    return sum(abs(c - r) * n for c, r, n in table) / len(p), table


def calibrate(data: Path, weights: Path) -> None:
    """Cross-validate by article, print the reliability table, fit on all and write ``confidence.json``."""
    rows, right, groups = examples(data, weights)
    out = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = groups % FOLDS == fold
        out[held] = predict(fit(rows[~held], right[~held]), rows[held])
    error, table = reliability(out, right)
    print(
        f"{len(rows)} attributions, {100 * right.mean():.1f}% right; expected calibration error {error:.3f}"
    )
    for confidence, share, n in table:
        print(f"  says {100 * confidence:5.1f}%  is {100 * share:5.1f}%  ({n})")
    write(weights, fit(rows, right), np.median(rows[right == 1, : len(SIGNS)], axis=0))


def write(weights: Path, fitted: np.ndarray, usual: np.ndarray) -> None:
    """Write a fitted regression, its bias last, beside the weights.

    :param usual: Medians of what the network says of right attributions, as log-odds.
    """
    *found, bias = fitted.round(4).tolist()
    record = {
        "weights": dict(zip(FEATURES, found, strict=True)),
        "bias": bias,
        "unresolved": UNRESOLVED,
        "usual": dict(zip(SIGNS, (1 / (1 + np.exp(-usual))).round(3).tolist(), strict=True)),
    }
    (weights / "confidence.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf8")


def main() -> None:
    """Read the arguments and calibrate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    calibrate(options.data, options.weights)


if __name__ == "__main__":
    main()
