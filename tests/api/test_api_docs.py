"""Every example of docs/api.md does what the page says, against a server over the two articles of seeds/."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api import Settings
from api.reader import Reader
from quotes.ingesting import ingest
from quotes.reading import read_articles
from quotes.store import Store

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|python|json)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def seeded(serve, tmp_path):
    db = tmp_path / "quotes.db"
    with Store.open(db) as store:
        ingest(read_articles([ROOT / "seeds"]), store, on_article=print, on_error=pytest.fail)
    return serve(Settings(db), Reader(wait_s=60))


def holds(found, expected):
    """Say whether an answer has all that the page shows of it."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            holds(found.get(key), value) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return len(found) >= len(expected) and all(map(holds, found, expected))
    return found == expected


@pytest.mark.skipif(not shutil.which("curl"), reason="the examples use curl")
def test_every_example_does_what_the_page_says(seeded, tmp_path):
    command = tmp_path / "quotes"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quotes "$@"\n')
    command.chmod(0o755)
    environ = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "QUOTES_DB": str(tmp_path / "quotes.db"),
        "PYTHONIOENCODING": "utf-8",
    }
    ran = 0
    answer = ""
    for language, block in BLOCKS:
        if language == "json":
            assert holds(json.loads(answer), json.loads(block)), answer
            continue
        text = block.replace("http://localhost:8000", seeded.address).replace(
            "localhost:8000", seeded.address
        )
        if language == "sh":
            # What it leaves in its variables is there for the next.
            text = f"set -e; set -a; {text}\n(echo ID=$ID; echo TOKEN=$TOKEN) > variables"
            program = ["bash", "-c", text.replace("curl ", "curl --silent --show-error ")]
        else:
            program = [sys.executable, "-W", "error", "-c", text]
        done = subprocess.run(  # noqa: PLW1510
            program, env=environ, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, (block, done.stderr)
        answer = done.stdout
        if language == "sh":
            variables = (tmp_path / "variables").read_text().split()
            environ |= {
                name: value for name, _, value in (each.partition("=") for each in variables) if value
            }
        ran += 1
    assert ran >= 18


def test_every_address_is_on_the_page_and_every_parameter_of_a_search(client):
    description = client.get("/openapi.json").json()
    for path in description["paths"]:
        name = (
            path.removeprefix("/api/v1").split("/{")[0].rpartition(".")[0]
            or path.removeprefix("/api/v1").split("/{")[0]
        )
        assert name in PAGE, path
    for parameter in description["paths"]["/api/v1/quotes"]["get"]["parameters"]:
        assert f"`{parameter['name']}`" in PAGE, parameter["name"]
