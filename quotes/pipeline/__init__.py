"""The reader: a spaCy pipeline from news text to attributed quotations.

``encode`` → ``spans`` → ``attribution`` → ``speakers`` → ``roles`` → ``confidence``, a module each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from quotes.errors import WeightsError
from quotes.model import Article, Reading
from quotes.pipeline import attribution, confidence, encode, roles, spans, speakers, tokenizer

COMPONENTS = (
    "quotes_encode",
    "quotes_spans",
    "quotes_attribution",
    "quotes_speakers",
    "quotes_roles",
    "quotes_confidence",
)
"""Factories in the order they run."""

RULES_VERSION = "1"
"""Raised whenever a change of code makes the reader read otherwise."""


@cache
def reader_version(weights: Path = encode.WEIGHTS) -> str:
    """Return what identifies a reader: its rules and its weights.

    :raises WeightsError: The weights are missing.
    """
    try:
        digest = hashlib.sha256((weights / "SHA256SUMS").read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsError(
            f"The trained reader in {weights} is missing ({error}). Install the package again."
        ) from error
    return f"{RULES_VERSION}.{digest[:8]}"


def load(components: Sequence[str] = COMPONENTS, **settings: dict[str, Any]) -> Language:
    """Return the reader.

    :param components: Factories to run: all of them, or the first few.
    :param settings: For a component, named without its prefix, what to set otherwise than by default:
        ``load(encode={"threads": 1})``.
    :raises WeightsError: The trained weights are missing or damaged.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "quotes.FineTokenizer.v1"}}})
    nlp.max_length = 2_000_000
    for name in components:
        nlp.add_pipe(name, config=settings.get(name.removeprefix("quotes_"), {}))
    return nlp


def read(articles: Iterable[Article], nlp: Language | None = None) -> Iterator[Reading]:
    """Yield what was read out of each article, in order, each when it is asked for.

    :param nlp: The reader, loaded if none is given.
    """
    nlp = nlp or load()
    for article in articles:
        yield Reading(article, tuple(read_doc(article, nlp)._.quotes))


def read_doc(article: Article, nlp: Language) -> Doc:
    """Return an article with all that the reader found out about it."""
    doc = nlp.make_doc(article.text)
    doc._.published = article.published
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


__all__ = ["COMPONENTS", "load", "read", "read_doc", "reader_version"]
_ = (attribution, confidence, roles, speakers, spans, tokenizer)  # imported for the factories they register
