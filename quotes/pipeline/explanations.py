"""Why this speaker, in this role, with this confidence: the records that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.model import Article, Quote, Span
from quotes.pipeline.verdicts import Rule

Part = Literal["name", "mention before", "source before", "title", "role", "runner-up"]
"""What a clue contributes.

The speaker's name in full; the mention that a pronoun leans on; the earlier words that the source takes up; the
title that a description goes back to; the role; the name of whoever comes next.
"""


@dataclass(frozen=True, slots=True)
class Clue:
    """Words of the article that led to a speaker or role, their line (from 1), and the words around them."""

    part: Part
    span: Span
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be the speaker; ``name`` is "" for nobody whom the article names.

    ``score`` is the probability in ``[0, 1]``, ``None`` where it was only known that they fit as well.
    """

    name: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature in which the two likeliest candidates differ: who has more of it, and its weight in log-odds."""

    feature: str
    who: str
    weight: float


@dataclass(frozen=True, slots=True)
class Sign:
    """What the network says of a label or link, and what it says of most; in ``[0, 1]``, of being right no probability.

    It says so before the labels are joined into spans, so that even a certain content can begin with little.
    """

    value: float
    usual: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that lowers the confidence: a number of the calibration or ``speaker``, and its value.

    ``without`` is what the confidence would be if that raised no doubt.
    """

    feature: str
    value: float
    without: float


@dataclass(frozen=True, slots=True)
class RoleFound:
    """The role of a speaker, how the text told it (see :class:`quotes.pipeline.titles.Role`) and where."""

    text: str
    how: str
    clue: Clue | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A quotation and all that is known of how it was read.

    ``name`` is the likeliest speaker, given or not, "" if there is none; ``words`` what the rule went by, of the
    source, and ``earlier`` what these take up, "" if nothing; ``score`` the speaker's probability, ``threshold``
    the least with which one is named, and ``trust`` how sure it is whom the mention that a pronoun leans on means.
    The confidence is ``found``, the probability that content, cue and source are right, times ``speaker_part``.
    ``runner_up`` is where the article names the likeliest other candidate. ``signs`` holds the network's scores for
    its labels, see :data:`quotes.pipeline.certainty.SIGNS`.
    """

    quote: Quote
    line: int
    cue_line: int | None
    source_line: int | None
    rule: Rule
    within: Rule | None
    words: str
    earlier: str
    name: str
    score: float
    threshold: float
    trust: float
    candidates: tuple[Candidate, ...]
    reasons: tuple[Reason, ...]
    clues: tuple[Clue, ...]
    runner_up: Clue | None
    role: RoleFound | None
    found: float
    speaker_part: float
    signs: dict[str, Sign]
    doubts: tuple[Doubt, ...]

    @property
    def is_open(self) -> bool:
        """Whether no speaker was named."""
        return self.quote.speaker is None


@dataclass(frozen=True, slots=True)
class Explained:
    """An article together with an explanation of each of its quotations, in the order they stand there."""

    article: Article
    explanations: tuple[Explanation, ...]
