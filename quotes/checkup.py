"""Whether everything that a reading and its storing rely on is sound."""

from __future__ import annotations

import hashlib
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from quotes.errors import QuotesError, StoreNotFoundError
from quotes.store import Store, sqlite_warning

WEIGHTS = Path(__file__).parent / "weights"
CHECKSUMS = "SHA256SUMS"
"""A line for each file of the weights, as ``sha256sum`` writes and checks them."""

MAX_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one thing. A warning is worth knowing, and nothing is wrong yet."""

    verdict: Literal["ok", "warning", "broken"]
    subject: str
    sentence: str


def check_all(db: Path) -> Iterator[Finding]:
    """Yield a finding about the program, SQLite, the trained weights and the database, as each is made."""
    yield Finding("ok", "program", f"quotes {version('quote-tracker')}, Python {platform.python_version()}")
    warning = sqlite_warning()
    yield Finding("warning" if warning else "ok", "SQLite", warning or f"version {sqlite3.sqlite_version}")
    yield from check_weights(WEIGHTS)
    yield _reader()
    yield from check_store(db)


def check_weights(folder: Path) -> Iterator[Finding]:
    """Yield a finding for each file of the weights that is missing or not as it was made; one if none is."""
    try:
        listed = (folder / CHECKSUMS).read_text(encoding="utf-8").split()
    except OSError as error:
        yield Finding("broken", "weights", f"{folder / CHECKSUMS} cannot be read ({error}); install again.")
        return
    sound = 0
    for expected, name in zip(listed[::2], listed[1::2], strict=False):
        path = folder / name.removeprefix("*")
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield Finding("broken", "weights", f"{path} cannot be read ({error.strerror}); install again.")
            continue
        if found == expected:
            sound += 1
        else:
            yield Finding(
                "broken", "weights", f"{path} is not as it was made (SHA-256 {found}); install again."
            )
    if sound and 2 * sound == len(listed):
        yield Finding("ok", "weights", f"{sound} files with the checksums that they were made with")


def check_store(path: Path) -> Iterator[Finding]:
    """Yield a finding for each thing that is wrong with the database, or what it holds if nothing is."""
    try:
        with Store.open(path, mode="ro") as store:
            wrong = store.check()
            statistics = store.statistics()
    except StoreNotFoundError as error:
        yield Finding("warning", "database", str(error))
        return
    except QuotesError as error:
        yield Finding("broken", "database", str(error))
        return
    for sentence in wrong[:MAX_FINDINGS]:
        yield Finding("broken", "database", sentence)
    if len(wrong) > MAX_FINDINGS:
        yield Finding("broken", "database", f"{len(wrong) - MAX_FINDINGS:,} more of the kind.")
    if wrong:
        return
    yield Finding(
        "ok",
        "database",
        f"{path} is whole: {statistics.articles:,} articles, {statistics.quotations:,} quotations,"
        f" {statistics.attributed:,} of them with a speaker, {statistics.speakers:,} speakers",
    )
    older = sum(n for name, n in statistics.by_reader.items() if name != _reader_version())
    if older:
        yield Finding(
            "warning",
            "database",
            f"{older:,} articles were read by another version; ingest them again to catch up.",
        )


def _reader() -> Finding:
    from quotes.pipeline import load  # noqa: PLC0415

    try:
        load()
    except QuotesError as error:
        return Finding("broken", "reader", str(error))
    return Finding("ok", "reader", f"version {_reader_version()} starts")


def _reader_version() -> str:
    # spaCy is slow to import, and not needed to look at weights or a database alone.
    from quotes.pipeline import reader_version  # noqa: PLC0415

    return reader_version()
