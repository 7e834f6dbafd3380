"""``quotes doctor``: is everything sound that the other commands rely on?"""

from __future__ import annotations

from pathlib import Path

import click

from quotes.cli.options import db_option


@click.command(short_help="Check the database, SQLite and the trained weights.")
@db_option
@click.pass_context
def doctor(ctx: click.Context, db: Path) -> None:
    """Check the database, the SQLite library and the trained weights; the status is 1 if anything is broken.

    \b
    Example:
      quotes doctor --db quotes.db
    """
    from quotes.checkup import check_all

    verdicts = set()
    for finding in check_all(db):
        verdicts.add(finding.verdict)
        click.echo(f"{finding.verdict:<8} {finding.subject}: {finding.sentence}")
    ctx.exit(1 if "broken" in verdicts else 0)
