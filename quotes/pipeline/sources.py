"""What a source span says: a pronoun, a person's name, another name, or a description; and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.model import SpeakerKind
from quotes.pipeline import lexicon
from quotes.pipeline.cast import Cast, Mention
from quotes.pipeline.nameborders import NAME_LIKE_HEADS
from quotes.pipeline.names import POST_NOMINALS
from quotes.pipeline.page import Page
from quotes.pipeline.phrases import POSSESSIVE, STOPS, core_end, head_of, is_name, kind_of, quoted_title

Form = Literal["pronoun", "relative", "person", "people", "name", "description", "nothing"]

PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "theirs": "they",
    "themselves": "they", "i": "i", "me": "i", "my": "i", "mine": "i", "myself": "i", "we": "we", "us": "we",
    "our": "we", "ours": "we", "you": "you", "your": "you",
}  # fmt: skip

RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})

_POSSESSORS = frozenset({"his", "her", "its", "their", "my", "our", "your"})

_FLOATING = frozenset({"who", "both", "all", "each", "alike", "themselves", "himself", "herself", "together"})

_DEFINITE = frozenset({"the", "this", "that", "these", "those"}) | _POSSESSORS

_BEFORE_OBJECT = frozenset("""
of for by with from to like including and or both backing supporting against on in at between among over
about opposing than under after before as said nor
""".split())  # fmt: skip


@dataclass(slots=True)
class SourceForm:
    """A source span taken apart; ``first``, ``last`` are its words, ``head`` its head noun or -1.

    ``core`` ends the head's own phrase: apposition and clauses lie beyond.
    """

    form: Form
    first: int
    last: int
    word: str = ""
    mentions: tuple[Mention, ...] = ()
    head: int = -1
    core: int = -1
    kind: SpeakerKind = "organization"
    definite: bool = False
    possessor: str = ""


def read_source(page: Page, cast: Cast, first: int, last: int) -> SourceForm:
    """Take the source ``[first, last)`` apart."""
    first, last = _trim(page, first, last)
    if first >= last:
        return SourceForm("nothing", first, last)
    if last - first == 1:
        word = page.lower[first]
        if word in PRONOUNS:
            return SourceForm("pronoun", first, last, PRONOUNS[word])
        if word in RELATIVES:
            return SourceForm("relative", first, last, word)
    if last - first <= 4 and page.lower[last - 1] in ("whom", "which") and page.lower[last - 2] == "of":
        return SourceForm("relative", first, last, "whom")
    people = _people(page, cast, first, last)
    if people:
        return SourceForm("person" if len(people) == 1 else "people", first, last, mentions=tuple(people))
    return _described(page, cast, first, last)


def _trim(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last and (
        page.words[first] in STOPS
        or page.words[first] in ("“", "”", '"', "''", "``", "-", "*", "•", "·", ".")
        or (
            page.pos[first] in ("CCONJ", "SCONJ")
            and last - first > 1
            and page.lower[first] not in ("that", "both")
            and not (page.words[first].isupper() and page.is_capital(first + 1))
        )
        or (
            page.lower[first] in ("according", "even", "said", "while", "as", "by", "from", "but", "and")
            and last - first > 1
        )
    ):
        first += 1
    while last > first and (
        page.words[last - 1] in STOPS
        or (
            page.words[last - 1] in ("“", '"', "''", "-", "”")
            and (page.words[last - 1] != "”" or "“" not in page.words[first:last])
        )
        or page.lower[last - 1] in POSSESSIVE
        or (page.words[last - 1] in ("’", "'") and page.lower[last - 2].endswith("s"))
        or (page.words[last - 1] == "." and last - 2 >= first and len(page.words[last - 2]) > 4)
    ):
        last -= 1
    return first, last


def _described(page: Page, cast: Cast, first: int, last: int) -> SourceForm:
    title = quoted_title(page, first, last)
    if title is not None:
        return SourceForm("name", *title, head=title[1] - 1, core=title[1], kind="document")
    core = core_end(page, first, last)
    head = head_of(page, first, core)
    form = SourceForm("description", first, last, head=head, core=core)
    opener = page.lower[first]
    form.definite = opener in _DEFINITE
    if opener in _POSSESSORS:
        form.possessor = opener
    if head < 0:
        form.kind = "unnamed_group" if page.pos[core - 1] in ("NUM", "ADJ", "DET") else "organization"
        if page.pos[core - 1] in ("PRON", "ADV", "VERB", "AUX", "PUNCT", "ADP"):
            form.form = "nothing"
        return form
    if is_name(page, first, head, core):
        form.form = "name"
    form.kind = kind_of(page, first, head, core)
    return form


def _people(page: Page, cast: Cast, first: int, last: int) -> list[Mention]:
    """Return the people who speak in a source; [] where none is its head."""
    found: list[Mention] = []
    for mention in cast.within(first, last):
        if found and mention.first < found[-1].end and not _is_joined(page, found[-1], mention):
            continue
        if not _is_head(page, cast, first, last, mention):
            if not found and (mention.last >= last or not _goes_on_to_name(page, cast, mention, last)):
                continue
            continue
        if not found:
            if _led_by_crowd(page, first, mention):
                continue
            found.append(mention)
        elif _is_joined(page, found[-1], mention):
            found.append(mention)
    if found and len(found) == 1 and _joined_with_others(page, found[0], last):
        return []
    return found


def _goes_on_to_name(page: Page, cast: Cast, mention: Mention, last: int) -> bool:
    return bool(cast.within(mention.last, last))


def _is_head(page: Page, cast: Cast, first: int, last: int, mention: Mention) -> bool:
    """Return whether a name within a source is what the source is about, not *Cruz* of *Cruz supporters*."""
    title = max(mention.title, first)
    before = page.lower[title - 1] if title > first else ""
    end = mention.last
    while end < last and page.words[end] in POST_NOMINALS:
        end += 1
    after = page.lower[end] if end < last else ""
    if after in POSSESSIVE or (after in ("’", "'") and page.glued[end]):
        return False
    if (
        after
        and page.pos[end] in ("NOUN", "PROPN")
        and after not in STOPS | _FLOATING
        and not (page.is_capital(end) and page.entity[end] == "PERSON")
        and not _headline_verb(page, first, mention)
    ):
        return False
    if after == "-" and page.glued[end]:
        return False
    if after in NAME_LIKE_HEADS:
        return False
    if not before:
        return True
    if before in _BEFORE_OBJECT:
        return (
            (
                before == "and"
                and (_and_joins_names(page, cast, first, title - 1) or _is_relation(page, first, title - 1))
            )
            or before == "as"
            or (before == "both" and title - 1 == first)
        )
    if before in POSSESSIVE:
        return True
    if before in (",", "—", "–", ":", "--"):
        return _phrase_describes(page, cast, first, title - 1) or _and_joins_names(
            page, cast, first, title - 1
        )
    if before in ("”", '"') and any(page.words[i] in ("“", '"') for i in range(first, title - 1)):
        return not _inside_prepositional(page, first, title)
    if before in ("“", '"', "”", "("):
        return False
    return not any(page.lower[i] in _BEFORE_OBJECT for i in range(first, title)) or (
        page.pos[title - 1]
        in (
            "NOUN",
            "ADJ",
            "DET",
            "PROPN",
            "PUNCT",
            "NUM",
            "ADV",
            "PRON",
            "PART",
        )
        and not _inside_prepositional(page, first, title)
    )


def _headline_verb(page: Page, first: int, mention: Mention) -> bool:
    """Return whether a capitalised word after a name is a headline's verb: *Warren Hammers …*."""
    word = page.lower[mention.last]
    if mention.first != first or not page.is_capital(mention.last) or not word.endswith("s"):
        return False
    noun = (
        lexicon.is_people(word)
        or lexicon.is_document(word)
        or any(map(lexicon.is_institution, lexicon.singulars(word)))
    )
    return page.line[first] <= 1 and not noun


