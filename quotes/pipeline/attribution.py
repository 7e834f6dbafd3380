"""Third component: which content goes with which cue, and which cue with which source.

The network says of each content where its cue stands (before or after, nearest or second nearest) and of each cue
where its source does. Those scores decide; a link across lines must be worth it, and content that nothing
is said to introduce is left out unless it stands in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.certainty import FEATURES, Calibration, Certainty, FloatArray
from quotes.pipeline.encode import WEIGHTS, Encoded, Scores
from quotes.pipeline.features import BREAK, CLOSING, INSIDE, LINE, OPENING
from quotes.pipeline.labels import CUE_PLACES, HEADS, SOURCE_PLACES
from quotes.pipeline.marks import DOUBLE_MARKS

_LOG_ADJACENT = float(np.log(0.999))
"""A source that stands directly before a cue belongs to it 13,798 times of 13,806 (PolNeAR, train)."""

_LOG_NAMED = float(np.log(0.9))
"""A name that stands there, though the span head made no source of it, is likelier than a source farther off."""

_LOG_EVEN = float(np.log(0.5))
"""The least at which one end of a content decides alone, and what the other end's disagreement costs."""

_UNNAMED = re.compile(r"((not )?to be (publicly )?(named|identified|quoted)|anonymity)\b")

_STEPS = {"previous": -1, "next": 1, "second previous": -2, "second next": 2}


def log_softmax(scores: Scores) -> Scores:
    """Return the logarithm of the softmax over the last axis."""
    shifted: Scores = scores - scores.max(-1, keepdims=True)
    logarithms: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logarithms


def anchor_at(anchors: Sequence[int] | npt.NDArray[np.int64], at: int, place: str) -> int | None:
    """Return the number of the anchor at a place as seen from a token, or ``None`` if there is none.

    :param anchors: First tokens of the anchors, ascending.
    :param place: ``previous``, ``next``, ``second previous`` or ``second next``.
    """
    first = int(np.searchsorted(anchors, at))
    step = _STEPS[place]
    number = first + step if step < 0 else first + step - 1
    return number if 0 <= number < len(anchors) else None


@dataclass(frozen=True, slots=True)
class Linking:
    """What decides which links are made; scores are log-probabilities.

    ``max_lines`` is how many lines quoted content may stand away from its cue, ``line_cost`` what each such line
    takes off the link's score, ``source_line_cost`` the same between a cue and its source; ``sentence_cost`` what
    each sentence takes off between a cue and content outside quotation marks, and ``floor`` the least score of
    such a link.
    """

    max_lines: int
    line_cost: float
    sentence_cost: float
    source_line_cost: float
    floor: float


class Candidate(NamedTuple):
    """A possible attribution, and the probability of its links."""

    contents: list[Span]
    cue: Span
    source: Span | None
    link: float


