"""``quotes browse``: a snapshot of the database in Datasette."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from quotes.cli.options import complain, db_option, note


@click.command(short_help="Browse a snapshot of the database in Datasette.")
@db_option
@click.option(
    "--snapshot",
    "target",
    type=click.Path(path_type=Path),
    show_default="the database’s name with -snapshot",
    help="The file to publish to.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 is any.")
@click.option("--publish-only", is_flag=True, help="Write the snapshot and its metadata, and stop.")
@click.option(
    "--without-texts", is_flag=True, help="Leave out the articles’ texts, which may not be yours to show."
)
@click.option("--open", "in_browser", is_flag=True, help="Open the web browser too.")
@click.pass_context
def browse(
    ctx: click.Context,
    db: Path,
    target: Path | None,
    host: str,
    port: int,
    publish_only: bool,
    without_texts: bool,
    in_browser: bool,
) -> None:
    """Publish a snapshot of the database and browse it in Datasette: tables, facets, search, questions, charts.

    The snapshot takes the place of the last one when it is whole and checked; an ingest may run meanwhile. What
    is ingested later shows after the next "quotes browse". Beside it stands what Datasette is told about it, so
    that it can be shown elsewhere. Where others can reach the server, they can neither run SQL of their own nor
    take the file. Stop it with Ctrl-C.

    \b
    Example:
      quotes browse --db quotes.db
      quotes browse --publish-only --snapshot public/quotes.db --without-texts
    """
    if not publish_only and find_spec("datasette") is None:
        complain("Datasette is not installed: run “pip install 'quote-tracker[browse]'”, then repeat.")
        ctx.exit(1)

    from quotes.browsing.publishing import publish

    published, metadata_path = publish(
        db, target or db.with_name(f"{db.stem}-snapshot.db"), texts=not without_texts
    )
    note(f"{published.quotations:,} quotations are published in {published.path}.")
    if publish_only:
        note(f"to show them: datasette -i {published.path} -m {metadata_path}")
        return

    from quotes.browsing.server import serve

    def on_ready(address: str) -> None:
        note(f"browse them at {address}; stop with Ctrl-C.")
        if in_browser:
            click.launch(address)

    try:
        serve(published, host=host, port=port, on_ready=on_ready)
    except OSError as error:
        complain(f"{host}, port {port}: {error.strerror or error}; choose another with --host and --port.")
        ctx.exit(1)
