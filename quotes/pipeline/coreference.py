"""Who *he* and *she* are: a linear model ranks the people named so far.

Every pronoun outside direct quotations is resolved in the order of the text, for each is itself a mention that
later ones lean on. The weights are learned by ``training/speakers.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log
from typing import NamedTuple

from quotes.pipeline.cast import Cast, Mention, Person
from quotes.pipeline.page import Page

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
SUBJECTS = frozenset({"he", "she"})
MAX_CANDIDATES = 10
"""People considered for a pronoun: those mentioned last. Keeps the time linear in the article's length."""


@dataclass(slots=True)
class Trace:
    """What has been seen of one person so far: where last, how often, and in which place.

    ``trust`` is the probability that the last mention is the person's: what leans on a doubtful pronoun is doubtful.
    ``she`` is the probability that the person is a woman, after the pronouns read so far.
    """

    person: Person
    last: int = -1
    subject: bool = False
    speaker: bool = False
    possessive: bool = False
    quoted: bool = False
    in_content: int = -1
    pronoun: bool = False
    count: int = 0
    subject_sentence: int = -99
    trust: float = 1.0
    she: float = 0.5

    def learn(self, is_she: bool, score: float) -> None:
        """Take in that a pronoun means this person with the probability ``score``, in [0, 1]."""
        self.she = self.she * (1 - score) + float(is_she) * score


class Reason(NamedTuple):
    """A feature that two candidates differ in: its name, who has more of it, and what it adds in log-odds."""

    feature: str
    person: int
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """What a pronoun was resolved to: a person's number or -1, the probability, and the runner-up.

    ``ranking`` holds all candidates with their probabilities, the likeliest first, and ``reasons`` what speaks for
    the first and against the second. ``leans`` is the word at which the person was mentioned last before, and
    ``trust`` the probability that it means this person: ``score`` has been multiplied by it.
    """

    person: int
    score: float
    second: int = -1
    second_score: float = 0.0
    ranking: tuple[tuple[int, float], ...] = ()
    reasons: tuple[Reason, ...] = ()
    leans: int = -1
    trust: float = 1.0


@dataclass(slots=True)
class Scene:
    """Where the attributions lie over the words of a page.

    ``source_of`` gives the attribution whose source holds a word or -1; ``speaker_of`` the person whom an
    attribution's source names, as far as it is known.
    """

    source_of: dict[int, int] = field(default_factory=dict)
    speaker_of: dict[int, int] = field(default_factory=dict)


Rows = list[tuple[int, dict[str, float]]]
"""For each candidate the person's number, -1 for nobody, and its features."""
Chooser = Callable[[int, Rows], Link]


def resolve_pronouns(page: Page, cast: Cast, scene: Scene, choose: Chooser) -> dict[int, Link]:
    """Return what each *he* and *she* outside direct quotations refers to.

    :param choose: Gets the pronoun's word and the candidates' feature rows, -1 standing for nobody; says which.
    """
    links: dict[int, Link] = {}
    traces: dict[int, Trace] = {}
    recent: list[int] = []
    speakers: list[int] = []
    last_pronoun: dict[bool, int] = {}
    line_heads: dict[int, int] = {}
    seen: dict[int, Mention] = {mention.first: mention for mention in cast.nominals.values()}
    seen.update((mention.first, mention) for mention in cast.mentions if mention.sure >= 0.5)
    for i, word in enumerate(page.lower):
        mention = seen.get(i)
        if mention is not None:
            person = cast.people[mention.person]
            _observe(
                page,
                traces,
                recent,
                person,
                i,
                mention.end if mention.end < len(page) else mention.last,
                scene,
                mention,
            )
            line_heads.setdefault(page.line[i], person.number)
            traces[person.number].trust = mention.sure
            _note_speaker(scene, speakers, i, person.number)
            continue
        if (word not in HE and word not in SHE) or page.quoted[i]:
            continue
        is_she = word in SHE
        rows = candidate_rows(
            page, traces, recent, i, is_she, scene, speakers, last_pronoun.get(is_she, -1), line_heads
        )
        link = choose(i, rows)
        links[i] = link
        if link.person >= 0:
            trace = traces.get(link.person)
            if trace is not None:
                link = replace(link, score=link.score * trace.trust, leans=trace.last, trust=trace.trust)
            links[i] = link
            _observe(page, traces, recent, cast.people[link.person], i, i + 1, scene, None)
            traces[link.person].trust = max(link.score, 0.3)
            traces[link.person].learn(is_she, link.score)
            last_pronoun[is_she] = link.person
            line_heads.setdefault(page.line[i], link.person)
            number = scene.source_of.get(i, -1)
            if number >= 0 and word in SUBJECTS:
                scene.speaker_of.setdefault(number, link.person)
                _note_speaker(scene, speakers, i, link.person)
    return links


def _note_speaker(scene: Scene, speakers: list[int], i: int, person: int) -> None:
    number = scene.source_of.get(i, -1)
    if (
        number >= 0
        and scene.speaker_of.get(number, person) == person
        and (not speakers or speakers[-1] != person)
    ):
        speakers.append(person)


def _observe(
    page: Page, traces: dict[int, Trace], recent: list[int], person: Person, i: int, end: int, scene: Scene,
    mention: Mention | None,
) -> None:  # fmt: skip
    trace = traces.setdefault(person.number, Trace(person, she=person.she))
    follow = page.lower[end] if end < len(page) else ""
    trace.last = i
    trace.speaker = i in scene.source_of
    verb = any(page.pos[j] in ("VERB", "AUX") for j in range(end, min(end + 2, len(page))))
    trace.possessive = follow in ("'s", "’s") or (mention is None and page.lower[i] in ("his", "her"))
    trace.subject = not trace.possessive and (trace.speaker or verb)
    if mention is None:
        trace.subject = page.lower[i] in SUBJECTS
    trace.quoted, trace.in_content, trace.pronoun = page.quoted[i], page.content[i], mention is None
    trace.count += 1
    if trace.subject:
        trace.subject_sentence = page.sentence[i]
    if recent and recent[-1] == person.number:
        return
    if person.number in recent:
        recent.remove(person.number)
    recent.append(person.number)


