"""From a source's form to a speaker: names, short names, pronouns, bare titles, *the group*, *who*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.model import SpeakerKind
from quotes.pipeline import lexicon
from quotes.pipeline.bodies import Bodies, expand_initials, fuller_names, plain
from quotes.pipeline.cast import Cast, Mention, Person
from quotes.pipeline.coreference import Link
from quotes.pipeline.page import Page
from quotes.pipeline.sources import POSSESSIVE, SourceForm, kind_of, read_source
from quotes.pipeline.titles import head_noun


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


class Resolver:
    """Resolves the sources of one article, in the order of the text."""

    def __init__(self, page: Page, cast: Cast, bodies: Bodies, links: Mapping[int, Link]) -> None:
        self.page, self.cast, self.bodies, self.links = page, cast, bodies, links
        self.history: list[Verdict] = []
        self.unnamed: list[tuple[Verdict, set[str], int]] = []

    def resolve(self, number: int, form: SourceForm, cue: int, verdicts: Sequence[Verdict]) -> Verdict:
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
            return self._name(form)
        if form.form == "description":
            return self._description(form)
        return Verdict(rule="no name, pronoun or description")

    # People

    def _of_person(self, person: Person, score: float, rule: str, form: SourceForm, **more: object) -> Verdict:
        names = (person.full, *(name for name in person.names if name != person.full))
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
        return Verdict(name, "person", score, rule, (name,), people=tuple(people), at=form.first, last=form.last)

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
                person, link.score, f"“{page.words[form.first]}”", form, runner_up=second, runner_up_score=link.second_score
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
        page = self.page
        for verdict in reversed(self.history[-4:]):
            if verdict.at >= form.first:
                continue
            back = page.sentence[form.first] - page.sentence[verdict.at]
            if back > 2 or page.content[verdict.at] >= 0 and page.quoted[verdict.at] != page.quoted[form.first]:
                break
            fits = verdict.is_plural if form.word == "they" else verdict.kind in ("organization", "document")
            if not fits:
                if verdict.kind in ("person", "unnamed_person") and form.word == "it":
                    continue
                break
            between = self._rival_between(verdict.last, form.first)
            score = (0.85, 0.8, 0.6)[min(back, 2)] - (0.25 if between else 0.0)
            return Verdict(
                verdict.name, verdict.kind, score, f"“{page.words[form.first]}”", verdict.names, verdict.roles,
                people=verdict.people, at=form.first, last=form.last,
            )  # fmt: skip
        return Verdict(rule=f"“{page.words[form.first]}”: nothing near fits")

    def _rival_between(self, first: int, last: int) -> bool:
        """Return whether another body or group stands as a subject between two words, outside quotations."""
        page = self.page
        for begin, end in self.bodies.runs:
            if begin < first:
                continue
            if end > last:
                break
            after = page.pos[end] if end < len(page) else ""
            if page.content[begin] < 0 and after in ("VERB", "AUX") and page.entity[begin] == "ORGANIZATION":
                return True
        return False

    # who, which

    def _relative(self, form: SourceForm) -> Verdict:
        page, at = self.page, form.first
        i = at - 1
        while i >= 0 and (page.words[i] in (",", "(", "—", "–", "--") or page.lower[i] in ("and", "but", "or")) and at - i < 4:
            i -= 1
        if i < 0 or not page.same_line(i, at) or page.sentence[i] != page.sentence[at] and page.words[i + 1] != ",":
            return Verdict(rule="“who” without what it refers to")
        mention = self._mention_ending(i + 1, at)
        if mention is not None and form.word != "which":
            score = 0.93 if mention.last == i + 1 else 0.8
            return self._of_person(self.cast.people[mention.person], score * mention.sure, "“who” after the name", form)
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
        while i > 0 and last - i < 12 and page.same_line(i - 1, last) and page.sentence[i - 1] == page.sentence[last]:
            before = page.pos[i - 1]
            if before in ("DET",):
                return i - 1
            if before in ("NOUN", "PROPN", "ADJ", "NUM", "X") or page.words[i - 1] in ("-", "–", "’s", "'s", "/", "&", "%"):
                i -= 1
                continue
            if before == "PRON" and page.lower[i - 1] in ("his", "her", "its", "their", "my", "our"):
                return i - 1
            if page.lower[i - 1] in ("of", "in", "for", "at", "with") and i - 2 >= 0 and page.pos[i - 2] in ("NOUN", "PROPN"):
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
        first, last = self._name_borders(form)
        text = page.slice(first, last)
        words = [page.lower[i] for i in range(first, last) if page.words[i][0].isalnum()]
        kind: SpeakerKind = form.kind
        score = 0.93 if page.entity[form.head] in ("ORGANIZATION", "LOCATION") else 0.85
        letters = text.replace(".", "").replace("’s", "").replace("'s", "")
        fuller: tuple[int, int] | None = None
        if len(words) == 1 and letters.isalpha() and sum(c.isupper() for c in letters) >= 2 and len(letters) <= 7:
            fuller = expand_initials(page, letters)
        if fuller is None and kind == "organization":
            options = [run for run in fuller_names(page, self.bodies, words) if run[1] - run[0] > last - first]
            options = [run for run in options if plain(page.slice(*run)) != plain(text)]
            options = [run for run in options if page.lower[run[1] - 1] == words[-1] or page.entity[run[0]] == "ORGANIZATION"]
            if len(options) == 1 and len(words) <= 2 and page.entity[options[0][0]] != "LOCATION":
                fuller = options[0]
        names = (text,)
        if fuller is not None:
            name = page.slice(*fuller)
            names = (name, text)
            text = name
        return Verdict(text, kind, score, "named", names, at=form.first, last=form.last)

    def _name_borders(self, form: SourceForm) -> tuple[int, int]:
        """Return the name within its phrase: *Alliance to Reclaim Our Schools* of *the event organizer Alliance …*."""
        page = self.page
        first, last = form.first, form.core
        while first < form.head and page.lower[first] in ("the", "a", "an", "this", "that", "these", "those", "even"):
            first += 1
        if page.words[last - 1] in (",", "(", "—"):
            last -= 1
        start = first
        for i in range(first, form.head):
            if not page.is_capital(i) and page.pos[i] in ("NOUN", "ADJ", "VERB") and page.is_capital(i + 1):
                tail_capital = all(
                    page.is_capital(j) or page.lower[j] in ("of", "for", "the", "and", "to", "-", "&", "’s", "'s", "’", "on", "in", ".")
                    for j in range(i + 1, form.head + 1)
                )
                if tail_capital and (lexicon.is_title(page.lower[i]) or lexicon.is_institution(page.lower[i]) or (
                    page.pos[i] == "ADJ"
                )):
                    start = i + 1
        return start, last

    # Descriptions

    def _description(self, form: SourceForm) -> Verdict:
        if form.kind == "unnamed_person":
            found = self._known_person(form)
            if found is not None:
                return found
        if form.kind in ("organization",) and form.definite and not form.possessor:
            found = self._known_body(form)
            if found is not None:
                return found
        text, score = self._own_words(form)
        if not text:
            return Verdict(rule="a possessor that is left open")
        role = None
        if form.kind == "unnamed_person":
            role = self._role_of(form)
        verdict = Verdict(
            text, form.kind, score, "described", (text,), (role,) if role else (), role, at=form.first, last=form.last
        )
        if form.kind in ("unnamed_person", "unnamed_group", "document"):
            words = {self.page.lower[i] for i in range(form.first, form.core)}
            earlier = self._same_unnamed(form, words)
            if earlier is not None:
                return Verdict(
                    earlier.name, earlier.kind, 0.8, "described before", earlier.names, earlier.roles, earlier.role,
                    at=form.first, last=form.last,
                )  # fmt: skip
            self.unnamed.append((verdict, words, form.head))
        return verdict

    def _role_of(self, form: SourceForm) -> str | None:
        first = form.first
        while first < form.head and self.page.lower[first] in ("a", "an", "the", "one", "another", "his", "her", "their", "its", "my"):
            first += 1
        return self.page.slice(first, form.core) or None

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

    def _known_person(self, form: SourceForm) -> Verdict | None:
        """Return the person whom a bare title means: *the senator*, *the Republican nominee*, *the judge*."""
        page = self.page
        if form.head < 0:
            return None
        opener = page.lower[form.first]
        bare = form.first == form.head
        if opener in ("a", "an"):
            return self._introduced_later(form)
        if not form.definite and not (bare and page.is_capital(form.head)):
            return None
        if form.possessor in ("my", "our", "your"):
            return None
        noun = lexicon.office(page.lower[form.head])
        modifiers = {
            page.lower[i] for i in range(form.first, form.core)
            if i != form.head and page.words[i][0].isalnum() and page.pos[i] in ("ADJ", "NOUN", "PROPN", "NUM")
            and page.lower[i] not in ("the", "this", "that")
        }  # fmt: skip
        fits: list[tuple[float, Person]] = []
        for person in self.cast.people:
            score = self._title_fit(person, noun, modifiers, form)
            if score > 0:
                fits.append((score, person))
        if not fits:
            return None
        fits.sort(key=lambda fit: (-fit[0], fit[1].number))
        top = [person for score, person in fits if score == fits[0][0]]
        if len(top) == 1:
            sure = 0.85 if len(fits) == 1 else 0.75
            return self._of_person(top[0], sure, f"“{page.slice(form.first, form.core)}”", form)
        near = self._nearest(top, form.first)
        if near is not None:
            return self._of_person(near, 0.7, f"“{page.slice(form.first, form.core)}”, the one named last", form)
        return Verdict(rule=f"“{page.slice(form.first, form.core)}” fits several people")

    def _title_fit(self, person: Person, noun: str, modifiers: set[str], form: SourceForm) -> float:
        best = 0.0
        words = {w for role in person.roles for w in role.text.lower().replace("’s", "").replace("'s", "").split()}
        words |= {w.strip(".") for w in words}
        for role in person.roles:
            if role.head != noun:
                continue
            if role.first > form.first and not any(m.first < form.first for m in person.mentions):
                continue
            own = set(role.text.lower().split())
            if ("former" in own) != ("former" in modifiers) and ("former" in modifiers):
                continue
            missing = modifiers - words - _party_words(person)
            if len(missing) > len(modifiers) / 2 or any(m in words for m in ()):
                continue
            best = max(best, 1.0 + len(modifiers & words) - 0.5 * len(missing) - (0.5 if "former" in own - modifiers else 0))
        return best

    def _nearest(self, people: list[Person], at: int) -> Person | None:
        """Return the one of several who was named last, where the others are clearly farther off."""
        lasts = sorted(
            ((max((m.first for m in person.mentions if m.first < at), default=-1), person.number) for person in people),
            reverse=True,
        )
        (last, number), (second, _) = lasts[0], lasts[1]
        if last < 0:
            return None
        back = self.page.sentence[at] - self.page.sentence[last]
        gap = self.page.sentence[last] - self.page.sentence[second] if second >= 0 else 99
        return self.cast.people[number] if back <= 3 and gap >= 4 else None

    def _introduced_later(self, form: SourceForm) -> Verdict | None:
        """Return the one whom a lead paragraph calls *a New York judge* before the text names them."""
        page = self.page
        if page.line[form.first] > 6 or form.first > 150:
            return None
        noun = lexicon.office(page.lower[form.head])
        named = [
            person for person in self.cast.people
            if any(role.head == noun for role in person.roles)
        ]  # fmt: skip
        if len(named) != 1:
            return None
        first = named[0].mentions[0].first
        if first < form.first or page.sentence[first] - page.sentence[form.first] > 8:
            return None
        return self._of_person(named[0], 0.7, f"“{page.slice(form.first, form.core)}”, named later", form)

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
        if len(options) == 1:
            name = page.slice(*options[0])
            return Verdict(name, "organization", 0.85, rule, (name,), at=form.first, last=form.last)
        if len(words) == 1 and lexicon.is_institution(words[0]):
            for verdict in reversed(self.history[-3:]):
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
                return Verdict(name, "organization", 0.65, f"{rule}, the one named last", (name,), at=form.first, last=form.last)
        return None


def _party_words(person: Person) -> set[str]:
    words: set[str] = set()
    for role in person.roles:
        if role.how == "party":
            letter = role.text[:1].lower()
            words |= {"republican", "gop"} if letter == "r" else {"democrat", "democratic"} if letter == "d" else set()
    return words


__all__ = ["POSSESSIVE", "Resolver", "Verdict", "head_noun", "kind_of"]
