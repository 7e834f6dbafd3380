"""People who are spoken of without a name: *a Pentagon official*, *the senator*, *my father*.

A definite one may be somebody whom the article names: *the senator* is Bernie Sanders where he alone is called
one. All others stand for themselves, so that a later *he* is not pinned on the nearest name.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.pipeline import lexicon
from quotes.pipeline.cast import Cast, Mention, Person
from quotes.pipeline.genders import told_gender
from quotes.pipeline.names import Name
from quotes.pipeline.page import Page
from quotes.pipeline.phrases import is_one_person
from quotes.pipeline.sources import SourceForm
from quotes.pipeline.titles import Role
from quotes.pipeline.verdicts import Rule

_OPENERS = frozenset(
    {"a", "an", "the", "this", "that", "his", "her", "their", "its", "my", "our", "one", "another"}
)

_POSSESSORS = frozenset({"his", "her", "their", "its", "my", "our", "your"})

_VAGUE = frozenset(
    [
        "one",
        "another",
        "other",
        "someone",
        "somebody",
        "anyone",
        "everyone",
        "everybody",
        "nobody",
        "none",
        "person",
        "individual",
        "man",
        "woman",
        "guy",
    ]
)

_FAMILY = frozenset("""
wife husband spouse widow widower son daughter brother sister mother father parent cousin uncle aunt nephew
niece grandmother grandfather grandson granddaughter ex-wife ex-husband fiance fiancee girlfriend boyfriend
friend neighbor
""".split())  # fmt: skip

MAX_PHRASE_WORDS = 8

MAX_LEAD_SENTENCES = 8


def add_nominals(page: Page, cast: Cast, forms: Iterable[SourceForm]) -> None:
    """Put the unnamed people of an article into its cast: those who speak, and those the text tells of.

    :param forms: The article's sources; every one that describes a single person counts, article or not.
    """
    spans: dict[int, tuple[int, int]] = {}
    for form in forms:
        if form.form == "description" and form.kind == "unnamed_person" and form.head >= 0:
            spans[form.head] = (form.first, form.core)
    taken = {
        i
        for mention in cast.mentions
        for i in range(min(mention.title, mention.first), max(mention.last, mention.end))
    }
    for role in (role for person in cast.people for role in person.roles):
        taken.update(range(role.first, role.last))
    for head in range(len(page)):
        if head in spans or head in taken or page.quoted[head] or page.pos[head] != "NOUN":
            continue
        if not lexicon.is_person(page.lower[head]) or page.lower[head] in _VAGUE - {"man", "woman"}:
            continue
        first = _opening(page, head, taken)
        if first >= 0:
            spans[head] = (first, head + 1)
    for head in sorted(spans):
        _place(page, cast, head, *spans[head])


def _opening(page: Page, head: int, taken: set[int]) -> int:
    """Return where the phrase headed by a noun begins, or -1 if it is no phrase about one person."""
    following = head + 1
    if (
        following < len(page)
        and page.same_line(head, following)
        and (
            page.pos[following] in ("NOUN", "PROPN")
            or page.lower[following] in ("'s", "’s")
            or page.words[following] == "-"
        )
    ):
        return -1
    for i in range(head - 1, max(head - MAX_PHRASE_WORDS, 0) - 1, -1):
        if not page.same_line(i, head) or i in taken:
            return -1
        if page.lower[i] in _OPENERS:
            return i
        if page.pos[i] not in ("NOUN", "PROPN", "ADJ", "NUM", "PUNCT", "ADV") and page.lower[i] not in (
            "'s",
            "’s",
        ):
            return -1
        if page.words[i] in (",", ";", ":", ".", "(", ")") and page.words[i] != "-":
            return -1
    return -1


def _place(page: Page, cast: Cast, head: int, first: int, last: int) -> None:
    opener = page.lower[first]
    definite = (
        opener in ("the", "this", "that")
        or opener in _POSSESSORS
        or (head == first and page.is_capital(head))
    )
    own = opener in ("my", "our", "your")
    person, sure, how = None, 1.0, Rule.BY_TITLE
    others: tuple[int, ...] = ()
    if definite and (opener not in _POSSESSORS or own or lexicon.office(page.lower[head]) in _FAMILY):
        person, sure, others = known_person(page, cast, first, head, last, own=own)
    if person is None and sure > 0 and not (definite and first < head) and not own:
        person, sure = named_later(page, cast, first, head)
        how = Rule.BY_TITLE_LATER
    if person is None:
        text = page.slice(*_without_article(page, first, last))
        role = Role(text, lexicon.office(page.lower[head]), "description", first, last)
        party = page.lower[head] in lexicon.PARTIES
        bare = definite and opener not in _POSSESSORS and head > first
        unclear = (definite and sure == 0) or (
            bare
            and page.lower[head] not in _FAMILY
            and (party or lexicon.is_title(page.lower[head]) or is_one_person(page, head))
            and _has_named(cast)
        )
        person = Person(len(cast.people), Name(), text, roles=[role], described=True, unclear=unclear)
        person.she = told_gender(lexicon.office(page.lower[head]), page.lower[head])
        cast.people.append(person)
        sure = 1.0
    mention = Mention(first, last, first, last, Name(), person.number, sure=sure, others=others, how=how)
    person.mentions.append(mention)
    cast.nominals[head] = mention


def _without_article(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last - 1 and page.lower[first] in _OPENERS - {"one", "another"}:
        first += 1
    return first, last


def modifiers_of(page: Page, first: int, head: int, last: int) -> set[str]:
    """Return the words that narrow a description down: *Vermont* and *former* of *the former Vermont senator*."""
    return {
        page.lower[i]
        for i in range(first, last)
        if i != head and page.pos[i] in ("ADJ", "NOUN", "PROPN", "NUM") and page.words[i][0].isalnum()
    } - {"the", "this", "that", "ex"}


def _has_named(cast: Cast) -> bool:
    return any(not person.described for person in cast.people)


def known_person(
    page: Page, cast: Cast, first: int, head: int, last: int, *, own: bool = False
) -> tuple[Person | None, float, tuple[int, ...]]:
    """Return whom *the senator* or *the spokesman* takes up, how sure that is, and who else fits.

    Where several fit equally well it is nobody, and not sure at all: (None, 0, those who fit).

    :param own: Whether the phrase is the author's: *my father*.
    """
    office = lexicon.office(page.lower[head])
    modifiers = modifiers_of(page, first, head, last)
    distinguishing = {page.lower[i] for i in range(first, last) if page.is_capital(i)} & modifiers
    gender = told_gender(page.lower[head])
    fits = []
    for person in cast.people:
        if abs(person.she - gender) > 0.7:
            continue
        score = (
            _unnamed_fit(page, person, office, modifiers, first, own)
            if person.described
            else (fit(person, office, modifiers, distinguishing, first, own))
        )
        if score > 0:
            fits.append((score, person))
    if not fits:
        return None, 1.0, ()
    best = max(score for score, _ in fits)
    top = [person for score, person in fits if score == best]
    ranked = [person for _, person in sorted(fits, key=lambda item: -item[0])]
    if len(top) == 1:
        return top[0], 0.88 if len(fits) == 1 else 0.78, _numbers(ranked[1:])
    if all(person.described for person in top):
        last_met = max(top, key=lambda person: person.mentions[-1].first)
        return last_met, 0.75, _numbers(person for person in ranked if person is not last_met)
    near = _named_last(page, top, first)
    others = _numbers(person for person in ranked if person is not near)
    return (near, 0.72, others) if near is not None else (None, 0.0, others)


def _numbers(people: Iterable[Person]) -> tuple[int, ...]:
    return tuple(person.number for person in people)


def _unnamed_fit(page: Page, person: Person, office: str, modifiers: set[str], at: int, own: bool) -> float:
    role, met = person.roles[0], person.mentions[-1]
    if (
        role.head != office
        or person.unclear
        or (not own and page.sentence[at] - page.sentence[met.first] > 8)
    ):
        return 0.0
    known = set(page.lower[met.first : met.last]) | set(page.lower[role.first : role.last])
    return 1.0 + len(modifiers & known) if modifiers <= known else 0.0


def fit(
    person: Person, office: str, modifiers: set[str], distinguishing: set[str], at: int, own: bool
) -> float:
    """Return how well a person goes with a description; 0 or less: not at all."""
    before = any(mention.first < at for mention in person.mentions)
    words = role_words(person)
    best = 0.0
    for role in person.roles:
        if role.head != office or role.how == "description" or (not before and role.first > at and not own):
            continue
        said = set(role.text.lower().split())
        if "former" in modifiers and "former" not in said:
            continue
        missing = modifiers - words
        if missing & distinguishing or len(missing) > len(modifiers) / 2:
            continue
        best = max(
            best, 1.0 + len(modifiers & words) - 0.5 * len(missing) - 0.5 * ("former" in said - modifiers)
        )
    return best


def role_words(person: Person) -> set[str]:
    """Return every word of a person's roles, lower case, the party behind *R-Ohio* among them."""
    words: set[str] = set()
    for role in person.roles:
        words.update(role.text.lower().replace("’s", "").replace("'s", "").replace("-", " ").split())
        if role.how == "party":
            letter = role.text[:1].lower()
            words |= {"republican"} if letter == "r" else {"democratic"} if letter == "d" else set()
    if words & {"republican", "gop", "democrat", "democratic"}:
        words |= {"republican", "gop"} if words & {"republican", "gop"} else {"democrat", "democratic"}
    return words | {word.strip(".") for word in words}


