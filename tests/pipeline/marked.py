"""Articles written as marked-up text, so that tests need no weights.

``[P John Kirby]`` marks what the reader's head would call a person, ``[O …]`` an organization, ``[L …]`` a place;
``{…}`` is a source, ``<…>`` the content that goes with it, in order. Parts of speech are guessed from the word;
``heads/VERB`` says what a guess would miss. A full stop before a capital letter ends a sentence.
"""

from __future__ import annotations

import re

import spacy
from spacy.tokens import Doc, Span

from quotes.pipeline.attributions import Attribution
from quotes.pipeline.roles import RoleFinder
from quotes.pipeline.speakers import SpeakerFinder
from quotes.pipeline.tokenizer import FineTokenizer

NLP = spacy.blank("en")
_TOKENIZER = FineTokenizer(NLP.vocab)
_ENTITIES = {"P": "PERSON", "O": "ORGANIZATION", "L": "LOCATION", "M": "MISC"}
_CLOSED = {
    "DET": "a an the this these no every each",
    "ADP": "of for at in on from with by to about under after before near over like including as against during",
    "CCONJ": "and or but",
    "SCONJ": "that because if while although",
    "PRON": "he she it they who whom which his her its their my our i we you him them me us whose",
    "AUX": "is was are were be been has have had will would can could did do does",
    "PART": "'s ’s not",
    "ADV": "also later then not now further not still too",
    "ADJ": "former senior new top national federal several many local chief executive young old ranking other",
    "VERB": "said says told wrote added heads leads runs chairs thinks say spoke met went gave left replied asked made "
    "denied warned denies agreed called saw came led argued insisted took arrested released published found wants",
    "NUM": "two three four one six",
}
_POS = {word: pos for pos, words in _CLOSED.items() for word in words.split()}
_MARKUP = re.compile(r"\[([PLOM]) |[\]{}<>]|/(VERB|NOUN|ADJ|PROPN|ADV|AUX)\b")


def marked(text: str) -> Doc:
    """Return the document that a marked-up text stands for, without speakers."""
    plain, entities, sources, contents = "", [], [], []
    forced: dict[int, str] = {}
    opened: dict[str, int] = {}
    label = ""
    at = 0
    for match in _MARKUP.finditer(text):
        plain += text[at : match.start()]
        at = match.end()
        sign = match.group()
        if match.group(1):
            label, opened["["] = match.group(1), len(plain)
        elif sign == "]":
            entities.append((opened["["], len(plain), _ENTITIES[label]))
        elif match.group(2):
            forced[len(plain)] = match.group(2)
        elif sign in "{<":
            opened[sign] = len(plain)
        else:
            (sources if sign == "}" else contents).append((opened["{" if sign == "}" else "<"], len(plain)))
    plain += text[at:]
    doc = _TOKENIZER(plain)
    for token in doc:
        token.pos_ = forced.get(token.idx + len(token), _guess(token.text, token.i and doc[token.i - 1].text))
        token.is_sent_start = token.i == 0
        before = token.i - 1
        while before > 0 and doc[before].text in '”" ':
            before -= 1
        if (
            token.i
            and token.text[0].isupper() | (token.text[0] in '“"{')
            and doc[before].text in (".", "?", "!")
        ):
            follows_word = len(doc[before - 1].text) > 4 or doc[before - 1].text.islower()
            token.is_sent_start = follows_word and (doc[before].whitespace_ != "" or before < token.i - 1)
        if token.i and "\n" in doc[token.i - 1].text:
            token.is_sent_start = True
    doc.set_ents([_span(doc, start, end, name) for start, end, name in entities])
    doc._.attributions = [
        Attribution([_span(doc, *contents[i])] if i < len(contents) else [], None, _span(doc, *source))
        for i, source in enumerate(sources)
    ]
    return doc


def spoken(text: str) -> list[Attribution]:
    """Return the attributions of a marked-up text with their speakers and roles."""
    doc = RoleFinder(NLP)(SpeakerFinder(NLP)(marked(text)))
    attributions: list[Attribution] = doc._.attributions
    return attributions


def speaker(text: str) -> tuple[str, str] | None:
    """Return name and kind of the last source's speaker, or ``None`` if it is left open."""
    last = spoken(text)[-1].speaker
    return (last.name, last.kind) if last else None


def _span(doc: Doc, start: int, end: int, label: str = "") -> Span:
    span = doc.char_span(start, end, label=label, alignment_mode="expand")
    assert span is not None
    return span


def _guess(word: str, before: str | int) -> str:
    lower = word.lower()
    if lower in _POS:
        return _POS[lower]
    if not word[0].isalnum():
        return "PUNCT"
    if word[0].isdigit():
        return "NUM"
    if word[0].isupper():
        return "PROPN"
    if lower.endswith("ly"):
        return "ADV"
    return "VERB" if lower.endswith("ed") and before != "-" else "NOUN"
