"""Where a name begins and ends when a head has found a part of it: what the text shows around that part."""

from __future__ import annotations

from collections.abc import Set

from quotes.pipeline import lexicon
from quotes.pipeline.names import HONORIFICS, PARTICLES, SUFFIXES, folded
from quotes.pipeline.page import Page
from quotes.pipeline.titles import title_noun

MAX_NAME_WORDS = 9

_OPENERS = frozenset({"“", "‘", '"', "'", "(", "‟"})

_CLOSERS = frozenset({"”", "’", '"', "'", ")", "“"})

_HYPHENS = frozenset({"-", "‑", "’", "'", "‘", "ʻ"})

NAME_LIKE_HEADS = frozenset("""
foundation tower towers university college school hotel organization campaign administration center centre
institute committee act bill law street avenue road river county city airport park hospital bank group inc
corp co llc company plaza library museum prize award doctrine plan house hall white party army camp island
lake bridge stadium arena field court commission report care effect times post news press network show
foundation's health taj steaks
""".split())  # fmt: skip
"""Words that make a family name before them part of another name: *Clinton Foundation*."""


EPITHETS = frozenset("""
crooked lyin lying little sleepy crazy crying dopey goofy sneaky wacky slimy shady dirty hubby old poor big young
""".split())  # fmt: skip
"""What a rival or a headline puts before a full name as if it belonged to it."""


def grow_name(page: Page, first: int, last: int, low: int, met: Set[str]) -> tuple[int, int]:
    """Take in the rest of a name whose borders were set too narrow: hyphens, initials, a first name, *Jr.*"""
    n = len(page)
    while (
        last + 1 < n
        and last - first < MAX_NAME_WORDS
        and page.words[last] in _HYPHENS
        and (
            page.glued[last]
            and page.glued[last + 1]
            and (page.words[last + 1][0].isupper() or _is_second_syllable(page, last + 1))
            and page.lower[last + 1] not in ("s", "t")
        )
    ):
        last += 2
    while (
        first - 2 >= low
        and page.words[first - 1] in _HYPHENS
        and page.glued[first]
        and page.glued[first - 1]
        and (
            page.words[first - 2][0].isalpha()
            and (page.is_capital(first - 2) or page.lower[first - 2] in PARTICLES)
        )
    ):
        first -= 2
    if (
        last + 2 < n
        and page.lower[last] in ("al", "el", "as", "ul", "ash")
        and page.words[last + 1] in _HYPHENS
        and (
            page.glued[last + 1]
            and page.glued[last + 2]
            and page.is_capital(last + 2)
            and page.same_line(first, last)
        )
    ):
        last += 3
    # initials: "J. Edgar", "Donald J. Trump", where only a part was found
    while (
        first - 2 >= low
        and page.words[first - 1] == "."
        and len(page.words[first - 2]) == 1
        and (page.is_capital(first - 2) and page.glued[first - 1] and page.same_line(first - 2, first))
    ):
        first -= 2
    if first - 1 >= low and _is_given_before(page, first, last, met):
        first -= 1
    if last - first == 1 and last < n and _is_family_after(page, first, met):
        last += 1
    if (
        last < n
        and page.lower[last] in PARTICLES
        and last + 1 < n
        and page.is_capital(last + 1)
        and (
            page.pos[last + 1] == "PROPN"
            and page.lower[last] not in ("do", "al", "y")
            and page.same_line(first, last + 1)
            and not page.is_capital(last)
        )
    ):
        last += 2
    last = _end_after_nickname(page, first, last)
    at = last + 1 if last + 1 < n and page.words[last] == "," else last
    if at < n and page.lower[at] in SUFFIXES and page.is_capital(at) and page.same_line(first, at):
        last = at + 1
    if last < n and page.words[last] == "." and page.lower[last - 1] in ("jr", "sr") and page.glued[last]:
        last += 1
    return first, last


def _end_after_nickname(page: Page, first: int, last: int) -> int:
    """Return where a name ends that goes on after a nickname in marks, as *Tom “Ace” Miller* does after *Tom*.

    The head may have taken the nickname for a part of the name, up to the closing mark.
    """
    opening = next((i for i in range(first + 1, last) if page.words[i] in _OPENERS), last)
    closing = next(
        (i for i in range(opening + 2, min(opening + 5, len(page))) if page.words[i] in _CLOSERS), -1
    )
    family = closing + 1
    if closing < last or family >= len(page) or page.words[opening] not in _OPENERS:
        return last
    if (
        page.glued[opening]
        or not page.glued[opening + 1]
        or not all(page.is_capital(i) for i in range(opening + 1, closing))
        or page.entity[family] != "PERSON"
        or page.glued[family]
        or not page.same_line(first, family)
        or page.sentence[first] != page.sentence[family]
    ):
        return last
    while family < len(page) and page.entity[family] == "PERSON" and page.same_line(first, family):
        family += 1
    return family


def _is_second_syllable(page: Page, i: int) -> bool:
    """Return whether a small word after a hyphen ends a name, *Kim Sung-min*, unlike the *era* of *Lorn-era*."""
    return page.entity[i - 1] == "PERSON" and page.pos[i] == "PROPN"


def _is_given_before(page: Page, first: int, last: int, met: Set[str]) -> bool:
    """Return whether the word before a name is its given name, whatever the head took it for.

    After a title only a given name can stand there (*Justice Frank Nervo*); elsewhere what the head says is the
    name of a body or place stays one.
    """
    at = first - 1
    if page.glued[first] or not page.same_line(at, first) or page.sentence[at] != page.sentence[first]:
        return False
    if (
        not page.is_capital(at)
        or page.pos[at] != "PROPN"
        or not page.words[at].isalpha()
        or page.lower[at] in HONORIFICS
        or page.lower[at] in lexicon.PARTIES
        or page.lower[at] in EPITHETS
        or title_noun(page, at)
    ):
        return False
    known = folded(page.words[at]) in met
    if page.entity[at] not in ("", "PERSON"):
        return (
            known and last - first == 1 and at > 0 and page.same_line(at - 1, at) and title_noun(page, at - 1)
        )
    return known or (last - first == 1 and folded(page.words[first]) not in met and _can_be_given(page, at))


def _is_family_after(page: Page, first: int, met: Set[str]) -> bool:
    """Return whether a family name follows a given name that stands alone, whatever the head took it for."""
    at = first + 1
    if page.glued[at] or not page.same_line(first, at) or page.sentence[first] != page.sentence[at]:
        return False
    if (
        folded(page.words[first]) not in met
        or not page.is_capital(at)
        or page.pos[at] != "PROPN"
        or not page.words[at].isalpha()
        or page.lower[at] in NAME_LIKE_HEADS
        or title_noun(page, at)
    ):
        return False
    return page.entity[at] in ("", "MISC") or (first > 0 and title_noun(page, first - 1))


def _can_be_given(page: Page, i: int) -> bool:
    """Return whether an unknown capitalised word before a family name can be the given name: nothing leads up to it."""
    if page.lower[i] in lexicon.PARTIES or lexicon.is_institution(page.lower[i]) or len(page.words[i]) < 3:
        return False
    if (
        page.words[i].isupper()
        or page.lower[i] in lexicon.MODIFIERS
        or page.lower[i].endswith(("ican", "ian", "ish", "ese"))
    ):
        return False
    before = i - 1
    return (
        before < 0 or not page.same_line(before, i) or not page.is_capital(before) or title_noun(page, before)
    )
