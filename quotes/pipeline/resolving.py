"""From a source's form to a speaker, one source after the other: people here, all else in :mod:`things`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotes.pipeline import lexicon
from quotes.pipeline.bodies import Bodies
from quotes.pipeline.cast import Cast, Mention, Person
from quotes.pipeline.coreference import Link
from quotes.pipeline.page import Page
from quotes.pipeline.sources import SourceForm, read_source
from quotes.pipeline.things import ThingResolver
from quotes.pipeline.verdicts import Rule, Verdict

MAX_JOINT = 6
SURE_OWNER = 0.75
_CARDINALS = frozenset({"two", "three", "four", "both"})
_PAIR = frozenset({"men", "women", "two", "pair", "both"})
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
_JOINTS = frozenset({"-", "–", "’s", "'s", "/", "&", "%"})
_BREAKS = frozenset({",", "(", "—", "–", "--"})
_LETTERS = frozenset({"Q", "A"})
"""What stands for *question* and *answer* in an interview."""
_POSSESSIVE_PRONOUNS = frozenset({"his", "her", "its", "their", "my", "our"})


class Resolver:
    """Resolves the sources of one article, in the order of the text."""

    def __init__(
        self,
        page: Page,
        cast: Cast,
        bodies: Bodies,
        links: Mapping[int, Link],
        transcript: frozenset[int] = frozenset(),
    ) -> None:
        """:param links: Whom each *he* and *she* means.
        :param transcript: Attributions that are turns of a transcript: *WALLACE: …*
        """
        self.page, self.cast, self.links, self.transcript = page, cast, links, transcript
        self.history: list[Verdict] = []
        self.things = ThingResolver(page, bodies, self.history)

    def resolve(self, number: int, form: SourceForm, verdicts: Sequence[Verdict]) -> Verdict:
        """Return who speaks in a source, and remember it for those that come after.

        :param number: The attribution's number among the verdicts.
        """
        verdict = self._verdict(number, form, verdicts)
        if verdict.name:
            self.history.append(verdict)
        return verdict if verdict.at >= 0 else replace(verdict, at=form.first, last=form.last)

    def _verdict(self, number: int, form: SourceForm, verdicts: Sequence[Verdict]) -> Verdict:
        if form.last - form.first == 1 and self.page.words[form.first] in _LETTERS:
            return Verdict(rule=Rule.NOTHING_NAMED)
        match form.form:
            case "person" | "people":
                return self._named(form)
            case "pronoun":
                return self._pronoun(number, form, verdicts)
            case "relative":
                return self._relative(form)
            case "name" if number in self.transcript and self._can_be_voice(form):
                name = self.page.slice(form.first, form.last)
                return Verdict(name, "person", 0.8, Rule.TURN, (name,), at=form.first, last=form.last)
            case "name" | "description":
                return self._thing(form)
        return Verdict(rule=Rule.NOTHING_NAMED)

    def _can_be_voice(self, form: SourceForm) -> bool:
        """Return whether a name in a transcript can be a family name rather than a crowd's: *PROTESTERS: …*"""
        return form.kind == "organization" or (
            form.kind == "unnamed_group" and not lexicon.is_people(self.page.lower[form.head])
        )

    def _thing(self, form: SourceForm) -> Verdict:
        if form.form == "name":
            return self.things.named(form)
        if form.kind == "unnamed_person":
            return self._described_person(form)
        known = self._known_people(form) if form.kind == "unnamed_group" and form.definite else None
        return known or self.things.described(form, self._owner(form))

    def _of_person(self, person: Person, score: float, rule: Rule, form: SourceForm) -> Verdict:
        names = (person.full, *(name for name in person.names if name != person.full))
        if not person.described:
            return Verdict(
                person.full,
                "person",
                score,
                rule,
                names,
                people=(person.number,),
                at=form.first,
                last=form.last,
            )
        met = person.mentions[0]
        if person.unclear:
            unclear = Rule.PRONOUN_UNCLEAR if rule is Rule.PRONOUN else Rule.SEVERAL_TITLED
            return Verdict(rule=unclear, told=(met.first, met.last))
        roles = tuple(role.text for role in person.roles)
        return Verdict(
            person.full,
            "unnamed_person",
            score,
            rule,
            names,
            roles,
            roles[0] if roles else None,
            at=form.first,
            last=form.last,
            told=(met.first, met.last),
        )

    def _named(self, form: SourceForm) -> Verdict:
        people = list(dict.fromkeys(mention.person for mention in form.mentions))
        sure = min(mention.sure for mention in form.mentions)
        if len(people) > MAX_JOINT:
            return Verdict(rule=Rule.TOO_MANY_NAMES)
        if len(people) > 1:
            fulls = [self.cast.people[number].full for number in people]
            name = f"{', '.join(fulls[:-1])} and {fulls[-1]}"
            return Verdict(
                name,
                "person",
                0.9 * sure,
                Rule.NAMED_TOGETHER,
                (name,),
                people=tuple(people),
                at=form.first,
                last=form.last,
            )
        person = self.cast.people[people[0]]
        mention = form.mentions[0]
        full = person.name.is_full or mention.name.honorific
        in_full = mention.shared or self.page.slice(mention.first, mention.last) == person.full
        rule = Rule.NAMED if in_full else Rule.OTHER_FORM
        return self._of_person(person, (0.98 if full else 0.93) * sure, rule, form)

    def _pronoun(self, number: int, form: SourceForm, verdicts: Sequence[Verdict]) -> Verdict:
        page, at = self.page, form.first
        if form.word in ("they", "it"):
            subject = self.things.subject_before(at)
            named = read_source(page, self.cast, *subject) if subject is not None else None
            body = self.things.named(named) if named is not None and named.form == "name" else None
            return self.things.pronoun(form, body)
        if form.word == "i":
            outer = page.content[at]
            if outer >= 0 and outer != number and page.quoted[at] and verdicts[outer].name:
                told = verdicts[outer]
                return told.taken_up(Rule.I_QUOTED, 0.9 * told.score, at, form.last)
            return Verdict(rule=Rule.I_AUTHOR)
        link = self.links.get(at)
        if form.word not in ("he", "she") or link is None:
            return Verdict(rule=Rule.PRONOUN_OPEN)
        if link.person < 0:
            return Verdict(rule=Rule.PRONOUN_NOBODY)
        second = self.cast.people[link.second].full if link.second >= 0 else "nobody"
        found = self._of_person(self.cast.people[link.person], link.score, Rule.PRONOUN, form)
        return replace(found, runner_up=second, runner_up_score=link.second_score)

    def _described_person(self, form: SourceForm) -> Verdict:
        """Return the person whom a description was found to mean, named or not."""
        page = self.page
        mention = self.cast.nominals.get(form.head)
        if mention is None:
            text = page.slice(form.first, form.core)
            return Verdict(
                text, form.kind, 0.8, Rule.DESCRIBED, (text,), (text,), text, at=form.first, last=form.last
            )
        person = self.cast.people[mention.person]
        if not person.described:
            return self._of_person(person, mention.sure, mention.how, form)
        if person.mentions[0] is not mention:
            return self._of_person(person, 0.85, Rule.DESCRIBED_BEFORE, form)
        told = self._of_person(person, 0.8 if form.definite else 0.93, Rule.DESCRIBED, form)
        owner = self._owner(form)
        if not owner or not told.name:
            return told
        text = f"{owner}’s {page.slice(form.first + 1, form.core)}"
        return replace(told, name=text, names=(text,), rule=Rule.OWNED)

    def _owner(self, form: SourceForm) -> str:
        """Return the full name behind *his* in *his campaign*, "" where that is not safe."""
        link = self.links.get(form.first) if form.possessor else None
        if link is None or link.person < 0 or link.score < SURE_OWNER:
            return ""
        return self.cast.people[link.person].full

    def _known_people(self, form: SourceForm) -> Verdict | None:
        """Return the joint speakers whom *the senators* takes up; an open verdict where two are meant but unsure."""
        page = self.page
        noun = page.lower[form.head]
        offices = {lexicon.office(one) for one in lexicon.singulars(noun)}
        for verdict in reversed(self.history[-6:]):
            if len(verdict.people) < 2 or page.sentence[form.first] - page.sentence[verdict.at] > 8:
                continue
            if noun in _PAIR or any(offices & self.cast.people[number].offices for number in verdict.people):
                return verdict.taken_up(Rule.PEOPLE_BEFORE, 0.82, form.first, form.last)
        if any(page.lower[i] in _CARDINALS for i in range(form.first, form.core)):
            return Verdict(rule=Rule.PEOPLE_OPEN)
        return None

    def _relative(self, form: SourceForm) -> Verdict:
        """Return what *who* or *which* refers to: the name or phrase right before it."""
        page, at = self.page, form.first
        opened = Verdict(rule=Rule.RELATIVE_OPEN)
        i = at - 1
        while i >= 0 and at - i < 4 and (page.words[i] in _BREAKS or page.lower[i] in ("and", "but", "or")):
            i -= 1
        if (
            i < 0
            or not page.same_line(i, at)
            or (page.sentence[i] != page.sentence[at] and page.words[i + 1] != ",")
        ):
            return opened
        mention = self._mention_ending(i + 1) if form.word != "which" else None
        if mention is not None:
            score = 0.93 if mention.last == i + 1 else 0.8
            return self._after_name(mention, score * mention.sure, form)
        inner = read_source(page, self.cast, self._phrase_start(i), i + 1)
        if inner.form == "person" and form.word != "which":
            return self._after_name(inner.mentions[0], 0.75, form)
        if inner.form not in ("name", "description") or inner.head < 0:
            return opened
        found = self._thing(inner)
        if not found.name:
            found = replace(found, at=inner.first, last=inner.last)
        taken = found.taken_up(Rule.RELATIVE_PHRASE, 0.85 * found.score, at, form.last)
        return replace(taken, within=found.rule)

    def _after_name(self, mention: Mention, score: float, form: SourceForm) -> Verdict:
        found = self._of_person(self.cast.people[mention.person], score, Rule.RELATIVE_NAME, form)
        return replace(found, earlier=(mention.first, mention.last))

    def _mention_ending(self, last: int) -> Mention | None:
        """Return the name that ends before a word, its apposition included."""
        for i in range(last - 1, max(last - 26, -1), -1):
            mention = self.cast.at.get(i)
            if mention is not None:
                return mention if mention.last == last or mention.end >= last else None
            if not self.page.same_line(i, last - 1):
                return None
        return None

    def _phrase_start(self, last: int) -> int:
        """Return where the noun phrase that ends with word ``last`` begins."""
        page = self.page
        i = last
        while (
            i > 0
            and last - i < 12
            and page.same_line(i - 1, last)
            and page.sentence[i - 1] == page.sentence[last]
        ):
            before, pos = page.lower[i - 1], page.pos[i - 1]
            if (
                pos == "DET"
                and i > 2
                and page.lower[i - 2] in ("of", "in")
                and page.pos[i - 3] in ("NOUN", "PROPN")
            ):
                i -= 3
            elif pos == "DET" or before in _POSSESSIVE_PRONOUNS:
                return i - 1
            elif (
                pos in _INSIDE
                or page.words[i - 1] in _JOINTS
                or (
                    before in ("of", "in", "for", "at", "with")
                    and i > 1
                    and page.pos[i - 2] in ("NOUN", "PROPN")
                )
                or (before == "and" and i > 1 and page.is_capital(i) and page.is_capital(i - 2))
            ):
                i -= 1
            else:
                break
        return i
