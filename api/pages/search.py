"""The search page: one box, the same filters as fields, what was found, and how it is spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request

from api.conditional import from_store
from api.database import Database
from api.names import candidates
from api.pages import asking, phrases
from api.pages.asking import Params
from api.paging import START, Cursors, Place, question_of, quotes_page, ranked_page
from api.problems import ProblemError
from quotes.errors import QueryError
from quotes.model import ACTS, QUOTE_KINDS
from quotes.store import QuoteQuery, QuoteRow, Store
from quotes.store import words as search_words
from quotes.store.bounding import LOOKED_UP_TOGETHER, RANKED_TOGETHER
from quotes.store.grouping import Group, Grouping
from quotes.store.overview import GLANCE, Glance

blueprint = Blueprint("search_page", __name__)

PAGE = 20
_GROUPS = 12
_IN_GROUP = 3
_MAX_PEOPLE = 3
_MAX_NAME_WORDS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: the address of the search with it or, where it is chosen already, without."""

    text: str
    address: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A group with its first quotations, and the address of all the others."""

    group: Group
    rows: Sequence[QuoteRow]
    all: str


@blueprint.get("/")
def show() -> Response:
    """Show what was found."""
    if asking.has_surplus():
        # A form sends its empty fields along; an address to keep or send on is better without.
        return redirect(asking.address("/", asking.given()), 303)  # type: ignore[return-value]
    try:
        return _found()
    except (ProblemError, QueryError) as error:
        return _refused(error)


@from_store
def _found(store: Store) -> Response:
    args = asking.arguments(asking.SearchArgs)
    query = asking.query(args)
    params = asking.canonical(request.args)
    cursors: Cursors = current_app.extensions["quotes-cursors"]
    question = question_of(request.path, request.args.items(multi=True))
    place = cursors.read(args["cursor"], question) if "cursor" in args else START
    is_grouped = args.get("group") == "speaker"
    glance = _glance(store, query, is_grouped=is_grouped)
    found: dict[str, Any]
    if is_grouped:
        found, following = _grouped(store, query, place, params)
    else:
        places, following = quotes_page(store, query, place, PAGE)
        found = {"rows": store.quotes_at(places)}
    asked = asking.parts(store, query, params)
    context: dict[str, Any] = {
        "query": query,
        "params": params,
        "asked": asked,
        "is_ranked_apart": _is_ranked_apart(query, glance),
        "glance": glance,
        "is_grouped": is_grouped,
        "is_first": place == START,
        "facets": _facets(query, glance, params),
        "next": following and _next(cursors.write(following, question)),
        "wanted": search_words.wanted(query.words) if query.words else (),
        "people": _people(store, query) if place == START else (),
        "chosen_speaker": _chosen_speaker(store, query),
    }
    context |= found
    if glance.total == 0:
        context |= {
            "fewer": asking.fewer(store, query, params, asked, most=GLANCE),
            "most": GLANCE,
            "spelling": asking.other_spelling(store, query, params),
            "is_empty": not asked,
        }
    return make_response(render_template("pages/search.html", **_form(params), **context))


def _refused(error: ProblemError | QueryError) -> Response:
    """Show the form again, as it was filled in, with what is wrong."""
    params = asking.given()
    sentence = error.detail if isinstance(error, ProblemError) else str(error)
    wrong: dict[str, str] = {}
    if isinstance(error, ProblemError):
        wrong = {each["pointer"].lstrip("/"): each["detail"] for each in error.errors}
    return make_response(
        render_template("pages/search.html", **_form(params), params=params, error=sentence, wrong=wrong), 422
    )


def _form(params: Params) -> dict[str, Any]:
    def link(**changes: str) -> str:
        return asking.address("/", asking.without(params, "cursor", *changes) | changes)

    shared = asking.without(params, "group", "cursor")
    return {
        "kinds": QUOTE_KINDS,
        "acts": ACTS,
        "confidences": [(least, words) for least, words in phrases.CONFIDENCE if least],
        "link": link,
        "feed": asking.address("/api/v1/quotes.atom", asking.without(shared, "sort")),
        "csv": asking.address("/api/v1/quotes.csv", shared),
        "jsonl": asking.address("/api/v1/quotes.jsonl", shared),
        "api": asking.address("/api/v1/quotes", shared),
    }


def _glance(store: Store, query: QuoteQuery, *, is_grouped: bool) -> Glance:
    database: Database = current_app.extensions["quotes-database"]
    # To group takes as long as a glance: together they are to take no longer than a list does.
    bound = GLANCE // 2 if is_grouped else GLANCE
    key = replace(query, sort=None, limit=1)
    return database.kept(store.state(), ("glance", key, bound), lambda: store.glance(key, bound=bound))


def _grouped(
    store: Store, query: QuoteQuery, place: Place, params: Params
) -> tuple[dict[str, Any], Place | None]:
    """Return what a page of groups shows, and where the next one begins."""
    found: list[Grouping] = []

    def fetch(**part: Any) -> Sequence[Group]:
        found.append(store.groups(query, most=_IN_GROUP, **part))
        return found[-1].groups

    page, following = ranked_page(fetch, lambda group: group.number, place, _GROUPS)
    rows = {row.cursor: row for row in store.quotes_at([each for group in page for each in group.places])}
    groups = [
        Said(
            group,
            [rows[each] for each in group.places if each in rows],
            asking.address("/", asking.without(params, "group", "speaker") | {"speaker": group.speaker.id}),
        )
        for group in page
    ]
    # Once a list goes on by number, nobody knows how many were shown before.
    first = None if place.is_tail else len(place.without) + 1
    return {"groups": groups, "grouping": found[-1], "first": first}, following


def _facets(query: QuoteQuery, glance: Glance, params: Params) -> list[tuple[str, list[Choice]]]:
    def choices(name: str, values: Sequence[tuple[str, str, int | None]]) -> list[Choice]:
        rest = asking.without(params, name)
        return [
            Choice(text, asking.address("/", rest if is_one else rest | {name: value}), count, is_one)
            for value, text, count in values
            for is_one in [params.get(name, "").casefold() == value.casefold() or ((name, len(values)) == ("speaker", 1)
                           and query.speaker is not None)]
        ]  # fmt: skip

    chosen_year = (
        f"{query.date_from.year}"
        if query.date_from and query.date_to and query.date_from.year == query.date_to.year
        else None
    )
    rest = asking.without(params, "from", "to")
    years = [
        Choice(
            year,
            asking.address(
                "/", rest if year == chosen_year else rest | {"from": f"{year}-01-01", "to": f"{year}-12-31"}
            ),
            count,
            year == chosen_year,
        )
        for year, count in glance.years[:12]
    ]
    found = [
        ("Speaker", choices("speaker", [(who.id, who.name, n) for who, n in glance.speakers])),
        ("Role", choices("role", [(role, role, n) for role, n in glance.roles if asking.fits(role)])),
        ("Kind", choices("kind", [(kind, phrases.KINDS[kind], n) for kind, n in glance.kinds])),  # type: ignore[index]
        ("Outlet", choices("outlet", [(name, name, n) for name, n in glance.outlets if asking.fits(name)])),
        ("Year", years),
    ]
    return [(name, of_name) for name, of_name in found if of_name]


def _people(store: Store, query: QuoteQuery) -> Sequence[Any]:
    """Return the speakers whom a search may be about: those whose name it is, or all whom it fits."""
    if query.speaker is not None:
        found: list[dict[str, Any]] = candidates(store, query.speaker).get("candidates", [])
        return [{"id": each["id"], "name": each["name"], "quotations": each["quotations"]} for each in found]
    if query.words is None or len(query.words.split()) > _MAX_NAME_WORDS or '"' in query.words:
        return ()
    database: Database = current_app.extensions["quotes-database"]
    words = query.words
    try:
        return database.kept(
            store.state(), ("people", words), lambda: store.matching_speakers(words, limit=_MAX_PEOPLE)
        )
    except QueryError:
        return ()


def _chosen_speaker(store: Store, query: QuoteQuery) -> str | None:
    """Return the name of the speaker whose id was given; none if it was a name."""
    if query.speaker is None:
        return None
    name = asking.speaker_name(store, query.speaker)
    return None if name == f"“{query.speaker}”" else name


def _is_ranked_apart(query: QuoteQuery, glance: Glance) -> bool:
    """Return whether so many match that the best of those added last come before all others."""
    most = LOOKED_UP_TOGETHER if len(query.asks) > 1 else RANKED_TOGETHER
    return query.order == "relevance" and (
        glance.total > most or (not glance.is_exact and glance.sample == "added last")
    )


def _next(cursor: str) -> str:
    """Return the address of the next page: asked exactly as this one, since its cursor holds for nothing else."""
    shown = {name: value for name, value in request.args.items() if name != "cursor"}
    return asking.address("/", shown | {"cursor": cursor})
