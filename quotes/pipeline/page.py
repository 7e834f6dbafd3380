"""The visible words of a ``Doc`` as plain lists: what speakers and roles are read from.

spaCy's token objects are slow to touch again and again, and white-space tokens stand between words that
belong together; a page has neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.marks import DOUBLE_MARKS


@dataclass(slots=True)
class Page:
    """The words of an article; every list but ``word_at`` has one item a word.

    ``line`` counts paragraphs, ``sentence`` sentences, ``content`` is the number of the attribution whose
    content holds the word or -1, ``quoted`` tells whether the word stands within quotation marks there,
    ``glued`` whether no white space parts it from the word before. ``word_at`` maps an index of the ``Doc``
    to the first word at or after it.
    """

    text: str
    words: list[str]
    lower: list[str]
    pos: list[str]
    entity: list[str]
    start: list[int]
    line: list[int]
    sentence: list[int]
    glued: list[bool]
    content: list[int]
    quoted: list[bool]
    word_at: list[int]
    tokens: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, last: int) -> str:
        """Return the text of the words ``[first, last)``, each stretch of white space made one space."""
        if first >= last:
            return ""
        return " ".join(
            self.text[self.start[first] : self.start[last - 1] + len(self.words[last - 1])].split()
        )

    def range(self, span: Span) -> tuple[int, int]:
        """Return the words ``[first, last)`` of a span."""
        return self.word_at[span.start], self.word_at[span.end]

    def same_line(self, first: int, second: int) -> bool:
        """Return whether both words exist and stand in one paragraph."""
        return (
            0 <= first < len(self.words)
            and 0 <= second < len(self.words)
            and self.line[first] == self.line[second]
        )

    def is_capital(self, i: int) -> bool:
        """Return whether a word begins with a capital letter."""
        return self.words[i][0].isupper()


def read_page(doc: Doc, attributions: Sequence[Attribution] = ()) -> Page:
    """Return the page of a ``Doc`` whose parts of speech, entities and sentence starts are set."""
    page = Page(doc.text, [], [], [], [], [], [], [], [], [], [], [], [])
    line = sentence = 0
    broken = begun = False
    end = 0
    for token in doc:
        page.word_at.append(len(page.words))
        text = token.text
        begun = begun or token.is_sent_start is True
        if text.isspace():
            broken = broken or "\n" in text or "\r" in text or "\u2028" in text or "\u2029" in text
            continue
        if page.words:
            line += broken
            sentence += begun or broken
        page.words.append(text)
        page.lower.append(text.lower())
        page.pos.append(token.pos_)
        page.entity.append(token.ent_type_)
        page.start.append(token.idx)
        page.line.append(line)
        page.sentence.append(sentence)
        page.glued.append(bool(end == token.idx and end))
        page.tokens.append(token.i)
        end = token.idx + len(text)
        broken = begun = False
    page.word_at.append(len(page.words))
    page.content = [-1] * len(page.words)
    page.quoted = [False] * len(page.words)
    for number, attribution in enumerate(attributions):
        for span in attribution.contents:
            _mark_content(page, number, *page.range(span))
    return page


def _mark_content(page: Page, number: int, first: int, last: int) -> None:
    inside = False
    for i in range(first, last):
        page.content[i] = number
        if page.words[i] in DOUBLE_MARKS:
            inside = not inside
        page.quoted[i] = inside