class Attribute:
    """Set ``doc._.attributions``, in the order of their first content."""

    def __init__(
        self, linking: Linking, calibration: Calibration, *, threshold: float, nobody_threshold: float
    ) -> None:
        """:param threshold: Least probability of an attribution that is kept.
        :param nobody_threshold: The same where there is neither a source nor a quotation mark: nobody to tie it to.
        """
        self.linking = linking
        self.calibration = calibration
        self.threshold = threshold
        self.nobody_threshold = nobody_threshold

    def __call__(self, doc: Doc) -> Doc:
        """Write what :meth:`predict` finds."""
        doc._.attributions = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """Return the attributions that are likely enough to be right."""
        found = []
        for candidate, features in self.candidates(doc):
            score = self.calibration.probability(features)
            nobody = candidate.source is None and features[FEATURES.index("quoted")] == 0
            if score >= (self.nobody_threshold if nobody else self.threshold):
                evidence = dict(zip(FEATURES, features.tolist(), strict=True))
                found.append(
                    Attribution(candidate.contents, candidate.cue, candidate.source, score, evidence=evidence)
                )
        return found

    def candidates(self, doc: Doc) -> list[tuple[Candidate, FloatArray]]:
        """Return what the scores of the linking heads join, in order, with what the calibration weighs."""
        encoded: Encoded = doc._.encoded
        cues, sources = list(doc.spans["cues"]), list(doc.spans["sources"])
        if not cues:
            return []
        view, certainty = _View(doc, encoded), Certainty(encoded, len(doc))
        contents: dict[int, list[Span]] = {}
        scores: dict[int, float] = {}
        for content in doc.spans["contents"]:
            number, score = self._cue_of(content, cues, view)
            if number is not None:
                contents.setdefault(number, []).append(content)
                scores[number] = min(score, scores.get(number, 0.0))
        found = []
        for number, spans in contents.items():
            if _says_nothing(spans):
                continue
            cue = cues[number]
            source, score = self._source_of(cue, sources, view)
            link = float(np.exp(scores[number] + score))
            features = certainty.features(spans, cue, source, link)
            found.append((Candidate(spans, cue, source, link), features))
        return sorted(found, key=lambda pair: pair[0].contents[0].start)

    def _cue_of(self, content: Span, cues: Sequence[Span], view: _View) -> tuple[int | None, float]:
        first, last = view.numbers[content.start], view.numbers[content.end - 1]
        by_first = log_softmax(view.scores[first, HEADS["cue_place_first"]])
        by_last = log_softmax(view.scores[last, HEADS["cue_place_last"]])
        scores = (by_first + by_last) / 2
        quoted = view.is_quoted(content)
        best, best_score = None, -np.inf
        for place, score in zip(CUE_PLACES, scores.tolist(), strict=True):
            number = anchor_at(view.cue_starts, content.start, place)
            if number is None:
                continue
            away = view.lines_between(content, cues[number])
            if away > (self.linking.max_lines if quoted else 0):
                continue
            score -= self.linking.line_cost * away
            if not quoted:
                score -= self.linking.sentence_cost * view.sentences_between(content, cues[number])
            if score > best_score:
                best, best_score = number, score
        if best_score < self.linking.floor and not quoted:
            return self._cue_of_one_end(content, cues, view, by_first, by_last)
        return best, best_score

    def _cue_of_one_end(
        self, content: Span, cues: Sequence[Span], view: _View, by_first: Scores, by_last: Scores
    ) -> tuple[int | None, float]:
        """Return the cue in the content's sentence that one end of it is sure of, the first word before the last.

        *Turner said he “snapped,” court papers show*: the ends point at different cues, and both are right.
        """
        for scores in (by_first, by_last):
            place = int(scores.argmax())
            number = anchor_at(view.cue_starts, content.start, CUE_PLACES[place])
            if number is None or scores[place] < _LOG_EVEN:
                continue
            cue = cues[number]
            if not view.lines_between(content, cue) and not view.sentences_between(content, cue):
                return number, float(scores[place]) + _LOG_EVEN
        return None, 0.0

    def _source_of(self, cue: Span, sources: Sequence[Span], view: _View) -> tuple[Span | None, float]:
        nearest = anchor_at(view.source_starts, cue.start, "previous")
        if nearest is not None and view.touch(sources[nearest], cue):
            return sources[nearest], _LOG_ADJACENT
        if (name := view.name_before(cue)) is not None:
            return name, _LOG_NAMED
        scores = log_softmax(view.scores[view.numbers[cue.start], HEADS["source_place"]])
        best, best_score = None, float(scores[SOURCE_PLACES.index("none")])
        for place, score in zip(SOURCE_PLACES[1:], scores[1:].tolist(), strict=True):
            number = anchor_at(view.source_starts, cue.start, place)
            if number is None:
                continue
            score -= self.linking.source_line_cost * view.lines_between(cue, sources[number])
            if score > best_score:
                best, best_score = sources[number], score
        return best, best_score


