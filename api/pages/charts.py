"""Where the bars of a chart stand; templates draw them as SVG, beside a table of the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages import phrases

WIDTH, HEIGHT = 720, 180
_TOP, _BOTTOM, _LEFT = 12, 22, 34
_MAX_BAR = 36.0
_MAX_MONTHS = 120
_MAX_LABELS = 9
_MAX_MONTH_LABELS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a column: ``series`` says which, from 0; lengths are in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True, slots=True)
class Column:
    """All that belongs to one month or year."""

    key: str
    name: str
    x: float
    label: str
    counts: tuple[int, ...]
    bars: tuple[Bar, ...]

    @property
    def total(self) -> int:
        """The height of the whole column, as a number."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns over time; ``lines`` are the numbers beside the vertical axis, with their heights."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]
    unit: str
    base: float = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a table of shares: what is counted, and where to see it."""

    text: str
    count: int
    address: str | None = None
    note: str | None = None


def over_time(counts: Mapping[str, Mapping[Any, int]], series: Sequence[Any]) -> Chart | None:
    """Return a chart of what was counted by month, or by year where that makes too many months.

    :param counts: By ``2021-06`` or ``2021``, and then by series.
    """
    if not counts:
        return None
    keys = _all_keys(min(counts), max(counts))
    if len(keys) > _MAX_MONTHS and "-" in keys[0]:
        return over_time(_by_year(counts), series)
    keys = keys[-_MAX_MONTHS:]
    values = {key: tuple(counts.get(key, {}).get(name, 0) for name in series) for key in keys}
    most = max(sum(value) for value in values.values()) or 1
    top = _round_up(most)
    base, full = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    step = (WIDTH - _LEFT) / len(keys)
    width = min(_MAX_BAR, step * 0.8)
    labelled = _labelled(keys)
    columns = []
    for number, key in enumerate(keys):
        middle = _LEFT + step * (number + 0.5)
        bars, y = [], float(base)
        for place, value in enumerate(values[key]):
            height = full * value / top
            y -= height
            if value:
                bars.append(
                    Bar(round(middle - width / 2, 1), round(y, 1), round(width, 1), round(height, 1), place)
                )
        label = labelled.get(key, "")
        columns.append(Column(key, phrases.month(key), round(middle, 1), label, values[key], tuple(bars)))
    marks = [top] if top % 2 else [top // 2, top]
    lines = tuple((round(base - full * mark / top, 1), mark) for mark in marks)
    return Chart(tuple(columns), lines, "month" if "-" in keys[0] else "year")


def _by_year(counts: Mapping[str, Mapping[Any, int]]) -> dict[str, dict[Any, int]]:
    years: dict[str, dict[Any, int]] = {}
    for key, of_key in counts.items():
        year = years.setdefault(key[:4], {})
        for name, value in of_key.items():
            year[name] = year.get(name, 0) + value
    return years


def _all_keys(first: str, last: str) -> list[str]:
    """Return every month, or year, from the first to the last: those without quotations are gaps."""
    if "-" not in first:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, end = (int(key[:4]) * 12 + int(key[5:7]) - 1 for key in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _labelled(keys: Sequence[str]) -> dict[str, str]:
    """Return what stands below some columns: years at their first months or, of less time, as many months as fit."""
    years = [key for key in keys if key.endswith("-01") or "-" not in key]
    if len(years) > 1 or years == keys:
        shown, most = {key: key[:4] for key in years}, _MAX_LABELS
    else:
        shown, most = {key: phrases.month(key)[:3] + " " + key[:4] for key in keys}, _MAX_MONTH_LABELS
    every = -(-len(shown) // most)
    return dict(list(shown.items())[::every])


def _round_up(number: int) -> int:
    """Return the next number that reads well on an axis: even, and of one or two digits that count."""
    if number <= 2:
        return number
    scale: int = 10 ** (len(str(number)) - 1)
    return next(
        step * scale // 10
        for step in (10, 12, 16, 20, 30, 40, 50, 60, 80, 100)
        if step * scale >= 10 * number
    )
