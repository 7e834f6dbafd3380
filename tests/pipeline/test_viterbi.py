import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.labels import SPAN_LABELS
from quotes.pipeline.viterbi import best_labels

N = len(SPAN_LABELS)


def allowed(labels, lines):
    """Whether every I- label goes on with a span of its own line."""
    previous = "O"
    for i, label in enumerate(labels):
        name = SPAN_LABELS[label]
        before = "O" if i in lines else previous
        if name.startswith("I-") and before[2:] != name[2:]:
            return False
        previous = name
    return True


def worth(labels, lines, scores, transitions):
    total = sum(scores[i, label] for i, label in enumerate(labels))
    return total + sum(transitions[labels[i - 1], labels[i]] for i in range(1, len(labels)) if i not in lines)


@given(st.integers(0, 10_000))
def test_no_allowed_sequence_of_labels_is_worth_more(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 5))
    lines = sorted({0, *rng.integers(0, n, size=2).tolist()})
    scores = rng.normal(size=(n, N)).astype(np.float32) * 3
    transitions = rng.normal(size=(N, N)).astype(np.float32)
    found = best_labels(scores, lines, transitions).tolist()
    assert allowed(found, lines)
    candidates = (c for c in itertools.product(range(N), repeat=n) if allowed(c, lines))
    best = max(worth(c, lines, scores, transitions) for c in candidates)
    assert np.isclose(worth(found, lines, scores, transitions), best, atol=1e-4)


def test_a_text_without_words_has_no_labels():
    assert best_labels(np.zeros((0, N), np.float32), [0], np.zeros((N, N), np.float32)).shape == (0,)
