"""What the letters alone do not tell the encoder: case, the break before a word, and quotation marks.

The encoder's vocabulary is lower-cased and knows no line breaks, so each word carries three small codes.
"""

from __future__ import annotations

CASE, BREAK, MARK = 0, 1, 2
SIZES = (7, 4, 6)
"""Number of codes of each feature; code 0 is kept for padding."""

LOWER, TITLE, UPPER, MIXED, DIGIT, PUNCTUATION = range(1, 7)
GLUED, SPACE, LINE = range(1, 4)
OUTSIDE, OPENING, CLOSING, INSIDE, APOSTROPHE = range(1, 6)


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
