"""A protagonist called by an epithet: *the Vermont senator* for the one whom the text names all around."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from quotes.pipeline import lexicon
from quotes.pipeline.cast import Cast, Mention, Person
from quotes.pipeline.genders import told_gender
from quotes.pipeline.nominals import fit, modifiers_of, role_words
from quotes.pipeline.page import Page
from quotes.pipeline.sources import SourceForm
from quotes.pipeline.titles import Role
from quotes.pipeline.verdicts import Rule

_MOUTHPIECES = frozenset(
    {"spokesperson", "aide", "counsel", "official", "source", "novelist", "correspondent", "officer"}
)

_PUBLIC_FIGURES = frozenset(
    lexicon.office(noun)
    for noun in [
        "senator",
        "governor",
        "congressman",
        "mayor",
        "president",
        "candidate",
        "businessman",
        "billionaire",
    ]
)

_CLOSERS = frozenset({",", "”", '"', "''"})
FOCUS_SENTENCES = 4
RIVAL_SHARE = 3
"""Who is named less than once to so many mentions of the protagonist is not taken for the one meant."""


def settle_in_focus(page: Page, cast: Cast, forms: Iterable[SourceForm]) -> None:
    """Give a description that fits nobody's title to the one person who is speaking around it.

    News calls a protagonist *the Vermont senator* in turn with the name, and need never say that it is one
    person. Taken so only where the speaker named just before also speaks next or is the article's main figure,
    holds no other office, and nobody else holds this one.
    """
    counts = {p.number: len(p.mentions) for p in cast.people if not p.described}
    if not counts:
        return
    forms = list(forms)
    speaking = {mention.first for form in forms if form.form == "person" for mention in form.mentions[:1]}
    for described in list(cast.nominals.values()):
        _settle_bare(page, cast, described)
    named = [
        (mention.first, mention.person)
        for mention in cast.mentions
        if mention.first in speaking or _is_subject(page, mention)
    ]
    for form in sorted(forms, key=lambda form: form.first):
        mention = cast.nominals.get(form.head) if form.form == "description" else None
        if mention is None or not cast.people[mention.person].unclear or page.lower[form.first] != "the":
            continue
        before = [
            number
            for at, number in named
            if at < form.first and page.sentence[form.first] - page.sentence[at] <= FOCUS_SENTENCES
        ]
        after = [number for at, number in named if at > form.first]
        if not before or not _may_be(page, cast, form, cast.people[before[-1]]):
            continue
        if not _is_only_subject(page, cast, counts, before[-1], form.first):
            continue
        person = cast.people[before[-1]]
        main = counts[person.number] >= 4 and counts[person.number] == max(counts.values())
        if main or (after[:1] == [person.number] and counts[person.number] >= 3):
            _move(cast, mention, person)


def _move(cast: Cast, mention: Mention, person: Person) -> None:
    """Give a description to a person, as a role too."""
    described = cast.people[mention.person]
    described.mentions.remove(mention)
    mention.person, mention.sure, mention.how = person.number, 0.72, Rule.IN_FOCUS
    mention.others = ()
    person.mentions.append(mention)
    _add_description(person, described.roles[0])


def _settle_bare(page: Page, cast: Cast, mention: Mention) -> None:
    """Take *The director* at a sentence's start for the one person named in the sentence before.

    Only where that person stood before a verb, has no office told, and nobody else has this one.
    """
    first, head = mention.first, mention.last - 1
    described = cast.people[mention.person]
    if (
        not described.unclear
        or page.lower[first] != "the"
        or head != first + 1
        or not _opens_sentence(page, mention)
    ):
        return
    if page.content[first] >= 0 or len(described.mentions) > 1:
        return
    at = bisect_left(cast.mentions, first, key=lambda other: other.first)
    near = [
        other
        for other in cast.mentions[max(0, at - 8) : at]
        if page.sentence[first] - page.sentence[other.first] == 1 and page.content[other.first] < 0
    ]
    if (
        not near
        or len({other.person for other in near}) > 1
        or page.line[first] - page.line[near[0].first] > 1
    ):
        return
    person = cast.people[near[0].person]
    office = described.roles[0].head
    others = any(office in other.offices for other in cast.people if other is not described)
    if (
        not any(_is_subject(page, other) for other in near)
        or others
        or office in _MOUTHPIECES
        or any(role.how in ("title", "apposition", "clause") for role in person.roles)
        or abs(person.she - told_gender(page.lower[head])) > 0.7
    ):
        return
    _move(cast, mention, person)


def _is_subject(page: Page, mention: Mention) -> bool:
    """Return whether a name outside all content stands before a verb."""
    after = max(mention.last, mention.end)
    if page.content[mention.first] >= 0 or after >= len(page) or not page.same_line(mention.first, after):
        return False
    if page.words[after] == "," and after + 1 < len(page):
        after += 1
    while after + 1 < len(page) and page.pos[after] == "ADV":
        after += 1
    return page.pos[after] in ("VERB", "AUX") and not _is_object(page, mention)


def _opens_sentence(page: Page, mention: Mention) -> bool:
    """Return whether a name is the first of its sentence, but for *but* and the like."""
    at = min(mention.title, mention.first)
    while (
        at > 0
        and page.sentence[at - 1] == page.sentence[at]
        and page.pos[at - 1] in ("CCONJ", "ADV", "PUNCT")
    ):
        at -= 1
    return at == 0 or page.sentence[at - 1] != page.sentence[at]


def _is_object(page: Page, mention: Mention) -> bool:
    """Return whether a preposition governs a name: *anger of X*."""
    before = min(mention.title, mention.first) - 1
    return before >= 0 and page.same_line(before, mention.first) and page.pos[before] == "ADP"


def _is_only_subject(page: Page, cast: Cast, counts: Mapping[int, int], person: int, at: int) -> bool:
    """Return whether a person alone stood before a verb in the sentences before a word, and was the last to.

    What others are said to say counts for nothing, nor, where the person opens the sentence before, does who is
    named far more rarely. In the word's own sentence any other name makes it unsafe, unless the word opens the
    main clause after a comma or a quotation.
    """
    opens_clause = page.words[at - 1] in _CLOSERS
    leads = False
    for mention in reversed(
        cast.mentions[: bisect_left(cast.mentions, at, key=lambda mention: mention.first)]
    ):
        back = page.sentence[at] - page.sentence[mention.first]
        if back > FOCUS_SENTENCES:
            break
        if mention.person == person or page.content[mention.first] >= 0:
            if back == 0 and not opens_clause:
                return False
            leads = leads or (back == 1 and mention.person == person and _opens_sentence(page, mention))
            continue
        if back == 0 and not (opens_clause and _is_object(page, mention)):
            return False
        rival = not leads or RIVAL_SHARE * counts.get(mention.person, 0) >= counts[person]
        if rival and page.pos[min(mention.end, at)] in ("VERB", "AUX") and not _is_object(page, mention):
            return False
    return True


def _may_be(page: Page, cast: Cast, form: SourceForm, person: Person) -> bool:
    office = lexicon.office(page.lower[form.head])
    modifiers = modifiers_of(page, form.first, form.head, form.core)
    gender = told_gender(page.lower[form.head])
    if not modifiers or office in _MOUTHPIECES or abs(person.she - gender) > 0.7:
        return False
    if any(i in cast.at for i in range(form.first, form.core)):
        return False
    offices = {role.head for role in person.roles if role.how in ("title", "apposition", "clause")} - {
        "rival",
        "opponent",
    }
    if offices - {office, "hopeful"} or (offices and office not in _PUBLIC_FIGURES):
        return False
    if not any(page.is_capital(i) for i in range(form.first + 1, form.core)):
        return False
    words = role_words(person)
    parties = ({"republican", "gop"}, {"democrat", "democratic"})
    if any(modifiers & one and words & other for one in parties for other in parties if one is not other):
        return False
    return not any(
        other is not person
        and not other.described
        and office in other.offices
        and fit(
            other,
            office,
            modifiers,
            {page.lower[i] for i in range(form.first, form.core) if page.is_capital(i)} & modifiers,
            form.first,
            False,
        )
        > 0
        for other in cast.people
    )


def _add_description(person: Person, role: Role) -> None:
    if role.text.lower() not in {known.text.lower() for known in person.roles}:
        person.roles.append(role)
