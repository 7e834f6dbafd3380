"""Quotations and speakers laid out for people: in a table, or one below the other on a narrow terminal.

Written to a file or a pipe, the same tables come out plain and always equally wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotes.cli.context import in_context
from quotes.cli.options import printable
from quotes.model import Article, Quote, QuoteKind, Reading, Span, Speaker

if TYPE_CHECKING:
    from quotes.store import ArticleRow, QuoteRow, SpeakerRef, SpeakerRow

PLAIN_WIDTH = 120
NOTHING_FOUND = "No quotation found."
_TABLE_WIDTH = 100
_SHAKY = 0.5

_WHO = "bold"
ROLE = "cyan"
ASIDE = "dim"
HIT = "bold yellow"
_OPENING_MARKS = '“„"«'
_THAT = re.compile(rf"^that\s+(?=[{_OPENING_MARKS}])")
_KIND = {"direct": "green", "mixed": "blue", "indirect": "magenta"}


@dataclass(frozen=True, slots=True)
class Line:
    """A quotation as people see it: who, in what role, said what, when and where.

    ``named`` is false where ``who`` is only the article's word for a speaker it leaves open; ``exact`` where
    ``day`` is that of the article.
    """

    who: str
    named: bool
    role: str | None
    text: str
    kind: QuoteKind
    confidence: float
    day: date | None
    exact: bool
    where: str | None = None
    id: str | None = None


def line_of_quote(quote: Quote, article: Article) -> Line:
    """Return the quotation just read, as a line below its article's name."""
    return Line(
        who=_who(quote.speaker, quote.source),
        named=quote.speaker is not None,
        role=_role(quote.role, quote.speaker),
        text=quote.text,
        kind=quote.kind,
        confidence=quote.confidence,
        day=quote.said_on or article.published,
        exact=quote.said_on is not None,
    )


def line_of_row(row: QuoteRow) -> Line:
    """Return the stored quotation as a line among those of other articles."""
    article = row.article
    return Line(
        who=_who(row.speaker, row.source),
        named=row.speaker is not None,
        role=_role(row.role, row.speaker),
        text=row.text,
        kind=row.kind,
        confidence=row.confidence,
        day=row.date,
        exact=row.said_on is not None,
        where=one_line(_joined(article.title or article.id, article.outlet)),
        id=row.id,
    )


def heading_of(article: Article) -> Text:
    """Return an article's title, or else its id, with what is known of where and when it was published."""
    heading = Text(one_line(article.title or article.id), style="bold")
    aside = [one_line(article.outlet or ""), article.published and in_words(article.published)]
    heading.append("".join(f" · {part}" for part in aside if part), style=ASIDE)
    return heading


class Page:
    """Standard output: as wide and colourful as the terminal; without one, plain and always equally wide."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, emoji=False, markup=False)
        self.is_plain = not self._console.is_terminal
        if self.is_plain:
            self._console = Console(
                highlight=False, emoji=False, markup=False, width=PLAIN_WIDTH, color_system=None
            )
        self.width = self._console.width

    def print(self, *parts: RenderableType) -> None:
        """Print the parts one below the other; plain lines end without blanks."""
        with self._console.capture() as capture:
            self._console.print(*parts, sep="\n")
        shown = capture.get()
        click.echo(re.sub(r"[ \t]+$", "", shown, flags=re.MULTILINE) if self.is_plain else shown, nl=False)


def print_readings(readings: Iterable[Reading]) -> None:
    """Print each article's name and quotations as soon as it is read."""
    page = Page()
    for reading in readings:
        article = reading.article
        page.print(heading_of(article))
        if reading.quotes:
            page.print(lay_out([line_of_quote(quote, article) for quote in reading.quotes], width=page.width))
        else:
            page.print(Text(NOTHING_FOUND, style=ASIDE))
        page.print("")


def print_rows(rows: Sequence[QuoteRow], words: str | None = None) -> None:
    """Print stored quotations, the words that were looked for highlighted."""
    page = Page()
    page.print(lay_out([line_of_row(row) for row in rows], width=page.width, words=words))


def print_speakers(rows: Sequence[SpeakerRow]) -> None:
    """Print speakers with their roles, other names and how often they are quoted."""
    page = Page()
    table = _table()
    table.add_column("Who", ratio=3)
    table.add_column("In what role", ratio=5)
    table.add_column("Quotations", justify="right", no_wrap=True)
    table.add_column("First", no_wrap=True)
    table.add_column("Last", no_wrap=True)
    for row in rows:
        who = Text(one_line(row.name), style=_WHO)
        others = [one_line(name) for name in row.names if name != row.name]
        if others:
            who.append("\nalso " + ", ".join(others), style=ASIDE)
        who.append(f"\n{row.kind.replace('_', ' ')}", style=ASIDE)
        roles = Text("\n").join(Text(one_line(use.role), style=ROLE) for use in row.roles)
        table.add_row(who, roles, f"{row.quotations:,}", _day(row.first), _day(row.last))
    page.print(table)


