"""Files, folders and standard input as articles, one after the other, in bounded memory.

What each ending holds: ``.txt`` one article of plain text; ``.html`` one web page; ``.jsonl`` and
``.jsonl.gz`` an article a line. A file of another ending is judged by how it begins if it is named, and
left out if it only lies in a folder.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Literal

from quotes import html
from quotes.dates import leading_date
from quotes.decoding import MAX_BYTES, check_encoding, check_text, decode, too_long
from quotes.errors import ArticleError, ArticleNotFoundError
from quotes.html import article_from_html, looks_like_html
from quotes.jsonlines import articles_from_lines, unpacked
from quotes.model import Article

STDIN = "-"

_Form = Literal["text", "html", "lines", "packed lines"]
_FORMS: dict[str, _Form] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "lines",
    ".json": "lines",
    ".jsonl.gz": "packed lines",
}
_IN_FOLDERS = ("txt", "html", "htm", "jsonl", "jsonl.gz")
_Report = Callable[[ArticleError], None]
_OBJECT_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")


def read_articles(
    paths: Iterable[str | Path],
    *,
    encoding: str | None = None,
    on_error: Callable[[ArticleError], None] | None = None,
    on_note: Callable[[str], None] | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Article]:
    """Yield the articles of the files and folders, in the order given; a folder's by name, depth last.

    :param paths: Files, folders, and ``-`` for standard input.
    :param encoding: What text files are in, instead of UTF-8; web pages may declare their own.
    :param on_error: Called with what is wrong with a file or line; the others are read all the same.
        Without it the first error is raised.
    :param on_note: Called with a sentence on files of a folder that are no articles.
    :param stdin: What ``-`` reads, instead of ``sys.stdin``.
    :raises QueryError: There is no such encoding.
    :raises ArticleError: Something is wrong with a file, and there is no ``on_error``.
    """
    check_encoding(encoding)
    report = on_error or _raise
    for file in find_files(paths, on_error=report, on_note=on_note):
        try:
            if file == STDIN:
                yield from _from_stdin(stdin or sys.stdin.buffer, encoding, report)
            else:
                yield from _from_file(Path(file), encoding, report)
        except ArticleError as error:
            report(error)
        except OSError as error:
            report(ArticleNotFoundError(f"{display(file)}: it cannot be read ({error.strerror or error})."))


def find_files(
    paths: Iterable[str | Path],
    *,
    on_error: Callable[[ArticleError], None] | None = None,
    on_note: Callable[[str], None] | None = None,
) -> Iterator[str]:
    """Yield the files named, and in place of a folder the articles in and below it, hidden ones aside."""
    report = on_error or _raise
    for path in paths:
        if str(path) != STDIN and Path(path).is_dir():
            yield from _folder(Path(path), report, on_note or (lambda _: None))
        else:
            yield str(path)


def holds_one_article(path: str) -> bool:
    """Say whether the file's ending promises a single article."""
    return _form(Path(path)) in {"text", "html"}


def display(path: str | Path) -> str:
    """Return the path as text that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _raise(error: ArticleError) -> None:
    raise error


def _folder(folder: Path, report: _Report, note: Callable[[str], None]) -> Iterator[str]:
    found = 0
    others: list[str] = []

    def unreadable(error: OSError) -> None:
        report(ArticleNotFoundError(f"{display(error.filename)}: it cannot be read ({error.strerror})."))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            # A pipe would be waited for without end; a link that leads nowhere is told of when it is opened.
            is_pipe = Path(parent, name).exists() and not Path(parent, name).is_file()
            if not is_pipe and _ending(Path(name)).removeprefix(".") in _IN_FOLDERS:
                found += 1
                yield str(Path(parent, name))
            else:
                others.append(name)
    if others:
        listed = ", ".join(display(name) for name in others[:3]) + (", …" if len(others) > 3 else "")
        files = "1 file is" if len(others) == 1 else f"{len(others):,} files are"
        note(f"{display(folder)}: {files} left out, being neither text, HTML nor JSON Lines: {listed}")
    if not found:
        endings = ", ".join(f".{ending}" for ending in _IN_FOLDERS)
        report(
            ArticleNotFoundError(
                f"{display(folder)}: this folder holds no article; the names of articles end in {endings}."
            )
        )


def _from_file(path: Path, encoding: str | None, report: _Report) -> Iterator[Article]:
    name = display(path)
    try:
        stream = path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArticleNotFoundError(f"{name}: there is no such file or folder; check the path.") from error
    with stream:
        form = _form(path) or _form_by_content(stream.peek(8192))
        if form in {"lines", "packed lines"}:
            lines = unpacked(stream) if form == "packed lines" else stream
            yield from articles_from_lines(
                lines, path=name, name=display(path.name), encoding=encoding, report=report
            )
        elif form == "html":
            data = _all_of(stream, html.MAX_BYTES, name)
            yield article_from_html(data, id=display(path.name), path=name, encoding=encoding)
        else:
            text = _text(_all_of(stream, MAX_BYTES, name), name, encoding)
            yield Article(id=_stem(path), text=text, published=leading_date(text), path=name)


def _from_stdin(stream: IO[bytes], encoding: str | None, report: _Report) -> Iterator[Article]:
    # Not every stream can be peeked into; a buffer around it can.
    buffer = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    form = _form_by_content(buffer.peek(8192))
    if form == "lines":
        yield from articles_from_lines(buffer, path=None, name="stdin", encoding=encoding, report=report)
        return
    name = "standard input"
    data = _all_of(buffer, html.MAX_BYTES if form == "html" else MAX_BYTES, name)
    # Having no name, an article is called after its content: two of them never replace each other.
    digest = f"stdin-{hashlib.sha256(data).hexdigest()[:12]}"
    if form == "html":
        yield replace(article_from_html(data, id=digest, path=name, encoding=encoding), path=None)
    else:
        text = _text(data, name, encoding)
        yield Article(id=digest, text=text, published=leading_date(text))


def _all_of(stream: IO[bytes], limit: int, name: str) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        if b"\0" in data[:8192]:
            decode(data[:8192], name=name)
        raise too_long(name, f"more than {limit:,} bytes")
    return data


def _text(data: bytes, name: str, encoding: str | None) -> str:
    return check_text(decode(data, name=name, encoding=encoding), name=name)


def _ending(path: Path) -> str:
    name = path.name.lower()
    return ".jsonl.gz" if name.endswith(".jsonl.gz") else path.suffix.lower()


def _form(path: Path) -> _Form | None:
    return _FORMS.get(_ending(path))


def _form_by_content(beginning: bytes) -> _Form:
    if looks_like_html(beginning):
        return "html"
    return "lines" if _OBJECT_START.match(beginning) else "text"


def _stem(path: Path) -> str:
    return display(path.name[:-4] if path.name.lower().endswith(".txt") else path.name)
