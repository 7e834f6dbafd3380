"""Quotations that the layout of a line attributes, without a verb: signed ones, turns of a transcript, headed ones.

::

    “It changed everything.” — Maria Lopez, a teacher
    LOPEZ: It changed everything.
    From Maria Lopez, a teacher:
    “It changed everything.”

The network meets too few of these to learn them, and they can be told by their form alone. What is found here is
written into the span labels, and into the scores of the linking heads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quotes.pipeline.features import TITLE, UPPER
from quotes.pipeline.marks import DOUBLE_MARKS
from quotes.pipeline.quoted import Quoted

_DASHES = frozenset("-–—―‒") | {"--", "---"}
_CONNECTING = frozenset("of the for and in at on a an to , . ' ’s de la del van von al bin".split()) | {
    "-",
    "(",
    ")",
}
_NOT_NAMES = frozenset(
    "note update updates correction editor warning related more read watch photo video source credit".split()
)
_MAX_SIGNATURE = 14
_MAX_NAME = 4
_MIN_TURN = 3


class Laid(NamedTuple):
    """Word ranges of a quotation that the layout gives away."""

    content: tuple[int, int]
    cue: tuple[int, int]
    source: tuple[int, int]


def signed(
    words: Sequence[str], cases: Sequence[int], quoted: Sequence[Quoted], lines: Sequence[int]
) -> list[Laid]:
    """Return quotations that a dash and a name close, at the end of their line.

    A line that such a signature ends and a mark begins is one quotation, whatever stands in marks within it.

    :param cases: The case code of each word.
    :param quoted: What stands between marks, see :func:`quotes.pipeline.quoted.quoted_stretches`.
    :param lines: Index of the first word of each line.
    """
    found = []
    opened = {end: start for start, end, closed in quoted if closed}
    openings = {start for start, _, _ in quoted}
    for line, border in zip(lines, [*lines[1:], len(words)], strict=True):
        stop = border
        while stop > line and words[stop - 1] == ".":
            stop -= 1
        dash = next((i for i in range(stop - 1, line, -1) if words[i] in _DASHES), None)
        if (
            dash is None
            or not 0 < stop - dash - 1 <= _MAX_SIGNATURE
            or not _is_name(words, cases, dash + 1, stop)
        ):
            continue
        whole = line in openings and words[dash - 1] in DOUBLE_MARKS
        start = line if whole else opened.get(dash)
        if start is not None:
            found.append(Laid((start, dash), (dash, dash + 1), (dash + 1, stop)))
    return found


def headed(
    words: Sequence[str], cases: Sequence[int], quoted: Sequence[Quoted], lines: Sequence[int]
) -> list[Laid]:
    """Return quotations whose lines stand under a line that says *From*, a name and a colon.

    A quotation that goes on over several lines is returned line by line, each with the same cue and source.
    """
    found = []
    at_line = {stretch.start: stretch for stretch in quoted}
    borders = [*lines, len(words)]
    for number, start in enumerate(lines):
        stop = borders[number + 1]
        colon, first = stop - 1, start + 1
        if words[start].lower() != "from" or words[colon] != ":" or not 0 < colon - first <= _MAX_SIGNATURE:
            continue
        if not _is_name(words, cases, first, colon):
            continue
        while stop in at_line:
            stretch = at_line[stop]
            found.append(Laid((stretch.start, stretch.end), (colon, colon + 1), (first, colon)))
            number += 1
            stop = borders[number + 1]
            if stretch.closed:
                break
    return found


def _is_name(words: Sequence[str], cases: Sequence[int], start: int, end: int) -> bool:
    """Return whether a stretch begins with a capitalised name of one to four words, up to a comma, or *@name*."""
    if words[start].startswith("@"):
        return True
    stop = next((i for i in range(start, end) if words[i] in (",", "(")), end)
    capital = [cases[i] in (TITLE, UPPER) for i in range(start, stop)]
    others = [words[i].lower() for i in range(start, stop) if cases[i] not in (TITLE, UPPER)]
    return bool(capital) and capital[0] and all(word in _CONNECTING for word in others)


def turns(words: Sequence[str], cases: Sequence[int], lines: Sequence[int]) -> list[Laid]:
    """Return the turns of a transcript: lines that open with a name in capitals, or one that recurs, and a colon.

    A single such line is taken for a heading, unless the name stands elsewhere in the text too.
    """
    openings: list[tuple[int, int, int, str]] = []
    for start, stop in zip(lines, [*lines[1:], len(words)], strict=True):
        first = start
        while first < stop and not words[first][0].isalnum():
            first += 1
        colon = next((i for i in range(first, min(first + _MAX_NAME + 2, stop)) if words[i] == ":"), None)
        if colon is None or colon == first or colon + 2 > stop - 1:
            continue
        name = words[first:colon]
        written = [
            cases[i] in (UPPER, TITLE) or words[i] in (".", "-", "’", "'") for i in range(first, colon)
        ]
        if stop - colon <= _MIN_TURN:
            continue
        if all(written) and name[0].lower() not in _NOT_NAMES and len(name[0]) > 1:
            openings.append((first, colon, stop, " ".join(name).lower()))
    counts = Counter(name for *_, name in openings)
    mentioned = Counter(word.lower() for word in words)
    found = []
    for first, colon, stop, name in openings:
        in_capitals = all(cases[i] == UPPER or not words[i].isalpha() for i in range(first, colon))
        known = mentioned[words[colon - 1].lower()] > counts[name]
        if (in_capitals and (len(openings) > 1 or known)) or (counts[name] > 1 and len(counts) > 1 and known):
            found.append(Laid((colon + 1, stop), (colon, colon + 1), (first, colon)))
    return found
