"""The capacity in which a text names somebody: titles before a name, appositions and clauses after it."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.pipeline import lexicon
from quotes.pipeline.names import HONORIFICS, SUFFIXES
from quotes.pipeline.page import Page

MAX_TITLE_WORDS = 14
MAX_APPOSITION_WORDS = 30
_DASHES = frozenset({"-", "–", "‑", "/", "&"})
_POSSESSIVE = frozenset({"'s", "’s"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that", "where", "when", "as"})
_LEAD = frozenset(
    {"is", "was", "became", "becomes", "remains", "serves", "served", "works", "worked", "serving"}
)
_LEADS = frozenset(["leads", "led", "heads", "headed", "chairs", "chaired", "runs", "directs", "directed", "oversees", "oversaw", "represents", "represented", "manages", "managed", "founded", "co-founded", "edits", "edited", "commands", "commanded", "governs", "governed", "coaches", "coached", "teaches"])  # fmt: skip
_FAINT = frozenset(["rival", "opponent", "friend", "colleague", "supporter", "critic", "man", "woman", "native", "boss", "ally"])
_MAKES_ROLE = {
    "party": 1,
    "rank": 2,
    "affiliation": 0,
    "clause": 3,
    "description": 2.5,
    "title": 4,
    "apposition": 5,
}
_RELATIONS = frozenset(["wife", "husband", "spouse", "widow", "widower", "son", "daughter", "brother", "sister", "mother", "father", "cousin", "uncle", "aunt", "nephew", "niece", "partner", "ex-wife", "ex-husband", "friend", "mate", "colleague", "girlfriend", "boyfriend", "fiance", "fiancee"])  # fmt: skip
_RANKS = frozenset(["general", "colonel", "major", "captain", "lieutenant", "sergeant", "corporal", "private", "commander", "admiral", "commodore", "brigadier", "marshal", "gen", "col", "lt", "maj", "capt", "cmdr", "sgt", "cpl", "pvt", "adm", "brig", "dr", "doctor", "rev", "reverend", "sir", "lord", "lady", "dame", "fr", "hon", "prof"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A capacity as printed, the leading article aside; ``head`` is its office, *senator* for *Vermont Sen.*

    ``how`` says where it stood: ``title``, ``apposition``, ``clause``, ``party``, ``rank``, ``affiliation`` or ``description``.
    """

    text: str
    head: str
    how: str
    first: int
    last: int

    @property
    def weight(self) -> float:
        """How much the role tells: the more, the fuller and the more certain."""
        if self.how in ("party", "rank", "affiliation"):
            return float(_MAKES_ROLE[self.how])
        if self.head in _FAINT and len(self.text.split()) == 1:
            return 1.5
        return _MAKES_ROLE[self.how] + min(len(self.text.split()), 9)


def is_abbreviation(page: Page, i: int) -> bool:
    """Return whether a word is a title cut short, *Sen* of ``Sen.``"""
    return page.lower[i] in lexicon.TITLE_ABBREVIATIONS and page.is_capital(i)


def title_noun(page: Page, i: int) -> bool:
    """Return whether a word can be the head of a title."""
    word = page.lower[i]
    if is_abbreviation(page, i):
        return True
    return lexicon.is_title(word) or (word in _PLURAL_TITLES and page.is_capital(i))


_PLURAL_TITLES = frozenset(
    ["senators", "representatives", "presidents", "governors", "secretaries", "justices", "judges", "generals"]
)


def _full_stop_of_title(page: Page, i: int) -> bool:
    return (
        page.words[i] == "."
        and i > 0
        and page.glued[i]
        and (is_abbreviation(page, i - 1) or page.lower[i - 1] in HONORIFICS)
    )


