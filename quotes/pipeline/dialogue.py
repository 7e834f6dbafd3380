"""Who *he* and *she* are not: whoever asked does not answer, and nobody is *she* in words of her own.

::

    Prosecutor Ian Marsh asked Keller where he was. “At home,” he said.
    Rosa Delgado died on Monday. Irene Costa heard the crash. “She was the sweetest woman,” she said.

Coreference chains of articles hold too few such turns for weights to learn them, so that the last speaker, or whoever
an article is about, would be given the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes.pipeline.acts import base_forms
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.cast import Cast
from quotes.pipeline.coreference import HE, SHE, Link, Reason
from quotes.pipeline.page import Page
from quotes.pipeline.sources import SourceForm

WAS_ASKED = "answers"
"""What speaks for whoever is given an answer, among the features by which other pronouns are resolved."""

ANSWERS = 0.75
"""Probability of the one other person of fitting gender who was named just before."""

OPEN = 0.5
"""Probability, at most, of a speaker whom the words themselves seem to be about."""

_FITS = 0.3
"""Least probability of the pronoun's gender at which a person is thought of."""
_NEAR = 3
"""Sentences back in which a person must be named."""
_ASK = frozenset("ask question press quiz wonder".split())
_ANSWER = frozenset("reply answer respond counter retort".split())
_OPENS_QUESTION = frozenset("if whether why how what who when where which".split())


def heed_dialogue(
    page: Page,
    cast: Cast,
    forms: Mapping[int, SourceForm],
    attributions: Sequence[Attribution],
    links: Mapping[int, Link],
) -> dict[int, Link]:
    """Return whom each *he* and *she* means, those corrected whose link makes no sense in a dialogue.

    :param forms: For the number of each attribution what its source says, in the order of the text.
    :param links: What each pronoun was resolved to, by its word.
    """
    heeded = dict(links)
    spoken: set[int] = set()
    before: tuple[int, int] | None = None
    for number, form in forms.items():
        person = form.mentions[0].person if form.form == "person" else -1
        link = links.get(form.first) if form.form == "pronoun" and form.word in ("he", "she") else None
        if link is not None and link.person >= 0:
            person = link.person
            start = min([form.first, *(page.range(content)[0] for content in attributions[number].contents)])
            others = _others(page, cast, link, start, is_she=form.word == "she")
            if others and before is not None and before[1] == person:
                last, now = attributions[before[0]], attributions[number]
                close = page.sentence[start] - page.sentence[forms[before[0]].first] <= 1
                if close and (_asks(page, last) or _is(page, now, _ANSWER)):
                    heeded[form.first] = _answered(page, cast, link, others, form.first)
                    person = heeded[form.first].person
            if others and person not in spoken and _speaks_of(page, attributions[number], form.word):
                heeded[form.first] = _capped(heeded[form.first])
        spoken.add(person)
        before = (number, person)
    return heeded


def _others(page: Page, cast: Cast, link: Link, before: int, *, is_she: bool) -> list[int]:
    """Return the other candidates of fitting gender who were named shortly before a word, the likeliest first."""
    near: set[int] = set()
    for i in range(bisect_left(cast.mentions, before, key=lambda mention: mention.first) - 1, -1, -1):
        if page.sentence[before] - page.sentence[cast.mentions[i].first] > _NEAR:
            break
        near.add(cast.mentions[i].person)
    near.discard(link.person)
    found = []
    for person, _ in link.ranking:
        she = cast.people[person].she if person >= 0 else 0.5
        if person in near and (she if is_she else 1 - she) > _FITS:
            found.append(person)
    return found


def _answered(page: Page, cast: Cast, link: Link, others: Sequence[int], at: int) -> Link:
    """Return the link of an answer: to the one other person there is, to nobody surely where there are several."""
    if len(others) > 1:
        return _capped(link)
    told = max(mention.first for mention in cast.people[others[0]].mentions if mention.first < at)
    rest = tuple((person, score * (1 - ANSWERS)) for person, score in link.ranking if person != others[0])
    return replace(
        link,
        person=others[0],
        score=ANSWERS,
        second=link.person,
        second_score=rest[0][1],
        ranking=((others[0], ANSWERS), *rest),
        reasons=(Reason(WAS_ASKED, others[0], 1.0),),
        leans=told,
        trust=1.0,
    )


def _capped(link: Link) -> Link:
    return replace(link, score=min(link.score, OPEN))


def _is(page: Page, attribution: Attribution, verbs: frozenset[str]) -> bool:
    if attribution.cue is None:
        return False
    return any(
        form in verbs for i in range(*page.range(attribution.cue)) for form in base_forms(page.words[i])
    )


def _asks(page: Page, attribution: Attribution) -> bool:
    """Return whether an attribution is a question, not a request: *asked her to sit down*."""
    if not _is(page, attribution, _ASK):
        return False
    ranges = [page.range(content) for content in attribution.contents]
    return any(
        page.lower[first] in _OPENS_QUESTION or "?" in page.words[max(first, last - 2) : last]
        for first, last in ranges
    )


def _speaks_of(page: Page, attribution: Attribution, word: str) -> bool:
    """Return whether all words are quoted and call somebody of the speaker's gender *he* or *she*."""
    words = [i for content in attribution.contents for i in range(*page.range(content))]
    same = SHE if word == "she" else HE
    return all(page.quoted[i] for i in words[1:-1]) and any(page.lower[i] in same for i in words)
