"""Speakers that are no people: bodies by name, short name or initials, documents, unnamed groups."""

from __future__ import annotations

from dataclasses import replace

from quotes.pipeline import lexicon
from quotes.pipeline.bodies import Bodies, body_named_later, expand_initials, fuller_names, plain
from quotes.pipeline.marks import DOUBLE_MARKS
from quotes.pipeline.page import Page
from quotes.pipeline.sources import SourceForm
from quotes.pipeline.verdicts import Rule, Verdict

_DETERMINERS = frozenset("the a an this that these those even".split())
_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_IN_NAMES = frozenset("of for the and to - & ’s 's ’ on in .".split())
_PLACES = frozenset("state country city county town nation province district republic kingdom island".split())
_ANY_BODY = frozenset("group organization organisation body agency company firm corporation".split())
"""What a body of any name can be called."""
_STANDS_ALONE = frozenset("""
government administration congress senate parliament legislature assembly court jury cabinet ministry department
treasury army military navy police hospital school university college church mosque city town county state nation
country embassy council union federation kremlin regime team
""".split())  # fmt: skip
"""What is mostly meant by the word alone: *the school* is none that was named under another word."""
MAX_INITIALS = 7
MAX_SENTENCES_BACK = 12


class ThingResolver:
    """Resolves the sources of one article that name or describe no single person, in the order of the text."""

    def __init__(self, page: Page, bodies: Bodies, history: list[Verdict]) -> None:
        """:param history: Who spoke so far; whoever resolves the sources keeps it up."""
        self.page, self.bodies, self.history = page, bodies, history
        self._described: list[tuple[Verdict, set[str], int]] = []

    def named(self, form: SourceForm) -> Verdict:
        """Return the body or document that a source names, under its fullest name."""
        page = self.page
        if form.kind == "document" and form.first > 0 and page.words[form.first - 1] in DOUBLE_MARKS:
            return self._verdict(form, page.slice(form.first, form.last), 0.85, Rule.WORK_TITLED)
        first, last = self._name_borders(form)
        text = page.slice(first, last)
        score = 0.93 if page.entity[form.head] in ("ORGANIZATION", "LOCATION") else 0.85
        fuller = self._fuller(form, first, last, text)
        if fuller is None:
            return self._verdict(form, text, score, Rule.THING_NAMED)
        verdict = self._told_by(form, fuller, score, Rule.THING_IN_FULL)
        return replace(verdict, names=(verdict.name, text))

    def _verdict(self, form: SourceForm, name: str, score: float, rule: Rule) -> Verdict:
        return Verdict(name, form.kind, score, rule, (name,), at=form.first, last=form.last)

    def _told_by(self, form: SourceForm, run: tuple[int, int], score: float, rule: Rule) -> Verdict:
        """Return the verdict that takes the speaker's name from other words of the article."""
        return replace(self._verdict(form, self.page.slice(*run), score, rule), told=run)

    def _fuller(self, form: SourceForm, first: int, last: int, text: str) -> tuple[int, int] | None:
        page = self.page
        words = [page.lower[i] for i in range(first, last) if page.words[i][0].isalnum()]
        letters = text.replace(".", "").replace("’s", "").replace("'s", "")
        if (
            len(words) == 1
            and letters.isalpha()
            and len(letters) <= MAX_INITIALS
            and sum(map(str.isupper, letters)) > 1
        ):
            found = expand_initials(page, self.bodies, letters)
            if found is not None:
                return found
        if form.kind != "organization" or len(words) > 2:
            return None
        options = [
            run
            for run in fuller_names(page, self.bodies, words)
            if run[1] - run[0] > last - first
            and plain(page.slice(*run)) != plain(text)
            and (page.lower[run[1] - 1] == words[-1] or page.entity[run[0]] == "ORGANIZATION")
        ]
        return options[0] if len(options) == 1 and page.entity[options[0][0]] != "LOCATION" else None

    def _name_borders(self, form: SourceForm) -> tuple[int, int]:
        """Return the name within its phrase: *Alliance to Save Our Lakes* of *the organizer Alliance …*."""
        page = self.page
        first, last = form.first, form.core
        while first < form.head and page.lower[first] in _DETERMINERS:
            first += 1
        start = first
        for i in range(first, form.head):
            introduces = (
                page.pos[i] == "ADJ"
                or lexicon.is_title(page.lower[i])
                or lexicon.is_institution(page.lower[i])
            )
            if introduces and not page.is_capital(i) and page.is_capital(i + 1):
                rest = range(i + 1, form.head + 1)
                if all(page.is_capital(j) or page.lower[j] in _IN_NAMES for j in rest):
                    start = i + 1
        return start, last

    def described(self, form: SourceForm, owner: str) -> Verdict:
        """Return the body, document or group that a source describes: one known by name, or its own words.

        :param owner: The full name behind *his* or *her* at the source's start, "" where it is open.
        """
        if form.definite and self.page.lower[form.head] == "paper" and self._has_told_study():
            form = replace(form, kind="document")
        if form.definite and not form.possessor:
            several = form.kind == "unnamed_group" and form.core - form.first > 2
            known = self._known_body(form) if form.kind == "organization" or several else None
            if known is None and form.kind == "document":
                known = self._known_document(form)
            if known is not None:
                return known
        if form.kind == "organization" and not form.definite:
            named = body_named_later(self.page, self.bodies, form.first, form.head, form.core)
            if named is not None:
                return self._told_by(form, named, 0.75, Rule.BODY_LATER)
        text, score = self._own_words(form, owner)
        if not text:
            return Verdict(rule=Rule.OWNER_OPEN)
        verdict = self._verdict(form, text, score, Rule.OWNED if owner and form.possessor else Rule.DESCRIBED)
        if form.kind != "organization":
            words = {self.page.lower[i] for i in range(form.first, form.core)}
            earlier = self._taken_up(form, words)
            if earlier is not None:
                return earlier.taken_up(Rule.DESCRIBED_BEFORE, 0.8, form.first, form.last)
            self._described.append((verdict, words, form.head))
        return verdict

    def _has_told_study(self) -> bool:
        """Return whether a study spoke before, so that *the paper* is one rather than a newspaper."""
        return any(self.page.lower[head] in lexicon.STUDIES for _, _, head in self._described)

    def _own_words(self, form: SourceForm, owner: str) -> tuple[str, float]:
        page, first = self.page, form.first
        if form.possessor:
            rest = page.slice(first + 1, form.core)
            if owner:
                return f"{owner}’s {rest}", 0.85
            return ("", 0.0) if form.kind == "organization" else (rest, 0.8)
        while first < form.core - 1 and page.lower[first] in _DETERMINERS - {"even"}:
            first += 1
        return page.slice(first, form.core), 0.8 if form.definite and form.kind == "organization" else 0.93

    def _taken_up(self, form: SourceForm, words: set[str]) -> Verdict | None:
        """Return what spoke before under a fuller description: *the letter*, *the study*."""
        page = self.page
        if page.lower[form.first] != "the":
            return None
        noun = page.lower[form.head]
        content = {word for word in words if word[0].isalnum()} - {"the", noun}
        for verdict, earlier, head in reversed(self._described[-6:]):
            back = page.sentence[form.first] - page.sentence[head]
            same = lexicon.office(page.lower[head]) == lexicon.office(noun)
            alike = form.kind == "document" and {page.lower[head], noun} <= lexicon.STUDIES and back <= 4
            if (
                verdict.kind == form.kind
                and back <= MAX_SENTENCES_BACK
                and (same or alike)
                and content <= earlier
            ):
                return verdict
        return None

    def _known_document(self, form: SourceForm) -> Verdict | None:
        """Return the work with a title that *the film* means; an open verdict for *this finding*."""
        page = self.page
        if page.lower[form.first] in _DEMONSTRATIVES:
            return Verdict(rule=Rule.WORK_OPEN)
        if page.lower[form.head] not in lexicon.WORKS or form.core - form.first > 2:
            return None
        titled = {verdict.name: verdict for verdict in self.history if verdict.rule is Rule.WORK_TITLED}
        if len(titled) != 1:
            return None
        work = next(iter(titled.values()))
        return work.taken_up(Rule.WORK_BEFORE, 0.8, form.first, form.last)

    def _known_body(self, form: SourceForm) -> Verdict | None:
        """Return the body that *the group*, *the fund*, *the mobilization forces* means."""
        page = self.page
        words = [page.lower[i] for i in range(form.first, form.core) if page.words[i][0].isalnum()]
        words = [word for word in words if word not in ("the", "this", "that", "'s", "’s")]
        if not words:
            return None
        if len(words) == 1 and words[0] in _PLACES:
            return Verdict(rule=Rule.PLACE_OPEN)
        options = fuller_names(page, self.bodies, words, before=form.first)
        if not options and len(words) > 1:
            options = fuller_names(page, self.bodies, words)
        body = replace(form, kind="organization")
        if len(options) == 1:
            return self._told_by(body, options[0], 0.85, Rule.BODY_BEFORE)
        if len(words) == 1 and lexicon.is_institution(words[0]) and self.history:
            last = self.history[-1]
            fits = not options or any(plain(page.slice(*run)) == plain(last.name) for run in options)
            near = page.sentence[form.first] - page.sentence[last.at] <= 3
            if last.kind == "organization" and near and fits and _can_be_called(last, words[0]):
                return last.taken_up(Rule.BODY_SPOKE, 0.82, form.first, form.last)
        if options and page.sentence[form.first] - page.sentence[max(options)[0]] <= 2:
            return self._told_by(body, max(options), 0.65, Rule.BODY_NEAREST)
        return None

    def pronoun(self, form: SourceForm, name_at: Verdict | None) -> Verdict:
        """Return what *it* or *they* means: the body or group that spoke, or stood as a subject, last.

        :param name_at: The verdict on the body found by :meth:`subject_before`, if there is one.
        """
        page, at = self.page, form.first
        for verdict in reversed(self.history[-5:]):
            if verdict.at >= at:
                continue
            back = page.sentence[at] - page.sentence[verdict.at]
            if back > 2:
                break
            fits = verdict.is_plural if form.word == "they" else verdict.kind in ("organization", "document")
            if not fits:
                if verdict.kind in ("person", "unnamed_person"):
                    continue
                return Verdict(rule=Rule.IT_UNFIT, earlier=(verdict.at, verdict.last))
            if (
                name_at is not None
                and name_at.at >= verdict.last
                and plain(name_at.name) != plain(verdict.name)
            ):
                if form.word == "they":
                    return Verdict(rule=Rule.IT_SEVERAL, earlier=(verdict.at, verdict.last))
                break
            score = (0.85, 0.8, 0.6)[back]
            if form.word == "they" and self._plural_before(at, verdict.last):
                score -= 0.25
            return verdict.taken_up(Rule.IT_SPOKE, score, at, form.last)
        if name_at is None or (form.word == "they" and self._plural_before(at, name_at.last)):
            return Verdict(rule=Rule.IT_NOTHING)
        score = 0.75 if form.word == "it" else 0.7
        return name_at.taken_up(Rule.IT_SUBJECT, score, at, form.last)

    def subject_before(self, at: int) -> tuple[int, int] | None:
        """Return the last body before a word that stands before a verb, in its sentence or the one before."""
        page = self.page
        for first, last in reversed(self.bodies.before(at)):
            if page.sentence[at] - page.sentence[first] > 1:
                return None
            if last >= len(page) or page.quoted[first] or page.entity[last - 1] not in ("ORGANIZATION", ""):
                continue
            if page.pos[last] in ("VERB", "AUX") and page.pos[last - 1] == "PROPN":
                return first, last
        return None

    def _plural_before(self, at: int, last: int) -> bool:
        """Return whether *they* can mean another plural of its sentence than the one that ends at ``last``.

        Where the speakers were named in an earlier sentence any plural will do; in the same, one before a verb.
        """
        page = self.page
        earlier = last <= 0 or page.sentence[last - 1] != page.sentence[at]
        return any(
            page.pos[i] == "NOUN"
            and page.sentence[i] == page.sentence[at]
            and lexicon.singulars(page.lower[i])
            and (earlier or page.pos[i + 1] in ("VERB", "AUX"))
            for i in range(max(last, at - 40), at - 1)
        )


def _can_be_called(verdict: Verdict, noun: str) -> bool:
    """Return whether *the group* can take up who spoke last: by a name that does not say what else it is."""
    if verdict.rule in (Rule.DESCRIBED, Rule.OWNED) or noun in _STANDS_ALONE:
        return False
    own = plain(verdict.name).split()
    return not lexicon.is_institution(own[-1]) or noun in _ANY_BODY or noun in own
