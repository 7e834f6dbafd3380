"""``quotes export``: stored quotations for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from quotes.cli.options import db_option, filter_options, format_option


@click.command(short_help="Write stored quotations as CSV, JSON or JSON Lines.")
@click.argument("words", nargs=-1)
@db_option
@filter_options
@format_option("csv", "json", "jsonl")
def export(words: tuple[str, ...], db: Path, form: str, **filters: Any) -> None:
    """Write every stored quotation, or those that a search for the WORDS would find, to standard output.

    In CSV, a cell that a spreadsheet would take for a formula is preceded by an apostrophe.

    \b
    Example:
      quotes export --format csv > quotations.csv
      quotes export climate --from 2021 --format jsonl | head
    """
    from quotes.cli.options import query_of
    from quotes.exporting import WRITERS
    from quotes.store import Store

    query = query_of(" ".join(words), **filters)
    with Store.open(db, mode="ro") as store:
        WRITERS[form](store.export(query), sys.stdout)
