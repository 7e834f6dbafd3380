"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How an application serves a database; every limit has a sound default."""

    db: Path
    read_only: bool = False
    """Whether nothing may be written: then any number of servers can share a file."""
    private: bool = False
    """Whether reading takes a token too."""
    requests_per_minute: int = 1200
    """From one address without a token."""
    token_requests_per_minute: int = 6000
    """With one token."""
    readings_per_minute: int = 30
    """Texts that one address may have read, with ``POST /extract``; with a token, ten times as many."""
    query_s: float = 5.0
    """Seconds that the questions of one request may take in the database."""
    reading_wait_s: float = 20.0
    """Seconds that a text waits for those before it to be read."""
    write_wait_s: float = 5.0
    """Seconds that a change waits for another program to finish writing."""
    max_characters: int = 200_000
    """Of a text that is sent to be read: some 32,000 words."""
    max_body_bytes: int = 4 * 1024 * 1024
    max_exports: int = 2
    """CSV and JSON Lines files that are sent at a time."""
