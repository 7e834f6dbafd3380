"""The command in this process or in one of its own, and a database with four made-up quotations in it."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotes.cli import main
from quotes.model import Article, Quote, Reading, Span, Speaker
from quotes.store import Store

DUARTE = Speaker("Ana Duarte", "person", ("Ana Duarte", "Duarte"), ("mayor of Rivertown",))
WINTER = Speaker("Karl Winter", "person", ("Karl Winter",), ("leader of the opposition", "lawyer"))

TRAM = Article(
    id="tram",
    title="Mayor promises a tram line",
    outlet="The Example Post",
    url="https://example.org/tram",
    published=date(2021, 6, 29),
    text=(
        "The mayor of Rivertown, Ana Duarte, spoke on Monday.\n\n"
        "“We have waited long enough for a tram,” Duarte said. She added that the money was there.\n\n"
        "Karl Winter, leader of the opposition, called the plan “a fairy tale with rails”.\n"
    ),
)
BUDGET = Article(id="budget", text="=SUM(1) is all there is in the budget, they said.\n")


def span(article, text):
    start = article.text.index(text)
    return Span(start, start + len(text), text)


def quote(article, kind, content, cue, source, speaker, role, *, confidence=0.9, said_on=None):
    context = next(line for line in article.text.splitlines() if content in line)
    return Quote(
        kind=kind,
        act="speech",
        contents=(span(article, content),),
        cue=span(article, cue),
        source=span(article, source),
        speaker=speaker,
        role=role,
        confidence=confidence,
        context=span(article, context),
        said_on=said_on,
    )


READINGS = (
    Reading(
        TRAM,
        (
            quote(
                TRAM,
                "direct",
                "“We have waited long enough for a tram,”",
                "said",
                "Duarte",
                DUARTE,
                "mayor of Rivertown",
                said_on=date(2021, 6, 28),
            ),
            quote(TRAM, "indirect", "the money was there", "added", "She", DUARTE, "mayor of Rivertown"),
            quote(
                TRAM,
                "mixed",
                "the plan “a fairy tale with rails”",
                "called",
                "Karl Winter, leader of the opposition,",
                WINTER,
                "leader of the opposition",
            ),
        ),
    ),
    Reading(
        BUDGET,
        (
            quote(
                BUDGET,
                "indirect",
                "=SUM(1) is all there is in the budget",
                "said",
                "they",
                None,
                None,
                confidence=0.2,
            ),
        ),
    ),
)


@pytest.fixture
def run():
    """Run the command in this process; give back its exit code, stdout and stderr."""

    def run_command(*args, stdin=None):
        return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)

    return run_command


@pytest.fixture
def process():
    """Run the command in a process of its own."""

    def run_process(*args, **options):
        return subprocess.run(  # noqa: PLW1510
            [sys.executable, "-m", "quotes", *map(str, args)],
            **{"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 120} | options,
        )

    return run_process


@pytest.fixture
def db(tmp_path):
    """A database with the four quotations."""
    path = tmp_path / "made-up.db"
    with Store.open(path) as store:
        for reading in READINGS:
            store.save(reading, "reader 1")
    return path


@pytest.fixture(autouse=True)
def no_settings(monkeypatch, tmp_path):
    """Keep the tests apart from the developer's own settings and files."""
    for name in list(os.environ):
        if name.startswith("QUOTES_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(filter(None, [str(Path.cwd()), os.environ.get("PYTHONPATH")]))
    )
    monkeypatch.chdir(tmp_path)
