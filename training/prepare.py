"""Read the annotated articles and lay their labels over words."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import spacy

from quotes.pipeline.labels import (
    CUE_PLACES,
    ENTITY_LABELS,
    ENTITY_TYPES,
    POS_TAGS,
    SOURCE_PLACES,
    SPAN_LABELS,
    label_span,
)
from quotes.pipeline.tokenizer import FineTokenizer
from quotes.pipeline.words import Words, doc_words, word_pieces

IGNORE = -100
"""Label of a word that a head is not trained on."""

_UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "IN": "ADP", "DT": "DET", "PDT": "DET",
    "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "ADV", "EX": "PRON",
    "VB": "VERB", "VBD": "VERB", "VBZ": "VERB", "VBN": "VERB", "VBG": "VERB", "VBP": "VERB", "MD": "AUX",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "WDT": "PRON", "CC": "CCONJ", "TO": "PART",
    "POS": "PART", "RP": "PART", "CD": "NUM",
}  # fmt: skip
_AUXILIARIES = {"aux", "auxpass", "cop"}


@dataclass(slots=True)
class Example:
    """One article ready to learn from. Every label array has *shape* ``(len(words),)``."""

    id: str
    texts: list[str]
    words: Words
    labels: dict[str, npt.NDArray[np.int16]]


def read_lines(path: Path) -> Iterator[dict]:
    """Yield the objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def read_examples(folder: Path, tokenizer: Path) -> list[Example]:
    """Return the articles of a PolNeAR split with the labels of every head.

    :param folder: Holds ``articles.jsonl.gz`` and ``corenlp.jsonl.gz``.
    """
    fine, pieces = FineTokenizer(spacy.blank("en").vocab), word_pieces(tokenizer)
    silver = {layer["id"]: layer for layer in read_lines(folder / "corenlp.jsonl.gz")}
    examples = []
    for article in read_lines(folder / "articles.jsonl.gz"):
        doc = fine(article["text"])
        words = doc_words(doc, pieces)
        if not len(words):
            continue
        starts = np.array([doc[int(i)].idx for i in words.tokens])
        ends = np.array([doc[int(i)].idx + len(doc[int(i)]) for i in words.tokens])
        labels = attribution_labels(article["annotators"][0], starts, ends)
        labels |= silver_labels(silver.get(article["id"]), starts, ends)
        examples.append(Example(article["id"], [doc[int(i)].text for i in words.tokens], words, labels))
    return examples


def _covered(starts: np.ndarray, ends: np.ndarray, start: int, end: int) -> tuple[int, int]:
    """Return the range of words that a stretch of characters touches."""
    return int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end, side="left"))


def attribution_labels(
    attributions: Sequence[dict], starts: np.ndarray, ends: np.ndarray
) -> dict[str, npt.NDArray[np.int16]]:
    """Return the labels of the span head and of the two heads that link spans."""
    n = len(starts)
    spans = np.zeros(n, dtype=np.int16)
    source_place = np.full(n, IGNORE, dtype=np.int16)
    cue_place = np.full((2, n), IGNORE, dtype=np.int16)
    found: list[dict[str, list[tuple[int, int]]]] = []
    for attribution in attributions:
        placed: dict[str, list[tuple[int, int]]] = {}
        for role in ("source", "content", "cue"):
            for start, end in attribution.get(role, []):
                first, last = _covered(starts, ends, start, end)
                if first >= last:
                    continue
                placed.setdefault(role, []).append((first, last))
                label_span(spans, first, last, role)
        found.append(placed)
    for i in range(1, n):  # a span that another one cuts in two begins anew behind it
        name, before = SPAN_LABELS[spans[i]], SPAN_LABELS[spans[i - 1]]
        if name[0] == "I" and name[2:] != before[2:]:
            spans[i] = SPAN_LABELS.index(f"B-{name[2:]}")
    cues = sorted({s[0] for a in found for s in a.get("cue", [])})
    sources = sorted({s[0] for a in found for s in a.get("source", [])})
    for placed in found:
        if not placed.get("cue"):
            continue
        cue = placed["cue"][0][0]
        source = placed.get("source", [(None, None)])[0][0]
        source_place[cue] = SOURCE_PLACES.index(_place(sources, cue, source))
        for first, last in placed.get("content", []):
            place = CUE_PLACES.index(_place(cues, first, cue))
            cue_place[0, first] = cue_place[1, last - 1] = place
    return {
        "spans": spans,
        "source_place": source_place,
        "cue_place_first": cue_place[0],
        "cue_place_last": cue_place[1],
    }


def _place(anchors: Sequence[int], at: int, wanted: int | None) -> str:
    """Return where an anchor stands as seen from a word: ``next``, ``second previous`` …"""
    if wanted is None:
        return "none"
    between = sum(1 for anchor in anchors if min(at, wanted) < anchor < max(at, wanted))
    side = "previous" if wanted < at else "next"
    return side if between == 0 else f"second {side}"


def silver_labels(
    layer: dict | None, starts: np.ndarray, ends: np.ndarray
) -> dict[str, npt.NDArray[np.int16]]:
    """Return the labels of the heads that learn from what Stanford CoreNLP made of the article."""
    n = len(starts)
    labels = {head: np.full(n, IGNORE, dtype=np.int16) for head in ("entities", "pos", "sentence_start")}
    if layer is None:
        return labels
    previous_entity = "O"
    for sentence in layer["sentences"]:
        for i, (start, end, tag, entity, _, _, relation) in enumerate(sentence["tokens"]):
            first, last = _covered(starts, ends, start, end)
            entity = entity if entity in ENTITY_TYPES else "O"
            if first >= last:
                continue
            if entity == "O":
                labels["entities"][first:last] = 0
            else:
                goes_on = i > 0 and previous_entity == entity
                labels["entities"][first:last] = ENTITY_LABELS.index(f"I-{entity}")
                if not goes_on:
                    labels["entities"][first] = ENTITY_LABELS.index(f"B-{entity}")
            previous_entity = entity
            pos = _UPOS.get(tag, "X" if tag[0].isalpha() else "PUNCT")
            if relation in _AUXILIARIES and pos == "VERB":
                pos = "AUX"
            elif tag == "IN" and relation == "mark":
                pos = "SCONJ"
            labels["pos"][first:last] = POS_TAGS.index(pos)
            labels["sentence_start"][first:last] = 0
            if i == 0:
                labels["sentence_start"][first] = 1
    return labels
