"""Second component: scores become spans, entities, parts of speech and sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.errors import WeightsError
from quotes.pipeline.encode import WEIGHTS, Encoded
from quotes.pipeline.labels import ENTITY_LABELS, HEADS, POS_TAGS, SPAN_LABELS
from quotes.pipeline.quoted import quoted_stretches, respect_marks
from quotes.pipeline.viterbi import best_labels
from quotes.pipeline.words import Words

Stretch = tuple[str, int, int]
"""A name and a range of words."""


def stretches(labels: npt.NDArray[np.int64], names: tuple[str, ...], lines: list[int]) -> list[Stretch]:
    """Return the stretches that ``B-`` and ``I-`` labels mark; a line break ends one.

    :param names: Label names by number.
    """
    borders, found, begun = set(lines), [], None
    for i, label in enumerate([*labels.tolist(), 0]):
        name = names[label]
        if begun and (name[0] != "I" or name[2:] != begun[0] or i in borders):
            found.append((*begun, i))
            begun = None
        if name != "O" and begun is None:
            begun = (name[2:], i)
    return found


def to_span(doc: Doc, words: Words, stretch: Stretch) -> Span:
    """Return a stretch of words as a span of the ``Doc``, labelled with its name."""
    name, start, end = stretch
    return Span(doc, int(words.tokens[start]), int(words.tokens[end - 1]) + 1, label=name)


def respected(labels: npt.NDArray[np.int64], words: Words, share: float) -> npt.NDArray[np.int64]:
    """Return the labels after :func:`quotes.pipeline.quoted.respect_marks`."""
    changed = labels.tolist()
    content = (SPAN_LABELS.index("B-content"), SPAN_LABELS.index("I-content"))
    respect_marks(changed, quoted_stretches(words.marks, words.lines), content, share=share)
    return np.array(changed, dtype=np.int64)


class Spans:
    """Set ``doc.spans``, ``doc.ents``, ``token.pos_`` and ``token.is_sent_start``.

    ``doc.spans`` gets the groups ``sources``, ``cues`` and ``contents``.
    """

    def __init__(self, transitions: npt.NDArray[np.float32], *, quoted_share: float) -> None:
        """:param transitions: Learned with the span head; see :func:`quotes.pipeline.viterbi.best_labels`.
        :param quoted_share: See :func:`quotes.pipeline.quoted.respect_marks`.
        """
        self.transitions = transitions
        self.quoted_share = quoted_share

    def __call__(self, doc: Doc) -> Doc:
        encoded: Encoded = doc._.encoded
        words, scores = encoded.words, encoded.scores
        if not len(words):
            for group in ("sources", "cues", "contents"):
                doc.spans[group] = []
            return doc
        self._set_syntax(doc, words, scores)
        labels = best_labels(scores[:, HEADS["spans"]], words.lines, self.transitions)
        labels = respected(labels, words, self.quoted_share)
        groups: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for stretch in stretches(labels, SPAN_LABELS, words.lines):
            groups[stretch[0]].append(to_span(doc, words, stretch))
        for name, spans in groups.items():
            doc.spans[f"{name}s"] = spans
        return doc

    @staticmethod
    def _set_syntax(doc: Doc, words: Words, scores: npt.NDArray[np.float32]) -> None:
        entities = stretches(scores[:, HEADS["entities"]].argmax(1), ENTITY_LABELS, words.lines)
        doc.set_ents([to_span(doc, words, stretch) for stretch in entities])
        tags = scores[:, HEADS["pos"]].argmax(1).tolist()
        starts = scores[:, HEADS["sentence_start"]].argmax(1)
        starts[words.lines] = 1
        first = set(words.tokens[starts == 1].tolist())
        for token in doc:
            token.is_sent_start = token.i in first or token.i == 0
        for i, tag in zip(words.tokens.tolist(), tags, strict=True):
            doc[i].pos_ = POS_TAGS[tag]


@Language.factory(
    "quotes_spans",
    requires=["doc._.encoded"],
    default_config={"weights": str(WEIGHTS), "quoted_share": 0.5},
)
def create_spans(nlp: Language, name: str, weights: str, quoted_share: float) -> Spans:
    """Return the component with its learned transitions."""
    path = Path(weights) / "transitions.npy"
    try:
        transitions = np.load(path)
    except (OSError, ValueError) as error:
        raise WeightsError(
            f"The trained reader's file {path} cannot be read ({error}). Install the package again."
        ) from error
    return Spans(transitions.astype(np.float32), quoted_share=quoted_share)
