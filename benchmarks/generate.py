"""A database as large as wanted, of quotations that nobody made: words, names and outlets of invented syllables.

::

    python -m benchmarks.generate big.db --quotations 1000000

What matters for speed is like in news: how long quotations are (log-normal, a median of 17 words), how often each
word comes (Zipf's law), how often each speaker is quoted (Zipf's law: a few a lot, most once or twice), how many
quotations an article has (12 on average), and that a third of them are direct. The same numbers give the same
database. It is written through the store, so it is exactly what ``quotes ingest`` would have made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng
from tqdm import tqdm

from quotes.model import Act, Article, Quote, QuoteKind, Reading, Span, Speaker
from quotes.store import Store

READER = "made up"
_SEED = 20210629
_WORDS = 40_000
_ROLES = 3_000
_OUTLETS = 60
_DAYS = 3650
_FIRST_DAY = date(2014, 1, 1)
_PER_ARTICLE = 12
_SYLLABLES = [
    a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "us")
]
_CUES: tuple[tuple[str, Act], ...] = (
    ("said", "speech"),
    ("told", "speech"),
    ("added", "speech"),
    ("wrote", "writing"),
    ("thinks", "belief"),
)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that can occur: words and speakers, the commonest first."""

    words: list[str]
    speakers: list[Speaker]
    outlets: list[str]


class Draw:
    """Draws numbers by Zipf's law, many at a time."""

    def __init__(self, random: Generator, n: int, exponent: float) -> None:
        """Draw from ``range(n)``, where ``k`` comes as often as ``1 / (k + 1) ** exponent``."""
        weights = 1.0 / np.arange(1, n + 1) ** exponent
        self._bounds = np.cumsum(weights / weights.sum())
        self._random = random
        self._drawn: Iterator[int] = iter(())

    def __call__(self) -> int:
        """Return the next number."""
        number = next(self._drawn, None)
        if number is None:
            found = np.searchsorted(self._bounds, self._random.random(100_000))
            self._drawn = iter(np.minimum(found, len(self._bounds) - 1).tolist())
            number = next(self._drawn)
        return number


def make_world(n_quotations: int) -> World:
    """Return what a database of that size is made of; a tenth as many speakers as quotations."""
    random = default_rng(_SEED)
    # The commoner a word, the shorter (Zipf's law of abbreviation); the commonest are what others call stop words.
    words = sorted(_names(random, _WORDS, (1, 4)), key=len)
    firsts = [name.title() for name in _names(random, 600, (2, 3))]
    lasts = [name.title() for name in _names(random, 9_000, (2, 4))]
    roles = [
        f"{a} of the {b.title()} {c}"
        for a, b, c in zip(words[300:3300], words[9000:12000], words[70:3070], strict=True)
    ]
    speakers: dict[str, Speaker] = {}
    while len(speakers) < max(10, n_quotations // 10):
        name = f"{firsts[random.integers(len(firsts))]} {lasts[random.integers(len(lasts))]}"
        held = tuple(roles[i] for i in random.integers(_ROLES, size=random.integers(0, 3)))
        speakers[name] = Speaker(name, "person", (name, name.split()[1]), held)
    outlets = [f"Example {name.title()}" for name in _names(random, _OUTLETS, (2, 3))]
    return World(words, list(speakers.values()), outlets)


def make_readings(world: World, n_quotations: int) -> Iterator[Reading]:
    """Yield articles with, together, that many quotations."""
    random = default_rng(_SEED + 1)
    word, speaker = Draw(random, len(world.words), 1.0), Draw(random, len(world.speakers), 0.9)
    outlet = Draw(random, _OUTLETS, 0.7)
    left, number = n_quotations, 0
    while left:
        n_here = int(min(left, 1 + random.poisson(_PER_ARTICLE - 1)))
        yield _make_reading(world, number, n_here, random, word, speaker, world.outlets[outlet()])
        left -= n_here
        number += 1


def _make_reading(
    world: World, number: int, n: int, random: Generator, word: Draw, speaker: Draw, outlet: str
) -> Reading:
    text = ""
    quotes = []
    # Whoever an article quotes, it mostly quotes more than once.
    cast = [world.speakers[speaker()] for _ in range(max(1, n // 3))]
    lengths = np.exp(random.normal(np.log(17), 0.6, n)).clip(3, 120).astype(int).tolist()
    for length in lengths:
        text += f"{_sentence(world, word, int(random.integers(8, 40)))}.\n\n"
        said = _sentence(world, word, length)
        kind: QuoteKind = ("direct", "mixed", "indirect")[int(random.choice(3, p=(0.33, 0.12, 0.55)))]
        cue, act = _CUES[int(random.choice(5, p=(0.7, 0.1, 0.12, 0.03, 0.05)))]
        who = cast[int(random.integers(len(cast)))] if random.random() < 0.92 else None
        role = who.roles[0] if who and who.roles else None
        content = {"direct": f"“{said},”", "mixed": f"that “{said}”", "indirect": said}[kind]
        source = who.name if who and random.random() < 0.6 else "he"
        start = len(text)
        text += f"{content} {source} {cue}."
        after = start + len(content) + 1
        quotes.append(
            Quote(
                kind=kind,
                act=act,
                contents=(Span(start, start + len(content), content),),
                cue=Span(after + len(source) + 1, after + len(source) + 1 + len(cue), cue),
                source=Span(after, after + len(source), source),
                speaker=who,
                role=role,
                confidence=round(float(random.beta(8, 2)), 4),
                context=Span(start, len(text), text[start:]),
            )
        )
        text += "\n\n"
    day = _FIRST_DAY + timedelta(days=int(random.integers(_DAYS))) if random.random() < 0.97 else None
    article = Article(
        id=f"made-up-{number}",
        text=text,
        title=_sentence(world, word, 8).capitalize(),
        url=f"https://example.org/{number}",
        outlet=outlet,
        published=day,
    )
    return Reading(article, tuple(quotes))


def _sentence(world: World, word: Draw, length: int) -> str:
    words = world.words
    return " ".join([words[word()] for _ in range(length)]).capitalize()


def _names(random: Generator, n: int, lengths: tuple[int, int]) -> list[str]:
    """Return different words of a number of syllables."""
    found: dict[str, None] = {}
    while len(found) < n:
        picked = random.integers(len(_SYLLABLES), size=int(random.integers(*lengths, endpoint=True)))
        found["".join(_SYLLABLES[i] for i in picked)] = None
    return list(found)


def generate(path: Path, n_quotations: int) -> None:
    """Write a database of that many quotations; one that is there already is not touched."""
    world = make_world(n_quotations)
    with Store.open(path) as store, tqdm(total=n_quotations, unit=" quotations", file=sys.stderr) as bar:
        for reading in make_readings(world, n_quotations):
            store.save(reading, READER)
            bar.update(len(reading.quotes))
        # As at the end of an ingest that adds as much.
        store.tidy()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=generate.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--quotations", type=int, default=1_000_000)
    arguments = parser.parse_args()
    if arguments.path.exists():
        parser.error(f"{arguments.path} is there already: remove it, or give another path.")
    generate(arguments.path, arguments.quotations)


if __name__ == "__main__":
    main()
