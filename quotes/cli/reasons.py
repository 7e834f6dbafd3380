"""Explanations laid out for people: the quotation, whose it is, and below it all that speaks for that."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import replace

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotes import wording
from quotes.cli.options import printable
from quotes.cli.rendering import (
    ASIDE,
    HIT,
    NOTHING_FOUND,
    ROLE,
    Page,
    attribution_of,
    heading_of,
    line_of_quote,
    one_line,
    words_of,
)
from quotes.model import Article, Span
from quotes.pipeline.explanations import Clue, Explained, Explanation

MAX_SHOWN = 160
"""Characters of a quotation that are shown."""


def print_explanations(explained: Iterable[Explained]) -> None:
    """Print each article's name and explanations as soon as it is read."""
    page = Page()
    for each in explained:
        page.print(heading_of(each.article))
        if not each.explanations:
            page.print(Text(NOTHING_FOUND, style=ASIDE))
        for explanation in each.explanations:
            page.print("")
            page.print(*_laid_out(each.article, explanation, plain=page.is_plain))
        page.print("")


def _laid_out(article: Article, explanation: Explanation, *, plain: bool) -> tuple[Text, Padding, Padding]:
    line = line_of_quote(explanation.quote, article)
    line = replace(line, text=textwrap.shorten(line.text, MAX_SHOWN, placeholder=" …"))
    return (
        attribution_of(line),
        Padding(words_of(line), (0, 0, 0, 2)),
        Padding(_facts(explanation, plain=plain), (0, 0, 0, 2)),
    )


def _facts(explanation: Explanation, *, plain: bool) -> Table:
    quote = explanation.quote
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style=ASIDE, no_wrap=True)
    facts.add_column()
    facts.add_row("Why", one_line(wording.why(explanation)))
    reasons = wording.reasons(explanation)
    if reasons:
        facts.add_row("", one_line(" ".join(reasons)))
    facts.add_row("Speaker", one_line(_score(explanation)))
    contents = ", ".join(f"{span.start:,}–{span.end:,}" for span in quote.contents)
    facts.add_row(
        "Quotation", f"{quote.kind}, {quote.act} · line {explanation.line:,}, characters {contents}"
    )
    if quote.cue and explanation.cue_line:
        facts.add_row("Cue", _printed(quote.cue, explanation.cue_line))
    if quote.source and explanation.source_line:
        facts.add_row("Source", _printed(quote.source, explanation.source_line))
    for clue in explanation.clues:
        facts.add_row(wording.PARTS[clue.part], _in_place(clue, plain=plain))
    if explanation.runner_up:
        facts.add_row(wording.PARTS["runner-up"], _in_place(explanation.runner_up, plain=plain))
    role = explanation.role
    if role:
        how = f", {wording.ROLES[role.how]}" if role.how else ""
        facts.add_row("Role", Text.assemble((one_line(role.text), ROLE), how))
        if role.clue and role.clue.span not in [clue.span for clue in explanation.clues]:
            facts.add_row("", _in_place(role.clue, plain=plain))
    facts.add_row(
        "Confidence",
        f"{quote.confidence:.2f}: {explanation.found:.2f} for the quotation × {explanation.speaker_part:.2f}"
        f" for the speaker{', who is open' if explanation.is_open else ''}",
    )
    doubts = "; ".join(
        f"{why} ({doubt.without:.2f} without that)" for why, doubt in wording.doubts(explanation)
    )
    if doubts:
        facts.add_row("Lowered by", one_line(f"{doubts}."))
    return facts


def _score(explanation: Explanation) -> str:
    speaker = explanation.quote.speaker
    if not explanation.name:
        return "open"
    who = f"{speaker.kind.replace('_', ' ')} ·" if speaker else f"open · {explanation.name}"
    return f"{who} {explanation.score:.2f}, named from {explanation.threshold:.2f} on"


def _printed(span: Span, line: int) -> str:
    return f"“{one_line(span.text)}” · line {line:,}, characters {span.start:,}–{span.end:,}"


def _in_place(clue: Clue, *, plain: bool) -> Text:
    """Return a clue among the words around it, highlighted or in ``⟦ ⟧``."""
    span = clue.span
    where = f"line {clue.line:,}, characters {span.start:,}–{span.end:,}: "
    words = _flat(span.text)
    found = Text(f"⟦{words}⟧") if plain else Text(words, style=HIT)
    return Text.assemble(where, _flat(clue.before).lstrip(), found, _flat(clue.after).rstrip())


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", printable(text))