def print_quote(row: QuoteRow, article: ArticleRow) -> None:
    """Print a stored quotation highlighted in its paragraphs, and everything known about it."""
    page = Page()
    page.print(attribution_of(line_of_row(row)))
    page.print("")
    page.print(Padding(in_context(article.article.text, row, plain=page.is_plain), (0, 2)))
    page.print("")
    facts = Table.grid(padding=(0, 2))
    source = article.article
    for name, value in (
        ("Kind", f"{row.kind}, {row.act}"),
        ("Cue", row.cue and row.cue.text),
        ("Source", row.source and row.source.text),
        ("Said on", row.said_on and in_words(row.said_on)),
        ("Confidence", f"{row.confidence:.0%}"),
        ("Article", _joined(source.title, source.outlet, source.author) or source.id),
        ("Published", source.published and in_words(source.published)),
        ("Link", source.url),
        ("File", source.path),
        ("Characters", ", ".join(f"{span.start:,}–{span.end:,}" for span in row.contents)),
        ("Id", row.id),
    ):
        if value:
            facts.add_row(Text(name, style=ASIDE), Text(one_line(value)))
    page.print(facts)


def lay_out(lines: Sequence[Line], *, width: int, words: str | None = None) -> RenderableType:
    """Return a table where the width is enough for one, and otherwise each quotation below its speaker."""
    pattern = _pattern_of(words)
    if width < _TABLE_WIDTH:
        return Group(*(_card(line, pattern) for line in lines))
    placed = any(line.where for line in lines)
    table = _table()
    table.add_column("Who, in what role", ratio=5)
    table.add_column("What", ratio=11)
    table.add_column("Kind", no_wrap=True)
    table.add_column("When", no_wrap=True)
    if placed:
        table.add_column("Where", width=20, overflow="fold")
    for line in lines:
        who = _who_text(line)
        if line.role:
            who.append(f"\n{line.role}", style=ROLE)
        if pattern is not None:
            who.highlight_regex(pattern, style=HIT)
        kind = Text(line.kind, style=_KIND[line.kind])
        if line.confidence < _SHAKY:
            kind.append("\nuncertain", style=ASIDE)
        cells: list[Text] = [who, words_of(line, pattern), kind, Text(_when(line))]
        if placed:
            cells.append(Text(line.where or "").append(f"\n{line.id}" if line.id else "", style=ASIDE))
        table.add_row(*cells)
    return table


def in_words(day: date) -> str:
    """Return the day as English text has it: *29 June 2021*."""
    return f"{day.day} {day:%B} {day.year}"


def _table() -> Table:
    return Table(
        box=box.SIMPLE_HEAD,
        expand=True,
        leading=1,
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )


def _card(line: Line, pattern: re.Pattern[str] | None) -> RenderableType:
    below = " · ".join(part for part in (line.kind, _when(line), line.where, line.id) if part)
    return Group(
        attribution_of(line),
        Padding(words_of(line, pattern), (0, 0, 0, 2)),
        Padding(Text(below, style=ASIDE), (0, 0, 1, 2)),
    )


def attribution_of(line: Line) -> Text:
    """Return who said it, in what role."""
    who = _who_text(line)
    return who.append(f", {line.role}", style=ROLE) if line.role else who


def _who_text(line: Line) -> Text:
    return Text(line.who, style=_WHO if line.named else "italic")


def _who(speaker: Speaker | SpeakerRef | None, source: Span | None) -> str:
    if speaker:
        return one_line(speaker.name)
    return f"“{one_line(source.text)}” (who?)" if source else "not named"


def _role(role: str | None, speaker: Speaker | SpeakerRef | None) -> str | None:
    # Of “a Pentagon official”, the role is all that there is of a name.
    if role is None or (speaker and role.casefold() == speaker.name.casefold()):
        return None
    return one_line(role)


def words_of(line: Line, pattern: re.Pattern[str] | None = None) -> Text:
    """Return what was said, with what matches the pattern highlighted."""
    text = one_line(line.text)
    if line.kind == "direct":
        # The comma before “she said” belongs to her sentence as little as the “that” before what she said.
        text = _THAT.sub("", text).rstrip(",")
        text = text if text[:1] in _OPENING_MARKS else f"“{text}”"
    what = Text(text)
    if pattern is not None:
        what.highlight_regex(pattern, style=HIT)
    return what


def _when(line: Line) -> str:
    if line.day is None:
        return ""
    return _day(line.day) if line.exact else f"by {_day(line.day)}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b} {day.year}" if day else ""


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def one_line(text: str) -> str:
    """Return the text on one line, with nothing in it that a terminal would obey."""
    return " ".join(printable(text).split())


def _pattern_of(words: str | None) -> re.Pattern[str] | None:
    """Return what matches the words of a search, those that a minus takes away aside."""
    found = re.findall(r"(?<![\w-])(\w+)(\*?)", re.sub(r'(?<!\S)-("[^"]*"|\S+)', " ", words or ""))
    if not found:
        return None
    alternatives = "|".join(re.escape(word) + (r"\w*" if star else "") for word, star in found)
    return re.compile(rf"(?i)\b(?:{alternatives})\b")
