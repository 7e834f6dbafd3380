"""From a source's form to a speaker: names, short names, pronouns, bare titles, *the group*, *who*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quotes.model import SpeakerKind
from quotes.pipeline import lexicon
from quotes.pipeline.bodies import Bodies, expand_initials, fuller_names, plain
from quotes.pipeline.cast import Cast, Mention, Person
from quotes.pipeline.coreference import Link
from quotes.pipeline.page import DOUBLE_MARKS, Page
from quotes.pipeline.sources import SourceForm, read_source


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who speaks, how sure that is, and by which rule; ``name`` is "" where the speaker stays open."""

    name: str = ""
    kind: SpeakerKind = "person"
    score: float = 0.0
    rule: str = "no source"
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    role: str | None = None
    runner_up: str = ""
    runner_up_score: float = 0.0
    people: tuple[int, ...] = ()
    at: int = -1
    last: int = -1

    @property
    def is_plural(self) -> bool:
        """Whether *they* can mean the speaker."""
        return self.kind in ("unnamed_group", "organization") or len(self.people) > 1


_PLACES = frozenset(["state", "country", "city", "county", "town", "nation", "province", "district", "republic", "kingdom", "island"])


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
        """:param transcript: Attributions that are turns of a transcript: *WALLACE: …*"""
        self.page, self.cast, self.bodies, self.links, self.transcript = page, cast, bodies, links, transcript
        self.history: list[Verdict] = []
        self.unnamed: list[tuple[Verdict, set[str], int]] = []

    def resolve(self, number: int, form: SourceForm, verdicts: Sequence[Verdict]) -> Verdict:
        """Return who speaks in a source, and remember it for those that come after."""
        verdict = self._verdict(number, form, verdicts)
        if verdict.name:
            self.history.append(verdict)
        return verdict

    def _verdict(self, number: int, form: SourceForm, verdicts: Sequence[Verdict]) -> Verdict:
        if form.form == "person":
            return self._person(form)
        if form.form == "people":
            return self._people(form)
        if form.form == "pronoun":
            return self._pronoun(number, form, verdicts)
        if form.form == "relative":
            return self._relative(form)
        if form.form == "name":
            if number in self.transcript and form.kind == "organization":
                name = self.page.slice(form.first, form.last)
                return Verdict(
                    name, "person", 0.8, "turn of a transcript", (name,), at=form.first, last=form.last
                )
            return self._name(form)
        if form.form == "description":
            return self._description(form)
        return Verdict(rule="no name, pronoun or description")

    # People

    def _of_person(
        self, person: Person, score: float, rule: str, form: SourceForm, **more: object
    ) -> Verdict:
        names = (person.full, *(name for name in person.names if name != person.full))
        if person.described:
            if person.unclear:
                return Verdict(rule=f"“{person.full}” could be several people")
            roles = tuple(role.text for role in person.roles)
            return Verdict(
                person.full, "unnamed_person", score, rule, names, roles, roles[0] if roles else None,
                at=form.first, last=form.last,
            )  # fmt: skip
        return Verdict(
            person.full, "person", score, rule, names, people=(person.number,), at=form.first, last=form.last,
            runner_up=str(more.get("runner_up", "")), runner_up_score=float(str(more.get("runner_up_score", 0.0))),
        )  # fmt: skip

    def _person(self, form: SourceForm) -> Verdict:
        mention = form.mentions[0]
        person = self.cast.people[mention.person]
        score = 0.98 * mention.sure if person.name.is_full or mention.name.honorific else 0.93 * mention.sure
        return self._of_person(person, score, "named", form)

    def _people(self, form: SourceForm) -> Verdict:
        people = []
        for mention in form.mentions:
            if mention.person not in people:
                people.append(mention.person)
        if len(people) == 1:
            return self._person(form)
        if len(people) > 6:
            return Verdict(rule="too many names")
        sure = min(mention.sure for mention in form.mentions)
        return self._jointly(people, 0.9 * sure, "named together", form)

    def _jointly(self, people: list[int], score: float, rule: str, form: SourceForm) -> Verdict:
        fulls = [self.cast.people[number].full for number in people]
        name = f"{', '.join(fulls[:-1])} and {fulls[-1]}"
        return Verdict(
            name, "person", score, rule, (name,), people=tuple(people), at=form.first, last=form.last
        )

    # Pronouns

    def _pronoun(self, number: int, form: SourceForm, verdicts: Sequence[Verdict]) -> Verdict:
        page = self.page
        if form.word in ("he", "she"):
            link = self.links.get(form.first)
            if link is None:
                return self._quoted_pronoun(form)
            second = self.cast.people[link.second].full if link.second >= 0 else "nobody"
            if link.person < 0:
                return Verdict(rule=f"{form.word}: nobody fits")
            person = self.cast.people[link.person]
            return self._of_person(
                person,
                link.score,
                f"“{page.words[form.first]}”",
                form,
                runner_up=second,
                runner_up_score=link.second_score,
            )
        if form.word == "i":
            outer = page.content[form.first]
            if outer >= 0 and outer != number and page.quoted[form.first] and verdicts[outer].name:
                told = verdicts[outer]
                return Verdict(
                    told.name, told.kind, 0.9 * told.score, "“I” in a quotation", told.names, people=told.people,
                    at=form.first, last=form.last,
                )  # fmt: skip
            return Verdict(rule="“I” of the author")
        if form.word in ("they", "it"):
            return self._thing_pronoun(form)
        return Verdict(rule=f"“{page.words[form.first]}” is left open")

    def _quoted_pronoun(self, form: SourceForm) -> Verdict:
        return Verdict(rule="pronoun within a quotation")

    def _thing_pronoun(self, form: SourceForm) -> Verdict:
        """Return what *it* or *they* means: the body or group that spoke or stood as a subject last, if one did."""
        page, at = self.page, form.first
        rule = f"“{page.words[at]}”"
        subject = self._subject_body(at)
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
                return Verdict(rule=f"{rule}: the last to speak does not fit")
            if (
                subject is not None
                and subject[0] > verdict.last
                and plain(page.slice(*subject)) != plain(verdict.name)
            ):
                if form.word == "they":
                    return Verdict(rule=f"{rule}: who is open")
                break
            score = (0.85, 0.8, 0.6)[back]
            if form.word == "they" and self._plural_before(at, verdict.last):
                score -= 0.25
            return replace(verdict, score=score, rule=rule, at=at, last=form.last)
        if subject is not None and page.sentence[at] - page.sentence[subject[0]] <= 1:
            found = self._name(read_source(page, self.cast, *subject))
            score = 0.75 if form.word == "it" else 0.7
            if found.name and not (form.word == "they" and self._plural_before(at, subject[1])):
                return replace(found, score=score, rule=f"{rule}, the subject before", at=at, last=form.last)
        return Verdict(rule=f"{rule}: nothing near fits")

    def _subject_body(self, at: int) -> tuple[int, int] | None:
        """Return the last organization before a word that stands before a verb, in this sentence or the one before."""
        page = self.page
        for begin, end in reversed(self.bodies.before(at)):
            if page.sentence[at] - page.sentence[begin] > 1:
                return None
            if end >= len(page) or page.quoted[begin] or page.entity[end - 1] not in ("ORGANIZATION", ""):
                continue
            if page.pos[end] in ("VERB", "AUX") and page.pos[end - 1] == "PROPN":
                return begin, end
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

    # who, which

    def _relative(self, form: SourceForm) -> Verdict:
        page, at = self.page, form.first
        i = at - 1
        while (
            i >= 0
            and (page.words[i] in (",", "(", "—", "–", "--") or page.lower[i] in ("and", "but", "or"))
            and at - i < 4
        ):
            i -= 1
        if (
            i < 0
            or not page.same_line(i, at)
            or (page.sentence[i] != page.sentence[at]
            and page.words[i + 1] != ",")
        ):
            return Verdict(rule="“who” without what it refers to")
        mention = self._mention_ending(i + 1, at)
        if mention is not None and form.word != "which":
            score = 0.93 if mention.last == i + 1 else 0.8
            return self._of_person(
                self.cast.people[mention.person], score * mention.sure, "“who” after the name", form
            )
        first = self._phrase_start(i)
        inner = read_source(page, self.cast, first, i + 1)
        if inner.form not in ("name", "description") or inner.head < 0:
            if inner.form == "person" and form.word != "which":
                return self._of_person(
                    self.cast.people[inner.mentions[0].person], 0.75, "“who” after the name", form
                )
            return Verdict(rule="“who” without what it refers to")
        found = self._name(inner) if inner.form == "name" else self._description(inner)
        if not found.name:
            return found
        return Verdict(
            found.name, found.kind, 0.85 * found.score, f"“{page.words[form.last - 1]}” after {found.rule}", found.names,
            found.roles, found.role, people=found.people, at=form.first, last=form.last,
        )  # fmt: skip

    def _mention_ending(self, last: int, at: int) -> Mention | None:
        mention = self.cast.at.get(last - 1)
        if mention is not None and mention.last == last:
            return mention
        i = last - 1
        while i >= 0 and last - i < 25 and self.page.same_line(i, at):
            mention = self.cast.at.get(i)
            if mention is not None:
                return mention if mention.end >= last else None
            i -= 1
        return None

    def _phrase_start(self, last: int) -> int:
        """Return where the noun phrase ending with word ``last`` begins."""
        page = self.page
        i = last
        while (
            i > 0
            and last - i < 12
            and page.same_line(i - 1, last)
            and page.sentence[i - 1] == page.sentence[last]
        ):
            before = page.pos[i - 1]
            if before == "DET":
                if i > 2 and page.lower[i - 2] == "of" and page.pos[i - 3] in ("NOUN", "PROPN"):
                    i -= 3
                    continue
                return i - 1
            if before in ("NOUN", "PROPN", "ADJ", "NUM", "X") or page.words[i - 1] in (
                "-",
                "–",
                "’s",
                "'s",
                "/",
                "&",
                "%",
            ):
                i -= 1
                continue
            if before == "PRON" and page.lower[i - 1] in ("his", "her", "its", "their", "my", "our"):
                return i - 1
            if (
                page.lower[i - 1] in ("of", "in", "for", "at", "with")
                and i - 2 >= 0
                and page.pos[i - 2] in ("NOUN", "PROPN")
            ):
                i -= 1
                continue
            if page.lower[i - 1] == "and" and page.is_capital(i) and page.is_capital(i - 2):
                i -= 1
                continue
            break
        return i

    # Names that are not people's

    def _name(self, form: SourceForm) -> Verdict:
        page = self.page
        if form.kind == "document" and page.words[form.first - 1] in DOUBLE_MARKS:
            name = page.slice(form.first, form.last)
            return Verdict(name, "document", 0.85, "title", (name,), at=form.first, last=form.last)
        first, last = self._name_borders(form)
        text = page.slice(first, last)
        words = [page.lower[i] for i in range(first, last) if page.words[i][0].isalnum()]
        kind: SpeakerKind = form.kind
        score = 0.93 if page.entity[form.head] in ("ORGANIZATION", "LOCATION") else 0.85
        letters = text.replace(".", "").replace("’s", "").replace("'s", "")
        fuller: tuple[int, int] | None = None
        if (
            len(words) == 1
            and letters.isalpha()
            and sum(c.isupper() for c in letters) >= 2
            and len(letters) <= 7
        ):
            fuller = expand_initials(page, letters)
        if fuller is None and kind == "organization":
            options = [
                run for run in fuller_names(page, self.bodies, words) if run[1] - run[0] > last - first
            ]
            options = [run for run in options if plain(page.slice(*run)) != plain(text)]
            options = [
                run
                for run in options
                if page.lower[run[1] - 1] == words[-1] or page.entity[run[0]] == "ORGANIZATION"
            ]
            if len(options) == 1 and len(words) <= 2 and page.entity[options[0][0]] != "LOCATION":
                fuller = options[0]
        names: tuple[str, ...] = (text,)
        if fuller is not None:
            name = page.slice(*fuller)
            names = (name, text)
            text = name
        return Verdict(text, kind, score, "named", names, at=form.first, last=form.last)

    def _name_borders(self, form: SourceForm) -> tuple[int, int]:
        """Return the name within its phrase: *Alliance to Reclaim Our Schools* of *the event organizer Alliance …*."""
        page = self.page
        first, last = form.first, form.core
        while first < form.head and page.lower[first] in (
            "the",
            "a",
            "an",
            "this",
            "that",
            "these",
            "those",
            "even",
        ):
            first += 1
        if page.words[last - 1] in (",", "(", "—"):
            last -= 1
        start = first
        for i in range(first, form.head):
            if not page.is_capital(i) and page.pos[i] in ("NOUN", "ADJ", "VERB") and page.is_capital(i + 1):
                tail_capital = all(
                    page.is_capital(j)
                    or page.lower[j]
                    in ("of", "for", "the", "and", "to", "-", "&", "’s", "'s", "’", "on", "in", ".")
                    for j in range(i + 1, form.head + 1)
                )
                if tail_capital and (
                    lexicon.is_title(page.lower[i])
                    or lexicon.is_institution(page.lower[i])
                    or (page.pos[i] == "ADJ")
                ):
                    start = i + 1
        return start, last

    # Descriptions

    def _description(self, form: SourceForm) -> Verdict:
        if form.kind == "unnamed_person":
            return self._unnamed_person(form)
        if form.kind == "unnamed_group" and form.definite:
            found = self._known_people(form)
            if found is not None:
                return found
        several = form.kind == "unnamed_group" and form.core - form.first > 2
        if (form.kind == "organization" or several) and form.definite and not form.possessor:
            found = self._known_body(form)
            if found is not None:
                return found
        page = self.page
        text, score = self._own_words(form)
        if not text:
            return Verdict(rule="a possessor that is left open")
        verdict = Verdict(text, form.kind, score, "described", (text,), at=form.first, last=form.last)
        if form.kind == "document" and form.definite:
            if page.lower[form.first] in ("this", "that", "these", "those"):
                return Verdict(rule="which one is meant is open")
            work = self._titled_work(form)
            if work is not None:
                return work
        if form.kind in ("unnamed_group", "document"):
            words = {page.lower[i] for i in range(form.first, form.core)}
            earlier = self._same_unnamed(form, words)
            if earlier is not None:
                return Verdict(
                    earlier.name, earlier.kind, 0.8, "described before", earlier.names, earlier.roles, earlier.role,
                    at=form.first, last=form.last,
                )  # fmt: skip
            self.unnamed.append((verdict, words, form.head))
        return verdict

    def _unnamed_person(self, form: SourceForm) -> Verdict:
        """Return the person whom a description was found to mean, named or not."""
        page = self.page
        mention = self.cast.nominals.get(form.head)
        if mention is None:
            text, score = self._own_words(form)
            return Verdict(
                text, form.kind, score, "described", (text,), (text,), text, at=form.first, last=form.last
            )
        person = self.cast.people[mention.person]
        if not person.described:
            rule = f"“{page.slice(form.first, form.core)}” by title"
            return self._of_person(person, mention.sure, rule, form)
        taken_up = person.mentions[0] is not mention
        score = 0.85 if taken_up else 0.8 if form.definite else 0.93
        told = self._of_person(person, score, "described before" if taken_up else "described", form)
        owner = self._possessor(form) if form.possessor else ""
        if owner and told.name and not taken_up:
            text = f"{owner}’s {page.slice(form.first + 1, form.core)}"
            return Verdict(
                text,
                told.kind,
                told.score,
                told.rule,
                (text,),
                told.roles,
                told.role,
                at=told.at,
                last=told.last,
            )
        return told

    def _known_people(self, form: SourceForm) -> Verdict | None:
        """Return the joint speakers whom *the senators*, *the two men* take up; an open verdict where it is unsure."""
        page = self.page
        noun = page.lower[form.head]
        offices = {lexicon.office(one) for one in lexicon.singulars(noun)}
        for verdict in reversed(self.history[-6:]):
            if len(verdict.people) < 2 or page.sentence[form.first] - page.sentence[verdict.at] > 8:
                continue
            held = [{role.head for role in self.cast.people[number].roles} for number in verdict.people]
            if noun in ("men", "women", "two", "pair", "both") or any(offices & of_one for of_one in held):
                return Verdict(
                    verdict.name, "person", 0.82, f"“{page.slice(form.first, form.core)}”", verdict.names,
                    people=verdict.people, at=form.first, last=form.last,
                )  # fmt: skip
        if any(page.lower[i] in ("two", "three", "four", "both") for i in range(form.first, form.core)):
            return Verdict(rule="several people told before, but who is open")
        return None

    def _titled_work(self, form: SourceForm) -> Verdict | None:
        """Return the work with a title that *the film*, *the book* means, if such a one spoke before."""
        if self.page.lower[form.head] not in lexicon.WORKS or form.core - form.first > 2:
            return None
        titled = {v.name: v for v in self.history if v.kind == "document" and v.rule == "title"}
        if len(titled) != 1:
            return None
        return replace(
            next(iter(titled.values())),
            score=0.8,
            rule="the work named before",
            at=form.first,
            last=form.last,
        )

    def _same_unnamed(self, form: SourceForm, words: set[str]) -> Verdict | None:
        """Return an unnamed speaker met before whom *the spokesman*, *the letter* takes up."""
        page = self.page
        if page.lower[form.first] != "the":
            return None
        content = {w for w in words if w not in ("the",) and w[0].isalnum()}
        for verdict, earlier, head in reversed(self.unnamed[-6:]):
            if verdict.kind != form.kind or page.sentence[form.first] - page.sentence[head] > 12:
                continue
            same_head = lexicon.office(page.lower[head]) == lexicon.office(page.lower[form.head])
            if not same_head and not (
                form.kind == "document" and {page.lower[head], page.lower[form.head]} <= lexicon.STUDIES
                and page.sentence[form.first] - page.sentence[head] <= 4
            ):  # fmt: skip
                continue
            if content - {page.lower[form.head]} <= earlier:
                return verdict
        return None

    def _own_words(self, form: SourceForm) -> tuple[str, float]:
        page = self.page
        first, last = form.first, form.core
        score = 0.93
        while first < last - 1 and page.lower[first] in ("a", "an", "the", "this", "these", "those", "that"):
            first += 1
        if form.definite and form.kind in ("organization",):
            score = 0.8
        if form.possessor:
            owner = self._possessor(form)
            first += 1
            rest = page.slice(first, last)
            if owner:
                return f"{owner}’s {rest}", 0.85
            if form.kind == "organization":
                return "", 0.0
            return rest, 0.8
        return page.slice(first, last), score

    def _possessor(self, form: SourceForm) -> str:
        link = self.links.get(form.first)
        if link is not None and link.person >= 0 and link.score >= 0.75:
            return self.cast.people[link.person].full
        return ""

    def _known_body(self, form: SourceForm) -> Verdict | None:
        """Return the body that *the group*, *the fund*, *the mobilization forces* means."""
        page = self.page
        words = [page.lower[i] for i in range(form.first, form.core) if page.words[i][0].isalnum()]
        words = [w for w in words if w not in ("the", "this", "that", "'s", "’s")]
        if not words:
            return None
        options = fuller_names(page, self.bodies, words, before=form.first)
        if not options and len(words) > 1:
            options = fuller_names(page, self.bodies, words)
        rule = f"“{page.slice(form.first, form.core)}”"
        if words[-1] in _PLACES and len(words) == 1:
            return Verdict(rule=f"{rule}: which one is open")
        if len(options) == 1:
            name = page.slice(*options[0])
            return Verdict(name, "organization", 0.85, rule, (name,), at=form.first, last=form.last)
        if len(words) == 1 and lexicon.is_institution(words[0]):
            for verdict in self.history[-1:]:
                back = page.sentence[form.first] - page.sentence[verdict.at]
                if verdict.kind == "organization" and back <= 3 and (not options or any(
                    plain(page.slice(*run)) == plain(verdict.name) for run in options
                )):  # fmt: skip
                    if plain(verdict.name) == plain(words[0]):
                        break
                    return Verdict(
                        verdict.name, verdict.kind, 0.82, rule, verdict.names, at=form.first, last=form.last
                    )
                if verdict.kind == "organization":
                    break
        if options:
            last = max(options)
            if page.sentence[form.first] - page.sentence[last[0]] <= 2:
                name = page.slice(*last)
                return Verdict(
                    name,
                    "organization",
                    0.65,
                    f"{rule}, the one named last",
                    (name,),
                    at=form.first,
                    last=form.last,
                )
        return None
