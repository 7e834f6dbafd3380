"""The best sequence of span labels: exact decoding of a linear-chain CRF, line by line (Viterbi, 1967)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quotes.pipeline.labels import SPAN_LABELS

_IMPOSSIBLE = -1e4
_INSIDE = np.array([label.startswith("I-") for label in SPAN_LABELS])
_BARRED = np.array(
    [
        [_IMPOSSIBLE if b.startswith("I-") and a[2:] != b[2:] else 0.0 for b in SPAN_LABELS]
        for a in SPAN_LABELS
    ],
    dtype=np.float32,
)


def best_labels(
    scores: npt.NDArray[np.float32], lines: Sequence[int], transitions: npt.NDArray[np.float32]
) -> npt.NDArray[np.int64]:
    """Return the best label of each word, given that no span crosses a line break.

    All lines go side by side, the longest first, so that the loop is as long as the longest line.

    :param scores: *Shape:* ``(words, labels)``
    :param lines: Index of the first word of each line, ascending, beginning with 0.
    :param transitions: Score of label *j* after label *i*. *Shape:* ``(labels, labels)``
    :returns: *Shape:* ``(words,)``
    """
    n = len(scores)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    starts = np.asarray(lines)
    lengths = np.diff([*lines, n])
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    steps = transitions + _BARRED
    best = scores[starts] + np.where(_INSIDE, np.float32(_IMPOSSIBLE), np.float32(0))
    back = np.zeros((int(lengths[0]), len(starts), scores.shape[1]), dtype=np.int8)
    for t in range(1, int(lengths[0])):
        alive = int(np.searchsorted(-lengths, -t, side="left"))
        paths = best[:alive, :, None] + steps
        back[t, :alive] = paths.argmax(1)
        best[:alive] = paths.max(1) + scores[starts[:alive] + t]
    found = np.zeros(n, dtype=np.int64)
    label = best.argmax(1)
    rows = np.arange(len(starts))
    for t in range(int(lengths[0]) - 1, -1, -1):
        alive = int(np.searchsorted(-lengths, -t, side="left"))
        found[starts[:alive] + t] = label[:alive]
        if t:
            label[:alive] = back[t, rows[:alive], label[:alive]]
    return found
