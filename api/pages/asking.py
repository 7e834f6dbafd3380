"""What a page's address asks for: the parameters of the API's list, and how to ask a little otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import request
from marshmallow import fields, validate

from api.arguments import PageArgs, QuoteFilters
from api.names import nearest_name
from api.pages import phrases
from api.parsing import query_arguments
from api.resources.quotes import query_of
from quotes.errors import NotFoundError, QueryError
from quotes.searching import parse
from quotes.store import QuoteQuery, Store
from quotes.store import words as search_words

_MAX_WORDS_TO_DROP = 6
_MAX_IN_ADDRESS = 300
_MANY_PARTS = 3
# Parts of a search that are called otherwise in a query, or in an address.
_FIELDS = {"q": ("words",), "date": ("date_from", "date_to")}
_PARAMS = {"date": ("from", "to")}
_MINUS = re.compile(r"(?<!\S)-\S")
# What mail programs and social networks add to the addresses that people share.
_TRACE = re.compile(r"utm_|mc_[ce]id$|(?:fb|g|ms|tw|igsh|dc|y)clid$|igshid$|_hs(?:enc|mi)$")

#: A list's parameters, the search of a page's form among them.
Filters = QuoteFilters
SearchArgs = QuoteFilters.from_dict(
    {
        "cursor": PageArgs().fields["cursor"],
        "group": fields.String(validate=validate.OneOf(("speaker",))),
    },
    name="SearchPageArgs",
)

Params = dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a search asks, in words and by what it is called, and the address of the search without it."""

    name: str
    text: str
    called: str
    without: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A search that asks less: what it does, in words, its address, and how many quotations it finds."""

    text: str
    address: str
    count: int


def given() -> Params:
    """Return the parameters of this request that are not blank, nor anything but a trace of a visitor's way."""
    return {name: value for name, value in request.args.items() if value.strip() and not _TRACE.match(name)}


def has_surplus() -> bool:
    """Return whether a form sent fields that nobody filled in, or a site through which a link went added to it."""
    return any(not value.strip() or _TRACE.match(name) for name, value in request.args.items())


def address(path: str, params: Mapping[str, str]) -> str:
    """Return the address, on this server, of a page with some parameters."""
    asked = {name: value for name, value in params.items() if value}
    return f"{request.script_root}{path}?{urlencode(asked)}" if asked else f"{request.script_root}{path}"


def fits(value: str) -> bool:
    """Return whether an address can ask for a value: what is longer than any name is left out of pages' links."""
    return len(value) <= _MAX_IN_ADDRESS


def arguments(schema: type[Any]) -> dict[str, Any]:
    """Return the parameters of this request, checked.

    :raises ProblemError: One is unknown, given twice or cannot be used.
    """
    return query_arguments(schema(), request.args)


def query(args: Mapping[str, Any]) -> QuoteQuery:
    """Return the query that checked parameters ask for: the API's own, so that both always agree."""
    return query_of({name: value for name, value in args.items() if name not in ("cursor", "group")})


def canonical(params: Mapping[str, str]) -> Params:
    """Return a search's parameters with its operators made into filters, and without a place to go on from."""
    found = {name: value for name, value in params.items() if name != "cursor"}
    search = parse(found.pop("q", ""))
    operators = {
        "q": search.words,
        "speaker": search.speaker,
        "role": search.role,
        "kind": search.kind,
        "outlet": search.outlet,
        "from": search.date_from and search.date_from.isoformat(),
        "to": search.date_to and search.date_to.isoformat(),
    }
    return {name: value for name, value in operators.items() if value} | found


def without(params: Mapping[str, str], *names: str) -> Params:
    """Return parameters without some; a search without words is not sorted by how well it matches."""
    left = {name: value for name, value in params.items() if name not in names}
    if "q" not in left and left.get("sort") == "relevance":
        del left["sort"]
    return left


