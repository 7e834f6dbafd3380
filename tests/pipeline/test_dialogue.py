"""Who answers, and who is spoken of. The people in these sentences are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotes import Quote

Read = Callable[[str], tuple[Quote, ...]]


def speaker_of(quotes: tuple[Quote, ...], words: str) -> str | None:
    (quote,) = [quote for quote in quotes if words in quote.text]
    return quote.speaker.name if quote.speaker else None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "“Did you love him?” Oprah Delgado asked the actress Carmen Rey. “Very much,” she said.",
            "Very much",
            "Carmen Rey",
        ),
        (
            "Ambassador Sunita Pillai told her Pakistani counterpart, Zainab Malik, that the shelling must stop. "
            "She replied that India had fired first.",
            "that India had fired first",
            "Zainab Malik",
        ),
    ],
)
def test_whoever_asked_does_not_answer(text: str, words: str, name: str, quotes_of: Read) -> None:
    found = [quote for quote in quotes_of(text) if quote.text.startswith(words)]
    assert [quote.speaker.name if quote.speaker else None for quote in found] == [name]


def test_an_answer_is_left_open_rather_than_given_to_whoever_asked(quotes_of: Read) -> None:
    found = quotes_of(
        "Mary Stapleton asked her sister Joan whether the door was locked. She said it was shut."
    )
    assert speaker_of(found, "it was shut") != "Mary Stapleton"


def test_a_request_is_no_question(quotes_of: Read) -> None:
    found = quotes_of("Judge Ann Cole asked lawyer Mary Poe to sit down. “This is my court,” she said.")
    assert speaker_of(found, "This is my court") != "Mary Poe"


def test_who_asked_and_names_nobody_else_answers_for_themselves(quotes_of: Read) -> None:
    found = quotes_of("Ana Duarte asked whether the tram would ever run. “I doubt it,” she said.")
    assert speaker_of(found, "I doubt it") == "Ana Duarte"


def test_nobody_is_she_in_words_of_her_own(quotes_of: Read) -> None:
    found = quotes_of(
        "Rosa Delgado was struck by a bus on Monday and died at the scene. Her neighbour, Irene Costa, heard the "
        "crash. “She was the sweetest woman on the street,” she said."
    )
    assert speaker_of(found, "sweetest") != "Rosa Delgado"


def test_who_has_spoken_may_speak_of_another_she(quotes_of: Read) -> None:
    found = quotes_of(
        "Irene Costa said that Rosa Delgado was late. “She always is,” Costa said. She laughed."
    )
    assert speaker_of(found, "She always is") == "Irene Costa"
