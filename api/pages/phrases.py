"""What the pages call things: dates, kinds, confidence and searches, in words that anybody understands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from quotes.model import Act, QuoteKind
from quotes.store.sampling import Sample

KINDS: Mapping[QuoteKind, str] = {"direct": "Direct", "mixed": "Mixed", "indirect": "Indirect"}
KIND_MEANINGS: Mapping[QuoteKind, str] = {
    "direct": "All of it stands between quotation marks: these are the speaker’s words.",
    "mixed": "Some of it stands between quotation marks; the rest is the writer’s wording.",
    "indirect": "None of it stands between quotation marks: the wording is the writer’s.",
}
ACTS: Mapping[Act, str] = {
    "speech": "said",
    "writing": "written",
    "belief": "thought or wanted",
    "other": "attributed otherwise",
}
SOURCE_KINDS: Mapping[str | None, str] = {
    "person": "Named people",
    "organization": "Organizations",
    "document": "Documents",
    "unnamed_person": "Unnamed people",
    "unnamed_group": "Unnamed groups",
    None: "Nobody the article makes clear",
}
#: What charts tell apart, what an audit looks for first; the key is a kind of speaker, unnamed groups as people.
SOURCES: Mapping[str | None, str] = {
    "unnamed_person": "Unnamed",
    "organization": "Organizations",
    "person": "Named people",
    "document": "Documents",
    None: "Not clear",
}
SPEAKER_KINDS: Mapping[str, str] = {
    "person": "person",
    "organization": "organization",
    "document": "document",
    "unnamed_person": "unnamed person",
    "unnamed_group": "unnamed group",
}
SORTS: Mapping[str, str] = {
    "relevance": "best match first",
    "newest": "newest first",
    "oldest": "oldest first",
}

#: From this probability on, in words; the figure itself stands beside them.
CONFIDENCE: tuple[tuple[float, str], ...] = (
    (0.95, "almost certain"),
    (0.85, "very likely"),
    (0.7, "likely"),
    (0.5, "more likely than not"),
    (0.0, "doubtful"),
)

_MONTHS = "January February March April May June July August September October November December".split()


def day(when: date | str | None) -> str:
    """Return a day as people write it: 29 June 2021."""
    if not when:
        return ""
    when = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(key: str) -> str:
    """Return a month, ``2021-06``, or a year as people write it."""
    year, _, number = key.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}" if number else year


def confidence(probability: float) -> str:
    """Return in words how likely it is that content and speaker are both right."""
    return next(words for least, words in CONFIDENCE if probability >= least)


def number(count: int) -> str:
    """Return a number with its thousands apart."""
    return f"{count:,}"


def quotations(count: int, *, more: bool = False) -> str:
    """Return how many quotations there are.

    :param more: Whether there are more than that.
    """
    noun = "quotation" if count == 1 and not more else "quotations"
    return f"{'More than ' if more else ''}{count:,} {noun}"


def counted(sample: Sample, looked_at: int) -> str:
    """Return among which quotations something was counted, where it was not among all."""
    return {
        "all": "",
        "newest": f"Counted among the newest {looked_at:,}",
        "added last": f"Counted among the {looked_at:,} added last",
        "some": f"Counted among {looked_at:,} of them",
    }[sample]


def days(first: date | None, last: date | None) -> str:
    """Return from when to when something was, or nothing where that is not known."""
    if first is None or last is None:
        return ""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def percent(part: int, whole: int) -> str:
    """Return a share in whole per cent, or what little it is."""
    share = 100 * part / whole if whole else 0
    return "under 1%" if 0 < share < 1 else f"{share:.0f}%"


def clipped(text: str, most: int) -> str:
    """Return a text, or as much of it as fits, cut between words where there are any."""
    if len(text) <= most:
        return text
    cut = text[:most]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > most // 2 else cut}…"


def unended(text: str) -> str:
    """Return what was said without the comma that only leads back to the sentence around it."""
    return text.removesuffix(",")


def value(corrected: object) -> str:
    """Return what a correction puts in the place of what was read, or takes away."""
    if isinstance(corrected, Mapping):
        return str(corrected["name"])
    return "nobody" if corrected is None else str(corrected)
