"""The words of a ``Doc`` as the encoder sees them: without white space, as word pieces, with features."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from tokenizers import Tokenizer

from quotes.pipeline.features import BREAK, GLUED, LINE, MARK, SPACE, case_code
from quotes.pipeline.marks import mark_codes

MAX_PIECES_PER_WORD = 8
"""Pieces kept of one word: a longer one is noise, and the encoder looks at the first and last alone."""

PieceIds = tuple[int, ...]


@dataclass(slots=True)
class Words:
    """The visible words of a text, in order.

    ``tokens`` are their indices in the ``Doc``; ``pieces`` the ids of their word pieces; ``features`` has
    *shape* ``(len(tokens), 3)``, see :mod:`quotes.pipeline.features`.
    """

    tokens: npt.NDArray[np.int32]
    pieces: list[PieceIds]
    features: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def lines(self) -> list[int]:
        """Index of the first word of each line, beginning with 0."""
        starts: list[int] = np.flatnonzero(self.features[:, BREAK] == LINE).tolist()
        return starts if starts[:1] == [0] else [0, *starts]

    @property
    def marks(self) -> list[int]:
        """The mark code of each word."""
        codes: list[int] = self.features[:, MARK].tolist()
        return codes


def word_pieces(vocabulary: Path) -> Callable[[str], PieceIds]:
    """Return a cached function from a word to the ids of its pieces.

    :param vocabulary: A ``tokenizer.json`` of the ``tokenizers`` library.
    """
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    unknown: int = tokenizer.token_to_id("[UNK]") or 0

    @lru_cache(maxsize=200_000)
    def pieces(word: str) -> PieceIds:
        ids: list[int] = tokenizer.encode(word[:200], add_special_tokens=False).ids or [unknown]
        if len(ids) > MAX_PIECES_PER_WORD:
            ids = [*ids[: MAX_PIECES_PER_WORD - 1], ids[-1]]
        return tuple(ids)

    return pieces


def is_visible(word: str) -> bool:
    """Return whether a token is more than white space and invisible characters."""
    if word.isspace():
        return False
    return len(word) > 1 or unicodedata.category(word) not in ("Cf", "Cc", "Zs", "Zl", "Zp")


def doc_words(doc: Doc, pieces: Callable[[str], PieceIds]) -> Words:
    """Return the words of a ``Doc``.

    :param pieces: The function made by :func:`word_pieces`.
    """
    texts: list[str] = []
    tokens: list[int] = []
    breaks: list[int] = []
    gap = LINE
    for i, token in enumerate(doc):
        text = token.text
        if is_visible(text):
            texts.append(text)
            tokens.append(i)
            breaks.append(gap)
            gap = GLUED
        elif "\n" in text or "\r" in text or "\u2028" in text or "\u2029" in text:
            gap = LINE
        elif gap != LINE and text.isspace():
            gap = SPACE
        if token.whitespace_ and gap != LINE:
            gap = SPACE
    return words_of(texts, breaks, tokens, pieces)


def words_of(
    texts: Sequence[str], breaks: Sequence[int], tokens: Sequence[int], pieces: Callable[[str], PieceIds]
) -> Words:
    """Return words from their texts, the break codes before them, and their token indices."""
    return Words(
        tokens=np.array(tokens, dtype=np.int32),
        pieces=[pieces(text) for text in texts],
        features=word_features(texts, breaks),
    )


def word_features(words: Sequence[str], breaks: Sequence[int]) -> npt.NDArray[np.int8]:
    """Return the three feature codes of each word. *Shape:* ``(len(words), 3)``"""
    marks = mark_codes(words, breaks)
    table = [[case_code(word), gap, mark] for word, gap, mark in zip(words, breaks, marks, strict=True)]
    return np.array(table, dtype=np.int8).reshape(-1, 3)
