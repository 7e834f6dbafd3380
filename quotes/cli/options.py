"""What the commands have in common: options, and the one place where an error becomes a line and a status."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from quotes.errors import ArticleError, QuotesError
from quotes.model import QUOTE_KINDS, Article
from quotes.settings import Settings

if TYPE_CHECKING:
    from quotes.store import QuoteQuery

_Command = TypeVar("_Command", bound=Callable[..., Any])

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""The last two ranges turn the direction of writing, so that what is shown is not what is there."""

INTERRUPTED = 130
PIPE_CLOSED = 141


class Commands(click.Group):
    """A group in whose commands a user's mistake is one line on standard error, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which one comes to need them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and end with the exit status that fits what happened."""
        if sys.stdout is None:
            complain("Standard output is closed: there is nowhere to print the answer.")
            ctx.exit(1)
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except QuotesError as error:
            complain(str(error))
            ctx.exit(1)
        except BrokenPipeError:
            leave_pipe()
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            # Standard output on a full disk, for one.
            complain(f"{error.filename or 'standard output'}: {error.strerror or error}.")
            ctx.exit(1)
        return result


def complain(sentence: str) -> None:
    """Print what is wrong to standard error."""
    click.echo(f"Error: {printable(sentence)}", err=True)


def note(sentence: str) -> None:
    """Print to standard error what is worth knowing, but nothing wrong."""
    click.echo(f"Note: {printable(sentence)}", err=True)


def printable(text: str) -> str:
    """Return the text with a replacement character for each one that a terminal would obey, not show."""
    return _CONTROL.sub("\ufffd", text)


def leave_pipe() -> NoReturn:
    """End quietly, as other programs do when whoever reads their output has seen enough."""
    # What is still in the buffer would be written, and fail once more, at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(PIPE_CLOSED)


def db_option(command: _Command) -> _Command:
    """Add ``--db``."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default=lambda: Settings.from_env().db,
        show_default="quotes.db, or $QUOTES_DB",
        help="The database.",
    )(command)


def files_argument(command: _Command) -> _Command:
    """Add ``FILE…``, the articles to read; :func:`named_articles` reads them."""
    return click.argument(
        "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True)
    )(command)


@contextmanager
def named_articles(
    ctx: click.Context, files: Iterable[str], encoding: str | None
) -> Iterator[Iterator[Article]]:
    """Give the articles of some files, and leave with exit status 1 if one of them could not be read.

    What is wrong with a file is printed as soon as it is met; the others are read all the same.
    """
    from quotes.reading import read_articles

    failures = 0

    def on_error(error: ArticleError) -> None:
        nonlocal failures
        failures += 1
        complain(str(error))

    yield read_articles(files, encoding=encoding, on_error=on_error, on_note=note)
    if failures:
        ctx.exit(1)


def encoding_option(command: _Command) -> _Command:
    """Add ``--encoding``."""
    return click.option(
        "--encoding",
        metavar="NAME",
        help="What the files are in, such as windows-1252.  [default: UTF-8, or what a web page declares]",
    )(command)


def format_option(*choices: str) -> Callable[[_Command], _Command]:
    """Add ``--format`` with these choices, the first of them the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="How to print them.",
    )


_FILTERS = (
    click.option("--speaker", metavar="NAME", help="Said by a speaker of that name, or part of a name."),
    click.option("--role", metavar="WORDS", help="Said in a role with these words in it."),
    click.option("--kind", type=click.Choice(QUOTE_KINDS), help="How it is quoted."),
    click.option("--outlet", metavar="NAME", help="Published there."),
    click.option("--article", metavar="ID", help="In that article."),
    click.option(
        "--from", "date_from", metavar="DATE", help="Said, or else published, on that day or later."
    ),
    click.option("--to", "date_to", metavar="DATE", help="On that day or earlier; 2021 and 2021-06 will do."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), help="At least so certain."),
)


def filter_options(command: _Command) -> _Command:
    """Add the options that narrow a search down; :func:`query_of` takes their values."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def query_of(words: str, *, date_from: str | None, date_to: str | None, **fields: Any) -> QuoteQuery:
    """Return the query that a command line asks for.

    :raises QueryError: It makes no sense, for instance a date that is none.
    """
    from quotes.dates import parse_from, parse_to
    from quotes.searching import query_from

    return query_from(
        words,
        date_from=parse_from(date_from) if date_from else None,
        date_to=parse_to(date_to) if date_to else None,
        **fields,
    )
