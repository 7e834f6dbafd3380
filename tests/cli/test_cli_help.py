import subprocess
import sys
from pathlib import Path

import click
import pytest

from quotes.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands_of(group, path=()):
    for name, command in group.commands.items():
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands_of(command, (*path, name))


COMMANDS = dict(commands_of(main))


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_every_command(run, flag):
    result = run(flag)
    assert result.exit_code == 0
    assert all(f"\n  {name} " in result.stdout for name in main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself_with_an_example(run, name):
    result = run(*name.split(), "-h")
    assert result.exit_code == 0
    assert COMMANDS[name].short_help
    assert f"\n  Example:\n    quotes {name}" in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    options = [option for option in COMMANDS[name].params if isinstance(option, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name):
    assert f"quotes {name}" in README


@pytest.mark.parametrize(
    "name", [name for name, command in COMMANDS.items() if any(p.name == "db" for p in command.params)]
)
def test_the_database_is_named_in_the_same_way_everywhere(run, name):
    assert "[default: (quotes.db, or $QUOTES_DB)]" in " ".join(run(*name.split(), "-h").stdout.split())


def test_help_loads_nothing_that_is_slow():
    script = (
        "import sys; from quotes.cli import main; main(['--help'], standalone_mode=False);print(*sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    slow = {"spacy", "numpy", "onnxruntime", "sqlite3", "sqlite_utils", "rich", "trafilatura", "dateparser"}
    assert not slow & set(result.stdout.splitlines()[-1].split())


def test_a_command_line_that_makes_no_sense_is_explained(run):
    result = run("search", "--knid", "direct")
    assert result.exit_code == 2
    assert "--knid" in result.stderr
    assert "Usage: " in result.stderr


def test_a_closed_standard_output_is_named_in_one_sentence(tmp_path):
    command = f'exec "{sys.executable}" -m quotes search strikes --db "{tmp_path / "none.db"}" >&-'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: Standard output is closed: there is nowhere to print the answer.\n"
