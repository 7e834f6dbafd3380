"""``quotes search``: find stored quotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import db_option, filter_options, format_option, note


@click.command(short_help="Find stored quotations by words, speaker, role, kind and date.")
@click.argument("words", nargs=-1)
@db_option
@filter_options
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    help="What comes first.  [default: relevance with words, newest without]",
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@format_option("table", "jsonl")
def search(words: tuple[str, ...], db: Path, sort: Any, limit: int, form: str, **filters: Any) -> None:
    """Find stored quotations that hold all the WORDS, in what was said, who said it or in what role.

    Quotation marks within the words keep a phrase together, a minus takes a word away, a * stands for any
    ending; speaker:, role:, kind:, outlet: and date: do what the options do. Without words, every quotation
    that passes the filters is found.

    \b
    Example:
      quotes search airstrikes --role spokesman
      quotes search '"self-defense" -syria' --kind direct --from 2021-06 --to 2021
      quotes search --speaker "Jessica McNulty"
    """
    from dataclasses import replace

    from quotes.cli.options import query_of
    from quotes.jsonform import row_to_json
    from quotes.store import Store

    query = query_of(" ".join(words), sort=sort, limit=limit, **filters)
    with Store.open(db, mode="ro") as store:
        rows = store.search(replace(query, limit=limit + 1))
    more, rows = len(rows) > limit, rows[:limit]
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row_to_json(row), ensure_ascii=False))
    elif rows:
        from quotes.cli.rendering import print_rows

        print_rows(rows, query.words)
    if more:
        note(f"there are more than these {limit:,}; --limit shows them, quotes export writes them all.")
    if not rows:
        note("no quotation was found; fewer words or filters find more.")
