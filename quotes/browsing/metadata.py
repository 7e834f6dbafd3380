"""All that Datasette is told about a snapshot."""

from __future__ import annotations

from html import escape
from typing import Any

from quotes.browsing.addresses import tilde_encoded
from quotes.browsing.charts import DASHBOARD, dashboards
from quotes.browsing.descriptions import TABLES
from quotes.browsing.questions import QUESTIONS
from quotes.store.snapshot import Snapshot

_TITLE = "Who said what"
_LICENSE = "Quotations and articles remain their speakers’ and publishers’"
_SOURCE = "News articles; each row names its own"
_BIG = 100_000


def database_name(snapshot: Snapshot) -> str:
    """Return what Datasette calls the snapshot: its file's name without the ending."""
    return snapshot.path.stem


def metadata(snapshot: Snapshot, *, charts: bool = False) -> dict[str, Any]:
    """Return Datasette's metadata for a snapshot: titles, descriptions, facets and questions.

    :param charts: Whether the plugin datasette-dashboards is there to show charts.
    """
    name = database_name(snapshot)
    notes = {"license": _LICENSE, "source": _SOURCE}
    return {
        "title": _TITLE,
        "description_html": _front_page(snapshot, name, charts=charts),
        **notes,
        "databases": {
            name: {
                "title": _TITLE,
                "description_html": _summary(snapshot),
                **notes,
                "tables": TABLES,
                "queries": QUESTIONS,
            }
        },
        **({"plugins": {"datasette-dashboards": dashboards(name)}} if charts else {}),
    }


def settings(snapshot: Snapshot, *, public: bool) -> dict[str, Any]:
    """Return Datasette's settings for a snapshot.

    :param public: Whether others than this machine's users can reach it: then without SQL of their own, which
        can keep a server busy, and without the file itself.
    """
    return {
        # A facet may take as long as a page; by itself its limit would be cut by the other one.
        "sql_time_limit_ms": 5000,
        "facet_time_limit_ms": 5000,
        "suggest_facets": snapshot.quotations <= _BIG,
        "truncate_cells_html": 600,
        "max_returned_rows": 1000,
        "max_csv_mb": 100,
        "default_cache_ttl": 60,
        "default_allow_sql": not public,
        "allow_download": not public,
    }


def _summary(snapshot: Snapshot) -> str:
    day = snapshot.taken[:16].replace("T", " ")
    return (
        f"<p>{snapshot.quotations:,} quotations of {snapshot.speakers:,} speakers in {snapshot.articles:,} "
        f"articles, as of {escape(day)} UTC. They were found by a program, which errs: check a quotation "
        "against its article before you rely on it.</p>"
    )


def _front_page(snapshot: Snapshot, name: str, *, charts: bool) -> str:
    path = f"/{tilde_encoded(name)}"
    entries = [
        (f"{path}/who_said_what", "All quotations", "Search, filter and count them."),
        *(
            (f"{path}/{question}", about["title"], about["description"])
            for question, about in QUESTIONS.items()
        ),
    ]
    if charts:
        entries.append(
            (f"/-/dashboards/{DASHBOARD}", "Charts", "Who gets quoted, in what role, when and where.")
        )
    items = "".join(
        f'<dt><a href="{escape(address)}">{escape(title)}</a></dt><dd>{escape(description)}</dd>'
        for address, title, description in entries
    )
    form = _FORM.format(path=escape(path))
    return f'{_summary(snapshot)}{form}<dl class="questions">{items}</dl>'


_FORM = """
<form class="question" action="{path}/who_said" method="get">
<p><label for="words">Who said</label><input type="text" id="words" name="words" maxlength="4000" required></p>
<p><input type="submit" value="Ask"></p>
</form>
<form class="question" action="{path}/what_did_they_say" method="get">
<p><label for="speaker">What did</label><input type="text" id="speaker" name="speaker" maxlength="4000" required></p>
<p><label for="about">say about</label><input type="text" id="about" name="words" maxlength="4000"></p>
<p><input type="submit" value="Ask"></p>
</form>
"""
