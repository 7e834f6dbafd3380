from __future__ import annotations

import subprocess
import sys

import quotes.store


def test_everything_promised_is_there() -> None:
    assert all(hasattr(quotes.store, name) for name in quotes.store.__all__)


def test_the_store_brings_in_neither_the_reader_nor_a_server() -> None:
    code = (
        "import sys, quotes.store; print([m for m in ('spacy', 'onnxruntime', 'flask') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
