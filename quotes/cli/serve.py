"""``quotes serve``: answer questions over HTTP."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quotes.cli.options import complain, db_option, note


@click.command(short_help="Serve the database over HTTP: pages and a REST API.")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any.")
@click.option(
    "--read-only", is_flag=True, help="Take no changes; any number of such servers can share a file."
)
@click.option("--private", is_flag=True, help="Ask for a token for reading too.")
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=6,
    show_default=True,
    help="How many requests are answered at a time.",
)
@click.option(
    "--rate-limit",
    type=click.IntRange(1),
    default=1200,
    show_default=True,
    help="Requests a minute from one address; a token is allowed five times as many.",
)
@click.option(
    "--trusted-proxy", metavar="ADDRESS", help="A reverse proxy that tells where requests come from."
)
@click.pass_context
def serve(
    ctx: click.Context,
    db: Path,
    host: str,
    port: int,
    read_only: bool,
    private: bool,
    threads: int,
    rate_limit: int,
    trusted_proxy: str | None,
) -> None:
    """Serve the database over HTTP: pages to search and read, and a REST API to export and correct it too.

    Reading is open to whoever can reach the server; for changes, make a token with "quotes token create".
    Stop it with Ctrl-C or SIGTERM: requests under way are finished first. The log, on standard error, is a
    line of JSON a request.

    \b
    Example:
      quotes serve --db quotes.db --port 8000
      curl 'localhost:8000/api/v1/quotes?q=strikes&kind=direct'
    """
    from api import Settings
    from api.logs import log_to
    from api.server import serve as serve_forever

    settings = Settings(
        db=db,
        read_only=read_only,
        private=private,
        requests_per_minute=rate_limit,
        token_requests_per_minute=5 * rate_limit,
    )

    def on_ready(address: str) -> None:
        note(
            f"serving {db} at {address}/ (pages) and {address}/api/v1/quotes; {address}/docs shows what else there is."
        )

    log_to(sys.stderr)
    try:
        serve_forever(
            settings, host=host, port=port, threads=threads, trusted_proxy=trusted_proxy, on_ready=on_ready
        )
    except OSError as error:
        complain(f"{host}, port {port}: {error.strerror or error}; choose another with --host and --port.")
        ctx.exit(1)
