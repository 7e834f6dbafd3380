"""Third component: which content goes with which cue, and which cue with which source."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.encode import Encoded
from quotes.pipeline.labels import CUE_PLACES, HEADS, SOURCE_PLACES

_STEPS = {"previous": -1, "next": 1, "second previous": -2, "second next": 2}


def log_softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the logarithm of the softmax over the last axis."""
    shifted: npt.NDArray[np.float32] = scores - scores.max(-1, keepdims=True)
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


class AttributionLinker:
    """Set ``doc._.attributions``, in the order of their first content."""

    def __init__(self, max_lines: int) -> None:
        """:param max_lines: How many lines a content may stand away from its cue."""
        self.max_lines = max_lines

    def __call__(self, doc: Doc) -> Doc:
        doc._.attributions = self.predict(doc)
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """Return the attributions that the scores of the linking heads make likeliest."""
        encoded: Encoded = doc._.encoded
        if not len(encoded.words):
            return []
        numbers = np.searchsorted(encoded.words.tokens, np.arange(len(doc)))
        lines = np.cumsum(encoded.words.features[:, 1] == 3)
        cues, sources = list(doc.spans["cues"]), list(doc.spans["sources"])
        starts = [cue.start for cue in cues]
        contents: dict[int, list[Span]] = {}
        for content in doc.spans["contents"]:
            first, last = numbers[content.start], numbers[content.end - 1]
            scores = log_softmax(encoded.scores[first, HEADS["cue_place_first"]])
            scores = scores + log_softmax(encoded.scores[last, HEADS["cue_place_last"]])
            best: tuple[float, int] | None = None
            for place, score in zip(CUE_PLACES, scores.tolist(), strict=True):
                number = anchor_at(starts, content.start, place)
                if number is None:
                    continue
                away = abs(int(lines[numbers[cues[number].start]] - lines[first]))
                if away > self.max_lines:
                    continue
                score -= 2.0 * away
                if best is None or score > best[0]:
                    best = (score, number)
            if best is not None:
                contents.setdefault(best[1], []).append(content)
        found = []
        source_starts = [source.start for source in sources]
        for number, spans in contents.items():
            cue = cues[number]
            row = numbers[cue.start]
            scores = log_softmax(encoded.scores[row, HEADS["source_place"]])
            options: list[tuple[float, Span | None]] = []
            for place, score in zip(SOURCE_PLACES, scores.tolist(), strict=True):
                if place == "none":
                    options.append((score, None))
                    continue
                at = anchor_at(source_starts, cue.start, place)
                if at is not None:
                    away = abs(int(lines[numbers[sources[at].start]] - lines[row]))
                    options.append((score - 4.0 * away, sources[at]))
            score, source = max(options, key=lambda option: option[0])
            found.append(Attribution(contents=spans, cue=cue, source=source))
        return sorted(found, key=lambda attribution: attribution.contents[0].start)


@Language.factory(
    "quotes_attribution", requires=["doc._.encoded"], assigns=["doc._.attributions"], default_config={"max_lines": 3}
)
def create_attribution(nlp: Language, name: str, max_lines: int) -> AttributionLinker:
    """Return the component."""
    return AttributionLinker(max_lines)
