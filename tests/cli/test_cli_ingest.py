import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotes.errors import QuotesError
from quotes.store import Store

YES = "“We are ready for the vote,” the mayor, Ana Duarte, said.\n"


def write_articles(path, n_articles, n_sentences=1):
    lines = (
        json.dumps(
            {
                "id": f"a{n:03}",
                "text": f"“We are ready for vote {n},” the mayor, Ana Duarte, said. " * n_sentences,
            }
        )
        for n in range(n_articles)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def exported(run, db):
    return sorted(run("export", "--format", "jsonl", "--db", db).stdout.splitlines())


def stored_articles(db):
    with Store.open(db, mode="ro") as store:
        assert store.check() == []
        return store.statistics().articles


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "yes.txt"
    path.write_text(YES, encoding="utf-8")
    return path


def test_articles_are_stored_and_counted_on_one_line(run, article):
    result = run("ingest", article, "--db", "new.db")
    assert (result.exit_code, result.stdout) == (0, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("new.db: 1 added, 0 updated, 0 unchanged; 1 quotation read in ")
    assert "Ana Duarte" in run("search", "vote", "--db", "new.db").stdout


def test_the_same_articles_again_change_nothing(run, article):
    run("ingest", article, "--db", "new.db")
    before = exported(run, "new.db")
    assert (
        "0 added, 0 updated, 1 unchanged; 0 quotations read"
        in run("ingest", article, "--db", "new.db").stderr
    )
    assert exported(run, "new.db") == before


def test_a_changed_article_takes_the_place_of_the_old_one(run, article):
    run("ingest", article, "--db", "new.db")
    article.write_text(YES.replace("ready", "not ready"), encoding="utf-8")
    assert "0 added, 1 updated" in run("ingest", article, "--db", "new.db").stderr
    assert "not ready" in "".join(exported(run, "new.db"))


def test_two_different_articles_of_one_id_are_not_mistaken_for_versions(run, article, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "yes.txt").write_text("“No,” said Karl Winter.")
    result = run("ingest", article, tmp_path / "other", article, "--db", "new.db")
    assert result.exit_code == 1
    first, last = result.stderr.splitlines()
    assert first == (
        f"Error: {tmp_path / 'other' / 'yes.txt'}: a different article with the id 'yes' came before ({article}),"
        " so this one is left out; give it another name or id."
    )
    assert "1 added, 0 updated, 1 unchanged, 1 left out" in last or "1 left out" in last
    assert "We are ready" in "".join(exported(run, "new.db"))


def test_an_id_that_a_file_gives_twice_is_reported_with_its_line_and_that_of_the_first(run, tmp_path):
    texts = {"a": YES, "b": YES, "c": "“No,” said Karl Winter."}
    lines = [json.dumps({"id": "x" if name != "b" else "b", "text": text}) for name, text in texts.items()]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    twice = "a different article with the id 'x' came before"
    result = run("ingest", file, "--db", "new.db")
    assert f"Error: {file}, line 3: {twice} ({file}, line 1), so this one is left out" in result.stderr
    result = run("ingest", "-", "--db", "other.db", stdin="\n".join(lines))
    assert f"Error: standard input, line 3: {twice} (standard input, line 1)" in result.stderr


def test_what_cannot_be_read_is_reported_and_the_rest_is_stored(run, article, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = run("ingest", "missing.txt", tmp_path / "empty.txt", article, "--db", "new.db")
    assert result.exit_code == 1
    missing, empty, summary = result.stderr.splitlines()
    assert "there is no such file" in missing
    assert "the article is empty" in empty
    assert "1 added, 0 updated, 0 unchanged, 2 left out" in summary


def test_any_number_of_processes_gives_the_same_result(run, tmp_path):
    articles = write_articles(tmp_path / "many.jsonl", 70)
    assert run("ingest", articles, "--db", "one.db").exit_code == 0
    assert run("ingest", articles, "--db", "two.db", "--workers", "2").exit_code == 0
    assert len(exported(run, "one.db")) == 70
    assert exported(run, "one.db") == exported(run, "two.db")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_text("no database " * 500), "is not a database"),
        (lambda path: path.mkdir(), "is a folder"),
        (
            lambda path: sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close(),
            "something else",
        ),
    ],
)
@pytest.mark.parametrize("command", ["ingest", "search", "speakers", "show x", "export"])
def test_a_file_that_is_no_database_of_ours_is_left_as_it_is(run, article, tmp_path, make, sentence, command):
    db = tmp_path / "other.db"
    make(db)
    before = db.read_bytes() if db.is_file() else None
    args = [article] if command == "ingest" else []
    result = run(*command.split(), *args, "--db", db)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert (db.read_bytes() if db.is_file() else None) == before


