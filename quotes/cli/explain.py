"""``quotes explain``: read articles and print why each quotation has its speaker."""

from __future__ import annotations

import json

import click

from quotes.cli.options import encoding_option, files_argument, named_articles


@click.command(short_help="Print why each quotation has its speaker; store nothing.")
@files_argument
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each quotation, one a line.")
@encoding_option
@click.pass_context
def explain(ctx: click.Context, files: tuple[str, ...], as_json: bool, encoding: str | None) -> None:
    """Print of every quotation why it has its speaker, role and confidence, and who else it could be.

    FILE is what it is for "quotes extract": text, HTML or JSON Lines files, folders of them, or -. Scores are
    probabilities; a speaker less likely than the threshold is left open. The words that led to a name or a
    role are shown where they stand, with their line and their characters in the article's text.

    \b
    Example:
      quotes explain article.txt
      quotes explain articles.jsonl.gz --json > reasons.jsonl
      pbpaste | quotes explain -
    """
    # Commands import what is slow only when they run, so that help is quick.
    from quotes.explaining import explanation_to_json
    from quotes.pipeline.evidence import explain as explain_articles

    with named_articles(ctx, files, encoding) as articles:
        explained = explain_articles(articles)
        if as_json:
            for each in explained:
                for explanation in each.explanations:
                    line = explanation_to_json(each.article, explanation)
                    click.echo(json.dumps(line, ensure_ascii=False))
        else:
            from quotes.cli.reasons import print_explanations

            print_explanations(explained)