def _inside_prepositional(page: Page, first: int, title: int) -> bool:
    return any(page.lower[i] in _BEFORE_OBJECT or page.pos[i] == "VERB" for i in range(first, title))


def _and_joins_names(page: Page, cast: Cast, first: int, at: int) -> bool:
    """Return whether a person who heads the source stands before *and* or a comma at ``at``."""
    earlier = [m for m in cast.within(first, at) if _is_head(page, cast, first, at, m)]
    return bool(earlier)


def _is_relation(page: Page, first: int, at: int) -> bool:
    """Return whether *his wife* stands before *and* at ``at``, so that one person follows: *his wife and aide X*."""
    return page.lower[first] in _POSSESSORS and at - first <= 4 and lexicon.is_title(page.lower[at - 1])


def _phrase_describes(page: Page, cast: Cast, first: int, comma: int) -> bool:
    """Return whether the words before a comma describe the one named after it: *a lawyer for the outlets, X*."""
    head = head_of(page, first, comma)
    if head < 0:
        return False
    noun = page.lower[head]
    if cast.within(first, comma) and head in cast.at:
        return False
    return (
        lexicon.is_person(noun)
        or lexicon.is_title(noun)
        or noun in ("one", "mate", "rival")
        or _can_be_office(page, first, head)
        or lexicon.is_people(noun)
    )


def _can_be_office(page: Page, first: int, head: int) -> bool:
    """Return whether an unknown noun before a comma and a name can be an office: *the taoiseach, Conor Hughes*."""
    noun = page.lower[head]
    return (
        page.lower[first] in _DEFINITE | {"a", "an"}
        and page.pos[head] == "NOUN"
        and not lexicon.is_document(noun)
        and not lexicon.is_institution(noun)
        and not lexicon.singulars(noun)
    )


def _led_by_crowd(page: Page, first: int, mention: Mention) -> bool:
    """Return whether a plural before the name makes the name one example: *Critics, like Senator X*."""
    comma = next((i for i in range(first, mention.title) if page.words[i] == ","), -1)
    if comma < 0:
        return False
    head = head_of(page, first, comma)
    following = page.lower[comma + 1] if comma + 1 < mention.title else ""
    return (
        head >= 0
        and lexicon.is_people(page.lower[head])
        and following in ("like", "including", "such", "among")
    )


def _is_joined(page: Page, one: Mention, other: Mention) -> bool:
    """Return whether *and* joins two names directly, their titles and appositions aside."""
    start = one.end if one.last < one.end <= other.title else one.last
    words = page.lower[start : other.title]
    if not words:
        return False
    if "and" not in words and words not in ([","], ["&"]):
        return False
    tail = words[-1]
    if tail not in ("and", ",", "&", "both"):
        return False
    if tail == ",":
        return other.last < len(page) and page.lower[other.last] in ("and", ",")
    gap = list(range(start, other.title))
    return not any(page.lower[i] in POSSESSIVE and i == start for i in gap)


def _joined_with_others(page: Page, mention: Mention, last: int) -> bool:
    """Return whether the name is joined with others who are not named: *Joseph and other members*."""
    i = mention.end if mention.end < last and page.lower[mention.end] in ("and", ",") else mention.last
    if i + 1 < last and page.words[i] == "," and page.lower[i + 1] == "and":
        i += 1
    if i + 1 >= last or page.lower[i] not in ("and", "&", "or"):
        return False
    return page.pos[i + 1] in ("DET", "ADJ", "NOUN", "PRON", "PROPN", "NUM") and i == mention.last
