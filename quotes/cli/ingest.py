"""``quotes ingest``: read articles and store what they quote."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import click

from quotes.cli.options import INTERRUPTED, complain, db_option, encoding_option, note
from quotes.errors import ArticleError, QuotesError
from quotes.ingesting import Ingested


@click.command(short_help="Read articles and store their quotations.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@db_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes read at a time. The result is the same for any number.",
)
@encoding_option
@click.pass_context
def ingest(ctx: click.Context, paths: tuple[str, ...], db: Path, workers: int, encoding: str | None) -> None:
    """Read articles and store every quotation, with its speaker and role, in a database.

    PATH is what FILE is for "quotes extract": text, HTML or JSON Lines files, folders of them, or -. An
    article that is stored already, unchanged, is not read again; a changed one takes the place of what was
    there. Stop it at any moment: what was finished is kept, and the same command does the rest.

    \b
    Example:
      quotes ingest articles/ --db quotes.db
      quotes ingest 2021.jsonl.gz 2022.jsonl.gz --workers 4
    """
    from tqdm import tqdm

    from quotes.ingesting import ingest as ingest_articles
    from quotes.reading import read_articles
    from quotes.store import Store

    started = time.monotonic()
    counts: Counter[str] = Counter()
    status = 0
    with (
        Store.open(db) as store,
        tqdm(
            total=_total(paths),
            unit=" articles",
            disable=not sys.stderr.isatty(),
            leave=False,
            dynamic_ncols=True,
        ) as bar,
    ):

        def on_error(error: ArticleError) -> None:
            counts["failed"] += 1
            with bar.external_write_mode(sys.stderr):
                complain(str(error))

        def on_note(sentence: str) -> None:
            with bar.external_write_mode(sys.stderr):
                note(sentence)

        def on_article(ingested: Ingested) -> None:
            counts[ingested.outcome] += 1
            counts["quotes"] += ingested.quotes
            bar.update()

        articles = read_articles(paths, encoding=encoding, on_error=on_error, on_note=on_note)
        try:
            ingest_articles(articles, store, workers=workers, on_article=on_article, on_error=on_error)
        except QuotesError as error:
            bar.close()
            complain(str(error))
            status = 1
        except KeyboardInterrupt:
            bar.close()
            click.echo("Stopped; what was finished is kept, and the same command does the rest.", err=True)
            status = INTERRUPTED
    click.echo(_summary(counts, db, time.monotonic() - started), err=True)
    ctx.exit(status or (1 if counts["failed"] else 0))


def _total(paths: tuple[str, ...]) -> int | None:
    """Return how many articles there will be, where the files' names tell and somebody watches."""
    from quotes.reading import find_files, holds_one_article

    if not sys.stderr.isatty():
        return None
    files = list(find_files(paths, on_error=lambda _: None))
    return len(files) if all(map(holds_one_article, files)) else None


def _summary(counts: Counter[str], db: Path, seconds: float) -> str:
    parts = [f"{counts[outcome]:,} {outcome}" for outcome in ("added", "updated", "unchanged")]
    if counts["failed"]:
        parts.append(f"{counts['failed']:,} left out")
    quotations = "1 quotation" if counts["quotes"] == 1 else f"{counts['quotes']:,} quotations"
    return f"{db}: {', '.join(parts)}; {quotations} read in {seconds:.1f} s."
