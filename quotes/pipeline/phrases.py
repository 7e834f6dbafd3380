"""What a noun phrase that is said to speak is about: its head, whether it is a name, and its kind."""

from __future__ import annotations

from quotes.model import SpeakerKind
from quotes.pipeline import lexicon
from quotes.pipeline.marks import DOUBLE_MARKS
from quotes.pipeline.page import Page

POSSESSIVE = frozenset({"'s", "’s"})

STOPS = frozenset({",", ";", ":", "(", ")", "—", "–", "--", "[", "]", "?", "!"})

_QUANTITIES = frozenset("""
number group majority minority handful dozens hundreds thousands millions series couple half percent % lot
most some many several few one two three four five six seven eight nine ten none each all part share third
quarter rest slice score crowd panel team pair trio bunch array range variety host flurry chorus list
""".split())  # fmt: skip

_DEMONYMS = frozenset("""
dane swede finn pole serb croat turk czech greek scot spaniard briton dutchman frenchman englishman irishman
""".split())  # fmt: skip

_YEAR_OLD = ["year", "-", "old"]

_NO_DEMONYMS = frozenset({"guardian", "vatican", "smithsonian"})

_INDEFINITE_PEOPLE = frozenset("""
some many others several most few all those these both none
""".split())  # fmt: skip

_INDEFINITE_PERSONS = frozenset(["one", "another", "someone", "somebody", "anyone", "nobody"])


def core_end(page: Page, first: int, last: int) -> int:
    """Return where the head's phrase ends: before a comma, a clause, or what is added to it."""
    i = first
    while i < last:
        if page.words[i] in STOPS and not (page.words[i] == "–" and page.glued[i]):
            break
        if page.words[i] == ":" or page.lower[i] in ("who", "which", "whose", "whom", "where", "when"):
            break
        if page.lower[i] == "that" and i > first:
            break
        i += 1
    return max(i, first + 1)


def head_of(page: Page, first: int, last: int) -> int:
    """Return the head noun of a phrase: the last noun before a preposition, a participle or a clause."""
    head = -1
    i = first
    while i < last:
        word, pos = page.lower[i], page.pos[i]
        if word in POSSESSIVE or (word in ("’", "'") and page.glued[i] and i > first):
            head = -1
            i += 1
            continue
        if (
            pos in ("NOUN", "PROPN", "X", "SYM")
            or word in _INDEFINITE_PEOPLE
            or word in _INDEFINITE_PERSONS
            or word
            in (
                "%",
                "half",
            )
        ):
            head = i
        elif head >= 0 and (
            (pos in ("ADP", "SCONJ") and word != "'s")
            or word == "to"
            or (pos in ("VERB", "AUX") and page.words[i - 1] != "-")
        ):
            if (
                pos == "ADP"
                and i + 1 < last
                and page.is_capital(head)
                and page.is_capital(i + 1)
                and word == "of"
            ):
                pass
            else:
                break
        elif (pos == "NUM" and head < 0) or (pos == "ADJ" and head < 0 and i + 1 >= last):
            head = i
        i += 1
    return head


_NAMING = frozenset("nicknamed dubbed called named known alias aka".split())


def quoted_title(page: Page, first: int, last: int) -> tuple[int, int] | None:
    """Return the words of a title in quotation marks that a source ends with: *DuVernay’s “13th”*."""
    if page.words[last - 1] not in DOUBLE_MARKS:
        return None
    opening = next((i for i in range(first, last - 1) if page.words[i] in DOUBLE_MARKS), -1)
    if page.lower[opening - 1] in _NAMING or page.lower[opening - 2 : opening] == ["known", "as"]:
        return None
    last -= 2 if page.words[last - 2] in (",", ".") else 1
    return (opening + 1, last) if first < opening < last and last - opening <= 12 else None


