"""The capacity in which a text names somebody: the roles, and the titles that stand before a name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from quotes.pipeline import lexicon
from quotes.pipeline.genders import load_given_names
from quotes.pipeline.names import HONORIFICS, folded
from quotes.pipeline.page import Page

MAX_TITLE_WORDS = 14

DASHES = frozenset({"-", "–", "‑", "/", "&"})

_POSSESSIVE = frozenset({"'s", "’s"})

_FAINT = frozenset("""
rival opponent friend colleague supporter critic man woman native boss ally
""".split())  # fmt: skip

_MAKES_ROLE = {
    "party": 1,
    "rank": 2,
    "affiliation": 0,
    "clause": 3,
    "description": 2.5,
    "title": 4,
    "apposition": 5,
}

_RELATIONS = frozenset("""
wife husband spouse widow widower son daughter brother sister mother father cousin uncle aunt nephew niece
partner ex-wife ex-husband friend mate colleague girlfriend boyfriend fiance fiancee
""".split())  # fmt: skip

_RANKS = frozenset("""
general colonel major captain lieutenant sergeant corporal private commander admiral commodore brigadier
marshal gen col lt maj capt cmdr sgt cpl pvt adm brig dr doctor rev reverend sir lord lady dame fr hon prof
""".split())  # fmt: skip

_PLURAL_TITLES = frozenset(
    [
        "senators",
        "representatives",
        "presidents",
        "governors",
        "secretaries",
        "justices",
        "judges",
        "generals",
    ]
)

_NEVER_IN_TITLE = frozenset(
    [
        "today",
        "yesterday",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "meanwhile",
        "however",
        "but",
    ]
)


@dataclass(frozen=True, slots=True)
class Role:
    """A capacity as printed, the leading article aside; ``head`` is its office, *senator* for *Vermont Sen.*

    ``how`` says where it stood: ``title``, ``apposition``, ``clause``, ``party``, ``rank``, ``affiliation``
    (*the Pentagon’s X*) or ``description`` (*the Vermont senator*).
    """

    text: str
    head: str
    how: str
    first: int
    last: int

    @property
    def weight(self) -> float:
        """How much the role tells: the more, the fuller and the more certain."""
        if self.how in ("party", "rank", "affiliation"):
            return float(_MAKES_ROLE[self.how])
        if self.head in _FAINT and len(self.text.split()) == 1:
            return 1.5
        return _MAKES_ROLE[self.how] + min(len(self.text.split()), 9)


def is_abbreviation(page: Page, i: int) -> bool:
    """Return whether a word is a title cut short, *Sen* of ``Sen.``"""
    return page.lower[i] in lexicon.TITLE_ABBREVIATIONS and page.is_capital(i)


def title_noun(page: Page, i: int) -> bool:
    """Return whether a word can be the head of a title."""
    word = page.lower[i]
    if is_abbreviation(page, i):
        return True
    if page.is_capital(i) and _is_given_name(word):
        return False
    return lexicon.is_title(word) or (word in _PLURAL_TITLES and page.is_capital(i))


def _is_given_name(word: str) -> bool:
    """Return whether a word that sounds like a title is a given name when it is capitalised: *Norman*, *Guy*."""
    return word == "guy" or (lexicon.is_title_by_ending(word) and folded(word) in load_given_names().genders)


def _full_stop_of_title(page: Page, i: int) -> bool:
    return (
        page.words[i] == "."
        and i > 0
        and page.glued[i]
        and (is_abbreviation(page, i - 1) or page.lower[i - 1] in HONORIFICS)
    )


def title_start(page: Page, name_start: int) -> int:
    """Return where the title before a name begins; ``name_start`` where there is none.

    Walks left over the words a title is made of, at most :data:`MAX_TITLE_WORDS`; what is before the name
    directly has to be a title's head.
    """
    i = name_start - 1
    start, headed = name_start, False
    low = max(0, name_start - MAX_TITLE_WORDS)
    while i >= low and page.same_line(i, name_start) and page.content[i] == page.content[name_start]:
        word = page.lower[i]
        if page.words[i] == ".":
            if not _full_stop_of_title(page, i) and not (
                page.glued[i]
                and page.is_capital(i - 1)
                and len(page.words[i - 1]) <= 4
                and headed
                and i - 1 >= low
                and page.sentence[i + 1] == page.sentence[i]
            ):
                break
            i -= 1
            continue
        if i + 1 < name_start and page.sentence[i] != page.sentence[i + 1] and page.words[i + 1] != ".":
            break
        if title_noun(page, i) or word in HONORIFICS:
            headed = headed or word not in HONORIFICS
            start = i
        elif not headed:
            if word in DASHES or page.pos[i] in ("PROPN", "NOUN", "ADJ") or word == "of":
                # "Secretary of State", "attorney general", "ambassador-designate": the head stands further left.
                reach = _head_within(page, i, low)
                if reach < 0:
                    break
                start, headed, i = reach, True, reach
            else:
                break
        elif (
            (word in DASHES and page.glued[i])
            or word in _POSSESSIVE
            or word == "&"
            or (
                word == "of"
                and i > low
                and page.is_capital(i - 1)
                and page.is_capital(i + 1)
                and page.pos[i - 1] == "PROPN"
            )
        ):
            pass
        elif page.pos[i] in ("PROPN", "NOUN", "ADJ", "NUM") or word in lexicon.MODIFIERS:
            if page.lower[i] in _NEVER_IN_TITLE or _is_clock(page, i):
                break
            start = i
        elif (
            page.pos[i] == "VERB" and page.lower[i].endswith("ing") and page.lower[i + 1] in ("mate", "back")
        ) or (
            page.pos[i] == "VERB" and i + 1 < len(page) and page.lower[i + 1] in DASHES and page.glued[i + 1]
        ):
            start = i
        elif word in ("and",) and i > low and page.is_capital(i - 1) and page.is_capital(i + 1) and headed:
            # "Health and Human Services Secretary"
            if page.pos[i - 1] != "PROPN" or page.entity[i - 1] == "PERSON":
                break
        else:
            break
        i -= 1
    return start if headed or (start < name_start and page.lower[start] in HONORIFICS) else name_start


def _is_clock(page: Page, i: int) -> bool:
    """Return whether a word is of a time of day, as it stands before each entry of a live report: *11:05*."""
    return page.words[i][0].isdigit() and (
        ":" in page.words[i] or (i > 0 and page.words[i - 1] == ":" and page.glued[i])
    )


def _head_within(page: Page, i: int, low: int) -> int:
    """Return the index of the title noun that "… of State", "… general" or "…-elect" at ``i`` ends, or -1."""
    word = page.lower[i]
    if word in ("elect", "designate", "emeritus", "general", "emerita") and i - 1 >= low:
        at = i - 2 if page.words[i - 1] in DASHES else i - 1
        return at if at >= low and title_noun(page, at) else -1
    # a proper-name complement of at most five words: Secretary of State, president of Yale University
    for j in range(i, max(low, i - 5) - 1, -1):
        if page.lower[j] == "of":
            if j - 1 >= low and title_noun(page, j - 1) and page.is_capital(j - 1):
                return j - 1
            return -1
        if not page.is_capital(j) or page.entity[j] == "PERSON":
            return -1
    return -1


def _trim(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last and (
        (page.pos[first] in ("DET", "PUNCT", "PART", "PRON", "CCONJ") and page.lower[first] not in ("no",))
        or (
            page.lower[first] in ("a", "an", "the", "then", "now")
            and not (first + 1 < last and page.words[first + 1] in DASHES)
        )
        or page.lower[first] in _POSSESSIVE
        or page.lower[first] in HONORIFICS
    ):
        first += 1
    while last > first and page.words[last - 1] in (",", ";", ":", "(", "—", "–", "--", "“", '"'):
        last -= 1
    return first, last


def phrase_role(page: Page, first: int, last: int, how: str) -> Role | None:
    """Return the role that a phrase tells, or ``None`` where it has no title noun.

    :param how: See :class:`Role`; a military or clerical rank alone becomes ``rank``.
    """
    first, last = _trim(page, first, last)
    if first >= last:
        return None
    head = head_noun(page, first, last)
    if head < 0:
        return None
    noun = page.lower[head]
    if noun in HONORIFICS:
        return None
    if how == "title" and noun in _RANKS and "of" not in page.lower[first:last]:
        how = "rank"
    single = lexicon.singulars(noun)
    key = lexicon.office(single[0] if single and not lexicon.is_title(noun) else noun)
    return Role(page.slice(first, last), key, how, first, last)


def head_noun(page: Page, first: int, last: int) -> int:
    """Return the title noun that heads a phrase: the last one before a preposition; -1 where there is none."""
    found = -1
    for i in range(first, last):
        if page.lower[i] in ("of", "for", "at", "in", "from", "with", "on", "to", "under", "who", "and") or (
            page.pos[i] in ("ADP", "SCONJ")
        ):
            if found >= 0:
                return found
            continue
        if title_noun(page, i) or (page.lower[i] in lexicon.PERSONS and page.pos[i] in ("NOUN", "PROPN")):
            if i + 1 < last and page.lower[i + 1] in _POSSESSIVE:
                continue
            found = i
    return found


def title_roles(page: Page, start: int, name_start: int) -> list[Role]:
    """Return the roles in the title ``[start, name_start)``: *Pentagon spokesperson* | *Navy Commander*."""
    cuts = [start]
    for i in range(start, name_start - 1):
        lower_noun = not page.is_capital(i) and lexicon.is_title(page.lower[i])
        if (lower_noun and page.lower[i] in _RELATIONS and page.words[i + 1][0].isalpha()) or (
            lower_noun and page.is_capital(i + 1) and page.words[i + 1][0].isalpha()
        ):
            cuts.append(i + 1)
    cuts.append(name_start)
    roles = [phrase_role(page, a, b, "title") for a, b in itertools.pairwise(cuts)]
    return [role for role in roles if role]
