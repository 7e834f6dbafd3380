"""Documents of GUM (Universal Dependencies' ``en_gum``) with gold tags, names and coreference chains."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Span

from quotes.pipeline.labels import POS_TAGS
from training.silver import TOKENIZER, Chain

_ENTITY_TYPES = {"person": "PERSON", "organization": "ORGANIZATION", "place": "LOCATION"}


@dataclass(slots=True)
class _Reading:
    """A document while its lines are read: each token's start, end, tag, and whether it opens a sentence."""

    text: str = ""
    tokens: list[tuple[int, int, str, bool]] = field(default_factory=list)
    open: defaultdict[str, list[tuple[int, str, str]]] = field(default_factory=lambda: defaultdict(list))
    mentions: defaultdict[str, list[tuple[int, int, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def gum_documents(path: Path) -> Iterator[tuple[Doc, list[Chain]]]:
    """Yield the documents of a ``.conllu.gz`` file, each with its coreference chains."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for part in lines.read().split("# newdoc id")[1:]:
            reading = _read(part)
            yield _document(reading), _chains(reading)


def _read(part: str) -> _Reading:
    reading = _Reading()
    opens, gap = True, ""
    for line in part.splitlines():
        if line.startswith("# newpar"):
            gap = "\n\n" if reading.text else ""
        elif not line:
            opens = True
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        reading.text += gap
        start = len(reading.text)
        reading.text += columns[1]
        reading.tokens.append((start, len(reading.text), columns[3], opens))
        opens, gap = False, "" if "SpaceAfter=No" in columns[9] else " "
        entity = next((part[7:] for part in columns[9].split("|") if part.startswith("Entity=")), "")
        _read_entities(reading, entity, len(reading.tokens) - 1)
    return reading


def _read_entities(reading: _Reading, entity: str, here: int) -> None:
    for opening, kind, minimal, single, closing in re.findall(
        r"\((\d+)-(\w+)-[^-()]*-[^-()]*-[^-()]*-([\d,]+)[^()]*(\))?|(\d+)\)", entity
    ):
        if closing:
            if reading.open[closing]:
                first, kind, minimal = reading.open[closing].pop()
                reading.mentions[closing].append((first, here, kind, minimal))
        elif single:
            reading.mentions[opening].append((here, here, kind, minimal))
        else:
            reading.open[opening].append((here, kind, minimal))


def _document(reading: _Reading) -> Doc:
    doc = TOKENIZER(reading.text)
    labels = [""] * len(reading.tokens)
    for mentions in reading.mentions.values():
        for first, last, kind, _ in mentions:
            proper = [i for i in range(first, last + 1) if reading.tokens[i][2] == "PROPN"]
            if (
                kind in _ENTITY_TYPES
                and proper
                and proper[-1] - proper[0] == len(proper) - 1
                and proper[-1] == last
            ):
                for i in proper:
                    labels[i] = _ENTITY_TYPES[kind]
    at = 0
    entities: list[tuple[int, int, str]] = []
    for token in doc:
        while at + 1 < len(reading.tokens) and reading.tokens[at][1] <= token.idx:
            at += 1
        start, _, tag, opens = reading.tokens[at]
        if token.text.isspace():
            token.is_sent_start = token.i == 0
            continue
        token.pos_ = tag if tag in POS_TAGS and (tag != "PUNCT" or not token.text.isalnum()) else "X"
        token.is_sent_start = token.i == 0 or (opens and token.idx == start)
        if labels[at] and entities and entities[-1][1] == token.i and entities[-1][2] == labels[at]:
            entities[-1] = (entities[-1][0], token.i + 1, labels[at])
        elif labels[at]:
            entities.append((token.i, token.i + 1, labels[at]))
    doc.set_ents([Span(doc, first, last, label=label) for first, last, label in entities])
    doc._.attributions = []
    return doc


def _chains(reading: _Reading) -> list[Chain]:
    chains = []
    for mentions in reading.mentions.values():
        chain = []
        for first, last, _, minimal in mentions:
            head = first + int(minimal.split(",")[-1]) - 1
            if head <= last:
                chain.append((reading.tokens[head][0], first == last))
        chains.append(chain)
    return chains
