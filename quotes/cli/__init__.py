"""The ``quotes`` command. A command only turns options into calls and results into lines.

Data goes to standard output, everything else to standard error. The exit status is 0, 1 if anything could not
be done, 2 for a command line that makes no sense, 130 after Ctrl-C.
"""

from __future__ import annotations

import click

from quotes.cli.browse import browse
from quotes.cli.doctor import doctor
from quotes.cli.explain import explain
from quotes.cli.export import export
from quotes.cli.extract import extract
from quotes.cli.ingest import ingest
from quotes.cli.options import Commands
from quotes.cli.search import search
from quotes.cli.serve import serve
from quotes.cli.show import show
from quotes.cli.speakers import speakers
from quotes.cli.token import token


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    commands=[extract, explain, ingest, search, speakers, show, export, serve, browse, token, doctor],
)
@click.version_option(package_name="quote-tracker", prog_name="quotes")
def main() -> None:
    """Who said what: find every quotation in news text, with its speaker and role, and search them all.

    \b
    Example:
      quotes ingest articles/ --db quotes.db
      quotes search airstrikes --role spokesman
    """
