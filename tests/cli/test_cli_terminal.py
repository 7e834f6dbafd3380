"""What people see on a terminal: a real one, of a given width, whose answer is read back."""

import os
import re
import subprocess
import sys

import pytest

from quotes.model import Article, Quote, Reading, Span
from quotes.store import Store

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

SEQUENCE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture
def terminal():
    """Run the command on a terminal so many columns wide; give back what it shows."""
    import fcntl
    import struct
    import termios

    def run_on_terminal(*args, columns, **env):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
        process = subprocess.Popen(
            [sys.executable, "-m", "quotes", *map(str, args)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=plain | {"TERM": "xterm-256color"} | env,
        )
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(ours)
        assert process.wait(60) == 0
        return shown.decode().replace("\r\n", "\n")

    return run_on_terminal


def test_a_wide_terminal_gets_a_table_as_wide_as_itself(terminal, db):
    shown = SEQUENCE.sub("", terminal("search", "tram", "--db", db, columns=140))
    rule = shown.splitlines()[1]
    assert rule == "─" * 140


def test_a_narrow_terminal_gets_each_quotation_below_its_speaker(terminal, db):
    shown = SEQUENCE.sub("", terminal("search", "waited", "--db", db, columns=60))
    lines = [line.rstrip() for line in shown.splitlines()]
    assert lines[0] == "Ana Duarte, mayor of Rivertown"
    assert lines[1] == "  “We have waited long enough for a tram”"
    assert lines[2] == "  direct · 28 Jun 2021 · Mayor promises a tram line, The"
    assert all(len(line) <= 60 for line in lines)


def test_the_words_that_were_looked_for_are_highlighted(terminal, db):
    assert "\x1b[1;33mtram\x1b[0m" in terminal("search", "tram", "--db", db, columns=80)


def test_no_colour_is_used_where_none_is_wanted(terminal, db):
    shown = terminal("search", "tram", "--db", db, columns=80, NO_COLOR="1")
    assert "Ana Duarte" in shown
    assert not re.search(r"\x1b\[(?:\d+;)*3\d", shown)


def test_progress_is_shown_while_articles_are_read(terminal, tmp_path):
    (tmp_path / "a.txt").write_text("“Yes,” said Ana Duarte, the mayor.")
    shown = terminal("ingest", tmp_path / "a.txt", "--db", tmp_path / "new.db", columns=80)
    assert "0/1" in shown
    assert "1 added, 0 updated, 0 unchanged" in shown.splitlines()[-1]


def test_the_words_that_a_speaker_rests_on_are_highlighted_and_command_nothing(terminal, tmp_path):
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m"
    text = f"The mayor, Ana Duarte, spoke{evil} on Monday. “We are ready for the vote,” she said. {evil}"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    for columns in (80, 140):
        shown = terminal("explain", tmp_path / "a.txt", columns=columns)
        assert "\x1b[1;33mAna Duarte\x1b[0m" in shown
        assert "�]0;owned" in SEQUENCE.sub("", shown)
        assert not re.search(r"\x07|\x9b|\x1b(?!\[[\d;]*m)", shown)


def test_what_a_text_holds_cannot_command_the_terminal(terminal, run, tmp_path):
    text = "“Yes\x1b]0;owned\x07\x1b[2J\x9b31m,” they said.\r\n"
    span = Span(0, text.index("”") + 1, text[: text.index("”") + 1])
    quote = Quote("direct", "speech", (span,), None, None, None, None, 0.9, span)
    with Store.open(tmp_path / "evil.db") as store:
        store.save(Reading(Article("evil", text, title="T\x1b[2J"), (quote,)), "reader 1")
    quote_id = run("export", "--db", tmp_path / "evil.db").stdout.splitlines()[1].split(",")[0]
    for command in (["search"], ["show", quote_id]):
        for columns in (60, 140):
            shown = terminal(*command, "--db", tmp_path / "evil.db", columns=columns)
            assert "Yes�]0;owned" in SEQUENCE.sub("", shown)
            assert not re.search(r"\x07|\x9b|\x1b(?!\[[\d;]*m)", shown)
