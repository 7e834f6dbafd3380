"""Documents as the reader's heads would leave them, made of the layers that Stanford CoreNLP wrote."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.labels import ENTITY_LABELS, POS_TAGS
from quotes.pipeline.tokenizer import FineTokenizer
from quotes.pipeline.words import is_visible
from training.prepare import silver_labels

_VOCAB = Vocab()
TOKENIZER = FineTokenizer(_VOCAB)


Chain = list[tuple[int, bool]]
"""A coreference chain: for each mention where its head word begins, and whether it is that word alone."""


def silver_chains(layer: dict) -> list[Chain]:
    """Return the coreference chains of a CoreNLP layer."""
    chains = []
    for mentions in layer["coref"]:
        chain = []
        for sentence, start, end, head, _ in mentions:
            tokens = layer["sentences"][sentence - 1]["tokens"]
            chain.append((tokens[head - 1][0], end - start == 1))
        chains.append(chain)
    return chains


def read_articles(folder: Path) -> Iterator[tuple[dict, dict]]:
    """Yield the articles of a PolNeAR split, each with its CoreNLP layer."""
    layers = {}
    with gzip.open(folder / "corenlp.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            layer = json.loads(line)
            layers[layer["id"]] = layer
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] in layers:
                yield article, layers[article["id"]]


def silver_doc(article: dict, layer: dict) -> Doc:
    """Return an article's ``Doc`` with silver entities, tags and sentences, and its annotated attributions."""
    doc = TOKENIZER(article["text"])
    visible = [token.i for token in doc if is_visible(token.text)]
    starts = np.array([doc[i].idx for i in visible])
    ends = np.array([doc[i].idx + len(doc[i]) for i in visible])
    labels = silver_labels(layer, starts, ends)
    for token in doc:
        token.is_sent_start = token.i == 0
    entities: list[tuple[int, int, str]] = []
    for i, pos, entity, start in zip(
        visible, labels["pos"], labels["entities"], labels["sentence_start"], strict=True
    ):
        doc[i].pos_ = POS_TAGS[pos] if pos >= 0 else "X"
        doc[i].is_sent_start = bool(start == 1) or i == 0
        label = ENTITY_LABELS[entity] if entity >= 0 else "O"
        if label.startswith("I-") and entities:
            entities[-1] = (entities[-1][0], i + 1, entities[-1][2])
        elif label.startswith("B-"):
            entities.append((i, i + 1, label[2:]))
    doc.set_ents([Span(doc, first, last, label=name) for first, last, name in entities])
    doc._.attributions = [_attribution(doc, annotation) for annotation in article["annotators"][0]]
    return doc


def _attribution(doc: Doc, annotation: dict) -> Attribution:
    sources, cues = _spans(doc, annotation.get("source", [])), _spans(doc, annotation.get("cue", []))
    return Attribution(
        contents=_spans(doc, annotation.get("content", [])),
        cue=cues[0] if cues else None,
        source=max(sources, key=len) if sources else None,
    )


def _spans(doc: Doc, offsets: Sequence[Sequence[int]]) -> list[Span]:
    found = [doc.char_span(start, end, alignment_mode="expand") for start, end in offsets]
    return [span for span in found if span is not None]