def is_name(page: Page, first: int, head: int, last: int) -> bool:
    """Return whether a phrase is a name of its own: its head is capitalised, and not just at a sentence's start."""
    if not page.is_capital(head) or page.entity[head] == "DATE":
        return False
    opens = head == first and (
        head == 0 or page.sentence[head] != page.sentence[head - 1] or page.words[head - 1] in '“"'
    )
    noun = page.lower[head]
    if noun in lexicon.PARTIES or noun.rstrip("s") in lexicon.PARTIES:
        return False
    if opens and page.entity[head] in ("", "MISC") and page.pos[head] != "PROPN":
        return False
    if lexicon.is_people(noun) or lexicon.is_person(noun):
        return (
            last - head > 1
            and any(page.entity[i] == "ORGANIZATION" for i in range(head, last))
            and all(
                page.is_capital(i) or page.lower[i] in ("for", "of", "the", "and", "without")
                for i in range(first, last)
            )
        )
    if page.entity[head] in ("ORGANIZATION", "LOCATION"):
        return True
    return page.pos[head] in ("PROPN", "X")


def _named_body(page: Page, first: int, head: int, core: int) -> bool:
    """Return whether a phrase headed by a plural is a body's name all the same: *Citizens for Tax Justice*."""
    return lexicon.is_people(page.lower[head]) and is_name(page, first, head, core)


def is_one_person(page: Page, head: int) -> bool:
    """Return whether *the Italian*, *the Dane* or *the 29-year-old* is said: one person, where it speaks."""
    noun = page.lower[head]
    if _YEAR_OLD in (page.lower[head : head + 3], page.lower[max(head - 2, 0) : head + 1]):
        return True
    if not page.is_capital(head) or page.entity[head] not in ("", "MISC") or noun in _NO_DEMONYMS:
        return False
    return noun in _DEMONYMS or noun.endswith(("ian", "can", "german"))


def kind_of(page: Page, first: int, head: int, core: int) -> SpeakerKind:
    """Return of what kind the speaker is whom a phrase describes.

    :param head: Index of its head noun.
    :param core: Where the phrase ends.
    """
    noun = page.lower[head]
    if noun in _INDEFINITE_PERSONS:
        return "unnamed_person"
    if noun in _QUANTITIES and head + 2 < core and page.lower[head + 1] == "of":
        inner = head_of(page, head + 2, core)
        if inner >= 0 and lexicon.is_document(page.lower[inner]) and noun not in ("panel", "team", "group"):
            return "document"
        return "unnamed_group"
    named = page.entity[head] == "ORGANIZATION" and page.is_capital(head)
    if _named_body(page, first, head, core):
        return "organization"
    if lexicon.is_people(noun) and not lexicon.is_institution(noun):
        return "unnamed_group"
    if named and head > first:
        return "document" if noun in lexicon.LEGAL_DOCUMENTS else "organization"
    if named and not lexicon.is_document(noun):
        return "organization"
    if lexicon.is_document(noun) and not (
        noun in ("paper", "papers", "magazine") and page.lower[first] == "the"
    ):
        return "document"
    if lexicon.is_institution(noun):
        return "organization"
    if lexicon.is_person(noun) or lexicon.is_title(noun):
        return "unnamed_person"
    if lexicon.is_people(noun) or noun in _QUANTITIES:
        return "unnamed_group"
    singulars = lexicon.singulars(noun)
    if singulars and head > first and page.pos[head - 1] == "NUM" and not lexicon.is_document(noun):
        return "unnamed_group"
    if any(lexicon.is_institution(one) for one in singulars) and not page.is_capital(head):
        return "unnamed_group"
    if (
        page.is_capital(head) and singulars and page.entity[head] not in ("ORGANIZATION", "LOCATION")
    ) and noun.endswith(("ans", "ers", "ists", "ians", "crats", "ites", "ics", "ims", "ews", "ese", "ors")):
        return "unnamed_group"
    if page.lower[first] == "the" and is_one_person(page, head):
        return "unnamed_person"
    if page.is_capital(head) and page.pos[head] in ("PROPN", "X"):
        return "organization"
    if page.pos[head] == "NUM" or page.pos[head] == "ADJ":
        return "unnamed_group"
    if singulars and not page.is_capital(head):
        return (
            "document" if noun.endswith(("ings", "tions", "ments", "ives", "ues", "ts")) else "unnamed_group"
        )
    if noun.endswith(("er", "or", "ist", "ant", "ee")) and page.pos[head] == "NOUN":
        return "unnamed_person"
    return "document" if page.pos[head] == "NOUN" else "organization"
