"""How fast the API answers, beside Datasette's JSON API: the same file, the same questions, one run.

::

    pip install datasette
    python -m benchmarks.generate big.db --quotations 1000000
    python -m benchmarks.api big.db

Both servers run as their users start them, one after the other, each with 8 clients on connections that stay open.
The questions are drawn from the database before either starts: each has an answer, and none comes twice in a round.
Datasette is asked in the quickest way that its JSON API has for a table or view: without counting, facets or
suggestions, in the form that holds the least. (It cannot rank what it finds.) Beside that, for comparison, each
question as a canned query: SQL written for it, which a Datasette can be given and which spares it most of its work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection
from urllib.parse import urlencode

from rich.console import Console
from rich.table import Table

CLIENTS = 8
_DATABASE = "quotes"
PAGE = 50
_SEED = 7


@dataclass(frozen=True, slots=True)
class Question:
    """One question, as it is put to this server, to Datasette's JSON API, and to Datasette as a canned query."""

    ours: str
    theirs: str | None
    canned: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking came to: times in milliseconds, ``cpu`` of the server's processor for each request."""

    median: float
    p99: float
    per_second: float
    cpu: float


def questions(db: Path, n: int) -> dict[str, list[Question]]:
    """Return questions of each sort that a database can answer."""
    chance = random.Random(_SEED)
    with closing(sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)) as conn:
        last = conn.execute("SELECT max(number) FROM quotes").fetchone()[0]

        def picked(sql: str) -> Iterator[tuple[str, ...]]:
            while True:
                row = conn.execute(sql, (chance.randint(1, last),)).fetchone()
                if row is not None:
                    yield row

        # By the quotation, so whoever is quoted a lot is asked for a lot.
        names = picked(
            "SELECT speakers.name FROM quotes JOIN speakers ON speakers.number = quotes.speaker"
            " WHERE quotes.number = ? AND speakers.kind = 'person'"
        )
        texts = picked("SELECT text FROM quotes WHERE number = ? AND length(text) > 40")
        ids = picked("SELECT id FROM quotes WHERE number = ?")
        return {
            "by speaker": _distinct(n, (_by_speaker(name) for (name,) in names)),
            "words, newest first": _distinct(n, (_newest(_two_words(text, chance)) for (text,) in texts)),
            "words, best first": _distinct(n, (_best(_two_words(text, chance)) for (text,) in texts)),
            "by id": _distinct(n, (_by_id(quote_id) for (quote_id,) in ids)),
        }


def _distinct(n: int, found: Iterator[Question]) -> list[Question]:
    kept: dict[Question, None] = {}
    for _, question in zip(range(50 * n), found, strict=False):
        kept[question] = None
        if len(kept) == n:
            break
    return list(kept)


def _two_words(text: str, chance: random.Random) -> str:
    """Return what somebody remembers of a quotation: two of its words that are not among the shortest."""
    words = sorted({word for word in re.findall(r"\w+", text.lower()) if len(word) > 3})
    return " ".join(chance.sample(words, min(2, len(words))))


def _by_speaker(name: str) -> Question:
    return Question(
        _ours("quotes", speaker=name, limit=PAGE),
        _table(who=name, _sort_desc="date", _size=PAGE),
        _theirs("said_by", name=name),
    )


def _newest(words: str) -> Question:
    return Question(
        _ours("quotes", q=words, sort="newest", limit=PAGE),
        _table(_search=words, _sort_desc="date", _size=PAGE),
        _theirs("newest", words=_quoted(words)),
    )


def _best(words: str) -> Question:
    return Question(_ours("quotes", q=words, limit=PAGE), None, _theirs("best", words=_quoted(words)))


def _quoted(words: str) -> str:
    return " ".join(f'"{word}"' for word in words.split())


def _by_id(quote_id: str) -> Question:
    return Question(_ours(f"quotes/{quote_id}"), _table(id=quote_id), _theirs("one", id=quote_id))


def _ours(path: str, **asked: object) -> str:
    return f"/api/v1/{path}" + (f"?{urlencode(asked)}" if asked else "")


