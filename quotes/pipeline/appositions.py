"""The capacity in which a text names somebody, told beside the name: *X (R-Ohio)*, *X, a lawyer*, *a lawyer, X,*."""

from __future__ import annotations

from quotes.pipeline import lexicon
from quotes.pipeline.names import SUFFIXES
from quotes.pipeline.page import Page
from quotes.pipeline.titles import DASHES, Role, head_noun, phrase_role

MAX_APPOSITION_WORDS = 30

_POSSESSIVE = frozenset({"'s", "’s"})

_RELATIVE = frozenset({"who", "whom", "whose", "which", "that", "where", "when", "as"})

_LEAD = frozenset(
    {"is", "was", "became", "becomes", "remains", "serves", "served", "works", "worked", "serving"}
)

_LEADS = frozenset("""
leads led heads headed chairs chaired runs directs directed oversees oversaw represents represented manages
managed founded co-founded edits edited commands commanded governs governed coaches coached teaches
""".split())  # fmt: skip

_STATES = frozenset("""
ala alaska ariz ark calif colo conn del fla ga hawaii idaho ill ind iowa kan ky la md me maine mass mich
minn miss mo mont neb nev pa ohio okla ore oregon tenn tex texas utah vt va wash wis wyo dc al ak az ar ca
co ct de fl ga hi id il in ia ks ma mi mn ms mt ne nv nh nj nm ny nc nd oh ok or ri sc sd tn tx ut wa wv wi
wy n.h n.j n.m n.y n.c n.d r.i s.c s.d w.va
""".split())  # fmt: skip

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
        and page.words[i + 1] in DASHES
    ):
        last = i + 3
        while (
            last < n
            and last < i + 7
            and (
                (page.words[last] == "." and page.glued[last])
                or (page.glued[last] and page.is_capital(last))
                or (
                    page.is_capital(last)
                    and page.same_line(i, last)
                    and page.words[last - 1] not in (".", ",")
                    and page.entity[last] == "LOCATION"
                    and page.entity[last] == page.entity[last - 1]
                )
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
        if page.lower[i] in _RELATIVE and page.lower[i] != "as":
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
    if page.lower[i] in lexicon.MODIFIERS or page.words[i - 1] in DASHES or page.is_capital(i):
        return True
    following = page.pos[i + 1] if i + 1 < len(page) else ""
    if page.lower[i].endswith("ing") and page.pos[i - 1] == "NOUN" and following == "ADP":
        return True
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
    if first >= last or (
        page.pos[first] in ("ADV", "PRON", "SCONJ", "CCONJ")
        and page.lower[first]
        not in (
            "his",
            "her",
            "their",
            "its",
            "then",
            "formerly",
            "now",
            "my",
            "our",
        )
    ):
        return True
    return any(
        page.entity[i] == "PERSON"
        and page.lower[min(i + 1, len(page) - 1)] not in _POSSESSIVE
        and not any(
            page.lower[j] in ("of", "for", "to", "under") or page.lower[j] in _POSSESSIVE
            for j in range(first, min(last, i + 4))
        )
        for i in range(first, last)
    )


def _appositions(page: Page, first: int, last: int) -> list[Role]:
    while last > first + 1 and page.lower[last - 1] in ("and", "or", "but"):
        last -= 1
    core = phrase_role(page, first, last, "apposition")
    if core is None or page.lower[first] in ("and", "or", "but"):
        return []
    if page.pos[first] == "ADP" and page.lower[first] not in lexicon.MODIFIERS:
        return []
    head = head_noun(page, core.first, core.last)
    before_head = range(core.first, head)
    prepositional = any(page.pos[i] == "ADP" and page.lower[i] not in lexicon.MODIFIERS for i in before_head)
    if prepositional and not any(page.lower[i] in _POSSESSIVE for i in before_head):
        return []
    if lexicon.singulars(page.lower[head]) and not lexicon.is_title(page.lower[head]):
        return []
    roles = [core]
    for i in range(core.first + 1, core.last - 1):
        if page.lower[i] == "and":
            left, right = (
                phrase_role(page, core.first, i, "apposition"),
                phrase_role(page, i + 1, core.last, "apposition"),
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
        if page.lower[first - 1] == "and" and page.lower[first] in ("his", "her", "their"):
            break
        first -= 1
    while first < comma and page.pos[first] in ("ADP", "CCONJ", "ADV", "PUNCT"):
        first += 1
    return [role for role in _appositions(page, first, comma) if role.how == "apposition"]
