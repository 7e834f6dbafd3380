"""The trained reader as a server uses it: loaded once, when it is first needed, and asked one text at a time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from quotes.errors import StoreBusyError
from quotes.model import Article, Reading

if TYPE_CHECKING:
    from spacy.language import Language


# One that is read, and one that waits.
_AT_A_TIME = 2


class AnyReader(Protocol):
    """What reads texts: the trained reader, or another in its place."""

    def read(self, article: Article) -> Reading:
        """Return what was read in an article."""

    def version(self) -> str:
        """Return what tells this reader from those that read otherwise."""


class Reader:
    """Reads texts, one after the other: a reading uses every core there is."""

    def __init__(self, *, wait_s: float) -> None:
        """Wait so long for the texts before to be read."""
        self._wait_s = wait_s
        self._turn = threading.Lock()
        self._present = threading.BoundedSemaphore(_AT_A_TIME)
        self._nlp: Language | None = None

    def read(self, article: Article) -> Reading:
        """Return what was read in an article.

        :raises StoreBusyError: Other texts are being read, for longer than this one may wait.
        :raises WeightsError: The trained reader is missing or damaged.
        """
        from quotes.pipeline import load, read  # noqa: PLC0415  (spaCy is slow to import)

        busy = StoreBusyError("Other texts are being read: send this one again in a few seconds.")
        # Texts that wait keep threads from answering questions, which take no time.
        if not self._present.acquire(blocking=False):
            raise busy
        try:
            if not self._turn.acquire(timeout=self._wait_s):
                raise busy
            try:
                if self._nlp is None:
                    self._nlp = load()
                (reading,) = read([article], self._nlp)
            finally:
                self._turn.release()
        finally:
            self._present.release()
        return reading

    def version(self) -> str:
        """Return the version of the reader.

        :raises WeightsError: Its weights are missing.
        """
        from quotes.pipeline import reader_version  # noqa: PLC0415

        return reader_version()
