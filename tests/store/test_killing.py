"""A writer that is stopped at any moment leaves a sound file, and every article that it finished."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from quotes.store import Store
from store.made_up import VERSION, made_up_reading, rows

N_ARTICLES = 150
N_QUOTES = 20
N_KILLS = 50
# A server that has imported everything forks a writer within milliseconds.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["store.test_killing"])


def ingest(path: Path) -> None:
    """Save the articles that are missing, as an ingest does."""
    with suppress(KeyboardInterrupt), Store.open(path) as store:
        for number in range(N_ARTICLES):
            reading = made_up_reading(number, N_QUOTES, n_speakers=50)
            if not store.has_current(reading.article, VERSION):
                store.save(reading, VERSION)


def ingest_and_tell(path: Path, ready: Connection) -> None:
    ready.send("about to open the file")
    ingest(path)


def start(path: Path) -> BaseProcess:
    receiver, sender = processes.Pipe(duplex=False)
    process = processes.Process(target=ingest_and_tell, args=(path, sender))
    process.start()
    sender.close()
    receiver.recv()
    receiver.close()
    return process


def check_whole_articles(path: Path) -> int:
    """Check a file as any SQLite tool would, and return how many articles it holds."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return 0
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        sizes = conn.execute(
            "SELECT count(quotes.number) FROM articles LEFT JOIN quotes ON quotes.article = articles.number "
            "GROUP BY articles.number"
        ).fetchall()
        assert set(sizes) <= {(N_QUOTES,)}
        return len(sizes)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    path = tmp_path_factory.mktemp("undisturbed") / "quotes.db"
    ingest(path)
    with Store.open(path, "ro") as store:
        return rows(store)


def test_a_killed_ingest_is_completed_by_the_next_as_if_nothing_had_happened(
    tmp_path: Path, undisturbed: dict[str, list[tuple[object, ...]]]
) -> None:
    chance = random.Random(20240501)
    path, n_files, sizes = tmp_path / "0.db", 1, set()
    for _ in range(N_KILLS):
        process = start(path)
        time.sleep(chance.uniform(0, 0.1))
        process.kill()
        process.join()
        size = check_whole_articles(path)
        sizes.add(size)
        if size == N_ARTICLES:
            path, n_files = tmp_path / f"{n_files}.db", n_files + 1
    assert len(sizes) > 5, "the moments were not spread over the ingest"
    for number in range(n_files):
        path = tmp_path / f"{number}.db"
        ingest(path)
        with Store.open(path) as store:
            assert store.check() == []
            assert rows(store) == undisturbed


def test_an_interrupted_ingest_keeps_what_it_finished_and_lets_the_next_writer_in(tmp_path: Path) -> None:
    # On a busy machine, the ingest may be over before it is interrupted: then again.
    for attempt in range(20):
        path = tmp_path / f"{attempt}.db"
        process = start(path)
        while not path.exists() or not check_whole_articles(path):
            time.sleep(0.005)
        assert process.pid
        os.kill(process.pid, signal.SIGINT)
        process.join()
        assert process.exitcode == 0
        if check_whole_articles(path) < N_ARTICLES:
            break
    assert 0 < check_whole_articles(path) < N_ARTICLES
    with Store.open(path, wait_s=0) as store:
        assert store.check() == []


def test_a_killed_writer_does_not_keep_the_next_one_out(path: Path) -> None:
    process = start(path)
    while not path.exists() or not check_whole_articles(path):
        time.sleep(0.005)
    process.kill()
    process.join()
    with Store.open(path, wait_s=0) as store:
        assert store.statistics().articles > 0