def title_start(page: Page, name_start: int) -> int:
    """Return where the title before a name begins; ``name_start`` where there is none.

    Walks left over the words a title is made of, at most :data:`MAX_TITLE_WORDS`; what is before the name
    directly has to be a title's head.
    """
    i = name_start - 1
    start, headed = name_start, False
    low = max(0, name_start - MAX_TITLE_WORDS)
    while i >= low and page.same_line(i, name_start) and page.content[i] == page.content[name_start]:
        word = page.lower[i]
        if page.words[i] == ".":
            if not _full_stop_of_title(page, i) and not (
                page.glued[i]
                and page.is_capital(i - 1)
                and len(page.words[i - 1]) <= 4
                and headed
                and i - 1 >= low
                and not page.sentence[i + 1] != page.sentence[i]
            ):
                break
            i -= 1
            continue
        if i + 1 < name_start and page.sentence[i] != page.sentence[i + 1] and page.words[i + 1] != ".":
            break
        if title_noun(page, i) or word in HONORIFICS:
            headed = headed or word not in HONORIFICS
            start = i
        elif not headed:
            if word in _DASHES or page.pos[i] in ("PROPN", "NOUN", "ADJ") or word == "of":
                # "Secretary of State", "attorney general", "ambassador-designate": the head stands further left.
                reach = _head_within(page, i, low)
                if reach < 0:
                    break
                start, headed, i = reach, True, reach
            else:
                break
        elif (word in _DASHES and page.glued[i]) or word in _POSSESSIVE or word == "&" or (
            word == "of"
            and i > low
            and page.is_capital(i - 1)
            and page.is_capital(i + 1)
            and page.pos[i - 1] == "PROPN"
        ):
            pass
        elif page.pos[i] in ("PROPN", "NOUN", "ADJ", "NUM") or word in lexicon.MODIFIERS:
            if page.lower[i] in _NEVER_IN_TITLE:
                break
            start = i
        elif (
            page.pos[i] == "VERB" and page.lower[i].endswith("ing") and page.lower[i + 1] in ("mate", "back")
        ) or (
            page.pos[i] == "VERB" and i + 1 < len(page) and page.lower[i + 1] in _DASHES and page.glued[i + 1]
        ):
            start = i
        elif word in ("and",) and i > low and page.is_capital(i - 1) and page.is_capital(i + 1) and headed:
            # "Health and Human Services Secretary"
            if page.pos[i - 1] != "PROPN" or page.entity[i - 1] == "PERSON":
                break
        else:
            break
        i -= 1
    return start if headed or (start < name_start and page.lower[start] in HONORIFICS) else name_start