def _says_nothing(contents: Sequence[Span]) -> bool:
    """Return whether nothing was said in so many words.

    A pronoun alone (*which they say is late*) stands for words said elsewhere, and who *asked not to be named* is
    described by it. Marks with nothing between them are none.
    """
    words = [token for span in contents for token in span]
    text = " ".join(token.lower_ for token in words)
    alone = len(words) == 1 and words[0].pos_ == "PRON"
    return alone or bool(_UNNAMED.match(text)) or all(token.text in DOUBLE_MARKS for token in words)


class _View:
    """The network's scores as seen from the tokens of a ``Doc``."""

    def __init__(self, doc: Doc, encoded: Encoded) -> None:
        words = encoded.words
        self.scores = encoded.scores
        self.numbers = np.searchsorted(words.tokens, np.arange(len(doc)))
        self._lines = np.cumsum(words.features[:, BREAK] == LINE)
        self._sentences = np.cumsum([bool(token.is_sent_start) for token in doc])
        self._inside = np.asarray(words.marks) == INSIDE
        self._quoted = np.isin(np.asarray(words.marks), (OPENING, INSIDE, CLOSING))
        self.cue_starts = np.array([cue.start for cue in doc.spans["cues"]])
        self.source_starts = np.array([source.start for source in doc.spans["sources"]])
        taken = {
            i
            for group in ("sources", "cues", "contents")
            for span in doc.spans[group]
            for i in range(span.start, span.end)
        }
        self._names = {
            int(self.numbers[name.end]): name
            for name in doc.ents
            if name.label_ == "PERSON"
            and name.end < len(doc)
            and taken.isdisjoint(range(name.start, name.end))
        }

    def lines_between(self, one: Span, other: Span) -> int:
        """Return how many lines lie between the beginnings of two spans; 0 on the same line."""
        return abs(int(self._lines[self.numbers[one.start]]) - int(self._lines[self.numbers[other.start]]))

    def name_before(self, cue: Span) -> Span | None:
        """Return the name of a person that ends where the cue begins and belongs to no span, if there is one."""
        name = self._names.get(int(self.numbers[cue.start]))
        return name if name is not None and self.lines_between(name, cue) == 0 else None

    def touch(self, before: Span, after: Span) -> bool:
        """Return whether one span follows another on its line with white space at most between them."""
        nothing = self.numbers[before.end] == self.numbers[after.start]
        return bool(nothing) and self.lines_between(before, after) == 0

    def sentences_between(self, one: Span, other: Span) -> int:
        """Return how many sentences begin between the nearer ends of two spans."""
        before, after = (one, other) if one.start < other.start else (other, one)
        return abs(int(self._sentences[after.start]) - int(self._sentences[before.end - 1]))

    def is_quoted(self, span: Span) -> bool:
        """Return whether a span stands within quotation marks, altogether or more than half of it."""
        place = slice(self.numbers[span.start], self.numbers[span.end - 1] + 1)
        inside = self._inside[place]
        return bool(inside.mean() > 0.5 or (inside.any() and self._quoted[place].all()))


@Language.factory(
    "quotes_attribution",
    requires=["doc._.encoded"],
    assigns=["doc._.attributions"],
    default_config={
        "weights": str(WEIGHTS),
        "threshold": 0.3,
        "nobody_threshold": 0.9,
        "max_lines": 3,
        "line_cost": 1.0,
        "sentence_cost": 1.0,
        "source_line_cost": 8.0,
        "floor": -1.0,
    },
)
def create_attribution(
    nlp: Language,
    name: str,
    weights: str,
    threshold: float,
    nobody_threshold: float,
    max_lines: int,
    line_cost: float,
    sentence_cost: float,
    source_line_cost: float,
    floor: float,
) -> Attribute:
    """Return the component with its calibration."""
    linking = Linking(max_lines, line_cost, sentence_cost, source_line_cost, floor)
    calibration = Calibration.from_file(Path(weights) / "confidence.json")
    return Attribute(linking, calibration, threshold=threshold, nobody_threshold=nobody_threshold)
