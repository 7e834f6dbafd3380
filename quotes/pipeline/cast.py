"""The people an article names: where each is mentioned, under which names, in which roles."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.pipeline.appositions import apposition_roles, leading_roles
from quotes.pipeline.genders import GivenNames, given_gender, single_gender, told_gender
from quotes.pipeline.names import (
    HONORIFICS,
    PARTICLES,
    Name,
    can_be_same,
    folded,
    parse_name,
    same_first,
    same_last,
)
from quotes.pipeline.namespans import POSSESSIVE, more_spans, name_spans
from quotes.pipeline.page import Page
from quotes.pipeline.titles import Role, title_roles, title_start
from quotes.pipeline.verdicts import Rule


@dataclass(slots=True)
class Mention:
    """A person's name in the text: words ``[first, last)``, its title from ``title`` on, all of it up to ``end``.

    ``sure`` is the probability that ``person`` is right, ``others`` whom else it could mean, likeliest first;
    ``shared`` the full name where a family name printed once serves two: *James and Olive Meehan*; ``how`` the
    rule by which words that are no name were given to a person.
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
    others: tuple[int, ...] = ()
    how: Rule = Rule.NAMED


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


def find_cast(page: Page, given: GivenNames, source_limits: Mapping[int, int] | None = None) -> Cast:
    """Return the people of an article.

    :param given: What is known of given names.
    :param source_limits: For words within a source, where that source ends: an apposition goes no farther.
    """
    limits = source_limits or {}
    spans = name_spans(page, given.met)
    spans = sorted(spans + more_spans(page, spans, given.met, limits))
    mentions = [_mention(page, first, last, limits) for first, last in spans]
    _share_family_names(page, mentions, given.met)
    _join_particles(mentions)
    people = _group(mentions)
    _settle(page, mentions, people, given)
    at = {i: mention for mention in mentions for i in range(mention.first, mention.last)}
    return Cast(people, mentions, at)


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
        and page.lower[title - 1] in POSSESSIVE
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


def _join_particles(mentions: list[Mention]) -> None:
    """Read *Van Dijk* as the family name of *Pieter van Dijk*, where the article has one such."""
    family = {mention.name.last for mention in mentions if mention.name.is_full}
    for mention in mentions:
        name = mention.name
        joined = f"{name.first} {name.last}"
        if name.is_full and not name.middle and name.first in PARTICLES and joined in family:
            mention.name = Name(last=joined, suffix=name.suffix, honorific=name.honorific)


def _group(mentions: list[Mention]) -> list[Person]:
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


def _share_family_names(page: Page, mentions: list[Mention], met: Set[str]) -> None:
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
            and given in met
            and other.name.last in family
        ):
            others = any(m.name.last == given and m.name.is_full for m in mentions)
            if not others:
                surname = page.slice(other.first, other.last).split(maxsplit=1)[1]
                one.name = Name(first=given, last=other.name.last, honorific=one.name.honorific)
                one.shared = f"{page.slice(one.first, one.last)} {surname}"


def _settle(page: Page, mentions: list[Mention], people: list[Person], given: GivenNames) -> None:
    """Give every mention its person, then gather names, roles and genders."""
    for person in people:
        person.she = given_gender(person.name.first, given.genders)
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
            mention.others = tuple(number for number, _ in fit[1:])
        else:
            alone = next((p for p in people[n_full:] if _same_single(p.name, mention.name)), None)
            if alone is None:
                alone = Person(len(people), mention.name, "", she=single_gender(mention.name, given))
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
