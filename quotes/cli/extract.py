"""``quotes extract``: read articles and print what they quote; nothing is stored."""

from __future__ import annotations

import json

import click

from quotes.cli.options import encoding_option, files_argument, format_option, named_articles


@click.command(short_help="Print every quotation in some articles; store nothing.")
@files_argument
@format_option("jsonl", "table")
@encoding_option
@click.pass_context
def extract(ctx: click.Context, files: tuple[str, ...], form: str, encoding: str | None) -> None:
    """Print every quotation in some articles, with its speaker, role and place in the text.

    FILE is a .txt or .html file, a .jsonl or .jsonl.gz file with an article a line ("text", and optionally
    "id", "title", "url", "outlet", "author", "published"), a folder of these, or - for standard input. A line
    of output is an article: one JSON object with its quotations. Offsets count characters (Unicode code
    points) in the article's text.

    \b
    Example:
      quotes extract article.txt --format table
      quotes extract articles.jsonl.gz > quotations.jsonl
      pbpaste | quotes extract - --format table
    """
    # Commands import what is slow only when they run, so that help is quick.
    from quotes.jsonform import reading_to_json
    from quotes.pipeline import read

    with named_articles(ctx, files, encoding) as articles:
        readings = read(articles)
        if form == "table":
            from quotes.cli.rendering import print_readings

            print_readings(readings)
        else:
            for reading in readings:
                click.echo(json.dumps(reading_to_json(reading), ensure_ascii=False))
