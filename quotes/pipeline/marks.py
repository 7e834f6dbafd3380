"""Which way each quotation mark faces, decided for a whole article at once.

Shape and spacing are evidence; neither is trusted. Scraped text turns marks the wrong way, glues them between two
sentences, drops one, adds one. So every mark is read as opening or closing such that the article as a whole
costs least: the best path through two states, inside and outside, in linear time. An odd number of marks costs its
own line something and loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.pipeline.features import APOSTROPHE, CLOSING, GLUED, INSIDE, LINE, OPENING, OUTSIDE

DOUBLE_MARKS = frozenset('“”„‟"«»') | {"``", "''"}
SINGLE_MARKS = frozenset("‘’‚‛'‹›")
_OPENING_SHAPES = frozenset("“„‟«‘‚‛‹") | {"``"}
_CLOSING_SHAPES = frozenset("”»’›") | {"''"}

_SAID = frozenset(
    "said says told tells asked asks added adds wrote writes replied explained recalled".split()
)
_SAYERS = frozenset("he she they the a an his her".split())

_AGAINST_SHAPE = 1.0
_AGAINST_SPACING = 2.0
_OPEN_TWICE = 2.0
_CLOSE_NOTHING = 1.5
_LEFT_OPEN = 1.5
_LEFT_OPEN_RESUMED = 0.5
_SINGLE_LEFT_OPEN = 6.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A mark, or a line break (``role_costs`` empty)."""

    word: int
    role_costs: tuple[tuple[int, float], ...] = ()
    resumed: bool = False


def mark_codes(words: Sequence[str], breaks: Sequence[int]) -> list[int]:
    """Return for each word its mark code: outside, opening, closing, inside, or an apostrophe.

    Double marks are decided first; single ones count only outside them, so that the outermost quotation is found.

    :param breaks: The break code before each word, see :mod:`quotes.pipeline.features`.
    """
    codes = [OUTSIDE] * len(words)
    _decide(codes, _double_places(words, breaks), left_open=_LEFT_OPEN)
    _fill(codes, breaks)
    _end_unclosed(codes, words, breaks)
    singles = _single_places(words, breaks, codes)
    if any(OPENING in (role for role, _ in place.role_costs) for place in singles):
        _decide(codes, singles, left_open=_SINGLE_LEFT_OPEN)
        _fill(codes, breaks)
    else:
        for place in singles:
            if place.role_costs:
                codes[place.word] = APOSTROPHE
    return codes


def _spacing(words: Sequence[str], breaks: Sequence[int], i: int) -> tuple[bool, bool]:
    before = i == 0 or breaks[i] != GLUED
    after = i + 1 == len(words) or breaks[i + 1] != GLUED
    return before, after


def _facing_costs(words: Sequence[str], breaks: Sequence[int], i: int) -> tuple[float, float]:
    """Return what it costs to read the mark as opening, and as closing."""
    before, after = _spacing(words, breaks, i)
    opening = closing = 0.0
    if words[i] in _OPENING_SHAPES:
        closing += _AGAINST_SHAPE
    elif words[i] in _CLOSING_SHAPES:
        opening += _AGAINST_SHAPE
    if before and not after:
        closing += _AGAINST_SPACING
    elif after and not before:
        opening += _AGAINST_SPACING
    elif not before:
        if words[i - 1] in "([{—–-:":
            closing += 0.5
        if i + 1 < len(words) and words[i + 1][0] in ",.;:?!)—":
            opening += 1.0
    return opening, closing


def _double_places(words: Sequence[str], breaks: Sequence[int]) -> list[_Place]:
    places = []
    for i, word in enumerate(words):
        is_mark = word in DOUBLE_MARKS
        if breaks[i] == LINE and i:
            places.append(_Place(i, resumed=is_mark))
        if is_mark:
            opening, closing = _facing_costs(words, breaks, i)
            places.append(_Place(i, ((OPENING, opening), (CLOSING, closing))))
    return places


