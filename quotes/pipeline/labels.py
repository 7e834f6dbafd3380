"""The label inventories of the encoder's heads, shared by training and reading.

The encoder gives one row of scores a word; :data:`HEADS` says which columns belong to which head.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

SPAN_ROLES = ("source", "cue", "content")
SPAN_LABELS = ("O", *(f"{prefix}-{role}" for role in SPAN_ROLES for prefix in "BI"))
"""Begin, inside, outside: the spans of attributions never overlap (PolNeAR, Newell et al., LREC 2018)."""

ENTITY_TYPES = ("PERSON", "ORGANIZATION", "LOCATION", "DATE", "MISC")
ENTITY_LABELS = ("O", *(f"{prefix}-{name}" for name in ENTITY_TYPES for prefix in "BI"))

POS_TAGS = (
    "NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "ADP", "PRON", "DET", "NUM", "PART", "CCONJ", "SCONJ", "PUNCT", "X",
)  # fmt: skip
"""Universal part-of-speech tags (de Marneffe et al., 2021), the rare ones merged."""

SOURCE_PLACES = ("none", "previous", "next", "second previous", "second next")
"""Where the source of a cue stands, counting sources from the cue."""

CUE_PLACES = ("previous", "next", "second previous", "second next")
"""Where the cue of a content stands, counting cues from the content."""

_SIZES = {
    "spans": len(SPAN_LABELS),
    "source_place": len(SOURCE_PLACES),
    "cue_place_first": len(CUE_PLACES),
    "cue_place_last": len(CUE_PLACES),
    "entities": len(ENTITY_LABELS),
    "pos": len(POS_TAGS),
    "sentence_start": 2,
}


def _columns() -> dict[str, slice]:
    columns, at = {}, 0
    for head, size in _SIZES.items():
        columns[head] = slice(at, at + size)
        at += size
    return columns


HEADS = _columns()
"""Columns of each head in the encoder's output."""

WIDTH = sum(_SIZES.values())
"""Number of columns in the encoder's output."""


def label_span(labels: npt.NDArray[np.integer[Any]], start: int, end: int, role: str) -> None:
    """Write the labels of one span over the words ``[start, end)``, in place."""
    labels[start:end] = SPAN_LABELS.index(f"I-{role}")
    labels[start] = SPAN_LABELS.index(f"B-{role}")
