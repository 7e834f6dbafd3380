import importlib
import subprocess
import sys

import pytest

import quotes


def test_every_exported_name_is_there():
    for name in quotes.__all__:
        assert getattr(quotes, name) is not None
    assert set(quotes.__all__) <= set(dir(quotes))
    assert quotes.__all__ == sorted(quotes.__all__)


def test_nothing_else_is_exported():
    public = {name for name in vars(quotes) if not name.startswith("_")} - {
        "annotations",
        "TYPE_CHECKING",
        "import_module",
    }
    modules = {name for name in public if f"quotes.{name}" in sys.modules}
    assert public - modules <= set(quotes.__all__)


def test_a_name_that_is_not_there_is_missed_as_usual():
    with pytest.raises(AttributeError, match="module 'quotes' has no attribute 'nothing'"):
        quotes.nothing  # noqa: B018


def loaded_by(statement):
    script = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_importing_the_package_is_quick():
    assert not loaded_by("import quotes") & {
        "spacy",
        "numpy",
        "onnxruntime",
        "sqlite3",
        "sqlite_utils",
        "click",
        "flask",
    }


def test_plain_data_needs_neither_spacy_nor_sqlite():
    assert not loaded_by("from quotes import Article, Quote, QuotesError") & {"spacy", "sqlite3"}


def test_the_reader_knows_no_database_and_no_web_server():
    assert not loaded_by("from quotes import load, read") & {"sqlite_utils", "flask", "torch", "transformers"}


def test_the_store_knows_no_reader_and_no_web_server():
    assert not loaded_by("from quotes import Store") & {"spacy", "onnxruntime", "flask", "torch"}


def test_files_are_read_without_reader_or_database():
    assert not loaded_by("import quotes.reading") & {"spacy", "sqlite3", "trafilatura", "dateparser", "flask"}


@pytest.mark.parametrize("name", ["explain", "load", "read", "Store"])
def test_what_is_loaded_late_is_the_same_as_where_it_comes_from(name):
    home = importlib.import_module(quotes._LAZY[name])
    assert getattr(quotes, name) is getattr(home, name)
