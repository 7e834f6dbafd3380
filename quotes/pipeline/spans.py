"""Second component: scores become spans, entities, parts of speech and sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.errors import WeightsError
from quotes.pipeline.encode import WEIGHTS, Encoded, Scores
from quotes.pipeline.features import CASE
from quotes.pipeline.labels import (
    CUE_PLACES,
    ENTITY_LABELS,
    HEADS,
    POS_TAGS,
    SOURCE_PLACES,
    SPAN_LABELS,
    SPAN_ROLES,
    label_span,
)
from quotes.pipeline.layout import Laid, headed, signed, turns
from quotes.pipeline.quoted import Quoted, cut_at_sentences, leave_out_days, quoted_stretches, respect_marks
from quotes.pipeline.relayed import as_put, askers, in_words_of, quoted_as_saying, said_within, shown_saying
from quotes.pipeline.viterbi import best_labels
from quotes.pipeline.words import Words

_CERTAIN = 20.0
"""A score that no other label's comes near."""

_CONTENT = (SPAN_LABELS.index("B-content"), SPAN_LABELS.index("I-content"))
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


def _write(laid: Laid, labels: npt.NDArray[np.int64], scores: Scores) -> None:
    """Write an attribution that is certain into labels and scores, in place; a content that it cuts goes."""
    borders = sorted((*laid.source, *laid.cue, *laid.content))
    start = borders[0]
    while labels[start] == _CONTENT[1] and start > 0:
        start -= 1
    labels[start : borders[-1]] = 0
    for role in SPAN_ROLES:
        start, end = getattr(laid, role)
        label_span(labels, start, end, role)
        scores[start:end, SPAN_LABELS.index(f"I-{role}")] = _CERTAIN
    first, last = laid.content[0], laid.content[1] - 1
    cue_place = CUE_PLACES.index("next" if first < laid.cue[0] else "previous")
    scores[first, HEADS["cue_place_first"]][cue_place] = _CERTAIN
    scores[last, HEADS["cue_place_last"]][cue_place] = _CERTAIN
    source_place = SOURCE_PLACES.index("next" if laid.cue[0] < laid.source[0] else "previous")
    scores[laid.cue[0], HEADS["source_place"]][source_place] = _CERTAIN


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
        """Decode the scores of one ``Doc``."""
        encoded: Encoded = doc._.encoded
        words, scores = encoded.words, encoded.scores
        if not len(words):
            for group in ("sources", "cues", "contents"):
                doc.spans[group] = []
            return doc
        starts = scores[:, HEADS["sentence_start"]].argmax(1)
        starts[words.lines] = 1
        self._set_syntax(doc, words, scores, starts)
        labels = best_labels(scores[:, HEADS["spans"]], words.lines, self.transitions)
        quoted = quoted_stretches(words.marks, words.lines)
        texts = [doc[i].text for i in words.tokens.tolist()]
        respect_marks(labels, quoted, share=self.quoted_share)
        leave_out_days(texts, labels, quoted)
        cut_at_sentences(labels, starts, words.marks)
        self._lay_out(doc, encoded, texts, labels, starts, quoted)
        groups: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
        for stretch in stretches(labels, SPAN_LABELS, words.lines):
            groups[stretch[0]].append(to_span(doc, words, stretch))
        for name, spans in groups.items():
            doc.spans[f"{name}s"] = spans
        return doc

    @staticmethod
    def _lay_out(
        doc: Doc,
        encoded: Encoded,
        texts: list[str],
        labels: npt.NDArray[np.int64],
        starts: npt.NDArray[np.int64],
        quoted: list[Quoted],
    ) -> None:
        """Write what the layout and fixed phrases give away into labels and scores."""
        words, scores = encoded.words, encoded.scores
        cases = words.features[:, CASE].tolist()
        people = [doc[i].ent_type_ == "PERSON" for i in words.tokens.tolist()]
        begins = (starts == 1).tolist()
        reported = np.isin(labels, _CONTENT).tolist()
        for laid in (
            *signed(texts, cases, quoted, words.lines),
            *headed(texts, cases, quoted, words.lines),
            *turns(texts, cases, words.lines),
            *quoted_as_saying(texts, quoted, begins, reported),
            *shown_saying(texts, people, quoted),
            *as_put(texts, quoted, begins),
            *said_within(texts, people, quoted, reported),
            *in_words_of(texts, quoted, begins),
        ):
            _write(laid, labels, scores)
        for cue, name in askers(texts, people, begins):
            place = "next" if name else "none"
            scores[cue, HEADS["source_place"]][SOURCE_PLACES.index(place)] = _CERTAIN
            if name:
                label_span(labels, name.start, name.stop, "source")

    @staticmethod
    def _set_syntax(
        doc: Doc, words: Words, scores: npt.NDArray[np.float32], starts: npt.NDArray[np.int64]
    ) -> None:
        entities = stretches(scores[:, HEADS["entities"]].argmax(1), ENTITY_LABELS, words.lines)
        doc.set_ents([to_span(doc, words, stretch) for stretch in entities])
        # At once, because a token's own setters look through the whole Doc each time.
        values = np.zeros((len(doc), 2), dtype=np.int64)
        values[:, 0] = -1
        values[words.tokens[starts == 1], 0] = 1
        values[0, 0] = 1
        tags = np.array([doc.vocab.strings[tag] for tag in POS_TAGS], dtype=np.int64)
        values[words.tokens, 1] = tags[scores[:, HEADS["pos"]].argmax(1)]
        unsigned: Any = values.view(np.uint64)  # spaCy's stub asks for signed numbers, its code warns of them
        doc.from_array(["SENT_START", "POS"], unsigned)


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