_NEVER_IN_TITLE = frozenset(
    ["today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "meanwhile", "however", "but"]
)
_FIXED_TAILS = frozenset(
    {("of", "state"), ("of", "defense"), ("of", "defence"), ("of", "staff"), ("of", "the")}
)


def _head_within(page: Page, i: int, low: int) -> int:
    """Return the index of the title noun that "… of State", "… general" or "…-elect" at ``i`` ends, or -1."""
    word = page.lower[i]
    if word in ("elect", "designate", "emeritus", "general", "emerita") and i - 1 >= low:
        at = i - 2 if page.words[i - 1] in _DASHES else i - 1
        return at if at >= low and title_noun(page, at) else -1
    # a proper-name complement of at most five words: Secretary of State, president of Yale University
    for j in range(i, max(low, i - 5) - 1, -1):
        if page.lower[j] == "of":
            if j - 1 >= low and title_noun(page, j - 1) and page.is_capital(j - 1):
                return j - 1
            return -1
        if not page.is_capital(j) or page.entity[j] == "PERSON":
            return -1
    return -1


def _trim(page: Page, first: int, last: int) -> tuple[int, int]:
    while first < last and (
        (page.pos[first] in ("DET", "PUNCT", "PART", "PRON", "CCONJ")
        and page.lower[first] not in ("no",))
        or (page.lower[first] in ("a", "an", "the", "then", "now")
        and not (first + 1 < last and page.words[first + 1] in _DASHES))
        or page.lower[first] in _POSSESSIVE
        or page.lower[first] in HONORIFICS
    ):
        first += 1
    while last > first and page.words[last - 1] in (",", ";", ":", "(", "—", "–", "--", "“", '"'):
        last -= 1
    return first, last


def _role(page: Page, first: int, last: int, how: str) -> Role | None:
    first, last = _trim(page, first, last)
    if first >= last:
        return None
    head = head_noun(page, first, last)
    if head < 0:
        return None
    noun = page.lower[head]
    if noun in HONORIFICS:
        return None
    if how == "title" and noun in _RANKS and "of" not in page.lower[first:last]:
        how = "rank"
    single = lexicon.singulars(noun)
    key = lexicon.office(single[0] if single and not lexicon.is_title(noun) else noun)
    return Role(page.slice(first, last), key, how, first, last)


def head_noun(page: Page, first: int, last: int) -> int:
    """Return the title noun that heads a phrase: the last one before a preposition; -1 where there is none."""
    found = -1
    for i in range(first, last):
        if page.lower[i] in ("of", "for", "at", "in", "from", "with", "on", "to", "under", "who", "and") or (
            page.pos[i] in ("ADP", "SCONJ")
        ):
            if found >= 0:
                return found
            continue
        if title_noun(page, i) or (page.lower[i] in lexicon.PERSONS and page.pos[i] in ("NOUN", "PROPN")):
            if i + 1 < last and page.lower[i + 1] in _POSSESSIVE:
                continue
            found = i
    return found


def title_roles(page: Page, start: int, name_start: int) -> list[Role]:
    """Return the roles in the title ``[start, name_start)``: *Pentagon spokesperson* | *Navy Commander*."""
    cuts = [start]
    for i in range(start, name_start - 1):
        lower_noun = not page.is_capital(i) and lexicon.is_title(page.lower[i])
        if (lower_noun and page.lower[i] in _RELATIONS and page.words[i + 1][0].isalpha()) or (lower_noun and page.is_capital(i + 1) and page.words[i + 1][0].isalpha()):
            cuts.append(i + 1)
    cuts.append(name_start)
    roles = [_role(page, a, b, "title") for a, b in zip(cuts, cuts[1:], strict=False)]
    return [role for role in roles if role]


_STATES = frozenset(["ala", "alaska", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "hawaii", "idaho", "ill", "ind", "iowa", "kan", "ky", "la", "md", "me", "maine", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "pa", "ohio", "okla", "ore", "oregon", "tenn", "tex", "texas", "utah", "vt", "va", "wash", "wis", "wyo", "dc", "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ma", "mi", "mn", "ms", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "ri", "sc", "sd", "tn", "tx", "ut", "wa", "wv", "wi", "wy", "n.h", "n.j", "n.m", "n.y", "n.c", "n.d", "r.i", "s.c", "s.d", "w.va"])  # fmt: skip
_PARTY_LETTERS = frozenset({"r", "d", "i", "l", "g", "rep", "dem", "con", "lab"})


def party_mark(page: Page, i: int) -> tuple[Role, int] | None:
    """Return a party-and-state mark at word ``i`` (*R-Ohio*, *D-Conn.*, *Republican of Iowa*) and its end."""
    n = len(page)
    if i >= n:
        return None
    if (
        page.lower[i] in _PARTY_LETTERS
        and page.words[i].isupper()
        and i + 2 < n
        and page.words[i + 1] in _DASHES
    ):
        last = i + 3
        while (
            last < n
            and last < i + 7
            and (
                (page.words[last] == "."
                and page.glued[last])
                or (page.glued[last]
                and page.is_capital(last))
                or (page.is_capital(last)
                and page.same_line(i, last)
                and page.words[last - 1] not in (".", ",")
                and page.entity[last] == "LOCATION"
                and page.entity[last] == page.entity[last - 1])
            )
        ):
            last += 1
        if (
            page.words[last - 1] == "."
            and page.lower[last - 2] not in _STATES
            and "." not in page.words[last - 2]
        ):
            last -= 1
        return Role(page.slice(i, last), "party", "party", i, last), last
    if (
        page.lower[i] in lexicon.PARTIES
        and i + 2 < n
        and page.lower[i + 1] in ("of", "from")
        and page.is_capital(i + 2)
    ):
        last = i + 3
        while last < n and page.is_capital(last) and page.same_line(i, last) and page.pos[last] == "PROPN":
            last += 1
        return Role(page.slice(i, last), "party", "party", i, last), last
    return None


def _phrase_end(page: Page, first: int, limit: int) -> int:
    """Return where an apposition beginning at ``first`` ends: at a comma, a clause, a verb or its limit."""
    i = first
    while i < limit and page.same_line(first, i):
        word = page.words[i]
        if word in (
            ",",
            ";",
            ":",
            "(",
            ")",
            "—",
            "–",
            "--",
            "“",
            "”",
            '"',
            "?",
            "!",
            "‘",
            "[",
            "]",
            "''",
            "``",
        ):
            if word == "–" and page.glued[i]:
                i += 1
                continue
            break
        if word == "." and not (
            page.glued[i]
            and (len(page.words[i - 1]) <= 4 and page.is_capital(i - 1))
            and i + 1 < len(page)
            and page.sentence[i + 1] == page.sentence[i]
        ):
            break
        if page.lower[i] in _RELATIVE and not (page.lower[i] == "as"):
            break
        if i > first and page.sentence[i] != page.sentence[i - 1] and page.words[i] != ".":
            break
        if page.pos[i] in ("VERB", "AUX") and i > first and not _adjectival(page, i):
            break
        if (
            page.pos[i] == "VERB"
            and i == first
            and page.lower[i] not in lexicon.MODIFIERS
            and page.lower[i] != "running"
        ):
            break
        if page.content[i] != page.content[first]:
            break
        i += 1
    return i


def _adjectival(page: Page, i: int) -> bool:
    """Return whether what is tagged a verb goes on a noun phrase: *retired*, *Sanders-supporting*, *acting*."""
    if page.lower[i] in lexicon.MODIFIERS or page.words[i - 1] in _DASHES or page.is_capital(i):
        return True
    following = page.pos[i + 1] if i + 1 < len(page) else ""
    return page.pos[i - 1] in ("ADP", "DET") and following in ("NOUN", "PROPN", "ADJ")


def apposition_roles(page: Page, name_end: int, limit: int) -> tuple[list[Role], int]:
    """Return the roles told right after a name, and where the words about it end.

    Reads *X (R-Ohio)*, *X, 43, a lawyer for Y, …*, *X, who leads Y*, *X, D-Conn.*

    :param limit: Not a word from here on is read.
    """
    roles: list[Role] = []
    i, end = name_end, name_end
    limit = min(limit, len(page), name_end + 2 * MAX_APPOSITION_WORDS)
    for _ in range(4):
        if i + 1 >= limit or not page.same_line(i, name_end) or page.content[i] != page.content[name_end - 1]:
            break
        opener = page.words[i]
        if opener == "(":
            mark = party_mark(page, i + 1)
            close = next((j for j in range(i + 1, min(i + 12, limit)) if page.words[j] == ")"), -1)
            if close < 0:
                break
            if mark:
                roles.append(mark[0])
            i = end = close + 1
            continue
        if opener not in (",", "—", "–", "--") or (
            opener == "–" and page.glued[i] and page.glued[min(i + 1, limit - 1)]
        ):
            break
        first = i + 1
        if page.lower[first] in SUFFIXES:
            i = end = first + 1
            continue
        if page.pos[first] == "NUM" or page.words[first].isdigit():
            i = end = first + 1
            continue
        mark = party_mark(page, first)
        if mark:
            roles.append(mark[0])
            i = end = mark[1]
            continue
        if page.lower[first] == "who":
            clause, last = _clause_role(page, first, limit)
            if clause:
                roles.append(clause)
                i = end = last
                continue
            break
        last = _phrase_end(page, first, min(limit, first + MAX_APPOSITION_WORDS))
        found = _appositions(page, first, last) if not _is_vocative(page, first, last, name_end) else []
        if not found:
            break
        roles.extend(found)
        i = end = last
    return roles, end


def _is_vocative(page: Page, first: int, last: int, name_end: int) -> bool:
    """Return whether what follows a comma is another item of a list or another clause rather than an apposition."""
    if first >= last or (page.pos[first] in ("ADV", "PRON", "SCONJ", "CCONJ") and page.lower[first] not in (
        "his", "her", "their", "its", "then", "formerly", "now", "my", "our",
    )):  # fmt: skip
        return True
    return any(page.entity[i] == "PERSON" and page.lower[min(i + 1, len(page) - 1)] not in _POSSESSIVE
               and not any(page.lower[j] in ("of", "for", "to", "under") or page.lower[j] in _POSSESSIVE
                           for j in range(first, min(last, i + 4)))
               for i in range(first, last))  # fmt: skip


def _appositions(page: Page, first: int, last: int) -> list[Role]:
    while last > first + 1 and page.lower[last - 1] in ("and", "or", "but"):
        last -= 1
    core = _role(page, first, last, "apposition")
    if core is None or page.lower[first] in ("and", "or", "but"):
        return []
    if page.pos[first] == "ADP" and page.lower[first] not in lexicon.MODIFIERS:
        return []
    head = head_noun(page, core.first, core.last)
    if any(page.pos[i] == "ADP" and page.lower[i] not in lexicon.MODIFIERS for i in range(core.first, head)):
        if page.lower[core.first] not in ("head", "chief") and not any(
            page.lower[i] in _POSSESSIVE for i in range(core.first, head)
        ):
            return []
    if lexicon.singulars(page.lower[head]) and not lexicon.is_title(page.lower[head]):
        return []
    roles = [core]
    for i in range(core.first + 1, core.last - 1):
        if page.lower[i] == "and":
            left, right = (
                _role(page, core.first, i, "apposition"),
                _role(page, i + 1, core.last, "apposition"),
            )
            if (
                left
                and right
                and right.first == i + 1 + (page.pos[i + 1] == "DET")
                and _starts_title(page, right)
            ):
                roles += [right, left]
            break
    return roles


def _starts_title(page: Page, role: Role) -> bool:
    """Return whether a phrase's head comes before any preposition: *spokeswoman for X*, not *Budget of X*."""
    head = head_noun(page, role.first, role.last)
    return not any(page.pos[i] in ("ADP", "CCONJ") for i in range(role.first, head))


def _clause_role(page: Page, who: int, limit: int) -> tuple[Role | None, int]:
    """Read *who is a lawyer for Y*, *who leads Y*."""
    i = who + 1
    while i < limit and page.pos[i] in ("AUX", "ADV") and page.lower[i] not in _LEAD:
        i += 1
    if i >= limit or i > who + 4:
        return None, who
    verb = page.lower[i]
    first = i + 1
    while first < limit and page.pos[first] == "ADV":
        first += 1
    if verb in _LEAD:
        if first < limit and page.lower[first] == "as":
            first += 1
        last = _phrase_end(page, first, min(limit, first + MAX_APPOSITION_WORDS))
        found = _appositions(page, first, last)
        return (
            (Role(found[0].text, found[0].head, "clause", found[0].first, found[0].last), last)
            if found
            else (None, who)
        )
    if verb in _LEADS and page.pos[i] in ("VERB", "NOUN"):
        last = _phrase_end(page, first, min(limit, first + 15))
        if last > first and page.pos[first] in ("DET", "PROPN", "NOUN", "ADJ"):
            return Role(page.slice(i, last), verb, "clause", i, last), last
    return None, who


def leading_roles(page: Page, start: int, low: int, name_end: int) -> list[Role]:
    """Return the roles of a phrase that leads to a name by a comma: *a lawyer for the outlets, David Schulz,*.

    :param start: First word of the name's own title.
    :param low: No word before this one is read.
    """
    comma = start - 1
    n = len(page)
    if comma < low + 1 or page.words[comma] not in (",", ":") or not page.same_line(comma, start):
        return []
    if name_end < n and page.words[name_end] not in (",", ".", ")") and page.same_line(name_end, start):
        return []
    first = comma
    low = max(low, comma - MAX_APPOSITION_WORDS)
    while (
        first > low and page.same_line(first - 1, start) and page.sentence[first - 1] == page.sentence[comma]
    ):
        word = page.words[first - 1]
        if word in (",", ";", ":", "(", ")", "—", "–", "--", "“", "”", '"', "''", "``", "?", "!"):
            break
        if page.pos[first - 1] in ("VERB", "AUX", "SCONJ") and not _adjectival(page, first - 1):
            break
        if page.content[first - 1] != page.content[comma]:
            break
        first -= 1
    while first < comma and page.pos[first] in ("ADP", "CCONJ", "ADV", "PUNCT"):
        first += 1
    return [role for role in _appositions(page, first, comma) if role.how == "apposition"]
