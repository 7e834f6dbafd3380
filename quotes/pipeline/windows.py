"""Cut an article into windows that the encoder can take, of whole lines where lines are short enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Window(NamedTuple):
    """Words ``[start, end)`` to encode, of which ``[keep_start, keep_end)`` are wanted; the rest is context."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def windows(
    lengths: Sequence[int], lines: Sequence[int], *, max_pieces: int, context_pieces: int
) -> list[Window]:
    """Return windows that keep each word once, in order, and hold at most ``max_pieces`` pieces each.

    Whole lines go together while they fit. A line that is too long for one window is cut into overlapping
    ones. Every window but the first also sees up to ``context_pieces`` pieces before what it keeps, and one
    that ends within a line as many after it.

    :param lengths: Number of pieces of each word.
    :param lines: Index of the first word of each line, ascending, beginning with 0.
    """
    if not lengths:
        return []
    total = [0]
    for length in lengths:
        total.append(total[-1] + length)

    def back(at: int) -> int:
        start = at
        while start > 0 and total[at] - total[start - 1] <= context_pieces:
            start -= 1
        return start

    def forward(at: int) -> int:
        end = at
        while end < len(lengths) and total[end + 1] - total[at] <= context_pieces:
            end += 1
        return end

    ends = [*lines[1:], len(lengths)]
    found: list[Window] = []
    at = line = 0
    while at < len(lengths):
        start = back(at)
        room = max_pieces - (total[at] - total[start])
        keep_end = at
        while line < len(ends) and total[ends[line]] - total[at] <= room:
            keep_end = ends[line]
            line += 1
        end = keep_end
        if keep_end == at:  # the line alone is too long
            room -= context_pieces
            while total[keep_end + 1] - total[at] <= room:
                keep_end += 1
            end = forward(keep_end)
        found.append(Window(start, end, at, keep_end))
        at = keep_end
    return found
