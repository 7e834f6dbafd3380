"""Windows of words as the padded arrays that the network takes; training and reading share them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quotes.pipeline.words import PieceIds

CLS, SEP = 101, 102
"""Ids of the pieces that begin and end a window in the encoder's vocabulary."""

Batch = dict[str, npt.NDArray[np.int64]]


def batch_of(
    pieces: Sequence[Sequence[PieceIds]], features: Sequence[npt.NDArray[np.int8]], *, multiple: int = 1
) -> Batch:
    """Return the network's inputs, named as its parameters are.

    :param pieces: For each window, the piece ids of each word.
    :param features: For each window, *shape* ``(words, 3)``.
    :param multiple: Pad pieces and words to a multiple of this; fewer shapes train faster.
    """
    n = len(pieces)
    n_pieces = -(-(max(sum(map(len, window)) for window in pieces) + 2) // multiple) * multiple
    n_words = -(-max(map(len, pieces)) // multiple) * multiple
    batch = {
        "pieces": np.zeros((n, n_pieces), dtype=np.int64),
        "owners": np.zeros((n, n_pieces), dtype=np.int64),
        "ends": np.zeros((n, n_words, 2), dtype=np.int64),
        "features": np.zeros((n, n_words, 3), dtype=np.int64),
        "reverse": np.tile(np.arange(n_words), (n, 1)),
    }
    for row, (window, codes) in enumerate(zip(pieces, features, strict=True)):
        counts = np.fromiter(map(len, window), dtype=np.int64, count=len(window))
        last = np.cumsum(counts)
        total = int(last[-1])
        batch["pieces"][row, 0] = CLS
        batch["pieces"][row, 1 : total + 1] = [piece for word in window for piece in word]
        batch["pieces"][row, total + 1] = SEP
        batch["owners"][row, 1 : total + 1] = np.repeat(np.arange(1, len(window) + 1), counts)
        batch["ends"][row, : len(window), 0] = last - counts + 1
        batch["ends"][row, : len(window), 1] = last
        batch["features"][row, : len(window)] = codes
        batch["reverse"][row, : len(window)] = np.arange(len(window))[::-1]
    return batch