def _single_places(words: Sequence[str], breaks: Sequence[int], codes: Sequence[int]) -> list[_Place]:
    places = []
    for i, word in enumerate(words):
        is_mark = word in SINGLE_MARKS and codes[i] == OUTSIDE
        if breaks[i] == LINE and i:
            places.append(_Place(i, resumed=is_mark))
        if not is_mark:
            continue
        before, after = _spacing(words, breaks, i)
        opening, closing = _facing_costs(words, breaks, i)
        roles: tuple[tuple[int, float], ...] = ((APOSTROPHE, 0.4),)
        punctuated = i > 0 and words[i - 1][0] in ",.?!…"
        if not after and (before or word in _OPENING_SHAPES):
            roles += ((OPENING, opening),)
        if not before and (after or punctuated or words[i + 1][0] in ",.;:?!)"):
            roles += ((CLOSING, closing if punctuated else closing + 0.6),)
        places.append(_Place(i, roles))
    return places


def _decide(codes: list[int], places: Sequence[_Place], *, left_open: float) -> None:
    """Write the cheapest role of each mark into ``codes``."""
    costs = [0.0, _CLOSE_NOTHING + left_open]  # outside, inside
    trail: list[tuple[tuple[int, int], tuple[int, int]]] = []  # for each state: the state before, the role
    for place in places:
        if not place.role_costs:
            resume = min(_LEFT_OPEN_RESUMED, left_open) if place.resumed else left_open
            left = costs[1] + resume
            came = 1 if left < costs[0] else 0
            trail.append(((came, 0), (1, 0)))
            costs = [min(costs[0], left), float("inf")]
            continue
        new, steps = [float("inf")] * 2, [(0, 0), (1, 0)]
        for state in (0, 1):
            for role, cost in place.role_costs:
                to = state if role == APOSTROPHE else 1 if role == OPENING else 0
                if role == OPENING and state == 1:
                    cost += _OPEN_TWICE
                elif role == CLOSING and state == 0:
                    cost += _CLOSE_NOTHING
                if costs[state] + cost < new[to]:
                    new[to], steps[to] = costs[state] + cost, (state, role)
        trail.append((steps[0], steps[1]))
        costs = new
    state = 0 if costs[0] <= costs[1] + left_open else 1
    for place, steps_back in zip(reversed(places), reversed(trail), strict=True):
        state, role = steps_back[state]
        if role:
            codes[place.word] = role


def _end_unclosed(codes: list[int], words: Sequence[str], breaks: Sequence[int]) -> None:
    """End what no mark closes on its line where a comma and *said Duarte* or *Duarte said* end it."""
    start = 0
    for end in range(1, len(words) + 1):
        if end < len(words) and breaks[end] != LINE:
            continue
        opened = max((i for i in range(start, end) if codes[i] == OPENING), default=end)
        if CLOSING not in codes[opened:end]:
            for i in range(opened + 1, end - 2):
                if words[i] == "," and _is_reporting(words[i + 1 : i + 5]):
                    codes[i + 1 : end] = [OUTSIDE] * (end - i - 1)
                    break
        start = end


def _is_reporting(words: Sequence[str]) -> bool:
    """Return whether words begin with a verb of saying and whoever said it, in either order."""
    said = next((i for i, word in enumerate(words) if word.lower() in _SAID), None)
    if said is None or (said == 0 and len(words) < 2):
        return False
    sayer = words[1:2] if said == 0 else words[:said]
    return all(word[0].isupper() or word.lower() in _SAYERS for word in sayer) and sayer[0] != "I"


def _fill(codes: list[int], breaks: Sequence[int]) -> None:
    """Mark the words between an opening and a closing mark, or the end of the line, as inside."""
    inside = False
    for i, code in enumerate(codes):
        if breaks[i] == LINE:
            inside = False
        if code == OPENING:
            inside = True
        elif code == CLOSING:
            inside = False
        elif inside and code in (OUTSIDE, APOSTROPHE):
            codes[i] = INSIDE
