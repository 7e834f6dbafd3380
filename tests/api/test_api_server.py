"""The server as a process: started, asked by many, stopped, its file written to and replaced by others."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from quotes.store import QuoteQuery, Store


def test_it_says_where_it_is_and_answers(start_process, address_of, db):
    process = start_process("--db", db)
    address = address_of(process)
    assert requests.get(f"{address}/healthz", timeout=30).json() == {"status": "ok"}
    assert len(requests.get(f"{address}/api/v1/quotes", timeout=30).json()["items"]) == 6
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_the_log_is_a_line_of_json_a_request(start_process, address_of, db):
    process = start_process("--db", db)
    address = address_of(process)
    requests.get(f"{address}/api/v1/quotes?q=bridge", headers={"X-Request-ID": "here-1"}, timeout=30)
    requests.get(f"{address}/api/v1/quotes/none", timeout=30)
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    lines = [json.loads(line) for line in process.log.read_text().splitlines() if line.startswith("{")]
    first, second = lines
    assert (first["request_id"], first["path"], first["status"]) == ("here-1", "/api/v1/quotes", 200)
    assert first["ms"] >= 0
    assert (second["status"], second["problem"]) == (404, "not-found")
    assert "bridge" not in str(lines)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_is_under_way(start_process, address_of, db, samples, number):
    samples.fill(db, samples.many(3000, per_article=10))
    process = start_process("--db", db)
    address = address_of(process)
    answer = requests.get(
        f"{address}/api/v1/quotes.jsonl", stream=True, timeout=60, headers={"Accept-Encoding": "identity"}
    )
    parts = answer.iter_content(1000)
    received = [next(parts)]
    process.send_signal(number)
    time.sleep(0.5)
    assert process.poll() is None
    received += parts
    assert len(b"".join(received).splitlines()) == 30_006
    assert process.wait(60) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{address}/healthz", timeout=5)


def test_told_to_stop_it_does_not_wait_for_idle_connections(start_process, address_of, db):
    process = start_process("--db", db)
    host, port = address_of(process).removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(1000).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_second_server_that_would_write_is_refused(start_process, address_of, db):
    address_of(start_process("--db", db))
    second = start_process("--db", db)
    assert second.wait(60) == 1
    assert "Another server already writes to" in second.log.read_text()
    assert "--read-only" in second.log.read_text()
    assert "Traceback" not in second.log.read_text()
    reading = address_of(start_process("--db", db, "--read-only"))
    assert requests.get(f"{reading}/api/v1/quotes", timeout=30).status_code == 200


def test_the_file_is_free_again_when_its_server_was_killed(start_process, address_of, db):
    first = start_process("--db", db)
    address_of(first)
    first.kill()
    first.wait()
    assert address_of(start_process("--db", db))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--db", "none.db"], "There is no database"),
        (["--db", "{folder}"], "is a folder"),
        (["--db", "{text}"], "is not a database"),
        (["--db", "{db}", "--host", "203.0.113.1"], "choose another with --host and --port"),
    ],
)
def test_what_cannot_be_served_gets_one_sentence(start_process, db, tmp_path, arguments, says):
    text = tmp_path / "text.db"
    text.write_text("not a database, but long enough to be taken for one " * 40)
    names = {"folder": tmp_path, "text": text, "db": db}
    process = start_process(*(each.format(**names) for each in arguments))
    assert process.wait(60) == 1
    log = process.log.read_text()
    assert says in log
    assert "Traceback" not in log
    assert len(log.strip().splitlines()) == 1


def test_a_taken_port_gets_one_sentence(start_process, db):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start_process("--db", db, "--port", taken.getsockname()[1])
        assert process.wait(60) == 1
        assert "choose another with --host and --port" in process.log.read_text()


def test_fifty_readers_at_once_get_no_error_while_articles_come_in(serve, settings, samples, db):
    samples.fill(db, samples.many(100))
    client = serve(samples.replace(settings, max_exports=50))
    urls = (
        "quotes",
        "quotes?q=river&count=1",
        "quotes?speaker=Example",
        "speakers",
        "stats",
        "articles",
        "quotes.csv",
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(db)], env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )
    statuses = []

    def read(n):
        is_busy = True
        while is_busy:  # once at least, however soon the writer is done
            is_busy = writer.poll() is None
            url = f"{client.address}/api/v1/{urls[n % len(urls)]}"
            statuses.append(requests.get(url, timeout=60).status_code)
            n += 1

    with ThreadPoolExecutor(50) as pool:
        for done in [pool.submit(read, n) for n in range(50)]:
            done.result()
    assert writer.returncode == 0
    assert len(statuses) >= 50
    assert set(statuses) == {200}
    assert client.get("stats").json()["articles"] == 103 + 150
    with Store.open(db) as store:
        assert store.check() == []


_WRITER = """
import sys
from quotes.model import Article, Quote, Reading, Span, Speaker
from quotes.store import Store
with Store.open(sys.argv[1]) as store:
    for n in range(150):
        text = f"River {n} rises."
        span = Span(0, len(text), text)
        said = [Quote("indirect", "speech", (span,), None, None, Speaker("Ana Example", "person"), None, 0.5, span)]
        store.save(Reading(Article(f"new-{n}", text), tuple(said)), "simple 1")
"""


def test_articles_can_be_ingested_beside_a_server(start_process, address_of, db, samples):
    address = address_of(start_process("--db", db))
    samples.fill(db, [samples.replace(samples.undated, id="beside")])
    assert requests.get(f"{address}/api/v1/stats", timeout=30).json()["articles"] == 4


@pytest.mark.parametrize("keep_open", [False, True])
def test_a_replaced_file_is_noticed(client, samples, db, tmp_path, token, keep_open):
    headers = token()
    (item,) = client.items("quotes", q="bridge")
    tag = client.get("quotes").headers["ETag"]
    client.patch(f"quotes/{item['id']}", json={"role": "acting mayor", "reason": "x"}, headers=headers)
    other = tmp_path / "other.db"
    samples.fill(other, samples.many(60))
    if keep_open:
        # The former file's log is still there, and full.
        held = Store.open(db, "ro")
        samples.fill(db, [samples.replace(samples.undated, id="last")])
    other.rename(db)
    assert client.get("stats").json()["articles"] == 60
    assert client.get("quotes", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"quotes/{item['id']}").status_code == 404
    assert (
        client.post("articles", json={"text": "“Yes,” Ana Duarte said."}, headers=headers).status_code == 201
    )
    assert client.get("stats").json()["articles"] == 61
    if keep_open:
        held.close()
    with Store.open(db) as store:
        assert store.check() == []
        assert store.count(QuoteQuery()) == 301


def test_a_file_that_is_gone_is_a_problem_until_it_is_back(client, db, tmp_path):
    aside = tmp_path / "aside.db"
    shutil.copy(db, aside)
    db.unlink()
    answer = client.get("quotes")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/unavailable"
    assert str(tmp_path) not in answer.text
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    aside.rename(db)
    assert client.get("quotes").status_code == 200


def test_writers_queue_up(client, token):
    headers = token()
    barrier = threading.Barrier(8)

    def add(n):
        barrier.wait()
        body = {"id": f"q{n}", "text": f"“Number {n},” Ana Duarte said."}
        return requests.post(
            f"{client.address}/api/v1/articles", json=body, headers=headers, timeout=60
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add, range(8))) <= {201, 503}
    added = len(client.items("articles", limit=200)) - 3
    assert added >= 1
