"""``quotes speakers``: who is quoted, and in what roles."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli.options import db_option, format_option, note


@click.command(short_help="List who is quoted, in what roles, and how often.")
@click.argument("name", nargs=-1)
@db_option
@format_option("table", "jsonl")
def speakers(name: tuple[str, ...], db: Path, form: str) -> None:
    """List the speakers that are quoted, or those of that NAME, or part of a name.

    \b
    Example:
      quotes speakers
      quotes speakers McNulty
    """
    from quotes.jsonform import speaker_to_json
    from quotes.store import Store

    with Store.open(db, mode="ro") as store:
        rows = store.speakers(" ".join(name) or None)
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(speaker_to_json(row), ensure_ascii=False))
    elif rows:
        from quotes.cli.rendering import print_speakers

        print_speakers(rows)
    if not rows:
        note("nobody of that name is quoted here." if name else "nobody is quoted yet; ingest some articles.")
