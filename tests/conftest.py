"""The reader, loaded once, and how hard hypothesis tries."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest
from spacy.language import Language

import quotes

hypothesis.settings.register_profile("project", deadline=None, print_blob=True)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def reader() -> Language:
    """The whole reader, with the weights that come with the package."""
    return quotes.load()


@pytest.fixture(scope="session")
def quotes_of(reader: Language) -> Callable[[str], tuple[quotes.Quote, ...]]:
    """A function from a text to its quotations."""

    def read(text: str) -> tuple[quotes.Quote, ...]:
        (reading,) = quotes.read([quotes.Article(id="text", text=text)], reader)
        return reading.quotes

    return read
