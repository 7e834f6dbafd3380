"""``quotes browse``: a snapshot of the database in Datasette."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import complain, db_option, note

if TYPE_CHECKING:
    from quotes.store.snapshot import Snapshot

# The next series changes how a snapshot's metadata, and its plugins, are told.
_SERIES = "0.65"


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
    if publish_only:
        published, metadata_path = _publish(db, target, texts=not without_texts)
        note(f"to show them: datasette -i {published.path} -m {metadata_path}")
        return
    if not _datasette_version().startswith(_SERIES):
        complain("Datasette 0.65 is not installed: run “pip install 'quote-tracker[browse]'”, then repeat.")
        ctx.exit(1)

    from quotes.browsing.server import listen, serve

    def on_ready(address: str) -> None:
        note(f"browse them at {address}; stop with Ctrl-C.")
        if in_browser:
            click.launch(address)

    try:
        # Before the snapshot, which may take a minute: a port in use shows at once.
        listener = listen(host, port)
    except OSError as error:
        complain(f"{host}, port {port}: {error.strerror or error}; choose another with --host and --port.")
        ctx.exit(1)
    with listener:
        published, _ = _publish(db, target, texts=not without_texts)
        serve(published, listener, on_ready=on_ready)


def _publish(db: Path, target: Path | None, *, texts: bool) -> tuple[Snapshot, Path]:
    from quotes.browsing.publishing import publish

    published, metadata_path = publish(db, target or db.with_name(f"{db.stem}-snapshot.db"), texts=texts)
    note(f"{published.quotations:,} quotations are published in {published.path}.")
    return published, metadata_path


def _datasette_version() -> str:
    try:
        return version("datasette")
    except PackageNotFoundError:
        return ""