@pytest.mark.parametrize("command", ["search", "speakers", "show x", "export"])
def test_a_missing_database_is_not_made_by_looking_into_it(run, tmp_path, command):
    result = run(*command.split(), "--db", tmp_path / "missing.db")
    assert result.exit_code == 1
    assert "There is no database" in result.stderr
    assert not (tmp_path / "missing.db").exists()


@pytest.fixture
def small_disk(tmp_path):
    """A folder that holds no more than 600 kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("making a small disk is for the superuser")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_on_a_full_disk_what_was_finished_is_kept(run, tmp_path, small_disk):
    articles = write_articles(tmp_path / "many.jsonl", 200, n_sentences=100)
    result = run("ingest", articles, "--db", small_disk / "new.db")
    assert result.exit_code == 1
    full, summary = result.stderr.splitlines()
    assert "is full: free some room and repeat; what was finished before is kept." in full
    n_kept = stored_articles(small_disk / "new.db")
    assert 0 < n_kept < 200
    assert f"{n_kept} added" in summary


def all_errors(kind=QuotesError):
    return [kind, *(error for child in kind.__subclasses__() for error in all_errors(child))]


@pytest.mark.parametrize("error", all_errors())
def test_every_error_is_one_line_and_status_1(run, article, monkeypatch, error):
    def fail(*_, **__):
        raise error("Something is wrong: do something.")

    monkeypatch.setattr(Store, "open", fail)
    for command in (["ingest", article], ["search"], ["export"]):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "Error: Something is wrong: do something.\n"


def test_a_database_that_another_process_writes_to_is_left_to_it(process, article, tmp_path):
    with Store.open(tmp_path / "busy.db"):
        result = process("ingest", article, "--db", tmp_path / "busy.db")
    assert result.returncode == 1
    assert "Another program is writing to" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.fixture
def start():
    """Start an ingest in a process of its own, which does not outlive the test."""
    started = []

    def start_process(*args, **options):
        command = [sys.executable, "-m", "quotes", "ingest", *map(str, args)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", **options)
        started.append(process)
        return process

    yield start_process
    for process in started:
        process.kill()
        process.communicate()


def wait_for_articles(db, process, n_articles):
    while process.poll() is None:
        try:
            with Store.open(db, mode="ro") as store:
                if store.statistics().articles >= n_articles:
                    return
        except QuotesError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"it ended too soon: {process.stderr.read()}")


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_was_finished_and_the_same_command_does_the_rest(run, start, tmp_path, workers):
    n_articles = 100 * workers
    articles = write_articles(tmp_path / "many.jsonl", n_articles, n_sentences=12)
    db = tmp_path / "new.db"
    # As on a terminal, where Ctrl-C reaches the workers as well.
    process = start(articles, "--db", db, "--workers", workers, start_new_session=True)
    wait_for_articles(db, process, 1)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    stopped, summary = stderr.splitlines()
    assert stopped.startswith("Stopped; what was finished is kept")
    n_kept = stored_articles(db)
    assert 1 <= n_kept < n_articles
    assert f"{n_kept} added" in summary
    assert (
        f"{n_articles - n_kept} added, 0 updated, {n_kept} unchanged"
        in run("ingest", articles, "--db", db).stderr
    )


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_the_death_of_a_worker_is_reported_and_what_was_finished_is_kept(start, tmp_path):
    articles = write_articles(tmp_path / "many.jsonl", 400, n_sentences=12)
    db = tmp_path / "new.db"
    process = start(articles, "--db", db, "--workers", 2)
    wait_for_articles(db, process, 1)
    os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    died, summary = stderr.splitlines()
    assert died.startswith("Error: A reading process died")
    assert f"{stored_articles(db)} added" in summary


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_workers_do_not_outlive_the_process_that_they_work_for(start, tmp_path):
    articles = write_articles(tmp_path / "many.jsonl", 400, n_sentences=12)
    process = start(articles, "--db", tmp_path / "new.db", "--workers", 2)
    wait_for_articles(tmp_path / "new.db", process, 1)
    workers = workers_of(process.pid)
    process.kill()
    deadline = time.monotonic() + 60
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def workers_of(pid):
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [child for child in children if b"spawn_main" in command_line(child)]


def is_running(pid):
    return b"spawn_main" in command_line(pid)


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