def parts(store: Store, asked: QuoteQuery, params: Params) -> list[Part]:
    """Return what a search asks for, in words, part by part; ``params`` are canonical."""

    def part(name: str, text: str, called: str, *names: str) -> Part:
        return Part(name, text, called, address("/", without(params, *(names or (name,)))))

    found: list[Part] = []
    if asked.words is not None:
        is_one = len(search_words.wanted(asked.words)) == 1
        found.append(part("q", _words(asked.words), "the word" if is_one else "the words"))
    if asked.speaker is not None:
        name = speaker_name(store, asked.speaker)
        found.append(part("speaker", f"by {name}", f"the speaker {name}"))
    if asked.role is not None:
        found.append(part("role", f"as “{asked.role}”", f"the role “{asked.role}”"))
    if asked.kind is not None:
        text = {"direct": "quoted directly", "mixed": "quoted in part"}.get(asked.kind, "quoted indirectly")
        found.append(part("kind", text, f"the kind “{phrases.KINDS[asked.kind]}”"))
    if asked.act is not None:
        found.append(part("act", phrases.ACTS[asked.act], f"the act “{phrases.ACTS[asked.act]}”"))
    if asked.outlet is not None:
        found.append(part("outlet", f"in {asked.outlet}", f"the outlet {asked.outlet}"))
    if asked.article is not None:
        title = _title(store, asked.article)
        found.append(part("article", f"in the article “{title}”", f"the article “{title}”"))
    if asked.date_from is not None or asked.date_to is not None:
        period = _period(asked)
        found.append(part("date", period, f"the dates ({period})", "from", "to"))
    if asked.min_confidence is not None:
        sure = f"at least {asked.min_confidence:.0%} sure"
        found.append(part("min_confidence", sure, f"the confidence ({sure})"))
    return found


def speaker_name(store: Store, speaker: str) -> str:
    """Return the name of the speaker with that id, or else what was given: it is a name already."""
    try:
        return store.speaker(speaker).name
    except NotFoundError:
        return f"“{speaker}”"


def fewer(
    store: Store, asked: QuoteQuery, params: Params, asked_parts: list[Part], *, most: int
) -> list[Offer]:
    """Return searches that leave one thing out of one that finds nothing and find something.

    Where there are none, those that ask only one of its things.
    """
    asked = replace(asked, sort=None)
    # Without the only thing that is asked there is no search left.
    trials = [
        (f"Without {each.called}", each.without, replace(asked, **_nothing([each])))
        for each in asked_parts
        if len(asked_parts) > 1
    ]
    words = search_words.wanted(asked.words) if asked.words and not _MINUS.search(asked.words) else []
    if 1 < len(words) <= _MAX_WORDS_TO_DROP:
        for place, word in enumerate(words):
            rest = " ".join(_typed(other) for number, other in enumerate(words) if number != place)
            trials.append(
                (f"Without the word “{word}”", address("/", params | {"q": rest}), replace(asked, words=rest))
            )
    found = _finding(store, trials, most)
    if found or len(asked_parts) < _MANY_PARTS:
        return found
    trials = []
    for each in asked_parts:
        others = [other for other in asked_parts if other is not each]
        names = [name for other in others for name in _PARAMS.get(other.name, (other.name,))]
        trials.append(
            (f"Only {each.text}", address("/", without(params, *names)), replace(asked, **_nothing(others)))
        )
    return _finding(store, trials, most)


def _nothing(parts: list[Part]) -> dict[str, Any]:
    """Return the fields of a query that some parts of it fill, empty."""
    return dict.fromkeys(field for each in parts for field in _FIELDS.get(each.name, (each.name,)))


def _finding(store: Store, trials: list[tuple[str, str, QuoteQuery]], most: int) -> list[Offer]:
    found = []
    for text, link, trial in trials:
        try:
            count = store.count_up_to(trial, most)
        except QueryError:
            continue
        if count:
            found.append(Offer(text, link, count))
    return found


def other_spelling(store: Store, asked: QuoteQuery, params: Params) -> tuple[str, str] | None:
    """Return a name spelt nearly like what was asked for, and the address of a search for it."""
    wanted = asked.speaker or asked.words
    if wanted is None:
        return None
    nearest = nearest_name(store, wanted)
    if nearest is None or nearest.casefold() == wanted.casefold():
        return None
    return nearest, address(
        "/", without(params, "q" if asked.speaker is None else "speaker") | {"speaker": nearest}
    )


def _words(words: str) -> str:
    wanted = [f"“{word}”" for word in search_words.wanted(words)]
    listed = " and ".join(filter(None, [", ".join(wanted[:-1]), *wanted[-1:]]))
    return f"with “{words}”" if _MINUS.search(words) else f"with {listed}"


def _typed(phrase: str) -> str:
    return f'"{phrase}"' if " " in phrase else phrase


def _title(store: Store, article: str) -> str:
    try:
        return store.article(article).article.title or article
    except NotFoundError:
        return article


def _period(asked: QuoteQuery) -> str:
    if asked.date_from is None:
        return f"up to {phrases.day(asked.date_to)}"
    if asked.date_to is None:
        return f"from {phrases.day(asked.date_from)} on"
    if asked.date_from == asked.date_to:
        return f"on {phrases.day(asked.date_from)}"
    if (asked.date_from.month, asked.date_from.day, asked.date_to.month, asked.date_to.day) == (1, 1, 12, 31):
        years = sorted({asked.date_from.year, asked.date_to.year})
        return f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[1]}"
    return f"from {phrases.day(asked.date_from)} to {phrases.day(asked.date_to)}"
