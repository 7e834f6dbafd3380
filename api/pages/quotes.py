"""A quotation's own page, to cite and to correct: what was said, where it stands, and how sure that is."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import urljoin

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from api import linked
from api.conditional import from_store
from api.database import Database
from api.pages import assets, marking, phrases, trust
from api.problems import ProblemError
from api.resources.quotes import find_quote
from quotes.errors import QueryError
from quotes.model import QUOTE_KINDS, SPEAKER_KINDS
from quotes.store import QuoteQuery, QuoteRow, SpeakerRef, Store
from quotes.store.tokens import Tokens

blueprint = Blueprint("quote_page", __name__)

_MAX_ALTERNATIVES = 8
_MAX_ELSEWHERE = 5
_MAX_WORDS = 12
_MAX_SHARED = 240


@blueprint.get("/quotes/<quote_id>")
@from_store
def show(store: Store, quote_id: str) -> Response:
    """Show one quotation."""
    return _page(store, quote_id)


@blueprint.post("/quotes/<quote_id>")
def correct(quote_id: str) -> Response:
    """Take a correction from whoever has a token for it; the token comes with the form, so no other site can."""
    trust.require_own_form()
    database: Database = current_app.extensions["quotes-database"]
    database.require_writable()
    try:
        values = _values()
        by = _corrector()
        with database.writing() as store:
            quote_id = store.moved_to(quote_id) or quote_id
            store.correct(quote_id, values, by=by, reason=request.form["reason"].strip())
    except (ProblemError, QueryError) as error:
        with database.reading() as store:
            sentence = error.detail if isinstance(error, ProblemError) else str(error)
            return _page(store, quote_id, error=sentence, status=422)
    return redirect(url_for("quote_page.show", quote_id=quote_id), 303)  # type: ignore[return-value]


def _page(store: Store, quote_id: str, *, error: str | None = None, status: int = 200) -> Response:
    row = find_quote(store, quote_id)
    if row is None:
        return redirect(url_for("quote_page.show", quote_id=store.moved_to(quote_id)), 308)  # type: ignore[return-value]
    article = store.article(row.article.id)
    # Its place among the article's quotations is nothing that a reader of this page needs.
    marked, _ = marking.voices([row])
    start, end = marking.around(article.article.text, row.contents)
    address = url_for("quote_page.show", quote_id=row.id, _external=True)
    json_ld = linked.quotation(row, address)
    response = make_response(
        render_template(
            "pages/quote.html",
            row=row,
            rejected=store.rejected_quote(quote_id) is not None,
            reader=article.reader_version,
            paragraphs=marking.paragraphs(article.article.text, marked, start=start, end=end),
            is_cut=(start > 0, end < len(article.article.text)),
            alternatives=_alternatives(store, row),
            corrections=store.corrections(row.id),
            elsewhere=_elsewhere(store, row),
            address=address,
            picture=urljoin(address, assets.address("card.png")),
            json_ld=json_ld,
            copies=_copies(row, address, json_ld),
            description=phrases.clipped(row.context.text, _MAX_SHARED),
            link=linked.text_fragment(row.article.url, row.contents[0].text),
            kinds=QUOTE_KINDS,
            speaker_kinds=SPEAKER_KINDS,
            can_correct=not current_app.config["QUOTES_SETTINGS"].read_only,
            form=request.form,
            error=error,
        ),
        status,
    )
    return response


def _alternatives(store: Store, row: QuoteRow) -> list[SpeakerRef]:
    """Return the other speakers of the quotation's article, the nearest to it first."""
    others = sorted(store.article_quotes(row.article.id), key=lambda each: abs(each.position - row.position))
    speakers = {each.speaker.id: each.speaker for each in others if each.speaker is not None}
    if row.speaker is not None:
        speakers.pop(row.speaker.id, None)
    return list(speakers.values())[:_MAX_ALTERNATIVES]


