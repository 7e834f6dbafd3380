"""Articles and readings made up for the tests of the store; their spans are right by construction."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from quotes.model import Act, Article, Quote, QuoteKind, Reading, Span, Speaker
from quotes.store import Store

VERSION = "reader 1"


@dataclass
class Writer:
    """Puts an article together sentence by sentence, and remembers who said what in it."""

    text: str = ""

    def __post_init__(self) -> None:
        self.quotes: list[Quote] = []

    def add(
        self,
        said: str,
        speaker: Speaker | None,
        role: str | None = None,
        *,
        kind: QuoteKind = "direct",
        act: Act = "speech",
        cue: str = "said",
        confidence: float = 0.9,
        said_on: date | None = None,
    ) -> Writer:
        source = speaker.name if speaker else "it"
        start = len(self.text)
        content = self._append(f"“{said},”" if kind == "direct" else said)
        self._append(" ")
        source_span = self._append(source)
        self._append(" ")
        cue_span = self._append(cue)
        self._append(".")
        context = Span(start, len(self.text), self.text[start:])
        self._append(" ")
        self.quotes.append(
            Quote(kind, act, (content,), cue_span, source_span, speaker, role, confidence, context, said_on)
        )
        return self

    def reading(self, article_id: str, published: date | None = None, **metadata: str) -> Reading:
        article = Article(article_id, self.text, published=published, **metadata)
        return Reading(article, tuple(self.quotes))

    def _append(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        return Span(start, len(self.text), text)


_WORDS = """
    the bridge river water council budget school road will be was not open close build plan we they more less
    money winter summer year week city people work house market price tax vote law court health doctor teacher
    farmer train bus light power green new old small large late early good better never always again together
""".split()
_FIRST = ("Ana", "Ben", "Carla", "David", "Elena", "Frank", "Greta", "Hugo", "Irene", "Jonas", "Karin")
_LAST = ("Abbott", "Becker", "Castro", "Duarte", "Evans", "Fischer", "Grant", "Hansen", "Ibarra")
_ROLES = (
    "mayor",
    "school principal",
    "spokesman for the water board",
    "finance minister",
    "city council member",
)
_KINDS: tuple[QuoteKind, ...] = ("direct", "direct", "mixed", "indirect")


def made_up_reading(number: int, n_quotes: int = 25, *, n_speakers: int = 2000) -> Reading:
    """Return article ``number``, always the same; some of its speakers are quoted far more than others."""
    chance = random.Random(number)
    cast = [_made_up_speaker(chance, n_speakers) for _ in range(6)]
    writer = Writer()
    for _ in range(n_quotes):
        speaker = chance.choice([*cast, None])
        said = " ".join(chance.choices(_WORDS, k=chance.randint(6, 30)))
        role = speaker.roles[0] if speaker and speaker.roles else None
        writer.add(said, speaker, role, kind=chance.choice(_KINDS), confidence=chance.random())
    published = date(2015, 1, 1) + timedelta(days=chance.randrange(3650)) if chance.random() < 0.95 else None
    outlet = f"Example Paper {chance.randrange(40)}"
    return writer.reading(f"article-{number}", published, outlet=outlet, title=f"Example {number}")


def _made_up_speaker(chance: random.Random, n_speakers: int) -> Speaker:
    if chance.random() < 0.2:
        return Speaker("an official", "unnamed_person", ("an official",))
    number = int(n_speakers ** chance.random())
    first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
    surname = f"{last}{number // 99 or ''}"
    return Speaker(
        f"{first} {surname}", "person", (f"{first} {surname}", surname), (_ROLES[number % len(_ROLES)],)
    )


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a store holds, told without the numbers that depend on the order of saving."""
    questions = {
        "articles": "SELECT id, title, outlet, url, author, published, path, reader, text FROM articles",
        "speakers": """
            SELECT speakers.id, name, kind, names, articles.id
            FROM speakers LEFT JOIN articles ON articles.number = speakers.article
        """,
        "roles": "SELECT name FROM roles",
        "speaker_names": """
            SELECT speakers.id, speaker_names.name, articles.id FROM speaker_names
            JOIN speakers ON speakers.number = speaker
            JOIN articles ON articles.number = speaker_names.article
        """,
        "speaker_roles": """
            SELECT speakers.id, roles.name, date, articles.id FROM speaker_roles
            JOIN speakers ON speakers.number = speaker
            JOIN articles ON articles.number = speaker_roles.article
            JOIN roles ON roles.number = role
        """,
        "quotes": """
            SELECT quotes.id, articles.id, position, speakers.id, roles.name, quotes.kind, act, confidence,
                   said_on, date, quotes.text, contents, cue_start, cue_end, cue,
                   source_start, source_end, source, context_start, context_end, context
            FROM quotes JOIN articles ON articles.number = quotes.article
            LEFT JOIN speakers ON speakers.number = speaker LEFT JOIN roles ON roles.number = role
        """,
    }
    return {table: sorted(store.db.execute(sql), key=repr) for table, sql in questions.items()}
