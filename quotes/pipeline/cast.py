"""The people an article names: where each is mentioned, under which names, in which roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.pipeline import lexicon
from quotes.pipeline.names import (
    HONORIFICS,
    PARTICLES,
    SUFFIXES,
    Name,
    can_be_same,
    folded,
    parse_name,
    same_first,
    same_last,
)  # fmt: skip
from quotes.pipeline.page import Page
from quotes.pipeline.titles import (
    Role,
    apposition_roles,
    is_abbreviation,
    leading_roles,
    title_noun,
    title_roles,
    title_start,
)  # fmt: skip

MAX_NAME_WORDS = 9
_POSSESSIVE = frozenset({"'s", "’s"})
_HYPHENS = frozenset({"-", "‑", "’", "'", "‘", "ʻ"})

NAME_LIKE_HEADS = frozenset(["foundation", "tower", "towers", "university", "college", "school", "hotel", "organization", "campaign", "administration", "center", "centre", "institute", "committee", "act", "bill", "law", "street", "avenue", "road", "river", "county", "city", "airport", "park", "hospital", "bank", "group", "inc", "corp", "co", "llc", "company", "plaza", "library", "museum", "prize", "award", "doctrine", "plan", "house", "hall", "white", "party", "army", "camp", "island", "lake", "bridge", "stadium", "arena", "field", "court", "commission", "report", "care", "effect", "times", "post", "news", "press", "network", "show", "foundation's", "health", "taj", "steaks"])  # fmt: skip
"""Words that make a family name before them part of another name: *Clinton Foundation*."""


@dataclass(slots=True)
class Mention:
    """A person's name in the text: words ``[first, last)``, its title from ``title`` on, all of it up to ``end``.

    ``sure`` is the probability that ``person`` is right; ``shared`` the full name where a family name printed
    once serves two: *James and Olive Meehan*.
    """

    first: int
    last: int
    title: int
    end: int
    name: Name
    person: int = -1
    roles: tuple[Role, ...] = ()
    sure: float = 1.0
    shared: str = ""


@dataclass(slots=True)
class Person:
    """Somebody in the article, and all that it tells of them.

    ``she`` is the probability that the person is a woman; ``described`` that the article gives no name, so that
    ``full`` holds its description; ``unclear`` that the description could mean several whom it does name.
    """

    number: int
    name: Name
    full: str
    mentions: list[Mention] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    she: float = 0.5
    described: bool = False
    unclear: bool = False

    @property
    def offices(self) -> set[str]:
        """The offices among the person's roles: *senator*, *spokesperson* …"""
        return {role.head for role in self.roles}


@dataclass(slots=True)
class Cast:
    """The people of an article; ``at`` maps a word to the name it belongs to, ``nominals`` a noun to its mention."""

    people: list[Person]
    mentions: list[Mention]
    at: dict[int, Mention]
    nominals: dict[int, Mention] = field(default_factory=dict)

    def within(self, first: int, last: int) -> list[Mention]:
        """Return the mentions among the words ``[first, last)``, in order."""
        found: list[Mention] = []
        for i in range(first, last):
            mention = self.at.get(i)
            if mention is not None and (not found or found[-1] is not mention) and mention.first >= first:
                found.append(mention)
        return found


def find_cast(
    page: Page, genders: Mapping[str, tuple[int, int]], source_limits: Mapping[int, int] | None = None
) -> Cast:
    """Return the people of an article.

    :param genders: How often a given name went with *he* and with *she*.
    :param source_limits: For words within a source, where that source ends: an apposition goes no farther.
    """
    spans = _name_spans(page, genders)
    limits = source_limits or {}
    mentions = [_mention(page, first, last, limits) for first, last in spans]
    _share_family_names(page, mentions, genders)
    people = _group(mentions, page)
    _spot_more(page, mentions, people, limits)
    mentions.sort(key=lambda mention: mention.first)
    _settle(page, mentions, people, genders)
    at = {i: mention for mention in mentions for i in range(mention.first, mention.last)}
    return Cast(people, mentions, at)


