"""A quotation where it stands in its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotes.cli.options import printable

if TYPE_CHECKING:
    from quotes.store import QuoteRow

MAX_CONTEXT = 500


def in_context(text: str, quote: QuoteRow, *, plain: bool) -> Text:
    """Return the paragraphs that the quotation stands in, its words, cue and source highlighted.

    Of a very long paragraph, what is further away than :data:`MAX_CONTEXT` characters is left out.

    :param plain: Without colours: enclose what was said in ``⟦ ⟧`` instead.
    """
    spans = [*quote.contents, *(span for span in (quote.cue, quote.source) if span)]
    start, end = _around(text, min(span.start for span in spans), max(span.end for span in spans))
    styles = dict.fromkeys(quote.contents, "bold yellow")
    if quote.cue:
        styles[quote.cue] = "italic"
    if quote.source:
        styles[quote.source] = "underline"
    # Every character stands for one, so that the offsets still hold.
    shown = Text(printable(text[start:end].replace("\r", " ")))
    for span, style in styles.items():
        shown.stylize(style, span.start - start, span.end - start)
    if plain:
        for span in sorted(quote.contents, key=lambda span: span.start, reverse=True):
            before, within, behind = shown.divide([span.start - start, span.end - start])
            shown = Text.assemble(before, "⟦", within, "⟧", behind)
    opening = "" if start == 0 or text[start - 1] == "\n" else "… "
    closing = "" if end == len(text) or text[end] == "\n" else " …"
    return Text.assemble(opening, shown, closing)


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """Return where the paragraphs of ``[first, last)`` start and end, or the words too far away from it."""
    start = text.rfind("\n", 0, first) + 1
    if first - start > MAX_CONTEXT:
        start = text.find(" ", first - MAX_CONTEXT, first) + 1 or first
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    if end - last > MAX_CONTEXT:
        end = max(text.rfind(" ", last, last + MAX_CONTEXT), last)
    return start, end
