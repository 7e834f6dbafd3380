"""Damage examples the way scraped news is damaged, so that the reader learns to see through it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from quotes.pipeline.features import BREAK, GLUED, LINE, SPACE
from quotes.pipeline.labels import SPAN_LABELS
from quotes.pipeline.words import PieceIds, Words, word_features
from training.prepare import IGNORE, Example

_STRAIGHT = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "’s": "'s",
    "’t": "'t",
    "’re": "'re",
    "’ve": "'ve",
    "’ll": "'ll",
}


def damaged(
    example: Example, kind: str, pieces: Callable[[str], PieceIds], rng: np.random.Generator
) -> Example:
    """Return a damaged copy.

    :param kind: ``glued`` (line breaks gone, and the space with them), ``flipped`` (opening marks turned into
        closing ones), ``straight`` (every mark straight), ``stray`` (a closing mark too many) or ``single``
        (single marks for double ones).
    """
    texts = list(example.texts)
    breaks = example.words.features[:, BREAK].tolist()
    keep = np.arange(len(texts))
    if kind == "glued":
        for i in range(1, len(texts)):
            if breaks[i] == LINE:
                breaks[i] = GLUED if texts[i - 1][-1] in ".?!”\"’'" else SPACE
    elif kind == "flipped":
        for i, text in enumerate(texts):
            if (text == "“" or (text == '"' and breaks[i] != GLUED)) and rng.random() < 1 / 3:
                texts[i] = "”"
    elif kind == "straight":
        texts = [_STRAIGHT.get(text, text) for text in texts]
    elif kind == "single":
        texts = [{"“": "‘", "”": "’", '"': "'"}.get(text, text) for text in texts]
    elif kind == "stray":
        texts, breaks, keep = _stray(texts, breaks, rng)
    labels = {head: values[keep].copy() for head, values in example.labels.items()}
    if kind == "stray":
        _label_added(labels, keep)
    words = Words(
        tokens=np.arange(len(texts), dtype=np.int32),
        pieces=[pieces(text) for text in texts],
        features=word_features(texts, breaks),
    )
    return Example(example.id, texts, words, labels)


def _stray(
    texts: list[str], breaks: list[int], rng: np.random.Generator
) -> tuple[list[str], list[int], np.ndarray]:
    new_texts, new_breaks, keep = [], [], []
    for i, (text, gap) in enumerate(zip(texts, breaks, strict=True)):
        new_texts.append(text)
        new_breaks.append(gap)
        keep.append(i)
        ends = text == "." and i + 1 < len(texts) and breaks[i + 1] != GLUED and texts[i - 1][-1].isalpha()
        if ends and rng.random() < 0.1:
            new_texts.append("”")
            new_breaks.append(GLUED)
            keep.append(i)
    return new_texts, new_breaks, np.array(keep)


def _label_added(labels: dict[str, np.ndarray], keep: np.ndarray) -> None:
    """A word that was put in goes on with the span of the word before it, and teaches the other heads nothing."""
    for i in np.flatnonzero(keep[1:] == keep[:-1]) + 1:
        name = SPAN_LABELS[labels["spans"][i]]
        if name.startswith("B-"):
            labels["spans"][i] = SPAN_LABELS.index(f"I-{name[2:]}")
        for head, values in labels.items():
            if head != "spans":
                values[i] = IGNORE
