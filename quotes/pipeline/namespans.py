"""Where the names of people stand: what the entity head found, mended by what the text shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from quotes.pipeline import lexicon
from quotes.pipeline.nameborders import EPITHETS, MAX_NAME_WORDS, NAME_LIKE_HEADS, grow_name
from quotes.pipeline.names import HONORIFICS, PARTICLES, POST_NOMINALS, SUFFIXES, folded
from quotes.pipeline.page import Page
from quotes.pipeline.titles import is_abbreviation, title_noun

POSSESSIVE = frozenset({"'s", "’s"})

_FOLLOWERS = ("ers", "ites", "ists", "ians", "eans")
"""Endings that make a crowd of a name: *Birchers* beside *the Birch Society*."""

_GIVEN_TITLES = frozenset({"dean", "earl"})
"""Titles that are given names too."""

_COMMON_WORDS = frozenset({"may", "will"})


def name_spans(page: Page, met: Set[str]) -> list[tuple[int, int]]:
    """Return the words ``[first, last)`` of each name of a person, titles aside, in order.

    :param met: Given names; each can begin a name that no head has found.
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
                piece for piece in _cut_names(page, i, last, met) if not _is_no_name(page, *piece, elsewhere)
            ]
        elif _opens_titled_name(page, i):
            first = i + (2 if page.words[i + 1] == "." else 1)
            pieces = [(first, _capitals_end(page, first, first + 3))]
        elif _opens_known_name(page, i, met):
            pieces = [(i, _capitals_end(page, i, i + 3))]
        for first, end in pieces:
            first, end = grow_name(page, first, end, taken, met)
            if taken <= first < end:
                spans.append((first, end))
                taken = end
        i = max(last, taken)
    return spans


def more_spans(
    page: Page,
    spans: Sequence[tuple[int, int]],
    met: Set[str],
    limits: Mapping[int, int],
) -> list[tuple[int, int]]:
    """Return the names that no head has found but that others of the article explain, in order.

    A family name counts that stands in a full name elsewhere, or alone as a name more than once.

    :param limits: For words within a source, where that source ends; one that is the whole source speaks.
    """
    known = _family_names(page, spans)
    taken = {i for first, last in spans for i in range(first, last)}
    found: list[tuple[int, int]] = []
    for i, word in enumerate(page.words):
        if i in taken or not word[0].isupper() or len(word) < 3 or folded(word) not in known:
            continue
        if _is_part_of_other(page, i, limits):
            continue
        low = i
        while low > 0 and low - 1 not in taken and i - low < MAX_NAME_WORDS:
            low -= 1
        first, last = grow_name(page, i, i + 1, low, met)
        if any(j in taken for j in range(first, last)):
            first, last = i, i + 1
        found.append((first, last))
        taken.update(range(first, last))
    return found


def _family_names(page: Page, spans: Sequence[tuple[int, int]]) -> set[str]:
    """Return the last words of names that are safe to look for elsewhere."""
    alone: dict[str, int] = {}
    known: set[str] = set()
    for first, last in spans:
        at = last - 1
        while at > first and (page.lower[at] in SUFFIXES or page.words[at] in (".", ",")):
            at -= 1
        word = folded(page.words[at])
        if at > first:
            known.add(word)
        else:
            alone[word] = alone.get(word, 0) + 1
    return known | {word for word, times in alone.items() if times > 1}


def _is_part_of_other(page: Page, i: int, limits: Mapping[int, int]) -> bool:
    """Return whether a family name belongs to another name (*Clinton Foundation*) or is a common word (*Will*)."""
    if limits.get(i) == i + 1 and limits.get(i - 1) != i + 1:
        return False
    last, n = i + 1, len(page)
    if (
        last < n
        and page.same_line(i, last)
        and page.is_capital(last)
        and not page.glued[last]
        and page.pos[last] == "PROPN"
        and not page.words[last].isupper()
        and page.lower[last] in NAME_LIKE_HEADS
    ):
        return True
    if (
        i > 0
        and page.same_line(i - 1, i)
        and page.entity[i] not in ("", "PERSON")
        and page.entity[i - 1] == page.entity[i]
    ):
        return True
    common = page.lower[i] in _COMMON_WORDS or page.pos[i] not in ("PROPN", "NOUN", "X")
    return common and page.entity[i] != "PERSON"


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
    if titled and page.sentence[first - 1] == page.sentence[first]:
        return False
    word = page.lower[first]
    if any(word.endswith(end) and elsewhere.get(word.removesuffix(end), 0) > 0 for end in _FOLLOWERS):
        return True
    return elsewhere.get(page.lower[first], 0) > 1 or (first > 0 and page.lower[first - 1] == "the")


def _opens_known_name(page: Page, i: int, met: Set[str]) -> bool:
    """Return whether a known given name begins here a full name that no head has found."""
    if not page.is_capital(i) or page.pos[i] not in ("PROPN", "X") or folded(page.words[i]) not in met:
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


def _is_given_name(page: Page, first: int, last: int) -> bool:
    """Return whether a title begins a name of two words because it is a given name too: *Dean Potts*.

    It is none where the article knows a dean.
    """
    word = page.lower[first]
    if last - first != 2 or word not in _GIVEN_TITLES:
        return False
    return word not in page.words and not any(
        page.lower[i] == word and page.entity[i + 1 : i + 3] == ["PERSON", "PERSON"] for i in range(len(page))
    )


def _cut_names(page: Page, first: int, last: int, met: Set[str]) -> list[tuple[int, int]]:
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
            or (
                (title_noun(page, a) or page.lower[a] in lexicon.PARTIES)
                and b - a > 1
                and not _is_given_name(page, a, b)
            )
            or (page.lower[a] in EPITHETS and b - a > 2 and folded(page.words[a + 1]) in met)
            or (not page.is_capital(a) and page.lower[a] not in PARTICLES)
        ):
            a += 1
        while b > a and (
            not page.words[b - 1][0].isalnum() or (b - a > 2 and page.words[b - 1] in POST_NOMINALS)
        ):
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
