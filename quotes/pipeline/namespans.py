"""Where the names of people stand: what the entity head found, mended by what the text shows."""

from __future__ import annotations

from collections.abc import Mapping

from quotes.pipeline import lexicon
from quotes.pipeline.names import HONORIFICS, PARTICLES, SUFFIXES, folded
from quotes.pipeline.page import Page
from quotes.pipeline.titles import is_abbreviation, title_noun

MAX_NAME_WORDS = 9

POSSESSIVE = frozenset({"'s", "’s"})

_HYPHENS = frozenset({"-", "‑", "’", "'", "‘", "ʻ"})

NAME_LIKE_HEADS = frozenset("""
foundation tower towers university college school hotel organization campaign administration center centre
institute committee act bill law street avenue road river county city airport park hospital bank group inc
corp co llc company plaza library museum prize award doctrine plan house hall white party army camp island
lake bridge stadium arena field court commission report care effect times post news press network show
foundation's health taj steaks
""".split())  # fmt: skip
"""Words that make a family name before them part of another name: *Clinton Foundation*."""


def name_spans(page: Page, genders: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the words ``[first, last)`` of each name of a person, titles aside, in order.

    :param genders: A table of given names; what is in it can begin a name that no head has found.
    """
    elsewhere = _other_tags(page)
    spans: list[tuple[int, int]] = []
    taken = 0
    i, n = 0, len(page)
    while i < n:
        pieces: list[tuple[int, int]] = []
        last = i + 1
        if page.entity[i] == "PERSON":
            while (
                last < n
                and page.entity[last] == "PERSON"
                and page.same_line(i, last)
                and (page.sentence[last] == page.sentence[i])
            ):
                last += 1
            pieces = [
                piece for piece in _cut_names(page, i, last) if not _is_no_name(page, *piece, elsewhere)
            ]
        elif _opens_titled_name(page, i):
            first = i + (2 if page.words[i + 1] == "." else 1)
            pieces = [(first, _capitals_end(page, first, first + 3))]
        elif _opens_known_name(page, i, genders):
            pieces = [(i, _capitals_end(page, i, i + 3))]
        for first, end in pieces:
            first, end = _grow(page, first, end, taken, genders)
            if taken <= first < end:
                spans.append((first, end))
                taken = end
        i = max(last, taken)
    return spans


def _capitals_end(page: Page, first: int, most: int) -> int:
    end = first
    while (
        end < min(len(page), most)
        and page.is_capital(end)
        and page.same_line(first, end)
        and (
            page.words[end][0].isalpha()
            and page.pos[end] in ("PROPN", "NOUN", "X")
            and not title_noun(page, end)
            and (end == first or not page.glued[end])
            and page.lower[end] not in NAME_LIKE_HEADS
        )
    ):
        end += 1
    return end


def _other_tags(page: Page) -> dict[str, int]:
    """Return for each capitalised word how much oftener it stands alone as a place or body than as a person."""
    votes: dict[str, int] = {}
    for i, label in enumerate(page.entity):
        if label and label != "DATE":
            votes[page.lower[i]] = votes.get(page.lower[i], 0) + (-1 if label == "PERSON" else 1)
    return votes


def _is_no_name(page: Page, first: int, last: int, elsewhere: Mapping[str, int]) -> bool:
    """Return whether a single word found as a person is a title, a country, a newspaper."""
    if last - first > 1:
        return False
    if "." in page.words[first] or title_noun(page, first) or len(page.words[first]) < 2:
        return True
    titled = first > 0 and (page.words[first - 1] == "." or title_noun(page, first - 1))
    if titled:
        return False
    return elsewhere.get(page.lower[first], 0) > 1 or (first > 0 and page.lower[first - 1] == "the")


def _opens_known_name(page: Page, i: int, genders: Mapping[str, tuple[int, int]]) -> bool:
    """Return whether a known given name begins here a full name that no head has found."""
    if not page.is_capital(i) or page.pos[i] not in ("PROPN", "X") or folded(page.words[i]) not in genders:
        return False
    if (
        i + 1 >= len(page)
        or not page.same_line(i, i + 1)
        or page.glued[i + 1]
        or page.entity[i + 1] == "PERSON"
    ):
        return False
    if (
        not page.is_capital(i + 1)
        or page.pos[i + 1] != "PROPN"
        or len(page.words[i + 1]) < 2
        or title_noun(page, i + 1)
    ):
        return False
    if page.lower[i + 1] in NAME_LIKE_HEADS or page.words[i + 1].isupper() != page.words[i].isupper():
        return False
    titled = i > 0 and title_noun(page, i - 1)
    if page.entity[i] in ("LOCATION", "ORGANIZATION"):
        return titled
    following = page.lower[i + 2] if i + 2 < len(page) else ""
    return titled or (
        following not in NAME_LIKE_HEADS
        and not (i > 0 and page.is_capital(i - 1) and page.pos[i - 1] == "PROPN")
    )


def _opens_titled_name(page: Page, i: int) -> bool:
    """Return whether a word is *Mr.*, *Sen.* or the like before a name that no head has found."""
    if page.lower[i] not in HONORIFICS and not is_abbreviation(page, i):
        return False
    if not page.is_capital(i) or i + 2 >= len(page):
        return False
    after = i + 2 if page.words[i + 1] == "." else i + 1
    if page.words[i + 1] != "." and (page.lower[i] not in HONORIFICS or len(page.words[i]) < 2):
        return False
    return page.same_line(i, after) and page.is_capital(after) and page.entity[after] != "PERSON"


def _cut_names(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """Cut what was found as one name at commas, *and* and possessives; drop titles and what is no name."""
    pieces, start = [], first
    for i in range(first, last + 1):
        if (
            i == last
            or page.words[i] in (",", ";", "/", "&", "(", ")", ":")
            or page.lower[i] in ("and", "or")
            or (page.lower[i] in POSSESSIVE)
        ):
            pieces.append((start, i))
            start = i + 1
    names = []
    for a, b in pieces:
        while a < b and (
            not page.words[a][0].isalnum()
            or page.lower[a] in HONORIFICS
            or (title_noun(page, a) and b - a > 1)
            or (not page.is_capital(a) and page.lower[a] not in PARTICLES)
        ):
            a += 1
        while b > a and not page.words[b - 1][0].isalnum():
            b -= 1
        while b - a > 1 and not page.is_capital(b - 1) and not page.glued[b - 1]:
            b -= 1
        if (
            a < b
            and (page.is_capital(a) or page.lower[a] in PARTICLES)
            and page.pos[a] not in ("PRON", "DET")
        ):
            names.append((a, b))
    return names


def _grow(
    page: Page, first: int, last: int, low: int, genders: Mapping[str, tuple[int, int]]
) -> tuple[int, int]:
    """Take in the rest of a name whose borders were set too narrow: hyphens, initials, a first name, *Jr.*"""
    n = len(page)
    while (
        last + 1 < n
        and last - first < MAX_NAME_WORDS
        and page.words[last] in _HYPHENS
        and (
            page.glued[last]
            and page.glued[last + 1]
            and page.words[last + 1][0].isupper()
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
    if (
        first - 1 >= low
        and page.same_line(first - 1, first)
        and not page.glued[first]
        and (
            page.is_capital(first - 1)
            and page.entity[first - 1] in ("", "PERSON")
            and page.pos[first - 1] == "PROPN"
            and page.lower[first - 1] not in HONORIFICS
            and page.words[first - 1].isalpha()
            and not title_noun(page, first - 1)
            and page.sentence[first - 1] == page.sentence[first]
            and (
                folded(page.words[first - 1]) in genders
                or (
                    last - first == 1
                    and folded(page.words[first]) not in genders
                    and _can_be_given(page, first - 1)
                )
            )
        )
    ):
        first -= 1
    if (
        last - first == 1
        and last + 1 < n
        and folded(page.words[first]) in genders
        and page.same_line(first, last)
        and (
            page.is_capital(last)
            and page.pos[last] == "PROPN"
            and page.entity[last] == ""
            and not page.glued[last]
            and not title_noun(page, last)
            and page.words[last].isalpha()
        )
    ):
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
    at = last + 1 if last + 1 < n and page.words[last] == "," else last
    if at < n and page.lower[at] in SUFFIXES and page.is_capital(at) and page.same_line(first, at):
        last = at + 1
    if last < n and page.words[last] == "." and page.lower[last - 1] in ("jr", "sr") and page.glued[last]:
        last += 1
    return first, last


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
