"""The day on which something was said, where the sentence names one and the article has a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}

_DAY = re.compile(
    r"\b(?:(?P<relative>yesterday|today|tonight)"
    r"|(?P<other>last|next|every|each|coming|on\s+the|by)?\s*\b(?P<weekday>"
    + "|".join(WEEKDAYS)
    + r")\b(?P<plural>[’']s)?"
    r"|(?P<month>"
    + "|".join(_MONTHS)
    + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?\s+(?P<day>\d{1,2})\b(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year>\d{4})\b)?)",
    re.IGNORECASE,
)


def day_said(text: str, published: date) -> date | None:
    """Return the one day that a stretch of reporting names, or ``None`` if it names none or several.

    A weekday is the last such day up to the day of publication; so is a month's day without a year.

    :param text: The sentence without what was said: days inside a quotation belong to its story.
    """
    days = {day for match in _DAY.finditer(text) if (day := _day_of(match, published)) is not None}
    return days.pop() if len(days) == 1 else None


def _day_of(match: re.Match[str], published: date) -> date | None:
    if relative := match["relative"]:
        return published - timedelta(days=relative.lower() == "yesterday")
    if weekday := match["weekday"]:
        if match["plural"] or (match["other"] or "").lower() in ("next", "every", "each", "coming", "by"):
            return None
        back = (published.weekday() - WEEKDAYS.index(weekday.lower())) % 7
        if (match["other"] or "").lower() == "last" and back == 0:
            back = 7
        return published - timedelta(days=back)
    month = (
        _SHORT[match["month"].lower()[:4]]
        if match["month"].lower()[:4] == "sept"
        else _SHORT[match["month"].lower()[:3]]
    )
    try:
        day = date(int(match["year"] or published.year), month, int(match["day"]))
        if not match["year"] and day > published:
            day = day.replace(year=day.year - 1)
    except ValueError:
        return None
    return day if day <= published else None
