"""First component: one pass of the trained network over the article, for the scores of every head."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from quotes.errors import WeightsError
from quotes.pipeline.batching import batch_of
from quotes.pipeline.windows import Window, windows
from quotes.pipeline.words import Words, doc_words, word_pieces

WEIGHTS = Path(__file__).parent.parent / "weights"
"""Folder of the weights that come with the package."""

Scores = npt.NDArray[np.float32]


@dataclass(slots=True)
class Encoded:
    """The words of an article and what the network says of them. *Shape of scores:* ``(words, WIDTH)``"""

    words: Words
    scores: Scores


class Encoder(Protocol):
    """What the component needs: words in, one row of scores a word out."""

    def words(self, doc: Doc) -> Words:
        """Return the words of a ``Doc``, with their pieces in the encoder's vocabulary."""

    def scores(self, words: Words) -> Scores:
        """Return the scores. *Shape:* ``(len(words), WIDTH)``, see :data:`quotes.pipeline.labels.HEADS`"""


MAX_PIECES, CONTEXT_PIECES = 320, 64
"""Word pieces of a window, and how many of them are context on each side that needs it; see ``training/README.md``."""

_MOST_THREADS = 4


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class OnnxEncoder:
    """The trained network, run by onnxruntime on the CPU.

    Each window goes through it alone: quantised activations take their scale from all that is read at once, so
    this is what makes a reading depend on its article alone.
    """

    def __init__(self, weights: Path, *, max_pieces: int, context_pieces: int, threads: int) -> None:
        """Load the weights.

        :param threads: Threads of one pass; 0 for as many as this process may use, at most four.
        :raises WeightsError: A file is missing or cannot be read.
        """
        import onnxruntime as ort  # noqa: PLC0415 - slow, and not needed to run another encoder

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads or min(_MOST_THREADS, _processors())
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(
                str(weights / "encoder.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # fused it takes eight times as long
            )
            self._pieces = word_pieces(weights / "tokenizer.json")
        except Exception as error:
            raise WeightsError(
                f"The trained reader in {weights} cannot be loaded ({error}). Install the package again."
            ) from error
        self._max_pieces = max_pieces
        self._context_pieces = context_pieces

    def words(self, doc: Doc) -> Words:
        """See :class:`Encoder`."""
        return doc_words(doc, self._pieces)

    def scores(self, words: Words) -> Scores:
        """See :class:`Encoder`."""
        cuts = windows(
            [len(p) for p in words.pieces],
            words.lines,
            max_pieces=self._max_pieces,
            context_pieces=self._context_pieces,
        )
        if not cuts:
            return np.zeros((0, 0), dtype=np.float32)
        return np.concatenate([self._scores_of(words, window) for window in cuts])

    def _scores_of(self, words: Words, window: Window) -> Scores:
        """Return the scores of what a window keeps; one pass a window, for padding costs more than batches save."""
        cut = slice(window.start, window.end)
        (scores,) = self._session.run(None, batch_of([words.pieces[cut]], [words.features[cut]]))
        kept: Scores = scores[0, window.keep_start - window.start : window.keep_end - window.start]
        return kept


if not Doc.has_extension("encoded"):
    Doc.set_extension("encoded", default=None)


class Encode:
    """Set ``doc._.encoded``; the components after it read their heads' columns from there."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Encode one ``Doc``."""
        words = self.encoder.words(doc)
        doc._.encoded = Encoded(words, self.encoder.scores(words))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Encode one ``Doc`` after the other, each when it is asked for."""
        for doc in stream:
            yield self(doc)


@Language.factory(
    "quotes_encode",
    assigns=["doc._.encoded"],
    default_config={
        "weights": str(WEIGHTS),
        "max_pieces": MAX_PIECES,
        "context_pieces": CONTEXT_PIECES,
        "threads": 0,
    },
)
def create_encode(
    nlp: Language,
    name: str,
    weights: str,
    max_pieces: int,
    context_pieces: int,
    threads: int,
) -> Encode:
    """Return the component, its weights loaded."""
    encoder = OnnxEncoder(
        Path(weights),
        max_pieces=max_pieces,
        context_pieces=context_pieces,
        threads=threads,
    )
    return Encode(encoder)
