"""How long each page takes to come, and how large it is, from a server over a database as large as wanted.

::

    python -m benchmarks.generate big.db --quotations 1000000
    python -m benchmarks.pages big.db

The questions are drawn from the database, with a fixed seed, and each is asked once, by one client on a connection
that stays open, by words that no other line asks for: what a server remembers of a question before does not help. Only
the templates are there already. Words are drawn as often as they are said; the common words are the 240 that are said
most, every eighth for each line. A next page is one of the four after the first.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from api import Settings, create_app
from api.server import listen
from quotes.model import QUOTE_KINDS

_SEED = 3
_EACH = 30
_LINES = 8
_DEEP = 4
_FOLLOWED = ("search, all", "a word", "a common word", "newest first", "by speaker", "an outlet")


def main() -> None:
    """Print a table of the pages' times and sizes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("db", type=Path)
    db = parser.parse_args().db
    settings = Settings(db, read_only=True, requests_per_minute=1_000_000)
    server = listen(create_app(settings), settings)
    threading.Thread(target=server.run, daemon=True).start()
    table = Table("page", "asked", "median ms", "slowest ms", "largest kB")
    with closing(HTTPConnection("127.0.0.1", server.effective_port)) as connection:
        for address in ("/?q=nowherefound", "/speakers?q=nowherefound", "/sources?outlet=nowhere"):
            ask(connection, address)
        for name, addresses in questions(db):
            table.add_row(*row(name, [ask(connection, address) for address in addresses]))
            follow = [address for address in addresses if name.endswith(_FOLLOWED)][: _EACH // 4]
            if follow:
                table.add_row(
                    *row(
                        f"{name}: next pages",
                        [each for address in follow for each in next_pages(connection, address)],
                    )
                )
    Console().print(table)


def row(name: str, asked: Sequence[tuple[float, bytes]]) -> list[str]:
    """Return a line of the table for what was asked: each time in milliseconds, and the page."""
    times = [time_ms for time_ms, _ in asked] or [0.0]
    figures = (statistics.median(times), max(times), max((len(page) for _, page in asked), default=0) / 1000)
    return [name, str(len(asked)), *(f"{figure:.1f}" for figure in figures)]


def ask(connection: HTTPConnection, address: str) -> tuple[float, bytes]:
    """Return how long a page took, in milliseconds, and the page."""
    start = time.perf_counter()
    connection.request("GET", address, headers={"Accept": "text/html"})
    response = connection.getresponse()
    page = response.read()
    if response.status != 200:
        raise SystemExit(f"{address} answered {response.status}.")
    return (time.perf_counter() - start) * 1000, page


def next_pages(connection: HTTPConnection, address: str) -> Iterator[tuple[float, bytes]]:
    """Yield how long each of the next pages took, and the page."""
    _, page = ask(connection, address)
    for _ in range(_DEEP):
        following = re.search(rb'rel="next" class="go" href="([^"]*)"', page)
        if following is None:
            break
        time_ms, page = ask(connection, unescape(following[1].decode()))
        yield time_ms, page


def questions(db: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what each line of the table asks: addresses, no two alike."""
    draw = random.Random(_SEED)
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as conn:
        last = conn.execute("SELECT max(number) FROM quotes").fetchone()[0]
        rows = [
            conn.execute(
                """
                SELECT quotes.text, quotes.id, speakers.id, speakers.name FROM quotes
                LEFT JOIN speakers ON speakers.number = quotes.speaker WHERE quotes.number >= ? LIMIT 1
                """,
                (draw.randint(1, last),),
            ).fetchone()
            for _ in range(6 * _EACH)
        ]
        outlets = [row[0] for row in conn.execute("SELECT DISTINCT outlet FROM articles LIMIT ?", (_EACH,))]
        roles = [
            row[0]
            for row in conn.execute("SELECT name FROM roles ORDER BY number % 101, number LIMIT ?", (_EACH,))
        ]
        said = conn.execute(
            "SELECT text FROM quotes WHERE number % ? = 1", (max(1, last // 2000),)
        ).fetchall()
    words = list(dict.fromkeys(_bare(draw.choice(row[0].split())) for row in rows))
    common = [
        word
        for word, _ in Counter(_bare(word) for (text,) in said for word in text.split()).most_common(
            _LINES * _EACH
        )
    ]
    speakers = list({row[2]: row[3] for row in rows if row[2]}.items())[:_EACH]

    def search(**params: str) -> str:
        return f"/?{urlencode(params)}"

    years = {"from": "2016", "to": "2019"}
    yield "search, all", ["/"]
    yield "search, oldest first", ["/?sort=oldest"]
    yield "search, all, by speaker", ["/?group=speaker"]
    yield "search, a word", [search(q=word) for word in words[:_EACH]]
    yield "search, two words", [search(q=" ".join(row[0].split()[2:4])) for row in rows[:_EACH]]
    yield "search, a phrase", [search(q=f'"{" ".join(row[0].split()[2:4])}"') for row in rows[:_EACH]]
    yield "search, a word, newest first", [search(q=word, sort="newest") for word in words[_EACH : 2 * _EACH]]
    yield (
        "search, a word, oldest first",
        [search(q=word, sort="oldest") for word in words[2 * _EACH : 3 * _EACH]],
    )
    yield (
        "search, a word, kind and years",
        [search(**{"q": word, "kind": "direct"} | years) for word in words[:_EACH]],
    )
    yield (
        "search, a word, by speaker",
        [search(q=word, group="speaker") for word in words[3 * _EACH :][:_EACH]],
    )
    lines = iter([common[line::_LINES] for line in range(_LINES)])
    yield "search, a common word", [search(q=word) for word in next(lines)]
    yield "search, a common word, newest first", [search(q=word, sort="newest") for word in next(lines)]
    yield "search, a common word, oldest first", [search(q=word, sort="oldest") for word in next(lines)]
    yield "search, a common word, a kind", [search(q=word, kind="mixed") for word in next(lines)]
    yield "search, a common word, years", [search(**{"q": word} | years) for word in next(lines)]
    yield (
        "search, a common word, a speaker",
        [search(q=word, speaker=who) for word, (who, _) in zip(next(lines), speakers, strict=False)],
    )
    by_role = zip(common[3:], roles, strict=False)
    yield "search, a common word, a role", [search(q=word, role=role) for word, role in by_role]
    by_outlet = zip(next(lines), outlets, strict=False)
    yield (
        "search, a common word, an outlet",
        [search(q=word, outlet=outlet) for word, outlet in by_outlet if outlet],
    )
    yield "search, a common word, by speaker", [search(q=word, group="speaker") for word in next(lines)]
    yield "search, a name", [search(q=name) for _, name in speakers]
    yield "search, a speaker", [search(speaker=speaker_id) for speaker_id, _ in speakers]
    yield "search, a role", [search(role=role) for role in roles]
    yield "search, an outlet", [search(outlet=outlet) for outlet in outlets if outlet]
    yield (
        "search, an outlet and a kind",
        [search(outlet=outlet, kind="mixed", sort="oldest") for outlet in outlets if outlet],
    )
    yield "search, a year", [search(**{"from": f"{year}", "to": f"{year}"}) for year in range(2014, 2024)]
    yield "search, a kind", [search(kind=kind) for kind in QUOTE_KINDS]
    yield "search, nothing found", [search(q=word, outlet="nowhere") for word in words[:_EACH]]
    yield "speakers", ["/speakers"]
    yield "a speaker", [f"/speakers/{speaker_id}" for speaker_id, _ in speakers]
    yield "a quotation", list(dict.fromkeys(f"/quotes/{row[1]}" for row in rows[:_EACH]))
    yield "sources", ["/sources"]


def _bare(word: str) -> str:
    return word.strip("“”.,").lower()


if __name__ == "__main__":
    main()
