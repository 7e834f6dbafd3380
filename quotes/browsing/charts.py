"""Charts of a snapshot, for the plugin datasette-dashboards.

Only its Vega-Lite charts: its tables and figures put a database's text into the page as HTML, and text from
articles is not to be trusted so far.
"""

from __future__ import annotations

from typing import Any

DASHBOARD = "who-gets-quoted"
"""The name of the page with the charts, in its address."""

_COUNT = {"field": "quotations", "type": "quantitative", "title": "quotations"}


def _bars(field: str, title: str) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "tooltip": True, "color": "#3d6c9e"},
        "encoding": {"x": _COUNT, "y": {"field": field, "type": "nominal", "sort": "-x", "title": title}},
    }


def _columns(field: str, title: str, colour: str, colours: str) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": {"field": field, "type": "ordinal", "title": title},
            "y": _COUNT,
            "color": {"field": colour, "type": "nominal", "title": colours, "scale": {"scheme": "tableau10"}},
        },
    }


_CHARTS: dict[str, dict[str, Any]] = {
    "by-month": {
        "title": "Quotations by month, the last 36 months that have any",
        "query": """
            select substr(date, 1, 7) as month, kind, count(*) as quotations from who_said_what
            where date >= (
                select min(month) from (
                    select distinct substr(date, 1, 7) as month from who_said_what
                    where date is not null order by month desc limit 36
                )
            )
            group by month, kind
        """,
        "display": _columns("month", "month", "kind", "kind"),
    },
    "most-quoted": {
        "title": "The most quoted people and organizations",
        "query": """
            select who, sum(quotations) as quotations from speakers_quoted
            where kind in ('person', 'organization') group by who order by quotations desc limit 20
        """,
        "display": _bars("who", "speaker"),
    },
    "sources": {
        "title": "Kinds of source by year",
        "query": """
            select year, ifnull(replace(who_kind, '_', ' '), 'not clear') as source, count(*) as quotations
            from who_said_what where year is not null group by year, who_kind
        """,
        "display": _columns("year", "year", "source", "kind of source"),
    },
    "roles": {
        "title": "The roles most quoted",
        "query": """
            select role, count(*) as quotations from who_said_what where role is not null
            group by role order by quotations desc limit 20
        """,
        "display": _bars("role", "role"),
    },
    "outlets": {
        "title": "Outlets",
        "query": """
            select outlet, count(*) as quotations from who_said_what where outlet is not null
            group by outlet order by quotations desc limit 20
        """,
        "display": _bars("outlet", "outlet"),
    },
}


def dashboards(database: str) -> dict[str, Any]:
    """Return the dashboards for a database of that name."""
    charts = {
        name: {**chart, "query": " ".join(chart["query"].split()), "db": database, "library": "vega-lite"}
        for name, chart in _CHARTS.items()
    }
    return {
        DASHBOARD: {
            "title": "Who gets quoted",
            "description": "Counted in the quotations of this snapshot. Each title leads to its chart alone.",
            "layout": [["by-month", "by-month"], ["most-quoted", "roles"], ["sources", "outlets"]],
            "charts": charts,
        }
    }
