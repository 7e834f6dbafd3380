"""Third component: which content goes with which cue, and which cue with which source.

The network says of each content where its cue stands (before or after, nearest or second nearest) and of each cue
where its source does. Those scores decide; a link across lines must be worth it, and content that nothing
is said to introduce is left out unless it stands in quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.encode import Encoded
from quotes.pipeline.features import BREAK, INSIDE, LINE
from quotes.pipeline.labels import CUE_PLACES, HEADS, SOURCE_PLACES

_STEPS = {"previous": -1, "next": 1, "second previous": -2, "second next": 2}

FloatArray = npt.NDArray[np.float32]


def log_softmax(scores: FloatArray) -> FloatArray:
    """Return the logarithm of the softmax over the last axis."""
    shifted: FloatArray = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def anchor_at(anchors: Sequence[int], at: int, place: str) -> int | None:
    """Return the number of the anchor at a place as seen from a token, or ``None`` if there is none.

    :param anchors: First tokens of the anchors, ascending.
    :param place: ``previous``, ``next``, ``second previous`` or ``second next``.
    """
    first = int(np.searchsorted(anchors, at))
    step = _STEPS[place]
    number = first + step if step < 0 else first + step - 1
    return number if 0 <= number < len(anchors) else None


class Attribute:
    """Set ``doc._.attributions``, in the order of their first content."""

    def __init__(
        self, *, max_lines: int, line_cost: float, sentence_cost: float, source_line_cost: float, floor: float
    ) -> None:
        """:param max_lines: How many lines quoted content may stand away from its cue.
        :param line_cost: What each such line takes off a link's score, a log-probability.
        :param sentence_cost: What each sentence between cue and content takes off, outside quotation marks.
        :param source_line_cost: The same between a cue and its source.
        :param floor: Least score of a link to content outside quotation marks.
        """
        self.max_lines = max_lines
        self.line_cost = line_cost
        self.sentence_cost = sentence_cost
        self.source_line_cost = source_line_cost
        self.floor = floor

    def __call__(self, doc: Doc) -> Doc:
        """Write what :meth:`predict` finds."""
        doc._.attributions = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """Return the attributions that the scores of the linking heads make likeliest."""
        encoded: Encoded = doc._.encoded
        cues = list(doc.spans["cues"])
        if not cues:
            return []
        view = _View(doc, encoded)
        contents: dict[int, list[Span]] = {}
        scores: dict[int, float] = {}
        for content in doc.spans["contents"]:
            number, score = self._cue_of(content, cues, view)
            if number is not None:
                contents.setdefault(number, []).append(content)
                scores[number] = min(score, scores.get(number, 0.0))
        found = []
        sources = list(doc.spans["sources"])
        for number, spans in contents.items():
            source, score = self._source_of(cues[number], sources, view)
            probability = float(np.exp(scores[number] + score))
            found.append(Attribution(contents=spans, cue=cues[number], source=source, score=probability))
        return sorted(found, key=lambda attribution: attribution.contents[0].start)

    def _cue_of(self, content: Span, cues: Sequence[Span], view: _View) -> tuple[int | None, float]:
        first, last = view.numbers[content.start], view.numbers[content.end - 1]
        scores = log_softmax(view.scores[first, HEADS["cue_place_first"]])
        scores = (scores + log_softmax(view.scores[last, HEADS["cue_place_last"]])) / 2
        quoted = view.is_quoted(content)
        starts = [cue.start for cue in cues]
        best, best_score = None, -np.inf
        for place, score in zip(CUE_PLACES, scores.tolist(), strict=True):
            number = anchor_at(starts, content.start, place)
            if number is None:
                continue
            away = view.lines_between(content, cues[number])
            if away > (self.max_lines if quoted else 0):
                continue
            score -= self.line_cost * away
            if not quoted:
                score -= self.sentence_cost * view.sentences_between(content, cues[number])
            if score > best_score:
                best, best_score = number, score
        if best_score < self.floor and not quoted:
            return None, 0.0
        return best, best_score

    def _source_of(self, cue: Span, sources: Sequence[Span], view: _View) -> tuple[Span | None, float]:
        scores = log_softmax(view.scores[view.numbers[cue.start], HEADS["source_place"]])
        starts = [source.start for source in sources]
        best, best_score = None, float(scores[SOURCE_PLACES.index("none")])
        for place, score in zip(SOURCE_PLACES[1:], scores[1:].tolist(), strict=True):
            number = anchor_at(starts, cue.start, place)
            if number is None:
                continue
            score -= self.source_line_cost * view.lines_between(cue, sources[number])
            if score > best_score:
                best, best_score = sources[number], score
        return best, best_score


class _View:
    """The network's scores as seen from the tokens of a ``Doc``."""

    def __init__(self, doc: Doc, encoded: Encoded) -> None:
        words = encoded.words
        self.scores = encoded.scores
        self.numbers = np.searchsorted(words.tokens, np.arange(len(doc)))
        self._lines = np.cumsum(words.features[:, BREAK] == LINE)
        self._sentences = np.cumsum([bool(token.is_sent_start) for token in doc])
        self._inside = np.asarray(words.marks) == INSIDE

    def lines_between(self, one: Span, other: Span) -> int:
        """Return how many lines lie between the beginnings of two spans; 0 on the same line."""
        return abs(int(self._lines[self.numbers[one.start]]) - int(self._lines[self.numbers[other.start]]))

    def sentences_between(self, one: Span, other: Span) -> int:
        """Return how many sentences begin between the nearer ends of two spans."""
        before, after = (one, other) if one.start < other.start else (other, one)
        return abs(int(self._sentences[after.start]) - int(self._sentences[before.end - 1]))

    def is_quoted(self, span: Span) -> bool:
        """Return whether more than half of a span stands within quotation marks."""
        inside = self._inside[self.numbers[span.start] : self.numbers[span.end - 1] + 1]
        return bool(inside.mean() > 0.5)


@Language.factory(
    "quotes_attribution",
    requires=["doc._.encoded"],
    assigns=["doc._.attributions"],
    default_config={
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
    max_lines: int,
    line_cost: float,
    sentence_cost: float,
    source_line_cost: float,
    floor: float,
) -> Attribute:
    """Return the component."""
    return Attribute(
        max_lines=max_lines,
        line_cost=line_cost,
        sentence_cost=sentence_cost,
        source_line_cost=source_line_cost,
        floor=floor,
    )
