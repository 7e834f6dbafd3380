"""Words that one reports of another, and questions, told by fixed phrases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.pipeline.layout import Laid
from quotes.pipeline.quoted import quoted_stretches
from quotes.pipeline.relayed import as_put, askers, in_words_of, quoted_as_saying, said_within, shown_saying
from quotes.pipeline.words import doc_words
from tests.pipeline.scored import TOKENIZER

NAMES = frozenset("Maria Lopez Henry Ford".split())

Found = list[tuple[str, str, str]]


class Told(NamedTuple):
    """What each rule finds: source, cue and content as texts of the text, and the names of those who ask."""

    as_saying: Found
    shown: Found
    put: Found
    within: Found
    askers: list[str]


def relayed(text: str, reported: str = "") -> Told:
    """Return what the rules find.

    :param reported: The stretch that the network takes for content.
    """
    doc = TOKENIZER(text)
    words = doc_words(doc, lambda word: (1,))
    if not len(words):
        return Told([], [], [], [], [])
    tokens = [doc[i] for i in words.tokens.tolist()]
    texts = [token.text for token in tokens]
    people = [token.text in NAMES for token in tokens]
    starts = [i == 0 or texts[i - 1] in (".", "?", "!") for i in range(len(texts))]
    first = text.index(reported) if reported else -1
    inside = [first <= token.idx < first + len(reported) for token in tokens]
    quoted = quoted_stretches(words.marks, words.lines)

    def told(some: Iterable[Laid]) -> Found:
        return [(shown(*laid.source), shown(*laid.cue), shown(*laid.content)) for laid in some]

    def shown(start: int, end: int) -> str:
        return text[tokens[start].idx : tokens[end - 1].idx + len(tokens[end - 1])]

    return Told(
        told(quoted_as_saying(texts, quoted, starts, inside)),
        told(shown_saying(texts, people, quoted)),
        told((*as_put(texts, quoted, starts), *in_words_of(texts, quoted, starts))),
        told(said_within(texts, people, quoted, inside)),
        [" ".join(texts[i] for i in name) for _, name in askers(texts, people, starts)],
    )


def test_what_somebody_is_quoted_as_saying_is_theirs_and_not_the_quoters() -> None:
    assert relayed("“We are ready,” Maria Lopez quoted Henry Ford as saying.").as_saying == [
        ("Henry Ford", "as saying", "“We are ready,”")
    ]


def test_the_words_may_follow_without_marks() -> None:
    assert relayed("The paper quoted an official as saying that the bridge was closed.").as_saying == [
        ("an official", "as saying", "that the bridge was closed")
    ]


def test_what_follows_ends_where_the_network_sees_it_end() -> None:
    text = "The paper quoted an official as saying he fell, although nobody saw it."
    assert relayed(text, reported="he fell").as_saying == [("an official", "as saying", "he fell")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We are ready,” Henry Ford was quoted by the memo as saying.",
            ("Henry Ford", "was quoted by the memo as saying", "“We are ready,”"),
        ),
        (
            "“We are ready,” Henry Ford was quoted as saying by the memo.",
            ("Henry Ford", "was quoted as saying", "“We are ready,”"),
        ),
        (
            "On Monday, Henry Ford had been cited by the memo as saying that nobody came.",
            ("Henry Ford", "had been cited by the memo as saying", "that nobody came"),
        ),
        (
            "Henry Ford, the engineer, was quoted by the memo as saying: “We are ready.”",
            ("Henry Ford, the engineer,", "was quoted by the memo as saying:", "“We are ready.”"),
        ),
        (
            "Nobody came, Henry Ford was quoted by the memo as saying.",
            ("Henry Ford", "was quoted by the memo as saying", "Nobody came"),
        ),
    ],
)
def test_whom_a_paper_quotes_speaks_and_not_the_paper(text: str, expected: tuple[str, str, str]) -> None:
    assert relayed(text).as_saying == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The price was quoted. As saying goes, time is money.",
        "This is the same as saying that nobody came.",
        "“We are ready,” Henry Ford was quoted as saying.",
        "Henry Ford was quoted in the memo as saying that they were ready.",
        "The report cites no source.",
    ],
)
def test_only_a_source_between_quoted_and_saying_counts(text: str) -> None:
    assert relayed(text).as_saying == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It was, as Henry Ford put it, “a day like any other”.",
            ("Henry Ford", "put it", "“a day like any other”"),
        ),
        ("As the memo puts it: “No more.”", ("the memo", "puts it", "“No more.”")),
        ("It is a “lawful source,” as a memo put it.", ("a memo", "put it", "“lawful source,”")),
        ("As Henry Ford put it in a letter on Monday, “No more.”", ("Henry Ford", "put it", "“No more.”")),
    ],
)
def test_as_somebody_put_it_gives_them_the_quotation_beside_it(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert relayed(text).put == [expected]


def test_what_is_said_in_the_words_of_somebody_is_theirs() -> None:
    text = "In the words of Henry Ford, a farmer, “we are ready.” As the memo put it: “No more.”"
    assert relayed(text).put[::-1] == [
        ("Henry Ford, a farmer", "In the words of", "“we are ready.”"),
        ("the memo", "put it", "“No more.”"),
    ]
    assert relayed("He said it in the words of Henry Ford. Then she said, “No more.”").put == []


@pytest.mark.parametrize(
    "text",
    [
        "She took the book and put it “away”.",
        "He was as good as his word, put it “away”.",
        "As Henry Ford put it. “No more,” Maria Lopez said.",
        "“No more,” Maria Lopez said. As Henry Ford put it there was none.",
    ],
)
def test_to_put_it_somewhere_is_not_to_say_it(text: str) -> None:
    assert relayed(text).put == []


def test_who_speaks_in_a_report_of_others_keeps_the_quotation() -> None:
    text = "“They told me to,” Ford said, according to the affidavit."
    assert relayed(text, reported="“They told me to,” Ford said").within == [
        ("Ford", "said", "“They told me to,”")
    ]


def test_what_the_network_sees_said_is_left_to_it() -> None:
    text = "“They told me to,” Ford said."
    assert relayed(text, reported="“They told me to,”").within == []


def test_a_film_that_shows_somebody_speak_does_not_speak() -> None:
    assert relayed("The film uses footage of Henry Ford saying, “We were never ready.”").shown == [
        ("Henry Ford", "saying", "“We were never ready.”")
    ]


def test_a_few_words_may_stand_between_the_participle_and_the_quotation() -> None:
    assert relayed("It ends with footage of Ford saying during the debate, “That is smart,” when asked.")[
        1
    ] == [("Ford", "saying", "“That is smart,”")]


@pytest.mark.parametrize(
    "text",
    [
        "She spoke to Henry Ford, saying, “We were never ready.”",
        "She met Henry Ford, saying, “We were never ready.”",
        "A film of Henry Ford saying nothing. Then: “We were never ready.”",
        "Footage of trees saying, “We were never ready.”",
    ],
)
def test_a_participle_of_somebody_else_is_left_to_the_network(text: str) -> None:
    assert relayed(text).shown == []


@pytest.mark.parametrize(
    ("text", "asker"),
    [
        ("Asked by Maria Lopez whether he would run, Henry Ford said no.", ["Maria Lopez"]),
        ("Asked whether he would run, Henry Ford said no.", [""]),
        ("He paused. When asked about it, Henry Ford said no.", [""]),
        ("Maria Lopez asked whether he would run. Henry Ford said no.", []),
    ],
)
def test_who_was_asked_did_not_ask(text: str, asker: list[str]) -> None:
    assert relayed(text).askers == asker


@given(st.text(alphabet="“”quoted as saying Asked by of, Henry Ford.\n", max_size=80))
def test_any_text_gives_spans_that_lie_within_it(text: str) -> None:
    for some in relayed(text)[:4]:
        for found in some:
            assert all(part and part in text for part in found)
