"""The records, and the text of a quotation as people read it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import Quote, Span


def quote(*pieces: str) -> Quote:
    spans = tuple(Span(0, len(piece), piece) for piece in pieces)
    return Quote("direct", "speech", spans, None, None, None, None, 0.5, spans[0])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("“It was late.”", "It was late."),
        ('"It was late,"', "It was late,"),
        ("«It was late»", "It was late"),
        ("‘It’s the passengers’ money.’", "It’s the passengers’ money."),
        ("'It's the passengers' money.'", "It's the passengers' money."),
        ("”It was late,”", "It was late,"),  # the wrong way round
        ("“It was late.", "It was late."),  # the next paragraph goes on
        ("‘It was late.", "It was late."),
        (" “ It was late. ” ", "It was late."),
        ("“He said ‘go’ to me”", "He said ‘go’ to me"),
        ("“He said “go” to me”", "He said “go” to me"),
        ("it was late", "it was late"),
        ("that “it was late”", "that “it was late”"),
        ("“late” and “wet”", "“late” and “wet”"),
        ('"late", she thought, and "wet"', '"late", she thought, and "wet"'),
        ("’90s music was better", "’90s music was better"),
        ("'90s music was better", "'90s music was better"),
        ("“", ""),
        ("“”", ""),
        ("", ""),
    ],
)
def test_the_text_leaves_out_the_marks_around_all_of_it_and_no_others(content: str, text: str) -> None:
    assert quote(content).text == text


def test_pieces_are_joined_by_an_ellipsis() -> None:
    assert quote("“The river,”", "“is higher.”").text == "The river, … is higher."


@given(st.text(st.sampled_from("“”\"'’‘ ab."), max_size=12))
def test_taking_marks_off_loses_no_words(content: str) -> None:
    text = quote(content).text
    assert text in content
    assert [sign for sign in text if sign.isalnum()] == [sign for sign in content if sign.isalnum()]


def test_records_cannot_be_changed_by_accident() -> None:
    span = Span(0, 1, "a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        span.start = 5  # type: ignore[misc]
