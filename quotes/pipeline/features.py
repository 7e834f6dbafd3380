"""What the letters alone do not tell the encoder: case, the break before a word, and quotation marks.

The encoder's vocabulary is lower-cased and knows no line breaks, so each word carries three small codes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

CASE, BREAK, MARK = 0, 1, 2
SIZES = (7, 4, 6)
"""Number of codes of each feature; code 0 is kept for padding."""

LOWER, TITLE, UPPER, MIXED, DIGIT, PUNCTUATION = range(1, 7)
GLUED, SPACE, LINE = range(1, 4)
OUTSIDE, OPENING, CLOSING, INSIDE, APOSTROPHE = range(1, 6)

DOUBLE_MARKS = frozenset("“”„‟\"«»") | {"``", "''"}
SINGLE_MARKS = frozenset("‘’‚‛'‹›")
_OPENING_ONLY = frozenset("“„‟«‘‚‛‹") | {"``"}
_CLOSING_ONLY = frozenset("”»’›") | {"''"}


def case_code(word: str) -> int:
    """Return how a word is written: one of the case codes."""
    if not word[0].isalnum():
        return PUNCTUATION
    if word[0].isdigit():
        return DIGIT
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def mark_codes(words: Sequence[str], breaks: Sequence[int]) -> list[int]:
    """Return for each word whether it is, or stands inside, quotation marks.

    A mark's spacing decides before its shape does, since scraped text turns marks the wrong way; a new line
    closes what was left open. The encoder weighs these codes, it does not obey them.

    :param breaks: The break code before each word.
    """
    codes: list[int] = []
    inside = inside_single = False
    n = len(words)
    for i, word in enumerate(words):
        if breaks[i] == LINE:
            inside = inside_single = False
        double, single = word in DOUBLE_MARKS, word in SINGLE_MARKS
        if not (double or single):
            codes.append(INSIDE if inside or inside_single else OUTSIDE)
            continue
        space_before = breaks[i] != GLUED or i == 0
        space_after = i + 1 == n or breaks[i + 1] != GLUED
        if single and not space_before and not space_after:
            codes.append(APOSTROPHE)
            continue
        if space_before != space_after:
            opens = space_before
        elif word in _OPENING_ONLY:
            opens = True
        elif word in _CLOSING_ONLY:
            opens = False
        else:
            opens = not (inside if double else inside_single)
        if single and not opens and not inside_single:
            codes.append(APOSTROPHE)
            continue
        if double:
            inside = opens
        else:
            inside_single = opens
        codes.append(OPENING if opens else CLOSING)
    return codes


def word_features(words: Sequence[str], breaks: Sequence[int]) -> npt.NDArray[np.int8]:
    """Return the three feature codes of each word. *Shape:* ``(len(words), 3)``"""
    marks = mark_codes(words, breaks)
    table = [[case_code(word), gap, mark] for word, gap, mark in zip(words, breaks, marks, strict=True)]
    return np.array(table, dtype=np.int8).reshape(-1, 3)
