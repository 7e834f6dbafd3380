"""Days as people and files write them."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from quotes.errors import QueryError

_HEADER = re.compile(r"\ufeff?\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?=\s|$)")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?")
_MAX_LENGTH = 64
_EXAMPLES = "2021-06-29, 2021-06, 2021, “29 June 2021” or “last Monday”"


def leading_date(text: str) -> date | None:
    """Return the day that a text names at its very beginning, as ``date 2021-06-29``, if it does."""
    header = _HEADER.match(text)
    if header is None:
        return None
    try:
        return date.fromisoformat(header.group(1))
    except ValueError:
        return None


def parse_day(text: str) -> date | None:
    """Return the day of a time stamp (ISO 8601, RFC 5322) or of an English date that spells out its month.

    Anything that could be read as two days (*06/07/2021*) or that depends on today gives ``None``.
    """
    text = text.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        pass
    if not re.search(r"[a-z]{3}", text.casefold()):
        return None
    return _parse_words(text, relative=False)[0]


def parse_from(text: str) -> date:
    """Return the first day of the year, month or day that a person asked for.

    :raises QueryError: It is no date.
    """
    return _period(text)[0]


def parse_to(text: str) -> date:
    """Return the last day of the year, month or day that a person asked for.

    :raises QueryError: It is no date.
    """
    return _period(text)[1]


def _period(text: str) -> tuple[date, date]:
    text = text.strip()
    try:
        if match := _PERIOD.fullmatch(text):
            return _around(date(int(match[1]), int(match[2] or 1), 1), "month" if match[2] else "year")
        if (day := parse_day(text)) is not None:
            return day, day
        # Without a word in it, it is all numbers: the order of day and month would be a guess.
        if len(text) <= _MAX_LENGTH and re.search(r"[a-z]{3}", text.casefold()):
            # The library knows "Monday", not "last Monday"; with days taken from the past both mean the same.
            words = re.sub(r"^last (?=\w+day$)", "", text, flags=re.IGNORECASE)
            found, period = _parse_words(words, relative=True)
            if found is not None:
                return _around(found, period)
    except ValueError:
        pass
    raise QueryError(f"{text!r} is not a date; write {_EXAMPLES}.")


def _around(day: date, period: str) -> tuple[date, date]:
    if period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def _parse_words(text: str, *, relative: bool) -> tuple[date | None, str]:
    # Slow to import, and needed only for dates in words.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    settings: dict[str, object] = {"PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": False}
    if not relative:
        settings |= {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(text)
    return (None if found.date_obj is None else found.date_obj.date()), found.period
