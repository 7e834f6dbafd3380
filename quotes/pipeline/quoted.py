"""What stands between quotation marks, and what that says about the contents the network found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quotes.pipeline.days import WEEKDAYS
from quotes.pipeline.features import CLOSING, INSIDE, OPENING
from quotes.pipeline.labels import SPAN_LABELS


class Quoted(NamedTuple):
    """Words ``[start, end)`` between two marks, the marks included; ``end`` is the line's where none closes it."""

    start: int
    end: int
    closed: bool


def quoted_stretches(codes: Sequence[int], lines: Sequence[int]) -> list[Quoted]:
    """Return what is quoted, in order; a line break ends a stretch.

    :param codes: Mark codes, see :mod:`quotes.pipeline.marks`.
    :param lines: Index of the first word of each line.
    """
    borders, found, begun = set(lines), [], -1
    for i, code in enumerate([*codes, 0]):
        if begun >= 0 and (i in borders or code not in (INSIDE, CLOSING)):
            found.append(Quoted(begun, i, False))
            begun = -1
        if code == OPENING:
            begun = i
        elif code == CLOSING and begun >= 0:
            found.append(Quoted(begun, i + 1, True))
            begun = -1
    return found


def respect_marks(labels: npt.NDArray[np.int64], quoted: Sequence[Quoted], *, share: float) -> None:
    """Make contents keep whole what is quoted, in place.

    A quoted stretch whose words are mostly content becomes content altogether, marks included: a span never
    ends a word before the closing mark, and a quotation within it stays part of it.

    :param labels: The span label of each word. *Shape:* ``(words,)``
    :param share: How much of a stretch must be content for all of it to be.
    """
    begin, inside = SPAN_LABELS.index("B-content"), SPAN_LABELS.index("I-content")
    for start, end, closed in quoted:
        last = end - 1 if closed else end
        within = labels[start + 1 : last]
        if not len(within) or np.isin(within, (begin, inside)).mean() < share:
            continue
        goes_on = start > 0 and labels[start] == inside
        labels[start] = inside if goes_on else begin
        labels[start + 1 : end] = inside
        if end < len(labels) and labels[end] == inside and not closed:
            labels[end] = begin


def leave_out_days(words: Sequence[str], labels: npt.NDArray[np.int64], quoted: Sequence[Quoted]) -> None:
    """End a content with its closing mark where only the day of saying it follows, in place.

    *called the plan “a fairy tale” on Monday*: the day belongs to the calling.
    """
    inside = SPAN_LABELS.index("I-content")
    for _, end, closed in quoted:
        stop = end
        while closed and stop < min(end + 3, len(labels)) and labels[stop] == inside:
            stop += 1
        added = [word.lower() for word in words[end:stop]]
        if added and added[-1] in WEEKDAYS and added[:-1] in ([], ["on"]):
            labels[end:stop] = 0


def cut_at_sentences(
    labels: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], codes: Sequence[int]
) -> None:
    """Begin a new content where a sentence begins within one outside quotation marks, in place.

    What is reported in one sentence ends with it; glued text hides the border from the span head.

    :param starts: 1 for words that begin a sentence, else 0. *Shape:* as ``labels``
    :param codes: Mark codes.
    """
    inside = SPAN_LABELS.index("I-content")
    for i in np.flatnonzero((labels == inside) & (starts == 1)).tolist():
        if codes[i] != INSIDE:
            labels[i] = SPAN_LABELS.index("B-content")
