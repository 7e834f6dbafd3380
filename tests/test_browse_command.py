"""What ``quotes browse`` writes, says and refuses."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from store.made_up import VERSION, made_up_reading

from quotes.cli import main
from quotes.store import Store

ROOT = Path(__file__).parents[1]
needs_datasette = pytest.mark.skipif(find_spec("datasette") is None, reason="needs quote-tracker[browse]")


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    with Store.open(tmp_path / "quotes.db") as store:
        for number in range(3):
            store.save(made_up_reading(number), VERSION)
    return tmp_path / "quotes.db"


@pytest.fixture
def started():
    """Start the command in a process of its own, and return it with its address once it is ready."""
    processes = []

    def start(*options):
        command = [sys.executable, "-m", "quotes", "browse", "--port", "0", *map(str, options)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        processes.append(process)
        for line in process.stderr:
            if found := re.search(r"browse them at (http://\S+)/;", line):
                return process, found[1]
        raise AssertionError("it ended before it was ready")

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stderr.close()


def run(*args):
    return CliRunner().invoke(main, ["browse", *map(str, args)])


def test_publishing_only_writes_snapshot_and_metadata_and_says_how_to_show_them(db):
    result = run("--publish-only")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "75 quotations are published in quotes-snapshot.db" in result.stderr
    assert "datasette -i quotes-snapshot.db -m quotes-snapshot.metadata.json" in result.stderr
    made = {file.name for file in db.parent.iterdir()} - {"quotes.db", "quotes.db-wal", "quotes.db-shm"}
    assert {name for name in made if not name.endswith(".lock")} == {
        "quotes-snapshot.db",
        "quotes-snapshot.metadata.json",
    }
    metadata = json.loads((db.parent / "quotes-snapshot.metadata.json").read_text(encoding="utf-8"))
    assert list(metadata["databases"]) == ["quotes-snapshot"]


def test_publishing_needs_no_datasette(db, monkeypatch):
    monkeypatch.setattr(sys.modules["quotes.cli.browse"], "_datasette_version", lambda: "")
    assert run("--publish-only").exit_code == 0


def test_without_datasette_one_sentence_says_what_to_install(db, monkeypatch):
    monkeypatch.setattr(sys.modules["quotes.cli.browse"], "_datasette_version", lambda: "")
    result = run()
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: Datasette 0.65 is not installed: run “pip install 'quote-tracker[browse]'”, then repeat.\n"
    )
    assert not (db.parent / "quotes-snapshot.db").exists()


def test_publishing_loads_neither_datasette_nor_a_web_server(db):
    script = (
        "import sys; from quotes.cli import main; "
        "main(['browse', '--publish-only'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"datasette", "uvicorn", "flask", "spacy"} & set(done.stdout.split())


def test_the_texts_can_be_left_out(db):
    run("--publish-only", "--without-texts", "--snapshot", "public.db")
    with closing(sqlite3.connect("public.db")) as conn:
        assert conn.execute("SELECT DISTINCT text FROM articles").fetchall() == [(None,)]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--db", "none.db"), "There is no database none.db"),
        (("--snapshot", "quotes.db"), "is the database itself"),
        (("--snapshot", "notes.txt"), "notes.txt is not a database"),
        (("--snapshot", "nowhere/quotes.db"), "There is no folder nowhere"),
        (("--snapshot", "."), "is a folder"),
    ],
)
def test_a_mistake_is_one_sentence(db, options, sentence):
    Path("notes.txt").write_text("my only copy of something long enough to be a database, if it were one" * 9)
    result = run("--publish-only", *options)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert Path("notes.txt").read_text().startswith("my only copy")


@needs_datasette
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_asked_to(db, started, by):
    process, url = started()
    assert requests.get(url, timeout=30).status_code == 200
    process.send_signal(by)
    assert process.wait(30) in (0, 130, -signal.SIGTERM)
    assert "Traceback" not in process.stderr.read()


@needs_datasette
def test_only_this_machine_can_reach_it_unless_told_otherwise(db, started):
    _, url = started()
    assert url.startswith("http://127.0.0.1:")


@needs_datasette
def test_where_others_can_reach_it_they_cannot_run_their_own_sql_or_take_the_file(db, started):
    _, url = started("--host", "0.0.0.0")
    url = url.replace("0.0.0.0", "127.0.0.1")
    assert requests.get(f"{url}/quotes-snapshot?sql=select+1", timeout=30).status_code == 403
    assert requests.get(f"{url}/quotes-snapshot/articles?_where=1", timeout=30).status_code == 403
    assert requests.get(f"{url}/quotes-snapshot.db", timeout=30).status_code == 403
    assert requests.get(f"{url}/quotes-snapshot/who_said?words=water", timeout=30).status_code == 200
    front = requests.get(url, timeout=30).text
    assert "Dashboards" not in front


@needs_datasette
def test_a_name_that_needs_encoding_is_found_under_its_own(db, started):
    _, url = started("--snapshot", "our news & 100% more.db")
    front = requests.get(url, timeout=30).text
    links = re.findall(r'href="(/[^"]*who_said[^"]*)"', front)
    assert len(links) > 1
    assert {requests.get(f"{url}{link}", timeout=30).status_code for link in links} == {200}


@needs_datasette
def test_a_port_in_use_is_named(db):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("--port", port)
    assert result.exit_code == 1
    assert f"Error: 127.0.0.1, port {port}: " in result.stderr
    assert not Path("quotes-snapshot.db").exists()
    assert "Traceback" not in result.stderr


@needs_datasette
def test_a_host_that_does_not_exist_is_named(db):
    result = run("--host", "no such host")
    assert result.exit_code == 1
    assert "Error: no such host, port 8001: " in result.stderr


@needs_datasette
def test_datasette_alone_can_show_what_was_published(db):
    run("--publish-only")
    for path in ("/", "/quotes-snapshot", "/quotes-snapshot/who_said.json?words=water+bridge&_shape=array"):
        command = [sys.executable, "-m", "datasette", "-i", "quotes-snapshot.db"]
        command += ["-m", "quotes-snapshot.metadata.json", "--get", path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
