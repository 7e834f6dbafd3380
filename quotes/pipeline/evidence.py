"""Why this speaker, in this role, with this confidence: what the components left behind, as plain data.

Nothing is decided here. :mod:`quotes.wording` puts it into sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import exp
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from quotes.model import Article, Quote, Span
from quotes.pipeline import lexicon, load, read_doc
from quotes.pipeline.attributions import Attribution
from quotes.pipeline.cast import Cast, Mention
from quotes.pipeline.certainty import FEATURES, SIGNS, Calibration, log_odds
from quotes.pipeline.coreference import Link
from quotes.pipeline.explanations import (
    Candidate,
    Clue,
    Doubt,
    Explained,
    Explanation,
    Part,
    Reason,
    RoleFound,
    Sign,
)
from quotes.pipeline.page import Page, read_page
from quotes.pipeline.roles import Casting, told_roles
from quotes.pipeline.verdicts import Rule, Verdict

AROUND = 40
"""Characters of the article shown on either side of a clue; whole words, so it may be fewer."""

_GOOD = {"has_source": 1.0, "quoted": 1.0, "other_act": 0.0, "belief": 0.0, "log_words": 2.8}
"""What raises no doubt, the network as sure as usual: some fifteen words, all of them within quotation marks."""

_LEAST = 0.02
_MOST_DOUBTS = 3
_BY_PRONOUN = {Rule.PRONOUN, Rule.PRONOUN_NOBODY, Rule.PRONOUN_UNCLEAR, Rule.OWNED, Rule.OWNER_OPEN}
_BY_NAME = {Rule.NAMED, Rule.OTHER_FORM, Rule.RELATIVE_NAME}
_BY_TITLE = {Rule.BY_TITLE, Rule.BY_TITLE_LATER, Rule.SEVERAL_TITLED}


def explain(articles: Iterable[Article], nlp: Language | None = None) -> Iterator[Explained]:
    """Yield each article read and explained, in order, each when it is asked for.

    :param nlp: The reader, loaded if none is given.
    """
    nlp = nlp or load()
    for article in articles:
        yield Explained(article, explanations_of(read_doc(article, nlp), nlp))


def explanations_of(doc: Doc, nlp: Language) -> tuple[Explanation, ...]:
    """Return an explanation of each quotation of a document that the whole reader has read."""
    attributions: Sequence[Attribution] = doc._.attributions or ()
    if not attributions:
        return ()
    witness = _Witness(doc, nlp)
    return tuple(witness.explain(number) for number in range(len(attributions)))


class _Witness:
    """One article, and the settings with which it was read."""

    def __init__(self, doc: Doc, nlp: Language) -> None:
        self.attributions: Sequence[Attribution] = doc._.attributions
        self.quotes: Sequence[Quote] = doc._.quotes
        self.casting: Casting = doc._.casting
        self.cast: Cast = self.casting.cast
        self.page: Page = read_page(doc, self.attributions)
        self._lines = [match.end() for match in re.finditer(r"\r\n|\r|\n", doc.text)]
        finder: Any = nlp.get_pipe("quotes_speakers")
        linker: Any = nlp.get_pipe("quotes_attribution")
        self._threshold: float = finder.threshold
        self._calibration: Calibration = linker.calibration
        self._usual = dict(zip(SIGNS, self._calibration.usual, strict=True))
        self._good = _GOOD | {name: log_odds(usual) for name, usual in self._usual.items()}

    def explain(self, number: int) -> Explanation:
        """Return the explanation of one quotation."""
        attribution, quote = self.attributions[number], self.quotes[number]
        verdict = self.casting.verdicts[number]
        link, candidates = self._link(verdict), self._candidates(verdict)
        speaker_part = attribution.confidence / attribution.score if attribution.score else 0.0
        return Explanation(
            quote=quote,
            line=self._line(quote.contents[0].start),
            cue_line=self._line(quote.cue.start) if quote.cue else None,
            source_line=self._line(quote.source.start) if quote.source else None,
            rule=verdict.rule,
            within=verdict.within,
            words=self._words(verdict),
            earlier=self.page.slice(*verdict.earlier),
            name=verdict.name,
            score=verdict.score,
            threshold=self._threshold,
            trust=link.trust if link else 1.0,
            candidates=tuple(Candidate(self._name(person), score) for person, score in candidates),
            reasons=tuple(Reason(r.feature, self._name(r.person), r.weight) for r in link.reasons)
            if link
            else (),
            clues=self._clues(verdict),
            runner_up=self._runner_up(verdict, candidates),
            role=self._role(verdict, quote.role) if quote.role is not None else None,
            found=attribution.score,
            speaker_part=speaker_part,
            signs={
                name: Sign(_chance(attribution.evidence[name]), usual)
                for name, usual in self._usual.items()
                if name in attribution.evidence and (name != "source" or quote.source)
            },
            doubts=self._doubts(attribution, speaker_part),
        )

    def _name(self, person: int) -> str:
        return self.cast.people[person].full if person >= 0 else ""

    def _words(self, verdict: Verdict) -> str:
        mention = self._mention(verdict) if verdict.rule is Rule.OTHER_FORM else None
        first, last = (mention.first, mention.last) if mention else (verdict.at, verdict.last)
        return self.page.slice(max(first, 0), last)

    def _link(self, verdict: Verdict) -> Link | None:
        return self.casting.links.get(verdict.at) if verdict.rule in _BY_PRONOUN else None

    def _mention(self, verdict: Verdict) -> Mention | None:
        """Return the name, or the description of a person, that the rule went by."""
        first, last = verdict.earlier if verdict.rule is Rule.RELATIVE_NAME else (verdict.at, verdict.last)
        where = self.cast.at if verdict.rule in _BY_NAME else self.cast.nominals
        return next((where[i] for i in range(first, last) if i in where), None)

    def _candidates(self, verdict: Verdict) -> list[tuple[int, float | None]]:
        """Return the numbers of those who could be the speaker, -1 for nobody, with their scores."""
        link = self._link(verdict)
        if link is not None:
            return list(link.ranking)
        if verdict.rule not in _BY_NAME | _BY_TITLE:
            return []
        mention = self._mention(verdict)
        first = [(person, verdict.score) for person in verdict.people]
        return [*first, *((person, None) for person in (mention.others if mention else ()))]

    def _runner_up(self, verdict: Verdict, candidates: Sequence[tuple[int, float | None]]) -> Clue | None:
        """Return where the likeliest of the others, nobody aside, has the name or description."""
        rest = candidates if verdict.rule is Rule.SEVERAL_TITLED else candidates[1:]
        second = next((person for person, _ in rest if person >= 0), None)
        met = self._full_name(second) if second is not None else None
        return self._clue("runner-up", met.first, met.last) if met is not None else None

    def _clues(self, verdict: Verdict) -> tuple[Clue, ...]:
        found: list[tuple[Part, int, int]] = []
        link = self._link(verdict)
        people = verdict.people or ((link.person,) if link and link.person >= 0 else ())
        for person in people:
            met = self._full_name(person)
            if met is not None and verdict.rule is not Rule.NAMED:
                found.append(("name", met.first, met.last))
        if not people and verdict.told[0] >= 0:
            found.append(("name", *verdict.told))
        if link and link.leans >= 0:
            found.append(("mention before", *self._around(link.leans)))
        if verdict.earlier[0] >= 0:
            found.append(("source before", *verdict.earlier))
        if verdict.rule in _BY_TITLE and verdict.people:
            found.extend(("title", *words) for words in self._title(verdict))
        clues: dict[tuple[int, int], Clue] = {}
        for part, first, last in found:
            if not verdict.at <= first < verdict.last:
                clue = self._clue(part, first, last)
                clues.setdefault((clue.span.start, clue.span.end), clue)
        return tuple(clues.values())

    def _full_name(self, person: int) -> Mention | None:
        """Return where the article first gives a person's name, or description, in full."""
        somebody = self.cast.people[person]
        for mention in somebody.mentions:
            if (mention.shared or self.page.slice(mention.first, mention.last)) == somebody.full:
                return mention
        return somebody.mentions[0] if somebody.mentions else None

    def _around(self, word: int) -> tuple[int, int]:
        """Return the name or description that begins at a word, or the word alone."""
        mention = self.cast.at.get(word)
        if mention is None:
            mention = next((m for m in self.cast.nominals.values() if m.first == word), None)
        return (mention.first, mention.last) if mention is not None else (word, word + 1)

    def _title(self, verdict: Verdict) -> list[tuple[int, int]]:
        """Return the role by which a description means somebody: *Sen.* for *the senator*."""
        mention = self._mention(verdict)
        if mention is None:
            return []
        offices = {lexicon.office(self.page.lower[i]) for i in range(mention.first, mention.last)}
        roles = [role for person in verdict.people for role in self.cast.people[person].roles]
        return [(role.first, role.last) for role in roles if role.head in offices][:1]

    def _role(self, verdict: Verdict, text: str) -> RoleFound:
        if not verdict.people:
            words = verdict.told if verdict.told[0] >= 0 else (verdict.at, verdict.last)
            return RoleFound(text, "description", self._clue("role", *words))
        role, _ = told_roles(verdict, self.cast)
        if role is None:
            return RoleFound(text, "", None)
        return RoleFound(text, role.how, self._clue("role", role.first, role.last))

    def _doubts(self, attribution: Attribution, speaker_part: float) -> tuple[Doubt, ...]:
        """Return what lowers the confidence most, the worst first."""
        evidence = attribution.evidence
        found = [Doubt("speaker", speaker_part, attribution.score)]
        if all(name in evidence for name in FEATURES):
            for name in FEATURES:
                if name not in self._good or (name == "source" and attribution.source is None):
                    continue
                ideal = evidence | {name: self._good[name]}
                if name == "has_source" and attribution.source is None:
                    ideal["source"] = self._good["source"]
                better = self._calibration.probability(np.array([ideal[feature] for feature in FEATURES]))
                value = _chance(evidence[name]) if name in SIGNS else evidence[name]
                found.append(Doubt(name, value, better * speaker_part))
        worst = sorted(found, key=lambda doubt: -doubt.without)
        return tuple(doubt for doubt in worst if doubt.without - attribution.confidence >= _LEAST)[
            :_MOST_DOUBTS
        ]

    def _line(self, start: int) -> int:
        return bisect_right(self._lines, start) + 1

    def _clue(self, part: Part, first: int, last: int) -> Clue:
        page = self.page
        last = max(last, first + 1)
        start, end = page.start[first], page.start[last - 1] + len(page.words[last - 1])
        return Clue(
            part,
            Span(start, end, page.text[start:end]),
            self._line(start),
            _end_of(page.text[max(0, start - AROUND) : start], cut=start > AROUND),
            _beginning_of(page.text[end : end + AROUND], cut=end + AROUND < len(page.text)),
        )


def _chance(odds: float) -> float:
    """Return the probability behind log-odds."""
    return 1 / (1 + exp(-odds))


def _end_of(text: str, *, cut: bool) -> str:
    """Return the last line of a text from a whole word on."""
    line = re.split(r"[\r\n]", text)[-1]
    if cut and line == text:
        line = line[re.search(r"\s|$", line).end() :]  # type: ignore[union-attr]
    return line


def _beginning_of(text: str, *, cut: bool) -> str:
    """Return the first line of a text up to a whole word."""
    line = re.split(r"[\r\n]", text)[0]
    if cut and line == text:
        line = re.sub(r"\s*\S*$", "", line) if re.search(r"\s", line) else ""
    return line