def _theirs(table: str, /, **asked: object) -> str:
    return f"/{_DATABASE}/{table}.json?{urlencode({**asked, '_shape': 'array'})}"


def _table(**asked: object) -> str:
    return _theirs("who_said_what", **asked, _nocount=1, _nofacet=1, _nosuggest=1)


_FOUND = (
    "SELECT who_said_what.* FROM quotes_fts JOIN who_said_what ON who_said_what.number = quotes_fts.rowid"
    " WHERE quotes_fts MATCH :words"
)
_METADATA = {
    "tables": {"who_said_what": {"fts_table": "quotes_fts", "fts_pk": "number"}},
    "queries": {
        "said_by": {
            "sql": f"SELECT * FROM who_said_what WHERE who = :name ORDER BY date DESC, number LIMIT {PAGE}"
        },
        "newest": {"sql": f"{_FOUND} ORDER BY date DESC, number LIMIT {PAGE}"},
        "best": {"sql": f"{_FOUND} ORDER BY quotes_fts.rank LIMIT {PAGE}"},
        "one": {"sql": "SELECT * FROM who_said_what WHERE id = :id"},
    },
}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu_ms(self) -> float:
        """Return how long it has kept processors busy, in milliseconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def our_server(db: Path, threads: int) -> Iterator[Server]:
    """Run ``quotes serve``."""
    options = [
        "--db",
        str(db),
        "--port",
        "0",
        "--rate-limit",
        "10000000",
        "--threads",
        str(threads),
        "--read-only",
    ]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen([sys.executable, "-m", "quotes", "serve", *options], stderr=log)
        try:
            yield Server(_wait(lambda: _port_in(log, r"at http://127\.0\.0\.1:(\d+)/")), process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


@contextmanager
def datasette(db: Path) -> Iterator[Server]:
    """Run Datasette as ``quotes browse`` does, on a file that does not change."""
    with tempfile.TemporaryDirectory() as folder:
        metadata = Path(folder, "metadata.json")
        # Datasette calls a database after its file.
        file = Path(folder, f"{_DATABASE}.db")
        file.symlink_to(db.absolute())
        metadata.write_text(json.dumps({"databases": {_DATABASE: _METADATA}}))
        port = 8941
        options = ["serve", "-i", str(file), "--port", str(port), "-m", str(metadata)]
        options += ["--setting", "sql_time_limit_ms", "10000", "--setting", "suggest_facets", "off"]
        process = subprocess.Popen(
            [sys.executable, "-m", "datasette", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(lambda: _answers(port))
            yield Server(port, process)
        finally:
            process.terminate()
            process.wait()


class Client:
    """One connection that stays open, and one request under way on it: as little work as a client can do."""

    def __init__(self, port: int, paths: Sequence[str]) -> None:
        """Connect."""
        self.socket = create_connection(("127.0.0.1", port))
        self._requests = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths]
        self._turn = 0
        self._answer = bytearray()
        self._wanted = 0
        self._is_chunked = False
        self._began = 0.0

    def send(self) -> None:
        """Ask the next question."""
        self._answer.clear()
        self._wanted = 0
        self._began = time.perf_counter()
        self.socket.sendall(self._requests[self._turn % len(self._requests)])

    def receive(self) -> float | None:
        """Take what has come; return the seconds since the question was sent once the answer is whole."""
        self._answer += self.socket.recv(1 << 20)
        if not self._wanted and (end := self._answer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._answer[:end])
            length = re.search(rb"(?i)content-length: (\d+)", head)
            self._is_chunked = b"chunked" in head
            if b" 200 " not in head[:20] or (length is None and not self._is_chunked):
                asked = self._requests[self._turn % len(self._requests)].decode()
                raise SystemExit(f"{asked}was answered with {bytes(self._answer[:500])!r}")
            self._wanted = end + 4 + (int(length[1]) if length else 0)
        if not self._wanted or len(self._answer) < self._wanted:
            return None
        if self._is_chunked and not self._answer.endswith(b"0\r\n\r\n"):
            return None
        self._turn += 1
        return time.perf_counter() - self._began


def ask(server: Server, paths: Sequence[str], seconds: float) -> Outcome:
    """Ask questions from 8 clients for so long, and measure."""
    times: list[float] = []
    cpu = server.cpu_ms()
    with DefaultSelector() as selector:
        clients = [Client(server.port, paths[number::CLIENTS]) for number in range(CLIENTS)]
        began = time.perf_counter()
        for client in clients:
            selector.register(client.socket, EVENT_READ, client)
            client.send()
        while time.perf_counter() - began < seconds:
            for key, _ in selector.select():
                taken = key.data.receive()
                if taken is not None:
                    times.append(1000 * taken)
                    key.data.send()
        elapsed = time.perf_counter() - began
        for client in clients:
            client.socket.close()
    times.sort()
    cpu = (server.cpu_ms() - cpu) / len(times)
    return Outcome(statistics.median(times), times[int(0.99 * len(times))], len(times) / elapsed, cpu)


def compare(db: Path, *, seconds: float, n: int, threads: int) -> None:
    """Ask both servers everything, and print a table."""
    asked = questions(db, n)
    outcomes: dict[str, dict[str, Outcome]] = {}
    with our_server(db, threads) as server:
        outcomes["quotes serve"] = _ask_all(server, asked, lambda question: question.ours, seconds)
    with datasette(db) as server:
        outcomes["Datasette"] = _ask_all(server, asked, lambda question: question.theirs, seconds)
        outcomes["Datasette, canned"] = _ask_all(server, asked, lambda question: question.canned, seconds)
    _print(outcomes)


def _ask_all(
    server: Server, asked: dict[str, list[Question]], put: Callable[[Question], str | None], seconds: float
) -> dict[str, Outcome]:
    found = {}
    for sort, of_sort in asked.items():
        paths = [path for question in of_sort if (path := put(question)) is not None]
        if paths:
            # What comes first warms up, with questions that do not come again.
            warming = len(paths) // 4
            ask(server, paths[:warming], seconds / 5)
            found[sort] = ask(server, paths[warming:], seconds)
    return found


def _print(outcomes: dict[str, dict[str, Outcome]]) -> None:
    table = Table(title=f"{CLIENTS} clients")
    for heading in ("question", "server", "median ms", "p99 ms", "CPU ms", "requests/s", "ours is"):
        table.add_column(heading, justify="left" if heading in ("question", "server") else "right")
    ours = outcomes["quotes serve"]
    for sort, own in ours.items():
        for server, of_server in outcomes.items():
            each = of_server.get(sort)
            if each is None:
                continue
            ratio = "" if each is own else f"{own.per_second / each.per_second:.1f} ×"
            table.add_row(
                sort,
                server,
                f"{each.median:.1f}",
                f"{each.p99:.1f}",
                f"{each.cpu:.2f}",
                f"{each.per_second:,.0f}",
                ratio,
            )
    Console(width=100).print(table)


def _wait(find: Callable[[], int | None]) -> int:
    for _ in range(600):
        found = find()
        if found is not None:
            return found
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _port_in(log: object, pattern: str) -> int | None:
    log.seek(0)  # type: ignore[attr-defined]
    match = re.search(pattern, log.read())  # type: ignore[attr-defined]
    return int(match[1]) if match else None


def _answers(port: int) -> int | None:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/-/versions.json")
        status = connection.getresponse().status
        connection.close()
    except OSError:
        return None
    return port if status == 200 else None


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__.splitlines()[0])
    parser.add_argument("db", type=Path)
    parser.add_argument("--seconds", type=float, default=15, help="for each sort of question and server")
    parser.add_argument("--questions", type=int, default=2000, help="of each sort")
    parser.add_argument("--threads", type=int, default=6, help="of quotes serve")
    arguments = parser.parse_args()
    compare(arguments.db, seconds=arguments.seconds, n=arguments.questions, threads=arguments.threads)


if __name__ == "__main__":
    main()
