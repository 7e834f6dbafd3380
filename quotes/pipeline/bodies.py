"""Names that are no person's: which capitalised stretches an article holds, and which is the full form of another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from quotes.pipeline import lexicon
from quotes.pipeline.cast import Cast
from quotes.pipeline.names import folded
from quotes.pipeline.page import Page

_LINKS = frozenset("""
of for the and to on de du la al ’s 's - – ‑ & ’ ' at in
""".split())  # fmt: skip
_SKIPPED_INITIALS = frozenset(["of", "for", "the", "and", "to", "on", "in", "at", "a", "an", "&"])
MAX_NAME_WORDS = 12
MAX_INITIALS = 8
MAX_LEAD_LINES = 3
MAX_LEAD_SENTENCES = 8
_SAME_WORDS = {"federal": ("u.s.", "federal"), "national": ("u.s.", "national"), "us": ("u.s.",)}


@dataclass(slots=True)
class Bodies:
    """The capitalised names of an article that are not people.

    ``runs`` lists their words ``[first, last)`` in order; ``by_word`` maps each lower-case word to the runs that
    hold it, ``by_initial`` a letter to the capitalised words that begin with it; ``spelled`` remembers initials.
    """

    runs: list[tuple[int, int]]
    by_word: dict[str, list[int]] = field(default_factory=dict)
    by_initial: dict[str, list[int]] = field(default_factory=dict)
    spelled: dict[str, tuple[int, int] | None] = field(default_factory=dict)

    def before(self, at: int, most: int = 12) -> list[tuple[int, int]]:
        """Return the last names that begin before a word, at most so many."""
        end = bisect_left(self.runs, (at, 0))
        return self.runs[max(0, end - most) : end]


def find_bodies(page: Page, cast: Cast) -> Bodies:
    """Return the capitalised names of an article, headlines and people aside."""
    bodies = Bodies([])
    for i, word in enumerate(page.words):
        if word[0].isupper() and len(word) > 1:
            bodies.by_initial.setdefault(page.lower[i][0], []).append(i)
    shouted = _title_case_lines(page)
    i, n = 0, len(page)
    while i < n:
        if not _can_begin(page, cast, i) or (page.line[i] in shouted and page.entity[i] != "ORGANIZATION"):
            i += 1
            continue
        last = i + 1
        end = last
        while (
            last < n
            and last - i < MAX_NAME_WORDS
            and page.line[last] == page.line[i]
            and (page.sentence[last] == page.sentence[i])
        ):
            if page.is_capital(last) and last not in cast.at:
                end = last + 1
            elif page.lower[last] not in _LINKS:
                break
            last += 1
        number = len(bodies.runs)
        bodies.runs.append((i, end))
        for word in {page.lower[j] for j in range(i, end)}:
            bodies.by_word.setdefault(word, []).append(number)
        i = end
    return bodies


def _can_begin(page: Page, cast: Cast, i: int) -> bool:
    if not page.is_capital(i) or i in cast.at or page.entity[i] == "DATE":
        return False
    if page.pos[i] in ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "PART", "PUNCT"):
        return page.entity[i] == "ORGANIZATION" and page.pos[i] != "DET"
    return page.pos[i] in ("PROPN", "ADJ", "NOUN", "X", "NUM") or page.entity[i] in (
        "ORGANIZATION",
        "LOCATION",
        "MISC",
    )


def _title_case_lines(page: Page) -> set[int]:
    words: Counter[int] = Counter()
    capitals: Counter[int] = Counter()
    for i, line in enumerate(page.line):
        if page.words[i][0].isalpha() and len(page.words[i]) > 2:
            words[line] += 1
            capitals[line] += page.is_capital(i)
    return {line for line, count in words.items() if count >= 5 and capitals[line] > 0.7 * count}


def expand_initials(page: Page, bodies: Bodies, letters: str) -> tuple[int, int] | None:
    """Return the first stretch of words whose initials spell a short form: *Kata’ib Hezbollah* for *KH*."""
    letters = letters.lower()
    if not 2 <= len(letters) <= MAX_INITIALS:
        return None
    if letters not in bodies.spelled:
        starts = bodies.by_initial.get(letters[0], ())
        found = ((i, _spells(page, i, letters)) for i in starts)
        bodies.spelled[letters] = next(((i, last) for i, last in found if last), None)
    return bodies.spelled[letters]


def _spells(page: Page, first: int, letters: str) -> int:
    at, i = 0, first
    while i < len(page) and page.line[i] == page.line[first] and i - first < 3 * len(letters):
        word = page.lower[i]
        if at < len(letters) and word[0] == letters[at] and page.is_capital(i) and len(word) > 1:
            at += 1
            if at == len(letters):
                following = i + 1
                is_end = (
                    following >= len(page) or not page.is_capital(following) or page.words[following] == "("
                )
                return following if is_end or page.pos[following] != "PROPN" else 0
        elif (
            word not in _SKIPPED_INITIALS
            and word not in _LINKS
            and not (page.glued[i] and not page.is_capital(i))
        ):
            return 0
        i += 1
    return 0


def plain(text: str) -> str:
    """Return a name for comparing: folded, without article, possessives and marks."""
    words = folded(text).replace("'s", " ").replace(".", "").replace("-", " ").split()
    if words and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(word.strip("'\"“”,()") for word in words)


def fuller_names(
    page: Page, bodies: Bodies, words: list[str], *, before: int | None = None
) -> list[tuple[int, int]]:
    """Return the longer names that hold all of some words, one run for each different name.

    :param words: Lower-case words; a single one has to be the name's last or first.
    :param before: Leave out names that begin at this word or later.
    """
    if not words:
        return []
    numbers = bodies.by_word.get(words[-1], []) or []
    found: dict[str, tuple[int, int]] = {}
    for number in numbers:
        first, last = bodies.runs[number]
        if before is not None and first >= before:
            continue
        run = page.lower[first:last]
        if not all(word in run for word in words) or (
            len(words) == 1 and run[-1] != words[0] and run[0] != words[0]
        ):
            continue
        if any(lexicon.is_title(word) for word in run):
            continue
        if run[0] == "the":
            first += 1
        if last - first <= len(words):
            continue
        found.setdefault(plain(page.slice(first, last)), (first, last))
    return list(found.values())


def body_named_later(page: Page, bodies: Bodies, first: int, head: int, core: int) -> tuple[int, int] | None:
    """Return the body that a headline or lead calls *a federal appeals court* before the text names it.

    Every word of the description has to be in the name, and one name alone may hold them all.

    :param first: Where the description begins.
    :param core: Where it ends; more than its head after the head makes it another thing.
    """
    if page.line[first] > MAX_LEAD_LINES or core != head + 1:
        return None
    words = [page.lower[i] for i in range(first, head) if page.words[i][0].isalnum()]
    words = [word for word in words if word not in ("a", "an")]
    if not words or not lexicon.is_institution(page.lower[head]):
        return None
    found: dict[str, tuple[int, int]] = {}
    for number in bodies.by_word.get(page.lower[head], ()):
        begin, last = bodies.runs[number]
        if begin <= head or page.sentence[begin] - page.sentence[first] > MAX_LEAD_SENTENCES:
            continue
        run = page.lower[begin:last]
        begin += run[0] == "the"
        if all(any(same in run for same in _SAME_WORDS.get(word, (word,))) for word in words):
            found.setdefault(plain(page.slice(begin, last)), (begin, last))
    return next(iter(found.values())) if len(found) == 1 else None
