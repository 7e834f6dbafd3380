"""How long each page takes to come, and how large it is, from a server over a database as large as wanted.

::

    python -m benchmarks.generate big.db --quotations 1000000
    python -m benchmarks.pages big.db

The questions are drawn from the database, with a fixed seed, and each is asked once, by one client on a connection
that stays open: what a server remembers of a question before does not help.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

from api import Settings, create_app
from api.server import listen

_SEED = 3
_EACH = 30


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
        for name, addresses in questions(db):
            times, sizes = zip(*(ask(connection, address) for address in addresses), strict=True)
            figures = (statistics.median(times), max(times), max(sizes) / 1000)
            table.add_row(name, str(len(times)), *(f"{figure:.1f}" for figure in figures))
    Console().print(table)


def ask(connection: HTTPConnection, address: str) -> tuple[float, int]:
    """Return how long a page took, in milliseconds, and how many bytes it has."""
    start = time.perf_counter()
    connection.request("GET", address, headers={"Accept": "text/html"})
    response = connection.getresponse()
    size = len(response.read())
    if response.status != 200:
        raise SystemExit(f"{address} answered {response.status}.")
    return (time.perf_counter() - start) * 1000, size


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
            for _ in range(4 * _EACH)
        ]
        outlets = [row[0] for row in conn.execute("SELECT DISTINCT outlet FROM articles LIMIT ?", (_EACH,))]
    words = list(dict.fromkeys(draw.choice(row[0].split()).strip("“”.,") for row in rows))
    speakers = list({row[2]: row[3] for row in rows if row[2]}.items())[:_EACH]

    def search(**params: str) -> str:
        return f"/?{urlencode(params)}"

    yield "search, all", ["/"]
    yield "search, a word", [search(q=word) for word in words[:_EACH]]
    yield "search, two words", [search(q=" ".join(row[0].split()[2:4])) for row in rows[:_EACH]]
    yield "search, a word, newest first", [search(q=word, sort="newest") for word in words[_EACH : 2 * _EACH]]
    yield (
        "search, a word, kind and years",
        [search(**{"q": word, "kind": "direct", "from": "2016", "to": "2019"}) for word in words[:_EACH]],
    )
    yield "search, a word, by speaker", [search(q=word, group="speaker") for word in words[:_EACH]]
    yield "search, a name", [search(q=name) for _, name in speakers]
    yield "search, a speaker", [search(speaker=speaker_id) for speaker_id, _ in speakers]
    yield "search, an outlet", [search(outlet=outlet) for outlet in outlets if outlet]
    yield "speakers", ["/speakers"]
    yield "a speaker", [f"/speakers/{speaker_id}" for speaker_id, _ in speakers]
    yield "a quotation", list(dict.fromkeys(f"/quotes/{row[1]}" for row in rows[:_EACH]))
    yield "sources", ["/sources"]


if __name__ == "__main__":
    main()
