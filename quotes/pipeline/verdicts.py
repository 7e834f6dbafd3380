"""What was found out about the speaker of one attribution, and how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from quotes.model import SpeakerKind


class Rule(StrEnum):
    """How a speaker was found, or why none was; :mod:`quotes.wording` has a sentence for each."""

    NAMED = "named"
    OTHER_FORM = "named by another form of the name"
    NAMED_TOGETHER = "named together"
    TOO_MANY_NAMES = "too many names"
    TURN = "turn of a transcript"
    PRONOUN = "he or she"
    PRONOUN_NOBODY = "he or she, but nobody fits"
    PRONOUN_UNCLEAR = "he or she, of somebody described"
    PRONOUN_OPEN = "pronoun of nobody in particular"
    I_QUOTED = "I within a quotation"
    I_AUTHOR = "I of the author"
    IT_SPOKE = "it or they, who spoke last"
    IT_SUBJECT = "it or they, the subject before"
    IT_UNFIT = "it or they, but the last to speak does not fit"
    IT_SEVERAL = "it or they, but several fit"
    IT_NOTHING = "it or they, but nothing near fits"
    RELATIVE_NAME = "who, after a name"
    RELATIVE_PHRASE = "who or which, after a phrase"
    RELATIVE_OPEN = "who or which, after nothing to refer to"
    BY_TITLE = "by title"
    BY_TITLE_LATER = "by title, named later"
    IN_FOCUS = "the person whom the text is about"
    SEVERAL_TITLED = "by title, but several fit"
    DESCRIBED = "described"
    DESCRIBED_BEFORE = "described before"
    OWNED = "described as somebody's"
    OWNER_OPEN = "described as somebody's, but whose is open"
    PEOPLE_BEFORE = "the people named together before"
    PEOPLE_OPEN = "the people told before, but who is open"
    THING_NAMED = "name of no person"
    THING_IN_FULL = "name in full elsewhere"
    WORK_TITLED = "title of a work"
    WORK_BEFORE = "the work named before"
    WORK_OPEN = "this or that, but which is open"
    BODY_BEFORE = "the body of that name"
    BODY_NEAREST = "the body of that name, the nearest of several"
    BODY_SPOKE = "the body that spoke last"
    BODY_LATER = "the body named later"
    PLACE_OPEN = "a place without its name"
    NOTHING_NAMED = "no name, pronoun or description"
    NO_SOURCE = "no source"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who speaks, how sure that is, and by which rule; ``name`` is "" where the speaker stays open.

    ``people`` holds the numbers of the named people in the cast, ``[at, last)`` the words of the source.
    ``score`` and ``runner_up_score`` are probabilities in ``[0, 1]``; of a runner-up without a score nothing
    but the name is known. For whoever asks why: ``told`` holds the words that the name was read from and
    ``earlier`` those that the source takes up, (-1, -1) where there are none but its own; ``within`` the rule
    for what a relative pronoun refers to.
    """

    name: str = ""
    kind: SpeakerKind = "person"
    score: float = 0.0
    rule: Rule = Rule.NO_SOURCE
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    role: str | None = None
    runner_up: str = ""
    runner_up_score: float = 0.0
    people: tuple[int, ...] = ()
    at: int = -1
    last: int = -1
    told: tuple[int, int] = (-1, -1)
    earlier: tuple[int, int] = (-1, -1)
    within: Rule | None = None

    @property
    def is_plural(self) -> bool:
        """Whether *they* can mean the speaker."""
        return self.kind in ("unnamed_group", "organization") or len(self.people) > 1

    def taken_up(self, rule: Rule, score: float, at: int, last: int) -> Verdict:
        """Return the verdict on a source ``[at, last)`` that means the same speaker.

        :param score: At most; who speaks here is never surer than who spoke there.
        """
        told = self.told if self.told[0] >= 0 else (self.at, self.last)
        return replace(
            self,
            rule=rule,
            score=min(score, self.score),
            at=at,
            last=last,
            told=told,
            earlier=(self.at, self.last),
            within=None,
        )
