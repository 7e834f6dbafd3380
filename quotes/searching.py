"""What a person types into a search box, made into a query: words, phrases, operators (``speaker:``).

The API, the pages and the command line all read a search through :func:`query_from`, so that the same words
mean the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from quotes.dates import parse_from, parse_to
from quotes.errors import QueryError
from quotes.model import QUOTE_KINDS, QuoteKind
from quotes.store.rows import QuoteQuery

OPERATORS = ("speaker", "role", "kind", "date", "outlet")
"""What may stand before a colon in a search."""

_LISTED = ", ".join(f"{name}:" for name in OPERATORS)

_MARKS = '"“”„«»'
_PART = re.compile(
    rf"""
    (?P<minus>(?<!\S)-+)?
    (?: (?<!\w)(?P<name>[^\W\d_]{{2,}}):
        (?: [{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}] | (?P<value>[^\s{_MARKS}]*) )
      | [{_MARKS}][^{_MARKS}]*[{_MARKS}]?
      | [^\s{_MARKS}]+
    )
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class Search:
    """A search taken apart: the words to look for, and what its operators ask of a quotation."""

    words: str = ""
    speaker: str | None = None
    role: str | None = None
    kind: QuoteKind | None = None
    outlet: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    seen: set[str] = field(default_factory=set, repr=False)


def parse(text: str) -> Search:
    """Return what a search asks for.

    ``speaker:Duarte``, ``role:"finance minister"``, ``kind:direct``, ``outlet:"Example Post"`` and
    ``date:2021-06``, ``date:2021-06-29..2021-07``, ``date:2021..``, ``date:..2021``; all else is words, as
    :func:`quotes.store.words.match_expression` takes them. An operator's name between quotation marks is a
    word like any other.

    :raises QueryError: An operator is unknown, empty, given twice or taken away with a minus, or its value
        makes no sense.
    """
    search = Search()
    words: list[str] = []
    for part in _PART.finditer(text):
        name = part["name"]
        # "https://…" is an address, not an operator.
        if name is None or (part["value"] or "").startswith("//"):
            words.append(part[0])
        else:
            value = part["value"] if part["phrase"] is None else part["phrase"]
            _take_operator(search, name.lower(), value.strip(), minus=bool(part["minus"]))
    search.words = " ".join(words)
    return search


def query_from(text: str | None, **filters: Any) -> QuoteQuery:
    """Return the query that a search, and filters beside it, ask for.

    :param text: What was typed; ``None`` or blank is no words.
    :param filters: Fields of :class:`~quotes.store.rows.QuoteQuery`, ``words`` aside; ``None`` is not given.
    :raises QueryError: The search cannot be read, or an operator contradicts a filter.
    """
    search = parse(text or "")
    given = {name: value for name, value in filters.items() if value is not None}
    for name, value in _asked(search):
        if given.get(name, value) != value:
            operator = name.partition("_")[0]
            raise QueryError(
                f"The search says {operator}:{value}, the filter {given[name]}: leave one of them out."
            )
        given[name] = value
    return QuoteQuery(words=search.words.strip() or None, **given)


def _asked(search: Search) -> Iterator[tuple[str, Any]]:
    for each in fields(search):
        value = getattr(search, each.name)
        if each.name not in ("words", "seen") and value is not None:
            yield each.name, value


def _take_operator(search: Search, name: str, value: str, *, minus: bool) -> None:
    if name not in OPERATORS:
        close = get_close_matches(name, OPERATORS, n=1)
        hint = f"did you mean {close[0]}:?" if close else f"there are {_LISTED}."
        raise QueryError(
            f"“{name}:” is no operator; {hint} To look for the word itself, put it in quotation marks."
        )
    if minus:
        raise QueryError(f"A minus works on words and phrases, not on “{name}:”: leave it out.")
    if not value:
        raise QueryError(f"Nothing follows “{name}:”: give a value, such as {_EXAMPLES[name]}.")
    if name in search.seen:
        raise QueryError(f"“{name}:” is there twice: keep one of them.")
    search.seen.add(name)
    if name == "date":
        search.date_from, search.date_to = _period(value)
    elif name == "kind":
        if value.lower() not in QUOTE_KINDS:
            raise QueryError(f"“{value}” is no kind: choose one of {', '.join(QUOTE_KINDS)}.")
        search.kind = cast("QuoteKind", value.lower())
    else:
        setattr(search, name, value)


def _period(value: str) -> tuple[date | None, date | None]:
    first, dots, last = value.partition("..")
    if not dots:
        return parse_from(value), parse_to(value)
    if not first and not last:
        raise QueryError("Nothing stands on either side of “..”: write date:2021-06..2021-08.")
    return parse_from(first) if first else None, parse_to(last) if last else None


_EXAMPLES = {
    "speaker": "speaker:Duarte",
    "role": 'role:"finance minister"',
    "kind": "kind:direct",
    "date": "date:2021-06",
    "outlet": 'outlet:"Example Post"',
}
