"""From articles to stored quotations: what is new is read, in one process or several, and written by one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from quotes.errors import ArticleError, ArticleFormatError, WorkerError
from quotes.model import Article, Reading

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.store import Store
    from quotes.store.rows import Outcome

BATCH_ARTICLES = 32
BATCH_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one article, and how many quotations were read in it (0 if it did not have to be)."""

    article_id: str
    outcome: Outcome
    quotes: int


def ingest(
    articles: Iterable[Article],
    store: Store,
    *,
    workers: int = 1,
    on_article: Callable[[Ingested], None],
    on_error: Callable[[ArticleError], None],
) -> None:
    """Read every article that the store does not have as it is now, and save what was read.

    An article is saved in one transaction as soon as it and those before it are read, so whatever ends this
    early leaves the store sound, with each article either as it was or finished. The articles are saved in
    the same order however many processes read them.

    :param workers: How many processes read, each with a model of its own; 1 reads in this one.
    :param on_article: Called after each article.
    :param on_error: Called with what is wrong with an article that is left out.
    :raises WeightsError: The trained reader is missing or damaged.
    :raises WorkerError: A reading process died.
    :raises StoreError: The store cannot be written to.
    """
    # spaCy is slow to import, and a caller with a wrong path should hear of that first.
    from quotes.pipeline import reader_version  # noqa: PLC0415

    version = reader_version()

    def is_new(article: Article) -> bool:
        if not store.has_current(article, version):
            return True
        on_article(Ingested(article.id, "unchanged", 0))
        return False

    batches = _batches(article for article in _distinct(articles, on_error) if is_new(article))
    read = _read_here(batches) if workers == 1 else _read_in_processes(batches, workers)
    added = 0
    for readings in read:
        for reading in readings:
            with _uninterrupted():
                try:
                    outcome = store.save(reading, version)
                except ArticleError as error:
                    on_error(error)
                else:
                    added += outcome == "added"
                    on_article(Ingested(reading.article.id, outcome, len(reading.quotes)))
    if added and 10 * added >= store.count_articles():
        store.tidy()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put a Ctrl-C off until the block is done, so that what was saved is also counted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupts: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if interrupts:
        raise KeyboardInterrupt


def _distinct(articles: Iterable[Article], on_error: Callable[[ArticleError], None]) -> Iterator[Article]:
    seen: dict[str, tuple[int, str | None, int | None]] = {}
    for article in articles:
        text_hash = hash(article.text)
        first = seen.setdefault(article.id, (text_hash, article.path, article.line))
        if first[0] == text_hash:
            yield article
        else:
            on_error(
                ArticleFormatError(
                    f"{_place(article.path, article.line)}: a different article with the id {article.id!r} came"
                    f" before ({_place(*first[1:])}), so this one is left out; give it another name or id."
                )
            )


def _place(path: str | None, line: int | None) -> str:
    name = path or "standard input"
    return f"{name}, line {line:,}" if line is not None else name


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) == BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _read_here(batches: Iterable[list[Article]]) -> Iterator[Iterable[Reading]]:
    from quotes.pipeline import read  # noqa: PLC0415

    for batch in batches:
        yield read(batch, nlp=_model())


def _read_in_processes(batches: Iterable[list[Article]], workers: int) -> Iterator[Iterable[Reading]]:
    others = set(multiprocessing.active_children())
    # A forked copy of a process with threads may hang; spawned ones start clean.
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_become_worker
    )
    pending: deque[Future[list[Reading]]] = deque()
    try:
        for batch in batches:
            pending.append(pool.submit(_read_batch, batch))
            if len(pending) > 2 * workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerError(
            "A reading process died, perhaps for want of memory; what was finished is kept:"
            " run the same command again, with fewer --workers."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()


def _become_worker() -> None:
    # Ctrl-C reaches every process of the terminal; it is the first one's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Killed, the first process can tell nobody: its workers must notice, or they would wait for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_batch(batch: list[Article]) -> list[Reading]:
    from quotes.pipeline import read  # noqa: PLC0415

    return list(read(batch, nlp=_model()))


@cache
def _model() -> Language:
    from quotes.pipeline import load  # noqa: PLC0415

    # A process of several uses one core; alone, it may use what there is.
    alone = multiprocessing.parent_process() is None
    return load() if alone else load(encode={"threads": 1})