def candidate_rows(
    page: Page, traces: Mapping[int, Trace], recent: Sequence[int], i: int, is_she: bool, scene: Scene,
    speakers: Sequence[int], last_pronoun: int, line_heads: Mapping[int, int],
) -> Rows:  # fmt: skip
    """Return a row of features for each person a pronoun can mean, and one for nobody."""
    rows: Rows = []
    own = scene.source_of.get(i, -1)
    content = page.content[i]
    content_speaker = scene.speaker_of.get(content, -1) if content >= 0 else -1
    opens = i == 0 or page.sentence[i] != page.sentence[i - 1]
    pool = [n for n in reversed(recent[-3 * MAX_CANDIDATES :]) if _gender(traces[n], is_she) > 0.1]
    pool = pool[:MAX_CANDIDATES]
    most = max((traces[n].count for n in pool), default=0)
    rival_weight = 0.0
    for rank, n in enumerate(pool):
        trace = traces[n]
        fits = _gender(trace, is_she)
        back = page.sentence[i] - page.sentence[trace.last]
        lines = page.line[i] - page.line[trace.last]
        is_source = float(own >= 0)
        subject, said = float(trace.subject), float(trace.speaker)
        last_said = float(bool(speakers) and speakers[-1] == n)
        own_only = float(own >= 0 and trace.in_content == own)
        row = {
            "same sentence": float(back == 0),
            "one sentence back": float(back == 1),
            "two sentences back": float(back == 2),
            "three or more back": float(back >= 3),
            "log sentences back": log(1 + max(back, 0)),
            "same paragraph": float(lines == 0),
            "paragraph before": float(lines == 1),
            "subject": subject,
            "speaker": said,
            "possessive": float(trace.possessive),
            "object": float(not trace.subject and not trace.possessive),
            "quoted": float(trace.quoted),
            "in content": float(trace.in_content >= 0),
            "pronoun": float(trace.pronoun),
            "last speaker": last_said,
            "speaker before last": float(len(speakers) > 1 and speakers[-2] == n),
            "speaker of the content": float(content_speaker == n),
            "only in own content": own_only,
            "log mentions": log(1 + trace.count),
            "most mentioned": float(trace.count == most),
            "rivals between": float(rank),
            "log rivals between": log(1 + rival_weight),
            "nearest": float(rank == 0),
            "log gender": log(fits),
            "gender against": float(fits < 0.3),
            "gender unknown": float(0.3 <= fits < 0.8),
            "last such pronoun": float(last_pronoun == n),
            "first in paragraph": float(line_heads.get(page.line[i], -1) == n),
            "subject in sentence before": float(trace.subject_sentence == page.sentence[i] - 1),
            "pronoun same sentence": float(trace.pronoun and back == 0),
            "source, last speaker": is_source * last_said,
            "source, subject": is_source * subject,
            "source, in content": is_source * float(trace.in_content >= 0),
            "source, same sentence": is_source * float(back == 0),
            "source, log back": is_source * log(1 + max(back, 0)),
            "opens sentence, subject before": float(opens and trace.subject_sentence == page.sentence[i] - 1),
            "possessive pronoun, same sentence": float(page.lower[i] in ("his", "her") and back == 0),
            "unnamed": float(trace.person.described),
            "unnamed, source": float(trace.person.described and own >= 0),
            "unnamed, speaker": float(trace.person.described and trace.speaker),
            "unnamed, log back": float(trace.person.described) * log(1 + max(back, 0)),
            "unclear": float(trace.person.unclear),
        }
        rows.append((n, row))
        rival_weight += fits
    rows.append((-1, {"nobody": 1.0}))
    return rows


def _gender(trace: Trace, is_she: bool) -> float:
    # Earlier pronouns speak only against a person here: what they speak for has features of its own.
    known, told = trace.she, trace.person.she
    return max(min(known, told) if is_she else 1 - max(known, told), 1e-3)


def linear_chooser(weights: Mapping[str, float]) -> Chooser:
    """Return the chooser that follows learned weights, one for each feature of :func:`candidate_rows`."""

    def choose(_: int, rows: Rows) -> Link:
        scores = [sum(weights[name] * value for name, value in row.items() if value) for _, row in rows]
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        total = sum(odds)
        best, *others = sorted(range(len(rows)), key=lambda k: -odds[k])
        second, second_score = (rows[others[0]][0], odds[others[0]] / total) if others else (-1, 0.0)
        return Link(
            rows[best][0],
            odds[best] / total,
            second,
            second_score,
            tuple((rows[k][0], odds[k] / total) for k in (best, *others)),
            _reasons(weights, rows[best], rows[others[0]]) if others else (),
        )

    return choose


def _reasons(
    weights: Mapping[str, float], best: tuple[int, dict[str, float]], second: tuple[int, dict[str, float]]
) -> tuple[Reason, ...]:
    """Return what speaks for one candidate rather than another, the weightiest first."""
    found = []
    for name in best[1] | second[1]:
        more = best[1].get(name, 0.0) - second[1].get(name, 0.0)
        if weights[name] * more > 0:
            found.append(Reason(name, best[0] if more > 0 else second[0], weights[name] * more))
    return tuple(sorted(found, key=lambda reason: -reason.weight))
