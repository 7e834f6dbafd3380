"""Words that one reports of another, and questions: where the nearest name is not the one who speaks.

::

    “We are ready,” Maria Lopez quoted Henry Ford as saying.
    Henry Ford was quoted by a newspaper as saying that they were ready.
    The film shows Henry Ford saying, “We are ready.”
    It was, as Henry Ford put it, “a day like any other”.
    In the words of Henry Ford, “we are ready”.
    Asked by Maria Lopez whether they were ready, Henry Ford said yes.

The network meets too few of all but the last to learn them, and gives the question of the last to who answers it.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.pipeline.layout import Laid
from quotes.pipeline.quoted import Quoted

_QUOTING = frozenset("quote quotes quoted quoting cite cites cited citing".split())
_SAYING = frozenset(
    "saying telling writing asking adding shouting chanting yelling screaming warning insisting arguing claiming "
    "declaring joking boasting bragging complaining tweeting replying responding explaining vowing".split()
)
_PASSIVE = frozenset("in on at as".split())
"""After *was quoted*: where, so that whom it quotes stands before, as the network knows."""
_WHEN_OR_WHERE = frozenset("on in at late early earlier last during after before by to".split())
_AUXILIARIES = frozenset("was were is are be been being has have had also later".split())
_ASKED = frozenset("asked pressed questioned quizzed prodded".split())
_BETWEEN = frozenset({",", ":", ";", "“", "”", '"'})
_STOPS = frozenset(".!?;")
_MAX_SOURCE = 12
_MAX_AFTER = 8
_MIN_QUOTED = 4


def quoted_as_saying(
    words: Sequence[str], quoted: Sequence[Quoted], starts: Sequence[bool], reported: Sequence[bool]
) -> list[Laid]:
    """Return what stands as *quoted SOURCE as saying*: the quotation before it, or what follows in the sentence.

    The same of *SOURCE was quoted by PAPER as saying*, where the clause before it may be meant too.

    :param quoted: What stands between marks, see :func:`quotes.pipeline.quoted.quoted_stretches`.
    :param starts: Whether each word begins a sentence.
    :param reported: Whether the network takes each word for content; what follows ends where that does.
    """
    lower = [word.lower() for word in words]
    begins, ends = _closed(quoted)
    found = []
    for i, word in enumerate(lower):
        if word not in _QUOTING:
            continue
        limit = min(i + 2 + _MAX_SOURCE, len(words) - 1)
        at = next((k for k in range(i + 1, limit) if lower[k] == "as" and lower[k + 1] in _SAYING), None)
        if at is None or any(starts[i + 1 : at + 2]):
            continue
        start = at + 2
        if start < len(words) and words[start] in (",", ":"):
            start += 1
        stop = next((k for k in range(start, len(words)) if starts[k]), len(words))
        if start < stop and reported[start]:
            stop = next((k for k in range(start, stop) if not reported[k]), stop)
        before = _quotation_before(i, ends, starts)
        content = before or (
            start,
            begins[start].end if start in begins else _without_stop(words, start, stop),
        )
        cue, source = (at, start), (i + 1, at)
        if lower[i + 1] == "by" or (before and at == i + 1 and lower[start : start + 1] == ["by"]):
            source = _subject_before(lower, i, before[1] if before else 0, starts)
            cue = (source[1], start)
            if not before and (content[0] >= content[1] or lower[start] in _WHEN_OR_WHERE):
                content = _clause_before(words, source[0], starts) or content
        elif lower[i + 1] in _PASSIVE:
            continue
        if content[0] < content[1] and source[0] < source[1]:
            found.append(Laid(content, cue, source))
    return found


def _subject_before(lower: Sequence[str], verb: int, low: int, starts: Sequence[bool]) -> tuple[int, int]:
    """Return the words between the last border before a passive verb and its auxiliaries; none where they are many.

    :param low: Where what stands before ends, a quotation say.
    """
    end = verb
    while end > low and lower[end - 1] in _AUXILIARIES:
        end -= 1
    first = end
    if first > low and lower[first - 1] == ",":  # it closes an apposition: *Hart, the mayor, was quoted*
        first = next((i for i in range(end - 2, max(low, end - 2 - _MAX_SOURCE), -1) if lower[i] == ","), end)
    while first > low and not starts[first] and lower[first - 1] not in _BETWEEN:
        first -= 1
    while first < end and lower[first] in ("and", "but", "while"):
        first += 1
    return (first, end) if end < verb and end - first <= _MAX_SOURCE else (end, end)


def as_put(words: Sequence[str], quoted: Sequence[Quoted], starts: Sequence[bool]) -> list[Laid]:
    """Return the quotations right before or soon after *as SOURCE put it*, in its sentence."""
    lower = [word.lower() for word in words]
    begins, ends = _closed(quoted)
    found = []
    for at in range(2, len(words) - 1):
        if lower[at] not in ("put", "puts") or lower[at + 1] != "it":
            continue
        back = range(at - 1, max(at - 2 - _MAX_SOURCE, -1), -1)
        first = next((i for i in back if lower[i] == "as" or starts[i] or words[i] in _BETWEEN), None)
        if first is None or lower[first] != "as" or first + 1 == at:
            continue
        near = range(at + 2, min(at + 3 + _MAX_AFTER, len(words)))
        after = next((i for i in near if i in begins or words[i] in _STOPS), None)
        before = first - 1 if first and words[first - 1] == "," else first
        if after in begins:
            stretch = begins[after]
        elif before in ends and not starts[first]:
            stretch = ends[before]
        else:
            continue
        found.append(Laid((stretch.start, stretch.end), (at, at + 2), (first + 1, at)))
    return found


def in_words_of(words: Sequence[str], quoted: Sequence[Quoted], starts: Sequence[bool]) -> list[Laid]:
    """Return the quotations that *in the words of SOURCE* leads to, with a comma or colon between."""
    lower = [word.lower() for word in words]
    found = []
    for start, end, closed in quoted:
        if not closed or start < 2 or words[start - 1] not in (",", ":"):
            continue
        for at in range(start - 6, max(start - 7 - _MAX_SOURCE, -1), -1):
            if lower[at : at + 4] == ["in", "the", "words", "of"] and not any(starts[at + 1 : start]):
                found.append(Laid((start, end), (at, at + 4), (at + 4, start - 1)))
                break
    return found


def said_within(
    words: Sequence[str], people: Sequence[bool], quoted: Sequence[Quoted], reported: Sequence[bool]
) -> list[Laid]:
    """Return quotations that end *NAME said* within what the network takes for somebody else's words.

    *“They told me to,” Turner said, according to the affidavit*: Turner said it, and the affidavit reports it.

    :param reported: Whether the network takes each word for content.
    """
    found = []
    for start, end, closed in quoted:
        last = end
        while last < len(words) and people[last]:
            last += 1
        if not closed or last == end or last == len(words) or words[last] not in ("said", "says"):
            continue
        if all(reported[end : last + 1]):
            found.append(Laid((start, end), (last, last + 1), (end, last)))
    return found


def shown_saying(words: Sequence[str], people: Sequence[bool], quoted: Sequence[Quoted]) -> list[Laid]:
    """Return quotations in which somebody is shown saying something: the sentence's own subject only shows it.

    :param people: Whether each word belongs to the name of a person.
    """
    found = []
    for start, end, closed in quoted:
        if not closed or end - start < _MIN_QUOTED or start < 3 or words[start - 1] not in (",", ":"):
            continue
        for i in range(start - 2, max(start - 3 - _MAX_AFTER, 1), -1):
            if words[i] in ('"', "“", "”", ".", ";", "\n"):
                break
            if words[i].lower() in _SAYING and people[i - 1]:
                first = i - 1
                while first > 0 and people[first - 1]:
                    first -= 1
                if first > 0 and words[first - 1].lower() in ("of", "shows", "showed", "showing"):
                    found.append(Laid((start, end), (i, i + 1), (first, i)))
                break
    return found


def askers(words: Sequence[str], people: Sequence[bool], starts: Sequence[bool]) -> list[tuple[int, range]]:
    """Return the sentences that open with a participle of asking, and the words of the name that asks, often none.

    Whoever the main clause is about was asked and did not ask.
    """
    found = []
    for i, word in enumerate(words):
        after = i > 0 and starts[i - 1] and words[i - 1].lower() in ("when", "if", "once", "repeatedly")
        if word.lower() not in _ASKED or not (starts[i] or after):
            continue
        first = last = i + 2
        if i + 1 < len(words) and words[i + 1].lower() == "by":
            while last < len(words) and people[last]:
                last += 1
        found.append((i, range(first, last)))
    return found


def _closed(quoted: Sequence[Quoted]) -> tuple[dict[int, Quoted], dict[int, Quoted]]:
    """Return the stretches that are closed, by the word that each begins with and by the one it ends before."""
    closed = [stretch for stretch in quoted if stretch.closed]
    return {stretch.start: stretch for stretch in closed}, {stretch.end: stretch for stretch in closed}


def _quotation_before(at: int, ends: dict[int, Quoted], starts: Sequence[bool]) -> tuple[int, int] | None:
    """Return the quotation that closes before a verb in its sentence, with no more than a subject between."""
    for end in range(at, max(at - _MAX_SOURCE, 0), -1):
        if end in ends:
            return ends[end].start, end
        if starts[end - 1]:
            return None
    return None


def _clause_before(words: Sequence[str], end: int, starts: Sequence[bool]) -> tuple[int, int] | None:
    """Return the words from the beginning of the sentence to a comma right before a word, if it stands there."""
    if end < 2 or starts[end] or words[end - 1] != ",":
        return None
    first = end - 1
    while first > 0 and not starts[first]:
        first -= 1
    return first, end - 1


def _without_stop(words: Sequence[str], start: int, stop: int) -> int:
    """Return the end of a clause, its full stop left out unless it stands within quotation marks."""
    while stop > start and words[stop - 1] in _STOPS:
        stop -= 1
    return stop