def _elsewhere(store: Store, row: QuoteRow) -> list[QuoteRow]:
    """Return the same words in other articles."""
    words = row.text.split()
    if len(words) < 4 or '"' in row.text:
        return []
    database: Database = current_app.extensions["quotes-database"]
    phrase = " ".join(word for word in words[:_MAX_WORDS] if word != "…").translate(_NO_MARKS)

    def find() -> list[QuoteRow]:
        try:
            found = store.search(QuoteQuery(words=f'"{phrase}"', sort="newest", limit=_MAX_ELSEWHERE + 1))
        except QueryError:
            return []
        return [each for each in found if each.article.id != row.article.id][:_MAX_ELSEWHERE]

    return database.kept(store.state(), ("elsewhere", row.id), find)


_NO_MARKS = dict.fromkeys(map(ord, '"“”„«»*'), " ")


def _copies(row: QuoteRow, address: str, json_ld: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the quotation in each form that somebody may want to paste somewhere."""
    said = phrases.unended(row.text)
    said = f"“{said}”" if row.kind == "direct" else said
    who = row.speaker.name if row.speaker else "speaker not clear"
    who = f"{who}, {row.role}" if row.role else who
    where = ", ".join(
        filter(
            None, [row.article.outlet, row.article.title and f"“{row.article.title}”", phrases.day(row.date)]
        )
    )
    source = linked.web_address(row.article.url)
    addresses = "\n".join(filter(None, [source, address]))
    text = f"{said} — {who}" + (f" ({where})" if where else "") + f"\n{addresses}\n"
    cite = f' cite="{escape(source)}"' if source else ""
    place = f", {escape(where)}" if where else ""
    html = (
        f"<figure>\n  <blockquote{cite}><p>{escape(said)}</p></blockquote>\n"
        f'  <figcaption>— {escape(who)}{place} (<a href="{escape(address)}">source</a>)</figcaption>\n</figure>\n'
    )
    return [("Text", text), ("HTML", html), ("JSON-LD", json.dumps(json_ld, ensure_ascii=False, indent=2))]


def _values() -> dict[str, Any]:
    """Return what the form says is wrong, as a correction takes it."""
    form = request.form
    if not form.get("reason", "").strip():
        raise ProblemError("invalid", "Say why it is wrong: a few words are enough.")
    what = form.get("what")
    if what == "rejected":
        return {"rejected": True}
    if what == "kind" and form.get("kind") in QUOTE_KINDS:
        return {"kind": form["kind"]}
    if what == "role":
        return {"role": form.get("role", "").strip() or None}
    if what == "speaker":
        return {"speaker": _speaker(form.get("speaker", ""), form.get("name", "").strip())}
    raise ProblemError("invalid", "Choose what is wrong: the speaker, the role, the kind, or all of it.")


def _speaker(chosen: str, name: str) -> dict[str, Any] | None:
    if chosen == "nobody":
        return None
    if chosen == "other":
        kind = request.form.get("speaker_kind", "person")
        if not name or kind not in SPEAKER_KINDS:
            raise ProblemError("invalid", "Write the name of the speaker who said it.")
        return {"name": name, "kind": kind}
    if not chosen:
        raise ProblemError("invalid", "Choose who said it.")
    return {"id": chosen}


def _corrector() -> str:
    """Return who corrects.

    :raises ProblemError: The token is not valid, or not for corrections.
    """
    token = g.token
    if token is None and not request.form.get("token", "").strip():
        raise ProblemError(
            "scope-needed",
            "A correction needs your token for corrections: ask whoever runs this server for one.",
        )
    if token is None:
        tokens: Tokens = current_app.extensions["quotes-tokens"]
        token = tokens.find(request.form.get("token", "").strip())
    if token is None or not token.is_valid or "correct" not in token.scopes:
        raise ProblemError("scope-needed", "The token is not one for corrections: check it, or ask for one.")
    name: str = token.name
    return name
