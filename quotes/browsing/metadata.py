"""All that Datasette is told about a snapshot."""

from __future__ import annotations

from html import escape
from typing import Any

from quotes.browsing.charts import dashboards
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


def metadata(snapshot: Snapshot) -> dict[str, Any]:
    """Return Datasette's metadata for a snapshot: titles, descriptions, facets, questions and charts."""
    name = database_name(snapshot)
    notes = {"license": _LICENSE, "source": _SOURCE}
    return {
        "title": _TITLE,
        "description_html": _front_page(snapshot, name),
        **notes,
        "databases": {
            name: {
                "title": _TITLE,
                "description_html": _summary(snapshot),
                **notes,
                "tables": TABLES | {"_sqlite_migrations": {"hidden": True}},
                "queries": QUESTIONS,
            }
        },
        "plugins": {"datasette-dashboards": dashboards(name)},
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


def _front_page(snapshot: Snapshot, name: str) -> str:
    path = _tilde_encoded(name)
    items = "".join(
        f'<li><a href="/{path}/{question}">{escape(about["title"])}</a></li>'
        for question, about in QUESTIONS.items()
    )
    everything = f'<li><a href="/{path}/who_said_what">Search and filter all quotations</a></li>'
    return f"{_summary(snapshot)}<ul>{everything}{items}</ul>"


def _tilde_encoded(name: str) -> str:
    # As Datasette writes names in its addresses.
    plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    return "".join(
        chr(byte) if chr(byte) in plain else "+" if byte == 32 else f"~{byte:02X}" for byte in name.encode()
    )