# Where names stand


def _name_spans(page: Page, genders: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
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
    return (
        titled
        or (following not in NAME_LIKE_HEADS
        and not (i > 0 and page.is_capital(i - 1) and page.pos[i - 1] == "PROPN"))
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
            or (page.lower[i] in _POSSESSIVE)
        ):
            pieces.append((start, i))
            start = i + 1
    names = []
    for a, b in pieces:
        while a < b and (
            not page.words[a][0].isalnum()
            or page.lower[a] in HONORIFICS
            or (title_noun(page, a)
            and b - a > 1)
            or (not page.is_capital(a)
            and page.lower[a] not in PARTICLES)
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
                or (last - first == 1
                and folded(page.words[first]) not in genders
                and _can_be_given(page, first - 1))
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


def _mention(page: Page, first: int, last: int, limits: Mapping[int, int]) -> Mention:
    text = page.slice(first, last)
    title = title_start(page, first)
    roles = title_roles(page, title, first)
    name = parse_name(text)
    honorific = (
        page.lower[first - 2]
        if first > 1 and page.words[first - 1] == "."
        else page.lower[first - 1]
        if first
        else ""
    )
    if honorific in HONORIFICS and page.same_line(first - 1, first):
        name = Name(name.first, name.middle, name.last, name.suffix, name.nickname, honorific)
        title = min(title, first - 2 if page.words[first - 1] == "." else first - 1)
    after, end = apposition_roles(page, last, limits.get(first, len(page)))
    before = leading_roles(page, title, 0, end)
    if (
        title > 1
        and page.lower[title - 1] in _POSSESSIVE
        and title == first
        and page.entity[title - 2] == "ORGANIZATION"
    ):
        at = title - 2
        while at > 0 and page.entity[at - 1] == "ORGANIZATION" and page.same_line(at, at - 1):
            at -= 1
        if page.lower[at] == "the":
            at += 1
        roles.append(Role(page.slice(at, title - 1), "", "affiliation", at, title - 1))
    return Mention(first, last, title, end, name, roles=(*after, *before, *roles))


# Who is who


def _group(mentions: list[Mention], page: Page) -> list[Person]:
    people: list[Person] = []
    by_last: dict[str, list[Person]] = {}
    for mention in sorted(mentions, key=lambda m: (not m.name.is_full, m.first)):
        name = mention.name
        if not (name.last or name.first) or not name.is_full:
            continue
        key = name.last.split()[-1].split("-")[-1]
        fit = [person for person in by_last.get(key, []) if can_be_same(person.name, name)]
        if fit:
            person = fit[0]
            if len(name.middle) + len(name.nickname) + len(name.first) > len(person.name.middle) + len(
                person.name.nickname
            ) + len(person.name.first):
                person.name = name
        else:
            person = Person(len(people), name, "")
            people.append(person)
            by_last.setdefault(key, []).append(person)
        mention.person = person.number
    return people


def _share_family_names(page: Page, mentions: list[Mention], genders: Mapping[str, tuple[int, int]]) -> None:
    """Read *James and Olive Meehan* as two full names."""
    family = {mention.name.last for mention in mentions}
    for one, other in pairwise(mentions):
        joined = (
            other.first - one.last == 1
            and page.lower[one.last] in ("and", "&")
            and page.same_line(one.last, other.first)
        )
        given = one.name.last
        if (
            joined
            and other.name.is_full
            and not one.name.first
            and given in genders
            and other.name.last in family
        ):
            others = any(m.name.last == given and m.name.is_full for m in mentions)
            if not others:
                surname = page.slice(other.first, other.last).split(maxsplit=1)[1]
                one.name = Name(first=given, last=other.name.last, honorific=one.name.honorific)
                one.shared = f"{page.slice(one.first, one.last)} {surname}"


def _spot_more(page: Page, mentions: list[Mention], people: list[Person], limits: Mapping[int, int]) -> None:
    """Add the family names, and rare given names, that no head has found but a full name elsewhere explains."""
    lasts = {person.name.last.split()[-1] for person in people}
    taken = {i for mention in mentions for i in range(mention.first, mention.last)}
    i, n = 0, len(page)
    while i < n:
        word = folded(page.words[i])
        if i in taken or word not in lasts or not page.is_capital(i) or len(word) < 3:
            i += 1
            continue
        first, last = i, i + 1
        after = page.lower[last] if last < n else ""
        joined = (
            last < n
            and page.same_line(i, last)
            and page.is_capital(last)
            and not page.glued[last]
            and (
                page.pos[last] == "PROPN"
                and page.words[last] != page.words[last].upper()
                and after in NAME_LIKE_HEADS
            )
        )
        before_is_name = (
            first > 0
            and page.same_line(first - 1, first)
            and page.entity[first] not in ("", "PERSON")
            and (page.entity[first - 1] == page.entity[first])
        )
        known_word = word in _COMMON_WORDS or page.pos[i] not in ("PROPN", "NOUN", "X")
        alone = limits.get(i) == i + 1 and limits.get(i - 1) != i + 1
        if not alone and (joined or before_is_name or (known_word and page.entity[i] != "PERSON")):
            i += 1
            continue
        mention = _mention(page, first, last, limits)
        mentions.append(mention)
        taken.add(i)
        i += 1


_COMMON_WORDS = frozenset({"may", "will"})


def _settle(
    page: Page, mentions: list[Mention], people: list[Person], genders: Mapping[str, tuple[int, int]]
) -> None:
    """Give every mention its person, then gather names, roles and genders."""
    for person in people:
        person.she = _she(person.name.first, genders)
    fulls = [0] * len(people)
    firsts: dict[int, int] = {}
    for mention in mentions:
        if mention.person >= 0:
            fulls[mention.person] += 1
            firsts.setdefault(mention.person, mention.first)
    n_full = len(people)
    for mention in mentions:
        if mention.person >= 0:
            continue
        fit = _candidates(mention, people[:n_full], fulls, firsts)
        if len(fit) == 1 or len(fit) > 1:
            mention.person, mention.sure = fit[0]
        else:
            alone = next((p for p in people[n_full:] if _same_single(p.name, mention.name)), None)
            if alone is None:
                alone = Person(len(people), mention.name, "", she=_single_she(mention.name, genders))
                people.append(alone)
            mention.person = alone.number
    for mention in mentions:
        person = people[mention.person]
        person.mentions.append(mention)
        text = mention.shared or page.slice(mention.first, mention.last)
        person.names[text] = person.names.get(text, 0) + 1
        if mention.sure >= 0.8:
            known = {role.text.lower() for role in person.roles}
            person.roles.extend(role for role in mention.roles if role.text.lower() not in known)
            if mention.name.honorific:
                gender = HONORIFICS[mention.name.honorific]
                person.she = {"m": 0.01, "f": 0.99}.get(gender, person.she)
    for person in people:
        person.full = fullest_name(person)
        for role in person.roles:
            told = told_gender(role.head, role.text.split()[-1].lower())
            person.she = told if told != 0.5 else person.she


_SHE = frozenset(["spokeswoman", "chairwoman", "congresswoman", "councilwoman", "businesswoman", "actress", "queen", "princess", "duchess", "mother", "wife", "widow", "daughter", "sister", "aunt", "niece", "grandmother", "granddaughter", "stepmother", "girlfriend", "fiancee", "waitress", "policewoman", "woman", "girl", "nun", "ex-wife", "saleswoman", "assemblywoman", "alderwoman", "hostess", "heiress"])  # fmt: skip
_HE = frozenset(["chairman", "congressman", "councilman", "businessman", "actor", "king", "prince", "duke", "father", "husband", "widower", "son", "brother", "uncle", "nephew", "grandfather", "grandson", "stepfather", "boyfriend", "fiance", "waiter", "policeman", "man", "boy", "monk", "ex-husband", "salesman", "assemblyman", "alderman"]) - {"chairman", "congressman", "actor"}  # fmt: skip


def told_gender(*nouns: str) -> float:
    """Return the probability of a woman that a role's nouns tell; 0.5 where they tell nothing."""
    if any(noun in _SHE for noun in nouns):
        return 0.98
    return 0.02 if any(noun in _HE for noun in nouns) else 0.5


def fullest_name(person: Person) -> str:
    """Return the fullest form of a person's name that the article prints."""

    def weight(text: str) -> tuple[int, int, int, int]:
        name = parse_name(text)
        shouted = text.isupper() and len(text) > 3
        return (name.is_full, -shouted, len(folded(text).split()) + bool(name.nickname), person.names[text])

    return max(person.names, key=weight) if person.names else ""


def _same_single(one: Name, other: Name) -> bool:
    a, b = one.last or one.first, other.last or other.first
    if (
        HONORIFICS.get(one.honorific, "")
        and HONORIFICS.get(other.honorific, "")
        and (HONORIFICS[one.honorific] != HONORIFICS[other.honorific])
    ):
        return False
    return bool(a) and (same_last(a, b))


def _candidates(
    mention: Mention, people: list[Person], fulls: list[int], firsts: Mapping[int, int]
) -> list[tuple[int, float]]:
    """Return who a short name can mean, the likeliest first, with how sure that is."""
    word = mention.name.last or mention.name.first
    by_last = [p for p in people if same_last(p.name.last, word)] if mention.name.last else []
    gender = HONORIFICS.get(mention.name.honorific, "")
    if gender:
        by_last = [p for p in by_last if (p.she < 0.9 if gender == "m" else p.she > 0.1)]
    elif not mention.name.honorific and not by_last:
        by_first = [p for p in people if p.name.first and _calls(p.name, mention.name)]
        if by_first:
            by_first.sort(key=lambda p: (-fulls[p.number], p.number))
            return [(p.number, 0.95 if len(by_first) == 1 else 0.6) for p in by_first]
    if len(by_last) <= 1:
        return [(p.number, 1.0) for p in by_last]
    # A title decides between namesakes: "President Clinton", "Secretary Clinton".
    offices = {role.head for role in mention.roles if role.how in ("title", "rank")}
    titled = (
        [p for p in by_last if offices & {r.head for m in p.mentions for r in m.roles}] if offices else []
    )
    if len(titled) == 1:
        return [(titled[0].number, 0.9)]
    before = [p for p in by_last if firsts[p.number] < mention.first]
    pool = before if len(before) == 1 and gender else by_last
    pool.sort(key=lambda p: (-fulls[p.number], firsts[p.number]))
    total = sum(fulls[p.number] for p in pool)
    top = pool[0]
    share = fulls[top.number] / total
    led = firsts[top.number] == min(firsts[p.number] for p in pool)
    sure = 0.9 if share >= 0.75 and led else 0.8 if share >= 0.6 and led else 0.5
    if gender and len(before) == 1:
        sure = max(sure, 0.85)
    return [(p.number, sure if p is top else 1 - sure) for p in pool]


def _calls(full: Name, short: Name) -> bool:
    word = short.first or short.last
    if short.suffix and short.suffix != full.suffix:
        return False
    return len(word) > 2 and (word == full.nickname or same_first(full.first, word))


def _she(first: str, genders: Mapping[str, tuple[int, int]]) -> float:
    """Return the probability that a given name is a woman's; an unknown name is judged by its ending, mildly."""
    he, she = genders.get(first, genders.get(first.split("-", maxsplit=1)[0], (0, 0)))
    if he + she:
        return (she + 0.3) / (he + she + 0.6)
    for length in (3, 2, 1):
        he, she = genders.get(f"-{first[-length:]}", (0, 0))
        if he + she >= 6:
            return min(max((she + 1) / (he + she + 2), 0.2), 0.8)
    return 0.5


def _single_she(name: Name, genders: Mapping[str, tuple[int, int]]) -> float:
    gender = HONORIFICS.get(name.honorific, "")
    if gender:
        return 0.01 if gender == "m" else 0.99
    first = name.first or name.last
    return _she(first, genders) if name.first or first in genders else 0.5
