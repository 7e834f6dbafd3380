"""``quotes token``: who may change what over HTTP."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from quotes.cli.options import db_option, note

# As in quotes.store.tokens, which is not imported for the help alone.
_SCOPES = ("read", "extract", "ingest", "correct")


@click.group(short_help="Make, list and revoke tokens for the server.")
def token() -> None:
    """Make, list and revoke the tokens that callers of "quotes serve" show.

    They are kept as hashes in a file beside the database, and count from the next request on.

    \b
    Example:
      quotes token create "news desk" --scope correct
      quotes token list
    """


@token.command(short_help="Make a token, and show it this once.")
@click.argument("name")
@db_option
@click.option(
    "--scope",
    "scopes",
    type=click.Choice(_SCOPES),
    multiple=True,
    required=True,
    help="What it allows; give it again for more.",
)
@click.option("--days", type=click.IntRange(1, 36500), help="How long it is valid.  [default: until revoked]")
def create(name: str, db: Path, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a token for NAME, who or what will use it, and print it. It cannot be shown again.

    Corrections made with it are signed with NAME.

    \b
    Example:
      quotes token create "news desk" --scope correct --scope ingest --days 90
    """
    from typing import cast

    from quotes.store import Store
    from quotes.store.tokens import Scope, Tokens

    Store.check_path(db)
    lifetime = timedelta(days=days) if days else None
    secret, made = Tokens(db).create(name, cast("tuple[Scope, ...]", scopes), lifetime=lifetime)
    click.echo(secret)
    note(
        f"this is token {made.id}; keep it safe, for it is not shown again. Send it as “Authorization: Bearer …”."
    )


@token.command("list", short_help="List the tokens there are.")
@db_option
def list_tokens(db: Path) -> None:
    """List the tokens there are, revoked ones too: id, name, scopes, since when and until when.

    \b
    Example:
      quotes token list
    """
    from quotes.store import Store
    from quotes.store.tokens import Tokens

    Store.check_path(db)
    for each in Tokens(db).all():
        until = f"revoked {each.revoked:%Y-%m-%d}" if each.revoked else None
        until = until or (f"until {each.expires:%Y-%m-%d}" if each.expires else "until revoked")
        click.echo("\t".join([each.id, each.name, ",".join(each.scopes), f"{each.created:%Y-%m-%d}", until]))


@token.command(short_help="Make a token useless.")
@click.argument("token_id", metavar="ID")
@db_option
def revoke(token_id: str, db: Path) -> None:
    """Make the token of that ID useless from now on.

    \b
    Example:
      quotes token revoke 1f0c9ab2
    """
    from quotes.store import Store
    from quotes.store.tokens import Tokens

    Store.check_path(db)
    revoked = Tokens(db).revoke(token_id)
    note(f"token {revoked.id} ({revoked.name}) is revoked.")