def _named_last(page: Page, people: list[Person], at: int) -> Person | None:
    """Return the one of several who was named last, where the others are clearly farther off."""
    lasts = sorted(
        (
            (max((m.first for m in person.mentions if m.first < at), default=-1), person.number, person)
            for person in people
        ),
        key=lambda item: -item[0],
    )
    (last, _, person), (second, _, _) = lasts[0], lasts[1]
    if last < 0:
        return None
    back = page.sentence[at] - page.sentence[last]
    gap = page.sentence[last] - page.sentence[second] if second >= 0 else 99
    return person if back <= 3 and gap >= 3 else None


def named_later(page: Page, cast: Cast, first: int, head: int) -> tuple[Person | None, float]:
    """Return whom a lead calls *a New York judge* before the text names them, with how sure that is."""
    if page.line[first] > 6 or first > 150:
        return None, 1.0
    office = lexicon.office(page.lower[head])
    named = [p for p in cast.people if not p.described and any(role.head == office for role in p.roles)]
    if len(named) != 1:
        return None, 1.0
    met = named[0].mentions[0].first
    if met < first or page.sentence[met] - page.sentence[first] > MAX_LEAD_SENTENCES:
        return None, 1.0
    return named[0], 0.75


def describe_parents(page: Page, cast: Cast) -> None:
    """Give *my parents, James and Olive Meehan,* the roles of father and mother."""
    for i, word in enumerate(page.lower):
        if word != "parents" or i + 4 > len(page) or page.words[i + 1] != ",":
            continue
        pair = cast.within(i + 2, min(i + 10, len(page)))[:2]
        if len(pair) == 2 and pair[0].first == i + 2 and pair[1].first - pair[0].last <= 1:
            one, other = (cast.people[mention.person] for mention in pair)
            lean = one.she - other.she
            if abs(lean) > 0.2:
                for person, noun in zip(
                    (one, other), ("mother", "father") if lean > 0 else ("father", "mother"), strict=True
                ):
                    person.roles.append(Role(noun, noun, "title", i, i))
                    person.she = told_gender(noun)
