"""Documents with hand-made scores, so that what comes after the network is tested without one.

In marked-up text ``(S Ana Duarte)`` is what the network would call a source, ``(C …)`` a cue, ``(Q …)`` content. An
arrow says where it would look for the other end of the link: ``(Q> …)`` for content whose cue is the next one,
``(C<< …)`` for a cue whose source is the second one before. Without an arrow it is the previous one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import spacy
from spacy.tokens import Doc

from quotes.pipeline.encode import Encode, Encoded, Scores
from quotes.pipeline.labels import CUE_PLACES, HEADS, SOURCE_PLACES, SPAN_LABELS, WIDTH
from quotes.pipeline.tokenizer import FineTokenizer
from quotes.pipeline.words import Words, doc_words

NLP = spacy.blank("en")
TOKENIZER = FineTokenizer(NLP.vocab)
SURE = 10.0

_ROLES = {"S": "source", "C": "cue", "Q": "content"}
_ARROWS = {
    "": "previous",
    "<": "previous",
    ">": "next",
    "<<": "second previous",
    ">>": "second next",
    "-": "none",
}
_MARKUP = re.compile(r"\(([SCQ])(<<|>>|[<>-]?) ([^()]*)\)")


class FakeEncoder:
    """An encoder whose scores are what a function makes of the words."""

    def __init__(self, score: Callable[[Words], Scores]) -> None:
        self.score = score

    def words(self, doc: Doc) -> Words:
        return doc_words(doc, lambda word: (len(word),))

    def scores(self, words: Words) -> Scores:
        return self.score(words)


def encoded(text: str, score: Callable[[Words], Scores]) -> Doc:
    """Return the document of a text with the scores that a function gives its words."""
    return Encode(FakeEncoder(score))(TOKENIZER(text))


def scored(marked: str, *, sentence_starts: Sequence[str] = ()) -> Doc:
    """Return the document that a marked-up text stands for, with scores that say what the markup says.

    :param sentence_starts: Words that begin a sentence, beside those that begin a line.
    """
    plain, spans, at = "", [], 0
    for match in _MARKUP.finditer(marked):
        plain += marked[at : match.start()]
        sign, arrow, text = match.groups()
        spans.append((_ROLES[sign], _ARROWS[arrow], len(plain), len(plain) + len(text)))
        plain += text
        at = match.end()
    plain += marked[at:]
    doc = TOKENIZER(plain)

    def score(words: Words) -> Scores:
        scores = np.zeros((len(words), WIDTH), dtype=np.float32)
        scores[:, HEADS["spans"]][:, SPAN_LABELS.index("O")] = SURE / 2
        places = [doc[i].idx for i in words.tokens.tolist()]
        for role, place, start, end in spans:
            rows = [row for row, idx in enumerate(places) if start <= idx < end]
            scores[rows, SPAN_LABELS.index(f"I-{role}")] = SURE
            scores[rows[0], SPAN_LABELS.index(f"B-{role}")] = 2 * SURE
            if role == "cue":
                scores[rows[0], HEADS["source_place"]][SOURCE_PLACES.index(place)] = SURE
            if role == "content":
                scores[rows[0], HEADS["cue_place_first"]][CUE_PLACES.index(place)] = SURE
                scores[rows[-1], HEADS["cue_place_last"]][CUE_PLACES.index(place)] = SURE
        for row, i in enumerate(words.tokens.tolist()):
            scores[row, HEADS["sentence_start"]][int(doc[i].text in sentence_starts)] = SURE
        return scores

    words = FakeEncoder(score).words(doc)
    doc._.encoded = Encoded(words, score(words))
    return doc
