"""Questions ready to be asked of a snapshot, as Datasette's canned queries.

``escape_fts`` turns what a visitor types into a full-text expression, every word of it quoted. It comes with
Datasette, so a snapshot can be shown without this package too; :mod:`quotes.browsing.plugin` puts one in its
place that knows operators. Visitors' words reach SQL as bound values alone.
"""

from __future__ import annotations

from typing import Any

_SHOWN = 200


def _match(index: str, column: str, value: str) -> str:
    # Column filters keep a search for words from finding speakers. An empty phrase matches nothing, and is
    # no mistake of syntax as nothing at all would be.
    return f"""
    {index} match case trim({value}) when '' then '""'
        else '{{{column}}} : (' || escape_fts({value}) || ')' end"""


_BY_NAME = f"""speaker_id in (
    select speaker_id from speakers_fts join speakers_quoted on speakers_quoted.number = speakers_fts.rowid
    where {_match("speakers_fts", "names", ":speaker").strip()}
  )"""

QUESTIONS: dict[str, dict[str, Any]] = {
    "who_said": {
        "title": "Who said it?",
        "description": (
            "Quotations with these words in them, the best matches first. “…” keeps words together, a minus "
            "leaves out, * stands for any ending."
        ),
        "labels": {"words": "Words"},
        "params": ["words"],
        "required": ["words"],
        "hide_sql": True,
        "limit": _SHOWN,
        "sql": f"""
select said.who, said.role, snippet(quotes_fts, 0, '⟦', '⟧', '…', 48) as what, said.kind, said.date,
  said.outlet, said.title, said.url, said.confidence, said.id, said.speaker_id
from quotes_fts join who_said_what as said on said.number = quotes_fts.rowid
where {_match("quotes_fts", "what", ":words").strip()}
order by bm25(quotes_fts), said.number
limit {_SHOWN}
""".strip(),
    },
    "what_did_they_say": {
        "title": "What did they say?",
        "description": (
            "Everything said by speakers of this name, the latest first; with words, only what has them in it."
        ),
        "labels": {"speaker": "Name, or part of a name", "words": "Words (or leave it empty)"},
        "params": ["speaker", "words"],
        "required": ["speaker"],
        "hide_sql": True,
        "limit": _SHOWN,
        "sql": f"""
select date, who, role, what, kind, outlet, title, url, confidence, id, speaker_id
from who_said_what
where {_BY_NAME}
  and (trim(:words) = '' or number in (
    select rowid from quotes_fts where {_match("quotes_fts", "what", ":words").strip()}
  ))
order by date desc, number
limit {_SHOWN}
""".strip(),
    },
    "same_words_in_several_outlets": {
        "title": "The same words in several outlets",
        "description": (
            "Statements of four words or more that at least two outlets printed, case and marks aside, the most "
            "printed first. The last column leads to all of its quotations."
        ),
        "labels": {"at_least": "At least so many outlets (2 if empty)"},
        "params": ["at_least"],
        "hide_sql": True,
        "limit": _SHOWN,
        "sql": f"""
select what, said_by, outlets, articles, first, last, number as same_words
from same_words
where outlets >= max(2, cast(:at_least as integer))
order by outlets desc, articles desc, number
limit {_SHOWN}
""".strip(),
    },
    "speakers_to_review": {
        "title": "Unresolved speakers to review",
        "description": (
            "Quotations whose speaker the article did not name clearly enough, the surest first: source has its "
            "words for the sayer. “quotes serve” takes corrections."
        ),
        "labels": {"outlet": "Outlet (or leave it empty)"},
        "params": ["outlet"],
        "hide_sql": True,
        "limit": _SHOWN,
        "sql": f"""
select source, cue, what, context, date, outlet, title, url, confidence, id
from who_said_what
where who is null and (trim(:outlet) = '' or outlet = trim(:outlet))
order by confidence desc, date desc, number
limit {_SHOWN}
""".strip(),
    },
    "roles_over_time": {
        "title": "The roles of a speaker over time",
        "description": "In what roles articles put speakers of this name, when first and when last.",
        "labels": {"speaker": "Name, or part of a name"},
        "params": ["speaker"],
        "required": ["speaker"],
        "hide_sql": True,
        "limit": _SHOWN,
        "sql": f"""
select who, role, min(date) as first, max(date) as last, count(*) as articles,
  count(distinct outlet) as outlets, speaker_id
from roles_held
where {_BY_NAME}
group by speaker_id, role
order by who, speaker_id, first, last, role
limit {_SHOWN}
""".strip(),
    },
    "corrections": {
        "title": "Corrections",
        "description": "What people corrected in what was read: who, when, why, and whether it was taken back.",
        "labels": {"words": "Words of the quotation, the reason or a name (or leave it empty)"},
        "params": ["words"],
        "hide_sql": True,
        "limit": _SHOWN,
        "sql": f"""
select at, field, before, value, reason, corrected_by, what, undone_at, undone_by, quote_id
from corrections_made
where trim(:words) = '' or instr(lower(concat_all), lower(trim(:words))) > 0
order by at desc, id
limit {_SHOWN}
""".strip().replace("concat_all", "what || ' ' || reason || ' ' || corrected_by || ' ' || ifnull(value, '')"),
    },
    "who_gets_quoted": {
        "title": "Who gets quoted?",
        "description": "The share of named and unnamed people, organizations and documents, year by year.",
        "hide_sql": True,
        "sql": """
select year, ifnull(who_kind, 'not clear') as who, count(*) as quotations,
  round(100.0 * count(*) / sum(count(*)) over (partition by year), 1) as percent_of_year,
  round(100.0 * sum(kind = 'direct') / count(*), 1) as percent_direct
from who_said_what
group by year, who_kind
order by year desc, quotations desc
""".strip(),
    },
}
