"""``quotes show``: one quotation, where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quotes.cli.options import db_option, format_option


@click.command(short_help="Show one quotation highlighted in its paragraph.")
@click.argument("quote_id", metavar="ID")
@db_option
@format_option("text", "json")
def show(quote_id: str, db: Path, form: str) -> None:
    """Show the quotation of that ID highlighted in its paragraph, with all that is known about it.

    Search and export print the ids. Check a quotation here, or in its source, before you rely on it.

    \b
    Example:
      quotes show pgxu4f2mzk3tbq7a
    """
    from quotes.store import Store

    with Store.open(db, mode="ro") as store:
        row = store.quote(quote_id)
        article = store.article(row.article.id)
    if form == "json":
        from quotes.jsonform import row_to_json

        click.echo(json.dumps(row_to_json(row), ensure_ascii=False, indent=2))
    else:
        from quotes.cli.rendering import print_quote

        print_quote(row, article)
